//! What a gateway's answers mean to a person: what is wrong, and what to do about it.

use super::{Away, Kind, NoAnswer, Refusal, Unreachable};
use crate::texts::life::Trouble;
use crate::texts::words::sentence_of;

/// What is wrong, and the mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What is wrong.
    pub sentence: String,
    /// What to do.
    pub what_to_do: String,
}

fn advice(sentence: impl Into<String>, what_to_do: &str) -> Advice {
    Advice {
        sentence: sentence.into(),
        what_to_do: what_to_do.to_owned(),
    }
}

/// Why the gateway counts as offline.
#[must_use]
pub fn advice_for_away(away: &Away) -> Advice {
    match away {
        Away::Unreachable(Unreachable::NameNotFound) => advice(
            "The gateway's name could not be found.",
            "Check that this laptop is online, and the address in Settings, under Gateway.",
        ),
        Away::Unreachable(Unreachable::NoConnection) => advice(
            "The gateway could not be reached.",
            "Check that this laptop is online, and the address in Settings, under Gateway.",
        ),
        Away::Unreachable(Unreachable::NotTrusted) => advice(
            "Something answers at the gateway's address that cannot prove it is the gateway.",
            "Check the address and this laptop's date. On a guest network, sign in to it first.",
        ),
        Away::NoAnswer(NoAnswer::Portal) => advice(
            "A web page answered in place of the gateway: most likely this network wants you to sign in first.",
            "Open a browser, sign in to the network, then come back. Texts wait meanwhile.",
        ),
        Away::NoAnswer(NoAnswer::TimedOut) => advice(
            "The gateway did not answer in time.",
            "The network may be poor here. Placard keeps trying.",
        ),
        Away::NoAnswer(NoAnswer::Dropped) => advice(
            "The connection to the gateway broke off.",
            "The network may be poor here. Placard keeps trying.",
        ),
        Away::NoAnswer(NoAnswer::Broken(status)) => advice(
            format!("The gateway has a fault of its own just now (HTTP {status})."),
            "Wait a little: Placard keeps trying. If it lasts, ask whoever runs the gateway.",
        ),
        Away::NoAnswer(NoAnswer::Unreadable) => advice(
            "Something answers at the gateway's address, but not as this gateway does.",
            "Check the address in Settings, under Gateway.",
        ),
    }
}

/// Why this gateway counts as offline. A phone is away for reasons of its own.
#[must_use]
pub fn advice_for_away_from(kind: Kind, away: &Away) -> Advice {
    match (kind, away) {
        (
            Kind::Pocket,
            Away::Unreachable(Unreachable::NoConnection | Unreachable::NameNotFound),
        )
        | (Kind::Pocket, Away::NoAnswer(NoAnswer::TimedOut | NoAnswer::Dropped)) => advice(
            "The phone could not be reached.",
            "Wake it, and check that the app runs and that it is on this network, at the address in Settings, under Gateway.",
        ),
        _ => advice_for_away(away),
    }
}

/// What the gateway says no to, with its own code where it gave one.
#[must_use]
pub fn advice_for_refusal(refusal: &Refusal) -> Advice {
    let (sentence, what_to_do) = match refusal.trouble {
        Trouble::Credentials => (
            "The gateway does not take the user name, key or password.",
            "Put them right in Settings, under Gateway. What waits then goes by itself.",
        ),
        Trouble::Sender => (
            "The gateway does not take this sender: it is not yours there, not registered or not allowed.",
            "Check Sender in Settings, under Gateway, and its registration with the provider.",
        ),
        Trouble::Country => (
            "The account may not text this country.",
            "Allow the country in the provider's own settings, then carry on.",
        ),
        Trouble::TrialAccount => (
            "This is a trial account: it may text only numbers that were verified with the provider.",
            "Upgrade the account, or verify the number there, then carry on.",
        ),
        Trouble::NoRoute => (
            "The gateway has no route to numbers like this.",
            "Ask whoever runs the gateway, then carry on.",
        ),
        Trouble::Filtered => (
            "A carrier filters the campaign's texts as unwanted.",
            "Look at the wording and the sender before you carry on: more of the same makes it worse.",
        ),
        Trouble::TooLong => (
            "The gateway finds the text too long.",
            "Shorten it in Settings, under Texts we send: what waits goes on in the new words.",
        ),
        Trouble::Other => ("The gateway refuses.", "Its own words say why."),
        Trouble::Restored => (
            "This vault was restored from a backup: what waited then may have gone since.",
            "Look in Inbox for opt-outs that came since, and at the texts that need you. Then carry on: what may have gone is not sent again by itself.",
        ),
        other => return advice(capitalised(sentence_of(other)), ""),
    };
    let said = match (&refusal.code, refusal.said.as_str()) {
        (Some(code), "") => format!(" (code {code})"),
        (Some(code), said) => format!(" (code {code}: “{said}”)"),
        (None, "") => String::new(),
        (None, said) => format!(" (“{said}”)"),
    };
    let sentence = format!("{}{said}.", sentence.trim_end_matches('.'));
    advice(sentence, what_to_do)
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_is_told_with_the_providers_code_and_words() {
        let refusal = |code: Option<&str>, said: &str| Refusal {
            trouble: Trouble::Credentials,
            code: code.map(str::to_owned),
            said: said.to_owned(),
        };
        let told = |code, said| advice_for_refusal(&refusal(code, said)).sentence;
        assert_eq!(
            told(Some("20003"), "Authenticate"),
            "The gateway does not take the user name, key or password (code 20003: “Authenticate”)."
        );
        assert_eq!(
            told(None, ""),
            "The gateway does not take the user name, key or password."
        );
    }

    #[test]
    fn every_way_of_being_away_has_a_mend() {
        for away in [
            Away::Unreachable(Unreachable::NameNotFound),
            Away::Unreachable(Unreachable::NoConnection),
            Away::Unreachable(Unreachable::NotTrusted),
            Away::NoAnswer(NoAnswer::Portal),
            Away::NoAnswer(NoAnswer::TimedOut),
            Away::NoAnswer(NoAnswer::Dropped),
            Away::NoAnswer(NoAnswer::Broken(503)),
            Away::NoAnswer(NoAnswer::Unreadable),
        ] {
            for kind in [Kind::Twilio, Kind::Pocket] {
                let advice = advice_for_away_from(kind, &away);
                assert!(advice.sentence.ends_with('.'), "{kind:?} {away:?}");
                assert!(advice.what_to_do.ends_with('.'), "{kind:?} {away:?}");
            }
        }
    }
}
