use std::io::{Cursor, Read, Write};

use age::secrecy::SecretString;

use super::*;
use crate::storage::handing::records::{Header, Record};

fn passphrase(words: &str) -> Lock {
    Lock::Passphrase(SecretString::from(words))
}

fn sealed(lock: &Lock, inside: &[u8]) -> Vec<u8> {
    let mut to = Sealed::begin(lock, Vec::new()).unwrap();
    to.write_all(inside).unwrap();
    to.end().unwrap()
}

fn opener(words: &str) -> Opener {
    Opener {
        passphrase: Some(SecretString::from(words)),
        identity: Some(new_identity()),
    }
}

fn header(version: u32) -> String {
    serde_json::to_string(&Header {
        placard_hand_over: version,
        campaign: campaign_code("Clean Air Now", Country::GB),
        from: "Sam".to_owned(),
        laptop: uuid::Uuid::nil(),
        at: chrono::Utc::now().into(),
        after: None,
        up_to: None,
    })
    .unwrap()
}

/// Reads a file of these lines to its end. Gives how many records there were.
fn read(lines: &str) -> Result<u64, Error> {
    let file = sealed(&passphrase("four words are better"), lines.as_bytes());
    let mut handed = opener("four words are better").read(Cursor::new(file))?;
    while let Line::Record(_) = handed.next_line()? {}
    Ok(handed.records())
}

#[test]
fn what_is_locked_is_opened_by_its_passphrase_or_its_key_alone() {
    let file = sealed(&passphrase("right"), b"inside");
    let mut inside = String::new();
    let mut opened = opener("right").open(Cursor::new(&file[..])).unwrap();
    opened.read_to_string(&mut inside).unwrap();
    assert_eq!(inside, "inside");
    let wrong = opener("wrong").open(Cursor::new(&file[..])).err().unwrap();
    assert_eq!(wrong.code(), crate::Code::WrongPassphrase);
    let identity = new_identity();
    let key = recipient_of(&identity).unwrap();
    let file = sealed(&Lock::for_recipient(&key).unwrap(), b"inside");
    let mut opened = Opener {
        passphrase: None,
        identity: Some(identity),
    }
    .open(Cursor::new(&file[..]))
    .unwrap();
    inside.clear();
    opened.read_to_string(&mut inside).unwrap();
    assert_eq!(inside, "inside");
    let other = opener("right").open(Cursor::new(&file[..])).err().unwrap();
    assert_eq!(other.field(), Some("file"));
}

#[test]
fn what_no_placard_wrote_is_refused_in_a_sentence() {
    let end = |records| serde_json::to_string(&Record::End(records)).unwrap();
    let ours = header(VERSION);
    assert_eq!(read(&format!("{ours}\n{}\n", end(0))).unwrap(), 0);
    // The forms before this one: the first said nothing of what it goes on from.
    let before = header(1).replace(",\"after\":null,\"up_to\":null", "");
    assert!(!before.contains("after"));
    assert_eq!(read(&format!("{before}\n{}\n", end(0))).unwrap(), 0);
    assert_eq!(read(&format!("{}\n{}\n", header(2), end(0))).unwrap(), 0);
    for (scenario, lines, says) in [
        ("nothing", String::new(), "damaged"),
        ("no end", format!("{ours}\n"), "damaged"),
        ("half a line", format!("{ours}\n{{\"end\""), "damaged"),
        ("words", "Dear Sam,\n".to_owned(), "not a file"),
        ("newer", format!("{}\n", header(VERSION + 1)), "newer"),
        (
            "an unknown record",
            format!("{ours}\n{{\"spell\":1}}\n{}\n", end(1)),
            "fit together",
        ),
        (
            "a wrong count",
            format!("{ours}\n{}\n", end(7)),
            "fit together",
        ),
        (
            "more behind the end",
            format!("{ours}\n{}\n{}\n", end(0), end(0)),
            "fit together",
        ),
        (
            "a line without an end",
            format!("{ours}\n{}", " ".repeat(2_000_000)),
            "damaged",
        ),
    ] {
        let refused = read(&lines).unwrap_err();
        assert_eq!(refused.field(), Some("file"), "{scenario}");
        assert!(refused.to_string().contains(says), "{scenario}: {refused}");
    }
}

#[test]
fn a_campaign_is_the_same_whatever_its_capitals_and_spaces() {
    let code = |name, country| campaign_code(name, country);
    let ours = code("Clean Air Now", Country::GB);
    assert_eq!(ours, code(" clean  AIR now ", Country::GB));
    assert_ne!(ours, code("Clean Air Now", Country::US));
    assert_ne!(ours, code("Clean Water Now", Country::GB));
}
