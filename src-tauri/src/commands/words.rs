//! Settings, the campaign's own words: what is read out, and the text that is sent.

use placard_core::campaign::{Campaign, Checked, Written};
use placard_core::texts::segments::Encoding as CoreEncoding;
use placard_core::texts::template::Preview as CorePreview;
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::with;
use crate::failure::Answer;
use crate::placard::Placard;

/// A version of the confirmation text, and how it looks.
#[derive(Clone, Serialize, Type)]
pub struct TemplateView {
    body: String,
    version: u32,
    preview: Preview,
}

/// A version of what is read out.
#[derive(Clone, Serialize, Type)]
pub struct WordingView {
    body: String,
    version: u32,
}

/// How a confirmation text would look.
#[derive(Clone, Serialize, Type)]
pub struct Preview {
    rendered: String,
    segments: u32,
    encoding: Encoding,
    used: u32,
    room: u32,
    forcing: Vec<Forcing>,
    problems: Vec<String>,
}

/// How a text is encoded on its way.
#[derive(Clone, Copy, Serialize, Type)]
pub enum Encoding {
    /// Seven bits a character.
    #[serde(rename = "GSM-7")]
    Gsm7,
    /// Sixteen bits a character.
    #[serde(rename = "UCS-2")]
    Ucs2,
}

/// A character that turns the text into UCS-2.
#[derive(Clone, Serialize, Type)]
pub struct Forcing {
    character: String,
    name: String,
    instead: Option<String>,
}

impl From<CorePreview> for Preview {
    fn from(preview: CorePreview) -> Self {
        let measure = preview.measure;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            rendered: preview.text,
            segments: count(measure.segments),
            encoding: match measure.encoding {
                CoreEncoding::Gsm7 => Encoding::Gsm7,
                CoreEncoding::Ucs2 => Encoding::Ucs2,
            },
            used: count(measure.units_used),
            room: count(measure.room_in_last),
            forcing: measure
                .forcing
                .into_iter()
                .map(|forcing| Forcing {
                    character: forcing.character.to_string(),
                    name: forcing.name,
                    instead: forcing.instead.map(str::to_owned),
                })
                .collect(),
            problems: preview
                .problems
                .iter()
                .map(|problem| problem.sentence())
                .collect(),
        }
    }
}

impl From<Checked> for TemplateView {
    fn from(checked: Checked) -> Self {
        Self {
            body: checked.written.body,
            version: checked.written.version,
            preview: checked.preview.into(),
        }
    }
}

impl From<Written> for WordingView {
    fn from(written: Written) -> Self {
        Self {
            body: written.body,
            version: written.version,
        }
    }
}

/// The confirmation text, and how it looks.
#[tauri::command]
#[specta::specta]
pub async fn confirmation(placard: State<'_, Placard>) -> Answer<TemplateView> {
    Ok(with(&placard, Campaign::confirmation).await?.into())
}

/// How a confirmation text would look.
#[tauri::command]
#[specta::specta]
pub async fn preview_confirmation(placard: State<'_, Placard>, body: String) -> Answer<Preview> {
    let preview = with(&placard, move |campaign| Ok(campaign.preview(&body))).await?;
    Ok(preview.into())
}

/// Adds a version of the confirmation text.
#[tauri::command]
#[specta::specta]
pub async fn save_confirmation(placard: State<'_, Placard>, body: String) -> Answer<TemplateView> {
    let saved = with(&placard, move |campaign| campaign.save_confirmation(&body)).await?;
    Ok(saved.into())
}

/// What is read out.
#[tauri::command]
#[specta::specta]
pub async fn wording(placard: State<'_, Placard>) -> Answer<WordingView> {
    Ok(with(&placard, Campaign::wording).await?.into())
}

/// Adds a version of what is read out.
#[tauri::command]
#[specta::specta]
pub async fn save_wording(placard: State<'_, Placard>, body: String) -> Answer<WordingView> {
    let saved = with(&placard, move |campaign| campaign.save_wording(&body)).await?;
    Ok(saved.into())
}
