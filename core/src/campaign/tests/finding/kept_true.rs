//! The index is true to the records, whatever is done to them.

use proptest::prelude::*;

use super::*;
use crate::people::folding;

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
    for search in SEARCHES {
        let words = folding::words(search);
        let is_it = |person: &&crate::storage::finding::Person| {
            let theirs = folding::find_words(&person.name, "", &person.email, &person.postcode);
            words
                .iter()
                .all(|word| theirs.contains(&format!(" {word}")))
        };
        let naive: Vec<&str> = all
            .iter()
            .filter(is_it)
            .map(|one| one.name.as_str())
            .collect();
        let page = stall.campaign.people(&asking(search), 0, 500).unwrap();
        if !page.near {
            let found: Vec<&str> = page.rows.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(found, naive, "{search}");
        }
    }
    for part in ["0012", "901", "07700 9001", "+4477"] {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let has =
            |mobile: &crate::people::Mobile| mobile.e164().contains(digits.trim_start_matches('0'));
        let naive = all
            .iter()
            .filter(|one| one.mobile.as_ref().is_some_and(has))
            .count();
        let found = stall.campaign.people(&asking(part), 0, 500).unwrap().total;
        match part {
            "0012" => assert!(found as usize <= naive, "{part}"),
            _ => assert_eq!(found as usize, naive, "{part}"),
        }
    }
}

const SEARCHES: [&str; 7] = ["a", "amina", "kh", "wojcik am", "pugh", "example", "sw9"];
const LAST: [&str; 4] = ["Khan", "Wójcik", "Pugh", ""];

#[derive(Debug, Clone)]
enum Doing {
    Capture(usize, usize, u8, bool),
    Correct(usize, usize, u8),
    Undo,
    Redo,
    Erase(usize),
    OptOut(u8),
    Withdraw(usize),
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        4 => (0..4usize, 0..4usize, 0..20u8, any::<bool>())
            .prop_map(|(first, last, number, agrees)| Doing::Capture(first, last, number, agrees)),
        3 => (0..9usize, 0..4usize, 0..20u8)
            .prop_map(|(who, last, number)| Doing::Correct(who, last, number)),
        2 => Just(Doing::Undo),
        2 => Just(Doing::Redo),
        1 => (0..9usize).prop_map(Doing::Erase),
        1 => (0..20u8).prop_map(Doing::OptOut),
        1 => (0..9usize).prop_map(Doing::Withdraw),
    ]
}

impl Stall {
    fn does(&self, doing: &Doing) {
        let all = self.campaign.everybody(&Question::default()).unwrap();
        let whom = |who: usize| all.get(who % all.len().max(1)).copied();
        // What cannot be done now changes nothing, and is no part of this.
        match doing {
            Doing::Capture(first, last, number, agrees) => {
                self.capture(
                    FIRST[*first],
                    LAST[*last],
                    &format!("07700 9001{number:02}"),
                    |form| {
                        form.answers = answers(*agrees);
                        form.email = format!("{}@example.org", LAST[*first].len());
                        form.postcode = if *agrees { "SW9 8JX" } else { "" }.to_owned();
                    },
                );
            }
            Doing::Correct(who, last, number) => {
                let Some(id) = whom(*who) else { return };
                let typed = Typed {
                    last_name: LAST[*last].to_owned(),
                    ..person(FIRST[*last], &format!("07700 9001{number:02}"), false)
                };
                let _ = self
                    .campaign
                    .correct(id, &typed, Some(crate::campaign::NumberOf::Anyway));
            }
            Doing::Undo => drop(self.campaign.undo()),
            Doing::Redo => drop(self.campaign.redo()),
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
