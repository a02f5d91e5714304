//! The npm packages the screens are built from: their licences, and what is known against them.

use std::fs;
use std::iter::Peekable;
use std::path::Path;
use std::str::SplitWhitespace;
use std::time::Duration;

use serde_json::Value;

use super::summary::Verdict;
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::place;
use crate::step::Step;
use crate::ui::npm;

/// Licences under which a package may be built into Placard, or help to build it.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-4.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Python-2.0",
    "Unlicense",
];

/// Time for an answer over the network before we go on without it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Reads the licence of every installed package.
pub fn licences() -> Result<Verdict> {
    let modules = place::ui().join("node_modules");
    let installed = read(&modules.join(".package-lock.json"))?;
    let folders = installed["packages"].as_object();
    let mut wrong = Vec::new();
    let mut count = 0;
    for folder in folders.into_iter().flat_map(|packages| packages.keys()) {
        let manifest = place::ui().join(folder).join("package.json");
        // Packages for other platforms are in the list, but not on the disk.
        if manifest.is_file() {
            count += 1;
            let licence = licence(&read(&manifest)?);
            if !allowed(&licence) {
                wrong.push(format!("{folder}: {licence}"));
            }
        }
    }
    if wrong.is_empty() && count > 0 {
        return Ok(Verdict::Passed(
            Tally::default(),
            format!("{count} packages"),
        ));
    }
    println!(
        "Packages under licences that are not on our list:\n  {}",
        wrong.join("\n  ")
    );
    Ok(Verdict::Failed(
        Tally::default(),
        format!("{} of {count} packages", wrong.len()),
    ))
}

/// Asks npm what is known against the installed packages, where it can be asked.
pub fn advisories() -> Result<Verdict> {
    let asked = Step::new("Asking npm for advisories", npm(&["audit", "--json"]))
        .within(PATIENCE)
        .hopeful()
        .attempt();
    let counts = asked.ok().and_then(|finished| {
        report(&finished.output).map(|(serious, text)| (serious, text.to_owned()))
    });
    Ok(match counts {
        None => Verdict::NotChecked("npm's advisories cannot be reached from here".to_owned()),
        Some((0, _)) => Verdict::passed(),
        Some((serious, text)) => {
            println!("{text}");
            Verdict::Failed(Tally::default(), format!("{serious} high or critical"))
        }
    })
}

/// How many high and critical ones npm reports, and its report. None where it has none to give.
fn report(output: &str) -> Option<(u64, &str)> {
    let report = output.get(output.find('{')?..=output.rfind('}')?)?;
    let counts: Value = serde_json::from_str(report).ok()?;
    let counts = &counts["metadata"]["vulnerabilities"];
    Some((
        counts["high"].as_u64()? + counts["critical"].as_u64()?,
        report,
    ))
}

fn read(file: &Path) -> Result<Value> {
    let text = fs::read(file).map_err(Error::file(file))?;
    serde_json::from_slice(&text).map_err(|source| Error::Unreadable {
        program: "npm",
        source,
    })
}

/// The licence a package declares: today's form, or the two that npm has left behind.
fn licence(manifest: &Value) -> String {
    let name = |value: &Value| {
        let text = value.as_str().or_else(|| value["type"].as_str());
        text.map(str::to_owned)
    };
    let several = || {
        let list = manifest["licenses"].as_array()?;
        Some(
            list.iter()
                .filter_map(name)
                .collect::<Vec<_>>()
                .join(" OR "),
        )
    };
    name(&manifest["license"])
        .or_else(several)
        .unwrap_or_else(|| "none declared".to_owned())
}

/// Whether an SPDX expression can be kept with allowed licences only. What is no such expression
/// ("SEE LICENSE IN …"), and any exception to a licence, is left to a person.
fn allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let well = any_allowed(&mut words);
    well && words.next().is_none()
}

type Words<'a> = Peekable<SplitWhitespace<'a>>;

fn any_allowed(words: &mut Words) -> bool {
    let mut well = all_allowed(words);
    while words.next_if_eq(&"OR").is_some() {
        well |= all_allowed(words);
    }
    well
}

fn all_allowed(words: &mut Words) -> bool {
    let mut well = one_allowed(words);
    while words.next_if_eq(&"AND").is_some() {
        well &= one_allowed(words);
    }
    well
}

fn one_allowed(words: &mut Words) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let well = any_allowed(words);
        return words.next() == Some(")") && well;
    }
    words.next().is_some_and(|name| ALLOWED.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_weighed() {
        let cases = [
            ("MIT", true),
            ("(MIT OR GPL-3.0-or-later)", true),
            ("MIT AND ISC", true),
            ("MIT AND GPL-2.0-only", false),
            ("GPL-3.0-only", false),
            ("SEE LICENSE IN LICENSE.md", false),
            ("none declared", false),
            ("(MIT OR GPL-2.0-only) AND (GPL-3.0-only OR ISC)", true),
            ("(MIT OR GPL-2.0-only) AND GPL-3.0-only", false),
            ("GPL-2.0-only OR MIT AND ISC", true),
            ("GPL-2.0-only WITH Classpath-exception-2.0", false),
            ("(MIT", false),
            ("", false),
        ];
        for (expression, expected) in cases {
            assert_eq!(allowed(expression), expected, "{expression}");
        }
    }

    #[test]
    fn every_form_of_a_declaration_is_read() {
        let cases = [
            (r#"{"license": "ISC"}"#, "ISC"),
            (r#"{"license": {"type": "MIT"}}"#, "MIT"),
            (
                r#"{"licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}"#,
                "MIT OR GPL-2.0",
            ),
            (r#"{"name": "bare"}"#, "none declared"),
        ];
        for (manifest, expected) in cases {
            assert_eq!(licence(&serde_json::from_str(manifest).unwrap()), expected);
        }
    }

    #[test]
    fn a_report_is_told_from_an_error() {
        let report_text = r#"npm warn x
            {"metadata": {"vulnerabilities": {"low": 4, "high": 1, "critical": 2}}}"#;
        assert_eq!(report(report_text).map(|(serious, _)| serious), Some(3));
        assert_eq!(report(r#"{"error": {"code": "ENOAUDIT"}}"#), None);
        assert_eq!(report("npm error network"), None);
    }
}
