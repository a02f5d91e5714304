//! Texts from phones, in Twilio's list of messages. Nothing here can be reached from outside, so nothing is
//! pushed: the list is asked again and again.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use chrono::{DateTime, Days, Utc};
use serde_json::Value;

use super::numbers::{self, Lists};
use super::pages::{self, NoList};
use super::{Sender, Twilio};
use crate::gateways::http::{INBOUND_LIMIT, Reply, tolerant_json};
use crate::gateways::inbound::in_order;
use crate::gateways::{Fetched, Inbound};

/// A text may be listed after later ones, and Twilio's filter knows whole days.
const OVERLAP: Days = Days::new(1);
const PAGE_SIZE: &str = "1000";
/// More pages than this is a list that goes round in circles.
const MOST_PAGES: usize = 100;
/// What Twilio calls a text from a phone.
const INBOUND: &str = "inbound";

/// One message of the list. Each field is read by itself: what is odd about one must not lose the others.
struct Listed(Value);

impl Listed {
    fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str().filter(|text| !text.is_empty())
    }

    fn date(&self, field: &str) -> Option<DateTime<Utc>> {
        let date = DateTime::parse_from_rfc2822(self.text(field)?).ok()?;
        Some(date.to_utc())
    }
}

pub(super) async fn inbound(twilio: &Twilio, since: DateTime<Utc>) -> Fetched {
    if matches!(twilio.sender, Sender::From(_)) && twilio.sender.number().is_none() {
        // Nobody can reply to a name.
        return Fetched::All(Vec::new());
    }
    let (messages, date) = match listed(twilio, since).await {
        Ok(listed) => listed,
        Err(no) => return no.into(),
    };
    let now = date.unwrap_or_else(|| twilio.wire.now());
    let mut nameless = 0_usize;
    let mut texts = Vec::new();
    // Newest first in the list.
    for message in messages.into_iter().rev() {
        let Some(sid) = message.text("sid") else {
            nameless += 1;
            continue;
        };
        let word = |field| message.text(field).unwrap_or_default().to_owned();
        texts.push(Inbound {
            provider_id: sid.to_owned(),
            from: word("from"),
            to: word("to"),
            body: word("body"),
            at: message
                .date("date_sent")
                .or_else(|| message.date("date_created"))
                .unwrap_or(now),
        });
    }
    if nameless > 0 {
        tracing::warn!(
            nameless,
            "the provider lists texts without an id: they cannot be kept"
        );
    }
    Fetched::All(in_order(texts))
}

/// Some messages, and Twilio's clock when it was asked first.
type Messages = (Vec<Listed>, Option<DateTime<Utc>>);

/// What came from phones to us since the day before `since`: of each number newest first.
async fn listed(twilio: &Twilio, since: DateTime<Utc>) -> Result<Messages, NoList> {
    match numbers::lists(twilio).await {
        Lists::To(numbers) => {
            let (mut all, mut first) = (Vec::new(), None);
            for number in numbers {
                let (messages, date) = list(twilio, since, Some(&number)).await?;
                first = first.or(date);
                all.extend(messages.into_iter().filter(may_be_inbound));
            }
            Ok((all, first))
        }
        Lists::All { just_asked } => {
            let (messages, date) = list(twilio, since, None).await?;
            if just_asked {
                numbers::cannot_be_read(twilio);
            }
            Ok((to_service(&twilio.sender, messages), date))
        }
    }
}

/// Everything listed since the day before `since`, newest first: what went to one number, or everything.
async fn list(twilio: &Twilio, since: DateTime<Utc>, to: Option<&str>) -> Result<Messages, NoList> {
    let day = since.checked_sub_days(OVERLAP).unwrap_or(since);
    let mut url = twilio.messages.clone();
    if let Some(to) = to {
        url.query_pairs_mut().append_pair("To", to);
    }
    // The operator is part of the name: "DateSent>" and "=" make "at or after".
    url.query_pairs_mut()
        .append_pair("DateSent>", &day.format("%Y-%m-%d").to_string())
        .append_pair("PageSize", PAGE_SIZE);
    let (mut messages, mut date) = (Vec::new(), None);
    let mut asked = HashSet::new();
    while asked.len() < MOST_PAGES && asked.insert(url.clone()) {
        let reply = pages::page(twilio, twilio.wire.get_list(url), INBOUND_LIMIT).await?;
        date = date.or(reply.date);
        let (listed, next) = read(&reply).ok_or_else(|| NoList::of(&reply))?;
        messages.extend(listed);
        let Some(next) = next else {
            return Ok((messages, date));
        };
        url = pages::follow(&twilio.messages, &next).ok_or_else(NoList::unreadable)?;
    }
    Err(NoList::unreadable())
}

/// A page's messages and where the next one is.
fn read(reply: &Reply) -> Option<(Vec<Listed>, Option<String>)> {
    let mut page = tolerant_json(&reply.body)?;
    let next = match page.get("next_page_uri") {
        None | Some(Value::Null) => None,
        Some(Value::String(next)) => Some(next.clone()).filter(|next| !next.is_empty()),
        // A list that may go on is not whole.
        Some(_) => return None,
    };
    let Value::Array(messages) = page.get_mut("messages")?.take() else {
        return None;
    };
    Some((messages.into_iter().map(Listed).collect(), next))
}

/// Twilio's list to one number holds nothing from us but what it is not told about.
fn may_be_inbound(message: &Listed) -> bool {
    message.text("direction").is_none_or(|is| is == INBOUND)
}

/// Those from phones to a service, out of everything. It has numbers of its own: a text to one of them is ours though
/// it does not name the service.
fn to_service(sender: &Sender, messages: Vec<Listed>) -> Vec<Listed> {
    let Sender::Service(service) = sender else {
        return messages.into_iter().filter(may_be_inbound).collect();
    };
    let names_us = |message: &Listed| message.text("messaging_service_sid") == Some(service);
    let is_inbound = |message: &Listed| message.text("direction") == Some(INBOUND);
    let numbers: HashSet<String> = messages
        .iter()
        .filter(|message| names_us(message))
        .filter_map(|message| message.text(if is_inbound(message) { "to" } else { "from" }))
        .map(str::to_owned)
        .collect();
    let to_our_number = |message: &Listed| {
        message.text("messaging_service_sid").is_none()
            && message.text("to").is_some_and(|to| numbers.contains(to))
    };
    messages
        .into_iter()
        .filter(|message| is_inbound(message) && (names_us(message) || to_our_number(message)))
        .collect()
}
