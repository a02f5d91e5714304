use proptest::prelude::*;

use super::*;

fn cost(text: &str) -> (Encoding, usize, usize, usize) {
    let measure = Measure::of(text);
    (
        measure.encoding,
        measure.units_used,
        measure.segments,
        measure.room_in_last,
    )
}

#[test]
fn segments_are_counted_as_the_networks_count_them() {
    use Encoding::{Gsm7, Ucs2};
    let a = |count| "a".repeat(count);
    for (scenario, text, expected) in [
        ("nothing", a(0), (Gsm7, 0, 0, 160)),
        ("one letter", a(1), (Gsm7, 1, 1, 159)),
        ("a full segment", a(160), (Gsm7, 160, 1, 0)),
        ("one more", a(161), (Gsm7, 161, 2, 145)),
        ("two full segments", a(306), (Gsm7, 306, 2, 0)),
        ("one more than two", a(307), (Gsm7, 307, 3, 152)),
        (
            "an escape pair at the end of one",
            a(158) + "€",
            (Gsm7, 160, 1, 0),
        ),
        (
            "an escape pair over the end of one",
            a(159) + "€",
            (Gsm7, 161, 2, 145),
        ),
        (
            "an escape pair on the join",
            a(152) + "€" + &a(8),
            (Gsm7, 162, 2, 143),
        ),
        (
            "the same, up to the end",
            a(152) + "€" + &a(151),
            (Gsm7, 305, 2, 0),
        ),
        (
            "the same, one over",
            a(152) + "€" + &a(152),
            (Gsm7, 306, 3, 152),
        ),
        (
            "an escape pair before the join",
            a(151) + "€" + &a(153),
            (Gsm7, 306, 2, 0),
        ),
        (
            "every extension character",
            "\u{0C}^{}\\[~]|€".to_owned(),
            (Gsm7, 20, 1, 140),
        ),
        (
            "accents of the alphabet",
            "èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà".to_owned(),
            (Gsm7, 23, 1, 137),
        ),
        (
            "Greek capitals of the alphabet",
            "ΔΦΓΛΩΠΨΣΘΞ".to_owned(),
            (Gsm7, 10, 1, 150),
        ),
        ("a small c with a cedilla", "ç".to_owned(), (Ucs2, 1, 1, 69)),
        ("a full UCS-2 segment", a(69) + "’", (Ucs2, 70, 1, 0)),
        ("one more in UCS-2", a(70) + "’", (Ucs2, 71, 2, 63)),
        ("two full UCS-2 segments", a(133) + "’", (Ucs2, 134, 2, 0)),
        (
            "one more than two in UCS-2",
            a(134) + "’",
            (Ucs2, 135, 3, 66),
        ),
        ("an emoji", "✊🏽".to_owned(), (Ucs2, 3, 1, 67)),
        ("35 emoji", "📱".repeat(35), (Ucs2, 70, 1, 0)),
        (
            "a surrogate pair on the join",
            a(66) + "📱" + &a(3),
            (Ucs2, 71, 2, 62),
        ),
        (
            "extension characters count once in UCS-2",
            "€’".to_owned(),
            (Ucs2, 2, 1, 68),
        ),
    ] {
        assert_eq!(cost(&text), expected, "{scenario}");
    }
}

#[test]
fn the_alphabet_is_whole() {
    assert_eq!(BASIC.chars().count(), 127, "128 codes less the escape");
    assert_eq!(EXTENSION.chars().count(), 10);
    assert!(!EXTENSION.chars().any(|c| BASIC.contains(c)));
}

#[test]
fn what_forces_ucs2_is_named_once_each_in_order() {
    let measure = Measure::of("It’s on — “yes”, it’s ŵ");
    let named: Vec<_> = measure
        .forcing
        .iter()
        .map(|forcing| (forcing.character, forcing.name.as_str(), forcing.instead))
        .collect();
    assert_eq!(
        named,
        [
            ('’', "curly apostrophe", Some("'")),
            ('—', "em dash", Some("-")),
            ('“', "curly opening quotes", Some("\"")),
            ('”', "curly closing quotes", Some("\"")),
            ('ŵ', "w with a circumflex", None),
        ]
    );
}

#[test]
fn the_plain_spelling_leaves_letters_alone() {
    for (scenario, text, spelt) in [
        (
            "quotes and dashes",
            "It’s “on” – now…",
            "It's \"on\" - now...",
        ),
        ("spaces", "a\u{A0}b\u{200B}c", "a bc"),
        ("letters and emoji", "Siân, ŵ ✊", "Siân, ŵ ✊"),
        ("plain already", "Siôn? No: {x}", "Siôn? No: {x}"),
        ("nothing", "", ""),
    ] {
        assert_eq!(plain(text), spelt, "{scenario}");
    }
}

/// Texts long enough to reach the joins, with the characters that sit on them.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z€{^ ]{0,400}",
        "[a-z’€📱]{0,200}",
        "[a-z]{150,155}[€|]{1,4}[a-z]{145,155}[€|]{1,4}",
        "[a-z’]{64,68}[📱✊]{1,4}[a-z]{60,70}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn segments_hold_the_text_and_no_more_than_they_must(text in texts()) {
        let measure = Measure::of(&text);
        let (alone, joined) = (measure.encoding.alone(), measure.encoding.joined());
        prop_assert_eq!(measure.encoding == Encoding::Gsm7, is_gsm7(&text));
        prop_assert_eq!(measure.forcing.is_empty(), is_gsm7(&text));
        match measure.segments {
            0 => prop_assert!(text.is_empty()),
            1 => prop_assert_eq!(measure.units_used + measure.room_in_last, alone),
            // At most one unit is lost at each join.
            more => {
                prop_assert!(measure.units_used > alone);
                prop_assert!(measure.units_used + measure.room_in_last <= more * joined);
                prop_assert!(measure.units_used + measure.room_in_last + (more - 1) >= more * joined);
                prop_assert!(measure.room_in_last < joined);
            }
        }
    }

    #[test]
    fn another_character_never_makes_a_text_cheaper(text in texts(), more in any::<char>()) {
        let before = Measure::of(&text);
        let after = Measure::of(&format!("{text}{more}"));
        prop_assert!(after.segments >= before.segments);
        prop_assert!(after.segments >= 1);
    }

    #[test]
    fn a_character_that_fits_the_room_takes_no_segment(text in texts()) {
        let before = Measure::of(&text);
        prop_assume!(!text.is_empty());
        let after = Measure::of(&format!("{text}{}", "a".repeat(before.room_in_last)));
        prop_assert_eq!((after.segments, after.room_in_last), (before.segments, 0));
    }

    #[test]
    fn the_plain_spelling_is_final(text in any::<String>()) {
        let once = plain(&text);
        prop_assert_eq!(plain(&once), once.clone());
        prop_assert!(Measure::of(&once).forcing.iter().all(|forcing| forcing.instead.is_none()));
    }
}
