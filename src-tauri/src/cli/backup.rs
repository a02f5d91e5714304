//! `placard backup` and `placard restore`.

use std::io::{self, Write};
use std::path::PathBuf;

use chrono::Utc;
use clap::{Args, Subcommand};
use placard_core::Result;
use placard_core::backups::{self, Opener, Places};
use serde::Serialize;

use super::answer::{Answer, Form, give};
use super::ending::Ending;
use super::line::Whole;
use super::watching::watched;
use super::{passphrase, vault};
use crate::commands::backups::{Backup, Inside};

/// What is done with backups.
#[derive(Debug, Subcommand)]
pub enum Backing {
    /// Take one now, to the second place too where one is chosen
    Now,
    /// List those that are there, newest first
    List,
}

/// A backup in the vault's place. What it replaces is kept beside it.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup's file
    backup: PathBuf,
    /// Only say what it holds
    #[arg(long)]
    look: bool,
}

impl Backing {
    /// Does it.
    pub fn done(&self, whole: &Whole, form: Form) -> Result<Ending> {
        match self {
            Self::Now => {
                let (data, secret) = (vault::folder(whole)?, passphrase::given(whole)?);
                let (taken, trouble) = watched(whole, |watch| {
                    backups::back_up(&data, &secret, Utc::now(), watch)
                })?;
                if let Some(trouble) = trouble {
                    eprintln!("{trouble}");
                }
                give(&Backup::from(taken), form)
            }
            Self::List => {
                let places = Places::of(&vault::folder(whole)?);
                let list = backups::list(&places, None);
                give(&Listed(list.into_iter().map(Backup::from).collect()), form)
            }
        }
    }
}

impl Answer for Backup {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}  {}", self.at, self.path)
    }
}

#[derive(Serialize)]
struct Listed(Vec<Backup>);

impl Answer for Listed {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        if self.0.is_empty() {
            return writeln!(to, "There are no backups yet.");
        }
        self.0.iter().try_for_each(|backup| backup.say(to))
    }
}

impl Restore {
    /// Looks into the backup, or puts it in the vault's place.
    pub fn done(&self, whole: &Whole, form: Form) -> Result<Ending> {
        let secret = passphrase::given(whole)?;
        let opener = Opener::Secret(&secret);
        if self.look {
            let inside = watched(whole, |watch| {
                backups::look_into(&self.backup, &opener, watch)
            })?;
            return give(&Inside::from(inside), form);
        }
        let data = vault::folder(whole)?;
        let restored = watched(whole, |watch| {
            backups::restore(&data, &self.backup, &opener, Utc::now(), watch)
        })?;
        let restored = Restored {
            sentence: restored.sentence,
            kept: restored.kept,
        };
        give(&restored, form)
    }
}

impl Answer for Inside {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.sentence)
    }

    fn ending(&self) -> Ending {
        if self.readable {
            Ending::Done
        } else {
            Ending::LeftOver
        }
    }
}

#[derive(Serialize)]
struct Restored {
    sentence: String,
    /// Where what it replaced is now.
    kept: Option<PathBuf>,
}

impl Answer for Restored {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.sentence)
    }
}
