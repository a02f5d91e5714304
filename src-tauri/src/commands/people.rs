//! People: who is found, in which order, and the filters that were saved.

use placard_core::campaign as core;
use placard_core::storage::finding;
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::texts::TextState;
use super::{id, time, with};
use crate::failure::Answer;
use crate::placard::Placard;

mod question;

use question::ConsentWord;
pub use question::Question;

/// A row of People.
#[derive(Clone, Serialize, Type)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    pub mobile: String,
    pub email: String,
    pub postcode: String,
    language: String,
    consent: ConsentWord,
    opted_out: bool,
    text: Option<TextState>,
    captured_at: String,
    updated_at: String,
    by: String,
    /// Which reason there is to correct something about them, in two words.
    to_put_right: Option<String>,
    /// Why they need correcting, in a sentence.
    needs_correcting: Option<String>,
}

/// Some of those whom a question finds, and how many there are.
#[derive(Clone, Serialize, Type)]
pub struct PeoplePage {
    pub total: u32,
    /// Whether there are more than `total`.
    pub more: bool,
    /// Whether these are only spelled like what was searched for.
    near: bool,
    pub rows: Vec<PersonRow>,
}

/// Whom a question finds, from a place in its order.
#[tauri::command]
#[specta::specta]
pub async fn people(
    placard: State<'_, Placard>,
    question: Question,
    offset: u32,
    limit: u32,
) -> Answer<PeoplePage> {
    let question = question.read()?;
    with(&placard, move |campaign| {
        PeoplePage::of(campaign, &question, offset, limit)
    })
    .await
}

impl PeoplePage {
    /// Whom a question finds, from a place in its order.
    pub fn of(
        campaign: &core::Campaign,
        question: &finding::Question,
        offset: u32,
        limit: u32,
    ) -> placard_core::Result<Self> {
        let home = campaign.info().country;
        let page = campaign.people(question, offset, limit)?;
        let rows = page.rows.into_iter().map(|person| PersonRow {
            id: person.id.to_string(),
            name: person.name,
            mobile: person
                .mobile
                .map(|mobile| mobile.national(home))
                .unwrap_or_default(),
            email: person.email,
            postcode: person.postcode,
            language: person.language,
            consent: person.consent.into(),
            opted_out: person.opted_out,
            text: person.text.map(TextState::from),
            captured_at: time(person.captured_at),
            updated_at: time(person.updated_at),
            by: person.canvasser,
            to_put_right: person
                .needs_correcting
                .as_ref()
                .map(|needs| needs.name().to_owned()),
            needs_correcting: person.needs_correcting.map(|needs| needs.sentence()),
        });
        Ok(PeoplePage {
            total: page.total,
            more: page.more,
            near: page.near,
            rows: rows.collect(),
        })
    }
}

/// How many a question finds, however many they are.
#[tauri::command]
#[specta::specta]
pub async fn count_people(placard: State<'_, Placard>, question: Question) -> Answer<u32> {
    let question = question.read()?;
    with(&placard, move |campaign| campaign.count_people(&question)).await
}

/// How many come before somebody in the answer to a question.
#[tauri::command]
#[specta::specta]
pub async fn place_of(
    placard: State<'_, Placard>,
    question: Question,
    id: String,
) -> Answer<Option<u32>> {
    let question = question.read()?;
    let person = self::id(&id)?;
    with(&placard, move |campaign| {
        campaign.place_of(&question, person)
    })
    .await
}

/// What there is to filter by.
#[derive(Clone, Serialize, Type)]
pub struct FilterChoices {
    canvassers: Vec<String>,
    shifts: Vec<ShiftChoice>,
    languages: Vec<LanguageChoice>,
    imports: Vec<ImportChoice>,
}

/// A shift.
#[derive(Clone, Serialize, Type)]
pub struct ShiftChoice {
    id: String,
    canvasser: String,
    place: String,
    started_at: String,
}

/// A language that people have.
#[derive(Clone, Serialize, Type)]
pub struct LanguageChoice {
    tag: String,
    name: String,
}

/// A list that was brought in.
#[derive(Clone, Serialize, Type)]
pub struct ImportChoice {
    id: String,
    name: String,
    at: String,
}

impl From<core::FilterChoices> for FilterChoices {
    fn from(choices: core::FilterChoices) -> Self {
        let shift = |shift: finding::ShiftOf| ShiftChoice {
            id: shift.id.to_string(),
            canvasser: shift.canvasser,
            place: shift.place,
            started_at: time(shift.started_at),
        };
        let import = |import: core::ImportChoice| ImportChoice {
            id: import.id.to_string(),
            name: import.name,
            at: time(import.at),
        };
        let language = |(tag, name)| LanguageChoice { tag, name };
        Self {
            canvassers: choices.canvassers,
            shifts: choices.shifts.into_iter().map(shift).collect(),
            languages: choices.languages.into_iter().map(language).collect(),
            imports: choices.imports.into_iter().map(import).collect(),
        }
    }
}

/// What there is to filter by.
#[tauri::command]
#[specta::specta]
pub async fn filter_choices(placard: State<'_, Placard>) -> Answer<FilterChoices> {
    let choices = with(&placard, core::Campaign::filter_choices).await?;
    Ok(choices.into())
}

/// A filter that was saved.
#[derive(Clone, Serialize, Type)]
pub struct SavedFilter {
    id: String,
    name: String,
    /// Null where it was saved by a newer Placard, and asks what this one does not know.
    question: Option<Question>,
}

/// The filters that were saved, by name.
#[tauri::command]
#[specta::specta]
pub async fn saved_filters(placard: State<'_, Placard>) -> Answer<Vec<SavedFilter>> {
    let saved = with(&placard, core::Campaign::saved_filters).await?;
    let saved = saved.into_iter().map(|saved| SavedFilter {
        id: saved.id.to_string(),
        name: saved.name,
        question: saved.question.map(Question::from),
    });
    Ok(saved.collect())
}

/// Saves a question under a name. Gives its id; null where another has the name and is not to be replaced.
#[tauri::command]
#[specta::specta]
pub async fn save_filter(
    placard: State<'_, Placard>,
    name: String,
    question: Question,
    replaces: bool,
) -> Answer<Option<String>> {
    let question = question.read()?;
    let saved = with(&placard, move |campaign| {
        campaign.save_filter(&name, &question, replaces)
    })
    .await?;
    Ok(saved.map(|id| id.to_string()))
}

/// Forgets a saved filter.
#[tauri::command]
#[specta::specta]
pub async fn forget_filter(placard: State<'_, Placard>, id: String) -> Answer<()> {
    let saved = self::id(&id)?;
    with(&placard, move |campaign| campaign.forget_filter(saved)).await
}
