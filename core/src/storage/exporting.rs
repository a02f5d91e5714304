//! People with what they said, some hundreds at a time, as they are handed over to others.
//!
//! The last word on a purpose is the view `last_words`, which is dear for each person. Most people said one thing and
//! perhaps confirmed it: then that is their last word, and is read off their entries as they come. For everybody else the
//! view is asked.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use uuid::Uuid;

use super::values::{As, At};
use super::{Conn, do_not_call};
use crate::consent::Channel;
use crate::consent::ledger::{Hash, Method, What};
use crate::error::Result;
use crate::exchange::writing::{Exported, Number, Said, Takes, Word, WordingOf};

/// Whom it is about.
#[derive(Clone, PartialEq, Eq)]
pub enum Who {
    /// Everybody who is there.
    Everyone,
    /// These, in this order. Whoever is gone meanwhile is left out.
    These(Vec<Uuid>),
}

/// How many people are read at a time.
const AT_A_TIME: u32 = 500;

/// Goes through people, in the order of their ids or in the order in which they are named.
pub struct Exporting<'a> {
    who: &'a Who,
    at_a_time: u32,
    /// The last that was given of everybody.
    after: Uuid,
    /// How many of those who are named were looked for.
    looked_for: usize,
    lists: Lists,
}

/// What few rows hold and many point at.
struct Lists {
    purposes: HashMap<String, (Arc<str>, Channel)>,
    wordings: HashMap<Uuid, WordingOf>,
    /// The entries that were taken back, whoever did.
    taken_back: HashSet<Uuid>,
}

/// How many people there are to go through. Of those who are named, all count.
///
/// # Errors
/// The vault cannot be read.
pub fn count(conn: &Conn, who: &Who) -> Result<u64> {
    match who {
        Who::Everyone => Ok(super::finding::everyone(conn)?.into()),
        Who::These(ids) => Ok(u64::try_from(ids.len()).unwrap_or(u64::MAX)),
    }
}

/// The keys of every purpose there ever was, in the order in which they were made.
///
/// # Errors
/// The vault cannot be read.
pub fn purposes(conn: &Conn) -> Result<Vec<Arc<str>>> {
    let all = super::purposes::all(conn)?;
    Ok(all.into_iter().map(|purpose| purpose.key.into()).collect())
}

impl<'a> Exporting<'a> {
    /// Begins before the first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn begin(conn: &Conn, who: &'a Who) -> Result<Self> {
        Ok(Self {
            who,
            at_a_time: AT_A_TIME,
            after: Uuid::nil(),
            looked_for: 0,
            lists: Lists::read(conn)?,
        })
    }

    /// The next of them; none after the last.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn next(&mut self, conn: &Conn) -> Result<Vec<Exported>> {
        match self.who {
            Who::Everyone => {
                let mut people = everyone_after(conn, self.after, self.at_a_time)?;
                if let (Some(first), Some(last)) = (people.first(), people.last()) {
                    self.after = last.id;
                    let range = (first.id, last.id);
                    self.lists.hear_between(conn, range, &mut people)?;
                }
                look_up(conn, &mut people)?;
                Ok(people)
            }
            Who::These(ids) => loop {
                let rest = ids.get(self.looked_for..).unwrap_or_default();
                let some = rest.get(..self.at_a_time as usize).unwrap_or(rest);
                self.looked_for += some.len();
                let mut people = self.lists.these(conn, some)?;
                look_up(conn, &mut people)?;
                if !people.is_empty() || some.is_empty() {
                    return Ok(people);
                }
            },
        }
    }

    /// How many were looked for so far, of those who are named.
    #[must_use]
    pub fn looked_for(&self) -> u64 {
        u64::try_from(self.looked_for).unwrap_or(u64::MAX)
    }

    /// One of them as they are at this moment; nobody where they are gone.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn again(&self, conn: &Conn, id: Uuid) -> Result<Option<Exported>> {
        let mut statement = conn.prepare_cached(&these_sql(1))?;
        let mut person = statement.query_row([id], exported).optional()?;
        if let Some(person) = &mut person {
            person.words = self.lists.asked(conn, id)?;
        }
        look_up(conn, person.as_mut_slice())?;
        Ok(person)
    }
}

/// Looks up whom nobody calls: each number by its own hash, since no list of them can be read.
fn look_up(conn: &Conn, people: &mut [Exported]) -> Result<()> {
    if !do_not_call::are_there(conn)? {
        return Ok(());
    }
    for mobile in people
        .iter_mut()
        .filter_map(|person| person.mobile.as_mut())
    {
        mobile.do_not_call = do_not_call::holds(conn, &mobile.e164)?;
    }
    Ok(())
}

pub(super) const EVERYONE: &str = concat!(
    include_str!("exporting/people.sql"),
    " AND supporters.id > ?1 ORDER BY supporters.id LIMIT ?2"
);
pub(super) const SAID_BETWEEN: &str = concat!(
    include_str!("exporting/said.sql"),
    " BETWEEN ?1 AND ?2 ORDER BY ledger.supporter_id, ledger.purpose, ledger.rowid"
);
pub(super) const TAKEN_BACK: &str =
    "SELECT about_id FROM ledger WHERE about_id IS NOT NULL AND what = 'taken_back'";
pub(super) const LAST_WORDS: &str = include_str!("exporting/last_words.sql");

fn everyone_after(conn: &Conn, after: Uuid, most: u32) -> Result<Vec<Exported>> {
    let mut statement = conn.prepare_cached(EVERYONE)?;
    let rows = statement.query_map(params![after, most], exported)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn these_sql(many: usize) -> String {
    format!(
        "{} AND supporters.id IN ({})",
        include_str!("exporting/people.sql"),
        marks(many)
    )
}

pub(super) fn said_by_sql(many: usize) -> String {
    format!(
        "{} IN ({}) ORDER BY ledger.supporter_id, ledger.purpose, ledger.rowid",
        include_str!("exporting/said.sql"),
        marks(many)
    )
}

fn marks(many: usize) -> String {
    vec!["?"; many].join(", ")
}

fn exported(row: &Row<'_>) -> rusqlite::Result<Exported> {
    let e164: Option<String> = row.get(3)?;
    let takes = match (row.get(7)?, row.get(8)?) {
        (_, true) => Takes::OptedOut,
        (true, false) => Takes::NoTexts,
        (false, false) => Takes::Texts,
    };
    Ok(Exported {
        id: row.get(0)?,
        first_name: row.get(1)?,
        last_name: row.get(2)?,
        mobile: e164.map(|e164| Number {
            e164,
            takes,
            do_not_call: false,
        }),
        email: row.get(4)?,
        postcode: row.get(5)?,
        language: row.get(6)?,
        words: Vec::new(),
    })
}

/// An entry of somebody's, as [`SAID_BETWEEN`] gives it.
struct Entry {
    what: What,
    word: Option<Word>,
    /// It is about another entry.
    is_about: bool,
    /// For which number it is a proof.
    proves: Option<String>,
}

impl Lists {
    fn read(conn: &Conn) -> Result<Self> {
        let purposes = super::purposes::all(conn)?.into_iter().map(|purpose| {
            let key = Arc::from(purpose.key.as_str());
            (purpose.key, (key, purpose.channel))
        });
        let mut languages: HashMap<String, Arc<str>> = HashMap::new();
        let mut statement = conn.prepare_cached("SELECT id, language, version FROM wordings")?;
        let mut rows = statement.query([])?;
        let mut wordings = HashMap::new();
        while let Some(row) = rows.next()? {
            let language: String = row.get(1)?;
            let shared = languages
                .entry(language)
                .or_insert_with_key(|tag| Arc::from(tag.as_str()));
            let wording = WordingOf {
                language: Arc::clone(shared),
                version: row.get(2)?,
            };
            wordings.insert(row.get(0)?, wording);
        }
        let mut statement = conn.prepare_cached(TAKEN_BACK)?;
        let taken_back = statement.query_map([], |row| row.get(0))?;
        Ok(Self {
            purposes: purposes.collect(),
            wordings,
            taken_back: taken_back.collect::<Result<_, _>>()?,
        })
    }

    fn these(&self, conn: &Conn, ids: &[Uuid]) -> Result<Vec<Exported>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = conn.prepare_cached(&these_sql(ids.len()))?;
        let rows = statement.query_map(params_from_iter(ids), exported)?;
        let mut people = rows.collect::<Result<Vec<_>, _>>()?;
        let places: HashMap<Uuid, usize> = ids.iter().copied().zip(0..).collect();
        people.sort_by_key(|person| places.get(&person.id));
        let mut statement = conn.prepare_cached(&said_by_sql(ids.len()))?;
        let rows = statement.query(params_from_iter(ids))?;
        self.hear(conn, rows, &mut people)?;
        Ok(people)
    }

    fn hear_between(
        &self,
        conn: &Conn,
        (first, last): (Uuid, Uuid),
        people: &mut [Exported],
    ) -> Result<()> {
        let mut statement = conn.prepare_cached(SAID_BETWEEN)?;
        let rows = statement.query(params![first, last])?;
        self.hear(conn, rows, people)
    }

    /// Gives people their last words, from their entries in order.
    fn hear(
        &self,
        conn: &Conn,
        mut rows: rusqlite::Rows<'_>,
        people: &mut [Exported],
    ) -> Result<()> {
        let places: HashMap<Uuid, usize> = people.iter().map(|person| person.id).zip(0..).collect();
        let mut to_ask = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(place) = places.get(&row.get::<_, Uuid>(0)?) else {
                continue;
            };
            let Some(person) = people.get_mut(*place) else {
                continue;
            };
            let stands = !self.taken_back.contains(&row.get::<_, Uuid>(9)?);
            let plain = is_heard(person, self.entry(row)?) && stands;
            if !plain && to_ask.last() != Some(place) {
                to_ask.push(*place);
            }
        }
        for place in to_ask {
            if let Some(person) = people.get_mut(place) {
                person.words = self.asked(conn, person.id)?;
            }
        }
        Ok(())
    }

    fn entry(&self, row: &Row<'_>) -> rusqlite::Result<Entry> {
        let what = row.get::<_, As<What>>(2)?.0;
        let purpose: Option<String> = row.get(1)?;
        let said = match what {
            What::Grant => Said::Yes,
            _ => Said::No,
        };
        let word = match purpose {
            Some(purpose) => self.word(&purpose, said, row, 3)?,
            None => None,
        };
        Ok(Entry {
            what,
            word,
            is_about: row.get(7)?,
            proves: row.get(8)?,
        })
    }

    /// The word whose method, wording, time and hash begin at this column.
    fn word(
        &self,
        purpose: &str,
        said: Said,
        row: &Row<'_>,
        first: usize,
    ) -> rusqlite::Result<Option<Word>> {
        let Some((purpose, channel)) = self.purposes.get(purpose) else {
            return Ok(None);
        };
        let wording: Option<Uuid> = row.get(first + 1)?;
        Ok(Some(Word {
            purpose: Arc::clone(purpose),
            channel: *channel,
            said,
            wording: wording.and_then(|id| self.wordings.get(&id).cloned()),
            at: row.get::<_, At>(first + 2)?.0,
            method: row.get::<_, As<Method>>(first)?.0,
            entry: row.get::<_, As<Hash>>(first + 3)?.0,
        }))
    }

    fn asked(&self, conn: &Conn, supporter: Uuid) -> Result<Vec<Word>> {
        let mut statement = conn.prepare_cached(LAST_WORDS)?;
        let rows = statement.query_map([supporter], |row| {
            let said = match (row.get::<_, As<What>>(1)?.0, row.get(2)?) {
                (What::Grant, true) => Said::Confirmed,
                (What::Grant, false) => Said::Yes,
                _ => Said::No,
            };
            self.word(&row.get::<_, String>(0)?, said, row, 3)
        })?;
        let words = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(words.into_iter().flatten().collect())
    }
}

/// Takes an entry in. Gives whether it was one of the plain ones: a single word on its purpose, or the proof that follows
/// it.
fn is_heard(person: &mut Exported, entry: Entry) -> bool {
    let before = entry.word.as_ref().and_then(|word| {
        let mut words = person.words.iter_mut();
        words.find(|said| said.purpose == word.purpose)
    });
    match (entry.what, entry.word, before) {
        (What::Grant | What::Refusal | What::Withdrawal, Some(word), None) => {
            person.words.push(word);
            true
        }
        (What::Confirmation, Some(_), Some(word)) if entry.is_about => {
            // Proved for the number that they have now.
            let mobile = person.mobile.as_ref().map(|mobile| &mobile.e164);
            if word.said == Said::Yes && entry.proves.as_ref() == mobile {
                word.said = Said::Confirmed;
            }
            true
        }
        (What::OptOut | What::OptOutUndone | What::Correction | What::Erasure, ..) => true,
        _ => false,
    }
}
