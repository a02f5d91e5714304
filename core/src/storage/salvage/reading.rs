//! Reads what can be read of a database with broken pages, row by row, and goes round what cannot.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Row, params_from_iter};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::storage::vault::DatabaseKey;

/// How far beyond a broken page rows are looked for: no table has more.
const FURTHEST: i64 = 1 << 40;

/// A database that may be broken anywhere. It is a copy: reading a log changes the files.
pub(super) struct Wreck {
    database: PathBuf,
    key: DatabaseKey,
    /// None after a page could not be read: SQLCipher gives up a connection then.
    conn: Option<Connection>,
    /// How many stretches of rows, or whole tables, could not be read.
    pub(super) gaps: u32,
    knows_a_table: bool,
    knows_a_row: bool,
}

/// A row, and what its columns are called.
pub(super) struct Named<'a> {
    pub(super) columns: &'a [String],
    pub(super) row: &'a [Value],
}

impl Named<'_> {
    /// What stands in a column; nothing where the database is older than it.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let place = self.columns.iter().position(|column| column == name)?;
        self.row.get(place)
    }

    pub(super) fn id(&self, name: &str) -> Option<Uuid> {
        match self.get(name)? {
            Value::Blob(id) => Uuid::from_slice(id).ok(),
            _ => None,
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

/// What could be made of a row.
enum Looked {
    Row,
    /// Nothing comes after.
    End,
    Broken,
}

impl Wreck {
    pub(super) fn new(database: &Path, key: &DatabaseKey) -> Self {
        Self {
            database: database.to_owned(),
            key: key.duplicate(),
            conn: None,
            gaps: 0,
            knows_a_table: false,
            knows_a_row: false,
        }
    }

    fn conn(&mut self) -> rusqlite::Result<&Connection> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => {
                let access = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let conn = Connection::open_with_flags(&self.database, access)?;
                conn.execute_batch(self.key.pragma().as_str())?;
                conn.execute_batch("PRAGMA query_only = ON; PRAGMA cell_size_check = ON;")?;
                conn
            }
        };
        Ok(self.conn.insert(conn))
    }

    /// The columns of a table; none where it is not there, or nobody can tell.
    pub(super) fn columns(&mut self, table: &str) -> Vec<String> {
        let read = self.conn().and_then(|conn| columns(conn, table));
        let columns = read.unwrap_or_else(|_| {
            self.conn = None;
            self.gaps += 1;
            Vec::new()
        });
        self.knows_a_table |= !columns.is_empty();
        columns
    }

    /// Whether anything could be read: a row, or that there are none.
    pub(super) fn is_readable(&self) -> bool {
        self.knows_a_row || (self.knows_a_table && self.gaps == 0)
    }

    /// Hands over every row that can be read, in the order in which they were written: none of a table without columns.
    ///
    /// # Errors
    /// What `take` returned.
    pub(super) fn each(
        &mut self,
        table: &str,
        columns: &[String],
        mut take: impl FnMut(Vec<Value>) -> Result<()>,
    ) -> Result<()> {
        if columns.is_empty() {
            return Ok(());
        }
        let names = quoted(columns);
        let sql = format!("SELECT rowid, {names} FROM {table} WHERE rowid > ?1 ORDER BY rowid");
        let mut last = 0;
        loop {
            match self.run(&sql, columns.len(), &mut last, &mut take)? {
                Looked::Broken => self.gaps += 1,
                Looked::End | Looked::Row => return Ok(()),
            }
            match self.beyond(&sql, columns.len(), last) {
                Some(good) => last = good,
                None => return Ok(()),
            }
        }
    }

    /// Reads on until the end or a row that cannot be read.
    fn run(
        &mut self,
        sql: &str,
        width: usize,
        last: &mut i64,
        take: &mut impl FnMut(Vec<Value>) -> Result<()>,
    ) -> Result<Looked> {
        let mut any = false;
        let read = (|| -> rusqlite::Result<std::result::Result<(), Error>> {
            let mut statement = self.conn()?.prepare(sql)?;
            let mut rows = statement.query(params_from_iter([*last]))?;
            while let Some(row) = rows.next()? {
                let values = values(row, width)?;
                *last = row.get(0)?;
                any = true;
                if let Err(error) = take(values) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        })();
        self.knows_a_row |= any;
        match read {
            Ok(taken) => taken.map(|()| Looked::End),
            Err(_) => {
                self.conn = None;
                Ok(Looked::Broken)
            }
        }
    }

    /// The last row number after `low` behind which rows can be read again; nothing where none can.
    fn beyond(&mut self, sql: &str, width: usize, low: i64) -> Option<i64> {
        let (mut bad, mut step) = (low, 1);
        let mut good = loop {
            let at = low.checked_add(step).filter(|_| step < FURTHEST)?;
            match self.look(sql, width, at) {
                Looked::Row => break at,
                // Beyond the end: rows may still be between the last that failed and here.
                Looked::End => break at,
                Looked::Broken => bad = at,
            }
            step *= 2;
        };
        while good - bad > 1 {
            let middle = bad + (good - bad) / 2;
            match self.look(sql, width, middle) {
                Looked::Row | Looked::End => good = middle,
                Looked::Broken => bad = middle,
            }
        }
        Some(good)
    }

    fn look(&mut self, sql: &str, width: usize, after: i64) -> Looked {
        let read = (|| -> rusqlite::Result<Option<i64>> {
            let mut statement = self.conn()?.prepare(sql)?;
            let mut rows = statement.query(params_from_iter([after]))?;
            rows.next()?
                .map(|row| values(row, width).and_then(|_| row.get(0)))
                .transpose()
        })();
        match read {
            Ok(Some(_)) => Looked::Row,
            Ok(None) => Looked::End,
            Err(_) => {
                self.conn = None;
                Looked::Broken
            }
        }
    }
}

fn values(row: &Row<'_>, width: usize) -> rusqlite::Result<Vec<Value>> {
    (1..=width).map(|column| row.get(column)).collect()
}

/// The columns of a table.
pub(super) fn columns(conn: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    conn.prepare("SELECT name FROM pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect()
}

/// Names as SQL takes them, whatever they are: a broken page can hold anything.
pub(super) fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("\"{}\"", name.replace('"', "\"\"")))
        .collect();
    names.join(", ")
}
