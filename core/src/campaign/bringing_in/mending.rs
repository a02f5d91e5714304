//! The refused lines of a list as a file to mend and bring in again: the same columns, and the reason in one more.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::{Checked, has_changed};
use crate::campaign::Campaign;
use crate::campaign::new_file::new_private_file;
use crate::error::{Error, Result};
use crate::exchange::reading::cells::guarded;

/// What the last column is called.
const REASON: &str = "Reason";
/// So many names are tried for the file.
const NAMES: u32 = 1_000;

/// By this a spreadsheet knows UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Where the refused lines are written.
pub enum Place<'a> {
    /// A new file in this folder, called after the list.
    Folder(&'a Path),
    /// This file, which is not there yet.
    File(&'a Path),
}

impl Campaign {
    /// Writes the refused lines of a list that was checked into a file of their own. It is not encrypted: only the
    /// owner of the laptop's account may read it. Gives the file.
    ///
    /// # Errors
    /// [`Error::TooLate`] where the list has changed since, or the file is there already; the disk says no. Then there
    /// is none.
    pub fn save_refused(&self, report: Uuid, place: &Place<'_>) -> Result<PathBuf> {
        let checked = self.checked_list(report)?;
        let (path, file) = match place {
            Place::File(path) => ((*path).to_owned(), new_file(path)?),
            Place::Folder(folder) => free(folder, &checked.list.name())?,
        };
        match write(&checked, file) {
            Ok(()) => Ok(path),
            Err(error) => {
                // Half of them would look like all of them.
                let _ = fs::remove_file(&path);
                Err(error)
            }
        }
    }
}

fn new_file(path: &Path) -> Result<File> {
    match new_private_file(path) {
        Err(Error::Files(error)) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(
            Error::TooLate("A file of this name is there already. Choose another name.".to_owned()),
        ),
        Err(Error::Files(_)) => Err(Error::invalid(
            "path",
            "No file can be written there. Choose another folder.",
        )),
        other => other,
    }
}

/// A file of a name that is free: "members to mend.csv", "members to mend 2.csv".
fn free(folder: &Path, list: &str) -> Result<(PathBuf, File)> {
    fs::create_dir_all(folder)?;
    let stem = Path::new(list).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy();
    for number in 1..=NAMES {
        let path = folder.join(match number {
            1 => format!("{stem} to mend.csv"),
            _ => format!("{stem} to mend {number}.csv"),
        });
        match new_private_file(&path) {
            Err(Error::Files(error)) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            other => return Ok((path, other?)),
        }
    }
    Err(Error::TooLate(
        "There are a thousand such files already. Clear some of them away.".to_owned(),
    ))
}

fn write(checked: &Checked, file: File) -> Result<()> {
    let mut to = BufWriter::new(file);
    to.write_all(MARK)?;
    // Every cell is quoted: where spreadsheets divide at semicolons, one in a cell would else begin another.
    let mut to = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        // A line with a comma too many is longer than the others.
        .flexible(true)
        .from_writer(to);
    let width = checked.judge.width();
    let mut refused = checked.refusals.each().peekable();
    let mut header = checked.has_header;
    let is = checked.list.each(&mut |line| {
        let reason = if std::mem::take(&mut header) {
            REASON.to_owned()
        } else {
            match refused.next_if(|(number, _)| *number == line.number) {
                Some((_, refusal)) => refusal.sentence(),
                None => return Ok(ControlFlow::Continue(())),
            }
        };
        for place in 0..width {
            let cell = line.cells.get(place).unwrap_or_default();
            to.write_field(guarded(cell).as_bytes())
                .map_err(unwritten)?;
        }
        to.write_field(guarded(&reason).as_bytes())
            .map_err(unwritten)?;
        for cell in line.cells.iter().skip(width) {
            to.write_field(guarded(cell).as_bytes())
                .map_err(unwritten)?;
        }
        to.write_record(None::<&[u8]>).map_err(unwritten)?;
        Ok(ControlFlow::Continue(()))
    })?;
    if is.is_none_or(|is| is.hash != checked.was.hash) {
        return Err(has_changed());
    }
    let to = to.into_inner().map_err(|error| error.into_error())?;
    let file = to.into_inner().map_err(|error| error.into_error())?;
    Ok(file.sync_all()?)
}

fn unwritten(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => Error::Broke,
    }
}
