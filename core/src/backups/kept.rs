//! Which backups are kept: the newest ten, then the last of each day for two weeks, then the last of each week for eight
//! weeks.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::places::is_from_future;

const NEWEST: usize = 10;
const DAYS: TimeDelta = TimeDelta::days(14);
const WEEKS: TimeDelta = TimeDelta::weeks(8);

/// A backup, as the rule sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// When it was taken, by the clock of then.
    pub at: DateTime<Utc>,
    /// How many entries of the ledger it holds: they only grow, whatever the clock says.
    pub entries: u64,
}

/// Which of these backups may go, as places in the list. The newest never goes.
///
/// One from the future was taken while the clock was wrong, or it is wrong now: it is counted apart, and goes once ten that
/// are not hold more of the ledger.
pub(super) fn may_go(taken: &[Taken], now: DateTime<Utc>) -> Vec<usize> {
    let (ahead, mut order): (Vec<usize>, Vec<usize>) =
        (0..taken.len()).partition(|place| is_from_future(taken[*place].at, now));
    let mut go: Vec<usize> = ahead
        .into_iter()
        .filter(|place| {
            let is_newer = |other: &&usize| taken[**other].entries > taken[*place].entries;
            order.iter().filter(is_newer).count() >= NEWEST
        })
        .collect();
    order.sort_by_key(|place| std::cmp::Reverse((taken[*place].at, *place)));
    let (mut days, mut weeks) = (HashSet::new(), HashSet::new());
    for (rank, place) in order.into_iter().enumerate() {
        let at = taken[place].at;
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

    /// Backups of a vault to which nothing was added meanwhile.
    fn kept(times: &[DateTime<Utc>], now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let taken: Vec<Taken> = times
            .iter()
            .map(|at| Taken {
                at: *at,
                entries: 7,
            })
            .collect();
        let go = may_go(&taken, now);
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
                // It takes nobody's place.
                10 + 1,
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
    fn one_from_the_future_goes_once_ten_newer_ones_are_there() {
        let now: DateTime<Utc> = "2026-11-30T12:00:00Z".parse().unwrap();
        let mut taken = vec![Taken {
            at: now + TimeDelta::days(400),
            entries: 50,
        }];
        // Those before it: by their times nobody can tell them from those after it.
        taken.extend((1..=20).map(|week| Taken {
            at: now - TimeDelta::days(7 * week),
            entries: 50 - u64::try_from(week).unwrap(),
        }));
        let goes = |taken: &[Taken], now| may_go(taken, now).contains(&0);
        assert!(!goes(&taken, now));
        for hour in 1..=10 {
            assert!(!goes(&taken, now + TimeDelta::hours(hour)), "{hour}");
            taken.push(Taken {
                at: now + TimeDelta::hours(hour),
                entries: 50 + u64::try_from(hour).unwrap(),
            });
        }
        assert!(goes(&taken, now + TimeDelta::hours(10)));
    }

    #[test]
    fn a_clock_that_was_set_back_makes_none_go() {
        let now: DateTime<Utc> = "2026-11-30T12:00:00Z".parse().unwrap();
        let mut taken: Vec<Taken> = (0..30)
            .map(|day| Taken {
                at: now - TimeDelta::days(day),
                entries: 100 - u64::try_from(day).unwrap(),
            })
            .collect();
        let stay = |taken: &[Taken], now| taken.len() - may_go(taken, now).len();
        let before = stay(&taken, now);
        // Ten days of work are in the future then, and one is taken by the wrong clock.
        let wrong = now - TimeDelta::days(10);
        taken.push(Taken {
            at: wrong,
            entries: 101,
        });
        let gone = may_go(&taken, wrong);
        assert!(
            gone.iter().all(|place| taken[*place].at < wrong),
            "{gone:?}"
        );
        assert!(taken.len() - gone.len() >= before);
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
