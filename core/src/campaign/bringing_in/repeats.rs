//! Whom a list has spoken of already: a few bytes for each, whatever the lines hold.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use uuid::Uuid;

use super::alike::folded;
use super::judging::Person;
use crate::people::Mobile;

/// What an earlier line was.
pub(super) enum Repeated {
    /// The same in everything.
    Same,
    /// About the same, and it said something else.
    Otherwise { line: u64 },
}

/// The lines so far, by hashes that nobody outside can foresee.
pub(super) struct Repeats {
    hash: RandomState,
    lines: HashMap<u64, (u32, u64)>,
}

impl Repeats {
    pub(super) fn with_room(lines: u64) -> Self {
        let room = usize::try_from(lines.min(1 << 20)).unwrap_or_default();
        Self {
            hash: RandomState::new(),
            lines: HashMap::with_capacity(room),
        }
    }

    /// Notes a person's line. Gives the earlier one about the same number; without a number, about the same email and
    /// name; with neither, about the same name and postcode.
    pub(super) fn person(&mut self, person: &Person, line: u64) -> Option<Repeated> {
        let details = &person.details;
        let name = || (folded(&details.first_name), folded(&details.last_name));
        let key = match (&details.mobile, details.email.as_str()) {
            (Some(mobile), _) => self.hash.hash_one((1_u8, mobile)),
            (None, "") => self.hash.hash_one((2_u8, name(), &details.postcode)),
            (None, email) => self.hash.hash_one((3_u8, name(), email.to_lowercase())),
        };
        let whole = self.hash.hash_one((
            [
                &details.first_name,
                &details.last_name,
                &details.email,
                &details.postcode,
                &details.language,
            ],
            person.agreed_at,
            person.opted_out,
        ));
        self.note(key, whole, line)
    }

    /// Notes whom a line is about of those who are there.
    pub(super) fn known(&mut self, id: Uuid, line: u64) -> Option<Repeated> {
        let key = self.hash.hash_one((4_u8, id));
        self.note(key, line, line)
    }

    /// Notes a number.
    pub(super) fn number(&mut self, mobile: &Mobile, line: u64) -> Option<Repeated> {
        let key = self.hash.hash_one((1_u8, mobile.e164()));
        self.note(key, 0, line)
    }

    fn note(&mut self, key: u64, whole: u64, line: u64) -> Option<Repeated> {
        let short = u32::try_from(line).unwrap_or(u32::MAX);
        match self.lines.get(&key) {
            None => {
                self.lines.insert(key, (short, whole));
                None
            }
            Some((_, before)) if *before == whole => Some(Repeated::Same),
            Some((line, _)) => Some(Repeated::Otherwise {
                line: (*line).into(),
            }),
        }
    }
}
