//! What stops sending until a person mends it.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Conn;
use super::values::{As, At};
use crate::error::Result;
use crate::people::Country;
use crate::texts::life::{Hold, Trouble};

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: Uuid,
    /// The country it holds; `None` where it holds everything.
    pub country: Option<Country>,
    /// Why.
    pub trouble: Trouble,
    /// The provider's own code, where it gave one.
    pub code: Option<String>,
}

/// Holds everything, or the country. A hold for the same reason stays as it is.
///
/// # Errors
/// The disk says no.
pub fn add(
    conn: &Conn,
    hold: Hold,
    country: Country,
    trouble: Trouble,
    code: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (scope, country) = match hold {
        Hold::Everything => ("everything", ""),
        Hold::Country => ("country", country.code()),
    };
    conn.execute(
        "INSERT INTO holds (id, scope, country, trouble, code, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (scope, country, trouble) DO NOTHING",
        params![Uuid::now_v7(), scope, country, As(trouble), code, At(now)],
    )?;
    Ok(())
}

/// All holds, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn all(conn: &Conn) -> Result<Vec<Held>> {
    let mut statement = conn
        .prepare_cached("SELECT id, scope, country, trouble, code FROM holds ORDER BY since, id")?;
    let rows = statement.query_map([], |row| {
        let scope: String = row.get(1)?;
        let country = match scope.as_str() {
            "country" => Some(row.get::<_, As<Country>>(2)?.0),
            _ => None,
        };
        Ok(Held {
            id: row.get(0)?,
            country,
            trouble: row.get::<_, As<Trouble>>(3)?.0,
            code: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether everything is held.
///
/// # Errors
/// The vault cannot be read.
pub fn everything(conn: &Conn) -> Result<bool> {
    let held = conn
        .prepare_cached("SELECT 1 FROM holds WHERE scope = 'everything' LIMIT 1")?
        .query_row([], |_| Ok(()))
        .optional()?;
    Ok(held.is_some())
}

/// A person says that it is mended. Gives whether the hold was there.
///
/// # Errors
/// The disk says no.
pub fn release(conn: &Conn, id: Uuid) -> Result<bool> {
    Ok(conn.execute("DELETE FROM holds WHERE id = ?1", [id])? > 0)
}

/// The gateway takes our credentials again. Gives whether that released anything.
///
/// # Errors
/// The disk says no.
pub fn release_credentials(conn: &Conn) -> Result<bool> {
    let sql = "DELETE FROM holds WHERE trouble = ?1";
    Ok(conn.execute(sql, [As(Trouble::Credentials)])? > 0)
}

/// The gateway's settings were written anew: whatever it held on to is asked again.
///
/// # Errors
/// The disk says no.
pub fn release_all(conn: &Conn) -> Result<()> {
    conn.execute("DELETE FROM holds", [])?;
    Ok(())
}
