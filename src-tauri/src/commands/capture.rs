//! Capture: the form, its saving, and taking the last one back.

use std::collections::BTreeMap;

use placard_core::campaign as core;
use placard_core::people::{Reading as CoreReading, typed_as};
use placard_core::storage::supporters::Same;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use super::purposes::SpokenLanguage;
use super::{id, time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// What the form for one person holds, as typed.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct Typed {
    first_name: String,
    last_name: String,
    mobile: String,
    email: String,
    postcode: String,
    language: String,
    /// What they said to each purpose, by its key; nothing where they were not asked.
    answers: BTreeMap<String, bool>,
    /// The wording that was in front of them when they answered, by purpose.
    wordings: BTreeMap<String, Uuid>,
}

impl From<Typed> for core::Typed {
    fn from(typed: Typed) -> Self {
        Self {
            first_name: typed.first_name,
            last_name: typed.last_name,
            mobile: typed.mobile,
            email: typed.email,
            postcode: typed.postcode,
            language: typed.language,
            answers: typed.answers,
            wordings: typed.wordings,
        }
    }
}

impl From<core::Typed> for Typed {
    fn from(typed: core::Typed) -> Self {
        Self {
            first_name: typed.first_name,
            last_name: typed.last_name,
            mobile: typed.mobile,
            email: typed.email,
            postcode: typed.postcode,
            language: typed.language,
            answers: typed.answers,
            wordings: typed.wordings,
        }
    }
}

/// A form to fill in.
#[derive(Clone, Serialize, Type)]
pub struct CaptureStart {
    capture_id: String,
    form: Typed,
    restored: bool,
    asks: Vec<Ask>,
    what_happens: String,
    languages: Vec<SpokenLanguage>,
}

impl CaptureStart {
    fn of(start: core::Start, languages: Vec<core::Spoken>) -> Self {
        Self {
            capture_id: start.capture_id.to_string(),
            form: start.form.into(),
            restored: start.restored,
            asks: start.asks.into_iter().map(Ask::from).collect(),
            what_happens: start.what_happens.to_owned(),
            languages: languages.into_iter().map(SpokenLanguage::from).collect(),
        }
    }
}

/// Something that they are asked to agree to.
#[derive(Clone, Serialize, Type)]
pub struct Ask {
    purpose: String,
    name: String,
    label: String,
    wordings: Vec<AskWording>,
}

/// What is read out, in one language.
#[derive(Clone, Serialize, Type)]
pub struct AskWording {
    id: Uuid,
    language: String,
    rtl: bool,
    body: String,
}

impl From<core::Ask> for Ask {
    fn from(ask: core::Ask) -> Self {
        Self {
            purpose: ask.purpose,
            name: ask.name,
            label: ask.label,
            wordings: ask
                .wordings
                .into_iter()
                .map(|wording| AskWording {
                    id: wording.id,
                    language: wording.language,
                    rtl: wording.rtl,
                    body: wording.body,
                })
                .collect(),
        }
    }
}

/// What a typed number is.
#[derive(Clone, Serialize, Type)]
pub struct Reading {
    kind: ReadingKind,
    typed_as: String,
    sentence: String,
    spoken: String,
    usable: bool,
    same: Vec<SameMobile>,
}

/// What kind of number it is.
#[derive(Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReadingKind {
    /// Nothing was typed.
    Empty,
    /// The beginning of a number.
    Incomplete,
    /// It can get texts.
    Mobile,
    /// A fixed line.
    Landline,
    /// A premium-rate line.
    Premium,
    /// A short code.
    Short,
    /// Another number that cannot get texts.
    Other,
    /// No number can be made out.
    Unreadable,
}

/// Somebody who has the mobile already.
#[derive(Clone, Serialize, Type)]
pub struct SameMobile {
    supporter_id: String,
    name: String,
    when: String,
    by: String,
}

impl From<Same> for SameMobile {
    fn from(same: Same) -> Self {
        Self {
            supporter_id: same.id.to_string(),
            name: same.name,
            when: time(same.captured_at),
            by: same.canvasser,
        }
    }
}

/// What the canvasser chose where the mobile is there already.
#[derive(Clone, Deserialize, Type)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Choice {
    /// The same person: bring them up to date.
    SamePerson {
        /// Whom.
        supporter_id: String,
    },
    /// Somebody who shares this person's phone.
    SharesPhone {
        /// Whose.
        supporter_id: String,
    },
    /// Somebody else.
    Anyway,
}

/// What a press of Save led to.
#[derive(Clone, Serialize, Type)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SaveOutcome {
    /// It is durable.
    Saved {
        /// For the list of the last ones.
        saved: SavedRow,
        /// What happens now.
        sentence: String,
        /// The form for the next person.
        next: Box<CaptureStart>,
    },
    /// These people have the mobile already.
    SameMobile {
        /// Who.
        same: Vec<SameMobile>,
    },
    /// Something typed cannot be used.
    Invalid {
        /// What, and why.
        problems: Vec<FieldProblem>,
    },
}

/// A field that cannot be used as it is.
#[derive(Clone, Serialize, Type)]
pub struct FieldProblem {
    /// Its name in the form.
    pub field: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl From<core::FieldProblem> for FieldProblem {
    fn from(problem: core::FieldProblem) -> Self {
        Self {
            field: problem.field.to_owned(),
            sentence: problem.sentence,
        }
    }
}

/// A capture in the list of the last ones.
#[derive(Clone, Serialize, Type)]
pub struct SavedRow {
    capture_id: String,
    name: String,
    mobile: String,
    sentence: String,
    at: String,
}

impl From<core::SavedRow> for SavedRow {
    fn from(row: core::SavedRow) -> Self {
        Self {
            capture_id: row.capture_id.to_string(),
            name: row.name,
            mobile: row.mobile,
            sentence: row.sentence.to_owned(),
            at: time(row.at),
        }
    }
}

/// A form for the next person, or the one that was half filled in.
#[tauri::command]
#[specta::specta]
pub async fn start_capture(placard: State<'_, Placard>) -> Answer<CaptureStart> {
    with(&placard, |campaign| {
        let start = campaign.start_capture()?;
        Ok(CaptureStart::of(start, campaign.languages()?))
    })
    .await
}

/// What was typed as a mobile, and who has it already.
#[tauri::command]
#[specta::specta]
pub async fn read_mobile(placard: State<'_, Placard>, typed: String) -> Answer<Reading> {
    with(&placard, move |campaign| {
        let home = campaign.info().country;
        let (reading, same) = campaign.read_mobile(&typed)?;
        let mobile = reading.usable();
        Ok(Reading {
            kind: kind(&reading),
            typed_as: match mobile {
                Some(mobile) => mobile.national(home),
                None => typed_as(&typed, home),
            },
            sentence: reading.sentence(),
            spoken: mobile.map(|mobile| mobile.spoken(home)).unwrap_or_default(),
            usable: mobile.is_some(),
            same: same.into_iter().map(SameMobile::from).collect(),
        })
    })
    .await
}

fn kind(reading: &CoreReading) -> ReadingKind {
    match reading {
        CoreReading::Empty => ReadingKind::Empty,
        CoreReading::Incomplete(_) => ReadingKind::Incomplete,
        CoreReading::Mobile(_) => ReadingKind::Mobile,
        CoreReading::Landline => ReadingKind::Landline,
        CoreReading::Premium => ReadingKind::Premium,
        CoreReading::Short => ReadingKind::Short,
        CoreReading::Other(_) => ReadingKind::Other,
        CoreReading::Unreadable(_) => ReadingKind::Unreadable,
    }
}

/// Keeps a half-filled form.
#[tauri::command]
#[specta::specta]
pub async fn save_draft(
    placard: State<'_, Placard>,
    capture_id: String,
    form: Typed,
) -> Answer<()> {
    let capture = id(&capture_id)?;
    with(&placard, move |campaign| {
        campaign.save_draft(capture, &form.into())
    })
    .await
}

/// Saves a form. When this says saved, it is on the disk.
#[tauri::command]
#[specta::specta]
pub async fn save_capture(
    placard: State<'_, Placard>,
    capture_id: String,
    form: Typed,
    choice: Option<Choice>,
) -> Answer<SaveOutcome> {
    let capture = id(&capture_id)?;
    let choice = match choice {
        None => None,
        Some(Choice::SamePerson { supporter_id }) => {
            Some(core::Choice::SamePerson(id(&supporter_id)?))
        }
        Some(Choice::SharesPhone { supporter_id }) => {
            Some(core::Choice::SharesPhone(id(&supporter_id)?))
        }
        Some(Choice::Anyway) => Some(core::Choice::Anyway),
    };
    let (outcome, languages) = with(&placard, move |campaign| {
        // Asked for first: once it is saved, nothing may stand between that and saying so.
        let languages = campaign.languages()?;
        Ok((
            campaign.save_capture(capture, &form.into(), choice)?,
            languages,
        ))
    })
    .await?;
    Ok(match outcome {
        core::Outcome::Saved {
            row,
            sentence,
            next,
        } => SaveOutcome::Saved {
            saved: row.into(),
            sentence,
            next: Box::new(CaptureStart::of(*next, languages)),
        },
        core::Outcome::SameMobile(same) => SaveOutcome::SameMobile {
            same: same.into_iter().map(SameMobile::from).collect(),
        },
        core::Outcome::Invalid(problems) => SaveOutcome::Invalid {
            problems: problems.into_iter().map(FieldProblem::from).collect(),
        },
    })
}

/// What a supporter's own phone is to send, and where.
#[derive(Clone, Serialize, Type)]
pub struct Handset {
    name: String,
    wording: String,
    language: String,
    rtl: bool,
    message: String,
    number: String,
    /// The side of the code to scan, in modules, and its dark modules as the path of an SVG.
    side: u32,
    path: String,
}

/// What the phone of somebody who was just captured is to send, to prove the number and to agree.
#[tauri::command]
#[specta::specta]
pub async fn handset(placard: State<'_, Placard>, capture_id: String) -> Answer<Handset> {
    let capture = id(&capture_id)?;
    let handset = with(&placard, move |campaign| campaign.handset(capture)).await?;
    Ok(Handset {
        name: handset.name,
        wording: handset.wording,
        language: handset.language,
        rtl: handset.rtl,
        message: handset.message,
        number: handset.number,
        side: handset.picture.side,
        path: handset.picture.path,
    })
}

/// The last captures, newest first.
#[tauri::command]
#[specta::specta]
pub async fn last_saved(placard: State<'_, Placard>) -> Answer<Vec<SavedRow>> {
    let rows = with(&placard, core::Campaign::last_saved).await?;
    Ok(rows.into_iter().map(SavedRow::from).collect())
}
