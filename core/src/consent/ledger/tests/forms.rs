//! The one form of each value, and that JSON is the same to everybody.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::super::canonical::Object;
use super::*;

/// Every kind of character that an encoder treats in a way of its own.
fn awkward() -> Vec<String> {
    let mut awkward: Vec<String> = (0..=0x1f_u8)
        .chain([0x7f])
        .map(|code| char::from(code).to_string())
        .collect();
    awkward.extend(
        [
            "",
            "plain",
            "\"",
            "\\",
            "\\\\",
            "/",
            "\\u0041",
            "\\n",
            "</script>",
            "\u{80}",
            "\u{9f}",
            "é",
            "e\u{301}",
            "\u{2028}\u{2029}",
            "\u{feff}",
            "\u{fffd}\u{ffff}",
            "\u{e000}",
            "𝒜🙂👩🏽‍🚒",
            "\u{10ffff}",
        ]
        .map(str::to_owned),
    );
    awkward
}

/// RFC 8785, 3.2.2.2, word for word.
fn by_the_rfc(text: &str) -> String {
    let mut json = "\"".to_owned();
    for c in text.chars() {
        match c {
            '\u{8}' => json.push_str("\\b"),
            '\t' => json.push_str("\\t"),
            '\n' => json.push_str("\\n"),
            '\u{c}' => json.push_str("\\f"),
            '\r' => json.push_str("\\r"),
            '"' | '\\' => json.extend(['\\', c]),
            '\0'..='\u{1f}' => write!(json, "\\u{:04x}", u32::from(c)).unwrap(),
            _ => json.push(c),
        }
    }
    json + "\""
}

#[test]
fn strings_are_escaped_as_the_rfc_says() {
    for text in awkward() {
        let canonical = Object::default().text("said", &text).canonical();
        assert_eq!(
            canonical,
            format!("{{\"said\":{}}}", by_the_rfc(&text)),
            "{text:?}"
        );
    }
}

#[test]
fn python_writes_the_same_json() {
    let lines: Vec<String> = awkward()
        .into_iter()
        .map(|text| {
            let inner = Object::default()
                .text("zone", &text)
                .number("version", 4_294_967_295)
                .canonical();
            Object::default()
                .text("said", &text)
                .json("name", Some(inner))
                .canonical()
        })
        .collect();
    let script = "import json, sys\n\
        for line in sys.stdin.buffer.read().split(b'\\n'):\n    \
            text = json.dumps(json.loads(line), ensure_ascii=False, separators=(',', ':'), sort_keys=True)\n    \
            sys.stdout.buffer.write(text.encode() + b'\\n')\n";
    let mut python = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = python.stdin.take().unwrap();
    input.write_all(lines.join("\n").as_bytes()).unwrap();
    drop(input);
    let output = python.wait_with_output().unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    assert!(written.split_terminator('\n').eq(lines));
}

/// Sorts by hand: whether serde_json keeps the order of keys is another crate's choice.
pub(super) fn sorted(value: &Value) -> String {
    let Value::Object(members) = value else {
        return value.to_string();
    };
    let sorted: std::collections::BTreeMap<_, _> = members.iter().collect();
    let members: Vec<String> = sorted
        .into_iter()
        .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), self::sorted(value)))
        .collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn times_have_one_form() {
    for (scenario, text, good) in [
        ("as written", "2026-05-02T14:03:09.120Z", true),
        ("midnight", "2026-12-31T00:00:00.000Z", true),
        ("a leap day", "2028-02-29T23:59:59.999Z", true),
        ("the earliest year", "0000-01-01T00:00:00.000Z", true),
        ("the latest year", "9999-12-31T23:59:59.999Z", true),
        ("no fraction", "2026-05-02T14:03:09Z", false),
        ("two digits", "2026-05-02T14:03:09.12Z", false),
        ("six digits", "2026-05-02T14:03:09.120000Z", false),
        ("an offset", "2026-05-02T14:03:09.120+00:00", false),
        ("small letters", "2026-05-02t14:03:09.120z", false),
        ("a space", "2026-05-02 14:03:09.120Z", false),
        ("a space before", " 2026-05-02T14:03:09.120Z", false),
        ("no such day", "2026-02-29T14:03:09.120Z", false),
        ("a leap second", "2026-06-30T23:59:60.000Z", false),
        ("a long year", "+10000-05-02T14:03:09.120Z", false),
        ("a short month", "2026-5-02T14:03:09.120Z", false),
        ("nothing", "", false),
    ] {
        let read = text.parse::<Moment>();
        assert_eq!(read.is_ok(), good, "{scenario}");
        if let Ok(read) = read {
            assert_eq!(read.to_string(), text, "{scenario}");
        }
    }
}

#[test]
fn any_time_becomes_one_that_can_be_read_back() {
    for (scenario, time, text) in [
        (
            "finer than a millisecond",
            "2026-05-02T14:03:09.120999Z".parse().unwrap(),
            "2026-05-02T14:03:09.120Z",
        ),
        (
            "a leap second",
            "2016-12-31T23:59:60.5Z".parse().unwrap(),
            "2017-01-01T00:00:00.500Z",
        ),
        (
            "before everything",
            DateTime::<Utc>::MIN_UTC,
            "0000-01-01T00:00:00.000Z",
        ),
        (
            "after everything",
            DateTime::<Utc>::MAX_UTC,
            "9999-12-31T23:59:59.999Z",
        ),
    ] {
        let moment = Moment::from(time);
        assert_eq!(moment.to_string(), text, "{scenario}");
        assert_eq!(text.parse(), Ok(moment), "{scenario}");
    }
}

#[test]
fn words_hashes_and_salts_read_back_as_they_were_written() {
    for what in What::ALL {
        assert_eq!(what.to_string().parse(), Ok(what));
    }
    for method in Method::ALL {
        assert_eq!(method.to_string().parse(), Ok(method));
    }
    assert_eq!("Grant".parse::<What>(), Err(UnknownWord));
    assert_eq!("own hand".parse::<Method>(), Err(UnknownWord));
    let hash = Hash::of_text("");
    assert_eq!(
        hash.to_string(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    for (scenario, text, good) in [
        ("as written", hash.to_string(), true),
        ("capitals", hash.to_string().to_uppercase(), false),
        ("too short", hash.to_string()[2..].to_owned(), false),
        ("too long", format!("{hash}00"), false),
        ("no digits", "g".repeat(64), false),
    ] {
        assert_eq!(text.parse::<Hash>().is_ok(), good, "{scenario}");
        assert_eq!(text.parse::<Salt>().is_ok(), good, "{scenario}");
    }
    assert_eq!(salt(5).to_string().parse(), Ok(salt(5)));
}

#[test]
fn a_head_can_be_written_down() {
    for (number, written) in [
        (1, "entry 1, e3b0 c442 98fc 1c14"),
        (999, "entry 999, e3b0 c442 98fc 1c14"),
        (1_204, "entry 1,204, e3b0 c442 98fc 1c14"),
        (1_234_567, "entry 1,234,567, e3b0 c442 98fc 1c14"),
    ] {
        let hash = Hash::of_text("");
        assert_eq!(Head { number, hash }.to_string(), written);
    }
}

#[test]
fn debug_shows_nobody() {
    let shown = format!("{:?} {:#?}", example(), example());
    let salt = salt(1).to_string();
    for personal in [
        "Siân",
        "Neill",
        "7700",
        "Sam",
        "Mare",
        "go on",
        "Olu",
        salt.as_str(),
        "0196d0c4-2000",
    ] {
        assert!(!shown.contains(personal), "{personal}");
    }
}
