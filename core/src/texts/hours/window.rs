//! May a text come out on a phone now, and until when, or from when?

use chrono::{DateTime, Datelike, MappedLocalTime, NaiveDate, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::states::{StateRule, rule_of};
use super::{HOUR, Hours, Minute, holidays};
use crate::people::zones::{Whereabouts, family, same_clock, zones_of_state};

/// How far ahead an opening is looked for.
const AHEAD: TimeDelta = TimeDelta::days(14);
/// When to ask again where no hour is right everywhere.
const ASK_AGAIN: TimeDelta = TimeDelta::days(1);

/// Whether a text may go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// It may.
    Open {
        /// The first moment at which it may not any more. What is handed to a gateway is valid no longer.
        until: DateTime<Utc>,
    },
    /// It has to wait.
    Closed {
        /// The first moment at which it may go; with [`ClosedWhy::NoSharedHour`] only when to ask again.
        until: DateTime<Utc>,
        /// The zone that opens last: "waits for 9am in Phoenix".
        zone: Tz,
        /// Why it may not go now.
        why: ClosedWhy,
    },
}

/// Why a text has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedWhy {
    /// Before the day's hours.
    TooEarly,
    /// After the day's hours.
    TooLate,
    /// The campaign or a state sends nothing on Sundays.
    Sunday,
    /// The campaign or a state sends nothing on holidays.
    Holiday,
    /// The places where the person may be never have an open hour in common.
    NoSharedHour,
}

/// Whether a text may go to someone now: only if it may in every zone where they may be, by the campaign's
/// hours, the law of both countries (47 CFR 64.1200(c)(1)) and the rule of every state that it may be. The
/// countries are ISO 3166 alpha-2; holidays are those of the recipient's.
#[must_use]
pub fn window(
    now: DateTime<Utc>,
    at: &Whereabouts,
    hours: &Hours,
    campaign_country: &str,
    recipient_country: &str,
) -> Window {
    let country = family(recipient_country);
    let hours = within_law(*hours, campaign_country, country);
    let places: Vec<Place> = at
        .zones
        .iter()
        .map(|zone| Place::new(*zone, at, hours, country))
        .collect();
    match shared_opening(now, &places) {
        Some(Opening { from, to, .. }) if from <= now => Window::Open { until: to },
        Some(Opening { from, last, .. }) => Window::Closed {
            until: from,
            zone: last,
            why: why_closed(now, &places, last).1,
        },
        None => Window::Closed {
            until: now + ASK_AGAIN,
            zone: why_closed(now, &places, Tz::UTC).0,
            why: ClosedWhy::NoSharedHour,
        },
    }
}

fn within_law(hours: Hours, campaign: &str, recipient: &str) -> Hours {
    let (ours, theirs) = (Hours::legal(campaign), Hours::legal(recipient));
    Hours {
        from: hours.from.max(ours.0).max(theirs.0),
        to: hours.to.min(ours.1).min(theirs.1),
        ..hours
    }
}

/// A time in which every place is open.
struct Opening {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// The zone that opens last.
    last: Tz,
}

/// The first opening that all places share and that is not over.
fn shared_opening(now: DateTime<Utc>, places: &[Place]) -> Option<Opening> {
    let end = now + AHEAD;
    let mut last = places.first()?.zone;
    let mut from = now;
    let mut spans = vec![None; places.len()];
    loop {
        let mut settled = true;
        for (place, span) in places.iter().zip(&mut spans) {
            let (start, to) = match *span {
                Some((start, to)) if to > from => (start, to),
                _ => place.opening_from(from, end)?,
            };
            *span = Some((start, to));
            if start > from {
                (from, last, settled) = (start, place.zone, false);
            }
        }
        if from > end {
            return None;
        }
        if settled {
            let to = spans.iter().flatten().map(|(_, to)| *to).min()?;
            return Some(Opening { from, to, last });
        }
    }
}

/// The zone that is to blame for not sending now, and why: the given one if it is closed, else another.
fn why_closed(now: DateTime<Utc>, places: &[Place], rather: Tz) -> (Tz, ClosedWhy) {
    let closed = |place: &Place| Some((place.zone, place.closed_why(now)?));
    places
        .iter()
        .filter(|place| place.zone == rather)
        .find_map(closed)
        .or_else(|| places.iter().find_map(closed))
        .unwrap_or((
            places.first().map_or(rather, |place| place.zone),
            ClosedWhy::NoSharedHour,
        ))
}

/// A zone and what is kept in it.
struct Place<'a> {
    zone: Tz,
    hours: Hours,
    country: &'a str,
    rules: Vec<&'static StateRule>,
}

impl<'a> Place<'a> {
    /// A state's rule is kept in its own zones, and everywhere if none of them is among the candidates.
    fn new(zone: Tz, at: &Whereabouts, hours: Hours, country: &'a str) -> Self {
        let has = |state: &str, zone: Tz| {
            zones_of_state(state)
                .iter()
                .any(|own| same_clock(*own, zone))
        };
        let rules = at
            .states
            .iter()
            .filter_map(|state| rule_of(state))
            .filter(|rule| {
                has(rule.state, zone) || !at.zones.iter().any(|other| has(rule.state, *other))
            })
            .collect();
        Self {
            zone,
            hours,
            country,
            rules,
        }
    }

    /// The hours of a local day.
    fn hours_on(&self, day: NaiveDate) -> Result<(Minute, Minute), ClosedWhy> {
        if self.keeps_holiday(day) {
            return Err(ClosedWhy::Holiday);
        }
        let weekday = day.weekday();
        if weekday == Weekday::Sun && !self.hours.sundays {
            return Err(ClosedWhy::Sunday);
        }
        let (mut from, mut to) = (self.hours.from, self.hours.to);
        for rule in &self.rules {
            let (earliest, latest) = match weekday {
                Weekday::Sun => rule.sunday.ok_or(ClosedWhy::Sunday)?,
                Weekday::Sat => rule.saturday,
                _ => rule.weekdays,
            };
            from = from.max(earliest);
            to = to.min(latest);
        }
        // A state's hours can leave nothing of the campaign's on one day, and something on another.
        if from < to {
            Ok((from, to))
        } else if weekday == Weekday::Sun {
            Err(ClosedWhy::Sunday)
        } else if self.hours.to <= from {
            Err(ClosedWhy::TooEarly)
        } else {
            Err(ClosedWhy::TooLate)
        }
    }

    fn keeps_holiday(&self, day: NaiveDate) -> bool {
        (!self.hours.holidays && holidays::of_country(self.country, day))
            || self.rules.iter().any(|rule| {
                !rule.holidays && (holidays::federal(day) || holidays::of_state(rule.state, day))
            })
    }

    /// The first opening that is not over at `from`, if it begins by `end`.
    fn opening_from(
        &self,
        from: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let mut day = from.with_timezone(&self.zone).date_naive();
        let last = end.with_timezone(&self.zone).date_naive();
        while day <= last {
            if let Ok((first, over)) = self.hours_on(day) {
                let (start, to) = (self.begins(day, first)?, self.ends(day, over)?);
                if to > from && start < to {
                    return Some((start, to));
                }
            }
            day = day.succ_opt()?;
        }
        None
    }

    /// The later of two moments at which the clock shows that minute; if it shows it never, when it is past.
    fn begins(&self, day: NaiveDate, minute: Minute) -> Option<DateTime<Utc>> {
        self.shown(day, minute, 1, |_, second| second)
    }

    /// The earlier of two moments at which the clock shows that minute; if it shows it never, before.
    fn ends(&self, day: NaiveDate, minute: Minute) -> Option<DateTime<Utc>> {
        self.shown(day, minute, -1, |first, _| first)
    }

    fn shown(
        &self,
        day: NaiveDate,
        minute: Minute,
        step: i64,
        which: fn(DateTime<Tz>, DateTime<Tz>) -> DateTime<Tz>,
    ) -> Option<DateTime<Utc>> {
        let midnight = day.and_hms_opt(0, 0, 0)?;
        // No clock has ever skipped more than a day.
        (0..=i64::from(24 * HOUR)).find_map(|skipped| {
            let local = midnight + TimeDelta::minutes(i64::from(minute) + step * skipped);
            match self.zone.from_local_datetime(&local) {
                MappedLocalTime::Single(moment) => Some(moment.to_utc()),
                MappedLocalTime::Ambiguous(a, b) => Some(which(a.min(b), a.max(b)).to_utc()),
                MappedLocalTime::None => None,
            }
        })
    }

    /// `None` while it is open.
    fn closed_why(&self, now: DateTime<Utc>) -> Option<ClosedWhy> {
        let local = now.with_timezone(&self.zone);
        let day = local.date_naive();
        let (first, over) = match self.hours_on(day) {
            Ok(hours) => hours,
            Err(why) => return Some(why),
        };
        if self.begins(day, first).is_none_or(|start| now < start) {
            Some(ClosedWhy::TooEarly)
        } else if self.ends(day, over).is_none_or(|to| now >= to) {
            Some(ClosedWhy::TooLate)
        } else {
            None
        }
    }
}
