//! Rows that go out.

mod happened;
mod lists;
mod little;

use std::collections::HashSet;

use rusqlite::{Row, params};
use uuid::Uuid;

use super::known::laptop;
use super::people;
use super::records::{Capture, Inbound, Laptop, Mark, Person, Record, Said};
use crate::consent::ledger::{Hash, Moment};
use crate::error::Result;
use crate::storage::values::{As, At};
use crate::storage::{Conn, Fault, ledger};
use crate::{Error, gateways};

/// Whom to hand over.
pub enum Whom {
    /// Everybody.
    All,
    /// What was not handed over before that.
    Since(Mark),
    /// These. Of all others goes what names nobody: the chain of the ledger would not hold without it.
    Chosen(HashSet<Uuid>),
}

/// What went out.
pub struct Given {
    /// How many people.
    pub people: u64,
    /// How many records.
    pub records: u64,
}

/// Where everything ends now.
///
/// # Errors
/// The vault cannot be read.
pub fn end(conn: &Conn) -> Result<Mark> {
    let last = |table: &str| -> Result<i64> {
        let sql = format!("SELECT coalesce(max(rowid), 0) FROM {table}");
        Ok(conn.query_row(&sql, [], |row| row.get(0))?)
    };
    Ok(Mark {
        people: last("supporters")?,
        touched: last("touched")?,
        ledger: last("ledger")?,
        inbound: last("inbound")?,
    })
}

pub(in crate::storage) const TOUCHED: &str = include_str!("touched.sql");

/// Who was changed in any way since then.
///
/// # Errors
/// The vault cannot be read.
pub fn touched(conn: &Conn, mark: &Mark) -> Result<HashSet<Uuid>> {
    let mut statement = conn.prepare_cached(TOUCHED)?;
    let rows = statement.query_map(params![mark.people, mark.touched, mark.ledger], |row| {
        row.get(0)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tells every record to `tell`, in the order in which they are to be taken in. `own` is this laptop as others get to know
/// it.
///
/// # Errors
/// The vault cannot be read, or what `tell` returned.
pub fn give(
    conn: &Conn,
    whom: &Whom,
    own: Laptop,
    tell: &mut dyn FnMut(&Record) -> Result<()>,
) -> Result<Given> {
    let mut giving = Giving {
        conn,
        own: laptop(conn)?,
        people: match whom {
            Whom::All => None,
            Whom::Since(mark) => Some(touched(conn, mark)?),
            Whom::Chosen(chosen) => Some(chosen.clone()),
        },
        whom,
        given: 0,
        records: 0,
        tell,
    };
    giving.tell(Record::Laptop(own))?;
    giving.little()?;
    giving.do_not_call()?;
    giving.persons()?;
    giving.captures()?;
    giving.inbound()?;
    giving.ledger()?;
    giving.changes()?;
    giving.merges()?;
    giving.parted()?;
    giving.texts()?;
    Ok(Given {
        people: giving.given,
        records: giving.records,
    })
}

struct Giving<'a> {
    conn: &'a Conn,
    own: Uuid,
    whom: &'a Whom,
    /// None where it is everybody.
    people: Option<HashSet<Uuid>>,
    given: u64,
    records: u64,
    tell: &'a mut dyn FnMut(&Record) -> Result<()>,
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Moment> {
    Ok(row.get::<_, At>(column)?.0.into())
}

fn a_moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moment>> {
    Ok(row.get::<_, Option<At>>(column)?.map(|at| at.0.into()))
}

impl Giving<'_> {
    fn tell(&mut self, record: Record) -> Result<()> {
        self.records += 1;
        (self.tell)(&record)
    }

    fn each(
        &mut self,
        sql: &str,
        read: impl Fn(&Self, &Row<'_>) -> rusqlite::Result<Option<Record>>,
    ) -> Result<()> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(record) = read(self, row)? {
                self.tell(record)?;
            }
        }
        Ok(())
    }

    fn whose(&self, row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
        Ok(row.get::<_, Option<Uuid>>(column)?.unwrap_or(self.own))
    }

    fn goes(&self, person: Uuid) -> bool {
        self.people
            .as_ref()
            .is_none_or(|people| people.contains(&person))
    }

    fn is_chosen(&self) -> bool {
        matches!(self.whom, Whom::Chosen(_))
    }

    fn persons(&mut self) -> Result<()> {
        let mut given = 0;
        self.each(
            "SELECT id, first_name, last_name, mobile, email, postcode, language, household_id, number_trouble,
                 captured_at, updated_at, removed_at, turns, withheld
             FROM supporters ORDER BY rowid",
            |giving, row| {
                let id = row.get(0)?;
                let goes = giving.goes(id);
                if !goes && !giving.is_chosen() {
                    return Ok(None);
                }
                let person = Person {
                    id,
                    first_name: row.get(1)?,
                    last_name: row.get(2)?,
                    mobile: row.get(3)?,
                    email: row.get(4)?,
                    postcode: row.get(5)?,
                    language: row.get(6)?,
                    household: row.get(7)?,
                    number_trouble: row.get(8)?,
                    captured_at: moment(row, 9)?,
                    updated_at: moment(row, 10)?,
                    removed_at: a_moment(row, 11)?,
                    turns: row.get(12)?,
                    withheld: row.get(13)?,
                };
                Ok(Some(Record::Person(Box::new(match goes {
                    true => person,
                    false => withheld(&person),
                }))))
            },
        )?;
        // Counted apart, as a row is read before it is told.
        if let Some(people) = &self.people {
            given += people.len() as u64;
        } else {
            let all: u64 = self.conn.query_row(
                "SELECT count(*) FROM supporters WHERE removed_at IS NULL",
                [],
                |row| row.get(0),
            )?;
            given += all;
        }
        self.given = given;
        Ok(())
    }

    fn captures(&mut self) -> Result<()> {
        self.each(
            "SELECT id, supporter_id, shift_id, kind = 'update', captured_at, zone, undone_at, turns, laptop
             FROM captures ORDER BY rowid",
            |giving, row| {
                let supporter = row.get(1)?;
                if !giving.goes(supporter) && !giving.is_chosen() {
                    return Ok(None);
                }
                Ok(Some(Record::Capture(Capture {
                    id: row.get(0)?,
                    supporter,
                    shift: row.get(2)?,
                    update: row.get(3)?,
                    captured_at: moment(row, 4)?,
                    zone: row.get(5)?,
                    undone_at: a_moment(row, 6)?,
                    turns: row.get(7)?,
                    laptop: giving.whose(row, 8)?,
                })))
            },
        )
    }

    fn inbound(&mut self) -> Result<()> {
        let numbers = self.numbers_of_chosen()?;
        let (after, changed) = match self.whom {
            Whom::Since(mark) => (mark.inbound, self.changed_since(mark)?),
            Whom::All | Whom::Chosen(_) => (0, HashSet::new()),
        };
        let sql = "SELECT id, gateway, account, provider_id, mobile, body, sent_at, received_at, meaning, outcome,
                 to_read, decided_at, withheld, rowid
             FROM inbound ORDER BY rowid";
        self.each(sql, |_, row| {
            let id: Uuid = row.get(0)?;
            if row.get::<_, i64>(13)? <= after && !changed.contains(&id) {
                return Ok(None);
            }
            let mut text = Inbound {
                id,
                gateway: row.get::<_, As<gateways::Kind>>(1)?.0,
                account: row.get(2)?,
                provider_id: row.get(3)?,
                from: row.get(4)?,
                body: row.get(5)?,
                sent_at: moment(row, 6)?,
                received_at: moment(row, 7)?,
                meaning: row.get::<_, As<_>>(8)?.0,
                outcome: row.get::<_, As<_>>(9)?.0,
                to_read: row.get(10)?,
                decided_at: a_moment(row, 11)?,
                withheld: row.get(12)?,
            };
            let goes = numbers
                .as_ref()
                .is_none_or(|numbers| numbers.contains(&text.from));
            if !goes {
                text.from = String::new();
                text.body = String::new();
                text.withheld = true;
            }
            Ok(Some(Record::Inbound(text)))
        })
    }

    /// What changed since then that had been there.
    fn changed_since(&self, mark: &Mark) -> Result<HashSet<Uuid>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM touched WHERE serial > ?1")?;
        let rows = statement.query_map([mark.touched], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The numbers of those who were chosen; none where nobody was.
    fn numbers_of_chosen(&self) -> Result<Option<HashSet<String>>> {
        let Whom::Chosen(chosen) = self.whom else {
            return Ok(None);
        };
        let mut statement = self
            .conn
            .prepare_cached("SELECT mobile FROM supporters WHERE id = ?1 AND mobile IS NOT NULL")?;
        let mut numbers = HashSet::new();
        for id in chosen {
            let rows = statement.query_map([id], |row| row.get::<_, String>(0))?;
            for number in rows {
                numbers.insert(number?);
            }
        }
        Ok(Some(numbers))
    }

    fn ledger(&mut self) -> Result<()> {
        let after = match self.whom {
            Whom::Since(mark) => (mark.ledger, mark.touched),
            Whom::All | Whom::Chosen(_) => (0, 0),
        };
        let conn = self.conn;
        let (people, chosen) = (self.people.as_ref(), self.is_chosen());
        let goes = |person: Option<Uuid>| {
            !chosen || person.is_some_and(|id| people.is_some_and(|people| people.contains(&id)))
        };
        let (tell, records) = (&mut *self.tell, &mut self.records);
        ledger::each_to_hand(conn, after, |entry, wording, supporter, heard, withheld| {
            let mut said = Said {
                entry,
                wording,
                supporter,
                heard,
                withheld,
            };
            if !goes(supporter) && !said.entry.is_erased() {
                said.entry.erase();
                said.supporter = None;
                said.withheld = true;
            }
            *records += 1;
            tell(&Record::Said(Box::new(said)))
        })
    }
}

/// That somebody exists, and nothing else of them.
fn withheld(person: &Person) -> Person {
    Person {
        updated_at: person.captured_at,
        removed_at: Some(person.captured_at),
        turns: 0,
        withheld: true,
        ..people::emptied(person)
    }
}

/// The key under which this laptop hashes the numbers that it forgets.
///
/// # Errors
/// The vault cannot be read.
pub fn suppression_key(conn: &Conn) -> Result<Hash> {
    let key: As<Hash> = conn
        .prepare_cached("SELECT suppression_key FROM campaign")?
        .query_row([], |row| row.get(0))
        .map_err(|error| match error {
            rusqlite::Error::InvalidColumnType(..) => Error::Storage(Fault::unreadable("key")),
            error => error.into(),
        })?;
    Ok(key.0)
}
