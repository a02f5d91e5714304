//! Opt-outs of all laptops: a number is out wherever one says so, unless its own phone said START later.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
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

/// An opt-out as it stands on another laptop. Where an entry of the ledger speaks of it here, the ledger has seen to it.
/// Where none does, since its entry names nobody (who shared the number was erased, or is not handed over) or there is
/// none, the number is out from then on, unless its phone said START later. Gives whether it is news.
pub(super) fn beside_the_ledger(conn: &Conn, theirs: &OptOut, now: DateTime<Utc>) -> Result<bool> {
    let mobile = Mobile::from_e164(&theirs.mobile).map_err(|_| contradicts())?;
    let source = Source::of_word(&theirs.source).ok_or_else(contradicts)?;
    let at = theirs.at.time();
    let known: Option<(Uuid, bool)> = conn
        .prepare_cached("SELECT id, personal IS NOT NULL FROM ledger WHERE id = ?1")?
        .query_row([theirs.entry], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let entry = match known {
        Some((_, true)) => return Ok(false),
        Some((entry, false)) => Some(entry),
        None => None,
    };
    let here = opt_outs::of(conn, &mobile)?;
    match here {
        // Of two that no entry speaks of, the later outlasts more.
        Some(here) if here.entry.is_some() || here.at >= at => return Ok(false),
        _ if opt_outs::is_undone(conn, mobile.e164(), at, entry)? => return Ok(false),
        Some(_) => opt_outs::lift(conn, &mobile)?,
        None => stop(conn, &mobile, now)?,
    }
    opt_outs::add(conn, &mobile, source, entry, at)?;
    Ok(here.is_none())
}

/// What waits for a number does not go.
fn stop(conn: &Conn, mobile: &Mobile, now: DateTime<Utc>) -> Result<()> {
    for text in texts::waiting_for(conn, mobile)? {
        texts::does_not_go(conn, &text, Reason::OptedOut, now)?;
    }
    Ok(())
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

/// An opt-out that the ledger speaks of.
#[derive(Clone, Copy)]
struct Out {
    /// When it was meant.
    meant: DateTime<Utc>,
    /// Its entry.
    entry: Uuid,
    /// When that was written.
    at: DateTime<Utc>,
    /// Who said so.
    source: Source,
}

/// What the ledger says of a number.
#[derive(Default)]
struct Number {
    out: Vec<Out>,
    /// Each undoing: when it was meant, and the opt-out that it undoes.
    undone: Vec<(DateTime<Utc>, Option<Uuid>)>,
}

impl Number {
    /// The oldest opt-out that stands.
    fn stands(&self) -> Option<Out> {
        self.out
            .iter()
            .filter(|out| !self.is_undone(out.meant, Some(out.entry)))
            .min_by_key(|out| (out.meant, out.entry))
            .copied()
    }

    fn is_undone(&self, meant: DateTime<Utc>, entry: Option<Uuid>) -> bool {
        self.undone
            .iter()
            .any(|(at, about)| (entry.is_some() && *about == entry) || *at > meant)
    }

    /// Whether the ledger speaks of an opt-out that stands here: one whose entry was not known has its time.
    fn speaks_of(&self, here: &opt_outs::OptOut) -> bool {
        self.out.iter().any(|out| match here.entry {
            Some(entry) => out.entry == entry,
            None => out.at == here.at,
        })
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
        // Out from then on by what is here alone.
        let beside = here
            .filter(|here| !number.speaks_of(here) && !number.is_undone(here.at, here.entry))
            .map(|here| here.at);
        match number.stands() {
            Some(out) if here.is_some_and(|here| here.entry == Some(out.entry)) => {}
            Some(out) if beside.is_none_or(|at| at <= out.meant) => {
                opt_outs::lift(conn, &mobile)?;
                opt_outs::add(conn, &mobile, out.source, Some(out.entry), out.at)?;
                if here.is_none() {
                    news += 1;
                    stop(conn, &mobile, now)?;
                }
            }
            None if here.is_some() && beside.is_none() => opt_outs::lift(conn, &mobile)?,
            Some(_) | None => {}
        }
    }
    Ok(news)
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
                number.out.push(Out {
                    meant,
                    entry: row.get(2)?,
                    at: row.get::<_, At>(6)?.0,
                    source,
                });
            }
            _ => number.undone.push((meant, row.get(4)?)),
        }
    }
    Ok(numbers)
}
