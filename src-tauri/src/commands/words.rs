//! Settings, the campaign's own words: what is read out, and the text that is sent.

use placard_core::campaign::{Checked, Judged};
use placard_core::consent::linter::{Finding, Severity};
use placard_core::texts::life::Kind;
use placard_core::texts::segments::Encoding as CoreEncoding;
use placard_core::texts::template::Preview as CorePreview;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use super::with;
use crate::failure::Answer;
use crate::placard::Placard;

/// A text that Placard writes by itself.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    /// Asks whether they agree.
    Confirmation,
    /// Asks once more.
    Reminder,
    /// Answers an opt-out.
    Goodbye,
    /// Answers a call for help.
    Help,
}

impl From<TemplateKind> for Kind {
    fn from(kind: TemplateKind) -> Self {
        match kind {
            TemplateKind::Confirmation => Self::Confirmation,
            TemplateKind::Reminder => Self::Reminder,
            TemplateKind::Goodbye => Self::Goodbye,
            TemplateKind::Help => Self::Help,
        }
    }
}

/// A version of such a text, and how it looks.
#[derive(Clone, Serialize, Type)]
pub struct TemplateView {
    body: String,
    version: u32,
    preview: Preview,
    findings: Vec<FindingView>,
}

/// A version of what is read out.
#[derive(Clone, Serialize, Type)]
pub struct WordingView {
    body: String,
    version: u32,
    findings: Vec<FindingView>,
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
        }
    }
}

impl From<Checked> for TemplateView {
    fn from(checked: Checked) -> Self {
        let Judged {
            written,
            findings: found,
        } = checked.judged;
        Self {
            findings: findings(&written.body, found),
            body: written.body,
            version: written.version,
            preview: checked.preview.into(),
        }
    }
}

/// What the law says of some words.
#[derive(Clone, Serialize, Type)]
pub struct FindingView {
    /// It must not be used; else it is advice.
    forbidden: bool,
    reason: String,
    mend: String,
    /// Where it stands, in UTF-16 units as the window counts; nowhere where something is missing.
    from: Option<u32>,
    to: Option<u32>,
    /// What can stand there instead.
    instead: Option<String>,
}

fn findings(body: &str, found: Vec<Finding>) -> Vec<FindingView> {
    let units = |bytes: usize| {
        let before = body.get(..bytes).unwrap_or_default();
        u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
    };
    found
        .into_iter()
        .map(|finding| FindingView {
            forbidden: finding.severity == Severity::Forbidden,
            reason: finding.reason,
            mend: finding.mend,
            from: finding.at.as_ref().map(|at| units(at.start)),
            to: finding.at.as_ref().map(|at| units(at.end)),
            instead: finding.replacement,
        })
        .collect()
}

impl From<Judged> for WordingView {
    fn from(judged: Judged) -> Self {
        Self {
            findings: findings(&judged.written.body, judged.findings),
            body: judged.written.body,
            version: judged.written.version,
        }
    }
}

/// A text that Placard writes by itself, how it looks, and what the law says of it.
#[tauri::command]
#[specta::specta]
pub async fn template(
    placard: State<'_, Placard>,
    kind: TemplateKind,
    language: String,
) -> Answer<TemplateView> {
    let checked = with(&placard, move |campaign| {
        campaign.template(kind.into(), &language)
    })
    .await?;
    Ok(checked.into())
}

/// How such a text would look, and what the law says of it.
#[tauri::command]
#[specta::specta]
pub async fn preview_template(
    placard: State<'_, Placard>,
    kind: TemplateKind,
    language: String,
    body: String,
) -> Answer<TemplateView> {
    let checked = with(&placard, move |campaign| {
        campaign.preview(kind.into(), &language, &body)
    })
    .await?;
    Ok(checked.into())
}

/// Adds a version of such a text.
#[tauri::command]
#[specta::specta]
pub async fn save_template(
    placard: State<'_, Placard>,
    kind: TemplateKind,
    language: String,
    body: String,
) -> Answer<TemplateView> {
    let saved = with(&placard, move |campaign| {
        campaign.save_template(kind.into(), &language, &body)
    })
    .await?;
    Ok(saved.into())
}

/// What is read out for a purpose.
#[tauri::command]
#[specta::specta]
pub async fn wording(
    placard: State<'_, Placard>,
    purpose: String,
    language: String,
) -> Answer<WordingView> {
    let judged = with(&placard, move |campaign| {
        campaign.wording(&purpose, &language)
    })
    .await?;
    Ok(judged.into())
}

/// What the law says of a wording as it is typed.
#[tauri::command]
#[specta::specta]
pub async fn judge_wording(
    placard: State<'_, Placard>,
    purpose: String,
    language: String,
    body: String,
) -> Answer<Vec<FindingView>> {
    with(&placard, move |campaign| {
        let found = campaign.judge_wording(&purpose, &language, &body)?;
        Ok(findings(&body, found))
    })
    .await
}

/// Adds a version of what is read out.
#[tauri::command]
#[specta::specta]
pub async fn save_wording(
    placard: State<'_, Placard>,
    purpose: String,
    language: String,
    body: String,
) -> Answer<WordingView> {
    let saved = with(&placard, move |campaign| {
        campaign.save_wording(&purpose, &language, &body)
    })
    .await?;
    Ok(saved.into())
}
