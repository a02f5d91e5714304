//! Cargo, called so that nothing is built twice.
//!
//! Cargo chooses the features of shared dependencies from the packages it is asked for, so `-p` with
//! another package builds half the tree anew. Every check therefore asks for the whole workspace and
//! narrows down by target, and all of them share one build.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::place;
use crate::step::Step;

/// The integration test that drives the real window: run by itself, after everything else.
pub const JOURNEYS: &str = "journeys";
/// How the names of the tests begin that compare a generated file of the repository with what the
/// code generates now. With `PLACARD_BLESS` set they write it anew.
pub const GUARDS: &str = "the_committed_";

/// Cargo, at the top of the checkout.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(place::root());
    without_our_own(&mut command);
    command
}

/// Takes out what `cargo run` tells this program about its own package: build scripts that watch these
/// variables would run again each time the checks are started in another way.
pub fn without_our_own(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}

/// Builds everything in the workspace, tests included: the one build that the checks share.
pub fn build_all() -> Step {
    let build = cargo(&["build", "--workspace", "--all-targets", "--locked"]);
    Step::new("Building the app and its tests", build)
}

/// Builds the app as it is released, and says where it is.
pub fn build_release() -> Result<PathBuf> {
    let mut build = cargo(&["build", "--release", "--locked", "--package", "placard"]);
    // Tauri's own commands that the window may not call are not built: it reads the capabilities there.
    build.env("REMOVE_UNUSED_COMMANDS", place::root().join("src-tauri"));
    Step::new("Building the app (several minutes the first time)", build).run()?;
    Ok(place::built("release", "placard"))
}

/// Names of the workspace's integration tests, the journeys among them.
pub fn test_targets() -> Result<Vec<String>> {
    let answer = cargo(&["metadata", "--format-version=1", "--no-deps"])
        .output()
        .map_err(|source| Error::NotStarted {
            program: "cargo".to_owned(),
            source,
        })?;
    let metadata = serde_json::from_slice(&answer.stdout).map_err(|source| Error::Unreadable {
        program: "cargo metadata",
        source,
    })?;
    Ok(targets(&metadata, "test"))
}

/// Names of the workspace's targets of one kind: "test", "bin".
fn targets(metadata: &Value, kind: &str) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .flat_map(|package| list(&package["targets"]))
        .filter(|target| list(&target["kind"]).iter().any(|found| found == kind))
        .filter_map(|target| target["name"].as_str().map(str::to_owned))
        .collect()
}

/// A program from crates.io that only the checks need, built into target/tools where this version
/// of it is not there yet. One that the person has may be another version, and is left alone.
///
/// Built without optimising: these run for seconds, and are compiled on every new machine.
pub fn tool(program: &str, version: &str) -> Result<PathBuf> {
    let tools = place::tools();
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = tools.join("bin").join(file);
    let list = fs::read_to_string(tools.join(".crates.toml")).unwrap_or_default();
    if is_installed(&list, program, version) && path.is_file() {
        return Ok(path);
    }
    let mut install = cargo(&["install", "--locked", "--debug", "--force"]);
    install
        .args(["--config", "profile.dev.debug=false"])
        .args(["--version", version, "--root"])
        .arg(&tools)
        .arg(program)
        .env_remove("CARGO_TARGET_DIR");
    Step::new(format!("Installing {program} into target/tools"), install).run()?;
    Ok(path)
}

/// Whether cargo's own list of what it has installed in a folder names this version.
fn is_installed(list: &str, program: &str, version: &str) -> bool {
    list.contains(&format!("\"{program} {version} ("))
}

/// Sees that a part of Rust is there which rustup's smallest installation leaves out: `rustfmt` for
/// `cargo fmt`, `clippy` for `cargo clippy`.
pub fn component(name: &str, subcommand: &str) -> Result<()> {
    let answer = cargo(&[subcommand, "--version"]).output();
    if answer.is_ok_and(|answer| answer.status.success()) {
        return Ok(());
    }
    if place::found("rustup").is_none() {
        return Err(Error::Needed(format!(
            "Rust's {name} is not installed. Install it from where your Rust came from."
        )));
    }
    let mut add = Command::new("rustup");
    add.args(["component", "add", name])
        .current_dir(place::root());
    Step::new(format!("Installing Rust's {name}"), add)
        .run()
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_chosen_by_kind() {
        let metadata = serde_json::json!({"packages": [
            {"targets": [{"name": "core", "kind": ["lib"]}, {"name": "vault", "kind": ["test"]}]},
            {"targets": [{"name": "journeys", "kind": ["test"]}, {"name": "demo", "kind": ["bin"]}]},
        ]});
        assert_eq!(targets(&metadata, "test"), ["vault", "journeys"]);
        assert_eq!(targets(&metadata, "bin"), ["demo"]);
    }

    #[test]
    fn a_tool_is_there_in_its_version_only() {
        let list = "[v1]\n\"cargo-deny 0.20.2 (registry+index)\" = [\"cargo-deny\"]\n";
        assert!(is_installed(list, "cargo-deny", "0.20.2"));
        assert!(!is_installed(list, "cargo-deny", "0.20.3"));
        assert!(!is_installed(list, "deny", "0.20.2"));
        assert!(!is_installed("", "cargo-deny", "0.20.2"));
    }
}
