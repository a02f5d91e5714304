//! What the gateway took: doubles and losses are counted here, not in Placard's own tables.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// A text that the gateway has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The gateway's name of it.
    pub sid: String,
    /// The number, as it was handed in.
    pub to: String,
    /// Who it comes from.
    pub from: String,
    /// What it says.
    pub body: String,
    /// When it was taken, by the gateway's clock.
    pub at: DateTime<Utc>,
    pub(super) progress: Progress,
}

/// How far a text has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Queued { refused_with: Option<u32> },
    Sent { refused_with: Option<u32> },
    Delivered,
    Undelivered(u32),
}

impl Progress {
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Queued { .. } => "queued",
            Self::Sent { .. } => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered(_) => "undelivered",
        }
    }

    pub(super) fn error_code(self) -> Option<u32> {
        match self {
            Self::Undelivered(code) => Some(code),
            _ => None,
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Queued { refused_with } => Self::Sent { refused_with },
            Self::Sent { refused_with: None } => Self::Delivered,
            Self::Sent {
                refused_with: Some(code),
            } => Self::Undelivered(code),
            done => done,
        }
    }
}

/// Everything that the gateway took, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    taken: Vec<Taken>,
}

impl Journal {
    pub(super) fn take(&mut self, text: Taken) {
        self.taken.push(text);
    }

    /// Looks at one text, which gets on by a step with each look where `delivers`.
    pub(super) fn look(&mut self, sid: &str, delivers: bool) -> Option<Taken> {
        let text = self.taken.iter_mut().find(|text| text.sid == sid)?;
        if delivers {
            text.progress = text.progress.next();
        }
        Some(text.clone())
    }

    /// All of it, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Taken] {
        &self.taken
    }

    /// The texts to a number, oldest first.
    #[must_use]
    pub fn to(&self, number: &str) -> Vec<&Taken> {
        self.taken.iter().filter(|text| text.to == number).collect()
    }

    /// The numbers that have more than one text, and how many.
    #[must_use]
    pub fn doubles(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &self.taken {
            *counts.entry(&text.to).or_default() += 1;
        }
        let several = counts.into_iter().filter(|(_, count)| *count > 1);
        several.map(|(to, count)| (to.to_owned(), count)).collect()
    }
}
