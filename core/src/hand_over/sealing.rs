//! The lock on a file that is handed over: age, with a passphrase or for a laptop's public key.

use std::io::{BufRead, Cursor, Read, Write};
use std::str::FromStr;

use age::secrecy::{ExposeSecret, SecretString};
use age::stream::{StreamReader, StreamWriter};
use age::{DecryptError, Decryptor, EncryptError, Encryptor, scrypt, x25519};

use super::{damaged, newer, not_ours};
use crate::error::{Error, Result};

/// The work of a passphrase: 128 MiB, and about a second.
const WORK: u8 = if cfg!(test) { 8 } else { 17 };
/// What is done at most for a file that somebody sends.
const MOST_WORK: u8 = 18;
/// An age header is short; one that is not is no file of ours.
const LONGEST_HEADER: u64 = 16 * 1024;
const BEGINS: &[u8] = b"age-encryption.org/";
const OUR_AGE: &[u8] = b"age-encryption.org/v1\n";

/// What a file is locked with.
pub enum Lock {
    /// A passphrase.
    Passphrase(SecretString),
    /// The public key of another laptop.
    Recipient(x25519::Recipient),
}

impl Lock {
    /// The lock of a laptop whose public key this is.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is no such key.
    pub fn for_recipient(key: &str) -> Result<Self> {
        x25519::Recipient::from_str(key.trim())
            .map(Self::Recipient)
            .map_err(|_| {
                Error::invalid(
                    "recipient",
                    "This is not the key of another laptop. It begins with age1: copy all of it from there.",
                )
            })
    }
}

/// Makes the key with which a laptop opens what others lock for it.
#[must_use]
pub fn new_identity() -> SecretString {
    x25519::Identity::generate().to_string()
}

/// The public key that belongs to it, to be given to others.
///
/// # Errors
/// It is no key.
pub fn recipient_of(identity: &SecretString) -> Result<String> {
    Ok(read_identity(identity)?.to_public().to_string())
}

fn read_identity(identity: &SecretString) -> Result<x25519::Identity> {
    x25519::Identity::from_str(identity.expose_secret()).map_err(|_| Error::Crypto)
}

/// A file that is being written: what is written to it is locked.
pub struct Sealed<W: Write>(StreamWriter<W>);

impl<W: Write> Sealed<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn begin(lock: &Lock, to: W) -> Result<Self> {
        let begun = match lock {
            Lock::Passphrase(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                recipient.set_work_factor(WORK);
                Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            }
            Lock::Recipient(recipient) => {
                Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient))
            }
        };
        let encryptor = begun.map_err(|error| match error {
            EncryptError::Io(error) => error.into(),
            _ => Error::Crypto,
        })?;
        Ok(Self(encryptor.wrap_output(to)?))
    }

    /// Ends the file: one that was not ended is known to be cut short.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(self) -> Result<W> {
        Ok(self.0.finish()?)
    }
}

impl<W: Write> Write for Sealed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// What opens a file.
pub struct Opener {
    /// The passphrase that was typed.
    pub passphrase: Option<SecretString>,
    /// This laptop's own key, where it has one.
    pub identity: Option<SecretString>,
}

impl Opener {
    /// Opens a file.
    ///
    /// # Errors
    /// [`Error::FilePassphrase`] where it is wrong or missing, [`Error::Invalid`] for the file otherwise.
    pub fn open<R: BufRead>(&self, mut from: R) -> Result<StreamReader<impl BufRead + use<R>>> {
        let mut head = Vec::new();
        from.by_ref().take(LONGEST_HEADER).read_to_end(&mut head)?;
        if !head.starts_with(OUR_AGE) {
            return Err(match head.starts_with(BEGINS) {
                true => newer(),
                false => not_ours(),
            });
        }
        // Its end is looked for here, as age would read on for as long as there is anything.
        if !head.windows(5).any(|piece| piece == b"\n--- ") {
            return Err(damaged());
        }
        let decryptor = Decryptor::new_buffered(Cursor::new(head).chain(from)).map_err(faulty)?;
        if decryptor.is_scrypt() {
            let Some(passphrase) = &self.passphrase else {
                return Err(Error::FilePassphrase(
                    "This file is locked with a passphrase. Type the one that whoever handed it over chose.",
                ));
            };
            let mut identity = scrypt::Identity::new(passphrase.clone());
            identity.set_max_work_factor(MOST_WORK);
            return decryptor
                .decrypt(std::iter::once(&identity as &dyn age::Identity))
                .map_err(|error| match error {
                    DecryptError::DecryptionFailed
                    | DecryptError::KeyDecryptionFailed
                    | DecryptError::NoMatchingKeys => Error::FilePassphrase("That passphrase does not open this file. Check capitals and spaces, then try again."),
                    error => faulty(error),
                });
        }
        let identity = self.identity.as_ref().map(read_identity).transpose()?;
        let keys = identity
            .iter()
            .map(|identity| identity as &dyn age::Identity);
        decryptor.decrypt(keys).map_err(|error| match error {
            DecryptError::NoMatchingKeys => super::file(
                "This file is locked for another laptop. Ask for one that is locked for this one's key, or with a passphrase.",
            ),
            error => faulty(error),
        })
    }
}

fn faulty(error: DecryptError) -> Error {
    match error {
        DecryptError::Io(error) => unreadable(error),
        DecryptError::UnknownFormat => newer(),
        DecryptError::ExcessiveWork { .. } => not_ours(),
        _ => damaged(),
    }
}

/// A file that ends too early or fails its seal is damaged; anything else is the disk's.
pub(super) fn unreadable(error: std::io::Error) -> Error {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput => damaged(),
        _ => error.into(),
    }
}
