//! A workbook. Its cells are text: what begins like a formula runs nothing, and a number keeps its plus.

use std::io::{BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::cells::Columns;
use super::{Exported, Writer};
use crate::error::{Error, Result};

/// As many rows as a sheet has.
const ROWS: u32 = 1_048_576;

pub(super) struct Excel<C, W: Write> {
    columns: C,
    to: W,
    workbook: Workbook,
    sheet: Worksheet,
    /// The next row of the sheet that is being written.
    row: u32,
    /// The number of that sheet.
    number: u32,
}

impl<C: Columns, W: Write + Send> Excel<C, W> {
    /// Rows wait in a file without a name in `scratch`: a million of them would not fit in memory.
    pub(super) fn begin(columns: C, to: W, scratch: &Path) -> Result<Self> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(scratch).map_err(failed)?;
        let sheet = sheet(&mut workbook, &columns, 1)?;
        Ok(Self {
            columns,
            to,
            workbook,
            sheet,
            row: 1,
            number: 1,
        })
    }
}

fn sheet(workbook: &mut Workbook, columns: &impl Columns, number: u32) -> Result<Worksheet> {
    let mut sheet = workbook
        .new_worksheet_with_constant_memory()
        .map_err(failed)?;
    let name = match number {
        1 => "People".to_owned(),
        _ => format!("People {number}"),
    };
    sheet.set_name(name).map_err(failed)?;
    for (column, header) in (0..).zip(columns.headers()) {
        sheet.write_string(0, column, header).map_err(failed)?;
    }
    Ok(sheet)
}

impl<C: Columns, W: Write + Send> Writer for Excel<C, W> {
    fn write(&mut self, person: &Exported) -> Result<()> {
        caught(|| {
            if self.row == ROWS {
                self.number += 1;
                self.row = 1;
                let next = sheet(&mut self.workbook, &self.columns, self.number)?;
                let full = std::mem::replace(&mut self.sheet, next);
                self.workbook.push_worksheet(full);
            }
            let (row, mut column) = (self.row, 0);
            let sheet = &mut self.sheet;
            self.columns.cells(person, &mut |text| {
                if !text.is_empty() {
                    sheet.write_string(row, column, text).map_err(failed)?;
                }
                column += 1;
                Ok(())
            })?;
            self.row += 1;
            Ok(())
        })
    }

    fn finish(self: Box<Self>) -> Result<()> {
        let Self {
            to,
            mut workbook,
            sheet,
            ..
        } = *self;
        caught(|| {
            workbook.push_worksheet(sheet);
            let mut to = BufWriter::new(to);
            workbook.save_to_writer(&mut to).map_err(failed)?;
            Ok(to.flush()?)
        })
    }
}

/// The library panics where the disk takes no more of its rows.
fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Error::DiskSaysNo))
}

fn failed(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error.into(),
        // What it wraps is an error of what is written to.
        XlsxError::ZipError(_) => Error::DiskSaysNo,
        _ => Error::Broke,
    }
}
