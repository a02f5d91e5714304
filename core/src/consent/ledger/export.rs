//! The lines of an exported ledger, which anybody can check without Placard.
//!
//! A header, every wording that an entry mentions, then the entries: each chain in order, several chains
//! side by side as they come. The facts stand in a line exactly as they were hashed.

use serde::{Deserialize, Serialize};

use super::canonical::Object;
use super::{Entry, Hash, LEDGER, Moment};

/// A wording with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The key of the purpose it asks for.
    pub purpose: String,
    /// The language as a BCP 47 tag.
    pub language: String,
    /// The version within purpose and language, from 1.
    pub version: u32,
    /// What is read out or shown.
    pub text: String,
}

impl Wording {
    /// How an entry points to it.
    #[must_use]
    pub fn reference(&self) -> super::WordingRef {
        super::WordingRef {
            language: self.language.clone(),
            version: self.version,
            sha256: Hash::of_text(&self.text),
        }
    }
}

/// The first line of an export, without a line break.
#[must_use]
pub fn export_header(campaign: &str, exported_at: Moment) -> String {
    Object::default()
        .text("ledger", &LEDGER)
        .text("campaign", &campaign)
        .text("exported_at", &exported_at)
        .unsorted()
}

/// The line of a wording, without a line break.
#[must_use]
pub fn export_wording(wording: &Wording) -> String {
    let wording = Object::default()
        .text("purpose", &wording.purpose)
        .text("language", &wording.language)
        .number("version", wording.version)
        .text("text", &wording.text)
        .unsorted();
    Object::default().json("wording", Some(wording)).unsorted()
}

/// The line of an entry, without a line break.
#[must_use]
pub fn export_entry(entry: &Entry) -> String {
    let null = || "null".to_owned();
    let personal = entry.personal.as_ref();
    let line = Object::default()
        .json("entry", Some(entry.facts.canonical()))
        .text("previous", &entry.previous)
        .text("hash", &entry.hash);
    let line = match &entry.salt {
        Some(salt) => line.text("salt", salt),
        None => line.json("salt", Some(null())),
    };
    line.json(
        "personal",
        Some(personal.map_or_else(null, super::Personal::canonical)),
    )
    .unsorted()
}
