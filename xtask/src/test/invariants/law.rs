//! The table of the law in ARCHITECTURE.md: every point has its row, its files and its tests.

use std::fs;

use crate::error::{Error, Result};
use crate::place;

/// Where the table stands.
const DOCUMENT: &str = "ARCHITECTURE.md";
/// The table's heading.
const HEADING: &str = "## Where each point of the law is kept";
/// How many points the law has.
const POINTS: u32 = 23;
/// Most files are named as they are called in here.
const CORE: &str = "core/src";
/// Where the tests of the points are, inside of that.
const TESTS: &str = "law";

/// A file of tests: what the table calls it, and its text.
type Tests = (String, String);

/// What is not so in the table, or is not there.
pub(super) fn check() -> Result<Vec<String>> {
    let root = place::root();
    let document = root.join(DOCUMENT);
    let text = fs::read_to_string(&document).map_err(Error::file(&document))?;
    let core = root.join(CORE);
    let mut tests = Vec::new();
    for path in super::files(&core.join(TESTS))? {
        let name = path.strip_prefix(&core).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
        tests.push((name, text));
    }
    let exists = |path: &str| core.join(path).exists() || root.join(path).exists();
    Ok(breaches(&text, &tests, exists))
}

fn breaches(document: &str, tests: &[Tests], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = paths(document)
        .into_iter()
        .filter(|(_, path)| !exists(path))
        .map(|(number, path)| format!("{DOCUMENT}:{number}: there is no `{path}`"))
        .collect();
    let rows = rows(document);
    for point in 1..=POINTS {
        let tested: Vec<&str> = tests
            .iter()
            .filter(|(_, text)| has_test(text, point))
            .map(|(name, _)| name.as_str())
            .collect();
        if tested.is_empty() {
            found.push(format!(
                "{CORE}/{TESTS}: no test is named point_{point:02}_…"
            ));
        }
        let own: Vec<&(u32, &str)> = rows.iter().filter(|(row, _)| *row == point).collect();
        let [(_, row)] = own[..] else {
            let times = own.len();
            found.push(format!(
                "{DOCUMENT}: point {point} of the law has {times} rows, not one"
            ));
            continue;
        };
        let (shown, kept): (Vec<&str>, Vec<&str>) = named(row).partition(|path| is_tests(path));
        if kept.is_empty() {
            found.push(format!(
                "{DOCUMENT}: point {point} names no file that keeps it"
            ));
        }
        if shown.is_empty() {
            found.push(format!("{DOCUMENT}: point {point} names no file of tests"));
        }
        for name in shown.iter().filter(|name| !tested.contains(name)) {
            found.push(format!(
                "{DOCUMENT}: point {point} is not tested in `{name}`"
            ));
        }
    }
    let beyond = rows
        .iter()
        .filter(|(point, _)| !(1..=POINTS).contains(point));
    found.extend(beyond.map(|(point, _)| format!("{DOCUMENT}: the law has no point {point}")));
    found
}

/// The table's rows, by the number in their first cell.
fn rows(document: &str) -> Vec<(u32, &str)> {
    document
        .lines()
        .skip_while(|line| *line != HEADING)
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (first, rest) = line.strip_prefix('|')?.split_once('|')?;
            Some((first.trim().parse().ok()?, rest))
        })
        .collect()
}

/// What stands between backticks and is a path, with its line. A command has spaces in it, and a word no slash.
fn paths(document: &str) -> Vec<(usize, &str)> {
    let numbered = (1..).zip(document.lines());
    numbered
        .flat_map(|(number, line)| named(line).map(move |path| (number, path)))
        .collect()
}

fn named(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted.filter(|word| word.contains('/') && !word.contains(char::is_whitespace))
}

fn is_tests(path: &str) -> bool {
    path.strip_prefix(TESTS)
        .is_some_and(|rest| rest.starts_with('/'))
}

fn has_test(text: &str, point: u32) -> bool {
    let start = format!("fn point_{point:02}_");
    text.lines().any(|line| line.starts_with(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table in which everything is as it should be, and its tests.
    fn whole() -> (String, Vec<Tests>) {
        let mut table =
            format!("# Placard\n\n{HEADING}\n\n| | Point | Where | Tests |\n|---|---|---|---|\n");
        let mut tests = String::new();
        for point in 1..=POINTS {
            table.push_str(&format!(
                "| {point} | It is kept | `texts/hours.rs` | `law/all.rs` |\n"
            ));
            tests.push_str(&format!("#[test]\nfn point_{point:02}_is_kept() {{}}\n"));
        }
        table.push_str("\n### Carriers\n\n| 30003 | Later | `cargo xtask test` and `tests/` |\n");
        (table, vec![("law/all.rs".to_owned(), tests)])
    }

    fn is_there(path: &str) -> bool {
        ["texts/hours.rs", "law/all.rs", "law/more.rs", "tests/"].contains(&path)
    }

    #[test]
    fn a_table_that_is_whole_breaks_nothing() {
        let (table, tests) = whole();
        assert_eq!(breaches(&table, &tests, is_there), Vec::<String>::new());
    }

    #[test]
    fn a_row_a_file_or_a_test_that_is_missing_is_told() {
        let row = "| 7 | It is kept | `texts/hours.rs` | `law/all.rs` |\n";
        let twice = format!("{row}{row}");
        for (scenario, replaced, by, told) in [
            ("no row", row, "", "point 7 of the law has 0 rows, not one"),
            (
                "two rows",
                row,
                twice.as_str(),
                "point 7 of the law has 2 rows, not one",
            ),
            (
                "a point too many",
                "| 23 |",
                "| 23 | And | `texts/hours.rs` | |\n| 24 |",
                "the law has no point 24",
            ),
            (
                "a file that is not there",
                "`tests/`",
                "`texts/night.rs`",
                ":33: there is no `texts/night.rs`",
            ),
            (
                "no file",
                row,
                "| 7 | It is kept | everywhere | `law/all.rs` |\n",
                "point 7 names no file that keeps it",
            ),
            (
                "no tests",
                row,
                "| 7 | It is kept | `texts/hours.rs` | |\n",
                "point 7 names no file of tests",
            ),
            (
                "a test that is elsewhere",
                row,
                "| 7 | It is kept | `texts/hours.rs` | `law/all.rs`, `law/more.rs` |\n",
                "point 7 is not tested in `law/more.rs`",
            ),
            (
                "another heading",
                HEADING,
                "## The law",
                "point 1 of the law has 0 rows, not one",
            ),
        ] {
            let (table, tests) = whole();
            let table = table.replacen(replaced, by, 1);
            let found = breaches(&table, &tests, is_there);
            assert!(
                found.iter().any(|breach| breach.ends_with(told)),
                "{scenario}: {found:?}"
            );
        }
    }

    #[test]
    fn a_point_without_a_test_of_its_name_is_told() {
        for (scenario, by) in [
            ("none", "fn is_kept"),
            ("a longer number", "fn point_070_is_kept"),
            ("in a comment", "// fn point_07_is_kept"),
        ] {
            let (table, mut tests) = whole();
            for (_, text) in &mut tests {
                *text = text.replace("fn point_07_is_kept", by);
            }
            let found = breaches(&table, &tests, is_there);
            assert!(
                found
                    .iter()
                    .any(|breach| breach.ends_with("no test is named point_07_…")),
                "{scenario}: {found:?}"
            );
        }
    }
}
