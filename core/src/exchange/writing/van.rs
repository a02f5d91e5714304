//! VAN's bulk upload.

use super::cells::{Columns, digits, number};
use super::{About, Exported, Standing};
use crate::consent::Channel;
use crate::error::Result;

pub(super) struct Van<'a> {
    about: &'a About,
}

impl<'a> Van<'a> {
    pub(super) fn new(about: &'a About) -> Self {
        Self { about }
    }

    /// VAN's own country writes ten digits, of which the hyphens keep a spreadsheet's hands off.
    fn number(&self, e164: &str) -> String {
        let home = self.about.country;
        let national = digits(e164).strip_prefix('1').unwrap_or_default();
        let parts = (national.get(..3), national.get(3..6), national.get(6..));
        match parts {
            (Some(area), Some(exchange), Some(line)) if home.dial_code() == 1 => {
                format!("{area}-{exchange}-{line}")
            }
            _ => number(e164, home),
        }
    }
}

impl Columns for Van<'_> {
    fn headers(&self) -> Vec<String> {
        [
            "VanID",
            "FirstName",
            "LastName",
            "CellPhone",
            "Zip5",
            "SMSOptInStatus",
            "DoNotCall",
        ]
        .map(str::to_owned)
        .into()
    }

    fn cells(&self, person: &Exported, put: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let mobile = person.mobile.as_ref();
        // VAN gives its ids itself.
        put("")?;
        put(&person.first_name)?;
        put(&person.last_name)?;
        put(&mobile
            .map(|mobile| self.number(&mobile.e164))
            .unwrap_or_default())?;
        put(zip5(&person.postcode))?;
        put(match person.standing(Channel::Texts) {
            Standing::Subscribed => "I",
            Standing::Unconfirmed | Standing::NotAsked => "U",
            Standing::Unsubscribed => "O",
        })?;
        // VAN's upload has no column of its own for it: whoever uploads the list says there what becomes of this one.
        put(if person.is_not_called() { "Y" } else { "" })
    }
}

/// The five digits of "12345-6789"; another country's postcode as it is.
fn zip5(postcode: &str) -> &str {
    match postcode.split_once('-') {
        Some((five, four)) if five.len() == 5 && four.len() == 4 => five,
        _ => postcode,
    }
}
