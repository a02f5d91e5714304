//! People whom two laptops changed: the newest change of each field counts, and every change is kept.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::contradicts;
use super::records::{Act, Capture, Change, Person};
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::Conn;
use crate::storage::history::Field;
use crate::storage::values::{As, At};

/// More letters than any name, address or word of a gateway has.
const LONGEST: usize = 2_000;

/// What became of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// They are new here.
    New,
    /// They are new here, and gone already, or all that is known is that they were there.
    Gone,
    /// They are here, and as they are there.
    Same,
    /// They are here, and otherwise there: their fields are put together once every change is here.
    Otherwise,
}

/// Whether what is said of a person can be kept.
pub(super) fn sound(person: &Person) -> Result<()> {
    let texts = [
        &person.first_name,
        &person.last_name,
        &person.email,
        &person.postcode,
        &person.language,
    ];
    let short = texts.iter().all(|text| text.len() <= LONGEST)
        && person
            .number_trouble
            .as_ref()
            .is_none_or(|text| text.len() <= LONGEST);
    let is_mobile = |mobile: &String| Mobile::from_e164(mobile).is_ok();
    match short && person.mobile.as_ref().is_none_or(is_mobile) {
        true => Ok(()),
        false => Err(contradicts()),
    }
}

/// That somebody was there, and nothing else of them.
pub(super) fn emptied(person: &Person) -> Person {
    Person {
        id: person.id,
        first_name: String::new(),
        last_name: String::new(),
        mobile: None,
        email: String::new(),
        postcode: String::new(),
        language: String::new(),
        household: None,
        number_trouble: None,
        captured_at: person.captured_at,
        updated_at: person.updated_at,
        removed_at: person.removed_at.or(Some(person.updated_at)),
        turns: person.turns,
        withheld: false,
    }
}

/// Takes a person in, where they are not here yet.
pub(super) fn person(conn: &Conn, theirs: &Person, act: Uuid) -> Result<Came> {
    let Some(here) = find(conn, theirs.id)? else {
        write(conn, theirs, act, INSERT)?;
        return Ok(match theirs.withheld || theirs.removed_at.is_some() {
            true => Came::Gone,
            false => Came::New,
        });
    };
    let is_news = !theirs.withheld || theirs.turns > here.turns;
    if here == *theirs || !is_news || (theirs.withheld && here.withheld) {
        return Ok(Came::Same);
    }
    if here.withheld && theirs.removed_at.is_some() && here.turns >= theirs.turns {
        // Forgotten here, and not there yet.
        return Ok(Came::Same);
    }
    if here.withheld && here.turns > theirs.turns {
        // They were taken back here, and forgotten: so they stay gone, unless a capture of theirs says otherwise.
        let gone = Person {
            removed_at: here.removed_at,
            turns: here.turns,
            ..theirs.clone()
        };
        write(conn, &gone, act, REPLACE)?;
        return Ok(Came::Gone);
    }
    if here.withheld {
        write(conn, theirs, act, REPLACE)?;
        return Ok(match theirs.removed_at {
            Some(_) => Came::Gone,
            None => Came::New,
        });
    }
    Ok(Came::Otherwise)
}

pub(in crate::storage) const BRING_BACK: &str = include_str!("bring_back.sql");
pub(in crate::storage) const TAKE_AWAY: &str = include_str!("take_away.sql");

/// Brings back whoever went with one laptop's capture or list and is spoken for on another, and takes away whoever stayed
/// for what has been undone or taken back since. Gives who they are. A file of chosen people, which is not whole, takes
/// nobody away: it tells of everybody's captures, but not of what else speaks for the others.
pub(super) fn settle(conn: &Conn, is_whole: bool, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let mut back = conn.prepare_cached(BRING_BACK)?;
    let back = back.query_map([], |row| row.get(0))?;
    let mut settled: Vec<Uuid> = back.collect::<Result<_, _>>()?;
    if !is_whole {
        return Ok(settled);
    }
    let mut away = conn.prepare_cached(TAKE_AWAY)?;
    for person in away.query_map([At(now)], |row| row.get::<_, Uuid>(0))? {
        settled.push(person?);
    }
    Ok(settled)
}

const INSERT: &str = "INSERT INTO supporters (
        id, first_name, last_name, mobile, email, postcode, language, household_id, number_trouble, captured_at,
        updated_at, removed_at, turns, withheld, brought_by
    )
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

const REPLACE: &str = "UPDATE supporters SET first_name = ?2, last_name = ?3, mobile = ?4, email = ?5, postcode = ?6,
        language = ?7, household_id = ?8, number_trouble = ?9, captured_at = ?10, updated_at = ?11, removed_at = ?12,
        turns = ?13, withheld = ?14, brought_by = ?15
    WHERE id = ?1";

fn write(conn: &Conn, person: &Person, act: Uuid, sql: &str) -> Result<()> {
    household(conn, person.household, person)?;
    conn.prepare_cached(sql)?.execute(params![
        person.id,
        person.first_name,
        person.last_name,
        person.mobile,
        person.email,
        person.postcode,
        person.language,
        person.household,
        person.number_trouble,
        At(person.captured_at.time()),
        At(person.updated_at.time()),
        person.removed_at.map(|at| At(at.time())),
        person.turns,
        person.withheld,
        act
    ])?;
    Ok(())
}

fn household(conn: &Conn, id: Option<Uuid>, of: &Person) -> Result<()> {
    if let Some(id) = id {
        conn.prepare_cached(
            "INSERT INTO households (id, created_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute(params![id, At(of.captured_at.time())])?;
    }
    Ok(())
}

fn find(conn: &Conn, id: Uuid) -> Result<Option<Person>> {
    let found = conn
        .prepare_cached(
            "SELECT first_name, last_name, mobile, email, postcode, language, household_id, number_trouble,
                 captured_at, updated_at, removed_at, turns, withheld
             FROM supporters WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(Person {
                id,
                first_name: row.get(0)?,
                last_name: row.get(1)?,
                mobile: row.get(2)?,
                email: row.get(3)?,
                postcode: row.get(4)?,
                language: row.get(5)?,
                household: row.get(6)?,
                number_trouble: row.get(7)?,
                captured_at: row.get::<_, At>(8)?.0.into(),
                updated_at: row.get::<_, At>(9)?.0.into(),
                removed_at: row.get::<_, Option<At>>(10)?.map(|at| at.0.into()),
                turns: row.get(11)?,
                withheld: row.get(12)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Puts a person together who is here and otherwise there, once every change is here. Gives whether anything of them is
/// another than it was here.
pub(super) fn put_together(conn: &Conn, theirs: &Person) -> Result<bool> {
    let Some(here) = find(conn, theirs.id)? else {
        return Ok(false);
    };
    let newest = newest(conn, theirs.id)?;
    let text = |field: Field, was: &String| match newest.get(&field) {
        Some(after) => after.clone().unwrap_or_default(),
        None => was.clone(),
    };
    let mobile = match newest.get(&Field::Mobile) {
        Some(after) => after.clone(),
        None => here.mobile.clone(),
    };
    // A household is made for whoever was there first, without a change of theirs: one of the two is as good.
    let household_id = match newest.get(&Field::Household) {
        Some(after) => after.as_ref().and_then(|id| Uuid::parse_str(id).ok()),
        None => match (here.household, theirs.household) {
            (Some(here), Some(theirs)) => Some(here.min(theirs)),
            (here, theirs) => here.or(theirs),
        },
    };
    // The gateway said it of a number, not of a person.
    let of_that_number = |person: &Person| {
        (person.mobile == mobile)
            .then(|| person.number_trouble.clone())
            .flatten()
    };
    let went = |person: &Person| (person.turns, person.removed_at.is_some(), person.removed_at);
    let removed = if went(&here) >= went(theirs) {
        &here
    } else {
        theirs
    };
    let together = Person {
        id: here.id,
        first_name: text(Field::FirstName, &here.first_name),
        last_name: text(Field::LastName, &here.last_name),
        email: text(Field::Email, &here.email),
        postcode: text(Field::Postcode, &here.postcode),
        language: text(Field::Language, &here.language),
        household: household_id,
        number_trouble: of_that_number(&here).max(of_that_number(theirs)),
        mobile,
        captured_at: here.captured_at,
        updated_at: here.updated_at.max(theirs.updated_at),
        removed_at: removed.removed_at,
        turns: removed.turns,
        withheld: false,
    };
    if together == here {
        return Ok(false);
    }
    sound(&together)?;
    household(conn, together.household, &together)?;
    conn.prepare_cached(
        "UPDATE supporters SET first_name = ?2, last_name = ?3, mobile = ?4, email = ?5, postcode = ?6, language = ?7,
             household_id = ?8, number_trouble = ?9, updated_at = ?10, removed_at = ?11, turns = ?12
         WHERE id = ?1",
    )?
    .execute(params![
        together.id,
        together.first_name,
        together.last_name,
        together.mobile,
        together.email,
        together.postcode,
        together.language,
        together.household,
        together.number_trouble,
        At(together.updated_at.time()),
        together.removed_at.map(|at| At(at.time())),
        together.turns
    ])?;
    let only_later = Person {
        updated_at: here.updated_at,
        ..together
    };
    Ok(only_later != here)
}

/// What the newest change of each field made of it.
fn newest(conn: &Conn, supporter: Uuid) -> Result<HashMap<Field, Option<String>>> {
    let mut statement = conn.prepare_cached(
        "SELECT field, after FROM changes WHERE supporter_id = ?1 ORDER BY at, act_id, turn",
    )?;
    let rows = statement.query_map([supporter], |row| {
        Ok((row.get::<_, As<Field>>(0)?.0, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes an act of another laptop in: it is not this one's to undo.
pub(super) fn act(conn: &Conn, theirs: &Act, own: Uuid) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO acts (id, kind, who, at, undone_at, laptop) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET undone_at = excluded.undone_at
         WHERE laptop IS NOT NULL AND undone_at IS NULL",
    )?
    .execute(params![
        theirs.id,
        As(theirs.kind),
        theirs.who,
        At(theirs.at.time()),
        theirs.undone_at.map(|at| At(at.time())),
        (theirs.laptop != own).then_some(theirs.laptop)
    ])?;
    Ok(())
}

/// Takes a change in. Gives whether it is news.
pub(super) fn change(conn: &Conn, theirs: &Change) -> Result<bool> {
    let added = conn
        .prepare_cached(
            "INSERT INTO changes (act_id, turn, supporter_id, field, before, after, who, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            theirs.act,
            theirs.turn,
            theirs.supporter,
            As(theirs.field),
            theirs.before,
            theirs.after,
            theirs.who,
            At(theirs.at.time())
        ])?;
    Ok(added > 0)
}

/// Takes a capture in: it is written by one laptop, which counts how often it was turned. Gives whether it is news.
pub(super) fn capture(conn: &Conn, theirs: &Capture, own: Uuid) -> Result<bool> {
    let kind = if theirs.update { "update" } else { "new" };
    let written = conn
        .prepare_cached(
            "INSERT INTO captures (
             id, supporter_id, shift_id, kind, captured_at, zone, undone_at, queued, turns, laptop
         )
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET undone_at = excluded.undone_at, turns = excluded.turns
         WHERE excluded.turns > turns",
        )?
        .execute(params![
            theirs.id,
            theirs.supporter,
            theirs.shift,
            kind,
            At(theirs.captured_at.time()),
            theirs.zone,
            theirs.undone_at.map(|at| At(at.time())),
            theirs.turns,
            (theirs.laptop != own).then_some(theirs.laptop)
        ])?;
    Ok(written > 0)
}
