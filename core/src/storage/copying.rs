//! A copy of the open database as it is at one moment, made beside the work by SQLite's online backup.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::Ordering;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::pool::{self, Role};
use super::vault::DatabaseKey;
use super::{Storage, sound};
use crate::error::{Error, Result};
use crate::progress::Watch;

/// A megabyte at a time: between two steps a person can stop it, and whoever saves has the disk.
const PAGES: i32 = 256;
/// The source is read in one snapshot, so nothing should ever be in the way; something that is gives up in the end.
const MOST_WAITS: u32 = 1_000;

impl Storage {
    /// How many transactions have changed something since this was opened.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// The key, for what is made beside the database: a backup is opened by the same secrets.
    #[must_use]
    pub(crate) fn key(&self) -> DatabaseKey {
        self.key.duplicate()
    }

    /// Copies the database as it is now into a new file under the same key. Whoever saves meanwhile neither waits nor
    /// makes it begin anew: the log keeps this moment for as long as it is read. `watch` hears pages.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::Stopped`]: what there is of the file then is no copy.
    pub(crate) fn copy_to(&self, file: &Path, watch: &Watch<'_>) -> Result<()> {
        self.lookout.heard(self.copy(file, watch))
    }

    fn copy(&self, file: &Path, watch: &Watch<'_>) -> Result<()> {
        let source = pool::connect(&self.database, &self.key, Role::Reader)?;
        source.execute_batch("BEGIN")?;
        source.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        let access = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut copy = Connection::open_with_flags(file, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        copy.execute_batch(self.key.pragma().as_str())?;
        // Nobody reads it before it is whole, and it is made durable as a whole.
        copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        {
            let backup = Backup::new(&source, &mut copy)?;
            let mut waits = 0;
            loop {
                match backup.step(PAGES)? {
                    StepResult::Done => break,
                    StepResult::Busy | StepResult::Locked => {
                        waits += 1;
                        if waits > MOST_WAITS {
                            return Err(Error::VaultInUse);
                        }
                        std::thread::yield_now();
                    }
                    _ => {}
                }
                let progress = backup.progress();
                let all = u64::try_from(progress.pagecount).unwrap_or_default();
                let left = u64::try_from(progress.remaining).unwrap_or_default();
                watch.at(all.saturating_sub(left), all)?;
            }
        }
        drop(source);
        // As one file, which is read where nothing can be written beside it.
        let mode: String = copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        let pages: u64 = copy.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        copy.close().map_err(|(_, error)| error)?;
        let written = File::options().write(true).open(file)?;
        written.sync_all()?;
        if mode != "delete" || written.metadata()?.len() != pages * sound::PAGE {
            return Err(Error::DiskSaysNo);
        }
        Ok(())
    }
}
