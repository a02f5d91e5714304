//! The invariants of ARCHITECTURE.md that a machine can check: which file may name what, and that its table of the law
//! is true.

mod law;
mod rules;

use std::fs;
use std::path::{Path, PathBuf};

use super::summary::Verdict;
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::place;
use rules::{FENCES, FLOORS, Fence};

/// Past this many lines, a file is probably two.
const LONG: usize = 500;

/// The folders that are ours, and written by hand.
const FOLDERS: &[&str] = &["core", "src-tauri", "tests", "ui", "xtask"];
/// Folders inside them that are not.
const FOREIGN: &[&str] = &[
    "node_modules",
    "dist",
    "gen",
    "target",
    "proptest-regressions",
];

/// Looks at every file of ours. What is too long is said, and fails nothing.
pub fn check() -> Result<Verdict> {
    let mut broken = law::check()?;
    let mut long = 0;
    for folder in FOLDERS {
        for file in files(&place::root().join(folder))? {
            let path = file.strip_prefix(place::root()).unwrap_or(&file);
            let path = path.to_string_lossy().replace('\\', "/");
            let Ok(text) = fs::read_to_string(&file) else {
                continue; // A picture or a font.
            };
            broken.extend(breaches(&path, &text));
            if is_code(&path) && text.lines().count() > LONG {
                long += 1;
                println!(
                    "  long: {path} has {} lines; is it two things?",
                    text.lines().count()
                );
            }
        }
    }
    for breach in &broken {
        println!("  {breach}");
    }
    let said = match long {
        0 => String::new(),
        1 => format!("1 file over {LONG} lines"),
        _ => format!("{long} files over {LONG} lines"),
    };
    if broken.is_empty() {
        return Ok(Verdict::Passed(Tally::default(), said));
    }
    Ok(Verdict::Failed(
        Tally::default(),
        format!("{} broken", broken.len()),
    ))
}

fn is_code(path: &str) -> bool {
    let generated = path.ends_with("/bindings.ts");
    let code = ["rs", "ts", "svelte", "sql", "css"];
    !generated && code.iter().any(|ending| ends(path, ending))
}

/// Every breach in one file, named by file and line.
fn breaches(path: &str, text: &str) -> Vec<String> {
    let fences: Vec<&Fence> = FENCES
        .iter()
        .filter(|fence| {
            fence.endings.iter().any(|ending| ends(path, ending))
                && inside(path, fence.within)
                && !inside(path, fence.home)
        })
        .collect();
    let floor = FLOORS.iter().find(|floor| is_in(path, floor.folder));
    let mut found = Vec::new();
    let mut tests = path.ends_with("/tests.rs") || path.contains("/tests/");
    for (number, line) in text.lines().enumerate() {
        // They are the end of their file.
        tests |= line.starts_with("mod tests {");
        if is_comment(line) {
            continue;
        }
        let place = format!("{path}:{}", number + 1);
        let held = fences.iter().filter(|fence| fence.tests || !tests);
        for fence in held.filter(|fence| names(line, fence.word)) {
            found.push(format!(
                "{place}: names `{}`, but {}",
                fence.word, fence.why
            ));
        }
        let above = floor.into_iter().flat_map(|floor| floor.above);
        for above in above.filter(|above| names(line, &format!("crate::{above}"))) {
            found.push(format!(
                "{place}: names `crate::{above}`, which is built on top of it"
            ));
        }
    }
    if path.starts_with("core/") && ends(path, "sql") {
        found.extend(
            lax_tables(text)
                .into_iter()
                .map(|table| format!("{path}: {table} is not STRICT")),
        );
    }
    found
}

/// Whether a file of core belongs to a module: `people.rs`, or anything in `people/`.
fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix("core/src/")
        .and_then(|rest| rest.strip_prefix(module))
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

fn inside(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn ends(path: &str, ending: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, found)| found == ending)
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("# ")
}

/// Whether the line has the word by itself: `rusqlite::` and not `rusqlite_migration`'s tail.
fn names(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric();
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let open = !word.ends_with(|c: char| c.is_alphanumeric());
        !before.is_some_and(part) && (open || !after.is_some_and(part))
    })
}

/// The tables that a script makes without STRICT.
fn lax_tables(script: &str) -> Vec<String> {
    let bare: String = script
        .lines()
        .map(|line| line.split_once("--").map_or(line, |(code, _)| code))
        .flat_map(|line| [line, " "])
        .collect();
    bare.split(';')
        .map(|statement| statement.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|statement| {
            let upper = statement.to_uppercase();
            let options = upper.rsplit(')').next().unwrap_or_default();
            let makes = [
                "CREATE TABLE ",
                "CREATE TEMP TABLE ",
                "CREATE TEMPORARY TABLE ",
            ];
            makes.iter().any(|start| upper.starts_with(start)) && !options.contains("STRICT")
        })
        .map(|statement| {
            statement
                .split('(')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .collect()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        let foreign = path
            .file_name()
            .is_some_and(|name| FOREIGN.iter().any(|other| name == *other));
        if path.is_dir() && !foreign {
            found.extend(files(&path)?);
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_at_home() {
        let cases = [
            ("core/src/storage/open.rs", "use rusqlite::Connection;", 0),
            ("core/src/sender/mod.rs", "use rusqlite::Connection;", 1),
            (
                "core/src/sender/mod.rs",
                "    Sql(rusqlite_migration::Error),",
                1,
            ),
            ("core/src/sender/mod.rs", "// rusqlite is elsewhere", 0),
            ("core/src/sender/mod.rs", "/// as reqwest does", 0),
            ("core/src/gateways/twilio.rs", "reqwest::Client::new()", 0),
            ("core/src/storage_old.rs", "rusqlite::x", 1),
            ("core/src/clock.rs", "Utc::now()", 0),
            ("core/src/texts/life.rs", "let now = Utc::now();", 1),
            ("tests/src/lib.rs", "Utc::now()", 0),
            ("core/Cargo.toml", "tauri.workspace = true", 1),
            ("src-tauri/src/main.rs", "tauri::Builder::default()", 0),
            ("core/src/texts/life.rs", "let id = Uuid::new_v4();", 1),
            ("core/src/sender/mod.rs", "    dbg!(body);", 1),
            ("core/src/sender/mod.rs", "    eprintln!(\"{body}\");", 1),
            ("tests/src/bin/bench.rs", "println!(\"done\");", 0),
            ("tests/src/window.rs", "std::thread::sleep(SOON);", 1),
            (
                "ui/src/app/Shell.svelte",
                "import x from '@tauri-apps/api/core'",
                1,
            ),
            (
                "ui/src/api/shell.ts",
                "import x from '@tauri-apps/api/core'",
                0,
            ),
        ];
        for (path, line, expected) in cases {
            assert_eq!(breaches(path, line).len(), expected, "{path}: {line}");
        }
    }

    #[test]
    fn nothing_knows_what_is_built_on_it() {
        let cases = [
            ("core/src/people/mobile.rs", "use crate::storage::Vault;", 1),
            ("core/src/texts/mod.rs", "use crate::people::Mobile;", 0),
            ("core/src/people.rs", "use crate::texts::Body;", 1),
            ("core/src/people_old.rs", "use crate::texts::Body;", 0),
            ("core/src/gateways/mod.rs", "/// see [`crate::sender`]", 0),
            ("core/src/gateways/mod.rs", "use crate::sender::Wish;", 1),
            ("core/src/gateways/mod.rs", "use crate::senders::Wish;", 0),
            ("core/src/sender/mod.rs", "use crate::storage::Vault;", 0),
        ];
        for (path, line, expected) in cases {
            assert_eq!(breaches(path, line).len(), expected, "{path}: {line}");
        }
    }

    #[test]
    fn a_test_may_ask_what_time_it_is() {
        let own = "let now = Utc::now();\n#[cfg(test)]\nmod tests {\n    Utc::now()\n}";
        assert_eq!(breaches("core/src/texts/life.rs", own).len(), 1);
        let apart = "#[cfg(test)]\nmod tests;\nlet now = Utc::now();";
        assert_eq!(breaches("core/src/texts/life.rs", apart).len(), 1);
        let test = "let now = Utc::now(); let id = Uuid::new_v4();";
        assert_eq!(breaches("core/src/texts/life/tests.rs", test).len(), 1);
    }

    #[test]
    fn a_test_is_never_skipped() {
        assert_eq!(
            breaches("core/src/clock.rs", "    #[ignore = \"slow\"]").len(),
            1
        );
    }

    #[test]
    fn every_table_is_strict() {
        let script = "\
-- CREATE TABLE comment (id);
CREATE TABLE person (
    id BLOB PRIMARY KEY, -- ours; always
    name TEXT NOT NULL CHECK (length(name) > 0)
) STRICT, WITHOUT ROWID;
create table note (id INTEGER PRIMARY KEY, text TEXT DEFAULT ('STRICT'));
CREATE VIRTUAL TABLE person_search USING fts5 (name);
CREATE INDEX person_name ON person (name);
";
        assert_eq!(lax_tables(script), ["create table note"]);
        assert_eq!(breaches("core/src/storage/person.sql", script).len(), 1);
    }
}
