//! Numbers that nobody calls, as keyed hashes: whose they are is not kept.

use chrono::{DateTime, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::values::At;
use super::{Conn, opt_outs};
use crate::error::Result;
use crate::people::Mobile;

/// Puts a number on the list. Gives whether it is news.
///
/// # Errors
/// The disk says no.
pub fn add(conn: &Conn, mobile: &Mobile, import: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let added = conn
        .prepare_cached(
            "INSERT INTO do_not_call (key, import_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute(params![opt_outs::key(conn, mobile)?, import, At(now)])?;
    Ok(added > 0)
}

/// Whether nobody calls a number.
///
/// # Errors
/// The vault cannot be read.
pub fn holds(conn: &Conn, e164: &str) -> Result<bool> {
    let holds = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM do_not_call WHERE key = ?1)")?
        .query_row([opt_outs::key_of(conn, e164)?], |row| row.get(0))?;
    Ok(holds)
}

/// Whether any number is on the list.
///
/// # Errors
/// The vault cannot be read.
pub fn are_there(conn: &Conn) -> Result<bool> {
    let are_there = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM do_not_call)")?
        .query_row([], |row| row.get(0))?;
    Ok(are_there)
}
