//! The texts of two records that become one: what was asked on the number that is kept is theirs, and nothing more is
//! sent than was to be.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::campaign::Campaign;
use crate::campaign::person::mobile_of;
use crate::error::{Error, Result};
use crate::storage::merges::{self, Merge, Moved};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, texts};
use crate::texts::life::{Kind, Move, Reason, State};

/// What has left between a merge and its undoing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// A text.
    Text,
}

impl Campaign {
    /// What was asked, or is about to be, on the number that is kept becomes the kept record's; what waits for another
    /// number does not go. No text is written.
    pub(super) fn texts_follow(
        &self,
        conn: &Conn,
        merge: &Merge,
        after: &Details,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mobile = mobile_of(after);
        let ours = merges::texts_of(conn, merge.kept)?;
        let theirs = merges::texts_of(conn, merge.gone)?;
        let here = |text: &Moved| Some(&text.mobile) == mobile.as_ref();
        let asked = ours
            .iter()
            .any(|text| here(text) && text.kind == Kind::Confirmation);
        for text in ours.iter().chain(&theirs) {
            let waits = text.state == State::Waiting;
            let follows = text.supporter == merge.gone
                && here(text)
                && (text.state != State::NotSent || !asked);
            if !waits && !follows {
                continue;
            }
            merges::keep_text(conn, merge.act, text)?;
            if follows {
                merges::hand_text(conn, text.text, merge.kept)?;
            }
            if waits && !here(text) {
                let one = texts::get(conn, text.text)?;
                texts::does_not_go(conn, &one, Reason::NumberChanged, now)?;
            }
            self.words_follow(conn, text.text, after, who)?;
        }
        if let Some(mobile) = &mobile {
            texts::decide_anew(conn, Some(mobile), now)?;
        }
        Ok(())
    }

    /// Puts texts back as they stood before a merge, but for what has left or was decided since.
    pub(super) fn texts_go_back(
        &self,
        conn: &Conn,
        merge: &Merge,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Left> {
        let mut left = Left::Nothing;
        for before in merges::kept_texts(conn, merge.act)? {
            let text = texts::get(conn, before.text)?;
            if text.supporter == Some(merge.kept) {
                merges::hand_text(conn, before.text, before.supporter)?;
            }
            if before.state == State::Waiting {
                match text.state {
                    State::NotSent if is_ours(text.reason) && text.attempts == before.attempts => {
                        wait_again(conn, &before, now)?;
                    }
                    State::NotSent | State::Waiting => {}
                    _ => left = Left::Text,
                }
            }
            let details = supporters::details(conn, before.supporter)?;
            self.words_follow(conn, before.text, &details, who)?;
            texts::decide_anew(conn, Some(&text.mobile), now)?;
        }
        Ok(left)
    }

    /// The words of a text that was never tried are for whoever it is for now.
    fn words_follow(&self, conn: &Conn, text: Uuid, details: &Details, who: &str) -> Result<()> {
        let text = texts::get(conn, text)?;
        if text.kind != Kind::Confirmation || text.state != State::Waiting || text.attempts > 0 {
            return Ok(());
        }
        let (template, body, segments) = self.confirmation_for(conn, details, who)?;
        texts::rewrite(conn, text.id, template, &body, segments)
    }
}

/// Whether a text does not go because of a merge, and not of somebody's word.
fn is_ours(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::NumberChanged | Reason::NoConsent | Reason::TakenBack
    )
}

fn wait_again(conn: &Conn, before: &Moved, now: DateTime<Utc>) -> Result<()> {
    let mut waits = Move::to(State::Waiting, before.reason);
    waits.not_before = Some(now);
    match texts::apply(conn, before.text, &waits, now) {
        // Whoever shares the phone has its one text by now.
        Err(Error::TooLate(_)) => {
            let shares = Move::to(State::NotSent, Reason::SharedPhone);
            texts::apply(conn, before.text, &shares, now)
        }
        done => done,
    }
}
