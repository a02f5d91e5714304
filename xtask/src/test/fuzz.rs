//! Fuzzing of everything that comes from outside: the targets in tests/fuzz, each with its limits.
//!
//! The short run tries as many inputs on every machine, beginning with the same number, so that it ends as it ended
//! before. The long one goes on from what earlier long ones found. Whatever is found is kept under target/.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::summary::Verdict;
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::place;
use crate::rust;
use crate::step::{Finished, Step};

/// The version that the targets are written for.
const FUZZ: (&str, &str) = ("cargo-fuzz", "0.13.2");
/// They are a workspace of their own, which the build of the app does not know.
pub const FORMAT: &[&str] = &["fmt", "--manifest-path", MANIFEST, "--check"];
/// What they are made of, from the top of the checkout.
pub const MANIFEST: &str = "tests/fuzz/Cargo.toml";
/// The most memory that a target may take in all, in megabytes. What Placard itself holds at a time has a limit of
/// its own, in tests/fuzz/src/lib.rs.
const MOST_MEMORY: u32 = 512;
/// The longest that one input may take, in seconds, on a machine that does other things too.
const LONGEST_TIME: u32 = 10;

/// Something that is read from outside.
struct Target {
    name: &'static str,
    /// What it is called in the summary.
    title: &'static str,
    /// How many inputs the short run tries.
    runs: u32,
    /// The longest input, in bytes.
    longest: u32,
}

const TARGETS: [Target; 5] = [
    Target {
        name: "csv",
        title: "lists of delimited text",
        runs: 3_000,
        longest: 4_096,
    },
    Target {
        name: "excel",
        title: "workbooks",
        runs: 5_000,
        longest: 16_384,
    },
    Target {
        name: "handed",
        title: "files that are handed over",
        runs: 4_000,
        longest: 16_384,
    },
    Target {
        name: "backup",
        title: "backups",
        runs: 6_000,
        longest: 4_096,
    },
    Target {
        name: "osdi",
        title: "answers of an OSDI server",
        runs: 80_000,
        longest: 4_096,
    },
];

/// Shows every target bytes that mean harm: so many, or for so many minutes altogether.
pub fn fuzz(minutes: Option<u32>) -> Result<Verdict> {
    if !cfg!(target_os = "linux") {
        return Ok(Verdict::NotChecked(
            "the targets are built for Linux alone".to_owned(),
        ));
    }
    let tool = rust::tool(FUZZ.0, FUZZ.1)?;
    Step::new(
        "Building the fuzz targets (minutes the first time)",
        build(&tool),
    )
    .run()?;
    let mut findings = Vec::new();
    for target in &TARGETS {
        if let Some(finding) = run(target, minutes)? {
            println!("  {finding}");
            findings.push(target.name);
        }
    }
    if !findings.is_empty() {
        return Ok(Verdict::Failed(
            Tally::default(),
            format!("found: {}", findings.join(", ")),
        ));
    }
    let inputs: u32 = TARGETS.iter().map(|target| target.runs).sum();
    let said = match minutes {
        None => format!("{inputs} inputs"),
        Some(minutes) => format!("{minutes} min"),
    };
    Ok(Verdict::Passed(Tally::default(), said))
}

/// The build. Without a sanitizer: Placard has no unsafe code for one to look into, and what the limits to memory
/// count is Placard's own. Without `--cfg fuzzing`, at which some crates check less than they do in the app.
fn build(tool: &Path) -> Command {
    let mut build = Command::new(tool);
    build
        .args([
            "fuzz",
            "build",
            "--release",
            "--sanitizer=none",
            "--no-cfg-fuzzing",
        ])
        .args(["--codegen-units=16", "--target", &triple()])
        .arg("--fuzz-dir")
        .arg(folder())
        .arg("--target-dir")
        .arg(built())
        .current_dir(place::root());
    rust::without_our_own(&mut build);
    build
}

/// Runs a target. Gives what it found, and how to run that again.
fn run(target: &Target, minutes: Option<u32>) -> Result<Option<String>> {
    let kept = built()
        .join(if minutes.is_some() { "found" } else { "short" })
        .join(target.name);
    let (failed, apart) = (built().join("failed"), built().join("apart"));
    if minutes.is_none() {
        // What an earlier run wrote down would make this another run.
        empty(&kept)?;
    }
    empty(&apart)?;
    for folder in [&kept, &failed] {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    let program = built().join(triple()).join("release").join(target.name);
    let mut command = Command::new(&program);
    command
        .arg(&kept)
        .arg(folder().join("corpus").join(target.name))
        .arg(format!(
            "-dict={}",
            folder()
                .join(format!("dictionaries/{}.dict", target.name))
                .display()
        ))
        .arg(format!(
            "-artifact_prefix={}/{}-",
            failed.display(),
            target.name
        ))
        .arg(format!("-max_len={}", target.longest))
        .arg(format!("-rss_limit_mb={MOST_MEMORY}"))
        .arg(format!("-timeout={LONGEST_TIME}"))
        .arg("-print_final_stats=1")
        .current_dir(place::root())
        .env("TMPDIR", &apart);
    match minutes {
        None => command.args(["-seed=1", &format!("-runs={}", target.runs)]),
        Some(minutes) => command.arg(format!("-max_total_time={}", seconds(minutes))),
    };
    let limit = Duration::from_secs(minutes.map_or(600, |minutes| 2 * seconds(minutes) + 60));
    let finished = Step::new(format!("Fuzzing {}", target.title), command)
        .within(limit)
        .attempt()?;
    empty(&apart)?;
    Ok(finding(target, &finished, &program))
}

/// Each target's part of the minutes, in seconds.
fn seconds(minutes: u32) -> u64 {
    (u64::from(minutes) * 60 / TARGETS.len() as u64).max(1)
}

/// What a run that ended badly says: why, in which input, and how to try that again.
fn finding(target: &Target, finished: &Finished, program: &Path) -> Option<String> {
    if finished.status.success() {
        return None;
    }
    let why = reason(&finished.output).unwrap_or("it ended badly");
    let Some(input) = input(&finished.output) else {
        println!("{}", finished.output.trim_end());
        return Some(format!("{}: {why}", target.name));
    };
    Some(format!(
        "{}: {why}\n    the input is {input}\n    again: {} {input}",
        target.name,
        program.display()
    ))
}

/// Why a target ended: what panicked with what it said, or which limit it went past.
fn reason(output: &str) -> Option<&str> {
    let panicked = output
        .find("panicked at ")
        .map(|at| output.get(at..).unwrap_or_default());
    let two_lines = panicked.map(|said| {
        said.match_indices('\n')
            .nth(1)
            .map_or(said, |(end, _)| &said[..end])
    });
    two_lines.or_else(|| {
        output.lines().find(|line| {
            line.contains("ERROR: libFuzzer: ") || line.contains("memory allocation of ")
        })
    })
}

/// The file in which an input was kept that a target ended at.
fn input(output: &str) -> Option<&str> {
    output
        .lines()
        .find_map(|line| line.split_once("Test unit written to "))
        .map(|(_, file)| file.trim())
}

/// Removes a folder with all that is in it, and makes it anew.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::file(folder))?;
    }
    fs::create_dir_all(folder).map_err(Error::file(folder))
}

fn folder() -> PathBuf {
    place::root().join("tests/fuzz")
}

fn built() -> PathBuf {
    place::target().join("fuzz")
}

fn triple() -> String {
    format!("{}-unknown-linux-gnu", std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_why_and_which_input() {
        let panicked = "INFO: Seed: 1\nthread '<unnamed>' panicked at core/src/fuzzing.rs:5:1:\nno sentence: \"\"\nnote: run with\n==7== ERROR: libFuzzer: deadly signal\nartifact_prefix='x'; Test unit written to target/fuzz/failed/csv-crash-1f\n";
        assert_eq!(
            reason(panicked),
            Some("panicked at core/src/fuzzing.rs:5:1:\nno sentence: \"\"")
        );
        assert_eq!(input(panicked), Some("target/fuzz/failed/csv-crash-1f"));
        let slow = "==7== ERROR: libFuzzer: timeout after 10 seconds\n";
        assert_eq!(
            reason(slow),
            Some("==7== ERROR: libFuzzer: timeout after 10 seconds")
        );
        assert_eq!((reason("Done 8 runs"), input("Done 8 runs")), (None, None));
    }

    #[test]
    fn every_target_has_what_it_begins_with() {
        for target in &TARGETS {
            let seeds = fs::read_dir(folder().join("corpus").join(target.name)).unwrap();
            assert!(seeds.count() > 3, "{}", target.name);
            assert!(
                folder()
                    .join(format!("dictionaries/{}.dict", target.name))
                    .is_file()
            );
            assert!(folder().join(format!("src/{}.rs", target.name)).is_file());
        }
    }
}
