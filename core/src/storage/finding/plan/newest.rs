//! The first whom a search finds, asked for everything else.

use rusqlite::params_from_iter;

use super::among::Among;
use super::somebody_is_astray;
use crate::error::Result;
use crate::storage::Conn;
use crate::storage::finding::telling::{Test, merged};
use crate::storage::finding::{Order, Sort};

/// Of those whom a search finds, so many are asked for everything else before it is thought about where to look: most
/// filters leave a page of them.
const TRIED: usize = if cfg!(test) { 3 } else { 2_000 };

/// Whom a search and filters find among the first that the search finds, to the end of the page, and whether there may be
/// more; nothing where those are not enough to tell.
pub(super) fn newest(
    conn: &Conn,
    tests: &[Test],
    order: Order,
    offset: u32,
    limit: u32,
) -> Result<Option<(Vec<i64>, bool)>> {
    let streams = tests.iter().enumerate();
    let mut streams = streams.filter(|(_, test)| !test.streams.is_empty());
    let Some((index, Test { streams, .. })) = streams.next() else {
        return Ok(None);
    };
    if tests.len() == 1 || order.by != Sort::CapturedAt || somebody_is_astray(conn)? {
        return Ok(None);
    }
    let enough = offset.saturating_add(limit) as usize;
    if enough > TRIED {
        return Ok(None);
    }
    let others = tests.iter().enumerate().filter(|(at, _)| *at != index);
    let others = others.map(|(_, test)| test);
    let mut are_true = Among::of(conn, others)?;
    let sql = merged(streams, order.direction);
    let mut statement = conn.prepare_cached(&sql.text)?;
    let mut candidates = statement.query(params_from_iter(&sql.values))?;
    let mut found = Vec::new();
    for _ in 0..TRIED {
        let Some(row) = candidates.next()? else {
            return Ok(Some((found, false)));
        };
        let person = row.get(0)?;
        if !are_true.of_person(person)? {
            continue;
        }
        if found.len() == enough {
            return Ok(Some((found, true)));
        }
        found.push(person);
    }
    Ok(None)
}
