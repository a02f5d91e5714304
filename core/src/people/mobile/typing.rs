//! Grouping a number while it is being typed.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::cleaning::{Cleaned, Dialled, clean, digits_of};
use super::reading::country_dialled;
use super::{Country, length};

/// The same number, grouped as it is written in its country: `0770090` becomes `07700 90`, and
/// `+4477009` becomes `+44 77009`.
///
/// No digit is ever lost, added or moved: where grouping would do that, or where something other than a
/// number is being typed, the text comes back as it was. Grouping never ends in a separator, so that
/// deleting at the end always deletes a digit.
#[must_use]
pub fn typed_as(typed: &str, home: Country) -> String {
    let Cleaned::Dialled(dialled) = clean(typed) else {
        return typed.to_owned();
    };
    if dialled.digits.is_empty() || dialled.digits != digits_of(typed) {
        return typed.to_owned();
    }
    grouped(&dialled, home)
        .filter(|text| digits_of(text) == dialled.digits && text.starts_with('+') == dialled.plus)
        .unwrap_or_else(|| typed.to_owned())
}

/// Fills the number up with the end of an example, formats that, and cuts the filling off again: the
/// numbering data only knows how to write whole numbers.
fn grouped(dialled: &Dialled, home: Country) -> Option<String> {
    let (country, format, plus) = if dialled.plus {
        (
            country_dialled(&dialled.digits)?,
            PhoneNumberFormat::International,
            "+",
        )
    } else if begins_as_written(&dialled.digits, home) {
        (home, PhoneNumberFormat::National, "")
    } else {
        return None;
    };
    let example = digits_of(&length::example(country)?.format_as(format));
    let filling = example.get(dialled.digits.len()..).unwrap_or_default();
    let filled = format!("{plus}{}{filling}", dialled.digits);
    let number = PHONE_NUMBER_UTIL.parse(&filled, Some(home.region())).ok()?;
    Some(cut(&number.format_as(format), dialled.digits.len()))
}

/// Whether the digits begin the way a number is written at home. "00" dials abroad, a number that misses its
/// "0" cannot be filled up, and North America writes no number with the 1 that it may dial.
fn begins_as_written(digits: &str, home: Country) -> bool {
    let trunk = length::written_trunk(home);
    let dials_one = home.dial_code() == 1 && digits.starts_with('1');
    digits.starts_with(&trunk) && !digits.starts_with("00") && !dials_one
}

/// The beginning of a text up to its nth digit, without a bracket that is still open.
fn cut(text: &str, digits: usize) -> String {
    let mut left = digits;
    let kept: String = text
        .chars()
        .take_while(|c| {
            let keep = left > 0;
            if c.is_ascii_digit() {
                left = left.saturating_sub(1);
            }
            keep
        })
        .collect();
    if kept.contains('(') && !kept.contains(')') {
        return kept.replacen('(', "", 1);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_while_they_are_typed() {
        for (scenario, home, typed, shown) in [
            ("the first digit", "GB", "0", "0"),
            ("inside the first group", "GB", "0770", "0770"),
            ("into the second group", "GB", "077009", "07700 9"),
            ("whole", "GB", "07700900123", "07700 900123"),
            ("grouped otherwise", "GB", "07700-900 123", "07700 900123"),
            ("a space at the end", "GB", "07700 ", "07700"),
            ("the dial code", "GB", "+447700900123", "+44 7700 900123"),
            ("half the dial code", "GB", "+4", "+4"),
            ("a link", "GB", "tel:+447700900123", "+44 7700 900123"),
            ("Arabic-Indic digits", "GB", "٠٧٧٠٠٩٠", "07700 90"),
            ("a landline", "GB", "02079460", "020 7946 0"),
            ("the US area code", "US", "202", "202"),
            ("behind the US area code", "US", "2025", "(202) 5"),
            ("whole in the US", "US", "2025550123", "(202) 555-0123"),
            (
                "one too many is left alone",
                "GB",
                "07700 9001 234",
                "07700 9001 234",
            ),
            (
                "both prefixes are left alone",
                "GB",
                "+44 (0)7700",
                "+44 (0)7700",
            ),
            (
                "the eaten zero is not put back",
                "GB",
                "7700 900123",
                "7700 900123",
            ),
            ("dialled from abroad", "GB", "0044 77009", "0044 77009"),
            ("the long-distance 1", "US", "1 202 555", "1 202 555"),
            (
                "an extension is not dropped",
                "GB",
                "tel:+447700900123;ext=5",
                "tel:+447700900123;ext=5",
            ),
            ("a name is left alone", "GB", "Amina 07", "Amina 07"),
            ("nothing", "GB", "", ""),
        ] {
            assert_eq!(
                typed_as(typed, Country::parse(home).unwrap()),
                shown,
                "{scenario}"
            );
        }
    }
}
