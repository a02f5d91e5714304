//! Numbers that are kept free of subscribers, for films, examples and practice. The numbering data calls
//! most of them invalid; Placard takes them as mobiles so that it can be tried and tested without ever
//! texting a stranger.

use rlibphonenumber::PhoneNumber;

/// Ofcom's mobile numbers for drama (07700 900000 to 900999), and the North American 555-0100 to 555-0199
/// with any area code.
pub(super) fn is_for_drama(number: &PhoneNumber) -> bool {
    let digits = number.national_number;
    match number.country_code {
        44 => (7_700_900_000..=7_700_900_999).contains(&digits),
        1 => {
            (200..=999).contains(&(digits / 10_000_000))
                && (5_550_100..=5_550_199).contains(&(digits % 10_000_000))
        }
        _ => false,
    }
}
