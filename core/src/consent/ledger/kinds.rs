//! The words that an entry is made of.

use std::fmt;
use std::str::FromStr;

use super::digest::as_text_in_json;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// The supporter agreed (PECR r22; UK GDPR Art 7).
    Grant,
    /// The supporter was asked and did not agree.
    Refusal,
    /// The supporter answered the confirmation text with a yes.
    Confirmation,
    /// The supporter took consent to one purpose back (UK GDPR Art 7(3)).
    Withdrawal,
    /// The number wants no texts at all (PECR r22(3)(c); 47 CFR 64.1200(a)(10)).
    OptOut,
    /// An opt-out made by mistake was undone, with new evidence of consent.
    OptOutUndone,
    /// The canvasser took a capture back.
    TakenBack,
    /// Something in the personal part was put right (UK GDPR Art 16).
    Correction,
    /// The person was erased (UK GDPR Art 17).
    Erasure,
}

/// How it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Aloud, to a canvasser.
    Spoken,
    /// With their own hand, on the canvasser's laptop.
    OwnHand,
    /// On their own handset.
    OwnHandset,
    /// In a text back.
    Reply,
    /// Told by the gateway or the carrier.
    Carrier,
    /// Entered by an organiser.
    Organiser,
    /// Read from a list that came from elsewhere.
    Import,
}

/// A word that this Placard does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is no word of the ledger.")]
pub struct UnknownWord;

impl What {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Grant,
        Self::Refusal,
        Self::Confirmation,
        Self::Withdrawal,
        Self::OptOut,
        Self::OptOutUndone,
        Self::TakenBack,
        Self::Correction,
        Self::Erasure,
    ];

    /// The word in the ledger.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Refusal => "refusal",
            Self::Confirmation => "confirmation",
            Self::Withdrawal => "withdrawal",
            Self::OptOut => "opt_out",
            Self::OptOutUndone => "opt_out_undone",
            Self::TakenBack => "taken_back",
            Self::Correction => "correction",
            Self::Erasure => "erasure",
        }
    }
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Spoken,
        Self::OwnHand,
        Self::OwnHandset,
        Self::Reply,
        Self::Carrier,
        Self::Organiser,
        Self::Import,
    ];

    /// The word in the ledger.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Spoken => "spoken",
            Self::OwnHand => "own_hand",
            Self::OwnHandset => "own_handset",
            Self::Reply => "reply",
            Self::Carrier => "carrier",
            Self::Organiser => "organiser",
            Self::Import => "import",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

impl FromStr for What {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|what| what.word() == word)
            .ok_or(UnknownWord)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

impl FromStr for Method {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|method| method.word() == word)
            .ok_or(UnknownWord)
    }
}

as_text_in_json!(What, Method);
