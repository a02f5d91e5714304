//! Excel workbooks, row by row.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx};

use super::fingerprint::{Hashing, Seen};
use super::{LONGEST_LINE, Line, MOST_COLUMNS, archive, not_read, open, refused};
use crate::error::{Error, Result};

/// The largest workbook, packed.
const MOST_PACKED: u64 = 64 << 20;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// The sheets, the one that is read, and its last row.
pub(super) fn look(path: &Path, chosen: Option<&str>) -> Result<(Vec<String>, String, u64)> {
    let (mut book, _) = opened(path)?;
    let sheets = book.sheet_names();
    let sheet = match chosen {
        Some(chosen) => sheets.iter().find(|sheet| *sheet == chosen),
        None => sheets.first(),
    };
    let sheet = sheet
        .ok_or_else(|| refused("This workbook has no such sheet."))?
        .clone();
    let cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let rows = u64::from(cells.dimensions().end.0) + 1;
    Ok((sheets, sheet, rows))
}

/// Goes through the rows. Gives the hash of the file, where they were read to their end.
pub(super) fn each(
    path: &Path,
    sheet: &str,
    look: &mut dyn FnMut(&Line) -> Result<ControlFlow<()>>,
) -> Result<Option<[u8; 32]>> {
    let (mut book, hash) = opened(path)?;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let mut line = Line::default();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let (row, column) = (u64::from(row) + 1, column as usize);
        if row < line.number {
            return Err(refused(format!(
                "Row {row} of the sheet stands behind a later one: it is damaged. Open it in a spreadsheet and save it again, or save the sheet as CSV."
            )));
        }
        if row != line.number {
            if !line.is_blank() && look(&line)?.is_break() {
                return Ok(None);
            }
            line.cells.clear();
            line.number = row;
            line.at = row;
        }
        let shown = shown(cell.get_value());
        if shown.is_empty() {
            continue;
        }
        if column >= MOST_COLUMNS || column < line.cells.len() {
            return Err(refused(format!(
                "Row {row} of the sheet has more than {MOST_COLUMNS} columns, or is damaged."
            )));
        }
        if line.cells.as_slice().len() + shown.len() > LONGEST_LINE {
            return Err(refused(format!(
                "Row {row} of the sheet holds more than Placard reads. Shorten its cells, or leave columns out."
            )));
        }
        while line.cells.len() < column {
            line.cells.push_field("");
        }
        line.cells.push_field(&shown);
    }
    if !line.is_blank() && look(&line)?.is_break() {
        return Ok(None);
    }
    Ok(Some(hash))
}

fn opened(path: &Path) -> Result<(Book, [u8; 32])> {
    if Seen::of(path)?.length > MOST_PACKED {
        return Err(refused(
            "This workbook is larger than Placard reads (64 MB). Save the sheet as CSV.",
        ));
    }
    let mut bytes = Vec::new();
    let mut hashing = Hashing::new(open(path)?);
    // One that grows while it is read is read no further.
    let mut limited = Read::take(&mut hashing, MOST_PACKED);
    limited.read_to_end(&mut bytes).map_err(not_read)?;
    let hash = hashing.finish();
    let book = Xlsx::new(Cursor::new(archive::checked(bytes)?)).map_err(unreadable)?;
    Ok((book, hash))
}

fn unreadable(error: calamine::XlsxError) -> Error {
    use calamine::XlsxError;
    match error {
        XlsxError::Password => {
            refused("A password locks this workbook. Save it without one, or as CSV.")
        }
        // The error itself may quote a cell.
        _ => refused(
            "This workbook cannot be read: it is damaged. Open it in a spreadsheet and save it again, or save the sheet as CSV.",
        ),
    }
}

/// A cell as a person sees it: a number without a fraction as a whole one, a date as 2026-05-02.
fn shown(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
