//! Putting right what is known of a person, with the checks of a capture. What was there before is kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use super::capture::{About, FieldProblem, Person, Typed};
use super::person::mobile_of;
use crate::consent::TEXTS;
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::{Email, Reading, tidy_name, tidy_postcode};
use crate::storage::history::{self, Change, Field, Kind};
use crate::storage::supporters::{self, Details, Made, Same};
use crate::storage::{Conn, duplicates, ledger, texts};
use crate::texts::life::{Reason, State};

/// Whose the new number is, where somebody has it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberOf {
    /// It is shared with this person, who lives with them.
    SharedWith(Uuid),
    /// It is theirs all the same.
    Anyway,
}

/// Whom somebody lives with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LivesWith {
    /// This person, and whoever lives with them.
    Somebody(Uuid),
    /// Nobody else here.
    NobodyElse,
}

/// With whom somebody lives, where that was typed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// The household that their page showed, where it showed one.
    pub shown: Option<Uuid>,
    /// Whom they live with.
    pub with: LivesWith,
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

/// What a new number means for whoever agreed and was not asked on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// They are asked there.
    Anew,
    /// Undo and Redo ask nobody: a text that went with the number waits again, and no other.
    Again,
}

impl Campaign {
    /// Puts a person's details right: what differs between `shown`, as their page showed it, and `typed`. A field that
    /// was emptied is emptied. A text that has not left goes to the new number, in the new words; whoever agreed and was
    /// never asked on the new number is asked there. `home` says whom they live with, where that was typed over; it
    /// outranks what a shared number says of that.
    ///
    /// # Errors
    /// [`Error::NotFound`] where they are gone, or whom they live with is; [`Error::TooLate`] where a field that was typed
    /// over has changed since it was shown, so that nobody's own phone is overwritten; or the disk says no.
    pub fn correct(
        &self,
        id: Uuid,
        shown: &Typed,
        typed: &Typed,
        number_of: Option<NumberOf>,
        home: Option<Home>,
    ) -> Result<Corrected> {
        let person = match self.checked(typed) {
            Ok(person) => person,
            Err(problems) => return Ok(Corrected::Invalid(problems)),
        };
        let (now, who) = (self.clock.now(), self.who());
        let corrected = self.storage.write(|conn| {
            let before = supporters::details(conn, id)?;
            let (lived, _) = supporters::standing(conn, id)?;
            let home = match home {
                Some(home) if is_another(conn, id, lived, home.with)? => Some(home),
                _ => None,
            };
            let lost = match home {
                Some(home) if home.shown != lived => Some(Field::Household),
                _ => None,
            };
            let after = self.edited(id, (shown, lost), &person, &before)?;
            let mut changes = history::differences(id, &before, &after);
            if changes.is_empty() && home.is_none() {
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
            let number_of = number_of.filter(|_| moved);
            let with = match (home, number_of) {
                (Some(home), _) => Some(home.with),
                (None, Some(NumberOf::SharedWith(other))) => Some(LivesWith::Somebody(other)),
                (None, Some(NumberOf::Anyway) | None) => None,
            };
            if moved {
                changes.extend(new_number(conn, id)?);
            }
            if let Some(with) = with {
                changes.extend(moves_in(conn, id, with, now)?);
            }
            let act = Uuid::now_v7();
            history::begin(conn, act, Kind::Correction, &who, None, now)?;
            history::record(conn, act, 0, &changes, &who, now)?;
            // Whom they live with may have changed with them.
            let mut changed: Vec<Uuid> = changes.iter().map(|change| change.supporter).collect();
            changed.sort_unstable();
            changed.dedup();
            for one in changed {
                duplicates::judge(conn, one, now)?;
            }
            let changed = (&before, &after, Asks::Anew);
            let sentence = self.text_follows(conn, id, changed, &who, now)?;
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

    /// Somebody's details with what was typed over what was shown. `lost_too` is what else was typed over and has changed
    /// since.
    fn edited(
        &self,
        id: Uuid,
        (shown, lost_too): (&Typed, Option<Field>),
        person: &Person,
        known: &Details,
    ) -> Result<Details> {
        let shown = self.tidied(shown);
        let mut typed = person.details.clone();
        if typed.language.is_empty() {
            typed.language.clone_from(&shown.language);
        }
        let edits = history::differences(id, &shown, &typed);
        let since = history::differences(id, &shown, &self.tidied(&as_typed(known)));
        let lost = |edit: &&Change| {
            let other = since.iter().find(|since| since.field == edit.field);
            other.is_some_and(|since| since.after != edit.after)
        };
        let lost = edits.iter().filter(lost).map(|edit| edit.field);
        let lost: Vec<_> = lost.chain(lost_too).map(Field::name).collect();
        if !lost.is_empty() {
            return Err(Error::TooLate(format!(
                "Changed meanwhile: {}. Nothing was saved, and what you typed is still here. Leave it to see what is known now, and edit that.",
                lost.join(", ")
            )));
        }
        let mut after = known.clone();
        for edit in &edits {
            edit.make(&mut after);
        }
        Ok(after)
    }

    /// What a page showed, as what is typed over it is tidied.
    fn tidied(&self, shown: &Typed) -> Details {
        let mobile = Reading::of(&shown.mobile, self.info.country);
        let email = shown.email.trim();
        Details {
            first_name: tidy_name(&shown.first_name),
            last_name: tidy_name(&shown.last_name),
            mobile: mobile.usable().map(|mobile| mobile.e164().to_owned()),
            email: Email::parse(email)
                .map_or_else(|_| email.to_owned(), |it| it.as_str().to_owned()),
            postcode: tidy_postcode(&shown.postcode, self.info.country),
            language: shown.language.clone(),
        }
    }

    /// What a change of somebody's details means for their text, and does it. Says so, where it means anything.
    pub(super) fn text_follows(
        &self,
        conn: &Conn,
        id: Uuid,
        (before, after, asks): (&Details, &Details, Asks),
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
        match (asks, texts::confirmation_to(conn, id, mobile)?) {
            (Asks::Anew, _) => {
                self.queue(conn, &about, canvasser, now)?;
            }
            (Asks::Again, Some(text)) if text.reason == Reason::NumberChanged => {
                self.queue_again(conn, &about, &text, canvasser, now)?;
            }
            (Asks::Again, _) => {}
        }
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

/// Somebody's details, as they stand in the fields of a page.
fn as_typed(known: &Details) -> Typed {
    Typed {
        first_name: known.first_name.clone(),
        last_name: known.last_name.clone(),
        mobile: known.mobile.clone().unwrap_or_default(),
        email: known.email.clone(),
        postcode: known.postcode.clone(),
        language: known.language.clone(),
        ..Typed::default()
    }
}

/// Whether whom they live with now makes another home of it than the one that they have.
fn is_another(conn: &Conn, id: Uuid, lived: Option<Uuid>, with: LivesWith) -> Result<bool> {
    Ok(match with {
        LivesWith::Somebody(other) if other == id => return Err(Error::NotFound),
        LivesWith::Somebody(other) => {
            let (home, _) = supporters::standing(conn, other)?;
            home.is_none() || home != lived
        }
        LivesWith::NobodyElse => lived.is_some(),
    })
}

/// Puts somebody into the home of whom they live with, or out of theirs.
fn moves_in(conn: &Conn, id: Uuid, with: LivesWith, now: DateTime<Utc>) -> Result<Vec<Change>> {
    let (lived, trouble) = supporters::standing(conn, id)?;
    let mut theirs = None;
    let lives = match with {
        LivesWith::Somebody(other) => {
            let (home, made) = supporters::household_of(conn, other, now)?;
            // Whoever had none has one now, and gives it back with Undo.
            theirs = history::moved(other, None, Some(home)).filter(|_| made == Made::Now);
            Some(home)
        }
        LivesWith::NobodyElse => None,
    };
    supporters::stand(conn, id, lives, trouble.as_deref())?;
    // Whom the act is about comes first, and all that is theirs stands together.
    let own = history::moved(id, lived, lives);
    Ok(own.into_iter().chain(theirs).collect())
}

/// What else a new number changes: the gateway has not said anything of it yet.
fn new_number(conn: &Conn, id: Uuid) -> Result<Option<Change>> {
    let (lives, trouble) = supporters::standing(conn, id)?;
    supporters::stand(conn, id, lives, None)?;
    Ok(trouble.map(|trouble| Change {
        supporter: id,
        field: Field::NumberTrouble,
        before: Some(trouble),
        after: None,
    }))
}
