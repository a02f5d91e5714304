//! What only Placard's own code can measure: commits, key presses, sending. The test crate's program
//! `bench` does, and prints a row for each promise.

use std::process::Command;

use super::table::Row;
use crate::desktop::Desktop;
use crate::error::{Error, Result};
use crate::step::Step;
use crate::{pictures, place, rust};

/// What is promised of commits, key presses, searching and scrolling, and sending with a limit and without one.
const PROMISES: usize = 6;

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

/// Runs it, against the released app.
pub fn rows(desktop: &Desktop) -> Result<Vec<Row>> {
    let mut measure = Command::new(place::built("release", "bench"));
    measure.current_dir(place::root());
    pictures::drive(&mut measure, desktop)?;
    measure.env("PLACARD_APP", place::built("release", "placard"));
    let output = Step::new("Measuring commits, key presses and sending", measure)
        .aloud(|line| Row::read(line).is_none())
        .run()?;
    let rows: Vec<Row> = output.lines().filter_map(Row::read).collect();
    if rows.len() < PROMISES {
        return Err(Error::Unsound(format!(
            "The measuring program printed {} rows; it is to print one for each of {PROMISES} promises.",
            rows.len()
        )));
    }
    Ok(rows)
}
