//! Reading an exported ledger back, as strictly as it was written.

use std::io::{self, BufRead};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Broken, Checked, Checker, Entry, LEDGER, Moment, Wording};

/// A line of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The first line.
    Header {
        /// The campaign's name.
        campaign: String,
        /// When it was exported.
        exported_at: Moment,
    },
    /// A wording.
    Wording(Wording),
    /// An entry, not checked yet.
    Entry(Box<Entry>),
}

/// What is wrong with an export, and where.
#[derive(Debug, thiserror::Error)]
#[error("{}{why}", line.map(|line| format!("Line {line}: ")).unwrap_or_default())]
pub struct Fault {
    /// The line, from 1. None where it only showed at the end.
    pub line: Option<usize>,
    /// What is wrong.
    pub why: FaultWhy,
}

/// What is wrong with an export. Nothing of the line is repeated: it may be personal.
#[derive(Debug, thiserror::Error)]
pub enum FaultWhy {
    /// It cannot be read, or is not UTF-8.
    #[error("it cannot be read ({0}).")]
    Unreadable(io::ErrorKind),
    /// Not JSON.
    #[error("it is not JSON.")]
    NotJson,
    /// None of the lines that a ledger has, or not where it belongs: the header is first, wordings follow,
    /// entries are last.
    #[error("it is no line of a ledger, or not in its place.")]
    Misplaced,
    /// The ledger is of another form.
    #[error("the ledger is not in the form placard-ledger-1.")]
    OtherLedger,
    /// A time in another form.
    #[error("its time is not in the form 2026-05-02T14:03:09.120Z.")]
    Time,
    /// Something in it is missing, unknown, twice there, or not in its one form.
    #[error("something in it is missing, too much, or not in the ledger's form.")]
    Form,
    /// Two texts for the same purpose, language and version.
    #[error("another wording has the same purpose, language and version.")]
    SameWording,
    /// An entry is broken.
    #[error("{0}")]
    Broken(Broken),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderLine {
    ledger: String,
    campaign: String,
    exported_at: Moment,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordingLine {
    wording: Wording,
}

impl Line {
    /// Reads one line, without its line break.
    ///
    /// # Errors
    /// It is not as Placard writes it.
    pub fn read(line: &str) -> Result<Self, FaultWhy> {
        let value: Value = serde_json::from_str(line).map_err(|_| FaultWhy::NotJson)?;
        if value.get("entry").is_some() {
            moment_at(&value, "/entry/at")?;
            return exactly(line, &value).map(Self::Entry);
        }
        if value.get("wording").is_some() {
            let WordingLine { wording } = exactly(line, &value)?;
            return Ok(Self::Wording(wording));
        }
        let Some(ledger) = value.get("ledger") else {
            return Err(FaultWhy::Misplaced);
        };
        if ledger != LEDGER {
            return Err(FaultWhy::OtherLedger);
        }
        moment_at(&value, "/exported_at")?;
        let header: HeaderLine = exactly(line, &value)?;
        Ok(Self::Header {
            campaign: header.campaign,
            exported_at: header.exported_at,
        })
    }
}

fn moment_at(value: &Value, place: &str) -> Result<(), FaultWhy> {
    let text = value.pointer(place).and_then(Value::as_str);
    match text.map(str::parse::<Moment>) {
        Some(Err(_)) => Err(FaultWhy::Time),
        _ => Ok(()),
    }
}

/// Reads a line and takes it only if it says the same when written again: ids in capitals, or null for
/// what should be left out, would be hashed differently by others.
fn exactly<T: Serialize + serde::de::DeserializeOwned>(
    line: &str,
    value: &Value,
) -> Result<T, FaultWhy> {
    let read: T = serde_json::from_str(line).map_err(|_| FaultWhy::Form)?;
    let again = serde_json::to_value(&read).map_err(|_| FaultWhy::Form)?;
    (again == *value).then_some(read).ok_or(FaultWhy::Form)
}

/// Checks a whole export, line by line.
///
/// # Errors
/// The first thing that is wrong. Entries cut off at the end of a chain do not show: compare the heads with
/// ones that were written down.
pub fn check_export(export: impl BufRead) -> Result<Checked, Fault> {
    let mut checker = Checker::with_wordings([]);
    let mut names = std::collections::HashSet::new();
    let mut stage = 0;
    let mut number = 0;
    for line in export.lines() {
        number += 1;
        let faulty = |why| Fault {
            line: Some(number),
            why,
        };
        let line = line.map_err(|error| faulty(FaultWhy::Unreadable(error.kind())))?;
        let line = Line::read(&line).map_err(faulty)?;
        let next = line.stage();
        if next < stage || (next == 0) != (number == 1) {
            return Err(faulty(FaultWhy::Misplaced));
        }
        stage = next;
        match line {
            Line::Header { .. } => {}
            Line::Wording(wording) => {
                checker.add_wording(&wording);
                // Two laptops may each have worded a version of their own.
                if !names.insert((
                    wording.purpose,
                    wording.language,
                    wording.version,
                    wording.text,
                )) {
                    return Err(faulty(FaultWhy::SameWording));
                }
            }
            Line::Entry(entry) => checker
                .check(&entry)
                .map_err(|broken| faulty(FaultWhy::Broken(broken)))?,
        }
    }
    if number == 0 {
        return Err(Fault {
            line: Some(1),
            why: FaultWhy::Misplaced,
        });
    }
    checker.finish().map_err(|broken| Fault {
        line: None,
        why: FaultWhy::Broken(broken),
    })
}

impl Line {
    fn stage(&self) -> u8 {
        match self {
            Self::Header { .. } => 0,
            Self::Wording(_) => 1,
            Self::Entry(_) => 2,
        }
    }
}
