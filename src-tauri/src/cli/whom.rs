//! Whom a command is about, in the words of People's filters.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use placard_core::campaign::Campaign;
use placard_core::storage::finding::{Consent, Filter, Question, TextIs};
use placard_core::{Error, Result};

/// Whom a command is about: everybody, where nothing is said.
#[derive(Debug, Default, Args)]
pub struct Whom {
    /// Beginnings of names in any order, any part of a number, an email address or a postcode
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// A filter that was saved in the window, by its name; what is said beside it is added
    #[arg(long, value_name = "NAME")]
    saved: Option<String>,
    /// By their word on texts
    #[arg(long, value_enum)]
    consent: Option<Agreed>,
    /// By their newest text
    #[arg(long, value_enum)]
    text: Option<Stands>,
    /// By who captured them
    #[arg(long, value_name = "NAME")]
    canvasser: Option<String>,
    /// Captured on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// Captured on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<NaiveDate>,
    /// By language: a tag such as cy
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Whether their number is opted out
    #[arg(long, value_name = "true|false")]
    opted_out: Option<bool>,
    /// Only those about whom something is to be corrected
    #[arg(long)]
    needs_correcting: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Agreed {
    Agrees,
    Confirmed,
    Refused,
    NotAsked,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stands {
    None,
    Waiting,
    Going,
    Accepted,
    Delivered,
    Failed,
    Uncertain,
    NotSent,
}

impl Whom {
    /// The same as a question to the campaign.
    pub fn question(&self, campaign: &Campaign) -> Result<Question> {
        let question = match &self.saved {
            None => Question::default(),
            Some(name) => saved(campaign, name)?,
        };
        let filter = question.filter;
        Ok(Question {
            search: self.search.clone().unwrap_or(question.search),
            filter: Filter {
                consent: self.consent.map(Consent::from).or(filter.consent),
                text: self.text.map(TextIs::from).or(filter.text),
                canvasser: self.canvasser.clone().or(filter.canvasser),
                from: self.from.or(filter.from),
                to: self.until.or(filter.to),
                language: self.language.clone().or(filter.language),
                opted_out: self.opted_out.or(filter.opted_out),
                needs_correcting: self
                    .needs_correcting
                    .then_some(true)
                    .or(filter.needs_correcting),
                ..filter
            },
            sort: question.sort,
        })
    }
}

fn saved(campaign: &Campaign, name: &str) -> Result<Question> {
    let saved = campaign.saved_filters()?;
    let filter = saved.into_iter().find(|filter| filter.name == name);
    filter.map(|filter| filter.question).ok_or_else(|| {
        Error::invalid(
            "saved",
            "No filter of this name is saved. Look at the names in People, under Filters.",
        )
    })
}

impl From<Agreed> for Consent {
    fn from(agreed: Agreed) -> Self {
        match agreed {
            Agreed::Agrees => Self::Agrees,
            Agreed::Confirmed => Self::Confirmed,
            Agreed::Refused => Self::Refused,
            Agreed::NotAsked => Self::NotAsked,
        }
    }
}

impl From<Stands> for TextIs {
    fn from(stands: Stands) -> Self {
        match stands {
            Stands::None => Self::None,
            Stands::Waiting => Self::Waiting,
            Stands::Going => Self::Going,
            Stands::Accepted => Self::Accepted,
            Stands::Delivered => Self::Delivered,
            Stands::Failed => Self::Failed,
            Stands::Uncertain => Self::Uncertain,
            Stands::NotSent => Self::NotSent,
        }
    }
}
