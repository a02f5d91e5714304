//! What was heard about texts, written into the vault: each text's move, and what follows from it for others.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::decision::{
    Known, Looked, Looks, after_look, after_report, after_stop, after_try, poll_again,
};
use super::ground::Ground;
use super::replies::{Arrival, opt_out, receive};
use crate::clock::local_zone;
use crate::error::{Error, Result};
use crate::gateways::{Abilities, Answer, Inbound, LookUp, Outgoing};
use crate::storage::opt_outs::Source;
use crate::storage::texts::{self, Route, Text};
use crate::storage::{Conn, apart, holds, inbound, supporters};
use crate::texts::allowed::{Verdict, valid_for};
use crate::texts::life::{Kind, Move, Reason, Report, State, Trouble};
use crate::texts::words::sentence_of;

/// How many texts are read at once.
const AT_ONCE: usize = 500;
/// How many are decided in one transaction.
const MOST_DECIDED: usize = 1_000;

/// A text that waits for a person is looked at again after this, should nobody have decided.
const A_DAY: TimeDelta = TimeDelta::days(1);

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
    /// What a phone texted.
    Inbound {
        route: Route,
        abilities: Abilities,
        /// The gateway's clock minus this laptop's.
        clock: TimeDelta,
        text: Inbound,
    },
    /// Everything that phones texted to this account up to then was heard.
    Complete { route: Route, to: DateTime<Utc> },
}

/// What a claim did.
#[derive(Debug, Default)]
pub(super) struct Claimed {
    /// The texts that are committed to leave.
    pub texts: Vec<Outgoing>,
    /// Whether any text was found that may not leave yet, or not at all.
    pub decided: bool,
    /// Whether others are due that were not looked at: a save must not wait for all of them.
    pub more: bool,
}

/// Commits texts to leave, at most `most`. Whoever may not be texted after all is not, and gives way to
/// whoever shares the phone; whoever may not be texted yet waits.
pub(super) fn claim(
    conn: &Conn,
    route: &Route,
    ground: &Ground,
    only_tests: bool,
    most: usize,
    now: DateTime<Utc>,
) -> Result<Claimed> {
    let only_tests = only_tests || holds::everything(conn)?;
    let mut claimed = Claimed::default();
    let mut decided = 0;
    loop {
        // More than may go are read at once: of those that may not, there can be thousands.
        let due = texts::due(conn, now, only_tests, AT_ONCE)?;
        if due.is_empty() {
            return Ok(claimed);
        }
        if decided >= MOST_DECIDED {
            claimed.more = true;
            return Ok(claimed);
        }
        for due in due {
            if claimed.texts.len() >= most {
                return Ok(claimed);
            }
            decided += 1;
            let verdict = ground.verdict(&due, now);
            let text = due.text;
            match verdict {
                Verdict::Goes { until } => {
                    texts::claim(conn, text.id, route, now)?;
                    claimed.texts.push(Outgoing {
                        id: text.id,
                        to: text.mobile,
                        body: text.body,
                        valid_for: valid_for(until, now).to_std().unwrap_or_default(),
                    });
                }
                Verdict::Waits { why, until } => {
                    claimed.decided = true;
                    texts::put_off(conn, &text, why, until.unwrap_or(now + A_DAY), now)?;
                }
                Verdict::Never(why) => {
                    claimed.decided = true;
                    texts::does_not_go(conn, &text, why, now)?;
                }
            }
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

/// Writes what was heard, all of it or nothing. Gives whether a phone has texted something new.
pub(super) fn settle(conn: &Conn, heard: &[Heard], now: DateTime<Utc>) -> Result<bool> {
    let mut news = false;
    for one in heard {
        let settled = apart(conn, |conn| match one {
            Heard::Answer {
                text,
                answer,
                abilities,
            } => answered(conn, *text, answer, *abilities, now).map(|()| false),
            Heard::Look { text, answer } => looked(conn, *text, answer, now).map(|()| false),
            Heard::Poll { text, report } => {
                polled(conn, *text, report.as_ref(), now).map(|()| false)
            }
            Heard::Report { text, report } => reported(conn, *text, report, now).map(|()| false),
            Heard::Inbound {
                route,
                abilities,
                clock,
                text,
            } => {
                let arrival = Arrival {
                    route,
                    abilities: *abilities,
                    clock: *clock,
                    now,
                    zone: &local_zone(),
                };
                receive(conn, text, &arrival)
            }
            Heard::Complete { route, to } => {
                inbound::is_complete_to(conn, route, *to).map(|()| false)
            }
        });
        match settled {
            // What a phone texted is never passed over: it is told or fetched again.
            Err(error) if matches!(one, Heard::Inbound { .. }) => return Err(error),
            // A report for a text of another vault, with a guessed or an old address.
            Err(Error::NotFound) => {}
            // Two of the provider's words cannot both be so. The text stays as it was, and the others go on.
            Err(Error::TooLate(_)) => tracing::warn!("what was heard contradicts the vault"),
            settled => news |= settled?,
        }
    }
    Ok(news)
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
    match report.and_then(|report| after_report(known(&text), report, now)) {
        Some(next) => moves(conn, &text, &next, now),
        None => {
            let next = poll_again(text.accepted_at.unwrap_or(now), now);
            texts::look_later(conn, id, false, next, now)
        }
    }
}

fn reported(conn: &Conn, id: Uuid, report: &Report, now: DateTime<Utc>) -> Result<()> {
    let text = texts::get(conn, id)?;
    match after_report(known(&text), report, now) {
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
        Trouble::OptedOut => {
            opt_out(
                conn,
                &text.mobile,
                Source::Carrier,
                None,
                now,
                &local_zone(),
            )?;
        }
        _ => {}
    }
    // A test tells its own organiser; it holds nobody else's text.
    if let (true, Some(hold)) = (text.kind != Kind::Test, trouble.holds()) {
        let of = texts::country_and_template(conn, text.id)?;
        holds::add(conn, hold, of, trouble, next.code.as_deref(), now)?;
    }
    Ok(())
}
