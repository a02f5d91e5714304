use super::*;

/// All days of a year that are holidays, as month and day.
fn days(year: i32, kept: impl Fn(NaiveDate) -> bool) -> Vec<(u32, u32)> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .unwrap()
        .iter_days()
        .take_while(|day| day.year() == year)
        .filter(|day| kept(*day))
        .map(|day| (day.month(), day.day()))
        .collect()
}

/// Published days, and days at the weekend that others are kept instead of.
fn with(published: &[(u32, u32)], themselves: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut all = [published, themselves].concat();
    all.sort_unstable();
    all
}

/// The lists of the three nations on gov.uk/bank-holidays, together.
#[test]
fn bank_holidays_are_those_published() {
    for (year, published, themselves) in [
        (
            2025,
            &[
                (1, 1),
                (1, 2),
                (3, 17),
                (4, 18),
                (4, 21),
                (5, 5),
                (5, 26),
                (7, 14),
                (8, 4),
                (8, 25),
                (12, 1),
                (12, 25),
                (12, 26),
            ][..],
            &[(7, 12), (11, 30)][..],
        ),
        (
            2026,
            &[
                (1, 1),
                (1, 2),
                (3, 17),
                (4, 3),
                (4, 6),
                (5, 4),
                (5, 25),
                (6, 15),
                (7, 13),
                (8, 3),
                (8, 31),
                (11, 30),
                (12, 25),
                (12, 28),
            ],
            &[(7, 12), (12, 26)],
        ),
        (
            2027,
            &[
                (1, 1),
                (1, 4),
                (3, 17),
                (3, 26),
                (3, 29),
                (5, 3),
                (5, 31),
                (7, 12),
                (8, 2),
                (8, 30),
                (11, 30),
                (12, 27),
                (12, 28),
            ],
            &[(1, 2), (12, 25), (12, 26)],
        ),
    ] {
        assert_eq!(
            days(year, |day| of_country("GB", day)),
            with(published, themselves),
            "{year}"
        );
        assert_eq!(
            days(year, |day| of_country("JE", day)),
            with(published, themselves),
            "{year}"
        );
    }
}

/// The lists of the Office of Personnel Management.
#[test]
fn federal_holidays_are_those_published() {
    for (year, published, themselves) in [
        (
            2025,
            &[
                (1, 1),
                (1, 20),
                (2, 17),
                (5, 26),
                (6, 19),
                (7, 4),
                (9, 1),
                (10, 13),
                (11, 11),
                (11, 27),
                (12, 25),
            ][..],
            &[][..],
        ),
        (
            2026,
            &[
                (1, 1),
                (1, 19),
                (2, 16),
                (5, 25),
                (6, 19),
                (7, 3),
                (9, 7),
                (10, 12),
                (11, 11),
                (11, 26),
                (12, 25),
            ],
            &[(7, 4)],
        ),
        (
            2027,
            &[
                (1, 1),
                (1, 18),
                (2, 15),
                (5, 31),
                (6, 18),
                (7, 5),
                (9, 6),
                (10, 11),
                (11, 11),
                (11, 25),
                (12, 24),
                (12, 31),
            ],
            &[(6, 19), (7, 4), (12, 25)],
        ),
    ] {
        assert_eq!(
            days(year, |day| of_country("US", day)),
            with(published, themselves),
            "{year}"
        );
        assert_eq!(
            days(year, |day| of_country("PR", day)),
            with(published, themselves),
            "{year}"
        );
    }
}

#[test]
fn states_have_holidays_of_their_own() {
    for (state, year, kept) in [
        ("AL", 2026, &[(4, 27), (6, 1)][..]),
        ("LA", 2026, &[(2, 17), (4, 3), (11, 3)]),
        ("LA", 2027, &[(2, 9), (3, 26)]),
        ("PA", 2026, &[(4, 3), (6, 14), (11, 3)]),
        ("RI", 2026, &[(5, 4), (8, 10), (11, 3)]),
        ("UT", 2027, &[(7, 23), (7, 24)]),
        ("NY", 2026, &[]),
    ] {
        assert_eq!(
            days(year, |day| of_state(state, day)),
            kept,
            "{state} {year}"
        );
    }
}

#[test]
fn other_countries_have_none_here() {
    assert!(days(2026, |day| of_country("FR", day)).is_empty());
}

#[test]
fn easter_is_where_it_is() {
    for (year, month, day) in [
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2038, 4, 25),
        (2285, 3, 22),
    ] {
        assert_eq!(easter(year), NaiveDate::from_ymd_opt(year, month, day));
    }
}

#[test]
fn two_days_at_the_weekend_are_both_kept_later() {
    for (scenario, kept, not) in [
        (
            "New Year on a Saturday",
            &[(2022, 1, 3), (2022, 1, 4)][..],
            (2022, 1, 5),
        ),
        ("on a Sunday", &[(2023, 1, 2), (2023, 1, 3)], (2023, 1, 4)),
        ("2 January on a Saturday", &[(2021, 1, 4)], (2021, 1, 5)),
        (
            "Christmas on a Saturday",
            &[(2021, 12, 27), (2021, 12, 28)],
            (2021, 12, 29),
        ),
        (
            "on a Sunday",
            &[(2022, 12, 26), (2022, 12, 27)],
            (2022, 12, 28),
        ),
        (
            "Boxing Day on a Saturday",
            &[(2020, 12, 28)],
            (2020, 12, 29),
        ),
        ("neither", &[(2024, 12, 25), (2024, 12, 26)], (2024, 12, 27)),
    ] {
        let bank =
            |(year, month, day)| bank_holiday(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        assert!(kept.iter().all(|day| bank(*day)), "{scenario}");
        assert!(!bank(not), "{scenario}");
    }
}
