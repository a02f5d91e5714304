//! Where backups are: beside the campaign, and in a second place that the organiser chose.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::file::Label;
use crate::error::{Error, Result};
use crate::storage::vault::DatabaseKey;

/// How the files end.
const ENDING: &str = "placard";
/// How they begin.
const BEGINNING: &str = "Placard backup ";
/// No two clocks are alike: a backup from further ahead was taken while the clock was wrong.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// Where the backups of the campaign of a data folder are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    data: PathBuf,
    /// The folder beside the campaign.
    pub here: PathBuf,
    /// Another folder, on a USB stick most likely, where one was chosen.
    pub second: Option<PathBuf>,
}

/// In which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Beside the campaign.
    Here,
    /// In the second place.
    Second,
}

/// A backup that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its file's name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// How many people it holds; nothing where it is of another vault.
    pub people: Option<u64>,
    /// How large it is.
    pub bytes: u64,
    /// Where it is.
    pub place: Place,
}

impl Places {
    /// The places for a data folder. The second is kept in a file outside the vault: it is needed most when the vault
    /// cannot be opened.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        let here = data.join("backups");
        let second = fs::read_to_string(here.join(SECOND_PLACE))
            .ok()
            .map(|path| path.trim().to_owned())
            .filter(|path| !path.is_empty())
            .map(PathBuf::from);
        Self {
            data: data.to_owned(),
            here,
            second,
        }
    }

    /// The data folder that they are of.
    pub(super) fn data(&self) -> &Path {
        &self.data
    }

    /// Chooses the second place, or none.
    ///
    /// # Errors
    /// [`Error::Invalid`] where no backup could be kept there.
    pub fn choose_second(&self, path: Option<&Path>) -> Result<Self> {
        if let Some(path) = path {
            if !path.is_absolute() || !path.is_dir() {
                return Err(Error::invalid(
                    "path",
                    "There is no such folder. Plug the stick in, and choose a folder on it.",
                ));
            }
            if is_same(path, &self.here) || is_within(path, &self.data) {
                return Err(Error::invalid(
                    "path",
                    "Backups are kept on this laptop already. Choose a folder on another disk or a USB stick.",
                ));
            }
            let trial = path.join(".placard-trial");
            let written = fs::write(&trial, b"Placard").and_then(|()| fs::remove_file(&trial));
            written.map_err(|_| {
                Error::invalid(
                    "path",
                    "Nothing can be written to this folder. Choose another.",
                )
            })?;
        }
        fs::create_dir_all(&self.here)?;
        let kept = self.here.join(SECOND_PLACE);
        match path.map(|path| path.to_str().ok_or(())) {
            None => match fs::remove_file(&kept) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error.into());
                }
                _ => {}
            },
            Some(Ok(path)) => fs::write(&kept, path)?,
            Some(Err(())) => {
                return Err(Error::invalid(
                    "path",
                    "This folder's name cannot be written down. Choose another.",
                ));
            }
        }
        Ok(Self::of(&self.data))
    }

    /// The folders in which backups may be.
    pub(super) fn folders(&self) -> impl Iterator<Item = (Place, &Path)> {
        let second = self.second.as_deref().map(|path| (Place::Second, path));
        std::iter::once((Place::Here, self.here.as_path())).chain(second)
    }
}

/// Beside the backups.
const SECOND_PLACE: &str = "second-place";

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn is_within(path: &Path, folder: &Path) -> bool {
    matches!((path.canonicalize(), folder.canonicalize()), (Ok(path), Ok(folder)) if path.starts_with(&folder))
}

/// The backups that are there, newest first. With the key, those of other vaults are left out: a stick can serve
/// several laptops.
#[must_use]
pub fn list(places: &Places, key: Option<&DatabaseKey>) -> Vec<Backup> {
    let mut found: Vec<Backup> = in_places(places)
        .filter_map(|(backup, label)| match key {
            None => Some(backup),
            Some(key) => label.contents(key).map(|contents| Backup {
                people: Some(contents.people),
                ..backup
            }),
        })
        .collect();
    found.sort_by(|one, other| (other.at, &other.name).cmp(&(one.at, &one.name)));
    found
}

/// Whether a backup is from the future: how old it is, its time does not tell.
pub(super) fn is_from_future(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at > now + AHEAD
}

/// The newer, the more. What is from the future comes after everything else: something newer may have been taken since the
/// clock was put right.
pub(super) fn newness(at: DateTime<Utc>, now: DateTime<Utc>) -> (bool, DateTime<Utc>) {
    (!is_from_future(at, now), at)
}

/// The newest first, and those from the future last.
pub(super) fn newest_first(mut backups: Vec<Backup>, now: DateTime<Utc>) -> Vec<Backup> {
    backups.sort_by_key(|backup| Reverse(newness(backup.at, now)));
    backups
}

/// Whatever can be told to be a backup, in each place.
pub(super) fn in_places(places: &Places) -> impl Iterator<Item = (Backup, Label)> {
    places
        .folders()
        .flat_map(|(place, folder)| in_folder(folder, place))
}

/// The backups of a folder that can be told to be some. One that is not there has none.
pub(super) fn in_folder(folder: &Path, place: Place) -> Vec<(Backup, Label)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(std::result::Result::ok)
        .filter_map(|entry| {
            let path = entry.path();
            let name = entry.file_name().to_str()?.to_owned();
            if path.extension()? != ENDING || name.starts_with('.') {
                return None;
            }
            let label = Label::read(&path).ok()?;
            Some((
                Backup {
                    name,
                    at: label.at(),
                    people: None,
                    bytes: entry.metadata().ok()?.len(),
                    path,
                    place,
                },
                label,
            ))
        })
        .collect()
}

/// A name that is free in a folder, by the time on this laptop's wall.
pub(super) fn free_name(folder: &Path, at: DateTime<Utc>) -> PathBuf {
    let wall = at.with_timezone(&chrono::Local).format("%Y-%m-%d %H-%M");
    let first = folder.join(format!("{BEGINNING}{wall}.{ENDING}"));
    if !first.exists() {
        return first;
    }
    (2_u32..)
        .map(|number| folder.join(format!("{BEGINNING}{wall} ({number}).{ENDING}")))
        .find(|path| !path.exists())
        .unwrap_or(first)
}
