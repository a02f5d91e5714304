//! Placard's window beside a bare one: the same Tauri, the same page engine, one sentence on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::memory;
use super::table::Row;
use crate::desktop::{self, Desktop};
use crate::error::{Error, Result};
use crate::progress::{Ended, Progress};
use crate::step::Step;
use crate::{place, rust};

/// Starts of each window; the first of each warms the caches and is thrown away.
const STARTS: usize = 16;
/// Chooses how WebKit draws.
const DRAWING: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// Time for one window to be drawn.
const PATIENCE: Duration = Duration::from_secs(60);
/// Time after which a window that is at rest has settled too, and its memory is read.
const SETTLED: Duration = Duration::from_secs(1);

/// Start and memory, each as a ratio. The two windows take turns, and each start is compared with the
/// one beside it: whatever else the machine does falls on both.
pub fn rows(desktop: &Desktop, placard: &Path, bare: &Path) -> Result<Vec<Row>> {
    let placard = Window {
        program: placard,
        laptop: laptop("placard")?,
        variables: &[],
    };
    let bare = Window {
        program: bare,
        laptop: laptop("bare")?,
        // Placard sets this itself: the bare window is to be drawn in the same way.
        variables: &[(DRAWING, "1")],
    };
    let mut starts = Vec::new();
    let mut memory = Vec::new();
    let mut progress = Progress::new(format!("Starting each window {STARTS} times"));
    for round in 0..STARTS {
        progress.hear(&format!("{round} of {STARTS}"));
        let mut one = |window| {
            progress.tick();
            one_start(desktop, window)
        };
        let (ours, theirs) = if round % 2 == 0 {
            let ours = one(&placard)?;
            (ours, one(&bare)?)
        } else {
            let theirs = one(&bare)?;
            (one(&placard)?, theirs)
        };
        if round > 0 {
            starts.push((ours.start, theirs.start));
            memory.push((ours.memory, theirs.memory));
        }
    }
    progress.done(Ended::Well);
    Ok(vec![
        row("Start to the first usable screen", "ms", &starts, 1.3),
        row(
            "Memory of the whole process tree (PSS)",
            "MiB",
            &memory,
            1.25,
        ),
    ])
}

/// One of the two.
struct Window<'a> {
    program: &'a Path,
    /// Where it keeps what it writes.
    laptop: PathBuf,
    variables: &'a [(&'a str, &'a str)],
}

/// One start of one window.
struct Start {
    /// Milliseconds until the first screen is as it then stays.
    start: f64,
    /// MiB once it has settled.
    memory: f64,
}

/// A new folder for what a program writes: nothing at first, and its caches from its first start on.
fn laptop(name: &str) -> Result<PathBuf> {
    let folder = place::target().join("bench").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Error::file(&folder))?;
    }
    Ok(folder)
}

/// A row from pairs of ours and the bare window's.
fn row(what: &str, unit: &str, pairs: &[(f64, f64)], most: f64) -> Row {
    let ours = median(pairs.iter().map(|pair| pair.0).collect());
    let bare = median(pairs.iter().map(|pair| pair.1).collect());
    let ratio = median(pairs.iter().map(|pair| pair.0 / pair.1).collect());
    Row {
        what: what.to_owned(),
        measured: format!("{ours:.0} {unit}, bare window {bare:.0} {unit}: {ratio:.2} times"),
        promised: format!("at most {most} times"),
        kept: ratio <= most,
    }
}

/// Starts the program where no campaign was ever set up, and ends it once it has settled.
fn one_start(desktop: &Desktop, window: &Window) -> Result<Start> {
    let program = window.program;
    let mut command = Command::new(program);
    command
        .env_remove(DRAWING)
        .envs(window.variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    desktop.show(&mut command);
    desktop::keep_apart(&mut command, &window.laptop)?;
    let started = Instant::now();
    let app = command.spawn().map_err(|source| Error::NotStarted {
        program: program.display().to_string(),
        source,
    })?;
    let mut app = Running(app);
    let Some(drawn) = desktop.wait_until_at_rest(&mut app.0, PATIENCE)? else {
        return Err(Error::Unsound(format!(
            "{} drew nothing that stayed.",
            program.display()
        )));
    };
    let start = drawn.duration_since(started).as_secs_f64() * 1e3;
    thread::sleep(SETTLED);
    let kibibytes = u32::try_from(memory::of_tree(app.0.id())).unwrap_or(u32::MAX);
    app.end();
    if !desktop.wait_until_empty(PATIENCE)? {
        return Err(Error::Unsound(
            "A window stayed after its program ended.".to_owned(),
        ));
    }
    Ok(Start {
        start,
        memory: f64::from(kibibytes) / 1024.0,
    })
}

/// A program that is ended whatever happens to the measurement.
struct Running(Child);

impl Running {
    fn end(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Builds the bare window with the very versions and the profile that Placard is built with.
pub fn build_bare() -> Result<PathBuf> {
    let folder = place::root().join("xtask/bare-window");
    let lock = folder.join("Cargo.lock");
    fs::copy(place::root().join("Cargo.lock"), &lock).map_err(Error::file(&lock))?;
    let mut build = rust::cargo(&["build", "--release", "--manifest-path"]);
    build
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(place::target());
    Step::new(
        "Building a bare window to compare with (minutes the first time)",
        build,
    )
    .run()?;
    Ok(place::built("release", "bare-window"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let upper = values.get(values.len() / 2);
    let lower = values.get(values.len().saturating_sub(1) / 2);
    match (lower, upper) {
        (Some(lower), Some(upper)) => f64::midpoint(*lower, *upper),
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(vec![9.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(vec![4.0, 1.0, 2.0, 9.0]) - 3.0).abs() < 1e-9);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_promise_is_a_ratio_of_neighbours() {
        // The machine was busy with something else during the second pair.
        let pairs = [(260.0, 200.0), (900.0, 700.0), (270.0, 200.0)];
        let kept = row("Start", "ms", &pairs, 1.3);
        assert_eq!(kept.measured, "270 ms, bare window 200 ms: 1.30 times");
        assert!(kept.kept);
        assert!(!row("Start", "ms", &[(261.0, 200.0)], 1.3).kept);
    }

    #[test]
    fn what_was_not_measured_is_not_kept() {
        assert!(!row("Start", "ms", &[], 1.3).kept);
    }
}
