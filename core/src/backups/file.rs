//! The file of a backup: the encrypted database, and behind it a label that says what it is.
//!
//! The database stands first and whole, so that it is checked and read where it lies, on a stick that nothing can be
//! written to as well. `docs/BACKUPS.md` has the form byte by byte.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::Contents;
use crate::storage::vault::{DatabaseKey, Header};

/// The last bytes of every backup.
pub(super) const MAGIC: [u8; 16] = *b"placard backup 1";
const KIND: &str = "placard-backup";
const FORMAT: u32 = 1;
/// The digest, the label's length and the magic.
const TAIL: u64 = 32 + 4 + 16;
/// A label is about a kilobyte: anything much larger is something else.
const LONGEST_LABEL: u64 = 64 * 1024;
/// What binds the sealed numbers to their place.
const CONTENTS: &str = "placard backup: contents";
/// What is read at a time.
const CHUNK: usize = 1024 * 1024;

/// What stands behind the database. Of the campaign it says nothing that can be read without the key.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Label {
    kind: String,
    format: u32,
    at: DateTime<Utc>,
    /// How long the database is, in bytes.
    pub database: u64,
    /// What opens it: as `vault.key`.
    key: Header,
    /// What it holds, in numbers, sealed.
    contents: String,
}

impl Label {
    /// A label for a copy of the database.
    pub(super) fn new(
        key: &DatabaseKey,
        header: &Header,
        contents: &Contents,
        database: u64,
        at: DateTime<Utc>,
    ) -> Result<Self> {
        let words = serde_json::to_vec(contents).map_err(|_| Error::Broke)?;
        Ok(Self {
            kind: KIND.to_owned(),
            format: FORMAT,
            at,
            database,
            key: header.clone(),
            contents: BASE64.encode(&key.seal(CONTENTS, &words)?),
        })
    }

    /// When the backup was taken.
    pub(super) fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// What holds the key.
    pub(super) fn header(&self) -> Result<Header> {
        self.key.clone().understood()
    }

    /// What it holds, as was written down when it was taken; nothing where the key is another vault's.
    pub(super) fn contents(&self, key: &DatabaseKey) -> Option<Contents> {
        let sealed = BASE64.decode(self.contents.as_bytes()).ok()?;
        serde_json::from_slice(&key.unseal(CONTENTS, &sealed)?).ok()
    }

    /// Puts the label behind the database, and makes both durable.
    pub(super) fn write(&self, file: &Path, watch: &Watch<'_>) -> Result<()> {
        let label = serde_json::to_vec(self).map_err(|_| Error::Broke)?;
        let mut digest = Sha256::new();
        let mut from = File::open(file)?;
        through(&mut from, self.database, watch, |bytes| {
            digest.update(bytes);
            Ok(())
        })?;
        digest.update(&label);
        let mut to = File::options().append(true).open(file)?;
        let length = u32::try_from(label.len()).map_err(|_| Error::Broke)?;
        to.write_all(&label)?;
        to.write_all(&digest.finalize())?;
        to.write_all(&length.to_le_bytes())?;
        to.write_all(&MAGIC)?;
        Ok(to.sync_all()?)
    }

    /// Reads the label of a file. Says nothing about the database before it.
    ///
    /// # Errors
    /// [`Error::Invalid`] where this is no backup, or only a part of one; [`Error::NewerVault`].
    pub(super) fn read(file: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Cover {
            kind: String,
            format: u32,
        }
        let mut from = File::open(file).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => not_there(),
            _ => error.into(),
        })?;
        let length = from.metadata()?.len();
        let start = length.checked_sub(TAIL).ok_or_else(no_backup)?;
        from.seek(SeekFrom::Start(start + 32))?;
        let (mut label_length, mut magic) = ([0; 4], [0; 16]);
        from.read_exact(&mut label_length)?;
        from.read_exact(&mut magic)?;
        let label_length = u64::from(u32::from_le_bytes(label_length));
        if magic != MAGIC || label_length > LONGEST_LABEL {
            return Err(no_backup());
        }
        let database = start.checked_sub(label_length).ok_or_else(no_backup)?;
        from.seek(SeekFrom::Start(database))?;
        let mut label = Vec::new();
        from.take(label_length).read_to_end(&mut label)?;
        let cover: Cover = serde_json::from_slice(&label).map_err(|_| damaged())?;
        if cover.kind != KIND {
            return Err(no_backup());
        }
        if cover.format > FORMAT {
            return Err(Error::NewerVault);
        }
        let label: Self = serde_json::from_slice(&label).map_err(|_| damaged())?;
        if label.database != database || database == 0 {
            return Err(damaged());
        }
        Ok(label)
    }

    /// Reads every byte of a backup and says whether it is as it was written.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is not, [`Error::Stopped`].
    pub(super) fn check(&self, file: &Path, watch: &Watch<'_>) -> Result<()> {
        let mut from = File::open(file)?;
        let length = from.metadata()?.len();
        let covered = length.checked_sub(TAIL).ok_or_else(no_backup)?;
        let mut digest = Sha256::new();
        through(&mut from, covered, watch, |bytes| {
            digest.update(bytes);
            Ok(())
        })?;
        let mut written = [0; 32];
        from.read_exact(&mut written)?;
        if digest.finalize()[..] != written {
            return Err(damaged());
        }
        Ok(())
    }

    /// Writes the database of a backup out by itself, and makes it durable.
    pub(super) fn unpack(&self, file: &Path, to: &Path, watch: &Watch<'_>) -> Result<()> {
        let mut from = File::open(file)?;
        let mut to = File::options().write(true).create_new(true).open(to)?;
        through(&mut from, self.database, watch, |bytes| {
            Ok(to.write_all(bytes)?)
        })?;
        Ok(to.sync_all()?)
    }
}

/// Reads so many bytes, a chunk at a time.
pub(super) fn through(
    from: &mut File,
    length: u64,
    watch: &Watch<'_>,
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut chunk = vec![0; CHUNK];
    let mut done = 0;
    while done < length {
        let most = usize::try_from(length - done).unwrap_or(CHUNK).min(CHUNK);
        let read = from.read(&mut chunk[..most])?;
        if read == 0 {
            // It was cut short while it was read.
            return Err(damaged());
        }
        take(&chunk[..read])?;
        done += read as u64;
        watch.at(done, length)?;
    }
    Ok(())
}

fn not_there() -> Error {
    Error::invalid(
        "path",
        "This backup is not there. If it is on a USB stick, plug the stick in.",
    )
}

fn no_backup() -> Error {
    Error::invalid(
        "path",
        "This is not a Placard backup, or only a part of one: it may have been cut short while it was copied. Choose another.",
    )
}

/// It is a backup, and not as it was written.
pub(super) fn damaged() -> Error {
    Error::invalid(
        "path",
        "This backup is damaged: it is not as it was written. Choose another.",
    )
}
