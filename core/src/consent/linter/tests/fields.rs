//! Braces, length, and whose words they are.

use Severity::Forbidden;

use super::*;

#[test]
fn something_has_to_stand_there() {
    for what in [TEXTS, OPINIONS, What::Notice, CONFIRMATION] {
        for (body, count) in [("", 1), (" \n\u{A0}", 1)] {
            let found = lint(what, body, &context());
            assert_eq!(found.len(), count);
            assert_eq!(found[0].rule, Rule::Empty);
        }
    }
    assert!(pointed(REMINDER, ".", &context(), Rule::Empty).is_empty());
}

#[test]
fn a_wording_can_be_read_out() {
    let long = "é".repeat(601);
    let fits = format!("  {} \n", "é".repeat(600));
    judged(
        TEXTS,
        &context(),
        Rule::TooLong,
        Forbidden,
        &[
            ("one too many", &long, &["é"]),
            ("just fits, with space around", &fits, &[]),
        ],
    );
}

#[test]
fn a_text_fits_with_the_longest_names() {
    let fits = format!("{{campaign}}{}", "a".repeat(1_520));
    let long = format!("{fits}a");
    judged(
        REMINDER,
        &context(),
        Rule::TooLong,
        Forbidden,
        &[("one too many", &long, &[""]), ("just fits", &fits, &[])],
    );
}

#[test]
fn braces_are_fields() {
    for (what, rule, rows) in [
        (
            REMINDER,
            Rule::UnknownField,
            &[
                ("unknown", "é {surname} {campaign}", &["{surname}"][..]),
                ("known, as people type it", "{ First name }", &[]),
            ][..],
        ),
        (
            REMINDER,
            Rule::UnclosedBrace,
            &[
                ("open", "{campaign} {first", &["{"]),
                ("closed", "{first_name}", &[]),
            ],
        ),
        (
            REMINDER,
            Rule::StrayBrace,
            &[
                ("stray", "{campaign} :-}", &["}"]),
                ("another bracket", "{campaign} :-)", &[]),
            ],
        ),
        (
            TEXTS,
            Rule::UnknownField,
            &[
                (
                    "a field that would be read out",
                    "May {campaign} text you?",
                    &["{campaign}"],
                ),
                ("a smile", "May we text you? :-}", &[]),
            ],
        ),
    ] {
        judged(what, &context(), rule, Forbidden, rows);
    }
    let found = lint(TEXTS, "May {campaign} text you?", &context());
    assert_eq!(found[0].replacement.as_deref(), Some(CAMPAIGN));
}

#[test]
fn the_campaign_is_named() {
    let rows: &[Row<'_>] = &[
        ("no name", "May we text you? Reply STOP.", &[""]),
        ("part of a word", "Hackney Rentersville", &[""]),
        (
            "other capitals, over a line break",
            "May HACKNEY\nrenters text you?",
            &[],
        ),
        ("with more space", "Hackney  Renters", &[]),
        ("at the end", "from Hackney Renters", &[]),
    ];
    for what in [TEXTS, OPINIONS, What::Notice, REMINDER] {
        judged(what, &context(), Rule::NoCampaign, Forbidden, rows);
    }
    judged(
        REMINDER,
        &context(),
        Rule::NoCampaign,
        Forbidden,
        &[
            ("the field", "{Campaign}: STOP", &[]),
            ("another field", "{canvasser}: STOP", &[""]),
            ("the field at fault", "{campaign: STOP", &[""]),
        ],
    );
    let ctx = Context {
        campaign: "Renters’ Union",
        ..context()
    };
    judged(
        TEXTS,
        &ctx,
        Rule::NoCampaign,
        Forbidden,
        &[(
            "a straight apostrophe",
            "May the Renters' Union text you?",
            &[],
        )],
    );
}
