//! Lists of people as others write and read them. Pure: nothing here opens a file or the vault.

pub mod writing;
//! The files that the field passes round. Knows no storage.

pub mod reading;
