//! `placard export`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use placard_core::Result;
use placard_core::campaign::Campaign;
use placard_core::exchange::writing::Format;

use super::answer::Answer;
use super::line::Whole;
use super::watching::watched;
use super::whom::Whom;
use crate::commands::export::ExportedFile;

/// People into a file for others.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  placard export --format excel --consent confirmed
  placard export --format action-network --to /media/stick --saved \"To call\"")]
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
    #[value(name = "nationbuilder")]
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
    pub fn done(&self, whole: &Whole, campaign: &Campaign) -> Result<ExportedFile> {
        let question = self.whom.question(campaign)?;
        let who = campaign.whom(&question)?;
        watched(whole, |watch| {
            campaign.export_people(&who, self.format.into(), &self.to, watch)
        })
        .map(ExportedFile::from)
    }
}

impl Answer for ExportedFile {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}\n{}", self.path, self.sentence)
    }
}
