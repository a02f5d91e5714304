//! `placard hand-over` and `placard take-in`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use placard_core::campaign::{Campaign, Handing, LockedWith, TakenIn, Who};
use placard_core::{Error, Result};

use super::answer::{Answer, Form, give};
use super::ending::Ending;
use super::line::Whole;
use super::passphrase;
use super::watching::{is_stopped, watched};
use super::whom::Whom;
use crate::commands::handing::{HandedContents, HandedOver, HandingState};

/// An encrypted file for another laptop of the campaign: everybody, or whom you name.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  placard hand-over --keys
  placard hand-over --to /media/stick --recipient age1… --since-last
  placard hand-over --to /media/stick --canvasser Sam --from 2026-05-02")]
pub struct HandOver {
    #[command(flatten)]
    whom: Whom,
    /// The folder the new file goes into
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    to: PathBuf,
    /// Only what changed since whoever gets it was handed something last
    #[arg(long)]
    since_last: bool,
    /// The public key of the laptop that alone can open it; without one, a passphrase for the file is asked for
    #[arg(long, value_name = "KEY")]
    recipient: Option<String>,
    /// A file with the passphrase for it in its first line
    #[arg(long, value_name = "FILE", conflicts_with = "recipient")]
    file_passphrase_file: Option<PathBuf>,
    /// Hand over nothing: print the key of this laptop, and of those that it knows
    #[arg(long, conflicts_with_all = ["since_last", "recipient", "file_passphrase_file"])]
    keys: bool,
}

/// Another laptop's file into this vault. Taking in the same file twice changes nothing; it cannot be undone.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  placard take-in placard-hand-over-2026-05-02-171500.age --look
  placard take-in placard-hand-over-2026-05-02-171500.age")]
pub struct TakeIn {
    /// The file
    file: PathBuf,
    /// Only say what it would do
    #[arg(long)]
    look: bool,
    /// A file with the passphrase for it in its first line; without one it is asked for, where it is not locked for this
    /// laptop's key
    #[arg(long, value_name = "FILE")]
    file_passphrase_file: Option<PathBuf>,
}

impl HandOver {
    /// Writes the file.
    pub fn done(&self, whole: &Whole, campaign: &Campaign, form: Form) -> Result<Ending> {
        if self.keys {
            return give(&HandingState::from(campaign.hand_over_state()?), form);
        }
        let what = match (
            campaign.whom(&self.whom.question(campaign)?)?,
            self.since_last,
        ) {
            (Who::These(_), true) => {
                return Err(Error::invalid(
                    "since_last",
                    "Hand over what changed since the last time, or whom you name: not both.",
                ));
            }
            (Who::These(people), false) => Handing::Chosen(people.into_iter().collect()),
            (Who::Everyone, true) => Handing::SinceLast,
            (Who::Everyone, false) => Handing::All,
        };
        let lock = match (&self.recipient, &self.file_passphrase_file) {
            (Some(key), _) => LockedWith::Recipient(key.clone()),
            (None, Some(file)) => LockedWith::Passphrase(passphrase::first_line(file)?),
            (None, None) => LockedWith::Passphrase(passphrase::for_file()?),
        };
        let file = watched(whole, |watch| {
            campaign.hand_over(&what, &lock, &self.to, watch)
        })?;
        give(&HandedOver::from(file), form)
    }
}

impl TakeIn {
    /// Looks into the file, or takes it in.
    pub fn done(&self, whole: &Whole, campaign: &Campaign) -> Result<HandedContents> {
        let mut secret = match &self.file_passphrase_file {
            Some(file) => Some(passphrase::first_line(file)?),
            None => None,
        };
        loop {
            let taken: Result<TakenIn> = watched(whole, |watch| match self.look {
                true => campaign.read_handed(&self.file, secret.as_ref(), watch),
                false => campaign.take_in(&self.file, secret.as_ref(), watch),
            });
            match taken {
                Err(Error::FilePassphrase(why)) if self.file_passphrase_file.is_none() => {
                    if secret.is_some() {
                        eprintln!("{why}");
                    }
                    secret = Some(passphrase::of_file()?);
                    if is_stopped() {
                        return Err(Error::Stopped);
                    }
                }
                taken => return taken.map(HandedContents::from),
            }
        }
    }
}

impl Answer for HandedOver {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}\n{}", self.path, self.sentence)
    }
}

impl Answer for HandedContents {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.sentence)
    }
}

impl Answer for HandingState {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}  this laptop", self.organiser_key)?;
        for known in &self.known_recipients {
            writeln!(to, "{}  {}", known.key, known.name)?;
        }
        Ok(())
    }
}
