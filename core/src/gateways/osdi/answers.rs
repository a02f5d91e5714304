//! What an OSDI server's answers mean.

use serde_json::Value;
use url::Url;

use super::{Door, SignedUp, Stopped};
use crate::gateways::http::{Lost, Reply, check_address, quote, tolerant_json};
use crate::gateways::{NoAnswer, Unreachable};

/// The answer to the beginning of the API.
pub(super) fn to_door(reply: &Reply, at: &Url) -> Result<Door, Stopped> {
    usual(reply)?;
    let body = whole(reply).ok_or_else(no_osdi)?;
    let signup = link(&body, "person_signup_helper").ok_or_else(no_osdi)?;
    let said = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default();
    let called = [said("product_name"), said("vendor_name"), said("motd")];
    let called = called.into_iter().find(|name| !name.is_empty());
    Ok(Door {
        signup: follow(at, signup)?,
        people: link(&body, "people")
            .map(|people| follow(at, people))
            .transpose()?,
        called: called.map(quote).unwrap_or_default(),
    })
}

/// The answer to a look at the list of people.
pub(super) fn to_token(reply: &Reply) -> Result<(), Stopped> {
    match reply.status {
        // A server need not show its people to whoever may add some.
        403..=405 => Ok(()),
        _ => usual(reply),
    }
}

/// The answer to a person.
pub(super) fn to_signup(reply: &Reply) -> SignedUp {
    match reply.status {
        200..=204 if reply.is_page() => SignedUp::Stopped(portal()),
        // An answer that breaks off, or is longer than is read, still says that they were taken.
        200..=204 => SignedUp::Taken,
        429 => SignedUp::Later(reply.retry_after),
        // What failed then is a tag or a list, which the server may not have.
        400 if has_taken_them(reply) => SignedUp::Taken,
        400 | 409 | 413 | 415 | 422 => SignedUp::Refused(reason(reply)),
        404 | 405 | 410 => SignedUp::Stopped(no_osdi()),
        500.. => SignedUp::Faulty(fault(reply), reply.retry_after),
        _ => match usual(reply) {
            Err(stopped) => SignedUp::Stopped(stopped),
            Ok(()) => SignedUp::Refused(reason(reply)),
        },
    }
}

/// What stops everything, whatever was asked.
fn usual(reply: &Reply) -> Result<(), Stopped> {
    match reply.status {
        200..=299 if !reply.is_page() => Ok(()),
        200..=399 => Err(portal()),
        401 | 403 => Err(stopped(
            "The server does not take the API key. Check the key, and that it may add people.",
        )),
        429 => Err(stopped(
            "The server wants to be left alone for a while. Try again in a few minutes.",
        )),
        500.. => Err(fault(reply)),
        _ => Err(no_osdi()),
    }
}

fn fault(reply: &Reply) -> Stopped {
    Stopped(format!(
        "The server has a fault of its own just now (HTTP {}). Try again later.",
        reply.status
    ))
}

/// Why there is no answer.
pub(super) fn lost(lost: &Lost) -> Stopped {
    match lost {
        Lost::NeverLeft(Unreachable::NotTrusted) => stopped(
            "Something answers at the server's address that cannot prove it is the server. Check the address and this \
             laptop's date. On a guest network, sign in to it first.",
        ),
        Lost::NeverLeft(Unreachable::NameNotFound | Unreachable::NoConnection) => stopped(
            "The server could not be reached. Check that this laptop is online, and the server's address.",
        ),
        Lost::NoAnswer(NoAnswer::TimedOut) => {
            stopped("The server did not answer in time. The network may be poor here.")
        }
        Lost::NoAnswer(NoAnswer::Portal) => portal(),
        Lost::NoAnswer(NoAnswer::Dropped | NoAnswer::Broken(_) | NoAnswer::Unreadable) => {
            stopped("The connection to the server broke off. The network may be poor here.")
        }
    }
}

fn stopped(sentence: &str) -> Stopped {
    Stopped(sentence.to_owned())
}

fn no_osdi() -> Stopped {
    stopped(
        "What answers at this address is no OSDI server that takes people. Check the address: Action Network's is \
         https://actionnetwork.org/api/v2.",
    )
}

fn portal() -> Stopped {
    stopped(
        "A web page answered in place of the server. Check the address; on a guest network, sign in to it first.",
    )
}

/// The body as JSON, where it came whole.
fn whole(reply: &Reply) -> Option<Value> {
    if reply.cut.is_some() {
        return None;
    }
    tolerant_json(&reply.body)
}

/// The address behind a link of OSDI's, whichever short name the server gives to OSDI's links.
fn link<'a>(body: &'a Value, relation: &str) -> Option<&'a str> {
    let links = body.get("_links")?.as_object()?;
    let named = |name: &str| match name.split_once(':') {
        Some((_, after)) => after == relation,
        None => name == relation,
    };
    let exact = links.get(&format!("osdi:{relation}"));
    let found = exact.or_else(|| {
        let mut others = links.iter();
        others.find(|(name, _)| named(name)).map(|(_, link)| link)
    })?;
    let found = found.get(0).unwrap_or(found);
    found.get("href")?.as_str()
}

/// A link leads on within the same server: the token goes nowhere else.
fn follow(from: &Url, to: &str) -> Result<Url, Stopped> {
    let mut base = from.clone();
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    let to = base.join(to).map_err(|_| no_osdi())?;
    if to.origin() != from.origin() || check_address(&to).is_err() {
        return Err(stopped(
            "The server sends people on to another address. The API key is not sent there: ask whoever runs the server for \
             the address where its API begins.",
        ));
    }
    Ok(to)
}

/// Whether an error comes with the person that was added all the same.
fn has_taken_them(reply: &Reply) -> bool {
    whole(reply).is_some_and(|body| body.get("osdi:person").is_some_and(Value::is_object))
}

/// The server's own words for why it does not take somebody, less any number.
fn reason(reply: &Reply) -> String {
    let said = whole(reply).and_then(|body| words(&body).map(quote));
    match said.filter(|said| !said.trim().is_empty()) {
        Some(said) => format!("The server says: {said}"),
        None => format!("The server does not take them (HTTP {}).", reply.status),
    }
}

/// Where servers put the sentence: OSDI's own places, and those that are common.
fn words(body: &Value) -> Option<&str> {
    let error = body.get("osdi:error").unwrap_or(body);
    let described = error
        .pointer("/resource_status/0/error_descriptions/0")
        .or_else(|| error.get(0))
        .unwrap_or(error);
    ["description", "error_description", "error", "message"]
        .iter()
        .find_map(|field| described.get(field)?.as_str())
}
