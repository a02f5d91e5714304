//! The one reminder to who has not answered, where the campaign wants one.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::own_words::own_words;
use crate::error::Result;
use crate::storage::{Conn, campaign, texts};
use crate::texts::life::{Kind, Reason, State};
use crate::texts::segments::Measure;

/// How many are written in one transaction: a save must not wait for all of them.
const AT_ONCE: usize = 200;

/// Whether any reminder is due: looked at without holding up whoever saves.
///
/// # Errors
/// The vault cannot be read.
pub(super) fn is_any_due(conn: &Conn, now: DateTime<Utc>) -> Result<bool> {
    let Some(after) = campaign::rules(conn)?.reminder() else {
        return Ok(false);
    };
    Ok(!texts::unanswered(conn, now - after, 1)?.is_empty())
}

/// Writes the reminders that are due. A number gets one, however many share it, and then silence. Gives how many were
/// written.
///
/// # Errors
/// The disk says no.
pub(super) fn write_due(conn: &Conn, now: DateTime<Utc>) -> Result<usize> {
    let Some(after) = campaign::rules(conn)?.reminder() else {
        return Ok(0);
    };
    let unanswered = texts::unanswered(conn, now - after, AT_ONCE)?;
    let mut written = 0;
    for one in unanswered {
        let Some(words) = own_words(conn, Kind::Reminder, &one.language, &one.first_name)? else {
            continue;
        };
        let text = texts::New {
            id: Uuid::now_v7(),
            kind: Kind::Reminder,
            supporter: Some(one.supporter),
            template: words.template,
            answers: None,
            not_after: None,
            mobile: &one.mobile,
            body: &words.body,
            segments: Measure::of(&words.body).segments,
            state: State::Waiting,
            reason: Reason::Queued,
        };
        texts::insert(conn, &text, now)?;
        written += 1;
    }
    Ok(written)
}
