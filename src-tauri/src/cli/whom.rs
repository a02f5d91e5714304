//! Whom a command is about, in the words of People's filters.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use placard_core::campaign::{Campaign, FilterChoices};
use placard_core::storage::finding::{Consent, Filter, Question, TextIs};
use placard_core::{Error, Result};
use uuid::Uuid;

/// Whom a command is about: everybody, where nothing is said.
#[derive(Debug, Default, Args)]
pub struct Whom {
    /// Words of their name in any order, begun or a letter wrong; any part of a number; an email address or a postcode, begun
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// A filter that was saved in the window, by its name; what is said beside it is added
    #[arg(long, value_name = "NAME")]
    saved: Option<String>,
    /// By their word on texts
    #[arg(long, value_enum)]
    consent: Option<Agreed>,
    /// By their newest confirmation or reminder
    #[arg(long, value_enum)]
    text: Option<Stands>,
    /// By who captured them
    #[arg(long, value_name = "NAME")]
    canvasser: Option<String>,
    /// Captured at this shift: "Sam, Brixton tube", the newest of that name
    #[arg(long, value_name = "SHIFT")]
    shift: Option<String>,
    /// Brought in with the newest list of this name
    #[arg(long, value_name = "NAME")]
    list: Option<String>,
    /// Captured on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// Captured on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<NaiveDate>,
    /// By language: a tag such as cy
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Whether they live with somebody who is here too
    #[arg(long, value_name = "true|false")]
    household: Option<bool>,
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
        let (shift, act) = match (&self.shift, &self.list) {
            (None, None) => (None, None),
            (shift, list) => {
                let choices = campaign.filter_choices()?;
                let shift = shift.as_ref().map(|name| at_shift(&choices, name));
                let act = list.as_ref().map(|name| of_list(&choices, name));
                (shift.transpose()?, act.transpose()?)
            }
        };
        Ok(Question {
            search: self.search.clone().unwrap_or(question.search),
            filter: Filter {
                consent: self.consent.map(Consent::from).or(filter.consent),
                text: self.text.map(TextIs::from).or(filter.text),
                shift: shift.or(filter.shift),
                act: act.or(filter.act),
                canvasser: self.canvasser.clone().or(filter.canvasser),
                from: self.from.or(filter.from),
                to: self.until.or(filter.to),
                language: self.language.clone().or(filter.language),
                household: self.household.or(filter.household),
                opted_out: self.opted_out.or(filter.opted_out),
                needs_correcting: self
                    .needs_correcting
                    .then_some(true)
                    .or(filter.needs_correcting),
            },
            sort: question.sort,
        })
    }
}

fn saved(campaign: &Campaign, name: &str) -> Result<Question> {
    let saved = campaign.saved_filters()?;
    let filter = saved.into_iter().find(|filter| filter.name == name);
    let filter = filter.ok_or_else(|| {
        Error::invalid(
            "saved",
            "No filter of this name is saved. Look at the names in People, under Filters.",
        )
    })?;
    filter.question.ok_or_else(|| {
        Error::invalid(
            "saved",
            "This filter was saved by a newer Placard, and this one cannot tell whom it means. Bring Placard up to date.",
        )
    })
}

/// The newest shift of a name: who canvassed, and where.
fn at_shift(choices: &FilterChoices, name: &str) -> Result<Uuid> {
    let mut called = choices.shifts.iter().map(|shift| {
        let called = format!("{}, {}", shift.canvasser, shift.place);
        (shift.id, called)
    });
    let found = called.find(|(_, called)| called == name);
    found.map(|(id, _)| id).ok_or_else(|| {
        Error::invalid(
            "shift",
            "There was no such shift. Write who canvassed and where, as in \"Sam, Brixton tube\".",
        )
    })
}

/// The newest list of a name.
fn of_list(choices: &FilterChoices, name: &str) -> Result<Uuid> {
    let found = choices.imports.iter().find(|list| list.name == name);
    found.map(|list| list.id).ok_or_else(|| {
        Error::invalid(
            "list",
            "No list of this name was brought in. Write the name of its file, as in members.csv.",
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
