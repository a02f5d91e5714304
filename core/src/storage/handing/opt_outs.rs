//! Opt-outs of all laptops: a number is out wherever one says so, unless its own phone said START later.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::contradicts;
use super::records::OptOut;
use crate::consent::ledger::What;
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::opt_outs::{self, Source};
use crate::storage::values::{As, At, Word};
use crate::storage::{Conn, texts};
use crate::texts::life::Reason;

/// An opt-out that no entry of the ledger speaks of stands by itself.
pub(super) fn without_entry(conn: &Conn, theirs: &OptOut) -> Result<()> {
    let mobile = Mobile::from_e164(&theirs.mobile).map_err(|_| contradicts())?;
    let source = Source::of_word(&theirs.source).ok_or_else(contradicts)?;
    opt_outs::add(conn, &mobile, source, None, theirs.at.time())?;
    Ok(())
}

/// An opt-out whose entry names nobody any more, as somebody who shared the number was erased, stands by itself. Gives
/// whether it is news.
pub(super) fn with_entry(conn: &Conn, theirs: &OptOut, entry: Uuid) -> Result<bool> {
    let mobile = Mobile::from_e164(&theirs.mobile).map_err(|_| contradicts())?;
    let speaks: bool = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM ledger WHERE id = ?1 AND personal IS NOT NULL)",
        )?
        .query_row([entry], |row| row.get(0))?;
    if speaks || opt_outs::of(conn, &mobile)?.is_some() {
        return Ok(false);
    }
    without_entry(conn, theirs)?;
    Ok(true)
}

/// Hashes of erased numbers came: whoever has one of those is opted out.
pub(super) fn recall_everybody(conn: &Conn) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT mobile FROM supporters WHERE mobile IS NOT NULL AND removed_at IS NULL",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        opt_outs::recall(conn, &row.get::<_, As<Mobile>>(0)?.0)?;
    }
    Ok(())
}

/// What the ledger says of a number.
#[derive(Default)]
struct Number {
    /// Each opt-out: when it was meant, its entry, who said so.
    out: Vec<(DateTime<Utc>, Uuid, Source)>,
    /// Each undoing: when it was meant, and the opt-out that it undoes.
    undone: Vec<(DateTime<Utc>, Option<Uuid>)>,
}

impl Number {
    /// The oldest opt-out that stands.
    fn stands(&self) -> Option<(DateTime<Utc>, Uuid, Source)> {
        let is_undone = |meant: DateTime<Utc>, entry: Uuid| {
            self.undone
                .iter()
                .any(|(at, about)| *about == Some(entry) || *at > meant)
        };
        self.out
            .iter()
            .filter(|(meant, entry, _)| !is_undone(*meant, *entry))
            .min_by_key(|(meant, entry, _)| (*meant, *entry))
            .copied()
    }
}

pub(in crate::storage) const SAID: &str = include_str!("opt_outs.sql");

/// Brings the list in line with the ledger. What waits for a number that is out does not go. Gives how many numbers came to
/// be out.
pub(super) fn settle(conn: &Conn, now: DateTime<Utc>) -> Result<u32> {
    let mut news = 0;
    for (e164, number) in numbers(conn)? {
        let Ok(mobile) = Mobile::from_e164(&e164) else {
            continue;
        };
        let here = opt_outs::of(conn, &mobile)?;
        match number.stands() {
            Some((_, entry, source)) => {
                let by_the_ledger = here.as_ref().is_some_and(|out| {
                    out.entry
                        .is_none_or(|here| number.out.iter().any(|(_, entry, _)| *entry == here))
                });
                if here.as_ref().is_some_and(|out| out.entry == Some(entry)) {
                    continue;
                }
                if by_the_ledger {
                    opt_outs::lift(conn, &mobile)?;
                }
                let at = at_of(conn, entry)?;
                opt_outs::add(conn, &mobile, source, Some(entry), at)?;
                if here.is_none() {
                    news += 1;
                    for text in texts::waiting_for(conn, &mobile)? {
                        texts::does_not_go(conn, &text, Reason::OptedOut, now)?;
                    }
                }
            }
            None => {
                let undone = here
                    .and_then(|out| out.entry)
                    .is_some_and(|here| number.out.iter().any(|(_, entry, _)| *entry == here));
                if undone {
                    opt_outs::lift(conn, &mobile)?;
                }
            }
        }
    }
    Ok(news)
}

fn at_of(conn: &Conn, entry: Uuid) -> Result<DateTime<Utc>> {
    let at: At = conn
        .prepare_cached("SELECT at FROM ledger WHERE id = ?1")?
        .query_row(params![entry], |row| row.get(0))?;
    Ok(at.0)
}

fn numbers(conn: &Conn) -> Result<BTreeMap<String, Number>> {
    let mut statement = conn.prepare_cached(SAID)?;
    let mut rows = statement.query([])?;
    let mut numbers: BTreeMap<String, Number> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let Some(e164) = row.get::<_, Option<String>>(0)? else {
            continue;
        };
        let number = numbers.entry(e164).or_default();
        let meant = row.get::<_, At>(3)?.0;
        match row.get::<_, As<What>>(1)?.0 {
            What::OptOut => {
                let source = match row.get::<_, String>(5)?.as_str() {
                    "reply" | "own_handset" => Source::Reply,
                    "carrier" => Source::Carrier,
                    _ => Source::Organiser,
                };
                number.out.push((meant, row.get(2)?, source));
            }
            _ => number.undone.push((meant, row.get(4)?)),
        }
    }
    Ok(numbers)
}
