//! Texts from phones to us.

use std::fmt;

use chrono::{DateTime, Utc};

use super::{Away, Refusal};
use crate::people::{Country, Mobile, Reading};

/// A text from a phone to us, as the provider tells it. Whoever keeps it knows it by its `provider_id`: most
/// providers tell one more than once. Its `Debug` shows no number and no words.
#[derive(Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The provider's name of it. Never empty.
    pub provider_id: String,
    /// Who sent it, as the provider writes it: mostly E.164, but some networks leave out the plus or the
    /// country, and not every sender is a number. [`Inbound::sender`] reads it. Empty where it is not told.
    pub from: String,
    /// Where it was sent, as the provider writes it. Kannel can tell the number that it answers with instead.
    pub to: String,
    /// What it says. Anybody can text us: it may be of any length and hold any characters.
    pub body: String,
    /// When it was sent, by the provider's clock. Seldom exact to the second, and a text that waited for a
    /// phone to be switched on can come after later ones.
    pub at: DateTime<Utc>,
}

impl Inbound {
    /// The phone that sent it, for a campaign at home in `home`: a number without its plus is read as a
    /// number at home where it can be one, and as one with its country in front otherwise. `None` for short codes and names.
    #[must_use]
    pub fn sender(&self, home: Country) -> Option<Mobile> {
        let at_home = Reading::of(&self.from, home).usable().cloned();
        at_home.or_else(|| {
            let digits = self.from.trim().trim_start_matches('+');
            Mobile::from_e164(&format!("+{digits}")).ok()
        })
    }
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("provider_id", &self.provider_id)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// What asking for the texts from phones led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// All of them, oldest first, each once. Those of one second keep the provider's order.
    All(Vec<Inbound>),
    /// The provider could not be asked, or broke off in the middle: nothing is known to be complete.
    Away(Away),
    /// The provider answered that we may not ask, or cannot.
    Refused(Refusal),
}

/// Puts them in order and leaves out what was listed twice. `listed` is oldest first.
pub(super) fn in_order(listed: Vec<Inbound>) -> Vec<Inbound> {
    let mut seen = std::collections::HashSet::new();
    let mut texts: Vec<Inbound> = listed
        .into_iter()
        .filter(|text| seen.insert(text.provider_id.clone()))
        .collect();
    texts.sort_by_key(|text| text.at);
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: &str, from: &str, second: u32) -> Inbound {
        Inbound {
            provider_id: id.to_owned(),
            from: from.to_owned(),
            to: "+447700900999".to_owned(),
            body: "STOP it".to_owned(),
            at: DateTime::from_timestamp(i64::from(second), 0).unwrap(),
        }
    }

    #[test]
    fn texts_come_oldest_first_and_once() {
        let listed = vec![
            text("c", "", 9),
            text("a", "", 5),
            text("b", "", 5),
            text("a", "", 5),
            text("d", "", 1),
        ];
        let ids: Vec<String> = in_order(listed)
            .into_iter()
            .map(|text| text.provider_id)
            .collect();
        assert_eq!(ids, ["d", "a", "b", "c"]);
    }

    #[test]
    fn a_sender_is_read_with_and_without_its_plus_and_country() {
        let cases = [
            (
                "with everything",
                "+447700900123",
                Country::GB,
                Some("+447700900123"),
            ),
            (
                "without the plus",
                "447700900123",
                Country::GB,
                Some("+447700900123"),
            ),
            (
                "as at home",
                "07700900123",
                Country::GB,
                Some("+447700900123"),
            ),
            (
                "with the prefix for abroad",
                "00447700900123",
                Country::GB,
                Some("+447700900123"),
            ),
            (
                "from abroad, without the plus",
                "447700900123",
                Country::US,
                Some("+447700900123"),
            ),
            (
                "at home, ten digits",
                "2025550106",
                Country::US,
                Some("+12025550106"),
            ),
            (
                "at home, eleven digits",
                "12025550106",
                Country::US,
                Some("+12025550106"),
            ),
            ("a short code", "88600", Country::GB, None),
            ("a name", "Vodafone", Country::GB, None),
            ("nothing", "", Country::GB, None),
        ];
        for (scenario, from, home, read) in cases {
            let sender = text("a", from, 0).sender(home);
            assert_eq!(sender.as_ref().map(Mobile::e164), read, "{scenario}");
        }
    }

    #[test]
    fn no_number_and_no_words_are_ever_printed() {
        let printed = format!("{:?}", Fetched::All(vec![text("SM1", "+447700900123", 1)]));
        assert!(printed.contains("SM1"));
        for secret in ["7700", "STOP"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}
