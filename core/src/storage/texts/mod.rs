//! Texts in the vault: queued, claimed, moved from state to state with the evidence beside them.

pub(super) mod lists;
pub(super) mod outbox;
pub(super) mod outside;

pub use lists::{
    Counts, Event, Group, OnThePhone, Outlook, Row, counts, events, on_the_phone, page, row,
};
pub use outbox::{
    Claimable, Unanswered, all_waiting, claim, claimable, decide_anew, does_not_go, due,
    may_have_gone, next_due, put_off, release_shared, rewrite_waiting, sharing, take_back,
    take_back_from_practice, unanswered, waiting_for, waits_for,
};
pub use outside::{
    Route, due_looks, is_another_on_the_wire, left_open, look_later, owned, witness,
};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::values::{As, At};
use super::{Conn, opt_outs};
use crate::error::{Error, Result};
use crate::people::{Country, Mobile};
use crate::texts::life::{Kind, Move, Reason, State};

/// A text about to be written for the first time.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    pub kind: Kind,
    /// Whom it is for; nobody for a test, nor for an answer to a number.
    pub supporter: Option<Uuid>,
    /// The version of the template it was made from, where it was made from one.
    pub template: Option<Uuid>,
    /// The text from the phone that it answers, where it does.
    pub answers: Option<Uuid>,
    /// After this it comes too late, where it can.
    pub not_after: Option<DateTime<Utc>>,
    /// Where it goes.
    pub mobile: &'a Mobile,
    /// What it says.
    pub body: &'a str,
    /// What it costs.
    pub segments: usize,
    /// [`State::Waiting`] or [`State::NotSent`].
    pub state: State,
    /// Why.
    pub reason: Reason,
}

/// A text as the rules need it.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its id.
    pub id: Uuid,
    /// What it is for.
    pub kind: Kind,
    /// Whom it is for.
    pub supporter: Option<Uuid>,
    /// Where it goes.
    pub mobile: Mobile,
    /// What it says.
    pub body: String,
    /// Where it stands.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Tries so far.
    pub attempts: u32,
    /// The provider's id of it.
    pub provider_id: Option<String>,
    /// When the last try was committed.
    pub attempted_at: Option<DateTime<Utc>>,
    /// When the provider took it, by this laptop's clock.
    pub accepted_at: Option<DateTime<Utc>>,
    /// How often the provider was asked about it.
    pub looks: u32,
    /// When it was asked first.
    pub first_look_at: Option<DateTime<Utc>>,
}

/// Writes a text, and the first line of its evidence.
///
/// # Errors
/// The disk says no.
pub fn insert(conn: &Conn, text: &New<'_>, now: DateTime<Utc>) -> Result<()> {
    opt_outs::recall(conn, text.mobile)?;
    conn.prepare_cached(include_str!("insert.sql"))?
        .execute(params![
            text.id,
            As(text.kind),
            text.kind.turn(),
            text.supporter,
            text.template,
            text.answers,
            As(text.mobile.clone()),
            As(text.mobile.country()),
            text.body,
            text.segments,
            As(text.state),
            As(text.reason),
            At(now),
            text.not_after.map(At)
        ])?;
    note(conn, text.id, &Move::to(text.state, text.reason), now)
}

/// One text.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(conn: &Conn, id: Uuid) -> Result<Text> {
    let sql = concat!(include_str!("text.sql"), " WHERE texts.id = ?1");
    let text = conn.prepare_cached(sql)?.query_row([id], read)?;
    Ok(text)
}

/// The confirmation of a person that this laptop wrote, the newest where there were several.
///
/// # Errors
/// The vault cannot be read.
pub fn newest_for(conn: &Conn, supporter: Uuid) -> Result<Option<Text>> {
    let sql = concat!(
        include_str!("text.sql"),
        " WHERE texts.supporter_id = ?1 AND texts.kind = 'confirmation' AND texts.laptop IS NULL
          ORDER BY texts.id DESC LIMIT 1"
    );
    let text = conn
        .prepare_cached(sql)?
        .query_row([supporter], read)
        .optional()?;
    Ok(text)
}

/// The confirmation of a person to one of their numbers that this laptop wrote, the newest where there were several.
///
/// # Errors
/// The vault cannot be read.
pub fn confirmation_to(conn: &Conn, supporter: Uuid, mobile: &Mobile) -> Result<Option<Text>> {
    let sql = concat!(
        include_str!("text.sql"),
        " WHERE texts.supporter_id = ?1 AND texts.mobile = ?2 AND texts.kind = 'confirmation'
          AND texts.laptop IS NULL ORDER BY texts.id DESC LIMIT 1"
    );
    let text = conn
        .prepare_cached(sql)?
        .query_row(params![supporter, As(mobile.clone())], read)
        .optional()?;
    Ok(text)
}

/// Whether a text of any kind may have gone to a number.
///
/// # Errors
/// The vault cannot be read.
pub fn was_texted(conn: &Conn, mobile: &Mobile) -> Result<bool> {
    let was = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM texts WHERE mobile = ?1 AND attempted_at IS NOT NULL)",
        )?
        .query_row([As(mobile.clone())], |row| row.get(0))?;
    Ok(was)
}

/// Whether a number was answered with help since then.
///
/// # Errors
/// The vault cannot be read.
pub fn was_helped(conn: &Conn, mobile: &Mobile, since: DateTime<Utc>) -> Result<bool> {
    let was = conn
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM texts WHERE mobile = ?1 AND kind = 'help' AND created_at > ?2
             )",
        )?
        .query_row(params![As(mobile.clone()), At(since)], |row| row.get(0))?;
    Ok(was)
}

/// Whether a number has its confirmation already, or is about to, from this laptop or another.
///
/// # Errors
/// The vault cannot be read.
pub fn number_has_one(conn: &Conn, mobile: &Mobile) -> Result<bool> {
    let has = conn
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM texts WHERE mobile = ?1 AND kind = 'confirmation'
                 AND (state <> 'not_sent' OR stands IS NOT NULL)
             )",
        )?
        .query_row([As(mobile.clone())], |row| row.get(0))?;
    Ok(has)
}

/// Whether another laptop has texted a number, or is about to.
///
/// # Errors
/// The vault cannot be read.
pub fn is_elsewhere(conn: &Conn, mobile: &Mobile) -> Result<bool> {
    let is = conn
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM texts WHERE mobile = ?1 AND laptop IS NOT NULL AND kind = 'confirmation'
                 AND (state <> 'not_sent' OR stands IS NOT NULL)
             )",
        )?
        .query_row([As(mobile.clone())], |row| row.get(0))?;
    Ok(is)
}

/// Whether a text is another laptop's to send.
///
/// # Errors
/// [`Error::NotFound`].
pub fn is_anothers(conn: &Conn, id: Uuid) -> Result<bool> {
    let is = conn
        .prepare_cached("SELECT laptop IS NOT NULL FROM texts WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    Ok(is)
}

/// The confirmation of a person to one of their numbers that another laptop wrote, the newest where there were several.
///
/// # Errors
/// The vault cannot be read.
pub fn confirmation_from_elsewhere(
    conn: &Conn,
    supporter: Uuid,
    mobile: &Mobile,
) -> Result<Option<Text>> {
    let sql = concat!(
        include_str!("text.sql"),
        " WHERE texts.supporter_id = ?1 AND texts.mobile = ?2 AND texts.kind = 'confirmation'
          AND texts.laptop IS NOT NULL ORDER BY texts.id DESC LIMIT 1"
    );
    let text = conn
        .prepare_cached(sql)?
        .query_row(params![supporter, As(mobile.clone())], read)
        .optional()?;
    Ok(text)
}

/// Moves a text, with its evidence. What a move does not mention stays as it is, but for the times that
/// belong to one state alone.
///
/// # Errors
/// [`Error::TooLate`] where another text for this number is under way: a number gets one confirmation.
pub fn apply(conn: &Conn, id: Uuid, to: &Move, now: DateTime<Utc>) -> Result<()> {
    let done = conn
        .prepare_cached(include_str!("move.sql"))?
        .execute(params![
            id,
            As(to.to),
            As(to.reason),
            to.code,
            to.provider_id,
            to.not_before.map(At),
            to.next_look_at.map(At),
            At(now)
        ]);
    if let Err(error) = done {
        return Err(if super::fault::is_broken_constraint(&error) {
            Error::TooLate(
                "This phone has its text already, for somebody who shares it.".to_owned(),
            )
        } else {
            error.into()
        });
    }
    note(conn, id, to, now)
}

/// Why a text did not go before it was queued last; `None` where it was not decided so before.
///
/// # Errors
/// The vault cannot be read.
pub fn why_not_before(conn: &Conn, id: Uuid) -> Result<Option<Reason>> {
    let why: Option<As<Reason>> = conn
        .prepare_cached(include_str!("why_not_before.sql"))?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(why.map(|why| why.0))
}

/// When a text came to stand where it stands.
///
/// # Errors
/// [`Error::NotFound`].
pub fn moved_last(conn: &Conn, id: Uuid) -> Result<DateTime<Utc>> {
    let at = conn
        .prepare_cached("SELECT changed_at FROM texts WHERE id = ?1")?
        .query_row([id], |row| Ok(row.get::<_, At>(0)?.0))?;
    Ok(at)
}

/// Adds a line of evidence.
///
/// # Errors
/// The disk says no.
pub fn note(conn: &Conn, id: Uuid, what: &Move, now: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO text_events (id, text_id, at, state, reason, code, said, provider_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        Uuid::now_v7(),
        id,
        At(now),
        As(what.to),
        As(what.reason),
        what.code,
        what.said,
        what.provider_id
    ])?;
    Ok(())
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Text> {
    let time = |index| -> rusqlite::Result<Option<DateTime<Utc>>> {
        Ok(row.get::<_, Option<At>>(index)?.map(|at| at.0))
    };
    Ok(Text {
        id: row.get(0)?,
        kind: row.get::<_, As<Kind>>(1)?.0,
        supporter: row.get(2)?,
        mobile: row.get::<_, As<Mobile>>(3)?.0,
        body: row.get(4)?,
        state: row.get::<_, As<State>>(5)?.0,
        reason: row.get::<_, As<Reason>>(6)?.0,
        attempts: row.get(7)?,
        provider_id: row.get(8)?,
        attempted_at: time(9)?,
        accepted_at: time(10)?,
        looks: row.get(11)?,
        first_look_at: time(12)?,
    })
}

/// Writes a text's words anew, as long as they have not left.
///
/// # Errors
/// The disk says no.
pub fn rewrite(conn: &Conn, id: Uuid, template: Uuid, body: &str, segments: usize) -> Result<()> {
    conn.prepare_cached(
        "UPDATE texts SET body = ?2, segments = ?3, template_id = ?4 WHERE id = ?1",
    )?
    .execute(params![id, body, segments, template])?;
    Ok(())
}

/// Where a text's number is, as a route is closed by country, and the template it is of, where it is of one.
///
/// # Errors
/// [`Error::NotFound`].
pub fn country_and_template(conn: &Conn, id: Uuid) -> Result<(Country, Option<Uuid>)> {
    let found = conn.query_row(
        "SELECT country, template_id FROM texts WHERE id = ?1",
        [id],
        |row| Ok((row.get::<_, As<Country>>(0)?.0, row.get(1)?)),
    )?;
    Ok(found)
}

/// Every text there is, oldest first.
#[cfg(test)]
pub fn all_ids(conn: &Conn) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare("SELECT id FROM texts ORDER BY id")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
