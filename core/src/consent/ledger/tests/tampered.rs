//! Every way in which somebody could touch a ledger.

use super::*;

type Touch = fn(&mut Vec<Entry>);
type TouchWordings = fn(&mut Vec<Wording>);

/// Seals an entry anew after a change, as someone would who covers their tracks but not those of the rest.
fn reseal(entry: &mut Entry) {
    entry.hash = entry.facts.hash_after(entry.previous);
}

#[test]
fn the_example_is_whole() {
    let entries = example();
    let checked = checked(&entries).unwrap();
    let seen: Vec<_> = checked
        .chains
        .iter()
        .map(|chain| {
            (
                chain.laptop,
                chain.head.number,
                chain.head.hash,
                chain.erased,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (id(FIRST_LAPTOP), 4, entries[6].hash, 0),
            (id(SECOND_LAPTOP), 3, entries[5].hash, 1),
        ]
    );
}

#[test]
fn what_is_allowed_is_found_whole() {
    let allowed: [(&str, Touch); 6] = [
        ("everybody erased", |entries| {
            entries.iter_mut().for_each(Entry::erase);
        }),
        ("one erased twice", |entries| entries[1].erase()),
        ("the laptops one after the other", |entries| {
            entries.sort_by_key(|entry| entry.facts.laptop);
        }),
        ("the other laptop first", |entries| {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.facts.laptop));
        }),
        ("nothing at all", Vec::clear),
        // Only a head that was written down shows this: the chain that is left is a good one.
        ("the end cut off", |entries| {
            entries.pop();
        }),
    ];
    for (scenario, touch) in allowed {
        let mut entries = example();
        touch(&mut entries);
        assert!(checked(&entries).is_ok(), "{scenario}");
    }
}

#[test]
fn a_cut_end_shows_against_the_head() {
    let mut entries = example();
    let head = checked(&entries).unwrap().chains[0].head;
    entries.pop();
    assert_ne!(checked(&entries).unwrap().chains[0].head, head);
}

#[test]
fn every_tampering_is_found_and_named() {
    let tampered: [(&str, Touch, u32, BrokenWhy); 26] = [
        (
            "an entry taken from the middle",
            |entries| drop(entries.remove(2)),
            3,
            BrokenWhy::Missing(2),
        ),
        (
            "the first entry taken",
            |entries| drop(entries.remove(0)),
            2,
            BrokenWhy::Missing(1),
        ),
        (
            "two entries swapped",
            |entries| entries.swap(2, 3),
            3,
            BrokenWhy::Missing(2),
        ),
        (
            "an entry twice",
            |entries| entries.insert(3, entries[2].clone()),
            2,
            BrokenWhy::OutOfOrder(3),
        ),
        (
            "an entry taken and the next renumbered",
            |entries| {
                entries.remove(2);
                entries[2].facts.number = 2;
                reseal(&mut entries[2]);
            },
            2,
            BrokenWhy::NotFollowing,
        ),
        (
            "number nought",
            |entries| entries[0].facts.number = 0,
            0,
            BrokenWhy::OutOfOrder(1),
        ),
        (
            "a refusal made a grant",
            |entries| entries[3].facts.what = What::Grant,
            3,
            BrokenWhy::Hash,
        ),
        (
            "a refusal made a grant and sealed anew",
            |entries| {
                entries[3].facts.what = What::Grant;
                reseal(&mut entries[3]);
            },
            4,
            BrokenWhy::NotFollowing,
        ),
        (
            "another time",
            |entries| entries[0].facts.at = "2026-05-02T14:03:09.121Z".parse().unwrap(),
            1,
            BrokenWhy::Hash,
        ),
        (
            "another zone",
            |entries| entries[0].facts.zone.push('x'),
            1,
            BrokenWhy::Hash,
        ),
        (
            "no shift",
            |entries| entries[0].facts.shift = None,
            1,
            BrokenWhy::Hash,
        ),
        (
            "no wording",
            |entries| entries[0].facts.wording = None,
            1,
            BrokenWhy::Hash,
        ),
        (
            "another personal digest",
            |entries| entries[0].facts.personal = Hash::NONE,
            1,
            BrokenWhy::Hash,
        ),
        (
            "another hash",
            |entries| entries[6].hash = Hash::NONE,
            4,
            BrokenWhy::Hash,
        ),
        (
            "a first entry that follows something",
            |entries| {
                entries[0].previous = Hash::of_text("");
                reseal(&mut entries[0]);
            },
            1,
            BrokenWhy::NotFollowing,
        ),
        (
            "an entry moved to the other laptop",
            |entries| {
                entries[6].facts.laptop = id(SECOND_LAPTOP);
                entries[6].facts.number = 4;
                reseal(&mut entries[6]);
            },
            4,
            BrokenWhy::NotFollowing,
        ),
        (
            "two personal parts swapped",
            |entries| {
                let other = entries[3].personal.take();
                entries[3].personal = std::mem::replace(&mut entries[2].personal, other);
            },
            2,
            BrokenWhy::Personal,
        ),
        (
            "two personal parts swapped with their salts",
            |entries| {
                let (salt, other) = (entries[3].salt.take(), entries[3].personal.take());
                entries[3].salt = std::mem::replace(&mut entries[2].salt, salt);
                entries[3].personal = std::mem::replace(&mut entries[2].personal, other);
            },
            2,
            BrokenWhy::Personal,
        ),
        (
            "another mobile",
            |entries| {
                entries[0].personal.as_mut().unwrap().mobile = Some("+447700900124".to_owned());
            },
            1,
            BrokenWhy::Personal,
        ),
        (
            "a person in place of an erased one",
            |entries| {
                entries[1].salt = Some(salt(9));
                entries[1].personal = Some(person(3, "Ann", "+447700900999"));
            },
            1,
            BrokenWhy::Personal,
        ),
        (
            "a salt left behind",
            |entries| entries[0].personal = None,
            1,
            BrokenWhy::HalfErased,
        ),
        (
            "a personal part left behind",
            |entries| entries[0].salt = None,
            1,
            BrokenWhy::HalfErased,
        ),
        (
            "an id used twice",
            |entries| {
                entries[6].facts.id = entry_id(6);
                reseal(&mut entries[6]);
            },
            4,
            BrokenWhy::SameId,
        ),
        (
            "an id of another version",
            |entries| {
                entries[6].facts.id = id("0196d0c4-1000-4000-8000-000000000007");
                reseal(&mut entries[6]);
            },
            4,
            BrokenWhy::Id,
        ),
        (
            "about an entry that is nowhere",
            |entries| {
                entries[6].facts.about = Some(entry_id(99));
                reseal(&mut entries[6]);
            },
            4,
            BrokenWhy::AboutNowhere,
        ),
        (
            "about itself",
            |entries| {
                entries[6].facts.about = Some(entry_id(7));
                reseal(&mut entries[6]);
            },
            4,
            BrokenWhy::AboutLater,
        ),
    ];
    for (scenario, touch, number, why) in tampered {
        let mut entries = example();
        touch(&mut entries);
        let broken = checked(&entries).unwrap_err();
        assert_eq!((broken.number, broken.why), (number, why), "{scenario}");
        let sentence = broken.to_string();
        assert!(
            sentence.starts_with(&format!("Entry {number} of laptop 0196d0c4-")),
            "{scenario}: {sentence}"
        );
        assert!(sentence.ends_with('.'), "{scenario}: {sentence}");
    }
}

#[test]
fn a_changed_wording_is_found() {
    let entries = example();
    let touches: [(&str, TouchWordings); 4] = [
        ("its text", |wordings| wordings[0].text.push(' ')),
        ("its version", |wordings| wordings[0].version = 4),
        ("its purpose", |wordings| wordings[0].purpose.push('x')),
        ("not there", |wordings| drop(wordings.remove(0))),
    ];
    for (scenario, touch) in touches {
        let mut wordings = wordings();
        touch(&mut wordings);
        let broken = Checker::with_wordings(&wordings)
            .check(&entries[0])
            .unwrap_err();
        assert_eq!(broken.why, BrokenWhy::Wording, "{scenario}");
    }
    assert!(Checker::new().check(&entries[0]).is_ok());
}

#[test]
fn a_refused_entry_leaves_no_trace_in_the_checker() {
    let entries = example();
    let mut bad = entries[0].clone();
    bad.facts.what = What::Refusal;
    let mut checker = Checker::new();
    assert!(checker.check(&bad).is_err());
    for entry in &entries {
        checker.check(entry).unwrap();
    }
    assert!(checker.finish().is_ok());
}
