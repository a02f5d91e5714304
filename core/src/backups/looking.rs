//! What a backup holds, said before anything is replaced by it.

use std::cmp::Reverse;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::Opener;
use super::file::{Label, damaged};
use super::places::{Backup, Place, Places, in_places, newness};
use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::vault::{DatabaseKey, Folder, Header};
use crate::storage::{Contents, examine};

/// What a backup holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Inside {
    /// The campaign.
    pub campaign: String,
    /// When the backup was taken.
    pub at: DateTime<Utc>,
    /// How many people.
    pub people: u64,
    /// How many texts, in whatever state.
    pub texts: u64,
    /// When somebody was captured last before it.
    pub newest_capture: Option<DateTime<Utc>>,
    /// How many entries of the consent ledger.
    pub entries: u64,
    /// Whether every byte and every page is as it was written. Where not, the numbers are what was written down when
    /// it was taken.
    pub readable: bool,
}

impl Inside {
    /// It in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        if !self.readable {
            return "This backup is damaged: it is not as it was written. Choose another."
                .to_owned();
        }
        let people = match self.people {
            1 => "1 person".to_owned(),
            count => format!("{count} people"),
        };
        let newest = self.newest_capture.map_or_else(String::new, |at| {
            format!(", the last of them captured on {}", on_the_wall(at))
        });
        format!(
            "{} as it was on {}: {people}{newest}.",
            self.campaign,
            on_the_wall(self.at)
        )
    }
}

/// A time as it is on this laptop's wall.
pub(super) fn on_the_wall(at: DateTime<Utc>) -> String {
    let wall = at.with_timezone(&chrono::Local);
    wall.format("%-d %B %Y at %H:%M").to_string()
}

/// Says what a backup holds, having looked at every byte of it. Changes nothing.
///
/// # Errors
/// [`Error::WrongPassphrase`], [`Error::NewerVault`], [`Error::Invalid`] where it is no backup, [`Error::Stopped`].
pub fn look_into(path: &Path, opener: &Opener<'_>, watch: &Watch<'_>) -> Result<Inside> {
    let opened = open(path, opener)?;
    let sound = opened.sound(watch);
    let (contents, readable) = match sound {
        Ok(contents) => (contents, true),
        Err(Error::Invalid { .. } | Error::DamagedVault) => (opened.written, false),
        Err(error) => return Err(error),
    };
    Ok(Inside {
        campaign: contents.campaign,
        at: opened.label.at(),
        people: contents.people,
        texts: contents.texts,
        newest_capture: contents.newest_capture,
        entries: contents.entries,
        readable,
    })
}

/// A backup whose key is known.
pub(super) struct Opened<'a> {
    path: &'a Path,
    pub(super) label: Label,
    pub(super) key: DatabaseKey,
    /// What it held when it was taken.
    pub(super) written: Contents,
}

pub(super) fn open<'a>(path: &'a Path, opener: &Opener<'_>) -> Result<Opened<'a>> {
    let label = Label::read(path)?;
    let key = opener.open(&label.header()?)?;
    let written = label.contents(&key).ok_or(match opener {
        // The passphrase is right, and what it opens is not what was sealed.
        Opener::Secret(_) => damaged(),
        Opener::Key(_) => Error::WrongPassphrase,
    })?;
    Ok(Opened {
        path,
        label,
        key,
        written,
    })
}

impl Opened<'_> {
    /// What it holds, if every byte and every page is as it was written.
    pub(super) fn sound(&self, watch: &Watch<'_>) -> Result<Contents> {
        self.label.check(self.path, watch)?;
        let found = examine(self.path, &self.key)?;
        match found == self.written {
            true => Ok(found),
            false => Err(damaged()),
        }
    }
}

/// The newest backup that is whole, offered where the vault cannot be opened. How many people it holds is sealed until
/// the passphrase is typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its file.
    pub backup: Backup,
    /// It in a sentence.
    pub sentence: String,
}

/// Offers the newest whole backup of a data folder's vault, one from the future last. On a stick that serves several laptops
/// there are others': they come after those that are this vault's for certain, and it is said that they may be another's.
///
/// # Errors
/// [`Error::Stopped`].
pub fn offered(data: &Path, now: DateTime<Utc>, watch: &Watch<'_>) -> Result<Option<Offered>> {
    let header = Header::read(&Folder::campaign(data).header()).ok();
    let is_ours = |label: &Label| match (&header, label.header()) {
        (Some(header), Ok(of)) => of.is_akin_to(header),
        _ => false,
    };
    let mut found: Vec<(bool, Backup, Label)> = in_places(&Places::of(data))
        .map(|(backup, label)| (is_ours(&label), backup, label))
        .collect();
    found.sort_by_key(|(is_ours, backup, _)| {
        Reverse((
            *is_ours,
            header.is_none() && backup.place == Place::Here,
            newness(backup.at, now),
        ))
    });
    for (is_ours, backup, label) in found {
        match label.check(&backup.path, watch) {
            Ok(()) => {
                return Ok(Some(Offered {
                    sentence: whole(is_ours),
                    backup,
                }));
            }
            Err(Error::Stopped) => return Err(Error::Stopped),
            Err(_) => {}
        }
    }
    Ok(None)
}

fn whole(is_ours: bool) -> String {
    let unknown = match is_ours {
        true => "",
        false => {
            " Whether it is of this vault only the passphrase tells: it may be another laptop's."
        }
    };
    format!(
        "It was read through, and is whole.{unknown} Placard can restore it, and add what can still be read of the damaged vault."
    )
}
