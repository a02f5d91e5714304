//! Random pairs of records, merged and parted: every table is as it was, and nobody agrees to more than before.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;

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

/// One record of a random pair: whether it has the first number, what it said, and whether its text arrived.
#[derive(Debug, Clone, Copy)]
struct Record {
    first_number: bool,
    says: Option<bool>,
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
    (any::<bool>(), any::<Option<bool>>(), any::<bool>(), replies).prop_map(
        |(first_number, says, arrived, replies)| Record {
            first_number,
            says,
            arrived,
            replies,
        },
    )
}

#[test]
fn undo_gives_back_exactly_what_was_there_and_nobody_agrees_to_more() {
    let stall = Stall::new();
    let number = std::cell::Cell::new(100);
    let config = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    let done = TestRunner::new(config).run(
        &(record(), record(), any::<bool>(), any::<bool>()),
        |(one, two, swapped, takes_number)| {
            let here = &stall;
            let next = number.get() + 2;
            number.set(next);
            let mut ids = Vec::new();
            for (of, name) in [(one, "Amina"), (two, "Aminah")] {
                let mobile = format!(
                    "07700 900{:03}",
                    if of.first_number { next } else { next + 1 }
                );
                let form = Typed {
                    answers: of
                        .says
                        .map(|yes| (TEXTS.to_owned(), yes))
                        .into_iter()
                        .collect(),
                    ..person(name, &mobile, false)
                };
                row(here.save(&form, Some(Choice::Anyway)));
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
            let agreed = ids.iter().any(|id| agrees(here, *id));
            let proved = ids.iter().any(|id| confirmed(here, *id));
            let before = everything(here);
            let take = [(Field::Mobile, Side::Other)];
            let take = if takes_number { &take[..] } else { &[] };
            here.campaign.merge(ids[0], ids[1], take).unwrap();
            prop_assert!(agreed || !agrees(here, ids[0]));
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
            here.campaign.undo().unwrap();
            prop_assert_eq!(&everything(here), &before);
            Ok(())
        },
    );
    done.unwrap();
}
