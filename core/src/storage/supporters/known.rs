//! Who is known already of whom a list speaks: by their number, their email, or their name where they have neither.

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::Details;
use crate::error::Result;
use crate::storage::Conn;

/// Somebody who is there.
pub struct Known {
    /// Their id.
    pub id: Uuid,
    /// What is known of them.
    pub details: Details,
}

pub(in crate::storage) const ON_MOBILE: &str =
    "SELECT id, first_name, last_name, mobile, email, postcode, language
    FROM supporters WHERE mobile = ?1 AND removed_at IS NULL ORDER BY captured_at LIMIT 20";

/// Who has a mobile, in E.164 form, oldest first: at most twenty.
///
/// # Errors
/// The vault cannot be read.
pub fn on_mobile(conn: &Conn, e164: &str) -> Result<Vec<Known>> {
    let mut statement = conn.prepare_cached(ON_MOBILE)?;
    let rows = statement.query_map([e164], known)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::storage) const ON_EMAIL: &str =
    "SELECT id, first_name, last_name, mobile, email, postcode, language
    FROM supporters
    WHERE email = ?1 COLLATE NOCASE AND email <> '' AND removed_at IS NULL LIMIT 20";

/// Who has an email address, in whatever capitals: at most twenty.
///
/// # Errors
/// The vault cannot be read.
pub fn on_email(conn: &Conn, email: &str) -> Result<Vec<Known>> {
    let mut statement = conn.prepare_cached(ON_EMAIL)?;
    let rows = statement.query_map([email], known)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::storage) const BY_NAME_ALONE: &str =
    "SELECT id, first_name, last_name, mobile, email, postcode, language
    FROM supporters
    WHERE last_name = ?2 AND first_name = ?1 AND mobile IS NULL AND email = '' AND removed_at IS NULL LIMIT 20";

/// Who has this name and neither number nor email: at most twenty.
///
/// # Errors
/// The vault cannot be read.
pub fn by_name_alone(conn: &Conn, first: &str, last: &str) -> Result<Vec<Known>> {
    let mut statement = conn.prepare_cached(BY_NAME_ALONE)?;
    let rows = statement.query_map(params![first, last], known)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Somebody by their id, where they are there.
///
/// # Errors
/// The vault cannot be read.
pub fn by_id(conn: &Conn, id: Uuid) -> Result<Option<Known>> {
    Ok(conn
        .prepare_cached(
            "SELECT id, first_name, last_name, mobile, email, postcode, language
             FROM supporters WHERE id = ?1 AND removed_at IS NULL",
        )?
        .query_row([id], known)
        .optional()?)
}

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        id: row.get(0)?,
        details: Details {
            first_name: row.get(1)?,
            last_name: row.get(2)?,
            mobile: row.get(3)?,
            email: row.get(4)?,
            postcode: row.get(5)?,
            language: row.get(6)?,
        },
    })
}
