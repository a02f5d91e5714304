//! What the campaign speaks beside the languages that come with words.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::Conn;
use super::values::At;
use crate::error::Result;

/// A language that the organiser added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its BCP 47 tag: "fr".
    pub tag: String,
    /// Its name as its own speakers write it.
    pub name: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
}

/// Those that were added, in that order.
///
/// # Errors
/// The vault cannot be read.
pub fn added(conn: &Conn) -> Result<Vec<Added>> {
    let mut statement =
        conn.prepare_cached("SELECT tag, name, rtl FROM languages ORDER BY rowid")?;
    let rows = statement.query_map([], |row| {
        Ok(Added {
            tag: row.get(0)?,
            name: row.get(1)?,
            rtl: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether somebody has it.
///
/// # Errors
/// The vault cannot be read.
pub fn is_somebodys(conn: &Conn, tag: &str) -> Result<bool> {
    let is = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM supporters WHERE language = ?1 AND removed_at IS NULL)",
        )?
        .query_row([tag], |row| row.get(0))?;
    Ok(is)
}

/// Takes one away that was added. Words in it stay, and are there again with it.
///
/// # Errors
/// The disk says no.
pub fn remove(conn: &Conn, tag: &str) -> Result<()> {
    conn.execute("DELETE FROM languages WHERE tag = ?1", [tag])?;
    Ok(())
}

/// Adds one.
///
/// # Errors
/// Its tag is there already, or the disk says no.
pub fn insert(conn: &Conn, language: &Added, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "INSERT INTO languages (tag, name, rtl, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![language.tag, language.name, language.rtl, At(now)],
    )?;
    Ok(())
}
