//! `placard texts`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use placard_core::Result;
use placard_core::campaign::Campaign;
use placard_core::storage::texts::Group;
use serde::Serialize;

use super::answer::Answer;
use crate::commands::texts::{GroupCounts, TextRow};

/// Which texts.
#[derive(Debug, Args)]
pub struct Texts {
    /// Of which group
    #[arg(long, value_enum, default_value_t = Grouped::NeedsYou)]
    group: Grouped,
    /// How many at most; 500 are the most at a time
    #[arg(long, default_value_t = 100)]
    limit: u32,
    /// How many to pass over
    #[arg(long, default_value_t = 0)]
    offset: u32,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Grouped {
    NeedsYou,
    Going,
    Waiting,
    Done,
}

impl From<Grouped> for Group {
    fn from(group: Grouped) -> Self {
        match group {
            Grouped::NeedsYou => Self::NeedsYou,
            Grouped::Going => Self::Going,
            Grouped::Waiting => Self::Waiting,
            Grouped::Done => Self::Done,
        }
    }
}

/// Texts, and how many there are of each group.
#[derive(Serialize)]
pub struct Found {
    counts: GroupCounts,
    rows: Vec<TextRow>,
}

impl Texts {
    /// The texts that are asked for.
    pub fn rows(&self, campaign: &Campaign) -> Result<Found> {
        let page = campaign.texts(self.group.into(), self.offset, self.limit)?;
        Ok(Found {
            counts: page.counts.into(),
            rows: page.rows.into_iter().map(TextRow::from).collect(),
        })
    }
}

impl Answer for Found {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        for row in &self.rows {
            let TextRow {
                at,
                name,
                mobile,
                state_word,
                sentence,
                ..
            } = row;
            writeln!(to, "{at}  {name}  {mobile}  {state_word}: {sentence}")?;
        }
        let GroupCounts {
            needs_you,
            going,
            waiting,
            done,
        } = self.counts;
        writeln!(
            to,
            "{needs_you} need you, {going} going, {waiting} waiting, {done} done"
        )
    }
}
