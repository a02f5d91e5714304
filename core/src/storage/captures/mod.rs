//! Captures: one press of Save each, under the id of its form.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::Conn;
use super::supporters::full_name;
use super::values::{As, At};
use crate::error::Result;
use crate::people::Mobile;
use crate::texts::life::{Reason, State};

/// What a press of Save did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It added a person.
    New,
    /// It changed one who was there.
    Update,
}

/// One press of Save.
#[derive(Debug, Clone)]
pub struct Capture<'a> {
    /// The form's id: saving a form twice saves it once.
    pub id: Uuid,
    /// Whom it is about.
    pub supporter: Uuid,
    /// In which shift.
    pub shift: Uuid,
    /// What it did.
    pub kind: Kind,
    /// When.
    pub at: DateTime<Utc>,
    /// The laptop's zone then, an IANA name.
    pub zone: &'a str,
    /// Whether it queued a text: Undo takes that one back, and no other.
    pub queued: bool,
}

/// A capture as the list of the last ones shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The capture.
    pub capture: Uuid,
    /// Whom it is about.
    pub supporter: Uuid,
    /// Their name.
    pub name: String,
    /// Their mobile.
    pub mobile: Option<Mobile>,
    /// When.
    pub at: DateTime<Utc>,
    /// Where their newest text stands, and why.
    pub text: Option<(State, Reason)>,
    /// Whether it changed somebody who was there already.
    pub update: bool,
    /// Whether it queued a text.
    pub queued: bool,
}

/// Writes a capture.
///
/// # Errors
/// The disk says no.
pub fn insert(conn: &Conn, capture: &Capture<'_>) -> Result<()> {
    let kind = match capture.kind {
        Kind::New => "new",
        Kind::Update => "update",
    };
    conn.prepare_cached(
        "INSERT INTO captures (id, supporter_id, shift_id, kind, captured_at, zone, queued)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        capture.id,
        capture.supporter,
        capture.shift,
        kind,
        At(capture.at),
        capture.zone,
        capture.queued
    ])?;
    Ok(())
}

/// The capture of a form, where it was saved already.
///
/// # Errors
/// The vault cannot be read.
pub fn saved(conn: &Conn, id: Uuid) -> Result<Option<Saved>> {
    let sql = concat!(include_str!("saved.sql"), " WHERE captures.id = ?1");
    Ok(conn.prepare_cached(sql)?.query_row([id], row).optional()?)
}

/// How far back the list of the last ones goes: a long day at the stall.
const A_DAY: TimeDelta = TimeDelta::hours(12);

/// The last captures that still stand, newest first.
///
/// # Errors
/// The vault cannot be read.
pub fn last(conn: &Conn, limit: u32, now: DateTime<Utc>) -> Result<Vec<Saved>> {
    let mut statement = conn.prepare_cached(LAST)?;
    let rows = statement.query_map(params![At(now - A_DAY), limit], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

// In the order in which they were written: the laptop's clock may be set back between two of them. The last
// few are found first, however many there are, and only then looked at for their time.
pub(super) const LAST: &str = concat!(
    include_str!("saved.sql"),
    " WHERE supporters.removed_at IS NULL AND captures.captured_at > ?1 AND captures.rowid IN
        (SELECT rowid FROM captures WHERE undone_at IS NULL AND laptop IS NULL ORDER BY rowid DESC LIMIT ?2)
      ORDER BY captures.rowid DESC"
);

fn row(row: &Row<'_>) -> rusqlite::Result<Saved> {
    Ok(Saved {
        capture: row.get(0)?,
        supporter: row.get(1)?,
        name: full_name(&row.get::<_, String>(2)?, &row.get::<_, String>(3)?),
        mobile: row.get::<_, Option<As<Mobile>>>(4)?.map(|mobile| mobile.0),
        at: row.get::<_, At>(5)?.0,
        update: row.get(6)?,
        queued: row.get(7)?,
        text: text(row)?,
    })
}

fn text(row: &Row<'_>) -> rusqlite::Result<Option<(State, Reason)>> {
    let state: Option<As<State>> = row.get(8)?;
    let reason: Option<As<Reason>> = row.get(9)?;
    Ok(state.zip(reason).map(|(state, reason)| (state.0, reason.0)))
}

/// Marks a capture as taken back, or as standing again.
///
/// # Errors
/// The disk says no.
pub fn turn(conn: &Conn, id: Uuid, undone_at: Option<DateTime<Utc>>) -> Result<()> {
    conn.execute(
        "UPDATE captures SET undone_at = ?2, turns = turns + 1 WHERE id = ?1",
        params![id, undone_at.map(At)],
    )?;
    Ok(())
}

/// Whether anything says that somebody is there, so that they stay though the capture that brought them in is undone: another
/// capture, a merge, or a word of theirs that another laptop or a list brought.
///
/// # Errors
/// The vault cannot be read.
pub fn is_spoken_for(conn: &Conn, supporter: Uuid) -> Result<bool> {
    let is = conn
        .prepare_cached(SPOKEN_FOR)?
        .query_row([supporter], |row| row.get(0))?;
    Ok(is)
}

pub(super) const SPOKEN_FOR: &str =
    "SELECT EXISTS (SELECT 1 FROM spoken_for WHERE supporter_id = ?1)";
