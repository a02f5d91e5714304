//! For fuzzing alone: a laptop with a campaign that is shown lists and files of other laptops, and keeps nothing of
//! them.

#[cfg(test)]
mod day;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;

use super::{Attestation, Campaign, ListPreview, Opened, Report, open};
use crate::clock::ManualClock;
use crate::consent::TEXTS;
use crate::error::{Error, Result};
use crate::events::Events;
use crate::exchange::reading::Column;
use crate::fuzzing::{Came, PASSPHRASE, came, is_said, noon, quietly, workbook_of};
use crate::hand_over::Handed;
use crate::people::Country;
use crate::storage::campaign;
use crate::storage::imports::ListKind;
use crate::storage::vault::{DatabaseKey, Folder};

/// A laptop that is shown files.
pub struct Laptop {
    campaign: Campaign,
    folder: PathBuf,
}

impl Laptop {
    /// A laptop with an empty campaign, in an empty folder.
    ///
    /// # Errors
    /// The disk says no.
    pub fn new(folder: &Path) -> Result<Self> {
        let info = campaign::Campaign {
            name: "Clean Air Now".to_owned(),
            organiser: "Sam".to_owned(),
            country: Country::GB,
            practice: false,
        };
        let place = Folder::campaign(folder);
        let held = place.hold()?;
        let storage = open::fill(&place, &DatabaseKey::random()?, &info, noon())?;
        let clock = Arc::new(ManualClock::at(noon()));
        let opened = Opened { storage, held };
        Ok(Self {
            campaign: Campaign::at_the_desk(opened, clock, Events::default())?,
            folder: folder.to_owned(),
        })
    }

    /// A list of delimited text, as it comes.
    ///
    /// # Errors
    /// The disk says no.
    pub fn csv(&self, bytes: &[u8]) -> Result<Came> {
        self.list("list.csv", bytes, bytes)
    }

    /// A workbook as it comes, or put together from its parts.
    ///
    /// # Errors
    /// The disk says no.
    pub fn excel(&self, bytes: &[u8]) -> Result<Came> {
        if bytes.starts_with(b"PK") {
            return self.list("list.xlsx", bytes, bytes);
        }
        self.list("list.xlsx", &workbook_of(bytes), bytes)
    }

    /// Looks at a list as Import does: a first look, and then the report.
    fn list(&self, name: &str, file: &[u8], input: &[u8]) -> Result<Came> {
        let path = self.folder.join(name);
        fs::write(&path, file)?;
        let looked = self.campaign.read_list(&path, ListKind::People, None);
        let Ok(preview) = &looked else {
            return Ok(came(looked, input));
        };
        previewed(preview);
        // What was found is chosen, as the screen does it; consent comes in where somebody attests it.
        let consents = preview.columns.contains(&Some(Column::Consent));
        let attestation = consents.then(attestation);
        let kind = match bytes_say(input) {
            0 => ListKind::OptOuts,
            1 => ListKind::DoNotCall,
            _ => ListKind::People,
        };
        let report = quietly(|watch| {
            let options = Some(&preview.options);
            self.campaign
                .check_list(&path, kind, options, attestation.as_ref(), watch)
        });
        if let Ok(report) = &report {
            reported(report);
        }
        Ok(came(report, input))
    }

    /// What another laptop handed over: the file as it comes, or else what stands inside of its lock.
    ///
    /// # Errors
    /// The disk says no.
    pub fn handed(&self, bytes: &[u8]) -> Result<Came> {
        if bytes.starts_with(b"age") {
            let path = self.folder.join("handed.age");
            fs::write(&path, bytes)?;
            let passphrase = SecretString::from(PASSPHRASE);
            let read = quietly(|watch| self.campaign.read_handed(&path, Some(&passphrase), watch));
            return Ok(came(read, bytes));
        }
        let read = quietly(|watch| {
            let mut sentence = None;
            let kept: Result<()> = self.campaign.take_from(
                || Handed::begin(bytes),
                watch,
                |taken| {
                    sentence = Some(taken.sentence);
                    // Nothing of it is kept.
                    Err(Error::Stopped)
                },
            );
            match (sentence, kept) {
                (Some(sentence), _) => Ok(sentence),
                (None, Err(error)) => Err(error),
                (None, Ok(())) => Err(Error::Broke),
            }
        });
        if let Ok(sentence) = &read {
            is_said(sentence, bytes);
        }
        Ok(came(read, bytes))
    }
}

/// For what a list is meant, by what is in it: most are of people.
fn bytes_say(input: &[u8]) -> u8 {
    input.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)) % 8
}

fn attestation() -> Attestation {
    Attestation {
        wording: "May we text you?".to_owned(),
        purpose: TEXTS.to_owned(),
        date: "2026-05-01".to_owned(),
        method: "a form at the fair".to_owned(),
        by: "Sam".to_owned(),
        agreed: true,
    }
}

fn previewed(preview: &ListPreview) {
    assert_eq!(preview.headers.len(), preview.columns.len());
    assert!(preview.format.starts_with("CSV, ") || preview.format.starts_with("Excel, "));
    for row in &preview.rows {
        assert_eq!(row.cells.len(), preview.columns.len());
        if let Some(why) = &row.refused {
            is_said(why, row.cells.concat().as_bytes());
        }
    }
    let lines = preview.rows.iter().map(|row| row.line);
    assert!(lines.is_sorted_by(|one, next| one < next));
}

fn reported(report: &Report) {
    let quoted = report.refusals.iter().flat_map(|line| &line.cells);
    is_said(
        &report.sentence,
        quoted.cloned().collect::<String>().as_bytes(),
    );
    assert!(report.counts.refused as usize >= report.refusals.len());
    for line in &report.refusals {
        is_said(&line.reason, line.cells.concat().as_bytes());
    }
}
