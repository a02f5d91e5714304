//! The crates we depend on: their licences and sources, and what is known against them.
//!
//! cargo-deny is built from crates.io into target/tools (a minute and a half on two cores, unoptimised). There are
//! ready-made ones in other registries, but not its authors': a program that vouches for others'
//! code should come from a source that can be vouched for.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::fuzz;
use super::summary::Verdict;
use crate::error::Result;
use crate::rust::{self, cargo};
use crate::step::Step;

/// The version that deny.toml is written for.
const DENY: (&str, &str) = ("cargo-deny", "0.20.2");
/// Time for the advisories to come over the network before we go on without them.
const PATIENCE: Duration = Duration::from_secs(60);

/// The trees of crates: Placard's own, and what the fuzz targets, a workspace of their own, are built from.
const TREES: [&str; 2] = ["Cargo.toml", fuzz::MANIFEST];

/// Licences, banned crates and unknown sources, by deny.toml; needs no internet but the crates themselves.
pub fn licences() -> Result<Verdict> {
    let deny = rust::tool(DENY.0, DENY.1)?;
    for tree in TREES {
        // The crates of the other platforms are part of the tree, though nothing here has built them.
        Step::new(
            format!("Fetching every platform's crates of {tree}"),
            cargo(&["fetch", "--locked", "--manifest-path", tree]),
        )
        .run()?;
        let check = run(
            &deny,
            &[
                "--offline",
                "--manifest-path",
                tree,
                "check",
                "licenses",
                "bans",
                "sources",
            ],
        );
        Step::new(
            format!("Checking the licences and sources of {tree}"),
            check,
        )
        .run()?;
    }
    Ok(Verdict::passed())
}

/// Security advisories, where their database can be reached.
pub fn advisories() -> Result<Verdict> {
    let deny = rust::tool(DENY.0, DENY.1)?;
    let fetched = Step::new(
        "Fetching the advisory database",
        run(&deny, &["fetch", "db"]),
    )
    .within(PATIENCE)
    .hopeful()
    .attempt();
    if !fetched.is_ok_and(|finished| finished.status.success()) {
        return Ok(Verdict::NotChecked(
            "the advisory database cannot be reached from here".to_owned(),
        ));
    }
    for tree in TREES {
        let check = run(
            &deny,
            &["--offline", "--manifest-path", tree, "check", "advisories"],
        );
        Step::new(format!("Checking the advisories of {tree}"), check).run()?;
    }
    Ok(Verdict::passed())
}

fn run(deny: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(deny);
    command.args(arguments).current_dir(crate::place::root());
    command
}
