//! The vault that a command works on.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::park_timeout;
use std::time::{Duration, Instant};

use placard_core::campaign::{Campaign, unlock};
use placard_core::clock::SystemClock;
use placard_core::events::Events;
use placard_core::{Error, Result};

use super::line::Whole;
use super::passphrase;
use super::watching::is_stopped;
use crate::data;

/// How often it is looked whether the other Placard has let go of the vault.
const LOOK: Duration = Duration::from_millis(200);

/// Opens the campaign. Nothing is sent from it.
pub fn open(whole: &Whole) -> Result<Campaign> {
    let (folder, passphrase) = (folder(whole)?, passphrase::given(whole)?);
    let opened = once_free(whole, || unlock(&folder, &passphrase))?;
    Campaign::at_the_desk(opened, Arc::new(SystemClock), Events::default())
}

/// The folder of Placard's data.
pub fn folder(whole: &Whole) -> Result<PathBuf> {
    let named = whole.vault.clone().or_else(data::without_a_window);
    named.ok_or_else(|| {
        Error::invalid(
            "vault",
            "This system names no place for programs' data. Name the folder with --vault.",
        )
    })
}

/// Does what needs the vault, as soon as no other Placard has it open; waits no longer for that than the line says.
pub fn once_free<T>(whole: &Whole, work: impl Fn() -> Result<T>) -> Result<T> {
    let until = Instant::now() + Duration::from_secs(whole.wait);
    loop {
        match work() {
            Err(Error::VaultInUse) if is_stopped() => return Err(Error::Stopped),
            Err(Error::VaultInUse) if Instant::now() < until => park_timeout(LOOK),
            Err(Error::NotFound) => return Err(nothing_there()),
            done => return done,
        }
    }
}

fn nothing_there() -> Error {
    Error::invalid(
        "vault",
        "No campaign is set up there yet. Open Placard's window to set one up, or name its folder with --vault.",
    )
}
