//! What was heard about texts, written into the vault: each text's move, and what follows from it for others.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::decision::{
    Known, Looked, Looks, after_look, after_report, after_stop, after_try, poll_again,
};
use crate::error::{Error, Result};
use crate::gateways::{Abilities, Answer, LookUp, Outgoing};
use crate::storage::texts::{self, Route, Text};
use crate::storage::{Conn, apart, holds, opt_outs, supporters};
use crate::texts::allowed;
use crate::texts::life::{Kind, Move, Reason, Report, State, Trouble};
use crate::texts::words::sentence_of;

/// How long a provider may hold a text before it is thrown away: a confirmation that arrives the next
/// morning puzzles more than it asks.
const VALID_FOR: std::time::Duration = std::time::Duration::from_secs(4 * 3_600);

/// Something that was heard about a text.
#[derive(Debug, Clone)]
pub(super) enum Heard {
    /// The gateway's answer to a try.
    Answer {
        text: Uuid,
        answer: Answer,
        abilities: Abilities,
    },
    /// What a look for a lost try showed.
    Look { text: Uuid, answer: LookUp },
    /// How an accepted text is doing, where the provider could be asked.
    Poll { text: Uuid, report: Option<Report> },
    /// What the gateway reported unasked.
    Report { text: Uuid, report: Report },
}

/// What a claim did.
#[derive(Debug, Default)]
pub(super) struct Claimed {
    /// The texts that are committed to leave.
    pub texts: Vec<Outgoing>,
    /// Whether any text was found that may not leave after all.
    pub dropped: bool,
}

/// Commits texts to leave, at most `most`. Whoever may not be texted after all is not, and gives way to
/// whoever shares the phone.
pub(super) fn claim(
    conn: &Conn,
    route: &Route,
    only_tests: bool,
    most: usize,
    now: DateTime<Utc>,
) -> Result<Claimed> {
    let only_tests = only_tests || holds::everything(conn)?;
    let mut claimed = Claimed::default();
    loop {
        let due = texts::due(conn, now, only_tests, most - claimed.texts.len())?;
        if due.is_empty() {
            return Ok(claimed);
        }
        for due in due {
            let text = due.text;
            if let Some(why) = allowed::never(due.facts) {
                claimed.dropped = true;
                texts::does_not_go(conn, &text, why, now)?;
                continue;
            }
            texts::claim(conn, text.id, route, now)?;
            claimed.texts.push(Outgoing {
                id: text.id,
                to: text.mobile,
                body: text.body,
                valid_for: VALID_FOR,
            });
        }
        if claimed.texts.len() >= most {
            return Ok(claimed);
        }
    }
}

/// Settles what was on the wire when Placard stopped, each text by what its own gateway can do, whichever
/// is in use now. Gives how many there were.
pub(super) fn left_open(conn: &Conn, now: DateTime<Utc>) -> Result<usize> {
    let open = texts::left_open(conn)?;
    for (text, kind) in &open {
        texts::apply(conn, *text, &after_stop(kind.abilities(), now), now)?;
    }
    Ok(open.len())
}

/// Writes what was heard about texts, all of it or nothing.
pub(super) fn settle(conn: &Conn, heard: &[Heard], now: DateTime<Utc>) -> Result<()> {
    for one in heard {
        let settled = apart(conn, |conn| match one {
            Heard::Answer {
                text,
                answer,
                abilities,
            } => answered(conn, *text, answer, *abilities, now),
            Heard::Look { text, answer } => looked(conn, *text, answer, now),
            Heard::Poll { text, report } => polled(conn, *text, report.as_ref(), now),
            Heard::Report { text, report } => reported(conn, *text, report, now),
        });
        match settled {
            // A report for a text of another vault, with a guessed or an old address.
            Err(Error::NotFound) => {}
            // Two of the provider's words cannot both be so. The text stays as it was, and the others go on.
            Err(Error::TooLate(_)) => tracing::warn!("what was heard contradicts the vault"),
            settled => settled?,
        }
    }
    Ok(())
}

fn known(text: &Text) -> Known {
    Known {
        kind: text.kind,
        state: text.state,
        attempts: text.attempts,
    }
}

fn answered(
    conn: &Conn,
    id: Uuid,
    answer: &Answer,
    abilities: Abilities,
    now: DateTime<Utc>,
) -> Result<()> {
    let text = texts::get(conn, id)?;
    match after_try(known(&text), answer, abilities, now) {
        Some(mut next) => {
            // A provider's name for another text of ours is no name for this one.
            if let Some(name) = &next.provider_id
                && texts::owned(conn, name)?
            {
                next.provider_id = None;
            }
            moves(conn, &text, &next, now)?;
        }
        None => texts::note(conn, id, &Move::to(text.state, text.reason), now)?,
    }
    // A test that is taken shows that the account is mended.
    if text.kind == Kind::Test && matches!(answer, Answer::Taken { .. }) {
        holds::release_credentials(conn)?;
    }
    Ok(())
}

fn looked(conn: &Conn, id: Uuid, answer: &LookUp, now: DateTime<Utc>) -> Result<()> {
    let text = texts::get(conn, id)?;
    let open = text.state == State::Uncertain
        || (text.state == State::Accepted && text.provider_id.is_none());
    if !open {
        return Ok(());
    }
    let found = match answer {
        // What is listed may be the other one: asked again when that is answered.
        LookUp::Candidates(_) if texts::is_another_on_the_wire(conn, &text)? => {
            let soon = now + chrono::TimeDelta::seconds(15);
            return texts::look_later(conn, id, false, Some(soon), now);
        }
        LookUp::Candidates(ids) => first_not_owned(conn, ids)?,
        _ => None,
    };
    let looks = Looks {
        state: text.state,
        reason: text.reason,
        silent: text.looks,
        first: text.first_look_at,
    };
    match after_look(looks, answer, found, now) {
        Looked::Moves(next) => moves(conn, &text, &next, now),
        Looked::Nothing { counts, next } => texts::look_later(conn, id, counts, next, now),
    }
}

fn first_not_owned(conn: &Conn, ids: &[String]) -> Result<Option<String>> {
    for id in ids {
        if !texts::owned(conn, id)? {
            return Ok(Some(id.clone()));
        }
    }
    Ok(None)
}

fn polled(conn: &Conn, id: Uuid, report: Option<&Report>, now: DateTime<Utc>) -> Result<()> {
    let text = texts::get(conn, id)?;
    if text.state != State::Accepted {
        return Ok(());
    }
    match report.and_then(|report| after_report(known(&text), report)) {
        Some(next) => moves(conn, &text, &next, now),
        None => {
            let next = poll_again(text.accepted_at.unwrap_or(now), now);
            texts::look_later(conn, id, false, next, now)
        }
    }
}

fn reported(conn: &Conn, id: Uuid, report: &Report, now: DateTime<Utc>) -> Result<()> {
    let text = texts::get(conn, id)?;
    match after_report(known(&text), report) {
        Some(next) => moves(conn, &text, &next, now),
        None => Ok(()),
    }
}

/// Moves a text, and does what its trouble asks for beside it.
fn moves(conn: &Conn, text: &Text, next: &Move, now: DateTime<Utc>) -> Result<()> {
    texts::apply(conn, text.id, next, now)?;
    let Reason::Trouble(trouble) = next.reason else {
        return Ok(());
    };
    match trouble {
        Trouble::Number => supporters::mark_number(conn, &text.mobile, sentence_of(trouble))?,
        Trouble::OptedOut => opt_outs::add_from_carrier(conn, &text.mobile, now)?,
        _ => {}
    }
    // A test tells its own organiser; it holds nobody else's text.
    if let (Kind::Confirmation, Some(hold)) = (text.kind, trouble.holds()) {
        let country = texts::country_of(conn, text.id)?;
        holds::add(conn, hold, country, trouble, next.code.as_deref(), now)?;
    }
    Ok(())
}
