//! How many digits a country's mobile numbers have.

use std::fmt;

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType,
};

use super::Country;
use super::cleaning::digits_of;

/// The length a number has to reach: "a UK mobile has 11 digits".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    country: Country,
    /// Possible counts of digits as they are typed, shortest first.
    counts: Vec<usize>,
    /// Whether they are counted after the dial code.
    after_dial_code: bool,
}

impl Wanted {
    /// Of a number typed as at home, with the zero (or other prefix) that people write before it.
    pub(super) fn at_home(country: Country) -> Self {
        let trunk = written_trunk(country).len();
        Self {
            country,
            counts: mobile_lengths(country)
                .map(|length| length + trunk)
                .collect(),
            after_dial_code: false,
        }
    }

    /// Of a number typed with its dial code.
    pub(super) fn after_dial_code(country: Country) -> Self {
        Self {
            country,
            counts: mobile_lengths(country).collect(),
            after_dial_code: true,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a {} has ", self.country.mobile_in_words())?;
        match self.counts.as_slice() {
            [] => write!(out, "another number of digits")?,
            [one] => write!(out, "{one} digits")?,
            [first, last] => write!(out, "{first} or {last} digits")?,
            [first, .., last] => write!(out, "{first} to {last} digits")?,
        }
        if self.after_dial_code {
            write!(out, " after +{}", self.country.dial_code())?;
        }
        Ok(())
    }
}

/// The longest a mobile number of the country gets, without any prefix.
pub(super) fn longest_mobile(country: Country) -> usize {
    mobile_lengths(country).max().unwrap_or(15)
}

/// What people at home may dial before a number: "0" in the United Kingdom, "1" in the United States.
pub(super) fn trunk_prefix(country: Country) -> String {
    match country.dial_code() {
        // North America dials the 1 but does not write it.
        1 => "1".to_owned(),
        _ => written_trunk(country),
    }
}

/// An example of the country's mobile numbers, where the numbering data has one.
pub(super) fn example(country: Country) -> Option<PhoneNumber> {
    PHONE_NUMBER_UTIL
        .get_example_number_for_type_and_region(country.region(), PhoneNumberType::Mobile)
        .ok()
}

/// The digits that stand before a number when it is written nationally: "0" in the United Kingdom, none in
/// the United States.
pub(super) fn written_trunk(country: Country) -> String {
    example(country).map_or_else(String::new, |number| {
        let written = digits_of(&number.format_as(PhoneNumberFormat::National));
        written
            .strip_suffix(&number.get_national_significant_number())
            .unwrap_or_default()
            .to_owned()
    })
}

fn mobile_lengths(country: Country) -> impl Iterator<Item = usize> {
    let code = i32::from(country.dial_code());
    (4..=15_usize).filter(move |length| {
        let digits = u32::try_from(length - 1).map_or(0, |power| 2 * 10_u64.pow(power));
        let number = PhoneNumber {
            country_code: code,
            national_number: digits,
            ..PhoneNumber::default()
        };
        matches!(
            PHONE_NUMBER_UTIL
                .is_possible_number_for_type_with_reason(&number, PhoneNumberType::Mobile),
            Ok(NumberLengthType::IsPossible)
        )
    })
}
