//! Taking a backup: a copy beside the work, labelled, made durable, checked, and only then called one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::file::{Label, damaged, through};
use super::kept::{Taken, may_go};
use super::places::{Backup, Place, Places, free_name, in_folder, newness};
use super::{Opener, settle};
use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::vault::{DatabaseKey, Folder, Header, Standing};
use crate::storage::{Storage, examine};

/// What is not finished, here or in the second place.
const UNFINISHED: &str = ".placard-unfinished";

/// Takes a backup of an open vault: here, and in the second place where that is there.
///
/// # Errors
/// [`Error::DiskFull`], [`Error::Stopped`]; then there is none, and those before it are untouched. That the second
/// place is not there is no error: it is said when the newest is copied there.
pub fn take(
    storage: &Storage,
    places: &Places,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<Backup> {
    let header = Header::read(&Folder::campaign(places.data()).header())?;
    make_private(&places.here)?;
    let unfinished = Unfinished::begin(&places.here)?;
    let key = storage.key();
    // Copying, labelling and checking take about as long as each other.
    storage.copy_to(&unfinished.0, &watch.part(0, 3))?;
    let length = fs::metadata(&unfinished.0)?.len();
    let contents = examine(&unfinished.0, &key)?;
    let label = Label::new(&key, &header, &contents, length, now)?;
    label.write(&unfinished.0, &watch.part(1, 3))?;
    verify(&unfinished.0, &key, &watch.part(2, 3))?;
    let path = free_name(&places.here, now);
    fs::rename(&unfinished.0, &path)?;
    sync(&places.here)?;
    forget_old(&places.here, &key, now);
    Ok(Backup {
        name: name_of(&path),
        bytes: fs::metadata(&path)?.len(),
        path,
        at: now,
        people: Some(contents.people),
        place: Place::Here,
    })
}

/// Takes a backup of the campaign of a data folder, without a window. A restore that was cut short is finished first.
///
/// # Errors
/// [`Error::WrongPassphrase`], [`Error::VaultInUse`] while it is open elsewhere, and as [`take`]. The second place's
/// trouble comes beside it, as a sentence.
pub fn back_up(
    data: &Path,
    secret: &SecretString,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<(Backup, Option<String>)> {
    settle(data)?;
    let folder = Folder::campaign(data);
    let header = match folder.standing()? {
        Standing::Vault => Header::read(&folder.header())?,
        Standing::Nothing => return Err(Error::NotFound),
    };
    let _held = folder.hold()?;
    let key = Opener::Secret(secret).open(&header)?;
    let storage = Storage::open(&folder.database(), &key)?;
    let places = Places::of(data);
    let taken = take(&storage, &places, now, watch)?;
    Ok((taken, copy_to_second(&places, &key, now, watch)?))
}

/// Copies the newest backup to the second place, where it is not there yet. Gives what is the matter with the place, as
/// a sentence, where something is.
///
/// # Errors
/// [`Error::Stopped`].
pub(super) fn copy_to_second(
    places: &Places,
    key: &DatabaseKey,
    now: DateTime<Utc>,
    watch: &Watch<'_>,
) -> Result<Option<String>> {
    let Some(second) = &places.second else {
        return Ok(None);
    };
    if !second.is_dir() {
        return Ok(Some(format!(
            "The second place for backups is not there: {}. Plug it in, and the newest backup goes there by itself.",
            second.display()
        )));
    }
    let newest = in_folder(&places.here, Place::Here)
        .into_iter()
        .filter(|(_, label)| label.contents(key).is_some())
        .max_by_key(|(backup, _)| newness(backup.at, now));
    let Some((newest, label)) = newest else {
        return Ok(None);
    };
    let is_there = in_folder(second, Place::Second)
        .iter()
        .any(|(backup, there)| backup.at == newest.at && there.contents(key).is_some());
    if is_there {
        return Ok(None);
    }
    match copy(&newest.path, &label, second, watch) {
        Ok(()) => {
            forget_old(second, key, now);
            Ok(None)
        }
        Err(Error::Stopped) => Err(Error::Stopped),
        Err(Error::DiskFull | Error::DiskSaysNo) => Ok(Some(format!(
            "The second place for backups is full: {}. Free some space there.",
            second.display()
        ))),
        Err(error) => {
            tracing::warn!(%error, "a backup could not be copied to the second place");
            Ok(Some(format!(
                "The newest backup could not be copied to {}. It may have been pulled out: Placard tries again.",
                second.display()
            )))
        }
    }
}

fn copy(from: &Path, label: &Label, folder: &Path, watch: &Watch<'_>) -> Result<()> {
    let unfinished = Unfinished::begin(folder)?;
    let mut source = File::open(from)?;
    let length = source.metadata()?.len();
    let mut to = private_file(&unfinished.0)?;
    through(&mut source, length, watch, |bytes| {
        Ok(std::io::Write::write_all(&mut to, bytes)?)
    })?;
    to.sync_all()?;
    drop(to);
    label.check(&unfinished.0, watch)?;
    fs::rename(&unfinished.0, free_name(folder, label.at()))?;
    sync(folder)
}

/// Opens what was written with the key, as a restore would, and looks at every page and every byte.
fn verify(file: &Path, key: &DatabaseKey, watch: &Watch<'_>) -> Result<()> {
    let label = Label::read(file)?;
    label.check(file, watch)?;
    let found = examine(file, key)?;
    match label.contents(key) {
        Some(written) if written == found => Ok(()),
        _ => Err(damaged()),
    }
}

/// Removes those of this vault that are kept no longer. One that cannot be removed stays.
fn forget_old(folder: &Path, key: &DatabaseKey, now: DateTime<Utc>) {
    let (ours, taken): (Vec<Backup>, Vec<Taken>) = in_folder(folder, Place::Here)
        .into_iter()
        .filter_map(|(backup, label)| {
            let entries = label.contents(key)?.entries;
            let taken = Taken {
                at: backup.at,
                entries,
            };
            Some((backup, taken))
        })
        .unzip();
    for place in may_go(&taken, now) {
        if let Err(error) = fs::remove_file(&ours[place].path) {
            tracing::warn!(%error, "an old backup could not be removed");
        }
    }
}

/// A file that is not a backup yet, and is removed unless it becomes one.
struct Unfinished(PathBuf);

impl Unfinished {
    fn begin(folder: &Path) -> Result<Self> {
        let path = folder.join(UNFINISHED);
        let new = Self(path);
        new.discard();
        private_file(&new.0)?;
        Ok(new)
    }

    fn discard(&self) {
        // After a rename there is none; one that stays is overwritten the next time.
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut name = self.0.clone().into_os_string();
            name.push(ending);
            let _ = fs::remove_file(name);
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.discard();
    }
}

fn private_file(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

fn make_private(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Makes a rename in a folder survive a power cut, where the file system can.
pub(super) fn sync(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
