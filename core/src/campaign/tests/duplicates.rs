//! Pairs that may be one person: found, ranked, gone once they are not true any more, and remembered where somebody
//! says that they are two.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::undoing::{captured, shown};
use super::*;
use crate::progress::Watch;

fn look(stall: &Stall) {
    let stop = AtomicBool::new(false);
    let told = Mutex::new((0, 0));
    let tell = |done, of| {
        let mut told = told.lock().unwrap();
        assert!(done >= told.0 && done <= of, "it only goes on");
        *told = (done, of);
    };
    stall
        .campaign
        .look_for_duplicates(&Watch::new(&tell, &stop))
        .unwrap();
    let (done, of) = *told.lock().unwrap();
    assert_eq!(done, of);
}

fn pairs(stall: &Stall) -> Vec<(String, String, &'static str)> {
    let found = stall.campaign.duplicates(0, 10).unwrap();
    assert_eq!(found.total as usize, found.pairs.len());
    assert!(!found.looking);
    let name = |card: &PersonCard| card.details.name();
    let pairs = found.pairs.iter();
    pairs
        .map(|pair| (name(&pair.one), name(&pair.other), pair.because))
        .collect()
}

fn pair(one: &str, other: &str, because: &'static str) -> (String, String, &'static str) {
    (one.to_owned(), other.to_owned(), because)
}

/// Amina twice on one phone, Rhys twice at one postcode, and Edith and Frank who share a phone.
fn a_street(stall: &Stall) -> [Uuid; 6] {
    let newest = || {
        stall
            .campaign
            .people(&Default::default(), 0, 1)
            .unwrap()
            .rows[0]
            .id
    };
    let amina = captured(stall, "Amina", "07700 900101", true);
    row(stall.save(
        &person("Aminah", "07700 900101", true),
        Some(Choice::Anyway),
    ));
    let again = newest();
    let at = |first: &str, last: &str, mobile: &str| Typed {
        last_name: last.to_owned(),
        postcode: "CF10 1AA".to_owned(),
        ..person(first, mobile, false)
    };
    row(stall.save(&at("Rhys", "Pugh", "07700 900102"), None));
    let rhys = newest();
    row(stall.save(&at("Pugh", "Rhŷs", ""), None));
    let swapped = newest();
    row(stall.save(&at("Edith", "Moss", "07700 900103"), None));
    let edith = newest();
    let shares = Some(Choice::SharesPhone(edith));
    row(stall.save(&at("Frank", "Moss", "07700 900103"), shares));
    [amina, again, rhys, swapped, edith, newest()]
}

#[test]
fn pairs_are_found_with_a_reason_and_the_likeliest_comes_first() {
    let stall = Stall::new();
    a_street(&stall);
    let nothing = stall.campaign.duplicates(0, 10).unwrap();
    assert_eq!(nothing.looked_at, None);
    look(&stall);
    let found = [
        pair("Amina", "Aminah", "Same number"),
        pair("Rhys Pugh", "Pugh Rhŷs", "Alike: name and postcode"),
    ];
    assert_eq!(pairs(&stall), found);
    let list = stall.campaign.duplicates(0, 10).unwrap();
    assert!(list.looked_at.is_some());
    let card = &list.pairs[0].one;
    assert_eq!(card.mobile, "07700 900101");
    assert_eq!(card.agrees_to.len(), 1);
    assert_eq!(stall.campaign.duplicates(1, 10).unwrap().pairs.len(), 1);
    look(&stall);
    assert_eq!(pairs(&stall), found, "looking again finds the same");
}

#[test]
fn a_pair_goes_once_it_is_not_true_and_comes_back_with_undo_of_a_merge() {
    let stall = Stall::new();
    let [amina, again, rhys, swapped, ..] = a_street(&stall);
    look(&stall);
    let found = pairs(&stall);
    stall.campaign.merge(again, amina, &[]).unwrap();
    assert_eq!(pairs(&stall), found[1..]);
    stall.campaign.undo().unwrap();
    assert_eq!(pairs(&stall), found);
    // The details change with this one, and take the pair away until that is undone.
    let take = [(crate::storage::history::Field::FirstName, Side::Other)];
    stall.campaign.merge(again, amina, &take).unwrap();
    stall.campaign.undo().unwrap();
    assert_eq!(pairs(&stall), found);
    stall.campaign.erase(rhys).unwrap();
    assert_eq!(pairs(&stall), found[..1]);
    assert!(stall.campaign.person(swapped).is_ok());
    let typed = person("Aminah", "07700 900104", true);
    let before = shown(&stall, again);
    stall
        .campaign
        .correct(again, &before, &typed, None, None)
        .unwrap();
    assert_eq!(pairs(&stall), []);
    look(&stall);
    assert_eq!(pairs(&stall), []);
}

#[test]
fn who_is_written_is_judged_at_once_and_a_list_waits_until_everybody_is_looked_at() {
    let stall = Stall::new();
    let [amina, again, rhys, _, edith, frank] = a_street(&stall);
    let found = [
        pair("Amina", "Aminah", "Same number"),
        pair("Rhys Pugh", "Pugh Rhŷs", "Alike: name and postcode"),
    ];
    assert_eq!(pairs(&stall), found, "nobody has looked");
    // What they were found by is the same still.
    let corrected = |id: Uuid, typed: &Typed| {
        let anyway = Some(crate::campaign::NumberOf::Anyway);
        let shown = shown(&stall, id);
        stall
            .campaign
            .correct(id, &shown, typed, anyway, None)
            .unwrap();
    };
    corrected(again, &person("Amiina", "07700 900101", true));
    assert_eq!(pairs(&stall)[0], pair("Amina", "Amiina", "Same number"));
    stall.campaign.undo().unwrap();
    assert_eq!(pairs(&stall), found);
    // Another number, but one email address; and then that goes as well.
    let with_email = |first: &str, mobile: &str| Typed {
        email: "amina@example.org".to_owned(),
        ..person(first, mobile, true)
    };
    corrected(amina, &with_email("Amina", "07700 900101"));
    corrected(again, &with_email("Aminah", "07700 900109"));
    assert_eq!(pairs(&stall)[0], pair("Amina", "Aminah", "Same email"));
    corrected(again, &person("Aminah", "07700 900109", true));
    assert_eq!(pairs(&stall), found[1..]);
    // Whoever lives together is no pair, before an Undo and after.
    assert!(stall.campaign.person(edith).is_ok());
    corrected(
        frank,
        &Typed {
            last_name: "Moss".to_owned(),
            ..person("Frank", "07700 900103", false)
        },
    );
    assert_eq!(pairs(&stall), found[1..]);
    look(&stall);
    assert!(!stall.campaign.duplicates(0, 1).unwrap().listed_since);
    let list = "name,mobile,postcode\nRhys Pugh,,CF10 1AA\nWei Li,07700 900107,\n";
    super::bringing_in::brought(&stall, list);
    assert_eq!(pairs(&stall), found[1..]);
    assert!(stall.campaign.duplicates(0, 1).unwrap().listed_since);
    look(&stall);
    let all = stall.campaign.duplicates(0, 10).unwrap();
    assert!(!all.listed_since && all.total > 1);
    assert!(stall.campaign.person(rhys).is_ok());
}

#[test]
fn who_is_called_two_people_is_not_shown_again_until_that_is_undone() {
    let stall = Stall::new();
    let [amina, again, ..] = a_street(&stall);
    look(&stall);
    let found = pairs(&stall);
    stall.campaign.not_the_same(again, amina).unwrap();
    assert_eq!(pairs(&stall), found[1..]);
    look(&stall);
    assert_eq!(pairs(&stall), found[1..]);
    let stall = stall.reopened();
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(
        undoable.undo.as_deref(),
        Some("that Amina and Aminah are two people")
    );
    stall.campaign.undo().unwrap();
    assert_eq!(pairs(&stall), found);
    stall.campaign.redo().unwrap();
    assert_eq!(pairs(&stall), found[1..]);
}

#[test]
fn whoever_has_had_enough_stops_it_and_what_was_found_before_stays() {
    let stall = Stall::new();
    a_street(&stall);
    look(&stall);
    let found = pairs(&stall);
    let stop = AtomicBool::new(true);
    let stopped = stall
        .campaign
        .look_for_duplicates(&Watch::new(&|_, _| {}, &stop));
    assert_eq!(stopped.unwrap_err().code(), Code::Stopped);
    assert_eq!(pairs(&stall), found);
}
