//! The texts that answer a text by themselves: a goodbye, and help.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::consent::defaults::{self, Language};
use crate::error::Result;
use crate::people::{Country, Mobile};
use crate::storage::{Conn, campaign, supporters, texts};
use crate::texts::life::{Kind, Reason, State};
use crate::texts::segments::Measure;
use crate::texts::template::{Merge, Template};

/// Whom an answer is for.
pub(super) struct To<'a> {
    pub mobile: &'a Mobile,
    /// The text that it answers.
    pub answers: Uuid,
    /// When that was sent, by this laptop's clock.
    pub asked_at: DateTime<Utc>,
    /// Where the campaign is at home.
    pub home: Country,
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
    let spoken = Language::or_english(&language);
    let kept = campaign::template(conn, kind, &language)?;
    let words = kept.as_ref().map_or_else(
        || defaults::template(kind, spoken, to.home),
        |version| version.body.as_str(),
    );
    let name = campaign::get(conn)?.name;
    let merge = Merge {
        first_name: "",
        campaign: &name,
        canvasser: "",
        stand_ins: defaults::stand_ins(spoken),
    };
    // What was saved was checked then; should a later rule refuse it, the words that every campaign starts with do.
    let template = Template::parse(words)
        .or_else(|_| Template::parse(defaults::template(kind, spoken, to.home)));
    let Ok(template) = template else {
        return Ok(());
    };
    let body = template.render(&merge);
    let text = texts::New {
        id: Uuid::now_v7(),
        kind,
        supporter: supporters::people_on(conn, to.mobile)?.first().copied(),
        template: kept.map(|version| version.id),
        answers: Some(to.answers),
        not_after: Some(not_after),
        mobile: to.mobile,
        body: &body,
        segments: Measure::of(&body).segments,
        state: State::Waiting,
        reason: Reason::Queued,
    };
    texts::insert(conn, &text, now)
}
