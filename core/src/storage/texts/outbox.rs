//! What may leave, and the claim that is committed before it does.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::outside::Route;
use super::{Text, apply, note};
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::Conn;
use crate::storage::supporters::full_name;
use crate::storage::values::{As, At};
use crate::texts::allowed::{Elsewhere, Facts};
use crate::texts::life::{Kind, Move, Reason, State};

/// [`Claimable::is_due`], in SQL.
macro_rules! its_time {
    () => {
        " WHERE texts.state = 'waiting' AND (texts.not_before <= ?1 OR texts.changed_at > ?1 + 60000)"
    };
}

/// A text whose turn it is, with the facts that decide whether it may go.
#[derive(Clone)]
pub struct Claimable {
    /// The text.
    pub text: Text,
    /// What is so at this moment.
    pub facts: Facts,
    /// Not before this time.
    pub not_before: DateTime<Utc>,
    /// When it moved last.
    pub changed_at: DateTime<Utc>,
    /// The postcode of whom it is for, where it is known.
    pub postcode: String,
    /// The name of whom it is for.
    pub name: String,
    /// What it costs.
    pub segments: u32,
    /// The language of whom it is for, a BCP 47 tag; English where nobody is known.
    pub language: String,
    /// The template that it is of, where it is of one.
    pub template: Option<Uuid>,
}

/// How far a clock may be set back before it counts as having been wrong.
const SET_BACK: TimeDelta = TimeDelta::minutes(1);

impl Claimable {
    /// Whether its time has come. What was put off while the laptop's clock was fast is due once that is put
    /// right.
    #[must_use]
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.not_before <= now || self.changed_at > now + SET_BACK
    }
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
    let rows = statement.query_map(params![At(now), limit], claimable_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every text that waits, in the order in which they go.
///
/// # Errors
/// The vault cannot be read.
pub fn all_waiting(conn: &Conn) -> Result<Vec<Claimable>> {
    let mut statement = conn.prepare_cached(ALL_WAITING)?;
    let rows = statement.query_map([], claimable_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One text with the facts that decide whether it may go, whatever its state.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub fn claimable(conn: &Conn, id: Uuid) -> Result<Claimable> {
    let sql = concat!(include_str!("due.sql"), " WHERE texts.id = ?1");
    Ok(conn.prepare_cached(sql)?.query_row([id], claimable_row)?)
}

fn claimable_row(row: &Row<'_>) -> rusqlite::Result<Claimable> {
    let text = super::read(row)?;
    Ok(Claimable {
        facts: Facts {
            kind: text.kind,
            opted_out: row.get(13)?,
            taken_back: row.get(14)?,
            number_changed: row.get(15)?,
            agreed: row.get(16)?,
            confirmed: row.get(17)?,
            asked_for: row.get(18)?,
            undecided: row.get(19)?,
            // Whoever knows the sender says so.
            nobody_can_reply: false,
            elsewhere: match row.get(29)? {
                0 => Elsewhere::Nothing,
                1 => Elsewhere::Later,
                2 => Elsewhere::First,
                _ => Elsewhere::Gone,
            },
            not_after: row.get::<_, Option<At>>(20)?.map(|at| at.0),
        },
        not_before: row.get::<_, At>(21)?.0,
        changed_at: row.get::<_, At>(26)?.0,
        postcode: row.get(22)?,
        name: full_name(&row.get::<_, String>(23)?, &row.get::<_, String>(24)?),
        segments: row.get(25)?,
        language: row.get(27)?,
        template: row.get(28)?,
        text,
    })
}

pub(in crate::storage) const DUE: &str = concat!(
    include_str!("due.sql"),
    its_time!(),
    " AND (
          texts.kind = 'test'
          OR (
              texts.country NOT IN (SELECT country FROM holds)
              -- No hold is of this: an answer by hand is of no template.
              AND coalesce(texts.template_id, X'00') NOT IN (SELECT template_id FROM holds)
          )
      )
      ORDER BY texts.turn, texts.id LIMIT ?2"
);

pub(in crate::storage) const DUE_TESTS: &str = concat!(
    include_str!("due.sql"),
    its_time!(),
    " AND texts.kind = 'test' ORDER BY texts.turn, texts.id LIMIT ?2"
);

pub(in crate::storage) const ALL_WAITING: &str = concat!(
    include_str!("due.sql"),
    " WHERE texts.state = 'waiting' ORDER BY texts.turn, texts.id"
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

/// Puts a text off that may not go yet. Where it waits for the same reason already, that is no news.
///
/// # Errors
/// The disk says no.
pub fn put_off(
    conn: &Conn,
    text: &Text,
    why: Reason,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<()> {
    if text.reason == why {
        conn.prepare_cached("UPDATE texts SET not_before = ?2, changed_at = ?3 WHERE id = ?1")?
            .execute(params![text.id, At(until), At(now)])?;
        return Ok(());
    }
    let mut waits = Move::to(State::Waiting, why);
    waits.not_before = Some(until);
    apply(conn, text.id, &waits, now)
}

/// What was put off for these reasons is decided anew: the campaign's hours, its words or its sender were changed, or a
/// person decided. To one number, or to all.
///
/// # Errors
/// The disk says no.
pub fn decide_anew(conn: &Conn, mobile: Option<&Mobile>, now: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE texts SET not_before = ?1
         WHERE state = 'waiting' AND reason IN (?2, ?3, ?5, ?6) AND (?4 IS NULL OR mobile = ?4)",
    )?
    .execute(params![
        At(now),
        As(Reason::QuietHours),
        As(Reason::HeldForYou),
        mobile.cloned().map(As),
        As(Reason::NobodyCanReply),
        As(Reason::Elsewhere)
    ])?;
    Ok(())
}

/// Somebody who was asked and has not answered.
pub struct Unanswered {
    /// Who.
    pub supporter: Uuid,
    /// Where they were asked.
    pub mobile: Mobile,
    /// Their language, a BCP 47 tag.
    pub language: String,
    /// Their first name.
    pub first_name: String,
}

/// Who was asked before then, agrees without having confirmed it, has not texted since and was not reminded: whoever
/// was asked first, first.
///
/// # Errors
/// The vault cannot be read.
pub fn unanswered(conn: &Conn, before: DateTime<Utc>, limit: usize) -> Result<Vec<Unanswered>> {
    let mut statement = conn.prepare_cached(UNANSWERED)?;
    let rows = statement.query_map(params![At(before), limit], |row| {
        Ok(Unanswered {
            supporter: row.get(0)?,
            mobile: row.get::<_, As<Mobile>>(1)?.0,
            language: row.get(2)?,
            first_name: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::storage) const UNANSWERED: &str = include_str!("unanswered.sql");

/// The texts to a number that wait, but for answers: what an opt-out stops.
///
/// # Errors
/// The vault cannot be read.
pub fn waiting_for(conn: &Conn, mobile: &Mobile) -> Result<Vec<Text>> {
    let sql = concat!(
        include_str!("text.sql"),
        " WHERE texts.mobile = ?1 AND texts.state = 'waiting' AND texts.kind NOT IN ('goodbye', 'help')
          ORDER BY texts.id"
    );
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([As(mobile.clone())], super::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes back what waits of a kind for a number, since what they texted made it needless: a goodbye to who opted in
/// again, or a reminder to who answered.
///
/// # Errors
/// The disk says no.
pub fn take_back(conn: &Conn, mobile: &Mobile, kind: Kind, now: DateTime<Utc>) -> Result<()> {
    let sql = concat!(
        include_str!("text.sql"),
        " WHERE texts.mobile = ?1 AND texts.state = 'waiting' AND texts.kind = ?2"
    );
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![As(mobile.clone()), As(kind)], super::read)?;
    let waiting: Vec<Text> = rows.collect::<Result<_, _>>()?;
    for text in waiting {
        does_not_go(conn, &text, Reason::NotNeeded, now)?;
    }
    Ok(())
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
    if let Some(id) = sharing(conn, mobile)?.into_iter().next() {
        let mut waits = Move::to(State::Waiting, Reason::Queued);
        waits.not_before = Some(now);
        apply(conn, id, &waits, now)?;
    }
    Ok(())
}

/// The texts of those who share a number, agreed, and gave way to whoever was first: in the order in which they
/// take its place.
///
/// # Errors
/// The vault cannot be read.
pub fn sharing(conn: &Conn, mobile: &Mobile) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(include_str!("sharing.sql"))?;
    let rows = statement.query_map([As(mobile.clone())], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
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
///
/// # Errors
/// The vault cannot be read.
pub fn may_have_gone(conn: &Conn, id: Uuid) -> Result<bool> {
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

/// Writes the words of every confirmation in a language anew that waits for its first try: `words` gives the new body and
/// its segments for the first name and the canvasser.
///
/// # Errors
/// The disk says no.
pub fn rewrite_waiting(
    conn: &Conn,
    kind: Kind,
    language: &str,
    template: Uuid,
    words: impl Fn(&str, &str) -> (String, usize),
) -> Result<()> {
    let mut statement = conn.prepare(include_str!("untried.sql"))?;
    let rows = statement.query_map(params![language, As(kind)], |row| {
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
