//! Why a line of a list is not brought in.

use std::borrow::Cow;
use std::collections::HashMap;

/// Why a line is refused, in words that quote nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// For this reason.
    Because(Cow<'static, str>),
    /// It is about the same number, email or name as an earlier line, and says something else; `but_out` where its opt-out
    /// acts.
    Repeats { line: u64, but_out: bool },
}

/// What is said of a line whose opt-out acts though it is refused.
const BUT_OUT: &str = "The opt-out acts all the same.";

impl Refusal {
    pub(super) const fn because(why: &'static str) -> Self {
        Self::Because(Cow::Borrowed(why))
    }

    /// The same of a line whose opt-out acts.
    pub(super) fn but_out(self) -> Self {
        match self {
            Self::Because(why) => Self::Because(Cow::Owned(format!("{why} {BUT_OUT}"))),
            Self::Repeats { line, .. } => Self::Repeats {
                line,
                but_out: true,
            },
        }
    }

    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Because(why) => why.clone().into_owned(),
            Self::Repeats { line, but_out } => {
                let why = format!(
                    "Line {line} is about this number or person too, and says something else. Make one line of the two. Where two people share a phone, leave the number with one of them."
                );
                match but_out {
                    true => format!("{why} {BUT_OUT}"),
                    false => why,
                }
            }
        }
    }
}

/// The refused lines of a list, in their order. A million of them take little room: reasons are few.
#[derive(Default)]
pub(super) struct Refusals {
    lines: Vec<(u64, Why)>,
    reasons: Vec<Cow<'static, str>>,
    known: HashMap<Cow<'static, str>, u32>,
}

#[derive(Clone, Copy)]
enum Why {
    Reason(u32),
    Repeats { line: u64, but_out: bool },
}

impl Refusals {
    pub(super) fn add(&mut self, line: u64, refusal: Refusal) {
        let why = match refusal {
            Refusal::Repeats { line, but_out } => Why::Repeats { line, but_out },
            Refusal::Because(reason) => {
                let next = u32::try_from(self.reasons.len()).unwrap_or(u32::MAX);
                let number = *self.known.entry(reason.clone()).or_insert(next);
                if number == next {
                    self.reasons.push(reason);
                }
                Why::Reason(number)
            }
        };
        self.lines.push((line, why));
    }

    /// Each line's number, with why.
    pub(super) fn each(&self) -> impl Iterator<Item = (u64, Refusal)> + '_ {
        self.lines.iter().map(|(line, why)| {
            let refusal = match *why {
                Why::Repeats { line, but_out } => Refusal::Repeats { line, but_out },
                Why::Reason(number) => {
                    let reason = self.reasons.get(number as usize).cloned();
                    Refusal::Because(reason.unwrap_or_default())
                }
            };
            (*line, refusal)
        })
    }
}
