//! Pairs that may be one person: found in the background and as one of them is written, kept until something they were
//! found by changes.

mod judging;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::Conn;
use super::supporters::Details;
use super::values::{As, At, Word};
use crate::error::{Error, Result};
use crate::people::duplicates::{Because, Likeness};

#[cfg(test)]
pub(super) use judging::NEIGHBOURS;
pub use judging::{judge, keep_if_alike};

/// A pair that may be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// One of them.
    pub one: Uuid,
    /// The other.
    pub other: Uuid,
    /// How alike they are.
    pub likeness: Likeness,
}

impl Word for Because {
    fn word(&self) -> String {
        match self {
            Self::Number => "number",
            Self::Email => "email",
            Self::Likeness => "likeness",
        }
        .to_owned()
    }

    fn of_word(word: &str) -> Option<Self> {
        match word {
            "number" => Some(Self::Number),
            "email" => Some(Self::Email),
            "likeness" => Some(Self::Likeness),
            _ => None,
        }
    }
}

/// What of a person is compared.
pub struct Compared<'a> {
    /// Who.
    pub id: Uuid,
    /// First name.
    pub first_name: &'a str,
    /// Last name.
    pub last_name: &'a str,
    /// Mobile in E.164 form.
    pub mobile: Option<&'a str>,
    /// Email address.
    pub email: &'a str,
    /// Postcode.
    pub postcode: &'a str,
    /// With whom they live.
    pub household: Option<Uuid>,
}

/// Goes through everybody who is there.
///
/// # Errors
/// The vault cannot be read, or what `look` returned.
pub fn each(conn: &Conn, mut look: impl FnMut(&Compared<'_>) -> Result<()>) -> Result<()> {
    let mut statement = conn.prepare(
        "SELECT id, first_name, last_name, mobile, email, postcode, household_id FROM supporters
         WHERE removed_at IS NULL",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        look(&compared(row)?)?;
    }
    Ok(())
}

fn compared<'a>(row: &'a Row<'_>) -> Result<Compared<'a>> {
    let text = |index| -> Result<&'a str> {
        let value = row.get_ref(index)?.as_str();
        value.map_err(|_| unreadable())
    };
    let mobile = row.get_ref(3)?.as_str_or_null();
    Ok(Compared {
        id: row.get(0)?,
        first_name: text(1)?,
        last_name: text(2)?,
        mobile: mobile.map_err(|_| unreadable())?,
        email: text(4)?,
        postcode: text(5)?,
        household: row.get(6)?,
    })
}

fn unreadable() -> Error {
    Error::Storage(super::Fault::unreadable("person"))
}

/// Keeps a pair that was found just now. Whom somebody has looked at and called two people stays away.
///
/// # Errors
/// The disk says no.
pub fn keep(conn: &Conn, pair: &Pair, now: DateTime<Utc>) -> Result<()> {
    let (one, other) = ordered(pair.one, pair.other);
    conn.prepare_cached(
        "INSERT INTO duplicates (one_id, other_id, because, score, found_at, parted)
         VALUES (?1, ?2, ?3, ?4, ?5, EXISTS (
             SELECT 1 FROM not_the_same WHERE one_id = ?1 AND other_id = ?2 AND stands = 1
         ))
         ON CONFLICT (one_id, other_id) DO UPDATE
         SET because = excluded.because, score = excluded.score, found_at = excluded.found_at",
    )?
    .execute(params![
        one,
        other,
        As(pair.likeness.because),
        pair.likeness.score,
        At(now)
    ])?;
    Ok(())
}

/// What was found before that time, and not again, is gone; at most `limit` at once. Whoever is away may come back: theirs
/// stay. Gives how many went.
///
/// # Errors
/// The disk says no.
pub fn forget(conn: &Conn, before: DateTime<Utc>, limit: u32) -> Result<usize> {
    let gone = conn
        .prepare_cached(
            "DELETE FROM duplicates WHERE (one_id, other_id) IN (
                 SELECT one_id, other_id FROM duplicates WHERE found_at < ?1 AND away = 0 LIMIT ?2
             )",
        )?
        .execute(params![At(before), limit])?;
    Ok(gone)
}

/// Everybody was looked at.
///
/// # Errors
/// The disk says no.
pub fn looked(conn: &Conn, now: DateTime<Utc>) -> Result<()> {
    conn.execute(
        "INSERT INTO duplicates_looked (only, at) VALUES (1, ?1)
         ON CONFLICT (only) DO UPDATE SET at = excluded.at",
        [At(now)],
    )?;
    Ok(())
}

/// When everybody was looked at last.
///
/// # Errors
/// The vault cannot be read.
pub fn looked_at(conn: &Conn) -> Result<Option<DateTime<Utc>>> {
    let at = conn
        .prepare_cached("SELECT at FROM duplicates_looked")?
        .query_row([], |row| row.get::<_, At>(0))
        .optional()?;
    Ok(at.map(|at| at.0))
}

pub(super) const LISTED_SINCE: &str = "SELECT
    EXISTS (
        SELECT 1 FROM acts WHERE kind = 'import' AND undone_at IS NULL AND at > ?1
        AND NOT EXISTS (SELECT 1 FROM imports WHERE imports.id = acts.id AND imports.kind = 'do_not_call')
    )
    OR EXISTS (SELECT 1 FROM acts WHERE kind = 'take_in' AND at > ?1)";

/// Whether a list or another laptop's file brought people in since then, whom nobody has looked at for pairs.
///
/// # Errors
/// The vault cannot be read.
pub fn listed_since(conn: &Conn, then: DateTime<Utc>) -> Result<bool> {
    Ok(conn
        .prepare_cached(LISTED_SINCE)?
        .query_row([At(then)], |row| row.get(0))?)
}

pub(super) const COUNT: &str = "SELECT count(*) FROM duplicates WHERE away = 0 AND parted = 0";

pub(super) const PAGE: &str = "SELECT one_id, other_id, because, score FROM duplicates
    WHERE away = 0 AND parted = 0 ORDER BY score DESC, one_id, other_id LIMIT ?1 OFFSET ?2";

/// How many pairs there are to look at.
///
/// # Errors
/// The vault cannot be read.
pub fn count(conn: &Conn) -> Result<u32> {
    Ok(conn
        .prepare_cached(COUNT)?
        .query_row([], |row| row.get(0))?)
}

/// Pairs, the likeliest first.
///
/// # Errors
/// The vault cannot be read.
pub fn page(conn: &Conn, offset: u32, limit: u32) -> Result<Vec<Pair>> {
    let mut statement = conn.prepare_cached(PAGE)?;
    let rows = statement.query_map([limit, offset], |row| {
        Ok(Pair {
            one: row.get(0)?,
            other: row.get(1)?,
            likeness: Likeness {
                because: row.get::<_, As<Because>>(2)?.0,
                score: row.get(3)?,
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A person as one side of a pair shows them.
pub struct Card {
    /// What is known of them.
    pub details: Details,
    /// When they were captured first.
    pub captured_at: DateTime<Utc>,
    /// By whom; empty where nobody is named.
    pub canvasser: String,
    /// Whether their number is opted out.
    pub opted_out: bool,
    /// How many texts may have gone to them.
    pub texts: u32,
}

pub(super) const CARD: &str = "SELECT
        first_name, last_name, mobile, email, postcode, language, captured_at,
        (
            SELECT shifts.canvasser FROM captures JOIN shifts ON shifts.id = captures.shift_id
            WHERE captures.supporter_id = supporters.id ORDER BY captures.captured_at LIMIT 1
        ),
        mobile IS NOT NULL AND EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = supporters.mobile),
        (
            SELECT count(*) FROM texts
            WHERE texts.supporter_id = supporters.id AND texts.attempted_at IS NOT NULL
        )
    FROM supporters WHERE id = ?1 AND removed_at IS NULL";

/// A person as one side of a pair shows them.
///
/// # Errors
/// [`Error::NotFound`] where they are gone.
pub fn card(conn: &Conn, id: Uuid) -> Result<Card> {
    Ok(conn.prepare_cached(CARD)?.query_row([id], |row| {
        Ok(Card {
            details: Details {
                first_name: row.get(0)?,
                last_name: row.get(1)?,
                mobile: row.get(2)?,
                email: row.get(3)?,
                postcode: row.get(4)?,
                language: row.get(5)?,
            },
            captured_at: row.get::<_, At>(6)?.0,
            canvasser: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
            opted_out: row.get(8)?,
            texts: row.get(9)?,
        })
    })?)
}

/// Keeps a person's pairs for the undoing of a merge, as the change of their details takes them away.
///
/// # Errors
/// The disk says no.
pub fn keep_for(conn: &Conn, act: Uuid, person: Uuid) -> Result<()> {
    conn.execute(
        "INSERT INTO merge_pairs (act_id, one_id, other_id, because, score, found_at)
         SELECT ?1, one_id, other_id, because, score, found_at FROM duplicates WHERE one_id = ?2
         UNION ALL
         SELECT ?1, one_id, other_id, because, score, found_at FROM duplicates WHERE other_id = ?2",
        [act, person],
    )?;
    Ok(())
}

/// Gives a person the pairs back that a merge took away, and that hold now that it is undone.
///
/// # Errors
/// The disk says no.
pub fn give_back(conn: &Conn, act: Uuid) -> Result<()> {
    conn.execute(
        "INSERT INTO duplicates (one_id, other_id, because, score, found_at, parted, away)
         SELECT kept.one_id, kept.other_id, kept.because, kept.score, kept.found_at,
             EXISTS (
                 SELECT 1 FROM not_the_same
                 WHERE not_the_same.one_id = kept.one_id AND not_the_same.other_id = kept.other_id
                 AND not_the_same.stands = 1
             ),
             (one.removed_at IS NOT NULL) + (other.removed_at IS NOT NULL)
         FROM merge_pairs AS kept
         JOIN supporters AS one ON one.id = kept.one_id
         JOIN supporters AS other ON other.id = kept.other_id
         WHERE kept.act_id = ?1
         ON CONFLICT DO NOTHING",
        [act],
    )?;
    Ok(())
}

/// Writes down that a pair is two people, and that somebody said so.
///
/// # Errors
/// The disk says no.
pub fn part(conn: &Conn, act: Uuid, one: Uuid, other: Uuid) -> Result<()> {
    let (one, other) = ordered(one, other);
    conn.execute(
        "INSERT INTO not_the_same (act_id, one_id, other_id, stands) VALUES (?1, ?2, ?3, 1)",
        [act, one, other],
    )?;
    mark(conn, act)
}

/// Says whether what an act said of a pair stands: undone, or done again.
///
/// # Errors
/// The disk says no.
pub fn turn_part(conn: &Conn, act: Uuid, stands: bool) -> Result<()> {
    conn.execute(
        "UPDATE not_the_same SET stands = ?2, turns = turns + 1 WHERE act_id = ?1",
        params![act, stands],
    )?;
    mark(conn, act)
}

/// Pairs that an act is about are shown, or not, as what stands of them says.
pub(super) fn mark(conn: &Conn, act: Uuid) -> Result<()> {
    conn.execute(
        "UPDATE duplicates SET parted = EXISTS (
             SELECT 1 FROM not_the_same
             WHERE not_the_same.one_id = duplicates.one_id AND not_the_same.other_id = duplicates.other_id
             AND not_the_same.stands = 1
         )
         WHERE (one_id, other_id) IN (SELECT one_id, other_id FROM not_the_same WHERE act_id = ?1)",
        [act],
    )?;
    Ok(())
}

/// Whom an act called two people; nobody where it did no such thing.
///
/// # Errors
/// The vault cannot be read.
pub fn parted(conn: &Conn, act: Uuid) -> Result<Option<(Uuid, Uuid)>> {
    Ok(conn
        .prepare_cached("SELECT one_id, other_id FROM not_the_same WHERE act_id = ?1")?
        .query_row([act], pair_of)
        .optional()?)
}

fn pair_of(row: &Row<'_>) -> rusqlite::Result<(Uuid, Uuid)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn ordered(one: Uuid, other: Uuid) -> (Uuid, Uuid) {
    (one.min(other), one.max(other))
}
