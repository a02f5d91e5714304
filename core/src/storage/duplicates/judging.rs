//! One person judged by themselves, as they are written: whoever shares a number, an email address or a postcode with them
//! is found by an index. Whom a list brings in is judged with everybody.

use chrono::{DateTime, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::{Pair, compared, keep};
use crate::error::{Error, Result};
use crate::people::duplicates::{Who, fold};
use crate::storage::Conn;
use crate::storage::supporters::{self, Details};

/// Of so many who share one thing with them, the newest are compared: a capture waits for it.
const MOST: u32 = 50;

pub(in crate::storage) const NEIGHBOURS: &str =
    "SELECT id, first_name, last_name, mobile, email, postcode, household_id FROM supporters
    WHERE id <> ?1 AND rowid IN (
        SELECT who FROM (
            SELECT rowid AS who FROM supporters WHERE mobile = ?2 AND removed_at IS NULL
            ORDER BY captured_at DESC LIMIT ?5
        )
        UNION ALL
        SELECT who FROM (
            SELECT rowid AS who FROM supporters
            WHERE email = ?3 COLLATE NOCASE AND email <> '' AND removed_at IS NULL ORDER BY rowid DESC LIMIT ?5
        )
        UNION ALL
        SELECT who FROM (
            SELECT rowid AS who FROM supporters INDEXED BY supporters_in_order_of_postcode
            WHERE (postcode = '') = 0 AND postcode IS ?4 AND removed_at IS NULL ORDER BY rowid DESC LIMIT ?5
        )
    )";

/// Keeps the pairs that somebody makes with those who share something with them, as all of them are now. Whoever is gone
/// makes none.
///
/// # Errors
/// The disk says no.
pub fn judge(conn: &Conn, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let Some(known) = Known::of(conn, id)? else {
        return Ok(());
    };
    let (who, details) = (known.who(), &known.details);
    let mut pairs = Vec::new();
    let mut statement = conn.prepare_cached(NEIGHBOURS)?;
    let mut rows = statement.query(params![
        id,
        details.mobile,
        details.email,
        details.postcode,
        MOST
    ])?;
    while let Some(row) = rows.next()? {
        let other = compared(row)?;
        let (first, last) = (fold(other.first_name), fold(other.last_name));
        let they = Who::new(
            (&first, &last),
            other.mobile,
            other.email,
            other.postcode,
            other.household,
        );
        pairs.extend(who.likeness(&they).map(|likeness| Pair {
            one: id,
            other: other.id,
            likeness,
        }));
    }
    for pair in &pairs {
        keep(conn, pair, now)?;
    }
    Ok(())
}

/// Keeps a pair that was found among everybody, where it is alike still.
///
/// # Errors
/// The disk says no.
pub fn keep_if_alike(conn: &Conn, one: Uuid, other: Uuid, now: DateTime<Utc>) -> Result<()> {
    let (Some(known), Some(theirs)) = (Known::of(conn, one)?, Known::of(conn, other)?) else {
        return Ok(());
    };
    let Some(likeness) = known.who().likeness(&theirs.who()) else {
        return Ok(());
    };
    let pair = Pair {
        one,
        other,
        likeness,
    };
    keep(conn, &pair, now)
}

/// A person as they are now.
struct Known {
    names: (String, String),
    details: Details,
    household: Option<Uuid>,
}

impl Known {
    /// Nothing where they are gone.
    fn of(conn: &Conn, id: Uuid) -> Result<Option<Self>> {
        match supporters::details(conn, id) {
            Ok(details) => Ok(Some(Self {
                names: (fold(&details.first_name), fold(&details.last_name)),
                household: supporters::standing(conn, id)?.0,
                details,
            })),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn who(&self) -> Who<'_> {
        Who::new(
            (&self.names.0, &self.names.1),
            self.details.mobile.as_deref(),
            &self.details.email,
            &self.details.postcode,
            self.household,
        )
    }
}
