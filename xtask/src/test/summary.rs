//! The one summary: a line for each check, and a closing line with the counts.

use std::fmt::Write;
use std::time::Duration;

use super::tally::Tally;
use crate::error::Error;
use crate::progress::spoken;

/// How a check went.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It passed; the tests it ran, and what is worth saying all the same.
    Passed(Tally, String),
    /// It failed; the tests it ran, and why in a few words.
    Failed(Tally, String),
    /// It could not be made here, and why. This fails nothing.
    NotChecked(String),
}

impl Verdict {
    /// Passed, with no tests of its own and nothing to add.
    pub fn passed() -> Verdict {
        Verdict::Passed(Tally::default(), String::new())
    }

    /// Failed, with no tests of its own.
    pub fn failed(error: &Error) -> Verdict {
        let said = match error {
            // The line beside it already says what was tried.
            Error::Failed { status, .. } => status.to_string(),
            other => other.to_string(),
        };
        let first = said.lines().next().unwrap_or_default();
        Verdict::Failed(Tally::default(), first.to_owned())
    }

    /// For tests that ran: failed where one failed, and where none ran at all.
    pub fn of_tests(tally: Tally, ended_well: bool) -> Verdict {
        let said = match (tally.passed, tally.failed) {
            (0, 0) => "no test ran".to_owned(),
            (passed, 0) => format!("{passed} tests"),
            (passed, failed) => format!("{failed} of {} tests", passed + failed),
        };
        if ended_well && tally.failed == 0 && tally.passed > 0 {
            Verdict::Passed(tally, said)
        } else {
            Verdict::Failed(tally, said)
        }
    }

    /// What it adds to the closing line. A check without tests of its own counts as one.
    fn counts(&self) -> Tally {
        match self {
            Verdict::Passed(tally, _) => Tally {
                passed: tally.passed.max(1),
                failed: 0,
            },
            Verdict::Failed(tally, _) => Tally {
                passed: tally.passed,
                failed: tally.failed.max(1),
            },
            Verdict::NotChecked(_) => Tally::default(),
        }
    }

    fn words(&self) -> (&'static str, &str) {
        match self {
            Verdict::Passed(_, said) => ("passed", said),
            Verdict::Failed(_, said) => ("FAILED", said),
            Verdict::NotChecked(said) => ("not checked here", said),
        }
    }
}

/// One line of the summary.
pub struct Line {
    /// The check's name on the command line.
    pub name: &'static str,
    /// What it is called here.
    pub title: &'static str,
    /// How it went.
    pub verdict: Verdict,
    /// How long it took.
    pub took: Duration,
}

impl Line {
    /// Whether it failed.
    pub fn failed(&self) -> bool {
        matches!(self.verdict, Verdict::Failed(..))
    }
}

/// The table, and under it "N passed, N failed" alone on a line.
pub fn table(lines: &[Line], took: Duration) -> String {
    let width = |of: fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or(0);
    let titles = width(|line| line.title.chars().count());
    let names = width(|line| line.name.len());
    let mut text = format!("\nEvery check, in {}\n\n", spoken(took));
    for line in lines {
        let (word, said) = line.verdict.words();
        let row = format!(
            "  {:titles$}  {:names$}  {word:16}  {:>12}  {said}",
            line.title,
            line.name,
            spoken(line.took),
        );
        let _ = writeln!(text, "{}", row.trim_end());
    }
    let sum = lines
        .iter()
        .map(|line| line.verdict.counts())
        .fold(Tally::default(), Tally::and);
    let _ = write!(
        text,
        "\nTests, and checks without tests, together:\n{} passed, {} failed",
        sum.passed, sum.failed
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &'static str, verdict: Verdict) -> Line {
        Line {
            name: "one",
            title,
            verdict,
            took: Duration::from_secs(75),
        }
    }

    #[test]
    fn the_summary_ends_with_the_counts() {
        let unit = Verdict::of_tests(
            Tally {
                passed: 12,
                failed: 2,
            },
            false,
        );
        let lines = [
            line("Unit tests", unit),
            line("Formatting", Verdict::passed()),
            line("Advisories", Verdict::NotChecked("no network".to_owned())),
        ];
        let text = table(&lines, Duration::from_secs(90));
        assert!(
            text.contains("  Unit tests  one  FAILED              1 min 15 s  2 of 14 tests\n"),
            "{text}"
        );
        assert!(
            text.contains("not checked here    1 min 15 s  no network"),
            "{text}"
        );
        assert!(text.ends_with("\n13 passed, 2 failed"), "{text}");
    }

    #[test]
    fn a_suite_in_which_nothing_ran_has_failed() {
        let verdict = Verdict::of_tests(Tally::default(), true);
        assert!(matches!(verdict, Verdict::Failed(_, said) if said == "no test ran"));
    }

    #[test]
    fn a_suite_that_crashed_has_failed() {
        let all_good = Tally {
            passed: 3,
            failed: 0,
        };
        assert!(matches!(
            Verdict::of_tests(all_good, false),
            Verdict::Failed(..)
        ));
    }
}
