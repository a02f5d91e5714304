use proptest::prelude::*;

use super::super::segments::{Encoding, is_gsm7};
use super::*;
use crate::people::Country;

const AMINA: Merge<'static> = Merge {
    first_name: "Amina",
    campaign: "Hackney Renters",
    canvasser: "Jo",
};

fn template(body: &str) -> Template {
    Template::parse(body).unwrap()
}

#[test]
fn fields_are_filled_in() {
    for (scenario, body, text) in [
        (
            "each field",
            "Hi {first_name}, {canvasser} of {campaign} here. Reply STOP to stop",
            "Hi Amina, Jo of Hackney Renters here. Reply STOP to stop",
        ),
        (
            "side by side",
            "{campaign}{campaign}STOP",
            "Hackney RentersHackney RentersSTOP",
        ),
        (
            "as a person would type them",
            "{ First name } {CAMPAIGN} STOP",
            "Amina Hackney Renters STOP",
        ),
        (
            "lines stay lines",
            "{campaign}\nSTOP",
            "Hackney Renters\nSTOP",
        ),
    ] {
        assert_eq!(template(body).render(&AMINA), text, "{scenario}");
    }
}

#[test]
fn names_go_in_as_words_and_nothing_else() {
    let template = template("{first_name}|{campaign}|{canvasser}|STOP");
    let long = "a".repeat(100);
    for (scenario, first_name, canvasser, text) in [
        (
            "no names",
            "",
            " ",
            "there|Hackney Renters|a volunteer|STOP",
        ),
        (
            "a name with a field in it",
            "{campaign}",
            "{",
            "{campaign}|Hackney Renters|{|STOP",
        ),
        (
            "line breaks",
            "Amina\r\nKhan",
            "Jo\n",
            "Amina Khan|Hackney Renters|Jo|STOP",
        ),
        (
            "a direction override",
            "\u{202E}animA",
            "Jo\u{0}",
            "animA|Hackney Renters|Jo|STOP",
        ),
        (
            "only hidden marks",
            "\u{200F}\u{7}",
            "Jo",
            "there|Hackney Renters|Jo|STOP",
        ),
        (
            "too long",
            long.as_str(),
            "Jo",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|Hackney Renters|Jo|STOP",
        ),
    ] {
        let merge = Merge {
            first_name,
            canvasser,
            ..AMINA
        };
        assert_eq!(template.render(&merge), text, "{scenario}");
    }
}

#[test]
fn what_is_wrong_is_said_in_order() {
    let unknown = |name: &str| Problem::UnknownField(name.to_owned());
    let ends = "{campaign} STOP";
    for (scenario, body, problems) in [
        ("nothing", String::new(), vec![Problem::Empty]),
        ("white space", " \n".to_owned(), vec![Problem::Empty]),
        (
            "an unknown field",
            format!("{{surname}} {ends}"),
            vec![unknown("surname")],
        ),
        ("an empty field", format!("{{}} {ends}"), vec![unknown("")]),
        (
            "a field in a field",
            format!("{{a{{campaign}} {ends}"),
            vec![unknown("a{campaign")],
        ),
        (
            "an open brace",
            format!("{ends} {{first_name"),
            vec![Problem::UnclosedBrace],
        ),
        (
            "a stray brace",
            format!("{ends} }}"),
            vec![Problem::StrayBrace],
        ),
        (
            "no sender",
            "Reply STOP".to_owned(),
            vec![Problem::NoSender],
        ),
        (
            "no way to stop",
            "{campaign}".to_owned(),
            vec![Problem::NoWayToStop],
        ),
        (
            "another stop",
            "{campaign}: stop by our stall".to_owned(),
            vec![Problem::NoWayToStop],
        ),
        (
            "part of a word",
            "{campaign} NONSTOP".to_owned(),
            vec![Problem::NoWayToStop],
        ),
        (
            "too long",
            format!("{ends}{}", "a".repeat(1_516)),
            vec![Problem::NoWayToStop, Problem::TooLong(1)],
        ),
        (
            "two at once",
            "{x}".to_owned(),
            vec![unknown("x"), Problem::NoSender, Problem::NoWayToStop],
        ),
    ] {
        let mut found = Template::parse(&body).unwrap_err();
        if scenario == "too long" {
            found.reverse();
        }
        assert_eq!(found, problems, "{scenario}");
        assert!(
            found
                .iter()
                .all(|problem| problem.sentence().ends_with('.')),
            "{scenario}"
        );
    }
}

#[test]
fn the_default_is_a_good_template_of_the_right_length() {
    let typical = [
        ("Jo", "Hackney Renters", "Sam"),
        ("Amina", "Living Wage Leeds", "Ben Okafor"),
        ("Christopher", "Unite Community Bristol", "Margaret"),
        ("", "Save Our Libraries", ""),
    ];
    for country in Country::all() {
        let body = default_confirmation(country);
        let most = if body.contains("rates may apply") {
            2
        } else {
            1
        };
        for (first_name, campaign, canvasser) in typical {
            let preview = Preview::of(
                body,
                &Merge {
                    first_name,
                    campaign,
                    canvasser,
                },
            );
            assert_eq!(preview.problems, []);
            assert_eq!(preview.measure.encoding, Encoding::Gsm7);
            assert!(
                preview.measure.segments <= most,
                "{country:?}: {}",
                preview.text
            );
            assert!(preview.text.contains(campaign));
        }
    }
}

#[test]
fn the_default_says_what_the_country_asks_for() {
    for (country, asked) in [
        (Country::GB, &["{campaign}", "Reply YES", "STOP"][..]),
        (
            Country::US,
            &[
                "{campaign}",
                "YES",
                "Msg frequency",
                "Msg & data rates may apply",
                "HELP",
                "STOP",
            ][..],
        ),
        (
            Country::CA,
            &[
                "Msg frequency",
                "Msg & data rates may apply",
                "HELP",
                "STOP",
            ][..],
        ),
    ] {
        let body = default_confirmation(country);
        assert!(is_gsm7(&body.replace(['{', '}'], "")));
        for words in asked {
            assert!(body.contains(words), "{country:?} lacks {words}");
        }
    }
}

#[test]
fn the_preview_shows_what_was_typed_until_it_is_right() {
    let preview = Preview::of("Hi {first_name", &AMINA);
    assert_eq!(preview.text, "Hi {first_name");
    assert_eq!(
        preview.problems,
        [
            Problem::UnclosedBrace,
            Problem::NoSender,
            Problem::NoWayToStop
        ]
    );
    let preview = Preview::of("{campaign}: it’s on. STOP", &AMINA);
    assert_eq!(preview.text, "Hackney Renters: it’s on. STOP");
    assert_eq!(preview.measure.encoding, Encoding::Ucs2);
    assert_eq!(preview.problems, []);
}

proptest! {
    #[test]
    fn any_body_is_read(body in "\\PC{0,60}|[a-zSTOP {}_]{0,60}") {
        if let Err(problems) = Template::parse(&body) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn no_brace_of_the_template_reaches_a_phone(body in "[a-z {}]{0,30}(\\{(first_name|campaign|canvasser)\\}[a-z ]{0,9}){0,4}") {
        if let Ok(template) = Template::parse(&format!("{body}{{campaign}} STOP")) {
            let braces = template.render(&AMINA).matches(['{', '}']).count();
            prop_assert_eq!(braces, 0);
        }
    }

    #[test]
    fn filling_in_is_one_pass(name in any::<String>(), other in "\\{(first_name|campaign|canvasser)\\}") {
        let template = template("{first_name}\n{campaign}\n{canvasser}\nSTOP");
        let merge = Merge { first_name: &name, campaign: &other, canvasser: &other };
        let text = template.render(&merge);
        let lines: Vec<_> = text.split('\n').collect();
        let line = one_line(&name, LONGEST_PERSON);
        let first = if line.is_empty() { "there" } else { line.as_str() };
        prop_assert_eq!(lines, [first, other.as_str(), other.as_str(), "STOP"]);
        prop_assert!(text.chars().count() <= template.longest());
    }
}
