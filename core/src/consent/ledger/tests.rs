//! What the tests share: a small ledger of two laptops with fixed ids and salts.

mod exported;
mod forms;
mod golden;
mod random;
mod tampered;

use super::*;

pub(super) const FIRST_LAPTOP: &str = "0196d0c4-0000-7000-8000-0000000000a1";
pub(super) const SECOND_LAPTOP: &str = "0196d0c4-0000-7000-8000-0000000000b2";

pub(super) fn id(text: &str) -> Uuid {
    text.parse().unwrap()
}

pub(super) fn entry_id(number: u64) -> Uuid {
    id(&format!("0196d0c4-1000-7000-8000-{number:012x}"))
}

pub(super) fn wordings() -> Vec<Wording> {
    vec![
        Wording {
            purpose: "texts".to_owned(),
            language: "en-GB".to_owned(),
            version: 3,
            text: "May Hackney Renters send you texts about the campaign? You can stop at any time by \
                   replying STOP. Do you agree, yes or no?"
                .to_owned(),
        },
        Wording {
            purpose: "texts".to_owned(),
            language: "cy".to_owned(),
            version: 1,
            text: "A gaiff Hackney Renters anfon negeseuon testun atoch? “Ie” neu “na”?".to_owned(),
        },
    ]
}

fn plain(laptop: &str, number: u64, what: What, method: Method) -> Unsealed {
    Unsealed {
        id: entry_id(number),
        laptop: id(laptop),
        at: format!("2026-05-02T14:{number:02}:09.120Z")
            .parse()
            .unwrap(),
        zone: "Europe/London".to_owned(),
        what,
        purpose: None,
        method,
        capture: None,
        shift: None,
        wording: None,
        evidence: None,
        about: None,
    }
}

fn person(supporter: u8, name: &str, mobile: &str) -> Personal {
    Personal {
        supporter: Some(id(&format!("0196d0c4-2000-7000-8000-{supporter:012x}"))),
        name: Some(name.to_owned()),
        mobile: Some(mobile.to_owned()),
        ..Personal::default()
    }
}

pub(super) fn salt(number: u64) -> Salt {
    Salt::new(std::array::from_fn(|place| {
        (place as u64 * 7 + number) as u8
    }))
}

/// Two laptops side by side: seven entries, one of an erased person.
pub(super) fn example() -> Vec<Entry> {
    let texts = Some("texts".to_owned());
    let shift = Some(id("0196d0c4-3000-7000-8000-000000000001"));
    let [english, welsh] = &wordings()[..] else {
        unreachable!()
    };
    let sian = Personal {
        canvasser: Some("Sam".to_owned()),
        place: Some("14 Mare Street,\nflat \"B\"".to_owned()),
        said: Some("yes \u{2028}go on 🙂 \\u0041 \u{1}\u{7f}".to_owned()),
        ..person(1, "Siân O’Neill", "+447700900123")
    };
    let olu = person(2, "Olu", "+447700900456");
    let script = [
        (
            Unsealed {
                purpose: texts.clone(),
                capture: Some(id("0196d0c4-4000-7000-8000-000000000001")),
                shift,
                wording: Some(english.reference()),
                ..plain(FIRST_LAPTOP, 1, What::Grant, Method::Spoken)
            },
            &sian,
        ),
        (
            Unsealed {
                purpose: texts.clone(),
                shift,
                wording: Some(welsh.reference()),
                ..plain(SECOND_LAPTOP, 2, What::Grant, Method::OwnHand)
            },
            &olu,
        ),
        (
            Unsealed {
                purpose: texts.clone(),
                evidence: Some(id("0196d0c4-5000-7000-8000-000000000001")),
                about: Some(entry_id(1)),
                ..plain(FIRST_LAPTOP, 3, What::Confirmation, Method::Reply)
            },
            &sian,
        ),
        (
            Unsealed {
                purpose: texts,
                ..plain(FIRST_LAPTOP, 4, What::Refusal, Method::Spoken)
            },
            &Personal::default(),
        ),
        (
            Unsealed {
                about: Some(entry_id(1)),
                ..plain(SECOND_LAPTOP, 5, What::OptOut, Method::Carrier)
            },
            &sian,
        ),
        (
            Unsealed {
                about: Some(entry_id(2)),
                ..plain(SECOND_LAPTOP, 6, What::Erasure, Method::Organiser)
            },
            &Personal::default(),
        ),
        (
            Unsealed {
                about: Some(entry_id(5)),
                ..plain(FIRST_LAPTOP, 7, What::OptOutUndone, Method::OwnHand)
            },
            &sian,
        ),
    ];
    let mut heads = std::collections::HashMap::new();
    let mut entries: Vec<Entry> = script
        .into_iter()
        .zip(1..)
        .map(|((new, personal), number)| {
            let laptop = new.laptop;
            let entry = seal(new, personal, salt(number), heads.get(&laptop).copied());
            heads.insert(laptop, entry.head());
            entry
        })
        .collect();
    entries[1].erase();
    entries
}

pub(super) fn checked(entries: &[Entry]) -> Result<Checked, Broken> {
    let wordings = wordings();
    let mut checker = Checker::with_wordings(&wordings);
    for entry in entries {
        checker.check(entry)?;
    }
    checker.finish()
}

pub(super) fn export(entries: &[Entry]) -> String {
    let at = "2026-05-03T09:00:00.000Z".parse().unwrap();
    let mut lines = vec![export_header("Hackney Renters", at)];
    lines.extend(wordings().iter().map(export_wording));
    lines.extend(entries.iter().map(export_entry));
    lines.join("\n") + "\n"
}
