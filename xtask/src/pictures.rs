//! Pictures of the real window: the walkthrough, and every screen.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desktop::Desktop;
use crate::error::{Error, Result};
use crate::packages::{self, Need};
use crate::step::Step;
use crate::{place, rust, ui};

/// The day at the stall, a picture of each step, into `folder`.
pub fn demo(folder: Option<PathBuf>) -> Result<()> {
    let folder = folder.unwrap_or_else(|| place::target().join("pictures/demo"));
    take("demo", "Walking through a day at the stall", folder)
}

/// Every screen in every state, into `folder`.
pub fn shots(folder: Option<PathBuf>) -> Result<()> {
    let folder = folder.unwrap_or_else(|| place::target().join("pictures"));
    take("shots", "Taking a picture of every screen", folder)
}

/// Dresses a program that drives the app under test: which app, on which desktop, with which driver.
pub fn drive(command: &mut Command, desktop: &Desktop) -> Result<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(place::tools().join("bin")).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders)
        .map_err(|_| Error::Needed("A folder in PATH has a colon in its name.".to_owned()))?;
    desktop.show(command);
    command
        .env("PATH", path)
        .env("PLACARD_APP", place::built("debug", "placard"));
    Ok(())
}

/// The driver in front of the system's own one for WebKit.
pub fn driver() -> Result<PathBuf> {
    rust::tool("tauri-driver", "2.1.0")
}

fn take(program: &str, what: &str, folder: PathBuf) -> Result<()> {
    ui::node_is_there()?;
    packages::install(&[Need::Building, Need::Window])?;
    ui::install()?;
    ui::build()?;
    rust::build_all().run()?;
    driver()?;
    let folder = absolute(&folder)?;
    let desktop = Desktop::start()?;
    let mut command = Command::new(place::built("debug", program));
    command.arg(&folder).current_dir(place::root());
    drive(&mut command, &desktop)?;
    Step::new(what, command).aloud(|_| true).run()?;
    println!("\nThe pictures are in {}", folder.display());
    Ok(())
}

fn absolute(folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    std::path::absolute(folder).map_err(Error::file(folder))
}
