//! `cargo xtask run`: from a bare clone to an open Placard.

use std::process::Command;

use crate::error::{Error, Result};
use crate::packages::{self, Need};
use crate::{desktop, pictures, rust, ui};

/// Installs what is missing, builds, and opens Placard; ends when its window is closed.
pub fn run() -> Result<()> {
    if !desktop::has_display() {
        println!(
            "There is no display here, so Placard cannot open a window for you. Instead, it is walked \
             through on a virtual display, with a picture of each step.\n"
        );
        // The walkthrough drives the build that the checks share: nobody will use it at a stall,
        // and a release build takes several minutes more.
        return pictures::demo(None);
    }
    // Said first: a person has to see to it, and the rest takes minutes.
    ui::node_is_there()?;
    packages::install(&[Need::Building])?;
    ui::install()?;
    ui::build()?;
    let app = rust::build_release()?;
    println!("\nOpening Placard. Close its window to end.");
    let ended = Command::new(&app)
        .status()
        .map_err(|source| Error::NotStarted {
            program: app.display().to_string(),
            source,
        })?;
    if ended.success() {
        return Ok(());
    }
    Err(Error::Failed {
        what: "Placard".to_owned(),
        status: ended,
    })
}
