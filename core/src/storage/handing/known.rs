//! The laptops of the campaign that this one has heard of, its own key, and what it has handed to whom.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::gap;
use super::records::{Header, Mark};
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
            "SELECT recipient, at FROM handed ORDER BY rowid DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get::<_, At>(1)?.0)),
        )
        .optional()?;
    Ok(last)
}

/// Up to where a recipient has everything, where anything was handed to them. A vault that was put back to a backup goes
/// by another name, and has handed nothing over under that one.
///
/// # Errors
/// The vault cannot be read.
pub fn marked(conn: &Conn, recipient: &str) -> Result<Option<Mark>> {
    let found = conn
        .query_row(
            "SELECT people, touched, ledger, inbound FROM handed
             WHERE recipient = ?1 AND laptop = (SELECT laptop FROM campaign)",
            [recipient],
            mark,
        )
        .optional()?;
    Ok(found)
}

fn mark(row: &Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark {
        people: row.get(0)?,
        touched: row.get(1)?,
        ledger: row.get(2)?,
        inbound: row.get(3)?,
    })
}

/// Writes down that a recipient was handed everything up to there.
///
/// # Errors
/// The disk says no.
pub fn mark_handed(conn: &Conn, recipient: &str, mark: &Mark, now: DateTime<Utc>) -> Result<()> {
    // A row of its own each time: the last one tells of the last time, whatever the clock said.
    conn.execute(
        "INSERT OR REPLACE INTO handed (recipient, at, laptop, people, touched, ledger, inbound)
         VALUES (?1, ?2, (SELECT laptop FROM campaign), ?3, ?4, ?5, ?6)",
        params![
            recipient,
            At(now),
            mark.people,
            mark.touched,
            mark.ledger,
            mark.inbound
        ],
    )?;
    Ok(())
}

/// Whether everything is here that a file goes on from: a laptop's own is.
///
/// # Errors
/// [`gap`], or the vault cannot be read.
pub fn fits(conn: &Conn, header: &Header) -> Result<()> {
    let Some(after) = header.after else {
        return Ok(());
    };
    if header.laptop == laptop(conn)? {
        return Ok(());
    }
    let here = conn
        .query_row(
            "SELECT people, touched, ledger, inbound FROM come_in WHERE laptop = ?1",
            [header.laptop],
            mark,
        )
        .optional()?;
    match here.is_some_and(|here| after.is_in(&here)) {
        true => Ok(()),
        false => Err(gap()),
    }
}

/// Writes down up to where everything of the laptop is here, once its file is taken in.
///
/// # Errors
/// The disk says no.
pub fn came_in(conn: &Conn, header: &Header) -> Result<()> {
    let Some(up_to) = header.up_to else {
        return Ok(());
    };
    conn.execute(
        "INSERT INTO come_in (laptop, people, touched, ledger, inbound) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (laptop) DO UPDATE SET people = max(people, excluded.people),
             touched = max(touched, excluded.touched), ledger = max(ledger, excluded.ledger),
             inbound = max(inbound, excluded.inbound)",
        params![
            header.laptop,
            up_to.people,
            up_to.touched,
            up_to.ledger,
            up_to.inbound
        ],
    )?;
    Ok(())
}
