//! `placard hand-over` and `placard take-in`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use placard_core::Result;
use placard_core::campaign::{Campaign, Handing, LockedWith};
use secrecy::SecretString;

use super::answer::Answer;
use super::line::Whole;
use super::passphrase;
use super::watching::watched;
use crate::commands::handing::{HandedContents, HandedOver};

/// An encrypted file for another laptop of the campaign.
#[derive(Debug, Args)]
pub struct HandOver {
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
}

/// Another laptop's file into this vault. Taking in the same file twice changes nothing.
#[derive(Debug, Args)]
pub struct TakeIn {
    /// The file
    file: PathBuf,
    /// Only say what it would do
    #[arg(long)]
    look: bool,
    /// A file with the passphrase for it in its first line, where it is not locked for this laptop's key
    #[arg(long, value_name = "FILE")]
    file_passphrase_file: Option<PathBuf>,
}

impl HandOver {
    /// Writes the file.
    pub fn done(&self, whole: &Whole, campaign: &Campaign) -> Result<HandedOver> {
        let what = if self.since_last {
            Handing::SinceLast
        } else {
            Handing::All
        };
        let lock = match (&self.recipient, &self.file_passphrase_file) {
            (Some(key), _) => LockedWith::Recipient(key.clone()),
            (None, Some(file)) => LockedWith::Passphrase(passphrase::first_line(file)?),
            (None, None) => LockedWith::Passphrase(passphrase::asked("Passphrase for the file: ")?),
        };
        let file = watched(whole, |watch| {
            campaign.hand_over(&what, &lock, &self.to, watch)
        })?;
        Ok(file.into())
    }
}

impl TakeIn {
    /// Looks into the file, and takes it in.
    pub fn done(&self, whole: &Whole, campaign: &Campaign) -> Result<HandedContents> {
        let secret: Option<SecretString> = self
            .file_passphrase_file
            .as_deref()
            .map(passphrase::first_line)
            .transpose()?;
        let taken = watched(whole, |watch| {
            if self.look {
                campaign.read_handed(&self.file, secret.as_ref(), watch)
            } else {
                campaign.take_in(&self.file, secret.as_ref(), watch)
            }
        })?;
        Ok(taken.into())
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
