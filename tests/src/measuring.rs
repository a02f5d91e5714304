//! Promises about speed: measured, and told as the rows of a table.

pub mod committing;
pub mod exporting;
pub mod importing;
pub mod opening;
pub mod others;
pub mod pairing;
pub mod saving;
pub mod searching;
pub mod sending;
pub mod typing;

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use placard_core::campaign::{self, Campaign, Opened};
use placard_core::clock::SystemClock;
use placard_core::events::Events;
use tokio::runtime::Runtime;

use crate::campaign::PASSPHRASE;
use crate::waiting::OrStop;

/// As many people as the biggest team has.
pub const MILLION: u32 = 1_000_000;
/// A screen shows a new picture sixty times a second.
pub const FRAME: Duration = Duration::from_micros(16_667);

/// The campaign of a data folder, opened to be measured: nothing leaves it, and nothing writes beside.
#[must_use]
pub fn campaign(data: &Path, runtime: &Runtime) -> Campaign {
    let opened = campaign::unlock(data, &PASSPHRASE.into()).or_stop("opening the vault");
    started(opened, runtime)
}

/// The campaign of a vault that was just opened.
fn started(opened: Opened, runtime: &Runtime) -> Campaign {
    let campaign = Campaign::start(
        opened,
        runtime.handle(),
        Arc::new(SystemClock),
        Events::default(),
    )
    .or_stop("starting the campaign");
    // The sender would write beside what is measured.
    runtime.block_on(campaign.close());
    campaign
}

/// One promise, and how it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What was found, with its unit.
    pub measured: String,
    /// What is promised.
    pub promised: String,
    /// Whether the promise is kept.
    pub kept: bool,
}

impl fmt::Display for Row {
    /// As `cargo xtask bench` reads it: a line with tabs between.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = if self.kept { "yes" } else { "no" };
        write!(
            out,
            "{}\t{}\t{}\t{kept}",
            self.what, self.measured, self.promised
        )
    }
}

/// The time within which this share of the samples lies; nothing where there is no sample.
#[must_use]
pub fn within(share: f64, samples: &[Duration]) -> Option<Duration> {
    let mut sorted = samples.to_vec();
    sorted.sort();
    let place = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(place.checked_sub(1)?).copied()
}

/// "12.3 ms".
#[must_use]
pub fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_samples_lies_within_its_time() {
        let samples: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(within(0.99, &samples), Some(Duration::from_millis(198)));
        assert_eq!(within(0.5, &samples), Some(Duration::from_millis(100)));
        assert_eq!(within(1.0, &samples), Some(Duration::from_millis(200)));
        assert_eq!(
            within(0.99, &samples[..1]),
            Some(Duration::from_millis(200))
        );
        assert_eq!(within(0.99, &[]), None);
    }

    #[test]
    fn a_row_is_a_line_with_tabs_between() {
        let row = Row {
            what: "A capture".to_owned(),
            measured: milliseconds(Duration::from_micros(1_250)),
            promised: "at most 2 ms".to_owned(),
            kept: true,
        };
        assert_eq!(row.to_string(), "A capture\t1.2 ms\tat most 2 ms\tyes");
    }
}
