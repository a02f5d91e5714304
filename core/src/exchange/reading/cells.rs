//! What a spreadsheet does to a cell, undone; and what a cell might do to a spreadsheet, prevented.

use std::borrow::Cow;

use crate::exchange::RUN;

/// A cell as it is written into a file that a spreadsheet may open: it is shown there and never run.
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(RUN) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A cell without the apostrophe that guarded it.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(RUN) => rest,
        _ => cell,
    }
}

/// A number that was kept as a count: `7700900123.0` was 7700900123.
#[must_use]
pub fn whole(cell: &str) -> &str {
    match cell.trim().split_once('.') {
        Some((digits, zeros))
            if digits.len() >= 7
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && zeros.bytes().all(|byte| byte == b'0') =>
        {
            digits
        }
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guarded_cell_is_not_run_and_comes_back_as_it_was() {
        for cell in [
            "=HYPERLINK(\"x\")",
            "+447700900123",
            "-Ann",
            "@cmd",
            "\tx",
            "\n=1+1",
            "＝1+1",
            "＠cmd",
            "Amina",
            "'quoted",
            "",
        ] {
            let written = guarded(cell);
            assert!(!written.starts_with(RUN), "{cell:?}");
            assert_eq!(unguarded(&written), cell);
        }
    }

    #[test]
    fn a_number_that_became_a_count_is_one_again() {
        for (cell, number) in [
            ("7700900123.0", "7700900123"),
            (" 447700900123.00", "447700900123"),
            ("07700.900.123", "07700.900.123"),
            ("7.70090E+09", "7.70090E+09"),
            ("12.0", "12.0"),
        ] {
            assert_eq!(whole(cell), number);
        }
    }
}
