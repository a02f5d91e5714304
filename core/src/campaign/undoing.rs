//! Undo and Redo: what was done to the records and set in Settings, in the order in which it was done, after a restart
//! too. What has left the laptop does not come back, and what somebody said themselves is theirs to change.

mod next;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::Campaign;
use super::bringing_in::import_called;
use super::capture::About;
use super::correcting::Asks;
use super::erasing::TAKEN_BACK_STAYS;
use super::last::beside;
use super::merging;
use super::person::mobile_of;
use super::settings::{self, Turning};
use crate::clock::local_zone;
use crate::consent::TEXTS;
use crate::consent::ledger::{Method, Personal, What};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::storage::captures::{self, Saved};
use crate::storage::history::{self, Act, Change, Field, Kind};
use crate::storage::supporters::Details;
use crate::storage::{Conn, duplicates, ledger, supporters, texts};
use crate::texts::life::{Move, Reason, State};
use next::{withdrawn, withdrawn_before};

/// What was undone or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// To whom; of what was set, what it was.
    pub name: String,
    /// What that means for them and their text.
    pub sentence: String,
}

/// What Undo and Redo would do now.
#[derive(Clone, PartialEq, Eq)]
pub struct Undoable {
    /// What Undo undoes; nothing where there is nothing.
    pub undo: Option<String>,
    /// What Redo redoes.
    pub redo: Option<String>,
}

/// How far back Undo reaches: what was undone is kept as long, and is forgotten then.
const REACH: TimeDelta = TAKEN_BACK_STAYS;

const STAYS: &str = "They stay, and so does their text: they said yes on another laptop too.";

const MAY_HAVE_GONE: &str = "Their text may have gone already, and cannot be called back.";

impl Campaign {
    /// Undoes what was done last and can be undone. A text that waits does not go; one that has left cannot be called
    /// back.
    ///
    /// # Errors
    /// [`Error::TooLate`] where there is nothing to undo, or what was set before would be refused today: that is passed
    /// over from then on.
    pub fn undo(&self) -> Result<Undone> {
        let (now, who, sender) = (self.clock.now(), self.who(), self.sends_as());
        let turning = Turning {
            who: &who,
            sender,
            now,
        };
        self.turned(|conn| {
            let act = self.to_undo(conn, now)?.ok_or_else(nothing_to_undo)?;
            let undone = match act.kind {
                Kind::Capture => self.take_back(conn, &act, &who, now)?,
                Kind::Correction => self.reverse_correction(conn, &act, &who, now)?,
                Kind::Withdrawal => self.unsay_withdrawal(conn, &act, now)?,
                Kind::Merge => self.part_again(conn, &act, &who, now)?,
                Kind::Import => self.undo_import(conn, &act, &who, now)?,
                Kind::Setting => match self.turn_setting(conn, &act, &turning)? {
                    Ok(undone) => undone,
                    refused @ Err(_) => return Ok(refused),
                },
                Kind::Themselves | Kind::TakeIn => return Err(nothing_to_undo()),
            };
            history::turn(conn, act.id, Some(now))?;
            Ok(Ok(undone))
        })?
    }

    /// Redoes what was undone last, where nothing was done since.
    ///
    /// # Errors
    /// [`Error::TooLate`] where there is nothing to do again, or it would be refused today, as with [`Self::undo`].
    pub fn redo(&self) -> Result<Undone> {
        let (now, who, sender) = (self.clock.now(), self.who(), self.sends_as());
        let turning = Turning {
            who: &who,
            sender,
            now,
        };
        self.turned(|conn| {
            let act = self
                .to_do_again(conn, now)?
                .ok_or_else(nothing_to_do_again)?;
            let done = match act.kind {
                Kind::Capture => self.capture_again(conn, &act, &who, now)?,
                Kind::Correction => self.reverse_correction(conn, &act, &who, now)?,
                Kind::Withdrawal => self.withdraw_again(conn, &act, now)?,
                Kind::Merge => self.merge_again(conn, &act, &who, now)?,
                Kind::Import => self.import_again(conn, &act, &who, now)?,
                Kind::Setting => match self.turn_setting(conn, &act, &turning)? {
                    Ok(done) => done,
                    refused @ Err(_) => return Ok(refused),
                },
                Kind::Themselves | Kind::TakeIn => return Err(nothing_to_do_again()),
            };
            history::turn(conn, act.id, None)?;
            Ok(Ok(done))
        })?
    }

    /// What Undo and Redo would do now.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn undoable(&self) -> Result<Undoable> {
        let now = self.clock.now();
        self.storage.read(|conn| {
            let called = |act: Option<Act>| act.map(|act| called(conn, &act)).transpose();
            Ok(Undoable {
                undo: called(self.to_undo(conn, now)?)?,
                redo: called(self.to_do_again(conn, now)?)?,
            })
        })
    }

    pub(super) fn turned<T>(&self, work: impl FnOnce(&Conn) -> Result<T>) -> Result<T> {
        let undone = self.storage.write(work)?;
        for topic in [Topic::People, Topic::Texts, Topic::Inbox, Topic::Campaign] {
            self.events.changed(topic);
        }
        self.sender.look();
        Ok(undone)
    }

    /// Who does things now: the canvasser of the shift, or nobody by name.
    pub(super) fn who(&self) -> String {
        self.shift()
            .map_or_else(String::new, |shift| shift.canvasser)
    }

    fn take_back(&self, conn: &Conn, act: &Act, who: &str, now: DateTime<Utc>) -> Result<Undone> {
        let saved = captures::saved(conn, act.id)?.ok_or(Error::NotFound)?;
        let details = supporters::details(conn, saved.supporter)?;
        for (entry, purpose, wording) in ledger::said_in(conn, act.id)? {
            let of = (saved.supporter, &details);
            unsay(conn, of, (entry, &purpose, wording), Some(act.id), now)?;
        }
        let text = texts::newest_for(conn, saved.supporter)?;
        // It speaks for nobody from here on.
        captures::turn(conn, act.id, Some(now))?;
        let mut stays = false;
        for brought in supporters::brought_by(conn, act.id)? {
            match captures::is_spoken_for(conn, brought)? {
                true => stays = true,
                false => supporters::remove(conn, brought, now)?,
            }
        }
        turn_round(conn, act, who, now)?;
        let sentence = match stays && ledger::agrees(conn, saved.supporter, TEXTS)? {
            true => STAYS,
            false => text_of_undone(conn, &saved, text, now)?,
        };
        Ok(Undone {
            name: saved.name,
            sentence: sentence.to_owned(),
        })
    }

    fn capture_again(
        &self,
        conn: &Conn,
        act: &Act,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Undone> {
        let undone_at = act.undone_at.ok_or(Error::NotFound)?;
        supporters::restore(conn, act.id, undone_at, now)?;
        turn_round(conn, act, who, now)?;
        captures::turn(conn, act.id, None)?;
        let saved = captures::saved(conn, act.id)?.ok_or(Error::NotFound)?;
        let details = supporters::details(conn, saved.supporter)?;
        for entry in ledger::taken_back(conn, Some(act.id), None)? {
            ledger::say_again(conn, entry)?;
        }
        if let Some(mobile) = mobile_of(&details) {
            let agrees = ledger::agrees(conn, saved.supporter, TEXTS)?;
            let about = About {
                supporter: saved.supporter,
                details: &details,
                mobile: &mobile,
                agrees,
            };
            match texts::confirmation_to(conn, saved.supporter, &mobile)? {
                Some(text) if agrees && waited(conn, &saved, &text, undone_at)? => {
                    self.queue_again(conn, &about, &text, who, now)?;
                }
                Some(text) if !agrees && text.reason == Reason::TakenBack => {
                    let no = Move::to(State::NotSent, Reason::NoConsent);
                    texts::apply(conn, text.id, &no, now)?;
                }
                _ => {}
            }
        }
        let saved = captures::saved(conn, act.id)?.ok_or(Error::NotFound)?;
        Ok(Undone {
            sentence: beside(saved.text, saved.mobile.is_some()).to_owned(),
            name: saved.name,
        })
    }

    fn reverse_correction(
        &self,
        conn: &Conn,
        act: &Act,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Undone> {
        let supporter = subject(conn, act)?;
        let before = supporters::details(conn, supporter)?;
        turn_round(conn, act, who, now)?;
        let after = supporters::details(conn, supporter)?;
        let changed = (&before, &after, Asks::Again);
        let sentence = self.text_follows(conn, supporter, changed, who, now)?;
        Ok(Undone {
            name: after.name(),
            sentence: sentence
                .unwrap_or("They are as they were before.")
                .to_owned(),
        })
    }

    fn unsay_withdrawal(&self, conn: &Conn, act: &Act, now: DateTime<Utc>) -> Result<Undone> {
        let no = withdrawn(conn, act)?.ok_or(Error::NotFound)?;
        let details = supporters::details(conn, no.supporter)?;
        let (of, said) = ((no.supporter, &details), (no.entry, &*no.purpose, None));
        unsay(conn, of, said, None, now)?;
        texts::decide_anew(conn, mobile_of(&details).as_ref(), now)?;
        Ok(Undone {
            name: details.name(),
            sentence: "Their yes stands again. The ledger shows both.".to_owned(),
        })
    }

    fn withdraw_again(&self, conn: &Conn, act: &Act, now: DateTime<Utc>) -> Result<Undone> {
        let no = withdrawn_before(conn, act)?.ok_or(Error::NotFound)?;
        let details = supporters::details(conn, no.supporter)?;
        let again = ledger::say_again(conn, no.entry)?;
        history::says(conn, act.id, again)?;
        texts::decide_anew(conn, mobile_of(&details).as_ref(), now)?;
        Ok(Undone {
            name: details.name(),
            sentence: "Their yes is withdrawn again.".to_owned(),
        })
    }
}

fn nothing_to_undo() -> Error {
    Error::TooLate("There is nothing to undo.".to_owned())
}

fn nothing_to_do_again() -> Error {
    Error::TooLate("There is nothing to redo.".to_owned())
}

/// An act as a button names it: "the correction of Amina Khan".
fn called(conn: &Conn, act: &Act) -> Result<String> {
    let name = || supporters::name_of(conn, subject(conn, act)?);
    Ok(match act.kind {
        Kind::Capture => format!("the capture of {}", name()?),
        Kind::Correction => format!("the correction of {}", name()?),
        Kind::Withdrawal => format!("what was withdrawn for {}", name()?),
        Kind::Merge => merging::called(conn, act.id)?,
        Kind::Import => import_called(conn, act)?,
        Kind::Setting => settings::called(conn, act.id)?,
        // Passed over.
        Kind::Themselves | Kind::TakeIn => name()?,
    })
}

/// Whom an act is about.
fn subject(conn: &Conn, act: &Act) -> Result<Uuid> {
    history::subject(conn, act.id)?.ok_or(Error::NotFound)
}

/// Changes what an act changed the other way round; whoever is otherwise now may be a pair with others.
fn turn_round(conn: &Conn, act: &Act, who: &str, now: DateTime<Utc>) -> Result<()> {
    for one in reverse(conn, act, who, now)? {
        duplicates::judge(conn, one, now)?;
    }
    Ok(())
}

/// Changes what the last turn of an act changed the other way round, as a turn of its own. What somebody's own phone has
/// changed since stays, and so does whoever has gone since. Gives whom it was about.
pub(super) fn reverse(conn: &Conn, act: &Act, who: &str, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let (turn, changes) = history::last_turn(conn, act.id)?;
    if (turn % 2 == 1) != act.undone_at.is_some() {
        // Nothing could be turned round the last time.
        return Ok(Vec::new());
    }
    let back: Vec<Change> = changes
        .into_iter()
        .map(|change| Change {
            before: change.after,
            after: change.before,
            ..change
        })
        .collect();
    let (mut turned, mut about) = (Vec::new(), Vec::new());
    for one in back.chunk_by(|one, other| one.supporter == other.supporter) {
        let Some(supporter) = one.first().map(|change| change.supporter) else {
            continue;
        };
        if !supporters::is_there(conn, supporter)? {
            continue;
        }
        let mut details = supporters::details(conn, supporter)?;
        let (mut household, mut trouble) = supporters::standing(conn, supporter)?;
        let moved_since = one
            .iter()
            .any(|change| change.field == Field::Mobile && change.before != details.mobile);
        for change in one {
            let stands = match change.field {
                Field::FirstName => text_of(&details.first_name),
                Field::LastName => text_of(&details.last_name),
                Field::Mobile => details.mobile.clone(),
                Field::Email => text_of(&details.email),
                Field::Postcode => text_of(&details.postcode),
                Field::Language => text_of(&details.language),
                Field::Household => household.map(|id| id.to_string()),
                // It goes with the number, whatever the gateway has said since.
                Field::NumberTrouble if moved_since => continue,
                Field::NumberTrouble => change.before.clone(),
            };
            if stands != change.before {
                continue;
            }
            let value = change.after.clone();
            match change.field {
                Field::Household => household = value.and_then(|id| Uuid::parse_str(&id).ok()),
                Field::NumberTrouble => trouble = value,
                _ => change.make(&mut details),
            }
            turned.push(change.clone());
        }
        supporters::update(conn, supporter, &details, now)?;
        supporters::stand(conn, supporter, household, trouble.as_deref())?;
        about.push(supporter);
    }
    history::record(conn, act.id, turn + 1, &turned, who, now)?;
    Ok(about)
}

fn text_of(value: &str) -> Option<String> {
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

/// Writes down that a word was entered by mistake.
pub(super) fn unsay(
    conn: &Conn,
    (supporter, details): (Uuid, &Details),
    (entry, purpose, wording): (Uuid, &str, Option<Uuid>),
    capture: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    let back = ledger::New {
        what: What::TakenBack,
        purpose: Some(purpose),
        method: Method::Organiser,
        supporter: Some(supporter),
        capture,
        shift: None,
        wording,
        evidence: None,
        about: Some(entry),
        at: now,
        zone: &local_zone(),
        personal: Personal {
            supporter: Some(supporter),
            name: Some(details.name()),
            mobile: details.mobile.clone(),
            ..Personal::default()
        },
    };
    ledger::add(conn, &back)?;
    Ok(())
}

/// Whether a text waits again when the capture is done again: its undoing took it back, or the capture had queued it.
/// One that a person cancelled stays so.
fn waited(
    conn: &Conn,
    saved: &Saved,
    text: &texts::Text,
    undone_at: DateTime<Utc>,
) -> Result<bool> {
    match text.reason {
        Reason::TakenBack => Ok(true),
        Reason::Cancelled => Ok(saved.update && texts::moved_last(conn, text.id)? == undone_at),
        _ => Ok(saved.queued),
    }
}

/// What becomes of the text of somebody whose capture is undone, in a sentence.
fn text_of_undone(
    conn: &Conn,
    saved: &Saved,
    text: Option<texts::Text>,
    now: DateTime<Utc>,
) -> Result<&'static str> {
    // Somebody who was there before, and agreed before, keeps the text that was queued before.
    let still_agreed =
        saved.update && !saved.queued && ledger::agrees(conn, saved.supporter, TEXTS)?;
    Ok(match text {
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
    })
}
