//! Whether chains are whole: one entry after the other, several laptops side by side.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::{Uuid, Variant};

use super::{Entry, Hash, Head, Wording, WordingRef};

/// Checks entries as they come. It remembers an id for each entry, and nothing personal.
///
/// It finds every change to an entry that others stand behind. Entries cut off at the end of a chain, or a
/// chain written anew from some point on, only show against a [`Head`] that was written down before.
#[derive(Debug, Default)]
pub struct Checker {
    chains: BTreeMap<Uuid, Chain>,
    /// Which laptop wrote which entry.
    seen: HashMap<Uuid, Uuid>,
    /// Entries about one that has not come yet: it may stand in another laptop's chain.
    awaited: Vec<(Uuid, Place)>,
    wordings: Option<HashSet<(String, String, u32, Hash)>>,
}

/// A chain that was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// Whose chain it is.
    pub laptop: Uuid,
    /// Its last entry: worth writing down as a seal on everything before it.
    pub head: Head,
    /// How many of its entries are of people who were erased.
    pub erased: u32,
}

/// What was found whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// One for each laptop, in the order of their ids.
    pub chains: Vec<Chain>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    laptop: Uuid,
    number: u32,
    id: Uuid,
}

/// The first entry that is not as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Entry {number} of laptop {laptop} (id {id}): {why}")]
pub struct Broken {
    /// The laptop whose chain is broken.
    pub laptop: Uuid,
    /// The number in that chain.
    pub number: u32,
    /// The entry's id.
    pub id: Uuid,
    /// What is wrong.
    pub why: BrokenWhy,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BrokenWhy {
    /// The id is no version 7 UUID.
    #[error("its id is not a version 7 UUID.")]
    Id,
    /// A number was left out before it.
    #[error("entry {0} is missing before it.")]
    Missing(u32),
    /// Its number was there already.
    #[error("it is out of order, or stands there twice; entry {0} was due.")]
    OutOfOrder(u32),
    /// `previous` is not the hash of the entry before.
    #[error("it does not follow the entry before it.")]
    NotFollowing,
    /// The hash does not fit the facts.
    #[error("its facts were changed: its hash does not fit them.")]
    Hash,
    /// The id was there already.
    #[error("another entry has the same id.")]
    SameId,
    /// Only one of the salt and the personal part is there.
    #[error("only one of its salt and its personal part is there: erasing removes both.")]
    HalfErased,
    /// The digest does not fit the personal part.
    #[error("its personal part or its salt was changed.")]
    Personal,
    /// No wording given to the checker is the one that was used.
    #[error("the wording it was given with is missing or was changed.")]
    Wording,
    /// It is about an entry that comes later in the same chain, or about itself.
    #[error("it is about an entry that did not exist yet.")]
    AboutLater,
    /// It is about an entry that is in no chain.
    #[error("it is about an entry that is not there.")]
    AboutNowhere,
}

impl Checker {
    /// Leaves the texts of the wordings alone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Also checks that each entry's wording is one of these, to the letter.
    #[must_use]
    pub fn with_wordings<'a>(wordings: impl IntoIterator<Item = &'a Wording>) -> Self {
        let mut checker = Self {
            wordings: Some(HashSet::new()),
            ..Self::default()
        };
        for wording in wordings {
            checker.add_wording(wording);
        }
        checker
    }

    pub(super) fn add_wording(&mut self, wording: &Wording) {
        let WordingRef {
            language,
            version,
            sha256,
        } = wording.reference();
        self.wordings.get_or_insert_default().insert((
            wording.purpose.clone(),
            language,
            version,
            sha256,
        ));
    }

    /// Checks the next entry. Entries of one laptop come in the order of their numbers; the order between
    /// laptops does not matter.
    ///
    /// # Errors
    /// What is wrong with this entry. Nothing of it is remembered then.
    pub fn check(&mut self, entry: &Entry) -> Result<(), Broken> {
        let facts = &entry.facts;
        let place = Place {
            laptop: facts.laptop,
            number: facts.number,
            id: facts.id,
        };
        let chain = self.chains.get(&facts.laptop).copied();
        self.fault(entry, chain)
            .map_or(Ok(()), |why| Err(place.broken(why)))?;
        self.seen.insert(facts.id, facts.laptop);
        if let Some(about) = facts.about
            && (about == facts.id || !self.seen.contains_key(&about))
        {
            self.awaited.push((about, place));
        }
        let chain = Chain {
            laptop: facts.laptop,
            head: entry.head(),
            erased: chain.map_or(0, |chain| chain.erased) + u32::from(entry.is_erased()),
        };
        self.chains.insert(facts.laptop, chain);
        Ok(())
    }

    /// What was checked, after the last entry.
    ///
    /// # Errors
    /// An entry is about one that never came.
    pub fn finish(self) -> Result<Checked, Broken> {
        for (about, place) in self.awaited {
            match self.seen.get(&about) {
                None => return Err(place.broken(BrokenWhy::AboutNowhere)),
                Some(laptop) if *laptop == place.laptop => {
                    return Err(place.broken(BrokenWhy::AboutLater));
                }
                Some(_) => {}
            }
        }
        Ok(Checked {
            chains: self.chains.into_values().collect(),
        })
    }

    /// The order matters: what is asked first gives the sentence that helps most.
    fn fault(&self, entry: &Entry, chain: Option<Chain>) -> Option<BrokenWhy> {
        let facts = &entry.facts;
        let due = chain.map_or(1, |chain| chain.head.number.saturating_add(1));
        let before = chain.map_or(Hash::NONE, |chain| chain.head.hash);
        let version_7 =
            facts.id.get_version_num() == 7 && facts.id.get_variant() == Variant::RFC4122;
        let personal_fits = match (&entry.salt, &entry.personal) {
            (Some(salt), Some(personal)) => personal.digest(salt) == facts.personal,
            _ => true,
        };
        [
            (facts.number > due, BrokenWhy::Missing(due)),
            (facts.number < due, BrokenWhy::OutOfOrder(due)),
            (entry.previous != before, BrokenWhy::NotFollowing),
            (
                entry.hash != facts.hash_after(entry.previous),
                BrokenWhy::Hash,
            ),
            (!version_7, BrokenWhy::Id),
            (self.seen.contains_key(&facts.id), BrokenWhy::SameId),
            (
                entry.salt.is_some() != entry.personal.is_some(),
                BrokenWhy::HalfErased,
            ),
            (!personal_fits, BrokenWhy::Personal),
            (!self.wording_known(entry), BrokenWhy::Wording),
        ]
        .into_iter()
        .find_map(|(wrong, why)| wrong.then_some(why))
    }

    fn wording_known(&self, entry: &Entry) -> bool {
        let (Some(wordings), Some(used)) = (&self.wordings, &entry.facts.wording) else {
            return true;
        };
        wordings.iter().any(|(purpose, language, version, sha256)| {
            *sha256 == used.sha256
                && *version == used.version
                && *language == used.language
                && entry
                    .facts
                    .purpose
                    .as_ref()
                    .is_none_or(|own| own == purpose)
        })
    }
}

impl Place {
    fn broken(self, why: BrokenWhy) -> Broken {
        Broken {
            laptop: self.laptop,
            number: self.number,
            id: self.id,
            why,
        }
    }
}
