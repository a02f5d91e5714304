//! What was said on one record, said on another of the same person.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{New, add, get};
use crate::consent::ledger::{Personal, What};
use crate::error::{Error, Result};
use crate::storage::Conn;
use crate::storage::supporters::Details;
use crate::storage::values::{As, At};

/// A last word with its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The entry that holds it.
    pub entry: Uuid,
    /// Whether it is yes.
    pub agrees: bool,
    /// Whether a yes was proved.
    pub confirmed: bool,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// When it was written, in order.
    pub order: i64,
}

/// A supporter's last word on a purpose, with its time.
///
/// # Errors
/// The vault cannot be read.
pub fn said(conn: &Conn, supporter: Uuid, purpose: &str) -> Result<Option<Said>> {
    let said = conn
        .prepare_cached(
            "SELECT last_words.id, last_words.what, last_words.confirmed, ledger.at, ledger.heard
             FROM last_words JOIN ledger ON ledger.id = last_words.id
             WHERE last_words.supporter_id = ?1 AND last_words.purpose = ?2",
        )?
        .query_row(params![supporter, purpose], |row| {
            Ok(Said {
                entry: row.get(0)?,
                agrees: row.get::<_, As<What>>(1)?.0 == What::Grant,
                confirmed: row.get(2)?,
                at: row.get::<_, At>(3)?.0,
                order: row.get(4)?,
            })
        })
        .optional()?;
    Ok(said)
}

/// The entry by which a supporter proved a yes on the number that they have now.
///
/// # Errors
/// The vault cannot be read.
pub fn proof(conn: &Conn, supporter: Uuid, purpose: &str) -> Result<Option<Uuid>> {
    let proof = conn
        .prepare_cached(
            "SELECT proof.id FROM ledger AS proof
             WHERE proof.supporter_id = ?1 AND proof.purpose = ?2 AND proof.what = 'confirmation'
             AND json_extract(proof.personal, '$.mobile') IS (
                 SELECT supporters.mobile FROM supporters WHERE supporters.id = ?1
             )
             AND NOT EXISTS (
                 SELECT 1 FROM ledger AS back WHERE back.about_id = proof.id AND back.what = 'taken_back'
             )
             ORDER BY proof.heard DESC, proof.id DESC LIMIT 1",
        )?
        .query_row(params![supporter, purpose], |row| row.get(0))
        .optional()?;
    Ok(proof)
}

/// Says on one record what was said on another: in the same words and of the same time, in no capture, so that undoing
/// the capture it was said in takes back what was said there alone. Gives the new entry.
///
/// # Errors
/// [`Error::NotFound`], or the disk says no.
pub fn copy(
    conn: &Conn,
    entry: Uuid,
    what: What,
    (to, details): (Uuid, &Details),
    about: Uuid,
) -> Result<Uuid> {
    let (said, _) = get(conn, entry)?;
    let wording: Option<Uuid> = conn
        .prepare_cached("SELECT wording_id FROM ledger WHERE id = ?1")?
        .query_row([entry], |row| row.get(0))?;
    let facts = said.facts;
    let who = said.personal.ok_or(Error::NotFound)?;
    add(
        conn,
        &New {
            what,
            purpose: facts.purpose.as_deref(),
            method: facts.method,
            supporter: Some(to),
            capture: None,
            shift: facts.shift,
            wording,
            evidence: facts.evidence,
            about: Some(about),
            at: facts.at.time(),
            zone: &facts.zone,
            personal: Personal {
                supporter: Some(to),
                name: Some(details.name()),
                mobile: details.mobile.clone(),
                ..who
            },
        },
    )
}

/// What a supporter said themselves since a row of the ledger, from their phone or with their own hand.
pub struct Since {
    /// The entry.
    pub entry: Uuid,
    /// What it says.
    pub what: What,
    /// On which purpose.
    pub purpose: String,
    /// From which number.
    pub mobile: Option<String>,
}

/// What a supporter said themselves since a row of the ledger and was not taken back, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn said_since(conn: &Conn, supporter: Uuid, row: i64) -> Result<Vec<Since>> {
    let mut statement = conn.prepare_cached(
        "SELECT word.id, word.what, word.purpose, json_extract(word.personal, '$.mobile')
         FROM ledger AS word
         LEFT JOIN merge_entries ON merge_entries.entry_id = word.id
         WHERE word.supporter_id = ?1 AND word.rowid > ?2 AND word.purpose IS NOT NULL
         AND word.what IN ('grant', 'refusal', 'withdrawal', 'confirmation')
         AND word.method IN ('own_hand', 'own_handset', 'reply', 'carrier')
         AND merge_entries.entry_id IS NULL
         AND NOT EXISTS (
             SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
         )
         ORDER BY word.rowid",
    )?;
    let rows = statement.query_map(params![supporter, row], |row| {
        Ok(Since {
            entry: row.get(0)?,
            what: row.get::<_, As<What>>(1)?.0,
            purpose: row.get(2)?,
            mobile: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
