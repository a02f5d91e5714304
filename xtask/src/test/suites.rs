//! The tests themselves, and the documentation.

use std::io::{IsTerminal, stdout};
use std::time::Duration;

use super::summary::Verdict;
use super::tally::Tally;
use crate::desktop::Desktop;
use crate::error::Result;
use crate::step::{Finished, Step};
use crate::{pictures, rust, ui};

/// What is generated and kept in the repository, by the words that follow [`rust::GUARDS`].
const GENERATED: [&str; 3] = ["bindings", "schema", "seeds"];

/// Unit and property tests of every crate, and the integration tests other than the journeys.
pub fn unit() -> Result<Verdict> {
    let mut tests = rust::cargo(&[
        "test",
        "--workspace",
        "--locked",
        "--no-fail-fast",
        "--lib",
        "--bins",
    ]);
    for target in rust::test_targets()? {
        if target != rust::JOURNEYS {
            tests.args(["--test", &target]);
        }
    }
    // They have a line of their own in the summary.
    tests.args(["--", "--skip", rust::GUARDS]);
    cargo_suite(Step::new("Running the unit and property tests", tests).aloud(closing))
}

/// The tests that compare the committed bindings and schema with what the code generates.
pub fn drift() -> Result<Verdict> {
    let tests = rust::cargo(&[
        "test",
        "--workspace",
        "--locked",
        "--no-fail-fast",
        "--lib",
        "--bins",
        rust::GUARDS,
    ]);
    let finished = Step::new("Comparing what is generated with what is kept", tests).attempt()?;
    if let Some(unguarded) = unguarded(&finished.output) {
        let said = format!("no test compares the {unguarded}");
        return Ok(Verdict::Failed(Tally::default(), said));
    }
    let tally = Tally::of_cargo(&finished.output);
    Ok(verdict(&finished, tally))
}

/// What no test has compared, going by the names of those that ran. What was not built has no names,
/// and says itself what is wrong.
fn unguarded(output: &str) -> Option<&'static str> {
    let ran = |what: &&str| output.contains(&format!("{}{what}", rust::GUARDS));
    let built = output.contains("test result: ");
    GENERATED.into_iter().find(|what| built && !ran(what))
}

/// The examples in public documentation. A workspace with none of them is no failure.
pub fn examples() -> Result<Verdict> {
    let tests = rust::cargo(&["test", "--workspace", "--locked", "--no-fail-fast", "--doc"]);
    let finished = Step::new("Running the documentation's examples", tests)
        .aloud(closing)
        .attempt()?;
    let tally = Tally::of_cargo(&finished.output);
    if finished.status.success() && tally == Tally::default() {
        return Ok(Verdict::Passed(tally, "there are none".to_owned()));
    }
    Ok(verdict(&finished, tally))
}

/// The documentation, private items too: most of the workspace is private.
pub fn documentation() -> Result<Verdict> {
    let mut doc = rust::cargo(&[
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--locked",
    ]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    Step::new("Building the documentation", doc).run()?;
    Ok(Verdict::passed())
}

/// The screens' own tests.
pub fn screens() -> Result<Verdict> {
    let finished = ui::script("test", "Testing the screens").attempt()?;
    let tally = Tally::of_vitest(&finished.output);
    Ok(verdict(&finished, tally))
}

/// The journeys, one after another in the real window on a desktop of their own.
///
/// `kills` is how often the app is killed at a random moment, where it is not the usual number.
pub fn journeys(kills: Option<u32>) -> Result<Verdict> {
    pictures::driver()?;
    let desktop = Desktop::start()?;
    let mut tests = rust::cargo(&[
        "test",
        "--workspace",
        "--locked",
        "--no-fail-fast",
        "--test",
    ]);
    tests.args([rust::JOURNEYS, "--", "--test-threads=1"]);
    pictures::drive(&mut tests, &desktop)?;
    if let Some(kills) = kills {
        tests.env("PLACARD_KILLS", kills.to_string());
    }
    let mut step = Step::new("Making the journeys", tests).aloud(told);
    // A person can see that a journey hangs and end it; where nobody watches, the summary must
    // still come in the time there is. More kills than usual take as long as they take.
    if !stdout().is_terminal() && kills.is_none() {
        step = step.within(Duration::from_secs(45 * 60));
    }
    cargo_suite(step)
}

fn cargo_suite(step: Step) -> Result<Verdict> {
    let finished = step.attempt()?;
    let tally = Tally::of_cargo(&finished.output);
    Ok(verdict(&finished, tally))
}

fn verdict(finished: &Finished, tally: Tally) -> Verdict {
    let verdict = Verdict::of_tests(tally, finished.status.success());
    if matches!(verdict, Verdict::Failed(..)) {
        println!("{}", finished.output.trim_end());
    }
    verdict
}

fn closing(line: &str) -> bool {
    line.starts_with("test result: ")
}

fn told(line: &str) -> bool {
    line.starts_with("test ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_generated_file_has_its_guard() {
        let bindings = "test commands::the_committed_bindings_are_todays ... ok\n";
        let schema = "test storage::the_committed_schema_is_todays ... FAILED\n";
        let seeds = "test fuzzing::seeds::the_committed_seeds_are_read_as_they_should_be ... ok\n";
        let end = "test result: ok.\n";
        assert_eq!(unguarded(&format!("{bindings}{schema}{seeds}{end}")), None);
        assert_eq!(unguarded(&format!("{bindings}{end}")), Some("schema"));
        assert_eq!(unguarded(end), Some("bindings"));
        assert_eq!(unguarded("error: could not compile"), None);
    }
}
