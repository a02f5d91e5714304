//! A question as the window asks it.

use chrono::NaiveDate;
use placard_core::storage::finding::{self, Direction, Order};
use placard_core::{Error, Result};
use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

/// What is asked of People.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct Question {
    search: String,
    filter: Filter,
    sort: Sort,
    descending: bool,
}

/// Which of all people are shown. What is null leaves nobody out.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct Filter {
    consent: Option<ConsentWord>,
    text: Option<TextFilter>,
    canvasser: Option<String>,
    shift_id: Option<String>,
    /// YYYY-MM-DD, by the laptop's calendar, as is `to`; both days are among them.
    from: Option<String>,
    to: Option<String>,
    language: Option<String>,
    household: Option<bool>,
    opted_out: Option<bool>,
    needs_correcting: Option<bool>,
    act_id: Option<String>,
}

/// Somebody's word on texts. Whoever confirmed agrees as well.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConsentWord {
    Agrees,
    Confirmed,
    Refused,
    NotAsked,
}

/// Where somebody's newest confirmation or reminder stands.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TextFilter {
    None,
    Waiting,
    Going,
    Accepted,
    Delivered,
    Failed,
    Uncertain,
    NotSent,
}

/// The columns that people can be ordered by.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    Name,
    FirstName,
    Mobile,
    Email,
    Postcode,
    Language,
    Consent,
    Text,
    CapturedAt,
    UpdatedAt,
    Canvasser,
    ToPutRight,
}

impl Question {
    /// What it asks of core.
    pub fn read(self) -> Result<finding::Question> {
        let filter = self.filter;
        Ok(finding::Question {
            search: self.search,
            filter: finding::Filter {
                consent: filter.consent.map(finding::Consent::from),
                text: filter.text.map(finding::TextIs::from),
                canvasser: filter.canvasser,
                shift: filter.shift_id.as_deref().map(id).transpose()?,
                from: filter
                    .from
                    .as_deref()
                    .map(|text| day("from", text))
                    .transpose()?,
                to: filter
                    .to
                    .as_deref()
                    .map(|text| day("to", text))
                    .transpose()?,
                language: filter.language,
                household: filter.household,
                opted_out: filter.opted_out,
                needs_correcting: filter.needs_correcting,
                act: filter.act_id.as_deref().map(id).transpose()?,
            },
            sort: Order {
                by: self.sort.into(),
                direction: match self.descending {
                    true => Direction::Descending,
                    false => Direction::Ascending,
                },
            },
        })
    }
}

fn id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| Error::NotFound)
}

fn day(field: &'static str, text: &str) -> Result<NaiveDate> {
    text.parse()
        .map_err(|_| Error::invalid(field, "Choose a day, such as 2026-05-01."))
}

impl From<finding::Question> for Question {
    fn from(question: finding::Question) -> Self {
        let filter = question.filter;
        Self {
            search: question.search,
            filter: Filter {
                consent: filter.consent.map(ConsentWord::from),
                text: filter.text.map(TextFilter::from),
                canvasser: filter.canvasser,
                shift_id: filter.shift.map(|id| id.to_string()),
                from: filter.from.map(|day| day.to_string()),
                to: filter.to.map(|day| day.to_string()),
                language: filter.language,
                household: filter.household,
                opted_out: filter.opted_out,
                needs_correcting: filter.needs_correcting,
                act_id: filter.act.map(|id| id.to_string()),
            },
            sort: question.sort.by.into(),
            descending: question.sort.direction == Direction::Descending,
        }
    }
}

impl From<ConsentWord> for finding::Consent {
    fn from(value: ConsentWord) -> Self {
        match value {
            ConsentWord::Agrees => Self::Agrees,
            ConsentWord::Confirmed => Self::Confirmed,
            ConsentWord::Refused => Self::Refused,
            ConsentWord::NotAsked => Self::NotAsked,
        }
    }
}

impl From<finding::Consent> for ConsentWord {
    fn from(value: finding::Consent) -> Self {
        match value {
            finding::Consent::Agrees => Self::Agrees,
            finding::Consent::Confirmed => Self::Confirmed,
            finding::Consent::Refused => Self::Refused,
            finding::Consent::NotAsked => Self::NotAsked,
        }
    }
}

impl From<TextFilter> for finding::TextIs {
    fn from(value: TextFilter) -> Self {
        match value {
            TextFilter::None => Self::None,
            TextFilter::Waiting => Self::Waiting,
            TextFilter::Going => Self::Going,
            TextFilter::Accepted => Self::Accepted,
            TextFilter::Delivered => Self::Delivered,
            TextFilter::Failed => Self::Failed,
            TextFilter::Uncertain => Self::Uncertain,
            TextFilter::NotSent => Self::NotSent,
        }
    }
}

impl From<finding::TextIs> for TextFilter {
    fn from(value: finding::TextIs) -> Self {
        match value {
            finding::TextIs::None => Self::None,
            finding::TextIs::Waiting => Self::Waiting,
            finding::TextIs::Going => Self::Going,
            finding::TextIs::Accepted => Self::Accepted,
            finding::TextIs::Delivered => Self::Delivered,
            finding::TextIs::Failed => Self::Failed,
            finding::TextIs::Uncertain => Self::Uncertain,
            finding::TextIs::NotSent => Self::NotSent,
        }
    }
}

impl From<Sort> for finding::Sort {
    fn from(value: Sort) -> Self {
        match value {
            Sort::Name => Self::Name,
            Sort::FirstName => Self::FirstName,
            Sort::Mobile => Self::Mobile,
            Sort::Email => Self::Email,
            Sort::Postcode => Self::Postcode,
            Sort::Language => Self::Language,
            Sort::Consent => Self::Consent,
            Sort::Text => Self::Text,
            Sort::CapturedAt => Self::CapturedAt,
            Sort::UpdatedAt => Self::UpdatedAt,
            Sort::Canvasser => Self::Canvasser,
            Sort::ToPutRight => Self::ToPutRight,
        }
    }
}

impl From<finding::Sort> for Sort {
    fn from(value: finding::Sort) -> Self {
        match value {
            finding::Sort::Name => Self::Name,
            finding::Sort::FirstName => Self::FirstName,
            finding::Sort::Mobile => Self::Mobile,
            finding::Sort::Email => Self::Email,
            finding::Sort::Postcode => Self::Postcode,
            finding::Sort::Language => Self::Language,
            finding::Sort::Consent => Self::Consent,
            finding::Sort::Text => Self::Text,
            finding::Sort::CapturedAt => Self::CapturedAt,
            finding::Sort::UpdatedAt => Self::UpdatedAt,
            finding::Sort::Canvasser => Self::Canvasser,
            finding::Sort::ToPutRight => Self::ToPutRight,
        }
    }
}
