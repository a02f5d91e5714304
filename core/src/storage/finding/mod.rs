//! Finding people: what is asked, who that is, in which order, and each of them as a row.
//!
//! A question is answered from whichever index leaves the fewest to look at (`plan`). Few are all read and put in
//! order; of many, the index that has the order is followed until a page is full.

mod asked;
mod blocks;
#[cfg(test)]
mod checking;
mod choices;
mod near;
mod order;
mod plan;
mod rows;
mod saved;
mod telling;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use asked::Asked;
pub use blocks::everyone;
#[cfg(test)]
pub(super) use blocks::{ASCENDING, DESCENDING};
#[cfg(test)]
pub use checking::{faults, index_bytes};
#[cfg(test)]
pub(super) use choices::{CANVASSERS, LANGUAGES};
pub use choices::{Choices, ImportOf, ShiftOf, choices};
#[cfg(test)]
pub(super) use near::ALIKE;
#[cfg(test)]
pub(super) use plan::every_shape;
pub use plan::{Page, count, everybody, page, place_of};
#[cfg(test)]
pub(super) use rows::ROW;
pub use rows::{NeedsCorrecting, Person};
pub use saved::{SavedFilter, forget, keep, saved};

/// What is asked of People: whom to show, and in which order.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    /// What is searched for, as typed: beginnings of words in any order, or any part of a number.
    pub search: String,
    /// Who is left out.
    pub filter: Filter,
    /// The order.
    pub sort: Order,
}

/// Which of all people are shown. What is none leaves nobody out.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// By their word on texts.
    pub consent: Option<Consent>,
    /// By their newest confirmation or reminder.
    pub text: Option<TextIs>,
    /// By who captured them first.
    pub canvasser: Option<String>,
    /// Captured at this shift.
    pub shift: Option<Uuid>,
    /// Captured on this day or later, by the laptop's calendar.
    pub from: Option<NaiveDate>,
    /// Captured on this day or earlier.
    pub to: Option<NaiveDate>,
    /// Whose language this is: a BCP 47 tag.
    pub language: Option<String>,
    /// Whether they live with somebody who is here too.
    pub household: Option<bool>,
    /// Whether their number is opted out.
    pub opted_out: Option<bool>,
    /// Whether something about them is to be corrected.
    pub needs_correcting: Option<bool>,
    /// Brought in by this act.
    pub act: Option<Uuid>,
}

/// Somebody's word on texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Yes, proved or not.
    Agrees,
    /// Yes, proved.
    Confirmed,
    /// No.
    Refused,
    /// They have said neither.
    NotAsked,
}

/// Where somebody's newest confirmation or reminder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextIs {
    /// There is none.
    None,
    /// It will go when it may.
    Waiting,
    /// It is leaving.
    Going,
    /// The gateway has it.
    Accepted,
    /// It is on the phone.
    Delivered,
    /// The gateway or the carrier said no.
    Failed,
    /// Nobody knows whether it was taken.
    Uncertain,
    /// It does not go.
    NotSent,
}

/// A column, and which end of it comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The column.
    pub by: Sort,
    /// Which end of it comes first.
    pub direction: Direction,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            by: Sort::CapturedAt,
            direction: Direction::Descending,
        }
    }
}

/// Which end of an order comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The beginning of the alphabet, the oldest. Whoever has nothing there comes last.
    Ascending,
    /// The end of the alphabet, the newest.
    Descending,
}

/// The columns that people can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Last name, then first.
    Name,
    /// First name, then last.
    FirstName,
    /// Mobile.
    Mobile,
    /// Email.
    Email,
    /// Postcode.
    Postcode,
    /// Language.
    Language,
    /// Their word on texts: first who was not asked, last who has proved a yes.
    Consent,
    /// Where their newest text stands.
    Text,
    /// When they were captured first.
    CapturedAt,
    /// When their record was changed last.
    UpdatedAt,
    /// Who captured them first.
    Canvasser,
    /// What is to be put right about them: last, and so first from the end, a text that may have gone, which can be
    /// decided there and then; before it a number to which no text comes, and one that the gateway refused. Of each
    /// whoever came last is last. Without the filter for them it is the order of [`Sort::CapturedAt`].
    ToPutRight,
}

#[cfg(test)]
impl Sort {
    /// Every order there is.
    pub(crate) const ALL: [Self; 12] = [
        Self::Name,
        Self::FirstName,
        Self::Mobile,
        Self::Email,
        Self::Postcode,
        Self::Language,
        Self::Consent,
        Self::Text,
        Self::CapturedAt,
        Self::UpdatedAt,
        Self::Canvasser,
        Self::ToPutRight,
    ];
}
