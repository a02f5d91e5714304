//! What people took back or said no to since the backup, said again on this laptop's new chain: nobody agrees to more than
//! what both states together say.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params, params_from_iter};
use uuid::Uuid;

use super::adding::{shared, upsert};
use super::fates::is_here;
use super::reading::{Named, Wreck};
use super::{How, Salvaged};
use crate::consent::ledger::{Method, Personal, What};
use crate::error::Result;
use crate::storage::ledger::{self, New};
use crate::storage::values::{As, At};
use crate::storage::{Conn, fault};

/// Brings the texts from phones over that say no, opt out or may do so: what was pushed here cannot be fetched again. What
/// an erasure emptied comes too, so that it does not come again. All else is fetched anew, and does then what it asks for.
pub(super) fn from_phones(conn: &Conn, wreck: &mut Wreck, salvaged: &mut Salvaged) -> Result<()> {
    let columns = shared(conn, wreck, "inbound")?;
    let (emptied, kept) = (
        upsert("inbound", "id", &columns, How::Last),
        upsert("inbound", "id", &columns, How::Missing),
    );
    wreck.each("inbound", &columns, |row| {
        let text = Named {
            columns: &columns,
            row: &row,
        };
        let is_withheld = text.number("withheld") == Some(1);
        let is_emptied = text.text("mobile") == Some("");
        let says_no = matches!(text.text("meaning"), Some("stop" | "likely_stop" | "no"));
        let write = match (is_emptied, says_no) {
            _ if is_withheld => return Ok(()),
            (true, _) => &emptied,
            (false, true) => &kept,
            (false, false) => return Ok(()),
        };
        match conn.prepare_cached(write)?.execute(params_from_iter(&row)) {
            Ok(new) => salvaged.inbound += u64::from(new > 0 && !is_emptied),
            // It is here, under another id.
            Err(error) if fault::is_broken_constraint(&error) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    })
}

/// An entry about somebody whom both states know that only the replaced one has.
struct Since {
    id: Uuid,
    heard: i64,
    what: What,
    purpose: String,
    supporter: Uuid,
    method: Method,
    capture: Option<Uuid>,
    shift: Option<Uuid>,
    wording: Option<Uuid>,
    evidence: Option<Uuid>,
    about: Option<Uuid>,
    at: DateTime<Utc>,
    zone: String,
    personal: Personal,
}

/// By what the same words are known when they are said again: who said what to which purpose, in which capture, and when.
type Words = (Uuid, What, String, Option<Uuid>, DateTime<Utc>);

impl Since {
    /// An entry on a purpose, where it can be made out.
    fn read(entry: &Named<'_>) -> Option<Self> {
        let at = entry.number("at")?;
        Some(Self {
            id: entry.id("id")?,
            heard: entry.number("heard").unwrap_or(at),
            what: entry.text("what")?.parse().ok()?,
            purpose: entry.text("purpose")?.to_owned(),
            supporter: entry.id("supporter_id")?,
            method: entry.text("method")?.parse().ok()?,
            capture: entry.id("capture_id"),
            shift: entry.id("shift_id"),
            wording: entry.id("wording_id"),
            evidence: entry.id("evidence_id"),
            about: entry.id("about_id"),
            at: DateTime::from_timestamp_millis(at)?,
            zone: entry.text("zone")?.to_owned(),
            personal: serde_json::from_str(entry.text("personal")?).unwrap_or_default(),
        })
    }

    fn words(&self) -> Words {
        let purpose = self.purpose.clone();
        (self.supporter, self.what, purpose, self.capture, self.at)
    }

    fn is_a_yes(&self) -> bool {
        matches!(self.what, What::Grant | What::Confirmation)
    }
}

/// Says again each no, withdrawal and taking back of a yes that this state does not have, in the order in which they were
/// heard. A yes that was said since is not said again: it may be asked for anew.
pub(super) fn again(conn: &Conn, wreck: &mut Wreck, salvaged: &mut Salvaged) -> Result<()> {
    let columns = shared(conn, wreck, "ledger")?;
    let mut since = Vec::new();
    wreck.each("ledger", &columns, |row| {
        let entry = Named {
            columns: &columns,
            row: &row,
        };
        if let Some(entry) = Since::read(&entry)
            && !is_here(conn, "ledger", entry.id)?
            && is_known(conn, &entry)?
        {
            since.push(entry);
        }
        Ok(())
    })?;
    since.sort_by_key(|entry| (entry.heard, entry.id));
    let taken_back: HashSet<Uuid> = since
        .iter()
        .filter(|entry| entry.what == What::TakenBack)
        .filter_map(|entry| entry.about)
        .collect();
    let stands = |entry: &&Since| !taken_back.contains(&entry.id);
    let yeses: HashSet<Words> = since
        .iter()
        .filter(|entry| entry.is_a_yes())
        .filter(stands)
        .map(Since::words)
        .collect();
    for entry in since.iter().filter(stands) {
        let counts = match entry.what {
            What::Refusal | What::Withdrawal => true,
            What::TakenBack => takes_back_a_yes(conn, entry, &yeses)?,
            _ => false,
        };
        if counts {
            say(conn, entry)?;
            salvaged.entries += 1;
        }
    }
    Ok(())
}

/// Whether both states know the person and the purpose.
fn is_known(conn: &Conn, entry: &Since) -> Result<bool> {
    let is = conn
        .prepare_cached(
            "SELECT 1 FROM supporters
             WHERE id = ?1 AND withheld = 0
             AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.supporter_id = supporters.id)
             AND EXISTS (SELECT 1 FROM purposes WHERE purposes.key = ?2)",
        )?
        .exists(params![entry.supporter, entry.purpose])?;
    Ok(is)
}

/// Whether an entry takes a yes back that stands here, and that was not given again in the same words: Redo does that.
fn takes_back_a_yes(conn: &Conn, entry: &Since, yeses: &HashSet<Words>) -> Result<bool> {
    let of = conn
        .prepare_cached(
            "SELECT supporter_id, what, purpose, capture_id, at FROM ledger AS word
             WHERE id = ?1 AND what IN ('grant', 'confirmation') AND supporter_id IS NOT NULL AND purpose IS NOT NULL
             AND NOT EXISTS (
                 SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
             )",
        )?
        .query_row([entry.about], |row| -> rusqlite::Result<Words> {
            Ok((
                row.get(0)?,
                row.get::<_, As<What>>(1)?.0,
                row.get(2)?,
                row.get(3)?,
                row.get::<_, At>(4)?.0,
            ))
        })
        .optional()?;
    Ok(of.is_some_and(|words| !yeses.contains(&words)))
}

/// Says it again as it was said. What it leans on goes along where it is here.
fn say(conn: &Conn, entry: &Since) -> Result<()> {
    let here = |table, id: Option<Uuid>| -> Result<Option<Uuid>> {
        match id {
            Some(id) if is_here(conn, table, id)? => Ok(Some(id)),
            _ => Ok(None),
        }
    };
    let again = New {
        what: entry.what,
        purpose: Some(&entry.purpose),
        method: entry.method,
        supporter: Some(entry.supporter),
        capture: here("captures", entry.capture)?,
        shift: here("shifts", entry.shift)?,
        wording: here("wordings", entry.wording)?,
        evidence: here("inbound", entry.evidence)?,
        about: here("ledger", entry.about)?,
        at: entry.at,
        zone: &entry.zone,
        personal: entry.personal.clone(),
    };
    ledger::add(conn, &again)?;
    Ok(())
}
