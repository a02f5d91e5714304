//! The texts that answer a text by themselves: a goodbye, and help.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::own_words::own_words;
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::{Conn, supporters, texts};
use crate::texts::life::{Kind, Reason, State};
use crate::texts::segments::Measure;

/// Whom an answer is for.
pub(super) struct To<'a> {
    pub mobile: &'a Mobile,
    /// The text that it answers.
    pub answers: Uuid,
    /// When that was sent, by this laptop's clock.
    pub asked_at: DateTime<Utc>,
}

/// An opt-out is confirmed within five minutes or not at all (47 CFR 64.1200(a)(12)).
const GOODBYE_WITHIN: TimeDelta = TimeDelta::minutes(5);
/// Who asked for help an hour ago has found it.
const HELP_WITHIN: TimeDelta = TimeDelta::hours(1);

/// Writes an answer, to leave at once or not at all. One that would come too late is not written.
pub(super) fn write(conn: &Conn, kind: Kind, to: &To<'_>, now: DateTime<Utc>) -> Result<()> {
    let within = match kind {
        Kind::Goodbye => GOODBYE_WITHIN,
        _ => HELP_WITHIN,
    };
    let not_after = to.asked_at + within;
    if not_after <= now {
        return Ok(());
    }
    let language = supporters::language_on(conn, to.mobile)?;
    let Some(words) = own_words(conn, kind, &language, "")? else {
        return Ok(());
    };
    let text = texts::New {
        id: Uuid::now_v7(),
        kind,
        supporter: supporters::people_on(conn, to.mobile)?.first().copied(),
        template: words.template,
        answers: Some(to.answers),
        not_after: Some(not_after),
        mobile: to.mobile,
        body: &words.body,
        segments: Measure::of(&words.body).segments,
        state: State::Waiting,
        reason: Reason::Queued,
    };
    texts::insert(conn, &text, now)
}
