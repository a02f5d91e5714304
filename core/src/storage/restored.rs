//! What becomes of a vault that is put back to an earlier state: nobody is texted twice, and nobody who opted out since
//! is texted at all.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::texts::{self, Route};
use super::values::{As, At};
use super::{Conn, holds};
use crate::error::Result;
use crate::people::Country;
use crate::texts::life::{Hold, Kind, Move, Reason, State, Trouble};

/// The provider lists some texts late, and clocks differ: replies are fetched anew from this long before the backup.
const BEFORE: TimeDelta = TimeDelta::hours(1);

/// Says that this vault is as it was at `backup_at`, before anything is taken over into it: this laptop writes a chain of its
/// own into the ledger from now on, since the numbers after the backup's last one are taken.
///
/// # Errors
/// The disk says no.
pub fn begin(conn: &Conn, backup_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "INSERT INTO restores (id, backup_at, at, laptop) VALUES (?1, ?2, ?3, (SELECT laptop FROM campaign))",
        params![Uuid::now_v7(), At(backup_at), At(now)],
    )?;
    conn.execute("UPDATE campaign SET laptop = ?1", [Uuid::now_v7()])?;
    conn.execute(
        "UPDATE inbound_marks SET complete_to = min(complete_to, ?1)",
        [At(backup_at - BEFORE)],
    )?;
    Ok(())
}

/// Gives how many texts may have gone since the backup, as far as anybody knows: texts of which [`super::take_over`] told
/// are settled. What waited or was on its way is uncertain from now on, and everything is held until a person says that
/// it may go.
///
/// # Errors
/// The disk says no.
pub fn settle(conn: &Conn, backup_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
    conn.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS settled_texts (id BLOB NOT NULL PRIMARY KEY) STRICT;",
    )?;
    let open: Vec<(Uuid, Kind)> = conn
        .prepare(OPEN)?
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, As<Kind>>(1)?.0)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut uncertain = 0;
    let mut settled = conn.prepare("SELECT 1 FROM settled_texts WHERE id = ?1")?;
    for (id, kind) in open {
        if settled.exists([id])? {
            continue;
        }
        if kind == Kind::Test {
            let over = Move::to(State::NotSent, Reason::Cancelled);
            texts::apply(conn, id, &over, now)?;
            continue;
        }
        texts::apply(conn, id, &Move::to(State::Uncertain, Reason::Restored), now)?;
        // A report or a reply counts for it from then on.
        conn.prepare_cached(
            "UPDATE texts SET attempts = max(attempts, 1), attempted_at = coalesce(attempted_at, ?2) WHERE id = ?1",
        )?
        .execute(params![id, At(backup_at)])?;
        uncertain += 1;
    }
    drop(settled);
    let nowhere = (Country::GB, None);
    holds::add(
        conn,
        Hold::Everything,
        nowhere,
        Trouble::Restored,
        None,
        now,
    )?;
    conn.execute_batch("DROP TABLE settled_texts")?;
    Ok(uncertain)
}

/// The provider in use is asked about the texts of a restored vault of which nobody knows whether they have gone. Gives
/// how many there are.
///
/// # Errors
/// The disk says no.
pub fn ask_about(conn: &Conn, route: &Route, now: DateTime<Utc>) -> Result<usize> {
    let asked = conn.execute(ASK_ABOUT, params![As(route.kind), route.account, At(now)])?;
    Ok(asked)
}

pub(super) const ASK_ABOUT: &str = "UPDATE texts SET gateway = ?1, account = ?2, next_look_at = ?3
    WHERE state = 'uncertain' AND reason = 'restored' AND next_look_at IS NULL AND looks = 0
    AND (gateway IS NULL OR (gateway = ?1 AND account = ?2))";

/// The texts of a restored vault of which nobody knows whether they have gone, oldest first: each with whether the provider
/// in use is asked about it and has yet to answer.
///
/// # Errors
/// The vault cannot be read.
pub fn uncertain(conn: &Conn, route: &Route) -> Result<Vec<(Uuid, bool)>> {
    let mut statement = conn.prepare_cached(UNCERTAIN)?;
    let given = params![As(route.kind), route.account];
    let rows = statement.query_map(given, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) const UNCERTAIN: &str =
    "SELECT id, next_look_at IS NOT NULL AND looks = 0 AND gateway IS ?1 AND account IS ?2 FROM texts
    WHERE state = 'uncertain' AND reason = 'restored' AND laptop IS NULL ORDER BY id";

/// How many of those there are.
///
/// # Errors
/// The vault cannot be read.
pub fn count_uncertain(conn: &Conn) -> Result<u32> {
    let count = conn
        .prepare_cached(COUNT_UNCERTAIN)?
        .query_row([], |row| row.get(0))?;
    Ok(count)
}

pub(super) const COUNT_UNCERTAIN: &str = "SELECT count(*) FROM texts
    WHERE state = 'uncertain' AND reason = 'restored' AND laptop IS NULL";

pub(super) const OPEN: &str =
    "SELECT id, kind FROM texts WHERE state IN ('waiting', 'sending') ORDER BY id";
