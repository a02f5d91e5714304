//! How much room Placard takes once it is installed.

use super::table::Row;
use crate::package::{LIMIT, megabytes};

/// All files of the package together, in bytes.
pub fn row(size: u64) -> Row {
    Row {
        what: "Installed size".to_owned(),
        measured: format!("{:.1} MB", megabytes(size)),
        promised: format!("at most {} MB", LIMIT / 1_000_000),
        kept: size <= LIMIT,
    }
}
