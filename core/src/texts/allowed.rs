//! May this text leave now? Asked in the transaction that claims it, with the facts as they are then, and by
//! the rehearsal with the same facts.

use chrono::{DateTime, TimeDelta, Utc};

use super::hours::Window;
use super::life::{Kind, Reason};

/// What decides whether a text may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Facts {
    /// What the text is for.
    pub kind: Kind,
    /// The number is opted out.
    pub opted_out: bool,
    /// The capture was taken back, or the person erased.
    pub taken_back: bool,
    /// The number is not the person's any more.
    pub number_changed: bool,
    /// The person's last word on texts is yes.
    pub agreed: bool,
    /// And they have proved it.
    pub confirmed: bool,
    /// It answers something that came from the number.
    pub asked_for: bool,
    /// Something from the number may be an opt-out, and nobody has decided yet.
    pub undecided: bool,
    /// It needs a reply, and comes from a name in letters.
    pub nobody_can_reply: bool,
    /// What other laptops of the campaign do about the number.
    pub elsewhere: Elsewhere,
    /// After this it comes too late.
    pub not_after: Option<DateTime<Utc>>,
}

/// What other laptops of the campaign do about a number, as far as this one has heard. Of two that each wrote a text
/// before they heard of each other, the one that was first goes, once the other is known to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// Nothing.
    Nothing,
    /// One has a text that came later, and may not have heard of this one yet.
    Later,
    /// One has a text that came first.
    First,
    /// One has texted it.
    Gone,
}

/// Whether a text may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may, and has to be with the phone by then.
    Goes {
        /// When the hours end, or when it comes too late; `None` where nothing ends it.
        until: Option<DateTime<Utc>>,
    },
    /// Not yet.
    Waits {
        /// Why.
        why: Reason,
        /// Until when, where that is known; it is asked again then.
        until: Option<DateTime<Utc>>,
    },
    /// Not at all.
    Never(Reason),
}

/// Whether a text may leave at `now`.
///
/// An opt-out outranks everything (PECR r22; 47 CFR 64.1200(a)(10)), but for the one answer to it (47 CFR
/// 64.1200(a)(12)) and an answer to a call for help. A text without consent never goes (PECR r22), unless it
/// answers what came from the number, which was asked for. One that can only be stopped by a reply waits while nobody
/// can reply to its sender (PECR r23). Quiet hours are the recipient's (47 CFR
/// 64.1200(c)(1)); an answer to what somebody wrote a moment ago, and the organiser's own test, go at any
/// hour, as does everything where `window` is `None`.
#[must_use]
pub fn verdict(facts: Facts, window: Option<&Window>, now: DateTime<Utc>) -> Verdict {
    if let Some(why) = never(facts, now) {
        return Verdict::Never(why);
    }
    if facts.nobody_can_reply {
        return Verdict::Waits {
            why: Reason::NobodyCanReply,
            until: None,
        };
    }
    if facts.elsewhere == Elsewhere::Later {
        return Verdict::Waits {
            why: Reason::Elsewhere,
            until: None,
        };
    }
    if facts.kind.is_answer() || facts.kind == Kind::Test {
        return Verdict::Goes {
            until: facts.not_after,
        };
    }
    if facts.undecided {
        return Verdict::Waits {
            why: Reason::HeldForYou,
            until: None,
        };
    }
    match window {
        None => Verdict::Goes { until: None },
        Some(Window::Open { until }) => Verdict::Goes {
            until: Some(*until),
        },
        Some(Window::Closed { until, .. }) => Verdict::Waits {
            why: Reason::QuietHours,
            until: Some(*until),
        },
    }
}

fn never(facts: Facts, now: DateTime<Utc>) -> Option<Reason> {
    if facts.not_after.is_some_and(|until| until <= now) {
        return Some(Reason::TooLate);
    }
    if facts.kind.is_answer() {
        return None;
    }
    let asks = matches!(facts.kind, Kind::Confirmation | Kind::Reminder);
    let may = match facts.kind {
        Kind::Test => true,
        Kind::Reply => facts.agreed || facts.asked_for,
        _ => facts.agreed,
    };
    [
        (facts.opted_out, Reason::OptedOut),
        (asks && facts.taken_back, Reason::TakenBack),
        (asks && facts.number_changed, Reason::NumberChanged),
        (
            facts.kind == Kind::Reminder && (facts.confirmed || !facts.agreed),
            Reason::NotNeeded,
        ),
        (!may, Reason::NoConsent),
        (asks && facts.confirmed, Reason::NotNeeded),
        (
            matches!(facts.elsewhere, Elsewhere::First | Elsewhere::Gone),
            Reason::Elsewhere,
        ),
    ]
    .into_iter()
    .find_map(|(applies, reason)| applies.then_some(reason))
}

/// How long a provider may hold a text before it is thrown away: a confirmation that arrives the next morning
/// puzzles more than it asks.
pub const VALID_FOR: TimeDelta = TimeDelta::hours(4);

/// A text is not handed over in the last moments of the hours: a provider needs a while to pass it on.
pub const LAST_MOMENTS: TimeDelta = TimeDelta::minutes(2);

/// How long the provider may hold a text that goes now: never past the end of the hours, nor past the moment
/// at which it comes too late.
#[must_use]
pub fn valid_for(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> TimeDelta {
    let left = until.map_or(VALID_FOR, |until| until - now);
    left.clamp(TimeDelta::minutes(1), VALID_FOR)
}

#[cfg(test)]
mod tests;
