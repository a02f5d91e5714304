//! Reads lists, line by line, however large: delimited text in any common encoding, and Excel workbooks. Nothing here
//! believes a file: every length has a limit, and a file that goes past one is refused with a sentence.

mod archive;
pub mod cells;
mod delimited;
mod encoding;
mod fingerprint;
mod headers;
mod markup;
#[cfg(test)]
mod tests;
mod workbook;

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use encoding_rs::Encoding;

use crate::error::{Error, Result};
pub use fingerprint::{Fingerprint, Seen};
pub use headers::{Column, recognise};

/// The most columns that a list may have.
pub const MOST_COLUMNS: usize = 256;
/// The most lines that a list may have.
pub const MOST_LINES: u64 = 5_000_000;
/// The longest line or row, in bytes, a field that goes over several lines included.
const LONGEST_LINE: usize = 1 << 20;
/// The largest delimited file, in bytes.
const MOST_BYTES: u64 = 4 << 30;

/// One line of a list, its header included.
#[derive(Default)]
pub struct Line {
    /// Where it begins in the file, counted from 1; a row's number in a workbook.
    pub number: u64,
    /// How far in the file that is, in the unit of [`List::length`].
    pub at: u64,
    /// What it holds.
    pub cells: StringRecord,
}

impl Line {
    /// Whether it holds nothing at all.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// What somebody chose about the reading of a file; the rest is found.
#[derive(Clone, Default)]
pub struct Chosen<'a> {
    /// What stands between cells.
    pub delimiter: Option<u8>,
    /// A name of an encoding.
    pub encoding: Option<&'a str>,
    /// A sheet's name.
    pub sheet: Option<&'a str>,
}

/// How a file is read.
#[derive(Clone)]
enum Way {
    Delimited {
        encoding: &'static Encoding,
        delimiter: u8,
    },
    Workbook {
        sheet: String,
        sheets: Vec<String>,
    },
}

/// A file that can be read as a list.
#[derive(Clone)]
pub struct List {
    path: PathBuf,
    way: Way,
    seen: Seen,
    /// How far its last line is, in bytes or rows.
    pub length: u64,
}

impl List {
    /// Looks at a file, and finds how it is read where nobody chose.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is no list that Placard can read, with what to do about it.
    pub fn open(path: &Path, chosen: &Chosen<'_>) -> Result<Self> {
        let seen = Seen::of(path)?;
        let mut head = [0; 8];
        let mut file = open(path)?;
        let filled = read_head(&mut file, &mut head)?;
        let head = head.get(..filled).unwrap_or_default();
        if filled == 0 {
            return Err(refused("This file is empty."));
        }
        if head.starts_with(b"PK") {
            let (sheets, sheet, rows) = workbook::look(path, chosen.sheet)?;
            return Ok(Self {
                path: path.to_owned(),
                way: Way::Workbook { sheet, sheets },
                seen,
                length: rows,
            });
        }
        if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(refused(
                "This is an old Excel file, or one that a password locks. Open it in a spreadsheet and save it as .xlsx or as CSV, without a password.",
            ));
        }
        if seen.length > MOST_BYTES {
            return Err(refused(
                "This file is larger than any list that Placard reads (4 GB). Cut it into parts.",
            ));
        }
        let encoding = match chosen.encoding {
            Some(name) => encoding::named(name)?,
            None => encoding::find(path)?,
        };
        let delimiter = match chosen.delimiter {
            Some(delimiter) => delimiter,
            None => delimited::delimiter(path, encoding)?,
        };
        Ok(Self {
            path: path.to_owned(),
            length: seen.length,
            way: Way::Delimited {
                encoding,
                delimiter,
            },
            seen,
        })
    }

    /// Goes through the lines that hold something until `look` breaks off. Gives what the file was, where it was read
    /// to its end.
    ///
    /// # Errors
    /// [`Error::Invalid`] where a line goes past a limit or cannot be read, and what `look` returned.
    pub fn each(
        &self,
        look: &mut dyn FnMut(&Line) -> Result<ControlFlow<()>>,
    ) -> Result<Option<Fingerprint>> {
        let mut lines = 0;
        let mut limited = |line: &Line| {
            lines += 1;
            if lines > MOST_LINES {
                return Err(refused(
                    "This list has more than five million lines. Cut it into parts.",
                ));
            }
            if line.cells.len() > MOST_COLUMNS {
                return Err(refused(format!(
                    "Line {} has more than {MOST_COLUMNS} columns. Check what stands between them.",
                    line.number
                )));
            }
            look(line)
        };
        let hash = match &self.way {
            Way::Delimited {
                encoding,
                delimiter,
            } => delimited::each(&self.path, encoding, *delimiter, &mut limited)?,
            Way::Workbook { sheet, .. } => workbook::each(&self.path, sheet, &mut limited)?,
        };
        Ok(hash.map(|hash| Fingerprint {
            seen: self.seen,
            hash,
        }))
    }

    /// Whether the file looks as it did: a cheap look, before the whole is read.
    ///
    /// # Errors
    /// It is no longer there, or cannot be read.
    pub fn looks_the_same(&self, as_it_was: &Fingerprint) -> Result<bool> {
        Ok(Seen::of(&self.path)? == as_it_was.seen)
    }

    /// Its format in words: "CSV, UTF-8, commas".
    #[must_use]
    pub fn format(&self) -> String {
        match &self.way {
            Way::Delimited {
                encoding,
                delimiter,
            } => {
                let between = match delimiter {
                    b',' => "commas",
                    b';' => "semicolons",
                    b'\t' => "tabs",
                    _ => "bars",
                };
                format!("CSV, {}, {between}", encoding.name())
            }
            Way::Workbook { sheet, .. } => format!("Excel, sheet “{sheet}”"),
        }
    }

    /// What stands between its cells, its encoding's name and its sheet, where it has them.
    #[must_use]
    pub fn chosen(&self) -> Chosen<'_> {
        match &self.way {
            Way::Delimited {
                encoding,
                delimiter,
            } => Chosen {
                delimiter: Some(*delimiter),
                encoding: Some(encoding.name()),
                sheet: None,
            },
            Way::Workbook { sheet, .. } => Chosen {
                sheet: Some(sheet),
                ..Chosen::default()
            },
        }
    }

    /// The sheets that there are to choose from.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        match &self.way {
            Way::Delimited { .. } => &[],
            Way::Workbook { sheets, .. } => sheets,
        }
    }

    /// The file's own name.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}

fn read_head(file: &mut File, head: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while let Some(rest) = head.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest).map_err(not_read)? {
            0 => break,
            more => filled += more,
        }
    }
    Ok(filled)
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(not_read)
}

/// What a screen is told of a file that cannot be used.
fn refused(sentence: impl Into<String>) -> Error {
    Error::invalid("path", sentence)
}

fn not_read(error: std::io::Error) -> Error {
    use std::io::ErrorKind;
    refused(match error.kind() {
        ErrorKind::NotFound => "There is no such file. Check its name, or choose it again.",
        ErrorKind::PermissionDenied => "Placard may not read this file. Ask whoever owns it.",
        _ => "This file could not be read to its end. Is the stick or disk it lies on still there?",
    })
}
