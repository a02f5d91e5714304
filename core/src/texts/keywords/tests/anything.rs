use proptest::prelude::*;
use proptest::sample::select;

use super::super::languages::{LANGUAGES, Language, phrases};
use super::*;

/// What may stand around a keyword without meaning anything.
fn noise() -> impl Strategy<Value = String> {
    let marks = vec![
        " ",
        "\n",
        "\r\n",
        "\t",
        ".",
        "!",
        ",",
        "-",
        "_",
        "…",
        "\"",
        "“",
        "”",
        "‘",
        "’",
        "(",
        ")",
        "*",
        "~",
        "😀",
        "😡",
        "🇬🇧",
        "👨‍👩‍👧",
        "❤️",
        "\u{200B}",
        "\u{200D}",
        "\u{202E}",
        "\u{FEFF}",
        "\u{AD}",
        "\u{301}",
        "\0",
        "\u{7}",
        "\u{A0}",
        "\u{2028}",
        "。",
        "۔",
        "।",
    ];
    prop::collection::vec(select(marks), 0..8).prop_map(|marks| marks.concat())
}

fn keyword(
    lists: &'static [fn(&Language) -> &'static [&'static str]],
) -> impl Strategy<Value = &'static str> {
    let all: Vec<_> = lists
        .iter()
        .flat_map(|list| LANGUAGES.iter().map(list))
        .flat_map(phrases)
        .collect();
    select(all)
}

/// A keyword in any mixture of cases, with invisible marks in it and noise around it.
fn dressed(keyword: impl Strategy<Value = &'static str>) -> impl Strategy<Value = String> {
    let letters = prop::collection::vec((any::<bool>(), 0..12u8), 40);
    (noise(), keyword, letters, noise()).prop_map(|(before, keyword, letters, after)| {
        let mut dressed = before;
        for (letter, (upper, mark)) in keyword.chars().zip(letters) {
            match (letter, upper) {
                (' ', true) => dressed.push_str(" \u{A0}\n"),
                (letter, true) => dressed.extend(letter.to_uppercase()),
                (letter, false) => dressed.push(letter),
            }
            dressed.push_str(match mark {
                0 => "\u{200B}",
                1 => "\u{2060}",
                2 => "\u{FE0F}",
                _ => "",
            });
        }
        dressed + &after
    })
}

#[test]
fn every_listed_keyword_means_what_it_is_listed_for() {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        for (list, expected) in [
            (language.stop, Stop),
            (language.stop_first, Stop),
            (language.stop_alone, Stop),
            (language.asks_alone, LikelyStop),
            (language.start, Start),
            (language.help, Help),
            (language.yes, Yes),
            (language.no, No),
            (language.agreeing, Other),
            (language.polite, Other),
        ] {
            for text in phrases(list) {
                if meaning(text) != expected {
                    wrong.push(format!("{text}: {:?}, not {expected:?}", meaning(text)));
                }
            }
        }
        for text in phrases(language.asks) {
            if !matches!(meaning(text), Stop | LikelyStop) {
                wrong.push(format!("{text}: {:?}, asks to stop", meaning(text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_texts_are_read_at_once() {
    const MUCH: usize = 20_000;
    let zalgo = format!("s{}top", "\u{336}".repeat(MUCH));
    assert_eq!(meaning(&zalgo), Stop);
    assert_eq!(meaning(&format!("STOP{}", "\u{200D}".repeat(MUCH))), Stop);
    assert_eq!(meaning(&format!("STOP{}", "P".repeat(MUCH))), Stop);
    assert_eq!(meaning(&"STOP ".repeat(MUCH)), Stop);
    assert_eq!(meaning(&format!("STOP {}", "x ".repeat(MUCH))), Stop);
    assert_eq!(meaning(&format!("STOP {}", "xy ".repeat(MUCH))), LikelyStop);
    for unit in [
        "a",
        "a ",
        "x. ",
        "stop",
        "don't stop ",
        "no ",
        "yes ",
        "please ",
        "please. ",
        "I ",
        "opt ",
        "do not ",
        "\u{202E}",
        "👍",
        "?",
        "“",
        "Liked “",
        "join ",
        "7K3M ",
        "join 7",
        "\n",
        "বন্ধ ",
        "নিে",
        "بند ",
        "İ",
        "ß",
        "\u{FDFA}",
        "\u{0}",
        "𝐒",
        "…",
    ] {
        let _ = meaning(&unit.repeat(MUCH));
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = meaning(&text);
    }

    #[test]
    fn any_mixture_of_known_words_is_read(
        words in prop::collection::vec(
            keyword(&[|l| l.stop, |l| l.asks, |l| l.yes, |l| l.no, |l| l.polite, |l| l.doubt, |l| l.from]),
            0..12,
        ),
        gap in select(vec![" ", "", ". ", "\n", "\u{200D}", "?"]),
    ) {
        let _ = meaning(&words.join(gap));
    }

    #[test]
    fn a_dressed_stop_keyword_is_an_opt_out(
        text in dressed(keyword(&[|l| l.stop, |l| l.stop_first, |l| l.stop_alone])),
    ) {
        prop_assert_eq!(meaning(&text), Stop);
    }

    #[test]
    fn other_dressed_keywords_stay_what_they_are(
        start in dressed(keyword(&[|l| l.start])),
        help in dressed(keyword(&[|l| l.help])),
        yes in dressed(keyword(&[|l| l.yes])),
        no in dressed(keyword(&[|l| l.no])),
    ) {
        prop_assert_eq!(meaning(&start), Start);
        prop_assert_eq!(meaning(&help), Help);
        prop_assert_eq!(meaning(&yes), Yes);
        prop_assert_eq!(meaning(&no), No);
    }

    #[test]
    fn politeness_changes_no_keyword(
        before in keyword(&[|l| l.polite]),
        text in keyword(&[|l| l.stop, |l| l.stop_first]),
        after in keyword(&[|l| l.polite]),
    ) {
        prop_assert_eq!(meaning(&format!("{before}, {text}. {after}")), Stop);
    }

    #[test]
    fn whatever_follows_a_stop_keyword_it_is_held_at_least(
        text in keyword(&[|l| l.stop, |l| l.stop_first]),
        tail in any::<String>(),
    ) {
        let read = meaning(&format!("{text} {tail}"));
        prop_assert!(matches!(read, Stop | LikelyStop), "{:?}", read);
    }

    #[test]
    fn a_yes_with_a_limit_is_no_consent(
        yes in keyword(&[|l| l.yes]),
        limit in keyword(&[|l| l.doubt]),
        more in "[a-z]{0,8}",
    ) {
        // "si" and "y" are a yes in one language and "if" and "and" in another; "i" can go on as "I do".
        prop_assume!(!["si", "y", "i"].contains(&limit));
        prop_assert_ne!(meaning(&format!("{yes} {limit} {more}")), Yes);
        prop_assert_ne!(meaning(&format!("{yes} from {limit} {more}")), Yes);
    }

    #[test]
    fn every_code_joins_however_it_is_parted(
        code in prop::collection::vec(select(CODE_LETTERS.chars().collect::<Vec<_>>()), CODE_LENGTH)
            .prop_map(String::from_iter)
            .prop_filter("has a letter and a digit", |code: &String| is_code(code)),
        gaps in prop::collection::vec(select(vec!["", " ", "-", "\n", "\u{200B}", "_"]), CODE_LENGTH),
        join in select(vec!["", "JOIN ", "join", "Join: ", "\"join\" "]),
    ) {
        let parted: String = code
            .chars()
            .zip(&gaps)
            .flat_map(|(letter, gap)| [letter.to_lowercase().to_string(), (*gap).to_owned()])
            .collect();
        prop_assert_eq!(meaning(&format!("{join}{parted}")), Meaning::Join(code));
    }
}
