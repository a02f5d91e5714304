//! Who stays and who goes: by what all laptops come to hear, in whatever order they hear it.

use proptest::prelude::*;

use super::apart::round;
use super::*;
use crate::consent::ledger::{Method, Personal, What};
use crate::storage::{ledger, restored};

const SAYS_YES: &str = "first_name,last_name,mobile,email,agreed\nAmina,,07700 900101,,yes\n";

fn there(laptop: &Laptop) -> usize {
    laptop.people().len()
}

#[test]
fn who_said_yes_on_another_laptops_list_stays_when_their_capture_is_undone() {
    let runtime = Runtime::new().unwrap();
    for heard in [true, false] {
        let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
        let amina = one.capture("Amina", "07700 900101", false);
        other.takes_from(&one);
        other.later(60);
        other.brings_in(SAYS_YES);
        if heard {
            one.takes_from(&other);
        }
        one.campaign.undo().unwrap();
        assert_eq!(there(&one), usize::from(heard), "as far as is known");
        round(&[&one, &other]);
        for laptop in [&one, &other] {
            assert_eq!(there(laptop), 1, "{heard}");
            assert_eq!(laptop.campaign.person(amina).unwrap().agrees_to.len(), 1);
        }
        assert_eq!(one.state(), other.state());
        // Once the list is undone too, nobody speaks for her.
        other.campaign.undo().unwrap();
        round(&[&one, &other]);
        for laptop in [&one, &other] {
            assert_eq!(there(laptop), 0, "{heard}");
        }
        assert_eq!(one.state(), other.state());
    }
}

#[test]
fn what_two_laptops_undid_before_they_heard_of_each_other_is_undone() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", false);
    other.takes_from(&one);
    other.brings_in(SAYS_YES);
    one.campaign.undo().unwrap();
    other.campaign.undo().unwrap();
    round(&[&one, &other]);
    assert_eq!((there(&one), there(&other)), (0, 0));
    assert_eq!(one.state(), other.state());
    // Whoever captures her after that has her.
    other.later(60);
    other.capture("Amina", "07700 900101", true);
    round(&[&one, &other]);
    assert_eq!((there(&one), there(&other)), (1, 1));
}

#[test]
fn who_said_yes_on_another_laptops_list_stays_when_a_list_is_undone() {
    let runtime = Runtime::new().unwrap();
    for heard in [true, false] {
        let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
        one.brings_in("first_name,last_name,mobile\nAmina,,07700 900101\nBo,,07700 900102\n");
        other.takes_from(&one);
        other.later(60);
        other.brings_in(SAYS_YES);
        if heard {
            one.takes_from(&other);
        }
        one.campaign.undo().unwrap();
        assert_eq!(there(&one), usize::from(heard), "as far as is known");
        round(&[&one, &other]);
        for laptop in [&one, &other] {
            assert_eq!(
                laptop.names(),
                BTreeSet::from(["Amina".to_owned()]),
                "{heard}"
            );
            let (amina, _) = laptop.people()[0];
            assert_eq!(laptop.campaign.person(amina).unwrap().agrees_to.len(), 1);
        }
        assert_eq!(one.state(), other.state());
    }
}

#[test]
fn a_third_laptop_comes_to_the_same_whatever_it_hears_first() {
    let runtime = Runtime::new().unwrap();
    for list_first in [true, false] {
        let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
        let [one, other, third] = &laptops;
        one.capture("Amina", "07700 900101", false);
        other.takes_from(one);
        third.takes_from(one);
        other.brings_in(SAYS_YES);
        one.campaign.undo().unwrap();
        for from in if list_first {
            [other, one]
        } else {
            [one, other]
        } {
            third.takes_from(from);
        }
        assert_eq!(there(third), 1, "{list_first}");
        round(&[one, other, third]);
        for laptop in &laptops {
            assert_eq!(there(laptop), 1, "{list_first}");
            assert_eq!(laptop.state(), one.state());
        }
    }
}

/// Her phone said no, as this laptop heard.
fn hears_no(laptop: &Laptop, amina: Uuid) {
    let at = laptop.clock.now();
    let heard = laptop.storage().write(|conn| {
        let no = ledger::New {
            what: What::Withdrawal,
            purpose: Some(TEXTS),
            method: Method::Reply,
            supporter: Some(amina),
            capture: None,
            shift: None,
            wording: None,
            evidence: None,
            about: None,
            at,
            zone: "Europe/London",
            personal: Personal {
                supporter: Some(amina),
                mobile: Some("+447700900101".to_owned()),
                ..Personal::default()
            },
        };
        ledger::add(conn, &no)
    });
    heard.unwrap();
}

#[test]
fn what_the_laptop_of_the_capture_heard_goes_with_it_though_it_was_put_back_since() {
    let runtime = Runtime::new().unwrap();
    for is_put_back in [true, false] {
        let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
        let amina = one.capture("Amina", "07700 900101", true);
        other.takes_from(&one);
        if is_put_back {
            let now = one.clock.now();
            one.storage()
                .write(|conn| restored::begin(conn, now, now))
                .unwrap();
        }
        hears_no(&one, amina);
        other.takes_from(&one);
        one.campaign.undo().unwrap();
        round(&[&one, &other]);
        assert_eq!((there(&one), there(&other)), (0, 0), "{is_put_back}");
        assert_eq!(one.state(), other.state());
    }
}

#[test]
fn what_another_laptop_heard_keeps_them_whatever_was_heard_first() {
    let runtime = Runtime::new().unwrap();
    for heard in [true, false] {
        let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
        let amina = one.capture("Amina", "07700 900101", true);
        other.takes_from(&one);
        hears_no(&other, amina);
        if heard {
            one.takes_from(&other);
        }
        one.campaign.undo().unwrap();
        round(&[&one, &other]);
        assert_eq!((there(&one), there(&other)), (1, 1), "{heard}");
        assert_eq!(one.state(), other.state());
    }
}

#[test]
fn whoever_is_erased_or_was_made_one_stays_gone() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let amina = one.capture("Amina", "07700 900101", false);
    let aminah = one.capture("Aminah", "", false);
    other.takes_from(&one);
    other.brings_in(SAYS_YES);
    one.campaign.merge(aminah, amina, &[]).unwrap();
    round(&[&one, &other]);
    for laptop in [&one, &other] {
        assert_eq!(laptop.names(), BTreeSet::from(["Aminah".to_owned()]));
    }
    one.campaign.erase(aminah).unwrap();
    round(&[&one, &other]);
    assert_eq!((there(&one), there(&other)), (0, 0));
}

#[derive(Debug, Clone)]
enum Step {
    /// This laptop undoes what was done there, where it does so at all.
    Undoes(usize),
    /// This laptop hands everybody over to that one.
    Hands(usize, usize),
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whether_somebody_stays_goes_by_what_was_done_and_never_by_when_it_was_heard(
        undoes in any::<[bool; 3]>(),
        steps in prop::collection::vec(
            prop_oneof![
                1 => (0..3_usize).prop_map(Step::Undoes),
                2 => (0..3_usize, 0..3_usize).prop_map(|(from, to)| Step::Hands(from, to)),
            ],
            0..16,
        ),
    ) {
        let runtime = Runtime::new().unwrap();
        let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
        let [one, other, third] = &laptops;
        // The first captured her; a list of the second says yes; the third captured her too.
        let amina = one.capture("Amina", "07700 900101", false);
        other.takes_from(one);
        third.takes_from(one);
        other.brings_in(SAYS_YES);
        let id = third.campaign.start_capture().unwrap().capture_id;
        let form = person("Amina", "07700 900101", false);
        let same = Some(Choice::SamePerson(amina));
        row(third.campaign.save_capture(id, &form, same).unwrap());
        let mut open = undoes;
        let mut undo = |who: usize| {
            if std::mem::take(&mut open[who]) {
                laptops[who].campaign.undo().unwrap();
            }
        };
        for step in steps {
            match step {
                Step::Undoes(who) => undo(who),
                Step::Hands(from, to) => {
                    laptops[to].takes_from(&laptops[from]);
                }
            }
        }
        (0..3).for_each(undo);
        round(&[one, other, third]);
        for laptop in &laptops {
            prop_assert_eq!(there(laptop) > 0, undoes != [true; 3]);
            prop_assert_eq!(laptop.lost(), 0);
            prop_assert_eq!(laptop.state(), one.state());
        }
    }
}

#[test]
fn a_file_of_chosen_people_takes_nobody_else_away() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let bo = one.capture("Bo", "07700 900102", true);
    one.capture("Amina", "07700 900101", false);
    round(&[one, other, third]);
    other.later(60);
    other.brings_in(SAYS_YES);
    one.campaign.undo().unwrap();
    other.takes_from(one);
    let before = there(third);
    let chosen = other.file(&Handing::Chosen(HashSet::from([bo])));
    third.takes(&chosen).unwrap();
    assert_eq!(there(third), before);
    round(&[one, other, third]);
    assert_eq!(one.state(), other.state());
    assert_eq!(one.state(), third.state());
}

#[test]
fn whoever_never_heard_of_a_laptops_earlier_name_agrees_on_who_is_there() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let amina = one.capture("Amina", "07700 900101", true);
    hears_no(&one, amina);
    let now = one.clock.now();
    one.storage()
        .write(|conn| restored::begin(conn, now, now))
        .unwrap();
    other.takes_from(&one);
    one.campaign.undo().unwrap();
    for _ in 0..2 {
        round(&[&one, &other]);
        assert_eq!((there(&one), there(&other)), (0, 0));
        assert_eq!(one.state(), other.state());
    }
}
