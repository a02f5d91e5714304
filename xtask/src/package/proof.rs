//! The proof that a package can be installed and starts. Nothing is changed on the person's system.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::deb::PROGRAM;
use crate::desktop::{self, Desktop};
use crate::error::{Error, Result};
use crate::step::Step;

/// Time for the first screen to be drawn, on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether apt would install it here, with everything it depends on.
pub fn is_wanted_by_apt(deb: &Path) -> Result<()> {
    let mut install = Command::new("apt-get");
    install.args(["install", "--simulate"]).arg(deb);
    Step::new("Asking apt whether it can be installed", install)
        .run()
        .map(drop)
}

/// Lets dpkg install it, into a root of its own; gives the installed program.
///
/// In that root there is nothing it depends on: whether that can be had, apt has said.
pub fn install(deb: &Path) -> Result<PathBuf> {
    let root = super::folder().join("installed");
    for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates"] {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    }
    let status = root.join("var/lib/dpkg/status");
    fs::write(&status, "").map_err(Error::file(&status))?;
    let option = |name: &str, path: &Path| format!("--{name}={}", path.display());
    let mut install = Command::new("fakeroot");
    install
        .args(["--", "dpkg", "--force-depends", "--force-bad-path"])
        .arg(option("root", &root))
        .arg(option("log", &root.join("dpkg.log")))
        .arg("--install")
        .arg(deb);
    Step::new("Installing it into a folder", install).run()?;
    Ok(root.join(PROGRAM))
}

/// Starts the installed program on a laptop on which it has never run, until it has drawn its first
/// screen.
pub fn starts(program: &Path) -> Result<()> {
    let laptop = super::folder().join("laptop");
    let log = super::folder().join("log");
    let said = File::create(&log).map_err(Error::file(&log))?;
    let also = said.try_clone().map_err(Error::file(&log))?;
    let desktop = Desktop::start()?;
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(said).stderr(also);
    desktop.show(&mut command);
    desktop::keep_apart(&mut command, &laptop)?;
    println!("  Starting it …");
    let mut app = command.spawn().map_err(|source| Error::NotStarted {
        program: program.display().to_string(),
        source,
    })?;
    let drawn = desktop.wait_until_drawn(&mut app, PATIENCE);
    let ended = app.try_wait().ok().flatten();
    let _ = app.kill();
    let _ = app.wait();
    let _ = fs::remove_dir_all(&laptop);
    if drawn? {
        println!("✓ It starts and draws its first screen");
        return Ok(());
    }
    println!("{}", fs::read_to_string(&log).unwrap_or_default());
    Err(Error::Unsound(match ended {
        Some(status) => format!("The installed program ended at once ({status})."),
        None => "The installed program drew nothing in a minute.".to_owned(),
    }))
}
