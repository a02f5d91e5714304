//! What only Placard's own code can measure: commits, key presses, sending. The test crate's program
//! `bench` does, and prints a row for each promise.

use std::process::Command;

use super::others::Others;
use super::table::Row;
use crate::desktop::Desktop;
use crate::error::{Error, Result};
use crate::step::Step;
use crate::{pictures, place, rust};

/// What is promised of commits and key presses; of searching, scrolling in two ways, opening, a person's page, the list that answers
/// a key, exporting and duplicates; of sending with a limit and without one; of importing, its memory, and the same by
/// two other tools.
const PROMISES: usize = 2 + 8 + 2 + 4;

/// What can be measured alone, as the measuring program calls it.
pub const PARTS: [&str; 4] = ["capturing", "records", "sending", "importing"];

/// Builds the measuring program and the driver that it needs.
pub fn build() -> Result<()> {
    let build = rust::cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "placard-tests",
        "--bin",
        "bench",
    ]);
    Step::new(
        "Building what measures (several minutes the first time)",
        build,
    )
    .run()?;
    pictures::driver().map(drop)
}

/// Runs it, against the released app: these parts, or all of them where none is named.
pub fn rows(desktop: &Desktop, others: &Others, parts: &[String]) -> Result<Vec<Row>> {
    let mut measure = Command::new(place::built("release", "bench"));
    measure.args(parts).current_dir(place::root());
    pictures::drive(&mut measure, desktop)?;
    others.show(&mut measure);
    measure.env("PLACARD_APP", place::built("release", "placard"));
    let output = Step::new("Measuring Placard's own code", measure)
        .aloud(|line| Row::read(line).is_none())
        .run()?;
    let rows: Vec<Row> = output.lines().filter_map(Row::read).collect();
    if parts.is_empty() && rows.len() < PROMISES {
        return Err(Error::Unsound(format!(
            "The measuring program printed {} rows; it is to print one for each of {PROMISES} promises.",
            rows.len()
        )));
    }
    Ok(rows)
}
