//! A text's state as a sentence: why, until when, and what to do.

use chrono::{DateTime, Utc};

use super::life::{FOLLOWED, Kind, Reason, State, Trouble};

/// What the sentence is made from.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// What the text is for.
    pub kind: Kind,
    /// Its state.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Not before this time.
    pub not_before: DateTime<Utc>,
    /// Until when the gateway wants no text at all, where it does.
    pub paused_until: Option<DateTime<Utc>>,
    /// When it moved last.
    pub changed_at: DateTime<Utc>,
    /// Tries so far.
    pub attempts: u32,
    /// Whether the gateway can be asked about a lost try.
    pub looks_up: bool,
    /// Whether the gateway answers just now.
    pub online: bool,
    /// What stops sending, as a sentence, where something does.
    pub hold: Option<&'a str>,
    /// Where it is too early or too late, and when it opens, as people there say it: ("8am", "London").
    pub opens: Option<&'a (String, String)>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The sentence beside a text.
#[must_use]
pub fn sentence(facts: &Facts<'_>) -> String {
    match facts.state {
        State::Waiting => waiting(facts),
        State::Sending => "On its way to the gateway.".to_owned(),
        State::Accepted if facts.now - facts.changed_at > FOLLOWED => {
            "The gateway has taken it, and has not said whether it arrived.".to_owned()
        }
        State::Accepted => match facts.reason {
            Reason::Found => {
                "The answer was lost, but the provider lists it: it was taken once.".to_owned()
            }
            _ => "The gateway has taken it. It says when the phone has it.".to_owned(),
        },
        State::Delivered => "It is on the phone.".to_owned(),
        State::Undelivered => format!(
            "The gateway took it, but it did not arrive: {}",
            trouble_of(facts.reason)
        ),
        State::Failed => format!("The gateway refused it: {}", trouble_of(facts.reason)),
        State::Uncertain => uncertain(facts),
        State::NotSent => not_sent(facts.reason),
    }
}

fn waiting(facts: &Facts<'_>) -> String {
    if let Some(hold) = facts.hold {
        return hold.to_owned();
    }
    if facts.reason == Reason::HeldForYou {
        return "Something that they wrote may be an opt-out. Decide in Inbox, then it goes or stays."
            .to_owned();
    }
    if facts.reason == Reason::Elsewhere {
        return "Another laptop has a text for this number too: it waits until a file from there says that this one goes."
            .to_owned();
    }
    if facts.reason == Reason::NobodyCanReply {
        return NOBODY_CAN_REPLY.to_owned();
    }
    if let Some((time, place)) = facts.opens {
        return format!("Waits for {time} in {place}: no text goes at this hour.");
    }
    if !facts.online {
        return "Goes as soon as the gateway can be reached.".to_owned();
    }
    let asked_later = matches!(
        facts.reason,
        Reason::SaidLater | Reason::Trouble(Trouble::QueueFull)
    );
    if facts.not_before > facts.now && asked_later {
        return "The gateway is busy and asked for it later.".to_owned();
    }
    if facts
        .paused_until
        .is_some_and(|until| until > facts.not_before)
    {
        return "The gateway is busy and asked for a pause.".to_owned();
    }
    if facts.not_before > facts.now {
        return "Waits a moment before the next try.".to_owned();
    }
    match facts.reason {
        Reason::ProvedAbsent => "The provider never got it, so it goes once more.".to_owned(),
        _ => "Goes now, as soon as it is its turn.".to_owned(),
    }
}

fn uncertain(facts: &Facts<'_>) -> String {
    let what = match facts.reason {
        Reason::AppStopped => "Placard stopped while it was being sent, so it may have gone.",
        Reason::Restored => {
            "It had not gone when the backup was made from which this vault was restored. It may have gone since."
        }
        _ => "The gateway's answer was lost, so it may have gone.",
    };
    let then = match (facts.reason, facts.looks_up) {
        (Reason::LookedLongEnough, _) => {
            "The provider does not list it, but that is no proof. You decide."
        }
        (Reason::Restored, true) => {
            "Placard is asking the provider and will not send it twice. Or you decide."
        }
        (Reason::Restored, false) => "Placard will not send it twice. You decide.",
        (_, true) => "Placard is asking the provider and will not send it twice.",
        (_, false) => {
            "This gateway cannot be asked; a delivery report would settle it. Placard will not send it twice."
        }
    };
    format!("{what} {then}")
}

fn not_sent(reason: Reason) -> String {
    match reason {
        Reason::NoConsent => "They have not agreed to texts.".to_owned(),
        Reason::Cancelled => "It was cancelled here.".to_owned(),
        Reason::SharedPhone => {
            "This phone is shared, and gets one text: it goes to the other person.".to_owned()
        }
        Reason::Elsewhere => {
            "Another laptop of the campaign sends it, so this one does not.".to_owned()
        }
        Reason::OptedOut => "This number is opted out. It gets no texts.".to_owned(),
        Reason::TakenBack => "The capture was undone before it left.".to_owned(),
        Reason::NumberChanged => "The mobile was changed before it left.".to_owned(),
        Reason::NotNeeded => "They had answered already, so nothing more was asked.".to_owned(),
        Reason::TooLate => "It would have come too late, so it was not sent.".to_owned(),
        Reason::Away => "The gateway could not be reached.".to_owned(),
        Reason::SaidLater => "The gateway is busy just now.".to_owned(),
        Reason::Trouble(trouble) => sentence_of(trouble).to_owned(),
        _ => "Placard decided not to send it.".to_owned(),
    }
}

/// Why a text does not go, in a sentence.
#[must_use]
pub fn why_not(reason: Reason) -> String {
    not_sent(reason)
}

fn trouble_of(reason: Reason) -> &'static str {
    match reason {
        Reason::Trouble(trouble) => sentence_of(trouble),
        _ => sentence_of(Trouble::Unknown),
    }
}

/// A trouble in plain words, with what to do about it.
#[must_use]
pub fn sentence_of(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Credentials => {
            "it does not take the user name, key or password. Put them right in Settings, under Gateway."
        }
        Trouble::Number => "this number cannot get texts. Ask for it again and correct it.",
        Trouble::OptedOut => "this person has opted out with the carrier. Do not text them.",
        Trouble::Sender => {
            "the sender is not allowed or not registered. Check Sender in Settings and its registration with the provider."
        }
        Trouble::Country => {
            "the account may not text this country. Allow the country in the provider's own settings."
        }
        Trouble::TrialAccount => {
            "a trial account may text only numbers that were verified with the provider. Upgrade the account."
        }
        Trouble::TooLong => "the text is too long. Shorten it in Settings, under Texts we send.",
        Trouble::NoRoute => {
            "the gateway has no route to this number. Ask whoever runs the gateway."
        }
        Trouble::Filtered => {
            "the carrier filtered it as unwanted. Look at the wording and the sender before you send more."
        }
        Trouble::PhoneUnreachable => "the phone was off or out of reach. Try again later.",
        Trouble::QueueFull => "the provider's queue is full. Send more slowly.",
        Trouble::Expired => "it could not be delivered in time, and was thrown away.",
        Trouble::Unknown => "the carrier gives no reason. You decide whether to try again.",
        Trouble::Restored => "the vault was restored from a backup. You say when texts go again.",
        Trouble::Other => "the provider's own words say why: open the row to read them.",
    }
}

/// Why a text waits that asks for a reply to a name in letters, and the mend (PECR r23).
pub const NOBODY_CAN_REPLY: &str =
    "The sender is a name, so nobody can reply STOP. Change the sender or the text in Settings.";

/// Asked before an uncertain text is tried again.
pub const MAY_DOUBLE: &str =
    "It may have gone already. If you try again, the person may get it twice.";

/// A line of a text's evidence: what happened, and what it was called there.
#[must_use]
pub fn step(state: State, reason: Reason, provider_id: Option<&str>) -> String {
    let what = match (state, reason) {
        (State::Waiting, Reason::Queued) => "Queued.".to_owned(),
        (State::Waiting, Reason::AskedAgain) => "A person asked for it to go.".to_owned(),
        (State::Waiting, Reason::SaidLater) => {
            "The gateway had no time for it and asked for it later.".to_owned()
        }
        (State::Waiting, Reason::Away) => {
            "No connection was made, so it has not left.".to_owned()
        }
        (State::Waiting, Reason::ProvedAbsent) => {
            "The provider does not list it, though it lists a later one: it never arrived there.".to_owned()
        }
        (State::Waiting, Reason::AppStopped) => {
            "Placard stopped while it was being sent. The gateway knows it by our id, so it goes again."
                .to_owned()
        }
        (State::Waiting, Reason::Trouble(trouble)) => {
            format!("The gateway refused it for now: {}", sentence_of(trouble))
        }
        (State::Waiting, Reason::QuietHours) => {
            "It was too early or too late in the day where they are.".to_owned()
        }
        (State::Waiting, Reason::HeldForYou) => {
            "Something that they wrote may be an opt-out: it waits for a person to decide.".to_owned()
        }
        (State::Waiting, Reason::NobodyCanReply) => {
            "The sender was a name, so nobody could have replied STOP.".to_owned()
        }
        (State::Waiting, Reason::Elsewhere) => {
            "Another laptop has a text for this number too.".to_owned()
        }
        (State::Waiting, _) => "It waits.".to_owned(),
        (State::Sending, _) => "Handed to the gateway.".to_owned(),
        (State::Accepted, Reason::Found) => {
            "The provider has it: its answer had been lost on the way.".to_owned()
        }
        (State::Accepted, _) => "The gateway took it.".to_owned(),
        (State::Delivered, _) => "The gateway says that it is on the phone.".to_owned(),
        (State::Undelivered, reason) => {
            format!("The carrier did not deliver it: {}", trouble_of(reason))
        }
        (State::Failed, reason) => format!("The gateway refused it: {}", trouble_of(reason)),
        (State::Uncertain, Reason::AppStopped) => {
            "Placard stopped while it was being sent.".to_owned()
        }
        (State::Uncertain, Reason::Restored) => {
            "The vault was restored from a backup in which it had not gone. It may have gone since.".to_owned()
        }
        (State::Uncertain, Reason::LookedLongEnough) => {
            "The provider was asked for half an hour and does not list it.".to_owned()
        }
        (State::Uncertain, _) => "No answer came, or none that can be read.".to_owned(),
        (State::NotSent, reason) => not_sent(reason),
    };
    match provider_id {
        Some(id) => format!("{what} It is {id} there."),
        None => what,
    }
}
