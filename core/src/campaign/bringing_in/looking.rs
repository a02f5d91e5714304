//! A first look at a list: what its columns hold, and its first lines as they will be.

use std::ops::ControlFlow;
use std::path::Path;

use super::{Opened, ReadOptions, recognise};
use crate::campaign::Campaign;
use crate::error::Result;
use crate::exchange::reading::cells::whole;
use crate::exchange::reading::{Column, Line, List};
use crate::people::{Country, Reading};
use crate::storage::imports::ListKind;

/// How many lines are shown.
const SHOWN: usize = 20;
/// From so many lines it is told how many there are.
const COUNTED: u64 = 1_000;

/// A list as it would be read.
#[derive(Clone)]
pub struct ListPreview {
    /// The file's own name.
    pub name: String,
    /// Its format: "CSV, UTF-8, commas".
    pub format: String,
    /// How many lines it has, about, without the header.
    pub rows_estimate: u64,
    /// What its columns are called; "Column 1" and so on where nothing is.
    pub headers: Vec<String>,
    /// What each column holds.
    pub columns: Vec<Option<Column>>,
    /// How it is read.
    pub options: ReadOptions,
    /// The first lines as they will be.
    pub rows: Vec<PreviewRow>,
    /// The sheets to choose from.
    pub sheets: Vec<String>,
}

/// One line as it will be.
#[derive(Clone)]
pub struct PreviewRow {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// Cell by cell, in the order of the columns.
    pub cells: Vec<String>,
    /// Why it is refused, where it is.
    pub refused: Option<String>,
}

impl Campaign {
    /// Looks at a list: how it is read, what its columns hold, and its first lines as they will be.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] where it is no list that Placard can read.
    pub fn read_list(
        &self,
        path: &Path,
        kind: ListKind,
        options: Option<&ReadOptions>,
    ) -> Result<ListPreview> {
        let opened = self.opened_list(path, kind, options)?;
        let judge = self
            .storage
            .read(|conn| self.judge_of(conn, opened.columns.clone(), None))?;
        let mut rows = Vec::new();
        let (mut lines, mut bytes, mut header) = (0, 0, opened.has_header);
        let whole = opened.list.each(&mut |line| {
            if std::mem::take(&mut header) {
                return Ok(ControlFlow::Continue(()));
            }
            if rows.len() < SHOWN {
                let (cells, refused) = judge.preview(line, kind != ListKind::People);
                rows.push(PreviewRow {
                    line: line.number,
                    cells,
                    refused,
                });
            }
            lines += 1;
            bytes += (line.cells.as_slice().len() + line.cells.len()) as u64;
            Ok(if lines < COUNTED {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            })
        })?;
        let chosen = opened.list.chosen();
        Ok(ListPreview {
            name: opened.list.name(),
            format: opened.list.format(),
            rows_estimate: match (whole, opened.list.sheets().is_empty()) {
                (Some(_), _) => lines,
                (None, true) => opened.list.length * lines / bytes.max(1),
                (None, false) => opened.list.length,
            },
            options: ReadOptions {
                delimiter: chosen.delimiter.map(|byte| char::from(byte).to_string()),
                encoding: chosen.encoding.map(str::to_owned),
                sheet: chosen.sheet.map(str::to_owned),
                has_header: Some(opened.has_header),
                columns: Some(opened.columns.clone()),
            },
            sheets: opened.list.sheets().to_vec(),
            headers: opened.headers,
            columns: opened.columns,
            rows,
        })
    }
}

/// Finds what a list's columns hold, where nobody chose.
pub(super) fn opened(
    list: List,
    kind: ListKind,
    options: Option<&ReadOptions>,
    country: Country,
) -> Result<Opened> {
    let mut first: Vec<Vec<String>> = Vec::new();
    list.each(&mut |line: &Line| {
        first.push(
            line.cells
                .iter()
                .map(|cell| cell.trim().to_owned())
                .collect(),
        );
        Ok(if first.len() < SHOWN {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    })?;
    let top = first.first().cloned().unwrap_or_default();
    let recognised = recognise(top.iter().map(String::as_str));
    let is_number = |cell: &String| Reading::of(whole(cell), country).usable().is_some();
    let has_header = options
        .and_then(|options| options.has_header)
        .unwrap_or_else(|| {
            recognised.iter().any(Option::is_some)
                || !top.iter().any(|cell| is_number(cell) || cell.contains('@'))
        });
    let below = first.get(usize::from(has_header)..).unwrap_or_default();
    let width = match has_header {
        true => top.len(),
        false => first.iter().map(Vec::len).max().unwrap_or_default(),
    };
    let chosen = options.and_then(|options| options.columns.clone());
    let mut columns = match (chosen, has_header) {
        (Some(columns), _) => columns,
        (None, true) => recognised,
        (None, false) => Vec::new(),
    };
    columns.resize(width, None);
    if kind != ListKind::People {
        for column in &mut columns {
            column.take_if(|column| *column != Column::Mobile);
        }
        if !columns.contains(&Some(Column::Mobile)) {
            // Where most cells are numbers.
            let numbers = |place: usize| {
                let cells = below.iter().filter_map(|cells| cells.get(place));
                cells.filter(|cell| is_number(cell)).count()
            };
            let most = (0..width).max_by_key(|place| (numbers(*place), std::cmp::Reverse(*place)));
            if let Some(column) = most
                .filter(|place| numbers(*place) > 0)
                .and_then(|place| columns.get_mut(place))
            {
                *column = Some(Column::Mobile);
            }
        }
    }
    let headers = (0..width)
        .map(|place| match top.get(place) {
            Some(header) if has_header => header.clone(),
            _ => format!("Column {}", place + 1),
        })
        .collect();
    Ok(Opened {
        list,
        has_header,
        headers,
        columns,
    })
}
