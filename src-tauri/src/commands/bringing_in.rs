//! Bringing in lists: a look, a report, and the list itself.

use std::path::{Path, PathBuf};

use placard_core::campaign as core;
use placard_core::exchange::reading::Column as CoreColumn;
use placard_core::storage::imports::ListKind as CoreKind;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, State};

use super::export::downloads;
use super::{id, with};
use crate::failure::Answer;
use crate::placard::Placard;
use crate::progress::{Work, watched};

/// What a list is of.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// People, or what is new about them.
    People,
    /// Numbers that want no texts.
    OptOuts,
    /// Numbers that nobody calls.
    DoNotCall,
}

impl From<ListKind> for CoreKind {
    fn from(kind: ListKind) -> Self {
        match kind {
            ListKind::People => Self::People,
            ListKind::OptOuts => Self::OptOuts,
            ListKind::DoNotCall => Self::DoNotCall,
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    FirstName,
    LastName,
    Name,
    Mobile,
    Email,
    Postcode,
    Language,
    Consent,
    ConsentDate,
    OptedOut,
    ExternalId,
}

impl From<CoreColumn> for Column {
    fn from(column: CoreColumn) -> Self {
        match column {
            CoreColumn::FirstName => Self::FirstName,
            CoreColumn::LastName => Self::LastName,
            CoreColumn::Name => Self::Name,
            CoreColumn::Mobile => Self::Mobile,
            CoreColumn::Email => Self::Email,
            CoreColumn::Postcode => Self::Postcode,
            CoreColumn::Language => Self::Language,
            CoreColumn::Consent => Self::Consent,
            CoreColumn::ConsentDate => Self::ConsentDate,
            CoreColumn::OptedOut => Self::OptedOut,
            CoreColumn::ExternalId => Self::ExternalId,
        }
    }
}

impl From<Column> for CoreColumn {
    fn from(column: Column) -> Self {
        match column {
            Column::FirstName => Self::FirstName,
            Column::LastName => Self::LastName,
            Column::Name => Self::Name,
            Column::Mobile => Self::Mobile,
            Column::Email => Self::Email,
            Column::Postcode => Self::Postcode,
            Column::Language => Self::Language,
            Column::Consent => Self::Consent,
            Column::ConsentDate => Self::ConsentDate,
            Column::OptedOut => Self::OptedOut,
            Column::ExternalId => Self::ExternalId,
        }
    }
}

/// How a list is read; what nobody chose is found.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct ReadOptions {
    delimiter: Option<String>,
    encoding: Option<String>,
    sheet: Option<String>,
    has_header: Option<bool>,
    /// What each column holds; nothing where it is left out.
    columns: Option<Vec<Option<Column>>>,
}

impl From<ReadOptions> for core::ReadOptions {
    fn from(options: ReadOptions) -> Self {
        let columns = options.columns.map(|columns| {
            let columns = columns.into_iter();
            columns.map(|column| column.map(Into::into)).collect()
        });
        Self {
            delimiter: options.delimiter,
            encoding: options.encoding,
            sheet: options.sheet,
            has_header: options.has_header,
            columns,
        }
    }
}

fn mapped(columns: Vec<Option<CoreColumn>>) -> Vec<Option<Column>> {
    let columns = columns.into_iter();
    columns.map(|column| column.map(Into::into)).collect()
}

/// A list as it would be read.
#[derive(Clone, Serialize, Type)]
pub struct ListPreview {
    name: String,
    format: String,
    rows_estimate: u32,
    headers: Vec<String>,
    columns: Vec<Option<Column>>,
    options: ReadOptions,
    rows: Vec<PreviewRow>,
    sheets: Vec<String>,
}

/// One of its lines as it will be.
#[derive(Clone, Serialize, Type)]
pub struct PreviewRow {
    line: u32,
    cells: Vec<String>,
    refused: Option<String>,
}

fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Looks at a list.
#[tauri::command]
#[specta::specta]
pub async fn read_list(
    placard: State<'_, Placard>,
    path: String,
    kind: ListKind,
    options: Option<ReadOptions>,
) -> Answer<ListPreview> {
    let preview = with(&placard, move |campaign| {
        let options = options.map(core::ReadOptions::from);
        campaign.read_list(Path::new(&path), kind.into(), options.as_ref())
    })
    .await?;
    let rows = preview.rows.into_iter().map(|row| PreviewRow {
        line: short(row.line),
        cells: row.cells,
        refused: row.refused,
    });
    Ok(ListPreview {
        name: preview.name,
        format: preview.format,
        rows_estimate: short(preview.rows_estimate),
        headers: preview.headers,
        columns: mapped(preview.columns),
        options: ReadOptions {
            delimiter: preview.options.delimiter,
            encoding: preview.options.encoding,
            sheet: preview.options.sheet,
            has_header: preview.options.has_header,
            columns: preview.options.columns.map(mapped),
        },
        rows: rows.collect(),
        sheets: preview.sheets,
    })
}

/// What the organiser says of the yeses on a list.
#[derive(Clone, Deserialize, Type)]
pub struct Attestation {
    wording: String,
    purpose: String,
    date: String,
    method: String,
    by: String,
    agreed: bool,
}

/// What would come of a list.
#[derive(Clone, Serialize, Type)]
pub struct Report {
    id: String,
    new: u32,
    same: u32,
    changed: u32,
    pub refused: u32,
    /// Of the refused lines, those whose opt-out acts all the same.
    refused_but_out: u32,
    opted_out: u32,
    with_consent: u32,
    pub refusals: Vec<RefusedLine>,
    pub sentence: String,
}

/// A line that is not brought in.
#[derive(Clone, Serialize, Type)]
pub struct RefusedLine {
    pub line: u32,
    pub reason: String,
    cells: Vec<String>,
}

/// Reads all of a list, and writes nothing.
#[tauri::command]
#[specta::specta]
pub async fn check_list(
    app: AppHandle,
    path: String,
    kind: ListKind,
    options: Option<ReadOptions>,
    attestation: Option<Attestation>,
) -> Answer<Report> {
    let report = watched(&app, Work::Check, move |campaign, watch| {
        let options = options.map(core::ReadOptions::from);
        let said = attestation.map(|said| core::Attestation {
            wording: said.wording,
            purpose: said.purpose,
            date: said.date,
            method: said.method,
            by: said.by,
            agreed: said.agreed,
        });
        let (options, said) = (options.as_ref(), said.as_ref());
        campaign.check_list(Path::new(&path), kind.into(), options, said, watch)
    })
    .await?;
    Ok(report.into())
}

impl From<core::Report> for Report {
    fn from(report: core::Report) -> Self {
        let refusals = report.refusals.into_iter().map(|refused| RefusedLine {
            line: short(refused.line),
            reason: refused.reason,
            cells: refused.cells,
        });
        Self {
            id: report.id.to_string(),
            new: report.counts.new,
            same: report.counts.same,
            changed: report.counts.changed,
            refused: report.counts.refused,
            refused_but_out: report.refused_but_out,
            opted_out: report.counts.opted_out,
            with_consent: report.counts.with_consent,
            refusals: refusals.collect(),
            sentence: report.sentence,
        }
    }
}

/// Writes the refused lines into a file to mend, where downloads go where nobody chose one, and says where.
#[tauri::command]
#[specta::specta]
pub async fn save_refused(
    app: AppHandle,
    placard: State<'_, Placard>,
    report_id: String,
    path: Option<String>,
) -> Answer<String> {
    let report = id(&report_id)?;
    let folder = downloads(&app)?;
    let file = with(&placard, move |campaign| {
        let chosen = path.map(PathBuf::from);
        let place = match &chosen {
            Some(file) => core::Place::File(file),
            None => core::Place::Folder(&folder),
        };
        campaign.save_refused(report, &place)
    })
    .await?;
    Ok(file.display().to_string())
}

/// What bringing a list in led to.
#[derive(Clone, Serialize, Type)]
pub struct BroughtIn {
    sentence: String,
    act_id: String,
}

/// Brings a list in that was checked: all of it, or nothing.
#[tauri::command]
#[specta::specta]
pub async fn bring_in(app: AppHandle, report_id: String) -> Answer<BroughtIn> {
    let report = id(&report_id)?;
    let brought = watched(&app, Work::BringIn, move |campaign, watch| {
        campaign.bring_in(report, watch)
    })
    .await?;
    Ok(BroughtIn {
        sentence: brought.sentence,
        act_id: brought.id.to_string(),
    })
}
