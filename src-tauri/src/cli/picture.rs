//! `placard picture`: how many people there are, and where they stand.

use std::io::{self, Write};

use placard_core::Result;
use placard_core::campaign::Campaign;
use placard_core::storage::finding::{Consent, Filter, Question, TextIs};
use serde::Serialize;

use super::answer::Answer;

/// The campaign in numbers.
#[derive(Serialize)]
pub struct Picture {
    campaign: String,
    people: u32,
    agree: u32,
    confirmed: u32,
    refused: u32,
    not_asked: u32,
    opted_out: u32,
    needs_correcting: u32,
    texts_waiting: u32,
    texts_delivered: u32,
}

impl Picture {
    /// Counts.
    pub fn of(campaign: &Campaign) -> Result<Self> {
        let count = |filter| {
            campaign.count_people(&Question {
                filter,
                ..Question::default()
            })
        };
        let consent = |is| {
            count(Filter {
                consent: Some(is),
                ..Filter::default()
            })
        };
        let text = |is| {
            count(Filter {
                text: Some(is),
                ..Filter::default()
            })
        };
        Ok(Self {
            campaign: campaign.info().name.clone(),
            people: count(Filter::default())?,
            agree: consent(Consent::Agrees)?,
            confirmed: consent(Consent::Confirmed)?,
            refused: consent(Consent::Refused)?,
            not_asked: consent(Consent::NotAsked)?,
            opted_out: count(Filter {
                opted_out: Some(true),
                ..Filter::default()
            })?,
            needs_correcting: count(Filter {
                needs_correcting: Some(true),
                ..Filter::default()
            })?,
            texts_waiting: text(TextIs::Waiting)?,
            texts_delivered: text(TextIs::Delivered)?,
        })
    }
}

impl Answer for Picture {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.campaign)?;
        for (what, many) in [
            ("people", self.people),
            ("agree to texts", self.agree),
            ("of them confirmed", self.confirmed),
            ("refused", self.refused),
            ("were not asked", self.not_asked),
            ("opted out", self.opted_out),
            ("need correcting", self.needs_correcting),
            ("have a text that waits", self.texts_waiting),
            ("have had their text", self.texts_delivered),
        ] {
            writeln!(to, "{many:>9}  {what}")?;
        }
        Ok(())
    }
}
