//! Undo and Redo of a whole import. Whoever has been spoken with since stays, and so does what came out of that.

use chrono::{DateTime, Utc};

use super::{counted, thousands};
use crate::campaign::Campaign;
use crate::campaign::undoing::Undone;
use crate::clock::local_zone;
use crate::consent::ledger::{Method, What};
use crate::error::{Error, Result};
use crate::storage::history::{self, Act, Change, Field};
use crate::storage::imports::{self, Import, ListKind};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, do_not_call, ledger};

/// An import as a button names it: "the list members.csv (9,800 people)".
pub(in crate::campaign) fn called(conn: &Conn, act: &Act) -> Result<String> {
    let import = imports::get(conn, act.id)?;
    let news = import.counts.new + import.counts.changed;
    let what = match import.kind {
        ListKind::People => counted(news, "person", "people"),
        ListKind::OptOuts | ListKind::DoNotCall => counted(news, "number", "numbers"),
    };
    Ok(format!("the list {} ({what})", import.name))
}

impl Campaign {
    /// Undoes an import: whom it brought in goes, what it changed is as it was, the yeses that it brought are taken back.
    /// Somebody who was captured, texted or changed since stays as they are.
    pub(in crate::campaign) fn undo_import(
        &self,
        conn: &Conn,
        act: &Act,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Undone> {
        let import = imports::get(conn, act.id)?;
        if import.kind == ListKind::DoNotCall {
            return turn_numbers(conn, &import, Some(now));
        }
        let gone = imports::take_back(conn, act.id, now)?;
        for entry in imports::standing_yeses(conn, act.id)? {
            let (said, _) = ledger::get(conn, entry)?;
            let supporter = said.personal.as_ref().and_then(|who| who.supporter);
            let back = ledger::New {
                what: What::TakenBack,
                purpose: said.facts.purpose.as_deref(),
                method: Method::Organiser,
                supporter,
                capture: None,
                shift: None,
                wording: None,
                evidence: None,
                about: Some(entry),
                at: now,
                zone: &local_zone(),
                personal: said.personal.unwrap_or_default(),
            };
            ledger::add(conn, &back)?;
        }
        let (back, otherwise) = turn_back(conn, act, 1, who, now)?;
        let stay = imports::count_there(conn, act.id)? + otherwise;
        let mut sentence = match gone {
            1 => "1 person has gone.".to_owned(),
            _ => format!(
                "{} people have gone.",
                thousands(u32::try_from(gone).unwrap_or(u32::MAX))
            ),
        };
        if back > 0 {
            sentence.push_str(&format!(
                " {} as before.",
                counted(back, "person is", "people are")
            ));
        }
        if stay > 0 {
            sentence.push_str(&format!(
                " {}: they were captured, texted or changed since.",
                counted(stay, "person stays as they are", "people stay as they are")
            ));
        }
        if import.counts.opted_out > 0 {
            sentence.push_str(" Opt-outs stay: only a START from the phone undoes one.");
        }
        Ok(Undone {
            name: format!("The list {}", import.name),
            sentence,
        })
    }

    /// Brings a list in again that was undone. Nobody is texted by it.
    pub(in crate::campaign) fn import_again(
        &self,
        conn: &Conn,
        act: &Act,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Undone> {
        let import = imports::get(conn, act.id)?;
        if import.kind == ListKind::DoNotCall {
            return turn_numbers(conn, &import, None);
        }
        let undone_at = act.undone_at.ok_or(Error::NotFound)?;
        let back = supporters::restore(conn, act.id, undone_at, now)?.len();
        turn_back(conn, act, 0, who, now)?;
        let before = ledger::end(conn)?;
        for entry in imports::yeses_taken_back(conn, act.id)? {
            ledger::say_again(conn, entry)?;
        }
        imports::wrote(conn, act.id, before, ledger::end(conn)?)?;
        let back = u32::try_from(back).unwrap_or(u32::MAX);
        Ok(Undone {
            name: format!("The list {}", import.name),
            sentence: format!(
                "{} back. No text goes.",
                counted(back, "person is", "people are")
            ),
        })
    }
}

/// Takes the numbers of a list off those that nobody calls, or puts them there again.
fn turn_numbers(conn: &Conn, import: &Import, undone_at: Option<DateTime<Utc>>) -> Result<Undone> {
    do_not_call::turn(conn, import.id, undone_at)?;
    let sentence = match undone_at {
        Some(_) => {
            "Its numbers are off the do-not-call list, but for those that another list holds."
        }
        None => "Its numbers are on the do-not-call list again: nobody calls them.",
    };
    Ok(Undone {
        name: format!("The list {}", import.name),
        sentence: sentence.to_owned(),
    })
}

/// Turns an import's changes round, where what it wrote still stands, as a turn of its own: an odd one undoes, an even
/// one does again. Gives how many people are as before, and how many of whom something else is known since.
fn turn_back(
    conn: &Conn,
    act: &Act,
    odd: u32,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(u32, u32)> {
    let (turn, changes) = history::last_turn(conn, act.id)?;
    if changes.is_empty() || (turn + 1) % 2 != odd {
        // Nothing was turned round the last time.
        return Ok((0, 0));
    }
    let (mut back, mut otherwise) = (0, 0);
    for one in changes.chunk_by(|one, other| one.supporter == other.supporter) {
        let Some(id) = one.first().map(|change| change.supporter) else {
            continue;
        };
        let before = match supporters::details(conn, id) {
            Ok(details) => details,
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error),
        };
        let mut after = before.clone();
        let mut turned = Vec::new();
        for change in one {
            let Some(place) = place(&mut after, change.field) else {
                continue;
            };
            if place.get() == change.after {
                place.set(change.before.clone());
                turned.push(Change {
                    before: change.after.clone(),
                    after: change.before.clone(),
                    ..change.clone()
                });
            }
        }
        if turned.len() < one.len() {
            otherwise += 1;
        } else {
            back += 1;
        }
        if !turned.is_empty() {
            supporters::update(conn, id, &after, now)?;
            history::record(conn, act.id, turn + 1, &turned, who, now)?;
        }
    }
    Ok((back, otherwise))
}

/// A field of somebody's details.
enum Place<'a> {
    Text(&'a mut String),
    Mobile(&'a mut Option<String>),
}

impl Place<'_> {
    fn get(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some((*text).clone()).filter(|text| !text.is_empty()),
            Self::Mobile(mobile) => (*mobile).clone(),
        }
    }

    fn set(self, value: Option<String>) {
        match self {
            Self::Text(text) => *text = value.unwrap_or_default(),
            Self::Mobile(mobile) => *mobile = value,
        }
    }
}

fn place(details: &mut Details, field: Field) -> Option<Place<'_>> {
    Some(match field {
        Field::FirstName => Place::Text(&mut details.first_name),
        Field::LastName => Place::Text(&mut details.last_name),
        Field::Mobile => Place::Mobile(&mut details.mobile),
        Field::Email => Place::Text(&mut details.email),
        Field::Postcode => Place::Text(&mut details.postcode),
        Field::Language => Place::Text(&mut details.language),
        Field::Household | Field::NumberTrouble => return None,
    })
}
