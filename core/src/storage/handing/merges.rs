//! Records that another laptop made one, or called two people's. Where two laptops made one of records in ways that cannot
//! both stand, the older does.

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::records::{Merge, Parted};
use crate::error::Result;
use crate::storage::values::At;
use crate::storage::{Conn, duplicates, merges};

/// Takes a merge in, once everybody is here. Gives whether it is news.
pub(super) fn merge(conn: &Conn, theirs: &Merge) -> Result<bool> {
    let here: Option<u64> = conn
        .prepare_cached(
            "SELECT (SELECT count(*) FROM merge_turns WHERE merge_turns.act_id = merges.act_id)
             FROM merges WHERE act_id = ?1",
        )?
        .query_row([theirs.act], |row| row.get(0))
        .optional()?;
    if here.is_some_and(|turns| turns >= theirs.turns.len() as u64) {
        return Ok(false);
    }
    conn.prepare_cached(
        "INSERT INTO merges (act_id, kept_id, gone_id, stands, ledger_before)
         VALUES (?1, ?2, ?3, 0, (SELECT coalesce(max(rowid), 0) FROM ledger))
         ON CONFLICT (act_id) DO UPDATE SET stands = 0",
    )?
    .execute(params![theirs.act, theirs.kept, theirs.gone])?;
    for turn in &theirs.turns {
        conn.prepare_cached(
            "INSERT INTO merge_turns (act_id, turn, who, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![theirs.act, turn.turn, turn.who, At(turn.at.time())])?;
    }
    if theirs.stands {
        stands(conn, theirs)?;
    }
    Ok(true)
}

fn stands(conn: &Conn, theirs: &Merge) -> Result<()> {
    if let Some((act, _)) = standing(conn, theirs.gone)? {
        // They are one with somebody already: they cannot go twice.
        if act < theirs.act {
            return Ok(());
        }
        stands_no_more(conn, act)?;
    }
    if merges::kept_of(conn, theirs.kept)? == theirs.gone {
        let opposite = standing(conn, theirs.kept)?.filter(|(_, kept)| *kept == theirs.gone);
        match opposite {
            Some((act, _)) if act > theirs.act => {
                stands_no_more(conn, act)?;
                comes_back(conn, theirs.kept)?;
            }
            // Each went into the other: somebody has to be there.
            _ => return comes_back(conn, theirs.gone),
        }
    }
    conn.prepare_cached("UPDATE merges SET stands = 1 WHERE act_id = ?1")?
        .execute([theirs.act])?;
    Ok(())
}

/// The merge by which somebody went, and into whom.
fn standing(conn: &Conn, gone: Uuid) -> Result<Option<(Uuid, Uuid)>> {
    let found = conn
        .prepare_cached("SELECT act_id, kept_id FROM merges WHERE gone_id = ?1 AND stands = 1")?
        .query_row([gone], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}

fn stands_no_more(conn: &Conn, act: Uuid) -> Result<()> {
    conn.prepare_cached("UPDATE merges SET stands = 0 WHERE act_id = ?1")?
        .execute([act])?;
    Ok(())
}

fn comes_back(conn: &Conn, id: Uuid) -> Result<()> {
    conn.prepare_cached(
        "UPDATE supporters SET removed_at = NULL, turns = turns + 1 WHERE id = ?1 AND removed_at IS NOT NULL",
    )?
    .execute([id])?;
    Ok(())
}

/// Takes in that two records are two people's, once everybody is here: one laptop said so and alone undoes it. Gives whether it
/// is news.
pub(super) fn parted(conn: &Conn, theirs: &Parted) -> Result<bool> {
    let written = conn
        .prepare_cached(
            "INSERT INTO not_the_same (act_id, one_id, other_id, stands, turns) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (act_id) DO UPDATE SET stands = excluded.stands, turns = excluded.turns
             WHERE excluded.turns > turns",
        )?
        .execute(params![
            theirs.act,
            theirs.one,
            theirs.other,
            theirs.stands,
            theirs.turns
        ])?;
    if written > 0 {
        duplicates::mark(conn, theirs.act)?;
    }
    Ok(written > 0)
}
