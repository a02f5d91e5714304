//! Capturing people: the form, its saving, and taking the last one back.

mod writing;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::languages::AllSpoken;
use super::purposes::{name, spoken_of};
use super::{Campaign, SavedRow};
use crate::consent::Channel;
use crate::consent::ledger::Method;
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::people::{Email, Reading, tidy_name, tidy_postcode};
use crate::storage::captures;
use crate::storage::purposes::{self, Purpose};
use crate::storage::shifts::{self, Shift};
use crate::storage::supporters::{self, Details, Same};
use crate::storage::{Conn, campaign, drafts};
use crate::texts::life::{Reason, State};

pub(super) use writing::{About, Person};

/// What the form for one person holds, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mobile.
    pub mobile: String,
    /// Email.
    pub email: String,
    /// Postcode.
    pub postcode: String,
    /// Language, a BCP 47 tag; empty where nobody chose one.
    pub language: String,
    /// What they said to each purpose, by its key; nothing where they were not asked.
    pub answers: BTreeMap<String, bool>,
    /// The wording that was in front of them when they answered, by purpose; the newest in their language where
    /// nothing is named.
    pub wordings: BTreeMap<String, Uuid>,
}

/// The language of somebody for whom nobody chose one.
const LANGUAGE: &str = "en";

impl Typed {
    /// Whether nothing was typed or ticked.
    fn is_empty(&self) -> bool {
        let fields = [
            &self.first_name,
            &self.last_name,
            &self.mobile,
            &self.email,
            &self.postcode,
        ];
        self.answers.is_empty() && fields.iter().all(|field| field.trim().is_empty())
    }
}

/// A form to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Identifies the form: saving it twice saves it once.
    pub capture_id: Uuid,
    /// Empty, or what was half filled in.
    pub form: Typed,
    /// Whether it holds something that was typed earlier.
    pub restored: bool,
    /// What they are asked, one thing apart from the other.
    pub asks: Vec<Ask>,
    /// What agreeing leads to.
    pub what_happens: &'static str,
}

/// Something that a supporter is asked to agree to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The purpose's key.
    pub purpose: String,
    /// What it is called: "Calls about volunteering".
    pub name: String,
    /// What a yes is called: "Agrees to calls about volunteering".
    pub label: String,
    /// What is read out before it, in each language that has words of its own.
    pub wordings: Vec<AskWording>,
}

/// What is read out in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskWording {
    /// The version of it.
    pub id: Uuid,
    /// A BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// The words.
    pub body: String,
}

/// What the canvasser chose where the mobile is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It is this person: bring them up to date.
    SamePerson(Uuid),
    /// It is somebody who shares this person's phone.
    SharesPhone(Uuid),
    /// It is somebody else.
    Anyway,
}

/// A field that cannot be saved as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field, as [`Typed`] calls it.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// What a press of Save led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is durable.
    Saved {
        /// For the list of the last ones.
        row: SavedRow,
        /// What happens now.
        sentence: String,
        /// The form for the next person.
        next: Box<Start>,
    },
    /// These people have the mobile already, and the canvasser chooses.
    SameMobile(Vec<Same>),
    /// Something typed cannot be used.
    Invalid(Vec<FieldProblem>),
}

impl Campaign {
    /// A form for the next person, or the one that was half filled in.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn start_capture(&self) -> Result<Start> {
        self.storage.read(|conn| {
            let draft = drafts::kept(conn)?.and_then(|(id, json)| {
                let form: Typed = serde_json::from_str(&json).ok()?;
                Some((id, form))
            });
            let mut start = self.empty_form(conn)?;
            if let Some((capture_id, form)) = draft {
                start.restored = !form.is_empty();
                start.capture_id = capture_id;
                start.form = form;
            }
            Ok(start)
        })
    }

    /// A form that nobody has typed in.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn empty_start(&self) -> Result<Start> {
        self.storage.read(|conn| self.empty_form(conn))
    }

    fn empty_form(&self, conn: &Conn) -> Result<Start> {
        let spoken = AllSpoken::of(conn)?;
        let asks = purposes::asked(conn)?
            .into_iter()
            .map(|purpose| ask(conn, &spoken, purpose))
            .collect::<Result<_>>()?;
        let now = self.goes_at_once(conn)?;
        let online = self.sender.connection().online;
        Ok(Start {
            capture_id: Uuid::now_v7(),
            form: Typed::default(),
            restored: false,
            asks,
            what_happens: match (now, online) {
                _ if self.has_no_gateway() => {
                    "Until a gateway is chosen in Settings, only the drawn phone in Texts gets it."
                }
                (true, _) => "One text goes at once; they reply YES to confirm.",
                (false, true) => "One text goes as soon as it can; they reply YES to confirm.",
                (false, false) => {
                    "One text goes when we are online again; they reply YES to confirm."
                }
            },
        })
    }

    /// What was typed as a mobile, and who has it already.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn read_mobile(&self, typed: &str) -> Result<(Reading, Vec<Same>)> {
        let reading = Reading::of(typed, self.info.country);
        let same = match reading.usable() {
            Some(mobile) => self
                .storage
                .read(|conn| supporters::same_mobile(conn, mobile))?,
            None => Vec::new(),
        };
        Ok((reading, same))
    }

    /// Keeps a half-filled form.
    ///
    /// # Errors
    /// The disk says no.
    pub fn save_draft(&self, capture_id: Uuid, form: &Typed) -> Result<()> {
        let now = self.clock.now();
        let json = serde_json::to_string(form).map_err(|_| Error::NotFound)?;
        self.storage.write(|conn| {
            if form.is_empty() {
                drafts::forget(conn)
            } else {
                drafts::keep(conn, capture_id, &json, now)
            }
        })
    }

    /// Saves a form. When this says saved, it is on the disk. Saving the same form again says the same and
    /// saves nothing.
    ///
    /// # Errors
    /// [`Error::DiskFull`] and the like: nothing was saved then, and what was typed stays the form's.
    pub fn save_capture(
        &self,
        capture_id: Uuid,
        form: &Typed,
        choice: Option<Choice>,
    ) -> Result<Outcome> {
        self.save_as(capture_id, form, choice, Method::Spoken)
    }

    /// Saves a form whose answers were given in this way.
    pub(super) fn save_as(
        &self,
        capture_id: Uuid,
        form: &Typed,
        choice: Option<Choice>,
        method: Method,
    ) -> Result<Outcome> {
        let person = match self.checked(form) {
            Ok(person) => person,
            Err(problems) => return Ok(Outcome::Invalid(problems)),
        };
        let now = self.clock.now();
        let mut shift = self.current_shift();
        let (outcome, begun) = self.storage.write(|conn| {
            if captures::saved(conn, capture_id)?.is_some() {
                return Ok((self.saved(conn, capture_id)?, None));
            }
            if let (Some(mobile), None) = (&person.mobile, choice) {
                let same = supporters::same_mobile(conn, mobile)?;
                if !same.is_empty() {
                    return Ok((Outcome::SameMobile(same), None));
                }
            }
            let begun = match &*shift {
                Some(_) => None,
                None => Some(nobodys_shift(conn, now)?),
            };
            if let Some(shift) = begun.as_ref().or(shift.as_ref()) {
                let how = (choice, method);
                self.write_capture(conn, capture_id, &person, how, shift, now)?;
            }
            if method == Method::Spoken {
                // A turned screen leaves the canvasser's half-filled form where it is.
                drafts::forget(conn)?;
            }
            Ok((self.saved(conn, capture_id)?, begun))
        })?;
        if begun.is_some() {
            *shift = begun;
        }
        drop(shift);
        if matches!(outcome, Outcome::Saved { .. }) {
            self.sender.look();
            self.events.changed(Topic::People);
            self.events.changed(Topic::Texts);
        }
        Ok(outcome)
    }

    /// What was typed, tidied.
    pub(super) fn checked(&self, form: &Typed) -> Result<Person, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut problem = |field, sentence: String| problems.push(FieldProblem { field, sentence });
        let first_name = tidy_name(&form.first_name);
        let last_name = tidy_name(&form.last_name);
        if first_name.is_empty() && last_name.is_empty() {
            problem(
                "first_name",
                "Type a first name, or whatever they go by.".to_owned(),
            );
        }
        let reading = Reading::of(&form.mobile, self.info.country);
        if reading != Reading::Empty && reading.usable().is_none() {
            let sentence = match reading {
                Reading::Incomplete(_) => "This number is not whole yet.".to_owned(),
                _ => reading.sentence(),
            };
            problem(
                "mobile",
                format!("{sentence} Correct it, or clear it to save without a mobile."),
            );
        }
        let email = match form.email.trim() {
            "" => String::new(),
            typed => match Email::parse(typed) {
                Ok(email) => email.as_str().to_owned(),
                Err(why) => {
                    problem("email", why.to_string());
                    String::new()
                }
            },
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let mobile = reading.usable().cloned();
        Ok(Person {
            details: Details {
                first_name,
                last_name,
                mobile: mobile.as_ref().map(|mobile| mobile.e164().to_owned()),
                email,
                postcode: tidy_postcode(&form.postcode, self.info.country),
                language: form.language.clone(),
            },
            mobile,
            answers: form.answers.clone(),
            wordings: form.wordings.clone(),
        })
    }

    fn saved(&self, conn: &Conn, capture_id: Uuid) -> Result<Outcome> {
        let saved = captures::saved(conn, capture_id)?.ok_or(Error::NotFound)?;
        let now = self.goes_at_once(conn)?;
        let online = self.sender.connection().online;
        let what = match saved.text {
            None if saved.mobile.is_none() => "No mobile, so no text goes.",
            None => "No text goes.",
            Some((State::Waiting, _)) if self.has_no_gateway() => {
                "Only the drawn phone gets the text until a gateway is chosen in Settings."
            }
            Some((State::Waiting, _)) if now => "The text goes now.",
            Some((State::Waiting, _)) if online => "The text waits: Texts says why.",
            Some((State::Waiting, _)) => "The text goes when you are back online.",
            Some((State::NotSent, Reason::SharedPhone)) => {
                "This phone gets one text, for whoever was saved first."
            }
            Some((State::NotSent, Reason::NoConsent)) => "Not agreed, so no text goes.",
            Some((State::NotSent, _)) => "No text goes.",
            Some((State::Accepted | State::Delivered, _)) => "Their text has gone already.",
            Some((State::Sending | State::Uncertain, _)) => "Their text may have gone already.",
            Some((State::Undelivered | State::Failed, _)) => {
                "Their text did not arrive: Texts says why."
            }
        };
        let sentence = if saved.update {
            format!("Brought up to date. {what}")
        } else {
            what.to_owned()
        };
        Ok(Outcome::Saved {
            row: self.row(saved),
            sentence,
            next: Box::new(self.empty_form(conn)?),
        })
    }
}

/// A purpose as it is asked for.
fn ask(conn: &Conn, spoken: &AllSpoken, purpose: Purpose) -> Result<Ask> {
    let wordings = campaign::wordings(conn, &purpose.key)?;
    Ok(Ask {
        name: name(&purpose),
        label: match purpose.channel {
            Channel::Opinions => name(&purpose),
            _ => format!("Agrees to {}", spoken_of(&purpose)),
        },
        wordings: wordings
            .into_iter()
            .map(|version| AskWording {
                id: version.id,
                rtl: spoken.is_rtl(&version.language),
                language: version.language,
                body: version.body,
            })
            .collect(),
        purpose: purpose.key,
    })
}

/// The shift of captures for which nobody said who and where.
fn nobodys_shift(conn: &Conn, now: DateTime<Utc>) -> Result<Shift> {
    let shift = Shift {
        id: Uuid::now_v7(),
        canvasser: String::new(),
        place: String::new(),
    };
    shifts::insert(conn, &shift, now)?;
    Ok(shift)
}
