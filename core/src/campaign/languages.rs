//! What the campaign speaks: the six languages that come with words, and those that the organiser added.

use super::Campaign;
use super::settings::{language_as_kept, set};
use crate::consent::defaults::Language;
use crate::consent::{TEXTS, tidy_tag};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::one_line;
use crate::storage::languages::{self, Added};
use crate::storage::settings::{Set, Setting};
use crate::storage::{Conn, campaign};

/// The longest name of a language, in characters.
const LONGEST_NAME: usize = 40;

/// A language that people can be asked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Its BCP 47 tag: "fr".
    pub tag: String,
    /// Its name as its own speakers write it.
    pub name: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// Whether the organiser added it. Until they have written words in it, it is asked in English.
    pub added: bool,
}

impl Spoken {
    /// The language whose labels and buttons go with it on the flip screen: its own, or English.
    #[must_use]
    pub fn labels(&self) -> Language {
        Language::or_english(&self.tag)
    }
}

impl From<Language> for Spoken {
    fn from(language: Language) -> Self {
        Self {
            tag: language.tag().to_owned(),
            name: language.own_name().to_owned(),
            rtl: language.is_rtl(),
            added: false,
        }
    }
}

impl From<Added> for Spoken {
    fn from(language: Added) -> Self {
        Self {
            tag: language.tag,
            name: language.name,
            rtl: language.rtl,
            added: true,
        }
    }
}

/// Every language that people can be asked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AllSpoken(Vec<Spoken>);

impl AllSpoken {
    pub fn of(conn: &Conn) -> Result<Self> {
        let added = languages::added(conn)?.into_iter().map(Spoken::from);
        let ready = Language::ALL.into_iter().map(Spoken::from);
        Ok(Self(ready.chain(added).collect()))
    }

    fn find(&self, tag: &str) -> Option<&Spoken> {
        self.0.iter().find(|spoken| spoken.tag == tag)
    }

    /// What a language is called; its tag where nobody said.
    pub fn name(&self, tag: &str) -> String {
        if tag == campaign::ATTESTED {
            return "as whoever brought the list in attests".to_owned();
        }
        self.find(tag)
            .map_or_else(|| tag.to_owned(), |spoken| spoken.name.clone())
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(&self, tag: &str) -> bool {
        self.find(tag).is_some_and(|spoken| spoken.rtl)
    }

    /// The tags.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|spoken| spoken.tag.as_str())
    }
}

impl Campaign {
    /// Every language that people can be asked in.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn languages(&self) -> Result<Vec<Spoken>> {
        Ok(self.storage.read(AllSpoken::of)?.0)
    }

    /// The languages of the flip screen: one that was added stands there as soon as texts can be asked for in it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn flip_languages(&self) -> Result<Vec<Spoken>> {
        self.storage.read(|conn| {
            let written = campaign::wordings(conn, TEXTS)?;
            let mut all = AllSpoken::of(conn)?.0;
            all.retain(|spoken| {
                !spoken.added || written.iter().any(|words| words.language == spoken.tag)
            });
            Ok(all)
        })
    }

    /// Adds a language that people can be asked in.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is there already, or cannot be one.
    pub fn add_language(&self, tag: &str, name: &str, rtl: bool) -> Result<Spoken> {
        let name = one_line(name, usize::MAX);
        if name.is_empty() {
            let sentence = "Type the language’s name, as its own speakers write it.";
            return Err(Error::invalid("name", sentence));
        }
        if name.chars().count() > LONGEST_NAME {
            let sentence = format!("Keep the name to {LONGEST_NAME} characters.");
            return Err(Error::invalid("name", sentence));
        }
        let tag = tidy_tag(tag).ok_or_else(|| {
            Error::invalid(
                "tag",
                "Type the language’s code: two or three letters such as “fr”, with a script or region where it needs one, such as “zh-Hant”.",
            )
        })?;
        let (now, who) = (self.clock.now(), self.who());
        let language = self.storage.write(|conn| {
            let all = AllSpoken::of(conn)?;
            if let Some(same) = all.find(&tag) {
                let sentence = format!("“{tag}” is there already: {}.", same.name);
                return Err(Error::invalid("tag", sentence));
            }
            let same_name = |spoken: &Spoken| spoken.name.to_lowercase() == name.to_lowercase();
            if all.0.iter().any(same_name) {
                return Err(Error::invalid(
                    "name",
                    "There is a language of this name already.",
                ));
            }
            let language = Added { tag, name, rtl };
            languages::insert(conn, &language, now)?;
            let added = Set {
                setting: Setting::Language(language.tag.clone()),
                before: None,
                after: Some(language_as_kept(&language)),
            };
            set(conn, &added, &who, now)?;
            Ok(language)
        })?;
        self.events.changed(Topic::Campaign);
        Ok(language.into())
    }
}
