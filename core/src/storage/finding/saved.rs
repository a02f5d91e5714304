//! Questions that were kept under a name.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
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
    /// What it asks; none where a newer Placard saved it and asks what this one does not know. Without that part it
    /// would be about more people than whoever saved it meant.
    pub question: Option<Question>,
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
            question: serde_json::from_str(&row.get::<_, String>(2)?).ok(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a question under a name, and gives its id. What has the name already is asked no more where it is to be
/// replaced; otherwise it stays, and nothing is kept.
///
/// # Errors
/// The disk says no.
pub fn keep(
    conn: &Conn,
    id: Uuid,
    name: &str,
    question: &Question,
    replaces: bool,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>> {
    let json = serde_json::to_string(question).map_err(|_| Error::Broke)?;
    let kept = conn
        .prepare_cached(
            "INSERT INTO saved_filters (id, name, question, created_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET question = excluded.question WHERE ?5 RETURNING id",
        )?
        .query_row(params![id, name, json, At(now), replaces], |row| row.get(0))
        .optional()?;
    Ok(kept)
}

/// Forgets one.
///
/// # Errors
/// The disk says no.
pub fn forget(conn: &Conn, id: Uuid) -> Result<()> {
    conn.execute("DELETE FROM saved_filters WHERE id = ?1", [id])?;
    Ok(())
}
