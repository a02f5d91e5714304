//! Where a supporter may be, as far as their number and postcode say.
//!
//! An unknown zone uses the hours that are safe in every candidate zone (47 CFR 64.1200(c)(1): local time at
//! the called party's location). So this never guesses one zone where there can be several.

mod data;
mod moved;
mod postcode;
mod states;

use chrono_tz::Tz;

pub use moved::city;
pub(crate) use states::zones_of_state;

use data::{DATA, Origin};

/// Where a supporter may be, as far as number and postcode say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// The zones that it may be, each once. Never empty.
    pub zones: Vec<Tz>,
    /// The states of the United States, and its territories, that it may be, as two letters. Empty outside.
    pub states: Vec<&'static str>,
}

/// Reads where a supporter may be from a number in E.164 form, a postcode as typed, and the campaign's
/// country (ISO 3166 alpha-2), in which a postcode is read.
///
/// The longest known prefix of the number counts. The postcode speaks only where the number is of the
/// campaign's country: it narrows the number's zones where all of its own are among them, and otherwise adds
/// to them, since a mobile moves with its owner. A number that belongs to no region may be anywhere in its
/// country; a number of no known country is read as one of the campaign's.
#[must_use]
pub fn whereabouts(e164: &str, postcode: &str, country_of_campaign: &str) -> Whereabouts {
    let home = family(country_of_campaign);
    let origin = DATA.origin(e164, country_of_campaign);
    let placed = (family(origin.country) == home)
        .then(|| postcode::read(postcode, home))
        .flatten();
    let mut found = match (origin.regional, placed) {
        (_, None) => said_by_number(&origin),
        (false, Some(placed)) => placed,
        (true, Some(placed)) => joined(said_by_number(&origin), placed),
    };
    if found.zones.is_empty() {
        found.zones = moved::all_round_the_world();
    }
    found
}

fn said_by_number(origin: &Origin) -> Whereabouts {
    Whereabouts {
        zones: origin.zones.to_vec(),
        states: match origin.state {
            Some(state) => vec![state],
            None if origin.country == "US" => states::all().collect(),
            None => Vec::new(),
        },
    }
}

fn joined(number: Whereabouts, postcode: Whereabouts) -> Whereabouts {
    let agree = postcode
        .zones
        .iter()
        .all(|zone| number.zones.iter().any(|other| same_clock(*zone, *other)));
    Whereabouts {
        zones: if agree {
            postcode.zones
        } else {
            both(number.zones, &postcode.zones)
        },
        states: if postcode.states.iter().all(|s| number.states.contains(s)) {
            postcode.states
        } else {
            both(number.states, &postcode.states)
        },
    }
}

fn both<T: Copy + PartialEq>(mut all: Vec<T>, more: &[T]) -> Vec<T> {
    for item in more {
        if !all.contains(item) {
            all.push(*item);
        }
    }
    all
}

/// The country whose postcodes and law a country shares: territories of the United States, and the Channel
/// Islands and the Isle of Man, which number and post with the United Kingdom.
pub(crate) fn family(country: &str) -> &str {
    match country {
        "AS" | "GU" | "MP" | "PR" | "VI" => "US",
        "GG" | "IM" | "JE" => "GB",
        "CC" | "CX" => "AU",
        _ => country,
    }
}

/// Zones that differ in name alone.
pub(crate) fn same_clock(a: Tz, b: Tz) -> bool {
    let known_as = |zone| match zone {
        Tz::Europe__Jersey | Tz::Europe__Guernsey | Tz::Europe__Isle_of_Man => Tz::Europe__London,
        Tz::Pacific__Saipan => Tz::Pacific__Guam,
        Tz::America__St_Thomas => Tz::America__Puerto_Rico,
        Tz::Australia__Melbourne | Tz::Australia__Hobart => Tz::Australia__Sydney,
        Tz::Australia__Broken_Hill => Tz::Australia__Adelaide,
        Tz::America__Regina => moved::EDMONTON,
        Tz::America__Whitehorse => moved::VANCOUVER,
        other => other,
    };
    known_as(a) == known_as(b)
}

#[cfg(test)]
mod tests;
