//! The index is true to the records, whatever is done to them.

use proptest::prelude::*;

use super::*;
use crate::campaign::tests::undoing::shown;
use crate::people::folding;
use crate::storage::finding::Person;

#[test]
fn whoever_is_erased_leaves_nothing_in_the_index() {
    let stall = town();
    let gone = stall.capture("Quixana", "Zzyzx", "07700 900777", |form| {
        form.email = "vvvarq@example.org".to_owned();
    });
    let traces = ["quixana", "zzyzx", "vvvarq", "900777"];
    let held = |stall: &Stall| -> Vec<String> {
        let read = stall
            .campaign
            .storage
            .read(crate::storage::finding::index_bytes);
        let bytes = read.unwrap();
        let has = |trace: &&str| {
            bytes
                .windows(trace.len())
                .any(|part| part == trace.as_bytes())
        };
        traces
            .iter()
            .filter(|trace| has(trace))
            .map(|trace| (*trace).to_owned())
            .collect()
    };
    assert!(held(&stall).len() >= 3, "the test sees what is there");
    stall.campaign.erase(gone).unwrap();
    assert_eq!(held(&stall), Vec::<String>::new());
    assert_eq!(stall.finds("quixana"), Vec::<String>::new());
    true_to_the_records(&stall);
}

/// The index and the standings say what the records say.
fn true_to_the_records(stall: &Stall) {
    let read = stall
        .campaign
        .storage
        .write(crate::storage::finding::faults);
    assert_eq!(read.unwrap(), Vec::<String>::new());
    let all = stall
        .campaign
        .people(&Question::default(), 0, 500)
        .unwrap()
        .rows;
    let begins = |person: &Person, typed: &str| {
        let theirs = folding::find_words(&person.name, "", &person.email, &person.postcode);
        let words = folding::words(typed);
        words
            .iter()
            .all(|word| theirs.contains(&format!(" {word}")))
    };
    for search in SEARCHES {
        let naive: Vec<&str> = all
            .iter()
            .filter(|one| begins(one, search))
            .map(|one| one.name.as_str())
            .collect();
        let page = stall.campaign.people(&asking(search), 0, 500).unwrap();
        if !page.near {
            let found: Vec<&str> = page.rows.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(found, naive, "{search}");
        }
    }
    for part in DIGITS {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let abroad = digits.strip_prefix('0').map(|rest| format!("+44{rest}"));
        let abroad = abroad.filter(|_| !digits.starts_with("00"));
        let has = |mobile: &crate::people::Mobile| {
            let mobile = mobile.e164();
            mobile.contains(&digits) || abroad.as_ref().is_some_and(|part| mobile.contains(part))
        };
        let naive: Vec<Uuid> = all
            .iter()
            .filter(|one| {
                one.mobile.as_ref().is_some_and(has) || !part.contains('+') && begins(one, part)
            })
            .map(|one| one.id)
            .collect();
        let page = stall.campaign.people(&asking(part), 0, 500).unwrap();
        let found: Vec<Uuid> = page.rows.iter().map(|one| one.id).collect();
        assert_eq!(found, naive, "{part}");
    }
}

/// Of numbers, of postcodes, of what emails begin with, and of two of those.
const DIGITS: [&str; 8] = [
    "0012",
    "901",
    "07700 9001",
    "+4477",
    "90210",
    "9011",
    "20500-0003",
    "2050",
];
const SEARCHES: [&str; 7] = ["a", "amina", "kh", "wojcik am", "pugh", "example", "sw9"];
const POSTCODES: [&str; 4] = ["SW9 8JX", "90210", "20500-0003", ""];
const LAST: [&str; 4] = ["Khan", "Wójcik", "Pugh", ""];

#[derive(Debug, Clone)]
enum Doing {
    Capture(usize, usize, u8, bool, Whose),
    OwnHand(usize, usize, u8, bool),
    Correct(usize, usize, u8, Whose),
    Undo,
    Redo,
    Erase(usize),
    OptOut(u8),
    Withdraw(usize),
}

/// Whose a number is that somebody has already.
#[derive(Debug, Clone, Copy)]
enum Whose {
    Same,
    Shared,
    Anyway,
}

fn whose() -> impl Strategy<Value = Whose> {
    prop_oneof![Just(Whose::Same), Just(Whose::Shared), Just(Whose::Anyway)]
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        4 => (0..4usize, 0..4usize, 0..20u8, any::<bool>(), whose())
            .prop_map(|(first, last, number, agrees, whose)| {
                Doing::Capture(first, last, number, agrees, whose)
            }),
        1 => (0..4usize, 0..4usize, 0..20u8, any::<bool>())
            .prop_map(|(first, last, number, agrees)| Doing::OwnHand(first, last, number, agrees)),
        3 => (0..9usize, 0..4usize, 0..20u8, whose())
            .prop_map(|(who, last, number, whose)| Doing::Correct(who, last, number, whose)),
        2 => Just(Doing::Undo),
        2 => Just(Doing::Redo),
        1 => (0..9usize).prop_map(Doing::Erase),
        1 => (0..20u8).prop_map(Doing::OptOut),
        1 => (0..9usize).prop_map(Doing::Withdraw),
    ]
}

fn filled(first: usize, last: usize, number: u8, agrees: bool) -> Typed {
    Typed {
        last_name: LAST[last].to_owned(),
        answers: answers(agrees),
        email: format!("901{}@example.org", LAST[first].len()),
        postcode: POSTCODES[usize::from(number) % POSTCODES.len()].to_owned(),
        ..person(FIRST[first], &format!("07700 9001{number:02}"), agrees)
    }
}

/// What a button offers is done, and is about somebody; where nothing is offered, nothing is done.
fn does_what_it_offers(offered: Option<&str>, done: Result<Undone>) {
    match (offered, done) {
        (Some(called), Ok(undone)) => {
            assert!(!called.ends_with(' '), "“{called}” names nobody");
            assert!(!undone.name.is_empty(), "{called}");
        }
        (None, Err(error)) => assert_eq!(error.code(), Code::TooLate),
        (offered, done) => panic!("{offered:?}: {done:?}"),
    }
}

impl Stall {
    fn does(&self, doing: &Doing) {
        let all = self.campaign.everybody(&Question::default()).unwrap();
        let whom = |who: usize| all.get(who % all.len().max(1)).copied();
        // What cannot be done now changes nothing, and is no part of this.
        match doing {
            Doing::Capture(first, last, number, agrees, whose) => {
                let form = filled(*first, *last, *number, *agrees);
                if let Outcome::SameMobile(same) = self.save(&form, None) {
                    let choice = match whose {
                        Whose::Same => Choice::SamePerson(same[0].id),
                        Whose::Shared => Choice::SharesPhone(same[0].id),
                        Whose::Anyway => Choice::Anyway,
                    };
                    row(self.save(&form, Some(choice)));
                }
            }
            Doing::OwnHand(first, last, number, agrees) => {
                let form = filled(*first, *last, *number, *agrees);
                let id = self.form().capture_id;
                self.campaign.save_own_hand(id, &form).unwrap();
            }
            Doing::Correct(who, last, number, whose) => {
                let Some(id) = whom(*who) else { return };
                let shown = shown(self, id);
                let typed = Typed {
                    last_name: LAST[*last].to_owned(),
                    ..person(FIRST[*last], &format!("07700 9001{number:02}"), false)
                };
                let correct =
                    |number_of| self.campaign.correct(id, &shown, &typed, number_of, None);
                if let Corrected::SameMobile(same) = correct(None).unwrap() {
                    let number_of = match whose {
                        Whose::Shared => NumberOf::SharedWith(same[0].id),
                        Whose::Same | Whose::Anyway => NumberOf::Anyway,
                    };
                    correct(Some(number_of)).unwrap();
                }
            }
            Doing::Undo => {
                let offered = self.campaign.undoable().unwrap().undo;
                does_what_it_offers(offered.as_deref(), self.campaign.undo());
            }
            Doing::Redo => {
                let offered = self.campaign.undoable().unwrap().redo;
                does_what_it_offers(offered.as_deref(), self.campaign.redo());
            }
            Doing::Erase(who) => drop(whom(*who).map(|id| self.campaign.erase(id))),
            Doing::OptOut(number) => {
                drop(self.campaign.opt_out(&format!("+4477009001{number:02}")))
            }
            Doing::Withdraw(who) => drop(whom(*who).map(|id| self.campaign.withdraw(id, TEXTS))),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_is_true_to_the_records_whatever_is_done(days in prop::collection::vec(doing(), 1..40)) {
        let stall = Stall::new();
        for doing in &days {
            stall.does(doing);
            let faults = stall.campaign.storage.write(crate::storage::finding::faults).unwrap();
            prop_assert_eq!(faults, Vec::<String>::new());
        }
        true_to_the_records(&stall);
    }
}
