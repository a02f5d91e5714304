//! Bringing in a list of a million, beside bare inserts of the same people into the same encrypted schema; and the
//! memory that it takes.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::time::Duration;

use placard_core::campaign::Campaign;
use placard_core::campaign::measuring::write_list;
use tokio::runtime::Runtime;

use super::{MILLION as PEOPLE, Row, others};
use crate::waiting::OrStop;

/// Most memory above what it takes idle, in MiB.
const MOST: u64 = 200;

/// Measures both in closed campaigns of their own.
#[must_use]
pub fn rows(data: &Path, other: &Path) -> Vec<Row> {
    let list = data.join("list-to-measure.csv");
    let file = File::create(&list).or_stop("making a list");
    write_list(BufWriter::new(file), PEOPLE).or_stop("writing the list");
    let bare = with(other, |campaign| campaign.time_bare_people(PEOPLE));
    let (ours, above) = with(data, |campaign| {
        let idle = forget_the_peak();
        let ours = campaign.time_import(&list)?;
        Ok((
            ours,
            peak()
                .zip(idle)
                .map(|(peak, idle)| peak.saturating_sub(idle)),
        ))
    });
    let mut rows = told(ours, bare, above);
    rows.extend(others::rows(&list, ours));
    rows
}

fn with<T>(data: &Path, work: impl FnOnce(&Campaign) -> placard_core::Result<T>) -> T {
    let runtime = Runtime::new().or_stop("making a runtime");
    let campaign = super::campaign(data, &runtime);
    work(&campaign).or_stop("measuring")
}

/// The most memory that this process has had, in MiB, where the system tells.
fn peak() -> Option<u64> {
    told_by_system("VmHWM:")
}

/// Lets the system count the peak anew. Gives what is used now, in MiB.
fn forget_the_peak() -> Option<u64> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    told_by_system("VmRSS:")
}

fn told_by_system(what: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(what))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn told(ours: Duration, bare: Duration, above: Option<u64>) -> Vec<Row> {
    let (ours, bare) = (ours.as_secs_f64(), bare.as_secs_f64());
    let ratio = ours / bare;
    let mut rows = vec![Row {
        what: format!("A list of {PEOPLE} checked and brought in"),
        measured: format!("{ours:.1} s, the same rows bare {bare:.1} s: {ratio:.2} times"),
        promised: "at most 2 times".to_owned(),
        kept: ratio <= 2.0,
    }];
    rows.extend(above.map(|above| Row {
        what: "Memory for it, above idle".to_owned(),
        measured: format!("{above} MiB"),
        promised: format!("at most {MOST} MiB"),
        kept: above <= MOST,
    }));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promises_are_a_ratio_and_a_peak() {
        let seconds = Duration::from_secs;
        let kept = |rows: Vec<Row>| rows.iter().map(|row| row.kept).collect::<Vec<_>>();
        assert_eq!(
            kept(told(seconds(20), seconds(10), Some(200))),
            [true, true]
        );
        assert_eq!(
            kept(told(seconds(21), seconds(10), Some(201))),
            [false, false]
        );
        assert_eq!(kept(told(seconds(20), seconds(10), None)), [true]);
    }
}
