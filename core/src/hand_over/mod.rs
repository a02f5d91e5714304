//! What one laptop of a campaign hands over to another: the form of the file, and the lock on it. Knows no database.
//!
//! A file is an age file (age-encryption.org/v1), locked with a passphrase or for a laptop's public key. Inside are
//! lines of JSON: a header, records, and an end that counts them. Each chunk of an age file is authenticated, so that
//! one that was cut short or changed is known as such before it is finished.

mod reading;
mod sealing;
#[cfg(test)]
mod tests;

pub use reading::{Handed, Line};
pub use sealing::{Lock, Opener, Sealed, new_identity, recipient_of};

use unicode_normalization::UnicodeNormalization;

use crate::consent::ledger::Hash;
use crate::error::Error;
use crate::people::Country;

/// The form that this Placard writes, and the newest that it reads. From 2 on a file says what it goes on from; from 3 on it
/// holds the numbers that nobody calls and who is not the same person.
pub const VERSION: u32 = 3;

/// What campaigns on two laptops have in common when they are one: their name and country, whatever the capitals and
/// spaces. A yes is given to a campaign by name (PECR r22), so that is what has to be the same.
#[must_use]
pub fn campaign_code(name: &str, country: Country) -> Hash {
    let folded: String = name
        .nfkc()
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    Hash::of_text(&format!("{folded}\n{}", country.code()))
}

/// A fault of the file, which changes nothing here.
fn file(sentence: &str) -> Error {
    Error::invalid("file", sentence)
}

/// Not a file that was handed over.
#[must_use]
pub fn not_ours() -> Error {
    file(
        "This is not a file that a Placard handed over. Choose one that ends in .age. Nothing has changed.",
    )
}

/// It broke on the way.
#[must_use]
pub fn damaged() -> Error {
    file(
        "This file is damaged, or not all of it is here. Copy it again, or ask for a new one. Nothing has changed.",
    )
}

/// Another file took its place while it was read.
#[must_use]
pub fn changed() -> Error {
    file("This file was changed while it was read. Take it in again. Nothing has changed here.")
}

/// What a newer Placard wrote.
#[must_use]
pub fn newer() -> Error {
    file(
        "This file was written by a newer Placard. Update Placard on this laptop, then take it in again. Nothing has changed.",
    )
}

/// It was handed over by another campaign.
#[must_use]
pub fn other_campaign() -> Error {
    file(
        "This file is of another campaign. Both laptops have to have the campaign under the same name and in the same country. Nothing has changed.",
    )
}
