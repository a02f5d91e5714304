//! `cargo xtask test`: every check and test, each once, and one summary at the end.

mod audit;
mod fuzz;
mod invariants;
mod npm;
mod suites;
mod summary;
mod tally;

use std::process::ExitCode;
use std::time::Instant;

use crate::error::Result;
use crate::packages::{self, Need};
use crate::step::Step;
use crate::{rust, ui};
use summary::{Line, Verdict};

/// Which checks to run, and how hard.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Run only this check and what it needs (may be repeated)
    #[arg(long, value_name = "CHECK", value_parser = names())]
    only: Vec<String>,
    /// How often the journeys kill the app at a random moment [default: 50]
    #[arg(long, value_name = "N")]
    kills: Option<u32>,
    /// How long to fuzz, in minutes, instead of the short run that tries the same each time
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..))]
    fuzz_minutes: Option<u32>,
}

/// One check: its name on the command line, what it is called in the summary, the checks without
/// which it means nothing, and how it is done.
struct Check {
    name: &'static str,
    title: &'static str,
    needs: &'static [&'static str],
    run: fn(&Options) -> Result<Verdict>,
}

/// All of them, in an order that fails early and builds once.
const CHECKS: &[Check] = &[
    Check {
        name: "format",
        title: "Rust formatting",
        needs: &[],
        run: |_| {
            rust::component("rustfmt", "fmt")?;
            step("Looking at formatting", &["fmt", "--all", "--check"])?;
            step("Looking at the fuzz targets' formatting", fuzz::FORMAT)
        },
    },
    Check {
        name: "invariants",
        title: "Invariants of the architecture",
        needs: &[],
        run: |_| invariants::check(),
    },
    Check {
        name: "setup",
        title: "Packages that are needed",
        needs: &[],
        run: |_| {
            ui::node_is_there()?;
            packages::install(&[Need::Building, Need::Window, Need::Gateway, Need::Office])?;
            ui::install()?;
            Ok(Verdict::passed())
        },
    },
    Check {
        name: "ui-check",
        title: "Screens: types",
        needs: &["setup"],
        run: |_| screens("check", "Checking the screens' types"),
    },
    Check {
        name: "ui-lint",
        title: "Screens: lint",
        needs: &["setup"],
        run: |_| screens("lint", "Linting the screens"),
    },
    Check {
        name: "ui-test",
        title: "Screens: unit tests",
        needs: &["setup"],
        run: |_| suites::screens(),
    },
    Check {
        name: "ui-build",
        title: "Screens: build",
        needs: &["setup"],
        run: |_| ui::build().map(|()| Verdict::passed()),
    },
    Check {
        name: "clippy",
        title: "Clippy, warnings as errors",
        needs: &["ui-build"],
        run: |_| {
            rust::component("clippy", "clippy")?;
            step("Running clippy", CLIPPY)
        },
    },
    Check {
        name: "docs",
        title: "Rustdoc, warnings as errors",
        needs: &["ui-build"],
        run: |_| suites::documentation(),
    },
    Check {
        name: "build",
        title: "Build of the app and its tests",
        needs: &["ui-build"],
        run: |_| rust::build_all().run().map(|_| Verdict::passed()),
    },
    Check {
        name: "unit",
        title: "Unit and property tests",
        needs: &["build"],
        run: |_| suites::unit(),
    },
    Check {
        name: "fuzz",
        title: "Fuzzing, a short run",
        needs: &["setup"],
        run: |options| fuzz::fuzz(options.fuzz_minutes),
    },
    Check {
        name: "drift",
        title: "Drift of bindings and schema",
        needs: &["build"],
        run: |_| suites::drift(),
    },
    Check {
        name: "examples",
        title: "Examples in the documentation",
        needs: &["build"],
        run: |_| suites::examples(),
    },
    Check {
        name: "licences",
        title: "Crates: licences and sources",
        needs: &[],
        run: |_| audit::licences(),
    },
    Check {
        name: "advisories",
        title: "Crates: security advisories",
        needs: &[],
        run: |_| audit::advisories(),
    },
    Check {
        name: "npm-licences",
        title: "npm packages: licences",
        needs: &["setup"],
        run: |_| npm::licences(),
    },
    Check {
        name: "npm-advisories",
        title: "npm packages: advisories",
        needs: &["setup"],
        run: |_| npm::advisories(),
    },
    Check {
        name: "journeys",
        title: "Journeys in the real window",
        needs: &["build"],
        run: |options| suites::journeys(options.kills),
    },
];

const CLIPPY: &[&str] = &[
    "clippy",
    "--workspace",
    "--all-targets",
    "--locked",
    "--",
    "-D",
    "warnings",
];

fn names() -> clap::builder::PossibleValuesParser {
    CHECKS
        .iter()
        .map(|check| check.name)
        .collect::<Vec<_>>()
        .into()
}

/// Runs the checks, past any that fail, and says how they went.
pub fn test(options: &Options) -> ExitCode {
    let chosen = chosen(&options.only);
    let started = Instant::now();
    let mut lines: Vec<Line> = Vec::new();
    for check in CHECKS.iter().filter(|check| chosen.contains(&check.name)) {
        let started = Instant::now();
        let verdict = match broken(check, &lines) {
            Some(needed) => Verdict::NotChecked(format!("needs \"{needed}\"")),
            None => (check.run)(options).unwrap_or_else(|error| {
                println!("  {error}");
                Verdict::failed(&error)
            }),
        };
        lines.push(Line {
            name: check.name,
            title: check.title,
            verdict,
            took: started.elapsed(),
        });
    }
    println!("{}", summary::table(&lines, started.elapsed()));
    if lines.iter().any(Line::failed) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The named checks and all that they need; every check where none is named.
fn chosen(only: &[String]) -> Vec<&'static str> {
    let mut chosen: Vec<&str> = CHECKS
        .iter()
        .map(|check| check.name)
        .filter(|name| only.is_empty() || only.iter().any(|wanted| wanted == name))
        .collect();
    // A check needs only earlier ones, so one pass from the end finds them all.
    for check in CHECKS.iter().rev() {
        if chosen.contains(&check.name) {
            chosen.extend(check.needs);
        }
    }
    chosen
}

/// The title of a needed check that did not pass.
fn broken(check: &Check, lines: &[Line]) -> Option<&'static str> {
    lines
        .iter()
        .find(|line| {
            check.needs.contains(&line.name) && !matches!(line.verdict, Verdict::Passed(..))
        })
        .map(|line| line.title)
}

fn step(what: &str, arguments: &[&str]) -> Result<Verdict> {
    Step::new(what, rust::cargo(arguments)).run()?;
    Ok(Verdict::passed())
}

fn screens(script: &str, what: &str) -> Result<Verdict> {
    ui::script(script, what).run()?;
    Ok(Verdict::passed())
}

#[cfg(test)]
mod tests {
    use super::tally::Tally;
    use super::*;

    #[test]
    fn a_check_needs_only_earlier_ones() {
        for (place, check) in CHECKS.iter().enumerate() {
            for needed in check.needs {
                let at = CHECKS.iter().position(|other| other.name == *needed);
                assert!(
                    at.is_some_and(|at| at < place),
                    "{} needs {needed}",
                    check.name
                );
            }
        }
    }

    #[test]
    fn a_named_check_brings_what_it_needs() {
        let mut names = chosen(&["journeys".to_owned()]);
        names.sort_unstable();
        assert_eq!(names, ["build", "journeys", "setup", "ui-build"]);
        assert!(chosen(&[]).len() >= CHECKS.len());
    }

    #[test]
    fn a_check_waits_for_nothing_that_failed() {
        let line = |verdict| Line {
            name: "setup",
            title: "Packages that are needed",
            verdict,
            took: std::time::Duration::ZERO,
        };
        let build = &CHECKS[CHECKS.iter().position(|c| c.name == "ui-build").unwrap()];
        assert_eq!(broken(build, &[line(Verdict::passed())]), None);
        let failed = Verdict::Failed(Tally::default(), "no apt".to_owned());
        assert_eq!(
            broken(build, &[line(failed)]),
            Some("Packages that are needed")
        );
    }
}
