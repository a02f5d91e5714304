//! How long people are kept, and what they are told about it.

use chrono::{DateTime, Months, Utc};

use super::{Campaign, LONGEST_PAGE};
use crate::consent::Rules;
use crate::consent::defaults::{self, Language, Purpose, months};
use crate::error::Result;
use crate::storage::erasure;
use crate::storage::supporters::{self, PastKeeping};

/// Those whom the campaign keeps longer than it said.
#[derive(Clone)]
pub struct Past {
    /// How many there are.
    pub count: u32,
    /// The first of them, whoever was heard of longest ago first.
    pub rows: Vec<PastKeeping>,
    /// Who texted and was never captured, as the provider names them. They are counted too.
    pub strangers: Vec<String>,
}

impl Campaign {
    /// The privacy notice in a language: who holds the data, why, how long, and what rights there are (UK GDPR Art
    /// 13).
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn privacy_notice(&self, language: &str) -> Result<String> {
        let rules = self.rules()?;
        let language = Language::or_english(language);
        let contact = match rules.contact.trim() {
            "" => self.info.organiser.as_str(),
            contact => contact,
        };
        let kept = rules.kept_for.map_or_else(
            || defaults::until_asked(language).to_owned(),
            |count| months(count, language),
        );
        let notice = Purpose::Privacy {
            contact,
            kept: &kept,
        };
        Ok(defaults::wording(
            notice,
            language,
            &self.info.name,
            self.info.country,
        ))
    }

    /// Who was last heard of before the time for which the campaign keeps people (UK GDPR Art 5(1)(e)).
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn past_keeping(&self) -> Result<Past> {
        let Some(before) = self.kept_since()? else {
            return Ok(Past {
                count: 0,
                rows: Vec::new(),
                strangers: Vec::new(),
            });
        };
        self.storage.read(|conn| {
            let strangers = erasure::strangers_past_keeping(conn, before)?;
            let people = supporters::count_past_keeping(conn, before)?;
            Ok(Past {
                count: people.saturating_add(u32::try_from(strangers.len()).unwrap_or(u32::MAX)),
                strangers,
                rows: supporters::past_keeping(conn, before, LONGEST_PAGE)?,
            })
        })
    }

    /// Erases those whom [`Campaign::past_keeping`] lists, each as [`Campaign::erase`] does. Gives how many were
    /// erased; whoever a text is leaving to at this moment stays for the next run.
    ///
    /// # Errors
    /// The disk says no: then whoever was erased before stays erased.
    pub fn erase_past_keeping(&self) -> Result<u32> {
        let mut erased = 0;
        loop {
            let past = self.past_keeping()?;
            let people = past.rows.iter().map(|row| self.erase(row.id));
            let strangers = past.strangers.iter().map(|from| self.erase_number(from));
            let mut gone = 0;
            for one in people.chain(strangers) {
                match one {
                    Ok(_) => gone += 1,
                    Err(crate::Error::TooLate(_) | crate::Error::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
            erased += gone;
            if gone == 0 {
                return Ok(erased);
            }
        }
    }

    fn kept_since(&self) -> Result<Option<DateTime<Utc>>> {
        Ok(kept_since(&self.rules()?, self.clock.now()))
    }
}

/// Since when somebody has to have been heard of to be kept; `None` where people are kept for good.
pub(super) fn kept_since(rules: &Rules, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let kept_for = rules.kept_for?;
    now.checked_sub_months(Months::new(kept_for.into()))
}
