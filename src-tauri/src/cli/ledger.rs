//! `placard ledger`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Subcommand;
use placard_core::Result;
use placard_core::campaign::{Campaign, LedgerState};
use serde::Serialize;

use super::answer::{Answer, Form, give};
use super::ending::Ending;

/// What is done with the ledger.
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Go through it entry by entry, and say whether it is whole
    Check,
    /// Write it into a new file, for whoever checks it without Placard
    Save {
        /// The folder the file goes into
        #[arg(long, default_value = ".")]
        to: PathBuf,
    },
}

impl Ledger {
    /// Does it.
    pub fn done(&self, campaign: &Campaign, form: Form) -> Result<Ending> {
        match self {
            Self::Check => give(&Checked::from(campaign.check_ledger()?), form),
            Self::Save { to } => {
                let path = campaign.save_ledger(to)?;
                give(&Saved { path }, form)
            }
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "ledger", rename_all = "snake_case")]
enum Checked {
    Whole { entries: u32, seal: String },
    Broken { number: u32, sentence: String },
}

impl From<LedgerState> for Checked {
    fn from(state: LedgerState) -> Self {
        match state {
            LedgerState::Whole { entries, seal } => Self::Whole { entries, seal },
            LedgerState::Broken { number, sentence } => Self::Broken { number, sentence },
        }
    }
}

impl Answer for Checked {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Whole { entries, seal } => {
                writeln!(
                    to,
                    "The ledger is whole: {entries} entries. Its seal: {seal}"
                )
            }
            Self::Broken { sentence, .. } => writeln!(to, "{sentence}"),
        }
    }

    fn ending(&self) -> Ending {
        match self {
            Self::Whole { .. } => Ending::Done,
            Self::Broken { .. } => Ending::LeftOver,
        }
    }
}

#[derive(Serialize)]
struct Saved {
    path: PathBuf,
}

impl Answer for Saved {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.path.display())
    }
}
