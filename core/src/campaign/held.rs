//! Everything held on a person, in one action, to read and to take elsewhere (UK GDPR Arts 15 and 20).

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::Campaign;
use super::person::{Named, method, mobile_of};
use crate::consent::ledger::{Entry, Wording};
use crate::error::{Error, Result};
use crate::people::Mobile;
use crate::storage::history::{self, Field, Told};
use crate::storage::inbound::{self, Line};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, do_not_call, erasure, imports, ledger, merges, opt_outs};
use crate::texts::life::State;

/// Everything held on a person, twice.
#[derive(Clone)]
pub struct EverythingHeld {
    /// As text.
    pub text: String,
    /// As JSON.
    pub json: String,
}

impl Campaign {
    /// Everything held on a person.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn everything_held(&self, id: Uuid) -> Result<EverythingHeld> {
        let now = self.clock.now();
        let held = self.storage.read(|conn| {
            let id = merges::kept_of(conn, id)?;
            let everybody = merges::everybody(conn, id)?;
            let details = supporters::details(conn, id)?;
            let mobile = mobile_of(&details);
            let named = Named::of(conn)?;
            let entries = ledger::of_everybody(conn, &everybody)?;
            let consents = consents(conn, &entries, &named)?;
            let (mut captures, mut merged, mut changes) = (Vec::new(), Vec::new(), Vec::new());
            for one in &everybody {
                captures.extend(erasure::captures_of(conn, *one)?);
                changes.extend(
                    history::of_supporter(conn, *one)?
                        .into_iter()
                        .map(HeldChange::of),
                );
                if *one != id {
                    merged.push(supporters::details_of_anybody(conn, *one)?);
                }
            }
            let mut texts = Vec::new();
            for mobile in supporters::mobiles(conn, &everybody)? {
                texts.extend(inbound::thread(conn, &mobile, u32::MAX)?);
            }
            let opted_out = mobile
                .as_ref()
                .map(|mobile| opt_outs::of(conn, mobile))
                .transpose()?
                .flatten()
                .map(|out| out.at);
            Ok(HeldOn {
                campaign: self.info.name.clone(),
                written_at: now,
                language: named.languages.name(&details.language),
                number: None,
                person: Some(details),
                captured_at: captures,
                brought_in: imports::that_brought(conn, id)?.map(|import| HeldImport {
                    at: import.at,
                    by: import.who,
                    list: import.name,
                }),
                do_not_call: mobile
                    .as_ref()
                    .map(|mobile| do_not_call::holds(conn, mobile.e164()))
                    .transpose()?
                    .unwrap_or_default(),
                opted_out_since: opted_out,
                consents,
                // A phone may be shared: what went to somebody else is theirs.
                texts: texts
                    .into_iter()
                    .filter(|line| everybody.iter().any(|one| line.is_for(*one)))
                    .map(HeldText::of)
                    .collect(),
                changes,
                merged,
            })
        })?;
        held.everything()
    }

    /// Everything held on who wrote from a number and was never captured.
    ///
    /// # Errors
    /// [`Error::NotFound`] where somebody who was captured has the number: it is held on them.
    pub fn held_on_number(&self, from: &str) -> Result<EverythingHeld> {
        let now = self.clock.now();
        let held = self.storage.read(|conn| {
            let mobile = Mobile::from_e164(from).ok();
            let named = Named::of(conn)?;
            let (mut out, mut entries, mut person) = (None, Vec::new(), None);
            if let Some(mobile) = &mobile {
                let of_merged = merges::kept_on(conn, mobile.e164())?;
                if !supporters::people_on(conn, mobile)?.is_empty() || !of_merged.is_empty() {
                    return Err(Error::NotFound);
                }
                out = opt_outs::of(conn, mobile)?;
                entries = ledger::of_number(conn, mobile)?;
                // A number that was mistyped is in the record of whoever was taken back.
                let taken_back = erasure::taken_back_on(conn, mobile)?.into_iter();
                person = taken_back.map(|(_, details)| details).next_back();
            }
            Ok(HeldOn {
                campaign: self.info.name.clone(),
                written_at: now,
                language: String::new(),
                number: Some(from.to_owned()),
                person,
                captured_at: Vec::new(),
                brought_in: None,
                do_not_call: mobile
                    .as_ref()
                    .map(|mobile| do_not_call::holds(conn, mobile.e164()))
                    .transpose()?
                    .unwrap_or_default(),
                opted_out_since: out.map(|out| out.at),
                consents: consents(conn, &entries, &named)?,
                texts: inbound::thread(conn, from, u32::MAX)?
                    .into_iter()
                    .map(HeldText::of)
                    .collect(),
                changes: Vec::new(),
                merged: Vec::new(),
            })
        })?;
        held.everything()
    }
}

/// Entries with the wordings as they were shown.
fn consents(conn: &Conn, entries: &[Entry], named: &Named) -> Result<Vec<HeldConsent>> {
    entries
        .iter()
        .map(|entry| {
            let (entry, wording) = ledger::get(conn, entry.facts.id)?;
            Ok(HeldConsent::of(&entry, wording, named))
        })
        .collect()
}

#[derive(Serialize)]
struct HeldOn {
    campaign: String,
    written_at: DateTime<Utc>,
    /// The number, where nobody who was captured has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    person: Option<Details>,
    /// The name of their language, for whoever reads.
    #[serde(skip)]
    language: String,
    captured_at: Vec<erasure::CaptureOf>,
    /// The list that they came in with (UK GDPR Art 15(1)(g)).
    #[serde(skip_serializing_if = "Option::is_none")]
    brought_in: Option<HeldImport>,
    /// Whether their number is on a do-not-call list that was brought in.
    do_not_call: bool,
    opted_out_since: Option<DateTime<Utc>>,
    consents: Vec<HeldConsent>,
    texts: Vec<HeldText>,
    /// What was known of them before it was changed.
    changes: Vec<HeldChange>,
    /// Other records of theirs, as they were when they were merged.
    merged: Vec<Details>,
}

#[derive(Serialize)]
struct HeldImport {
    at: DateTime<Utc>,
    by: String,
    list: String,
}

#[derive(Serialize)]
struct HeldChange {
    at: DateTime<Utc>,
    by: String,
    field: Field,
    before: Option<String>,
    after: Option<String>,
}

impl HeldChange {
    fn of(told: Told) -> Self {
        Self {
            at: told.at,
            by: told.who,
            field: told.change.field,
            before: told.change.before,
            after: told.change.after,
        }
    }
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
    fn of(entry: &Entry, wording: Option<Wording>, named: &Named) -> Self {
        let facts = &entry.facts;
        let who = entry.personal.clone().unwrap_or_default();
        Self {
            what: named.sentence(facts.what, facts.purpose.as_deref()),
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
    fn everything(&self) -> Result<EverythingHeld> {
        Ok(EverythingHeld {
            text: self.in_words(),
            json: serde_json::to_string_pretty(self).map_err(|_| Error::Broke)?,
        })
    }

    fn in_words(&self) -> String {
        let person = self.person.clone().unwrap_or_default();
        let who = self.number.clone().unwrap_or_else(|| person.name());
        let mut lines = vec![
            format!("What {} holds on {who}", self.campaign),
            format!("Written {}", self.written_at.format("%-d %B %Y, %H:%M UTC")),
            String::new(),
        ];
        for (label, value) in [
            ("First name", person.first_name.as_str()),
            ("Last name", &person.last_name),
            ("Mobile", person.mobile.as_deref().unwrap_or_default()),
            ("Email", &person.email),
            ("Postcode", &person.postcode),
            ("Language", &self.language),
        ] {
            if !value.is_empty() {
                lines.push(format!("{label}: {value}"));
            }
        }
        for other in &self.merged {
            let mobile = other.mobile.as_deref().unwrap_or_default();
            let known = [&other.name(), mobile, &other.email, &other.postcode];
            let known: Vec<&str> = known.into_iter().filter(|part| !part.is_empty()).collect();
            lines.push(format!("Also recorded as: {}", known.join(", ")));
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
        if let Some(import) = &self.brought_in {
            lines.push(format!(
                "Brought in from the list {} {}",
                import.list,
                import.at.format("%-d %B %Y, %H:%M UTC")
            ));
        }
        if self.do_not_call {
            lines.push("On a do-not-call list that was brought in".to_owned());
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
        if !self.changes.is_empty() {
            lines.extend([String::new(), "What was changed".to_owned()]);
        }
        for change in &self.changes {
            let value =
                |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            lines.push(format!(
                "{}: {} from {} to {}",
                change.at.format("%-d %B %Y, %H:%M UTC"),
                change.field.name(),
                value(&change.before),
                value(&change.after)
            ));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}
