//! Backups: one file each, under the vault's own key, taken beside the work and checked after writing. Knows no window:
//! everything here works on a data folder and a passphrase, and on an open campaign where there is one.
//!
//! `docs/BACKUPS.md` has the form of the file, the rule by which they are kept, and how to restore one by hand.

mod file;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod kept;
mod looking;
mod places;
mod restoring;
mod rolling;
mod salvaging;
mod taking;
#[cfg(test)]
mod tests;

pub use looking::{Inside, Offered, look_into, offered};
pub use places::{Backup, Place, Places, list};
pub use restoring::{Restored, restore, settle};
pub use rolling::{Rolling, Standing};
pub use salvaging::salvage;
pub use taking::{back_up, take};

use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, Result};
use crate::storage::vault::{DatabaseKey, Header, RecoveryCode};

/// What opens a backup.
pub enum Opener<'a> {
    /// Its passphrase, or its recovery code.
    Secret(&'a SecretString),
    /// The key of the campaign that is, or was, open.
    Key(&'a DatabaseKey),
}

impl Opener<'_> {
    /// The key of a vault with this header.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`].
    fn open(&self, header: &Header) -> Result<DatabaseKey> {
        let secret = match self {
            Self::Key(key) => return Ok(key.duplicate()),
            Self::Secret(secret) => secret,
        };
        match header.open(secret) {
            Err(Error::WrongPassphrase) => {
                let code = RecoveryCode::typed(secret.expose_secret());
                header.recover(&code).map_err(|error| match error {
                    Error::WrongRecoveryCode => Error::WrongPassphrase,
                    other => other,
                })
            }
            opened => opened,
        }
    }
}
