//! Whoever opted out or has not confirmed is called subscribed in no format.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// How somebody stands, as it is drawn: what they said to texts and to emails, and their number.
#[derive(Debug, Clone)]
struct Drawn {
    texts: Option<usize>,
    emails: Option<usize>,
    takes: Option<usize>,
    has_email: bool,
}

const SAID: [Said; 3] = [Said::Confirmed, Said::Yes, Said::No];
const TAKES: [Takes; 3] = [Takes::Texts, Takes::NoTexts, Takes::OptedOut];

impl Drawn {
    fn person(&self) -> Exported {
        let texts = self
            .texts
            .map(|said| word("texts", Channel::Texts, SAID[said]));
        let emails = self
            .emails
            .map(|said| word("news", Channel::Email, SAID[said]));
        Exported {
            mobile: self.takes.map(|takes| Number {
                e164: "+447700900101".to_owned(),
                takes: TAKES[takes],
                do_not_call: false,
            }),
            email: if self.has_email {
                "amina@example.org"
            } else {
                ""
            }
            .to_owned(),
            words: texts.into_iter().chain(emails).collect(),
            ..amina()
        }
    }

    /// Whether they confirmed that they agree to texts, and are not opted out.
    fn may_be_subscribed(&self) -> bool {
        self.texts == Some(0) && self.takes != Some(2)
    }

    fn agrees_to_emails(&self) -> bool {
        matches!(self.emails, Some(0 | 1))
    }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let any_of_three = || prop::option::of(0..3_usize);
    (
        any_of_three(),
        any_of_three(),
        any_of_three(),
        any::<bool>(),
    )
        .prop_map(|(texts, emails, takes, has_email)| Drawn {
            texts,
            emails,
            takes,
            has_email,
        })
}

/// Who a list calls subscribed to texts, and to emails, as the one who reads it does.
fn subscribed(format: Format, people: &[Exported]) -> Vec<(bool, bool)> {
    let about = about(Country::GB);
    let bytes = written(format, &about, people);
    let said = |text: &str, email: &str| {
        let rows = cells(&bytes);
        let all = 0..people.len();
        all.map(|person| {
            let is = |header: &str| match cell(&rows, person, header) {
                "subscribed" | "true" | "I" => true,
                address => header == "email" || header == "mobile_number" && !address.is_empty(),
            };
            (
                is(text),
                !email.is_empty() && is(email) && !cell(&rows, person, email).is_empty(),
            )
        })
        .collect()
    };
    match format {
        Format::Csv => said("texts_status", "email_status"),
        Format::NationBuilder => said("mobile_opt_in", "email_opt_in"),
        Format::ActionNetwork => said("mobile_number", "email"),
        Format::Van => said("SMSOptInStatus", ""),
        Format::Excel => super::spreadsheets::rows_of_workbook(&bytes)[1..]
            .iter()
            .map(|row| (row[9] == "subscribed", row[10] == "subscribed"))
            .collect(),
        Format::Osdi => {
            let json: Value = serde_json::from_slice(&bytes).unwrap();
            let people = json["_embedded"]["osdi:people"].as_array().unwrap().iter();
            people.map(in_json).collect()
        }
    }
}

fn in_json(person: &Value) -> (bool, bool) {
    let any = |of: &str, without: &str| {
        let mut addresses = person[of].as_array().unwrap().iter();
        addresses.any(|address| {
            let status = address["status"].as_str().unwrap_or(without);
            status == "subscribed"
        })
    };
    // Who reads them takes a number of which nothing is said for unsubscribed, and an address for subscribed.
    (
        any("phone_numbers", "unsubscribed"),
        any("email_addresses", "subscribed"),
    )
}

proptest! {
    #[test]
    fn nobody_who_opted_out_or_has_not_confirmed_is_subscribed_in_any_format(
        drawn in prop::collection::vec(drawn(), 1..6),
    ) {
        let people: Vec<Exported> = drawn.iter().map(Drawn::person).collect();
        for format in Format::ALL {
            let lists = subscribed(format, &people);
            prop_assert_eq!(lists.len(), drawn.len());
            for ((texts, emails), person) in lists.into_iter().zip(&drawn) {
                prop_assert!(!texts || person.may_be_subscribed(), "{:?} {:?}", format, person);
                let may = person.may_be_subscribed() && person.agrees_to_emails();
                prop_assert!(!emails || may, "{:?} {:?}", format, person);
            }
        }
        for (person, drawn) in people.iter().zip(&drawn) {
            let about = about(Country::GB);
            let body: Value = serde_json::from_slice(&osdi::signup(person, &about).unwrap()).unwrap();
            let (texts, emails) = in_json(&body["person"]);
            prop_assert!(!texts || drawn.may_be_subscribed());
            prop_assert!(!emails || drawn.may_be_subscribed() && drawn.agrees_to_emails());
        }
    }
}

#[test]
fn who_confirmed_and_did_not_opt_out_is_subscribed_where_the_format_has_a_word_for_it() {
    for format in Format::ALL {
        let is = subscribed(format, &[amina()]);
        let wanted = match format {
            Format::Van => (true, false),
            // OSDI's own fields have no word for texts.
            Format::Osdi => (false, true),
            _ => (true, true),
        };
        assert_eq!(is, [wanted], "{format:?}");
    }
    let body = osdi::signup(&amina(), &about(Country::GB)).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(in_json(&body["person"]), (true, true));
}

#[test]
fn what_is_not_subscribed_is_still_handed_over() {
    let asked = Exported {
        words: Vec::new(),
        ..amina()
    };
    let rows = cells(&written(
        Format::ActionNetwork,
        &about(Country::GB),
        &[asked],
    ));
    assert_eq!(cell(&rows, 0, "email"), "");
    assert_eq!(
        cell(&rows, 0, "placard_email_not_subscribed"),
        "amina@example.org"
    );
    assert_eq!(
        cell(&rows, 0, "placard_mobile_not_subscribed"),
        "44 7700900101"
    );
}
