//! Is the vault still the file that was opened, and whole? Asked before each save, so that nothing is called saved that
//! went where nobody will find it again: into a file that was taken away, behind a hole in the log, over torn pages.
//!
//! SQLite does not look: it holds the files open, and trusts that nobody else writes to them.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::SystemTime;

use super::Conn;
use super::pool::{self, Role};
use super::sound;
use super::vault::DatabaseKey;
use crate::error::{Error, Result};

/// Keeps an eye on the files of an open vault.
pub(super) struct Lookout {
    database: PathBuf,
    log: PathBuf,
    key: DatabaseKey,
    /// Which files they are, as the system tells them apart.
    are: (Identity, Identity),
    /// How far the log was written. It is written anew from its beginning, and never cut.
    log_length: AtomicU64,
    /// The database as we left it. Held by whoever moves the log into it, so that a change is known to be ours.
    left: Mutex<Left>,
    harmed: AtomicBool,
}

type Identity = (u64, u64);

/// How a file was left.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Left {
    length: u64,
    changed: Option<SystemTime>,
}

impl Left {
    fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            changed: metadata.modified().ok(),
        }
    }
}

impl Lookout {
    /// Begins, for files that are open and whole.
    pub(super) fn begin(database: &Path, key: &DatabaseKey) -> Result<Self> {
        let log = sound::log_of(database);
        let (of_database, of_log) = (fs::metadata(database)?, fs::metadata(&log)?);
        Ok(Self {
            are: (identity(&of_database), identity(&of_log)),
            log_length: AtomicU64::new(of_log.len()),
            left: Mutex::new(Left::of(&of_database)),
            harmed: AtomicBool::new(false),
            database: database.to_owned(),
            key: key.duplicate(),
            log,
        })
    }

    /// Looks, before something is written.
    ///
    /// # Errors
    /// [`Error::HarmedVault`], from the first time that harm was seen.
    pub(super) fn look(&self) -> Result<()> {
        if self.is_harmed() {
            return Err(Error::HarmedVault);
        }
        match self.is_as_it_was() {
            Ok(true) => Ok(()),
            Ok(false) | Err(Error::DamagedVault) => Err(self.harm()),
            Err(Error::Storage(fault)) if fault.may_be_harm() => Err(self.harm()),
            // What cannot be looked at is not known to be harmed: the save itself says what is the matter.
            Err(_) => Ok(()),
        }
    }

    /// Something was written: how the files are now is how we left them.
    pub(super) fn wrote(&self) {
        if let Ok(log) = fs::metadata(&self.log) {
            self.log_length.fetch_max(log.len(), Ordering::Relaxed);
        }
        // A large save moves the log by itself. Whoever is moving it just now notes it afterwards.
        if let Ok(mut left) = self.left.try_lock() {
            self.note(&mut left);
        }
    }

    /// Moves the log into the database by `work`, if that is still right to do.
    pub(super) fn moving<T>(&self, work: impl FnOnce() -> T) -> Result<T> {
        self.look()?;
        let mut left = self.left();
        let moved = work();
        self.note(&mut left);
        Ok(moved)
    }

    /// Notes that what was done failed for harm, where it did.
    pub(super) fn heard<T>(&self, done: Result<T>) -> Result<T> {
        match done {
            Err(Error::DamagedVault) => Err(self.harm()),
            Err(Error::Storage(fault)) if fault.may_be_harm() => {
                let is_harm = self.is_harmed()
                    || self
                        .fresh()
                        .and_then(|fresh| sound::look_through(&fresh))
                        .is_err();
                Err(if is_harm {
                    self.harm()
                } else {
                    Error::Storage(fault)
                })
            }
            done => done,
        }
    }

    /// A connection that has nothing of the vault at hand.
    fn fresh(&self) -> Result<Conn> {
        pool::connect(&self.database, &self.key, Role::Reader)
    }

    /// Whether harm was seen.
    pub(super) fn is_harmed(&self) -> bool {
        self.harmed.load(Ordering::Relaxed)
    }

    fn harm(&self) -> Error {
        if !self.harmed.swap(true, Ordering::Relaxed) {
            tracing::error!(
                "the vault was damaged while it was open: nothing is saved to it any more"
            );
        }
        Error::HarmedVault
    }

    fn left(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, left: &mut Left) {
        if let Ok(metadata) = fs::metadata(&self.database) {
            *left = Left::of(&metadata);
        }
    }

    fn is_as_it_was(&self) -> Result<bool> {
        let (Some(log), Some(database)) = (there(&self.log)?, there(&self.database)?) else {
            return Ok(false);
        };
        let is_cut = log.len() < self.log_length.load(Ordering::Relaxed);
        if is_cut || (identity(&database), identity(&log)) != self.are {
            return Ok(false);
        }
        let mut left = match self.left.try_lock() {
            Ok(left) => left,
            Err(TryLockError::Poisoned(left)) => left.into_inner(),
            // The log is being moved: what changes there is ours.
            Err(TryLockError::WouldBlock) => return Ok(true),
        };
        // Looked at again: it may have been moved since.
        let Some(database) = there(&self.database)? else {
            return Ok(false);
        };
        let now = Left::of(&database);
        if now == *left {
            return Ok(true);
        }
        if now.length < left.length {
            return Ok(false);
        }
        // Somebody else wrote to it: it is read anew.
        sound::check(&self.fresh()?, &self.database)?;
        *left = now;
        Ok(true)
    }
}

fn there(file: &Path) -> Result<Option<Metadata>> {
    match fs::metadata(file) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// Elsewhere a file that is open cannot be taken away.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

#[cfg(test)]
mod tests;
