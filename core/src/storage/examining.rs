//! What a closed database holds, read without writing anything to it or beside it.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use super::values::At;
use super::vault::DatabaseKey;
use super::{Conn, Storage, functions, migrations};
use crate::error::{Error, Result};

/// What a vault holds, in numbers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The campaign's id.
    pub id: Uuid,
    /// Its name.
    pub campaign: String,
    /// How many people.
    pub people: u64,
    /// How many texts, in whatever state.
    pub texts: u64,
    /// How many entries of the consent ledger.
    pub entries: u64,
    /// When somebody was captured last.
    pub newest_capture: Option<DateTime<Utc>>,
    /// Differs where anything that counts was added or set since.
    pub mark: String,
}

/// The tables by whose newest rows one state of a vault is told from another.
const GROWING: [&str; 11] = [
    "supporters",
    "captures",
    "ledger",
    "text_events",
    "inbound",
    "acts",
    "changes",
    "setting_changes",
    "wordings",
    "templates",
    "purposes",
];

/// What an open vault holds.
///
/// # Errors
/// The vault cannot be read.
pub fn look(storage: &Storage) -> Result<Contents> {
    storage.read(contents)
}

/// Looks through a closed database page by page, and says what it holds.
///
/// # Errors
/// [`Error::DamagedVault`] where a page is not as it was written or the key is another's, [`Error::NewerVault`].
pub fn examine(database: &Path, key: &DatabaseKey) -> Result<Contents> {
    let access = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(untouched(database)?.as_str(), access)?;
    conn.execute_batch(key.pragma().as_str())?;
    functions::register(&conn)?;
    if migrations::is_newer(&conn)? {
        return Err(Error::NewerVault);
    }
    let found: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(Error::DamagedVault);
    }
    contents(&conn)
}

/// The file, as SQLite opens it without making anything beside it.
fn untouched(database: &Path) -> Result<Url> {
    let mut url =
        Url::from_file_path(std::path::absolute(database)?).map_err(|()| Error::NotFound)?;
    url.set_query(Some("immutable=1"));
    Ok(url)
}

fn contents(conn: &Conn) -> Result<Contents> {
    let (id, campaign) = conn.query_row("SELECT id, name FROM campaign", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let count = |sql: &str| -> Result<u64> { Ok(conn.query_row(sql, [], |row| row.get(0))?) };
    let newest_capture: Option<At> =
        conn.query_row("SELECT max(captured_at) FROM captures", [], |row| {
            row.get(0)
        })?;
    Ok(Contents {
        id,
        campaign,
        people: count("SELECT count(*) FROM supporters WHERE removed_at IS NULL")?,
        texts: count("SELECT count(*) FROM texts")?,
        entries: match has(conn, "ledger")? {
            true => count("SELECT count(*) FROM ledger")?,
            false => 0,
        },
        newest_capture: newest_capture.map(|at| at.0),
        mark: mark(conn)?,
    })
}

fn mark(conn: &Conn) -> Result<String> {
    let mut hash = Sha256::new();
    for table in GROWING {
        if has(conn, table)? {
            let newest: Option<i64> =
                conn.query_row(&format!("SELECT max(rowid) FROM {table}"), [], |row| {
                    row.get(0)
                })?;
            hash.update(format!("{table} {newest:?}\n"));
        }
    }
    let settings: String = conn.query_row(
        "SELECT coalesce((SELECT max(saved_at) FROM gateways), 0) || ' '
             || (SELECT count(*) FROM supporters WHERE removed_at IS NOT NULL) || ' '
             || (SELECT coalesce(max(undone_at), 0) FROM captures)",
        [],
        |row| row.get(0),
    )?;
    hash.update(settings);
    if super::campaign::has_rules(conn)? {
        let rules: String = conn.query_row("SELECT rules FROM campaign", [], |row| row.get(0))?;
        hash.update(rules);
    }
    Ok(data_encoding::HEXLOWER.encode(&hash.finalize()))
}

/// Whether there is such a table: a backup can be older than it.
pub(super) fn has(conn: &Conn, table: &str) -> Result<bool> {
    let found = conn
        .prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?
        .query_row([table], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}
