//! Texts that are out: what to ask the provider about, and what it lists that is ours.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Text;
use crate::error::Result;
use crate::gateways::{Kind, Witness};
use crate::people::Mobile;
use crate::storage::Conn;
use crate::storage::values::{As, At};

/// Which account at which gateway a text went to. Only that one can be asked about it: another account's
/// silence proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The gateway.
    pub kind: Kind,
    /// The account, the sender and the address there. Never a secret.
    pub account: String,
}

/// The texts to ask about now, at most `limit`, longest due first.
///
/// # Errors
/// The vault cannot be read.
pub fn due_looks(
    conn: &Conn,
    route: &Route,
    now: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<Text>> {
    let mut statement = conn.prepare_cached(DUE_LOOKS)?;
    let given = params![At(now), As(route.kind), route.account, limit];
    let rows = statement.query_map(given, super::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(in crate::storage) const DUE_LOOKS: &str = concat!(
    include_str!("text.sql"),
    " WHERE texts.next_look_at IS NOT NULL
      AND (texts.next_look_at <= ?1 OR texts.next_look_at > ?1 + 3600000)
      AND texts.gateway = ?2 AND texts.account = ?3
      ORDER BY texts.next_look_at LIMIT ?4"
);

/// Notes that the provider was asked, and when to ask it again; never where `next` is `None`.
///
/// # Errors
/// The disk says no.
pub fn look_later(
    conn: &Conn,
    id: Uuid,
    counts: bool,
    next: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "UPDATE texts SET looks = looks + ?2, first_look_at = coalesce(first_look_at, CASE ?2 WHEN 1 THEN ?4 END),
         next_look_at = ?3 WHERE id = ?1",
    )?
    .execute(params![id, counts, next.map(At), At(now)])?;
    Ok(())
}

/// Texts that were on the wire when Placard stopped, and the gateway each of them went to.
///
/// # Errors
/// The vault cannot be read.
pub fn left_open(conn: &Conn) -> Result<Vec<(Uuid, Kind)>> {
    let mut statement =
        conn.prepare_cached("SELECT id, gateway FROM texts WHERE state = 'sending'")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, As<Kind>>(1)?.0)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether another text for this number is on the wire: what the provider lists may be that one.
///
/// # Errors
/// The vault cannot be read.
pub fn is_another_on_the_wire(conn: &Conn, text: &Text) -> Result<bool> {
    let is = conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM texts WHERE state = 'sending' AND mobile = ?1 AND id <> ?2)",
        )?
        .query_row(params![As(text.mobile.clone()), text.id], |row| row.get(0))?;
    Ok(is)
}

/// Whether a text that the provider lists was ever known to be one of ours.
///
/// # Errors
/// The vault cannot be read.
pub fn owned(conn: &Conn, provider_id: &str) -> Result<bool> {
    let found = conn
        .prepare_cached("SELECT 1 FROM text_events WHERE provider_id = ?1 LIMIT 1")?
        .query_row([provider_id], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// A text that the same account took on a try later than the one of this text: by the clock, and by the order
/// in which the tries were written down, since a clock can be set back.
///
/// # Errors
/// The vault cannot be read.
pub fn witness(
    conn: &Conn,
    route: &Route,
    lost: Uuid,
    after: DateTime<Utc>,
) -> Result<Option<Witness>> {
    let witness = conn
        .prepare_cached(WITNESS)?
        .query_row(
            params![As(route.kind), route.account, At(after), lost],
            |row| {
                Ok(Witness {
                    to: row.get::<_, As<Mobile>>(0)?.0,
                    provider_id: row.get(1)?,
                })
            },
        )
        .optional()?;
    Ok(witness)
}

pub(in crate::storage) const WITNESS: &str = "SELECT mobile, provider_id FROM texts
    WHERE gateway = ?1 AND account = ?2 AND accepted_at > ?3 AND attempted_at > ?3
    AND provider_id IS NOT NULL
    AND (SELECT max(rowid) FROM text_events WHERE text_id = texts.id AND state = 'sending')
      > (SELECT max(rowid) FROM text_events WHERE text_id = ?4 AND state = 'sending')
    LIMIT 1";
