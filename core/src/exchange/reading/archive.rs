//! The table of contents of a workbook's archive: how large its parts are once unpacked, before anything unpacks them.
//! What unpacks them holds each part to the size that stands here.

use super::inflate::head;
use super::refused;
use crate::error::{Error, Result};

/// The most that a workbook may hold, unpacked.
const MOST_UNPACKED: u64 = 1 << 30;
/// The most that is held at once of it: the words that its cells share, and what is said of its looks.
const MOST_HELD: u64 = 96 << 20;
/// The most parts.
const MOST_PARTS: usize = 2_000;
/// No word takes less than this: `<si/>`.
const LEAST_WORD: u64 = 5;
/// The count of shared words stands this early.
const HEAD: usize = 4096;

/// Whether a workbook can be unpacked without harm.
///
/// # Errors
/// [`Error::Invalid`], with what to do.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    let parts = parts(bytes).ok_or_else(damaged)?;
    if parts.iter().any(|part| part.name == b"mimetype") {
        return Err(refused(
            "This is an OpenDocument spreadsheet. Open it and save it as .xlsx or as CSV.",
        ));
    }
    if parts
        .iter()
        .any(|part| part.name.ends_with(b"workbook.bin"))
    {
        return Err(refused(
            "This is a binary Excel file. Open it in a spreadsheet and save it as .xlsx or as CSV.",
        ));
    }
    let mut all = 0_u64;
    for part in &parts {
        all = all.saturating_add(part.unpacked);
        // Sheets are read cell by cell; everything else is held.
        let sheet = part.name.windows(11).any(|name| name == b"worksheets/");
        if all > MOST_UNPACKED || (!sheet && part.unpacked > MOST_HELD) {
            return Err(refused(
                "This workbook unpacks to more than Placard reads. Save the sheet as CSV.",
            ));
        }
        if part.name.ends_with(b"sharedStrings.xml") {
            let begins = part.begins(bytes).ok_or_else(damaged)?;
            if words(&begins).is_some_and(|words| words > part.unpacked / LEAST_WORD) {
                return Err(damaged());
            }
        }
    }
    Ok(())
}

fn damaged() -> Error {
    refused(
        "This workbook is damaged. Open it in a spreadsheet and save it again, or save it as CSV.",
    )
}

/// How many shared words a part says that it has: room is made for as many.
fn words(begins: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(begins);
    let (_, rest) = text.split_once("uniqueCount")?;
    let digits =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    // More digits than a count has are too many in any case.
    digits
        .get(..end)
        .map(|digits| digits.parse().unwrap_or(u64::MAX))
}

struct Part<'a> {
    name: &'a [u8],
    method: u16,
    packed: u64,
    unpacked: u64,
    offset: usize,
}

impl Part<'_> {
    /// The first bytes of it, unpacked.
    fn begins(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let local = bytes.get(self.offset..)?;
        if !local.starts_with(b"PK\x03\x04") {
            return None;
        }
        let skip = 30 + usize::from(short(local, 26)?) + usize::from(short(local, 28)?);
        let packed = usize::try_from(self.packed).ok()?;
        let data = local.get(skip..)?;
        let data = data.get(..packed.min(data.len()))?;
        match self.method {
            0 => Some(data.get(..HEAD.min(data.len()))?.to_vec()),
            8 => head(data, HEAD),
            _ => None,
        }
    }
}

/// The parts, from the directory at the end. `None` where it is not one that a spreadsheet writes.
fn parts(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let tail = bytes.len().saturating_sub(65_557);
    let end = bytes
        .get(tail..)?
        .windows(4)
        .rposition(|four| four == b"PK\x05\x06")?;
    let end = bytes.get(tail + end..)?;
    let count = usize::from(short(end, 10)?);
    let mut at = bytes.get(usize::try_from(long(end, 16)?).ok()?..)?;
    if count > MOST_PARTS {
        return None;
    }
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        if !at.starts_with(b"PK\x01\x02") {
            return None;
        }
        let (packed, unpacked, offset) = (long(at, 20)?, long(at, 24)?, long(at, 42)?);
        // Sizes that do not fit are those of an archive that no list needs.
        if [packed, unpacked, offset].contains(&u32::MAX) {
            return None;
        }
        let [name, extra, comment] =
            [short(at, 28)?, short(at, 30)?, short(at, 32)?].map(usize::from);
        parts.push(Part {
            name: at.get(46..46 + name)?,
            method: short(at, 10)?,
            packed: packed.into(),
            unpacked: unpacked.into(),
            offset: usize::try_from(offset).ok()?,
        });
        at = at.get(46 + name + extra + comment..)?;
    }
    Some(parts)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
