//! What people did to the records, one act after another: what each changed, and which are undone.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Conn;
use super::merges;
use super::supporters::Details;
use super::values::{As, At};
use crate::error::Result;

/// What kind of thing somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Saved a form.
    Capture,
    /// Put a person's details right.
    Correction,
    /// Wrote down that somebody withdrew a yes.
    Withdrawal,
    /// Said that two records are one person's, or two people's.
    Merge,
    /// They did it themselves: with their own hand on the turned screen, or from a phone that proved another number
    /// than the one that was typed. Nobody here did it, and nobody undoes it.
    #[serde(rename = "own_handset")]
    Themselves,
    /// Brought in a list.
    Import,
    /// Took in what another laptop handed over. It stands there too, and nobody undoes it here.
    TakeIn,
    /// Set something: the campaign's words or rules, what it asks, or whether texts go.
    Setting,
}

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its id; a capture's is its form's.
    pub id: Uuid,
    /// What it was.
    pub kind: Kind,
    /// When.
    pub at: DateTime<Utc>,
    /// What it wrote into the ledger beside a capture.
    pub entry: Option<Uuid>,
    /// When it was undone, if it is.
    pub undone_at: Option<DateTime<Utc>>,
    /// The ledger's last row before it.
    pub ledger_before: i64,
}

/// Something that is known of a person and can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Mobile, in E.164 form.
    Mobile,
    /// Email address.
    Email,
    /// Postcode.
    Postcode,
    /// Language, a BCP 47 tag.
    Language,
    /// With whom they live: a household's id.
    Household,
    /// The gateway's word that the number cannot be texted.
    NumberTrouble,
}

impl Field {
    /// The word on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Mobile => "Mobile",
            Self::Email => "Email",
            Self::Postcode => "Postcode",
            Self::Language => "Language",
            Self::Household => "Household",
            Self::NumberTrouble => "Trouble with the number",
        }
    }
}

/// A field before and after.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub supporter: Uuid,
    /// Which field.
    pub field: Field,
    /// What stood there; none where there was nothing.
    pub before: Option<String>,
    /// What stands there since.
    pub after: Option<String>,
}

impl Change {
    /// Makes it so in somebody's details. With whom they live and what a gateway says of their number is none.
    pub fn make(&self, details: &mut Details) {
        let text = || self.after.clone().unwrap_or_default();
        match self.field {
            Field::FirstName => details.first_name = text(),
            Field::LastName => details.last_name = text(),
            Field::Mobile => details.mobile.clone_from(&self.after),
            Field::Email => details.email = text(),
            Field::Postcode => details.postcode = text(),
            Field::Language => details.language = text(),
            Field::Household | Field::NumberTrouble => {}
        }
    }
}

/// A change as a person's page tells it.
#[derive(Clone, PartialEq, Eq)]
pub struct Told {
    /// What changed.
    pub change: Change,
    /// What it was part of.
    pub kind: Kind,
    /// How often the act had been undone or done again by then: undone where this is odd.
    pub turn: u32,
    /// Who did it; empty where nobody is named.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes down that somebody does something. What was undone before is done again no more.
///
/// # Errors
/// The disk says no.
pub fn begin(
    conn: &Conn,
    id: Uuid,
    kind: Kind,
    who: &str,
    entry: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "UPDATE acts SET settled = 1 WHERE undone_at IS NOT NULL AND laptop IS NULL AND settled = 0",
    )?
    .execute([])?;
    conn.prepare_cached(
        "INSERT INTO acts (id, kind, who, at, entry_id, ledger_before)
         VALUES (?1, ?2, ?3, ?4, ?5, (SELECT coalesce(max(rowid), 0) FROM ledger))",
    )?
    .execute(params![id, As(kind), who, At(now), entry])?;
    Ok(())
}

/// With whom somebody lives, before and after.
#[must_use]
pub fn moved(supporter: Uuid, before: Option<Uuid>, after: Option<Uuid>) -> Option<Change> {
    (before != after).then(|| Change {
        supporter,
        field: Field::Household,
        before: before.map(|id| id.to_string()),
        after: after.map(|id| id.to_string()),
    })
}

/// What differs between a person before and after.
#[must_use]
pub fn differences(supporter: Uuid, before: &Details, after: &Details) -> Vec<Change> {
    let some = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
    let fields = |of: &Details| {
        [
            (Field::FirstName, some(&of.first_name)),
            (Field::LastName, some(&of.last_name)),
            (Field::Mobile, of.mobile.clone()),
            (Field::Email, some(&of.email)),
            (Field::Postcode, some(&of.postcode)),
            (Field::Language, some(&of.language)),
        ]
    };
    fields(before)
        .into_iter()
        .zip(fields(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| Change {
            supporter,
            field,
            before,
            after,
        })
        .collect()
}

/// Writes down what an act changed, in its first turn or a later one. Each change of a field is later than the one before
/// it, whatever the clocks of the laptops said: the newest counts.
///
/// # Errors
/// The disk says no.
pub fn record(
    conn: &Conn,
    act: Uuid,
    turn: u32,
    changes: &[Change],
    who: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO changes (act_id, turn, supporter_id, field, before, after, who, at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, max(?8, coalesce(max(at) + 1, ?8))
         FROM changes WHERE supporter_id = ?3 AND field = ?4",
    )?;
    for change in changes {
        statement.execute(params![
            act,
            turn,
            change.supporter,
            As(change.field),
            change.before,
            change.after,
            who,
            At(now)
        ])?;
    }
    Ok(())
}

/// So many acts that stand and cannot be undone are passed over: what was done before them is out of reach. The window
/// asks each time that something changes, and whoever speaks up for themselves has an act that is passed over.
const FURTHEST: u32 = 500;

// What nobody undoes here, whatever it was, is in no way: hundreds may have saved themselves on the turned screen.
pub(super) const LAST_DONE: &str =
    "SELECT id, kind, at, entry_id, undone_at, ledger_before FROM acts INDEXED BY acts_to_undo
    WHERE undone_at IS NULL AND laptop IS NULL AND settled = 0 AND kind NOT IN ('own_handset', 'take_in')
    ORDER BY rowid DESC LIMIT ?1";

/// What was done last since then, stands and can be undone: Undo undoes this one.
///
/// # Errors
/// The vault cannot be read, or what `can_be` returned.
pub fn last_done(
    conn: &Conn,
    since: DateTime<Utc>,
    can_be: impl Fn(&Act) -> Result<bool>,
) -> Result<Option<Act>> {
    let mut statement = conn.prepare_cached(LAST_DONE)?;
    let mut rows = statement.query([FURTHEST])?;
    while let Some(row) = rows.next()? {
        let done = act(row)?;
        if done.at <= since {
            break;
        }
        if can_be(&done)? {
            return Ok(Some(done));
        }
    }
    Ok(None)
}

// What was undone is little, and put in order once it is found: in the order of all acts it would be looked for among
// everything that was ever done.
pub(super) const NEXT_UNDONE: &str =
    "SELECT id, kind, at, entry_id, undone_at, ledger_before FROM acts
    WHERE undone_at > ?1 AND laptop IS NULL AND settled = 0 ORDER BY +rowid";

/// What was undone since then, with nothing done after it, and can be done again: Redo does this one again.
///
/// # Errors
/// The vault cannot be read, or what `can_be` returned.
pub fn next_undone(
    conn: &Conn,
    since: DateTime<Utc>,
    can_be: impl Fn(&Act) -> Result<bool>,
) -> Result<Option<Act>> {
    let mut statement = conn.prepare_cached(NEXT_UNDONE)?;
    let mut rows = statement.query([At(since)])?;
    while let Some(row) = rows.next()? {
        let undone = act(row)?;
        if can_be(&undone)? {
            return Ok(Some(undone));
        }
    }
    Ok(None)
}

fn act(row: &Row<'_>) -> rusqlite::Result<Act> {
    Ok(Act {
        id: row.get(0)?,
        kind: row.get::<_, As<Kind>>(1)?.0,
        at: row.get::<_, At>(2)?.0,
        entry: row.get(3)?,
        undone_at: row.get::<_, Option<At>>(4)?.map(|at| at.0),
        ledger_before: row.get(5)?,
    })
}

/// What an act changed in its last turn, and which turn that was.
///
/// # Errors
/// The vault cannot be read.
pub fn last_turn(conn: &Conn, act: Uuid) -> Result<(u32, Vec<Change>)> {
    let turn: Option<u32> = conn
        .prepare_cached("SELECT max(turn) FROM changes WHERE act_id = ?1")?
        .query_row([act], |row| row.get(0))?;
    let Some(turn) = turn else {
        return Ok((0, Vec::new()));
    };
    let mut statement = conn.prepare_cached(
        "SELECT supporter_id, field, before, after FROM changes WHERE act_id = ?1 AND turn = ?2",
    )?;
    let rows = statement.query_map(params![act, turn], |row| change(row, 0))?;
    Ok((turn, rows.collect::<Result<_, _>>()?))
}

fn change(row: &Row<'_>, from: usize) -> rusqlite::Result<Change> {
    Ok(Change {
        supporter: row.get(from)?,
        field: row.get::<_, As<Field>>(from + 1)?.0,
        before: row.get(from + 2)?,
        after: row.get(from + 3)?,
    })
}

/// Says that an act is undone, or that it stands again.
///
/// # Errors
/// The disk says no.
pub fn turn(conn: &Conn, act: Uuid, undone_at: Option<DateTime<Utc>>) -> Result<()> {
    conn.execute(
        "UPDATE acts SET undone_at = ?2 WHERE id = ?1",
        params![act, undone_at.map(At)],
    )?;
    Ok(())
}

/// Says that an act is neither undone nor done again from now on.
///
/// # Errors
/// The disk says no.
pub fn settle(conn: &Conn, act: Uuid) -> Result<()> {
    conn.execute("UPDATE acts SET settled = 1 WHERE id = ?1", [act])?;
    Ok(())
}

/// Whom an act is about: whoever it brought in, changed or wrote down.
///
/// # Errors
/// The vault cannot be read.
pub fn subject(conn: &Conn, act: Uuid) -> Result<Option<Uuid>> {
    let subject: Option<Uuid> = conn
        .prepare_cached(
            "SELECT coalesce(
                 (SELECT supporter_id FROM captures WHERE id = ?1),
                 (SELECT kept_id FROM merges WHERE act_id = ?1),
                 (SELECT one_id FROM not_the_same WHERE act_id = ?1),
                 -- Whom it was done to is written first, whom they live with after them.
                 (SELECT supporter_id FROM changes WHERE act_id = ?1 ORDER BY turn, rowid LIMIT 1),
                 (
                     SELECT ledger.supporter_id FROM acts JOIN ledger ON ledger.id = acts.entry_id
                     WHERE acts.id = ?1
                 )
             )",
        )?
        .query_row([act], |row| row.get(0))?;
    Ok(subject)
}

/// Says that an act is what this entry of the ledger says, from now on.
///
/// # Errors
/// The disk says no.
pub fn says(conn: &Conn, act: Uuid, entry: Uuid) -> Result<()> {
    conn.execute(
        "UPDATE acts SET entry_id = ?2 WHERE id = ?1",
        params![act, entry],
    )?;
    Ok(())
}

/// Everything that changed about a person, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn of_supporter(conn: &Conn, supporter: Uuid) -> Result<Vec<Told>> {
    let mut statement = conn.prepare_cached(
        "SELECT changes.supporter_id, changes.field, changes.before, changes.after, acts.kind, changes.turn,
             changes.who, changes.at
         FROM changes JOIN acts ON acts.id = changes.act_id
         WHERE changes.supporter_id = ?1 ORDER BY changes.at, changes.rowid",
    )?;
    let rows = statement.query_map([supporter], |row| {
        Ok(Told {
            change: change(row, 0)?,
            kind: row.get::<_, As<Kind>>(4)?.0,
            turn: row.get(5)?,
            who: row.get(6)?,
            at: row.get::<_, At>(7)?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) const REMEMBERS_UNDONE: &str = "SELECT EXISTS (
        SELECT 1 FROM acts CROSS JOIN changes ON changes.act_id = acts.id WHERE acts.undone_at <= ?1
    )";

/// Whether it is known what something changed that was undone before then.
///
/// # Errors
/// The vault cannot be read.
pub fn remembers_undone(conn: &Conn, before: DateTime<Utc>) -> Result<bool> {
    let remembers = conn
        .prepare_cached(REMEMBERS_UNDONE)?
        .query_row([At(before)], |row| row.get(0))?;
    Ok(remembers)
}

pub(super) const FORGET_UNDONE: &str = "DELETE FROM changes WHERE rowid IN (
        SELECT changes.rowid FROM acts CROSS JOIN changes ON changes.act_id = acts.id
        WHERE acts.undone_at <= ?1 LIMIT ?2
    )";

/// What was undone before then is done again no more, and what it had changed is known no longer: at most so many changes
/// go at a time. Gives how many went.
///
/// # Errors
/// The disk says no.
pub fn forget_undone(conn: &Conn, before: DateTime<Utc>, most: u32) -> Result<usize> {
    let gone = conn
        .prepare_cached(FORGET_UNDONE)?
        .execute(params![At(before), most])?;
    Ok(gone)
}

/// What is known of a person's changes goes with them (UK GDPR Art 17), and so does what was done to them alone:
/// there is nothing left to undo. What somebody else's history keeps of it, such as whom they lived with, is not undone.
///
/// # Errors
/// The disk says no.
pub(super) fn erase(conn: &Conn, supporter: Uuid) -> Result<()> {
    let mut acts: Vec<Uuid> = conn
        .prepare_cached(
            "SELECT act_id FROM changes WHERE supporter_id = ?1
             UNION SELECT brought_by FROM supporters WHERE id = ?1 AND brought_by IS NOT NULL
             UNION SELECT captures.id FROM captures WHERE supporter_id = ?1
             UNION SELECT acts.id FROM acts JOIN ledger ON ledger.id = acts.entry_id
             WHERE ledger.supporter_id = ?1",
        )?
        .query_map([supporter], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut theirs = Vec::new();
    for act in &acts {
        if subject(conn, *act)? == Some(supporter) {
            theirs.push(*act);
        }
    }
    acts.extend(merges::erase(conn, supporter)?);
    conn.prepare_cached("DELETE FROM changes WHERE supporter_id = ?1")?
        .execute([supporter])?;
    conn.prepare_cached("UPDATE supporters SET brought_by = NULL WHERE id = ?1")?
        .execute([supporter])?;
    let mut alone = conn.prepare_cached(
        "DELETE FROM acts WHERE id = ?1
         AND NOT EXISTS (SELECT 1 FROM changes WHERE act_id = ?1)
         AND NOT EXISTS (SELECT 1 FROM supporters WHERE brought_by = ?1)",
    )?;
    for act in acts {
        alone.execute([act])?;
    }
    // A list is about everybody on it.
    let mut settled =
        conn.prepare_cached("UPDATE acts SET settled = 1 WHERE id = ?1 AND kind <> 'import'")?;
    for act in theirs {
        settled.execute([act])?;
    }
    Ok(())
}
