use proptest::prelude::*;

use super::super::segments::Encoding;
use super::*;

const EN: StandIns = StandIns {
    first_name: "there",
    campaign: "our campaign",
    canvasser: "a volunteer",
};

const AMINA: Merge<'static> = Merge {
    first_name: "Amina",
    campaign: "Hackney Renters",
    canvasser: "Jo",
    stand_ins: EN,
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
fn faults_of_the_braces_are_found_where_they_stand() {
    let unknown = |name: &str, at| Fault::UnknownField(name.to_owned(), at);
    for (scenario, body, faults) in [
        ("nothing", "", vec![]),
        ("words only", "no law is known here", vec![]),
        (
            "an unknown field",
            "Hi {surname}!",
            vec![unknown("surname", 3..12)],
        ),
        ("an empty field", "{} STOP", vec![unknown("", 0..2)]),
        (
            "a field of two lines",
            "{ a\nb }",
            vec![unknown("a b", 0..7)],
        ),
        (
            "an open brace",
            "é {first_name",
            vec![Fault::UnclosedBrace(3..4)],
        ),
        (
            "a field in a field",
            "{a{campaign}",
            vec![Fault::UnclosedBrace(0..1)],
        ),
        ("a stray brace", "STOP }", vec![Fault::StrayBrace(5..6)]),
        (
            "doubled braces",
            "{{campaign}}",
            vec![Fault::UnclosedBrace(0..1), Fault::StrayBrace(11..12)],
        ),
        (
            "three at once",
            "} {x} {",
            vec![
                Fault::StrayBrace(0..1),
                unknown("x", 2..5),
                Fault::UnclosedBrace(6..7),
            ],
        ),
    ] {
        assert_eq!(
            Template::parse(body).err().unwrap_or_default(),
            faults,
            "{scenario}"
        );
    }
}

#[test]
fn what_can_be_read_is_read_despite_faults() {
    let body = "Hi {name}, {this is {campaign}";
    let (template, faults) = Template::read(body);
    assert_eq!(faults.len(), 2);
    assert!(template.names_campaign());
    let words: Vec<&str> = template.words().map(|at| &body[at]).collect();
    assert_eq!(words, ["Hi ", ", ", "this is "]);
    assert_eq!(template.longest(), 3 + 2 + 8 + LONGEST_CAMPAIGN);
}

#[test]
fn the_preview_shows_what_was_typed_until_it_is_right() {
    let preview = Preview::of("Hi {first_name", &AMINA);
    assert_eq!(preview.text, "Hi {first_name");
    let preview = Preview::of("{campaign}: it’s on. STOP", &AMINA);
    assert_eq!(preview.text, "Hackney Renters: it’s on. STOP");
    assert_eq!(preview.measure.encoding, Encoding::Ucs2);
}

proptest! {
    #[test]
    fn any_body_is_read_and_nothing_is_lost(body in "\\PC{0,60}|[a-zSTOP {}_]{0,60}") {
        let (template, faults) = Template::read(&body);
        for at in template.words() {
            prop_assert!(!body[at].is_empty());
        }
        if faults.is_empty() {
            let told: usize = template.parts.iter().map(|part| part.at.len()).sum();
            prop_assert_eq!(told, body.len());
        }
        for fault in faults {
            let (Fault::UnknownField(_, at) | Fault::UnclosedBrace(at) | Fault::StrayBrace(at)) = fault;
            let braces = body[at].matches(['{', '}']).count();
            prop_assert!(braces > 0);
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
        let merge = Merge { first_name: &name, campaign: &other, canvasser: &other, stand_ins: EN };
        let text = template.render(&merge);
        let lines: Vec<_> = text.split('\n').collect();
        let line = one_line(&name, LONGEST_PERSON);
        let first = if line.is_empty() { "there" } else { line.as_str() };
        prop_assert_eq!(lines, [first, other.as_str(), other.as_str(), "STOP"]);
        prop_assert!(text.chars().count() <= template.longest());
    }
}
