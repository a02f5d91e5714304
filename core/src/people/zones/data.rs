//! The tables of prefixes, area codes and countries, read once.

use std::sync::LazyLock;

use chrono_tz::Tz;

use super::moved::zone_named;

const PREFIXES: &str = include_str!("prefixes.txt");
const AREA_CODES: &str = include_str!("area_codes.txt");
const COUNTRIES: &str = include_str!("countries.txt");

/// The dial code that North America and most of the Caribbean share.
const NORTH_AMERICA: &str = "1";

pub(super) static DATA: LazyLock<Data> = LazyLock::new(Data::read);

/// The tables, each sorted by what it is looked up by.
pub(super) struct Data {
    prefixes: Vec<(u64, usize)>,
    zones: Vec<Vec<Tz>>,
    area_codes: Vec<(u64, Area)>,
    countries: Vec<Country>,
    longest: usize,
}

/// Where an area code is.
#[derive(Debug, Clone, Copy)]
struct Area {
    country: &'static str,
    state: Option<&'static str>,
}

struct Country {
    code: &'static str,
    dial_code: &'static str,
    zones: Vec<Tz>,
}

/// What a number says.
pub(super) struct Origin<'a> {
    /// ISO alpha-2. The campaign's where the number says nothing.
    pub country: &'a str,
    /// Where it may be.
    pub zones: &'a [Tz],
    /// Only of the United States.
    pub state: Option<&'static str>,
    /// Whether the number's prefix is given to a region or a country, so that it says something.
    pub regional: bool,
}

impl Data {
    fn read() -> Self {
        let mut zones = Vec::new();
        let mut prefixes = Vec::new();
        let mut longest = 0;
        for (names, listed) in lines(PREFIXES).filter_map(|line| line.split_once(": ")) {
            for prefix in listed.split(' ') {
                longest = longest.max(prefix.len());
                prefixes.extend(key(prefix).map(|key| (key, zones.len())));
            }
            zones.push(names.split(' ').filter_map(zone_named).collect());
        }
        prefixes.sort_unstable();
        let mut area_codes = Vec::new();
        for (home, codes) in lines(AREA_CODES).filter_map(|line| line.split_once(": ")) {
            let (country, state) = match home.split_once(' ') {
                Some((country, state)) => (country, Some(state)),
                None => (home, None),
            };
            area_codes.extend(
                codes
                    .split(' ')
                    .filter_map(|code| Some((key(code)?, Area { country, state }))),
            );
        }
        area_codes.sort_unstable_by_key(|(code, _)| *code);
        let countries = lines(COUNTRIES)
            .filter_map(|line| {
                let mut words = line.split(' ');
                Some(Country {
                    code: words.next()?,
                    dial_code: words.next()?,
                    zones: words.filter_map(zone_named).collect(),
                })
            })
            .collect();
        Self {
            prefixes,
            zones,
            area_codes,
            countries,
            longest,
        }
    }

    /// What a number says to a campaign in `home`.
    pub(super) fn origin<'a>(&'a self, e164: &str, home: &'a str) -> Origin<'a> {
        let digits = e164.trim_start_matches('+');
        if !digits.starts_with(NORTH_AMERICA) {
            let country = (1..=3)
                .filter_map(|length| digits.get(..length))
                .find_map(|code| self.countries.iter().find(|c| c.dial_code == code));
            return match country {
                Some(country) => self.regional(country, None, self.longest_match(digits, 1)),
                None => self.nowhere(home),
            };
        }
        let area = digits
            .get(1..4)
            .and_then(key)
            .and_then(|code| {
                self.area_codes
                    .binary_search_by_key(&code, |(c, _)| *c)
                    .ok()
            })
            .and_then(|at| self.area_codes.get(at));
        if let Some((_, area)) = area
            && let Some(country) = self.country(area.country)
        {
            return self.regional(country, area.state, self.longest_match(digits, 4));
        }
        let shares = self
            .country(home)
            .is_some_and(|country| country.dial_code == NORTH_AMERICA);
        self.nowhere(if shares { home } else { "US" })
    }

    fn regional<'a>(
        &self,
        country: &'a Country,
        state: Option<&'static str>,
        zones: Option<&'a [Tz]>,
    ) -> Origin<'a> {
        Origin {
            country: country.code,
            zones: zones.unwrap_or(&country.zones),
            state,
            regional: zones.is_some(),
        }
    }

    /// A number that may be anywhere in a country.
    fn nowhere<'a>(&'a self, country: &'a str) -> Origin<'a> {
        Origin {
            country,
            zones: self.country(country).map_or(&[], |found| &found.zones),
            state: None,
            regional: false,
        }
    }

    fn country(&self, code: &str) -> Option<&Country> {
        self.countries.iter().find(|country| country.code == code)
    }

    /// The zones of the longest known prefix that has at least this many digits.
    fn longest_match(&self, digits: &str, shortest: usize) -> Option<&[Tz]> {
        (shortest..=self.longest.min(digits.len()))
            .rev()
            .filter_map(|length| key(digits.get(..length)?))
            .find_map(|key| self.prefixes.binary_search_by_key(&key, |(p, _)| *p).ok())
            .and_then(|at| self.zones.get(self.prefixes.get(at)?.1))
            .map(Vec::as_slice)
    }
}

/// No dial code begins with zero, so digits are a number.
fn key(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_understood() {
        for (line, listed) in lines(PREFIXES).filter_map(|line| line.split_once(": ")) {
            for name in line.split(' ') {
                assert!(zone_named(name).is_some(), "{name}");
            }
            for prefix in listed.split(' ') {
                assert!(key(prefix).is_some(), "{prefix}");
            }
        }
        assert_eq!(DATA.zones.len(), lines(PREFIXES).count());
        assert!(DATA.zones.iter().all(|zones| !zones.is_empty()));
        assert_eq!(DATA.countries.len(), lines(COUNTRIES).count());
        for country in &DATA.countries {
            assert!(!country.zones.is_empty(), "{}", country.code);
        }
        assert!(DATA.area_codes.len() > 400);
        for (code, area) in &DATA.area_codes {
            assert!(DATA.country(area.country).is_some(), "{code} {area:?}");
        }
        for pair in DATA.prefixes.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{}", pair[0].0);
        }
    }
}
