//! For `cargo xtask test --only fuzz` alone: everything that comes from outside, shown to Placard in the way the app
//! shows it. Whatever the bytes, they are read or refused; and what is refused is refused in a sentence for the person
//! who chose the file, which quotes nothing of it.

mod archive;
#[cfg(test)]
mod seeds;

pub use crate::backups::fuzzing::Stick;
pub use crate::campaign::fuzzing::Laptop;
pub use crate::gateways::osdi::fuzzing::osdi;

#[cfg(test)]
pub(crate) use archive::packed_workbook_of;
pub(crate) use archive::workbook_of;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};

use crate::error::{Code, Error};
use crate::progress::Watch;

/// What became of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// They were read to their end.
    Read,
    /// They were refused, in a sentence.
    Refused,
}

/// So many bytes in a row are quoted, and no coincidence.
const QUOTED: usize = 16;
/// So many digits are a phone's.
const NUMBER: usize = 7;

/// What passphrase the files are tried with.
pub(crate) const PASSPHRASE: &str = "kettle marble orbit thursday";

/// The noon at which all of it happens.
pub(crate) fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_777_723_200, 0).unwrap_or_default()
}

/// Works, with nobody who watches or stops it.
pub(crate) fn quietly<T>(work: impl FnOnce(&Watch<'_>) -> T) -> T {
    let (tell, stop) = (|_, _| {}, AtomicBool::new(false));
    work(&Watch::new(&tell, &stop))
}

/// Whether it was read; a refusal is looked at.
pub(crate) fn came<T>(read: Result<T, Error>, input: &[u8]) -> Came {
    match read {
        Ok(_) => Came::Read,
        Err(error) => {
            // "Something went wrong inside Placard" tells nobody what to do about a file.
            assert!(error.code() != Code::Unexpected, "{error:?}");
            is_said(&error.to_string(), input);
            Came::Refused
        }
    }
}

/// A sentence for a person, which quotes nothing of what it is about.
pub(crate) fn is_said(sentence: &str, of: &[u8]) {
    assert!(
        sentence.len() > 10 && sentence.ends_with('.'),
        "no sentence: {sentence:?}"
    );
    assert!(sentence.len() < 600, "no short sentence: {sentence:?}");
    names_no_number(sentence);
    // By their hashes: who fuzzes watches what is compared, and would put the sentence itself into what is read.
    let pieces: HashSet<u64> = sentence.as_bytes().windows(QUOTED).map(hash).collect();
    let quoted = of
        .windows(QUOTED)
        .find(|piece| pieces.contains(&hash(piece)));
    assert!(
        quoted.is_none(),
        "{sentence:?} quotes {:?}",
        quoted.map(String::from_utf8_lossy)
    );
}

/// What follows on these words in a sentence of ours, if it begins with them.
pub(crate) fn after<'a>(sentence: &'a str, words: &str) -> Option<&'a str> {
    let (begins, rest) = sentence.split_at_checked(words.len())?;
    (hash(begins.as_bytes()) == hash(words.as_bytes())).then_some(rest)
}

fn hash(piece: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    piece.hash(&mut hasher);
    hasher.finish()
}

/// No phone's number stands in it.
pub(crate) fn names_no_number(words: &str) {
    let mut runs = words.split(|c: char| !c.is_ascii_digit());
    assert!(!runs.any(|run| run.len() >= NUMBER), "a number: {words:?}");
}
