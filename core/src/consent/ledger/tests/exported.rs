//! Exports, read back here and by the checker that knows only the specification.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;

pub(super) fn project(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

/// What the independent checker says, and whether it was content.
pub(super) fn python(export: &Path, more: &[&str]) -> (bool, String) {
    let output = Command::new("python3")
        .arg(project("tests/check_ledger.py"))
        .arg(export)
        .args(more)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let fault = String::from_utf8(output.stderr).unwrap();
    assert_eq!(fault, "");
    (output.status.success(), said)
}

pub(super) fn python_on(name: &str, export: &[u8]) -> (bool, String) {
    let file = std::env::temp_dir().join(format!("placard-ledger-{name}-{}", std::process::id()));
    std::fs::write(&file, export).unwrap();
    let said = python(&file, &[]);
    std::fs::remove_file(&file).unwrap();
    said
}

#[test]
fn an_export_reads_back_as_what_it_was() {
    let entries = example();
    let export = export(&entries);
    let mut lines = export.lines().map(|line| Line::read(line).unwrap());
    assert_eq!(
        lines.next(),
        Some(Line::Header {
            campaign: "Hackney Renters".to_owned(),
            exported_at: "2026-05-03T09:00:00.000Z".parse().unwrap(),
        })
    );
    for wording in wordings() {
        assert_eq!(lines.next(), Some(Line::Wording(wording)));
    }
    for entry in &entries {
        assert_eq!(lines.next(), Some(Line::Entry(Box::new(entry.clone()))));
    }
    assert_eq!(lines.next(), None);
    assert_eq!(check_export(export.as_bytes()).ok(), checked(&entries).ok());
}

#[test]
fn any_byte_changed_in_an_entry_is_found() {
    let export = export(&example()[..3]).into_bytes();
    let entries = {
        let text = std::str::from_utf8(&export).unwrap();
        text.find("{\"entry\"").unwrap()
    };
    for place in entries..export.len() - 1 {
        // Another letter, the other case, and what is no UTF-8.
        let flipped = [0x01, 0x20, 0x80][place % 3];
        let mut changed = export.clone();
        changed[place] ^= flipped;
        let whole = check_export(&changed[..]).is_ok();
        assert!(!whole, "byte {place} flipped by {flipped:#x}");
    }
}

/// Each of these is a change of the example that a lenient reader could let pass.
#[test]
fn both_checkers_refuse_what_is_not_in_the_form() {
    let good = export(&example());
    let line = |number: usize| good.lines().nth(number - 1).unwrap().to_owned();
    let hash = example()[0].hash.to_string();
    let replaced = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let without = |number: usize| replaced(&format!("{}\n", line(number)), "");
    for (name, export) in [
        ("empty", String::new()),
        ("no header", without(1)),
        ("header twice", format!("{}\n{good}", line(1))),
        (
            "other ledger",
            replaced("placard-ledger-1", "placard-ledger-2"),
        ),
        (
            "header time",
            replaced("2026-05-03T09:00:00.000Z", "2026-05-03T09:00:00Z"),
        ),
        (
            "more in the header",
            replaced("\"campaign\":", "\"x\":1,\"campaign\":"),
        ),
        ("a wording missing", without(2)),
        ("a wording changed", replaced("yes or no?", "yes?")),
        ("a wording last", format!("{good}{}\n", line(2))),
        (
            "a wording twice",
            replaced(&line(2), &format!("{0}\n{0}", line(2))),
        ),
        ("a blank line", replaced("{\"entry\"", "\n{\"entry\"")),
        ("a line that is an array", format!("{good}[]\n")),
        ("half a line", good[..good.len() - 9].to_owned()),
        (
            "an unknown fact",
            replaced("\"method\"", "\"x\":\"y\",\"method\""),
        ),
        (
            "a fact that is null",
            replaced("\"method\"", "\"evidence\":null,\"method\""),
        ),
        (
            "a fact twice",
            replaced("\"number\":1", "\"number\":1,\"number\":1"),
        ),
        (
            "a number as a float",
            replaced("\"number\":1", "\"number\":1.0"),
        ),
        (
            "a number as text",
            replaced("\"number\":1", "\"number\":\"1\""),
        ),
        (
            "a number as a truth",
            replaced("\"number\":1", "\"number\":true"),
        ),
        (
            "a number below nought",
            replaced("\"version\":3,\"text\"", "\"version\":-0,\"text\""),
        ),
        (
            "a number too great",
            replaced("\"version\":3,\"text\"", "\"version\":4294967296,\"text\""),
        ),
        (
            "an id in capitals",
            replaced(FIRST_LAPTOP, &FIRST_LAPTOP.to_uppercase()),
        ),
        (
            "an id without hyphens",
            replaced(FIRST_LAPTOP, &FIRST_LAPTOP.replace('-', "")),
        ),
        ("a hash in capitals", replaced(&hash, &hash.to_uppercase())),
        ("another word", replaced("\"grant\"", "\"granted\"")),
        ("no salt", replaced("\"salt\":null,", "")),
        ("no personal part", replaced(",\"personal\":null", "")),
        ("an empty salt", replaced("\"salt\":null", "\"salt\":\"\"")),
        (
            "half a surrogate pair",
            replaced("\"said\":\"yes", "\"said\":\"\\ud800yes"),
        ),
        (
            "more beside the facts",
            replaced("\"salt\":", "\"x\":1,\"salt\":"),
        ),
        ("not a number", replaced("\"number\":1", "\"number\":NaN")),
        ("a mark before everything", format!("\u{feff}{good}")),
    ] {
        let fault = check_export(export.as_bytes());
        assert!(fault.is_err(), "{name}");
        let (whole, said) = python_on(&name.replace(' ', "-"), export.as_bytes());
        assert!(!whole && said.starts_with("BROKEN: "), "{name}: {said}");
    }
}

#[test]
fn both_checkers_take_the_same_json_in_other_clothes() {
    let good = export(&example());
    for (name, export) in [
        ("windows line ends", good.replace('\n', "\r\n")),
        ("no last line end", good.trim_end().to_owned()),
        ("spaces", good.replace("\":", "\" : ")),
        ("escapes", good.replace('🙂', "\\ud83d\\ude42")),
    ] {
        assert!(check_export(export.as_bytes()).is_ok(), "{name}");
        let (whole, said) = python_on(&name.replace(' ', "-"), export.as_bytes());
        assert!(whole, "{name}: {said}");
    }
}

#[test]
fn what_is_wrong_is_said_without_repeating_it() {
    let good = export(&example());
    for (from, to, said) in [
        (
            "2026-05-02T14:01:09.120Z",
            "2026-05-02T14:01:09Z",
            "Line 4: its time is not in the form 2026-05-02T14:03:09.120Z.",
        ),
        (
            "\"name\":\"Si",
            "\"name\":9,\"x\":\"Si",
            "Line 4: something in it is missing, too much, or not in the ledger's form.",
        ),
        ("{\"entry\"", "\"entry\"", "Line 4: it is not JSON."),
        (
            "\"spoken\"",
            "\"reply\"",
            "Line 4: Entry 1 of laptop 0196d0c4-0000-7000-8000-0000000000a1 (id \
             0196d0c4-1000-7000-8000-000000000001): its facts were changed: its hash does not fit them.",
        ),
    ] {
        let fault = check_export(good.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert_eq!(fault.to_string(), said);
    }
}
