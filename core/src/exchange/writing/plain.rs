//! Everything there is, for a spreadsheet: as CSV and as a workbook.

use super::cells::{Columns, consent_cells, consent_headers, number};
use super::{About, Exported};
use crate::consent::Channel;
use crate::error::Result;
use crate::people::Country;

pub(super) struct Plain<'a> {
    about: &'a About,
    number: fn(&str, Country) -> String,
}

impl<'a> Plain<'a> {
    pub(super) fn for_csv(about: &'a About) -> Self {
        Self { about, number }
    }

    /// In a workbook a cell is text or it is not: a number keeps its plus.
    pub(super) fn for_excel(about: &'a About) -> Self {
        Self {
            about,
            number: |e164, _| e164.to_owned(),
        }
    }
}

impl Columns for Plain<'_> {
    fn headers(&self) -> Vec<String> {
        let own = [
            "external_id",
            "first_name",
            "last_name",
            "mobile",
            "email",
            "postcode",
            "language",
            "opted_out",
            "do_not_call",
            "texts_status",
            "email_status",
            "tags",
        ];
        let own = own.into_iter().map(str::to_owned);
        own.chain(consent_headers(self.about)).collect()
    }

    fn cells(&self, person: &Exported, put: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let mobile = person.mobile.as_ref();
        put(person.id.hyphenated().encode_lower(&mut [0; 36]))?;
        put(&person.first_name)?;
        put(&person.last_name)?;
        put(&mobile
            .map(|mobile| (self.number)(&mobile.e164, self.about.country))
            .unwrap_or_default())?;
        put(&person.email)?;
        put(&person.postcode)?;
        put(&person.language)?;
        put(if person.is_opted_out() { "yes" } else { "" })?;
        put(if person.is_not_called() { "yes" } else { "" })?;
        put(person.standing(Channel::Texts).word())?;
        put(person.standing(Channel::Email).word())?;
        put(&self.about.tags().join(","))?;
        consent_cells(person, self.about, put)
    }
}
