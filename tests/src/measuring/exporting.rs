//! A million people written into a list, beside `sqlite3 -csv` writing the same list from a plain database.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use placard_core::exchange::writing::Format;
use placard_core::progress::Watch;
use placard_core::storage::exporting::Who;
use tokio::runtime::Runtime;

use super::{MILLION as PEOPLE, Row};
use crate::waiting::OrStop;

/// Measures it in the closed campaign of a data folder, where a million people are.
#[must_use]
pub fn row(data: &Path) -> Row {
    let runtime = Runtime::new().or_stop("making a runtime");
    let campaign = super::campaign(data, &runtime);
    let folder = tempfile::tempdir().or_stop("making a folder");
    let (tell, stop) = (|_, _| {}, AtomicBool::new(false));
    let watch = Watch::new(&tell, &stop);
    let started = Instant::now();
    let exported = campaign.export_people(&Who::Everyone, Format::Csv, folder.path(), &watch);
    let list = exported.or_stop("exporting");
    let ours = started.elapsed();
    assert_eq!(list.count, u64::from(PEOPLE));
    told(ours, sqlite3(&list.path, folder.path()))
}

/// How long `sqlite3 -csv` takes to write what is in such a list.
fn sqlite3(list: &Path, folder: &Path) -> Duration {
    let database = folder.join("plain.db");
    let import = format!(".import --csv \"{}\" people", list.display());
    run(sqlite3_on(&database).arg(import));
    let written = folder.join("written.csv");
    let file = File::create(&written).or_stop("making a list");
    let started = Instant::now();
    run(sqlite3_on(&database)
        .args(["-csv", "-header", "SELECT * FROM people"])
        .stdout(Stdio::from(file)));
    let took = started.elapsed();
    let size = |file: &Path| file.metadata().or_stop("looking at a list").len();
    // Quotes and line ends aside, both wrote the same.
    assert!(size(&written) > size(list) * 9 / 10, "sqlite3 wrote less");
    took
}

fn sqlite3_on(database: &Path) -> Command {
    let mut command = Command::new("sqlite3");
    command.arg(database);
    command
}

fn run(command: &mut Command) {
    let status = command.status().or_stop("starting sqlite3");
    assert!(status.success(), "sqlite3 said no");
}

fn told(ours: Duration, its: Duration) -> Row {
    let (ours, its) = (ours.as_secs_f64(), its.as_secs_f64());
    let ratio = ours / its;
    Row {
        what: format!("A list of {PEOPLE} people exported"),
        measured: format!("{ours:.1} s, sqlite3 -csv {its:.1} s: {ratio:.2} times"),
        promised: "at most 2 times".to_owned(),
        kept: ratio <= 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_as_long_is_promised_and_no_longer() {
        let seconds = Duration::from_secs;
        assert!(told(seconds(8), seconds(4)).kept);
        assert!(!told(seconds(9), seconds(4)).kept);
    }
}
