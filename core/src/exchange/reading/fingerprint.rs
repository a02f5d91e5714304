//! Whether a file is still what it was when it was read.

use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::{not_read, refused};
use crate::error::Result;

/// What the file system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Its length in bytes.
    pub length: u64,
    modified: Option<SystemTime>,
}

impl Seen {
    pub(super) fn of(path: &Path) -> Result<Self> {
        let about = std::fs::metadata(path).map_err(not_read)?;
        if !about.is_file() {
            return Err(refused("This is a folder or a device, not a list."));
        }
        Ok(Self {
            length: about.len(),
            modified: about.modified().ok(),
        })
    }
}

/// What a file was when it was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    pub(super) seen: Seen,
    /// SHA-256 of all of it.
    pub hash: [u8; 32],
}

/// Reads on, and remembers what passed through.
pub(super) struct Hashing<R> {
    from: R,
    hash: Sha256,
    pub(super) passed: u64,
}

impl<R: Read> Hashing<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from,
            hash: Sha256::new(),
            passed: 0,
        }
    }

    pub(super) fn finish(self) -> [u8; 32] {
        self.hash.finalize().into()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(to)?;
        self.hash.update(to.get(..read).unwrap_or_default());
        self.passed += read as u64;
        Ok(read)
    }
}
