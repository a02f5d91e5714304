//! Where the vault lies, what stands there, and who holds it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::header::Header;
use crate::error::{Error, Result};

/// The file by which a process holds the folder.
const IN_USE: &str = "in-use";

/// The folder of one vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

/// What stands in a vault's folder.
#[derive(Debug)]
pub enum Standing {
    /// Nothing: this is a first start.
    Nothing,
    /// A vault with its header.
    Vault,
}

/// A vault held by this process: no other can open it until this is dropped.
#[derive(Debug)]
pub struct Held {
    _lock: File,
}

impl Folder {
    /// The campaign's vault under a data folder.
    #[must_use]
    pub fn campaign(data: &Path) -> Self {
        Self(data.join("campaign"))
    }

    /// The throw-away vault of a practice campaign.
    #[must_use]
    pub fn practice(data: &Path) -> Self {
        Self(data.join("practice"))
    }

    /// Where a campaign is put together before it is one: it becomes the campaign's folder in one
    /// step, so that a set-up cut short leaves nothing behind that looks like a vault.
    #[must_use]
    pub fn unfinished(data: &Path) -> Self {
        Self(data.join("campaign-unfinished"))
    }

    /// Where a backup is made ready before it takes the campaign's place.
    #[must_use]
    pub fn restored(data: &Path) -> Self {
        Self(data.join("campaign-restored"))
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The encrypted database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.0.join("vault.placard")
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> PathBuf {
        self.0.join("vault.key")
    }

    /// What stands here. Reads, and changes nothing.
    ///
    /// # Errors
    /// Something stands here that is not a vault this Placard can open: each kind has its own error.
    pub fn standing(&self) -> Result<Standing> {
        let database = file_length(&self.database())?;
        match (database, self.header().try_exists()?) {
            (None, false) => Ok(Standing::Nothing),
            (Some(_), false) => Err(Error::KeyFileMissing),
            (database, true) => {
                Header::read(&self.header())?;
                match database {
                    // The header alone, or beside an empty file: the people in it are gone.
                    None | Some(0) => Err(Error::DamagedVault),
                    Some(_) => Ok(Standing::Vault),
                }
            }
        }
    }

    /// Takes hold of the vault.
    ///
    /// # Errors
    /// [`Error::VaultInUse`] while another process holds it.
    pub fn hold(&self) -> Result<Held> {
        fs::create_dir_all(&self.0)?;
        restrict(&self.0)?;
        let lock = File::create(self.0.join(IN_USE))?;
        match lock.try_lock() {
            Ok(()) => Ok(Held { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::VaultInUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Removes whatever is here: only for folders that are throw-away by design.
    ///
    /// # Errors
    /// The folder is not writable.
    pub fn discard(&self) -> Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Removes the vault that is here, and keeps hold of the folder: only for vaults that are throw-away by
    /// design.
    ///
    /// # Errors
    /// The folder is not writable.
    pub fn discard_vault(&self) -> Result<()> {
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            if entry.file_name() != IN_USE {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Moves a finished vault to where it belongs, in one step.
    ///
    /// # Errors
    /// Something is there already ([`Error::NotAVault`] is never overwritten), or the disk says no.
    pub fn become_folder(&self, place: &Self) -> Result<()> {
        if let Standing::Vault = place.standing()? {
            return Err(Error::TooLate(
                "A campaign is on this laptop already. Placard has left it untouched.".to_owned(),
            ));
        }
        place.make_way()?;
        fs::rename(&self.0, &place.0)?;
        sync(place.0.parent())
    }

    /// Leaves the name of this folder free. Whatever lies in it but the lock was put there by somebody, a copy
    /// of an earlier vault perhaps: it is kept beside it under another name.
    fn make_way(&self) -> Result<()> {
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        let mut kept = false;
        for entry in entries {
            kept |= entry?.file_name() != IN_USE;
        }
        if !kept {
            return self.discard();
        }
        let aside = (1_u32..)
            .map(|number| self.0.with_extension(format!("kept-{number}")))
            .find(|aside| !aside.exists());
        if let Some(aside) = aside {
            fs::rename(&self.0, aside)?;
        }
        Ok(())
    }
}

fn file_length(path: &Path) -> Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(meta) => Ok(Some(meta.len())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Makes a rename in `folder` survive a power cut.
pub(super) fn sync(folder: Option<&Path>) -> Result<()> {
    #[cfg(unix)]
    if let Some(folder) = folder {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Lets only the owner look inside.
fn restrict(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
