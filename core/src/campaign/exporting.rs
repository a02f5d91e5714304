//! People written into a file for others.

use std::path::{Path, PathBuf};

use super::Campaign;
use super::new_file::write_new;
use crate::consent::Channel;
use crate::error::Result;
use crate::exchange::writing::{About, Exported, Format, Standing, begin};
use crate::progress::Watch;
use crate::storage::Conn;
use crate::storage::exporting::{self, Exporting, Who};

/// A file of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Where it is.
    pub path: PathBuf,
    /// How many people are in it.
    pub count: u64,
    /// What is in it.
    pub sentence: String,
}

/// How many people a list holds.
#[derive(Default)]
struct Tally {
    people: u64,
    subscribed: u64,
    not_called: u64,
}

impl Campaign {
    /// Writes people into a new file in `folder`, as they are at one moment. It is not encrypted: only the owner of the
    /// laptop's account may read it.
    ///
    /// # Errors
    /// The vault cannot be read, a person stopped it, or the file cannot be written: then there is none.
    pub fn export_people(
        &self,
        who: &Who,
        format: Format,
        folder: &Path,
        watch: &Watch<'_>,
    ) -> Result<ExportedFile> {
        let now = self.clock.now().format("%Y-%m-%d-%H%M%S");
        let name = match format.mark() {
            Some(mark) => format!("people-{mark}-{now}"),
            None => format!("people-{now}"),
        };
        let mut tally = Tally::default();
        let path = write_new(folder, &name, format.extension(), |file| {
            self.storage.read(|conn| {
                let about = self.about(conn)?;
                let of = exporting::count(conn, who)?;
                let mut people = Exporting::begin(conn, who)?;
                let mut list = begin(format, file, &about, folder)?;
                loop {
                    watch.at(tally.people.max(people.looked_for()), of)?;
                    let some = people.next(conn)?;
                    if some.is_empty() {
                        return list.finish();
                    }
                    for person in &some {
                        list.write(person)?;
                        tally.add(person);
                    }
                }
            })
        })?;
        Ok(ExportedFile {
            path,
            count: tally.people,
            sentence: tally.sentence(),
        })
    }

    /// What all the people of a list have in common.
    pub(super) fn about(&self, conn: &Conn) -> Result<About> {
        Ok(About {
            campaign: self.info.name.clone(),
            country: self.info.country,
            purposes: exporting::purposes(conn)?,
        })
    }
}

impl Tally {
    fn add(&mut self, person: &Exported) {
        let texts = person.standing(Channel::Texts);
        self.people += 1;
        self.subscribed += u64::from(texts == Standing::Subscribed);
        self.not_called += u64::from(person.is_not_called());
    }

    fn sentence(&self) -> String {
        let people = match self.people {
            1 => "1 person is in the file".to_owned(),
            many => format!("{many} people are in the file"),
        };
        let not_called = match self.not_called {
            0 => String::new(),
            1 => " 1 is marked: nobody may call them.".to_owned(),
            many => format!(" {many} are marked: nobody may call them."),
        };
        format!(
            "{people}, {} subscribed to texts: who has not confirmed, or opted out, is not.{not_called} The file is not encrypted.",
            self.subscribed
        )
    }
}
