//! Chains of anything.

use chrono::DateTime;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::forms::sorted;
use super::*;

fn anything() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..8).prop_map(String::from_iter)
}

fn ids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

prop_compose! {
    fn personal_parts()(
        supporter in option::of(ids()),
        name in option::of(anything()),
        mobile in option::of(anything()),
        canvasser in option::of(anything()),
        place in option::of(anything()),
        said in option::of(anything()),
    ) -> Personal {
        Personal { supporter, name, mobile, canvasser, place, said }
    }
}

prop_compose! {
    fn wording_refs()(language in anything(), version in any::<u32>(), text in anything()) -> WordingRef {
        WordingRef { language, version, sha256: Hash::of_text(&text) }
    }
}

prop_compose! {
    /// Without an id and about nothing: both are given by the chain.
    fn beginnings()(
        second in any::<bool>(),
        millis in -62_167_219_200_000..=253_402_300_799_999_i64,
        what in select(&What::ALL[..]),
        method in select(&Method::ALL[..]),
        (zone, purpose) in (anything(), option::of(anything())),
        capture in option::of(ids()),
        shift in option::of(ids()),
        wording in option::of(wording_refs()),
        evidence in option::of(ids()),
    ) -> Unsealed {
        Unsealed {
            id: Uuid::nil(),
            laptop: id(if second { SECOND_LAPTOP } else { FIRST_LAPTOP }),
            at: DateTime::from_timestamp_millis(millis).unwrap().into(),
            zone, what, purpose, method, capture, shift, wording, evidence,
            about: None,
        }
    }
}

prop_compose! {
    fn ledgers()(
        given in vec(
            (beginnings(), personal_parts(), any::<[u8; 32]>(), option::of(any::<prop::sample::Index>()), any::<bool>()),
            1..12,
        ),
    ) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (number, (mut new, personal, salt, about, erased)) in (1..).zip(given) {
            new.id = entry_id(number);
            new.about = about
                .filter(|_| !entries.is_empty())
                .map(|about| about.get(&entries).facts.id);
            let head = entries
                .iter()
                .rev()
                .find(|entry| entry.facts.laptop == new.laptop)
                .map(Entry::head);
            let mut entry = seal(new, &personal, Salt::new(salt), head);
            if erased {
                entry.erase();
            }
            entries.push(entry);
        }
        entries
    }
}

fn checked_without_wordings(entries: &[Entry]) -> Result<Checked, Broken> {
    let mut checker = Checker::new();
    for entry in entries {
        checker.check(entry)?;
    }
    checker.finish()
}

/// Changes one fact in a way that always makes a difference.
fn change(facts: &mut Facts, which: usize, text: &str, other: Uuid) {
    fn turn<T>(value: &mut Option<T>, otherwise: T) {
        *value = match value.take() {
            Some(_) => None,
            None => Some(otherwise),
        };
    }
    match which {
        0 => facts.id = entry_id(1_000),
        1 => facts.laptop = other,
        2 => facts.number = facts.number.wrapping_add(1),
        3 => {
            let by = chrono::TimeDelta::milliseconds(1);
            let sooner = Moment::from(facts.at.time() - by);
            let later = Moment::from(facts.at.time() + by);
            facts.at = if later == facts.at { sooner } else { later };
        }
        4 => facts.zone += text,
        5 => facts.what = next(&What::ALL, facts.what),
        6 => turn(&mut facts.purpose, text.to_owned()),
        7 => facts.method = next(&Method::ALL, facts.method),
        8 => turn(&mut facts.capture, other),
        9 => turn(&mut facts.shift, other),
        10 => turn(
            &mut facts.wording,
            WordingRef {
                language: text.to_owned(),
                version: 1,
                sha256: Hash::NONE,
            },
        ),
        11 => turn(&mut facts.evidence, other),
        12 => turn(&mut facts.about, other),
        13 => match &mut facts.wording {
            Some(wording) => wording.version = wording.version.wrapping_add(1),
            None => facts.zone.insert_str(0, text),
        },
        14 => match &mut facts.purpose {
            Some(purpose) => purpose.push_str(text),
            None => facts.zone.insert_str(0, text),
        },
        _ => facts.personal = Hash::of_text(&facts.personal.to_string()),
    }
}

fn next<T: Copy + PartialEq>(all: &[T], value: T) -> T {
    let place = all.iter().position(|known| *known == value).unwrap();
    all[(place + 1) % all.len()]
}

proptest! {
    #[test]
    fn any_chain_that_was_sealed_is_whole(entries in ledgers()) {
        let checked = checked_without_wordings(&entries).unwrap();
        let total: u32 = checked.chains.iter().map(|chain| chain.head.number).sum();
        prop_assert_eq!(total as usize, entries.len());
        let erased: u32 = checked.chains.iter().map(|chain| chain.erased).sum();
        prop_assert_eq!(erased as usize, entries.iter().filter(|entry| entry.is_erased()).count());
        for chain in &checked.chains {
            let last = entries.iter().rfind(|entry| entry.facts.laptop == chain.laptop);
            prop_assert_eq!(last.map(Entry::head), Some(chain.head));
        }
    }

    #[test]
    fn any_change_of_any_fact_is_found(
        entries in ledgers(),
        at in any::<prop::sample::Index>(),
        which in 0..16_usize,
        text in "[\\PC]{1,4}",
        other in ids(),
        resealed in any::<bool>(),
    ) {
        let mut changed = entries.clone();
        let place = at.index(changed.len());
        change(&mut changed[place].facts, which, &text, other);
        let mut last = true;
        if resealed {
            let entry = &mut changed[place];
            entry.hash = entry.facts.hash_after(entry.previous);
            last = !entries[place + 1..].iter().any(|later| later.facts.laptop == entries[place].facts.laptop);
        }
        match checked_without_wordings(&changed) {
            Err(_) => {}
            // A last entry can be sealed anew; only its head tells.
            Ok(_) => {
                prop_assert!(resealed && last);
                prop_assert_ne!(changed[place].head(), entries[place].head());
            }
        }
    }

    #[test]
    fn any_change_of_the_personal_part_is_found(
        entries in ledgers(),
        at in any::<prop::sample::Index>(),
        personal in personal_parts(),
        salt in any::<[u8; 32]>(),
    ) {
        let mut changed = entries.clone();
        let entry = at.get(&entries);
        let place = at.index(entries.len());
        changed[place].personal = Some(personal);
        changed[place].salt = Some(entry.salt.clone().unwrap_or_else(|| Salt::new(salt)));
        if changed[place] != entries[place] {
            prop_assert_eq!(
                checked_without_wordings(&changed).map_err(|broken| broken.why),
                Err(BrokenWhy::Personal)
            );
        }
    }

    #[test]
    fn any_entry_reads_back_from_its_line(entries in ledgers()) {
        for entry in entries {
            let line = export_entry(&entry);
            prop_assert!(!line.contains('\n'));
            prop_assert!(matches!(Line::read(&line), Ok(Line::Entry(read)) if *read == entry));
        }
    }

    #[test]
    fn what_is_hashed_is_what_serde_writes_with_its_keys_in_order(entries in ledgers()) {
        for entry in entries {
            let value: Value = serde_json::to_value(&entry.facts).unwrap();
            prop_assert_eq!(entry.facts.canonical(), sorted(&value));
            if let Some(personal) = &entry.personal {
                let value = serde_json::to_value(personal).unwrap();
                prop_assert_eq!(personal.canonical(), sorted(&value));
            }
        }
    }

    #[test]
    fn nothing_that_is_read_makes_it_fall_over(line in "[\\PC]{0,40}") {
        let _ = Line::read(&line);
        let _ = check_export(line.as_bytes());
    }
}
