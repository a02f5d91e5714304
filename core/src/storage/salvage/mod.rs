//! What an earlier or a broken database holds beyond the backup that takes its place.
//!
//! Both are states of one vault, and the one that is replaced is the later: each row of it that can be read says how
//! that row stood last. Opt-outs, refusals and withdrawals come always, so that nobody agrees to more than what both
//! states together say; whoever was erased stays erased, and a number that was texted is not texted again.

mod adding;
mod fates;
mod reading;
mod saying;
#[cfg(test)]
mod tests;

use std::path::Path;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Conn, vault::DatabaseKey};
use crate::error::Result;
use reading::{Named, Wreck};

/// How much is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Salvage {
    /// Everything: the database is broken, and whatever can be read of it is wanted.
    Everything,
    /// What must not be forgotten by going back to an earlier state: what people took back or said no to, erasures, and
    /// which texts have gone.
    WhatHappenedOutside,
}

/// What was taken over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// People who were not in the backup.
    pub people: u64,
    /// Captures that were not.
    pub captures: u64,
    /// Entries of the ledger that were not, and what was said again since its entry could not come over.
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
    /// Whether anything could be read, be it that there is nothing.
    pub was_read: bool,
}

/// How rows of a table come over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Rows are only ever added.
    Missing,
    /// Rows change: how they stand last counts.
    Last,
}

/// The tables that come over, each after those that it points at.
/// A vault from before one of them passes it over.
const TABLES: [(&str, &str, How); 29] = [
    ("purposes", "key", How::Last),
    ("languages", "tag", How::Missing),
    ("wordings", "id", How::Missing),
    ("templates", "id", How::Missing),
    ("shifts", "id", How::Missing),
    ("households", "id", How::Missing),
    ("supporters", "id", How::Last),
    ("captures", "id", How::Last),
    ("inbound", "id", How::Last),
    ("ledger", "id", How::Missing),
    ("acts", "id", How::Last),
    ("changes", "act_id, turn, supporter_id, field", How::Missing),
    ("texts", "id", How::Last),
    ("text_events", "id", How::Missing),
    ("join_codes", "code", How::Last),
    ("imports", "id", How::Last),
    ("import_entries", "import_id, first_number", How::Missing),
    ("do_not_call", "key, import_id", How::Missing),
    ("merges", "act_id", How::Last),
    ("merge_turns", "act_id, turn", How::Missing),
    ("merge_entries", "act_id, entry_id", How::Missing),
    ("merge_texts", "act_id, text_id", How::Missing),
    ("merge_pairs", "act_id, one_id, other_id", How::Missing),
    ("not_the_same", "act_id", How::Last),
    ("laptops", "id", How::Last),
    ("erased", "supporter_id", How::Missing),
    ("forgotten_opt_outs", "laptop, key", How::Last),
    ("saved_filters", "id", How::Last),
    ("pushed", "supporter_id, server", How::Last),
];

/// The tables that come over whatever is taken: who was erased on any laptop and the numbers that opted out there, of which
/// only hashes are left, with the keys that those were made with.
const ALWAYS: [(&str, &str, How); 3] = [
    ("laptops", "id", How::Missing),
    ("erased", "supporter_id", How::Missing),
    ("forgotten_opt_outs", "laptop, key", How::Missing),
];

/// The tables that stay as the backup has them: settings, what is half-typed, how far replies were fetched and people
/// handed over and taken in, so that all of it is done anew; and what triggers or a look through the records make by
/// themselves. Opt-outs come in a way of their own.
#[cfg(test)]
const LEFT: [&str; 19] = [
    "campaign",
    "come_in",
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
    "touched",
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
    let tables: &[(&str, &str, How)] = match what {
        Salvage::Everything => &TABLES,
        Salvage::WhatHappenedOutside => &ALWAYS,
    };
    for table in tables {
        adding::table(conn, &mut wreck, *table, &mut salvaged, &mut erased)?;
    }
    let gaps = wreck.gaps;
    match what {
        Salvage::Everything => adding::brought_by(conn, &mut wreck)?,
        Salvage::WhatHappenedOutside => {
            adding::erasures(&mut wreck, &mut erased)?;
            saying::from_phones(conn, &mut wreck, &mut salvaged)?;
        }
    }
    // Of a broken database too: what leaned on a row that is lost is not here yet.
    fates::bring(conn, &mut wreck, &mut salvaged, now)?;
    saying::again(conn, &mut wreck, &mut salvaged)?;
    if what == Salvage::Everything {
        // The same stretches as before.
        wreck.gaps = gaps;
    }
    salvaged.opt_outs = adding::opt_outs(conn, &mut wreck, now)?;
    for person in erased {
        adding::erase_again(conn, person, now)?;
    }
    salvaged.gaps = wreck.gaps;
    salvaged.was_read = wreck.is_readable();
    adding::names(conn, &mut wreck)?;
    Ok(salvaged)
}

/// Whoever has gone, and of whom nothing is left but the row.
#[derive(Clone, Copy)]
enum Gone {
    /// They were erased, or asked for it.
    Erased(Uuid),
    /// What brought them in was undone, and they were forgotten: where they are known they go too, but may come back.
    Forgotten(Uuid),
}

fn gone(person: &Named<'_>) -> Option<Gone> {
    let is_empty = |name| person.text(name).is_none_or(str::is_empty);
    let all = ["first_name", "last_name", "mobile", "email", "postcode"]
        .into_iter()
        .all(is_empty);
    let was_removed = person.number("removed_at").is_some();
    let id = person.id("id").filter(|_| all && was_removed)?;
    Some(match is_withheld(person) {
        true => Gone::Forgotten(id),
        false => Gone::Erased(id),
    })
}

/// Whether a row says that somebody exists, and who they are is known elsewhere.
fn is_withheld(person: &Named<'_>) -> bool {
    person.number("withheld") == Some(1)
}
