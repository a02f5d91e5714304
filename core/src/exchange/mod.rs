//! Lists of people as others write and read them. Knows nothing of the vault.

pub mod reading;
pub mod writing;
