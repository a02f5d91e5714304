//! `placard import`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use placard_core::campaign::{Attestation, Campaign, Place, ReadOptions};
use placard_core::exchange::reading::Column as CoreColumn;
use placard_core::storage::imports::ListKind as CoreKind;
use placard_core::{Error, Result};
use serde::Serialize;

use super::answer::Answer;
use super::ending::Ending;
use super::line::Whole;
use super::watching::watched;
use crate::commands::bringing_in::{Column, Report};

/// A list into the vault: CSV or Excel. It texts nobody. `placard undo` undoes a list of people, or of numbers that nobody
/// calls; an opt-out stays.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  placard import members.csv --report-only
  placard import members.csv --column 3=mobile --column 5=nothing --refused-to mend
  placard import stop.csv --holds opt-outs
  placard import fair.csv --purpose texts --wording \"May we text you about the campaign?\" \\
    --when 2026-05-02 --how \"paper form at the May fair\" --by \"Olu Ade\"")]
pub struct Import {
    /// The file
    list: PathBuf,
    /// What is on it
    #[arg(long, value_enum, default_value_t = Holds::People)]
    holds: Holds,
    #[arg(long, value_name = "PLACE=WHAT", value_parser = column, help = what_columns_hold())]
    column: Vec<(usize, Option<Column>)>,
    /// Which sheet of a workbook [default: the first]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What stands between the columns [default: found out]
    #[arg(long, value_enum)]
    delimiter: Option<Delimiter>,
    /// The encoding, such as UTF-8 or windows-1252 [default: found out]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Whether the first row names the columns [default: found out]
    #[arg(long, value_name = "true|false")]
    header: Option<bool>,
    /// Only say what would come of it
    #[arg(long)]
    report_only: bool,
    /// Put the lines that are refused into a file in this folder, to mend and bring in again
    #[arg(long, value_name = "FOLDER")]
    refused_to: Option<PathBuf>,
    /// The words that the people on it said yes to; without these no consent comes in
    #[arg(long, requires_all = ["purpose", "when", "how", "by"])]
    wording: Option<String>,
    /// Which purpose they said yes to: its key, such as texts
    #[arg(long, requires = "wording")]
    purpose: Option<String>,
    /// When they said yes; a day that the list gives for somebody comes before it
    #[arg(long, requires = "wording", value_name = "YYYY-MM-DD")]
    when: Option<String>,
    /// How they said yes: "paper form at the May fair"
    #[arg(long, requires = "wording")]
    how: Option<String>,
    /// Who attests all of that
    #[arg(long, requires = "wording")]
    by: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Holds {
    /// People, or what is new about them
    People,
    /// Numbers that want no texts
    OptOuts,
    /// Numbers that nobody calls
    DoNotCall,
}

impl From<Holds> for CoreKind {
    fn from(holds: Holds) -> Self {
        match holds {
            Holds::People => Self::People,
            Holds::OptOuts => Self::OptOuts,
            Holds::DoNotCall => Self::DoNotCall,
        }
    }
}

/// What stands between columns.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Delimiter {
    Comma,
    Semicolon,
    Tab,
    Bar,
}

impl From<Delimiter> for String {
    fn from(delimiter: Delimiter) -> Self {
        match delimiter {
            Delimiter::Comma => ",",
            Delimiter::Semicolon => ";",
            Delimiter::Tab => "\t",
            Delimiter::Bar => "|",
        }
        .to_owned()
    }
}

/// A column that is left out.
const NOTHING: &str = "nothing";

fn column(said: &str) -> std::result::Result<(usize, Option<Column>), String> {
    let (place, what) = said.split_once('=').ok_or("write it as 3=mobile")?;
    let place = place.trim().parse().ok().filter(|place| *place > 0);
    let place = place.ok_or("columns are counted from 1")?;
    let what = what.trim();
    if what == NOTHING {
        return Ok((place, None));
    }
    match Column::from_str(what, true) {
        Ok(what) => Ok((place, Some(what))),
        Err(_) => Err(format!("a column holds {}", columns())),
    }
}

/// "first-name, last-name, … or nothing".
fn columns() -> String {
    let known = Column::value_variants().iter();
    let names = known.filter_map(|column| Some(column.to_possible_value()?.get_name().to_owned()));
    format!("{} or {NOTHING}", names.collect::<Vec<_>>().join(", "))
}

fn what_columns_hold() -> String {
    format!(
        "What a column holds, by its place from 1 on, as in 3=mobile (may be repeated): {}. The others are as they are named",
        columns()
    )
}

impl Import {
    /// Checks the list, and brings it in.
    pub fn done(&self, whole: &Whole, campaign: &Campaign) -> Result<Imported> {
        let options = self.options(campaign)?;
        let attested = self.attested();
        let kind = self.holds.into();
        let report = watched(whole, |watch| {
            campaign.check_list(&self.list, kind, Some(&options), attested.as_ref(), watch)
        })?;
        let (id, refused) = (report.id, report.counts.refused);
        let mut imported = Imported {
            mend: None,
            brought_in: None,
            report: report.into(),
        };
        if let Some(folder) = self.refused_to.as_ref().filter(|_| refused > 0) {
            imported.mend = Some(campaign.save_refused(id, &Place::Folder(folder))?);
        }
        if !self.report_only {
            let brought = watched(whole, |watch| campaign.bring_in(id, watch))?;
            imported.brought_in = Some(brought.sentence);
        }
        Ok(imported)
    }

    /// How the list is read: as it was found out, but for what the line says.
    fn options(&self, campaign: &Campaign) -> Result<ReadOptions> {
        let said = ReadOptions {
            delimiter: self.delimiter.map(Into::into),
            encoding: self.encoding.clone(),
            sheet: self.sheet.clone(),
            has_header: self.header,
            columns: None,
        };
        let looked = campaign.read_list(&self.list, self.holds.into(), Some(&said))?;
        let mut columns: Vec<Option<CoreColumn>> = looked.columns;
        for (place, what) in &self.column {
            let what = what.map(CoreColumn::from);
            if what.is_some() {
                // Two columns cannot mean the same: the other is left out then, as in the window.
                for column in columns.iter_mut().filter(|column| **column == what) {
                    *column = None;
                }
            }
            let mapped = columns
                .get_mut(place - 1)
                .ok_or_else(|| Error::invalid("column", "The list has fewer columns than that."))?;
            *mapped = what;
        }
        Ok(ReadOptions {
            columns: Some(columns),
            ..looked.options
        })
    }

    fn attested(&self) -> Option<Attestation> {
        Some(Attestation {
            wording: self.wording.clone()?,
            purpose: self.purpose.clone()?,
            date: self.when.clone()?,
            method: self.how.clone()?,
            by: self.by.clone()?,
            agreed: true,
        })
    }
}

/// What came of a list.
#[derive(Serialize)]
pub struct Imported {
    report: Report,
    /// Where the refused lines are, to be mended.
    mend: Option<PathBuf>,
    brought_in: Option<String>,
}

impl Answer for Imported {
    fn say(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "{}", self.report.sentence)?;
        for refused in &self.report.refusals {
            writeln!(to, "line {}: {}", refused.line, refused.reason)?;
        }
        if let Some(mend) = &self.mend {
            writeln!(to, "To mend: {}", mend.display())?;
        }
        match &self.brought_in {
            Some(sentence) => writeln!(to, "{sentence}"),
            None => writeln!(to, "Nothing was brought in: this was a report only."),
        }
    }

    fn ending(&self) -> Ending {
        if self.report.refused == 0 {
            Ending::Done
        } else {
            Ending::LeftOver
        }
    }
}
