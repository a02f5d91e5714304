//! The numbers of a messaging service. Twilio's list of messages can be asked for what came to one number, and not
//! for what came to a service: whoever knows the numbers need not read everything that the account texts.

#[cfg(test)]
mod tests;

use std::sync::PoisonError;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use super::{Sender, Twilio, pages};
use crate::gateways::http::{LIST_LIMIT, Reply, tolerant_json};

/// How long what was read counts, and what could not be read is left alone.
const READ_EVERY: Duration = Duration::from_secs(60 * 60);
/// A service with more numbers than these is cheaper to read whole.
const MOST_NUMBERS: usize = 10;
/// As many as Twilio lists at a time: more than a service can have.
const PAGE_SIZE: &str = "1000";
/// What belongs to a service, and what its number is called in each. Both take texts from phones.
const KINDS: [(&str, &str, &str); 2] = [
    ("PhoneNumbers", "phone_numbers", "phone_number"),
    ("ShortCodes", "short_codes", "short_code"),
];

/// What was read last.
pub(super) struct Numbers {
    at: Instant,
    /// None where they could not be read, or are too many.
    found: Option<Vec<String>>,
}

/// What to ask the list of messages for.
pub(super) enum Lists {
    /// What came to each of these.
    To(Vec<String>),
    /// Everything, where the numbers could not be read. They were asked for just now, or not.
    All { just_asked: bool },
}

/// The numbers that this gateway's texts come from, where they are known or can be asked for.
pub(super) async fn lists(twilio: &Twilio) -> Lists {
    let service = match &twilio.sender {
        Sender::From(from) => return Lists::To(vec![from.clone()]),
        Sender::Service(service) => service,
    };
    let (found, just_asked) = match known(twilio) {
        Some(found) => (found, false),
        None => (read(twilio, service).await, true),
    };
    if let (Some(found), true) = (&found, just_asked) {
        keep(twilio, Some(found.clone()));
    }
    match found {
        Some(found) => Lists::To(found),
        None => Lists::All { just_asked },
    }
}

/// The numbers cannot be read, though everything else can: that is how it is for a while.
pub(super) fn cannot_be_read(twilio: &Twilio) {
    keep(twilio, None);
}

fn known(twilio: &Twilio) -> Option<Option<Vec<String>>> {
    let numbers = twilio
        .numbers
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let numbers = numbers.as_ref()?;
    (numbers.at.elapsed() < READ_EVERY).then(|| numbers.found.clone())
}

fn keep(twilio: &Twilio, found: Option<Vec<String>>) {
    let at = Instant::now();
    *twilio
        .numbers
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = Some(Numbers { at, found });
}

/// All numbers of the service; none where that is not certain.
async fn read(twilio: &Twilio, service: &str) -> Option<Vec<String>> {
    let mut numbers = Vec::new();
    for (path, list, number) in KINDS {
        let mut url = twilio.services.clone();
        url.path_segments_mut().ok()?.extend([service, path]);
        url.query_pairs_mut().append_pair("PageSize", PAGE_SIZE);
        let reply = pages::page(twilio, twilio.wire.get(url), LIST_LIMIT).await;
        numbers.extend(whole(&reply.ok()?, list, number)?);
    }
    (1..=MOST_NUMBERS)
        .contains(&numbers.len())
        .then_some(numbers)
}

/// The numbers of a list that has no second page.
fn whole(reply: &Reply, list: &str, number: &str) -> Option<Vec<String>> {
    let page = tolerant_json(&reply.body)?;
    let ends = page.get("meta")?.get("next_page_url")?.is_null();
    let numbers = page.get(list)?.as_array().filter(|_| ends)?;
    let number = |one: &Value| one.get(number)?.as_str().map(str::to_owned);
    numbers.iter().map(number).collect()
}

/// Where services are asked for: a server of its own at Twilio, in each of its regions, and the same one elsewhere.
pub(super) fn services(api: &Url) -> Option<Url> {
    let mut services = api.clone();
    if let Some(region) = api.host_str().and_then(|host| host.strip_prefix("api."))
        && (region == "twilio.com" || region.ends_with(".twilio.com"))
    {
        services
            .set_host(Some(&format!("messaging.{region}")))
            .ok()?;
    }
    services
        .path_segments_mut()
        .ok()?
        .pop_if_empty()
        .extend(["v1", "Services"]);
    Some(services)
}
