//! Whether one person is among those whom a question finds.

use rusqlite::types::Value;
use rusqlite::{CachedStatement, params_from_iter};

use crate::error::Result;
use crate::storage::Conn;
use crate::storage::finding::telling::Test;

/// Asks one person after another.
pub(super) struct Among<'a> {
    statement: CachedStatement<'a>,
    /// Who is asked about, and then what the tests ask.
    values: Vec<Value>,
}

impl<'a> Among<'a> {
    pub(super) fn of<'t>(conn: &'a Conn, tests: impl Iterator<Item = &'t Test>) -> Result<Self> {
        let mut text =
            "SELECT 1 FROM standings CROSS JOIN supporters ON supporters.rowid = standings.person
            WHERE standings.person = ?"
                .to_owned();
        let mut values = vec![Value::Null];
        for test in tests {
            text.push_str(" AND ");
            text.push_str(&test.condition.text);
            values.extend(test.condition.values.clone());
        }
        Ok(Self {
            statement: conn.prepare_cached(&text)?,
            values,
        })
    }

    /// Whether every test is true of somebody who is there.
    pub(super) fn of_person(&mut self, person: i64) -> Result<bool> {
        if let Some(who) = self.values.first_mut() {
            *who = Value::Integer(person);
        }
        Ok(self.statement.exists(params_from_iter(&self.values))?)
    }
}
