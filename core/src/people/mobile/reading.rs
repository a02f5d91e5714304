//! What a typed number is, and the sentence a canvasser reads about it.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberType};

use super::cleaning::{Cleaned, Dialled, clean};
use super::length::{Wanted, longest_mobile, trunk_prefix};
use super::{Country, Mobile, country_of, dramatic};

/// What a typed number is. Only [`Reading::Mobile`] can get a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Nothing was typed.
    Empty,
    /// The beginning of a number. What it lacks, once its country is known.
    Incomplete(Option<Wanted>),
    /// A number that can get texts.
    Mobile(Mobile),
    /// A fixed line.
    Landline,
    /// A premium-rate line.
    Premium,
    /// A short code or an emergency number.
    Short,
    /// Another number that cannot get texts.
    Other(OtherNumber),
    /// No number can be made out.
    Unreadable(Muddle),
}

/// Why a number that is neither a mobile nor a common mistake cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OtherNumber {
    /// Free to call.
    Freephone,
    /// Costs more than a common call, shared with who is called.
    SharedCost,
    /// Follows a person around (070 in the United Kingdom).
    Personal,
    /// A pager.
    Pager,
    /// Calls over the internet.
    Internet,
    /// An organisation's one number for everywhere (03 in the United Kingdom).
    Organisation,
    /// A voicemail box.
    Voicemail,
    /// Long enough, but no phone in that country can have it.
    NotInUse(Country),
    /// Too many digits.
    TooLong(Option<Wanted>),
    /// No country has the dial code after the plus.
    NoSuchDialCode,
    /// A number of a worldwide network: satellite phones, for example.
    Worldwide,
    /// A code with `*` or `#`.
    Service,
}

/// Why no number can be made out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Muddle {
    /// A spreadsheet shortened it to `7.70090E+09` and threw the other digits away.
    Spreadsheet,
    /// Letters.
    Letters,
    /// Signs that no number has.
    Marks,
}

/// Longer than anything that can be dialled, with a prefix for abroad before it.
const TOO_MANY_DIGITS: usize = 20;

impl Reading {
    /// Reads what was typed or pasted by someone in `home`. Never fails: whatever it is, it is something.
    #[must_use]
    pub fn of(typed: &str, home: Country) -> Self {
        match clean(typed) {
            Cleaned::Nothing => Self::Empty,
            Cleaned::Service => Self::Other(OtherNumber::Service),
            Cleaned::Muddled(muddle) => Self::Unreadable(muddle),
            Cleaned::Dialled(dialled) if dialled.digits.is_empty() => Self::Incomplete(None),
            Cleaned::Dialled(dialled) if dialled.digits.len() > TOO_MANY_DIGITS => {
                Self::Other(OtherNumber::TooLong(None))
            }
            Cleaned::Dialled(dialled) => {
                settled(&dialled, home).unwrap_or_else(|| unsettled(&dialled, home))
            }
        }
    }

    /// The number, where it can get texts.
    #[must_use]
    pub fn usable(&self) -> Option<&Mobile> {
        match self {
            Self::Mobile(mobile) => Some(mobile),
            _ => None,
        }
    }

    /// What stands under the field.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => "Without a mobile, no text is sent.".to_owned(),
            Self::Incomplete(None) => "Keep typing.".to_owned(),
            Self::Incomplete(Some(wanted)) => format!("Keep typing: {wanted}."),
            Self::Mobile(mobile) => {
                let words = mobile.country().mobile_in_words();
                let mut letters = words.chars();
                letters.next().map_or_else(String::new, |first| {
                    first.to_uppercase().chain(letters).collect()
                })
            }
            Self::Landline => "That is a landline: it cannot get texts.".to_owned(),
            Self::Premium => "That is a premium-rate number: it cannot get texts.".to_owned(),
            Self::Short => "That is a short code, not a person's mobile.".to_owned(),
            Self::Other(other) => other.sentence(),
            Self::Unreadable(muddle) => muddle.sentence().to_owned(),
        }
    }
}

impl OtherNumber {
    fn sentence(&self) -> String {
        match self {
            Self::Freephone => "That is a freephone number: it cannot get texts.".to_owned(),
            Self::SharedCost => {
                "That is a number with a service charge: it cannot get texts.".to_owned()
            }
            Self::Personal => {
                "That is a personal number, not a mobile: it costs more and may not get texts."
                    .to_owned()
            }
            Self::Pager => "That is a pager, not a mobile.".to_owned(),
            Self::Internet => {
                "That is an internet phone, not a mobile: it may not get texts.".to_owned()
            }
            Self::Organisation => {
                "That is an organisation's number: it cannot get texts.".to_owned()
            }
            Self::Voicemail => "That is a voicemail number: it cannot get texts.".to_owned(),
            Self::NotInUse(country) => {
                format!(
                    "No phone in {} has that number. Check each digit.",
                    country.in_words()
                )
            }
            Self::TooLong(None) => "That is too long for one number.".to_owned(),
            Self::TooLong(Some(wanted)) => format!(
                "That is too long: {wanted}. A number from another country starts with + and its code."
            ),
            Self::NoSuchDialCode => {
                "No country has that code after the +. Check the first digits.".to_owned()
            }
            Self::Worldwide => {
                "That number belongs to no country: Placard cannot text it.".to_owned()
            }
            Self::Service => "That is a code with * or #, not a mobile.".to_owned(),
        }
    }
}

impl Muddle {
    fn sentence(self) -> &'static str {
        match self {
            Self::Spreadsheet => {
                "A spreadsheet has shortened this number and lost its last digits. Ask for it again."
            }
            Self::Letters => "A mobile number has no letters. Type just the digits.",
            Self::Marks => "That cannot be read as one phone number. Type just the digits.",
        }
    }
}

/// The country that digits after a plus begin with, as soon as it shows.
pub(super) fn country_dialled(digits: &str) -> Option<Country> {
    dial_code_of(digits).and_then(Country::of_dial_code)
}

fn dial_code_of(digits: &str) -> Option<u16> {
    (1..=3)
        .filter_map(|length| digits.get(..length)?.parse().ok())
        .find(|code| Country::of_dial_code(*code).is_some())
}

/// Reads a number that is complete and known. Besides what was typed this tries the two ways in which a
/// dial code is written without its plus: behind 00, and bare.
fn settled(dialled: &Dialled, home: Country) -> Option<Reading> {
    let digits = &dialled.digits;
    if dialled.plus {
        return judge_text(&format!("+{digits}"), home);
    }
    judge_text(digits, home)
        .or_else(|| judge_text(&format!("+{}", digits.strip_prefix("00")?), home))
        .or_else(|| {
            let code = home.dial_code().to_string();
            digits
                .starts_with(&code)
                .then(|| judge_text(&format!("+{digits}"), home))
                .flatten()
        })
}

fn judge_text(number: &str, home: Country) -> Option<Reading> {
    let number = PHONE_NUMBER_UTIL.parse(number, Some(home.region())).ok()?;
    judge(&number)
}

fn judge(number: &PhoneNumber) -> Option<Reading> {
    let kind = PHONE_NUMBER_UTIL.get_number_type(number);
    if kind == PhoneNumberType::Unknown {
        return Mobile::of_number(number)
            .filter(|_| dramatic::is_for_drama(number))
            .map(Reading::Mobile);
    }
    if country_of(number).is_none() {
        return Some(Reading::Other(OtherNumber::Worldwide));
    }
    Some(match kind {
        // North America tells the two apart nowhere in the number.
        PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile => {
            Reading::Mobile(Mobile::of_number(number)?)
        }
        PhoneNumberType::FixedLine => Reading::Landline,
        PhoneNumberType::PremiumRate => Reading::Premium,
        PhoneNumberType::TollFree => Reading::Other(OtherNumber::Freephone),
        PhoneNumberType::SharedCost => Reading::Other(OtherNumber::SharedCost),
        PhoneNumberType::VoIP => Reading::Other(OtherNumber::Internet),
        PhoneNumberType::PersonalNumber => Reading::Other(OtherNumber::Personal),
        PhoneNumberType::Pager => Reading::Other(OtherNumber::Pager),
        PhoneNumberType::UAN => Reading::Other(OtherNumber::Organisation),
        PhoneNumberType::VoiceMail => Reading::Other(OtherNumber::Voicemail),
        PhoneNumberType::Unknown => return None,
    })
}

/// Reads a number that is not, or not yet, anybody's.
fn unsettled(dialled: &Dialled, home: Country) -> Reading {
    let digits = dialled.digits.as_str();
    if dialled.plus {
        return unsettled_abroad(digits);
    }
    if let Some(abroad) = digits.strip_prefix("00") {
        return unsettled_abroad(abroad);
    }
    if is_short(digits, home) {
        return Reading::Short;
    }
    let trunk = trunk_prefix(home);
    let national = digits.strip_prefix(trunk.as_str()).unwrap_or(digits);
    let longest = longest_mobile(home);
    if national.len() == digits.len()
        && national.len() >= longest
        && digits.starts_with(&home.dial_code().to_string())
    {
        return unsettled_abroad(digits);
    }
    by_length(national.len(), home, Wanted::at_home(home))
}

fn unsettled_abroad(digits: &str) -> Reading {
    let Some(country) = country_dialled(digits) else {
        // Dial codes have one to three digits: with fewer, the rest may still come.
        return if digits.len() < 3 {
            Reading::Incomplete(None)
        } else {
            Reading::Other(OtherNumber::NoSuchDialCode)
        };
    };
    let national = digits
        .strip_prefix(&country.dial_code().to_string())
        .unwrap_or(digits);
    let trunk = trunk_prefix(country);
    let national = national.strip_prefix(trunk.as_str()).unwrap_or(national);
    by_length(national.len(), country, Wanted::after_dial_code(country))
}

fn by_length(length: usize, country: Country, wanted: Wanted) -> Reading {
    match length.cmp(&longest_mobile(country)) {
        std::cmp::Ordering::Less => Reading::Incomplete(Some(wanted)),
        std::cmp::Ordering::Equal => Reading::Other(OtherNumber::NotInUse(country)),
        std::cmp::Ordering::Greater => Reading::Other(OtherNumber::TooLong(Some(wanted))),
    }
}

/// Short codes and emergency numbers that cannot be the beginning of a longer number: the United
/// Kingdom's from Ofcom's numbering plan, North America's N11, and 112 everywhere.
fn is_short(digits: &str, home: Country) -> bool {
    match (home.dial_code(), digits.as_bytes()) {
        (44, [b'1', _, _] | [b'9', b'9', b'9']) => true,
        (44, [b'6' | b'8', _, _, _, _]) => true,
        (44, [b'1', b'1', b'6' | b'8', _, _, _]) => true,
        (1, [b'2'..=b'9', b'1', b'1']) => true,
        (_, b"112") => home.dial_code() != 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
