//! What an answer means for a text: pure functions from what was heard to where the text goes next.

use chrono::{DateTime, TimeDelta, Utc};

use crate::gateways::{Abilities, Answer, LookUp};
use crate::texts::life::{FOLLOWED, Kind, Move, Reason, Report, State, Trouble};

/// What is known of a text when something is heard about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// What the text is for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Tries so far, the one that was just answered included.
    pub attempts: u32,
}

/// The first look at the provider after an answer was lost. Soon: most often the text is there.
const FIRST_LOOK: TimeDelta = TimeDelta::seconds(2);
/// The shortest time for which a list's silence has to last before it counts.
const SILENCE: TimeDelta = TimeDelta::minutes(5);
/// The fewest looks that have to find nothing.
const SILENT_LOOKS: u32 = 3;
/// How long the provider is asked before a person has to decide.
const LOOKING: TimeDelta = TimeDelta::minutes(30);
/// The longest that a gateway may ask to be left alone for.
const LONGEST_LATER: TimeDelta = TimeDelta::hours(1);
/// How long before a phone that was out of reach is tried once more.
const PHONE_LATER: TimeDelta = TimeDelta::minutes(15);

/// Where a text goes after a try. `None`: its state says more than this answer does, and the answer is only
/// noted.
///
/// A test never waits: where another text would, it is over.
pub(super) fn after_try(
    known: Known,
    answer: &Answer,
    abilities: Abilities,
    now: DateTime<Utc>,
) -> Option<Move> {
    // A delivery report can be faster than the answer to the request, and says more.
    if known.state != State::Sending {
        return None;
    }
    let mut next = match answer {
        Answer::Taken { provider_id } => {
            let mut taken = Move::to(State::Accepted, Reason::Taken);
            taken.provider_id.clone_from(provider_id);
            let asks = match provider_id {
                Some(_) => abilities.polls_status,
                None => abilities.looks_up,
            };
            taken.next_look_at = asks.then(|| now + next_poll(TimeDelta::zero()));
            taken
        }
        Answer::Refused(refusal) => {
            let mut refused = refused(known, refusal.trouble, now);
            refused.code.clone_from(&refusal.code);
            refused.said = Some(refusal.said.clone()).filter(|said| !said.is_empty());
            refused
        }
        Answer::Later { after, said } => {
            let mut later = Move::to(State::Waiting, Reason::SaidLater);
            later.not_before = Some(now + later_by(*after, known.attempts));
            later.said = Some(said.clone()).filter(|said| !said.is_empty());
            later
        }
        Answer::NeverLeft(_) => {
            let mut away = Move::to(State::Waiting, Reason::Away);
            away.not_before = Some(now);
            away
        }
        Answer::NoAnswer(_) => lost(Reason::AnswerLost, abilities, now),
    };
    if known.kind == Kind::Test && next.to == State::Waiting {
        next.to = State::NotSent;
        next.not_before = None;
    }
    Some(next)
}

/// A text whose fate is not known.
fn lost(reason: Reason, abilities: Abilities, now: DateTime<Utc>) -> Move {
    let mut lost = Move::to(State::Uncertain, reason);
    lost.next_look_at = abilities.looks_up.then(|| now + FIRST_LOOK);
    lost
}

/// Where a text goes that was on the wire when Placard stopped. A gateway that takes our id can be told
/// again without harm.
pub(super) fn after_stop(abilities: Abilities, now: DateTime<Utc>) -> Move {
    if abilities.takes_our_id {
        let mut again = Move::to(State::Waiting, Reason::AppStopped);
        again.not_before = Some(now);
        return again;
    }
    lost(Reason::AppStopped, abilities, now)
}

/// A gateway's no (the table of carrier answers): what only a person can mend waits for them, what passes by
/// itself is tried later, and the rest is over.
fn refused(known: Known, trouble: Trouble, now: DateTime<Utc>) -> Move {
    let reason = Reason::Trouble(trouble);
    let again_at = match trouble {
        Trouble::Credentials => Some(now),
        _ => passes_at(known, trouble, now),
    };
    let mut next = Move::to(
        if again_at.is_some() {
            State::Waiting
        } else {
            State::Failed
        },
        reason,
    );
    next.not_before = again_at;
    next
}

/// When a text goes once more whose trouble passes by itself.
fn passes_at(known: Known, trouble: Trouble, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match trouble {
        Trouble::QueueFull => Some(now + later_by(None, known.attempts)),
        Trouble::PhoneUnreachable if known.attempts < 2 => Some(now + PHONE_LATER),
        _ => None,
    }
}

/// How long to leave the gateway alone: what it asks for, or twice as long with each try.
pub(super) fn later_by(after: Option<std::time::Duration>, attempts: u32) -> TimeDelta {
    let asked = after.and_then(|after| TimeDelta::from_std(after).ok());
    let own = TimeDelta::seconds(5 * (1 << attempts.min(6)));
    asked
        .unwrap_or(own)
        .clamp(TimeDelta::seconds(1), LONGEST_LATER)
}

/// What a look for a lost try leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Looked {
    /// The text goes on.
    Moves(Move),
    /// Nothing new; asked again at this time, or not at all. `counts` says whether the look found nothing
    /// where it could have found it.
    Nothing {
        counts: bool,
        next: Option<DateTime<Utc>>,
    },
}

/// What is known of the looks so far, this one not counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    /// Where the text stands: [`State::Uncertain`], or [`State::Accepted`] without an id.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// How many found nothing.
    pub silent: u32,
    /// When the first of them was.
    pub first: Option<DateTime<Utc>>,
}

/// Where a text goes after the provider was asked for it. `found` is the first candidate that is not known
/// to be another text of ours.
pub(super) fn after_look(
    looks: Looks,
    answer: &LookUp,
    found: Option<String>,
    now: DateTime<Utc>,
) -> Looked {
    if let Some(id) = found {
        let reason = match looks.state {
            State::Accepted => looks.reason,
            _ => Reason::Found,
        };
        let mut adopted = Move::to(State::Accepted, reason);
        adopted.provider_id = Some(id);
        adopted.next_look_at = Some(now + next_poll(TimeDelta::zero()));
        return Looked::Moves(adopted);
    }
    let caught_up = match answer {
        LookUp::Absent { caught_up } => *caught_up,
        LookUp::Candidates(_) => false,
        LookUp::CouldNotAsk(_) => {
            return Looked::Nothing {
                counts: false,
                next: Some(now + TimeDelta::seconds(15)),
            };
        }
        LookUp::Refused(_) => {
            return gave_up(looks, TimeDelta::minutes(15), now);
        }
    };
    let silent = looks.silent + 1;
    let lasted = now - looks.first.unwrap_or(now);
    // A text of a restored vault may have gone in other words since: that these are not listed proves nothing.
    let proves = looks.state == State::Uncertain && looks.reason != Reason::Restored;
    if proves && caught_up && silent >= SILENT_LOOKS && lasted >= SILENCE {
        let mut again = Move::to(State::Waiting, Reason::ProvedAbsent);
        again.not_before = Some(now);
        return Looked::Moves(again);
    }
    if lasted >= LOOKING {
        return gave_up(looks, TimeDelta::minutes(15), now);
    }
    Looked::Nothing {
        counts: true,
        next: Some(now + next_look(lasted)),
    }
}

/// A person decides from now on; the provider is still asked now and then, since it may yet list it.
fn gave_up(looks: Looks, pause: TimeDelta, now: DateTime<Utc>) -> Looked {
    let lasted = now - looks.first.unwrap_or(now);
    let next = (lasted < FOLLOWED).then(|| now + pause);
    let is_a_persons = matches!(looks.reason, Reason::LookedLongEnough | Reason::Restored);
    if looks.state == State::Uncertain && !is_a_persons {
        let mut decide = Move::to(State::Uncertain, Reason::LookedLongEnough);
        decide.next_look_at = next;
        return Looked::Moves(decide);
    }
    Looked::Nothing { counts: true, next }
}

/// The pause before the next look, by how long it has been looked for.
fn next_look(lasted: TimeDelta) -> TimeDelta {
    (lasted / 2).clamp(TimeDelta::seconds(5), TimeDelta::minutes(2))
}

/// The pause before an accepted text's state is asked again, by how long ago it was accepted.
pub(super) fn next_poll(ago: TimeDelta) -> TimeDelta {
    (ago / 2).clamp(TimeDelta::seconds(1), TimeDelta::minutes(15))
}

/// When an accepted text is asked about again, if nothing is new.
pub(super) fn poll_again(accepted_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let ago = now - accepted_at;
    (ago < FOLLOWED).then(|| now + next_poll(ago))
}

/// Where a text goes when the gateway reports on it. `None`: the report is no news.
///
/// Reports come in any order, more than once, and before the answer to the request. Any of them proves that
/// the text was taken: one that waits to be sent again is then not sent. What the carrier could not deliver for a
/// reason that passes goes once more; a test does not.
pub(super) fn after_report(known: Known, report: &Report, now: DateTime<Utc>) -> Option<Move> {
    if known.attempts == 0 {
        return None;
    }
    match (known.state, report) {
        (State::Delivered | State::NotSent, _) => None,
        (_, Report::Delivered) => Some(Move::to(State::Delivered, Reason::OnThePhone)),
        // A gateway that refuses a text can report it as undeliverable as well: that is the same no.
        (State::Failed | State::Undelivered, _) => None,
        (_, Report::Undelivered { trouble, code }) => {
            let again_at = passes_at(known, *trouble, now).filter(|_| known.kind != Kind::Test);
            let to = match again_at {
                Some(_) => State::Waiting,
                None => State::Undelivered,
            };
            let mut no = Move::to(to, Reason::Trouble(*trouble));
            no.not_before = again_at;
            no.code.clone_from(code);
            Some(no)
        }
        (State::Accepted, Report::OnItsWay) => None,
        (State::Uncertain | State::Sending | State::Waiting, Report::OnItsWay) => {
            Some(Move::to(State::Accepted, Reason::Found))
        }
    }
}

#[cfg(test)]
mod tests;
