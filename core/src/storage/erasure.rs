//! Taking a person out of every table (UK GDPR Art 17). Rows that others point at stay, emptied.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::Serialize;
use uuid::Uuid;

use super::values::{As, At};
use super::{Conn, opt_outs};
use crate::error::Result;
use crate::people::Mobile;

/// When somebody was captured, by whom and where.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureOf {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; empty where nobody is named.
    pub canvasser: String,
    /// Where; empty where nobody said.
    pub place: String,
}

/// When a person was captured, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn captures_of(conn: &Conn, supporter: Uuid) -> Result<Vec<CaptureOf>> {
    let mut statement = conn.prepare_cached(
        "SELECT captures.captured_at, shifts.canvasser, shifts.place FROM captures
         JOIN shifts ON shifts.id = captures.shift_id
         WHERE captures.supporter_id = ?1 AND captures.undone_at IS NULL ORDER BY captures.captured_at",
    )?;
    let rows = statement.query_map([supporter], |row| {
        Ok(CaptureOf {
            at: row.get::<_, At>(0)?.0,
            canvasser: row.get(1)?,
            place: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a text to a person is leaving at this moment.
///
/// # Errors
/// The vault cannot be read.
pub fn is_on_the_wire(conn: &Conn, supporter: Uuid) -> Result<bool> {
    let is = conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM texts WHERE supporter_id = ?1 AND state = 'sending')",
        [supporter],
        |row| row.get(0),
    )?;
    Ok(is)
}

/// Every number that a person is known to have had.
///
/// # Errors
/// The vault cannot be read.
pub fn numbers_of(conn: &Conn, supporter: Uuid) -> Result<Vec<Mobile>> {
    let mut statement = conn.prepare_cached(
        "SELECT mobile FROM supporters WHERE id = ?1
         UNION SELECT mobile FROM texts WHERE supporter_id = ?1
         UNION SELECT json_extract(before, '$.mobile') FROM captures WHERE supporter_id = ?1
         UNION SELECT json_extract(personal, '$.mobile') FROM ledger WHERE supporter_id = ?1",
    )?;
    let rows = statement.query_map([supporter], |row| row.get::<_, Option<String>>(0))?;
    let mut numbers = Vec::new();
    for row in rows {
        // One that cannot be read was never texted.
        numbers.extend(row?.and_then(|e164| Mobile::from_e164(&e164).ok()));
    }
    Ok(numbers)
}

/// Takes a person out. `numbers` are theirs where nobody else has them: what went to them and came from them goes
/// too. What came keeps the provider's name of it, so that it does not come again.
///
/// # Errors
/// The disk says no.
pub fn erase(conn: &Conn, supporter: Uuid, numbers: &[Mobile], now: DateTime<Utc>) -> Result<()> {
    let theirs = "SELECT id FROM texts WHERE supporter_id = ?1";
    conn.execute(
        &format!("DELETE FROM text_events WHERE text_id IN ({theirs})"),
        [supporter],
    )?;
    conn.execute("DELETE FROM texts WHERE supporter_id = ?1", [supporter])?;
    conn.execute(
        "DELETE FROM join_codes WHERE supporter_id = ?1",
        [supporter],
    )?;
    for mobile in numbers {
        let e164 = As(mobile.clone());
        conn.execute(
            "DELETE FROM text_events WHERE text_id IN (SELECT id FROM texts WHERE mobile = ?1)",
            [&e164],
        )?;
        conn.execute("DELETE FROM texts WHERE mobile = ?1", [&e164])?;
        conn.execute(
            "UPDATE inbound SET mobile = '', body = '', to_read = 0, decided_at = coalesce(decided_at, ?2)
             WHERE mobile = ?1",
            params![&e164, At(now)],
        )?;
        opt_outs::forget_number(conn, mobile)?;
    }
    conn.execute(
        "UPDATE captures SET before = NULL WHERE supporter_id = ?1",
        [supporter],
    )?;
    conn.execute(
        "UPDATE supporters
         SET first_name = '', last_name = '', mobile = NULL, email = '', postcode = '', household_id = NULL,
             number_trouble = NULL, updated_at = ?2, removed_at = ?2
         WHERE id = ?1",
        params![supporter, At(now)],
    )?;
    Ok(())
}
