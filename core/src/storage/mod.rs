//! The vault from inside: opening it, its schema, and one folder of SQL per entity. The only place
//! that names rusqlite.
//!
//! One connection writes, a few read, and one moves what was committed from the log. Everything here blocks: async callers hand it to a blocking
//! thread.

pub mod at_once;
pub mod campaign;
pub mod captures;
mod copying;
pub mod do_not_call;
pub mod drafts;
pub mod duplicates;
pub mod erasure;
mod examining;
pub mod exporting;
mod fault;
pub mod finding;
mod functions;
pub mod gateways;
pub mod handing;
pub mod history;
pub mod holds;
pub mod imports;
pub mod inbound;
pub mod join_codes;
mod keeper;
pub mod languages;
pub mod ledger;
mod lookout;
#[cfg(feature = "measuring")]
pub(crate) mod measuring;
pub mod merges;
mod migrations;
pub mod opt_outs;
#[cfg(test)]
pub(crate) mod plans;
mod pool;
pub mod purposes;
pub mod pushing;
pub mod restored;
mod salvage;
pub mod settings;
pub mod shifts;
mod sound;
pub mod supporters;
pub mod texts;
mod values;
pub mod vault;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use examining::{Contents, examine, look};
pub use fault::Fault;
pub use salvage::{Salvage, Salvaged, take_over};

use crate::error::Result;
use vault::DatabaseKey;

/// A transaction or a reader's connection, as the functions of this folder take it.
pub type Conn = rusqlite::Connection;

/// An open vault.
pub struct Storage {
    keeper: keeper::Keeper,
    writer: Mutex<Conn>,
    readers: pool::Readers,
    database: PathBuf,
    key: DatabaseKey,
    lookout: Arc<lookout::Lookout>,
    /// Transactions that changed something since it was opened.
    changes: AtomicU64,
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Storage")
    }
}

impl Storage {
    /// Opens or creates the database and brings its schema up to date.
    ///
    /// # Errors
    /// [`crate::Error::DamagedVault`] when the key is right and the file is not,
    /// [`crate::Error::NewerVault`], [`crate::Error::DiskFull`].
    pub fn open(database: &Path, key: &DatabaseKey) -> Result<Self> {
        let mut writer = pool::connect(database, key, pool::Role::Writer)?;
        // What cannot be opened is left as it is: closing must not move the log into it.
        pool::leave_log(&writer, true)?;
        sound::check(&writer, database)?;
        migrations::up(&mut writer)?;
        pool::leave_log(&writer, false)?;
        let readers = pool::Readers::open(database, key)?;
        let lookout = Arc::new(lookout::Lookout::begin(database, key)?);
        Ok(Self {
            keeper: keeper::Keeper::start(database, key, Arc::clone(&lookout))?,
            lookout,
            writer: Mutex::new(writer),
            readers,
            database: database.to_owned(),
            key: key.duplicate(),
            changes: AtomicU64::new(0),
        })
    }

    /// Runs `work` in one transaction that is durable when this returns, or changes nothing.
    ///
    /// # Errors
    /// What `work` returned, or the commit's own failure.
    pub fn write<T>(&self, work: impl FnOnce(&Conn) -> Result<T>) -> Result<T> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.lookout.look()?;
        let written = (|| {
            let tx = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let before = tx.total_changes();
            let value = work(&tx)?;
            let is_news = tx.total_changes() != before;
            tx.commit()?;
            Ok((value, is_news))
        })();
        let (value, is_news) = self.lookout.heard(written)?;
        self.lookout.wrote();
        if is_news {
            self.changes.fetch_add(1, Ordering::Relaxed);
        }
        self.keeper.committed();
        Ok(value)
    }

    /// How often something was written since the vault was opened: as long as it stays the same, nothing was.
    #[must_use]
    pub fn written(&self) -> u32 {
        self.keeper.commits()
    }

    /// As [`Self::write`], for work that touches much of the vault: more of it is kept at hand meanwhile.
    ///
    /// # Errors
    /// What `work` returned, or the commit's own failure.
    pub fn write_much<T>(&self, work: impl FnOnce(&Conn) -> Result<T>) -> Result<T> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.lookout.look()?;
        let written = pool::with_much_at_hand(&mut writer, |writer| {
            let tx = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let value = work(&tx)?;
            tx.commit()?;
            Ok(value)
        });
        let value = self.lookout.heard(written)?;
        self.lookout.wrote();
        self.keeper.committed();
        Ok(value)
    }

    /// As [`Self::read`], for work that touches much of the vault.
    ///
    /// # Errors
    /// What `work` returned.
    pub fn read_much<T>(&self, work: impl FnOnce(&Conn) -> Result<T>) -> Result<T> {
        self.lookout.heard(self.readers.with(|conn| {
            pool::with_much_at_hand(conn, |conn| {
                let tx = conn.transaction()?;
                let value = work(&tx)?;
                tx.commit()?;
                Ok(value)
            })
        }))
    }

    /// Tells of each statement that any connection runs from now on.
    #[cfg(test)]
    fn listen(&self, told: fn(rusqlite::trace::TraceEvent<'_>)) {
        let mask = rusqlite::trace::TraceEventCodes::SQLITE_TRACE_STMT;
        let writer = self.writer.lock().unwrap();
        writer.trace_v2(mask, Some(told));
        self.readers.each(|conn| conn.trace_v2(mask, Some(told)));
    }

    /// Runs `work` on a reader, in one snapshot, beside the writer.
    ///
    /// # Errors
    /// What `work` returned.
    pub fn read<T>(&self, work: impl FnOnce(&Conn) -> Result<T>) -> Result<T> {
        self.lookout.heard(self.readers.with(|conn| {
            let tx = conn.transaction()?;
            let value = work(&tx)?;
            tx.commit()?;
            Ok(value)
        }))
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        // What is harmed is left as it is: somebody may still read more of it than the next start would leave.
        if self.lookout.look().is_ok() {
            return;
        }
        let writer = self
            .writer
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let left = pool::leave_log(writer, true);
        if let Err(error) = left.and_then(|()| self.readers.leave_log()) {
            tracing::warn!(%error, "the log of a damaged vault may be moved into it");
        }
    }
}

/// Does a part of a transaction by itself: if it fails, it has not been, and the rest can go on.
///
/// # Errors
/// What `work` returned.
pub fn apart<T>(conn: &Conn, work: impl FnOnce(&Conn) -> Result<T>) -> Result<T> {
    conn.prepare_cached("SAVEPOINT apart")?.execute([])?;
    let done = work(conn);
    if done.is_err() {
        conn.prepare_cached("ROLLBACK TO apart")?.execute([])?;
    }
    conn.prepare_cached("RELEASE apart")?.execute([])?;
    done
}

/// The schema as it stands, for the committed `schema.sql` and its drift test.
///
/// # Errors
/// A migration does not run.
pub fn current_schema() -> Result<String> {
    migrations::schema()
}
