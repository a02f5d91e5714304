//! A backup takes the vault's place, and what it replaces is kept.
//!
//! The restored vault is made ready in a folder beside. From then on a plan lies in the data folder, and files change
//! place by renames, each of which can be the last before the power goes: whoever comes next goes through the same steps
//! again, and those that were done are passed over.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Opener;
use super::looking::{on_the_wall, open};
use super::taking::sync;
use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::vault::{Folder, Header};
use crate::storage::{Salvage, Salvaged, Storage, restored, take_over};

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// It in a sentence.
    pub sentence: String,
    /// Where what it replaced is now; nothing where nothing was there.
    pub kept: Option<PathBuf>,
    /// How many texts may have gone since the backup.
    pub uncertain: u64,
    /// What was brought over from what it replaced.
    pub brought: Salvaged,
}

/// Puts a backup in the place of the data folder's campaign. What it replaces is kept beside.
///
/// # Errors
/// [`Error::WrongPassphrase`], [`Error::NewerVault`], [`Error::VaultInUse`] while the campaign is open anywhere,
/// [`Error::DiskFull`], [`Error::Stopped`]: then nothing has changed.
pub fn restore(
    data: &Path,
    path: &Path,
    opener: &Opener<'_>,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<Restored> {
    put_back(data, path, opener, Salvage::WhatHappenedOutside, now, watch)
}

pub(super) fn put_back(
    data: &Path,
    path: &Path,
    opener: &Opener<'_>,
    what: Salvage,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<Restored> {
    settle(data)?;
    let campaign = Folder::campaign(data);
    let _held = campaign.hold()?;
    let opened = open(path, opener)?;
    opened.sound(&watch.part(0, 3))?;
    let ready = ready(data);
    ready.discard()?;
    let made = make(data, path, opener, what, now, &watch.part(1, 3));
    let (uncertain, brought) = match made {
        Ok(made) => made,
        Err(error) => {
            // What is left of it is thrown away by the next one, should this fail too.
            let _ = ready.discard();
            return Err(error);
        }
    };
    let plan = Plan {
        kept: free_folder(data, now),
    };
    plan.write(data)?;
    let kept = plan.finish(data)?;
    let backup = on_the_wall(opened.label.at());
    let mut sentence = match opened.written.people {
        1 => format!("Restored as it was on {backup}: 1 person."),
        people => format!("Restored as it was on {backup}: {people} people."),
    };
    sentence.push_str(&match uncertain {
        0 => " No text goes until you say so in Texts.".to_owned(),
        1 => " 1 text may have gone since: it needs you in Texts. None goes until you say so.".to_owned(),
        _ => format!(
            " {uncertain} texts may have gone since: they need you in Texts. None goes until you say so."
        ),
    });
    if kept.is_some() && (!brought.was_read || brought.gaps > 0) {
        sentence.push_str(
            " Not all of the vault that it replaces could be read: look whether whoever opted out or said no since is here as they said.",
        );
    }
    Ok(Restored {
        sentence,
        kept,
        uncertain,
        brought,
    })
}

/// Where the restored vault is made ready.
fn ready(data: &Path) -> Folder {
    Folder::restored(data)
}

/// Makes the restored vault ready, apart from everything else.
fn make(
    data: &Path,
    path: &Path,
    opener: &Opener<'_>,
    what: Salvage,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<(u64, Salvaged)> {
    let opened = open(path, opener)?;
    let ready = ready(data);
    let _held = ready.hold()?;
    opened
        .label
        .unpack(path, &ready.database(), &watch.part(0, 2))?;
    let replaced = copy_replaced(data, &ready, &watch.part(1, 2))?;
    let key = &opened.key;
    let storage = Storage::open(&ready.database(), key)?;
    // One from the future was taken while the clock was wrong: by now at the latest.
    let at = opened.label.at().min(now);
    let made = storage.write(|conn| {
        restored::begin(conn, at, now)?;
        let brought = match &replaced {
            Some(replaced) => take_over(conn, replaced, key, what, now)?,
            None => Salvaged::default(),
        };
        Ok((restored::settle(conn, at, now)?, brought))
    })?;
    drop(storage);
    if let Some(replaced) = replaced {
        discard_database(&replaced)?;
    }
    header_for(data, opener, &opened.label.header()?)?.write(&ready.header())?;
    File::options()
        .write(true)
        .open(ready.database())?
        .sync_all()?;
    sync(ready.path())?;
    Ok(made)
}

/// The passphrase that the person knows: the newest, where it opens the same vault.
fn header_for(data: &Path, opener: &Opener<'_>, of_backup: &Header) -> Result<Header> {
    let Ok(now) = Header::read(&Folder::campaign(data).header()) else {
        return Ok(of_backup.clone());
    };
    let is_newest = match opener {
        _ if now == *of_backup => true,
        // It was opened by this header.
        Opener::Key(_) => true,
        Opener::Secret(_) => match (opener.open(&now), opener.open(of_backup)) {
            (Ok(newest), Ok(older)) => newest == older,
            _ => false,
        },
    };
    Ok(match is_newest {
        true => now,
        false => of_backup.clone(),
    })
}

/// A copy of the vault that is replaced, to be read: reading a log changes the files, and they are kept as they are.
fn copy_replaced(data: &Path, ready: &Folder, watch: &Watch<'_>) -> Result<Option<PathBuf>> {
    let from = Folder::campaign(data).database();
    if !from.exists() {
        return Ok(None);
    }
    let to = ready.path().join("replaced");
    watch.at(0, 1)?;
    fs::copy(&from, &to)?;
    let log = with_ending(&from, "-wal");
    if log.exists() {
        fs::copy(log, with_ending(&to, "-wal"))?;
    }
    watch.at(1, 1)?;
    Ok(Some(to))
}

fn discard_database(database: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm"] {
        match fs::remove_file(with_ending(database, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn free_folder(data: &Path, now: DateTime<Utc>) -> String {
    let wall = now.with_timezone(&chrono::Local).format("%Y-%m-%d %H-%M");
    let first = format!("vault before {wall}");
    if !data.join(&first).exists() {
        return first;
    }
    (2_u32..)
        .map(|number| format!("{first} ({number})"))
        .find(|name| !data.join(name).exists())
        .unwrap_or(first)
}

/// What is to be done once the restored vault is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Plan {
    /// The name of the folder in which what is replaced is kept.
    kept: String,
}

/// The vault's files that change place, in the order in which the restored ones come in: with the last, the database,
/// the vault is the restored one.
const FILES: [(&str, bool); 4] = [
    ("vault.placard-wal", false),
    ("vault.placard-shm", false),
    ("vault.key", true),
    ("vault.placard", true),
];

/// A step of a restore. Doing it twice does no more than doing it once.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// A file of the vault that is replaced goes to where it is kept.
    Out(&'static str),
    /// A file of the restored vault comes in.
    In(&'static str),
    /// The plan is forgotten, and the folder in which it was made ready.
    Done,
}

impl Plan {
    fn file(data: &Path) -> PathBuf {
        data.join("restoring.json")
    }

    fn write(&self, data: &Path) -> Result<()> {
        let text = serde_json::to_vec(self).map_err(|_| Error::Broke)?;
        let beside = data.join("restoring.new");
        fs::write(&beside, text)?;
        File::options().write(true).open(&beside)?.sync_all()?;
        fs::rename(beside, Self::file(data))?;
        sync(data)
    }

    fn steps() -> Vec<Step> {
        let out = FILES.iter().map(|(name, _)| Step::Out(name));
        let come = FILES.iter().filter(|(_, comes)| *comes);
        out.chain(come.map(|(name, _)| Step::In(name)))
            .chain([Step::Done])
            .collect()
    }

    fn finish(&self, data: &Path) -> Result<Option<PathBuf>> {
        for step in Self::steps() {
            self.take(data, &step)?;
        }
        let kept = data.join(&self.kept);
        Ok(kept.exists().then_some(kept))
    }

    fn take(&self, data: &Path, step: &Step) -> Result<()> {
        let (campaign, ready) = (Folder::campaign(data), ready(data));
        let kept = data.join(&self.kept);
        match step {
            Step::Out(name) => {
                // What came in already is not taken out again: until then the restored one is still in its own folder.
                let waits = match *name {
                    "vault.key" => ready.header(),
                    _ => ready.database(),
                };
                let from = campaign.path().join(name);
                if !waits.exists() || !from.exists() {
                    return Ok(());
                }
                fs::create_dir_all(&kept)?;
                sync(data)?;
                fs::rename(from, kept.join(name))?;
                sync(&kept)?;
                sync(campaign.path())
            }
            Step::In(name) => {
                let from = ready.path().join(name);
                if !from.exists() {
                    return Ok(());
                }
                fs::create_dir_all(campaign.path())?;
                fs::rename(from, campaign.path().join(name))?;
                sync(campaign.path())?;
                sync(ready.path())
            }
            Step::Done => {
                fs::remove_file(Self::file(data))?;
                sync(data)?;
                ready.discard()
            }
        }
    }
}

/// Finishes a restore that was cut short. To be called before the vault of a data folder is looked at.
///
/// # Errors
/// [`Error::VaultInUse`] while another Placard restores there, or the disk says no.
pub fn settle(data: &Path) -> Result<()> {
    let file = Plan::file(data);
    let text = match fs::read(&file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        text => text?,
    };
    // Whoever restores holds the folder, as does whoever has the campaign open.
    let _held = Folder::campaign(data).hold()?;
    // It was written whole or not at all; what cannot be read is not ours.
    let plan: Plan = serde_json::from_slice(&text).map_err(|_| Error::NotAVault)?;
    if file.exists() {
        plan.finish(data)?;
        tracing::info!("a restore that was cut short is finished");
    }
    Ok(())
}

/// A restore that is cut short, for tests.
#[cfg(test)]
pub(super) mod cut_short {
    use super::*;

    /// Makes the restored vault ready and goes so many steps, as far as a power cut lets it. Gives how many there are.
    pub fn after(
        data: &Path,
        path: &Path,
        opener: &Opener<'_>,
        now: DateTime<Utc>,
        watch: &Watch<'_>,
        steps: usize,
    ) -> usize {
        let campaign = Folder::campaign(data);
        let _held = campaign.hold().unwrap();
        make(data, path, opener, Salvage::WhatHappenedOutside, now, watch).unwrap();
        let plan = Plan {
            kept: free_folder(data, now),
        };
        plan.write(data).unwrap();
        let all = Plan::steps();
        for step in all.iter().take(steps) {
            plan.take(data, step).unwrap();
        }
        all.len()
    }
}
