//! The half-filled form: there is one, and it survives a crash and a lock.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Conn;
use super::values::At;
use crate::error::Result;

/// Keeps the form as it is, in place of what was kept before. A form that was saved meanwhile is not
/// half-filled any more and is left alone.
///
/// # Errors
/// The disk says no.
pub fn keep(conn: &Conn, capture_id: Uuid, form: &str, now: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(include_str!("drafts_keep.sql"))?
        .execute(params![capture_id, form, At(now)])?;
    Ok(())
}

/// What was kept: the form's id and the form.
///
/// # Errors
/// The vault cannot be read.
pub fn kept(conn: &Conn) -> Result<Option<(Uuid, String)>> {
    let draft = conn
        .prepare_cached("SELECT capture_id, form FROM drafts")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(draft)
}

/// The form is saved or empty.
///
/// # Errors
/// The disk says no.
pub fn forget(conn: &Conn) -> Result<()> {
    conn.prepare_cached("DELETE FROM drafts")?.execute([])?;
    Ok(())
}
