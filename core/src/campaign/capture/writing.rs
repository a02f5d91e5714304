//! What a saved form writes, in one transaction: the person, the capture, an entry of the ledger for each answer, and
//! the one text.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::LANGUAGE;
use crate::campaign::Campaign;
use crate::campaign::capture::Choice;
use crate::clock::local_zone;
use crate::consent::TEXTS;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::{Error, Result};
use crate::people::Mobile;
use crate::storage::captures::{self, Capture, Kind as CaptureKind};
use crate::storage::shifts::Shift;
use crate::storage::supporters::{self, Details, Made};
use crate::storage::{Conn, campaign, duplicates, history, ledger, purposes, texts};
use crate::texts::life::{Kind, Move, Reason, State};

impl Campaign {
    pub(super) fn write_capture(
        &self,
        conn: &Conn,
        capture_id: Uuid,
        person: &Person,
        (choice, method): (Option<Choice>, Method),
        shift: &Shift,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let zone = local_zone();
        let act = match method {
            Method::OwnHand => history::Kind::Themselves,
            _ => history::Kind::Capture,
        };
        history::begin(conn, capture_id, act, &shift.canvasser, None, now)?;
        let mut lives_with = None;
        let (supporter, details, kind) = match choice {
            Some(Choice::SamePerson(id)) => {
                let before = supporters::details(conn, id)?;
                let details = updated(&before, &person.details);
                supporters::update(conn, id, &details, now)?;
                let changes = history::differences(id, &before, &details);
                history::record(conn, capture_id, 0, &changes, &shift.canvasser, now)?;
                (id, details, CaptureKind::Update)
            }
            None | Some(Choice::SharesPhone(_) | Choice::Anyway) => {
                let household = match choice {
                    Some(Choice::SharesPhone(with)) => {
                        let (home, made) = supporters::household_of(conn, with, now)?;
                        lives_with = Some(with);
                        // Whoever had none has one now, and gives it back with Undo.
                        let theirs = history::moved(with, None, Some(home));
                        let theirs = theirs.filter(|_| made == Made::Now);
                        let (act, by) = (capture_id, &shift.canvasser);
                        history::record(conn, act, 0, theirs.as_slice(), by, now)?;
                        Some(home)
                    }
                    _ => None,
                };
                let id = Uuid::now_v7();
                let mut details = person.details.clone();
                if details.language.is_empty() {
                    details.language = LANGUAGE.to_owned();
                }
                supporters::insert(conn, id, &details, household, Some(capture_id), now)?;
                (id, details, CaptureKind::New)
            }
        };
        let queued = match &person.mobile {
            Some(mobile) => {
                let about = About {
                    supporter,
                    details: &details,
                    mobile,
                    agrees: person.agrees_to_texts(),
                };
                self.queue(conn, &about, &shift.canvasser, now)?
            }
            None => false,
        };
        captures::insert(
            conn,
            &Capture {
                id: capture_id,
                supporter,
                shift: shift.id,
                kind,
                at: now,
                zone: &zone,
                queued,
            },
        )?;
        for purpose in purposes::asked(conn)? {
            let Some(yes) = person.answers.get(&purpose.key) else {
                continue;
            };
            let wording = person.wording_of(conn, &purpose.key)?;
            let before = ledger::last_word(conn, supporter, &purpose.key)?;
            let unsaid = before.filter(|word| word.agrees && !yes);
            let word = ledger::New {
                what: match (yes, unsaid) {
                    (true, _) => What::Grant,
                    (false, None) => What::Refusal,
                    (false, Some(_)) => What::Withdrawal,
                },
                purpose: Some(&purpose.key),
                method,
                supporter: Some(supporter),
                capture: Some(capture_id),
                shift: Some(shift.id),
                wording,
                evidence: None,
                about: unsaid.map(|word| word.entry),
                at: now,
                zone: &zone,
                personal: personal(supporter, &details, shift),
            };
            ledger::add(conn, &word)?;
        }
        // Whoever has a home now is alike with others in another way than before.
        for one in [Some(supporter), lives_with].into_iter().flatten() {
            duplicates::judge(conn, one, now)?;
        }
        Ok(())
    }

    /// Queues the one confirmation of a person who agreed, or writes down why none goes. Gives whether it was
    /// queued.
    pub(in crate::campaign) fn queue(
        &self,
        conn: &Conn,
        about: &About<'_>,
        canvasser: &str,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        if let Some(earlier) = texts::confirmation_to(conn, about.supporter, about.mobile)? {
            return self.queue_again(conn, about, &earlier, canvasser, now);
        }
        let (state, reason) = goes(conn, about)?;
        let (template, body, segments) = self.confirmation_for(conn, about.details, canvasser)?;
        texts::insert(
            conn,
            &texts::New {
                id: Uuid::now_v7(),
                kind: Kind::Confirmation,
                supporter: Some(about.supporter),
                template: Some(template),
                answers: None,
                not_after: None,
                mobile: about.mobile,
                body: &body,
                segments,
                state,
                reason,
            },
            now,
        )?;
        Ok(state == State::Waiting)
    }

    /// The same for a confirmation that is there. Where theirs has gone, or waits, asking a second time sends no second
    /// one.
    pub(in crate::campaign) fn queue_again(
        &self,
        conn: &Conn,
        about: &About<'_>,
        earlier: &texts::Text,
        canvasser: &str,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        if earlier.state != State::NotSent || !about.agrees {
            return Ok(false);
        }
        let (state, reason) = goes(conn, about)?;
        let mut next = Move::to(state, reason);
        next.not_before = Some(now);
        let (template, body, segments) = self.confirmation_for(conn, about.details, canvasser)?;
        texts::rewrite(conn, earlier.id, template, &body, segments)?;
        texts::apply(conn, earlier.id, &next, now)?;
        Ok(state == State::Waiting)
    }
}

/// Whether a text about somebody goes, and why not.
fn goes(conn: &Conn, about: &About<'_>) -> Result<(State, Reason)> {
    Ok(if !about.agrees {
        (State::NotSent, Reason::NoConsent)
    } else if texts::is_elsewhere(conn, about.mobile)? {
        (State::NotSent, Reason::Elsewhere)
    } else if texts::number_has_one(conn, about.mobile)? {
        (State::NotSent, Reason::SharedPhone)
    } else {
        (State::Waiting, Reason::Queued)
    })
}

/// A form that was checked.
pub(in crate::campaign) struct Person {
    pub(in crate::campaign) details: Details,
    pub(in crate::campaign) mobile: Option<Mobile>,
    pub(super) answers: BTreeMap<String, bool>,
    pub(super) wordings: BTreeMap<String, Uuid>,
}

impl Person {
    fn agrees_to_texts(&self) -> bool {
        self.answers.get(TEXTS).is_some_and(|yes| *yes)
    }

    /// The wording that was in front of them, whatever language they are known to speak and whatever is read out by
    /// now.
    fn wording_of(&self, conn: &Conn, purpose: &str) -> Result<Option<Uuid>> {
        if let Some(id) = self.wordings.get(purpose) {
            return match ledger::wording(conn, *id)?.purpose == purpose {
                true => Ok(Some(*id)),
                false => Err(Error::NotFound),
            };
        }
        let shown = Some(self.details.language.as_str()).filter(|tag| !tag.is_empty());
        let newest = campaign::wording(conn, purpose, shown.unwrap_or(LANGUAGE))?;
        Ok(newest.map(|wording| wording.id))
    }
}

/// Who said something in a capture, in the words that an erasure takes out.
fn personal(supporter: Uuid, details: &Details, shift: &Shift) -> Personal {
    let said = |words: &String| Some(words.clone()).filter(|words| !words.is_empty());
    Personal {
        supporter: Some(supporter),
        name: said(&details.name()),
        mobile: details.mobile.clone(),
        canvasser: said(&shift.canvasser),
        place: said(&shift.place),
        said: None,
    }
}

/// Whom a text is about.
pub(in crate::campaign) struct About<'a> {
    pub(in crate::campaign) supporter: Uuid,
    pub(in crate::campaign) details: &'a Details,
    pub(in crate::campaign) mobile: &'a Mobile,
    pub(in crate::campaign) agrees: bool,
}

/// What was typed now over what was known: an empty field says nothing new.
fn updated(before: &Details, typed: &Details) -> Details {
    let newer =
        |typed: &String, before: &String| if typed.is_empty() { before } else { typed }.clone();
    Details {
        first_name: newer(&typed.first_name, &before.first_name),
        last_name: newer(&typed.last_name, &before.last_name),
        mobile: typed.mobile.clone().or_else(|| before.mobile.clone()),
        email: newer(&typed.email, &before.email),
        postcode: newer(&typed.postcode, &before.postcode),
        language: newer(&typed.language, &before.language),
    }
}
