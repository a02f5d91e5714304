//! The table: a row for each promise.

use std::fmt::Write;

/// One promise and how it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What was found, with its unit.
    pub measured: String,
    /// What is promised.
    pub promised: String,
    /// Whether the promise is kept.
    pub kept: bool,
}

impl Row {
    /// Reads a row as a measuring program of ours prints it: "what⇥measured⇥promised⇥yes" (or "no"),
    /// tabs between. None for any other line.
    pub fn read(line: &str) -> Option<Row> {
        let mut parts = line.split('\t');
        let mut part = || parts.next().map(str::to_owned);
        let (what, measured, promised, kept) = (part()?, part()?, part()?, part()?);
        let kept = match kept.as_str() {
            "yes" => true,
            "no" => false,
            _ => return None,
        };
        Some(Row {
            what,
            measured,
            promised,
            kept,
        })
    }
}

/// The rows as a Markdown table.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = "| What | Measured | Promised | Kept |\n|---|---|---|---|\n".to_owned();
    for row in rows {
        let kept = if row.kept { "yes" } else { "**no**" };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {kept} |",
            cell(&row.what),
            cell(&row.measured),
            cell(&row.promised)
        );
    }
    text
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_and_shown() {
        let row = Row::read("A capture's commit\t0.5 ms, 1.2 times\tat most 1.5 times\tyes");
        let rows: Vec<Row> = row.into_iter().collect();
        assert!(
            markdown(&rows).ends_with(
                "| A capture's commit | 0.5 ms, 1.2 times | at most 1.5 times | yes |\n"
            )
        );
        assert_eq!(Row::read("measuring…"), None);
        assert_eq!(Row::read("a\tb\tc\tmaybe"), None);
    }
}
