//! Taking people out, on their wish and once there is no reason to keep them (UK GDPR Arts 17 and 5(1)(e)).

mod taken_back;

pub(super) use taken_back::TakenBack;
#[cfg(test)]
pub(super) use taken_back::{BEGINNING, portion, round};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::Campaign;
use super::person::mobile_of;
use crate::clock::local_zone;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::Mobile;
use crate::storage::ledger::{self, New};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, erasure, merges, opt_outs, texts};

/// For how long what was taken back by Undo stays readable in the vault: time enough to find a mistake.
pub(super) const TAKEN_BACK_STAYS: TimeDelta = TimeDelta::days(7);

impl Campaign {
    /// Erases a person: their record, their texts and what they wrote go, here and in every list; of the ledger
    /// their entries' personal part goes, and the chain still verifies; an opt-out stays as a keyed hash of the
    /// number (UK GDPR Art 17). Whoever was merged into them is they themselves, and goes too. Says what remains.
    ///
    /// # Errors
    /// [`Error::TooLate`] while a text to them is on the wire.
    pub fn erase(&self, id: Uuid) -> Result<Vec<String>> {
        let now = self.clock.now();
        let remains = self.storage.write(|conn| {
            let id = merges::kept_of(conn, id)?;
            let details = supporters::details(conn, id)?;
            erase_one(conn, id, &details, now, Whose::Asked)
        })?;
        for topic in [Topic::People, Topic::Texts, Topic::Inbox] {
            self.events.changed(topic);
        }
        Ok(remains)
    }

    /// Erases who wrote from a number and was never captured, as [`Campaign::erase`] does. Says what remains.
    ///
    /// # Errors
    /// [`Error::TooLate`] where somebody who was captured has the number, or a text to it is on the wire.
    pub fn erase_number(&self, from: &str) -> Result<Vec<String>> {
        let now = self.clock.now();
        let remains = self.storage.write(|conn| erase_stranger(conn, from, now))?;
        for topic in [Topic::Texts, Topic::Inbox] {
            self.events.changed(topic);
        }
        Ok(remains)
    }

    /// Erases what was taken back more than a week ago, and is back when it is done.
    #[cfg(test)]
    pub(crate) fn erase_taken_back(&self) -> Result<()> {
        taken_back::round(&self.storage, self.clock.now(), &mut |_| Ok(()))?;
        Ok(())
    }
}

/// Takes out who wrote and was never captured.
pub(super) fn erase_stranger(conn: &Conn, from: &str, now: DateTime<Utc>) -> Result<Vec<String>> {
    let Ok(mobile) = Mobile::from_e164(from) else {
        erasure::erase_sender(conn, from, now)?;
        note_erasure(conn, now)?;
        return Ok(vec![hashes_stay(0)]);
    };
    let of_merged = merges::kept_on(conn, mobile.e164())?;
    if !supporters::people_on(conn, &mobile)?.is_empty() || !of_merged.is_empty() {
        return Err(Error::TooLate(
            "Somebody whom you captured has this number: erase them on their own page.".to_owned(),
        ));
    }
    if erasure::is_on_the_wire_to(conn, &mobile)? {
        return Err(Error::TooLate(
            "A text to this number is leaving just now. Try again in a moment.".to_owned(),
        ));
    }
    let was_out = opt_outs::of(conn, &mobile)?.is_some();
    let entries = ledger::of_number(conn, &mobile)?.len();
    // A number that was mistyped is in the record of whoever was taken back.
    for (id, details) in erasure::taken_back_on(conn, &mobile)? {
        erase_one(conn, id, &details, now, Whose::TakenBack)?;
        note_erasure(conn, now)?;
    }
    let numbers = [mobile];
    erasure::erase(conn, Uuid::nil(), &numbers, now)?;
    ledger::erase(conn, Uuid::nil(), &numbers)?;
    note_erasure(conn, now)?;
    let mut remains = vec![hashes_stay(entries)];
    if was_out {
        remains.push(OPT_OUT_STAYS.to_owned());
    }
    Ok(remains)
}

const OPT_OUT_STAYS: &str =
    "The opt-out stays as a keyed hash of the number, so that nobody texts it by mistake.";

fn hashes_stay(entries: usize) -> String {
    match entries {
        0 => "Nothing but the note that somebody was erased.".to_owned(),
        1 => "1 entry of the ledger stays as a hash: it names nobody.".to_owned(),
        _ => format!("{entries} entries of the ledger stay as hashes: they name nobody."),
    }
}

/// That somebody was erased, and not who.
fn note_erasure(conn: &Conn, now: DateTime<Utc>) -> Result<()> {
    let erasure = New {
        what: What::Erasure,
        purpose: None,
        method: Method::Organiser,
        supporter: None,
        capture: None,
        shift: None,
        wording: None,
        evidence: None,
        about: None,
        at: now,
        zone: &local_zone(),
        personal: Personal::default(),
    };
    ledger::add(conn, &erasure)?;
    Ok(())
}

/// On whose account somebody is erased.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// Somebody asked for it, or they were kept for long enough: what is on their number alone goes too.
    Asked,
    /// Their capture was a mistake, and their number perhaps another's: what others wrote from it stays. Whoever does this
    /// notes it, once for all whom they erase together.
    TakenBack,
    /// Another laptop erased them, and its ledger says so.
    Elsewhere,
}

/// Erases somebody whom another laptop of the campaign erased.
pub(super) fn erase_as_elsewhere(conn: &Conn, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let details = supporters::details_of_anybody(conn, id)?;
    erase_one(conn, id, &details, now, Whose::Elsewhere)?;
    Ok(())
}

fn erase_one(
    conn: &Conn,
    id: Uuid,
    details: &Details,
    now: DateTime<Utc>,
    whose: Whose,
) -> Result<Vec<String>> {
    let everybody = match whose {
        Whose::Asked => merges::everybody(conn, id)?,
        Whose::TakenBack | Whose::Elsewhere => vec![id],
    };
    let mut entries = 0;
    let mut numbers = Vec::new();
    for one in &everybody {
        if erasure::is_on_the_wire(conn, *one)? {
            return Err(Error::TooLate(
                "A text to this person is leaving just now. Try again in a moment.".to_owned(),
            ));
        }
        entries += erasure::entries_of(conn, *one)? as usize;
        for number in erasure::numbers_of(conn, *one)? {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }
    let mobile = mobile_of(details);
    let alone = match &mobile {
        Some(mobile) => supporters::people_on(conn, mobile)?
            .iter()
            .all(|other| *other == id),
        None => false,
    };
    let was_out = match &mobile {
        Some(mobile) => opt_outs::of(conn, mobile)?.is_some(),
        None => false,
    };
    let mut shared = Vec::new();
    for number in &numbers {
        let people = supporters::people_on(conn, number)?;
        if people.iter().any(|other| *other != id) {
            shared.push(number.clone());
        }
    }
    numbers.retain(|number| !shared.contains(number));
    if whose == Whose::TakenBack {
        let mut theirs = Vec::new();
        for number in numbers {
            if !erasure::is_not_theirs_alone(conn, &number, id)? {
                theirs.push(number);
            }
        }
        numbers = theirs;
    }
    for one in everybody.iter().rev() {
        erasure::erase(conn, *one, &numbers, now)?;
        ledger::erase(conn, *one, &numbers)?;
    }
    for number in &shared {
        // Whoever shares the phone may have given way to their text.
        texts::release_shared(conn, number, now)?;
    }
    if whose == Whose::Asked {
        note_erasure(conn, now)?;
    }
    let mut remains = vec![hashes_stay(entries)];
    if was_out {
        remains.push(
            match alone {
                true => OPT_OUT_STAYS,
                false => "The opt-out of the number stays: somebody else has it.",
            }
            .to_owned(),
        );
    }
    if !alone && mobile.is_some() {
        remains
            .push("Texts from the shared phone stay with the other people who have it.".to_owned());
    }
    Ok(remains)
}
