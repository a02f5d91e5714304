//! What two laptops did about the same person before they heard of each other.

use super::*;

/// Captures somebody who is there, at their door.
fn captured_too(laptop: &Laptop, id: Uuid, name: &str, mobile: &str) {
    let form = person(name, mobile, true);
    let capture = laptop.campaign.start_capture().unwrap().capture_id;
    let choice = Some(Choice::SamePerson(id));
    row(laptop
        .campaign
        .save_capture(capture, &form, choice)
        .unwrap());
}

pub(super) fn round(laptops: &[&Laptop]) {
    for _ in 0..2 {
        for from in laptops {
            for to in laptops {
                to.takes_from(from);
            }
        }
    }
}

#[test]
fn who_was_captured_on_another_laptop_too_stays_when_one_capture_is_undone() {
    let runtime = Runtime::new().unwrap();
    for (brought, heard) in [(false, true), (false, false), (true, true), (true, false)] {
        let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
        let amina = match brought {
            true => {
                one.brings_in("first_name,last_name,mobile\nAmina,Khan,07700 900101\n");
                one.people()[0].0
            }
            false => one.capture("Amina", "07700 900101", true),
        };
        other.takes_from(&one);
        other.later(60);
        captured_too(&other, amina, "Amina", "07700 900101");
        if heard {
            one.takes_from(&other);
        }
        one.campaign.undo().unwrap();
        assert_eq!(one.people().len(), usize::from(heard), "as far as is known");
        round(&[&one, &other]);
        for laptop in [&one, &other] {
            assert_eq!(laptop.people().len(), 1, "{brought} {heard}");
            let page = laptop.campaign.person(amina).unwrap();
            assert_eq!(page.agrees_to.len(), 1, "their yes at the door stands");
        }
        assert_eq!(one.state(), other.state());
    }
}

#[test]
fn what_one_laptop_forgot_another_still_knows() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", true);
    let old = one.lines(&Whom::All);
    other.take(&old).unwrap();
    captured_too(other, amina, "Amina", "07700 900101");
    one.campaign.undo().unwrap();
    one.later(8 * 86_400);
    one.campaign.erase_taken_back().unwrap();
    let forgotten = |laptop: &Laptop| !laptop.state().iter().any(|line| line.contains("Amina"));
    assert!(forgotten(one));
    // Where nobody else captured them they go, and an older file does not bring them back.
    third.take(&old).unwrap();
    third.takes_from(one);
    assert!(third.people().is_empty());
    one.take(&old).unwrap();
    assert!(one.people().is_empty());
    for laptop in [one, third] {
        // Seven days after the undo, not after what was forgotten came again.
        laptop.later(8 * 86_400);
        laptop.campaign.erase_taken_back().unwrap();
        assert!(forgotten(laptop));
    }
    // Where somebody did they stay, and are there for all.
    other.takes_from(one);
    round(&[one, other, third]);
    for laptop in &laptops {
        assert_eq!(laptop.names(), BTreeSet::from(["Amina".to_owned()]));
        let page = laptop.campaign.person(amina).unwrap();
        assert_eq!(page.details.mobile.as_deref(), Some("+447700900101"));
        assert_eq!(page.agrees_to.len(), 1);
        assert!(laptop.ledger_is_whole());
    }
}

#[test]
fn a_correction_counts_though_what_it_corrects_was_written_by_a_clock_that_was_fast() {
    let runtime = Runtime::new().unwrap();
    let (fast, other) = (Laptop::new(&runtime, 86_400), Laptop::new(&runtime, 0));
    let amina = fast.capture("Amina", "07700 900101", false);
    fast.correct(amina, |typed| typed.mobile = "07700 900102".to_owned());
    other.takes_from(&fast);
    other.later(60);
    other.correct(amina, |typed| typed.mobile = "07700 900103".to_owned());
    fast.later(120);
    round(&[&other, &fast]);
    for laptop in [&fast, &other] {
        let page = laptop.campaign.person(amina).unwrap();
        assert_eq!(page.details.mobile.as_deref(), Some("+447700900103"));
    }
}

#[test]
fn a_start_lifts_an_opt_out_that_came_without_its_words() {
    let runtime = Runtime::new().unwrap();
    for chosen_first in [true, false] {
        let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
        one.capture("Amina", "07700 900101", true);
        let bo = one.capture("Bo", "07700 900102", true);
        one.campaign.opt_out("+447700900101").unwrap();
        let chosen = one.lines(&Whom::Chosen(HashSet::from([bo])));
        one.later(60);
        one.hears(
            "SM1",
            "+447700900101",
            "START",
            noon() + TimeDelta::seconds(60),
        );
        assert!(!one.is_out("+447700900101"));
        let all = one.lines(&Whom::All);
        let files = match chosen_first {
            true => [&chosen, &all],
            false => [&all, &chosen],
        };
        for file in files {
            other.take(file).unwrap();
        }
        assert!(!other.is_out("+447700900101"), "{chosen_first}");
        other.take(&chosen).unwrap();
        one.takes_from(&other);
        for laptop in [&one, &other] {
            assert!(!laptop.is_out("+447700900101"), "{chosen_first}");
        }
        // A STOP after that counts again.
        one.hears(
            "SM2",
            "+447700900101",
            "STOP",
            noon() + TimeDelta::seconds(90),
        );
        other.takes_from(&one);
        assert!(other.is_out("+447700900101"));
    }
}

#[test]
fn a_start_where_the_words_are_not_known_counts_where_they_are() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", true);
    let bo = one.capture("Bo", "07700 900102", true);
    one.campaign.opt_out("+447700900101").unwrap();
    other
        .take(&one.lines(&Whom::Chosen(HashSet::from([bo]))))
        .unwrap();
    assert!(other.is_out("+447700900101"));
    other.hears(
        "SM1",
        "+447700900101",
        "START",
        noon() + TimeDelta::seconds(60),
    );
    assert!(!other.is_out("+447700900101"));
    round(&[&one, &other]);
    for laptop in [&one, &other] {
        assert!(!laptop.is_out("+447700900101"));
    }
}

#[test]
fn a_start_counts_where_only_the_hash_of_the_opt_out_was_left() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", true);
    one.campaign.opt_out("+447700900101").unwrap();
    one.campaign.erase(amina).unwrap();
    other.takes_from(one);
    other.later(30);
    other.capture("Bo", "07700 900101", true);
    assert!(other.is_out("+447700900101"));
    other.hears(
        "SM1",
        "+447700900101",
        "START",
        noon() + TimeDelta::seconds(60),
    );
    assert!(!other.is_out("+447700900101"));
    for laptop in [one, third] {
        laptop.takes_from(other);
        assert!(!laptop.is_out("+447700900101"));
        let id = laptop.campaign.start_capture().unwrap().capture_id;
        let form = person("Cy", "07700 900101", true);
        let saved = laptop
            .campaign
            .save_capture(id, &form, Some(Choice::Anyway));
        row(saved.unwrap());
        assert!(!laptop.is_out("+447700900101"));
    }
    round(&[one, other, third]);
    for laptop in &laptops {
        assert!(!laptop.is_out("+447700900101"));
    }
}
