//! How a question is answered: whom to look at, and in which order.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};
use uuid::Uuid;

use super::order::{Ordered, way};
use super::telling::{Reads, Sql, Test, Tests};
use super::{Asked, Person, Sort, rows};
use crate::error::Result;
use crate::storage::Conn;

/// As few as these are all read and put in order, within a few milliseconds.
const FEW: usize = 2_000;
/// A page says no further than this how many there are: who looks through more asks for the number by itself.
const COUNTED: u32 = 10_000;

/// A part of those whom a question finds.
#[derive(Clone)]
pub struct Page {
    /// How many there are, or as many as were counted.
    pub total: u32,
    /// Whether there are more than that.
    pub more: bool,
    /// Whether nobody has the words as typed: these have one letter wrong, missing, too many or swapped.
    pub near: bool,
    /// The part.
    pub rows: Vec<Person>,
}

/// Where to look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// At the few of whom one test is true.
    Few(usize),
    /// Through a full-text index, which has people in the order in which they came.
    Stream(usize),
    /// Through the index that has the order.
    Order,
}

/// A question about to be answered.
struct Plan<'a> {
    conn: &'a Conn,
    tests: &'a [Test],
    source: Source,
    ordered: Ordered,
}

impl<'a> Plan<'a> {
    fn of(conn: &'a Conn, tests: &'a [Test], asked: &Asked) -> Result<Self> {
        Ok(Self {
            conn,
            tests,
            source: source(conn, tests, asked.order.by)?,
            ordered: asked.order.into(),
        })
    }

    /// Who it is, from here to there in the order.
    fn people(&self, limit: u32, offset: u32) -> Result<Vec<i64>> {
        let mut sql = select(self.who(), self.source, self.tests, &self.ordered, true);
        sql.text.push_str(" LIMIT ? OFFSET ?");
        sql.values
            .extend([limit, offset].map(|n| Value::Integer(n.into())));
        self.all(&sql)
    }

    fn all<T: rusqlite::types::FromSql>(&self, sql: &Sql) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(&sql.text)?;
        let rows = statement.query_map(params_from_iter(&sql.values), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn who(&self) -> &'static str {
        who(self.source, self.tests, &self.ordered)
    }

    /// How many there are, up to a limit.
    fn count(&self, limit: Option<u32>) -> Result<u32> {
        let mut sql = counted(self.source, self.tests, &self.ordered);
        if let Some(limit) = limit {
            sql.text.push_str(" LIMIT ?");
            sql.values.push(Value::Integer(limit.into()));
        }
        number(
            self.conn,
            &format!("SELECT count(*) FROM ({})", sql.text),
            &sql.values,
        )
    }
}

fn number(conn: &Conn, sql: &str, values: &[Value]) -> Result<u32> {
    let number = conn
        .prepare_cached(sql)?
        .query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(number)
}

fn source(conn: &Conn, tests: &[Test], by: Sort) -> Result<Source> {
    let mut few: Option<(usize, u32)> = None;
    for (index, test) in tests.iter().enumerate() {
        let Some(source) = &test.source else {
            continue;
        };
        let most = few.map_or(FEW, |(_, fewest)| fewest as usize);
        let sql = format!("SELECT count(*) FROM ({} LIMIT {})", source.text, most + 1);
        let there = number(conn, &sql, &source.values)?;
        if there as usize <= most {
            few = Some((index, there));
        }
        if there == 0 {
            break;
        }
    }
    if let Some((index, _)) = few {
        return Ok(Source::Few(index));
    }
    let stream = tests.iter().position(|test| test.stream.is_some());
    match stream {
        // Those who came in the order in which they were captured lie in the index in that order.
        Some(index) if by == Sort::CapturedAt && !somebody_is_astray(conn)? => {
            Ok(Source::Stream(index))
        }
        _ => Ok(Source::Order),
    }
}

fn somebody_is_astray(conn: &Conn) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM standings WHERE stray = 1 LIMIT 1")?
        .exists([])?)
}

fn who(source: Source, tests: &[Test], ordered: &Ordered) -> &'static str {
    match (source, ordered.table) {
        (Source::Few(_), _) => "driven.who",
        (Source::Stream(index), _) => {
            match tests.get(index).and_then(|test| test.stream.as_ref()) {
                Some((table, _)) if *table == "numbers" => "numbers.rowid",
                _ => "finds.rowid",
            }
        }
        (Source::Order, Reads::Standings) => "standings.person",
        (Source::Order, Reads::Supporters) => "supporters.rowid",
    }
}

/// `what` of all of whom every test is true.
fn select(what: &str, source: Source, tests: &[Test], ordered: &Ordered, sorts: bool) -> Sql {
    let skipped = match source {
        Source::Few(index) | Source::Stream(index) => Some(index),
        Source::Order => None,
    };
    let others = || {
        let tests = tests.iter().enumerate();
        tests
            .filter(move |(index, _)| Some(*index) != skipped)
            .map(|(_, test)| test)
    };
    let mut values = Vec::new();
    let mut conditions = Vec::new();
    let who = who(source, tests, ordered);
    let reads = |table: Reads| others().any(|test| test.reads == table);
    let sorted_by = |table: Reads| sorts && ordered.table == table;
    let driver = skipped.and_then(|index| tests.get(index));
    let (from, mut standings, mut supporters, order) = match source {
        Source::Few(_) => {
            let source = driver.and_then(|test| test.source.as_ref());
            values.extend(source.map(|sql| sql.values.clone()).unwrap_or_default());
            let text = source.map(|sql| sql.text.as_str()).unwrap_or_default();
            (
                format!("({text}) AS driven"),
                reads(Reads::Standings) || sorted_by(Reads::Standings),
                reads(Reads::Supporters) || sorted_by(Reads::Supporters),
                ordered.by(),
            )
        }
        Source::Stream(_) => {
            let (table, asked) = driver
                .and_then(|test| test.stream.clone())
                .unwrap_or_default();
            conditions.push(format!("{table} MATCH ?"));
            values.push(Value::Text(asked));
            (
                table.to_owned(),
                reads(Reads::Standings),
                reads(Reads::Supporters),
                format!("{who}{}", way(ordered.direction)),
            )
        }
        Source::Order => match ordered.table {
            Reads::Standings => (
                format!("standings INDEXED BY {}", ordered.index),
                false,
                reads(Reads::Supporters),
                ordered.by(),
            ),
            Reads::Supporters => {
                conditions.push("supporters.removed_at IS NULL".to_owned());
                (
                    format!("supporters INDEXED BY {}", ordered.index),
                    reads(Reads::Standings),
                    false,
                    ordered.by(),
                )
            }
        },
    };
    // The record's own columns may be asked for beside who it is.
    let has = |table: &str| from.starts_with(table);
    standings |= what.contains("standings.") && !has("standings");
    supporters |= what.contains("supporters.") && !has("supporters");
    let mut text = format!("SELECT {what} FROM {from}");
    if standings {
        text.push_str(&format!(
            " CROSS JOIN standings ON standings.person = {who}"
        ));
    }
    if supporters {
        text.push_str(&format!(
            " CROSS JOIN supporters ON supporters.rowid = {who}"
        ));
    }
    for test in others() {
        conditions.push(test.condition.text.clone());
        values.extend(test.condition.values.clone());
    }
    if !conditions.is_empty() {
        text.push_str(" WHERE ");
        text.push_str(&conditions.join(" AND "));
    }
    if sorts {
        text.push_str(" ORDER BY ");
        text.push_str(&order);
    }
    Sql { text, values }
}

/// One row for each of them, from wherever that is least work.
fn counted(source: Source, tests: &[Test], ordered: &Ordered) -> Sql {
    let source = match source {
        Source::Order => tests
            .iter()
            .position(|test| test.source.is_some())
            .map_or(Source::Order, Source::Few),
        few => few,
    };
    select("1", source, tests, ordered, false)
}

/// A part of those whom a question finds, in its order.
///
/// # Errors
/// The vault cannot be read.
pub fn page(conn: &Conn, asked: &Asked, offset: u32, limit: u32) -> Result<Page> {
    let tests = Tests::of(conn, asked)?;
    let plan = Plan::of(conn, &tests.all, asked)?;
    let (total, people) = if tests.all.is_empty() {
        let total = everyone(conn)?;
        (total, from_the_nearer_end(plan, total, offset, limit)?)
    } else if let Source::Few(_) = plan.source {
        let all = plan.people(u32::MAX, 0)?;
        let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let part = all.into_iter().skip(offset as usize);
        (total, part.take(limit as usize).collect())
    } else {
        let part = plan.people(limit, offset)?;
        let there = u32::try_from(part.len()).unwrap_or(u32::MAX);
        let is_end = there < limit && (there > 0 || offset == 0);
        match is_end {
            true => (offset.saturating_add(there), part),
            false => (plan.count(Some(COUNTED + 1))?, part),
        }
    };
    let all_counted = tests.all.is_empty() || total <= COUNTED;
    Ok(Page {
        total: if all_counted { total } else { COUNTED },
        more: !all_counted,
        near: tests.near,
        rows: rows::rows(conn, &people)?,
    })
}

/// How many people there are.
fn everyone(conn: &Conn) -> Result<u32> {
    number(conn, "SELECT people FROM standings_total", &[])
}

/// Half-way down a million, the way back from the end is the shorter one.
fn from_the_nearer_end(plan: Plan<'_>, total: u32, offset: u32, limit: u32) -> Result<Vec<i64>> {
    if offset < total / 2 {
        return plan.people(limit, offset);
    }
    let end = total.min(offset.saturating_add(limit));
    let turned = Plan {
        ordered: plan.ordered.turned(),
        ..plan
    };
    let mut part = turned.people(end.saturating_sub(offset), total - end)?;
    part.reverse();
    Ok(part)
}

/// How many a question finds, however many they are.
///
/// # Errors
/// The vault cannot be read.
pub fn count(conn: &Conn, asked: &Asked) -> Result<u32> {
    let tests = Tests::of(conn, asked)?;
    if tests.all.is_empty() {
        return everyone(conn);
    }
    Plan::of(conn, &tests.all, asked)?.count(None)
}

/// Everybody whom a question finds, in its order.
///
/// # Errors
/// The vault cannot be read.
pub fn everybody(conn: &Conn, asked: &Asked) -> Result<Vec<Uuid>> {
    let tests = Tests::of(conn, asked)?;
    let plan = Plan::of(conn, &tests.all, asked)?;
    plan.all(&select(
        "supporters.id",
        plan.source,
        &tests.all,
        &plan.ordered,
        true,
    ))
}

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
    if let Source::Few(_) = plan.source {
        let all = plan.people(u32::MAX, 0)?;
        let place = all.iter().position(|one| *one == person);
        return Ok(place.and_then(|place| u32::try_from(place).ok()));
    }
    if !is_among(conn, person, &tests.all)? {
        return Ok(None);
    }
    let sql = before(&plan, person);
    number(conn, &sql.text, &sql.values).map(Some)
}

fn before(plan: &Plan<'_>, person: i64) -> Sql {
    let mut sql = select("count(*)", plan.source, plan.tests, &plan.ordered, false);
    let before = match plan.source {
        Source::Stream(_) => {
            let sign = if way(plan.ordered.direction).is_empty() {
                '<'
            } else {
                '>'
            };
            format!("{} {sign} ?", plan.who())
        }
        Source::Few(_) | Source::Order => plan.ordered.before(),
    };
    let word = if sql.text.contains(" WHERE ") {
        "AND"
    } else {
        "WHERE"
    };
    sql.text.push_str(&format!(" {word} {before}"));
    sql.values.push(Value::Integer(person));
    sql
}

fn is_among(conn: &Conn, person: i64, tests: &[Test]) -> Result<bool> {
    let mut text =
        "SELECT 1 FROM standings CROSS JOIN supporters ON supporters.rowid = standings.person
        WHERE standings.person = ?"
            .to_owned();
    let mut values = vec![Value::Integer(person)];
    for test in tests {
        text.push_str(" AND ");
        text.push_str(&test.condition.text);
        values.extend(test.condition.values.clone());
    }
    Ok(conn
        .prepare_cached(&text)?
        .exists(params_from_iter(&values))?)
}

#[cfg(test)]
pub(in crate::storage) use tests::every_shape;

#[cfg(test)]
mod tests;
