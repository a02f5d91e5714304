//! People written as others read them: one file per format.
//!
//! Who may be called subscribed is decided in one place, [`Exported::standing`]: nobody who opted out, and nobody who
//! has not confirmed.

mod action_network;
mod cells;
mod csv;
mod excel;
mod nation_builder;
pub mod osdi;
mod plain;
#[cfg(test)]
mod tests;
mod van;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::consent::ledger::{Hash, Method};
use crate::consent::{Channel, TEXTS};
use crate::error::Result;
use crate::people::Country;

/// In which form people are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A list that any spreadsheet opens, with everything in it.
    Csv,
    /// The same as an Excel workbook.
    Excel,
    /// NationBuilder's import.
    NationBuilder,
    /// Action Network's upload.
    ActionNetwork,
    /// VAN's bulk upload.
    Van,
    /// A collection of people in JSON (OSDI 1.2).
    Osdi,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Csv,
        Self::Excel,
        Self::NationBuilder,
        Self::ActionNetwork,
        Self::Van,
        Self::Osdi,
    ];

    /// How its files end, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::NationBuilder | Self::ActionNetwork | Self::Van => "csv",
            Self::Excel => "xlsx",
            Self::Osdi => "json",
        }
    }

    /// What tells its files from those of another format with the same ending; nothing where the ending says it.
    #[must_use]
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Self::Csv | Self::Excel => None,
            Self::NationBuilder => Some("nationbuilder"),
            Self::ActionNetwork => Some("action-network"),
            Self::Van => Some("van"),
            Self::Osdi => Some("osdi"),
        }
    }
}

/// A person as they are handed over.
#[derive(Clone, Default)]
pub struct Exported {
    /// Their id.
    pub id: Uuid,
    /// Their first name.
    pub first_name: String,
    /// Their last name.
    pub last_name: String,
    /// Their mobile, where they have one.
    pub mobile: Option<Number>,
    /// Their email address; empty where there is none.
    pub email: String,
    /// Their postcode; empty where there is none.
    pub postcode: String,
    /// The tag of their language.
    pub language: String,
    /// Their last word on each purpose that they have said something about.
    pub words: Vec<Word>,
}

/// A mobile, and what is known of it.
#[derive(Clone)]
pub struct Number {
    /// In E.164 form.
    pub e164: String,
    /// Whether texts may be sent to it.
    pub takes: Takes,
    /// Whether it is on a do-not-call list: nobody calls it, and texts go there all the same.
    pub do_not_call: bool,
}

/// Whether texts may be sent to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing is known against it.
    Texts,
    /// The gateway says that it cannot be texted.
    NoTexts,
    /// It is opted out, which outranks everything.
    OptedOut,
}

/// A person's last word on a purpose.
#[derive(Clone)]
pub struct Word {
    /// The purpose's key.
    pub purpose: Arc<str>,
    /// How the campaign would reach them.
    pub channel: Channel,
    /// What they said.
    pub said: Said,
    /// The words that they were asked in.
    pub wording: Option<WordingOf>,
    /// When they said so.
    pub at: DateTime<Utc>,
    /// How they said so.
    pub method: Method,
    /// The ledger's entry of it.
    pub entry: Hash,
}

/// What a person said to a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Yes, and it was proved.
    Confirmed,
    /// Yes.
    Yes,
    /// No, or no longer.
    No,
}

/// A version of a wording.
#[derive(Clone)]
pub struct WordingOf {
    /// The tag of its language.
    pub language: Arc<str>,
    /// Its version there: 1, 2, 3, …
    pub version: u32,
}

/// How a person stands to what comes by a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They agreed and confirmed it.
    Subscribed,
    /// They agreed and have not confirmed it.
    Unconfirmed,
    /// They were not asked.
    NotAsked,
    /// They said no, or opted out.
    Unsubscribed,
}

impl Exported {
    /// How they stand to texts or emails. Others' systems send to whoever is subscribed: so nobody is who opted out of
    /// anything, and nobody who has not confirmed by a text from their own phone that they are who they said.
    #[must_use]
    pub fn standing(&self, channel: Channel) -> Standing {
        if self.is_opted_out() {
            return Standing::Unsubscribed;
        }
        let mut said = self.words.iter().filter(|word| match channel {
            // Others' one switch for texts is about the purpose that every campaign has.
            Channel::Texts => &*word.purpose == TEXTS,
            _ => word.channel == channel,
        });
        let Some(first) = said.next() else {
            return Standing::NotAsked;
        };
        if first.said == Said::No && said.all(|word| word.said == Said::No) {
            return Standing::Unsubscribed;
        }
        if self.is_confirmed() {
            Standing::Subscribed
        } else {
            Standing::Unconfirmed
        }
    }

    /// Whether their number is opted out.
    #[must_use]
    pub fn is_opted_out(&self) -> bool {
        let takes = self.mobile.as_ref().map(|mobile| mobile.takes);
        takes == Some(Takes::OptedOut)
    }

    /// Whether nobody calls them.
    #[must_use]
    pub fn is_not_called(&self) -> bool {
        self.mobile
            .as_ref()
            .is_some_and(|mobile| mobile.do_not_call)
    }

    fn is_confirmed(&self) -> bool {
        self.words
            .iter()
            .any(|word| &*word.purpose == TEXTS && word.said == Said::Confirmed)
    }
}

impl Standing {
    /// In a word, for whoever reads the list.
    fn word(self) -> &'static str {
        match self {
            Self::Subscribed => "subscribed",
            Self::Unconfirmed => "unconfirmed",
            Self::NotAsked => "not asked",
            Self::Unsubscribed => "unsubscribed",
        }
    }
}

impl Said {
    fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// What all the people of one list have in common.
#[derive(Clone)]
pub struct About {
    /// The campaign's name.
    pub campaign: String,
    /// Its country: whose numbers are written without their plus.
    pub country: Country,
    /// The keys of the purposes that were ever asked about, in order.
    pub purposes: Vec<Arc<str>>,
}

impl About {
    /// By what those who come from here are found in another system.
    fn tags(&self) -> [&str; 2] {
        ["Placard", &self.campaign]
    }
}

/// Takes people one after another.
pub trait Writer {
    /// Writes a person.
    ///
    /// # Errors
    /// What is written to says no.
    fn write(&mut self, person: &Exported) -> Result<()>;

    /// Writes what comes after the last.
    ///
    /// # Errors
    /// What is written to says no.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// Begins a list. What Excel's format has to keep elsewhere for a while lies in `scratch`, under no name.
///
/// # Errors
/// What is written to says no.
pub fn begin<'a>(
    format: Format,
    to: impl Write + Send + 'a,
    about: &'a About,
    scratch: &Path,
) -> Result<Box<dyn Writer + 'a>> {
    use self::csv::Csv;
    Ok(match format {
        Format::Csv => Box::new(Csv::for_spreadsheets(plain::Plain::for_csv(about), to)?),
        Format::NationBuilder => {
            Box::new(Csv::begin(nation_builder::NationBuilder::new(about), to)?)
        }
        Format::ActionNetwork => {
            Box::new(Csv::begin(action_network::ActionNetwork::new(about), to)?)
        }
        Format::Van => Box::new(Csv::begin(van::Van::new(about), to)?),
        Format::Excel => Box::new(excel::Excel::begin(
            plain::Plain::for_excel(about),
            to,
            scratch,
        )?),
        Format::Osdi => Box::new(osdi::Collection::begin(to, about)?),
    })
}
