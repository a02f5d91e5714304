use super::{CAMPAIGN, countries, says};
use crate::consent::defaults::{Kind, Language, stand_ins, template};
use crate::people::Country;
use crate::texts::segments::{Encoding, Measure};
use crate::texts::template::{Merge, Template};

const KINDS: [Kind; 4] = [
    Kind::Confirmation,
    Kind::Reminder,
    Kind::Goodbye,
    Kind::Help,
];

fn merge(language: Language) -> [Merge<'static>; 2] {
    let stand_ins = stand_ins(language);
    [
        Merge {
            first_name: "Amina",
            campaign: CAMPAIGN,
            canvasser: "Jo",
            stand_ins,
        },
        Merge {
            first_name: stand_ins.first_name,
            campaign: CAMPAIGN,
            canvasser: stand_ins.canvasser,
            stand_ins,
        },
    ]
}

#[test]
fn english_confirmations_are_what_they_were() {
    for (scenario, country, expected) in [
        (
            "at home",
            Country::GB,
            "Hi {first_name}, this is {campaign}. Thanks for talking to {canvasser}. \
             Reply YES to get our texts, or STOP at any time to get none.",
        ),
        (
            "in North America",
            Country::US,
            "{campaign}: Hi {first_name}, thanks for talking to {canvasser}. \
             Reply YES to get our campaign texts. Msg frequency varies. Msg & data rates may apply. \
             Reply HELP for help, STOP to cancel.",
        ),
    ] {
        let kept = template(Kind::Confirmation, Language::En, country);
        assert_eq!(kept, expected, "{scenario}");
    }
}

#[test]
fn every_template_is_one_and_says_what_it_must() {
    for language in Language::ALL {
        for country in countries() {
            for kind in KINDS {
                let body = template(kind, language, country);
                let scenario = format!("{language:?} {country:?} {kind:?}: {body}");
                assert!(body.contains("{campaign}"), "{scenario}");
                assert!(Template::parse(body).is_ok(), "{scenario}");
                if kind == Kind::Goodbye {
                    assert!(says(body, "START"), "{scenario}");
                }
                let asks = matches!(kind, Kind::Confirmation | Kind::Reminder);
                assert_eq!(says(body, "YES"), asks, "{scenario}");
                let with_help = kind == Kind::Confirmation && country.keeps_ctia_principles();
                assert_eq!(says(body, "HELP"), with_help, "{scenario}");
            }
            let body = template(Kind::Confirmation, language, country);
            for field in ["{first_name}", "{canvasser}"] {
                assert!(body.contains(field), "{body}");
            }
        }
    }
}

#[test]
fn confirmations_and_what_follows_cost_what_is_promised() {
    for (language, encoding, at_home, north_america) in [
        (Language::En, Encoding::Gsm7, 1, 2),
        (Language::Cy, Encoding::Gsm7, 2, 2),
        (Language::Es, Encoding::Gsm7, 2, 2),
        (Language::Pl, Encoding::Ucs2, 3, 4),
        (Language::Ur, Encoding::Ucs2, 3, 4),
        (Language::Bn, Encoding::Ucs2, 3, 4),
    ] {
        for merge in merge(language) {
            for kind in KINDS {
                for (country, most) in [(Country::GB, at_home), (Country::US, north_america)] {
                    let body = template(kind, language, country);
                    let text = match Template::parse(body) {
                        Ok(template) => template.render(&merge),
                        Err(_) => body.replace("{campaign}", CAMPAIGN),
                    };
                    let measure = Measure::of(&text);
                    let scenario = format!("{language:?} {country:?} {kind:?}: {measure:?} {text}");
                    assert_eq!(measure.encoding, encoding, "{scenario}");
                    if kind == Kind::Confirmation {
                        assert!(measure.segments <= most, "{scenario}");
                    }
                }
            }
        }
    }
}

#[test]
fn texts_that_run_from_right_to_left_begin_so() {
    for language in Language::ALL {
        for country in countries() {
            for kind in KINDS {
                let body = template(kind, language, country);
                let begins = body.starts_with(|c| ('\u{0600}'..='\u{06FF}').contains(&c));
                assert_eq!(begins, language.is_rtl(), "{body}");
            }
        }
    }
}
