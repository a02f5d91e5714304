//! Many people added at once. What triggers write beside each person, one by one, is written for all of them together:
//! a full-text index empties what it holds into the database before each statement that could fail half-way, and an
//! insert with triggers is such a one, so that a million of them would empty it a million times.

use super::Conn;
use crate::error::Result;
use crate::progress::Watch;

/// The triggers whose work is done here instead.
const TRIGGERS: [&str; 4] = [
    "supporters_words_come",
    "supporters_number_comes",
    "supporters_come",
    "standings_counted",
];

/// Where each of them stands, after ?1 and up to ?2. Whoever was captured before somebody who was here already, at ?3, is
/// astray.
const STANDINGS: &str = "INSERT INTO standings (
         person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser, stray
     )
     SELECT
         person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser,
         captured_at < coalesce(?3, captured_at)
     FROM standing_now WHERE person > ?1 AND person <= ?2 ORDER BY person";

/// What else they would have written, for those after ?1 and up to ?2.
const THE_REST: [&str; 4] = [
    "INSERT INTO standings_in_blocks (block, people)
     SELECT person >> 10, count(*) FROM standings WHERE person > ?1 AND person <= ?2 GROUP BY person >> 10
     ON CONFLICT (block) DO UPDATE SET people = people + excluded.people",
    "INSERT INTO finds (rowid, words)
     SELECT rowid, find_words(first_name, last_name, email, postcode)
     FROM supporters WHERE rowid > ?1 AND rowid <= ?2 AND removed_at IS NULL ORDER BY rowid",
    "INSERT INTO numbers (rowid, mobile)
     SELECT rowid, mobile FROM supporters
     WHERE rowid > ?1 AND rowid <= ?2 AND removed_at IS NULL AND mobile IS NOT NULL ORDER BY rowid",
    "INSERT INTO name_words (word, people)
     SELECT word.value, count(*)
     FROM supporters CROSS JOIN json_each(name_words(supporters.first_name, supporters.last_name)) AS word
     WHERE supporters.rowid > ?1 AND supporters.rowid <= ?2 AND supporters.removed_at IS NULL
     GROUP BY word.value
     ON CONFLICT (word) DO UPDATE SET people = people + excluded.people",
];

/// So many are written for together: enough to be quick, few enough that whoever has had enough is heard.
const TOGETHER: i64 = 20_000;

/// Does work that adds people, in a transaction, each captured no earlier than the one added before; it takes the first
/// half of what is watched over. Until all is done, People does not find them. Where it fails, the transaction must not
/// be committed.
///
/// # Errors
/// What `work` returned, [`Error::Stopped`](crate::Error::Stopped), or the disk says no.
pub fn add<T>(
    conn: &Conn,
    watch: &Watch<'_>,
    work: impl FnOnce(&Watch<'_>) -> Result<T>,
) -> Result<T> {
    let mut triggers = Vec::with_capacity(TRIGGERS.len());
    for name in TRIGGERS {
        let sql: String = conn.query_row(
            "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1",
            [name],
            |row| row.get(0),
        )?;
        triggers.push(sql);
    }
    let before = last(conn)?;
    let newest: Option<i64> =
        conn.query_row("SELECT max(captured_at) FROM standings", [], |row| {
            row.get(0)
        })?;
    for name in TRIGGERS {
        conn.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    let done = work(&watch.part(0, 2))?;
    let after = last(conn)?;
    let watch = watch.part(1, 2);
    let of = after.abs_diff(before);
    let mut from = before;
    while from < after {
        watch.at(from.abs_diff(before), of)?;
        let to = after.min(from + TOGETHER);
        conn.prepare_cached(STANDINGS)?
            .execute((from, to, newest))?;
        for sql in THE_REST {
            conn.prepare_cached(sql)?.execute((from, to))?;
        }
        from = to;
    }
    watch.at(of, of)?;
    for sql in triggers {
        conn.execute_batch(&sql)?;
    }
    Ok(done)
}

/// The rowid of whoever was added last.
fn last(conn: &Conn) -> Result<i64> {
    let last = conn.query_row(
        "SELECT coalesce(max(rowid), 0) FROM supporters",
        [],
        |row| row.get(0),
    )?;
    Ok(last)
}
