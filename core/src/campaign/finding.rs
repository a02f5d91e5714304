//! Finding people: what the screen asks, and the filters that were saved.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::languages::AllSpoken;
use super::{Campaign, LONGEST_PAGE};
use crate::clock::local_zone;
use crate::error::{Error, Result};
use crate::people::{LONGEST_NAME, one_line};
use crate::storage::exporting::Who;
use crate::storage::finding::{
    self, Asked, Filter, NeedsCorrecting, Page, Question, SavedFilter, ShiftOf,
};

/// What there is to filter by.
#[derive(Clone)]
pub struct FilterChoices {
    /// Who has captured somebody, by name.
    pub canvassers: Vec<String>,
    /// The shifts, newest first.
    pub shifts: Vec<ShiftOf>,
    /// The languages that people have: the tag, and the name as its own speakers write it.
    pub languages: Vec<(String, String)>,
    /// The lists that were brought in, newest first.
    pub imports: Vec<ImportChoice>,
}

/// A list that was brought in.
#[derive(Clone)]
pub struct ImportChoice {
    /// The act that brought it in.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Campaign {
    /// What a question asks, on this laptop: numbers as people here write them, days by its calendar.
    pub(super) fn asked(&self, question: &Question) -> Asked {
        let zone: Tz = local_zone().parse().unwrap_or(Tz::UTC);
        Asked::of(question, self.info.country, &zone)
    }

    /// A part of those whom a question finds, and how many they are.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn people(&self, question: &Question, offset: u32, limit: u32) -> Result<Page> {
        let asked = self.asked(question);
        self.storage
            .read(|conn| finding::page(conn, &asked, offset, limit.min(LONGEST_PAGE)))
    }

    /// How many a question finds, however many they are. With many people this takes a while.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn count_people(&self, question: &Question) -> Result<u32> {
        let asked = self.asked(question);
        self.storage.read(|conn| finding::count(conn, &asked))
    }

    /// Everybody whom a question finds, in its order.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn everybody(&self, question: &Question) -> Result<Vec<Uuid>> {
        let asked = self.asked(question);
        self.storage.read(|conn| finding::everybody(conn, &asked))
    }

    /// The same for what goes through them one after another, which for everybody needs no list of them.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn whom(&self, question: &Question) -> Result<Who> {
        if question.search.trim().is_empty() && question.filter == Filter::default() {
            return Ok(Who::Everyone);
        }
        self.everybody(question).map(Who::These)
    }

    /// How many come before somebody in the answer to a question; none where they are not in it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn place_of(&self, question: &Question, id: Uuid) -> Result<Option<u32>> {
        let asked = self.asked(question);
        self.storage
            .read(|conn| finding::place_of(conn, &asked, id))
    }

    /// What there is to filter by.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn filter_choices(&self) -> Result<FilterChoices> {
        let (found, spoken) = self
            .storage
            .read(|conn| Ok((finding::choices(conn)?, AllSpoken::of(conn)?)))?;
        let named = |tag: String| (tag.clone(), spoken.name(&tag));
        Ok(FilterChoices {
            canvassers: found.canvassers,
            shifts: found.shifts,
            languages: found.languages.into_iter().map(named).collect(),
            imports: found
                .imports
                .into_iter()
                .map(|import| ImportChoice {
                    id: import.act,
                    name: match (import.name.as_str(), import.who.as_str()) {
                        ("", "") => "A list".to_owned(),
                        ("", who) => format!("A list, by {who}"),
                        (name, _) => name.to_owned(),
                    },
                    at: import.at,
                })
                .collect(),
        })
    }

    /// The filters that were saved, by name.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn saved_filters(&self) -> Result<Vec<SavedFilter>> {
        self.storage.read(finding::saved)
    }

    /// Saves a question under a name, and gives its id. Where another has the name and is not to be replaced, nothing is
    /// saved.
    ///
    /// # Errors
    /// It has no name, or the disk says no.
    pub fn save_filter(
        &self,
        name: &str,
        question: &Question,
        replaces: bool,
    ) -> Result<Option<Uuid>> {
        let name = one_line(name, LONGEST_NAME);
        if name.is_empty() {
            return Err(Error::invalid("name", "Give the filter a name."));
        }
        let now = self.clock.now();
        self.storage
            .write(|conn| finding::keep(conn, Uuid::now_v7(), &name, question, replaces, now))
    }

    /// Forgets a saved filter.
    ///
    /// # Errors
    /// The disk says no.
    pub fn forget_filter(&self, id: Uuid) -> Result<()> {
        self.storage.write(|conn| finding::forget(conn, id))
    }
}

impl NeedsCorrecting {
    /// Which of the reasons it is, in two words: who needs correcting is listed by it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Refused(_) => "Number refused",
            Self::Mistyped => "Number mistyped",
            Self::Uncertain => "Text uncertain",
        }
    }

    /// Why, and what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Refused(why) => format!("The gateway says: {why}"),
            Self::Mistyped => {
                "The number was probably mistyped: no text arrives there. Ask for it again, and correct it.".to_owned()
            }
            Self::Uncertain => {
                "Nobody knows whether a text to them was sent. Look at it in Texts, and decide whether to try again.".to_owned()
            }
        }
    }
}
