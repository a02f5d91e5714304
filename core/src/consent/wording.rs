//! What the canvasser reads out before a supporter agrees to texts.
//!
//! Consent is to one named sender, freely given, and asked for with a yes (PECR r22; UK GDPR Art 4(11) and
//! 7); in the United States prior express consent (47 CFR 64.1200).

use crate::people::{Country, one_line};

/// The longest wording, in characters: about forty seconds of reading aloud.
pub const LONGEST_WORDING: usize = 600;

const LONGEST_CAMPAIGN: usize = 80;

/// What is wrong with a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing in it.
    Empty,
    /// It does not name the campaign: consent is to a named sender (PECR r22).
    NoCampaign,
    /// It does not say how to stop (UK GDPR Art 7(3)).
    NoWayToStop,
    /// Over [`LONGEST_WORDING`].
    TooLong,
}

impl Problem {
    /// What is wrong and what to do.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "The wording is empty: there is nothing to agree to.",
            Self::NoCampaign => {
                "The wording does not name the campaign. Write its name as it stands in Settings."
            }
            Self::NoWayToStop => {
                "The wording does not say how to stop. Add that they can reply STOP at any time."
            }
            Self::TooLong => "The wording is too long to read out. Keep it to 600 characters.",
        }
    }
}

/// The wording a new campaign starts with: who asks, what is sent, that it is a choice, how to stop, and a
/// question to say yes to.
#[must_use]
pub fn default_wording(campaign: &str, country: Country) -> String {
    let campaign = one_line(campaign, LONGEST_CAMPAIGN);
    let cost = if country.keeps_ctia_principles() {
        " How often varies, and message and data rates may apply. Reply HELP for help."
    } else {
        ""
    };
    format!(
        "May {campaign} send you texts about the campaign: news, events and ways to help? It is your \
         choice. First you get one text to confirm.{cost} You can stop at any time by replying STOP. \
         Do you agree, yes or no?"
    )
}

/// What is wrong with a wording, in the order in which a reader would mend it. Empty when nothing is.
#[must_use]
pub fn check_wording(wording: &str, campaign: &str) -> Vec<Problem> {
    let folded = folded(wording);
    if folded.is_empty() {
        return vec![Problem::Empty];
    }
    let says_stop = folded
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "stop");
    [
        (
            !folded.contains(&self::folded(campaign)),
            Problem::NoCampaign,
        ),
        (!says_stop, Problem::NoWayToStop),
        (
            wording.trim().chars().count() > LONGEST_WORDING,
            Problem::TooLong,
        ),
    ]
    .into_iter()
    .filter_map(|(wrong, problem)| wrong.then_some(problem))
    .collect()
}

/// Lower case on one line, so that capitals and line breaks do not hide a name.
fn folded(text: &str) -> String {
    one_line(text, usize::MAX).to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_default_says_everything_that_makes_consent() {
        let said = default_wording("Hackney Renters", Country::GB);
        assert_eq!(
            said,
            "May Hackney Renters send you texts about the campaign: news, events and ways to help? It is \
             your choice. First you get one text to confirm. You can stop at any time by replying STOP. \
             Do you agree, yes or no?"
        );
        let said = default_wording("Hackney Renters", Country::US);
        for asked in [
            "How often",
            "message and data rates may apply",
            "HELP",
            "STOP",
            "yes or no",
        ] {
            assert!(said.contains(asked), "{asked}");
        }
    }

    #[test]
    fn wordings_are_checked() {
        let long = format!("Hackney Renters STOP {}", "a".repeat(600));
        for (scenario, wording, problems) in [
            (
                "good",
                "May Hackney Renters text you? Reply STOP at any time.",
                &[][..],
            ),
            (
                "other capitals",
                "May HACKNEY  renters text you? You can stop any time.",
                &[][..],
            ),
            (
                "over a line break",
                "May Hackney\nRenters text you? Say stop.",
                &[][..],
            ),
            ("nothing", " \n", &[Problem::Empty][..]),
            (
                "no name",
                "May we text you? Reply STOP.",
                &[Problem::NoCampaign][..],
            ),
            (
                "no way to stop",
                "May Hackney Renters text you?",
                &[Problem::NoWayToStop][..],
            ),
            (
                "a non-stop campaign",
                "May Hackney Renters text you, nonstop?",
                &[Problem::NoWayToStop][..],
            ),
            ("too long", long.as_str(), &[Problem::TooLong][..]),
            (
                "neither",
                "May we text you?",
                &[Problem::NoCampaign, Problem::NoWayToStop][..],
            ),
        ] {
            let found = check_wording(wording, "Hackney Renters");
            assert_eq!(found, problems, "{scenario}");
            assert!(
                found
                    .iter()
                    .all(|problem| problem.sentence().ends_with('.'))
            );
        }
    }

    proptest! {
        #[test]
        fn the_default_passes_its_own_check(campaign in "[\\PC]{1,80}", abroad in any::<bool>()) {
            let country = if abroad { Country::US } else { Country::GB };
            let wording = default_wording(&campaign, country);
            prop_assert_eq!(check_wording(&wording, &campaign), []);
        }
    }
}
