//! Other tools that load the same list, which neither check nor encrypt it: `sqlite-utils` and PouchDB.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Row;
use crate::waiting::OrStop;

/// Loads a list into PouchDB.
const LOAD: &str = include_str!("pouchdb.cjs");

/// A row for each of them, beside the time that we took for the same list. `cargo xtask bench` says where they are.
#[must_use]
pub fn rows(list: &Path, ours: Duration) -> Vec<Row> {
    let sqlite_utils = place("PLACARD_BENCH_SQLITE_UTILS").map(|program| {
        let took = time(|folder| {
            let mut load = Command::new(program);
            load.arg("insert").arg(folder.join("people.db"));
            load.arg("people").arg(list).arg("--csv");
            load
        });
        told("sqlite-utils", ours, took)
    });
    let pouchdb = place("PLACARD_BENCH_POUCHDB").map(|package| {
        let took = time(|folder| {
            let mut load = Command::new("node");
            load.args(["-e", LOAD]).arg(list).arg(folder.join("people"));
            load.current_dir(package);
            load
        });
        told("PouchDB", ours, took)
    });
    sqlite_utils.into_iter().chain(pouchdb).collect()
}

fn place(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from)
}

/// How long a program takes that gets a folder to load the list into.
fn time(load: impl FnOnce(&Path) -> Command) -> Duration {
    let folder = tempfile::tempdir().or_stop("making a folder");
    let mut load = load(folder.path());
    load.stdout(Stdio::null());
    let started = Instant::now();
    let status = load.status().or_stop("starting another tool");
    let took = started.elapsed();
    assert!(status.success(), "{load:?} could not load the list");
    took
}

fn told(name: &str, ours: Duration, its: Duration) -> Row {
    let (ours, its) = (ours.as_secs_f64(), its.as_secs_f64());
    Row {
        what: format!("The same list loaded by {name}, not checked and not encrypted"),
        measured: format!("{its:.1} s, ours {ours:.1} s: {:.2} times", ours / its),
        promised: "ours is faster".to_owned(),
        kept: ours < its,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_fast_is_not_faster() {
        let seconds = Duration::from_secs;
        assert!(told("a tool", seconds(4), seconds(5)).kept);
        assert!(!told("a tool", seconds(5), seconds(5)).kept);
    }
}
