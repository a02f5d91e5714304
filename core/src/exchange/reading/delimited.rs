//! Delimited text: CSV and its like.

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::Encoding;

use super::encoding::Decoded;
use super::fingerprint::Hashing;
use super::{LONGEST_LINE, Line, not_read, open, refused};
use crate::error::{Error, Result};

const BUFFER: usize = 64 * 1024;
/// From so many lines it is found what stands between cells.
const TRIED: usize = 20;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads on as long as a line is not longer than a line can be, and ends every line in the same way: lines are counted
/// by that.
struct Limited<R> {
    from: R,
    left: Rc<Cell<usize>>,
    last: u8,
    ended: bool,
}

impl<R: Read> Limited<R> {
    /// Makes one line feed of whatever ends a line. Gives how many bytes are left.
    fn even(&mut self, bytes: &mut [u8]) -> usize {
        let before = std::mem::replace(&mut self.last, bytes.last().copied().unwrap_or(b'\n'));
        if before != b'\r' && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let (mut before, mut kept) = (before, 0);
        for place in 0..bytes.len() {
            let byte = bytes.get(place).copied().unwrap_or_default();
            if !(byte == b'\n' && before == b'\r') {
                if let Some(to) = bytes.get_mut(kept) {
                    *to = if byte == b'\r' { b'\n' } else { byte };
                }
                kept += 1;
            }
            before = byte;
        }
        kept
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        while !self.ended {
            let read = self.from.read(to)?;
            self.left.set(self.left.get().saturating_sub(read));
            if read == 0 {
                self.ended = true;
                if let (Some(first), false) = (to.first_mut(), matches!(self.last, b'\n' | b'\r')) {
                    *first = b'\n';
                    return Ok(1);
                }
                break;
            }
            let kept = self.even(to.get_mut(..read).unwrap_or_default());
            if kept > 0 {
                return Ok(kept);
            }
        }
        Ok(0)
    }
}

type Source = Limited<Decoded<Hashing<std::fs::File>>>;

struct Lines {
    reader: csv::Reader<Source>,
    left: Rc<Cell<usize>>,
}

impl Lines {
    fn open(path: &Path, encoding: &'static Encoding, delimiter: u8) -> Result<Self> {
        let left = Rc::new(Cell::new(LONGEST_LINE));
        let limited = Limited {
            from: Decoded::new(Hashing::new(open(path)?), encoding),
            left: Rc::clone(&left),
            last: b'\n',
            ended: false,
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(BUFFER)
            .from_reader(limited);
        Ok(Self { reader, left })
    }

    /// The next line; `false` after the last.
    fn next(&mut self, line: &mut Line) -> Result<bool> {
        self.left.set(LONGEST_LINE);
        let more = self.reader.read_record(&mut line.cells);
        let begins = line.cells.position().map_or(0, csv::Position::line);
        let more = more.map_err(|error| told(error, begins))?;
        let inside = line.cells.as_slice().bytes().filter(|byte| *byte == b'\n');
        let inside = inside.count() as u64;
        // Blank lines before it do not count to it; a quotation mark left open takes the last line's end in.
        let counted = self.reader.position().line().saturating_sub(inside + 1);
        line.number = counted.max(begins);
        line.at = self.reader.get_ref().from.from.passed;
        if line.cells.as_slice().len() > LONGEST_LINE {
            return Err(too_long(begins));
        }
        Ok(more)
    }
}

fn told(error: csv::Error, line: u64) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::OutOfMemory => too_long(line),
        csv::ErrorKind::Io(error) => not_read(error),
        _ => refused(format!("Line {line} cannot be read.")),
    }
}

fn too_long(line: u64) -> Error {
    refused(format!(
        "What begins in line {line} has no end within a megabyte. Perhaps a quotation mark is opened there and never closed."
    ))
}

/// Goes through the lines. Gives the hash of the whole, where it was read to its end.
pub(super) fn each(
    path: &Path,
    encoding: &'static Encoding,
    delimiter: u8,
    look: &mut dyn FnMut(&Line) -> Result<ControlFlow<()>>,
) -> Result<Option<[u8; 32]>> {
    let mut lines = Lines::open(path, encoding, delimiter)?;
    let mut line = Line::default();
    let mut first = true;
    while lines.next(&mut line)? {
        if std::mem::take(&mut first) && named(&line).is_some() {
            continue;
        }
        if !line.is_blank() && look(&line)?.is_break() {
            return Ok(None);
        }
    }
    let source = lines.reader.into_inner();
    Ok(Some(source.from.from.finish()))
}

/// What stands between the cells of a file: what cuts its first lines into the most columns, and into the same number
/// in each.
pub(super) fn delimiter(path: &Path, encoding: &'static Encoding) -> Result<u8> {
    let mut top = Line::default();
    if Lines::open(path, encoding, b',')?.next(&mut top).is_ok()
        && let Some(named) = named(&top)
    {
        return Ok(named);
    }
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let mut lines = Lines::open(path, encoding, delimiter)?;
        let (mut line, mut widths) = (Line::default(), Vec::new());
        while widths.len() < TRIED {
            match lines.next(&mut line) {
                Ok(true) if line.is_blank() => {}
                Ok(true) => widths.push(columns(&line.cells)),
                // A quotation mark that only this delimiter leaves open: the lines before it tell enough.
                Ok(false) | Err(_) => break,
            }
        }
        let first = widths.first().copied().unwrap_or_default();
        let alike = widths.iter().filter(|width| **width == first).count();
        let score = match first {
            0 | 1 => 0,
            _ => first.min(50) * 100 * alike / widths.len().max(1),
        };
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    Ok(best.1)
}

/// What a first line says that stands between cells, as Excel writes it: `sep=;`.
fn named(line: &Line) -> Option<u8> {
    let rest = line.cells.get(0)?.strip_prefix("sep=")?;
    let named = rest.bytes().next().unwrap_or(b',');
    (line.cells.len() <= 2 && rest.len() <= 1).then_some(named)
}

/// How many columns there are, less those without anything at the end.
fn columns(cells: &StringRecord) -> usize {
    let empty = cells.iter().rev().take_while(|cell| cell.trim().is_empty());
    (cells.len() - empty.count()).max(cells.len().min(2))
}
