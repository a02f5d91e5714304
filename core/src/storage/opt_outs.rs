//! Numbers that may not be texted, whoever they belong to.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::Conn;
use super::values::{As, At};
use crate::error::Result;
use crate::people::Mobile;

/// Writes that the carrier has this number opted out. A number that is here already stays as it is.
///
/// # Errors
/// The disk says no.
pub fn add_from_carrier(conn: &Conn, mobile: &Mobile, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "INSERT INTO opt_outs (mobile, source, at) VALUES (?1, 'carrier', ?2) ON CONFLICT (mobile) DO NOTHING",
        params![As(mobile.clone()), At(now)],
    )?;
    Ok(())
}
