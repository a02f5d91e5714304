mod templates;

use super::*;

const CAMPAIGN: &str = "Hackney Renters";

const PURPOSES: [Purpose<'static>; 7] = [
    Purpose::Texts,
    Purpose::Opinions,
    own(Channel::Texts, "repairs"),
    own(Channel::Calls, "repairs"),
    own(Channel::Email, "repairs"),
    own(Channel::Post, "repairs"),
    Purpose::Privacy {
        contact: "jo@renters.example",
        kept: "24 months",
    },
];

const fn own(channel: Channel, label: &str) -> Purpose<'_> {
    Purpose::Own { channel, label }
}

fn countries() -> [Country; 4] {
    [
        Country::GB,
        Country::US,
        Country::CA,
        Country::parse("IE").unwrap(),
    ]
}

/// The word itself: "nonstop" does not count.
fn says(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|said| said == word)
}

#[test]
fn english_wordings_are_what_they_were() {
    for (scenario, country, expected) in [
        (
            "at home",
            Country::GB,
            "May Hackney Renters send you texts about the campaign: news, events and ways to help? It is \
             your choice. First you get one text to confirm. You can stop at any time by replying STOP. \
             Do you agree, yes or no?",
        ),
        (
            "in North America",
            Country::US,
            "May Hackney Renters send you texts about the campaign: news, events and ways to help? It is \
             your choice. First you get one text to confirm. How often varies, and message and data rates \
             may apply. Reply HELP for help. You can stop at any time by replying STOP. \
             Do you agree, yes or no?",
        ),
    ] {
        let said = wording(Purpose::Texts, Language::En, CAMPAIGN, country);
        assert_eq!(said, expected, "{scenario}");
    }
    assert_eq!(
        wording(Purpose::Opinions, Language::En, CAMPAIGN, Country::GB),
        "May Hackney Renters keep a note of what you think: whether you support us, and what matters to \
         you? That can show your political opinions or union membership. It is your choice, and texts do \
         not depend on it. You can change your mind and have it deleted at any time. Do you agree, yes or no?"
    );
}

#[test]
fn every_wording_names_the_campaign_and_leaves_no_field_open() {
    for language in Language::ALL {
        for country in countries() {
            for (place, purpose) in PURPOSES.into_iter().enumerate() {
                let said = wording(purpose, language, CAMPAIGN, country);
                let scenario = format!("{language:?} {country:?} {place}: {said}");
                assert!(said.contains(CAMPAIGN), "{scenario}");
                assert!(!said.contains(['{', '}']), "{scenario}");
                assert!(!said.contains("  ") && said.trim() == said, "{scenario}");
                match purpose {
                    Purpose::Texts => {
                        assert!(says(&said, "STOP"), "{scenario}");
                        let north_america = country.keeps_ctia_principles();
                        assert_eq!(says(&said, "HELP"), north_america, "{scenario}");
                    }
                    Purpose::Own { channel, label } => {
                        assert!(said.contains(label), "{scenario}");
                        assert_eq!(says(&said, "STOP"), channel == Channel::Texts, "{scenario}");
                    }
                    Purpose::Privacy { contact, kept } => {
                        assert!(said.contains(contact) && said.contains(kept), "{scenario}");
                        assert_eq!(says(&said, "ICO"), country == Country::GB, "{scenario}");
                    }
                    Purpose::Opinions => {}
                }
                let asks = !matches!(purpose, Purpose::Privacy { .. });
                assert_eq!(said.ends_with(['?', '؟']), asks, "{scenario}");
            }
        }
    }
}

#[test]
fn every_request_says_the_words_on_the_buttons() {
    for language in Language::ALL {
        let flip = flip_words(language);
        for purpose in &PURPOSES[..6] {
            let said = wording(*purpose, language, CAMPAIGN, Country::GB).to_lowercase();
            for button in [flip.yes, flip.no] {
                assert!(said.contains(&button.to_lowercase()), "{button}: {said}");
            }
        }
    }
}

#[test]
fn every_wording_can_be_read_out_in_forty_seconds() {
    let long = "W".repeat(200);
    for language in Language::ALL {
        for country in countries() {
            for (place, purpose) in [
                Purpose::Texts,
                Purpose::Opinions,
                own(Channel::Texts, &long),
                own(Channel::Calls, &long),
                own(Channel::Email, &long),
                own(Channel::Post, &long),
                Purpose::Privacy {
                    contact: &long,
                    kept: &long,
                },
            ]
            .into_iter()
            .enumerate()
            {
                let length = wording(purpose, language, &long, country).chars().count();
                assert!(length <= 600, "{language:?} {country:?} {place}: {length}");
            }
        }
    }
}

#[test]
fn values_are_filled_in_once() {
    for (scenario, campaign, contact, part) in [
        (
            "a field in the campaign",
            "{contact}",
            "Jo",
            "{contact} holds",
        ),
        (
            "a field in the contact",
            "Renters",
            "{kept}",
            "Contact: {kept}. ",
        ),
        ("half a field", "{", "}", "{ holds"),
        (
            "a line break",
            "Hackney\nRenters",
            "Jo",
            "Hackney Renters holds",
        ),
    ] {
        let purpose = Purpose::Privacy {
            contact,
            kept: "24 months",
        };
        let said = wording(purpose, Language::En, campaign, Country::GB);
        assert!(said.contains(part), "{scenario}: {said}");
        assert!(said.contains("24 months"), "{scenario}: {said}");
    }
    let asked = flip_words(Language::En).asked_by(Language::En, "{campaign}");
    assert_eq!(asked, "{campaign} asks you");
}

#[test]
fn what_runs_from_right_to_left_begins_so() {
    let is_arabic = |c: char| ('\u{0600}'..='\u{06FF}').contains(&c);
    for language in Language::ALL {
        for country in countries() {
            for purpose in PURPOSES {
                let said = wording(purpose, language, CAMPAIGN, country);
                assert_eq!(said.starts_with(is_arabic), language.is_rtl(), "{said}");
                let isolated = said.contains("\u{2068}Hackney Renters\u{2069}");
                assert_eq!(isolated, language.is_rtl(), "{said}");
            }
        }
    }
}

#[test]
fn the_flip_screen_has_every_word_in_every_language() {
    for language in Language::ALL {
        let flip = flip_words(language);
        for said in flip.all() {
            assert!(
                !said.is_empty() && said.trim() == said,
                "{language:?}: {said:?}"
            );
            let has_field = said.contains(['{', '}']);
            assert_eq!(has_field, said == flip.asked_by, "{language:?}: {said}");
        }
        let asked = flip.asked_by(language, CAMPAIGN);
        assert!(asked.contains(CAMPAIGN) && !asked.contains('{'), "{asked}");
        assert!(says(flip.after_yes_to_texts, "YES"), "{language:?}");
    }
}

#[test]
fn no_letters_have_strayed_in_from_another_script() {
    let latin_allowed = [
        "STOP",
        "YES",
        "START",
        "HELP",
        "ICO",
        "ico",
        "org",
        "uk",
        "campaign",
        "purpose",
        "contact",
        "kept",
        "cost",
        "complain",
        "first_name",
        "canvasser",
    ];
    for (language, script) in [
        (Language::Ur, '\u{0600}'..='\u{06FF}'),
        (Language::Bn, '\u{0980}'..='\u{09FF}'),
    ] {
        let words = words(language);
        let said = [
            words.texts,
            words.texts_about,
            words.cost,
            words.opinions,
            words.calls,
            words.email,
            words.post,
            words.privacy,
            words.complain_to_ico,
            words.complain_elsewhere,
            words.confirmation,
            words.confirmation_north_america,
            words.reminder,
            words.goodbye,
            words.help,
            words.help_north_america,
        ];
        for said in said.into_iter().chain(words.flip.all()) {
            for word in said.split(|c: char| !c.is_ascii_alphabetic() && c != '_') {
                assert!(
                    word.is_empty() || latin_allowed.contains(&word),
                    "{word}: {said}"
                );
            }
            let stray = said
                .chars()
                .find(|c| !c.is_ascii() && !script.contains(c) && *c != '।');
            assert_eq!(stray, None, "{said}");
        }
    }
}

#[test]
fn months_are_counted_as_each_language_counts() {
    for (language, count, said) in [
        (Language::En, 1, "1 month"),
        (Language::En, 24, "24 months"),
        (Language::Cy, 2, "2 fis"),
        (Language::Cy, 24, "24 mis"),
        (Language::Es, 1, "1 mes"),
        (Language::Es, 24, "24 meses"),
        (Language::Pl, 1, "1 miesiąc"),
        (Language::Pl, 3, "3 miesiące"),
        (Language::Pl, 12, "12 miesięcy"),
        (Language::Pl, 21, "21 miesięcy"),
        (Language::Pl, 24, "24 miesiące"),
        (Language::Pl, 112, "112 miesięcy"),
        (Language::Ur, 1, "1 مہینہ"),
        (Language::Ur, 24, "24 مہینے"),
        (Language::Bn, 24, "২৪ মাস"),
        (Language::Bn, u16::MAX, "৬৫৫৩৫ মাস"),
    ] {
        assert_eq!(months(count, language), said);
        assert!(said.chars().count() <= LONGEST_KEPT);
    }
}
