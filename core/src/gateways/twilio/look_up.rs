//! Looking for a text whose answer was lost, in Twilio's list of what it took.
//!
//! Twilio keeps no id of ours, so a text is known by its receiver, sender, words and time. Whatever
//! cannot be read counts as ours: adopting a text that someone sent already is a smaller evil than
//! sending it twice.

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::pages::{self, NoList};
use super::{Sender, Twilio, answers};
use crate::gateways::http::LIST_LIMIT;
use crate::gateways::{LookUp, LostTry};
use crate::people::Mobile;

/// Twilio's times are whole seconds, and a laptop's clock is set while it runs.
const SLACK: TimeDelta = TimeDelta::minutes(2);
/// A list of texts to one number is short; more pages than this is a list that goes round in circles.
const MOST_PAGES: usize = 20;
const PAGE_SIZE: &str = "100";
/// What a trial account puts before every text.
const TRIAL: &str = "Sent from your Twilio trial account - ";

#[derive(Deserialize)]
struct Page {
    messages: Vec<Listed>,
    next_page_uri: Option<String>,
}

/// A message in the list.
#[derive(Deserialize)]
struct Listed {
    sid: String,
    to: Option<String>,
    from: Option<String>,
    messaging_service_sid: Option<String>,
    direction: Option<String>,
    body: Option<String>,
    date_created: Option<String>,
}

impl Listed {
    fn created(&self) -> Option<DateTime<Utc>> {
        let date = DateTime::parse_from_rfc2822(self.date_created.as_deref()?).ok()?;
        Some(date.to_utc())
    }
}

/// Everything the list holds for one number, newest first as Twilio gives it.
struct List {
    messages: Vec<Listed>,
    /// Twilio's clock when it was asked.
    date: Option<DateTime<Utc>>,
}

impl From<NoList> for LookUp {
    fn from(no: NoList) -> Self {
        match no {
            NoList::Away(why) => Self::CouldNotAsk(why),
            NoList::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

pub(super) async fn look_up(twilio: &Twilio, lost: &LostTry) -> LookUp {
    // The witness comes first: only a list asked for after the witness was seen is known to be as new.
    let caught_up = match &lost.witness {
        None => Ok(false),
        Some(witness) => list(twilio, &witness.to).await.map(|list| {
            let seen = |message: &Listed| message.sid == witness.provider_id;
            list.messages.iter().any(seen)
        }),
    };
    let list = match list(twilio, &lost.text.to).await {
        Ok(list) => list,
        Err(no) => return no.into(),
    };
    let Found { ids, older } = candidates(&twilio.sender, lost, list);
    if !ids.is_empty() {
        return LookUp::Candidates(ids);
    }
    if older {
        // It looks like the lost one but for its time, and a laptop's clock can be set while it runs.
        return LookUp::Absent { caught_up: false };
    }
    match caught_up {
        Ok(caught_up) => LookUp::Absent { caught_up },
        Err(no) => no.into(),
    }
}

async fn list(twilio: &Twilio, to: &Mobile) -> Result<List, NoList> {
    let mut url = twilio.messages.clone();
    url.query_pairs_mut()
        .append_pair("To", to.e164())
        .append_pair("PageSize", PAGE_SIZE);
    let mut list = List {
        messages: Vec::new(),
        date: None,
    };
    for _ in 0..MOST_PAGES {
        let request = twilio.wire.get(url);
        let reply = pages::page(twilio, request, LIST_LIMIT).await?;
        let Some(page) = answers::json::<Page>(&reply) else {
            return Err(NoList::of(&reply));
        };
        list.date = list.date.or(reply.date);
        list.messages.extend(page.messages);
        let Some(next) = page.next_page_uri.filter(|next| !next.is_empty()) else {
            return Ok(list);
        };
        url = pages::follow(&twilio.messages, &next).ok_or_else(NoList::unreadable)?;
    }
    Err(NoList::unreadable())
}

/// What the list holds that looks like the lost text.
struct Found {
    /// The texts that may be it, oldest first.
    ids: Vec<String>,
    /// Whether there are others, too old to be it by what the clocks say.
    older: bool,
}

fn candidates(sender: &Sender, lost: &LostTry, list: List) -> Found {
    let earliest = list.date.and_then(|date| earliest(lost, date));
    let alike = list
        .messages
        .into_iter()
        .filter(|message| is_ours(message, sender, lost));
    let (mut found, older): (Vec<Listed>, Vec<Listed>) =
        alike.partition(|message| match (message.created(), earliest) {
            (Some(created), Some(earliest)) => created >= earliest,
            _ => true,
        });
    // Newest first in the list; texts of one second keep the list's order, turned round.
    found.reverse();
    found.sort_by_key(Listed::created);
    Found {
        ids: found.into_iter().map(|message| message.sid).collect(),
        older: !older.is_empty(),
    }
}

/// The earliest time, by Twilio's clock, at which the lost try can have been taken. `None` where the
/// laptop's clock has been set back since, so that it tells nothing.
fn earliest(lost: &LostTry, date: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let ago = lost.now - lost.at;
    if ago < TimeDelta::zero() {
        return None;
    }
    date.checked_sub_signed(ago)?.checked_sub_signed(SLACK)
}

fn is_ours(message: &Listed, sender: &Sender, lost: &LostTry) -> bool {
    let is =
        |field: &Option<String>, ours: &str| field.as_deref().is_none_or(|theirs| theirs == ours);
    let from_us = match sender {
        Sender::From(from) => is(&message.from, from),
        Sender::Service(service) => is(&message.messaging_service_sid, service),
    };
    from_us
        && is(&message.to, lost.text.to.e164())
        // Not "outbound-reply": that is Twilio's own answer to a STOP or HELP.
        && is(&message.direction, "outbound-api")
        && message.body.as_deref().is_none_or(|body| same_words(body, &lost.text.body))
}

/// Whether Twilio's body is ours. A trial account puts a line before it, a service may replace curly
/// quotes, dashes and spaces by plain ones, and an account may keep no bodies at all.
fn same_words(theirs: &str, ours: &str) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (theirs, ours) = (letters(theirs), letters(ours));
    let without_trial = theirs.strip_prefix(&letters(TRIAL));
    theirs.is_empty() || theirs == ours || without_trial == Some(&ours)
}
