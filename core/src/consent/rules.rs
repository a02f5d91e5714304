//! What a campaign decides where the law leaves it a choice.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::texts::hours::Hours;

/// What counts as consent to texts beyond the one question whether somebody agrees: answers by hand, and whatever is
/// sent later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReliesOn {
    /// The answer to the confirmation text: double opt-in.
    #[default]
    Confirmed,
    /// The yes that a canvasser heard. The ledger tells the two apart.
    Spoken,
}

/// What a campaign decided. What is not decided is as a careful campaign would have it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// When texts go; the country's own hours where nothing is decided.
    pub hours: Option<Hours>,
    /// What counts as consent.
    pub relies_on: ReliesOn,
    /// After how many days without an answer one reminder goes; none where nothing is decided.
    pub reminder_after: Option<u16>,
    /// For how many months people are kept after the last that was heard of them; for good where nothing is
    /// decided.
    pub kept_for: Option<u16>,
    /// Where the campaign can be written to: for the privacy notice (UK GDPR Art 13(1)(a)).
    pub contact: String,
    /// The campaign's own domains, for links.
    pub domains: Vec<String>,
}

impl Rules {
    /// These with each choice that stands as in `from` made as it is in `to`: what was chosen otherwise since stays.
    #[must_use]
    pub fn turned(&self, from: &Self, to: &Self) -> Self {
        fn one<T: Clone + PartialEq>(now: &T, from: &T, to: &T) -> T {
            if now == from { to } else { now }.clone()
        }
        Self {
            hours: one(&self.hours, &from.hours, &to.hours),
            relies_on: one(&self.relies_on, &from.relies_on, &to.relies_on),
            reminder_after: one(
                &self.reminder_after,
                &from.reminder_after,
                &to.reminder_after,
            ),
            kept_for: one(&self.kept_for, &from.kept_for, &to.kept_for),
            contact: one(&self.contact, &from.contact, &to.contact),
            domains: one(&self.domains, &from.domains, &to.domains),
        }
    }

    /// How long without an answer until the one reminder.
    #[must_use]
    pub fn reminder(&self) -> Option<TimeDelta> {
        self.reminder_after.map(|days| TimeDelta::days(days.into()))
    }
}
