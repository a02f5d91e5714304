//! What a text from a phone leads to: kept once, read for what it means, and acted on at once.
//!
//! Everything happens in the transaction that keeps it, so that nothing leaves between an opt-out's arrival
//! and its effect.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::goodbye;
use crate::consent::TEXTS;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::Result;
use crate::gateways::{self, Abilities, Inbound};
use crate::people::{Mobile, one_line};
use crate::storage::inbound::{self, Meaning, Outcome};
use crate::storage::ledger::{self, New};
use crate::storage::opt_outs::{self, OptOut, Source};
use crate::storage::texts::{self, Route};
use crate::storage::{Conn, campaign, duplicates, history, join_codes, merges, supporters};
use crate::texts::keywords::{self, Meaning as Said};
use crate::texts::life::{Kind, Reason};

/// How a text from a phone came.
#[derive(Debug, Clone)]
pub struct Arrival<'a> {
    /// Through which account at which gateway.
    pub route: &'a Route,
    /// What that gateway does by itself.
    pub abilities: Abilities,
    /// Its clock minus this laptop's.
    pub clock: TimeDelta,
    /// When it came, by this laptop's clock.
    pub now: DateTime<Utc>,
    /// The laptop's zone, an IANA name.
    pub zone: &'a str,
}

/// The longest text that is kept whole, in characters: no phone sends one. What is cut off is marked.
const LONGEST: usize = 10_000;

/// The longest name of a sender that is no number.
const LONGEST_SENDER: usize = 40;

/// The words that a provider which answers opt-outs by itself knows: no other language, and no politeness.
const PROVIDERS_STOP: [&str; 8] = [
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
];
/// And those for help.
const PROVIDERS_HELP: [&str; 2] = ["HELP", "INFO"];
/// A number is helped once in this time: two machines that answer each other must not go on for ever.
const HELP_EVERY: TimeDelta = TimeDelta::hours(1);

/// A provider's clock and a phone's are seldom right to the second.
const ABOUT: TimeDelta = TimeDelta::minutes(1);

/// Keeps a text from a phone and does what it asks for. Gives whether it is news.
///
/// # Errors
/// The disk says no: then it has not come, and is fetched or told again.
pub fn receive(conn: &Conn, text: &Inbound, arrival: &Arrival<'_>) -> Result<bool> {
    let home = campaign::get(conn)?.country;
    let sender = text.sender(home);
    let from = match &sender {
        Some(mobile) => mobile.e164().to_owned(),
        None => one_line(&text.from, LONGEST_SENDER),
    };
    let body = kept(&text.body);
    let (route, name) = (arrival.route, text.provider_id.as_str());
    if inbound::is_known(conn, route, name, &from, &body, text.at)? {
        return Ok(false);
    }
    if let Some(mobile) = &sender {
        opt_outs::recall(conn, mobile)?;
    }
    let said = keywords::meaning(&body);
    // A pocket phone is somebody's own: what their family and their bank text is nothing of the campaign's.
    if arrival.route.kind == gateways::Kind::Pocket
        && !matches!(said, Said::Join(_))
        && !concerns_us(conn, sender.as_ref())?
    {
        return Ok(false);
    }
    let id = Uuid::now_v7();
    let new = inbound::New {
        id,
        route: arrival.route,
        provider_id: &text.provider_id,
        from: &from,
        body: &body,
        sent_at: text.at,
        meaning: meaning(&said),
    };
    if !inbound::insert(conn, &new, arrival.now)? {
        return Ok(false);
    }
    let Some(mobile) = sender else {
        // A short code or a name has nobody behind it who could be opted out.
        return Ok(true);
    };
    let one = Received {
        id,
        mobile: &mobile,
        body: &body,
        sent_at: text.at,
        arrival,
    };
    let outcome = match said {
        Said::Stop => one.stop(conn)?,
        Said::LikelyStop => Outcome::Held,
        Said::Start => one.start(conn)?,
        Said::Help => one.help(conn)?,
        Said::Yes => one.yes(conn)?,
        Said::No => one.no(conn)?,
        Said::Join(code) => one.join(conn, &code)?,
        Said::Other => Outcome::ToRead,
    };
    inbound::led_to(conn, id, outcome)?;
    // Whatever they wrote, it is an answer: a reminder would say that there was none.
    texts::take_back(conn, &mobile, Kind::Reminder, arrival.now)?;
    Ok(true)
}

/// Whether a number is somebody's whom the campaign knows, or has texted.
fn concerns_us(conn: &Conn, sender: Option<&Mobile>) -> Result<bool> {
    let Some(mobile) = sender else {
        return Ok(false);
    };
    Ok(!supporters::people_on(conn, mobile)?.is_empty()
        || !merges::kept_on(conn, mobile.e164())?.is_empty()
        || texts::was_texted(conn, mobile)?)
}

/// What is kept of a text: all of it, but for what no database holds and what no phone sends.
fn kept(body: &str) -> String {
    let mut kept: String = body
        .chars()
        .filter(|letter| *letter != '\0')
        .take(LONGEST)
        .collect();
    if body.chars().count() > LONGEST {
        kept.push('…');
    }
    kept
}

fn meaning(said: &Said) -> Meaning {
    match said {
        Said::Stop => Meaning::Stop,
        Said::LikelyStop => Meaning::LikelyStop,
        Said::Start => Meaning::Start,
        Said::Help => Meaning::Help,
        Said::Yes => Meaning::Yes,
        Said::No => Meaning::No,
        Said::Join(_) => Meaning::Join,
        Said::Other => Meaning::Other,
    }
}

struct Received<'a> {
    id: Uuid,
    mobile: &'a Mobile,
    body: &'a str,
    sent_at: DateTime<Utc>,
    arrival: &'a Arrival<'a>,
}

impl Received<'_> {
    /// The number is out, whoever shares it (PECR r22; 47 CFR 64.1200(a)(10)).
    fn stop(&self, conn: &Conn) -> Result<Outcome> {
        if inbound::overtaken(conn, self.mobile.e164(), self.sent_at, Meaning::Start)? {
            return Ok(Outcome::Overtaken);
        }
        // What was still to be decided is decided.
        for id in inbound::undecided(conn, self.mobile.e164())? {
            inbound::decide(conn, id, Outcome::DecidedStop, self.arrival.now)?;
        }
        let news = opt_out(
            conn,
            self.mobile,
            Source::Reply,
            Some((self.id, self.body)),
            self.arrival.now,
            self.arrival.zone,
        )?;
        if !news {
            return Ok(Outcome::OptedOutBefore);
        }
        if !(self.arrival.abilities.answers_stop && self.is_one_of(&PROVIDERS_STOP)) {
            self.answer(conn, Kind::Goodbye)?;
        }
        Ok(Outcome::OptedOut)
    }

    /// Their own text, from their own phone, is new evidence of consent.
    fn start(&self, conn: &Conn) -> Result<Outcome> {
        if inbound::overtaken(conn, self.mobile.e164(), self.sent_at, Meaning::Stop)? {
            return Ok(Outcome::Overtaken);
        }
        let Some(out) = opt_outs::of(conn, self.mobile)? else {
            return Ok(Outcome::ToRead);
        };
        if self.is_older_than(conn, &out)? {
            return Ok(Outcome::Overtaken);
        }
        let entry = New {
            about: out.entry,
            ..self.entry(What::OptOutUndone, None, number_of(self.mobile, self.body))
        };
        ledger::add(conn, &entry)?;
        opt_outs::lift(conn, self.mobile)?;
        texts::take_back(conn, self.mobile, Kind::Goodbye, self.arrival.now)?;
        Ok(Outcome::Reopened)
    }

    /// Whether this was written before the number was opted out: that is no new evidence. An opt-out by text is
    /// as old as the text, whenever it came or was decided on.
    fn is_older_than(&self, conn: &Conn, out: &OptOut) -> Result<bool> {
        let entry = out.entry.map(|id| ledger::get(conn, id)).transpose()?;
        match entry.and_then(|(entry, _)| entry.facts.evidence) {
            Some(text) => Ok(self.sent_at < inbound::get(conn, text)?.sent_at),
            None => Ok(self.sent_at - self.arrival.clock < out.at),
        }
    }

    fn help(&self, conn: &Conn) -> Result<Outcome> {
        let answered = self.arrival.abilities.answers_help && self.is_one_of(&PROVIDERS_HELP);
        let since = self.arrival.now - HELP_EVERY;
        if !answered && !texts::was_helped(conn, self.mobile, since)? {
            self.answer(conn, Kind::Help)?;
        }
        Ok(Outcome::Helped)
    }

    /// Their consent is proved, if they were asked for it before they wrote this.
    fn yes(&self, conn: &Conn) -> Result<Outcome> {
        let Some(supporter) = self.asked(conn)? else {
            return Ok(Outcome::ToRead);
        };
        let word = ledger::last_word(conn, supporter, TEXTS)?.filter(|word| word.agrees);
        // It counts for the number that it came from and no other.
        let theirs = supporters::people_on(conn, self.mobile)?.contains(&supporter);
        let Some(word) = word.filter(|_| theirs) else {
            return Ok(Outcome::ToRead);
        };
        if opt_outs::of(conn, self.mobile)?.is_some() {
            return Ok(Outcome::ToRead);
        }
        if word.confirmed {
            return Ok(Outcome::ConfirmedBefore);
        }
        let entry = New {
            purpose: Some(TEXTS),
            about: Some(word.entry),
            ..self.entry(
                What::Confirmation,
                Some(supporter),
                self.person(conn, supporter)?,
            )
        };
        ledger::add(conn, &entry)?;
        Ok(Outcome::Confirmed)
    }

    /// Their own phone sends the code that they were shown: the number is theirs, whatever was typed, and they
    /// agree to what they were read.
    fn join(&self, conn: &Conn, code: &str) -> Result<Outcome> {
        let Some(of) = join_codes::unused(conn, code)? else {
            return Ok(Outcome::ToRead);
        };
        if opt_outs::of(conn, self.mobile)?.is_some() {
            return Ok(Outcome::ToRead);
        }
        join_codes::used(conn, code, self.id)?;
        let mut details = supporters::details(conn, of.supporter)?;
        if details.mobile.as_deref() != Some(self.mobile.e164()) {
            let before = details.clone();
            details.mobile = Some(self.mobile.e164().to_owned());
            supporters::update(conn, of.supporter, &details, self.arrival.now)?;
            let changes = history::differences(of.supporter, &before, &details);
            let (act, now) = (Uuid::now_v7(), self.arrival.now);
            history::begin(conn, act, history::Kind::Themselves, "", None, now)?;
            history::record(conn, act, 0, &changes, "", now)?;
            duplicates::judge(conn, of.supporter, now)?;
            // What the canvasser typed stays in the entries before this one.
            let corrected = New {
                method: Method::OwnHandset,
                capture: Some(of.capture),
                ..self.entry(
                    What::Correction,
                    Some(of.supporter),
                    self.person(conn, of.supporter)?,
                )
            };
            ledger::add(conn, &corrected)?;
        }
        let grant = New {
            purpose: Some(TEXTS),
            method: Method::OwnHandset,
            capture: Some(of.capture),
            wording: Some(of.wording),
            ..self.entry(
                What::Grant,
                Some(of.supporter),
                self.person(conn, of.supporter)?,
            )
        };
        let grant = ledger::add(conn, &grant)?;
        let proof = New {
            purpose: Some(TEXTS),
            method: Method::OwnHandset,
            about: Some(grant),
            ..self.entry(
                What::Confirmation,
                Some(of.supporter),
                self.person(conn, of.supporter)?,
            )
        };
        ledger::add(conn, &proof)?;
        Ok(Outcome::Joined)
    }

    /// They say no to what they were asked: nothing more is sent to them, on any of their numbers where they were
    /// merged.
    fn no(&self, conn: &Conn) -> Result<Outcome> {
        let Some(supporter) = self.asked(conn)? else {
            return Ok(Outcome::ToRead);
        };
        let mut words = Vec::new();
        for one in merges::everybody(conn, supporter)? {
            words.extend(ledger::last_word(conn, one, TEXTS)?);
        }
        // Their own where there is one: it is the first.
        let Some(word) = words.first() else {
            return Ok(Outcome::ToRead);
        };
        // A no that a merge said for them goes with it, and they have said it themselves now.
        if words.iter().all(|word| !word.agrees) && !merges::wrote_it(conn, word.entry)? {
            return Ok(Outcome::Declined);
        }
        let what = match word.confirmed {
            true => What::Withdrawal,
            false => What::Refusal,
        };
        let entry = New {
            purpose: Some(TEXTS),
            about: Some(word.entry),
            ..self.entry(what, Some(supporter), self.person(conn, supporter)?)
        };
        ledger::add(conn, &entry)?;
        Ok(Outcome::Declined)
    }

    /// Whom the question on this phone was put to, or who was kept where they were merged since; nobody where this is
    /// older than the question.
    fn asked(&self, conn: &Conn) -> Result<Option<Uuid>> {
        let Some((asked, asked_at)) = inbound::asked(conn, self.mobile)? else {
            return Ok(None);
        };
        if self.sent_at - self.arrival.clock + ABOUT < asked_at {
            return Ok(None);
        }
        let kept = merges::kept_of(conn, asked)?;
        // Somebody else may have the number by now.
        let theirs = supporters::people_on(conn, self.mobile)?.contains(&kept)
            || merges::had(conn, kept, self.mobile)?;
        Ok(theirs.then_some(kept))
    }

    /// Whether it is one of the words that a provider knows by itself: alone, in any capitals.
    fn is_one_of(&self, words: &[&str]) -> bool {
        let said = self.body.trim();
        words.iter().any(|word| said.eq_ignore_ascii_case(word))
    }

    /// Writes the one answer, to leave at once or not at all.
    fn answer(&self, conn: &Conn, kind: Kind) -> Result<()> {
        goodbye::write(
            conn,
            kind,
            &goodbye::To {
                mobile: self.mobile,
                answers: self.id,
                asked_at: (self.sent_at - self.arrival.clock).min(self.arrival.now),
            },
            self.arrival.now,
        )
    }

    fn entry(&self, what: What, supporter: Option<Uuid>, personal: Personal) -> New<'_> {
        New {
            what,
            purpose: None,
            method: Method::Reply,
            supporter,
            capture: None,
            shift: None,
            wording: None,
            evidence: Some(self.id),
            about: None,
            at: self.arrival.now,
            zone: self.arrival.zone,
            personal,
        }
    }

    fn person(&self, conn: &Conn, supporter: Uuid) -> Result<Personal> {
        let details = supporters::details(conn, supporter)?;
        Ok(Personal {
            supporter: Some(supporter),
            name: Some(details.name()),
            said: Some(self.body.to_owned()),
            mobile: Some(self.mobile.e164().to_owned()),
            ..Personal::default()
        })
    }
}

fn number_of(mobile: &Mobile, said: &str) -> Personal {
    Personal {
        mobile: Some(mobile.e164().to_owned()),
        said: Some(said.to_owned()).filter(|said| !said.is_empty()),
        ..Personal::default()
    }
}

/// Opts a number out: from now on nothing goes to it, and what waits does not go. `because` is the text that
/// says so and its words, where there is one. Gives whether it is news.
///
/// # Errors
/// The disk says no.
pub fn opt_out(
    conn: &Conn,
    mobile: &Mobile,
    source: Source,
    because: Option<(Uuid, &str)>,
    now: DateTime<Utc>,
    zone: &str,
) -> Result<bool> {
    if opt_outs::of(conn, mobile)?.is_some() {
        return Ok(false);
    }
    let entry = New {
        what: What::OptOut,
        purpose: None,
        method: match source {
            Source::Reply => Method::Reply,
            Source::Carrier => Method::Carrier,
            Source::Organiser => Method::Organiser,
        },
        supporter: None,
        capture: None,
        shift: None,
        wording: None,
        evidence: because.map(|(id, _)| id),
        about: None,
        at: now,
        zone,
        personal: number_of(mobile, because.map_or("", |(_, said)| said)),
    };
    let entry = ledger::add(conn, &entry)?;
    opt_outs::add(conn, mobile, source, Some(entry), now)?;
    for text in texts::waiting_for(conn, mobile)? {
        texts::does_not_go(conn, &text, Reason::OptedOut, now)?;
    }
    Ok(true)
}
