//! Lists of numbers that nobody calls, of all laptops: a number is on one wherever one that stands says so.

use rusqlite::params;
use uuid::Uuid;

use super::records::{DoNotCall, DoNotCallList};
use crate::error::Result;
use crate::storage::Conn;
use crate::storage::values::{As, At};

/// Takes a list in, without its numbers: one laptop wrote it and alone undoes it. Gives whether it is news.
pub(super) fn list(conn: &Conn, theirs: &DoNotCallList, own: Uuid) -> Result<bool> {
    let written = conn
        .prepare_cached(
            "INSERT INTO imports (
                 id, kind, name, who, at, added, same, changed, refused, opted_out, with_consent, laptop, undone_at, turns
             )
             VALUES (?1, 'do_not_call', ?2, ?3, ?4, ?5, 0, 0, 0, 0, 0, ?6, ?7, ?8)
             ON CONFLICT (id) DO UPDATE SET undone_at = excluded.undone_at, turns = excluded.turns
             WHERE excluded.turns > turns AND kind = 'do_not_call'",
        )?
        .execute(params![
            theirs.id,
            theirs.name,
            theirs.who,
            At(theirs.at.time()),
            theirs.added,
            (theirs.laptop != own).then_some(theirs.laptop),
            theirs.undone_at.map(|at| At(at.time())),
            theirs.turns
        ])?;
    Ok(written > 0)
}

/// Takes numbers of a list in.
pub(super) fn numbers(conn: &Conn, theirs: &DoNotCall) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO do_not_call (key, import_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?;
    for key in &theirs.keys {
        statement.execute(params![As(*key), theirs.list])?;
    }
    Ok(())
}
