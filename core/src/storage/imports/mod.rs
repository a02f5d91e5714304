//! Lists that were brought in, and what becomes of whom they brought when one is undone.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::Conn;
use super::values::{As, At, Word};
use crate::error::Result;

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// People, or what is new about them.
    People,
    /// Numbers that want no texts.
    OptOuts,
    /// Numbers that nobody calls.
    DoNotCall,
}

/// How many lines of a list were what.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// New people, or numbers.
    pub new: u32,
    /// As they are already.
    pub same: u32,
    /// People of whom something changes.
    pub changed: u32,
    /// Not to be used.
    pub refused: u32,
    /// Lines whose number is opted out, here or by the list.
    pub opted_out: u32,
    /// Yeses that come in.
    pub with_consent: u32,
}

/// A list that was brought in.
pub struct Import {
    /// Its id, its act's too.
    pub id: Uuid,
    /// What it is of.
    pub kind: ListKind,
    /// The file's own name.
    pub name: String,
    /// Who brought it in; empty where nobody is named.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What it held.
    pub counts: Counts,
}

/// Writes down that a list is brought in.
///
/// # Errors
/// The disk says no.
pub fn insert(conn: &Conn, import: &Import) -> Result<()> {
    let counts = import.counts;
    conn.execute(
        "INSERT INTO imports (
             id, kind, name, who, at, added, same, changed, refused, opted_out, with_consent
         )
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            import.id,
            As(import.kind),
            import.name,
            import.who,
            At(import.at),
            counts.new,
            counts.same,
            counts.changed,
            counts.refused,
            counts.opted_out,
            counts.with_consent
        ],
    )?;
    Ok(())
}

/// A list that was brought in.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub fn get(conn: &Conn, id: Uuid) -> Result<Import> {
    let sql = format!("{IMPORT} WHERE imports.id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], import)?)
}

/// The list that brought somebody in, where one did.
///
/// # Errors
/// The vault cannot be read.
pub fn that_brought(conn: &Conn, supporter: Uuid) -> Result<Option<Import>> {
    let sql = format!(
        "{IMPORT} JOIN supporters ON supporters.brought_by = imports.id WHERE supporters.id = ?1"
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([supporter], import)
        .optional()?)
}

const IMPORT: &str =
    "SELECT imports.id, imports.kind, imports.name, imports.who, imports.at, imports.added,
        imports.same, imports.changed, imports.refused, imports.opted_out, imports.with_consent
    FROM imports";

fn import(row: &Row<'_>) -> rusqlite::Result<Import> {
    Ok(Import {
        id: row.get(0)?,
        kind: row.get::<_, As<ListKind>>(1)?.0,
        name: row.get(2)?,
        who: row.get(3)?,
        at: row.get::<_, At>(4)?.0,
        counts: Counts {
            new: row.get(5)?,
            same: row.get(6)?,
            changed: row.get(7)?,
            refused: row.get(8)?,
            opted_out: row.get(9)?,
            with_consent: row.get(10)?,
        },
    })
}

/// Writes down what an import wrote into the ledger: everything after `before` in this laptop's chain.
///
/// # Errors
/// The disk says no.
pub fn wrote(conn: &Conn, id: Uuid, before: (Uuid, u32), after: (Uuid, u32)) -> Result<()> {
    if after.1 > before.1 {
        conn.execute(
            "INSERT INTO import_entries (import_id, laptop, first_number, last_number) VALUES (?1, ?2, ?3, ?4)",
            params![id, after.0, before.1 + 1, after.1],
        )?;
    }
    Ok(())
}

/// Those go whom an import brought in and with whom nothing has happened since: no capture, no text, no word of their
/// own, no change. Gives how many went.
///
/// # Errors
/// The disk says no.
pub fn take_back(conn: &Conn, id: Uuid, now: DateTime<Utc>) -> Result<usize> {
    let gone = conn
        .prepare_cached(include_str!("take_back.sql"))?
        .execute(params![id, At(now)])?;
    Ok(gone)
}

/// Whether an import brought somebody in.
///
/// # Errors
/// The vault cannot be read.
pub fn brought(conn: &Conn, supporter: Uuid, id: Uuid) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT brought_by IS ?2 FROM supporters WHERE id = ?1")?
        .query_row(params![supporter, id], |row| row.get(0))?)
}

/// How many are there whom an import brought in.
///
/// # Errors
/// The vault cannot be read.
pub fn count_there(conn: &Conn, id: Uuid) -> Result<u32> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM supporters WHERE brought_by = ?1 AND removed_at IS NULL",
        )?
        .query_row([id], |row| row.get(0))?)
}

/// Yeses that an import brought in and that stand: of people who went just now, and of those who were there before.
///
/// # Errors
/// The vault cannot be read.
pub fn standing_yeses(conn: &Conn, id: Uuid) -> Result<Vec<Uuid>> {
    entries(conn, include_str!("standing_yeses.sql"), id)
}

/// Yeses that an import brought in, that were taken back, and of which nothing was said since.
///
/// # Errors
/// The vault cannot be read.
pub fn yeses_taken_back(conn: &Conn, id: Uuid) -> Result<Vec<Uuid>> {
    entries(conn, include_str!("yeses_taken_back.sql"), id)
}

fn entries(conn: &Conn, sql: &str, id: Uuid) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Word for ListKind {
    fn word(&self) -> String {
        match self {
            Self::People => "people",
            Self::OptOuts => "opt_outs",
            Self::DoNotCall => "do_not_call",
        }
        .to_owned()
    }
    fn of_word(word: &str) -> Option<Self> {
        [Self::People, Self::OptOuts, Self::DoNotCall]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}
