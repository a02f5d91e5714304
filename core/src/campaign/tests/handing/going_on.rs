//! What a file goes on from: who has not got that far asks for everything, and nobody is left out unseen.

use std::cell::Cell;

use super::*;
use crate::hand_over;
use crate::storage::handing::records::Header;
use crate::storage::restored;

fn header(file: &[u8]) -> Header {
    let first = file.split(|byte| *byte == b'\n').next().unwrap();
    serde_json::from_slice(first).unwrap()
}

/// Asks for what is missing, and has changed nothing.
fn misses(laptop: &Laptop, file: &[u8]) {
    let before = laptop.state();
    let refused = laptop.takes(file).unwrap_err().to_string();
    assert!(refused.contains("an earlier one"), "{refused}");
    assert!(
        refused.contains("ask for a file with everybody"),
        "{refused}"
    );
    assert_eq!(laptop.state(), before);
}

#[test]
fn what_changed_since_the_last_time_is_enough_for_who_had_the_last_file() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", true);
    let first = handed(one, &Handing::SinceLast);
    taken_in(other, &first).unwrap();
    one.later(60);
    one.capture("Bo", "07700 900102", true);
    let state = one.campaign.hand_over_state().unwrap();
    assert_eq!((state.since_count, state.all_count), (1, 2));
    one.campaign.withdraw(amina, TEXTS).unwrap();
    // What came from a third goes on.
    third.capture("Cy", "07700 900103", true);
    one.takes_from(third);
    let second = handed(one, &Handing::SinceLast);
    taken_in(other, &second).unwrap();
    assert_eq!(one.state(), other.state());
    let refused = taken_in(third, &second).unwrap_err();
    assert!(refused.to_string().contains("an earlier one"), "{refused}");
    assert_eq!(third.names(), BTreeSet::from(["Cy".to_owned()]));
}

#[test]
fn whom_a_lost_file_had_is_missed_by_the_next_one() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", false);
    other.takes(&one.file(&Handing::SinceLast)).unwrap();
    // Nobody of these is in the ledger.
    one.brings_in("first_name,last_name,email\nBo,Lee,bo@example.org\n");
    one.correct(amina, |typed| typed.email = "amina@example.org".to_owned());
    let lost = one.file(&Handing::SinceLast);
    one.capture("Cy", "07700 900103", true);
    let next = one.file(&Handing::SinceLast);
    misses(other, &next);
    // Whoever got the one in between alone, or was handed some people, has not got that far either.
    misses(third, &lost);
    third
        .takes(&one.file(&Handing::Chosen(HashSet::from([amina]))))
        .unwrap();
    misses(third, &next);
    other.takes(&one.file(&Handing::All)).unwrap();
    assert_eq!(other.state(), one.state());
    // From there it goes on; and it would have with the lost one.
    one.capture("Di", "07700 900104", false);
    other.takes(&one.file(&Handing::SinceLast)).unwrap();
    assert_eq!(other.state(), one.state());
    misses(third, &next);
    third.takes(&one.file(&Handing::All)).unwrap();
    third.takes(&lost).unwrap();
    assert_eq!(third.state(), one.state());
}

#[test]
fn files_that_were_taken_in_one_after_another_go_on() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", false);
    let files: Vec<_> = ["Bo", "Cy", "Di"]
        .into_iter()
        .map(|name| {
            let file = one.file(&Handing::SinceLast);
            one.brings_in(&format!(
                "first_name,last_name,email\n{name},Lee,{name}@example.org\n"
            ));
            file
        })
        .collect();
    for file in &files {
        other.takes(file).unwrap();
    }
    let last = one.file(&Handing::SinceLast);
    assert_eq!(other.takes(&last).unwrap().people, 1);
    assert_eq!(other.state(), one.state());
    assert_eq!(other.takes(&files[1]).unwrap().act, None);
}

#[test]
fn a_vault_that_was_put_back_hands_everything_over_once_more() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", false);
    other.takes(&one.file(&Handing::SinceLast)).unwrap();
    let (backup_at, now) = (one.clock.now(), one.clock.now());
    let settled = one.storage().write(|conn| {
        restored::begin(conn, backup_at, now)?;
        restored::settle(conn, backup_at, now)
    });
    settled.unwrap();
    one.capture("Bo", "07700 900102", false);
    let state = one.campaign.hand_over_state().unwrap();
    assert_eq!(state.since_count, state.all_count);
    let file = one.file(&Handing::SinceLast);
    assert_eq!(header(&file).after, None);
    other.takes(&file).unwrap();
    assert_eq!(other.state(), one.state());
    one.capture("Cy", "07700 900103", false);
    let next = one.file(&Handing::SinceLast);
    assert!(header(&next).after.is_some());
    other.takes(&next).unwrap();
    assert_eq!(other.state(), one.state());
}

#[test]
fn a_clock_that_is_set_back_leaves_nobody_out() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let amina = one.capture("Amina", "07700 900101", false);
    let bo = one.capture("Bo", "07700 900102", false);
    one.correct(bo, |typed| typed.email = "bo@example.org".to_owned());
    let key = other.campaign.hand_over_state().unwrap().key;
    let lock = LockedWith::Recipient(key);
    let give = |what: &Handing| {
        one.later(1);
        let folder = one.folder.path().join("stick");
        let file = watched(|watch| one.campaign.hand_over(what, &lock, &folder, watch)).unwrap();
        watched(|watch| other.campaign.take_in(&file.path, None, watch)).unwrap();
        file.count
    };
    assert_eq!(give(&Handing::SinceLast), 2);
    one.later(-86_400);
    // The rows of an erasure are used again.
    one.campaign.erase(bo).unwrap();
    one.correct(amina, |typed| typed.email = "amina@example.org".to_owned());
    one.brings_in("first_name,last_name,email\nCy,Lee,cy@example.org\n");
    let di = one.capture("Di", "07700 900104", false);
    one.campaign.undo().unwrap();
    assert_eq!(one.campaign.hand_over_state().unwrap().since_count, 4);
    give(&Handing::SinceLast);
    assert_eq!(other.state(), one.state());
    assert_eq!(other.names().len(), 2);
    one.campaign.redo().unwrap();
    assert_eq!(give(&Handing::SinceLast), 1);
    assert!(other.people().iter().any(|(id, _)| *id == di));
}

#[test]
fn what_comes_to_be_known_later_goes_on_to_the_next() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", true);
    one.capture("Bo", "07700 900102", true);
    other
        .takes(&one.file(&Handing::Chosen(HashSet::from([amina]))))
        .unwrap();
    third.takes(&other.file(&Handing::SinceLast)).unwrap();
    assert_eq!(third.names(), BTreeSet::from(["Amina".to_owned()]));
    other.takes(&one.file(&Handing::All)).unwrap();
    third.takes(&other.file(&Handing::SinceLast)).unwrap();
    assert_eq!(third.state(), one.state());
}

#[test]
fn a_file_that_is_replaced_while_it_is_read_is_refused() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let stranger = Laptop::of(&runtime, "Clean Water Now", 0);
    one.capture("Amina", "07700 900101", true);
    stranger.capture("Bo", "07700 900102", true);
    let (first, elsewhere) = (one.file(&Handing::All), stranger.file(&Handing::All));
    // The same header, and a record more.
    let mut lines: Vec<_> = std::str::from_utf8(&first).unwrap().lines().collect();
    lines.insert(1, lines[1]);
    let end = serde_json::to_string(&Record::End(lines.len() as u64 - 2)).unwrap();
    *lines.last_mut().unwrap() = &end;
    let longer = (lines.join("\n") + "\n").into_bytes();
    assert!(other.takes(&longer).is_ok(), "it is whole by itself");
    let third = Laptop::new(&runtime, 0);
    for second in [&elsewhere, &longer] {
        let times = Cell::new(0);
        let begin = || {
            let is_first = times.replace(times.get() + 1) == 0;
            Handed::begin(match is_first {
                true => &first[..],
                false => &second[..],
            })
        };
        let refused = watched(|watch| third.campaign.take_from(begin, watch, Ok))
            .err()
            .unwrap();
        assert_eq!(refused.to_string(), hand_over::changed().to_string());
        assert!(third.people().is_empty());
    }
}

#[test]
fn a_file_of_the_placard_before_is_taken_in() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", true);
    let file = String::from_utf8(one.file(&Handing::All)).unwrap();
    let (first, rest) = file.split_once('\n').unwrap();
    let mut first: serde_json::Value = serde_json::from_str(first).unwrap();
    let header = first.as_object_mut().unwrap();
    header.insert("placard_hand_over".to_owned(), 1.into());
    assert!(header.remove("after").is_some() && header.remove("up_to").is_some());
    other.takes(format!("{first}\n{rest}").as_bytes()).unwrap();
    assert_eq!(other.state(), one.state());
    one.capture("Bo", "07700 900102", true);
    // It did not say how far it went.
    misses(&other, &one.file(&Handing::SinceLast));
}
