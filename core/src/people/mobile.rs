//! Mobile numbers: parsed once, kept in E.164, shown the way people at home write and say them.

mod cleaning;
mod country;
mod dramatic;
mod length;
mod reading;
mod spoken;
mod typing;

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};

pub use country::{Country, UnknownCountry};
pub use length::Wanted;
pub use reading::{Muddle, OtherNumber, Reading};
pub use typing::typed_as;

/// The number of a phone that can get texts.
///
/// It is made by [`Reading::of`] from what was typed, or by [`Mobile::from_e164`] from what was stored.
/// There is no `Display`, and `Debug` shows the dial code and two digits: a number reaches a screen
/// or a gateway only where somebody asked for it by name, and a log never.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mobile {
    e164: String,
    country: Country,
}

/// The text is no number in E.164 form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number in E.164 form")]
pub struct NotAMobile;

impl Mobile {
    /// Takes a stored number back: a plus, a country's dial code and the national digits.
    ///
    /// Only the form is checked. Whether it was a mobile was judged when it was captured, and numbering
    /// data ages: a number that moved to another kind since must not make a stored record unreadable.
    ///
    /// # Errors
    /// The text is not in E.164 form, or its dial code is no country's.
    pub fn from_e164(e164: &str) -> Result<Self, NotAMobile> {
        let digits = e164.strip_prefix('+').ok_or(NotAMobile)?;
        if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAMobile);
        }
        let number = PHONE_NUMBER_UTIL
            .parse(e164, None)
            .map_err(|_| NotAMobile)?;
        Self::of_number(&number)
            .filter(|mobile| mobile.e164 == e164)
            .ok_or(NotAMobile)
    }

    /// `None` where the number belongs to no country.
    fn of_number(number: &PhoneNumber) -> Option<Self> {
        Some(Self {
            e164: number.format_as(PhoneNumberFormat::E164).into_owned(),
            country: country_of(number).or_else(|| main_country(number))?,
        })
    }

    /// In E.164 form: `+447700900123`. For the vault and for gateways.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The country whose number it is.
    #[must_use]
    pub fn country(&self) -> Country {
        self.country
    }

    /// As a person in `home` writes it: `07700 900123` at home, `+44 7700 900123` from abroad. Countries
    /// that share a dial code are at home with each other.
    #[must_use]
    pub fn national(&self, home: Country) -> String {
        let format = if self.country.dial_code() == home.dial_code() {
            PhoneNumberFormat::National
        } else {
            PhoneNumberFormat::International
        };
        PHONE_NUMBER_UTIL.parse(&self.e164, None).map_or_else(
            |_| self.e164.clone(),
            |number| number.format_as(format).into_owned(),
        )
    }

    /// As a person in `home` reads it out: `zero double seven, double zero · nine double zero · one two
    /// three`.
    #[must_use]
    pub fn spoken(&self, home: Country) -> String {
        spoken::spoken(&self.national(home))
    }
}

/// The country that the numbering data gives the number to.
fn country_of(number: &PhoneNumber) -> Option<Country> {
    number.get_region_code().and_then(Country::of_region)
}

/// The main country behind the number's dial code.
fn main_country(number: &PhoneNumber) -> Option<Country> {
    number
        .country_code
        .try_into()
        .ok()
        .and_then(Country::of_dial_code)
}

impl fmt::Debug for Mobile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.e164.len().saturating_sub(2);
        let last = self.e164.get(last..).unwrap_or_default();
        write!(out, "Mobile(+{}…{last})", self.country.dial_code())
    }
}

#[cfg(test)]
mod tests;
