//! One-time codes for opting in from one's own handset.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Conn;
use super::values::At;
use crate::error::Result;

/// A code and whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoinCode {
    /// Whom it is for.
    pub supporter: Uuid,
    /// The capture in which they were asked.
    pub capture: Uuid,
    /// What they were shown or read.
    pub wording: Uuid,
}

/// Keeps a code. Gives whether it is new: another person may have the same.
///
/// # Errors
/// The disk says no.
pub fn insert(conn: &Conn, code: &str, of: JoinCode, now: DateTime<Utc>) -> Result<bool> {
    let added = conn
        .prepare_cached(
            "INSERT INTO join_codes (code, supporter_id, capture_id, wording_id, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (code) DO NOTHING",
        )?
        .execute(params![code, of.supporter, of.capture, of.wording, At(now)])?;
    Ok(added > 0)
}

/// The code that a capture has and nobody has used yet.
///
/// # Errors
/// The vault cannot be read.
pub fn of_capture(conn: &Conn, capture: Uuid) -> Result<Option<String>> {
    let code = conn
        .prepare_cached(
            "SELECT code FROM join_codes WHERE capture_id = ?1 AND evidence_id IS NULL LIMIT 1",
        )?
        .query_row([capture], |row| row.get(0))
        .optional()?;
    Ok(code)
}

/// Whom a code is for, if nobody has used it and they are still there.
///
/// # Errors
/// The vault cannot be read.
pub fn unused(conn: &Conn, code: &str) -> Result<Option<JoinCode>> {
    let found = conn
        .prepare_cached(
            "SELECT join_codes.supporter_id, join_codes.capture_id, join_codes.wording_id
             FROM join_codes
             JOIN supporters ON supporters.id = join_codes.supporter_id
             JOIN captures ON captures.id = join_codes.capture_id
             WHERE join_codes.code = ?1 AND join_codes.evidence_id IS NULL
             AND supporters.removed_at IS NULL AND captures.undone_at IS NULL",
        )?
        .query_row([code], |row| {
            Ok(JoinCode {
                supporter: row.get(0)?,
                capture: row.get(1)?,
                wording: row.get(2)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// A code was used: it counts once.
///
/// # Errors
/// The disk says no.
pub fn used(conn: &Conn, code: &str, by: Uuid) -> Result<()> {
    conn.prepare_cached("UPDATE join_codes SET evidence_id = ?2 WHERE code = ?1")?
        .execute(params![code, by])?;
    Ok(())
}
