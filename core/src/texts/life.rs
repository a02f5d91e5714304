//! The life of a text: its states, and the reasons it can be in them.
//!
//! ```text
//!             allowed now?            claimed, committed            provider answered
//!  Waiting ─────────────────▶ Sending ───────────────▶ Accepted ──▶ Delivered | Undelivered
//!    ▲  └ never: NotSent(why)         │  refused for good: Failed
//!    └────────────────────────────────┤  refused for now: back to Waiting with a later time
//!                                     └  no answer, or the app died: Uncertain
//!  Uncertain ── asked the provider ──▶ Accepted | Waiting (proved absent) | stays, and a person decides
//! ```

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How long an accepted text is followed: carriers report within two days or not at all.
pub const FOLLOWED: TimeDelta = TimeDelta::hours(48);

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Asks a supporter to confirm their opt-in. One for each number.
    Confirmation,
    /// Asks once more, where the campaign wants that. One for each number.
    Reminder,
    /// Answers an opt-out, once, where the gateway does not (47 CFR 64.1200(a)(12)).
    Goodbye,
    /// Answers a call for help, where the gateway does not (CTIA Messaging Principles).
    Help,
    /// A person answers by hand.
    Reply,
    /// The organiser tries the gateway. Never waits and is never tried a second time by itself.
    Test,
}

impl Kind {
    /// Whose turn it is first: what somebody waits for goes before what can wait. Kept with each text.
    #[must_use]
    pub fn turn(self) -> u8 {
        match self {
            Self::Test => 0,
            Self::Goodbye => 1,
            Self::Help => 2,
            Self::Reply => 3,
            Self::Confirmation => 4,
            Self::Reminder => 5,
        }
    }

    /// Whether it answers a text by itself, soon or not at all.
    #[must_use]
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Goodbye | Self::Help)
    }
}

/// Where a text stands. Never better than what the gateway itself would say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Will go when it may.
    Waiting,
    /// Committed to leave: it may be on the wire.
    Sending,
    /// The gateway has it.
    Accepted,
    /// It is on the phone.
    Delivered,
    /// The gateway took it, and the carrier then said no.
    Undelivered,
    /// The gateway said no for good.
    Failed,
    /// It may have been taken: nobody knows yet.
    Uncertain,
    /// We decided that it does not go.
    NotSent,
}

impl State {
    /// The word on screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Sending => "Sending",
            Self::Accepted => "Sent",
            Self::Delivered => "Delivered",
            Self::Undelivered => "Undelivered",
            Self::Failed => "Failed",
            Self::Uncertain => "Uncertain",
            Self::NotSent => "Not sent",
        }
    }
}

/// Why a text is in its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Waits for its turn.
    Queued,
    /// The gateway wanted it later.
    SaidLater,
    /// It is too early or too late in the day where they are.
    QuietHours,
    /// Something that they wrote may be an opt-out: a person decides first.
    HeldForYou,
    /// It asks for a reply, and comes from a name in letters: a person mends the one or the other.
    NobodyCanReply,
    /// The gateway could not be reached, so it has not left.
    Away,
    /// The gateway did not list it in time, so it certainly had not been taken.
    ProvedAbsent,
    /// A person said "try again" or "send now".
    AskedAgain,
    /// Committed to leave.
    Leaving,
    /// The gateway took it.
    Taken,
    /// The provider listed it after its answer had been lost.
    Found,
    /// It is on the phone.
    OnThePhone,
    /// The gateway's answer never came or could not be read.
    AnswerLost,
    /// Placard stopped in the middle of sending it.
    AppStopped,
    /// The provider was asked often enough: a person decides.
    LookedLongEnough,
    /// The person has not agreed to texts.
    NoConsent,
    /// A person cancelled it.
    Cancelled,
    /// Someone else on this number has the text.
    SharedPhone,
    /// Another laptop of the campaign texts this number, or is about to.
    Elsewhere,
    /// The number is opted out.
    OptedOut,
    /// The capture was taken back.
    TakenBack,
    /// The person's number was changed.
    NumberChanged,
    /// They have confirmed already, or said no: it asks for nothing any more.
    NotNeeded,
    /// An answer that would come too late.
    TooLate,
    /// The vault was put back to a backup in which it had not gone: it may have gone since.
    Restored,
    /// A gateway's or carrier's no.
    #[serde(skip)]
    Trouble(Trouble),
}

impl Reason {
    /// Whether it waits for a person, or for another laptop: no time says when it goes.
    #[must_use]
    pub fn is_a_persons(self) -> bool {
        matches!(
            self,
            Self::HeldForYou | Self::NobodyCanReply | Self::Elsewhere
        )
    }
}

/// What kind of trouble a gateway's no is. The provider's own codes are sorted into these at the
/// gateway; everything after it decides by kind alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// User name, key or password not taken, or the account suspended: nothing can go until it is mended.
    Credentials,
    /// The number does not exist, is not a mobile, or cannot take texts.
    Number,
    /// The person opted out with the carrier.
    OptedOut,
    /// The sender's number or name is not ours, not registered or not allowed.
    Sender,
    /// The account may not text this country.
    Country,
    /// A trial account: only verified numbers may be texted.
    TrialAccount,
    /// The text is too long for the gateway.
    TooLong,
    /// The gateway has no way to this number.
    NoRoute,
    /// A carrier filtered it as unwanted: more of the same makes it worse.
    Filtered,
    /// The phone was off or out of reach.
    PhoneUnreachable,
    /// The provider ran out of room for our texts: slow down.
    QueueFull,
    /// The provider threw it away because it was not delivered in time.
    Expired,
    /// The carrier gives no reason.
    Unknown,
    /// Anything else that the gateway refused.
    Other,
    /// No gateway's no: the vault was put back to a backup, and a person says when texts may go again.
    Restored,
}

/// How an accepted text is doing, as the gateway says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// On its way: proves that it was taken.
    OnItsWay,
    /// On the phone.
    Delivered,
    /// The carrier said no after the gateway had said yes.
    Undelivered {
        /// What kind of trouble it is.
        trouble: Trouble,
        /// The provider's own code, where it gave one.
        code: Option<String>,
    },
}

/// Where a text goes next, with what is known about why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The new state.
    pub to: State,
    /// Why.
    pub reason: Reason,
    /// The provider's own code, where it gave one.
    pub code: Option<String>,
    /// The provider's own words, where it gave any.
    pub said: Option<String>,
    /// The provider's id of the text, where it is news.
    pub provider_id: Option<String>,
    /// Not before this time, for a text that waits.
    pub not_before: Option<DateTime<Utc>>,
    /// When to ask the provider about it, for a text that is out.
    pub next_look_at: Option<DateTime<Utc>>,
}

impl Move {
    /// A move with nothing more to say.
    #[must_use]
    pub fn to(to: State, reason: Reason) -> Self {
        Self {
            to,
            reason,
            code: None,
            said: None,
            provider_id: None,
            not_before: None,
            next_look_at: None,
        }
    }
}

/// What else a trouble stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Nothing can go until a person mends it.
    Everything,
    /// Nothing can go to the number's country until a person mends it.
    Country,
    /// Nothing of the same template can go until a person mends it.
    Template,
}

impl Trouble {
    /// What stops with it, beside the one text: what would befall every other text as well.
    #[must_use]
    pub fn holds(self) -> Option<Hold> {
        match self {
            Self::Credentials | Self::Filtered => Some(Hold::Everything),
            Self::TooLong => Some(Hold::Template),
            Self::Sender | Self::Country | Self::TrialAccount | Self::NoRoute => {
                Some(Hold::Country)
            }
            Self::Number
            | Self::OptedOut
            | Self::PhoneUnreachable
            | Self::QueueFull
            | Self::Expired
            | Self::Unknown
            | Self::Other
            | Self::Restored => None,
        }
    }
}
