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
#[command(after_help = "\
Examples:
  placard restore \"Placard backup 2026-05-02 17-15.placard\" --look
  placard restore \"Placard backup 2026-05-02 17-15.placard\"
  placard restore --salvage")]
pub struct Restore {
    /// The backup's file; with --salvage the newest good one, where none is named
    #[arg(required_unless_present = "salvage")]
    backup: Option<PathBuf>,
    /// Only say what it holds
    #[arg(long, conflicts_with = "salvage")]
    look: bool,
    /// Add whoever was saved after it too, as far as the vault that it replaces can be read: for a damaged vault
    #[arg(long)]
    salvage: bool,
}

impl Backing {
    /// Does it.
    pub fn done(&self, whole: &Whole, form: Form) -> Result<Ending> {
        match self {
            Self::Now => {
                let (data, secret) = (vault::folder(whole)?, passphrase::given(whole)?);
                let (backup, second_place_trouble) = vault::once_free(whole, || {
                    watched(whole, |watch| {
                        backups::back_up(&data, &secret, Utc::now(), watch)
                    })
                })?;
                let taken = Taken {
                    backup: backup.into(),
                    second_place_trouble,
                };
                give(&taken, form)
            }
            Self::List => {
                let places = Places::of(&vault::folder(whole)?);
                let list = backups::list(&places, None);
                give(&Listed(list.into_iter().map(Backup::from).collect()), form)
            }
        }
    }
}

#[derive(Serialize)]
struct Taken {
    #[serde(flatten)]
    backup: Backup,
    /// Why it is not in the second place too, where one was chosen.
    second_place_trouble: Option<String>,
}

impl Answer for Taken {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        self.backup.say(to)?;
        match &self.second_place_trouble {
            Some(trouble) => writeln!(to, "{trouble}"),
            None => Ok(()),
        }
    }

    fn ending(&self) -> Ending {
        match self.second_place_trouble {
            Some(_) => Ending::LeftOver,
            None => Ending::Done,
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
        if let (true, Some(backup)) = (self.look, &self.backup) {
            let inside = watched(whole, |watch| backups::look_into(backup, &opener, watch))?;
            return give(&Inside::from(inside), form);
        }
        let data = vault::folder(whole)?;
        let restored = vault::once_free(whole, || {
            watched(whole, |watch| match &self.backup {
                Some(backup) if !self.salvage => {
                    backups::restore(&data, backup, &opener, Utc::now(), watch)
                }
                named => backups::salvage(&data, named.as_deref(), &secret, Utc::now(), watch),
            })
        })?;
        let restored = Restored {
            sentence: restored.sentence,
            kept: restored.kept,
            salvaged: self.salvage,
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
    #[serde(skip)]
    salvaged: bool,
}

impl Answer for Restored {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.sentence)?;
        let Some(kept) = &self.kept else {
            return Ok(());
        };
        writeln!(to, "What it replaced is kept in {}", kept.display())?;
        if !self.salvaged {
            writeln!(to, "Whoever was saved after the backup is only there.")?;
        }
        Ok(())
    }
}
