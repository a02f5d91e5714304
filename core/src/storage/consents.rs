//! Who said what to which wording. Rows are added, never changed: the last one counts.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Conn;
use super::values::At;
use crate::error::Result;

/// A supporter's word on texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Yes.
    Granted,
    /// The capture that held the yes was taken back.
    TakenBack,
}

/// One entry.
#[derive(Debug, Clone, Copy)]
pub struct Consent<'a> {
    /// Who.
    pub supporter: Uuid,
    /// In which capture.
    pub capture: Uuid,
    /// What.
    pub said: Said,
    /// The wording they heard.
    pub wording: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The laptop's zone then, an IANA name.
    pub zone: &'a str,
}

/// Adds an entry.
///
/// # Errors
/// The disk says no.
pub fn add(conn: &Conn, consent: Consent<'_>) -> Result<()> {
    let answer = match consent.said {
        Said::Granted => "granted",
        Said::TakenBack => "taken_back",
    };
    conn.prepare_cached(
        "INSERT INTO consents (id, supporter_id, capture_id, purpose, answer, wording_id, method, given_at, zone)
         VALUES (?1, ?2, ?3, 'texts', ?4, ?5, 'spoken', ?6, ?7)",
    )?
    .execute(params![
        Uuid::now_v7(),
        consent.supporter,
        consent.capture,
        answer,
        consent.wording,
        At(consent.at),
        consent.zone
    ])?;
    Ok(())
}

/// The wording to which a yes was given in this capture, if one was.
///
/// # Errors
/// The vault cannot be read.
pub fn granted_in(conn: &Conn, supporter: Uuid, capture: Uuid) -> Result<Option<Uuid>> {
    let wording = conn
        .prepare_cached(
            "SELECT wording_id FROM consents
             WHERE supporter_id = ?1 AND purpose = 'texts' AND capture_id = ?2 AND answer = 'granted'",
        )?
        .query_row(params![supporter, capture], |row| row.get(0))
        .optional()?;
    Ok(wording)
}

/// Whether the supporter's word on texts is yes. A yes that was taken back uncovers the one before it, if
/// there was one that still stands.
///
/// # Errors
/// The vault cannot be read.
pub fn agrees(conn: &Conn, supporter: Uuid) -> Result<bool> {
    let agrees = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM standing_consents WHERE supporter_id = ?1 AND purpose = 'texts')",
        )?
        .query_row([supporter], |row| row.get(0))?;
    Ok(agrees)
}
