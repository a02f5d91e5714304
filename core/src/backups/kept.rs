//! Which backups are kept: the newest ten, then the last of each day for two weeks, then the last of each week for eight
//! weeks.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

const NEWEST: usize = 10;
const DAYS: TimeDelta = TimeDelta::days(14);
const WEEKS: TimeDelta = TimeDelta::weeks(8);

/// Which of these backups may go, by their times, as places in the list. The newest never goes; one from the future was
/// taken while the clock was wrong, and counts as the newest.
pub(super) fn may_go(times: &[DateTime<Utc>], now: DateTime<Utc>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse((times[*place], *place)));
    let (mut days, mut weeks) = (HashSet::new(), HashSet::new());
    let mut go = Vec::new();
    for (rank, place) in order.into_iter().enumerate() {
        let at = times[place];
        let age = now - at;
        // Both are counted for whichever keeps it, so that the last of a day is also the last of its week.
        let is_last_of_day = days.insert(at.date_naive());
        let is_last_of_week = weeks.insert(at.iso_week());
        let stays =
            rank < NEWEST || (is_last_of_day && age <= DAYS) || (is_last_of_week && age <= WEEKS);
        if !stays {
            go.push(place);
        }
    }
    go.sort_unstable();
    go
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(times: &[DateTime<Utc>], now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let go = may_go(times, now);
        let stay = (0..times.len()).filter(|place| !go.contains(place));
        stay.map(|place| times[place]).collect()
    }

    #[test]
    fn the_rule_case_by_case() {
        let now: DateTime<Utc> = "2026-11-30T12:00:00Z".parse().unwrap();
        let hours = |count: i64| -> Vec<DateTime<Utc>> {
            (0..count)
                .map(|hour| now - TimeDelta::hours(hour))
                .collect()
        };
        for (scenario, times, left) in [
            ("none", vec![], 0),
            (
                "one from long ago is the newest",
                vec![now - TimeDelta::weeks(99)],
                1,
            ),
            ("ten of one day", hours(10), 10),
            // Eleven to thirteen hours ago is the same day, and midnight's is its last.
            ("thirteen of one day", hours(13), 10),
            // Ten of today, and the last of yesterday.
            ("a day and a night", hours(24), 11),
            // Ten of today; the last of each of 14 days before it; no week has another.
            ("every hour for two weeks", hours(24 * 14), 10 + 14),
            (
                "every day for a year",
                (0..365).map(|day| now - TimeDelta::days(day)).collect(),
                // Fifteen days, today's included, and the last days of the weeks before them.
                15 + 6,
            ),
            (
                "ten from before the summer",
                (0..10)
                    .map(|day| now - TimeDelta::days(200 + day))
                    .collect(),
                10,
            ),
            (
                "one from the future",
                [vec![now + TimeDelta::days(400)], hours(12)].concat(),
                10,
            ),
        ] {
            let stay = kept(&times, now);
            assert_eq!(stay.len(), left, "{scenario}: {stay:?}");
            if let Some(newest) = times.iter().max() {
                assert!(stay.contains(newest), "{scenario}");
            }
        }
    }

    #[test]
    fn what_was_kept_is_kept_on_until_its_time_is_over() {
        // A month of work, an hour at a time, with the rule applied after each.
        let start: DateTime<Utc> = "2026-11-02T09:00:00Z".parse().unwrap();
        let mut times = Vec::new();
        for hour in 0..24 * 70 {
            let now = start + TimeDelta::hours(hour);
            times.push(now);
            times = kept(&times, now);
        }
        let now = start + TimeDelta::hours(24 * 70 - 1);
        let since = |age: TimeDelta| times.iter().filter(|at| now - **at <= age).count();
        assert!(since(TimeDelta::days(14)) >= 10 + 13, "{times:?}");
        assert!(
            since(TimeDelta::weeks(8)) >= since(TimeDelta::days(14)) + 5,
            "{times:?}"
        );
        assert!(times.len() < 40);
    }
}
