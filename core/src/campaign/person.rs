//! One person: what is held on them, what they agreed to, and what they may ask for.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::Campaign;
use crate::clock::local_zone;
use crate::consent::ledger::{Entry, Method, Personal, What, Wording};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::Mobile;
use crate::storage::inbound::{self, Line};
use crate::storage::ledger::{self, New};
use crate::storage::opt_outs;
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, erasure, texts};
use crate::texts::life::State;

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
    /// What they said, newest first.
    pub words: Vec<WordRow>,
}

/// One entry of the ledger about a person.
#[derive(Clone)]
pub struct WordRow {
    /// The entry.
    pub entry: Uuid,
    /// What happened, in a sentence.
    pub sentence: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether a receipt makes sense: a wording was shown.
    pub has_receipt: bool,
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

/// Everything held on a person, twice: to read, and to take elsewhere (UK GDPR Arts 15 and 20).
#[derive(Clone)]
pub struct Held {
    /// As text.
    pub text: String,
    /// As JSON.
    pub json: String,
}

impl Campaign {
    /// A person's page.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn person(&self, id: Uuid) -> Result<PersonView> {
        self.storage.read(|conn| {
            let details = supporters::details(conn, id)?;
            let mobile = mobile_of(&details);
            let opted_out = mobile
                .as_ref()
                .map(|mobile| opt_outs::of(conn, mobile))
                .transpose()?
                .flatten()
                .is_some();
            let entries = ledger::of_supporter(conn, id)?;
            Ok(PersonView {
                id,
                thread: details.mobile.clone().unwrap_or_default(),
                mobile: mobile
                    .map_or_else(String::new, |mobile| mobile.national(self.info.country)),
                details,
                opted_out,
                words: entries.iter().rev().map(word).collect(),
            })
        })
    }

    /// The receipt of an entry.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn receipt(&self, entry: Uuid) -> Result<Receipt> {
        let (entry, wording) = self.storage.read(|conn| ledger::get(conn, entry))?;
        Ok(self.receipt_of(&entry, wording))
    }

    fn receipt_of(&self, entry: &Entry, wording: Option<Wording>) -> Receipt {
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
            sentence: sentence(facts.what, facts.purpose.as_deref()),
            version: wording.as_ref().map_or_else(String::new, |wording| {
                format!("Version {} ({})", wording.version, wording.language)
            }),
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

    /// Everything held on a person.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn everything_held(&self, id: Uuid) -> Result<Held> {
        let now = self.clock.now();
        let all = self.storage.read(|conn| {
            let details = supporters::details(conn, id)?;
            let mobile = mobile_of(&details);
            let captures = erasure::captures_of(conn, id)?;
            let mut consents = Vec::new();
            for entry in ledger::of_supporter(conn, id)? {
                let (entry, wording) = ledger::get(conn, entry.facts.id)?;
                consents.push(HeldConsent::of(&entry, wording));
            }
            let texts = match &details.mobile {
                Some(mobile) => inbound::thread(conn, mobile, u32::MAX)?,
                None => Vec::new(),
            };
            let opted_out = mobile
                .map(|mobile| opt_outs::of(conn, &mobile))
                .transpose()?
                .flatten()
                .map(|out| out.at);
            Ok(HeldOn {
                campaign: self.info.name.clone(),
                written_at: now,
                person: details,
                captured_at: captures,
                opted_out_since: opted_out,
                consents,
                // A phone may be shared: what went to somebody else is theirs.
                texts: texts
                    .into_iter()
                    .filter(|line| line.is_for(id))
                    .map(HeldText::of)
                    .collect(),
            })
        })?;
        let json = serde_json::to_string_pretty(&all).map_err(|_| Error::NotFound)?;
        Ok(Held {
            text: all.in_words(),
            json,
        })
    }

    /// Erases a person: their record, their texts and what they wrote go, here and in every list; of the ledger
    /// their entries' personal part goes, and the chain still verifies; an opt-out stays as a keyed hash of the
    /// number (UK GDPR Art 17). Says what remains.
    ///
    /// # Errors
    /// [`Error::TooLate`] while a text to them is on the wire.
    pub fn erase(&self, id: Uuid) -> Result<Vec<String>> {
        let now = self.clock.now();
        let remains = self.storage.write(|conn| {
            let details = supporters::details(conn, id)?;
            self.erase_one(conn, id, &details, now)
        })?;
        for topic in [Topic::People, Topic::Texts, Topic::Inbox] {
            self.events.changed(topic);
        }
        Ok(remains)
    }

    fn erase_one(
        &self,
        conn: &Conn,
        id: Uuid,
        details: &Details,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>> {
        if erasure::is_on_the_wire(conn, id)? {
            return Err(Error::TooLate(
                "A text to this person is leaving just now. Try again in a moment.".to_owned(),
            ));
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
        let entries = ledger::of_supporter(conn, id)?.len();
        let mut numbers = erasure::numbers_of(conn, id)?;
        let mut shared = Vec::new();
        for number in &numbers {
            let people = supporters::people_on(conn, number)?;
            if people.iter().any(|other| *other != id) {
                shared.push(number.clone());
            }
        }
        numbers.retain(|number| !shared.contains(number));
        erasure::erase(conn, id, &numbers, now)?;
        ledger::erase(conn, id, &numbers)?;
        for number in &shared {
            // Whoever shares the phone may have given way to their text.
            texts::release_shared(conn, number, now)?;
        }
        ledger::add(
            conn,
            &New {
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
            },
        )?;
        let mut remains = vec![match entries {
            1 => "1 entry of the ledger stays as a hash: it names nobody.".to_owned(),
            _ => format!("{entries} entries of the ledger stay as hashes: they name nobody."),
        }];
        if was_out {
            remains.push(
                match alone {
                    true => "The opt-out stays as a keyed hash of the number, so that nobody texts it by mistake.",
                    false => "The opt-out of the number stays: somebody else has it.",
                }
                .to_owned(),
            );
        }
        if !alone && mobile.is_some() {
            remains.push(
                "Texts from the shared phone stay with the other people who have it.".to_owned(),
            );
        }
        Ok(remains)
    }
}

fn mobile_of(details: &Details) -> Option<Mobile> {
    details
        .mobile
        .as_deref()
        .and_then(|e164| Mobile::from_e164(e164).ok())
}

fn word(entry: &Entry) -> WordRow {
    WordRow {
        entry: entry.facts.id,
        sentence: format!(
            "{} {}",
            sentence(entry.facts.what, entry.facts.purpose.as_deref()),
            method(entry.facts.method)
        ),
        at: entry.facts.at.time(),
        has_receipt: entry.facts.wording.is_some() || entry.facts.evidence.is_some(),
    }
}

fn sentence(what: What, purpose: Option<&str>) -> String {
    let of = match purpose {
        Some("texts") => "texts".to_owned(),
        Some("opinions") => "a note of what they think".to_owned(),
        Some(other) => other.replace('-', " "),
        None => "texts to the number".to_owned(),
    };
    match what {
        What::Grant => format!("Agreed to {of}."),
        What::Refusal => format!("Said no to {of}."),
        What::Confirmation => format!("Confirmed the yes to {of}."),
        What::Withdrawal => format!("Withdrew the yes to {of}."),
        What::OptOut => format!("Opted out of {of}."),
        What::OptOutUndone => format!("Opted in again to {of}."),
        What::TakenBack => format!("The capture with the answer on {of} was taken back."),
        What::Correction => "The number was put right.".to_owned(),
        What::Erasure => "A person was erased.".to_owned(),
    }
}

fn method(method: Method) -> &'static str {
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

#[derive(Serialize)]
struct HeldOn {
    campaign: String,
    written_at: DateTime<Utc>,
    person: Details,
    captured_at: Vec<erasure::CaptureOf>,
    opted_out_since: Option<DateTime<Utc>>,
    consents: Vec<HeldConsent>,
    texts: Vec<HeldText>,
}

#[derive(Serialize)]
struct HeldConsent {
    what: String,
    how: &'static str,
    at: DateTime<Utc>,
    zone: String,
    canvasser: Option<String>,
    place: Option<String>,
    said: Option<String>,
    wording: Option<String>,
    wording_language: Option<String>,
    wording_version: Option<u32>,
    entry: Uuid,
    number: u32,
    hash: String,
}

impl HeldConsent {
    fn of(entry: &Entry, wording: Option<Wording>) -> Self {
        let facts = &entry.facts;
        let who = entry.personal.clone().unwrap_or_default();
        Self {
            what: sentence(facts.what, facts.purpose.as_deref()),
            how: method(facts.method),
            at: facts.at.time(),
            zone: facts.zone.clone(),
            canvasser: who.canvasser,
            place: who.place,
            said: who.said,
            wording_language: wording.as_ref().map(|wording| wording.language.clone()),
            wording_version: wording.as_ref().map(|wording| wording.version),
            wording: wording.map(|wording| wording.text),
            entry: facts.id,
            number: facts.number,
            hash: entry.hash.to_string(),
        }
    }
}

#[derive(Serialize)]
struct HeldText {
    at: DateTime<Utc>,
    from: &'static str,
    body: String,
    state: Option<State>,
}

impl HeldText {
    fn of(line: Line) -> Self {
        match line {
            Line::In(text) => Self {
                at: text.received_at,
                from: "the phone",
                body: text.body,
                state: None,
            },
            Line::Out {
                at, body, state, ..
            } => Self {
                at,
                from: "the campaign",
                body,
                state: Some(state),
            },
        }
    }
}

impl HeldOn {
    fn in_words(&self) -> String {
        let mut lines = vec![
            format!("What {} holds on {}", self.campaign, self.person.name()),
            format!("Written {}", self.written_at.format("%-d %B %Y, %H:%M UTC")),
            String::new(),
        ];
        for (label, value) in [
            ("First name", self.person.first_name.as_str()),
            ("Last name", &self.person.last_name),
            ("Mobile", self.person.mobile.as_deref().unwrap_or_default()),
            ("Email", &self.person.email),
            ("Postcode", &self.person.postcode),
            ("Language", &self.person.language),
        ] {
            if !value.is_empty() {
                lines.push(format!("{label}: {value}"));
            }
        }
        for capture in &self.captured_at {
            let by = match (capture.canvasser.as_str(), capture.place.as_str()) {
                ("", "") => String::new(),
                (by, "") => format!(" by {by}"),
                ("", at) => format!(" at {at}"),
                (by, at) => format!(" by {by} at {at}"),
            };
            lines.push(format!(
                "Captured {}{by}",
                capture.at.format("%-d %B %Y, %H:%M UTC")
            ));
        }
        if let Some(since) = self.opted_out_since {
            lines.push(format!(
                "Opted out since {}",
                since.format("%-d %B %Y, %H:%M UTC")
            ));
        }
        lines.extend([String::new(), "What they said".to_owned()]);
        for consent in &self.consents {
            lines.push(format!(
                "{}: {} {}",
                consent.at.format("%-d %B %Y, %H:%M UTC"),
                consent.what,
                consent.how
            ));
            if let Some(wording) = &consent.wording {
                lines.push(format!("  The wording: {wording}"));
            }
        }
        lines.extend([String::new(), "Texts".to_owned()]);
        for text in &self.texts {
            lines.push(format!(
                "{} from {}: {}",
                text.at.format("%-d %B %Y, %H:%M UTC"),
                text.from,
                text.body
            ));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}
