//! What was typed into the search, as words and digits.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};

use super::{Filter, Order, Question, Sort, TextIs};
use crate::people::{Country, folding};

/// The most words that are looked for: nobody has more names, and whoever pastes a page finds nobody.
const MOST_WORDS: usize = 8;
/// As short a part of a number as is found.
const SHORTEST_PART: usize = 3;

/// A question as it is answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// Words that one of theirs begins with, each of them.
    pub(super) words: Vec<String>,
    /// Digits, which are of a number or of anything else that has some; none where none were typed.
    pub(super) digits: Option<Digits>,
    /// Who is left out.
    pub(super) filter: Filter,
    /// Captured at this moment or later, in milliseconds.
    pub(super) from: Option<i64>,
    /// Captured before this moment.
    pub(super) before: Option<i64>,
    /// The order.
    pub(super) order: Order,
}

/// Digits that were typed: a number, a postcode, or what an email address begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits {
    /// Parts of a number, of which theirs has one.
    pub(super) parts: Vec<String>,
    /// Words that one of theirs begins with, each of them; none where they can only be of a number.
    pub(super) words: Vec<String>,
}

/// Whoever has no text has none to be put in order by, and whoever may need no correcting has no reason to.
fn order_of(question: &Question) -> Order {
    let filter = &question.filter;
    let has_none = match question.sort.by {
        Sort::Text => filter.text == Some(TextIs::None),
        Sort::ToPutRight => filter.needs_correcting != Some(true),
        _ => false,
    };
    match has_none {
        true => Order {
            by: Sort::CapturedAt,
            ..question.sort
        },
        false => question.sort,
    }
}

impl Asked {
    /// Reads a question: numbers as people in `home` write them, days by the calendar of `zone`.
    #[must_use]
    pub fn of<Z: TimeZone>(question: &Question, home: Country, zone: &Z) -> Self {
        let (words, digits) = read(&question.search, home);
        let filter = question.filter.clone();
        let begins = |day: NaiveDate| begins(day, zone).map(|at| at.timestamp_millis());
        Self {
            words,
            digits,
            from: filter.from.and_then(begins),
            before: filter
                .to
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .and_then(begins),
            filter,
            order: order_of(question),
        }
    }
}

/// When a day begins there: at midnight, or after the clocks have gone on.
fn begins<Z: TimeZone>(day: NaiveDate, zone: &Z) -> Option<DateTime<Utc>> {
    (0..24).find_map(|hour| {
        let local = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?);
        let at = zone.from_local_datetime(&local).earliest()?;
        Some(at.with_timezone(&Utc))
    })
}

fn read(search: &str, home: Country) -> (Vec<String>, Option<Digits>) {
    let (mut words, mut of_digits) = (Vec::new(), Vec::new());
    let mut number = String::new();
    for piece in search.split_whitespace() {
        // "(020)", "07700-900" and "+44" may be of a number; "SW9" and "17b" are not.
        let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
        let of_number = piece
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/'));
        if of_number && !digits.is_empty() {
            if piece.contains('+') {
                number.push('+');
            }
            number.push_str(&digits);
            of_digits.extend(folding::words(piece));
        } else {
            words.extend(folding::words(piece));
        }
    }
    if number.len() < SHORTEST_PART {
        words.append(&mut of_digits);
        number.clear();
    }
    // No postcode has a plus.
    if number.contains('+') {
        of_digits.clear();
    }
    words.truncate(MOST_WORDS);
    of_digits.truncate(MOST_WORDS);
    let digits = Digits {
        parts: parts(&number, home),
        words: of_digits,
    };
    (words, (!digits.parts.is_empty()).then_some(digits))
}

/// A number is kept as "+447700900123", and typed as "07700 900123", "0044 7700…" or any part of it.
fn parts(number: &str, home: Country) -> Vec<String> {
    if number.is_empty() {
        return Vec::new();
    }
    let (plus, digits) = match number.rsplit_once('+') {
        Some(("", digits)) => (true, digits),
        _ => (false, number),
    };
    let digits = digits.replace('+', "");
    if plus {
        // "+44 (0)7700" has a nought too many.
        let dial = home.dial_code().to_string();
        let tidied = match digits.strip_prefix(&format!("{dial}0")) {
            Some(rest) => format!("+{dial}{rest}"),
            None => format!("+{digits}"),
        };
        return vec![tidied];
    }
    let mut parts = vec![digits.clone()];
    if let Some(abroad) = digits.strip_prefix("00").filter(|rest| !rest.is_empty()) {
        parts.push(format!("+{abroad}"));
    } else if let Some(national) = digits.strip_prefix('0').filter(|rest| !rest.is_empty()) {
        parts.push(format!("+{}{national}", home.dial_code()));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_has_words_and_digits() {
        let home = Country::parse("GB").unwrap();
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        for (typed, words, parts, or_words) in [
            ("", &[][..], &[][..], &[][..]),
            ("Khan, Amina", &["khan", "amina"], &[], &[]),
            ("0123", &[], &["0123", "+44123"], &["0123"]),
            (
                "07700 900 123",
                &[],
                &["07700900123", "+447700900123"],
                &["07700", "900", "123"],
            ),
            ("+44 (0)7700-900", &[], &["+447700900"], &[]),
            (
                "0044 7700",
                &[],
                &["00447700", "+447700"],
                &["0044", "7700"],
            ),
            ("amina 900", &["amina"], &["900"], &["900"]),
            ("90210", &[], &["90210"], &["90210"]),
            ("20500-0003", &[], &["205000003"], &["20500", "0003"]),
            ("SW9 8jx", &["sw9", "8jx"], &[], &[]),
            ("12", &["12"], &[], &[]),
            ("1 2", &["1", "2"], &[], &[]),
            ("a.b@example.org", &["a", "b", "example", "org"], &[], &[]),
            ("…", &[], &[], &[]),
        ] {
            let digits = (!parts.is_empty()).then(|| Digits {
                parts: owned(parts),
                words: owned(or_words),
            });
            assert_eq!(read(typed, home), (owned(words), digits), "{typed}");
        }
    }

    #[test]
    fn a_day_has_both_its_ends() {
        let question = Question {
            filter: Filter {
                from: NaiveDate::from_ymd_opt(2026, 3, 29),
                to: NaiveDate::from_ymd_opt(2026, 3, 29),
                ..Filter::default()
            },
            ..Question::default()
        };
        let asked = Asked::of(
            &question,
            Country::parse("GB").unwrap(),
            &chrono_tz::Europe::London,
        );
        let hours = (asked.before.unwrap() - asked.from.unwrap()) / 3_600_000;
        assert_eq!(hours, 23, "the clocks go forward");
    }
}
