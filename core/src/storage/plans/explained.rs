//! What SQLite says of how it answers, and what of that is refused: going through whatever grows with the campaign.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::params_from_iter;
use rusqlite::trace::TraceEvent;

use crate::error::Result;
use crate::storage::{Conn, Storage};

/// Whether a statement may put in order what it has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sorts {
    /// They are few, or all of them are asked for.
    MaySort,
    /// The same, and it may go through a whole index: it has a name in the list of those that do.
    Walks,
    /// An index has the order.
    Never,
}

/// Tables that stay small however many people there are: all of one is a glance.
const SMALL: [(&str, &str); 22] = [
    ("campaign", "one row"),
    ("drafts", "the form that is half filled in"),
    ("duplicates_looked", "one row"),
    ("former_gateways", "those of the last thirty days"),
    ("gateways", "one a kind"),
    ("handed", "one a laptop"),
    ("holds", "one for everything, and one a country or template"),
    ("imports", "one a list"),
    ("inbound_marks", "one a gateway"),
    ("languages", "those that the organiser added"),
    ("laptops", "one a laptop"),
    ("osdi_server", "one row"),
    ("purposes", "eight at a time, and those that were"),
    ("pushes", "one a push"),
    ("restores", "one a restored backup"),
    ("saved_filters", "those that somebody named"),
    ("setting_changes", "what somebody set by hand"),
    (
        "shifts",
        "one a canvasser and day: the newest two hundred are read",
    ),
    (
        "standings_in_blocks",
        "a row of two numbers for each thousand people",
    ),
    ("templates", "versions of words"),
    ("wordings", "versions of words"),
    ("pragma_table_list", "the tables"),
];

/// What a statement makes for itself, by the names that ours give it: bounded by what it reads, which has steps of its own.
const MADE: [&str; 7] = [
    "driven",
    "each",
    "gone",
    "kept",
    "json_each",
    "newest",
    "word",
];

/// Statements that go through a whole index, and why they may.
const WHOLE: [(&str, &str); 4] = [
    (
        "SELECT state, count(*) FROM texts GROUP BY state",
        "the counts of Texts, of an index with two words a text",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM do_not_call)",
        "the first of them is enough",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM opt_outs)",
        "the first of them is enough",
    ),
    (
        "SELECT EXISTS (SELECT 1 FROM forgotten_opt_outs WHERE recalled = 0)",
        "the first of them is enough",
    ),
];

/// Tables that a page may begin from and be put in order afterwards: few beside the people, and all of them are asked for.
const BEGUN_FROM: [&str; 1] = ["opt_outs"];

/// The steps of SQLite's plan.
fn plan(conn: &Conn, sql: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let nothing = vec![rusqlite::types::Null; statement.parameter_count()];
    let rows = statement.query_map(params_from_iter(nothing), |row| row.get(3))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a statement must not do; nothing where it goes by indexes.
pub(super) fn faults_of(conn: &Conn, what: &str, sql: &str, sorts: Sorts) -> Result<Vec<String>> {
    let steps = plan(conn, sql)?;
    let is_whole = WHOLE.iter().any(|(whole, _)| *whole == sql);
    let is_page = sql.contains("LIMIT");
    // The number of all is asked for by itself, and takes as long as it takes.
    let is_count = sql.trim_start().starts_with("SELECT count(*)");
    let may_walk = is_page || is_count || is_whole || sorts == Sorts::Walks;
    let mut faults = Vec::new();
    for step in &steps {
        let scans = step.strip_prefix("SCAN ").is_some_and(|scanned| {
            let name = scanned.split_whitespace().next().unwrap_or_default();
            let small = SMALL.iter().any(|(table, _)| *table == name);
            let made = MADE.contains(&name) || name.starts_with("(subquery-");
            let constant = scanned.contains("CONSTANT ROW");
            // A full-text index that is asked for words goes to those.
            let asked = scanned.contains("VIRTUAL TABLE INDEX") && scanned.contains(":M");
            // In the order of an index, and only as far as the page goes.
            let along = scanned.contains(" USING ") && may_walk;
            !small && !made && !constant && !asked && !along
        });
        if scans || (sorts == Sorts::Never && step.contains("TEMP B-TREE")) {
            faults.push(format!("{what}: {step}\n{sql}\n{steps:#?}"));
        }
    }
    // A page that is sorted is no page of an order.
    let walks = steps.iter().any(|step| {
        step.strip_prefix("SCAN ").is_some_and(|scanned| {
            let name = scanned.split_whitespace().next().unwrap_or_default();
            scanned.contains(" USING ") && !BEGUN_FROM.contains(&name)
        })
    });
    let sorted = steps.iter().any(|step| step.contains("TEMP B-TREE FOR"));
    if walks && sorted && !is_whole && sorts != Sorts::Walks {
        faults.push(format!("{what}: sorts a whole index\n{sql}\n{steps:#?}"));
    }
    Ok(faults)
}

/// The same of statements that were heard.
pub(crate) fn faults_of_all(storage: &Storage, heard: &BTreeSet<String>) -> Vec<String> {
    let words = ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"];
    // What a full-text index asks of its own tables is SQLite's affair.
    let is_ours = |sql: &&String| {
        words.iter().any(|word| sql.trim_start().starts_with(word)) && !sql.contains("'main'.")
    };
    // Of a row that is new SQLite names where others might point at it, and looks there only once something is amiss.
    let reads = |sql: &&String| !sql.trim_start().starts_with("INSERT") || sql.contains("SELECT");
    let found = storage.read(|conn| {
        let mut faults = Vec::new();
        for sql in heard.iter().filter(is_ours).filter(reads) {
            faults.extend(faults_of(conn, "heard", sql, Sorts::MaySort)?);
        }
        Ok(faults)
    });
    found.unwrap()
}

thread_local! {
    static HEARD: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

fn hear(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event {
        HEARD.with_borrow_mut(|heard| heard.insert(statement.sql().into_owned()));
    }
}

/// Every statement that this thread runs while `work` lasts.
pub(crate) fn asked_during(storage: &Storage, work: impl FnOnce()) -> BTreeSet<String> {
    HEARD.with_borrow_mut(BTreeSet::clear);
    storage.listen(hear);
    work();
    HEARD.with_borrow_mut(std::mem::take)
}

#[test]
fn what_goes_through_everybody_is_refused_whatever_it_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let key = crate::storage::vault::DatabaseKey::random().unwrap();
    let storage = Storage::open(&folder.path().join("vault"), &key).unwrap();
    for (refused, sql) in [
        (true, "SELECT id FROM supporters"),
        (true, "SELECT other.id FROM supporters AS other"),
        (
            true,
            "SELECT id FROM acts WHERE kind = 'capture' ORDER BY at",
        ),
        (true, "SELECT mobile FROM opt_outs"),
        (true, "SELECT act_id FROM merge_turns"),
        (true, "SELECT one_id FROM not_the_same WHERE stands = 1"),
        (
            true,
            "SELECT person FROM standings ORDER BY by_name, consent LIMIT 10",
        ),
        (true, "SELECT rowid FROM finds"),
        (
            false,
            "SELECT person FROM standings ORDER BY by_name, person LIMIT 10",
        ),
        (
            false,
            "SELECT rowid FROM finds WHERE finds MATCH ?1 ORDER BY rowid DESC LIMIT 10",
        ),
        (
            false,
            "SELECT id FROM supporters WHERE mobile = ?1 AND removed_at IS NULL",
        ),
        (false, "SELECT name FROM campaign"),
    ] {
        let found = storage.read(|conn| faults_of(conn, "", sql, Sorts::MaySort));
        assert_eq!(!found.unwrap().is_empty(), refused, "{sql}");
    }
}
