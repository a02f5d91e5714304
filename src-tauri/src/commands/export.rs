//! Handing people over to others: as a file, and to a server.

use std::path::PathBuf;

use placard_core::campaign::{self as core, Campaign};
use placard_core::exchange::writing::Format;
use placard_core::gateways as kinds;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager, State, async_runtime};

use super::people::Question;
use super::with;
use crate::failure::{Answer, Failure};
use crate::placard::Placard;
use crate::progress::{Work, watched};

/// In which form people are handed over.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A list that any spreadsheet opens.
    Csv,
    /// A workbook.
    Excel,
    /// NationBuilder's import.
    #[serde(rename = "nationbuilder")]
    NationBuilder,
    /// Action Network's upload.
    ActionNetwork,
    /// VAN's bulk upload.
    Van,
    /// OSDI in JSON.
    Osdi,
}

impl From<ExportFormat> for Format {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Excel => Self::Excel,
            ExportFormat::NationBuilder => Self::NationBuilder,
            ExportFormat::ActionNetwork => Self::ActionNetwork,
            ExportFormat::Van => Self::Van,
            ExportFormat::Osdi => Self::Osdi,
        }
    }
}

/// A file of people.
#[derive(Clone, Serialize, Type)]
pub struct ExportedFile {
    pub path: String,
    count: u32,
    pub sentence: String,
}

/// Writes whom a question finds into a new file: in this folder, or where downloads go.
#[tauri::command]
#[specta::specta]
pub async fn export_people(
    app: AppHandle,
    question: Question,
    format: ExportFormat,
    folder: Option<String>,
) -> Answer<ExportedFile> {
    let question = question.read()?;
    let folder = match folder {
        Some(folder) => PathBuf::from(folder),
        None => downloads(&app)?,
    };
    let file = watched(&app, Work::Export, move |campaign, watch| {
        let who = campaign.whom(&question)?;
        campaign.export_people(&who, format.into(), &folder, watch)
    })
    .await?;
    Ok(file.into())
}

impl From<core::ExportedFile> for ExportedFile {
    fn from(file: core::ExportedFile) -> Self {
        Self {
            path: file.path.display().to_string(),
            count: count(file.count),
            sentence: file.sentence,
        }
    }
}

/// The server that people are pushed to. Its token goes in and never comes back.
#[derive(Clone, Serialize, Type)]
pub struct OsdiServer {
    address: String,
    has_token: bool,
}

impl From<kinds::OsdiForm> for OsdiServer {
    fn from(form: kinds::OsdiForm) -> Self {
        Self {
            address: form.address,
            has_token: form.has_token,
        }
    }
}

/// The server that people are pushed to.
#[tauri::command]
#[specta::specta]
pub async fn osdi_server(placard: State<'_, Placard>) -> Answer<OsdiServer> {
    Ok(with(&placard, Campaign::osdi_server).await?.into())
}

/// Pushes to this server from now on; an empty token keeps the one that is kept.
#[tauri::command]
#[specta::specta]
pub async fn save_osdi_server(
    placard: State<'_, Placard>,
    address: String,
    token: String,
) -> Answer<OsdiServer> {
    let form = kinds::OsdiForm {
        address,
        token: token.into(),
        has_token: false,
    };
    let saved = with(&placard, move |campaign| campaign.save_osdi_server(&form)).await?;
    Ok(saved.into())
}

/// Asks the server whether it would take people.
#[tauri::command]
#[specta::specta]
pub async fn test_osdi_server(placard: State<'_, Placard>) -> Answer<String> {
    let campaign = placard.campaign()?;
    Ok(campaign.test_osdi_server().await?)
}

/// How a push went.
#[derive(Clone, Serialize, Type)]
pub struct PushReport {
    sent: u32,
    same: u32,
    pub refused: Vec<PushRefused>,
    left: u32,
    pub finished: bool,
    pub sentence: String,
}

/// Somebody whom the server did not take.
#[derive(Clone, Serialize, Type)]
pub struct PushRefused {
    id: String,
    pub name: String,
    pub reason: String,
}

impl From<core::PushReport> for PushReport {
    fn from(report: core::PushReport) -> Self {
        let refused = report.refused.into_iter().map(|refused| PushRefused {
            id: refused.id.to_string(),
            name: refused.name,
            reason: refused.reason,
        });
        Self {
            sent: count(report.sent),
            same: count(report.same),
            refused: refused.collect(),
            left: count(report.left),
            finished: report.finished,
            sentence: report.sentence,
        }
    }
}

/// Pushes whom a question finds to the server, and goes on where the last push broke off.
#[tauri::command]
#[specta::specta]
pub async fn push_people(app: AppHandle, question: Question) -> Answer<PushReport> {
    let question = question.read()?;
    let report = watched(&app, Work::Push, move |campaign, watch| {
        let who = campaign.whom(&question)?;
        async_runtime::block_on(campaign.push_people(&who, watch))
    })
    .await?;
    Ok(report.into())
}

/// How the last push went.
#[tauri::command]
#[specta::specta]
pub async fn push_state(placard: State<'_, Placard>) -> Answer<Option<PushReport>> {
    let report = with(&placard, Campaign::push_state).await?;
    Ok(report.map(PushReport::from))
}

fn count(many: u64) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// Where downloads go on this laptop.
pub fn downloads(app: &AppHandle) -> Answer<PathBuf> {
    let paths = app.path();
    paths
        .download_dir()
        .or_else(|_| paths.document_dir())
        .or_else(|_| paths.home_dir())
        .map_err(|_| Failure::unknown())
}
