use proptest::prelude::*;

use super::*;
use crate::texts::segments::Measure;
use crate::texts::template::{Merge, Template};

fn whats() -> impl Strategy<Value = What> {
    prop_oneof![
        Just(What::Notice),
        prop_oneof![
            Just(Channel::Texts),
            Just(Channel::Opinions),
            Just(Channel::Calls),
            Just(Channel::Email),
            Just(Channel::Post)
        ]
        .prop_map(What::Wording),
        prop_oneof![
            Just(Kind::Confirmation),
            Just(Kind::Reminder),
            Just(Kind::Goodbye),
            Just(Kind::Help),
            Just(Kind::Reply)
        ]
        .prop_map(What::Template),
    ]
}

/// Pieces that rules look at, in any order and glued in any way.
fn bodies() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        any::<String>(),
        prop::sample::select(vec![
            "{campaign}",
            "{first_name}",
            "{x}",
            "{",
            "}",
            "STOP",
            "Reply",
            " ",
            "\n",
            ". ",
            "’",
            "…",
            "½",
            "№",
            "\u{A0}",
            "\u{200B}",
            "FREE",
            "ACT NOW",
            "!!!",
            "$$$",
            "https://",
            "bit.ly",
            "/a",
            "@",
            "example.org",
            "+44 7700 900123",
            "by giving your number you agree",
            "untick",
            "texts and calls",
            "Hackney Renters",
            "ŵ",
            "€",
            "[",
            "a",
            "0",
            "-",
            "Msg",
            "&",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn segments(body: &str) -> usize {
    let (template, _) = Template::read(body);
    let text = template.render(&Merge {
        first_name: "Margaret",
        campaign: CAMPAIGN,
        canvasser: "Margaret",
        stand_ins: crate::consent::defaults::stand_ins(crate::consent::defaults::Language::En),
    });
    Measure::of(&text).segments
}

proptest! {
    #[test]
    fn any_body_is_judged_on_character_boundaries(
        what in whats(),
        body in bodies(),
        letters in any::<bool>(),
        english in any::<bool>(),
        domains in prop::collection::vec("\\PC{0,12}", 0..3),
    ) {
        let ctx = Context {
            country: if english { Country::US } else { Country::GB },
            sender: if letters { Sender::Letters } else { Sender::Number },
            language: if english { "en" } else { "cy" },
            domains: &domains,
            ..context()
        };
        for finding in lint(what, &body, &ctx) {
            if let Some(at) = &finding.at {
                prop_assert!(body.get(at.clone()).is_some_and(|text| !text.is_empty()), "{finding:?}");
            }
            prop_assert!(finding.reason.ends_with(")."), "{}", finding.reason);
            prop_assert!(finding.mend.ends_with(['.', '"']), "{}", finding.mend);
            prop_assert!(finding.replacement.is_none() || finding.at.is_some());
        }
    }

    #[test]
    fn making_every_replacement_never_costs_another_segment(body in bodies()) {
        let mut mended = body.clone();
        for finding in lint(REMINDER, &body, &context()).into_iter().rev() {
            if let (Some(at), Some(replacement)) = (finding.at, finding.replacement) {
                mended.replace_range(at, &replacement);
            }
        }
        prop_assert!(segments(&mended) <= segments(&body), "{body:?} {mended:?}");
    }
}
