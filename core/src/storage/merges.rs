//! Records that are one person's: which was kept, which went, and what merging them moved.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Conn;
use super::supporters::full_name;
use super::values::{As, At};
use crate::error::Result;
use crate::people::Mobile;
use crate::texts::life::{Kind, Reason, State};

/// Two records that are one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// What somebody did to make them one.
    pub act: Uuid,
    /// Who was kept.
    pub kept: Uuid,
    /// Who went.
    pub gone: Uuid,
    /// Whether they are one now.
    pub stands: bool,
    /// The ledger's last row before it.
    pub ledger_before: i64,
}

/// A merge as a person's page tells it.
pub struct Told {
    /// Who went, by name.
    pub name: String,
    /// How often it had been undone or done again by then: undone where this is odd.
    pub turn: u32,
    /// Who did it; empty where nobody is named.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A text of one of the two, as it stands or stood.
pub struct Moved {
    /// The text.
    pub text: Uuid,
    /// Whose it was.
    pub supporter: Uuid,
    /// What it is for.
    pub kind: Kind,
    /// Where it goes.
    pub mobile: Mobile,
    /// Where it stood.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Tries by then.
    pub attempts: u32,
}

/// Writes down that two records are one person's, or that they are again, and that what was said until now was said
/// before it.
///
/// # Errors
/// The disk says no.
pub fn stands(
    conn: &Conn,
    act: Uuid,
    (kept, gone): (Uuid, Uuid),
    (turn, who): (u32, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    conn.execute(
        "INSERT INTO merges (act_id, kept_id, gone_id, stands, ledger_before)
         VALUES (?1, ?2, ?3, 1, (SELECT coalesce(max(rowid), 0) FROM ledger))
         ON CONFLICT (act_id) DO UPDATE SET stands = 1, ledger_before = excluded.ledger_before",
        params![act, kept, gone],
    )?;
    turned(conn, act, turn, who, now)
}

/// Says that two records are two people's again.
///
/// # Errors
/// The disk says no.
pub fn undone(conn: &Conn, act: Uuid, (turn, who): (u32, &str), now: DateTime<Utc>) -> Result<()> {
    conn.execute("UPDATE merges SET stands = 0 WHERE act_id = ?1", [act])?;
    for forgotten in ["merge_entries", "merge_texts", "merge_pairs"] {
        conn.execute(&format!("DELETE FROM {forgotten} WHERE act_id = ?1"), [act])?;
    }
    turned(conn, act, turn, who, now)
}

fn turned(conn: &Conn, act: Uuid, turn: u32, who: &str, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "INSERT INTO merge_turns (act_id, turn, who, at) VALUES (?1, ?2, ?3, ?4)",
        params![act, turn, who, At(now)],
    )?;
    Ok(())
}

/// The merge that an act was, and which turn comes next; nothing where it was none.
///
/// # Errors
/// The vault cannot be read.
pub fn of_act(conn: &Conn, act: Uuid) -> Result<Option<(Merge, u32)>> {
    let merge = conn
        .prepare_cached(
            "SELECT act_id, kept_id, gone_id, stands, ledger_before,
                 (SELECT max(turn) + 1 FROM merge_turns WHERE merge_turns.act_id = merges.act_id)
             FROM merges WHERE act_id = ?1",
        )?
        .query_row([act], |row| {
            let merge = Merge {
                act: row.get(0)?,
                kept: row.get(1)?,
                gone: row.get(2)?,
                stands: row.get(3)?,
                ledger_before: row.get(4)?,
            };
            Ok((merge, row.get(5)?))
        })
        .optional()?;
    Ok(merge)
}

/// Who was kept where somebody was merged, and they themselves otherwise.
///
/// # Errors
/// The vault cannot be read.
pub fn kept_of(conn: &Conn, id: Uuid) -> Result<Uuid> {
    let mut kept = id;
    let mut statement =
        conn.prepare_cached("SELECT kept_id FROM merges WHERE gone_id = ?1 AND stands = 1")?;
    while let Some(next) = statement.query_row([kept], |row| row.get(0)).optional()? {
        kept = next;
    }
    Ok(kept)
}

/// Somebody and everybody who was merged into them, themselves first.
///
/// # Errors
/// The vault cannot be read.
pub fn everybody(conn: &Conn, kept: Uuid) -> Result<Vec<Uuid>> {
    let mut all = vec![kept];
    let mut statement = conn.prepare_cached(
        "SELECT gone_id FROM merges WHERE kept_id = ?1 AND stands = 1 ORDER BY rowid",
    )?;
    let mut next = 0;
    while let Some(one) = all.get(next).copied() {
        let gone = statement.query_map([one], |row| row.get(0))?;
        all.extend(gone.collect::<Result<Vec<Uuid>, _>>()?);
        next += 1;
    }
    Ok(all)
}

/// Who was kept of those who had a number and were merged.
///
/// # Errors
/// The vault cannot be read.
pub fn kept_on(conn: &Conn, mobile: &str) -> Result<Vec<Uuid>> {
    let gone: Vec<Uuid> = conn
        .prepare_cached(KEPT_ON)?
        .query_map([mobile], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut kept = Vec::new();
    for id in gone {
        let one = kept_of(conn, id)?;
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    Ok(kept)
}

pub(super) const KEPT_ON: &str = "SELECT supporters.id FROM supporters
    JOIN merges ON merges.gone_id = supporters.id AND merges.stands = 1
    WHERE supporters.mobile = ?1 AND supporters.removed_at IS NOT NULL";

/// Whether somebody who is one of several records had a number on any of them: on one that went, or on one that was kept
/// and gave it up for the other's.
///
/// # Errors
/// The vault cannot be read.
pub fn had(conn: &Conn, kept: Uuid, mobile: &Mobile) -> Result<bool> {
    let mut statement = conn.prepare_cached(HAD)?;
    for one in everybody(conn, kept)? {
        if statement.query_row(params![one, mobile.e164()], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) const HAD: &str = "SELECT EXISTS (
        SELECT 1 FROM merges JOIN supporters ON supporters.id = merges.gone_id
        WHERE merges.kept_id = ?1 AND merges.stands = 1 AND supporters.mobile = ?2
    )
    OR EXISTS (
        SELECT 1 FROM merges JOIN changes ON changes.act_id = merges.act_id
        WHERE merges.kept_id = ?1 AND merges.stands = 1 AND changes.field = 'mobile' AND changes.before = ?2
    )";

/// Everybody who was merged into somebody, and when that was undone and done again; oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn of_supporter(conn: &Conn, kept: Uuid) -> Result<Vec<Told>> {
    let mut statement = conn.prepare_cached(
        "SELECT supporters.first_name, supporters.last_name, merge_turns.turn, merge_turns.who, merge_turns.at
         FROM merges
         JOIN merge_turns ON merge_turns.act_id = merges.act_id
         JOIN supporters ON supporters.id = merges.gone_id
         WHERE merges.kept_id = ?1 ORDER BY merge_turns.rowid",
    )?;
    let rows = statement.query_map([kept], |row| {
        Ok(Told {
            name: full_name(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?),
            turn: row.get(2)?,
            who: row.get(3)?,
            at: row.get::<_, At>(4)?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes down that a merge wrote this into the ledger.
///
/// # Errors
/// The disk says no.
pub fn wrote(conn: &Conn, act: Uuid, entry: Uuid) -> Result<()> {
    conn.prepare_cached("INSERT INTO merge_entries (act_id, entry_id) VALUES (?1, ?2)")?
        .execute([act, entry])?;
    Ok(())
}

/// Whether a merge wrote an entry of the ledger, and would take it back.
///
/// # Errors
/// The vault cannot be read.
pub fn wrote_it(conn: &Conn, entry: Uuid) -> Result<bool> {
    let wrote = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM merge_entries WHERE entry_id = ?1)")?
        .query_row([entry], |row| row.get(0))?;
    Ok(wrote)
}

/// What a merge wrote into the ledger and did not take back: each entry, its purpose and its wording.
///
/// # Errors
/// The vault cannot be read.
pub fn written(conn: &Conn, act: Uuid) -> Result<Vec<(Uuid, String, Option<Uuid>)>> {
    let mut statement = conn.prepare_cached(
        "SELECT ledger.id, ledger.purpose, ledger.wording_id FROM merge_entries
         JOIN ledger ON ledger.id = merge_entries.entry_id
         WHERE merge_entries.act_id = ?1 AND ledger.purpose IS NOT NULL ORDER BY ledger.rowid",
    )?;
    let rows = statement.query_map([act], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The confirmations and reminders of a person, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn texts_of(conn: &Conn, supporter: Uuid) -> Result<Vec<Moved>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, supporter_id, kind, mobile, state, reason, attempts FROM texts
         WHERE supporter_id = ?1 AND kind IN ('confirmation', 'reminder') ORDER BY id",
    )?;
    let rows = statement.query_map([supporter], moved)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn moved(row: &rusqlite::Row<'_>) -> rusqlite::Result<Moved> {
    Ok(Moved {
        text: row.get(0)?,
        supporter: row.get(1)?,
        kind: row.get::<_, As<Kind>>(2)?.0,
        mobile: row.get::<_, As<Mobile>>(3)?.0,
        state: row.get::<_, As<State>>(4)?.0,
        reason: row.get::<_, As<Reason>>(5)?.0,
        attempts: row.get(6)?,
    })
}

/// Keeps how a text stands, before a merge moves it.
///
/// # Errors
/// The disk says no.
pub fn keep_text(conn: &Conn, act: Uuid, text: &Moved) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO merge_texts (act_id, text_id, supporter_id, state, reason, attempts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        act,
        text.text,
        text.supporter,
        As(text.state),
        As(text.reason),
        text.attempts
    ])?;
    Ok(())
}

/// The texts that a merge moved, as they stood before it: those whose number is free may be moved back first.
///
/// # Errors
/// The vault cannot be read.
pub fn kept_texts(conn: &Conn, act: Uuid) -> Result<Vec<Moved>> {
    let mut statement = conn.prepare_cached(
        "SELECT merge_texts.text_id, merge_texts.supporter_id, texts.kind, texts.mobile, merge_texts.state,
             merge_texts.reason, merge_texts.attempts
         FROM merge_texts JOIN texts ON texts.id = merge_texts.text_id
         WHERE merge_texts.act_id = ?1 ORDER BY merge_texts.text_id",
    )?;
    let rows = statement.query_map([act], moved)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A text is somebody else's from now on.
///
/// # Errors
/// The disk says no.
pub fn hand_text(conn: &Conn, text: Uuid, to: Uuid) -> Result<()> {
    conn.prepare_cached("UPDATE texts SET supporter_id = ?2 WHERE id = ?1")?
        .execute([text, to])?;
    Ok(())
}

/// Brings somebody back who went into another.
///
/// # Errors
/// The disk says no.
pub fn bring_back(conn: &Conn, gone: Uuid, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "UPDATE supporters SET removed_at = NULL, updated_at = ?2, turns = turns + 1 WHERE id = ?1",
        params![gone, At(now)],
    )?;
    Ok(())
}

/// What is known of a person's merges goes with them. Their acts go as those go that are about nobody any more.
///
/// # Errors
/// The disk says no.
pub(super) fn erase(conn: &Conn, supporter: Uuid) -> Result<Vec<Uuid>> {
    let acts: Vec<Uuid> = conn
        .prepare_cached(
            "SELECT act_id FROM merges WHERE kept_id = ?1
             UNION SELECT act_id FROM merges WHERE gone_id = ?1
             UNION SELECT act_id FROM not_the_same WHERE one_id = ?1
             UNION SELECT act_id FROM not_the_same WHERE other_id = ?1",
        )?
        .query_map([supporter], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for act in &acts {
        for table in [
            "merge_entries",
            "merge_texts",
            "merge_pairs",
            "merge_turns",
            "merges",
            "not_the_same",
        ] {
            conn.execute(&format!("DELETE FROM {table} WHERE act_id = ?1"), [act])?;
        }
    }
    for pairs in [
        "DELETE FROM duplicates WHERE one_id = ?1",
        "DELETE FROM duplicates WHERE other_id = ?1",
        "DELETE FROM merge_pairs WHERE one_id = ?1",
        "DELETE FROM merge_pairs WHERE other_id = ?1",
    ] {
        conn.prepare_cached(pairs)?.execute([supporter])?;
    }
    Ok(acts)
}
