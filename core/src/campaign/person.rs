//! One person: what they agreed to, and what proves it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use super::languages::AllSpoken;
use super::purposes::{all_spoken_of, name as name_of};
use super::timeline::Happened;
use crate::clock::local_zone;
use crate::consent::TEXTS;
use crate::consent::ledger::{Entry, Method, Personal, What, Wording};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::Mobile;
use crate::storage::history::{self, Kind};
use crate::storage::ledger::{self, New};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, merges, opt_outs, purposes, texts};

/// What a person's page shows.
#[derive(Clone)]
pub struct PersonView {
    /// Their id.
    pub id: Uuid,
    /// What is known of them.
    pub details: Details,
    /// Their mobile in E.164 form, for their thread; empty where there is none.
    pub thread: String,
    /// Their mobile as it is written here; empty where there is none.
    pub mobile: String,
    /// Whether their number is opted out.
    pub opted_out: bool,
    /// What they agree to now.
    pub agrees_to: Vec<StandingYes>,
    /// What happened with them, newest first.
    pub timeline: Vec<Happened>,
    /// Who lives with them or shares their phone: their id and name.
    pub household: Vec<(Uuid, String)>,
    /// Their household, where they have one.
    pub home: Option<Uuid>,
    /// Who is in it beside them: their id and name.
    pub lives_with: Vec<(Uuid, String)>,
    /// Why no text goes to them, in one sentence, where none does.
    pub why_no_text: Option<String>,
    /// Why nobody calls them, in one sentence, where nobody may.
    pub why_no_call: Option<String>,
}

/// A purpose to which somebody's last word was yes.
#[derive(Clone)]
pub struct StandingYes {
    /// The purpose's key.
    pub purpose: String,
    /// What it is called.
    pub name: String,
    /// Whether their own text proved it.
    pub confirmed: bool,
}

/// A receipt: one entry of the ledger with everything that proves it (UK GDPR Art 7(1)).
#[derive(Clone)]
pub struct Receipt {
    /// The campaign.
    pub campaign: String,
    /// Who.
    pub name: String,
    /// Their mobile as it is written here; empty where there was none.
    pub mobile: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// The wording as it was shown.
    pub wording: String,
    /// Its version and language.
    pub version: String,
    /// The wording's language, a BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// When, on the clock on the wall, with the zone's name.
    pub local: String,
    /// How it was said.
    pub method: String,
    /// Who captured it; empty where nobody is named.
    pub canvasser: String,
    /// Where; empty where nobody said.
    pub place: String,
    /// The shift, where there was one.
    pub shift: String,
    /// Their own words, where they wrote any.
    pub said: String,
    /// The entry's number in this laptop's chain.
    pub number: u32,
    /// Its hash.
    pub hash: String,
}

impl Campaign {
    /// A person's page.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn person(&self, id: Uuid) -> Result<PersonView> {
        self.storage.read(|conn| {
            // Whoever was merged is on the page of whom they were merged into.
            let id = merges::kept_of(conn, id)?;
            let everybody = merges::everybody(conn, id)?;
            let details = supporters::details(conn, id)?;
            let mobile = mobile_of(&details);
            let opted_out = mobile
                .as_ref()
                .map(|mobile| opt_outs::of(conn, mobile))
                .transpose()?
                .flatten()
                .is_some();
            let entries = ledger::of_everybody(conn, &everybody)?;
            let named = Named::of(conn)?;
            let mut agrees_to = Vec::new();
            for purpose in purposes::all(conn)? {
                let word = ledger::last_word(conn, id, &purpose.key)?;
                agrees_to.extend(word.filter(|word| word.agrees).map(|word| StandingYes {
                    name: name_of(&purpose),
                    purpose: purpose.key,
                    confirmed: word.confirmed,
                }));
            }
            Ok(PersonView {
                agrees_to,
                id,
                thread: details.mobile.clone().unwrap_or_default(),
                mobile: mobile
                    .map_or_else(String::new, |mobile| mobile.national(self.info.country)),
                timeline: self.timeline(conn, &everybody, &entries, &named)?,
                household: supporters::household(conn, id)?,
                home: supporters::standing(conn, id)?.0,
                lives_with: supporters::at_home(conn, id)?,
                why_no_text: self.why_no_text(conn, id, (&details, opted_out))?,
                why_no_call: self.why_no_call(conn, &details)?,
                details,
                opted_out,
            })
        })
    }

    /// Somebody withdraws one yes and keeps the others, by word of mouth or letter (UK GDPR Art 7(3)). A confirmation
    /// that waits does not go.
    ///
    /// # Errors
    /// [`Error::TooLate`] where they do not agree to it, or no longer.
    pub fn withdraw(&self, id: Uuid, purpose: &str) -> Result<()> {
        let now = self.clock.now();
        self.storage.write(|conn| {
            let id = merges::kept_of(conn, id)?;
            let details = supporters::details(conn, id)?;
            let word = ledger::last_word(conn, id, purpose)?.filter(|word| word.agrees);
            let word = word.ok_or_else(|| {
                Error::TooLate(
                    "They have withdrawn that already, or never agreed to it.".to_owned(),
                )
            })?;
            let how = (purpose, word.entry, Method::Organiser);
            let entry = withdrawn(conn, id, &details, how, now)?;
            let (act, who) = (Uuid::now_v7(), self.who());
            history::begin(conn, act, Kind::Withdrawal, &who, Some(entry), now)?;
            if purpose == TEXTS {
                texts::decide_anew(conn, mobile_of(&details).as_ref(), now)?;
            }
            Ok(())
        })?;
        for topic in [Topic::People, Topic::Texts, Topic::Inbox] {
            self.events.changed(topic);
        }
        self.sender.look();
        Ok(())
    }

    /// The receipt of an entry.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn receipt(&self, entry: Uuid) -> Result<Receipt> {
        let (entry, wording, named) = self.storage.read(|conn| {
            let (entry, wording) = ledger::get(conn, entry)?;
            Ok((entry, wording, Named::of(conn)?))
        })?;
        Ok(self.receipt_of(&entry, wording, &named))
    }

    fn receipt_of(&self, entry: &Entry, wording: Option<Wording>, named: &Named) -> Receipt {
        let facts = &entry.facts;
        let who = entry.personal.clone().unwrap_or_default();
        let at = facts.at.time();
        let mobile = who
            .mobile
            .as_deref()
            .and_then(|e164| Mobile::from_e164(e164).ok());
        Receipt {
            campaign: self.info.name.clone(),
            name: who.name.unwrap_or_default(),
            mobile: mobile.map_or_else(String::new, |mobile| mobile.national(self.info.country)),
            sentence: named.sentence(facts.what, facts.purpose.as_deref()),
            version: wording.as_ref().map_or_else(String::new, |wording| {
                let language = named.languages.name(&wording.language);
                format!("Version {} ({language})", wording.version)
            }),
            rtl: wording
                .as_ref()
                .is_some_and(|wording| named.languages.is_rtl(&wording.language)),
            language: wording
                .as_ref()
                .map_or_else(String::new, |wording| wording.language.clone()),
            wording: wording.map_or_else(String::new, |wording| wording.text),
            local: on_the_wall(at, &facts.zone),
            at,
            method: method(facts.method).to_owned(),
            canvasser: who.canvasser.unwrap_or_default(),
            place: who.place.unwrap_or_default(),
            shift: facts
                .shift
                .map(|shift| shift.to_string())
                .unwrap_or_default(),
            said: who.said.unwrap_or_default(),
            number: facts.number,
            hash: entry.hash.to_string(),
        }
    }
}

/// Writes down that somebody withdrew the yes of an entry to a purpose, and how. Gives the new entry.
pub(super) fn withdrawn(
    conn: &Conn,
    id: Uuid,
    details: &Details,
    (purpose, entry, method): (&str, Uuid, Method),
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let withdrawal = New {
        what: What::Withdrawal,
        purpose: Some(purpose),
        method,
        supporter: Some(id),
        capture: None,
        shift: None,
        wording: None,
        evidence: None,
        about: Some(entry),
        at: now,
        zone: &local_zone(),
        personal: Personal {
            supporter: Some(id),
            name: Some(details.name()),
            mobile: details.mobile.clone(),
            ..Personal::default()
        },
    };
    ledger::add(conn, &withdrawal)
}

pub(super) fn mobile_of(details: &Details) -> Option<Mobile> {
    details
        .mobile
        .as_deref()
        .and_then(|e164| Mobile::from_e164(e164).ok())
}

/// What purposes and languages are called.
pub(super) struct Named {
    /// After "agreed to", by their keys.
    purposes: BTreeMap<String, String>,
    pub(super) languages: AllSpoken,
}

impl Named {
    pub(super) fn of(conn: &Conn) -> Result<Self> {
        Ok(Self {
            purposes: all_spoken_of(conn)?,
            languages: AllSpoken::of(conn)?,
        })
    }

    pub(super) fn sentence(&self, what: What, purpose: Option<&str>) -> String {
        let of = match purpose {
            Some(key) => self.purposes.get(key).map_or(key, String::as_str),
            None => "texts to the number",
        };
        match what {
            What::Grant => format!("Agreed to {of}."),
            What::Refusal => format!("Said no to {of}."),
            What::Confirmation => format!("Confirmed the yes to {of}."),
            What::Withdrawal => format!("Withdrew the yes to {of}."),
            What::OptOut => format!("Opted out of {of}."),
            What::OptOutUndone => format!("Opted in again to {of}."),
            What::TakenBack => format!("Undone as a mistake: the answer on {of}."),
            What::Correction => "The number was put right.".to_owned(),
            What::Erasure => "A person was erased.".to_owned(),
        }
    }
}

pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Spoken => "Spoken to the canvasser.",
        Method::OwnHand => "By their own hand, on the laptop.",
        Method::OwnHandset => "From their own phone.",
        Method::Reply => "In a text.",
        Method::Carrier => "With the carrier.",
        Method::Organiser => "Entered here.",
        Method::Import => "Brought in from a list.",
    }
}

/// A moment as a clock in its zone showed it: "25 November 2026, 14:05:09, Europe/London (UTC+00:00)".
fn on_the_wall(at: DateTime<Utc>, zone: &str) -> String {
    match zone.parse::<chrono_tz::Tz>() {
        Ok(tz) => {
            let there = at.with_timezone(&tz);
            format!(
                "{}, {zone} (UTC{})",
                there.format("%-d %B %Y, %H:%M:%S"),
                there.format("%:z")
            )
        }
        Err(_) => format!("{}, UTC", at.format("%-d %B %Y, %H:%M:%S")),
    }
}
