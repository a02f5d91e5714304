//! Random pairs of records, merged and parted: every table is as it was, and nobody agrees to more than before.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::consent::Channel;

/// Every table that a merge may touch, but for those that only grow and the times of the last change.
pub(super) fn everything(stall: &Stall) -> Vec<String> {
    let read = stall.campaign.storage.read(|conn| {
        let mut all = Vec::new();
        for (table, columns) in [
            (
                "supporters",
                "hex(id), first_name, last_name, mobile, email, postcode, language, hex(household_id),
                 number_trouble, captured_at, removed_at IS NULL, hex(brought_by)",
            ),
            ("captures", "hex(id), hex(supporter_id), kind, undone_at, queued"),
            (
                "texts",
                "hex(id), kind, hex(supporter_id), mobile, body, segments, state, reason, attempts",
            ),
            ("opt_outs", "hex(key), mobile, source"),
            ("inbound", "hex(id), mobile, body, outcome, to_read"),
            (
                "duplicates",
                "hex(one_id), hex(other_id), because, score, found_at, away, parted",
            ),
            ("merge_texts", "hex(text_id)"),
            ("merge_entries", "hex(entry_id)"),
            ("merge_pairs", "hex(one_id)"),
            (
                "last_words",
                "hex(supporter_id), purpose, what, confirmed",
            ),
        ] {
            let listed = columns.split(',').map(|column| format!("quote({column})"));
            let row = listed.collect::<Vec<_>>().join(" || ' ' || ");
            let sql = format!("SELECT {row} FROM {table} ORDER BY 1");
            let mut statement = conn.prepare(&sql)?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            for row in rows {
                all.push(format!("{table}: {}", row?));
            }
        }
        Ok(all)
    });
    read.unwrap()
}

/// One record of a random pair: whether it has the first of two numbers, addresses and postcodes, what it said to each
/// purpose, and whether its text arrived.
#[derive(Debug, Clone, Copy)]
struct Record {
    first: [bool; 3],
    says: [Option<bool>; 3],
    arrived: bool,
    replies: Option<&'static str>,
}

fn record() -> impl Strategy<Value = Record> {
    let replies = prop_oneof![
        Just(None),
        Just(Some("YES")),
        Just(Some("NO")),
        Just(Some("STOP"))
    ];
    (
        any::<[bool; 3]>(),
        any::<[Option<bool>; 3]>(),
        any::<bool>(),
        replies,
    )
        .prop_map(|(first, says, arrived, replies)| Record {
            first,
            says,
            arrived,
            replies,
        })
}

impl Record {
    /// What is typed of them, who are the `pair`th of all.
    fn typed(&self, name: &str, pair: u32, purposes: &[String; 3]) -> Typed {
        let [number, email, postcode] = self.first;
        let mobile = 2 * pair + u32::from(!number);
        let answers = purposes.iter().zip(self.says);
        Typed {
            answers: answers
                .filter_map(|(purpose, says)| Some((purpose.clone(), says?)))
                .collect(),
            email: format!("{}{pair}@example.org", if email { 'a' } else { 'b' }),
            postcode: format!("{}{pair}", if postcode { 'X' } else { 'Y' }),
            ..person(name, &format!("07700 900{mobile:03}"), false)
        }
    }
}

/// The purposes to which they agree.
fn agrees_to(stall: &Stall, id: Uuid) -> BTreeSet<String> {
    let view = stall.campaign.person(id).unwrap();
    view.agrees_to.into_iter().map(|yes| yes.purpose).collect()
}

#[test]
fn undo_gives_back_exactly_what_was_there_and_nobody_agrees_to_more() {
    let stall = Stall::new();
    let added = [(Channel::Email, "the news"), (Channel::Post, "the news")];
    let [emails, letters] =
        added.map(|(channel, about)| stall.campaign.add_purpose(channel, about).unwrap().key);
    let purposes = [TEXTS.to_owned(), emails, letters];
    let pairs = std::cell::Cell::new(50);
    let config = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    let takes = any::<[bool; 3]>();
    let meanwhile = prop_oneof![Just(None), Just(Some("NO")), Just(Some("STOP"))];
    let done = TestRunner::new(config).run(
        &(record(), record(), any::<bool>(), takes, meanwhile),
        |(one, two, swapped, takes, meanwhile)| {
            let here = &stall;
            let pair = pairs.get() + 1;
            pairs.set(pair);
            let mut ids = Vec::new();
            for (of, name) in [(one, "Amina"), (two, "Aminah")] {
                let form = of.typed(name, pair, &purposes);
                row(here.save(&form, Some(Choice::Anyway)));
                let mobile = form.mobile;
                ids.push(
                    here.campaign
                        .people(&Default::default(), 0, 1)
                        .unwrap()
                        .rows[0]
                        .id,
                );
                let waits = here.campaign.texts(Group::Waiting, 0, 100).unwrap().rows;
                let theirs = waits.iter().find(|text| text.mobile == mobile);
                if let Some(text) = theirs.filter(|_| of.arrived) {
                    delivered(here, text.id);
                    if let Some(body) = of.replies {
                        answers_from(here, &format!("+44{}", &mobile.replace(' ', "")[1..]), body);
                    }
                }
            }
            if swapped {
                ids.reverse();
            }
            let agreed = [ids[0], ids[1]].map(|id| agrees_to(here, id));
            let either: BTreeSet<String> = agreed.iter().flatten().cloned().collect();
            let proved = ids.iter().any(|id| confirmed(here, *id));
            let before = everything(here);
            let fields = [Field::Mobile, Field::Email, Field::Postcode];
            let take: Vec<_> = fields
                .into_iter()
                .zip(takes)
                .filter(|(_, takes)| *takes)
                .map(|(field, _)| (field, Side::Other))
                .collect();
            here.campaign.merge(ids[0], ids[1], &take).unwrap();
            prop_assert!(agrees_to(here, ids[0]).is_subset(&either));
            prop_assert!(proved || !confirmed(here, ids[0]));
            let merged = everything(here);
            here.campaign.undo().unwrap();
            prop_assert_eq!(&everything(here), &before);
            here.campaign.redo().unwrap();
            let without_keys = |all: &[String]| {
                let kept = all.iter().filter(|row| !row.starts_with("merge_entries"));
                kept.cloned().collect::<Vec<_>>()
            };
            prop_assert_eq!(without_keys(&everything(here)), without_keys(&merged));
            // What their phone says while they are one person takes away, and gives nothing.
            if let Some(body) = meanwhile {
                let mobile = details(here, ids[0]).mobile.unwrap();
                answers_from(here, &mobile, body);
            }
            here.campaign.undo().unwrap();
            for (id, agreed) in ids.iter().zip(&agreed) {
                prop_assert!(agrees_to(here, *id).is_subset(agreed));
            }
            if meanwhile.is_none() {
                prop_assert_eq!(&everything(here), &before);
            }
            Ok(())
        },
    );
    done.unwrap();
}
