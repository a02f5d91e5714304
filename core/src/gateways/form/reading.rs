//! How fields are read that more than one gateway has.

use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::FormProblem;
use crate::gateways::parse_address;
use crate::gateways::setup::Rate;

pub(super) fn in_order(mut problems: Vec<FormProblem>, fields: &[&str]) -> Vec<FormProblem> {
    problems.sort_by_key(|problem| fields.iter().position(|field| *field == problem.field));
    problems
}

pub(super) fn needed(
    typed: &str,
    field: &'static str,
    otherwise: &str,
    problems: &mut Vec<FormProblem>,
) -> String {
    let typed = typed.trim();
    if typed.is_empty() {
        problems.push(FormProblem::new(field, otherwise));
    }
    typed.to_owned()
}

pub(super) fn address(
    typed: &str,
    field: &'static str,
    problems: &mut Vec<FormProblem>,
) -> Option<Url> {
    parse_address(typed)
        .map_err(|problem| problems.push(FormProblem::new(field, problem.to_string())))
        .ok()
}

/// The secret that was typed, or the kept one. A kept one is only ever sent to where it was kept for: who
/// has the open laptop for a minute cannot have it sent elsewhere and read it there.
pub(super) fn secret(
    typed: &SecretString,
    kept: Option<(Url, SecretString)>,
    address: Option<&Url>,
    (field, otherwise): (&'static str, &str),
    problems: &mut Vec<FormProblem>,
) -> Option<SecretString> {
    let trimmed = typed.expose_secret().trim();
    if !trimmed.is_empty() {
        return Some(trimmed.to_owned().into());
    }
    let Some((place, secret)) = kept else {
        problems.push(FormProblem::new(field, otherwise));
        return None;
    };
    if address.is_some_and(|address| address.origin() != place.origin()) {
        problems.push(FormProblem::new(
            field,
            "The address is another one now: type this again, so that the kept one goes nowhere else.",
        ));
        return None;
    }
    Some(secret)
}

/// The fastest that can be asked for, in texts a second: no gateway for canvassers is faster.
const FASTEST: f64 = 1_000.0;

pub(super) fn rate(typed: &str, problems: &mut Vec<FormProblem>) -> Rate {
    let typed = typed.trim().replace(',', ".");
    if typed.is_empty() {
        return None;
    }
    match typed.parse::<f64>() {
        Ok(rate) if rate > 0.0 && rate <= FASTEST => Some(rate),
        _ => {
            problems.push(FormProblem::new(
                "texts_per_second",
                "Type a number such as 1 or 0.5, or leave it empty for as many as the gateway takes.",
            ));
            None
        }
    }
}

pub(super) fn rate_as_typed(rate: Rate) -> String {
    rate.map_or_else(String::new, |rate| rate.to_string())
}

pub(super) fn without_slash(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

/// The warning of those whose gateway is on this network and speaks plain http.
pub(super) fn read_along(address: &Url) -> Option<String> {
    let stays_here = match address.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    (!stays_here && address.scheme() == "http").then(|| {
        "Texts and the password cross this network unencrypted. Use it only on a network that you trust."
            .to_owned()
    })
}
