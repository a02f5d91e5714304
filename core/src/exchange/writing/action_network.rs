//! Action Network's upload. It subscribes every address in its column for emails, and every number in its column where
//! the box is ticked, and no column can say otherwise: so nothing stands there that is not subscribed. What is known
//! beyond that goes into fields of the campaign's own.

use super::cells::{Columns, consent_cells, consent_headers, number};
use super::{About, Exported, Standing};
use crate::consent::Channel;
use crate::error::Result;

pub(super) struct ActionNetwork<'a> {
    about: &'a About,
}

impl<'a> ActionNetwork<'a> {
    pub(super) fn new(about: &'a About) -> Self {
        Self { about }
    }
}

impl Columns for ActionNetwork<'_> {
    fn headers(&self) -> Vec<String> {
        let own = [
            "first_name",
            "last_name",
            "email",
            "mobile_number",
            "zip_code",
            "language",
            "placard_id",
            "placard_email_not_subscribed",
            "placard_mobile_not_subscribed",
            "placard_do_not_call",
        ];
        let own = own.into_iter().map(str::to_owned);
        own.chain(consent_headers(self.about)).collect()
    }

    fn cells(&self, person: &Exported, put: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let mobile = person
            .mobile
            .as_ref()
            .map(|mobile| number(&mobile.e164, self.about.country))
            .unwrap_or_default();
        let (email, other_email) = apart(&person.email, person.standing(Channel::Email));
        let (mobile, other_mobile) = apart(&mobile, person.standing(Channel::Texts));
        put(&person.first_name)?;
        put(&person.last_name)?;
        put(email)?;
        put(mobile)?;
        put(&person.postcode)?;
        put(&person.language)?;
        put(person.id.hyphenated().encode_lower(&mut [0; 36]))?;
        put(other_email)?;
        put(other_mobile)?;
        put(if person.is_not_called() { "yes" } else { "" })?;
        consent_cells(person, self.about, put)
    }
}

/// What stands in the column that is subscribed, and what in the other.
fn apart(address: &str, standing: Standing) -> (&str, &str) {
    match standing {
        Standing::Subscribed => (address, ""),
        Standing::Unconfirmed | Standing::NotAsked | Standing::Unsubscribed => ("", address),
    }
}
