//! How a question is answered: whom to look at, and in which order.

mod among;
mod newest;
mod place;

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use uuid::Uuid;

use super::order::{Ordered, way};
use super::telling::{Reads, Sql, Test, Tests, merged};
use super::{Asked, Order, Person, Sort, blocks, rows};
use crate::error::Result;
use crate::storage::Conn;
use newest::newest;
pub use place::place_of;

/// As few as these are all read and put in order. Tests have few people, and go every way all the same.
const FEW: u32 = if cfg!(test) { 2 } else { 10_000 };
/// Of two things that are asked and are true of no more than this, those of whom both are true are found first.
const MIDDLING: u32 = if cfg!(test) { 4 } else { 200_000 };
/// A search says no further than this how many there are: who looks through more asks for the number by itself.
const COUNTED: u32 = 250;

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
#[derive(Clone)]
enum Source {
    /// At the few of whom these tests are true.
    Few { from: Sql, proved: Vec<usize> },
    /// Through the full-text indexes of a test, which have people in the order in which they came.
    Stream(usize),
    /// Through the index that has the order.
    Order,
}

impl Source {
    fn few(index: usize, from: &Sql) -> Self {
        Self::Few {
            from: from.clone(),
            proved: vec![index],
        }
    }

    /// The tests that are true of whoever it has.
    fn proved(&self) -> &[usize] {
        match self {
            Self::Few { proved, .. } => proved,
            Self::Stream(index) => std::slice::from_ref(index),
            Self::Order => &[],
        }
    }
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

    /// Who it is, in the order.
    fn in_order(&self) -> Sql {
        let (tests, ordered) = (self.tests, &self.ordered);
        let Source::Stream(index) = self.source else {
            return select(self.who(), &self.source, tests, ordered, true);
        };
        // Each index by itself has the order; SQLite goes through them side by side.
        let streams = tests.get(index).map(|test| test.streams.as_slice());
        let mut all = Sql::new("", []);
        for stream in streams.unwrap_or_default() {
            let mut tests = tests.to_vec();
            if let Some(test) = tests.get_mut(index) {
                test.streams = vec![stream.clone()];
            }
            let who = who(&self.source, &tests, ordered);
            let one = select(who, &self.source, &tests, ordered, false);
            if !all.text.is_empty() {
                all.text.push_str(" UNION ");
            }
            all.text.push_str(&one.text);
            all.values.extend(one.values);
        }
        all.text
            .push_str(&format!(" ORDER BY 1{}", way(ordered.direction)));
        all
    }

    /// Who it is, from here to there in the order.
    fn people(&self, limit: u32, offset: u32) -> Result<Vec<i64>> {
        let mut sql = self.in_order();
        sql.text.push_str(" LIMIT ? OFFSET ?");
        sql.values
            .extend([limit, offset].map(|n| Value::Integer(n.into())));
        all(self.conn, &sql)
    }

    fn who(&self) -> &'static str {
        who(&self.source, self.tests, &self.ordered)
    }

    /// How many there are, up to a limit.
    fn count(&self, limit: Option<u32>) -> Result<u32> {
        let sql = counted(&self.source, self.tests, &self.ordered);
        up_to(self.conn, &sql, limit)
    }

    /// Whether everybody is asked for, in the order in which they came.
    fn is_as_they_came(&self) -> Result<bool> {
        let by_capture = self.ordered.index == Ordered::from(Order::default()).index;
        Ok(self.tests.is_empty() && by_capture && !somebody_is_astray(self.conn)?)
    }

    /// Whether the search is all that is asked, and the index that it goes through has the order.
    fn is_only_searched(&self) -> bool {
        matches!(self.source, Source::Stream(_)) && self.tests.len() == 1
    }
}

fn all<T: rusqlite::types::FromSql>(conn: &Conn, sql: &Sql) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(&sql.text)?;
    let rows = statement.query_map(params_from_iter(&sql.values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn up_to(conn: &Conn, sql: &Sql, limit: Option<u32>) -> Result<u32> {
    let limit = limit.map(|limit| format!(" LIMIT {limit}"));
    let text = format!(
        "SELECT count(*) FROM ({}{})",
        sql.text,
        limit.unwrap_or_default()
    );
    number(conn, &text, &sql.values)
}

fn number(conn: &Conn, sql: &str, values: &[Value]) -> Result<u32> {
    let number = conn
        .prepare_cached(sql)?
        .query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(number)
}

fn source(conn: &Conn, tests: &[Test], by: Sort) -> Result<Source> {
    let stream = tests.iter().position(|test| !test.streams.is_empty());
    // Those who came in the order in which they were captured lie in the full-text index in that order.
    let streamed = match stream {
        Some(index) if by == Sort::CapturedAt && !somebody_is_astray(conn)? => Some(index),
        _ => None,
    };
    if let (Some(index), 1) = (streamed, tests.len()) {
        return Ok(Source::Stream(index));
    }
    let sources = || {
        let tests = tests.iter().enumerate();
        tests.filter_map(|(index, test)| Some((index, test.source.as_ref()?)))
    };
    let mut fewest = FEW;
    let mut few = None;
    for (index, from) in sources() {
        // Following the full-text index is less work than putting in order what has that order already.
        let most = match streamed {
            Some(stream) if stream == index => fewest.min(COUNTED),
            _ => fewest,
        };
        let there = up_to(conn, from, Some(most + 1))?;
        if there <= most {
            fewest = there;
            few = Some(Source::few(index, from));
        }
        if there == 0 {
            break;
        }
    }
    if let Some(few) = few {
        return Ok(few);
    }
    let mut middling = Vec::new();
    let is_middling =
        |from: &Sql| Ok::<_, crate::Error>(up_to(conn, from, Some(MIDDLING + 1))? <= MIDDLING);
    // Counting what a search finds takes longest, and is for nothing where no filter is there to go with it.
    let (searches, filters): (Vec<_>, Vec<_>) =
        sources().partition(|(index, _)| Some(*index) == stream);
    for (index, from) in filters {
        if tests.len() > 1 && is_middling(from)? {
            middling.push((index, from));
        }
    }
    for (index, from) in searches {
        if !middling.is_empty() && is_middling(from)? {
            middling.push((index, from));
        }
    }
    let both = match middling.len() {
        0 | 1 => None,
        _ => of_all(conn, &middling)?,
    };
    Ok(match (both, streamed) {
        (Some(few), _) => few,
        (None, Some(index)) => Source::Stream(index),
        (None, None) => Source::Order,
    })
}

/// Those of whom each of these is true, where they are few.
fn of_all(conn: &Conn, sources: &[(usize, &Sql)]) -> Result<Option<Source>> {
    let mut both: Option<Vec<i64>> = None;
    for (_, from) in sources {
        let mut these: Vec<i64> = all(conn, from)?;
        these.sort_unstable();
        both = Some(match both {
            None => these,
            Some(mut those) => {
                those.retain(|one| these.binary_search(one).is_ok());
                those
            }
        });
    }
    let both = both.unwrap_or_default();
    if both.len() > FEW as usize {
        return Ok(None);
    }
    let json = serde_json::to_string(&both).map_err(|_| crate::Error::Broke)?;
    Ok(Some(Source::Few {
        from: Sql::new("SELECT value AS who FROM json_each(?)", [Value::Text(json)]),
        proved: sources.iter().map(|(index, _)| *index).collect(),
    }))
}

fn somebody_is_astray(conn: &Conn) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM standings WHERE stray = 1 LIMIT 1")?
        .exists([])?)
}

fn who(source: &Source, tests: &[Test], ordered: &Ordered) -> &'static str {
    match (source, ordered.table) {
        (Source::Few { .. }, _) => "driven.who",
        (Source::Stream(index), _) => match tests.get(*index).map(|test| test.streams.as_slice()) {
            Some([one]) if one.table == "numbers" => "numbers.rowid",
            Some([_]) => "finds.rowid",
            _ => "driven.who",
        },
        (Source::Order, Reads::Standings) => "standings.person",
        (Source::Order, Reads::Supporters) => "supporters.rowid",
    }
}

/// `what` of all of whom every test is true.
fn select(what: &str, source: &Source, tests: &[Test], ordered: &Ordered, sorts: bool) -> Sql {
    select_of(what, source, tests, (ordered, sorts), None)
}

/// The same of those of whom something else is true as well, whose question marks come last.
fn select_of(
    what: &str,
    source: &Source,
    tests: &[Test],
    (ordered, sorts): (&Ordered, bool),
    also: Option<&str>,
) -> Sql {
    let others = || {
        let tests = tests.iter().enumerate();
        tests
            .filter(|(index, _)| !source.proved().contains(index))
            .map(|(_, test)| test)
    };
    let mut values = Vec::new();
    let mut conditions = Vec::new();
    let who = who(source, tests, ordered);
    let reads = |table: Reads| others().any(|test| test.reads == table);
    let sorted_by = |table: Reads| sorts && ordered.table == table;
    let (from, mut standings, mut supporters, order) = match source {
        Source::Few { from, .. } => {
            values.extend(from.values.clone());
            (
                format!("({}) AS driven", from.text),
                reads(Reads::Standings) || sorted_by(Reads::Standings),
                reads(Reads::Supporters) || sorted_by(Reads::Supporters),
                ordered.by(),
            )
        }
        Source::Stream(index) => {
            let streams = tests.get(*index).map(|test| test.streams.as_slice());
            let from = match streams.unwrap_or_default() {
                [one] => {
                    conditions.push(format!("{} MATCH ?", one.table));
                    values.push(Value::Text(one.asked.clone()));
                    one.table.to_owned()
                }
                several => {
                    let from = merged(several, ordered.direction);
                    values.extend(from.values);
                    format!("({}) AS driven", from.text)
                }
            };
            (
                from,
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
    conditions.extend(also.map(str::to_owned));
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
fn counted(source: &Source, tests: &[Test], ordered: &Ordered) -> Sql {
    let first = tests
        .iter()
        .enumerate()
        .find_map(|(index, test)| Some(Source::few(index, test.source.as_ref()?)));
    let source = match source {
        Source::Order => first.unwrap_or(Source::Order),
        other => other.clone(),
    };
    select("1", &source, tests, ordered, false)
}

/// A part of those whom a question finds, in its order.
///
/// # Errors
/// The vault cannot be read.
pub fn page(conn: &Conn, asked: &Asked, offset: u32, limit: u32) -> Result<Page> {
    let tests = Tests::of(conn, asked)?;
    if let Some((found, more)) = newest(conn, &tests.all, asked.order, offset, limit)? {
        let total = length(&found);
        return Ok(Page {
            total,
            more,
            near: tests.near,
            rows: rows::rows(conn, &part(found, offset, limit))?,
        });
    }
    let plan = Plan::of(conn, &tests.all, asked)?;
    let (total, more, people) = if tests.all.is_empty() {
        let total = blocks::everyone(conn)?;
        let part = everybody_between(plan, total, offset, limit)?;
        (total, false, part)
    } else if plan.is_only_searched() && offset.saturating_add(limit) <= COUNTED {
        // Who was found is counted in the same breath.
        let found = plan.people(COUNTED + 1, 0)?;
        let total = length(&found).min(COUNTED);
        let more = found.len() > COUNTED as usize;
        (total, more, part(found, offset, limit))
    } else if let Source::Few { .. } = plan.source {
        let found = plan.people(u32::MAX, 0)?;
        (length(&found), false, part(found, offset, limit))
    } else {
        let found = plan.people(limit.saturating_add(1), offset)?;
        let more = found.len() > limit as usize;
        let rows = part(found, 0, limit);
        (offset.saturating_add(length(&rows)), more, rows)
    };
    Ok(Page {
        total,
        more,
        near: tests.near,
        rows: rows::rows(conn, &people)?,
    })
}

fn length(people: &[i64]) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

fn part(people: Vec<i64>, offset: u32, limit: u32) -> Vec<i64> {
    let part = people.into_iter().skip(offset as usize);
    part.take(limit as usize).collect()
}

/// Everybody, from here to there.
fn everybody_between(plan: Plan<'_>, total: u32, offset: u32, limit: u32) -> Result<Vec<i64>> {
    if plan.is_as_they_came()? {
        return blocks::people(plan.conn, plan.ordered.direction, offset, limit);
    }
    // Beyond the middle, the way back from the end is the shorter one.
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
        return blocks::everyone(conn);
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
    let sql = select(
        "supporters.id",
        &plan.source,
        &tests.all,
        &plan.ordered,
        true,
    );
    all(conn, &sql)
}

#[cfg(test)]
pub(in crate::storage) use tests::every_shape;

#[cfg(test)]
mod tests;
