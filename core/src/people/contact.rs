//! What else a supporter gives: a name, an email address, a postcode. Typed in a hurry, so tidied where
//! that is certain and left alone where it is not.

use std::fmt;

use super::Country;
use super::one_line::one_line;

/// The longest name that is kept, in characters.
pub const LONGEST_NAME: usize = 100;

const LONGEST_POSTCODE: usize = 100;

/// The longest address that mail can be sent to, in bytes (RFC 5321, 4.5.3.1.3, less the brackets).
const LONGEST_EMAIL: usize = 254;

/// Makes one line of a name, at most [`LONGEST_NAME`] characters. Capitals stay as they were typed: only
/// the person knows how "MacDonald" or "de Souza" is spelt.
#[must_use]
pub fn tidy_name(typed: &str) -> String {
    one_line(typed, LONGEST_NAME)
}

/// Puts a postcode into its common form: `sw98jx` becomes `SW9 8JX`. Anything that is not shaped like a
/// postcode of the country is kept as it was typed.
#[must_use]
pub fn tidy_postcode(typed: &str, country: Country) -> String {
    let line = one_line(typed, LONGEST_POSTCODE);
    match country.code() {
        "GB" | "GG" | "IM" | "JE" => british(&line).unwrap_or(line),
        _ => line,
    }
}

/// `A9 9AA`, `A99 9AA`, `AA9 9AA`, `AA99 9AA`, `A9A 9AA` or `AA9A 9AA`.
fn british(line: &str) -> Option<String> {
    let code: String = line
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let (outward, inward) = code.split_at_checked(code.len().checked_sub(3)?)?;
    let letter = u8::is_ascii_uppercase;
    let digit = u8::is_ascii_digit;
    let inward_fits = matches!(inward.as_bytes(), [a, b, c] if digit(a) && letter(b) && letter(c));
    let outward_fits = match outward.as_bytes() {
        [a, b] => letter(a) && digit(b),
        [a, b, c] => letter(a) && (digit(b) && (digit(c) || letter(c)) || letter(b) && digit(c)),
        [a, b, c, d] => letter(a) && letter(b) && digit(c) && (digit(d) || letter(d)),
        _ => false,
    };
    (inward_fits && outward_fits).then(|| format!("{outward} {inward}"))
}

/// An address that mail may reach.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// The text cannot be an email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEmail {
    /// No `@`, or more than one.
    #[error("An email address has one @ in it, as in name@example.org.")]
    At,
    /// Nothing before the `@`.
    #[error("Something is missing before the @.")]
    Before,
    /// No dot after the `@`, or nothing beside it.
    #[error("What stands after the @ needs a dot inside, as in example.org.")]
    Domain,
    /// White space inside.
    #[error("An email address has no spaces.")]
    Space,
    /// More than 254 bytes.
    #[error("That is too long for an email address.")]
    TooLong,
}

impl Email {
    /// Checks a typed address lightly: only mail itself can prove it. Space around it is dropped; capitals
    /// stay.
    ///
    /// # Errors
    /// It cannot be an address; the error's text says why.
    pub fn parse(typed: &str) -> Result<Self, NotAnEmail> {
        let trimmed = typed.trim();
        let address = one_line(trimmed, LONGEST_EMAIL + 1);
        if trimmed.chars().any(char::is_whitespace) {
            return Err(NotAnEmail::Space);
        }
        if address.len() > LONGEST_EMAIL {
            return Err(NotAnEmail::TooLong);
        }
        let (before, domain) = address.split_once('@').ok_or(NotAnEmail::At)?;
        if domain.contains('@') {
            return Err(NotAnEmail::At);
        }
        if before.is_empty() {
            return Err(NotAnEmail::Before);
        }
        if !domain.contains('.') || domain.split('.').any(str::is_empty) {
            return Err(NotAnEmail::Domain);
        }
        Ok(Self(address))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn postcodes_are_put_right_where_their_shape_is_certain() {
        for (scenario, country, typed, tidy) in [
            ("typed in one", "GB", "sw98jx", "SW9 8JX"),
            ("already right", "GB", "SW9 8JX", "SW9 8JX"),
            ("a space in the wrong place", "GB", "SW 98JX", "SW9 8JX"),
            ("a dash", "GB", "sw9-8jx", "SW9 8JX"),
            ("the shortest", "GB", "m11ae", "M1 1AE"),
            ("two digits", "GB", "m601nw", "M60 1NW"),
            ("the longest", "GB", "ec1a1bb", "EC1A 1BB"),
            ("a letter after the digit", "GB", "w1a0ax", "W1A 0AX"),
            ("four with two digits", "GB", "dn551pt", "DN55 1PT"),
            ("Jersey", "JE", "je24ws", "JE2 4WS"),
            ("half a postcode", "GB", "sw9", "sw9"),
            ("a town", "GB", "  near Leeds ", "near Leeds"),
            ("another country's", "GB", "75011", "75011"),
            ("not ASCII", "GB", "ſw9 8jẍ", "ſw9 8jẍ"),
            ("in the US", "US", "ec1a1bb", "ec1a1bb"),
            ("a ZIP code", "US", " 20500-0003", "20500-0003"),
            ("nothing", "GB", "", ""),
        ] {
            let country = Country::parse(country).unwrap();
            assert_eq!(tidy_postcode(typed, country), tidy, "{scenario}");
        }
    }

    #[test]
    fn addresses_are_checked_lightly() {
        for (scenario, typed, checked) in [
            ("common", "amina@example.org", Ok("amina@example.org")),
            (
                "space around",
                " amina@example.org\n",
                Ok("amina@example.org"),
            ),
            (
                "capitals and a tag",
                "Amina+stall@Example.co.uk",
                Ok("Amina+stall@Example.co.uk"),
            ),
            ("another script", "амина@пример.рф", Ok("амина@пример.рф")),
            ("no @", "amina.example.org", Err(NotAnEmail::At)),
            ("two @", "amina@home@example.org", Err(NotAnEmail::At)),
            ("nothing before", "@example.org", Err(NotAnEmail::Before)),
            ("no dot", "amina@example", Err(NotAnEmail::Domain)),
            (
                "a dot at the end",
                "amina@example.",
                Err(NotAnEmail::Domain),
            ),
            ("two dots", "amina@example..org", Err(NotAnEmail::Domain)),
            (
                "a space inside",
                "amina @example.org",
                Err(NotAnEmail::Space),
            ),
            ("nothing", "", Err(NotAnEmail::At)),
        ] {
            let email = Email::parse(typed);
            assert_eq!(
                email.as_ref().map(Email::as_str),
                checked.as_ref().map(|a| *a),
                "{scenario}"
            );
        }
        let long = format!("{}@example.org", "a".repeat(250));
        assert_eq!(Email::parse(&long), Err(NotAnEmail::TooLong));
        assert_eq!(
            format!("{:?}", Email::parse("amina@example.org")),
            "Ok(Email(…))"
        );
    }

    proptest! {
        #[test]
        fn tidying_never_loses_a_letter_or_digit(typed in "[ a-zA-Z0-9-]{0,12}") {
            let kept = |text: &str| {
                text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
            };
            prop_assert_eq!(kept(&tidy_postcode(&typed, Country::GB)), kept(&typed));
        }

        #[test]
        fn any_text_is_taken(typed in any::<String>()) {
            let _ = Email::parse(&typed);
            let postcode = tidy_postcode(&typed, Country::GB);
            prop_assert_eq!(tidy_postcode(&postcode, Country::GB), postcode.clone());
            prop_assert!(tidy_name(&typed).chars().count() <= LONGEST_NAME);
        }
    }
}
