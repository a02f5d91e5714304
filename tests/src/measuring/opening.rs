//! A vault of a million is opened, and somebody's page in it.

use std::path::Path;
use std::time::{Duration, Instant};

use placard_core::campaign::measuring::unlock;
use placard_core::storage::finding::Question;
use tokio::runtime::Runtime;

use super::{FRAME, MILLION as PEOPLE, Row, milliseconds, within};
use crate::campaign::PASSPHRASE;
use crate::waiting::OrStop;

/// How often the vault is opened.
const OPENINGS: usize = 5;
/// Whose pages are opened: every so manieth of the list, from its newest on.
const STEP: u32 = 9_973;
/// What is promised of an opening.
const PROMISED: Duration = Duration::from_millis(300);

/// Both rows, measured in the closed campaign of a data folder, where a million people are.
#[must_use]
pub fn rows(data: &Path) -> [Row; 2] {
    let runtime = Runtime::new().or_stop("making a runtime");
    let mut openings = Vec::new();
    let mut pages = Vec::new();
    for _ in 0..OPENINGS {
        let (opened, until_open) = unlock(data, &PASSPHRASE.into()).or_stop("opening the vault");
        let started = Instant::now();
        let campaign = super::started(opened, &runtime);
        let first = campaign.people(&Question::default(), 0, 1);
        first.or_stop("reading the first of them");
        openings.push(until_open + started.elapsed());
        for offset in (0..PEOPLE).step_by(STEP as usize) {
            let people = campaign.people(&Question::default(), offset, 1);
            let people = people.or_stop("finding somebody");
            let person = people.rows.first().or_stop("finding somebody").id;
            let started = Instant::now();
            campaign.person(person).or_stop("reading their page");
            pages.push(started.elapsed());
        }
    }
    [opened(&openings), shown(&pages)]
}

fn opened(openings: &[Duration]) -> Row {
    let slow = within(1.0, openings).unwrap_or(Duration::MAX);
    Row {
        what: format!("Opening a vault of {PEOPLE} people, after the passphrase"),
        measured: format!("{} at most, of {OPENINGS} times", milliseconds(slow)),
        promised: format!("at most {}", milliseconds(PROMISED)),
        kept: slow <= PROMISED,
    }
}

fn shown(pages: &[Duration]) -> Row {
    let at = |share| within(share, pages).unwrap_or(Duration::MAX);
    let slow = at(0.99);
    Row {
        what: "A person's page, in core".to_owned(),
        measured: format!(
            "{} at p99, {} at p50",
            milliseconds(slow),
            milliseconds(at(0.5))
        ),
        promised: format!("at p99 a 60 Hz frame: {}", milliseconds(FRAME)),
        kept: slow <= FRAME,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_opening_breaks_the_promise_and_so_do_two_slow_pages_in_a_hundred() {
        let times = |milliseconds, times| vec![Duration::from_millis(milliseconds); times];
        assert!(opened(&times(300, 5)).kept);
        assert!(!opened(&[times(20, 4), times(301, 1)].concat()).kept);
        assert!(shown(&[times(5, 99), times(40, 1)].concat()).kept);
        assert!(!shown(&[times(5, 98), times(40, 2)].concat()).kept);
        assert!(!opened(&[]).kept && !shown(&[]).kept);
    }
}
