//! Putting right what is known of a person, with the checks of a capture. What was there before is kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use super::capture::{About, FieldProblem, Typed};
use super::person::mobile_of;
use crate::consent::TEXTS;
use crate::error::Result;
use crate::events::Topic;
use crate::storage::history::{self, Change, Field, Kind};
use crate::storage::supporters::{self, Details, Made, Same};
use crate::storage::{Conn, ledger, texts};
use crate::texts::life::{Reason, State};

/// Whose the new number is, where somebody has it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberOf {
    /// It is shared with this person, who lives with them.
    SharedWith(Uuid),
    /// It is theirs all the same.
    Anyway,
}

/// What putting somebody right led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Corrected {
    /// It is durable. What that means for their text, where it means anything.
    Saved(Option<&'static str>),
    /// These people have the mobile already, and whoever types chooses.
    SameMobile(Vec<Same>),
    /// Something typed cannot be used.
    Invalid(Vec<FieldProblem>),
}

impl Campaign {
    /// Puts a person's details right: an empty field is emptied. A text that has not left goes to the new number, in
    /// the new words; whoever agreed and was never asked on the new number is asked there.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] where they are gone, or the disk says no.
    pub fn correct(
        &self,
        id: Uuid,
        typed: &Typed,
        number_of: Option<NumberOf>,
    ) -> Result<Corrected> {
        let person = match self.checked(typed) {
            Ok(person) => person,
            Err(problems) => return Ok(Corrected::Invalid(problems)),
        };
        let (now, who) = (self.clock.now(), self.who());
        let corrected = self.storage.write(|conn| {
            let before = supporters::details(conn, id)?;
            let mut after = person.details;
            if after.language.is_empty() {
                after.language.clone_from(&before.language);
            }
            let mut changes = history::differences(id, &before, &after);
            if changes.is_empty() {
                return Ok(Corrected::Saved(None));
            }
            let moved = before.mobile != after.mobile;
            if let (true, Some(mobile), None) = (moved, &person.mobile, number_of) {
                let mut same = supporters::same_mobile(conn, mobile)?;
                same.retain(|other| other.id != id);
                if !same.is_empty() {
                    return Ok(Corrected::SameMobile(same));
                }
            }
            supporters::update(conn, id, &after, now)?;
            if moved {
                changes.extend(new_number(conn, id, number_of, now)?);
            }
            let act = Uuid::now_v7();
            history::begin(conn, act, Kind::Correction, &who, None, now)?;
            history::record(conn, act, 0, &changes, &who, now)?;
            let sentence = self.text_follows(conn, id, (&before, &after), &who, now)?;
            Ok(Corrected::Saved(sentence))
        })?;
        if matches!(corrected, Corrected::Saved(_)) {
            for topic in [Topic::People, Topic::Texts, Topic::Inbox] {
                self.events.changed(topic);
            }
            self.sender.look();
        }
        Ok(corrected)
    }

    /// What a change of somebody's details means for their text, and does it. Says so, where it means anything.
    pub(super) fn text_follows(
        &self,
        conn: &Conn,
        id: Uuid,
        (before, after): (&Details, &Details),
        canvasser: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<&'static str>> {
        let agrees = ledger::agrees(conn, id, TEXTS)?;
        let (old, new) = (mobile_of(before), mobile_of(after));
        if old == new {
            let Some(mobile) = new else {
                return Ok(None);
            };
            let reads_otherwise =
                before.first_name != after.first_name || before.language != after.language;
            let text = texts::confirmation_to(conn, id, &mobile)?;
            let text = text.filter(|text| text.state == State::Waiting && text.attempts == 0);
            if let (true, Some(text)) = (reads_otherwise, text) {
                let (template, body, segments) = self.confirmation_for(conn, after, canvasser)?;
                texts::rewrite(conn, text.id, template, &body, segments)?;
            }
            return Ok(None);
        }
        let mut may_have_gone = false;
        if let Some(mobile) = &old {
            let text = texts::confirmation_to(conn, id, mobile)?;
            if let Some(text) = text.filter(|text| text.state == State::Waiting) {
                let stands = texts::does_not_go(conn, &text, Reason::NumberChanged, now)?;
                may_have_gone = stands == State::Uncertain;
            }
        }
        let Some(mobile) = &new else {
            return Ok(Some("No mobile, so no text."));
        };
        let about = About {
            supporter: id,
            details: after,
            mobile,
            agrees,
        };
        self.queue(conn, &about, canvasser, now)?;
        Ok(match texts::confirmation_to(conn, id, mobile)? {
            _ if may_have_gone => Some("A text to the old number may have gone already."),
            Some(text) if text.state == State::Waiting => {
                Some("Their text goes to the new number.")
            }
            Some(text) if text.reason == Reason::SharedPhone => {
                Some("This phone gets one text, for whoever was saved first.")
            }
            _ => None,
        })
    }
}

/// What else a new number changes: the gateway has not said anything of it yet, and whoever shares it lives together.
fn new_number(
    conn: &Conn,
    id: Uuid,
    number_of: Option<NumberOf>,
    now: DateTime<Utc>,
) -> Result<Vec<Change>> {
    let (lived, trouble) = supporters::standing(conn, id)?;
    let mut changes = Vec::new();
    let lives = match number_of {
        Some(NumberOf::SharedWith(other)) => {
            let (home, made) = supporters::household_of(conn, other, now)?;
            // Whoever had none has one now, and gives it back with Undo.
            let theirs = history::moved(other, None, Some(home));
            changes.extend(theirs.filter(|_| made == Made::Now));
            Some(home)
        }
        Some(NumberOf::Anyway) | None => lived,
    };
    supporters::stand(conn, id, lives, None)?;
    changes.extend(history::moved(id, lived, lives));
    changes.extend(trouble.map(|trouble| Change {
        supporter: id,
        field: Field::NumberTrouble,
        before: Some(trouble),
        after: None,
    }));
    Ok(changes)
}
