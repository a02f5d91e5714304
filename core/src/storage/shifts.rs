//! Who is canvassing, and where.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Conn;
use super::values::At;
use crate::error::Result;

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Its id: captures point at it.
    pub id: Uuid,
    /// Who is canvassing; empty where nobody said.
    pub canvasser: String,
    /// Where; empty where nobody said.
    pub place: String,
}

/// Begins a shift.
///
/// # Errors
/// The disk says no.
pub fn insert(conn: &Conn, shift: &Shift, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "INSERT INTO shifts (id, canvasser, place, started_at) VALUES (?1, ?2, ?3, ?4)",
        params![shift.id, shift.canvasser, shift.place, At(now)],
    )?;
    Ok(())
}

/// The last shift for which somebody said who and where: what the next is prefilled with.
///
/// # Errors
/// The vault cannot be read.
pub fn last_named(conn: &Conn) -> Result<Option<Shift>> {
    let shift = conn
        .query_row(
            "SELECT id, canvasser, place FROM shifts WHERE canvasser <> '' AND laptop IS NULL ORDER BY id DESC LIMIT 1",
            [],
            |row| {
                Ok(Shift {
                    id: row.get(0)?,
                    canvasser: row.get(1)?,
                    place: row.get(2)?,
                })
            },
        )
        .optional()?;
    Ok(shift)
}
