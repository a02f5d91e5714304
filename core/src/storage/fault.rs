//! What the database said no with, kept inside this folder.

use crate::error::Error;

/// A database error. Its text names tables and columns, never what is in them.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Fault(Inner);

#[derive(Debug, thiserror::Error)]
enum Inner {
    #[error("sqlite: {}", describe(.0))]
    Sqlite(rusqlite::Error),
    #[error("migration failed")]
    Migration(rusqlite_migration::Error),
    #[error("a stored {0} cannot be read")]
    Unreadable(&'static str),
}

impl Fault {
    /// Something stored that this Placard does not understand.
    pub(super) fn unreadable(what: &'static str) -> Self {
        Self(Inner::Unreadable(what))
    }

    /// Whether it is what SQLCipher says of a page that is not as it was written: that there is no memory for it.
    #[must_use]
    pub fn may_be_harm(&self) -> bool {
        let Inner::Sqlite(error) = &self.0 else {
            return false;
        };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::OutOfMemory)
    }

    /// Whether a rule of the schema was broken: a row points at one that is not there, or is there twice.
    #[must_use]
    pub fn is_broken_rule(&self) -> bool {
        matches!(&self.0, Inner::Sqlite(error) if is_broken_constraint(error))
    }
}

/// The error's code and, for a broken constraint, which one: SQLite's own message can quote values.
fn describe(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(failure, _) => {
            format!("{:?} ({})", failure.code, failure.extended_code)
        }
        rusqlite::Error::QueryReturnedNoRows => "no row".to_owned(),
        rusqlite::Error::InvalidColumnType(_, column, _) => format!("wrong type in {column}"),
        rusqlite::Error::FromSqlConversionFailure(column, _, _) => {
            format!("unreadable value in column {column}")
        }
        _ => "refused".to_owned(),
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            // A limit on the file's size is an i/o error while writing to SQLite, as a failing disk is.
            Some(ErrorCode::SystemIoFailure) if is_write_failure(&error) => Self::DiskSaysNo,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::DamagedVault,
            // The log ends before what it was known to hold: it was cut while it was open.
            Some(ErrorCode::SystemIoFailure) if is_cut_short(&error) => Self::DamagedVault,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::VaultInUse,
            _ => match error {
                rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
                other => Self::Storage(Fault(Inner::Sqlite(other))),
            },
        }
    }
}

fn is_write_failure(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_extended_error_code(),
        Some(
            rusqlite::ffi::SQLITE_IOERR_WRITE
                | rusqlite::ffi::SQLITE_IOERR_FSYNC
                | rusqlite::ffi::SQLITE_IOERR_TRUNCATE
                | rusqlite::ffi::SQLITE_IOERR_SHMSIZE
        )
    )
}

fn is_cut_short(error: &rusqlite::Error) -> bool {
    error.sqlite_extended_error_code() == Some(rusqlite::ffi::SQLITE_IOERR_SHORT_READ)
}

impl From<rusqlite_migration::Error> for Error {
    fn from(error: rusqlite_migration::Error) -> Self {
        use rusqlite_migration::{Error as M, MigrationDefinitionError as D};
        match error {
            M::MigrationDefinition(D::DatabaseTooFarAhead) => Self::NewerVault,
            M::RusqliteError { err, .. } => err.into(),
            other => Self::Storage(Fault(Inner::Migration(other))),
        }
    }
}

/// Whether a rule of the schema was broken.
pub(super) fn is_broken_constraint(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}
