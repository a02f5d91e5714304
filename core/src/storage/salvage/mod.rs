//! What an earlier or a broken database holds beyond the backup that takes its place.
//!
//! Both are states of one vault, and the one that is replaced is the later: each row of it that can be read says how
//! that row stood last. Opt-outs come first and always, and whoever was erased stays erased.

mod adding;
mod reading;

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use uuid::Uuid;

use super::{Conn, vault::DatabaseKey};
use crate::error::Result;
use reading::Wreck;

/// How much is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Salvage {
    /// Everything: the database is broken, and whatever can be read of it is wanted.
    Everything,
    /// What must not be forgotten by going back to an earlier state: opt-outs, erasures, and which texts have gone.
    WhatHappenedOutside,
}

/// What was taken over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// People who were not in the backup.
    pub people: u64,
    /// Captures that were not.
    pub captures: u64,
    /// Entries of the ledger that were not.
    pub entries: u64,
    /// Opt-outs that were not.
    pub opt_outs: u64,
    /// Texts from phones that were not.
    pub inbound: u64,
    /// Texts that were not, or stand elsewhere by now.
    pub texts: u64,
    /// Rows that lean on something that could not be read, and were left out.
    pub left_out: u64,
    /// Stretches that could not be read.
    pub gaps: u32,
}

/// How rows of a table come over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Rows are only ever added, and none goes: what is beyond the backup's last one is new.
    Added,
    /// Rows are only ever added.
    Missing,
    /// Rows change: how they stand last counts.
    Last,
}

/// The tables that come over, each after those that it points at.
/// A vault from before one of them passes it over.
const TABLES: [(&str, &str, How); 30] = [
    ("purposes", "key", How::Last),
    ("languages", "tag", How::Missing),
    ("wordings", "id", How::Added),
    ("templates", "id", How::Added),
    ("shifts", "id", How::Added),
    ("households", "id", How::Missing),
    ("supporters", "id", How::Last),
    ("captures", "id", How::Last),
    ("inbound", "id", How::Last),
    ("ledger", "id", How::Added),
    ("acts", "id", How::Last),
    ("changes", "act_id, turn, supporter_id, field", How::Missing),
    ("texts", "id", How::Last),
    ("text_events", "id", How::Missing),
    ("join_codes", "code", How::Last),
    ("imports", "id", How::Missing),
    ("import_entries", "import_id, first_number", How::Missing),
    ("do_not_call", "key", How::Missing),
    ("merges", "act_id", How::Last),
    ("merge_turns", "act_id, turn", How::Missing),
    ("merge_entries", "act_id, entry_id", How::Missing),
    ("merge_texts", "act_id, text_id", How::Missing),
    ("merge_pairs", "act_id, one_id, other_id", How::Missing),
    ("not_the_same", "act_id", How::Last),
    ("laptops", "id", How::Last),
    ("erased", "supporter_id", How::Missing),
    ("forgotten_opt_outs", "laptop, key", How::Last),
    ("taken_in", "supporter_id", How::Last),
    ("saved_filters", "id", How::Last),
    ("pushed", "supporter_id, server", How::Last),
];

/// The tables that stay as the backup has them: settings, what is half-typed, how far replies were fetched and people
/// handed over, so that both are done anew; and what triggers or a look through the records make by themselves. Opt-outs
/// come in a way of their own.
#[cfg(test)]
const LEFT: [&str; 17] = [
    "campaign",
    "drafts",
    "duplicates",
    "duplicates_looked",
    "former_gateways",
    "gateways",
    "handed",
    "holds",
    "inbound_marks",
    "name_words",
    "opt_outs",
    "osdi_server",
    "pushes",
    "restores",
    "sqlite_sequence",
    "standings",
    "standings_in_blocks",
];

/// Takes over what `replaced` holds. It is a copy of the files: reading it changes them. Texts that it tells of are
/// remembered for [`super::restored::settle`] as settled.
///
/// # Errors
/// The disk says no. What cannot be read is passed over and counted.
pub fn take_over(
    conn: &Conn,
    replaced: &Path,
    key: &DatabaseKey,
    what: Salvage,
    now: DateTime<Utc>,
) -> Result<Salvaged> {
    conn.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS settled_texts (id BLOB NOT NULL PRIMARY KEY) STRICT;
         DELETE FROM settled_texts;",
    )?;
    // A line for each page that cannot be read helps nobody.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let mut wreck = Wreck::new(replaced, key);
    let mut salvaged = Salvaged::default();
    let mut erased = Vec::new();
    match what {
        Salvage::Everything => {
            for (table, id, how) in TABLES {
                adding::table(
                    conn,
                    &mut wreck,
                    (table, id, how),
                    &mut salvaged,
                    &mut erased,
                )?;
            }
            adding::brought_by(conn, &mut wreck)?;
        }
        Salvage::WhatHappenedOutside => {
            adding::erasures(&mut wreck, &mut erased)?;
            adding::fates(conn, &mut wreck, &mut salvaged)?;
        }
    }
    salvaged.opt_outs = adding::opt_outs(conn, &mut wreck, now)?;
    for person in erased {
        adding::erase_again(conn, person, now)?;
    }
    salvaged.gaps = wreck.gaps;
    Ok(salvaged)
}

/// Whether somebody was erased: nothing of them is left but the row.
fn is_erased(columns: &[String], row: &[Value]) -> Option<Uuid> {
    let field = |name: &str| {
        let place = columns.iter().position(|column| column == name)?;
        row.get(place)
    };
    let empty = |name| match field(name) {
        Some(Value::Text(text)) => text.is_empty(),
        Some(Value::Null) => true,
        _ => false,
    };
    let all = ["first_name", "last_name", "mobile", "email", "postcode"]
        .into_iter()
        .all(empty);
    let removed = matches!(field("removed_at"), Some(Value::Integer(_)));
    match field("id") {
        Some(Value::Blob(id)) if all && removed => Uuid::from_slice(id).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_either_comes_over_or_stays_by_decision() -> Result<()> {
        let schema = super::super::current_schema()?;
        let of_search = |name: &str| schema.contains(&format!("CREATE VIRTUAL TABLE {name}"));
        for line in schema.lines() {
            let Some(rest) = line.strip_prefix("CREATE TABLE ") else {
                continue;
            };
            let name = rest
                .split(['(', ' '])
                .next()
                .unwrap_or_default()
                .trim_matches(['"', '\'']);
            let shadow = name.rsplit_once('_').is_some_and(|(of, _)| of_search(of));
            assert!(
                shadow || LEFT.contains(&name) || TABLES.iter().any(|(table, ..)| *table == name),
                "does {name} come over when a broken vault is salvaged?"
            );
        }
        Ok(())
    }
}
