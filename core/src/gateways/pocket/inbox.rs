//! What the phone received, as the app lists it: newest first, one part after another.

#[cfg(test)]
mod tests;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::Value;

use super::{Pocket, answers, says_no_such_path};
use crate::gateways::http::{INBOUND_LIMIT, Reply, tolerant_json};
use crate::gateways::inbound::in_order;
use crate::gateways::{Away, Fetched, Inbound, NoAnswer, Refusal};
use crate::texts::life::Trouble;

/// The app dates a text by when it was sent. One that waited until the phone was switched on comes days after
/// later ones.
const OVERLAP: TimeDelta = TimeDelta::days(3);
/// How far ahead of this laptop the phone's or the network's clock may be.
const AHEAD: TimeDelta = TimeDelta::days(2);
/// The most that the app lists at a time.
const PART: usize = 500;
/// More parts than this are no inbox of some days.
const MOST_PARTS: usize = 100;

pub(super) async fn inbound(pocket: &Pocket, since: DateTime<Utc>) -> Fetched {
    match list(pocket, since).await {
        Ok(listed) => Fetched::All(texts(listed, pocket.wire.now())),
        Err(no) => no,
    }
}

/// Everything that it lists, newest first; or why there is no list that is known to be whole.
async fn list(pocket: &Pocket, since: DateTime<Utc>) -> Result<Vec<Value>, Fetched> {
    let from = since.checked_sub_signed(OVERLAP).unwrap_or(since);
    // Without an end it takes its own clock for one, and leaves out what the network dates later.
    let latest = since.max(pocket.wire.now());
    let to = latest.checked_add_signed(AHEAD).unwrap_or(latest);
    let mut listed: Vec<Value> = Vec::new();
    for _ in 0..MOST_PARTS {
        let mut url = pocket.at(&["inbox"]);
        url.query_pairs_mut()
            .append_pair("type", "SMS")
            .append_pair("from", &whole_seconds(from))
            .append_pair("to", &whole_seconds(to))
            .append_pair("limit", &PART.to_string())
            .append_pair("offset", &listed.len().to_string());
        let request = pocket.signed(pocket.wire.get_list(url));
        let reply = pocket.wire.ask(request, INBOUND_LIMIT).await;
        let reply = reply.map_err(|lost| Fetched::Away(lost.into()))?;
        let Some(part) = read(&reply) else {
            return Err(no_list(&reply));
        };
        let count = part.len();
        listed.extend(part);
        // What comes in meanwhile moves the others down, so they are listed twice and never left out.
        match reply.total {
            Some(total) if listed.len() >= total => return Ok(listed),
            None if count < PART => return Ok(listed),
            _ if count == 0 => break,
            _ => {}
        }
    }
    Err(Fetched::Away(Away::NoAnswer(NoAnswer::Unreadable)))
}

/// The app reads whole seconds with a zone and hardly anything else.
fn whole_seconds(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn read(reply: &Reply) -> Option<Vec<Value>> {
    if reply.status != 200 || reply.cut.is_some() {
        return None;
    }
    match tolerant_json(&reply.body)? {
        Value::Array(part) => Some(part),
        _ => None,
    }
}

fn no_list(reply: &Reply) -> Fetched {
    if says_no_such_path(reply) {
        return Fetched::Refused(Refusal {
            trouble: Trouble::Other,
            code: Some(reply.status.to_string()),
            said: "This app is too old to tell what the phone received: update it.".to_owned(),
        });
    }
    match answers::refusal(reply) {
        Some(refusal) => Fetched::Refused(refusal),
        None => Fetched::Away(Away::NoAnswer(answers::no_answer(reply))),
    }
}

fn texts(listed: Vec<Value>, now: DateTime<Utc>) -> Vec<Inbound> {
    let mut nameless = 0_usize;
    let mut texts = Vec::new();
    for text in listed.into_iter().rev() {
        let word = |field: &str| text.get(field).and_then(Value::as_str).unwrap_or_default();
        // An app could list more than it was asked for.
        if !matches!(word("type"), "" | "SMS") {
            continue;
        }
        if word("id").is_empty() {
            nameless += 1;
            continue;
        }
        texts.push(Inbound {
            provider_id: word("id").to_owned(),
            from: word("sender").trim().to_owned(),
            to: word("recipient").trim().to_owned(),
            body: word("contentPreview").to_owned(),
            at: time(word("createdAt")).unwrap_or(now),
        });
    }
    if nameless > 0 {
        tracing::warn!(
            nameless,
            "the phone lists texts without an id: they cannot be kept"
        );
    }
    in_order(texts)
}

/// In the phone's zone. Old phones write "+5:30" with too few digits: such a time is not read.
fn time(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    Some(time.to_utc())
}
