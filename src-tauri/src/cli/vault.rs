//! The vault that a command works on.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::park_timeout;
use std::time::{Duration, Instant};

use placard_core::campaign::{Campaign, Opened, unlock};
use placard_core::clock::SystemClock;
use placard_core::events::Events;
use placard_core::{Error, Result};

use super::line::Whole;
use super::passphrase;
use crate::data;

/// How often it is looked whether the other Placard has let go of the vault.
const LOOK: Duration = Duration::from_millis(200);

/// Opens the campaign. Nothing is sent from it.
pub fn open(whole: &Whole) -> Result<Campaign> {
    Campaign::at_the_desk(opened(whole)?, Arc::new(SystemClock), Events::default())
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

fn opened(whole: &Whole) -> Result<Opened> {
    let folder = folder(whole)?;
    let passphrase = passphrase::given(whole)?;
    let until = Instant::now() + Duration::from_secs(whole.wait);
    loop {
        match unlock(&folder, &passphrase) {
            Err(Error::VaultInUse) if Instant::now() < until => park_timeout(LOOK),
            Err(Error::NotFound) => {
                return Err(Error::invalid(
                    "vault",
                    "No campaign is set up there yet. Open Placard's window to set one up, or name its folder with --vault.",
                ));
            }
            opened => return opened,
        }
    }
}
