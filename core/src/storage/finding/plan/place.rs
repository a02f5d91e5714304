//! Where somebody is in the answer to a question.

use rusqlite::OptionalExtension;
use rusqlite::types::Value;
use uuid::Uuid;

use super::among::Among;
use super::{Plan, Source, number, select_of};
use crate::error::Result;
use crate::storage::Conn;
use crate::storage::finding::telling::{Sql, Tests};
use crate::storage::finding::{Asked, Direction, blocks};

/// How many come before somebody in the answer to a question; none where they are not in it.
///
/// # Errors
/// The vault cannot be read.
pub fn place_of(conn: &Conn, asked: &Asked, id: Uuid) -> Result<Option<u32>> {
    let tests = Tests::of(conn, asked)?;
    let plan = Plan::of(conn, &tests.all, asked)?;
    let person: Option<i64> = conn
        .prepare_cached("SELECT rowid FROM supporters WHERE id = ?1 AND removed_at IS NULL")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(person) = person else {
        return Ok(None);
    };
    if let Source::Few { .. } = plan.source {
        let all = plan.people(u32::MAX, 0)?;
        let place = all.iter().position(|one| *one == person);
        return Ok(place.and_then(|place| u32::try_from(place).ok()));
    }
    if !Among::of(conn, tests.all.iter())?.of_person(person)? {
        return Ok(None);
    }
    if plan.is_as_they_came()? {
        return blocks::place(conn, plan.ordered.direction, person).map(Some);
    }
    before(&plan, person).map(Some)
}

/// How many come before somebody who is among them.
fn before(plan: &Plan<'_>, person: i64) -> Result<u32> {
    let keys = match plan.source {
        Source::Stream(_) => vec![Value::Integer(person)],
        Source::Few { .. } | Source::Order => keys_of(plan, person)?,
    };
    let mut place = 0;
    for (at, sql) in (0..).zip(steps_before(plan)) {
        // As many of the keys as the step goes by.
        let mut values = sql.values;
        values.extend(keys.iter().take(at + 1).cloned());
        place += number(plan.conn, &sql.text, &values)?;
    }
    Ok(place)
}

/// What an order goes by, of one person.
fn keys_of(plan: &Plan<'_>, person: i64) -> Result<Vec<Value>> {
    let keys = plan.ordered.keys;
    let sql = format!(
        "SELECT {} FROM standings CROSS JOIN supporters ON supporters.rowid = standings.person
         WHERE standings.person = ?1",
        keys.join(", ")
    );
    let values = plan.conn.prepare_cached(&sql)?.query_row([person], |row| {
        (0..keys.len()).map(|at| row.get(at)).collect()
    })?;
    Ok(values)
}

/// Who is before by the first key; who is the same by that and before by the second; and so on. Each is a range of
/// the index.
pub(super) fn steps_before(plan: &Plan<'_>) -> Vec<Sql> {
    let keys = match plan.source {
        Source::Stream(_) => vec![plan.who()],
        Source::Few { .. } | Source::Order => plan.ordered.keys.to_vec(),
    };
    let sign = match plan.ordered.direction {
        Direction::Ascending => '<',
        Direction::Descending => '>',
    };
    (0..keys.len())
        .map(|at| {
            let same = keys.iter().take(at).map(|key| format!("{key} IS ?"));
            let last = keys.get(at).map(|key| format!("{key} {sign} ?"));
            let step = same.chain(last).collect::<Vec<_>>().join(" AND ");
            let unsorted = (&plan.ordered, false);
            select_of("count(*)", &plan.source, plan.tests, unsorted, Some(&step))
        })
        .collect()
}
