//! A capture's durable commit, beside what the database by itself takes for the same rows.

use std::path::Path;
use std::time::Duration;

use super::saving::PEOPLE;
use super::{Row, milliseconds, within};
use crate::waiting::OrStop;

/// Captures that warm the caches and are not counted.
const WARMING: u32 = 20;
/// As many as there are numbers for drama, one for each side of each pair.
const SAMPLES: u32 = 450;

/// What was measured.
pub struct Committing {
    /// The row of the table.
    pub row: Row,
    /// What a capture's commit takes, 99 times in a hundred.
    pub slow: Duration,
}

/// Measures it in the closed campaign of a data folder, where a whole town is already, one capture of each kind in turn, so that whatever
/// else the machine does falls on both.
#[must_use]
pub fn row(data: &Path) -> Committing {
    let runtime = tokio::runtime::Runtime::new().or_stop("making a runtime");
    let campaign = super::campaign(data, &runtime);
    let mut ours = Vec::new();
    let mut bare = Vec::new();
    for index in 0..WARMING + SAMPLES {
        let number = |place: u32| format!("+447700900{place:03}");
        let times = campaign.time_captures(&number(index), &number(999 - index));
        let (our, its) = times.or_stop("timing a capture");
        if index >= WARMING {
            ours.push(our);
            bare.push(its);
        }
    }
    told(&ours, &bare)
}

fn told(ours: &[Duration], bare: &[Duration]) -> Committing {
    let at = |share, samples| within(share, samples).unwrap_or(Duration::MAX);
    let (usual, its) = (at(0.5, ours), at(0.5, bare));
    let ratio = usual.as_secs_f64() / its.as_secs_f64();
    Committing {
        row: Row {
            what: format!("A capture's durable commit, {PEOPLE} people in the vault"),
            measured: format!(
                "{}, the same rows bare {}: {ratio:.2} times",
                milliseconds(usual),
                milliseconds(its)
            ),
            promised: "at most 1.5 times".to_owned(),
            kept: ratio <= 1.5,
        },
        slow: at(0.99, ours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promise_is_a_ratio_of_medians() {
        let times = |micros| vec![Duration::from_micros(micros); 100];
        assert!(told(&times(600), &times(400)).row.kept);
        assert!(!told(&times(601), &times(400)).row.kept);
        assert_eq!(
            told(&times(600), &times(400)).slow,
            Duration::from_micros(600)
        );
    }
}
