//! Connections: how each is opened, and the few that read.

use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::vault::DatabaseKey;
use crate::error::Result;

const READERS: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Writer,
    Reader,
    Keeper,
}

pub(super) fn connect(database: &Path, key: &DatabaseKey, role: Role) -> Result<Connection> {
    let access = match role {
        Role::Writer => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        // A reader needs write access to the shared memory of the log, and is held to reading below.
        Role::Reader | Role::Keeper => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let conn = Connection::open_with_flags(database, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.execute_batch(key.pragma().as_str())?;
    // Waits out a reader's checkpoint; another process cannot be there (the folder is held).
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(64);
    super::functions::register(&conn)?;
    match role {
        // The log is emptied by the keeper; should that fail, it does not grow past 32 MiB. A capture touches the upper pages of every index: with 16 MiB kept at hand, a town's worth of people
        // is not deciphered anew for each.
        Role::Writer => conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384;
             PRAGMA wal_autocheckpoint = 8000;",
        )?,
        Role::Keeper => conn.execute_batch("PRAGMA synchronous = FULL;")?,
        Role::Reader => {
            // What is searched among a million people is deciphered once and kept at hand.
            conn.execute_batch(
                "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;",
            )?
        }
    }
    Ok(conn)
}

/// Whether closing this connection, should it be the last, leaves the log beside the database as it is.
pub(super) fn leave_log(conn: &Connection, stays: bool) -> Result<()> {
    let log_stays = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    conn.set_db_config(log_stays, stays)?;
    Ok(())
}

/// Keeps 64 MiB of the vault at hand while `work` lasts, and gives them back.
pub(super) fn with_much_at_hand<T>(
    conn: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T>,
) -> Result<T> {
    let usual: i64 = conn.query_row("PRAGMA cache_size", [], |row| row.get(0))?;
    conn.pragma_update(None, "cache_size", -65_536)?;
    let done = work(conn);
    conn.pragma_update(None, "cache_size", usual)?;
    conn.execute_batch("PRAGMA shrink_memory")?;
    done
}

/// A few reading connections, handed out one at a time.
pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Readers {
    pub(super) fn open(database: &Path, key: &DatabaseKey) -> Result<Self> {
        let idle = (0..READERS)
            .map(|_| connect(database, key, Role::Reader))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            idle: Mutex::new(idle),
            returned: Condvar::new(),
        })
    }

    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let mut lent = Lent {
            readers: self,
            conn: Some(self.take()),
        };
        match lent.conn.as_mut() {
            Some(conn) => work(conn),
            None => Err(crate::Error::NotFound),
        }
    }

    /// Closing them leaves the log as it is. Those that are on loan come back before they are closed.
    pub(super) fn leave_log(&mut self) -> Result<()> {
        let idle = self.idle.get_mut().unwrap_or_else(PoisonError::into_inner);
        idle.iter().try_for_each(|conn| leave_log(conn, true))
    }

    /// Each of them, while none is on loan.
    #[cfg(test)]
    pub(super) fn each(&self, work: impl FnMut(&Connection)) {
        self.idle.lock().unwrap().iter().for_each(work);
    }

    fn take(&self) -> Connection {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(conn) = idle.pop() {
                return conn;
            }
            idle = self
                .returned
                .wait(idle)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A connection on loan: it comes back even when the work panics.
struct Lent<'a> {
    readers: &'a Readers,
    conn: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            let mut idle = self
                .readers
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            idle.push(conn);
            self.readers.returned.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_is_durable_and_a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault");
        let key = DatabaseKey::random().unwrap();
        let writer = connect(&file, &key, Role::Writer).unwrap();
        let ask = |conn: &Connection, pragma: &str| -> String {
            let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
            conn.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        assert_eq!(ask(&writer, "journal_mode"), "wal");
        assert_eq!(
            ask(&writer, "synchronous"),
            "2",
            "FULL: a commit is on the disk"
        );
        writer
            .execute_batch("CREATE TABLE t (x INTEGER) STRICT")
            .unwrap();
        let reader = connect(&file, &key, Role::Reader).unwrap();
        assert!(
            reader
                .execute_batch("INSERT INTO t (x) VALUES (1)")
                .is_err()
        );
    }
}
