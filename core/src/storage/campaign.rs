//! The campaign's own row, the wording that is read out, and the text that is sent.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Conn;
use super::values::{As, At};
use crate::error::Result;
use crate::people::Country;

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
    /// 1, 2, 3, ….
    pub number: u32,
    /// The words.
    pub body: String,
}

/// Writes the campaign into an empty vault.
///
/// # Errors
/// There is one already, or the disk says no.
pub fn insert(conn: &Conn, campaign: &Campaign, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "INSERT INTO campaign (id, name, organiser, country, practice, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            Uuid::now_v7(),
            campaign.name,
            campaign.organiser,
            As(campaign.country),
            campaign.practice,
            At(now)
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

/// Adds a version of the wording, in English as long as there is no other.
///
/// # Errors
/// The disk says no.
pub fn add_wording(conn: &Conn, body: &str, now: DateTime<Utc>) -> Result<Version> {
    let number = 1 + wording(conn)?.map_or(0, |version| version.number);
    let id = Uuid::now_v7();
    conn.execute(
        "INSERT INTO wordings (id, purpose, language, version, body, created_at) VALUES (?1, 'texts', 'en', ?2, ?3, ?4)",
        params![id, number, body, At(now)],
    )?;
    Ok(Version {
        id,
        number,
        body: body.to_owned(),
    })
}

/// The newest wording.
///
/// # Errors
/// The vault cannot be read.
pub fn wording(conn: &Conn) -> Result<Option<Version>> {
    newest(
        conn,
        "SELECT id, version, body FROM wordings WHERE purpose = 'texts' AND language = 'en' ORDER BY version DESC LIMIT 1",
    )
}

/// Adds a version of the confirmation text.
///
/// # Errors
/// The disk says no.
pub fn add_template(conn: &Conn, body: &str, now: DateTime<Utc>) -> Result<Version> {
    let number = 1 + template(conn)?.map_or(0, |version| version.number);
    let id = Uuid::now_v7();
    conn.execute(
        "INSERT INTO templates (id, kind, version, body, created_at) VALUES (?1, 'confirmation', ?2, ?3, ?4)",
        params![id, number, body, At(now)],
    )?;
    Ok(Version {
        id,
        number,
        body: body.to_owned(),
    })
}

/// The newest confirmation text.
///
/// # Errors
/// The vault cannot be read.
pub fn template(conn: &Conn) -> Result<Option<Version>> {
    newest(
        conn,
        "SELECT id, version, body FROM templates WHERE kind = 'confirmation' ORDER BY version DESC LIMIT 1",
    )
}

fn newest(conn: &Conn, sql: &str) -> Result<Option<Version>> {
    let version = conn
        .prepare_cached(sql)?
        .query_row([], |row| {
            Ok(Version {
                id: row.get(0)?,
                number: row.get(1)?,
                body: row.get(2)?,
            })
        })
        .optional()?;
    Ok(version)
}
