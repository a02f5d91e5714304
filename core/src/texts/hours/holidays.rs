//! Holidays by rule: bank holidays of the United Kingdom, federal holidays of the United States, and the
//! holidays of its states that have quiet ones.
//!
//! The day itself counts as well as the day that is kept instead: nobody wants a text on Christmas Day
//! because Monday is the bank holiday.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

/// Bank holidays that no rule gives, by proclamation: for the World Cup, in Scotland.
const PROCLAIMED: [(i32, u32, u32); 1] = [(2026, 6, 15)];

/// Whether a country keeps a holiday on that day. No country but these has any here.
pub(super) fn of_country(country: &str, day: NaiveDate) -> bool {
    match crate::people::zones::family(country) {
        "GB" => bank_holiday(day),
        "US" => federal(day),
        _ => false,
    }
}

/// Holidays of the United States (5 U.S.C. § 6103): one on a Saturday is kept on Friday, one on a Sunday on
/// Monday.
pub(super) fn federal(day: NaiveDate) -> bool {
    const FIXED: [(u32, u32); 5] = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];
    let fixed = |day: NaiveDate| FIXED.contains(&(day.month(), day.day()));
    let beside = |days| {
        day.checked_add_signed(TimeDelta::days(days))
            .is_some_and(fixed)
    };
    if fixed(day)
        || (day.weekday() == Weekday::Fri && beside(1))
        || (day.weekday() == Weekday::Mon && beside(-1))
    {
        return true;
    }
    match day.month() {
        1 | 2 => is_nth(day, Weekday::Mon, 3),
        5 => is_last(day, Weekday::Mon),
        9 => is_nth(day, Weekday::Mon, 1),
        10 => is_nth(day, Weekday::Mon, 2),
        11 => is_nth(day, Weekday::Thu, 4),
        _ => false,
    }
}

/// Holidays of a state, beside the federal ones.
pub(super) fn of_state(state: &str, day: NaiveDate) -> bool {
    let in_month = |month| day.month() == month;
    match state {
        // Confederate Memorial Day and Jefferson Davis' Birthday (Ala. Code § 1-3-8).
        "AL" => {
            (in_month(4) && is_nth(day, Weekday::Mon, 4))
                || (in_month(6) && is_nth(day, Weekday::Mon, 1))
        }
        // Mardi Gras, Good Friday and the general election (La. Rev. Stat. § 1:55).
        "LA" => {
            matches!(from_easter(day), Some(-47 | -2)) || (day.year() % 2 == 0 && election_day(day))
        }
        // Good Friday, Flag Day and the elections (Pa. Office of Attorney General, as the do-not-call rules list them).
        "PA" => {
            from_easter(day) == Some(-2) || (in_month(6) && day.day() == 14) || election_day(day)
        }
        // Independence Day of Rhode Island, Victory Day and the general election (R.I. Gen. Laws § 25-1-1).
        "RI" => {
            (in_month(5) && day.day() == 4)
                || (in_month(8) && is_nth(day, Weekday::Mon, 2))
                || (day.year() % 2 == 0 && election_day(day))
        }
        // Pioneer Day (Utah Code § 63G-1-301), kept as federal ones are.
        "UT" => {
            in_month(7)
                && matches!(
                    (day.day(), day.weekday()),
                    (24, _) | (23, Weekday::Fri) | (25, Weekday::Mon)
                )
        }
        _ => false,
    }
}

/// The bank holidays of England and Wales, Scotland and Northern Ireland, all of them: a number does not say
/// which it is (Banking and Financial Dealings Act 1971, schedule 1, and the yearly proclamations).
fn bank_holiday(day: NaiveDate) -> bool {
    let (month, date) = (day.month(), day.day());
    let fixed = matches!(
        (month, date),
        (1, 1 | 2) | (3, 17) | (7, 12) | (11, 30) | (12, 25 | 26)
    );
    let floating = match month {
        5 => is_nth(day, Weekday::Mon, 1) || is_last(day, Weekday::Mon),
        8 => is_nth(day, Weekday::Mon, 1) || is_last(day, Weekday::Mon),
        _ => false,
    };
    fixed
        || floating
        || matches!(from_easter(day), Some(-2 | 1))
        || instead_of_one(day, &[(3, 17), (7, 12), (11, 30)])
        || instead_of_pair(day, 1, 1)
        || instead_of_pair(day, 12, 25)
        || PROCLAIMED.contains(&(day.year(), month, date))
}

/// The Monday after a holiday at the weekend.
fn instead_of_one(day: NaiveDate, holidays: &[(u32, u32)]) -> bool {
    day.weekday() == Weekday::Mon
        && [1, 2].into_iter().any(|back| {
            day.checked_sub_signed(TimeDelta::days(back))
                .is_some_and(|before| holidays.contains(&(before.month(), before.day())))
        })
}

/// Two holidays in a row: as many weekdays after them as they have days at the weekend.
fn instead_of_pair(day: NaiveDate, month: u32, first: u32) -> bool {
    let Some(first) = NaiveDate::from_ymd_opt(day.year(), month, first) else {
        return false;
    };
    let (lost, last) = match first.weekday() {
        Weekday::Fri => (1, 3),
        Weekday::Sat => (2, 3),
        Weekday::Sun => (1, 2),
        _ => return false,
    };
    let after = (day - first).num_days();
    (last - lost + 1..=last).contains(&after)
}

/// The first Tuesday after the first Monday in November.
fn election_day(day: NaiveDate) -> bool {
    day.month() == 11 && day.weekday() == Weekday::Tue && (2..=8).contains(&day.day())
}

fn is_nth(day: NaiveDate, weekday: Weekday, nth: u32) -> bool {
    day.weekday() == weekday && (day.day() - 1) / 7 + 1 == nth
}

/// For a month of 31 days.
fn is_last(day: NaiveDate, weekday: Weekday) -> bool {
    day.weekday() == weekday && day.day() > 31 - 7
}

/// Days since Easter Sunday of the same year: negative before.
fn from_easter(day: NaiveDate) -> Option<i64> {
    // Nothing that goes by Easter is outside these months.
    if !(2..=4).contains(&day.month()) {
        return None;
    }
    Some((day - easter(day.year())?).num_days())
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let skipped = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - skipped + 15) % 30;
    let week = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * week) / 451;
    let days = moon + week - 7 * late + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(days / 31).ok()?,
        u32::try_from(days % 31 + 1).ok()?,
    )
}

#[cfg(test)]
mod tests;
