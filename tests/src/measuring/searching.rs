//! Finding people among a million: the first page of what is typically searched for, and the list far down.

use std::path::Path;
use std::time::{Duration, Instant};

use placard_core::campaign::Campaign;
use placard_core::storage::finding::{Consent, Filter, Order, Question, Sort};
use tokio::runtime::Runtime;

use super::{FRAME, MILLION as PEOPLE, Row, milliseconds, within};
use crate::waiting::OrStop;

/// What is typically typed, letter by letter and whole, with and without a fault.
pub(super) const TYPED: [&str; 20] = [
    "a",
    "s",
    "mo",
    "kha",
    "smith",
    "amina khan",
    "khan ami",
    "sian",
    "lukasz wojcik",
    "nguyen",
    "o'brien",
    "olivia smith",
    "ashford",
    "ashfrod",
    "mohamed khan",
    "0123",
    "555 0142",
    "212",
    "SW9 8JX",
    "olivia.smith12",
];
/// How often each is asked while it is at hand.
const ROUNDS: usize = 10;
/// Rows of a page, as the window asks for them.
pub(super) const PAGE: u32 = 50;
/// Where in the list.
const DEEP: [u32; 6] = [100_000, 300_000, 499_000, 700_000, 900_000, PEOPLE - PAGE];
/// Orders that have no index of how many are before a place.
const SORTS: [Sort; 3] = [Sort::Name, Sort::Mobile, Sort::Email];
/// What feels like at once.
const AT_ONCE: Duration = Duration::from_millis(100);
/// What is promised of a search.
const PROMISED: Duration = Duration::from_millis(5);

/// The rows, measured in the closed campaign of a data folder, where a million people are.
#[must_use]
pub fn rows(data: &Path) -> [Row; 3] {
    let runtime = Runtime::new().or_stop("making a runtime");
    let mut cold = Vec::new();
    let mut warm = Vec::new();
    for typed in TYPED {
        // A campaign that was just opened has nothing at hand.
        let campaign = super::campaign(data, &runtime);
        cold.extend(search(&campaign, typed));
        for _ in 0..ROUNDS {
            warm.extend(search(&campaign, typed));
        }
    }
    let campaign = super::campaign(data, &runtime);
    let as_they_came = DEEP.map(|offset| scroll(&campaign, Sort::CapturedAt, offset));
    let others: Vec<_> = SORTS
        .into_iter()
        .flat_map(|by| DEEP.map(|offset| scroll(&campaign, by, offset)))
        .collect();
    [
        searched(&cold, &warm),
        scrolled("as they came", &as_they_came, FRAME),
        scrolled("by name, mobile or email", &others, AT_ONCE),
    ]
}

/// A page far down the list, in an order.
fn scroll(campaign: &Campaign, by: Sort, offset: u32) -> Duration {
    let question = Question {
        sort: Order {
            by,
            ..Order::default()
        },
        ..Question::default()
    };
    let started = Instant::now();
    let page = campaign.people(&question, offset, PAGE);
    assert_eq!(page.or_stop("scrolling").rows.len(), PAGE as usize);
    let took = started.elapsed();
    aloud(|| format!("{by:?} at {offset}: {}", milliseconds(took)));
    took
}

/// What was measured, one by one, for whoever looks for where the time goes.
pub(super) fn aloud(words: impl FnOnce() -> String) {
    if std::env::var_os("PLACARD_BENCH_ALOUD").is_some() {
        eprintln!("{}", words());
    }
}

/// The first page of everybody whom it finds, and of those of them who agree.
fn search(campaign: &Campaign, typed: &str) -> [Duration; 2] {
    let agree = Filter {
        consent: Some(Consent::Agrees),
        ..Filter::default()
    };
    [Filter::default(), agree].map(|filter| {
        let question = Question {
            search: typed.to_owned(),
            filter,
            ..Question::default()
        };
        let started = Instant::now();
        let page = campaign.people(&question, 0, PAGE).or_stop("searching");
        let took = started.elapsed();
        aloud(|| {
            let (rows, total) = (page.rows.len(), page.total);
            format!("{typed}: {rows} of {total}, {}", milliseconds(took))
        });
        took
    })
}

fn searched(cold: &[Duration], warm: &[Duration]) -> Row {
    let all = [cold, warm].concat();
    let at = |share, samples: &[Duration]| within(share, samples).unwrap_or(Duration::MAX);
    let slow = at(0.99, &all);
    Row {
        what: format!(
            "Searching {PEOPLE} people, {} typical searches with and without a filter, in core",
            TYPED.len()
        ),
        measured: format!(
            "{} at p99, {} at p50; just opened {} at most",
            milliseconds(slow),
            milliseconds(at(0.5, &all)),
            milliseconds(at(1.0, cold))
        ),
        promised: format!("at p99 at most {}", milliseconds(PROMISED)),
        kept: slow <= PROMISED,
    }
}

fn scrolled(order: &str, deep: &[Duration], promised: Duration) -> Row {
    let slow = within(1.0, deep).unwrap_or(Duration::MAX);
    Row {
        what: format!("A page anywhere in the list of {PEOPLE} people, {order}, in core"),
        measured: format!("{} at most", milliseconds(slow)),
        promised: format!("at most {}", milliseconds(promised)),
        kept: slow <= promised,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_search_in_a_hundred_is_let_pass_and_two_are_not() {
        let quick = vec![Duration::from_millis(4); 99];
        let slow = |times| vec![Duration::from_millis(9); times];
        assert!(searched(&slow(1), &quick).kept);
        assert!(!searched(&slow(2), &quick).kept);
        assert!(!scrolled("as they came", &[Duration::from_millis(17)], FRAME).kept);
    }
}
