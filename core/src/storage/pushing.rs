//! The server that people are pushed to, and what it was told of whom.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params, params_from_iter};
use secrecy::ExposeSecret;
use url::Url;
use uuid::Uuid;

use super::values::{As, At};
use super::{Conn, Fault};
use crate::consent::ledger::Hash;
use crate::error::{Error, Result};
use crate::gateways::osdi::OsdiSettings;

/// How a push went so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The server's address.
    pub server: String,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// How many people it is about.
    pub people: u64,
    /// How many the server took.
    pub sent: u64,
    /// How many it had as they are.
    pub same: u64,
    /// How many it refused.
    pub refused: u64,
    /// Why it did not come to its end; nothing once it is through.
    pub stopped: Option<String>,
}

/// Somebody whom the server did not take.
#[derive(Clone, PartialEq, Eq)]
pub struct Refused {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// What the server was told of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The digest of it.
    pub digest: Hash,
    /// Whether the server took them.
    pub taken: bool,
}

/// The server, where one was chosen.
///
/// # Errors
/// The address was written by a Placard that this one does not understand.
pub fn server(conn: &Conn) -> Result<Option<OsdiSettings>> {
    let kept: Option<(String, String)> = conn
        .prepare_cached("SELECT address, token FROM osdi_server")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    kept.map(|(address, token)| {
        let address = Url::parse(&address)
            .map_err(|_| Error::Storage(Fault::unreadable("server's address")))?;
        Ok(OsdiSettings {
            address,
            token: token.into(),
        })
    })
    .transpose()
}

/// Keeps the server.
///
/// # Errors
/// The disk says no.
pub fn keep_server(conn: &Conn, settings: &OsdiSettings, now: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO osdi_server (only, address, token, saved_at) VALUES (1, ?1, ?2, ?3)
         ON CONFLICT (only) DO UPDATE SET address = excluded.address, token = excluded.token,
             saved_at = excluded.saved_at",
    )?
    .execute(params![
        settings.address.as_str(),
        settings.token.expose_secret(),
        At(now)
    ])?;
    Ok(())
}

/// What the server was told of these people last.
///
/// # Errors
/// The vault cannot be read.
pub fn told(conn: &Conn, server: &str, ids: &[Uuid]) -> Result<HashMap<Uuid, Told>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut statement = conn.prepare_cached(&told_sql(ids.len()))?;
    let mut found = HashMap::new();
    let mut rows = statement.query(params_from_iter(ids))?;
    while let Some(row) = rows.next()? {
        if row.get_ref(1)?.as_str().ok() == Some(server) {
            let told = Told {
                digest: row.get::<_, As<Hash>>(2)?.0,
                taken: row.get(3)?,
            };
            found.insert(row.get(0)?, told);
        }
    }
    Ok(found)
}

pub(super) fn told_sql(many: usize) -> String {
    format!(
        "SELECT supporter_id, server, digest, refused IS NULL FROM pushed WHERE supporter_id IN ({})",
        vec!["?"; many].join(", ")
    )
}

/// Writes down what the server was told of somebody, and why it did not take them where it did not.
///
/// # Errors
/// The disk says no.
pub fn tell(
    conn: &Conn,
    (server, supporter): (&str, Uuid),
    digest: Hash,
    refused: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO pushed (supporter_id, server, digest, at, refused) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (supporter_id, server) DO UPDATE SET digest = excluded.digest, at = excluded.at,
             refused = excluded.refused",
    )?
    .execute(params![supporter, server, As(digest), At(now), refused])?;
    Ok(())
}

/// Keeps how the push stands.
///
/// # Errors
/// The disk says no.
pub fn keep(conn: &Conn, push: &Push) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO pushes (only, server, begun_at, people, sent, same, refused, stopped)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (only) DO UPDATE SET server = excluded.server, begun_at = excluded.begun_at,
             people = excluded.people, sent = excluded.sent, same = excluded.same, refused = excluded.refused,
             stopped = excluded.stopped",
    )?
    .execute(params![
        push.server,
        At(push.begun_at),
        push.people,
        push.sent,
        push.same,
        push.refused,
        push.stopped
    ])?;
    Ok(())
}

/// The last push; none where there was none.
///
/// # Errors
/// The vault cannot be read.
pub fn last(conn: &Conn) -> Result<Option<Push>> {
    let push = conn
        .prepare_cached(
            "SELECT server, begun_at, people, sent, same, refused, stopped FROM pushes",
        )?
        .query_row([], |row| {
            Ok(Push {
                server: row.get(0)?,
                begun_at: row.get::<_, At>(1)?.0,
                people: row.get(2)?,
                sent: row.get(3)?,
                same: row.get(4)?,
                refused: row.get(5)?,
                stopped: row.get(6)?,
            })
        })
        .optional()?;
    Ok(push)
}

pub(super) const REFUSED: &str = "SELECT supporters.id,
        trim(supporters.first_name || ' ' || supporters.last_name), pushed.refused
    FROM pushed
    JOIN supporters ON supporters.id = pushed.supporter_id
    WHERE pushed.server = ?1 AND pushed.at >= ?2 AND pushed.refused IS NOT NULL
    AND supporters.removed_at IS NULL
    ORDER BY pushed.at
    LIMIT ?3";

/// Whom a server did not take since then, the first of them.
///
/// # Errors
/// The vault cannot be read.
pub fn refused(conn: &Conn, server: &str, since: DateTime<Utc>, most: u32) -> Result<Vec<Refused>> {
    let mut statement = conn.prepare_cached(REFUSED)?;
    let rows = statement.query_map(params![server, At(since), most], |row| {
        Ok(Refused {
            id: row.get(0)?,
            name: row.get(1)?,
            reason: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What servers were told of somebody goes with them.
///
/// # Errors
/// The disk says no.
pub(super) fn erase(conn: &Conn, supporter: Uuid) -> Result<()> {
    conn.prepare_cached("DELETE FROM pushed WHERE supporter_id = ?1")?
        .execute([supporter])?;
    Ok(())
}
