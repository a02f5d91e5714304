//! What was typed into the search, as words and a number.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};

use super::{Filter, Order, Question};
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
    /// Parts of a number, of which theirs has one; empty where no number is asked for.
    pub(super) parts: Vec<String>,
    /// Who is left out.
    pub(super) filter: Filter,
    /// Captured at this moment or later, in milliseconds.
    pub(super) from: Option<i64>,
    /// Captured before this moment.
    pub(super) before: Option<i64>,
    /// The order.
    pub(super) order: Order,
}

impl Asked {
    /// Reads a question: numbers as people in `home` write them, days by the calendar of `zone`.
    #[must_use]
    pub fn of<Z: TimeZone>(question: &Question, home: Country, zone: &Z) -> Self {
        let (words, parts) = read(&question.search, home);
        let filter = question.filter.clone();
        let begins = |day: NaiveDate| begins(day, zone).map(|at| at.timestamp_millis());
        Self {
            words,
            parts,
            from: filter.from.and_then(begins),
            before: filter
                .to
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .and_then(begins),
            filter,
            order: question.sort,
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

fn read(search: &str, home: Country) -> (Vec<String>, Vec<String>) {
    let mut words = Vec::new();
    let mut number = String::new();
    for piece in search.split_whitespace() {
        // "(020)", "07700-900" and "+44" are of a number; "SW9" and "17b" are not.
        let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
        let of_number = piece
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/'));
        if of_number && !digits.is_empty() {
            if piece.contains('+') {
                number.push('+');
            }
            number.push_str(&digits);
        } else {
            words.extend(folding::words(piece));
        }
    }
    if number.len() < SHORTEST_PART {
        words.extend(folding::words(&number));
        number.clear();
    }
    words.truncate(MOST_WORDS);
    (words, parts(&number, home))
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
    fn a_search_has_words_and_a_number() {
        let home = Country::parse("GB").unwrap();
        for (typed, words, parts) in [
            ("", vec![], vec![]),
            ("Khan, Amina", vec!["khan", "amina"], vec![]),
            ("0123", vec![], vec!["0123", "+44123"]),
            (
                "07700 900 123",
                vec![],
                vec!["07700900123", "+447700900123"],
            ),
            ("+44 (0)7700-900", vec![], vec!["+447700900"]),
            ("0044 7700", vec![], vec!["00447700", "+447700"]),
            ("amina 900", vec!["amina"], vec!["900"]),
            ("SW9 8jx", vec!["sw9", "8jx"], vec![]),
            ("12", vec!["12"], vec![]),
            ("a.b@example.org", vec!["a", "b", "example", "org"], vec![]),
            ("…", vec![], vec![]),
        ] {
            assert_eq!(
                read(typed, home),
                (
                    words.into_iter().map(str::to_owned).collect::<Vec<_>>(),
                    parts.into_iter().map(str::to_owned).collect::<Vec<_>>()
                ),
                "{typed}"
            );
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
