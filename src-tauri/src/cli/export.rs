//! `placard export`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use placard_core::Result;
use placard_core::campaign::{Campaign, ExportedFile};
use placard_core::exchange::writing::Format;
use serde::Serialize;

use super::answer::Answer;
use super::line::Whole;
use super::watching::watched;
use super::whom::Whom;

/// People into a file for others.
#[derive(Debug, Args)]
pub struct Export {
    /// In which form
    #[arg(long, value_enum, default_value_t = Formatted::Csv)]
    format: Formatted,
    /// The folder the new file goes into
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    to: PathBuf,
    #[command(flatten)]
    whom: Whom,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Formatted {
    Csv,
    Excel,
    NationBuilder,
    ActionNetwork,
    Van,
    Osdi,
}

impl From<Formatted> for Format {
    fn from(format: Formatted) -> Self {
        match format {
            Formatted::Csv => Self::Csv,
            Formatted::Excel => Self::Excel,
            Formatted::NationBuilder => Self::NationBuilder,
            Formatted::ActionNetwork => Self::ActionNetwork,
            Formatted::Van => Self::Van,
            Formatted::Osdi => Self::Osdi,
        }
    }
}

impl Export {
    /// Writes the file.
    pub fn done(&self, whole: &Whole, campaign: &Campaign) -> Result<Exported> {
        let question = self.whom.question(campaign)?;
        let who = campaign.whom(&question)?;
        watched(whole, |watch| {
            campaign.export_people(&who, self.format.into(), &self.to, watch)
        })
        .map(Exported::from)
    }
}

/// The file that was written.
#[derive(Serialize)]
pub struct Exported {
    path: PathBuf,
    count: u64,
    sentence: String,
}

impl From<ExportedFile> for Exported {
    fn from(file: ExportedFile) -> Self {
        Self {
            path: file.path,
            count: file.count,
            sentence: file.sentence,
        }
    }
}

impl Answer for Exported {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}\n{}", self.path.display(), self.sentence)
    }
}
