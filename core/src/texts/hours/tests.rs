mod always;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::*;
use crate::people::zones::{Whereabouts, city, whereabouts};

fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S")
        .unwrap()
        .and_utc()
}

fn any_day(from: u16, to: u16) -> Hours {
    Hours {
        from: from * HOUR,
        to: to * HOUR,
        sundays: true,
        holidays: true,
    }
}

fn only(zone: Tz) -> Whereabouts {
    Whereabouts {
        zones: vec![zone],
        states: Vec::new(),
    }
}

/// `open until …` or `closed until … (zone, why)`, times in UTC.
fn said(window: Window) -> String {
    match window {
        Window::Open { until } => format!("open until {}", until.format("%F %T")),
        Window::Closed { until, zone, why } => {
            format!(
                "closed until {} ({}, {why:?})",
                until.format("%F %T"),
                city(zone)
            )
        }
    }
}

/// The cells of a table, one row a line.
fn rows<const CELLS: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; CELLS]> {
    table.lines().map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        cells.try_into().unwrap()
    })
}

/// Scenario, zone, now, and what is said with hours from 9am to 8pm. Times are UTC.
const CLOCKS: &str = "\
    London in winter | Europe/London | 2026-01-14 08:59:59 | closed until 2026-01-14 09:00:00 (London, TooEarly)
    to the second | Europe/London | 2026-01-14 09:00:00 | open until 2026-01-14 20:00:00
    the last second | Europe/London | 2026-01-14 19:59:59 | open until 2026-01-14 20:00:00
    over | Europe/London | 2026-01-14 20:00:00 | closed until 2026-01-15 09:00:00 (London, TooLate)
    London in summer | Europe/London | 2026-07-14 08:00:00 | open until 2026-07-14 19:00:00
    clocks go forward overnight | Europe/London | 2026-03-28 20:00:00 | closed until 2026-03-29 08:00:00 (London, TooLate)
    on the hour that is skipped | Europe/London | 2026-03-29 01:00:00 | closed until 2026-03-29 08:00:00 (London, TooEarly)
    clocks go back overnight | Europe/London | 2026-10-24 19:00:00 | closed until 2026-10-25 09:00:00 (London, TooLate)
    the hour that comes twice | Europe/London | 2026-10-25 00:30:00 | closed until 2026-10-25 09:00:00 (London, TooEarly)
    Phoenix in summer | America/Phoenix | 2026-07-14 15:59:59 | closed until 2026-07-14 16:00:00 (Phoenix, TooEarly)
    Denver in summer | America/Denver | 2026-07-14 15:00:00 | open until 2026-07-15 02:00:00
    Phoenix in winter | America/Phoenix | 2026-01-14 16:00:00 | open until 2026-01-15 03:00:00
    Denver in winter | America/Denver | 2026-01-14 16:00:00 | open until 2026-01-15 03:00:00
    New York goes forward | America/New_York | 2026-03-08 01:00:00 | closed until 2026-03-08 13:00:00 (New York, TooLate)
    New York goes back | America/New_York | 2026-11-01 00:00:00 | closed until 2026-11-01 14:00:00 (New York, TooLate)
    Honolulu | Pacific/Honolulu | 2026-07-14 18:59:59 | closed until 2026-07-14 19:00:00 (Honolulu, TooEarly)
    St John's, by the half hour | America/St_Johns | 2026-07-14 11:29:59 | closed until 2026-07-14 11:30:00 (St John's, TooEarly)
    Kolkata | Asia/Kolkata | 2026-07-14 03:30:00 | open until 2026-07-14 14:30:00
    Adelaide in its summer | Australia/Adelaide | 2026-01-14 09:30:00 | closed until 2026-01-14 22:30:00 (Adelaide, TooLate)
    Adelaide in its winter | Australia/Adelaide | 2026-07-14 10:30:00 | closed until 2026-07-14 23:30:00 (Adelaide, TooLate)
    Lord Howe changes by half an hour | Australia/Lord_Howe | 2026-04-04 09:00:00 | closed until 2026-04-04 22:30:00 (Lord Howe, TooLate)
    Kathmandu, by the quarter | Asia/Kathmandu | 2026-07-14 03:15:00 | open until 2026-07-14 14:15:00
    the day is another one already | Pacific/Kiritimati | 2026-07-13 18:59:00 | closed until 2026-07-13 19:00:00 (Kiritimati, TooEarly)
";

#[test]
fn zones_and_clock_changes() {
    for [scenario, zone, now, expected] in rows(CLOCKS) {
        let at = only(zone.parse().unwrap());
        let found = window(utc(now), &at, &any_day(9, 20), "FR", "FR");
        assert_eq!(said(found), expected, "{scenario}");
    }
}

/// Scenario, number and postcode, the campaign's country and the number's, the campaign's hours, now, and what
/// is said. Times are UTC.
const PEOPLE: &str = "\
    8:00 in London | +447700900123 E8 1AA | GB | GB | 8-21 | 2026-01-14 08:00:00 | open until 2026-01-14 21:00:00
    20:59:59 in London | +447700900123 E8 1AA | GB | GB | 8-21 | 2026-01-14 20:59:59 | open until 2026-01-14 21:00:00
    21:00 in London | +447700900123 E8 1AA | GB | GB | 8-21 | 2026-01-14 21:00:00 | closed until 2026-01-15 08:00:00 (London, TooLate)
    a New York mobile in Phoenix waits for Phoenix | +12125550123 85004 | US | US | 9-20 | 2026-07-14 13:00:00 | closed until 2026-07-14 16:00:00 (Phoenix, TooEarly)
    and stops with New York | +12125550123 85004 | US | US | 9-20 | 2026-07-14 16:00:00 | open until 2026-07-15 00:00:00
    closed by New York, opened by Phoenix | +12125550123 85004 | US | US | 9-20 | 2026-07-15 01:00:00 | closed until 2026-07-15 16:00:00 (Phoenix, TooLate)
    a split state | +18505550123 | US | US | 9-20 | 2026-07-14 13:30:00 | closed until 2026-07-14 14:00:00 (Chicago, TooEarly)
    its ZIP | +18505550123 32301 | US | US | 9-20 | 2026-07-14 13:30:00 | open until 2026-07-15 00:00:00
    freephone: Honolulu opens, Rhode Island closes | +18885550123 | US | US | 9-20 | 2026-07-14 18:00:00 | closed until 2026-07-14 19:00:00 (Honolulu, TooEarly)
    and then | +18885550123 | US | US | 9-20 | 2026-07-14 19:00:00 | open until 2026-07-14 22:00:00
    freephone on a Saturday | +18885550123 | US | US | 9-20 | 2026-07-11 19:00:00 | open until 2026-07-11 21:00:00
    Florida ends at eight | +13055550123 33101 | US | US | 8-21 | 2026-07-15 00:00:00 | closed until 2026-07-15 12:00:00 (New York, TooLate)
    for a British campaign too | +13055550123 | GB | US | 8-21 | 2026-07-15 00:00:00 | closed until 2026-07-15 12:00:00 (New York, TooLate)
    New York ends at nine | +12125550123 10001 | US | US | 8-21 | 2026-07-15 00:59:59 | open until 2026-07-15 01:00:00
    Kentucky begins at ten | +15025550123 40201 | US | US | 9-20 | 2026-07-14 13:30:00 | closed until 2026-07-14 14:00:00 (New York, TooEarly)
    Connecticut begins at nine | +12035550123 06101 | US | US | 8-21 | 2026-07-14 12:30:00 | closed until 2026-07-14 13:00:00 (New York, TooEarly)
    Texas on a Sunday | +12145550123 75201 | US | US | 9-20 | 2026-07-12 16:59:59 | closed until 2026-07-12 17:00:00 (Chicago, TooEarly)
    Texas, where a morning campaign has no Sunday | +12145550123 75201 | US | US | 9-12 | 2026-07-12 16:30:00 | closed until 2026-07-13 14:00:00 (Chicago, Sunday)
    Alabama on a Sunday | +12055550123 35201 | US | US | 9-20 | 2026-07-12 17:00:00 | closed until 2026-07-13 14:00:00 (Chicago, Sunday)
    Utah on Pioneer Day | +18015550123 84101 | US | US | 9-20 | 2026-07-24 17:00:00 | closed until 2026-07-25 15:00:00 (Denver, Holiday)
    Pennsylvania on Thanksgiving | +12155550123 19101 | US | US | 9-20 | 2026-11-26 17:00:00 | closed until 2026-11-27 14:00:00 (New York, Holiday)
    Pennsylvania ends at seven | +12155550123 19101 | US | US | 8-21 | 2026-11-24 23:30:00 | open until 2026-11-25 00:00:00
    Pennsylvania on a Sunday | +12155550123 19101 | US | US | 9-20 | 2026-07-12 17:00:00 | closed until 2026-07-13 13:00:00 (New York, Sunday)
    Nevada ends at eight | +17025550123 89101 | US | US | 8-21 | 2026-07-15 03:30:00 | closed until 2026-07-15 16:00:00 (Los Angeles, TooLate)
    New York on Thanksgiving | +12125550123 10001 | US | US | 9-20 | 2026-11-26 17:00:00 | open until 2026-11-27 01:00:00
    Rhode Island over Independence Day, kept on Friday | +14015550123 02901 | US | US | 9-20 | 2026-07-02 22:00:00 | closed until 2026-07-06 13:00:00 (New York, TooLate)
    a Sunday off | +447700900123 | GB | GB | 8-21 weekdays | 2026-11-29 12:00:00 | closed until 2026-12-01 08:00:00 (London, Sunday)
    a Saturday night before it | +447700900123 | GB | GB | 8-21 weekdays | 2026-06-06 20:00:00 | closed until 2026-06-08 07:00:00 (London, TooLate)
    Christmas on a Saturday, substitutes and all | +447700900123 | GB | GB | 8-21 weekdays | 2027-12-24 21:00:00 | closed until 2027-12-29 08:00:00 (London, TooLate)
    on the day | +447700900123 | GB | GB | 8-21 weekdays | 2027-12-25 12:00:00 | closed until 2027-12-29 08:00:00 (London, Holiday)
    a federal holiday is none in London | +447700900123 | US | GB | 8-21 weekdays | 2026-11-26 12:00:00 | open until 2026-11-26 21:00:00
    a bank holiday is none in New York | +12125550123 | GB | US | 8-21 weekdays | 2026-08-31 15:00:00 | open until 2026-09-01 01:00:00
    St John's | +17095550123 A1A 1A1 | CA | CA | 9-20 | 2026-07-14 11:30:00 | open until 2026-07-14 22:30:00
    Vancouver's new time | +16045550123 V5K 0A1 | CA | CA | 9-20 | 2026-12-14 16:00:00 | open until 2026-12-15 03:00:00
    an Australian mobile from Perth to Lord Howe | +61491570156 | AU | AU | 9-20 | 2026-01-14 00:00:00 | closed until 2026-01-14 01:00:00 (Perth, TooEarly)
";

#[test]
fn people_as_they_are_captured() {
    for [scenario, who, campaign, country, hours, now, expected] in rows(PEOPLE) {
        let (number, postcode) = who.split_once(' ').unwrap_or((who, ""));
        let hours = match hours {
            "9-20" => any_day(9, 20),
            "9-12" => any_day(9, 12),
            "8-21" => any_day(8, 21),
            _ => Hours {
                sundays: false,
                holidays: false,
                ..any_day(8, 21)
            },
        };
        let at = whereabouts(number, postcode, campaign);
        let found = window(utc(now), &at, &hours, campaign, country);
        assert_eq!(said(found), expected, "{scenario}");
    }
}

#[test]
fn places_that_share_no_hour_say_so() {
    let now = utc("2026-07-14 12:00:00");
    for (scenario, at, hours) in [
        ("no such country", whereabouts("", "", "ZZ"), any_day(9, 20)),
        (
            "before Kentucky is up",
            whereabouts("+15025550123", "40201", "US"),
            any_day(8, 10),
        ),
        (
            "other ends of the world",
            Whereabouts {
                zones: vec![Tz::Europe__London, Tz::Pacific__Auckland],
                states: Vec::new(),
            },
            any_day(10, 17),
        ),
    ] {
        match window(now, &at, &hours, "US", "US") {
            Window::Closed { until, why, .. } => {
                assert_eq!(why, ClosedWhy::NoSharedHour, "{scenario}");
                assert_eq!(until, now + TimeDelta::days(1), "{scenario}");
            }
            Window::Open { .. } => panic!("{scenario}"),
        }
    }
}

#[test]
fn hours_are_never_wider_than_the_law() {
    let minutes = |from, to| Hours {
        from,
        to,
        ..Hours::preset("US")
    };
    for (scenario, hours, problem) in [
        ("British", Hours::preset("GB"), None),
        ("American", Hours::preset("US"), None),
        ("the widest", any_day(8, 21), None),
        ("one hour", any_day(12, 13), None),
        (
            "a minute early",
            minutes(479, 1200),
            Some("No text goes before 8am. Begin at 8am or later."),
        ),
        (
            "a minute late",
            minutes(540, 1261),
            Some("No text goes after 9pm. End at 9pm or earlier."),
        ),
        (
            "backwards",
            any_day(20, 9),
            Some("The hours end before they begin. Set the end to a later time."),
        ),
        (
            "nothing",
            any_day(9, 9),
            Some("The hours end before they begin. Set the end to a later time."),
        ),
        (
            "59 minutes",
            minutes(540, 599),
            Some("That leaves less than an hour for texts. Leave one hour or more."),
        ),
        (
            "out of the day",
            minutes(540, 6000),
            Some("No text goes after 9pm. End at 9pm or earlier."),
        ),
    ] {
        let found = hours.checked("US");
        assert_eq!(
            found.err().map(HoursProblem::sentence).as_deref(),
            problem,
            "{scenario}"
        );
    }
    assert_eq!(
        (Hours::preset("GB").from, Hours::preset("GB").to),
        (480, 1260)
    );
    assert_eq!(
        (Hours::preset("US").from, Hours::preset("US").to),
        (540, 1200)
    );
    assert_eq!(
        (Hours::preset("FR").from, Hours::preset("FR").to),
        (540, 1200)
    );
}

#[test]
fn hours_that_were_stored_too_wide_are_cut() {
    let wide = Hours {
        from: 0,
        to: 1440,
        ..any_day(8, 21)
    };
    let found = window(
        utc("2026-01-14 21:30:00"),
        &only(Tz::Europe__London),
        &wide,
        "GB",
        "GB",
    );
    assert_eq!(
        said(found),
        "closed until 2026-01-15 08:00:00 (London, TooLate)"
    );
}

#[test]
fn times_are_said_as_people_say_them() {
    for (minute, said) in [
        (0, "midnight"),
        (30, "12:30am"),
        (480, "8am"),
        (545, "9:05am"),
        (720, "noon"),
        (750, "12:30pm"),
        (1260, "9pm"),
    ] {
        assert_eq!(time_in_words(minute), said);
    }
}

#[test]
fn hours_are_stored_as_json() {
    let hours = any_day(9, 20);
    let stored = serde_json::to_string(&hours).unwrap();
    assert_eq!(
        stored,
        r#"{"from":540,"to":1200,"sundays":true,"holidays":true}"#
    );
    assert_eq!(serde_json::from_str::<Hours>(&stored).unwrap(), hours);
}
