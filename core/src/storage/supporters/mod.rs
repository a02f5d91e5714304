//! Supporters and who shares a phone.

pub mod known;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Conn;
use super::values::{As, At};
use crate::consent::ReliesOn;
use crate::error::Result;
use crate::people::Mobile;

/// What is known of a person. Empty where they did not say.
#[derive(Default, Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mobile in E.164 form.
    pub mobile: Option<String>,
    /// Email address.
    pub email: String,
    /// Postcode.
    pub postcode: String,
    /// Language, a BCP 47 tag.
    pub language: String,
}

impl Details {
    /// First and last name, or what there is of them.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}

/// First and last name, or what there is of them.
#[must_use]
pub fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

/// Somebody who has a mobile already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Same {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// When they were captured first.
    pub captured_at: DateTime<Utc>,
    /// By whom.
    pub canvasser: String,
}

/// Adds a person. `act` is what somebody did to bring them in: undoing that takes them away again.
///
/// # Errors
/// The disk says no.
pub fn insert(
    conn: &Conn,
    id: Uuid,
    details: &Details,
    household: Option<Uuid>,
    act: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO supporters (
             id, first_name, last_name, mobile, email, postcode, language, household_id, captured_at, updated_at,
             brought_by
         )
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10)",
    )?
    .execute(params![
        id,
        details.first_name,
        details.last_name,
        details.mobile,
        details.email,
        details.postcode,
        details.language,
        household,
        At(now),
        act
    ])?;
    Ok(())
}

/// Changes what is known of a person.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are gone.
pub fn update(conn: &Conn, id: Uuid, details: &Details, now: DateTime<Utc>) -> Result<()> {
    let changed = conn.execute(
        "UPDATE supporters SET first_name = ?2, last_name = ?3, mobile = ?4, email = ?5, postcode = ?6,
         language = ?7, updated_at = ?8 WHERE id = ?1 AND removed_at IS NULL",
        params![
            id,
            details.first_name,
            details.last_name,
            details.mobile,
            details.email,
            details.postcode,
            details.language,
            At(now)
        ],
    )?;
    if changed == 0 {
        return Err(crate::Error::NotFound);
    }
    Ok(())
}

/// What is known of a person.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are gone.
pub fn details(conn: &Conn, id: Uuid) -> Result<Details> {
    let details = conn.query_row(
        "SELECT first_name, last_name, mobile, email, postcode, language FROM supporters
         WHERE id = ?1 AND removed_at IS NULL",
        [id],
        read_details,
    )?;
    Ok(details)
}

fn read_details(row: &Row<'_>) -> rusqlite::Result<Details> {
    Ok(Details {
        first_name: row.get(0)?,
        last_name: row.get(1)?,
        mobile: row.get(2)?,
        email: row.get(3)?,
        postcode: row.get(4)?,
        language: row.get(5)?,
    })
}

/// What is known of a person, or was before they were taken back.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub fn details_of_anybody(conn: &Conn, id: Uuid) -> Result<Details> {
    let details = conn.query_row(
        "SELECT first_name, last_name, mobile, email, postcode, language FROM supporters WHERE id = ?1",
        [id],
        read_details,
    )?;
    Ok(details)
}

/// What somebody is called, or was before they were taken back.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub fn name_of(conn: &Conn, id: Uuid) -> Result<String> {
    let name = conn
        .prepare_cached("SELECT first_name, last_name FROM supporters WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(full_name(
                &row.get::<_, String>(0)?,
                &row.get::<_, String>(1)?,
            ))
        })?;
    Ok(name)
}

/// The mobiles of somebody and whoever was merged into them, each once.
///
/// # Errors
/// The vault cannot be read.
pub fn mobiles(conn: &Conn, everybody: &[Uuid]) -> Result<Vec<String>> {
    let mut mobiles = Vec::new();
    let mut statement = conn.prepare_cached("SELECT mobile FROM supporters WHERE id = ?1")?;
    for one in everybody {
        let mobile: Option<String> = statement.query_row([one], |row| row.get(0))?;
        mobiles.extend(mobile.filter(|mobile| !mobiles.contains(mobile)));
    }
    Ok(mobiles)
}

/// Whether somebody is there.
///
/// # Errors
/// The vault cannot be read.
pub fn is_there(conn: &Conn, id: Uuid) -> Result<bool> {
    let is = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM supporters WHERE id = ?1 AND removed_at IS NULL)",
        )?
        .query_row([id], |row| row.get(0))?;
    Ok(is)
}

/// Whether somebody went when an act was undone, and comes back with it.
///
/// # Errors
/// The vault cannot be read.
pub fn went_with(conn: &Conn, id: Uuid, act: Uuid, undone_at: DateTime<Utc>) -> Result<bool> {
    let went = conn
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM supporters WHERE id = ?1 AND brought_by = ?2 AND removed_at = ?3
             )",
        )?
        .query_row(params![id, act, At(undone_at)], |row| row.get(0))?;
    Ok(went)
}

/// Takes a person away, as their capture was taken back.
///
/// # Errors
/// The disk says no.
pub fn remove(conn: &Conn, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "UPDATE supporters SET removed_at = ?2, updated_at = ?2, turns = turns + 1 WHERE id = ?1",
        params![id, At(now)],
    )?;
    Ok(())
}

/// Whom an act brought in and who is there.
///
/// # Errors
/// The vault cannot be read.
pub fn brought_by(conn: &Conn, act: Uuid) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM supporters WHERE brought_by = ?1 AND removed_at IS NULL ORDER BY rowid",
    )?;
    let rows = statement.query_map([act], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Brings those back whom an act had brought in, and who went when it was undone. Gives who they are.
///
/// # Errors
/// The disk says no.
pub fn restore(
    conn: &Conn,
    act: Uuid,
    undone_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(
        "UPDATE supporters SET removed_at = NULL, updated_at = ?3, turns = turns + 1
         WHERE brought_by = ?1 AND removed_at = ?2 RETURNING id",
    )?;
    let rows = statement.query_map(params![act, At(undone_at), At(now)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What of a person is no detail of theirs and can change all the same: with whom they live, and whether the gateway
/// says that their number cannot be texted.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are gone.
pub fn standing(conn: &Conn, id: Uuid) -> Result<(Option<Uuid>, Option<String>)> {
    let standing = conn
        .prepare_cached("SELECT household_id, number_trouble FROM supporters WHERE id = ?1 AND removed_at IS NULL")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(standing)
}

/// Changes that.
///
/// # Errors
/// The disk says no.
pub fn stand(
    conn: &Conn,
    id: Uuid,
    household: Option<Uuid>,
    number_trouble: Option<&str>,
) -> Result<()> {
    conn.prepare_cached(
        "UPDATE supporters SET household_id = ?2, number_trouble = ?3 WHERE id = ?1",
    )?
    .execute(params![id, household, number_trouble])?;
    Ok(())
}

/// Who lives with somebody, by their household or by their mobile, oldest first: at most twenty.
///
/// # Errors
/// The vault cannot be read.
pub fn household(conn: &Conn, id: Uuid) -> Result<Vec<(Uuid, String)>> {
    named(conn, include_str!("household.sql"), id)
}

pub(super) const AT_HOME: &str = "SELECT other.id, other.first_name, other.last_name
    FROM supporters AS one
    JOIN supporters AS other ON other.household_id = one.household_id
    WHERE one.id = ?1 AND other.id <> ?1 AND other.removed_at IS NULL
    ORDER BY other.id LIMIT 20";

/// Who is in somebody's household beside them, oldest first: at most twenty.
///
/// # Errors
/// The vault cannot be read.
pub fn at_home(conn: &Conn, id: Uuid) -> Result<Vec<(Uuid, String)>> {
    named(conn, AT_HOME, id)
}

fn named(conn: &Conn, sql: &str, id: Uuid) -> Result<Vec<(Uuid, String)>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| {
        Ok((
            row.get(0)?,
            full_name(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?),
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Marks everybody on a number: the gateway says that it cannot be texted.
///
/// # Errors
/// The disk says no.
pub fn mark_number(conn: &Conn, mobile: &Mobile, trouble: &str) -> Result<()> {
    conn.execute(
        "UPDATE supporters SET number_trouble = ?2 WHERE mobile = ?1 AND removed_at IS NULL",
        params![As(mobile.clone()), trouble],
    )?;
    Ok(())
}

/// Whether somebody had a household already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// They had.
    Before,
    /// It was made for them just now.
    Now,
}

/// The household of a person, made where they had none, and whether it was.
///
/// # Errors
/// [`crate::Error::NotFound`] where they are gone.
pub fn household_of(conn: &Conn, id: Uuid, now: DateTime<Utc>) -> Result<(Uuid, Made)> {
    let known: Option<Uuid> = conn.query_row(
        "SELECT household_id FROM supporters WHERE id = ?1 AND removed_at IS NULL",
        [id],
        |row| row.get(0),
    )?;
    if let Some(household) = known {
        return Ok((household, Made::Before));
    }
    let household = Uuid::now_v7();
    conn.execute(
        "INSERT INTO households (id, created_at) VALUES (?1, ?2)",
        params![household, At(now)],
    )?;
    conn.execute(
        "UPDATE supporters SET household_id = ?2 WHERE id = ?1",
        params![id, household],
    )?;
    Ok((household, Made::Now))
}

/// Who has this mobile, newest first; at most five, as many as a canvasser can take in.
///
/// # Errors
/// The vault cannot be read.
pub fn same_mobile(conn: &Conn, mobile: &Mobile) -> Result<Vec<Same>> {
    let mut statement = conn.prepare_cached(include_str!("same_mobile.sql"))?;
    let rows = statement.query_map([As(mobile.clone())], |row| {
        Ok(Same {
            id: row.get(0)?,
            name: full_name(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?),
            captured_at: row.get::<_, At>(3)?.0,
            canvasser: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everybody who has a mobile, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn people_on(conn: &Conn, mobile: &Mobile) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM supporters WHERE mobile = ?1 AND removed_at IS NULL ORDER BY captured_at, id",
    )?;
    let rows = statement.query_map([As(mobile.clone())], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether anybody who has a mobile agrees to texts, as the campaign counts it.
///
/// # Errors
/// The vault cannot be read.
pub fn somebody_agrees(conn: &Conn, mobile: &Mobile, counts: ReliesOn) -> Result<bool> {
    let agrees = conn
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM supporters JOIN last_words ON last_words.supporter_id = supporters.id
                 WHERE supporters.mobile = ?1 AND supporters.removed_at IS NULL
                 AND last_words.purpose = 'texts' AND last_words.what = 'grant'
                 AND (last_words.confirmed OR ?2)
             )",
        )?
        .query_row(
            params![As(mobile.clone()), counts == ReliesOn::Spoken],
            |row| row.get(0),
        )?;
    Ok(agrees)
}

/// The language in which to write to a mobile: of whoever had it first, English where nobody is known.
///
/// # Errors
/// The vault cannot be read.
pub fn language_on(conn: &Conn, mobile: &Mobile) -> Result<String> {
    let language = conn
        .prepare_cached(
            "SELECT language FROM supporters
             WHERE mobile = ?1 AND removed_at IS NULL ORDER BY captured_at, id LIMIT 1",
        )?
        .query_row([As(mobile.clone())], |row| row.get(0))
        .optional()?;
    Ok(language.unwrap_or_else(|| super::campaign::FALLBACK.to_owned()))
}

/// Somebody who was last heard of longer ago than the campaign keeps people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastKeeping {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// When their record was changed last.
    pub updated_at: DateTime<Utc>,
}

pub(super) const COUNT_PAST_KEEPING: &str =
    concat!("SELECT count(*) ", include_str!("past_keeping.sql"));

pub(super) const PAST_KEEPING: &str = concat!(
    "SELECT supporters.id, supporters.first_name, supporters.last_name, supporters.updated_at ",
    include_str!("past_keeping.sql"),
    " ORDER BY supporters.updated_at, supporters.id LIMIT ?2"
);

/// How many were last heard of before then.
///
/// # Errors
/// The vault cannot be read.
pub fn count_past_keeping(conn: &Conn, before: DateTime<Utc>) -> Result<u32> {
    let count = conn
        .prepare_cached(COUNT_PAST_KEEPING)?
        .query_row([At(before)], |row| row.get(0))?;
    Ok(count)
}

/// Who was last heard of before then: longest ago first.
///
/// # Errors
/// The vault cannot be read.
pub fn past_keeping(conn: &Conn, before: DateTime<Utc>, limit: u32) -> Result<Vec<PastKeeping>> {
    let mut statement = conn.prepare_cached(PAST_KEEPING)?;
    let rows = statement.query_map(params![At(before), limit], |row| {
        Ok(PastKeeping {
            id: row.get(0)?,
            name: full_name(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?),
            updated_at: row.get::<_, At>(3)?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
