//! The commands: one file a screen, each command a few lines that convert, call core and convert back.

pub mod backups;
pub mod bringing_in;
pub mod capture;
pub mod choosing;
pub mod duplicates;
pub mod export;
pub mod flip;
pub mod gateway;
pub mod handing;
pub mod inbox;
pub mod lawful;
pub mod people;
pub mod person;
pub mod purposes;
pub mod scene;
pub mod texts;
pub mod undoing;
pub mod vault;
pub mod words;

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use placard_core::campaign::Campaign;
use tauri::async_runtime;
use uuid::Uuid;

use crate::failure::{Answer, Failure};
use crate::placard::Placard;

/// Calls the open campaign where it may block.
async fn with<T: Send + 'static>(
    placard: &Placard,
    call: impl FnOnce(&Campaign) -> placard_core::Result<T> + Send + 'static,
) -> Answer<T> {
    let campaign: Arc<Campaign> = placard.campaign()?;
    blocking(move || call(&campaign)).await
}

/// Does work that blocks where it may.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> placard_core::Result<T> + Send + 'static,
) -> Answer<T> {
    match async_runtime::spawn_blocking(work).await {
        Ok(done) => done.map_err(Failure::from),
        // The error's own text can quote what the command stumbled over.
        Err(_) => {
            tracing::error!("a command broke");
            Err(placard_core::Error::Broke.into())
        }
    }
}

/// A time as the window gets it: RFC 3339, UTC.
pub fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// An id that the window sends back.
fn id(text: &str) -> Answer<Uuid> {
    Uuid::parse_str(text).map_err(|_| Failure::unknown())
}
