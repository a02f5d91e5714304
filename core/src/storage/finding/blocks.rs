//! A place far down the list of everybody, found through how many are in each block of 1,024: whatever the offset,
//! no more than one block is walked through.

use rusqlite::params;

use super::Direction;
use crate::error::Result;
use crate::storage::Conn;

/// A block has the people whose number is the same but for these bits.
const BITS: u32 = 10;

/// How many people there are.
///
/// # Errors
/// The vault cannot be read.
pub fn everyone(conn: &Conn) -> Result<u32> {
    let people = conn
        .prepare_cached("SELECT coalesce(sum(people), 0) FROM standings_in_blocks")?
        .query_row([], |row| row.get(0))?;
    Ok(people)
}

/// Who is there, in the order in which they came or the other way round.
pub(super) fn people(
    conn: &Conn,
    direction: Direction,
    offset: u32,
    limit: u32,
) -> Result<Vec<i64>> {
    let Some((block, before)) = block_at(conn, direction, offset)? else {
        return Ok(Vec::new());
    };
    let (from, sql) = match direction {
        Direction::Ascending => (block << BITS, ASCENDING),
        Direction::Descending => (((block + 1) << BITS) - 1, DESCENDING),
    };
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![from, limit, offset - before], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::storage) const ASCENDING: &str =
    "SELECT person FROM standings WHERE person >= ?1 ORDER BY person LIMIT ?2 OFFSET ?3";

pub(in crate::storage) const DESCENDING: &str =
    "SELECT person FROM standings WHERE person <= ?1 ORDER BY person DESC LIMIT ?2 OFFSET ?3";

/// The block that has the person at this place, and how many come before it.
fn block_at(conn: &Conn, direction: Direction, offset: u32) -> Result<Option<(i64, u32)>> {
    let mut statement = conn.prepare_cached(match direction {
        Direction::Ascending => "SELECT block, people FROM standings_in_blocks ORDER BY block",
        Direction::Descending => {
            "SELECT block, people FROM standings_in_blocks ORDER BY block DESC"
        }
    })?;
    let mut rows = statement.query([])?;
    let mut before = 0;
    while let Some(row) = rows.next()? {
        let people: u32 = row.get(1)?;
        if offset < before + people {
            return Ok(Some((row.get(0)?, before)));
        }
        before += people;
    }
    Ok(None)
}

/// How many come before somebody.
pub(super) fn place(conn: &Conn, direction: Direction, person: i64) -> Result<u32> {
    let sql = match direction {
        Direction::Ascending => {
            "SELECT coalesce((SELECT sum(people) FROM standings_in_blocks WHERE block < ?1 >> 10), 0)
             + (SELECT count(*) FROM standings WHERE person >= (?1 >> 10) << 10 AND person < ?1)"
        }
        Direction::Descending => {
            "SELECT coalesce((SELECT sum(people) FROM standings_in_blocks WHERE block > ?1 >> 10), 0)
             + (SELECT count(*) FROM standings WHERE person > ?1 AND person < ((?1 >> 10) + 1) << 10)"
        }
    };
    let place = conn
        .prepare_cached(sql)?
        .query_row([person], |row| row.get(0))?;
    Ok(place)
}
