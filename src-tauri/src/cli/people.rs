//! `placard people`, `placard duplicates` and `placard merge`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use placard_core::Result;
use placard_core::campaign::{Campaign, Side};
use placard_core::storage::finding::{Direction, Order, Sort};
use placard_core::storage::history::Field;
use uuid::Uuid;

use super::answer::Answer;
use super::line::Whole;
use super::watching::watched;
use super::whom::Whom;
use crate::commands::duplicates::{DuplicatesPage, Pair};
use crate::commands::people::{PeoplePage, PersonRow};
use crate::commands::undoing::Undone;

/// People, found as the window finds them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  placard people --search 0123
  placard people --needs-correcting --json
  placard people --saved \"To call\" --sort name --limit 500")]
pub struct People {
    #[command(flatten)]
    whom: Whom,
    /// By what they are put in order [default: as the saved filter says, else newest first]
    #[arg(long, value_enum)]
    sort: Option<By>,
    /// The other way round: oldest first, or from the end of the alphabet
    #[arg(long, requires = "sort")]
    reverse: bool,
    /// How many at most; 500 are the most at a time
    #[arg(long, default_value_t = 100)]
    limit: u32,
    /// How many to pass over
    #[arg(long, default_value_t = 0)]
    offset: u32,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Name,
    FirstName,
    Mobile,
    Email,
    Postcode,
    Language,
    Captured,
    Updated,
    Canvasser,
    /// Their word on texts
    Consent,
    /// Their newest confirmation or reminder
    Text,
    /// What is to be put right about them, with --needs-correcting
    ToPutRight,
}

impl By {
    fn order(self, reverse: bool) -> Order {
        let (by, newest_first) = match self {
            Self::Name => (Sort::Name, false),
            Self::FirstName => (Sort::FirstName, false),
            Self::Mobile => (Sort::Mobile, false),
            Self::Email => (Sort::Email, false),
            Self::Postcode => (Sort::Postcode, false),
            Self::Language => (Sort::Language, false),
            Self::Captured => (Sort::CapturedAt, true),
            Self::Updated => (Sort::UpdatedAt, true),
            Self::Canvasser => (Sort::Canvasser, false),
            Self::Consent => (Sort::Consent, true),
            Self::Text => (Sort::Text, false),
            Self::ToPutRight => (Sort::ToPutRight, true),
        };
        let direction = if newest_first == reverse {
            Direction::Ascending
        } else {
            Direction::Descending
        };
        Order { by, direction }
    }
}

impl People {
    /// The people that are asked for.
    pub fn rows(&self, campaign: &Campaign) -> Result<PeoplePage> {
        let mut question = self.whom.question(campaign)?;
        if let Some(sort) = self.sort {
            question.sort = sort.order(self.reverse);
        }
        PeoplePage::of(campaign, &question, self.offset, self.limit)
    }
}

impl Answer for PeoplePage {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        for row in &self.rows {
            let PersonRow {
                id,
                name,
                mobile,
                email,
                postcode,
                ..
            } = row;
            writeln!(to, "{id}  {name}  {mobile}  {email}  {postcode}")?;
        }
        let more = if self.more { "more than " } else { "" };
        writeln!(to, "{} of {more}{}", self.rows.len(), self.total)
    }
}

/// Records that may be one person's, the likeliest first.
#[derive(Debug, Args)]
pub struct Doubled {
    /// List what was found last, without looking at everybody anew
    #[arg(long)]
    as_found: bool,
    /// How many pairs at most
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

impl Doubled {
    /// Looks for them.
    pub fn found(&self, whole: &Whole, campaign: &Campaign) -> Result<DuplicatesPage> {
        if !self.as_found {
            watched(whole, |watch| campaign.look_for_duplicates(watch))?;
        }
        Ok(campaign.duplicates(0, self.limit)?.into())
    }
}

impl Answer for DuplicatesPage {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        for Pair {
            one,
            other,
            because,
            ..
        } in &self.pairs
        {
            writeln!(to, "{because}:")?;
            for card in [one, other] {
                writeln!(
                    to,
                    "  {}  {} {}  {}  {}  {}",
                    card.id,
                    card.first_name,
                    card.last_name,
                    card.mobile,
                    card.email,
                    card.postcode
                )?;
            }
        }
        writeln!(to, "{} of {} pairs", self.pairs.len(), self.total)
    }
}

/// Two records into one. `placard undo` undoes it.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  placard merge KEEP OTHER --take email

KEEP and OTHER are ids, as `placard people` and `placard duplicates` print them.")]
pub struct Merge {
    /// The record that is kept
    keep: Uuid,
    /// The record that goes into it
    other: Uuid,
    /// A detail that is taken from the other record (may be repeated)
    #[arg(long, value_enum, value_name = "DETAIL")]
    take: Vec<Detail>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Detail {
    FirstName,
    LastName,
    Mobile,
    Email,
    Postcode,
    Language,
}

impl From<Detail> for Field {
    fn from(detail: Detail) -> Self {
        match detail {
            Detail::FirstName => Self::FirstName,
            Detail::LastName => Self::LastName,
            Detail::Mobile => Self::Mobile,
            Detail::Email => Self::Email,
            Detail::Postcode => Self::Postcode,
            Detail::Language => Self::Language,
        }
    }
}

impl Merge {
    /// Merges them.
    pub fn done(&self, campaign: &Campaign) -> Result<Undone> {
        let take: Vec<_> = self
            .take
            .iter()
            .map(|detail| (Field::from(*detail), Side::Other))
            .collect();
        Ok(campaign.merge(self.keep, self.other, &take)?.into())
    }
}

impl Answer for Undone {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}: {}", self.name, self.sentence)
    }
}
