//! The backups of an open campaign.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use super::Campaign;
use crate::backups::{Backup, Rolling, Standing};
use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::vault::DatabaseKey;

/// The backups, as Settings shows them.
pub struct BackupsView {
    /// Those that are there, newest first.
    pub list: Vec<Backup>,
    /// Where they are.
    pub folder: PathBuf,
    /// Where they go as well.
    pub second_place: Option<PathBuf>,
    /// How they stand.
    pub standing: Standing,
}

impl Campaign {
    /// Takes backups by itself from now on, into the data folder that the vault is in. A practice campaign has none.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn keep_backups(&self, data: &Path) -> Result<()> {
        if self.info.practice {
            return Ok(());
        }
        let (storage, clock) = (Arc::clone(&self.storage), Arc::clone(&self.clock));
        let rolling = Rolling::start(storage, clock, data.to_owned(), self.events.clone())?;
        *self.rolling.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(rolling));
        Ok(())
    }

    /// The backups that are there, and how they stand.
    ///
    /// # Errors
    /// [`Error::PracticeOnly`].
    pub fn backups(&self) -> Result<BackupsView> {
        let rolling = self.rolling()?;
        let places = rolling.places();
        Ok(BackupsView {
            list: rolling.list(),
            folder: places.here,
            second_place: places.second,
            standing: rolling.standing(),
        })
    }

    /// Takes a backup now.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::Stopped`], [`Error::PracticeOnly`].
    pub fn back_up_now(&self, watch: &Watch<'_>) -> Result<Backup> {
        self.rolling()?.now(watch)
    }

    /// Chooses the folder to which backups go as well, or none. The newest goes there at once.
    ///
    /// # Errors
    /// [`Error::Invalid`] where no backup could be kept there, [`Error::PracticeOnly`].
    pub fn choose_second_place(&self, path: Option<&Path>) -> Result<()> {
        let rolling = self.rolling()?;
        rolling.places().choose_second(path)?;
        rolling.look();
        Ok(())
    }

    /// The key of the vault, to look into a backup of it without its passphrase.
    ///
    /// # Errors
    /// [`Error::PracticeOnly`].
    pub fn backup_key(&self) -> Result<DatabaseKey> {
        self.rolling()?;
        Ok(self.storage.key())
    }

    fn rolling(&self) -> Result<Arc<Rolling>> {
        let rolling = self.rolling.lock().unwrap_or_else(PoisonError::into_inner);
        rolling.clone().ok_or(Error::PracticeOnly)
    }

    /// Takes the last backup, where something changed.
    pub(super) async fn last_backup(&self) {
        if let Some(rolling) = self.no_more_backups() {
            // A thread that broke leaves a campaign that closes all the same.
            let _ = tokio::task::spawn_blocking(move || rolling.close()).await;
        }
    }

    /// Takes no more backups; one that is being taken is broken off.
    pub(super) async fn forgo_last_backup(&self) {
        if let Some(rolling) = self.no_more_backups() {
            let _ = tokio::task::spawn_blocking(move || drop(rolling)).await;
        }
    }

    fn no_more_backups(&self) -> Option<Arc<Rolling>> {
        let mut rolling = self.rolling.lock().unwrap_or_else(PoisonError::into_inner);
        rolling.take()
    }
}
