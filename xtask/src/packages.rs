//! The system's own packages: which are needed, which are missing, and how they are installed.

use std::process::{Command, Stdio};

use crate::error::{Error, Result};
use crate::place;
use crate::step::Step;
use crate::systems::System;

/// What something is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To build Placard.
    Building,
    /// To drive its window on a virtual display, and take pictures.
    Window,
    /// To test against a real gateway on this machine.
    Gateway,
    /// To open what is exported as an organiser does.
    Office,
    /// To measure Placard beside other tools.
    Measuring,
    /// To make a .deb, and to install it somewhere harmless.
    Packing,
}

impl Need {
    /// Debian's names.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Need::Building => &[
                "build-essential",
                "libayatana-appindicator3-dev",
                "librsvg2-dev",
                // The vault's ciphers.
                "libssl-dev",
                "libwebkit2gtk-4.1-dev",
                "libxdo-dev",
                "pkg-config",
            ],
            // dbus-daemon: single-instance needs a session bus. imagemagick: `import` takes the pictures.
            Need::Window => &[
                "dbus-daemon",
                "dbus-x11",
                "imagemagick",
                "webkit2gtk-driver",
                "xvfb",
            ],
            Need::Gateway => &["faketime", "kannel"],
            Need::Office => &["libreoffice-calc-nogui"],
            Need::Measuring => &["python3-venv", "sqlite3"],
            Need::Packing => &["dpkg-dev", "fakeroot"],
        }
    }

    /// The programs by which another system is judged to have what Debian's packages hold.
    fn programs(self) -> &'static [&'static str] {
        match self {
            Need::Building => &["cc", "pkg-config"],
            Need::Window => &[
                "dbus-daemon",
                "dbus-run-session",
                "import",
                "Xvfb",
                "WebKitWebDriver",
            ],
            Need::Gateway => &["bearerbox", "smsbox"],
            Need::Office => &["soffice"],
            Need::Measuring => &["python3", "sqlite3"],
            Need::Packing => &["dpkg-shlibdeps", "fakeroot"],
        }
    }
}

/// Installs what is missing for these needs through apt; on another system, says what to install.
/// Asks nothing (sudo may ask for the person's password).
pub fn install(needs: &[Need]) -> Result<()> {
    match System::here() {
        System::Debian => install_debian(needs),
        System::MacOs => {
            linux_only(needs)?;
            let tools = Command::new("xcode-select")
                .arg("-p")
                .stdout(Stdio::null())
                .status();
            advise_unless(tools.is_ok_and(|status| status.success()), System::MacOs)
        }
        // Neither the build tools nor WebView2 can be asked for in a way that holds on every Windows.
        System::Windows => {
            linux_only(needs)?;
            println!("{}\n", System::Windows.advice());
            Ok(())
        }
        linux => {
            let programs = needs.iter().flat_map(|need| need.programs());
            let missing: Vec<&str> = programs
                .copied()
                .filter(|program| place::found(program).is_none())
                .collect();
            if missing.is_empty() {
                return advise_unless(has_libraries(), linux);
            }
            Err(Error::Needed(format!(
                "{}\n\nThese programs were looked for and not found: {}.",
                linux.advice(),
                missing.join(", ")
            )))
        }
    }
}

fn linux_only(needs: &[Need]) -> Result<()> {
    if needs.iter().all(|need| *need == Need::Building) {
        return Ok(());
    }
    Err(Error::Needed(
        "Placard's window is driven and pictured on Linux only; on this system use `cargo xtask run`."
            .to_owned(),
    ))
}

fn advise_unless(well: bool, system: System) -> Result<()> {
    if well {
        Ok(())
    } else {
        Err(Error::Needed(system.advice().to_owned()))
    }
}

fn has_libraries() -> bool {
    Command::new("pkg-config")
        .args(["--exists", "webkit2gtk-4.1", "libcrypto"])
        .status()
        .is_ok_and(|status| status.success())
}

fn install_debian(needs: &[Need]) -> Result<()> {
    let wanted: Vec<&str> = needs
        .iter()
        .flat_map(|need| need.packages())
        .copied()
        .collect();
    let missing = missing(&wanted, &known(&wanted)?);
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let root = Command::new("id").arg("-u").output();
    let is_root = root.is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !is_root && place::found("sudo").is_none() {
        return Err(Error::Needed(format!(
            "Some Debian packages are missing, and there is no sudo here to install them with. As root, run\n\n    \
             apt-get update && apt-get install --yes {list}\n\nand then try again."
        )));
    }
    if !is_root {
        println!("Debian packages to install: {list}");
        become_root()?;
    }
    // One list of several that cannot be had is no reason to stop: what is asked for may be in another.
    let _ = Step::new(
        "Reading Debian's lists of packages",
        apt(is_root, &["update"]),
    )
    .hopeful()
    .attempt();
    let mut install = apt(is_root, &["install", "--yes", "--no-install-recommends"]);
    install.args(&missing);
    let what = match missing.len() {
        1 => format!("Installing Debian's {list}"),
        count => format!("Installing {count} Debian packages"),
    };
    Step::new(what, install).run().map(drop)
}

/// Lets sudo ask for the password now: later, its question would be lost behind a step's time.
fn become_root() -> Result<()> {
    let already = Command::new("sudo")
        .args(["-n", "true"])
        .stderr(Stdio::null())
        .status();
    if already.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    let asked = Command::new("sudo").arg("-v").status();
    if asked.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(Error::Needed(
        "Without sudo's consent the packages cannot be installed.".to_owned(),
    ))
}

fn apt(is_root: bool, arguments: &[&str]) -> Command {
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    command
        .args([
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=120",
        ])
        .args(arguments);
    command
}

/// What dpkg says of these packages: a line each, "installed perl". Of an unknown one it says nothing.
fn known(packages: &[&str]) -> Result<String> {
    let answer = Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status} ${Package}\\n"])
        .args(packages)
        .output()
        .map_err(|source| Error::NotStarted {
            program: "dpkg-query".to_owned(),
            source,
        })?;
    Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
}

fn missing<'a>(wanted: &[&'a str], known: &str) -> Vec<&'a str> {
    let installed: Vec<&str> = known
        .lines()
        .filter_map(|line| line.strip_prefix("installed "))
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|package| !installed.contains(package))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wholly_installed_counts() {
        let known = "installed perl\nnot-installed kannel\nconfig-files xvfb\n";
        assert_eq!(
            missing(&["perl", "kannel", "xvfb", "make"], known),
            ["kannel", "xvfb", "make"]
        );
    }
}
