//! What may leave, and the claim that is committed before it does.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::outside::Route;
use super::{Text, apply, note};
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::Conn;
use crate::storage::values::{As, At};
use crate::texts::allowed::Facts;
use crate::texts::life::{Kind, Move, Reason, State};

/// A text whose turn it is, with the facts that decide whether it may go.
#[derive(Debug, Clone)]
pub struct Claimable {
    /// The text.
    pub text: Text,
    /// What is so at this moment.
    pub facts: Facts,
}

/// The texts whose turn it is, tests first, oldest first, at most `limit`. Countries on hold are left out;
/// a test is not, since it is how an organiser finds out whether the hold is mended.
///
/// # Errors
/// The vault cannot be read.
pub fn due(
    conn: &Conn,
    now: DateTime<Utc>,
    only_tests: bool,
    limit: usize,
) -> Result<Vec<Claimable>> {
    let sql = if only_tests { DUE_TESTS } else { DUE };
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![At(now), limit], |row| {
        let text = super::read(row)?;
        Ok(Claimable {
            facts: Facts {
                kind: text.kind,
                opted_out: row.get(13)?,
                taken_back: row.get(14)?,
                number_changed: row.get(15)?,
                agreed: row.get(16)?,
            },
            text,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::storage) const DUE: &str = concat!(
    include_str!("due.sql"),
    " AND (texts.kind = 'test' OR texts.country NOT IN (SELECT country FROM holds))
      ORDER BY texts.kind DESC, texts.id LIMIT ?2"
);

pub(in crate::storage) const DUE_TESTS: &str = concat!(
    include_str!("due.sql"),
    " AND texts.kind = 'test' ORDER BY texts.kind DESC, texts.id LIMIT ?2"
);

/// Commits a text to leave, to this account at this gateway.
///
/// # Errors
/// The disk says no.
pub fn claim(conn: &Conn, id: Uuid, route: &Route, now: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(include_str!("claim.sql"))?
        .execute(params![id, As(route.kind), route.account, At(now)])?;
    note(conn, id, &Move::to(State::Sending, Reason::Leaving), now)
}

/// When the next text will be due or the next look at the provider, if any is to come.
///
/// # Errors
/// The vault cannot be read.
pub fn next_due(conn: &Conn, route: &Route, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let next = conn
        .prepare_cached(include_str!("next_due.sql"))?
        .query_row(params![At(now), As(route.kind), route.account], |row| {
            Ok(row.get::<_, Option<At>>(0)?.map(|at| at.0))
        })?;
    Ok(next)
}

/// A text for this number no longer goes: the text of somebody who shares the phone and agreed takes its
/// place, where there is one.
///
/// # Errors
/// The disk says no.
pub fn release_shared(conn: &Conn, mobile: &Mobile, now: DateTime<Utc>) -> Result<()> {
    if super::number_has_one(conn, mobile)? {
        return Ok(());
    }
    let next: Option<Uuid> = conn
        .query_row(
            include_str!("next_sharing.sql"),
            [As(mobile.clone())],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = next {
        let mut waits = Move::to(State::Waiting, Reason::Queued);
        waits.not_before = Some(now);
        apply(conn, id, &waits, now)?;
    }
    Ok(())
}

/// A text that waits does not go after all, and gives way to whoever shares the phone. One that may have gone
/// on an earlier try is uncertain again instead: nothing else goes to its number until that is settled. Gives
/// where it stands then.
///
/// # Errors
/// The disk says no.
pub fn does_not_go(conn: &Conn, text: &Text, why: Reason, now: DateTime<Utc>) -> Result<State> {
    if may_have_gone(conn, text.id)? {
        let mut open = Move::to(State::Uncertain, Reason::LookedLongEnough);
        open.next_look_at = Some(now);
        apply(conn, text.id, &open, now)?;
        return Ok(State::Uncertain);
    }
    apply(conn, text.id, &Move::to(State::NotSent, why), now)?;
    if why != Reason::OptedOut {
        release_shared(conn, &text.mobile, now)?;
    }
    Ok(State::NotSent)
}

/// Whether a try was lost and never proved to have failed.
fn may_have_gone(conn: &Conn, id: Uuid) -> Result<bool> {
    let may = conn
        .prepare_cached(include_str!("may_have_gone.sql"))?
        .query_row([id], |row| row.get(0))?;
    Ok(may)
}

/// Texts that only the drawn phone has had go through a real gateway now; a test that was on its way to it is
/// over. Gives how many go.
///
/// # Errors
/// The disk says no.
pub fn take_back_from_practice(conn: &Conn, now: DateTime<Utc>) -> Result<usize> {
    let mut statement = conn.prepare_cached(PRACTISED)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, As<Kind>>(1)?.0)))?;
    let practised: Vec<(Uuid, Kind)> = rows.collect::<Result<_, _>>()?;
    let mut go = 0;
    for (id, kind) in practised {
        if kind == Kind::Test {
            apply(conn, id, &Move::to(State::NotSent, Reason::Cancelled), now)?;
            continue;
        }
        let mut waits = Move::to(State::Waiting, Reason::Queued);
        waits.not_before = Some(now);
        apply(conn, id, &waits, now)?;
        conn.prepare_cached(
            "UPDATE texts SET attempts = 0, gateway = NULL, account = NULL WHERE id = ?1",
        )?
        .execute([id])?;
        go += 1;
    }
    Ok(go)
}

pub(in crate::storage) const PRACTISED: &str = "SELECT id, kind FROM texts
    WHERE gateway = 'practice' AND kind = 'confirmation' AND accepted_at IS NOT NULL
    AND +state IN ('accepted', 'delivered')
    UNION ALL SELECT id, kind FROM texts WHERE state = 'sending' AND gateway = 'practice'";

// A test whose answer was lost is over: nobody waits for it.
pub(in crate::storage) const WAITS_FOR: &str = "SELECT count(*) FROM texts
    WHERE state IN ('waiting', 'sending', 'uncertain') AND NOT (kind = 'test' AND state = 'uncertain')";

/// How many texts wait, are on the wire or are uncertain: what the strip counts.
///
/// # Errors
/// The vault cannot be read.
pub fn waits_for(conn: &Conn) -> Result<u32> {
    let count = conn
        .prepare_cached(WAITS_FOR)?
        .query_row([], |row| row.get(0))?;
    Ok(count)
}

/// Writes the words of every confirmation anew that waits for its first try: `words` gives the new body and
/// its segments for the first name and the canvasser.
///
/// # Errors
/// The disk says no.
pub fn rewrite_waiting(
    conn: &Conn,
    template: Uuid,
    words: impl Fn(&str, &str) -> (String, usize),
) -> Result<()> {
    let mut statement = conn.prepare(include_str!("untried.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, Uuid>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        ))
    })?;
    let waiting: Vec<(Uuid, String, String)> = rows.collect::<Result<_, _>>()?;
    let mut known: HashMap<(String, String), (String, usize)> = HashMap::new();
    for (id, first, canvasser) in waiting {
        let (body, segments) = known
            .entry((first, canvasser))
            .or_insert_with_key(|(first, canvasser)| words(first, canvasser));
        super::rewrite(conn, id, template, body, *segments)?;
    }
    Ok(())
}
