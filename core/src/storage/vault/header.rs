//! The header beside the database: the wrapped key and nothing about the campaign.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::key::{DatabaseKey, Wrapped};
use super::recovery::RecoveryCode;
use crate::error::{Error, Result};

/// The format this Placard writes. A higher number on disk was written by a newer one.
const FORMAT: u32 = 1;
const KIND: &str = "placard-vault-key";

/// The vault's key, wrapped twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    kind: String,
    format: u32,
    passphrase: Wrapped,
    recovery: Wrapped,
}

impl Header {
    /// Wraps a key by a passphrase and a recovery code.
    ///
    /// # Errors
    /// No randomness or no memory to derive.
    pub fn new(
        key: &DatabaseKey,
        passphrase: &SecretString,
        recovery: &RecoveryCode,
    ) -> Result<Self> {
        Ok(Self {
            kind: KIND.to_owned(),
            format: FORMAT,
            passphrase: Wrapped::wrap(key, passphrase.expose_secret().as_bytes(), "passphrase")?,
            recovery: Wrapped::wrap(key, recovery.secret(), "recovery")?,
        })
    }

    /// The key, if this is the passphrase.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`], or the header is damaged.
    pub fn open(&self, passphrase: &SecretString) -> Result<DatabaseKey> {
        self.passphrase
            .unwrap_with(passphrase.expose_secret().as_bytes(), "passphrase")?
            .ok_or(Error::WrongPassphrase)
    }

    /// The key, if this is the recovery code.
    ///
    /// # Errors
    /// [`Error::WrongRecoveryCode`], or the header is damaged.
    pub fn recover(&self, code: &RecoveryCode) -> Result<DatabaseKey> {
        self.recovery
            .unwrap_with(code.secret(), "recovery")?
            .ok_or(Error::WrongRecoveryCode)
    }

    /// The same header with another passphrase. The recovery code on paper stays good.
    ///
    /// # Errors
    /// No randomness or no memory to derive.
    pub fn with_passphrase(&self, key: &DatabaseKey, passphrase: &SecretString) -> Result<Self> {
        Ok(Self {
            passphrase: Wrapped::wrap(key, passphrase.expose_secret().as_bytes(), "passphrase")?,
            ..self.clone()
        })
    }

    /// The same header with another recovery code. The one on paper opens nothing from then on.
    ///
    /// # Errors
    /// No randomness or no memory to derive.
    pub fn with_recovery(&self, key: &DatabaseKey, recovery: &RecoveryCode) -> Result<Self> {
        Ok(Self {
            recovery: Wrapped::wrap(key, recovery.secret(), "recovery")?,
            ..self.clone()
        })
    }

    /// Whether another header holds the same key, as far as that can be told without a secret: it can no longer once both
    /// passphrase and recovery code were changed since.
    #[must_use]
    pub fn is_akin_to(&self, other: &Self) -> bool {
        self.passphrase == other.passphrase || self.recovery == other.recovery
    }

    /// Reads a header.
    ///
    /// # Errors
    /// [`Error::NotAVault`] when it is something else, [`Error::NewerVault`], [`Error::DamagedVault`].
    pub fn read(path: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Cover {
            kind: String,
            format: u32,
        }
        // A header is a few hundred bytes: anything much larger is something else.
        if fs::metadata(path)?.len() > 64 * 1024 {
            return Err(Error::NotAVault);
        }
        let bytes = fs::read(path)?;
        let Ok(cover) = serde_json::from_slice::<Cover>(&bytes) else {
            // Ours, but cut short: it still begins as ours does.
            let ours = String::from_utf8_lossy(&bytes).contains(KIND);
            return Err(if ours || bytes.is_empty() {
                Error::DamagedVault
            } else {
                Error::NotAVault
            });
        };
        if cover.kind != KIND {
            return Err(Error::NotAVault);
        }
        if cover.format > FORMAT {
            return Err(Error::NewerVault);
        }
        serde_json::from_slice(&bytes).map_err(|_| Error::DamagedVault)
    }

    /// A header that was read as part of something else.
    ///
    /// # Errors
    /// As [`Header::read`].
    pub fn understood(self) -> Result<Self> {
        match (self.kind == KIND, self.format > FORMAT) {
            (false, _) => Err(Error::NotAVault),
            (true, true) => Err(Error::NewerVault),
            (true, false) => Ok(self),
        }
    }

    /// Writes the header so that a power cut leaves either the old one or the new one.
    ///
    /// # Errors
    /// The disk is full or not writable.
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(|_| Error::Crypto)?;
        let beside = path.with_extension("key-new");
        let mut file = File::create(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        super::folder::sync(path.parent())
    }
}
