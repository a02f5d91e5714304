//! Numbers that may not be texted, whoever they belong to. The list outlives an erasure: what stays then is a
//! keyed hash of the number, and nothing else.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{OptionalExtension, params};
use sha2::Sha256;
use uuid::Uuid;

use super::Conn;
use super::values::{As, At, Word};
use crate::error::{Error, Result};
use crate::people::Mobile;

/// Who said that a number is not to be texted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// They wrote it.
    Reply,
    /// The carrier says so.
    Carrier,
    /// The organiser entered it: they objected aloud, or by letter.
    Organiser,
}

/// An opt-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptOut {
    /// Who said so.
    pub source: Source,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The ledger's entry of it.
    pub entry: Option<Uuid>,
}

/// Writes an opt-out. Gives whether it is news: a number that is out already stays as it is.
///
/// # Errors
/// The disk says no.
pub fn add(
    conn: &Conn,
    mobile: &Mobile,
    source: Source,
    entry: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<bool> {
    recall(conn, mobile)?;
    let added = conn
        .prepare_cached(
            "INSERT INTO opt_outs (key, mobile, source, at, entry_id) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            key(conn, mobile)?,
            As(mobile.clone()),
            As(source),
            At(now),
            entry
        ])?;
    Ok(added > 0)
}

/// The opt-out of a number, where there is one.
///
/// # Errors
/// The vault cannot be read.
pub fn of(conn: &Conn, mobile: &Mobile) -> Result<Option<OptOut>> {
    let found = conn
        .prepare_cached("SELECT source, at, entry_id FROM opt_outs WHERE mobile = ?1")?
        .query_row([As(mobile.clone())], |row| {
            Ok(OptOut {
                source: row.get::<_, As<Source>>(0)?.0,
                at: row.get::<_, At>(1)?.0,
                entry: row.get(2)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Whether a number is out, be it only by its hash since an erasure, here or on another laptop.
///
/// # Errors
/// The vault cannot be read.
pub fn holds(conn: &Conn, e164: &str) -> Result<bool> {
    let holds = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM opt_outs WHERE key = ?1)")?
        .query_row([key_of(conn, e164)?], |row| row.get(0))?;
    if holds {
        return Ok(true);
    }
    for (laptop, hash) in hashes_elsewhere(conn, e164)? {
        let holds = conn
            .prepare_cached(
                "SELECT EXISTS (
                     SELECT 1 FROM forgotten_opt_outs WHERE laptop = ?1 AND key = ?2 AND recalled = 0
                 )",
            )?
            .query_row(params![laptop, hash], |row| row.get(0))?;
        if holds {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether any number is out.
///
/// # Errors
/// The vault cannot be read.
pub fn are_there(conn: &Conn) -> Result<bool> {
    let here = conn.query_row("SELECT EXISTS (SELECT 1 FROM opt_outs)", [], |row| {
        row.get(0)
    })?;
    Ok(here || are_forgotten_elsewhere(conn)?)
}

/// Whether other laptops have erased somebody who was out, and whose number has not come to be known again.
fn are_forgotten_elsewhere(conn: &Conn) -> Result<bool> {
    let open = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM forgotten_opt_outs WHERE recalled = 0)")?
        .query_row([], |row| row.get(0))?;
    Ok(open)
}

/// Lifts an opt-out: only ever with new evidence of consent, which the caller has written into the ledger.
///
/// # Errors
/// The disk says no.
pub fn lift(conn: &Conn, mobile: &Mobile) -> Result<()> {
    conn.prepare_cached("DELETE FROM opt_outs WHERE mobile = ?1")?
        .execute([As(mobile.clone())])?;
    Ok(())
}

/// Whether a phone said START after its number was opted out then, as the ledger has it from any laptop. A text is as old
/// as the text, however late it came.
///
/// # Errors
/// The vault cannot be read.
pub fn is_undone(conn: &Conn, e164: &str, at: DateTime<Utc>, entry: Option<Uuid>) -> Result<bool> {
    let is = conn
        .prepare_cached(include_str!("opt_outs_undone.sql"))?
        .query_row(params![e164, At(at), entry], |row| row.get(0))?;
    Ok(is)
}

/// Everybody on a number is erased: its keyed hash alone stays.
///
/// # Errors
/// The disk says no.
pub fn forget_number(conn: &Conn, mobile: &Mobile) -> Result<()> {
    conn.prepare_cached("UPDATE opt_outs SET mobile = NULL WHERE mobile = ?1")?
        .execute([As(mobile.clone())])?;
    Ok(())
}

/// A number comes to be known again, as it is captured or written to: if its hash is on the list, it is out.
///
/// # Errors
/// The disk says no.
pub fn recall(conn: &Conn, mobile: &Mobile) -> Result<()> {
    let forgotten = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM opt_outs WHERE mobile IS NULL)")?
        .query_row([], |row| row.get::<_, bool>(0))?;
    if forgotten {
        let recalled: Option<(At, Option<Uuid>)> = conn
            .prepare_cached(
                "UPDATE opt_outs SET mobile = ?2 WHERE key = ?1 AND mobile IS NULL RETURNING at, entry_id",
            )?
            .query_row(params![key(conn, mobile)?, As(mobile.clone())], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if let Some((at, entry)) = recalled
            && is_undone(conn, mobile.e164(), at.0, entry)?
        {
            lift(conn, mobile)?;
        }
    }
    recall_from_elsewhere(conn, mobile)
}

/// What each other laptop would have kept of a number: each has hashed it under its own key. Nothing where none has.
fn hashes_elsewhere(conn: &Conn, e164: &str) -> Result<Vec<(Uuid, Vec<u8>)>> {
    if !are_forgotten_elsewhere(conn)? {
        return Ok(Vec::new());
    }
    let laptops: Vec<(Uuid, Vec<u8>)> = conn
        .prepare_cached("SELECT id, suppression_key FROM laptops")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let hashed = |(laptop, key): (Uuid, Vec<u8>)| -> Result<_> { Ok((laptop, keyed(&key, e164)?)) };
    laptops.into_iter().map(hashed).collect()
}

/// The same for what was erased on other laptops.
fn recall_from_elsewhere(conn: &Conn, mobile: &Mobile) -> Result<()> {
    for (laptop, hash) in hashes_elsewhere(conn, mobile.e164())? {
        let found: Option<(As<Source>, At)> = conn
            .prepare_cached(
                "UPDATE forgotten_opt_outs SET recalled = 1
                 WHERE laptop = ?1 AND key = ?2 AND recalled = 0 RETURNING source, at",
            )?
            .query_row(params![laptop, hash], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((source, at)) = found else {
            continue;
        };
        if is_undone(conn, mobile.e164(), at.0, None)? {
            continue;
        }
        conn.prepare_cached(
            "INSERT INTO opt_outs (key, mobile, source, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![key(conn, mobile)?, As(mobile.clone()), source, at])?;
    }
    Ok(())
}

/// The keyed hash of a number: HMAC-SHA-256 of its E.164 form under a key that the vault alone has. Without
/// the key all numbers could be tried in minutes.
pub(super) fn key(conn: &Conn, mobile: &Mobile) -> Result<Vec<u8>> {
    key_of(conn, mobile.e164())
}

pub(super) fn key_of(conn: &Conn, e164: &str) -> Result<Vec<u8>> {
    let key: Vec<u8> = conn
        .prepare_cached("SELECT suppression_key FROM campaign")?
        .query_row([], |row| row.get(0))?;
    keyed(&key, e164)
}

pub(super) fn keyed(key: &[u8], e164: &str) -> Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::Crypto)?;
    mac.update(e164.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}

impl Word for Source {
    fn word(&self) -> String {
        match self {
            Self::Reply => "reply",
            Self::Carrier => "carrier",
            Self::Organiser => "organiser",
        }
        .to_owned()
    }
    fn of_word(word: &str) -> Option<Self> {
        [Self::Reply, Self::Carrier, Self::Organiser]
            .into_iter()
            .find(|source| source.word() == word)
    }
}
