//! Three laptops that hand round in any order end the same.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Step {
    Capture(usize, u32, Answer, u8),
    Correct(usize, prop::sample::Index, u8, u8),
    Withdraw(usize, prop::sample::Index),
    OptOut(usize, u32),
    Import(usize, u8),
    Hears(usize, prop::sample::Index),
    CallsNo(usize, u8),
    Merge(usize, prop::sample::Index, prop::sample::Index),
    Part(usize, prop::sample::Index, prop::sample::Index),
    Undo(usize),
    Redo(usize),
    Erase(usize, prop::sample::Index),
    Hand(usize, usize, What),
    HandAgain(usize, prop::sample::Index),
}

/// What somebody says to texts: yes, no, or nothing, where they are not asked.
type Answer = Option<bool>;

/// What is handed over.
#[derive(Debug, Clone)]
enum What {
    All,
    SinceLast,
    Chosen(prop::sample::Index),
}

/// What phones say, and when, in seconds. Each laptop may hear of it or not.
const SAID: [(&str, u32, &str, i64); 6] = [
    ("SM1", 101, "STOP", 5),
    ("SM2", 101, "START", 15),
    ("SM3", 102, "STOP", 12),
    ("SM4", 102, "START", 7),
    ("SM5", 103, "YES", 9),
    ("SM6", 103, "who is this?", 3),
];

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        4 => Just(What::All),
        3 => Just(What::SinceLast),
        2 => any::<prop::sample::Index>().prop_map(What::Chosen),
    ]
}

/// What is done on one laptop.
fn work() -> impl Strategy<Value = Step> {
    let who = || 0..3_usize;
    let any_of = any::<prop::sample::Index>;
    prop_oneof![
        6 => (who(), 101..105_u32, any::<Answer>(), 0..3_u8).prop_map(|(who, number, says, choice)| Step::Capture(who, number, says, choice)),
        5 => (who(), any_of(), 0..4_u8, 0..4_u8).prop_map(|(who, whom, field, value)| Step::Correct(who, whom, field, value)),
        2 => (who(), any_of()).prop_map(|(who, whom)| Step::Withdraw(who, whom)),
        2 => (who(), 101..105_u32).prop_map(|(who, number)| Step::OptOut(who, number)),
        3 => (who(), 0..5_u8).prop_map(|(who, list)| Step::Import(who, list)),
        1 => (who(), 0..3_u8).prop_map(|(who, list)| Step::CallsNo(who, list)),
        3 => (who(), any_of()).prop_map(|(who, text)| Step::Hears(who, text)),
        1 => (who(), any_of(), any_of()).prop_map(|(who, one, other)| Step::Merge(who, one, other)),
        1 => (who(), any_of(), any_of()).prop_map(|(who, one, other)| Step::Part(who, one, other)),
        3 => who().prop_map(Step::Undo),
        1 => who().prop_map(Step::Redo),
        1 => (who(), any_of()).prop_map(|(who, whom)| Step::Erase(who, whom)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 0..3_usize;
    prop_oneof![
        3 => work(),
        1 => (who(), who(), what()).prop_map(|(from, to, what)| Step::Hand(from, to, what)),
        1 => (who(), any::<prop::sample::Index>()).prop_map(|(to, file)| Step::HandAgain(to, file)),
    ]
}

fn captured(laptop: &Laptop, number: u32, says: Answer, choice: u8) {
    let answers = says.map(|says| (TEXTS.to_owned(), says));
    let form = Typed {
        answers: answers.into_iter().collect(),
        ..person(&format!("P{choice}"), &format!("07700 900{number}"), false)
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

/// Takes a file in, unless it goes on from one that has not come. Gives whether it did.
fn took(laptop: &Laptop, file: &[u8]) -> bool {
    match laptop.takes(file) {
        Ok(_) => true,
        Err(error) => {
            assert!(error.to_string().contains("an earlier one"), "{error}");
            false
        }
    }
}

fn go(laptops: &[Laptop; 3], files: &mut Vec<Vec<u8>>, step: &Step) {
    match step {
        Step::Capture(who, number, says, choice) => {
            captured(&laptops[*who], *number, *says, *choice);
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
        Step::Import(who, list) => {
            let list = match list {
                0 => "first_name,last_name,mobile,email\nI0,Lee,,i0@example.org\n",
                1 => "first_name,last_name,mobile,email\nP1,Lee,07700 900101,\n",
                2 => {
                    "first_name,last_name,mobile,email\nP2,Lee,07700 900102,p2@example.org\nI2,Lee,,i2@example.org\n"
                }
                // With their yes.
                3 => {
                    "first_name,last_name,mobile,email,agreed\nI0,Lee,,i0@example.org,yes\nP0,,07700 900101,,yes\n"
                }
                _ => {
                    "first_name,last_name,mobile,email,agreed\nP1,,07700 900101,,yes\nP2,,07700 900102,,yes\n"
                }
            };
            laptops[*who].brings_in(list);
        }
        Step::CallsNo(who, list) => {
            laptops[*who].calls_no(match list {
                0 => "07700 900101\n07700 900102\n",
                1 => "07700 900102\n07700 900103\n",
                _ => "07700 900101\n",
            });
        }
        Step::Hears(who, text) => {
            let (id, number, body, after) = *text.get(&SAID);
            let from = format!("+447700900{number}");
            laptops[*who].hears(id, &from, body, noon() + TimeDelta::seconds(after));
        }
        Step::Merge(who, one, other) => {
            let laptop = &laptops[*who];
            if let (Some(one), Some(other)) = (picked(laptop, *one), picked(laptop, *other)) {
                // One and the same are one already.
                let _ = laptop.campaign.merge(one, other, &[]);
            }
        }
        Step::Part(who, one, other) => {
            let laptop = &laptops[*who];
            if let (Some(one), Some(other)) = (picked(laptop, *one), picked(laptop, *other)) {
                // One and the same are no two.
                let _ = laptop.campaign.not_the_same(one, other);
            }
        }
        Step::Hand(from, to, what) => {
            let (from, to) = (&laptops[*from], &laptops[*to]);
            let what = match what {
                What::All => Handing::All,
                What::SinceLast => Handing::SinceLast,
                What::Chosen(whom) => Handing::Chosen(picked(from, *whom).into_iter().collect()),
            };
            let file = from.file(&what);
            if took(to, &file) {
                let after = to.state();
                assert_eq!(to.takes(&file).unwrap().act, None);
                assert_eq!(to.state(), after, "twice changes nothing");
            }
            files.push(file);
        }
        Step::HandAgain(to, which) => {
            if !files.is_empty() {
                let file: &Vec<u8> = which.get(files.as_slice());
                took(&laptops[*to], file);
            }
        }
    }
    for laptop in laptops {
        laptop.later(1);
    }
}

/// Hands round until everybody has heard of everything. What taking in leads to, such as a text that does not go, is news
/// in the next round.
fn round(laptops: &[Laptop; 3], order: [usize; 3], first: &Handing) {
    for time in 0..4 {
        for from in order {
            let file = match time {
                0 => laptops[from].file(first),
                _ => laptops[from].file(&Handing::SinceLast),
            };
            for laptop in laptops {
                laptop.takes(&file).unwrap();
            }
        }
    }
}

/// That nobody knows anything that another does not, and nobody is lost.
fn agree(laptops: &[Laptop; 3]) -> std::result::Result<(), TestCaseError> {
    let [one, other, third] = laptops.each_ref().map(Laptop::state);
    let text = |line: &String| line.split_once('|').map(|(text, _)| text.to_owned());
    let texts =
        |state: &BTreeSet<String>| -> BTreeSet<_> { state.iter().filter_map(text).collect() };
    let texts_of_each = [&one, &other, &third].map(texts);
    // A number that is erased takes what went to it along, on the laptop that erases it.
    let erased_somewhere = |line: &str| {
        let text = line.split_once('|').map_or(line, |(text, _)| text);
        text.starts_with("text ") && texts_of_each.iter().any(|texts| !texts.contains(text))
    };
    let differ = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        let lines = a
            .symmetric_difference(b)
            .filter(|line| !erased_somewhere(line));
        lines.cloned().collect::<Vec<_>>()
    };
    prop_assert_eq!(differ(&one, &other), Vec::<String>::new());
    prop_assert_eq!(differ(&one, &third), Vec::<String>::new());
    for laptop in laptops {
        prop_assert!(laptop.ledger_is_whole());
        prop_assert_eq!(laptop.lost(), 0);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn three_laptops_that_hand_round_in_any_order_end_the_same(
        steps in prop::collection::vec(step(), 1..30),
        later in prop::collection::vec(work(), 0..12),
        last in Just([0_usize, 1, 2]).prop_shuffle(),
    ) {
        let runtime = Runtime::new().unwrap();
        // Clocks are never quite the same, and some are days apart.
        let laptops: [Laptop; 3] = [0, 100_000, -200_000].map(|fast_by| Laptop::new(&runtime, fast_by));
        let mut files = Vec::new();
        for step in &steps {
            go(&laptops, &mut files, step);
        }
        round(&laptops, last, &Handing::All);
        agree(&laptops)?;
        // From there on, what is new is enough.
        for step in &later {
            go(&laptops, &mut files, step);
        }
        round(&laptops, last, &Handing::SinceLast);
        agree(&laptops)?;
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
