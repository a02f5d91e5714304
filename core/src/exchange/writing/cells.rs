//! What stands in a cell, so that whoever opens the list in a spreadsheet sees what was written, and runs nothing.

use std::borrow::Cow;

use chrono::SecondsFormat;

use super::{About, Exported, Word};
use crate::error::Result;
use crate::exchange::RUN;
use crate::people::Country;

/// The columns of a list.
pub(super) trait Columns {
    /// What they are called.
    fn headers(&self) -> Vec<String>;

    /// A person's cells in the same order, each handed to `put`.
    fn cells(&self, person: &Exported, put: &mut dyn FnMut(&str) -> Result<()>) -> Result<()>;
}

/// A cell of a list without types. What begins like a formula gets a space before it: a spreadsheet shows that as text,
/// and whoever reads names and addresses takes it off again, which they do not with an apostrophe.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(RUN) {
        Cow::Owned(format!(" {text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A number without its plus, which a spreadsheet would take for a sum, and with a space, without which it would take
/// it for a sum of money and forget the last digits. At home it begins with the dial code, from elsewhere with 00.
pub(super) fn number(e164: &str, home: Country) -> String {
    let digits = digits(e164);
    let code = dial_code(home);
    match digits.strip_prefix(code.as_str()) {
        Some(rest) => format!("{code} {rest}"),
        None => format!("00 {digits}"),
    }
}

/// A number's digits, with the dial code.
pub(super) fn digits(e164: &str) -> &str {
    e164.trim_start_matches('+')
}

fn dial_code(home: Country) -> String {
    home.dial_code().to_string()
}

/// The headers of what was said to each purpose.
pub(super) fn consent_headers(about: &About) -> impl Iterator<Item = String> {
    about.purposes.iter().flat_map(|purpose| {
        ["", "_at", "_how", "_wording", "_entry"].map(|part| format!("consent_{purpose}{part}"))
    })
}

/// What was said to each purpose: the word, when, how, in answer to which wording, and the ledger's entry.
pub(super) fn consent_cells(
    person: &Exported,
    about: &About,
    put: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<()> {
    for purpose in &about.purposes {
        match person.words.iter().find(|word| word.purpose == *purpose) {
            Some(word) => {
                put(word.said.word())?;
                put(&time(word))?;
                put(word.method.word())?;
                put(&wording(word))?;
                put(&word.entry.to_string())?;
            }
            None => (0..5).try_for_each(|_| put(""))?,
        }
    }
    Ok(())
}

pub(super) fn time(word: &Word) -> String {
    word.at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A wording's language and version: "en 3".
pub(super) fn wording(word: &Word) -> String {
    word.wording
        .as_ref()
        .map(|wording| format!("{} {}", wording.language, wording.version))
        .unwrap_or_default()
}
