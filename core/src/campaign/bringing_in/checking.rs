//! The report on a list: every line judged, and nothing written.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use uuid::Uuid;

use super::judging::{Judge, Number};
use super::refusing::{Refusal, Refusals};
use super::repeats::{Repeated, Repeats};
use super::standing::{out_all_the_same, plan};
use super::{
    Attestation, Checked, Opened, ReadOptions, RefusedLine, Report, Verdict, counted, has_changed,
};
use crate::campaign::Campaign;
use crate::error::{Error, Result};
use crate::exchange::reading::{Column, Line};
use crate::progress::Watch;
use crate::storage::imports::{Counts, ListKind};
use crate::storage::{Conn, do_not_call, opt_outs};

/// So many refused lines stand in a report; all of them in the file that is saved.
const SHOWN: usize = 500;
/// After so many lines it is told how far it is.
pub(super) const APART: usize = 256;

impl Campaign {
    /// Reads all of a list and says what would come of it. Writes nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the list cannot be read, or not as chosen; [`Error::Stopped`].
    pub fn check_list(
        &self,
        path: &Path,
        kind: ListKind,
        options: Option<&ReadOptions>,
        attestation: Option<&Attestation>,
        watch: &Watch<'_>,
    ) -> Result<Report> {
        let Opened {
            list,
            has_header,
            columns,
            ..
        } = self.opened_list(path, kind, options)?;
        can_be_read(kind, &columns)?;
        let written = self.storage.written();
        let (checked, shown, out_in_vain) = self.storage.read_much(|conn| {
            let attested = match (kind, attestation) {
                (ListKind::People, Some(said)) => Some(self.attested(conn, said, &columns)?),
                _ => None,
            };
            let on = attested.as_ref().map(|attested| attested.on);
            let judge = self.judge_of(conn, columns, on)?;
            let purpose = attested.as_ref().map(|attested| attested.purpose.clone());
            let mut checking = Checking {
                conn,
                kind,
                judge: &judge,
                purpose: purpose.as_deref(),
                anybody_is_out: opt_outs::are_there(conn)?,
                number: Number::NONE,
                repeats: Repeats::with_room(list.length / 40),
                counts: Counts::default(),
                out_in_vain: 0,
            };
            let (mut verdicts, mut numbers) = (Vec::new(), Vec::new());
            let mut refusals = Refusals::default();
            let (mut shown, mut header) = (Vec::new(), has_header);
            let was = list.each(&mut |line| {
                if std::mem::take(&mut header) {
                    return Ok(ControlFlow::Continue(()));
                }
                if verdicts.len() % APART == 0 {
                    watch.at(line.at, list.length)?;
                }
                checking.number = Number::NONE;
                let verdict = match checking.line(line)? {
                    Ok(verdict) => verdict,
                    Err(refusal) => {
                        let (verdict, refusal) = checking.refused(line, refusal)?;
                        if shown.len() < SHOWN {
                            shown.push(RefusedLine {
                                line: line.number,
                                reason: refusal.sentence(),
                                cells: line.cells.iter().map(str::to_owned).collect(),
                            });
                        }
                        refusals.add(line.number, refusal);
                        verdict
                    }
                };
                verdicts.push(verdict);
                if kind == ListKind::People {
                    numbers.push(checking.number);
                }
                Ok(ControlFlow::Continue(()))
            })?;
            let (mut counts, out_in_vain) = (checking.counts, checking.out_in_vain);
            for verdict in &verdicts {
                let count = match verdict {
                    Verdict::New => &mut counts.new,
                    Verdict::Same => &mut counts.same,
                    Verdict::Changed => &mut counts.changed,
                    Verdict::Refused | Verdict::ButOut => &mut counts.refused,
                };
                *count += 1;
            }
            watch.at(list.length, list.length)?;
            let was = was.ok_or_else(has_changed)?;
            if !list.looks_the_same(&was)? {
                return Err(has_changed());
            }
            let checked = Checked {
                id: Uuid::now_v7(),
                list,
                kind,
                has_header,
                judge,
                attested,
                was,
                verdicts,
                numbers,
                written,
                refusals,
                counts,
            };
            Ok((checked, shown, out_in_vain))
        })?;
        let but_out = checked.verdicts.iter();
        let but_out = but_out.filter(|verdict| **verdict == Verdict::ButOut);
        let report = Report {
            id: checked.id,
            counts: checked.counts,
            refused_but_out: u32::try_from(but_out.count()).unwrap_or(u32::MAX),
            refusals: shown,
            sentence: sentence(kind, checked.counts, out_in_vain),
        };
        *self
            .checked_list
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(checked));
        Ok(report)
    }
}

struct Checking<'a> {
    conn: &'a Conn,
    kind: ListKind,
    judge: &'a Judge,
    purpose: Option<&'a str>,
    anybody_is_out: bool,
    /// Of the line that is looked at.
    number: Number,
    repeats: Repeats,
    counts: Counts,
    /// How many lines say that somebody has opted out of whom no number is known.
    out_in_vain: u32,
}

impl Checking<'_> {
    fn line(&mut self, line: &Line) -> Result<std::result::Result<Verdict, Refusal>> {
        match self.kind {
            ListKind::People => self.person(line),
            ListKind::OptOuts | ListKind::DoNotCall => self.number(line),
        }
    }

    fn person(&mut self, line: &Line) -> Result<std::result::Result<Verdict, Refusal>> {
        let person = match self.judge.person(line) {
            Ok(person) => person,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.number = Number::of(person.details.mobile.as_deref());
        let about = (self.purpose, self.anybody_is_out);
        let plan = match plan(self.conn, &person, about, &|_| Ok(false))? {
            Ok(plan) => plan,
            Err(refusal) => return Ok(Err(refusal)),
        };
        match self.repeats.person(&person, line.number) {
            None => {}
            Some(Repeated::Same) => return Ok(Ok(Verdict::Same)),
            Some(Repeated::Otherwise { line }) => return Ok(Err(repeats(line))),
        }
        if let Some(there) = &plan.there
            && let Some(Repeated::Otherwise { line }) = self.repeats.known(there.id, line.number)
        {
            return Ok(Err(repeats(line)));
        }
        self.counts.opted_out += u32::from(plan.is_out || plan.opts_out);
        self.counts.with_consent += u32::from(plan.grants);
        self.out_in_vain += u32::from(person.opted_out && plan.mobile.is_none());
        Ok(Ok(match plan.there {
            None => Verdict::New,
            Some(_) if plan.changes_nothing() => Verdict::Same,
            Some(_) => Verdict::Changed,
        }))
    }

    /// What becomes of a line that is refused. An opt-out acts whatever else is wrong with it.
    fn refused(&mut self, line: &Line, refusal: Refusal) -> Result<(Verdict, Refusal)> {
        if self.kind != ListKind::People {
            return Ok((Verdict::Refused, refusal));
        }
        match out_all_the_same(self.conn, self.judge, line, &|_| Ok(false))? {
            Some(_) => {
                self.counts.opted_out += 1;
                Ok((Verdict::ButOut, refusal.but_out()))
            }
            None => {
                self.out_in_vain += u32::from(self.judge.opts_out(line));
                Ok((Verdict::Refused, refusal))
            }
        }
    }

    fn number(&mut self, line: &Line) -> Result<std::result::Result<Verdict, Refusal>> {
        let mobile = match self.judge.number(line) {
            Ok(Some(mobile)) => mobile,
            Ok(None) => return Ok(Err(Refusal::because("There is no number in this line."))),
            Err(refusal) => return Ok(Err(refusal)),
        };
        if self.repeats.number(&mobile, line.number).is_some() {
            return Ok(Ok(Verdict::Same));
        }
        let known = match self.kind {
            ListKind::DoNotCall => do_not_call::holds(self.conn, mobile.e164())?,
            ListKind::OptOuts | ListKind::People => {
                self.counts.opted_out += 1;
                opt_outs::holds(self.conn, mobile.e164())?
            }
        };
        Ok(Ok(if known { Verdict::Same } else { Verdict::New }))
    }
}

fn repeats(line: u64) -> Refusal {
    Refusal::Repeats {
        line,
        but_out: false,
    }
}

/// Whether the columns say enough.
fn can_be_read(kind: ListKind, columns: &[Option<Column>]) -> Result<()> {
    let has = |column| columns.contains(&Some(column));
    let twice = columns.iter().flatten().any(|column| {
        columns
            .iter()
            .flatten()
            .filter(|other| *other == column)
            .count()
            > 1
    });
    let problem = match kind {
        _ if twice => "Two columns are to hold the same. Leave one of them out.",
        ListKind::People
            if !has(Column::FirstName) && !has(Column::LastName) && !has(Column::Name) =>
        {
            "Choose the column that holds people's names."
        }
        ListKind::OptOuts | ListKind::DoNotCall if !has(Column::Mobile) => {
            "Choose the column that holds the numbers."
        }
        _ => return Ok(()),
    };
    Err(Error::invalid("columns", problem))
}

/// A report in words.
fn sentence(kind: ListKind, counts: Counts, out_in_vain: u32) -> String {
    let numbers = kind != ListKind::People;
    let new = match numbers {
        true => counted(counts.new, "new number", "new numbers"),
        false => counted(counts.new, "new person", "new people"),
    };
    let mut parts = vec![new];
    if counts.changed > 0 {
        parts.push(counted(counts.changed, "changed", "changed"));
    }
    if counts.same > 0 {
        parts.push(counted(
            counts.same,
            "as it is already",
            "as they are already",
        ));
    }
    parts.push(counted(counts.refused, "line refused", "lines refused"));
    let mut sentence = format!("{}.", parts.join(", "));
    if kind == ListKind::People {
        sentence.push_str(&match counts.with_consent {
            0 => " Nobody's consent comes in.".to_owned(),
            some => format!(" {} with their yes.", counted(some, "comes", "come")),
        });
        if counts.opted_out > 0 {
            sentence.push_str(&format!(
                " {}.",
                counted(
                    counts.opted_out,
                    "is opted out, and stays so",
                    "are opted out, and stay so"
                )
            ));
        }
        if out_in_vain > 0 {
            sentence.push_str(&format!(
                " {} of whom no number is known: that opts nothing out. Give the list their numbers.",
                counted(
                    out_in_vain,
                    "line says that somebody opted out",
                    "lines say that people opted out"
                )
            ));
        }
    }
    sentence.push_str(" Nothing is written yet.");
    sentence
}
