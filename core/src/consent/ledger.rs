//! The consent ledger: who agreed to what, when and how, in chains that show every later change.
//!
//! Consent has to be demonstrable (UK GDPR Art 7(1)), and a person erased has to be gone (Art 17). So an
//! entry has two parts: facts that name nobody and are chained for good, and a personal part of which the
//! chain holds only a salted digest. `docs/LEDGER.md` has the format, for anybody without Placard.

mod canonical;
mod check;
mod digest;
mod export;
mod head;
mod kinds;
mod moment;
mod reading;

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use canonical::Object;
pub use check::{Broken, BrokenWhy, Chain, Checked, Checker};
pub use digest::{Hash, NotADigest, Salt};
pub use export::{Wording, export_entry, export_header, export_wording};
pub use head::Head;
pub use kinds::{Method, UnknownWord, What};
pub use moment::{Moment, NotAMoment};
pub use reading::{Fault, FaultWhy, Line, check_export};

/// The name of this form of ledger: it stands in every export and goes into every hash.
pub const LEDGER: &str = "placard-ledger-1";

/// What a new entry says before it has its place in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsealed {
    /// The entry's own id, a version 7 UUID.
    pub id: Uuid,
    /// The laptop that writes it. Each has a chain of its own.
    pub laptop: Uuid,
    /// When it happened, by the laptop's clock.
    pub at: Moment,
    /// The IANA name of the zone in which it happened: "Europe/London".
    pub zone: String,
    /// What happened.
    pub what: What,
    /// The key of the purpose, "texts" for example. None where it is about the number as a whole.
    pub purpose: Option<String>,
    /// How it was said.
    pub method: Method,
    /// The capture it belongs to.
    pub capture: Option<Uuid>,
    /// The shift it belongs to.
    pub shift: Option<Uuid>,
    /// What was read out or shown.
    pub wording: Option<WordingRef>,
    /// The text from the supporter that shows it.
    pub evidence: Option<Uuid>,
    /// The entry that this one confirms, takes back, undoes, or repeats on another record of the same person.
    pub about: Option<Uuid>,
}

/// The part of an entry that names nobody and that the chain keeps for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The entry's own id, a version 7 UUID.
    pub id: Uuid,
    /// The laptop that wrote it.
    pub laptop: Uuid,
    /// Its place in the laptop's chain: 1, 2, 3 and so on.
    pub number: u32,
    /// When it happened, by the laptop's clock.
    pub at: Moment,
    /// The IANA name of the zone in which it happened.
    pub zone: String,
    /// What happened.
    pub what: What,
    /// The key of the purpose. None where it is about the number as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// How it was said.
    pub method: Method,
    /// The capture it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capture: Option<Uuid>,
    /// The shift it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Uuid>,
    /// What was read out or shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<WordingRef>,
    /// The text from the supporter that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Uuid>,
    /// The entry that this one confirms, takes back, undoes, or repeats on another record of the same person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Uuid>,
    /// The salted digest of the personal part. It stays when the person is erased.
    pub personal: Hash,
}

/// Which wording was used: never "today's", always this one (UK GDPR Art 7(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordingRef {
    /// The language as a BCP 47 tag: "en-GB", "cy".
    pub language: String,
    /// The version within purpose and language, from 1.
    pub version: u32,
    /// SHA-256 of the wording's text in UTF-8.
    pub sha256: Hash,
}

/// The part of an entry that is about a person, and goes when the person is erased (UK GDPR Art 17).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    /// The supporter's record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supporter: Option<Uuid>,
    /// The supporter's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The mobile, as E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    /// Who captured it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canvasser: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The supporter's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

/// One entry in its place in a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What is kept for good.
    #[serde(rename = "entry")]
    pub facts: Facts,
    /// The hash of the entry before it; [`Hash::NONE`] for the first.
    pub previous: Hash,
    /// The hash over the one before and the facts.
    pub hash: Hash,
    /// What the personal digest was salted with. Gone when the person is erased.
    #[serde(deserialize_with = "Option::deserialize")]
    pub salt: Option<Salt>,
    /// The personal part. Gone when the person is erased.
    #[serde(deserialize_with = "Option::deserialize")]
    pub personal: Option<Personal>,
}

/// Puts an entry at the end of its laptop's chain. `previous` is the head of that chain, `None` for the
/// laptop's first entry. `salt` has to be fresh from the system's random source each time: with a salt used
/// twice, erasing one person leaves a way to guess at them.
#[must_use]
pub fn seal(new: Unsealed, personal: &Personal, salt: Salt, previous: Option<Head>) -> Entry {
    let (number, previous) = previous.map_or((1, Hash::NONE), |head| {
        (head.number.saturating_add(1), head.hash)
    });
    let facts = Facts {
        id: new.id,
        laptop: new.laptop,
        number,
        at: new.at,
        zone: new.zone,
        what: new.what,
        purpose: new.purpose,
        method: new.method,
        capture: new.capture,
        shift: new.shift,
        wording: new.wording,
        evidence: new.evidence,
        about: new.about,
        personal: personal.digest(&salt),
    };
    Entry {
        previous,
        hash: facts.hash_after(previous),
        facts,
        salt: Some(salt),
        personal: Some(personal.clone()),
    }
}

impl Facts {
    /// The canonical JSON that is hashed (RFC 8785).
    #[must_use]
    pub fn canonical(&self) -> String {
        Object::default()
            .text("id", &self.id)
            .text("laptop", &self.laptop)
            .number("number", self.number)
            .text("at", &self.at)
            .text("zone", &self.zone)
            .text("what", &self.what)
            .optional("purpose", self.purpose.as_ref())
            .text("method", &self.method)
            .optional("capture", self.capture.as_ref())
            .optional("shift", self.shift.as_ref())
            .json("wording", self.wording.as_ref().map(WordingRef::canonical))
            .optional("evidence", self.evidence.as_ref())
            .optional("about", self.about.as_ref())
            .text("personal", &self.personal)
            .canonical()
    }

    /// The hash that an entry with these facts has after that one.
    #[must_use]
    pub fn hash_after(&self, previous: Hash) -> Hash {
        Hash::of(&[
            LEDGER.as_bytes(),
            b"\n",
            previous.to_string().as_bytes(),
            b"\n",
            self.canonical().as_bytes(),
        ])
    }
}

impl WordingRef {
    fn canonical(&self) -> String {
        Object::default()
            .text("language", &self.language)
            .number("version", self.version)
            .text("sha256", &self.sha256)
            .canonical()
    }
}

impl Personal {
    /// The canonical JSON that is hashed behind the salt (RFC 8785).
    #[must_use]
    pub fn canonical(&self) -> String {
        Object::default()
            .optional("supporter", self.supporter.as_ref())
            .optional("name", self.name.as_ref())
            .optional("mobile", self.mobile.as_ref())
            .optional("canvasser", self.canvasser.as_ref())
            .optional("place", self.place.as_ref())
            .optional("said", self.said.as_ref())
            .canonical()
    }

    /// What the chain holds of it. Without the salt nobody can guess it back.
    #[must_use]
    pub fn digest(&self, salt: &Salt) -> Hash {
        Hash::of(&[salt.as_bytes(), self.canonical().as_bytes()])
    }
}

impl Entry {
    /// The head of a chain that ends here.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            number: self.facts.number,
            hash: self.hash,
        }
    }

    /// Takes the person out (UK GDPR Art 17). The chain still verifies.
    pub fn erase(&mut self) {
        self.salt = None;
        self.personal = None;
    }

    /// Whether the person was taken out.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.salt.is_none() && self.personal.is_none()
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Personal(…)")
    }
}

#[cfg(test)]
mod tests;
