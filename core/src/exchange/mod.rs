//! Lists of people as others write and read them. Knows nothing of the vault.

pub mod reading;
pub mod writing;

/// With what a cell begins that a spreadsheet would run, once what stands before it is cut off; the wide signs are those
/// of East Asian keyboards.
pub(crate) const RUN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
