//! Texts of other laptops. Each is sent by the laptop that wrote it, and by no other, so that nobody is texted twice.

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::contradicts;
use super::records::{Event, Text};
use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::people::Mobile;
use crate::storage::values::{As, At, Word};
use crate::storage::{Conn, texts};
use crate::texts::allowed::Elsewhere;
use crate::texts::life::{Kind, Reason, State};

/// Takes a text in. Gives whether it is news.
pub(super) fn text(conn: &Conn, theirs: &Text, own: Uuid) -> Result<bool> {
    let mobile = Mobile::from_e164(&theirs.mobile).map_err(|_| contradicts())?;
    let reason = Reason::of_word(&theirs.reason).ok_or_else(contradicts)?;
    let travels = matches!(
        theirs.kind,
        Kind::Confirmation | Kind::Reminder | Kind::Reply
    );
    if !travels {
        return Err(contradicts());
    }
    let Some(here) = find(conn, theirs)? else {
        if was_called(conn, theirs.laptop)? {
            return after_the_backup(conn, theirs, &mobile, reason);
        }
        // What is not here any more was erased here.
        if theirs.laptop != own {
            of_another(conn, theirs, &mobile, (theirs.state, reason))?;
        }
        return Ok(theirs.laptop != own);
    };
    // A vault that was put back to a backup has another name since, and the same texts.
    if theirs.laptop == own || here.is_own {
        return our_own(conn, theirs, &mobile, reason, &here);
    }
    if here.is_told_of_more_by(theirs) {
        of_another(conn, theirs, &mobile, (theirs.state, reason))?;
        return Ok(true);
    }
    if here.unheard > 0 {
        events(conn, theirs)?;
    }
    Ok(here.unheard > 0)
}

/// A text as it is kept here, beside what another laptop tells of it.
struct Here {
    /// Where it stands on its own laptop, as far as is known.
    state: State,
    /// When it moved last.
    changed_at: DateTime<Utc>,
    /// Whether it is this laptop's to send.
    is_own: bool,
    /// How much of what is known of it here they do not tell.
    untold: u64,
    /// How much of what they tell was not known here.
    unheard: u64,
}

impl Here {
    /// Whether they know better where it stands. Who wrote it was put back to a backup where each of the two knows something
    /// that the other does not: what has left has left, whatever was written of it after the backup; and that it was taken
    /// is known better than that it may have been.
    fn is_told_of_more_by(&self, theirs: &Text) -> bool {
        match (self.unheard > 0, self.untold > 0) {
            (true, false) => true,
            (false, true) => false,
            _ => {
                let place = |state, at| (how_far(state), at);
                place(theirs.state, theirs.changed_at.time()) > place(self.state, self.changed_at)
            }
        }
    }
}

fn find(conn: &Conn, theirs: &Text) -> Result<Option<Here>> {
    let found: Option<(As<State>, At, bool, u64)> = conn
        .prepare_cached(
            "SELECT coalesce(stands, state), changed_at, laptop IS NULL,
                 (SELECT count(*) FROM text_events WHERE text_id = texts.id)
             FROM texts WHERE id = ?1",
        )?
        .query_row([theirs.id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((state, changed_at, is_own, known)) = found else {
        return Ok(None);
    };
    let mut unheard = 0;
    for event in &theirs.events {
        unheard += u64::from(!is_known(conn, event)?);
    }
    Ok(Some(Here {
        state: state.0,
        changed_at: changed_at.0,
        is_own,
        untold: known.saturating_sub(theirs.events.len() as u64 - unheard),
        unheard,
    }))
}

/// Writes another laptop's text: it alone sends it, and says what became of it.
fn of_another(
    conn: &Conn,
    theirs: &Text,
    mobile: &Mobile,
    (state, reason): (State, Reason),
) -> Result<()> {
    let settled = match state {
        open @ (State::Waiting | State::Sending | State::Uncertain) => {
            (State::NotSent, Reason::Elsewhere, Some(open))
        }
        settled => (settled, reason, None),
    };
    write(conn, theirs, mobile, settled, Some(theirs.laptop))?;
    events(conn, theirs)
}

/// Whether this laptop went by a name until it was put back to a backup.
fn was_called(conn: &Conn, name: Uuid) -> Result<bool> {
    let was = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM restores WHERE laptop = ?1)")?
        .query_row([name], |row| row.get(0))?;
    Ok(was)
}

/// A text that this laptop wrote after the backup that it was put back to: nobody else sends it. Whether it has gone nobody
/// knows, unless the others heard.
fn after_the_backup(conn: &Conn, theirs: &Text, mobile: &Mobile, reason: Reason) -> Result<bool> {
    if theirs.kind != Kind::Reply && has_another(conn, theirs)? {
        beside_another(conn, theirs, mobile, reason)?;
        return Ok(true);
    }
    let settled = match theirs.state {
        State::Waiting | State::Sending | State::Uncertain => {
            (State::Uncertain, Reason::Restored, None)
        }
        settled => (settled, reason, None),
    };
    write(conn, theirs, mobile, settled, None)?;
    events(conn, theirs)?;
    if settled.0 == State::Uncertain {
        // A report or a reply counts for it from now on.
        conn.prepare_cached(
            "UPDATE texts SET attempts = max(attempts, 1), attempted_at = coalesce(attempted_at, changed_at)
             WHERE id = ?1",
        )?
        .execute([theirs.id])?;
    }
    Ok(true)
}

/// A text that this laptop wrote after the backup, where it has another of the kind for the number by now. Did it leave, or
/// may it have, it counts as another laptop's, to which what waits here gives way; one that never left stays here for good.
fn beside_another(conn: &Conn, theirs: &Text, mobile: &Mobile, reason: Reason) -> Result<()> {
    if has_left(theirs.state) {
        return of_another(conn, theirs, mobile, (theirs.state, reason));
    }
    // There is one reminder of this laptop's for a number, whatever became of it.
    let whose = (theirs.kind == Kind::Reminder).then_some(theirs.laptop);
    let stays = (State::NotSent, Reason::SharedPhone, None);
    write(conn, theirs, mobile, stays, whose)?;
    events(conn, theirs)
}

/// What others know of a text that this laptop wrote: news only where this vault was set back since, and what they know is
/// that it left, or may have.
fn our_own(
    conn: &Conn,
    theirs: &Text,
    mobile: &Mobile,
    reason: Reason,
    here: &Here,
) -> Result<bool> {
    let mut has_left_since = false;
    for event in &theirs.events {
        has_left_since |= has_left(event.state) && !is_known(conn, event)?;
    }
    let became = match theirs.state {
        State::Accepted | State::Delivered | State::Undelivered | State::Failed => {
            Some((theirs.state, reason))
        }
        // Whoever else was put back knows only that it may have gone: what they heard before tells more.
        _ => taken(theirs),
    };
    let is_news = match here.state {
        State::Waiting | State::NotSent => has_left_since,
        State::Uncertain => has_left_since && became.is_some(),
        _ => false,
    };
    if !is_news {
        return Ok(false);
    }
    // Beside another of the kind for the number it counts as another laptop's, to which what waits here gives way.
    if !here.is_own || (theirs.kind != Kind::Reply && has_another(conn, theirs)?) {
        let became = became.unwrap_or((State::Uncertain, reason));
        of_another(conn, theirs, mobile, became)?;
        return Ok(true);
    }
    let (state, reason) = became.unwrap_or((State::Uncertain, Reason::LookedLongEnough));
    write(conn, theirs, mobile, (state, reason, None), None)?;
    events(conn, theirs)?;
    Ok(true)
}

fn has_left(state: State) -> bool {
    !matches!(state, State::Waiting | State::NotSent)
}

/// 0 where it never left, 1 where it may have, 2 where it was taken.
fn how_far(state: State) -> u8 {
    match state {
        State::Accepted | State::Delivered | State::Undelivered => 2,
        state => u8::from(has_left(state)),
    }
}

/// The last that is told of its having been taken, if it was.
fn taken(theirs: &Text) -> Option<(State, Reason)> {
    let taken = theirs
        .events
        .iter()
        .filter(|event| how_far(event.state) == 2);
    let last = taken.max_by_key(|event| event.at.time())?;
    Some((last.state, Reason::of_word(&last.reason)?))
}

fn is_known(conn: &Conn, event: &Event) -> Result<bool> {
    let is = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM text_events WHERE id = ?1)")?
        .query_row([event.id], |row| row.get(0))?;
    Ok(is)
}

/// Whether this laptop has another text of the kind for the number.
fn has_another(conn: &Conn, theirs: &Text) -> Result<bool> {
    let has = conn
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM texts WHERE mobile = ?1 AND kind = ?2 AND id <> ?3 AND laptop IS NULL
                 AND (kind = 'reminder' OR state <> 'not_sent')
             )",
        )?
        .query_row(params![theirs.mobile, As(theirs.kind), theirs.id], |row| {
            row.get(0)
        })?;
    Ok(has)
}

fn write(
    conn: &Conn,
    theirs: &Text,
    mobile: &Mobile,
    (state, reason, stands): (State, Reason, Option<State>),
    whose: Option<Uuid>,
) -> Result<()> {
    conn.prepare_cached(include_str!("keep_text.sql"))?
        .execute(params![
            theirs.id,
            As(theirs.kind),
            theirs.kind.turn(),
            theirs.supporter,
            As(mobile.clone()),
            As(mobile.country()),
            theirs.body,
            theirs.segments,
            As(state),
            As(reason),
            theirs.code,
            theirs.attempts,
            theirs.attempted_at.map(|at| At(at.time())),
            theirs.accepted_at.map(|at| At(at.time())),
            At(theirs.created_at.time()),
            At(theirs.changed_at.time()),
            whose,
            stands.map(As)
        ])?;
    Ok(())
}

fn events(conn: &Conn, theirs: &Text) -> Result<()> {
    for event in &theirs.events {
        let reason = Reason::of_word(&event.reason).ok_or_else(contradicts)?;
        conn.prepare_cached(
            "INSERT INTO text_events (id, text_id, at, state, reason, code, said, provider_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            event.id,
            theirs.id,
            At(event.at.time()),
            As(event.state),
            As(reason),
            event.code,
            event.said,
            event.provider_id
        ])?;
    }
    Ok(())
}

/// What waits here for a number gives way to another laptop's text that has gone, or that was first; and goes once the other
/// is known to stay.
pub(super) fn settle(conn: &Conn, mobile: &Mobile, now: DateTime<Utc>) -> Result<()> {
    let waits: Option<Uuid> = conn
        .prepare_cached(
            "SELECT id FROM texts
             WHERE mobile = ?1 AND kind = 'confirmation' AND state = 'waiting' AND laptop IS NULL",
        )?
        .query_row([As(mobile.clone())], |row| row.get(0))
        .optional()?;
    let Some(id) = waits else {
        return Ok(());
    };
    let claimable = texts::claimable(conn, id)?;
    match claimable.facts.elsewhere {
        Elsewhere::Gone | Elsewhere::First => {
            texts::does_not_go(conn, &claimable.text, Reason::Elsewhere, now)?;
        }
        Elsewhere::Nothing if claimable.text.reason == Reason::Elsewhere => {
            texts::decide_anew(conn, Some(mobile), now)?;
        }
        Elsewhere::Nothing | Elsewhere::Later => {}
    }
    Ok(())
}
