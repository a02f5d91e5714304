//! Questions that were kept under a name.

use chrono::{DateTime, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::Question;
use crate::error::{Error, Result};
use crate::storage::Conn;
use crate::storage::values::At;

/// A question with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it asks.
    pub question: Question,
}

/// Those that were kept, by name.
///
/// # Errors
/// The vault cannot be read.
pub fn saved(conn: &Conn) -> Result<Vec<SavedFilter>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name, question FROM saved_filters ORDER BY sort_key(name, ''), name",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(SavedFilter {
            id: row.get(0)?,
            name: row.get(1)?,
            // What a newer Placard asks and this one does not know is left out of the question.
            question: serde_json::from_str(&row.get::<_, String>(2)?).unwrap_or_default(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a question under a name; what had the name is asked no more.
///
/// # Errors
/// The disk says no.
pub fn keep(
    conn: &Conn,
    id: Uuid,
    name: &str,
    question: &Question,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let json = serde_json::to_string(question).map_err(|_| Error::Broke)?;
    let id = conn.query_row(
        "INSERT INTO saved_filters (id, name, question, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO UPDATE SET question = excluded.question RETURNING id",
        params![id, name, json, At(now)],
        |row| row.get(0),
    )?;
    Ok(id)
}

/// Forgets one.
///
/// # Errors
/// The disk says no.
pub fn forget(conn: &Conn, id: Uuid) -> Result<()> {
    conn.execute("DELETE FROM saved_filters WHERE id = ?1", [id])?;
    Ok(())
}
