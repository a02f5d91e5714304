//! What a postcode says of the zone, in the countries that have several or whose law goes by the place.

use chrono_tz::Tz;

use super::moved::{EDMONTON, VANCOUVER, WINNIPEG};
use super::{Whereabouts, states};

/// Where a postcode of that country may be. `None` where it says nothing.
pub(super) fn read(postcode: &str, country: &str) -> Option<Whereabouts> {
    let tidy: String = postcode
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let (zones, states) = match country {
        "US" => states::of_zip(&tidy)?,
        "GB" => (british(&tidy)?, Vec::new()),
        "CA" => (canadian(&tidy)?, Vec::new()),
        "AU" => (australian(&tidy)?, Vec::new()),
        _ => return None,
    };
    Some(Whereabouts { zones, states })
}

fn british(postcode: &str) -> Option<Vec<Tz>> {
    let area: String = postcode
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    let zone = match area.as_str() {
        "JE" => Tz::Europe__Jersey,
        "GY" => Tz::Europe__Guernsey,
        "IM" => Tz::Europe__Isle_of_Man,
        // The forces' own, at home and abroad.
        "BF" | "BFPO" => return None,
        _ if (1..=2).contains(&area.len()) && postcode.len() > area.len() => Tz::Europe__London,
        _ => return None,
    };
    Some(vec![zone])
}

/// By the first letter, and by the first three signs where a province has several zones.
fn canadian(postcode: &str) -> Option<Vec<Tz>> {
    let toronto = Tz::America__Toronto;
    let halifax = Tz::America__Halifax;
    let st_johns = Tz::America__St_Johns;
    let three = postcode.get(..3)?;
    if !three.as_bytes().get(1)?.is_ascii_digit() {
        return None;
    }
    Some(match (three, three.get(..2)?, three.chars().next()?) {
        ("A2V", ..) => vec![halifax],
        ("A0K" | "A0P" | "A0R", ..) => vec![st_johns, halifax],
        (_, _, 'A') => vec![st_johns],
        (_, _, 'B' | 'C' | 'E') | ("G4T", ..) => vec![halifax],
        ("G0G", ..) => vec![toronto, Tz::America__BlancSablon],
        (_, "P0" | "P8" | "P9", _) => vec![toronto, WINNIPEG],
        (_, _, 'G' | 'H' | 'J' | 'K' | 'L' | 'M' | 'N' | 'P') => vec![toronto],
        (_, _, 'R') => vec![WINNIPEG],
        (_, "S0", _) | ("S9V", ..) => vec![Tz::America__Regina, EDMONTON],
        (_, _, 'S') => vec![Tz::America__Regina],
        (_, _, 'T') => vec![EDMONTON],
        ("V0A" | "V0B" | "V0C" | "V1A" | "V1C" | "V1G" | "V1J", ..) => vec![VANCOUVER, EDMONTON],
        (_, _, 'V') => vec![VANCOUVER],
        ("X0E" | "X0G" | "X1A", ..) => vec![EDMONTON],
        ("X0A", ..) => vec![toronto],
        (_, _, 'X') => vec![
            Tz::America__Cambridge_Bay,
            EDMONTON,
            Tz::America__Resolute,
            WINNIPEG,
            toronto,
        ],
        (_, _, 'Y') => vec![Tz::America__Whitehorse],
        _ => return None,
    })
}

fn australian(postcode: &str) -> Option<Vec<Tz>> {
    if postcode.len() != 4 {
        return None;
    }
    let code: u16 = postcode.parse().ok()?;
    Some(vec![match code {
        2880 => Tz::Australia__Broken_Hill,
        2898 => Tz::Australia__Lord_Howe,
        6798 => Tz::Indian__Christmas,
        6799 => Tz::Indian__Cocos,
        6443 => return Some(vec![Tz::Australia__Perth, Tz::Australia__Eucla]),
        800..=999 => Tz::Australia__Darwin,
        200..=299 | 1000..=2999 => Tz::Australia__Sydney,
        3000..=3999 | 8000..=8999 => Tz::Australia__Melbourne,
        4000..=4999 | 9000..=9999 => Tz::Australia__Brisbane,
        5000..=5999 => Tz::Australia__Adelaide,
        6000..=6999 => Tz::Australia__Perth,
        7000..=7999 => Tz::Australia__Hobart,
        _ => return None,
    }])
}
