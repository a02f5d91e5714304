//! The gateways' settings, secrets included: they are as safe here as the people are.

mod former;

pub use former::{Former, LISTENED_FOR, forget_former, former, stop_listening};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::values::{As, At};
use super::{Conn, Fault};
use crate::error::{Error, Result};
use crate::gateways::{Kind, Setup};

/// Keeps a gateway's settings and makes it the one that is used. The one before is listened to for a while.
///
/// # Errors
/// The disk says no.
pub fn choose(conn: &Conn, setup: &Setup, now: DateTime<Utc>) -> Result<()> {
    // Settings that cannot be read any more must not keep others from being chosen.
    if let Ok(left) = chosen(conn) {
        former::leave(conn, &left, setup, now)?;
    }
    conn.execute("UPDATE gateways SET active = 0 WHERE active = 1", [])?;
    conn.execute(
        "INSERT INTO gateways (kind, settings, active, saved_at) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT (kind) DO UPDATE SET settings = excluded.settings, active = 1, saved_at = excluded.saved_at",
        params![As(setup.kind()), setup.to_json().as_str(), At(now)],
    )?;
    Ok(())
}

/// The gateway that is used; Practice until another is chosen.
///
/// # Errors
/// The settings were written by a Placard that this one does not understand.
pub fn chosen(conn: &Conn) -> Result<Setup> {
    let settings: Option<String> = conn
        .query_row(
            "SELECT settings FROM gateways WHERE active = 1",
            [],
            |row| row.get(0),
        )
        .optional()?;
    settings.map_or(Ok(Setup::Practice), |json| read(&json))
}

/// When a gateway's settings were saved last; nothing where none ever were.
///
/// # Errors
/// The vault cannot be read.
pub fn saved_last(conn: &Conn) -> Result<Option<DateTime<Utc>>> {
    let at: Option<At> = conn
        .prepare_cached("SELECT max(saved_at) FROM gateways")?
        .query_row([], |row| row.get(0))?;
    Ok(at.map(|at| at.0))
}

/// What was kept for a gateway, chosen or not.
///
/// # Errors
/// As [`chosen`].
pub fn kept(conn: &Conn, kind: Kind) -> Result<Option<Setup>> {
    let settings: Option<String> = conn
        .query_row(
            "SELECT settings FROM gateways WHERE kind = ?1",
            [As(kind)],
            |row| row.get(0),
        )
        .optional()?;
    settings.map(|json| read(&json)).transpose()
}

fn read(json: &str) -> Result<Setup> {
    Setup::from_json(json).ok_or_else(|| Error::Storage(Fault::unreadable("gateway")))
}
