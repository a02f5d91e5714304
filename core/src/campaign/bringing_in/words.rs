//! Yes, no and days, as lists write them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// What a cell says to a question of yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Yes,
    No,
    /// They opted out: more than a no.
    Out,
    Nothing,
}

/// What a cell says; `None` where it says neither. VAN writes I, O and U for in, out and unknown.
pub(super) fn said(cell: &str) -> Option<Said> {
    let folded: String = cell
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '✓')
        .flat_map(char::to_lowercase)
        .collect();
    Some(match folded.as_str() {
        "" if cell.trim().chars().all(|c| matches!(c, '-' | '–' | '—')) => Said::Nothing,
        "u" | "unknown" | "null" | "na" | "notasked" => Said::Nothing,
        "yes" | "y" | "true" | "t" | "1" | "x" | "✓" | "i" | "in" | "optin" | "optedin"
        | "subscribed" | "agreed" | "agrees" | "consented" | "sí" | "si" | "tak" | "ydy"
        | "ydi" | "ie" => Said::Yes,
        "no" | "n" | "false" | "f" | "0" | "nie" | "nac" | "nage" | "refused" | "declined" => {
            Said::No
        }
        "o" | "out" | "optout" | "optedout" | "unsubscribed" | "stop" => Said::Out,
        _ => return None,
    })
}

/// A day that has been, at noon, or now where that is earlier. Of 02/05/2026 the day stands first unless they write
/// the month first where the campaign is.
pub(super) fn date(cell: &str, day_first: bool, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let day = cell.split(['T', ' ']).next().unwrap_or_default();
    let numbers = if day_first {
        ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
    } else {
        ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"]
    };
    let year_first = ["%Y-%m-%d", "%Y/%m/%d"];
    let in_words = ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"];
    let date = year_first
        .iter()
        .chain(&numbers)
        .find_map(|form| NaiveDate::parse_from_str(day, form).ok())
        .or_else(|| {
            in_words
                .iter()
                .find_map(|form| NaiveDate::parse_from_str(cell, form).ok())
        })?;
    if date > now.date_naive() || date < NaiveDate::from_ymd_opt(1900, 1, 1)? {
        return None;
    }
    let noon = date.and_time(NaiveTime::from_hms_opt(12, 0, 0)?).and_utc();
    Some(noon.min(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_as_lists_write_them() {
        for (cell, means) in [
            ("Yes", Some(Said::Yes)),
            ("TRUE", Some(Said::Yes)),
            ("I", Some(Said::Yes)),
            ("opted in", Some(Said::Yes)),
            ("0", Some(Said::No)),
            ("O", Some(Said::Out)),
            ("Unsubscribed", Some(Said::Out)),
            ("U", Some(Said::Nothing)),
            ("-", Some(Said::Nothing)),
            ("", Some(Said::Nothing)),
            ("perhaps", None),
        ] {
            assert_eq!(said(cell), means, "{cell}");
        }
    }

    #[test]
    fn days_are_read_in_the_order_of_the_country() {
        let now = DateTime::parse_from_rfc3339("2026-05-03T09:00:00Z").unwrap();
        let now = now.with_timezone(&Utc);
        let day = |cell: &str, day_first| {
            date(cell, day_first, now).map(|at| at.format("%Y-%m-%d %H").to_string())
        };
        assert_eq!(day("2026-05-02", true).unwrap(), "2026-05-02 12");
        assert_eq!(day("2026-05-03", true).unwrap(), "2026-05-03 09");
        assert_eq!(day("02/05/2026", true).unwrap(), "2026-05-02 12");
        assert_eq!(day("02/05/2026", false).unwrap(), "2026-02-05 12");
        assert_eq!(day("2 May 2026", true).unwrap(), "2026-05-02 12");
        assert_eq!(day("2026-05-02T23:11:00Z", true).unwrap(), "2026-05-02 12");
        assert_eq!(day("2026-05-04", true), None, "tomorrow");
        assert_eq!(day("31/02/2026", true), None);
        assert_eq!(day("soon", true), None);
    }
}
