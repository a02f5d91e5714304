//! The screens: Node, their packages, and their scripts.

use std::fs;
use std::process::Command;

use crate::error::{Error, Result};
use crate::place;
use crate::step::Step;

/// The oldest Node that builds the screens: Vite needs this much of Node 20.
const NODE: (u32, u32) = (20, 19);

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Installs the screens' packages where the lock file has changed since they were last installed.
pub fn install() -> Result<()> {
    node_is_there()?;
    let lock_file = place::ui().join("package-lock.json");
    let lock = fs::read(&lock_file).map_err(Error::file(&lock_file))?;
    // npm empties node_modules when it installs, so the copy lies exactly as long as what it tells of.
    let stamp = place::ui().join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let step = Step::new(
        "Installing the screens' packages",
        npm(&["ci", "--no-audit", "--no-fund"]),
    );
    step.run()?;
    fs::write(&stamp, lock).map_err(Error::file(&stamp))
}

/// Builds the screens into ui/dist.
pub fn build() -> Result<()> {
    script("build", "Building the screens").run().map(drop)
}

/// Builds the screens only where they were never built: enough for what merely compiles the app.
pub fn build_once() -> Result<()> {
    install()?;
    if place::ui().join("dist/index.html").is_file() {
        return Ok(());
    }
    build()
}

/// A script of ui/package.json, as a step.
pub fn script(name: &str, what: &str) -> Step {
    Step::new(what, npm(&["run", "--silent", name]))
}

/// npm, in the screens' folder.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(NPM);
    command.args(arguments).current_dir(place::ui());
    command
}

/// Sees that Node and npm are there and new enough; says what to install where they are not.
pub fn node_is_there() -> Result<()> {
    let answer = Command::new("node").arg("--version").output();
    let said = answer.map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned());
    let found = match said {
        Ok(version) if release(&version).is_some_and(|found| found >= NODE) => {
            return npm_is_there();
        }
        Ok(version) => format!("here is {version}"),
        Err(_) => "there is none here".to_owned(),
    };
    Err(Error::Needed(format!(
        "Placard's screens need Node {}.{} or newer ({found}). Install it from https://nodejs.org, then try again.",
        NODE.0, NODE.1
    )))
}

fn npm_is_there() -> Result<()> {
    match Command::new(NPM).arg("--version").output() {
        Ok(answer) if answer.status.success() => Ok(()),
        _ => Err(Error::Needed(
            "Node is here but npm is not. Install npm (it comes with Node from https://nodejs.org), then try again."
                .to_owned(),
        )),
    }
}

/// The first two parts of "v20.20.2".
fn release(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let new_enough = |version| release(version).is_some_and(|found| found >= NODE);
        for version in ["v20.19.0", "v20.20.2", "v22.1.0", "v100.0.0"] {
            assert!(new_enough(version), "{version}");
        }
        for version in ["v20.9.0", "v18.19.0", "v9.30.0-rc.1", "20.20.2", ""] {
            assert!(!new_enough(version), "{version}");
        }
    }
}
