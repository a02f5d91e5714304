//! Which gateways there are, and what each can do.

use serde::{Deserialize, Serialize};

/// What a gateway can do, declared so that the sender never has to know its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// It keeps the id we give a text and refuses it a second time: sending again can never double.
    pub takes_our_id: bool,
    /// It can be asked afterwards whether a text was taken.
    pub looks_up: bool,
    /// It can be asked how an accepted text is doing; otherwise reports are pushed to us.
    pub polls_status: bool,
    /// It can be asked for the texts that phones sent to us; otherwise they are pushed to us, or never come.
    pub polls_inbound: bool,
    /// It answers STOP by itself, so no second goodbye may be sent.
    pub answers_stop: bool,
    /// It answers HELP by itself, so no second answer may be sent.
    pub answers_help: bool,
}

/// Which gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A phone drawn on the screen.
    Practice,
    /// Twilio, or a provider that speaks as it does.
    Twilio,
    /// Kannel, or a gateway that speaks as it does.
    Kannel,
    /// A phone of the campaign's own, with an app on it that sends and receives for us.
    Pocket,
}

impl Kind {
    /// What it can do.
    #[must_use]
    pub fn abilities(self) -> Abilities {
        match self {
            Self::Practice => Abilities {
                takes_our_id: true,
                looks_up: false,
                polls_status: true,
                polls_inbound: false,
                answers_stop: false,
                answers_help: false,
            },
            Self::Twilio => Abilities {
                takes_our_id: false,
                looks_up: true,
                polls_status: true,
                polls_inbound: true,
                answers_stop: true,
                answers_help: true,
            },
            Self::Kannel => Abilities {
                takes_our_id: false,
                looks_up: false,
                polls_status: false,
                polls_inbound: false,
                answers_stop: false,
                answers_help: false,
            },
            Self::Pocket => Abilities {
                takes_our_id: true,
                looks_up: false,
                polls_status: true,
                polls_inbound: true,
                answers_stop: false,
                answers_help: false,
            },
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Practice => "Practice",
            Self::Twilio => "Twilio",
            Self::Kannel => "Kannel",
            Self::Pocket => "Pocket phone",
        }
    }
}
