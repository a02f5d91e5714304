//! The last captures, listed beside the form.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use crate::error::Result;
use crate::storage::captures::{self, Saved};
use crate::texts::life::{Reason, State};

/// A capture in the list of the last ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedRow {
    /// The capture.
    pub capture_id: Uuid,
    /// Who.
    pub name: String,
    /// Their mobile, as it is written here; empty where there is none.
    pub mobile: String,
    /// What became of their text.
    pub sentence: &'static str,
    /// When.
    pub at: DateTime<Utc>,
}

/// How many of the last captures are listed.
const LAST: u32 = 10;

impl Campaign {
    pub(super) fn row(&self, saved: Saved) -> SavedRow {
        SavedRow {
            capture_id: saved.capture,
            name: saved.name,
            sentence: beside(saved.text, saved.mobile.is_some()),
            mobile: saved
                .mobile
                .map(|mobile| mobile.national(self.info.country))
                .unwrap_or_default(),
            at: saved.at,
        }
    }

    /// The last captures, newest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn last_saved(&self) -> Result<Vec<SavedRow>> {
        let now = self.clock.now();
        let saved = self.storage.read(|conn| captures::last(conn, LAST, now))?;
        Ok(saved.into_iter().map(|saved| self.row(saved)).collect())
    }
}

/// What became of somebody's text.
pub(super) fn beside(text: Option<(State, Reason)>, has_mobile: bool) -> &'static str {
    match text {
        None if !has_mobile => "No mobile, so no text.",
        None => "No text.",
        Some((State::Waiting | State::Sending, _)) => "One text waits.",
        Some((State::Accepted, _)) => "The text is on its way.",
        Some((State::Delivered, _)) => "The text is on the phone.",
        Some((State::Uncertain, _)) => "The text may have gone.",
        Some((State::Undelivered | State::Failed, _)) => "The text did not arrive.",
        Some((State::NotSent, Reason::SharedPhone)) => "Shared phone: one text for both.",
        Some((State::NotSent, Reason::NoConsent)) => "Not agreed, so no text.",
        Some((State::NotSent, _)) => "No text goes.",
    }
}
