//! How SQLite goes about the queries behind screens and the sender: by an index, never through a whole table
//! of people or texts. Here are those that have a name; what a screen asks beside them is heard as it asks
//! (`campaign/tests/plans.rs`).

mod explained;

use explained::faults_of;
pub(crate) use explained::{Sorts, asked_during, faults_of_all};

use super::supporters::known;
use super::texts::lists::{ASKED, Group, ON_THE_PHONE, SILENT, page_sql};
use super::texts::outbox::{ALL_WAITING, DUE, DUE_TESTS, PRACTISED, UNANSWERED, WAITS_FOR};
use super::texts::outside::{DUE_LOOKS, WITNESS};
use super::vault::DatabaseKey;
use super::{
    Storage, captures, do_not_call, duplicates, erasure, exporting, finding, handing, history,
    inbound, merges, pushing, restored, supporters,
};

#[test]
fn every_query_behind_a_screen_uses_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::random().unwrap();
    let storage = Storage::open(&folder.path().join("vault"), &key).unwrap();
    let groups = [Group::NeedsYou, Group::Going, Group::Waiting, Group::Done].map(page_sql);
    let mut queries = vec![
        ("a row of people", finding::ROW),
        ("who has captured somebody", finding::CANVASSERS),
        ("what people speak", finding::LANGUAGES),
        ("everybody, the first first", finding::ASCENDING),
        ("everybody, the last first", finding::DESCENDING),
        ("names that are nearly alike", finding::ALIKE),
        (
            "who has a mobile",
            include_str!("supporters/same_mobile.sql"),
        ),
        ("who has a number, for a list", known::ON_MOBILE),
        ("who has an email, for a list", known::ON_EMAIL),
        ("who has a name alone, for a list", known::BY_NAME_ALONE),
        (
            "whom a list brought in, to take back",
            include_str!("imports/take_back.sql"),
        ),
        (
            "yeses of a list",
            include_str!("imports/standing_yeses.sql"),
        ),
        (
            "yeses of a list that were taken back",
            include_str!("imports/yeses_taken_back.sql"),
        ),
        (
            "whom an undone list brought in",
            include_str!("imports/erase_undone.sql"),
        ),
        (
            "what an undone list wrote",
            include_str!("imports/erase_undone_words.sql"),
        ),
        ("the last captures", captures::LAST),
        ("pairs that may be one person", duplicates::PAGE),
        ("how many pairs", duplicates::COUNT),
        ("one side of a pair", duplicates::CARD),
        ("with whom somebody makes a pair", duplicates::NEIGHBOURS),
        ("whether lists came since", duplicates::LISTED_SINCE),
        ("who was kept of a number", merges::KEPT_ON),
        ("whether they had a number", merges::HAD),
        (
            "whether somebody has spoken since",
            include_str!("ledger/has_spoken_since.sql"),
        ),
        ("what changed since the last file", handing::TOUCHED),
        ("whether nobody calls a number", do_not_call::HOLDS),
        ("keys of others' lists", do_not_call::KEYS_ELSEWHERE),
        ("who is spoken for after all", handing::BRING_BACK),
        ("who is spoken for no more", handing::TAKE_AWAY),
        ("whether somebody is spoken for", captures::SPOKEN_FOR),
        ("what was done last", history::LAST_DONE),
        ("what was undone last", history::NEXT_UNDONE),
        ("texts that are due", DUE),
        ("tests that are due", DUE_TESTS),
        ("who has not answered", UNANSWERED),
        (
            "whether anybody is past keeping",
            supporters::COUNT_PAST_KEEPING,
        ),
        ("who is past keeping", supporters::PAST_KEEPING),
        ("strangers past keeping", erasure::STRANGERS_PAST_KEEPING),
        ("texts that wait", ALL_WAITING),
        ("whether a text is known", inbound::KNOWN),
        ("up to when replies are here", inbound::COMPLETE_TO),
        ("what a restored vault asks about", restored::ASK_ABOUT),
        ("what was open at a backup", restored::OPEN),
        ("threads", inbound::THREADS),
        ("what wants a person", inbound::COUNTS),
        ("ours in a thread", inbound::OUT),
        ("texts to ask about", DUE_LOOKS),
        ("a witness", WITNESS),
        ("the next that is due", include_str!("texts/next_due.sql")),
        ("who shares a phone", include_str!("texts/sharing.sql")),
        ("texts of untried words", include_str!("texts/untried.sql")),
        ("the drawn phone", ON_THE_PHONE),
        ("how many wait", WAITS_FOR),
        ("counts", "SELECT state, count(*) FROM texts GROUP BY state"),
        ("what only the drawn phone has", PRACTISED),
        ("how many are asked about", ASKED),
        ("of how many nothing was heard", SILENT),
        (
            "how many people",
            "SELECT count(*) FROM supporters WHERE removed_at IS NULL",
        ),
        (
            "ours at the provider",
            "SELECT 1 FROM text_events WHERE provider_id = ?1 LIMIT 1",
        ),
    ];
    let several = [
        exporting::these_sql(2),
        exporting::said_by_sql(2),
        pushing::told_sql(2),
    ];
    queries.extend([
        ("everybody, for a list", exporting::EVERYONE),
        ("what they said", exporting::SAID_BETWEEN),
        ("what was taken back", exporting::TAKEN_BACK),
        ("somebody's last words", exporting::LAST_WORDS),
        ("whom a server refused", pushing::REFUSED),
    ]);
    queries.extend(
        several
            .iter()
            .map(|sql| ("some people, for a list", sql.as_str())),
    );
    queries.extend(groups.iter().map(|sql| ("a group of texts", sql.as_str())));
    let shapes = finding::every_shape();
    let known = queries
        .iter()
        .map(|(what, sql)| ((*what).to_owned(), *sql, Sorts::Walks));
    let shapes = shapes
        .iter()
        .map(|(what, sql, sorts)| (what.clone(), sql.as_str(), *sorts));
    let faults = storage.read(|conn| {
        let mut faults = Vec::new();
        for (what, sql, sorts) in known.chain(shapes) {
            faults.extend(faults_of(conn, &what, sql, sorts)?);
        }
        Ok(faults)
    });
    assert_eq!(faults.unwrap(), Vec::<String>::new());
}
