//! NationBuilder's import.

use super::cells::{Columns, number, time, wording};
use super::{About, Exported, Standing, Word};
use crate::consent::Channel;
use crate::error::Result;

pub(super) struct NationBuilder<'a> {
    about: &'a About,
    tags: String,
}

impl<'a> NationBuilder<'a> {
    pub(super) fn new(about: &'a About) -> Self {
        // A comma in the campaign's name would make two tags of it.
        let tags = about.tags().map(|tag| tag.replace(',', " "));
        Self {
            about,
            tags: tags.join(","),
        }
    }
}

impl Columns for NationBuilder<'_> {
    fn headers(&self) -> Vec<String> {
        [
            "first_name",
            "last_name",
            "email",
            "email_opt_in",
            "mobile_number",
            "mobile_opt_in",
            "do_not_call",
            "support_level",
            "tag_list",
            "language",
            "external_id",
            "note",
            "is_volunteer",
        ]
        .map(str::to_owned)
        .into()
    }

    fn cells(&self, person: &Exported, put: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let opt_in = |channel| match person.standing(channel) {
            Standing::Subscribed => "true",
            Standing::Unconfirmed | Standing::NotAsked | Standing::Unsubscribed => "false",
        };
        let mobile = person.mobile.as_ref();
        put(&person.first_name)?;
        put(&person.last_name)?;
        put(&person.email)?;
        put(opt_in(Channel::Email))?;
        put(&mobile
            .map(|mobile| number(&mobile.e164, self.about.country))
            .unwrap_or_default())?;
        put(opt_in(Channel::Texts))?;
        put(if person.is_not_called() {
            "true"
        } else {
            "false"
        })?;
        // Placard does not ask how much somebody supports the campaign, or whether they would help.
        put("")?;
        put(&self.tags)?;
        put(&person.language)?;
        put(person.id.hyphenated().encode_lower(&mut [0; 36]))?;
        put(&note(person))?;
        put("")
    }
}

/// The proof of what was said, in the one column that takes words.
fn note(person: &Exported) -> String {
    let words = person.words.iter().map(line);
    words.collect::<Vec<_>>().join("; ")
}

fn line(word: &Word) -> String {
    format!(
        "{}: {} ({}, {}, wording {}, entry {})",
        word.purpose,
        word.said.word(),
        time(word),
        word.method.word(),
        wording(word),
        word.entry
    )
}
