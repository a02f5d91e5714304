mod anything;
mod bengali;
mod codes;
mod english;
mod polish;
mod spanish;
mod urdu;
mod welsh;
mod yes_and_no;

use super::Meaning::{self, Help, LikelyStop, No, Other, Start, Stop, Yes};
use super::*;

/// Reads each text of a table of (scenario, text, expected).
fn check(table: &[(&str, &str, Meaning)]) {
    let wrong: Vec<_> = table
        .iter()
        .filter(|(_, text, expected)| meaning(text) != *expected)
        .map(|(scenario, text, _)| format!("{scenario}: {text:?} is {:?}", meaning(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Reads each of several texts that mean the same.
fn all_mean(expected: &Meaning, texts: &[&str]) {
    let table: Vec<_> = texts
        .iter()
        .map(|text| ("", *text, expected.clone()))
        .collect();
    check(&table);
}
