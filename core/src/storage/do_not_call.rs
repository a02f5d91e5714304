//! Numbers that nobody calls, as keyed hashes: whose they are is not kept. Each is on every list that holds it, of this laptop
//! or another, and nobody calls it as long as one of those stands.

use chrono::{DateTime, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::values::At;
use super::{Conn, opt_outs};
use crate::error::Result;
use crate::people::Mobile;

/// Puts a number on a list of this laptop. Gives whether it is news: nobody called it already where another list holds it.
///
/// # Errors
/// The disk says no.
pub fn add(conn: &Conn, mobile: &Mobile, import: Uuid) -> Result<bool> {
    let is_news = !holds(conn, mobile.e164())?;
    conn.prepare_cached(
        "INSERT INTO do_not_call (key, import_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?
    .execute(params![opt_outs::key(conn, mobile)?, import])?;
    Ok(is_news)
}

/// Whether nobody calls a number.
///
/// # Errors
/// The vault cannot be read.
pub fn holds(conn: &Conn, e164: &str) -> Result<bool> {
    let mut statement = conn.prepare_cached(HOLDS)?;
    if statement.query_row([opt_outs::key_of(conn, e164)?], |row| row.get(0))? {
        return Ok(true);
    }
    // Each laptop has hashed the numbers of its lists under its own key.
    let keys: Vec<Vec<u8>> = conn
        .prepare_cached(KEYS_ELSEWHERE)?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for key in keys {
        if statement.query_row([opt_outs::keyed(&key, e164)?], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) const HOLDS: &str = "SELECT EXISTS (
        SELECT 1 FROM do_not_call JOIN imports ON imports.id = do_not_call.import_id
        WHERE do_not_call.key = ?1 AND imports.undone_at IS NULL
    )";

pub(super) const KEYS_ELSEWHERE: &str = "SELECT DISTINCT laptops.suppression_key
    FROM imports JOIN laptops ON laptops.id = imports.laptop
    WHERE imports.kind = 'do_not_call' AND imports.undone_at IS NULL";

/// Whether any number is on a list.
///
/// # Errors
/// The vault cannot be read.
pub fn are_there(conn: &Conn) -> Result<bool> {
    let are_there = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM do_not_call)")?
        .query_row([], |row| row.get(0))?;
    Ok(are_there)
}

/// Says that a list of this laptop is undone, or that it stands again.
///
/// # Errors
/// The disk says no.
pub fn turn(conn: &Conn, import: Uuid, undone_at: Option<DateTime<Utc>>) -> Result<()> {
    conn.prepare_cached("UPDATE imports SET undone_at = ?2, turns = turns + 1 WHERE id = ?1")?
        .execute(params![import, undone_at.map(At)])?;
    Ok(())
}

/// The numbers of lists that were undone before then are kept no longer.
///
/// # Errors
/// The disk says no.
pub fn forget_undone(conn: &Conn, before: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "DELETE FROM do_not_call WHERE import_id IN (SELECT id FROM imports WHERE undone_at <= ?1)",
    )?
    .execute([At(before)])?;
    Ok(())
}
