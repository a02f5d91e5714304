//! Bringing in lists: what a file holds, a report before anything is written, and the whole or nothing of it. An import
//! never texts anybody: a text is queued only where somebody captures or corrects a person.

mod alike;
mod checking;
mod judging;
mod looking;
mod mending;
mod numbers;
mod refusing;
mod repeats;
mod standing;
mod undoing;
mod words;
mod writing;

pub use looking::{ListPreview, PreviewRow};
pub use mending::Place;
pub(super) use undoing::called as import_called;

use std::path::Path;
use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use super::languages::AllSpoken;
use crate::error::{Error, Result};
use crate::exchange::reading::{Chosen, Column, Fingerprint, List, recognise};
use crate::people::{LONGEST_NAME, one_line};
use crate::storage::imports::{Counts, ListKind};
use crate::storage::{Conn, purposes};
use judging::{Judge, Number};
use refusing::Refusals;

/// How a list is to be read, as a person chose or as it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// What stands between cells.
    pub delimiter: Option<String>,
    /// The encoding's name.
    pub encoding: Option<String>,
    /// The sheet's name.
    pub sheet: Option<String>,
    /// Whether the first line names the columns; found out where nobody says.
    pub has_header: Option<bool>,
    /// What each column holds; nothing where it is left out.
    pub columns: Option<Vec<Option<Column>>>,
}

/// What the organiser says of the yeses on a list (UK GDPR Art 7(1)).
#[derive(Clone)]
pub struct Attestation {
    /// The very words that people agreed to.
    pub wording: String,
    /// To which purpose: its key.
    pub purpose: String,
    /// On which day, where the list gives none: 2026-05-02.
    pub date: String,
    /// How they gave their yes: "paper form at the May fair".
    pub method: String,
    /// Who says so.
    pub by: String,
    /// Whether they say that it is true.
    pub agreed: bool,
}

/// What would come of a list, before anything is written.
#[derive(Clone)]
pub struct Report {
    /// By which the list is brought in.
    pub id: Uuid,
    /// How many lines are what.
    pub counts: Counts,
    /// How many of the refused lines opt somebody out all the same.
    pub refused_but_out: u32,
    /// The first of the refused lines.
    pub refusals: Vec<RefusedLine>,
    /// All of it in words.
    pub sentence: String,
}

/// A line that is not brought in.
#[derive(Clone)]
pub struct RefusedLine {
    /// Where it begins in the file, from 1.
    pub line: u64,
    /// Why, and what to do.
    pub reason: String,
    /// What it holds.
    pub cells: Vec<String>,
}

/// What bringing a list in led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtIn {
    /// In words.
    pub sentence: String,
    /// The import, which Undo undoes.
    pub id: Uuid,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    New,
    Same,
    Changed,
    Refused,
    /// It is refused, but for its opt-out, which acts.
    ButOut,
}

/// A yes that the organiser attests.
struct Attested {
    wording: String,
    purpose: String,
    on: DateTime<Utc>,
    method: String,
    by: String,
}

/// A list that was checked: the last one.
pub(super) struct Checked {
    id: Uuid,
    list: List,
    kind: ListKind,
    has_header: bool,
    judge: Judge,
    attested: Option<Attested>,
    was: Fingerprint,
    /// One for each line after the header, in order.
    verdicts: Vec<Verdict>,
    /// Their numbers, of a list of people.
    numbers: Vec<Number>,
    /// How often the vault had been written to by then.
    written: u32,
    refusals: Refusals,
    counts: Counts,
}

impl Campaign {
    /// The list that was checked under this id.
    fn checked_list(&self, id: Uuid) -> Result<Arc<Checked>> {
        let checked = self
            .checked_list
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        checked
            .as_ref()
            .filter(|checked| checked.id == id)
            .map(Arc::clone)
            .ok_or_else(|| {
                Error::TooLate(
                    "This report is from an earlier look at the list. Look at it again.".to_owned(),
                )
            })
    }

    /// Opens a list as somebody chose it, with what each of its columns holds.
    fn opened_list(
        &self,
        path: &Path,
        kind: ListKind,
        options: Option<&ReadOptions>,
    ) -> Result<Opened> {
        let delimiter = options.and_then(|options| options.delimiter.as_deref());
        let chosen = Chosen {
            delimiter: delimiter.map(delimiter_of).transpose()?,
            encoding: options.and_then(|options| options.encoding.as_deref()),
            sheet: options.and_then(|options| options.sheet.as_deref()),
        };
        let list = List::open(path, &chosen)?;
        looking::opened(list, kind, options, self.info.country)
    }

    fn judge_of(
        &self,
        conn: &Conn,
        columns: Vec<Option<Column>>,
        attested: Option<DateTime<Utc>>,
    ) -> Result<Judge> {
        let (spoken, now) = (AllSpoken::of(conn)?, self.clock.now());
        Ok(Judge::new(
            columns,
            self.info.country,
            &spoken,
            attested,
            now,
        ))
    }

    /// What the organiser attests, where it can be kept.
    fn attested(
        &self,
        conn: &Conn,
        said: &Attestation,
        columns: &[Option<Column>],
    ) -> Result<Attested> {
        if !columns.contains(&Some(Column::Consent)) {
            return Err(Error::invalid(
                "columns",
                "Choose the column that says who agreed, or bring people in without their consent.",
            ));
        }
        let wording = said.wording.trim();
        if wording.is_empty() || wording.chars().count() > LONGEST_ATTESTED {
            return Err(Error::invalid(
                "wording",
                "Type the very words that people agreed to: at most 4,000 characters.",
            ));
        }
        let asked = purposes::asked(conn)?;
        if !asked.iter().any(|purpose| purpose.key == said.purpose) {
            return Err(Error::invalid("purpose", "Choose what they agreed to."));
        }
        let on = words::date(&said.date, true, self.clock.now()).ok_or_else(|| {
            Error::invalid(
                "date",
                "Choose the day on which they agreed: one that has been.",
            )
        })?;
        let method = one_line(&said.method, LONGEST_NAME);
        if method.is_empty() {
            return Err(Error::invalid(
                "method",
                "Type how they gave their yes: on paper, on a website, aloud.",
            ));
        }
        let by = one_line(&said.by, LONGEST_NAME);
        if by.is_empty() {
            return Err(Error::invalid("by", "Type your name."));
        }
        if !said.agreed {
            return Err(Error::invalid(
                "agreed",
                "Say that these people agreed as written here, or bring them in without their consent.",
            ));
        }
        Ok(Attested {
            wording: wording.to_owned(),
            purpose: said.purpose.clone(),
            on,
            method,
            by,
        })
    }
}

/// The longest attested wording, in characters: a form's small print and all.
const LONGEST_ATTESTED: usize = 4_000;

/// A list with what is known of its columns.
struct Opened {
    list: List,
    has_header: bool,
    headers: Vec<String>,
    columns: Vec<Option<Column>>,
}

fn delimiter_of(chosen: &str) -> Result<u8> {
    match chosen {
        "," => Ok(b','),
        ";" => Ok(b';'),
        "\t" | "tab" => Ok(b'\t'),
        "|" => Ok(b'|'),
        _ => Err(Error::invalid(
            "delimiter",
            "Choose commas, semicolons, tabs or bars.",
        )),
    }
}

/// The file has changed since the report: what it holds now was not looked at.
fn has_changed() -> Error {
    Error::TooLate(
        "This file has changed since the report. Nothing was brought in: look at the list again."
            .to_owned(),
    )
}

/// A number as it is read: "9,800".
fn thousands(count: u32) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 person", "9,800 people".
fn counted(count: u32, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", thousands(count)),
    }
}
