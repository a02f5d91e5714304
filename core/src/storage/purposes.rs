//! What a supporter can agree to, each apart from the others.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::Conn;
use super::values::{As, At};
use crate::consent::Channel;
use crate::error::{Error, Result};

/// Something that a supporter can agree to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// What consents point at.
    pub key: String,
    /// How the campaign would reach them, or what it would keep.
    pub channel: Channel,
    /// What about; the whole name of one that comes ready.
    pub label: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when it is asked no more.
    pub retired_at: Option<DateTime<Utc>>,
}

/// Every purpose there ever was, in the order in which they were made: the ledger names them for good.
///
/// # Errors
/// The vault cannot be read.
pub fn all(conn: &Conn) -> Result<Vec<Purpose>> {
    let mut statement = conn.prepare_cached(
        "SELECT key, channel, label, created_at, retired_at FROM purposes ORDER BY rowid",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Purpose {
            key: row.get(0)?,
            channel: row.get::<_, As<Channel>>(1)?.0,
            label: row.get(2)?,
            created_at: row.get::<_, At>(3)?.0,
            retired_at: row.get::<_, Option<At>>(4)?.map(|at| at.0),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is asked of a supporter, in the order in which it was made.
///
/// # Errors
/// The vault cannot be read.
pub fn asked(conn: &Conn) -> Result<Vec<Purpose>> {
    let mut purposes = all(conn)?;
    purposes.retain(|purpose| purpose.retired_at.is_none());
    Ok(purposes)
}

/// Adds one.
///
/// # Errors
/// Its key is there already, or the disk says no.
pub fn insert(conn: &Conn, purpose: &Purpose) -> Result<()> {
    conn.execute(
        "INSERT INTO purposes (key, channel, label, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![
            purpose.key,
            As(purpose.channel),
            purpose.label,
            At(purpose.created_at)
        ],
    )?;
    Ok(())
}

/// Asks it no more from this moment, or again.
///
/// # Errors
/// [`Error::NotFound`], or the disk says no.
pub fn set_retired(conn: &Conn, key: &str, at: Option<DateTime<Utc>>) -> Result<()> {
    let changed = conn.execute(
        "UPDATE purposes SET retired_at = ?2 WHERE key = ?1",
        params![key, at.map(At)],
    )?;
    match changed {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}
