//! What was typed or pasted, down to the digits that would be dialled.

use super::reading::Muddle;

/// What is left of a typed number once everything that is not dialled is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cleaned {
    /// Nothing was typed.
    Nothing,
    /// Digits, perhaps none yet, perhaps behind a plus.
    Dialled(Dialled),
    /// A code with `*` or `#`.
    Service,
    /// It cannot be read as a number.
    Muddled(Muddle),
}

/// Digits as they would be dialled.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Dialled {
    /// Whether a plus stands before them: they begin with a country's dial code.
    pub(super) plus: bool,
    /// ASCII digits only.
    pub(super) digits: String,
}

impl std::fmt::Debug for Dialled {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Dialled({} digits)", self.digits.len())
    }
}

/// Cleans one typed or pasted number.
pub(super) fn clean(typed: &str) -> Cleaned {
    let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
    let bare = without_scheme(without_spreadsheet_marks(&visible));
    if bare.is_empty() {
        return Cleaned::Nothing;
    }
    if is_scientific(&bare) {
        return Cleaned::Muddled(Muddle::Spreadsheet);
    }
    dialled(&bare)
}

/// The digits of any script in a text, as ASCII, in their order.
pub(super) fn digits_of(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

fn dialled(bare: &str) -> Cleaned {
    let mut plus = false;
    let mut digits = String::new();
    for c in bare.chars() {
        match c {
            '+' | '＋' if !plus && digits.is_empty() => plus = true,
            '*' | '#' | '＊' | '＃' => return Cleaned::Service,
            _ if is_separator(c) => {}
            _ => match digit(c) {
                Some(digit) => digits.push(digit),
                None if c.is_alphabetic() => return Cleaned::Muddled(Muddle::Letters),
                None => return Cleaned::Muddled(Muddle::Marks),
            },
        }
    }
    Cleaned::Dialled(Dialled { plus, digits })
}

/// A spreadsheet keeps a leading zero by an apostrophe (`'07700 900123`) or a formula (`="07700 900123"`).
fn without_spreadsheet_marks(typed: &str) -> &str {
    typed
        .trim()
        .trim_start_matches(['=', '\'', '"', '`', '‘', '’', '“', '”'])
        .trim_end_matches(['\'', '"', '’', '”'])
        .trim()
}

/// Takes off `tel:` and what RFC 3966 allows after the number. A number that is only local keeps the
/// dial code that its `phone-context` gives.
fn without_scheme(typed: &str) -> String {
    let Some((scheme, rest)) = typed.split_once(':') else {
        return typed.to_owned();
    };
    if !scheme.trim().eq_ignore_ascii_case("tel") {
        return typed.to_owned();
    }
    let rest = rest
        .trim_start_matches('/')
        .replace("%20", " ")
        .replace("%2B", "+");
    let mut parts = rest.split(';');
    let number = parts.next().unwrap_or_default().trim();
    let context = parts
        .filter_map(|part| part.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("phone-context"))
        .map(|(_, context)| context.trim())
        .filter(|context| context.starts_with('+') && !number.starts_with('+'));
    match context {
        Some(context) => format!("{context}{number}"),
        None => number.to_owned(),
    }
}

/// `7.70090E+09`: what a spreadsheet makes of a long number in a narrow column.
fn is_scientific(typed: &str) -> bool {
    let Some((mantissa, exponent)) = typed.split_once(['e', 'E']) else {
        return false;
    };
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| digit(c).is_some());
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    number(whole) && number(fraction) && number(exponent.trim_start_matches('+'))
}

/// Marks that steer the direction of writing or join letters, and control characters other than white
/// space: pasted along, never seen.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        || (c.is_control() && !c.is_whitespace())
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '(' | ')' | '[' | ']' | '/' | '·' | '_' | '\u{2010}'
                ..='\u{2015}'
                    | '\u{2212}'
                    | '\u{2024}'
                    | '\u{2027}'
                    | '\u{2800}'
                    | '\u{FF08}'
                    | '\u{FF09}'
                    | '\u{FF0D}'
                    | '\u{FF0E}'
                    | '\u{FE63}'
        )
}

/// Where the ten digits of each script begin: the decimal digits (Nd) that keyboards type.
const ZEROS: [u32; 20] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
    0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10,
];

fn digit(c: char) -> Option<char> {
    let point = u32::from(c);
    ZEROS
        .iter()
        .filter_map(|zero| point.checked_sub(*zero))
        .find(|value| *value < 10)
        .and_then(|value| char::from_digit(value, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> String {
        match clean(typed) {
            Cleaned::Nothing => "nothing".to_owned(),
            Cleaned::Service => "service".to_owned(),
            Cleaned::Muddled(muddle) => format!("{muddle:?}"),
            Cleaned::Dialled(dialled) => {
                format!("{}{}", if dialled.plus { "+" } else { "" }, dialled.digits)
            }
        }
    }

    #[test]
    fn what_people_and_programs_put_around_digits_is_taken_off() {
        for (scenario, typed, dialled) in [
            ("nothing", "", "nothing"),
            ("only space", " \u{A0}\t ", "nothing"),
            ("only a right-to-left mark", "\u{200F}", "nothing"),
            ("spaces", "07700 900 123", "07700900123"),
            ("dots, dashes, brackets", "(07700) 900-12.3", "07700900123"),
            ("a real dash", "07700–900—123", "07700900123"),
            (
                "non-breaking and narrow spaces",
                "07700\u{A0}900\u{202F}123",
                "07700900123",
            ),
            (
                "zero-width marks",
                "\u{FEFF}07700\u{200B}900\u{2060}123",
                "07700900123",
            ),
            (
                "direction marks",
                "\u{202A}+44 7700 900123\u{202C}",
                "+447700900123",
            ),
            ("Arabic-Indic digits", "٠٧٧٠٠ ٩٠٠١٢٣", "07700900123"),
            (
                "Extended Arabic-Indic digits",
                "۰۷۷۰۰ ۹۰۰۱۲۳",
                "07700900123",
            ),
            ("Bengali digits", "০৭৭০০ ৯০০১২৩", "07700900123"),
            (
                "fullwidth digits and plus",
                "＋４４（７７００）９００１２３",
                "+447700900123",
            ),
            ("a spreadsheet's apostrophe", "'07700900123", "07700900123"),
            ("a curly apostrophe", "’07700900123", "07700900123"),
            ("a spreadsheet's formula", "=\"07700900123\"", "07700900123"),
            ("a quoted cell", "\"07700 900123\"", "07700900123"),
            ("a link", "tel:+44-7700-900123", "+447700900123"),
            ("a link in capitals", "TEL: 07700 900123", "07700900123"),
            ("a link with slashes", "tel://07700900123", "07700900123"),
            (
                "a link with an extension",
                "tel:+447700900123;ext=5",
                "+447700900123",
            ),
            (
                "a local link",
                "tel:7700900123;phone-context=+44",
                "+447700900123",
            ),
            (
                "a link with a name as context",
                "tel:07700900123;phone-context=example.org",
                "07700900123",
            ),
            (
                "a link with escapes",
                "tel:%2B44%207700%20900123",
                "+447700900123",
            ),
            ("a plus in brackets", "(+44) 7700 900123", "+447700900123"),
            ("a plus alone", "+", "+"),
            ("a bracket alone", "(", ""),
        ] {
            assert_eq!(read(typed), dialled, "{scenario}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        for (scenario, typed, found) in [
            ("a spreadsheet's shortening", "7.70090E+09", "Spreadsheet"),
            ("the same with a comma", "4,47701E+11", "Spreadsheet"),
            ("the same in small letters", "7e9", "Spreadsheet"),
            ("a name", "Amina", "Letters"),
            ("letters for digits", "0800 FLOWERS", "Letters"),
            ("an extension", "07700 900123 x12", "Letters"),
            ("e alone", "e", "Letters"),
            ("another link", "mailto:07700900123", "Letters"),
            ("two numbers", "07700 900123, 07700 900124", "Marks"),
            ("a plus in the middle", "07700+900123", "Marks"),
            ("a balance code", "*#100#", "service"),
            ("an emoji", "📱07700900123", "Marks"),
        ] {
            assert_eq!(read(typed), found, "{scenario}");
        }
    }
}
