//! The vault's key and how it is wrapped: Argon2id over what a person knows, XChaCha20-Poly1305 over
//! the key.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// The 32 random bytes that encrypt the database. Wiped from memory when dropped.
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// A new random key.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn random() -> Result<Self> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        getrandom::fill(bytes.as_mut()).map_err(|_| Error::Crypto)?;
        Ok(Self(bytes))
    }

    /// The key as SQLCipher takes it raw: no derivation, so opening a connection costs nothing.
    pub(in crate::storage) fn pragma(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(HEXLOWER.encode(self.0.as_ref()));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()))
    }

    /// The same key, for whoever outlives this one. Wiped like it.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self(Zeroizing::new(*self.0))
    }

    /// Seals a few words beside a copy of the database, so that only this key reads them and nobody else writes
    /// them. `label` binds them to their place.
    ///
    /// # Errors
    /// No randomness.
    pub fn seal(&self, label: &str, words: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0_u8; 24];
        getrandom::fill(&mut nonce).map_err(|_| Error::Crypto)?;
        let cipher = self.cipher(label)?;
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), words)
            .map_err(|_| Error::Crypto)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed with this key under this label; nothing where it was not.
    #[must_use]
    pub fn unseal(&self, label: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(24)?;
        let nonce: [u8; 24] = nonce.try_into().ok()?;
        let cipher = self.cipher(label).ok()?;
        cipher.decrypt(&XNonce::from(nonce), sealed).ok()
    }

    /// A key of its own for each label: the database's never encrypts anything but the database.
    fn cipher(&self, label: &str) -> Result<XChaCha20Poly1305> {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(self.0.as_ref())
            .map_err(|_| Error::Crypto)?;
        mac.update(label.as_bytes());
        let derived = Zeroizing::new(<[u8; 32]>::from(mac.finalize().into_bytes()));
        Ok(XChaCha20Poly1305::new((&*derived).into()))
    }
}

impl PartialEq for DatabaseKey {
    fn eq(&self, other: &Self) -> bool {
        // Compared without stopping at the first difference.
        self.0
            .iter()
            .zip(other.0.iter())
            .fold(0_u8, |differs, (a, b)| differs | (a ^ b))
            == 0
    }
}

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseKey(…)")
    }
}

/// How hard a passphrase is to try: Argon2id's cost, stored so that it can be raised later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory, in KiB.
    memory_kib: u32,
    /// Passes over the memory.
    passes: u32,
    /// Lanes.
    lanes: u32,
}

impl Cost {
    /// 64 MiB, three passes, one lane: the second choice of RFC 9106, a fraction of a second on a
    /// modest laptop.
    pub const STANDARD: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };
    /// The most memory that is taken to try a passphrase, in KiB: four times the standard's.
    const MOST_MEMORY_KIB: u32 = 4 * Self::STANDARD.memory_kib;
    /// The most work: memory times passes, eight times the standard's.
    const MOST_WORK_KIB: u64 = 8 * Self::STANDARD.memory_kib as u64 * Self::STANDARD.passes as u64;
}

/// The database key, wrapped by one secret that a person keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrapped {
    cost: Cost,
    salt: String,
    nonce: String,
    sealed: String,
}

impl Wrapped {
    /// Wraps `key` so that only `secret` unwraps it. `label` binds the wrapping to its place: a
    /// wrapping moved elsewhere does not open.
    ///
    /// # Errors
    /// No randomness, or not enough memory to derive.
    pub fn wrap(key: &DatabaseKey, secret: &[u8], label: &str) -> Result<Self> {
        let mut salt = [0_u8; 16];
        let mut nonce = [0_u8; 24];
        getrandom::fill(&mut salt).map_err(|_| Error::Crypto)?;
        getrandom::fill(&mut nonce).map_err(|_| Error::Crypto)?;
        let cost = Cost::STANDARD;
        let derived = derive(secret, &salt, cost)?;
        let cipher = XChaCha20Poly1305::new((&*derived).into());
        let sealed = cipher
            .encrypt(
                &XNonce::from(nonce),
                chacha20poly1305::aead::Payload {
                    msg: key.0.as_ref(),
                    aad: label.as_bytes(),
                },
            )
            .map_err(|_| Error::Crypto)?;
        Ok(Self {
            cost,
            salt: BASE64.encode(&salt),
            nonce: BASE64.encode(&nonce),
            sealed: BASE64.encode(&sealed),
        })
    }

    /// Unwraps the key. `None`: this is not the secret.
    ///
    /// # Errors
    /// The header is not readable, or there is not enough memory to derive.
    pub fn unwrap_with(&self, secret: &[u8], label: &str) -> Result<Option<DatabaseKey>> {
        let bytes = |text: &str| {
            BASE64
                .decode(text.as_bytes())
                .map_err(|_| Error::DamagedVault)
        };
        let salt = bytes(&self.salt)?;
        let nonce: [u8; 24] = bytes(&self.nonce)?
            .try_into()
            .map_err(|_| Error::DamagedVault)?;
        let sealed = bytes(&self.sealed)?;
        let derived = derive(secret, &salt, self.cost)?;
        let cipher = XChaCha20Poly1305::new((&*derived).into());
        let Ok(opened) = cipher.decrypt(
            &XNonce::from(nonce),
            chacha20poly1305::aead::Payload {
                msg: &sealed,
                aad: label.as_bytes(),
            },
        ) else {
            return Ok(None);
        };
        let opened = Zeroizing::new(opened);
        let key: [u8; 32] = opened
            .as_slice()
            .try_into()
            .map_err(|_| Error::DamagedVault)?;
        Ok(Some(DatabaseKey(Zeroizing::new(key))))
    }
}

fn derive(secret: &[u8], salt: &[u8], cost: Cost) -> Result<Zeroizing<[u8; 32]>> {
    // A header that asks for so much was not written by Placard: whoever made a backup would hold the laptop up for
    // minutes, and with it everything else that runs there.
    let work = u64::from(cost.memory_kib) * u64::from(cost.passes);
    if cost.memory_kib > Cost::MOST_MEMORY_KIB || work > Cost::MOST_WORK_KIB {
        return Err(Error::DamagedVault);
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| Error::DamagedVault)?;
    let mut out = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, out.as_mut())
        .map_err(|_| Error::Crypto)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_would_hold_the_laptop_up_is_not_tried() {
        let tried = |memory_kib, passes| {
            let cost = Cost {
                memory_kib,
                passes,
                lanes: 1,
            };
            derive(b"secret", &[0; 16], cost)
        };
        for (memory_kib, passes) in [(1 << 20, 1), (64 << 10, 64), (8, 1 << 30), (8, u32::MAX)] {
            let refused = tried(memory_kib, passes);
            assert!(
                matches!(refused, Err(Error::DamagedVault)),
                "{memory_kib} {passes}"
            );
        }
        assert!(tried(8, 1).is_ok());
        assert!(derive(b"secret", &[0; 16], Cost::STANDARD).is_ok());
    }
}
