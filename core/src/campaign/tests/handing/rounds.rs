//! Three laptops that hand round in any order end the same.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Step {
    Capture(usize, u32, bool, u8),
    Correct(usize, prop::sample::Index, u8, u8),
    Withdraw(usize, prop::sample::Index),
    OptOut(usize, u32),
    Undo(usize),
    Redo(usize),
    Erase(usize, prop::sample::Index),
    Hand(usize, usize),
    HandAgain(usize, prop::sample::Index),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 0..3_usize;
    let any_of = any::<prop::sample::Index>;
    prop_oneof![
        6 => (who(), 101..105_u32, any::<bool>(), 0..3_u8).prop_map(|(who, number, yes, choice)| Step::Capture(who, number, yes, choice)),
        5 => (who(), any_of(), 0..4_u8, 0..4_u8).prop_map(|(who, whom, field, value)| Step::Correct(who, whom, field, value)),
        2 => (who(), any_of()).prop_map(|(who, whom)| Step::Withdraw(who, whom)),
        2 => (who(), 101..105_u32).prop_map(|(who, number)| Step::OptOut(who, number)),
        2 => who().prop_map(Step::Undo),
        1 => who().prop_map(Step::Redo),
        1 => (who(), any_of()).prop_map(|(who, whom)| Step::Erase(who, whom)),
        6 => (who(), who()).prop_map(|(from, to)| Step::Hand(from, to)),
        2 => (who(), any_of()).prop_map(|(to, file)| Step::HandAgain(to, file)),
    ]
}

fn captured(laptop: &Laptop, number: u32, agrees: bool, choice: u8) {
    let form = Typed {
        answers: BTreeMap::from([(TEXTS.to_owned(), agrees)]),
        ..person(&format!("P{choice}"), &format!("07700 900{number}"), agrees)
    };
    let id = laptop.campaign.start_capture().unwrap().capture_id;
    let outcome = laptop.campaign.save_capture(id, &form, None).unwrap();
    if let Outcome::SameMobile(same) = outcome {
        let choice = match choice {
            0 => Choice::SamePerson(same[0].id),
            1 => Choice::SharesPhone(same[0].id),
            _ => Choice::Anyway,
        };
        let saved = laptop.campaign.save_capture(id, &form, Some(choice));
        row(saved.unwrap());
    }
}

fn picked(laptop: &Laptop, which: prop::sample::Index) -> Option<Uuid> {
    let people = laptop.people();
    (!people.is_empty()).then(|| which.get(&people).0)
}

fn go(laptops: &[Laptop; 3], files: &mut Vec<Lines>, step: &Step) {
    match step {
        Step::Capture(who, number, yes, choice) => {
            captured(&laptops[*who], *number, *yes, *choice);
        }
        Step::Correct(who, whom, field, value) => {
            let laptop = &laptops[*who];
            if let Some(id) = picked(laptop, *whom) {
                laptop.correct(id, |typed| match field {
                    0 => typed.first_name = format!("Name{value}"),
                    1 => typed.email = format!("p{value}@example.org"),
                    2 => typed.postcode = format!("SW9 {value}JX"),
                    _ => typed.mobile = format!("07700 90010{}", value + 1),
                });
            }
        }
        Step::Withdraw(who, whom) => {
            let laptop = &laptops[*who];
            if let Some(id) = picked(laptop, *whom) {
                // Who never agreed has nothing to withdraw.
                let _ = laptop.campaign.withdraw(id, TEXTS);
            }
        }
        Step::OptOut(who, number) => {
            let number = format!("+447700900{number}");
            let _ = laptops[*who].campaign.opt_out(&number);
        }
        Step::Undo(who) => {
            let _ = laptops[*who].campaign.undo();
        }
        Step::Redo(who) => {
            let _ = laptops[*who].campaign.redo();
        }
        Step::Erase(who, whom) => {
            let laptop = &laptops[*who];
            if let Some(id) = picked(laptop, *whom) {
                laptop.campaign.erase(id).unwrap();
            }
        }
        Step::Hand(from, to) => {
            let file = laptops[*from].lines(&Whom::All);
            laptops[*to].take(&file).unwrap();
            let after = laptops[*to].state();
            assert_eq!(laptops[*to].take(&file).unwrap().act, None);
            assert_eq!(laptops[*to].state(), after, "twice changes nothing");
            files.push(file);
        }
        Step::HandAgain(to, which) => {
            if !files.is_empty() {
                laptops[*to].take(which.get(files)).unwrap();
            }
        }
    }
    for laptop in laptops {
        laptop.later(1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn three_laptops_that_hand_round_in_any_order_end_the_same(
        steps in prop::collection::vec(step(), 1..30),
        last in Just([0_usize, 1, 2]).prop_shuffle(),
    ) {
        let runtime = Runtime::new().unwrap();
        // Clocks are never quite the same.
        let laptops: [Laptop; 3] = [0, 3, -2].map(|fast_by| Laptop::new(&runtime, fast_by));
        let mut files = Vec::new();
        for step in &steps {
            go(&laptops, &mut files, step);
        }
        // What taking in leads to, such as a text that does not go, is news in the next round.
        for _ in 0..4 {
            for from in last {
                let file = laptops[from].lines(&Whom::All);
                for laptop in &laptops {
                    laptop.take(&file).unwrap();
                }
            }
        }
        let [one, other, third] = laptops.each_ref().map(Laptop::state);
        let text = |line: &String| line.split_once('|').map(|(text, _)| text.to_owned());
        let texts = |state: &BTreeSet<String>| -> BTreeSet<_> { state.iter().filter_map(text).collect() };
        let [texts_of_one, texts_of_other, texts_of_third] = [&one, &other, &third].map(texts);
        // A number that is erased takes what went to it along, on the laptop that erases it.
        let erased_somewhere = |line: &str| {
            let text = line.split_once('|').map_or(line, |(text, _)| text);
            text.starts_with("text ")
                && [&texts_of_one, &texts_of_other, &texts_of_third]
                    .iter()
                    .any(|texts| !texts.contains(text))
        };
        let differ = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
            let lines = a.symmetric_difference(b).filter(|line| !erased_somewhere(line));
            lines.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(differ(&one, &other), Vec::<String>::new());
        prop_assert_eq!(differ(&one, &third), Vec::<String>::new());
        for laptop in &laptops {
            prop_assert!(laptop.ledger_is_whole());
        }
    }
}

#[test]
fn two_records_that_were_made_one_are_one_everywhere() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, other, third] = &laptops;
    let amina = one.capture("Amina", "07700 900101", false);
    let aminah = one.capture("Aminah", "", false);
    other.takes_from(one);
    third.takes_from(one);
    one.later(5);
    one.campaign.merge(amina, aminah, &[]).unwrap();
    third.takes_from(one);
    assert_eq!(third.names(), BTreeSet::from(["Amina".to_owned()]));
    let told = third.campaign.person(amina).unwrap().timeline;
    assert!(told.iter().any(|told| told.sentence.contains("Aminah")));
    // The other way round elsewhere, a moment later: somebody has to be there in the end.
    other.later(9);
    other.campaign.merge(aminah, amina, &[]).unwrap();
    for _ in 0..2 {
        for from in &laptops {
            for to in &laptops {
                to.takes_from(from);
            }
        }
    }
    for laptop in &laptops {
        assert_eq!(laptop.names(), BTreeSet::from(["Amina".to_owned()]));
        assert_eq!(laptop.state(), one.state());
    }
}

#[test]
fn a_start_that_came_after_the_opt_out_lifts_it_on_every_laptop() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", true);
    other.takes_from(&one);
    // Both wrote the same opt-out down.
    for laptop in [&one, &other] {
        laptop.campaign.opt_out("+447700900101").unwrap();
        laptop.later(60);
    }
    let mobile = Mobile::from_e164("+447700900101").unwrap();
    let now = other.clock.now();
    let started = other.storage().write(|conn| {
        let out = opt_outs::of(conn, &mobile)?.unwrap();
        crate::storage::ledger::add(
            conn,
            &crate::storage::ledger::New {
                what: crate::consent::ledger::What::OptOutUndone,
                purpose: None,
                method: crate::consent::ledger::Method::Reply,
                supporter: None,
                capture: None,
                shift: None,
                wording: None,
                evidence: None,
                about: out.entry,
                at: now,
                zone: "UTC",
                personal: crate::consent::ledger::Personal {
                    mobile: Some("+447700900101".to_owned()),
                    ..Default::default()
                },
            },
        )?;
        opt_outs::lift(conn, &mobile)
    });
    started.unwrap();
    other.takes_from(&one);
    assert!(!other.is_out("+447700900101"));
    one.takes_from(&other);
    assert!(!one.is_out("+447700900101"));
    one.later(60);
    one.campaign.opt_out("+447700900101").unwrap();
    other.takes_from(&one);
    assert!(other.is_out("+447700900101"));
}
