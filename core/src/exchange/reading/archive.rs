//! The table of contents of a workbook's archive: how large its parts are once unpacked, before anything unpacks them,
//! and whether what reads cells can hold what stands in them. It holds each part to the size that stands here.

use std::io::Read;

use flate2::bufread::DeflateDecoder;

use super::markup::{self, Fault};
use super::{LONGEST_LINE, refused};
use crate::error::{Error, Result};

/// The most that a workbook may hold, unpacked.
const MOST_UNPACKED: u64 = 1 << 30;
/// The most of what else is held: the words that its cells share.
const MOST_HELD: u64 = 96 << 20;
/// The most of what is said of its looks, and of how its parts hang together: what is read there becomes some ten times
/// as large.
const MOST_SAID: u64 = 8 << 20;
/// How the names of such parts end.
const SAID: [&str; 4] = [".rels", "styles.xml", "theme1.xml", "workbook.xml"];
/// The most parts.
const MOST_PARTS: usize = 2_000;
/// No word takes less than this: `<si/>`.
const LEAST_WORD: u64 = 5;
/// The most shared words, which are held as well.
const MOST_WORDS: u64 = 5_000_000;
/// The count of shared words stands this early, after nothing but what says that it is XML.
const HEAD: u64 = 4096;

/// Nothing unpacks what is said to be packed in this way.
const CLOSED: [u8; 2] = [0xFF; 2];

/// The workbook, if it can be unpacked without harm.
///
/// # Errors
/// [`Error::Invalid`], with what to do.
pub(super) fn checked(mut bytes: Vec<u8>) -> Result<Vec<u8>> {
    for entry in to_close(&bytes)? {
        let method = entry + 10..entry + 12;
        let method = bytes.get_mut(method).ok_or_else(damaged)?;
        method.copy_from_slice(&CLOSED);
    }
    Ok(bytes)
}

/// Which entries of the directory are of pictures and the like, which nothing reads as a sheet any more.
fn to_close(bytes: &[u8]) -> Result<Vec<usize>> {
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
    let (mut all, mut to_close) = (0_u64, Vec::new());
    for part in &parts {
        all = all.saturating_add(part.unpacked);
        // What reads it takes a part by its name, whatever the capitals and strokes.
        let name = String::from_utf8_lossy(part.name)
            .replace('\\', "/")
            .to_ascii_lowercase();
        let shared = name.ends_with("sharedstrings.xml");
        let said = SAID.iter().any(|ending| name.ends_with(ending));
        // Sheets are read cell by cell; everything else is held.
        let sheet = name.contains("worksheets/") && !shared;
        let most = match (said, sheet) {
            (true, _) => MOST_SAID,
            (false, true) => MOST_UNPACKED,
            (false, false) => MOST_HELD,
        };
        if all > MOST_UNPACKED || part.unpacked > most {
            return Err(too_much());
        }
        if shared {
            let begins = part.begins(bytes).ok_or_else(damaged)?;
            let words = words(&begins).ok_or_else(damaged)?;
            if words > part.unpacked / LEAST_WORD {
                return Err(damaged());
            }
        }
        // So much can be held, whatever it is; and what is said is short.
        if said || part.unpacked <= LONGEST_LINE as u64 {
            continue;
        }
        match part.opened(bytes).map(markup::words) {
            Some(Ok(words)) if words > MOST_WORDS => return Err(too_much()),
            Some(Ok(_)) => {}
            // A sheet may have any name.
            _ if !shared && !sheet => to_close.push(part.entry),
            Some(Err(Fault::TooLong)) => {
                return Err(refused(
                    "A cell of this workbook holds more than Placard reads. Shorten it, or save the sheet as CSV.",
                ));
            }
            Some(Err(Fault::Damaged)) | None => return Err(damaged()),
        }
    }
    Ok(to_close)
}

fn too_much() -> Error {
    refused("This workbook unpacks to more than Placard reads. Save the sheet as CSV.")
}

fn damaged() -> Error {
    refused(
        "This workbook is damaged. Open it in a spreadsheet and save it again, or save it as CSV.",
    )
}

/// How many shared words a part says that it has, as room is made for as many; 0 where it does not say. `None` where it
/// begins with anything but that.
fn words(begins: &[u8]) -> Option<u64> {
    // Another encoding would say in other bytes how many there are.
    let text = String::from_utf8_lossy(begins);
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if let Some(said) = rest.strip_prefix("<?xml") {
        let (said, after) = said.split_once("?>")?;
        let said = said.to_ascii_lowercase();
        if said.contains("encoding") && !said.contains("utf-8") {
            return None;
        }
        rest = after;
    }
    let tag = first_tag(rest.trim_start())?;
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next()?;
    if name.rsplit(':').next() != Some("sst") {
        return None;
    }
    let counts = tag.split("uniqueCount").skip(1).map(|rest| {
        let digits =
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        match digits.get(..end) {
            None | Some("") => 0,
            // More digits than a count has are too many in any case.
            Some(digits) => digits.parse().unwrap_or(u64::MAX),
        }
    });
    Some(counts.max().unwrap_or_default())
}

/// What stands in the tag with which a text begins.
fn first_tag(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?;
    let mut quoted = None;
    let end = inside.find(|c: char| {
        match quoted {
            Some(mark) if mark == c => quoted = None,
            None if matches!(c, '"' | '\'') => quoted = Some(c),
            _ => {}
        }
        quoted.is_none() && c == '>'
    })?;
    inside.get(..end)
}

struct Part<'a> {
    name: &'a [u8],
    method: u16,
    packed: u64,
    unpacked: u64,
    offset: usize,
    /// Where the directory's entry of it begins.
    entry: usize,
}

impl Part<'_> {
    /// What is in it, no longer than it says. `None` where nothing unpacks it.
    fn opened<'a>(&self, bytes: &'a [u8]) -> Option<Box<dyn Read + 'a>> {
        let local = bytes.get(self.offset..)?;
        if !local.starts_with(b"PK\x03\x04") {
            return None;
        }
        let skip = 30 + usize::from(short(local, 26)?) + usize::from(short(local, 28)?);
        let packed = usize::try_from(self.packed).ok()?;
        let data = local.get(skip..)?;
        let data = data.get(..packed.min(data.len()))?;
        match self.method {
            0 => Some(Box::new(data.take(self.unpacked))),
            8 => Some(Box::new(DeflateDecoder::new(data).take(self.unpacked))),
            _ => None,
        }
    }

    /// The first bytes of it, unpacked.
    fn begins(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut begins = Vec::new();
        let mut head = self.opened(bytes)?.take(HEAD);
        head.read_to_end(&mut begins).ok()?;
        Some(begins)
    }
}

/// The parts, from the directory at the end. `None` where it is not one that a spreadsheet writes.
fn parts(bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let tail = bytes.len().saturating_sub(65_557);
    let end = bytes
        .get(tail..)?
        .windows(4)
        .rposition(|four| four == b"PK\x05\x06")?;
    let end_at = tail + end;
    let end = bytes.get(end_at..)?;
    let count = usize::from(short(end, 10)?);
    let [size, begins] = [long(end, 12)?, long(end, 16)?].map(usize::try_from);
    let (size, begins) = (size.ok()?, begins.ok()?);
    // There is one way to read it: the directory ends where its end begins, and that is the end of the file.
    let locator = end_at.checked_sub(20).and_then(|at| bytes.get(at..at + 4));
    if count > MOST_PARTS
        || begins.checked_add(size) != Some(end_at)
        || end.len() != 22 + usize::from(short(end, 20)?)
        || locator == Some(b"PK\x06\x07")
    {
        return None;
    }
    let mut at = bytes.get(begins..end_at)?;
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
        if renames(at.get(46 + name..46 + name + extra)?) {
            return None;
        }
        parts.push(Part {
            name: at.get(46..46 + name)?,
            entry: end_at - at.len(),
            method: short(at, 10)?,
            packed: packed.into(),
            unpacked: unpacked.into(),
            offset: usize::try_from(offset).ok()?,
        });
        at = at.get(46 + name + extra + comment..)?;
    }
    at.is_empty().then_some(parts)
}

/// Whether what stands beside a part's name gives it another one.
fn renames(mut extra: &[u8]) -> bool {
    while let (Some(kind), Some(length)) = (short(extra, 0), short(extra, 2)) {
        if kind == 0x7075 {
            return true;
        }
        extra = extra.get(4 + usize::from(length)..).unwrap_or_default();
    }
    false
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
