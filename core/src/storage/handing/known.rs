//! The laptops of the campaign that this one has heard of, its own key, and what it has handed to whom.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::giving::Mark;
use crate::error::Result;
use crate::storage::Conn;
use crate::storage::values::At;

/// Another laptop that files can be locked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Whoever handed over there last; empty where nobody has yet.
    pub name: String,
    /// Its public key.
    pub key: String,
}

/// This laptop's id: its chain in the ledger bears it.
///
/// # Errors
/// The vault cannot be read.
pub fn laptop(conn: &Conn) -> Result<Uuid> {
    let id = conn
        .prepare_cached("SELECT laptop FROM campaign")?
        .query_row([], |row| row.get(0))?;
    Ok(id)
}

/// The secret key that opens what others lock for this laptop, where it has one.
///
/// # Errors
/// The vault cannot be read.
pub fn identity(conn: &Conn) -> Result<Option<String>> {
    let identity = conn.query_row("SELECT identity FROM campaign", [], |row| row.get(0))?;
    Ok(identity)
}

/// Keeps it.
///
/// # Errors
/// The disk says no.
pub fn set_identity(conn: &Conn, identity: &str) -> Result<()> {
    conn.execute("UPDATE campaign SET identity = ?1", [identity])?;
    Ok(())
}

/// The laptops that files were or can be locked for, by name.
///
/// # Errors
/// The vault cannot be read.
pub fn known_recipients(conn: &Conn) -> Result<Vec<Recipient>> {
    let mut statement = conn.prepare_cached(
        "SELECT name, recipient FROM laptops
         WHERE recipient <> '' AND id <> (SELECT laptop FROM campaign)
         UNION ALL
         SELECT '', recipient FROM handed
         WHERE recipient <> '' AND recipient NOT IN (SELECT recipient FROM laptops)
         ORDER BY 1, 2",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Recipient {
            name: row.get(0)?,
            key: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// To whom something was handed over last, and when; a recipient without a key knows the passphrase.
///
/// # Errors
/// The vault cannot be read.
pub fn last_handed(conn: &Conn) -> Result<Option<(String, DateTime<Utc>)>> {
    let last = conn
        .query_row(
            "SELECT recipient, at FROM handed ORDER BY at DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get::<_, At>(1)?.0)),
        )
        .optional()?;
    Ok(last)
}

/// Up to where a recipient has everything, where anything was handed to them.
///
/// # Errors
/// The vault cannot be read.
pub fn marked(conn: &Conn, recipient: &str) -> Result<Option<Mark>> {
    let mark = conn
        .query_row(
            "SELECT at, ledger, changes, events, inbound FROM handed WHERE recipient = ?1",
            [recipient],
            |row| {
                Ok(Mark {
                    at: row.get::<_, At>(0)?.0,
                    ledger: row.get(1)?,
                    changes: row.get(2)?,
                    events: row.get(3)?,
                    inbound: row.get(4)?,
                })
            },
        )
        .optional()?;
    Ok(mark)
}

/// Writes down that a recipient has everything up to there.
///
/// # Errors
/// The disk says no.
pub fn mark_handed(conn: &Conn, recipient: &str, mark: &Mark) -> Result<()> {
    conn.execute(
        "INSERT INTO handed (recipient, at, ledger, changes, events, inbound)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (recipient) DO UPDATE SET at = excluded.at, ledger = excluded.ledger,
             changes = excluded.changes, events = excluded.events, inbound = excluded.inbound",
        params![
            recipient,
            At(mark.at),
            mark.ledger,
            mark.changes,
            mark.events,
            mark.inbound
        ],
    )?;
    Ok(())
}
