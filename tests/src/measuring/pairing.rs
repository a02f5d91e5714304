//! Everybody of a million compared with everybody who may be the same.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use placard_core::progress::Watch;
use tokio::runtime::Runtime;

use super::{MILLION as PEOPLE, Row};
use crate::waiting::OrStop;

/// What is promised, on two cores.
const PROMISED: Duration = Duration::from_secs(60);

/// Measures it in the closed campaign of a data folder, where a million people are.
#[must_use]
pub fn row(data: &Path) -> Row {
    let runtime = Runtime::new().or_stop("making a runtime");
    let campaign = super::campaign(data, &runtime);
    let (tell, stop) = (|_, _| {}, AtomicBool::new(false));
    let started = Instant::now();
    let looked = campaign.look_for_duplicates(&Watch::new(&tell, &stop));
    looked.or_stop("looking for duplicates");
    let took = started.elapsed();
    let found = campaign.duplicates(0, 1).or_stop("reading them").total;
    told(took, found)
}

fn told(took: Duration, found: u32) -> Row {
    Row {
        what: format!("Duplicates found among {PEOPLE} people"),
        measured: format!("{:.1} s, {found} pairs", took.as_secs_f64()),
        promised: format!("at most {} s", PROMISED.as_secs()),
        kept: took <= PROMISED && found > 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_finds_none_was_not_quick() {
        let seconds = Duration::from_secs;
        assert!(told(seconds(60), 1).kept);
        assert!(!told(seconds(61), 1).kept);
        assert!(!told(seconds(1), 0).kept);
    }
}
