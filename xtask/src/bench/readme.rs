//! The README's copy of the table.

use std::fs;

use crate::error::{Error, Result};
use crate::place;

const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// Puts the table into the README, where the one before was.
pub fn keep(table: &str) -> Result<()> {
    let file = place::root().join("README.md");
    let text = fs::read_to_string(&file).map_err(Error::file(&file))?;
    let Some(text) = replaced(&text, table) else {
        return Err(Error::Unsound(format!(
            "README.md has no place for the table: a line {BEGIN}, and after it one {END}."
        )));
    };
    fs::write(&file, text).map_err(Error::file(&file))
}

/// The text with the table between the two marks, and nothing else there. None where it lacks them.
fn replaced(text: &str, table: &str) -> Option<String> {
    let (head, rest) = text.split_once(BEGIN)?;
    let (_, tail) = rest.split_once(END)?;
    Some(format!(
        "{head}{BEGIN}\n\n{}\n\n{END}{tail}",
        table.trim_end()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_takes_the_place_of_the_one_before() {
        let first = "Fast:\n\n<!-- bench:begin -->\n<!-- bench:end -->\n\nMore.\n";
        let kept = "Fast:\n\n<!-- bench:begin -->\n\n| a |\n\n<!-- bench:end -->\n\nMore.\n";
        assert_eq!(replaced(first, "| a |\n").as_deref(), Some(kept));
        let again = replaced(kept, "| b |\n").unwrap();
        assert_eq!(again, kept.replace("| a |", "| b |"));
    }

    #[test]
    fn a_readme_without_both_marks_is_left_alone() {
        for text in [
            "",
            "<!-- bench:begin -->",
            "<!-- bench:end --><!-- bench:begin -->",
        ] {
            assert_eq!(replaced(text, "| a |"), None, "{text}");
        }
    }
}
