//! Taking a person out of every table (UK GDPR Art 17). Rows that others point at stay, emptied.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use serde::Serialize;
use uuid::Uuid;

use super::supporters::Details;
use super::values::{As, At};
use super::{Conn, history, opt_outs, pushing};
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
    let is = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM texts WHERE supporter_id = ?1 AND state = 'sending')",
        )?
        .query_row([supporter], |row| row.get(0))?;
    Ok(is)
}

/// How many entries of the ledger are about a person.
///
/// # Errors
/// The vault cannot be read.
pub fn entries_of(conn: &Conn, supporter: Uuid) -> Result<u32> {
    let entries = conn
        .prepare_cached("SELECT count(*) FROM ledger WHERE supporter_id = ?1")?
        .query_row([supporter], |row| row.get(0))?;
    Ok(entries)
}

pub(super) const TAKEN_BACK: &str =
    "SELECT id, first_name, last_name, mobile, email, postcode, language, removed_at, rowid
    FROM supporters INDEXED BY supporters_to_erase
    WHERE removed_at <= ?1
    AND (first_name <> '' OR last_name <> '' OR mobile IS NOT NULL OR email <> '' OR postcode <> '')
    -- Whoever was merged is kept as long as who they were merged into.
    AND NOT EXISTS (SELECT 1 FROM merges WHERE merges.gone_id = supporters.id AND merges.stands = 1)
    AND (
        removed_at <= ?2
        OR NOT EXISTS (
            SELECT 1 FROM texts WHERE texts.supporter_id = supporters.id AND texts.attempted_at IS NOT NULL
        )
    )
    -- Whoever a text is leaving to just now has to wait for the next time.
    AND NOT EXISTS (SELECT 1 FROM texts WHERE texts.supporter_id = supporters.id AND texts.state = 'sending')
    AND (removed_at, rowid) > (?4, ?5)
    ORDER BY removed_at, rowid
    LIMIT ?3";

/// How far those who were taken back have been gone through: when somebody went, in milliseconds since 1970, and their row.
pub type Through = (i64, i64);

/// Those whose capture was taken back before then and who are still readable, at most so many of them. Whoever a text may
/// have gone to is among them only where they were taken back before `texted_before` as well. Begins after those whom
/// `through` says, and says there how far it came: whoever is passed over is not looked at again.
///
/// # Errors
/// The vault cannot be read.
pub fn taken_back(
    conn: &Conn,
    before: DateTime<Utc>,
    texted_before: Option<DateTime<Utc>>,
    most: u32,
    through: &mut Through,
) -> Result<Vec<(Uuid, Details)>> {
    let mut statement = conn.prepare_cached(TAKEN_BACK)?;
    let given = params![
        At(before),
        texted_before.map(At),
        most,
        through.0,
        through.1
    ];
    let rows = statement.query_map(given, |row| {
        Ok((read_taken_back(row)?, (row.get(7)?, row.get(8)?)))
    })?;
    let mut people = Vec::new();
    for row in rows {
        let (person, place) = row?;
        people.push(person);
        *through = place;
    }
    Ok(people)
}

/// Those who were taken back and had this number, and are still readable.
///
/// # Errors
/// The vault cannot be read.
pub fn taken_back_on(conn: &Conn, mobile: &Mobile) -> Result<Vec<(Uuid, Details)>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, first_name, last_name, mobile, email, postcode, language FROM supporters
         WHERE removed_at IS NOT NULL AND mobile = ?1",
    )?;
    let rows = statement.query_map([As(mobile.clone())], read_taken_back)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_taken_back(row: &Row<'_>) -> rusqlite::Result<(Uuid, Details)> {
    let details = Details {
        first_name: row.get(1)?,
        last_name: row.get(2)?,
        mobile: row.get(3)?,
        email: row.get(4)?,
        postcode: row.get(5)?,
        language: row.get(6)?,
    };
    Ok((row.get(0)?, details))
}

/// Whether anything on a number is not one person's: somebody texted from it, or somebody else was texted there.
///
/// # Errors
/// The vault cannot be read.
pub fn is_not_theirs_alone(conn: &Conn, mobile: &Mobile, supporter: Uuid) -> Result<bool> {
    let is = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM inbound WHERE mobile = ?1)
             OR EXISTS (SELECT 1 FROM texts WHERE mobile = ?1 AND supporter_id IS NOT ?2)",
        )?
        .query_row(params![As(mobile.clone()), supporter], |row| row.get(0))?;
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
         UNION SELECT before FROM changes WHERE supporter_id = ?1 AND field = 'mobile'
         UNION SELECT after FROM changes WHERE supporter_id = ?1 AND field = 'mobile'
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

/// Whether a text to a number is leaving at this moment.
///
/// # Errors
/// The vault cannot be read.
pub fn is_on_the_wire_to(conn: &Conn, mobile: &Mobile) -> Result<bool> {
    let is = conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM texts WHERE mobile = ?1 AND state = 'sending')",
        [As(mobile.clone())],
        |row| row.get(0),
    )?;
    Ok(is)
}

pub(super) const STRANGERS_PAST_KEEPING: &str = concat!(
    "SELECT inbound.mobile ",
    include_str!("strangers_past_keeping.sql"),
    " ORDER BY inbound.mobile"
);

/// Who texted and was never captured, as the provider names them, and was last heard of before then.
///
/// # Errors
/// The vault cannot be read.
pub fn strangers_past_keeping(conn: &Conn, before: DateTime<Utc>) -> Result<Vec<String>> {
    let mut statement = conn.prepare_cached(STRANGERS_PAST_KEEPING)?;
    let rows = statement.query_map([At(before)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a sender who has no number wrote goes.
///
/// # Errors
/// The disk says no.
pub fn erase_sender(conn: &Conn, from: &str, now: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE inbound SET mobile = '', body = '', to_read = 0, decided_at = coalesce(decided_at, ?2)
         WHERE mobile = ?1",
    )?
    .execute(params![from, At(now)])?;
    Ok(())
}

/// Whoever was erased since their capture or list was taken back did not ask for it: elsewhere they are not erased, and
/// where another laptop captured them they come back.
///
/// # Errors
/// The disk says no.
pub fn may_come_back(conn: &Conn, supporter: Uuid) -> Result<()> {
    conn.prepare_cached("DELETE FROM erased WHERE supporter_id = ?1")?
        .execute([supporter])?;
    conn.prepare_cached("UPDATE supporters SET withheld = 1 WHERE id = ?1")?
        .execute([supporter])?;
    Ok(())
}

/// Takes a person out. `numbers` are theirs where nobody else has them: what went to them and came from them goes
/// too. What came keeps the provider's name of it, so that it does not come again.
///
/// # Errors
/// The disk says no.
pub fn erase(conn: &Conn, supporter: Uuid, numbers: &[Mobile], now: DateTime<Utc>) -> Result<()> {
    // Thousands who were taken back go one after another: no statement is made ready anew for each.
    for theirs in [
        "DELETE FROM text_events WHERE text_id IN (SELECT id FROM texts WHERE supporter_id = ?1)",
        "DELETE FROM texts WHERE supporter_id = ?1",
        "DELETE FROM join_codes WHERE supporter_id = ?1",
    ] {
        conn.prepare_cached(theirs)?.execute([supporter])?;
    }
    for mobile in numbers {
        for theirs in [
            "DELETE FROM text_events WHERE text_id IN (SELECT id FROM texts WHERE mobile = ?1)",
            "DELETE FROM texts WHERE mobile = ?1",
        ] {
            conn.prepare_cached(theirs)?.execute([mobile.e164()])?;
        }
        erase_sender(conn, mobile.e164(), now)?;
        opt_outs::forget_number(conn, mobile)?;
    }
    history::erase(conn, supporter)?;
    pushing::erase(conn, supporter)?;
    // An older file of another laptop does not bring them back.
    conn.prepare_cached(
        "INSERT INTO erased (supporter_id, at) SELECT id, ?2 FROM supporters WHERE id = ?1 ON CONFLICT DO NOTHING",
    )?
    .execute(params![supporter, At(now)])?;
    conn.prepare_cached(
        "UPDATE supporters
         SET first_name = '', last_name = '', mobile = NULL, email = '', postcode = '', household_id = NULL,
             number_trouble = NULL, updated_at = ?2, removed_at = coalesce(removed_at, ?2)
         WHERE id = ?1",
    )?
    .execute(params![supporter, At(now)])?;
    Ok(())
}
