//! Consent: what a supporter is asked, in which words, and the ledger of what they said.

pub mod defaults;
pub mod ledger;
pub mod linter;
pub mod merging;
mod rules;
mod tag;

use serde::{Deserialize, Serialize};

pub use rules::{ReliesOn, Rules};
pub use tag::tidy_tag;

/// The longest wording, in characters: about forty seconds of reading aloud.
pub const LONGEST_WORDING: usize = 600;

/// The key of the purpose that every campaign has: texts.
pub const TEXTS: &str = "texts";

/// The key of the other: keeping what somebody thinks (UK GDPR Art 9).
pub const OPINIONS: &str = "opinions";

/// How a campaign would reach a supporter, or what it would keep of them: consent to one says nothing of
/// another (UK GDPR Recital 43).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Texts to their mobile.
    Texts,
    /// Calls.
    Calls,
    /// Email.
    Email,
    /// Letters.
    Post,
    /// No channel: what they think is kept (UK GDPR Art 9).
    Opinions,
}

impl Channel {
    /// What comes by it, in the middle of a sentence: "calls"; nothing where nothing comes.
    #[must_use]
    pub fn what_comes(self) -> &'static str {
        match self {
            Self::Texts => "texts",
            Self::Calls => "calls",
            Self::Email => "emails",
            Self::Post => "letters",
            Self::Opinions => "",
        }
    }
}
