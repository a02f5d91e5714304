//! Reading a file that was handed over, line by line and under limits: whoever made it may mean harm.

use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;

use super::sealing::{Opener, unreadable};
use super::{VERSION, damaged, newer, not_ours};
use crate::error::Result;
use crate::storage::handing::contradicts;
use crate::storage::handing::records::{Header, Record};

/// The longest line: a text with all that happened to it.
const LONGEST_LINE: u64 = 1024 * 1024;
/// More records than any campaign has.
const MOST_RECORDS: u64 = 50_000_000;

/// A file that is being read.
pub struct Handed<R: BufRead> {
    lines: R,
    line: Vec<u8>,
    records: u64,
    header: Header,
}

/// What comes next.
pub enum Line {
    /// A record.
    Record(Record),
    /// Nothing more: the file is whole.
    End,
}

/// Enough of a header to know whether the rest can be read.
#[derive(Deserialize)]
struct Version {
    placard_hand_over: u32,
}

impl<R: Read> Handed<BufReader<R>> {
    /// Reads the header of what stands inside of the lock.
    pub(crate) fn begin(from: R) -> Result<Self> {
        let mut lines = BufReader::new(from);
        let mut line = Vec::new();
        if !next_line(&mut lines, &mut line)? {
            return Err(damaged());
        }
        let version: Version = serde_json::from_slice(&line).map_err(|_| not_ours())?;
        if version.placard_hand_over > VERSION {
            return Err(newer());
        }
        let header = serde_json::from_slice(&line).map_err(|_| contradicts())?;
        Ok(Self {
            lines,
            line,
            records: 0,
            header,
        })
    }
}

impl Opener {
    /// Opens a file, and reads its header.
    ///
    /// # Errors
    /// What [`Opener::open`] says, or the header is not one that this Placard reads.
    pub fn read<R: BufRead>(&self, from: R) -> Result<Handed<BufReader<impl Read + use<R>>>> {
        Handed::begin(self.open(from)?)
    }
}

impl<R: BufRead> Handed<R> {
    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many records were read.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Reads the next line.
    ///
    /// # Errors
    /// The file is damaged, or says what no Placard of this version says.
    pub fn next_line(&mut self) -> Result<Line> {
        if !next_line(&mut self.lines, &mut self.line)? {
            return Err(damaged());
        }
        let record: Record = serde_json::from_slice(&self.line).map_err(|_| contradicts())?;
        let Record::End(records) = record else {
            self.records += 1;
            if self.records > MOST_RECORDS {
                return Err(contradicts());
            }
            return Ok(Line::Record(record));
        };
        // Reading on to the end of the file is what checks the last seal.
        if records != self.records || next_line(&mut self.lines, &mut self.line)? {
            return Err(contradicts());
        }
        Ok(Line::End)
    }
}

/// Reads a line without its break. Gives whether there was one.
fn next_line(from: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool> {
    line.clear();
    let read = from
        .take(LONGEST_LINE)
        .read_until(b'\n', line)
        .map_err(unreadable)?;
    if read == 0 {
        return Ok(false);
    }
    match line.pop() {
        Some(b'\n') => Ok(true),
        _ => Err(damaged()),
    }
}
