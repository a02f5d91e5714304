//! The last captures: listed beside the form, and taken back.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use crate::clock::local_zone;
use crate::consent::TEXTS;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::storage::captures::{self, Saved};
use crate::storage::{Conn, ledger, supporters, texts};
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
    /// Whether Undo takes this one back.
    pub can_undo: bool,
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// Who.
    pub name: String,
    /// What that means for their text.
    pub sentence: &'static str,
}

/// How many of the last captures are listed.
const LAST: u32 = 10;

impl Campaign {
    pub(super) fn row(&self, saved: Saved, can_undo: bool) -> SavedRow {
        SavedRow {
            capture_id: saved.capture,
            name: saved.name,
            sentence: beside(saved.text, saved.mobile.is_some()),
            mobile: saved
                .mobile
                .map(|mobile| mobile.national(self.info.country))
                .unwrap_or_default(),
            at: saved.at,
            can_undo,
        }
    }

    /// The last captures, newest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn last_saved(&self) -> Result<Vec<SavedRow>> {
        let now = self.clock.now();
        let saved = self.storage.read(|conn| captures::last(conn, LAST, now))?;
        let rows = saved.into_iter().enumerate();
        Ok(rows
            .map(|(index, saved)| self.row(saved, index == 0))
            .collect())
    }

    /// Takes the last capture back. A text that waits does not go; one that has left cannot be called back.
    ///
    /// # Errors
    /// [`Error::TooLate`] where there is nothing to take back.
    pub fn undo(&self) -> Result<Undone> {
        let now = self.clock.now();
        let undone = self.storage.write(|conn| {
            let saved = captures::last(conn, LAST, now)?.into_iter().next();
            let saved =
                saved.ok_or_else(|| Error::TooLate("There is nothing to take back.".to_owned()))?;
            if ledger::is_by_own_hand(conn, saved.capture)? {
                return Err(Error::TooLate(OWN_HAND.to_owned()));
            }
            take_back(conn, &saved, now)
        })?;
        self.events.changed(Topic::People);
        self.events.changed(Topic::Texts);
        self.sender.look();
        Ok(undone)
    }
}

fn beside(text: Option<(State, Reason)>, has_mobile: bool) -> &'static str {
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

/// What somebody said themselves is theirs to change.
const OWN_HAND: &str = "They answered with their own hand, and that stays as they said it. What was typed wrongly is put right on their page.";

const MAY_HAVE_GONE: &str = "Their text may have gone already, and cannot be called back.";

fn take_back(conn: &Conn, saved: &Saved, now: DateTime<Utc>) -> Result<Undone> {
    let zone = local_zone();
    let (capture, supporter) = (saved.capture, saved.supporter);
    let details = supporters::details(conn, supporter)?;
    for (entry, purpose, wording) in ledger::said_in(conn, capture)? {
        let back = ledger::New {
            what: What::TakenBack,
            purpose: Some(&purpose),
            method: Method::Organiser,
            supporter: Some(supporter),
            capture: Some(capture),
            shift: None,
            wording,
            evidence: None,
            about: Some(entry),
            at: now,
            zone: &zone,
            personal: Personal {
                supporter: Some(supporter),
                name: Some(details.name()),
                mobile: details.mobile.clone(),
                ..Personal::default()
            },
        };
        ledger::add(conn, &back)?;
    }
    let text = texts::newest_for(conn, supporter)?;
    match captures::before(conn, capture)? {
        None => supporters::remove(conn, supporter, now)?,
        Some(before) => supporters::update(conn, supporter, &before, now)?,
    }
    captures::take_back(conn, capture, now)?;
    // Somebody who was there before, and agreed before, keeps the text that was queued before.
    let still_agreed = saved.update && !saved.queued && ledger::agrees(conn, supporter, TEXTS)?;
    let sentence = match text {
        _ if still_agreed => "They are as they were before.",
        // What the gateway refused has certainly not gone, and must not stand in the way of a new text.
        Some(text) if matches!(text.state, State::Waiting | State::Failed) => {
            // What was cancelled before it was queued here is so again, and can be tried again.
            let why = match texts::why_not_before(conn, text.id)? {
                Some(Reason::Cancelled) if saved.update => Reason::Cancelled,
                _ => Reason::TakenBack,
            };
            match texts::does_not_go(conn, &text, why, now)? {
                State::Uncertain => MAY_HAVE_GONE,
                _ => "Their text does not go.",
            }
        }
        Some(text) if text.state == State::NotSent && saved.update => {
            "They are as they were before."
        }
        Some(text) if matches!(text.state, State::Sending | State::Uncertain) => MAY_HAVE_GONE,
        Some(text) if text.state != State::NotSent => {
            "Their text had left already, and cannot be called back."
        }
        _ => "No text was to go.",
    };
    Ok(Undone {
        name: saved.name.clone(),
        sentence,
    })
}
