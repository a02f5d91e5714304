//! What supporters are asked, each apart from the others: two purposes come ready, the rest are the organiser's.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::settings::{purpose_as_kept, set};
use super::{Campaign, words};
use crate::consent::defaults::LONGEST_LABEL;
use crate::consent::{Channel, OPINIONS, TEXTS};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::one_line;
use crate::storage::Conn;
use crate::storage::purposes::{self, Purpose};
use crate::storage::settings::{Set, Setting};

/// The most purposes that are asked at a time: more than that no canvasser reads out.
const MOST_ASKED: usize = 8;

/// The longest part of a key that is made from a label, in characters.
const LONGEST_KEY: usize = 40;

/// A purpose, as the organiser sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurposeRow {
    /// What consents point at.
    pub key: String,
    /// What it is called: "Calls about volunteering".
    pub name: String,
    /// How the campaign would reach them, or what it would keep.
    pub channel: Channel,
    /// When it was added; none where it comes ready, and then it cannot be retired.
    pub added_at: Option<DateTime<Utc>>,
    /// Since when it is asked no more.
    pub retired_at: Option<DateTime<Utc>>,
}

impl From<Purpose> for PurposeRow {
    fn from(purpose: Purpose) -> Self {
        Self {
            name: name(&purpose),
            added_at: (!comes_ready(&purpose.key)).then_some(purpose.created_at),
            channel: purpose.channel,
            retired_at: purpose.retired_at,
            key: purpose.key,
        }
    }
}

impl Campaign {
    /// Everything that is asked, or was once.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn purposes(&self) -> Result<Vec<PurposeRow>> {
        let all = self.storage.read(purposes::all)?;
        Ok(all.into_iter().map(PurposeRow::from).collect())
    }

    /// Asks something more from now on, in the default words of every language. What was retired under the same
    /// name is taken up again.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is asked already, cannot be asked, or is one too many.
    pub fn add_purpose(&self, channel: Channel, about: &str) -> Result<PurposeRow> {
        if channel == Channel::Opinions {
            let sentence = "Choose texts, calls, email or post. What somebody thinks is asked for apart, as it comes with Placard.";
            return Err(Error::invalid("channel", sentence));
        }
        let label = one_line(about, usize::MAX);
        if label.is_empty() {
            return Err(Error::invalid("about", "Type what it is about."));
        }
        if label.chars().count() > LONGEST_LABEL {
            let sentence =
                format!("Say it in {LONGEST_LABEL} characters or fewer: it is read out.");
            return Err(Error::invalid("about", sentence));
        }
        let (now, who) = (self.clock.now(), self.who());
        let added = self.storage.write(|conn| {
            let all = purposes::all(conn)?;
            let same = all.iter().find(|purpose| {
                purpose.channel == channel && purpose.label.to_lowercase() == label.to_lowercase()
            });
            if let Some(same) = same {
                if same.retired_at.is_none() {
                    let sentence = format!("“{}” is asked already.", name(same));
                    return Err(Error::invalid("about", sentence));
                }
                let again = self.ask_again(conn, &all, same, now)?;
                set_purpose(conn, Some(same), &again, (&who, now))?;
                return Ok(again);
            }
            leaves_room(&all)?;
            let purpose = Purpose {
                key: key(channel, &label, &all),
                channel,
                label,
                created_at: now,
                retired_at: None,
            };
            self.default_words_are_allowed(&purpose)?;
            purposes::insert(conn, &purpose)?;
            words::complete_purpose(conn, &self.info, &purpose, now)?;
            set_purpose(conn, None, &purpose, (&who, now))?;
            Ok(purpose)
        })?;
        self.events.changed(Topic::Campaign);
        Ok(added.into())
    }

    /// Asks something no more. What people said to it stays, and is called as before.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what comes ready, [`Error::NotFound`].
    pub fn retire_purpose(&self, key: &str) -> Result<()> {
        if comes_ready(key) {
            let sentence = "This comes with Placard and is always asked.";
            return Err(Error::invalid("purpose", sentence));
        }
        let (now, who) = (self.clock.now(), self.who());
        self.storage.write(|conn| {
            let purpose = find(&purposes::all(conn)?, key)?.clone();
            // The first time is when it was.
            if purpose.retired_at.is_some() {
                return Ok(());
            }
            purposes::set_retired(conn, key, Some(now))?;
            let retired = Purpose {
                retired_at: Some(now),
                ..purpose.clone()
            };
            set_purpose(conn, Some(&purpose), &retired, (&who, now))
        })?;
        self.events.changed(Topic::Campaign);
        Ok(())
    }

    /// Asks again what was retired, in the words that it had.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is one too many, [`Error::NotFound`].
    pub fn take_up_purpose(&self, key: &str) -> Result<()> {
        let (now, who) = (self.clock.now(), self.who());
        self.storage.write(|conn| {
            let all = purposes::all(conn)?;
            let purpose = find(&all, key)?;
            if purpose.retired_at.is_none() {
                return Ok(());
            }
            let again = self.ask_again(conn, &all, purpose, now)?;
            set_purpose(conn, Some(purpose), &again, (&who, now))
        })?;
        self.events.changed(Topic::Campaign);
        Ok(())
    }

    pub(super) fn ask_again(
        &self,
        conn: &Conn,
        all: &[Purpose],
        purpose: &Purpose,
        now: DateTime<Utc>,
    ) -> Result<Purpose> {
        leaves_room(all)?;
        purposes::set_retired(conn, &purpose.key, None)?;
        // A language may have come since with words of its own.
        words::complete_purpose(conn, &self.info, purpose, now)?;
        Ok(Purpose {
            retired_at: None,
            ..purpose.clone()
        })
    }
}

/// Writes down whether a purpose is asked from now on.
fn set_purpose(
    conn: &Conn,
    before: Option<&Purpose>,
    after: &Purpose,
    (who, now): (&str, DateTime<Utc>),
) -> Result<()> {
    let asked = Set {
        setting: Setting::Purpose(after.key.clone()),
        before: before.map(purpose_as_kept),
        after: Some(purpose_as_kept(after)),
    };
    set(conn, &asked, who, now)
}

pub(super) fn find<'a>(all: &'a [Purpose], key: &str) -> Result<&'a Purpose> {
    all.iter()
        .find(|purpose| purpose.key == key)
        .ok_or(Error::NotFound)
}

fn leaves_room(all: &[Purpose]) -> Result<()> {
    let asked = all.iter().filter(|purpose| purpose.retired_at.is_none());
    if asked.count() < MOST_ASKED {
        return Ok(());
    }
    Err(Error::invalid(
        "purpose",
        format!(
            "{MOST_ASKED} things are asked already, and a canvasser cannot ask more. Retire one first."
        ),
    ))
}

/// Whether every campaign has it.
pub(super) fn comes_ready(key: &str) -> bool {
    [TEXTS, OPINIONS].contains(&key)
}

/// What a purpose is called by itself: "Calls about volunteering".
pub(super) fn name(purpose: &Purpose) -> String {
    if comes_ready(&purpose.key) {
        return purpose.label.clone();
    }
    let mut letters = spoken_of(purpose);
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    letters
}

/// What a purpose is called after "agreed to": "calls about volunteering".
pub(super) fn spoken_of(purpose: &Purpose) -> String {
    match purpose.key.as_str() {
        TEXTS => "texts".to_owned(),
        OPINIONS => "a note of what they think".to_owned(),
        _ => format!("{} about {}", purpose.channel.what_comes(), purpose.label),
    }
}

/// What every purpose there ever was is called after "agreed to", by its key.
pub(super) fn all_spoken_of(conn: &Conn) -> Result<BTreeMap<String, String>> {
    let all = purposes::all(conn)?;
    Ok(all
        .into_iter()
        .map(|purpose| (purpose.key.clone(), spoken_of(&purpose)))
        .collect())
}

/// A key that nothing has yet, and that whoever reads an exported ledger can make something of.
fn key(channel: Channel, label: &str, all: &[Purpose]) -> String {
    let mut key = channel.what_comes().to_owned();
    let words = label.split(|letter: char| !letter.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        if key.len() + word.len() < LONGEST_KEY {
            key.push('-');
            key.push_str(&word.to_ascii_lowercase());
        }
    }
    let taken = |key: &String| all.iter().any(|purpose| purpose.key == *key);
    let mut free = key.clone();
    let mut number = 1;
    while taken(&free) {
        number += 1;
        free = format!("{key}-{number}");
    }
    free
}
