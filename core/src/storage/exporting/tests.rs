//! Held against the view that says what somebody's last word is.

use chrono::Utc;
use proptest::prelude::*;

use super::*;
use crate::consent::ledger::Personal;
use crate::consent::{OPINIONS, TEXTS};
use crate::people::Mobile;
use crate::storage::supporters::{self, Details};
use crate::storage::vault::DatabaseKey;
use crate::storage::{Storage, campaign, ledger, opt_outs};

const MOBILES: [&str; 3] = ["+447700900101", "+447700900102", "+447700900103"];

struct Vault {
    storage: Storage,
    _folder: tempfile::TempDir,
}

impl Vault {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = DatabaseKey::random().unwrap();
        let storage = Storage::open(&folder.path().join("vault"), &key).unwrap();
        let info = campaign::Campaign {
            name: "Clean Air Now".to_owned(),
            organiser: "Sam".to_owned(),
            country: crate::people::Country::GB,
            practice: false,
        };
        storage
            .write(|conn| campaign::insert(conn, &info, Utc::now()))
            .unwrap();
        Self {
            storage,
            _folder: folder,
        }
    }

    fn person(&self, name: &str, mobile: Option<&str>) -> Uuid {
        let id = Uuid::now_v7();
        let details = Details {
            first_name: name.to_owned(),
            last_name: String::new(),
            mobile: mobile.map(str::to_owned),
            email: String::new(),
            postcode: String::new(),
            language: "en".to_owned(),
        };
        let inserted = self
            .storage
            .write(|conn| supporters::insert(conn, id, &details, None, None, Utc::now()));
        inserted.unwrap();
        id
    }

    fn says(
        &self,
        supporter: Uuid,
        what: What,
        purpose: &str,
        about: Option<Uuid>,
        mobile: &str,
    ) -> Uuid {
        let new = ledger::New {
            what,
            purpose: Some(purpose),
            method: Method::Spoken,
            supporter: Some(supporter),
            capture: None,
            shift: None,
            wording: None,
            evidence: None,
            about,
            at: Utc::now(),
            zone: "Europe/London",
            personal: Personal {
                mobile: Some(mobile.to_owned()),
                ..Personal::default()
            },
        };
        self.storage.write(|conn| ledger::add(conn, &new)).unwrap()
    }

    fn all(&self, who: &Who, at_a_time: u32) -> Vec<Exported> {
        let read = self.storage.read(|conn| {
            let mut exporting = Exporting::begin(conn, who)?;
            exporting.at_a_time = at_a_time;
            let mut all = Vec::new();
            loop {
                let some = exporting.next(conn)?;
                if some.is_empty() {
                    return Ok(all);
                }
                all.extend(some);
            }
        });
        read.unwrap()
    }

    /// What the view says of somebody: the purpose, and what they said.
    fn view(&self, supporter: Uuid) -> Vec<(String, Said)> {
        let read = self.storage.read(|conn| {
            let mut words = Vec::new();
            for purpose in [OPINIONS, TEXTS] {
                if let Some(word) = ledger::last_word(conn, supporter, purpose)? {
                    let said = match (word.agrees, word.confirmed) {
                        (true, true) => Said::Confirmed,
                        (true, false) => Said::Yes,
                        (false, _) => Said::No,
                    };
                    words.push((purpose.to_owned(), said));
                }
            }
            Ok(words)
        });
        read.unwrap()
    }
}

fn said(person: &Exported) -> Vec<(String, Said)> {
    let words = person.words.iter();
    words
        .map(|word| (word.purpose.to_string(), word.said))
        .collect()
}

fn names(people: &[Exported]) -> Vec<&str> {
    people
        .iter()
        .map(|person| person.first_name.as_str())
        .collect()
}

const WHAT: [What; 5] = [
    What::Grant,
    What::Refusal,
    What::Withdrawal,
    What::Confirmation,
    What::TakenBack,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn everybodys_last_word_is_the_views(
        entries in prop::collection::vec(
            (0..3_usize, 0..WHAT.len(), any::<bool>(), any::<prop::sample::Index>(), 0..2_usize),
            0..14,
        ),
        at_a_time in 1..5_u32,
    ) {
        let vault = Vault::new();
        let people: Vec<Uuid> = MOBILES.iter().map(|mobile| vault.person("Amina", Some(mobile))).collect();
        let mut said_so_far: Vec<Uuid> = Vec::new();
        for (person, what, opinions, about, mobile) in entries {
            let what = WHAT[what];
            let is_about = matches!(what, What::Confirmation | What::TakenBack);
            let about = (is_about && !said_so_far.is_empty()).then(|| *about.get(&said_so_far));
            let purpose = if opinions { OPINIONS } else { TEXTS };
            // Now and then for another number than they have.
            let mobile = MOBILES[(person + mobile) % MOBILES.len()];
            said_so_far.push(vault.says(people[person], what, purpose, about, mobile));
        }
        for who in [Who::Everyone, Who::These(people.clone())] {
            let exported = vault.all(&who, at_a_time);
            prop_assert_eq!(exported.len(), people.len());
            for person in &exported {
                prop_assert_eq!(said(person), vault.view(person.id));
            }
        }
    }
}

#[test]
fn everybody_comes_once_however_many_at_a_time_and_whoever_is_gone_does_not() {
    let vault = Vault::new();
    let ids: Vec<Uuid> = ["Amina", "Bo", "Cy", "Dee", "Eve"]
        .map(|name| vault.person(name, None))
        .into();
    let gone = vault.storage.write(|conn| {
        conn.execute(
            "UPDATE supporters SET removed_at = 1 WHERE id = ?1",
            [ids[1]],
        )?;
        Ok(())
    });
    gone.unwrap();
    for at_a_time in 1..6 {
        let everyone = vault.all(&Who::Everyone, at_a_time);
        assert_eq!(names(&everyone), ["Amina", "Cy", "Dee", "Eve"]);
        let these = Who::These(vec![ids[4], ids[1], ids[0], Uuid::now_v7()]);
        assert_eq!(
            names(&vault.all(&these, at_a_time)),
            ["Eve", "Amina"],
            "in the order in which they are named"
        );
    }
    assert!(vault.all(&Who::These(Vec::new()), 5).is_empty());
}

#[test]
fn an_opt_out_outranks_what_the_gateway_says_of_a_number() {
    let vault = Vault::new();
    let [amina, bo, cy] = [0, 1, 2].map(|place| vault.person("A", Some(MOBILES[place])));
    let written = vault.storage.write(|conn| {
        conn.execute(
            "UPDATE supporters SET number_trouble = 'number' WHERE id <> ?1",
            [cy],
        )?;
        let out = Mobile::from_e164(MOBILES[0]).unwrap();
        opt_outs::add(conn, &out, opt_outs::Source::Reply, None, Utc::now())
    });
    written.unwrap();
    let takes: Vec<_> = vault
        .all(&Who::These(vec![amina, bo, cy]), 5)
        .into_iter()
        .map(|person| person.mobile.unwrap().takes)
        .collect();
    assert_eq!(takes, [Takes::OptedOut, Takes::NoTexts, Takes::Texts]);
}
