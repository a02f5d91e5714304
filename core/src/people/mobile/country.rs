//! Countries as telephone numbering knows them.

mod names;

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

/// A country or territory with telephone numbers of its own, by its ISO 3166-1 alpha-2 code.
///
/// Kosovo (XK), Ascension (AC) and Tristan da Cunha (TA) are not in ISO's list but have numbers,
/// and are included under the codes everyone uses for them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country {
    region: Region,
    code: &'static str,
    name: &'static str,
}

/// The code is no country's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no country has that two-letter code")]
pub struct UnknownCountry;

impl Country {
    /// The United Kingdom.
    pub const GB: Self = Self::named(Region::GB, "GB", "United Kingdom");
    /// The United States.
    pub const US: Self = Self::named(Region::US, "US", "United States");
    /// Canada.
    pub const CA: Self = Self::named(Region::CA, "CA", "Canada");

    /// Takes a two-letter code, in either case, with space around it.
    ///
    /// # Errors
    /// No country with telephone numbers has that code.
    pub fn parse(code: &str) -> Result<Self, UnknownCountry> {
        let code = code.trim();
        Self::all()
            .find(|country| country.code.eq_ignore_ascii_case(code))
            .ok_or(UnknownCountry)
    }

    /// Every country, sorted by English name.
    pub fn all() -> impl Iterator<Item = Self> {
        names::BY_NAME.iter().copied()
    }

    /// The two letters, upper case ("GB").
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The English name ("United Kingdom").
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// The name as it stands in a sentence after "in": "the UK", "France", "the Netherlands".
    #[must_use]
    pub fn in_words(self) -> String {
        match self.code {
            "GB" => "the UK".to_owned(),
            "US" => "the US".to_owned(),
            "AE" | "BS" | "BQ" | "CF" | "DO" | "GM" | "IM" | "KM" | "MV" | "NL" | "PH" | "SC"
            | "VI" => {
                format!("the {}", self.name)
            }
            _ if self.name.ends_with(" Islands") || self.name.ends_with(" Territory") => {
                format!("the {}", self.name)
            }
            _ => self.name.to_owned(),
        }
    }

    /// A mobile number of this country: "UK mobile", "mobile in France".
    #[must_use]
    pub fn mobile_in_words(self) -> String {
        match self.code {
            "GB" => "UK mobile".to_owned(),
            "US" => "US mobile".to_owned(),
            _ => format!("mobile in {}", self.in_words()),
        }
    }

    /// The number after the plus: 44 for the United Kingdom. Several countries may share one.
    #[must_use]
    pub fn dial_code(self) -> u16 {
        PHONE_NUMBER_UTIL
            .get_country_code_for_region(self.region)
            .and_then(|code| code.try_into().ok())
            .unwrap_or_default()
    }

    /// Whether carriers there hold senders to the CTIA Messaging Principles: the United States, its
    /// territories, and Canada.
    #[must_use]
    pub fn keeps_ctia_principles(self) -> bool {
        matches!(self.code, "US" | "CA" | "PR" | "VI" | "GU" | "AS" | "MP")
    }

    /// The country of a numbering region. `None` for networks that belong to no country.
    pub(super) fn of_region(region: Region) -> Option<Self> {
        Self::all().find(|country| country.region == region)
    }

    /// The main country behind a dial code: the United States for 1.
    pub(super) fn of_dial_code(code: u16) -> Option<Self> {
        PHONE_NUMBER_UTIL
            .get_region_for_country_code(code.into())
            .and_then(Self::of_region)
    }

    pub(super) fn region(self) -> Region {
        self.region
    }

    const fn named(region: Region, code: &'static str, name: &'static str) -> Self {
        Self { region, code, name }
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Country({})", self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_that_has_numbers_has_a_name() {
        let unnamed: Vec<_> = PHONE_NUMBER_UTIL
            .get_supported_regions()
            .filter(|region| Country::of_region(*region).is_none())
            .collect();
        assert!(unnamed.is_empty(), "no name for {unnamed:?}");
        assert_eq!(
            Country::all().count(),
            PHONE_NUMBER_UTIL.get_supported_regions().len(),
            "a name too many"
        );
    }

    #[test]
    fn codes_match_their_regions_and_every_country_has_a_dial_code() {
        for country in Country::all() {
            assert_eq!(country.region.to_string(), country.code);
            assert_eq!(Country::parse(country.code), Ok(country));
            assert_ne!(country.dial_code(), 0, "{country:?}");
        }
    }

    #[test]
    fn the_list_is_in_a_readers_order() {
        let plain = |name: &str| {
            name.to_lowercase()
                .replace('å', "a")
                .replace('é', "e")
                .replace('ç', "c")
                .replace('ã', "a")
        };
        let names: Vec<_> = Country::all()
            .map(|country| plain(country.name()))
            .collect();
        assert!(names.is_sorted(), "{names:?}");
    }

    #[test]
    fn countries_are_found_by_code_however_it_is_typed() {
        for (typed, found) in [
            ("GB", Ok("United Kingdom")),
            ("gb", Ok("United Kingdom")),
            (" us ", Ok("United States")),
            ("FR", Ok("France")),
            ("UK", Err(UnknownCountry)),
            ("ZZ", Err(UnknownCountry)),
            ("", Err(UnknownCountry)),
            ("GBR", Err(UnknownCountry)),
            ("001", Err(UnknownCountry)),
            ("Ünï", Err(UnknownCountry)),
        ] {
            assert_eq!(Country::parse(typed).map(Country::name), found, "{typed:?}");
        }
    }

    #[test]
    fn the_named_countries_are_the_listed_ones() {
        for country in [Country::GB, Country::US, Country::CA] {
            assert_eq!(Country::parse(country.code()), Ok(country));
        }
        assert_eq!(Country::GB.dial_code(), 44);
        assert_eq!(Country::of_dial_code(1), Some(Country::US));
        assert_eq!(Country::of_dial_code(0), None);
    }

    #[test]
    fn names_stand_well_in_a_sentence() {
        for (code, words) in [
            ("GB", "UK mobile"),
            ("US", "US mobile"),
            ("FR", "mobile in France"),
            ("NL", "mobile in the Netherlands"),
            ("KY", "mobile in the Cayman Islands"),
        ] {
            let country = Country::parse(code).unwrap();
            assert_eq!(country.mobile_in_words(), words);
        }
    }
}
