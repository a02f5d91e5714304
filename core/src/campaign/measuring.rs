//! For `cargo xtask bench` alone: what the measurements need of an open campaign.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use uuid::Uuid;

use super::open::header_of;
use super::{Campaign, Opened, Outcome, Typed};
use crate::consent::TEXTS;
use crate::error::{Error, Result};
use crate::progress::Watch;
use crate::storage::imports::ListKind;
use crate::storage::vault::Folder;
use crate::storage::{Storage, measuring};

pub use crate::storage::measuring::write_list;

/// Opens the campaign of a data folder, and says how long it took once the passphrase had given the key: deriving that
/// is slow by design.
///
/// # Errors
/// As [`unlock`](super::unlock).
pub fn unlock(data: &Path, passphrase: &SecretString) -> Result<(Opened, Duration)> {
    let folder = Folder::campaign(data);
    let held = folder.hold()?;
    let key = header_of(&folder)?.open(passphrase)?;
    let started = Instant::now();
    let storage = Storage::open(&folder.database(), &key)?;
    Ok((Opened { held, storage }, started.elapsed()))
}

impl Opened {
    /// Fills the vault with people whose texts were delivered.
    ///
    /// # Errors
    /// The disk says no.
    pub fn fill(&self, people: u32, now: DateTime<Utc>) -> Result<()> {
        measuring::fill(&self.storage, people, now)
    }

    /// Fills the vault with a big town.
    ///
    /// # Errors
    /// The disk says no.
    pub fn fill_town(&self, people: u32, now: DateTime<Utc>) -> Result<()> {
        measuring::fill_town(&self.storage, people, now)
    }

    /// Adds people whose texts wait.
    ///
    /// # Errors
    /// The disk says no, or there are more people than numbers.
    pub fn queue(&self, people: u32, now: DateTime<Utc>) -> Result<()> {
        measuring::queue(&self.storage, people, now)
    }
}

impl Campaign {
    /// How long it takes to check a list of people and to bring it in.
    ///
    /// # Errors
    /// The list cannot be read, or the disk says no.
    pub fn time_import(&self, list: &Path) -> Result<Duration> {
        let (tell, stop) = (|_, _| {}, AtomicBool::new(false));
        let watch = Watch::new(&tell, &stop);
        let started = Instant::now();
        let report = self.check_list(list, ListKind::People, None, None, &watch)?;
        self.bring_in(report.id, &watch)?;
        Ok(started.elapsed())
    }

    /// How long the database by itself takes to write the people of such a list.
    ///
    /// # Errors
    /// The disk says no.
    pub fn time_bare_people(&self, people: u32) -> Result<Duration> {
        measuring::bare_people(&self.storage, people, self.clock.now())
    }

    /// How long a capture takes from the filled form to the disk, and how long the database by itself takes
    /// to write the same rows: each for a number of its own.
    ///
    /// # Errors
    /// The disk says no.
    pub fn time_captures(&self, ours: &str, bare: &str) -> Result<(Duration, Duration)> {
        let form = Typed {
            first_name: "Amina".to_owned(),
            last_name: "Khan".to_owned(),
            mobile: ours.to_owned(),
            postcode: "SW9 8JX".to_owned(),
            language: "en".to_owned(),
            answers: BTreeMap::from([(TEXTS.to_owned(), true)]),
            ..Typed::default()
        };
        let started = Instant::now();
        let outcome = self.save_capture(Uuid::now_v7(), &form, None)?;
        let took = started.elapsed();
        match outcome {
            Outcome::Saved { .. } => {}
            Outcome::SameMobile(_) | Outcome::Invalid(_) => return Err(Error::NotFound),
        }
        Ok((
            took,
            measuring::bare_capture(&self.storage, bare, self.clock.now())?,
        ))
    }
}
