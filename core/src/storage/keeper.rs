//! Moves what was committed from the log into the database, beside the work and never in the way of a save.
//!
//! SQLite would do it as part of every so manieth commit, and whoever presses Save then waits for it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use super::Conn;
use super::lookout::Lookout;
use super::pool::{self, Role};
use super::vault::DatabaseKey;
use crate::error::Result;

/// Commits after which the log is emptied: at a few dozen pages each, about as often as SQLite would.
const COMMITS: u32 = 32;

/// A thread with a connection of its own. It ends, and its connection closes, when this is dropped.
pub(super) struct Keeper {
    commits: AtomicU32,
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub(super) fn start(database: &Path, key: &DatabaseKey, lookout: Arc<Lookout>) -> Result<Self> {
        let conn = pool::connect(database, key, Role::Keeper)?;
        // One call that waits is enough: whatever was committed meanwhile is moved with it.
        let (wake, woken) = sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("keeper".to_owned())
            .spawn(move || keep(&conn, &woken, &lookout))?;
        Ok(Self {
            commits: AtomicU32::new(0),
            wake: Some(wake),
            thread: Some(thread),
        })
    }

    /// How often something was committed.
    pub(super) fn commits(&self) -> u32 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Something was committed.
    pub(super) fn committed(&self) {
        let commits = self.commits.fetch_add(1, Ordering::Relaxed) + 1;
        if commits.is_multiple_of(COMMITS)
            && let Some(wake) = &self.wake
        {
            // A call waits already, or the thread is gone and the writer empties the log itself.
            let _ = wake.try_send(());
        }
    }
}

fn keep(conn: &Conn, woken: &Receiver<()>, lookout: &Lookout) {
    while woken.recv().is_ok() {
        // Readers that are in the way are not waited for: the rest is moved the next time.
        let moved = lookout.moving(|| {
            let moved = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            moved.map_err(crate::Error::from)
        });
        if let Err(error) = moved.flatten() {
            tracing::warn!(%error, "the log could not be moved into the database");
        }
    }
    // The connection that is closed last would move it.
    if lookout.is_harmed()
        && let Err(error) = pool::leave_log(conn, true)
    {
        tracing::warn!(%error, "the log of a damaged vault may be moved into it");
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            // It has nothing to say: its connection is closed, which is what is waited for.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Storage;
    use super::*;

    #[test]
    fn the_log_is_emptied_beside_the_work() {
        let folder = tempfile::tempdir().unwrap();
        let key = DatabaseKey::random().unwrap();
        let file = folder.path().join("vault");
        let mut storage = Storage::open(&file, &key).unwrap();
        let length = || std::fs::metadata(&file).unwrap().len();
        let write = |times| {
            for _ in 0..times {
                let written = storage.write(|conn| {
                    conn.execute("INSERT INTO households VALUES (randomblob(16), 0)", [])?;
                    Ok(())
                });
                written.unwrap();
            }
        };
        let before = length();
        write(COMMITS - 1);
        assert_eq!(length(), before, "what is committed is in the log first");
        write(1);
        // It ends when it has done what it was woken for; the connections that stay keep the log as it is.
        storage.keeper = Keeper::start(&file, &key, Arc::clone(&storage.lookout)).unwrap();
        assert!(length() > before);
    }
}
