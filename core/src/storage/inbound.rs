//! Texts from phones to us, each once, and the threads that they belong to.

use std::fmt;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Conn;
use super::merges;
use super::texts::{self, Route};
use super::values::{As, At};
use crate::error::Result;
use crate::people::Mobile;
use crate::texts::life::{Kind, Reason, State};

/// What a text from a phone means, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// An opt-out.
    Stop,
    /// Sounds like an opt-out.
    LikelyStop,
    /// Undoes an opt-out.
    Start,
    /// Wants help.
    Help,
    /// Yes.
    Yes,
    /// No.
    No,
    /// A one-time code.
    Join,
    /// Anything else.
    Other,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A person reads it.
    ToRead,
    /// The number is opted out.
    OptedOut,
    /// The number was opted out already.
    OptedOutBefore,
    /// A later text from the same phone says otherwise.
    Overtaken,
    /// It sounds like an opt-out: texts to the number wait until a person decides.
    Held,
    /// A person decided that it is an opt-out.
    DecidedStop,
    /// A person decided that it is none.
    DecidedNone,
    /// The opt-out is undone.
    Reopened,
    /// It was answered with help.
    Helped,
    /// Their consent is proved.
    Confirmed,
    /// It was proved before.
    ConfirmedBefore,
    /// They said no.
    Declined,
    /// They opted in from their own handset.
    Joined,
}

/// A text from a phone, about to be kept.
pub struct New<'a> {
    /// Our id of it.
    pub id: Uuid,
    /// Through which account at which gateway it came.
    pub route: &'a Route,
    /// The provider's id of it.
    pub provider_id: &'a str,
    /// Who sent it: E.164 where it is a number.
    pub from: &'a str,
    /// What it says.
    pub body: &'a str,
    /// When it was sent, by the provider's clock.
    pub sent_at: DateTime<Utc>,
    /// What it means.
    pub meaning: Meaning,
}

/// A text from a phone.
#[derive(Clone)]
pub struct Inbound {
    /// Our id of it.
    pub id: Uuid,
    /// Who sent it: E.164 where it is a number.
    pub from: String,
    /// What it says.
    pub body: String,
    /// When it was sent, by the provider's clock.
    pub sent_at: DateTime<Utc>,
    /// When it came to us.
    pub received_at: DateTime<Utc>,
    /// What it means.
    pub meaning: Meaning,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether a person has decided, where one had to.
    pub decided: bool,
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("id", &self.id)
            .field("meaning", &self.meaning)
            .finish_non_exhaustive()
    }
}

/// A line of Inbox: a number, and the last that came from it.
#[derive(Clone)]
pub struct Thread {
    /// The number, or the name that the network gives.
    pub from: String,
    /// The people who have it, oldest first.
    pub names: Vec<String>,
    /// What came last.
    pub last: Inbound,
    /// How many wait to be read.
    pub to_read: u32,
    /// Whether one of them may be an opt-out, and waits for a decision.
    pub undecided: bool,
    /// Whether the number is opted out.
    pub opted_out: bool,
}

/// Keeps a text from a phone. Gives whether it is news: the same one comes twice from a gateway that is asked
/// about a time that was asked about before, or that tries again.
///
/// # Errors
/// The disk says no.
pub fn insert(conn: &Conn, new: &New<'_>, now: DateTime<Utc>) -> Result<bool> {
    let added = conn
        .prepare_cached(
            "INSERT INTO inbound (
                 id, gateway, account, provider_id, mobile, body, sent_at, received_at, meaning, outcome, to_read
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)
             ON CONFLICT (gateway, provider_id, account) DO NOTHING",
        )?
        .execute(params![
            new.id,
            As(new.route.kind),
            new.route.account,
            new.provider_id,
            new.from,
            new.body,
            At(new.sent_at),
            At(now),
            As(new.meaning),
            As(Outcome::ToRead)
        ])?;
    Ok(added > 0)
}

/// Whether a text is here already. The same account is told again under another name when its sender or its address
/// changes: what is the same text at the same kind of gateway is here, whichever it came through. Two gateways of one
/// kind may give two texts one name, so sender, time and words have to be the same too.
///
/// # Errors
/// The vault cannot be read.
pub fn is_known(
    conn: &Conn,
    route: &Route,
    provider_id: &str,
    from: &str,
    body: &str,
    sent_at: DateTime<Utc>,
) -> Result<bool> {
    let known = conn.prepare_cached(KNOWN)?.query_row(
        params![
            As(route.kind),
            provider_id,
            route.account,
            At(sent_at),
            from,
            body
        ],
        |row| row.get(0),
    )?;
    Ok(known)
}

// Of whoever is erased neither number nor words are left.
pub(super) const KNOWN: &str = "SELECT EXISTS (
    SELECT 1 FROM inbound WHERE gateway = ?1 AND provider_id = ?2
    AND (account = ?3 OR (sent_at = ?4 AND (mobile = '' OR (mobile = ?5 AND body = ?6))))
)";

/// Writes what came of a text. What a person has to look at stays to be read.
///
/// # Errors
/// The disk says no.
pub fn led_to(conn: &Conn, id: Uuid, outcome: Outcome) -> Result<()> {
    let to_read = matches!(outcome, Outcome::ToRead | Outcome::Held);
    conn.prepare_cached("UPDATE inbound SET outcome = ?2, to_read = ?3 WHERE id = ?1")?
        .execute(params![id, As(outcome), to_read])?;
    Ok(())
}

/// A person decided on a text that sounded like an opt-out.
///
/// # Errors
/// The disk says no.
pub fn decide(conn: &Conn, id: Uuid, outcome: Outcome, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "UPDATE inbound SET outcome = ?2, to_read = 0, decided_at = ?3 WHERE id = ?1",
        params![id, As(outcome), At(now)],
    )?;
    Ok(())
}

/// A person has looked at what came from a number. What waits for a decision still does.
///
/// # Errors
/// The disk says no.
pub fn read(conn: &Conn, from: &str) -> Result<bool> {
    let read = conn.execute(
        "UPDATE inbound SET to_read = 0
         WHERE mobile = ?1 AND to_read = 1 AND (meaning <> 'likely_stop' OR decided_at IS NOT NULL)",
        [from],
    )?;
    Ok(read > 0)
}

/// One text from a phone.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub fn get(conn: &Conn, id: Uuid) -> Result<Inbound> {
    let sql = format!("SELECT {INBOUND} FROM inbound WHERE id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], inbound)?)
}

/// The newest text from a number, where there is one.
///
/// # Errors
/// The vault cannot be read.
pub fn newest(conn: &Conn, from: &str) -> Result<Option<Inbound>> {
    let sql = format!("SELECT {INBOUND} FROM inbound WHERE mobile = ?1 ORDER BY id DESC LIMIT 1");
    let newest = conn.prepare_cached(&sql)?.query_row([from], inbound);
    Ok(newest.optional()?)
}

/// Whether a number said something later than this that means the opposite.
///
/// # Errors
/// The vault cannot be read.
pub fn overtaken(conn: &Conn, from: &str, sent_at: DateTime<Utc>, by: Meaning) -> Result<bool> {
    let overtaken = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM inbound WHERE mobile = ?1 AND meaning = ?2 AND sent_at > ?3)",
        )?
        .query_row(params![from, As(by), At(sent_at)], |row| row.get(0))?;
    Ok(overtaken)
}

/// The texts from a number that sound like an opt-out and wait for a decision.
///
/// # Errors
/// The vault cannot be read.
pub fn undecided(conn: &Conn, from: &str) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM inbound WHERE mobile = ?1 AND meaning = 'likely_stop' AND decided_at IS NULL",
    )?;
    let rows = statement.query_map([from], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const INBOUND: &str =
    "id, mobile, body, sent_at, received_at, meaning, outcome, decided_at IS NOT NULL";

fn inbound(row: &Row<'_>) -> rusqlite::Result<Inbound> {
    Ok(Inbound {
        id: row.get(0)?,
        from: row.get(1)?,
        body: row.get(2)?,
        sent_at: row.get::<_, At>(3)?.0,
        received_at: row.get::<_, At>(4)?.0,
        meaning: row.get::<_, As<Meaning>>(5)?.0,
        outcome: row.get::<_, As<Outcome>>(6)?.0,
        decided: row.get(7)?,
    })
}

/// How many numbers have texts here, and how many of them want a person.
///
/// # Errors
/// The vault cannot be read.
pub fn counts(conn: &Conn) -> Result<(u32, u32)> {
    let counts = conn
        .prepare_cached(COUNTS)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(counts)
}

pub(super) const COUNTS: &str = "SELECT
    (SELECT count(DISTINCT mobile) FROM inbound WHERE mobile <> ''),
    (SELECT count(DISTINCT mobile) FROM inbound WHERE to_read = 1)";

/// Numbers with the last that came from each: those that want a person first, then the newest.
///
/// # Errors
/// The vault cannot be read.
pub fn threads(conn: &Conn, offset: u32, limit: u32) -> Result<Vec<Thread>> {
    let mut statement = conn.prepare_cached(THREADS)?;
    let rows = statement.query_map([limit, offset], |row| {
        Ok(Thread {
            last: inbound(row)?,
            from: row.get(1)?,
            names: Vec::new(),
            to_read: row.get(8)?,
            undecided: row.get(9)?,
            opted_out: row.get(10)?,
        })
    })?;
    let mut threads: Vec<Thread> = rows.collect::<Result<_, _>>()?;
    for thread in &mut threads {
        thread.names = names(conn, &thread.from)?;
    }
    Ok(threads)
}

pub(super) const THREADS: &str = include_str!("inbound/threads.sql");

/// The people who have a number, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn names(conn: &Conn, mobile: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare_cached(
        "SELECT first_name, last_name FROM supporters
         WHERE mobile = ?1 AND removed_at IS NULL ORDER BY captured_at",
    )?;
    let rows = statement.query_map([mobile], |row| {
        Ok(super::supporters::full_name(
            &row.get::<_, String>(0)?,
            &row.get::<_, String>(1)?,
        ))
    })?;
    let mut names: Vec<String> = rows.collect::<Result<_, _>>()?;
    // Whoever was merged is called what they are called now.
    for kept in merges::kept_on(conn, mobile)? {
        let name = super::supporters::name_of(conn, kept)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// A line of a thread.
#[derive(Clone)]
pub enum Line {
    /// From the phone.
    In(Inbound),
    /// From us.
    Out {
        /// The text.
        id: Uuid,
        /// What it was for.
        kind: Kind,
        /// What it says.
        body: String,
        /// What it costs.
        segments: u32,
        /// Where it stands.
        state: State,
        /// Why.
        reason: Reason,
        /// When it was written.
        at: DateTime<Utc>,
        /// Whom it was for, where it was for one person.
        supporter: Option<Uuid>,
    },
}

impl Line {
    /// Whether it is nobody else's.
    #[must_use]
    pub fn is_for(&self, person: Uuid) -> bool {
        match self {
            Self::In(_) => true,
            Self::Out { supporter, .. } => supporter.is_none_or(|whose| whose == person),
        }
    }
}

/// Everything between us and a number, oldest first; the newest `limit` of each.
///
/// # Errors
/// The vault cannot be read.
pub fn thread(conn: &Conn, from: &str, limit: u32) -> Result<Vec<Line>> {
    let sql = format!("SELECT {INBOUND} FROM inbound WHERE mobile = ?1 ORDER BY id DESC LIMIT ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![from, limit], inbound)?;
    let mut lines: Vec<(DateTime<Utc>, Line)> = rows
        .map(|row| row.map(|row| (row.received_at, Line::In(row))))
        .collect::<Result<_, _>>()?;
    let mut statement = conn.prepare_cached(OUT)?;
    let rows = statement.query_map(params![from, limit], |row| {
        let at = row.get::<_, At>(6)?.0;
        let line = Line::Out {
            id: row.get(0)?,
            kind: row.get::<_, As<Kind>>(1)?.0,
            body: row.get(2)?,
            segments: row.get(3)?,
            state: row.get::<_, As<State>>(4)?.0,
            reason: row.get::<_, As<Reason>>(5)?.0,
            at,
            supporter: row.get(7)?,
        };
        Ok((at, line))
    })?;
    for row in rows {
        lines.push(row?);
    }
    lines.sort_by_key(|(at, _)| *at);
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

pub(super) const OUT: &str =
    "SELECT id, kind, body, segments, state, reason, coalesce(attempted_at, created_at), supporter_id
    FROM texts WHERE mobile = ?1 ORDER BY id DESC LIMIT ?2";

/// Whom a question was put to at this number, and when it left: the confirmation that may be on the phone.
///
/// # Errors
/// The vault cannot be read.
pub fn asked(conn: &Conn, mobile: &Mobile) -> Result<Option<(Uuid, DateTime<Utc>)>> {
    let asked = conn
        .prepare_cached(
            "SELECT supporter_id, attempted_at, id, state, reason FROM texts
             WHERE mobile = ?1 AND kind = 'confirmation' AND supporter_id IS NOT NULL
             AND attempted_at IS NOT NULL AND state NOT IN ('not_sent', 'failed')
             ORDER BY attempted_at LIMIT 1",
        )?
        .query_row([As(mobile.clone())], |row| {
            Ok((
                (row.get(0)?, row.get::<_, At>(1)?.0),
                row.get::<_, Uuid>(2)?,
                row.get::<_, As<State>>(3)?.0,
                row.get::<_, As<Reason>>(4)?.0,
            ))
        })
        .optional()?;
    let Some((asked, id, state, reason)) = asked else {
        return Ok(None);
    };
    // One that waits for another try has not left, unless an earlier try was lost.
    let waits = state == State::Waiting && reason != Reason::AppStopped;
    if waits && !texts::may_have_gone(conn, id)? {
        return Ok(None);
    }
    Ok(Some(asked))
}

/// Up to when an account's texts are all here. In a restored vault, where nothing was fetched yet: up to the backup.
///
/// # Errors
/// The vault cannot be read.
pub fn complete_to(conn: &Conn, route: &Route) -> Result<Option<DateTime<Utc>>> {
    let mark = conn
        .prepare_cached(COMPLETE_TO)?
        .query_row(params![As(route.kind), route.account], |row| {
            Ok(row.get::<_, Option<At>>(0)?.map(|at| at.0))
        })?;
    Ok(mark)
}

pub(super) const COMPLETE_TO: &str = "SELECT coalesce(
    (SELECT complete_to FROM inbound_marks WHERE gateway = ?1 AND account = ?2),
    (SELECT backup_at FROM restores ORDER BY at DESC LIMIT 1)
)";

/// Everything up to then is here.
///
/// # Errors
/// The disk says no.
pub fn is_complete_to(conn: &Conn, route: &Route, at: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO inbound_marks (gateway, account, complete_to) VALUES (?1, ?2, ?3)
         ON CONFLICT (gateway, account) DO UPDATE SET complete_to = excluded.complete_to",
    )?
    .execute(params![As(route.kind), route.account, At(at)])?;
    Ok(())
}
