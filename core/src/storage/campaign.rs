//! The campaign's own row, the words in which it asks for consent, and the texts that it sends.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::values::{As, At, Word};
use super::{Conn, Fault};
use crate::consent::Rules;
use crate::error::{Error, Result};
use crate::people::Country;
use crate::texts::life::Kind;

/// The campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its name, as supporters hear it.
    pub name: String,
    /// Who set it up.
    pub organiser: String,
    /// How a number without a prefix is read.
    pub country: Country,
    /// Whether its texts never leave the laptop.
    pub practice: bool,
}

/// A version of something the campaign wrote. Versions are added, never edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id: consents and texts point at it.
    pub id: Uuid,
    /// 1, 2, 3, … in its language.
    pub number: u32,
    /// A BCP 47 tag.
    pub language: String,
    /// The words.
    pub body: String,
}

impl Version {
    fn has_words(&self) -> bool {
        !self.body.is_empty()
    }
}

/// Writes the campaign into an empty vault.
///
/// # Errors
/// There is one already, or the disk says no.
pub fn insert(conn: &Conn, campaign: &Campaign, now: DateTime<Utc>) -> Result<()> {
    let mut suppression_key = [0_u8; 32];
    getrandom::fill(&mut suppression_key).map_err(|_| Error::Crypto)?;
    conn.execute(
        "INSERT INTO campaign (id, name, organiser, country, practice, created_at, laptop, suppression_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            Uuid::now_v7(),
            campaign.name,
            campaign.organiser,
            As(campaign.country),
            campaign.practice,
            At(now),
            Uuid::now_v7(),
            suppression_key
        ],
    )?;
    Ok(())
}

/// The campaign of this vault.
///
/// # Errors
/// [`crate::Error::NotFound`] where its set-up was never finished.
pub fn get(conn: &Conn) -> Result<Campaign> {
    let campaign = conn.query_row(
        "SELECT name, organiser, country, practice FROM campaign",
        [],
        |row| {
            Ok(Campaign {
                name: row.get(0)?,
                organiser: row.get(1)?,
                country: row.get::<_, As<Country>>(2)?.0,
                practice: row.get(3)?,
            })
        },
    )?;
    Ok(campaign)
}

/// What the campaign decided on what the law leaves open.
///
/// # Errors
/// The vault cannot be read.
pub fn rules(conn: &Conn) -> Result<Rules> {
    let json: String = conn
        .prepare_cached("SELECT rules FROM campaign")?
        .query_row([], |row| row.get(0))?;
    serde_json::from_str(&json).map_err(|_| Error::Storage(Fault::unreadable("rule")))
}

/// Whether a vault has a place for that: the oldest have none.
pub(super) fn has_rules(conn: &Conn) -> Result<bool> {
    let found = conn
        .query_row(
            "SELECT 1 FROM pragma_table_info('campaign') WHERE name = 'rules'",
            [],
            |_| Ok(()),
        )
        .optional()?;
    Ok(found.is_some())
}

/// Keeps what the campaign decided.
///
/// # Errors
/// The disk says no.
pub fn set_rules(conn: &Conn, rules: &Rules) -> Result<()> {
    let json =
        serde_json::to_string(rules).map_err(|_| Error::Storage(Fault::unreadable("rule")))?;
    conn.execute("UPDATE campaign SET rules = ?1", [json])?;
    Ok(())
}

/// The hash of the flip screen's PIN, where one was chosen.
///
/// # Errors
/// The vault cannot be read.
pub fn pin(conn: &Conn) -> Result<Option<String>> {
    let pin = conn.query_row("SELECT pin FROM campaign", [], |row| row.get(0))?;
    Ok(pin)
}

/// Keeps the hash of a PIN.
///
/// # Errors
/// The disk says no.
pub fn set_pin(conn: &Conn, pin: &str) -> Result<()> {
    conn.execute("UPDATE campaign SET pin = ?1", [pin])?;
    Ok(())
}

/// The language that stands in where the campaign has no words in a supporter's own.
pub const FALLBACK: &str = "en";

/// Adds a version of a wording; one without words where English is to stand in again.
///
/// # Errors
/// The disk says no.
pub fn add_wording(
    conn: &Conn,
    purpose: &str,
    language: &str,
    body: &str,
    now: DateTime<Utc>,
) -> Result<Version> {
    let id = Uuid::now_v7();
    let number = conn
        .prepare_cached(
            "INSERT INTO wordings (id, purpose, language, version, body, created_at)
             SELECT ?1, ?2, ?3, 1 + coalesce(max(version), 0), ?4, ?5 FROM wordings
             WHERE purpose = ?2 AND language = ?3 AND laptop IS NULL
             RETURNING version",
        )?
        .query_row(params![id, purpose, language, body, At(now)], |row| {
            row.get(0)
        })?;
    Ok(Version {
        id,
        number,
        language: language.to_owned(),
        body: body.to_owned(),
    })
}

/// The newest wording in a language; in English where there is none.
///
/// # Errors
/// The vault cannot be read.
pub fn wording(conn: &Conn, purpose: &str, language: &str) -> Result<Option<Version>> {
    match own_wording(conn, purpose, language)? {
        Some(own) => Ok(Some(own)),
        None => own_wording(conn, purpose, FALLBACK),
    }
}

/// The newest wording in a language; nothing where there is none. A version without words is none: the first in its
/// language was undone.
///
/// # Errors
/// The vault cannot be read.
pub fn own_wording(conn: &Conn, purpose: &str, language: &str) -> Result<Option<Version>> {
    newest(
        conn,
        "SELECT id, version, language, body FROM wordings
         WHERE purpose = ?1 AND language = ?2 AND laptop IS NULL ORDER BY version DESC LIMIT 1",
        purpose,
        language,
    )
}

/// The language of words that somebody else asked with, as the organiser attests when they bring a list in: no tag of
/// a supporter's, so that nobody is asked in them here.
pub const ATTESTED: &str = "und-x-list";

/// The wording that an organiser attests: the same words are one version.
///
/// # Errors
/// The disk says no.
pub fn attested(conn: &Conn, purpose: &str, body: &str, now: DateTime<Utc>) -> Result<Uuid> {
    let known = conn
        .prepare_cached(
            "SELECT id FROM wordings WHERE purpose = ?1 AND language = ?2 AND body = ?3",
        )?
        .query_row(params![purpose, ATTESTED, body], |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => Ok(add_wording(conn, purpose, ATTESTED, body, now)?.id),
    }
}

/// The newest wording in each language that has one.
///
/// # Errors
/// The vault cannot be read.
pub fn wordings(conn: &Conn, purpose: &str) -> Result<Vec<Version>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, max(version), language, body FROM wordings
         WHERE purpose = ?1 AND language <> ?2 AND laptop IS NULL GROUP BY language",
    )?;
    let rows = statement.query_map([purpose, ATTESTED], version)?;
    let mut newest = rows.collect::<Result<Vec<_>, _>>()?;
    newest.retain(Version::has_words);
    Ok(newest)
}

/// Adds a version of a text that Placard writes by itself; one without words where English is to stand in again.
///
/// # Errors
/// The disk says no.
pub fn add_template(
    conn: &Conn,
    kind: Kind,
    language: &str,
    body: &str,
    now: DateTime<Utc>,
) -> Result<Version> {
    let id = Uuid::now_v7();
    let number = conn
        .prepare_cached(
            "INSERT INTO templates (id, kind, language, version, body, created_at)
             SELECT ?1, ?2, ?3, 1 + coalesce(max(version), 0), ?4, ?5 FROM templates
             WHERE kind = ?2 AND language = ?3
             RETURNING version",
        )?
        .query_row(params![id, As(kind), language, body, At(now)], |row| {
            row.get(0)
        })?;
    Ok(Version {
        id,
        number,
        language: language.to_owned(),
        body: body.to_owned(),
    })
}

/// The newest text of a kind in a language; in English where there is none.
///
/// # Errors
/// The vault cannot be read.
pub fn template(conn: &Conn, kind: Kind, language: &str) -> Result<Option<Version>> {
    match own_template(conn, kind, language)? {
        Some(own) => Ok(Some(own)),
        None => own_template(conn, kind, FALLBACK),
    }
}

/// The newest text of a kind in a language; nothing where there is none, as with [`own_wording`].
///
/// # Errors
/// The vault cannot be read.
pub fn own_template(conn: &Conn, kind: Kind, language: &str) -> Result<Option<Version>> {
    newest(
        conn,
        "SELECT id, version, language, body FROM templates
         WHERE kind = ?1 AND language = ?2 ORDER BY version DESC LIMIT 1",
        &kind.word(),
        language,
    )
}

fn newest(conn: &Conn, sql: &str, of: &str, language: &str) -> Result<Option<Version>> {
    let newest = conn
        .prepare_cached(sql)?
        .query_row([of, language], version)
        .optional()?;
    Ok(newest.filter(Version::has_words))
}

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        id: row.get(0)?,
        number: row.get(1)?,
        language: row.get(2)?,
        body: row.get(3)?,
    })
}
