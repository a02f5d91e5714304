//! For `cargo xtask bench` alone: a vault full of people, and what the database by itself takes to write the
//! rows of a capture.

mod town;

use std::io::Write;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;
use uuid::Uuid;

use super::captures::{self, Capture, Kind as CaptureKind};
use super::shifts::{self, Shift};
use super::supporters::{self, Details};
use super::texts::{self, New};
use super::values::At;
use super::{Conn, Storage, at_once, campaign, history, ledger};
use crate::consent::TEXTS;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::{Error, Result};
use crate::people::Mobile;
use crate::progress::Watch;
use crate::texts::life::{Kind, Move, Reason, State, Trouble};

const FIRST: [&str; 8] = [
    "Amina", "Rhys", "Priya", "Tom", "Zofia", "Wei", "Fatima", "Siân",
];
const LAST: [&str; 7] = ["Khan", "Pugh", "Sharma", "Hill", "Wójcik", "Li", "Okafor"];
/// American area codes, each with a hundred numbers that are kept free for drama (555-0100 to 555-0199). First those
/// of New York, New Jersey and California, where texts go at the same hours.
const AWAKE: [u32; 38] = [
    212, 315, 347, 516, 518, 585, 607, 631, 646, 716, 718, 845, 914, 917, 201, 551, 609, 732, 848,
    856, 862, 908, 973, 209, 213, 310, 323, 408, 415, 510, 530, 559, 562, 619, 626, 650, 661, 707,
];
/// And any others.
const AREAS: std::ops::Range<u32> = 200..1_000;

/// The nth number that is kept free for drama in America; none after the last.
fn number(index: u32) -> Option<Mobile> {
    let place = usize::try_from(index / 100).ok()?;
    let others = AREAS.filter(|area| !AWAKE.contains(area));
    let area = AWAKE.into_iter().chain(others).nth(place)?;
    Mobile::from_e164(&format!("+1{area}55501{:02}", index % 100)).ok()
}

/// Fills a vault with people who were captured one a minute, most of them with a mobile, a consent and a
/// delivered text.
///
/// # Errors
/// The disk says no.
pub fn fill(storage: &Storage, people: u32, now: DateTime<Utc>) -> Result<()> {
    storage.write(|conn| {
        let shift = new_shift(conn, now)?;
        for index in 0..people {
            let at = now - TimeDelta::minutes(i64::from(people - index) + 60 * 24);
            person(conn, shift, index, State::Delivered, at)?;
        }
        Ok(())
    })
}

/// So many at a time are committed: the log stays small.
const AT_ONCE: u32 = 50_000;

/// Fills a vault with a big town: a dozen canvassers, names of several languages, most with a mobile and an answer,
/// and a text for as many as there are numbers. The numbers that are kept free for drama are shared round.
///
/// # Errors
/// The disk says no.
pub fn fill_town(storage: &Storage, people: u32, now: DateTime<Utc>) -> Result<()> {
    let numbers: Vec<Mobile> = (0..).map_while(number).collect();
    let mut shift = None;
    for start in (0..people).step_by(AT_ONCE as usize) {
        storage.write(|conn| {
            conn.execute_batch("PRAGMA cache_size = -262144;")?;
            let (tell, stop) = (|_, _| {}, AtomicBool::new(false));
            at_once::add(conn, &Watch::new(&tell, &stop), |_| {
                for index in start..people.min(start.saturating_add(AT_ONCE)) {
                    let at = now - TimeDelta::seconds(i64::from(people - index) * 20);
                    let day = match shift {
                        Some(day) if index % 2_000 != 0 => day,
                        _ => town_shift(conn, index / 2_000, at)?,
                    };
                    shift = Some(day);
                    inhabitant(conn, &day, index, &numbers, at)?;
                }
                Ok(())
            })?;
            conn.execute_batch("PRAGMA cache_size = -16384;")?;
            Ok(())
        })?;
    }
    Ok(())
}

const CANVASSERS: [&str; 12] = [
    "Sam", "Olu", "Megan", "Priya", "Jakub", "Rosa", "Ewan", "Farah", "Lowri", "Chen", "Tariq",
    "Ingrid",
];

fn town_shift(conn: &Conn, index: u32, at: DateTime<Utc>) -> Result<(Uuid, &'static str)> {
    let canvasser = CANVASSERS
        .get(index as usize % CANVASSERS.len())
        .copied()
        .unwrap_or("Sam");
    let shift = Shift {
        id: Uuid::now_v7(),
        canvasser: canvasser.to_owned(),
        place: format!("Ward {}", index % 40),
    };
    shifts::insert(conn, &shift, at)?;
    Ok((shift.id, canvasser))
}

fn inhabitant(
    conn: &Conn,
    (shift, canvasser): &(Uuid, &str),
    index: u32,
    numbers: &[Mobile],
    at: DateTime<Utc>,
) -> Result<()> {
    let mut chance = town::Chance::of(index);
    let (supporter, capture) = (Uuid::now_v7(), Uuid::now_v7());
    let mobile = match chance.once_in(8) {
        true => None,
        false => numbers.get(index as usize % numbers.len().max(1)),
    };
    let details = town::somebody(&mut chance, mobile);
    history::begin(conn, capture, history::Kind::Capture, canvasser, None, at)?;
    supporters::insert(conn, supporter, &details, None, Some(capture), at)?;
    let saved = Capture {
        id: capture,
        supporter,
        shift: *shift,
        kind: CaptureKind::New,
        at,
        zone: "Europe/London",
        queued: false,
    };
    captures::insert(conn, &saved)?;
    let what = match chance.below(10) {
        0..=5 => What::Grant,
        6 => What::Refusal,
        _ => return Ok(()),
    };
    let answer = ledger::New {
        what,
        purpose: Some(TEXTS),
        method: Method::Spoken,
        supporter: Some(supporter),
        capture: Some(capture),
        shift: Some(*shift),
        wording: campaign::wording(conn, TEXTS, "en")?.map(|wording| wording.id),
        evidence: None,
        about: None,
        at,
        zone: "Europe/London",
        personal: Personal {
            supporter: Some(supporter),
            name: Some(details.name()),
            mobile: details.mobile.clone(),
            canvasser: Some((*canvasser).to_owned()),
            place: None,
            said: None,
        },
    };
    ledger::add(conn, &answer)?;
    // A number has one confirmation.
    let (Some(mobile), true) = (mobile, (index as usize) < numbers.len()) else {
        return Ok(());
    };
    let text = Uuid::now_v7();
    let new = New {
        id: text,
        kind: Kind::Confirmation,
        supporter: Some(supporter),
        template: None,
        answers: None,
        not_after: None,
        mobile,
        body: "Hi, this is Clean Air Now. Reply YES to get our texts, or STOP at any time to get none.",
        segments: 1,
        state: State::Waiting,
        reason: Reason::Queued,
    };
    texts::insert(conn, &new, at)?;
    let stands = match chance.below(20) {
        0 => Move::to(State::Failed, Reason::Trouble(Trouble::Number)),
        1 => Move::to(State::Uncertain, Reason::LookedLongEnough),
        2..=4 => Move::to(State::Accepted, Reason::Taken),
        _ => Move::to(State::Delivered, Reason::OnThePhone),
    };
    texts::apply(conn, text, &stands, at)
}

/// Adds people who agreed, each with a text that waits.
///
/// # Errors
/// The disk says no, or there are more people than numbers.
pub fn queue(storage: &Storage, people: u32, now: DateTime<Utc>) -> Result<()> {
    storage.write(|conn| {
        let shift = new_shift(conn, now)?;
        for index in 0..people {
            number(index).ok_or(Error::NotFound)?;
            person(conn, shift, index, State::Waiting, now)?;
        }
        Ok(())
    })
}

fn new_shift(conn: &Conn, now: DateTime<Utc>) -> Result<Uuid> {
    let shift = Shift {
        id: Uuid::now_v7(),
        canvasser: "Sam".to_owned(),
        place: "Brixton tube".to_owned(),
    };
    shifts::insert(conn, &shift, now)?;
    Ok(shift.id)
}

fn person(conn: &Conn, shift: Uuid, index: u32, stands: State, at: DateTime<Utc>) -> Result<()> {
    let (supporter, capture) = (Uuid::now_v7(), Uuid::now_v7());
    let mobile = number(index);
    let name = |names: &[&str]| names[index as usize % names.len()].to_owned();
    let details = Details {
        first_name: name(&FIRST),
        last_name: name(&LAST),
        mobile: mobile.as_ref().map(|mobile| mobile.e164().to_owned()),
        email: String::new(),
        postcode: "SW9 8JX".to_owned(),
        language: "en".to_owned(),
    };
    history::begin(conn, capture, history::Kind::Capture, "Sam", None, at)?;
    supporters::insert(conn, supporter, &details, None, Some(capture), at)?;
    let saved = Capture {
        id: capture,
        supporter,
        shift,
        kind: CaptureKind::New,
        at,
        zone: "Europe/London",
        queued: mobile.is_some(),
    };
    captures::insert(conn, &saved)?;
    let Some(mobile) = mobile else {
        return Ok(());
    };
    let wording = campaign::wording(conn, TEXTS, "en")?.map(|wording| wording.id);
    let yes = ledger::New {
        what: What::Grant,
        purpose: Some(TEXTS),
        method: Method::Spoken,
        supporter: Some(supporter),
        capture: Some(capture),
        shift: Some(shift),
        wording,
        evidence: None,
        about: None,
        at,
        zone: "Europe/London",
        personal: Personal {
            supporter: Some(supporter),
            name: Some(details.name()),
            mobile: details.mobile.clone(),
            canvasser: Some("Sam".to_owned()),
            place: Some("Brixton tube".to_owned()),
            said: None,
        },
    };
    ledger::add(conn, &yes)?;
    let text = Uuid::now_v7();
    let new = New {
        id: text,
        kind: Kind::Confirmation,
        supporter: Some(supporter),
        template: None,
        answers: None,
        not_after: None,
        mobile: &mobile,
        body: "Hi, this is Clean Air Now. Reply YES to get our texts, or STOP at any time to get none.",
        segments: 1,
        state: State::Waiting,
        reason: Reason::Queued,
    };
    texts::insert(conn, &new, at)?;
    if stands != State::Waiting {
        texts::apply(conn, text, &Move::to(stands, Reason::OnThePhone), at)?;
    }
    Ok(())
}

/// One person of a list: first and last name, number in E.164 form where one is left, email and postcode.
fn listed(
    index: u32,
) -> (
    &'static str,
    &'static str,
    Option<Mobile>,
    String,
    &'static str,
) {
    let place = index as usize;
    (
        FIRST[place % FIRST.len()],
        LAST[place % LAST.len()],
        number(index),
        format!("person{index}@example.org"),
        "SW9 8JX",
    )
}

/// Writes a list of people as another program would.
///
/// # Errors
/// The disk says no.
pub fn write_list(mut to: impl Write, people: u32) -> Result<()> {
    writeln!(to, "first_name,last_name,mobile_number,email,postcode")?;
    for index in 0..people {
        let (first, last, mobile, email, postcode) = listed(index);
        let mobile = mobile.as_ref().map_or("", Mobile::e164);
        writeln!(to, "{first},{last},{mobile},{email},{postcode}")?;
    }
    Ok(to.flush()?)
}

/// How long the database by itself takes to write the people of such a list, in one durable transaction.
///
/// # Errors
/// The disk says no.
pub fn bare_people(storage: &Storage, people: u32, now: DateTime<Utc>) -> Result<Duration> {
    let (act, now) = (Uuid::now_v7(), At(now));
    let numbers: Vec<_> = (0..people).map_while(number).collect();
    let started = Instant::now();
    storage.write_much(|conn| {
        conn.prepare_cached("INSERT INTO acts (id, kind, who, at) VALUES (?1, 'import', 'Sam', ?2)")?
            .execute(params![act, now])?;
        let mut insert = conn.prepare_cached(
            "INSERT INTO supporters (
                 id, first_name, last_name, mobile, email, postcode, language, captured_at, updated_at, brought_by
             )
             VALUES (?1, ?2, ?3, ?4, ?5, 'SW9 8JX', 'en', ?6, ?6, ?7)",
        )?;
        for index in 0..people {
            let place = index as usize;
            insert.execute(params![
                Uuid::now_v7(),
                FIRST[place % FIRST.len()],
                LAST[place % LAST.len()],
                numbers.get(place).map(Mobile::e164),
                format!("person{index}@example.org"),
                now,
                act
            ])?;
        }
        Ok(())
    })?;
    Ok(started.elapsed())
}

/// How long the database by itself takes to write the rows of one capture with its consent and its text, in
/// one durable transaction. The number is one of those that [`fill`] leaves free.
///
/// # Errors
/// The disk says no.
pub fn bare_capture(storage: &Storage, e164: &str, now: DateTime<Utc>) -> Result<Duration> {
    let [supporter, capture, consent, text, event] = std::array::from_fn(|_| Uuid::now_v7());
    let (shift, wording, template) = storage.read(|conn| {
        let shift: Uuid = conn.query_row("SELECT id FROM shifts LIMIT 1", [], |row| row.get(0))?;
        let wording = campaign::wording(conn, TEXTS, "en")?
            .ok_or(Error::NotFound)?
            .id;
        let template = campaign::template(conn, Kind::Confirmation, "en")?
            .ok_or(Error::NotFound)?
            .id;
        Ok((shift, wording, template))
    })?;
    let now = At(now);
    let started = Instant::now();
    storage.write(|conn| {
        conn.prepare_cached("INSERT INTO acts (id, kind, who, at) VALUES (?1, 'capture', 'Sam', ?2)")?
            .execute(params![capture, now])?;
        conn.prepare_cached(
            "INSERT INTO supporters (
                 id, first_name, last_name, mobile, email, postcode, language, captured_at, updated_at, brought_by
             )
             VALUES (?1, 'Amina', 'Khan', ?2, '', 'SW9 8JX', 'en', ?3, ?3, ?4)",
        )?
        .execute(params![supporter, e164, now, capture])?;
        conn.prepare_cached(
            "INSERT INTO captures (id, supporter_id, shift_id, kind, captured_at, zone, queued)
             VALUES (?1, ?2, ?3, 'new', ?4, 'Europe/London', 1)",
        )?
        .execute(params![capture, supporter, shift, now])?;
        conn.prepare_cached(include_str!("measuring/entry.sql"))?
            .execute(params![consent, supporter, capture, shift, wording, now])?;
        conn.prepare_cached(include_str!("measuring/text.sql"))?
            .execute(params![text, supporter, template, e164, now])?;
        conn.prepare_cached(
            "INSERT INTO text_events VALUES (?1, ?2, ?3, 'waiting', 'queued', NULL, NULL, NULL)",
        )?
        .execute(params![event, text, now])?;
        Ok(())
    })?;
    Ok(started.elapsed())
}
