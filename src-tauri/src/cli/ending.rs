//! How a command ends: the exit codes, as `placard --help` and docs/COMMANDS.md list them.

use std::process::ExitCode;

use placard_core::{Code, Error};

/// How a command ended. The numbers are promised to scripts: they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It is done.
    Done = 0,
    /// Something went wrong inside Placard, or its folder cannot be read.
    Broke = 1,
    // 2 is clap's: the line cannot be understood.
    /// The passphrase does not open the vault, or there is none.
    Passphrase = 3,
    /// Another Placard has the vault open.
    InUse = 4,
    /// There is no vault there, or it is damaged, or a newer Placard wrote it.
    NoVault = 5,
    /// A file or a value that was given cannot be used.
    Unusable = 6,
    /// The disk takes no more.
    Disk = 7,
    /// Somebody stopped it.
    Stopped = 8,
    /// It is done, and something is left for a person: lines that were refused, a backup that is not in the second place,
    /// a ledger that is broken.
    LeftOver = 9,
}

impl Ending {
    /// How a command ends that could not be done.
    pub fn of(error: &Error) -> Self {
        match error.code() {
            // A file's own passphrase is not the vault's, and no vault's is chosen here.
            _ if matches!(error, Error::FilePassphrase(_)) => Self::Unusable,
            Code::WeakPassphrase => Self::Unusable,
            Code::WrongPassphrase => Self::Passphrase,
            Code::VaultInUse => Self::InUse,
            Code::NotAVault
            | Code::KeyFileMissing
            | Code::DamagedVault
            | Code::HarmedVault
            | Code::NewerVault => Self::NoVault,
            Code::Invalid | Code::NotFound | Code::TooLate | Code::PracticeOnly => {
                match error.field() {
                    Some("passphrase") => Self::Passphrase,
                    Some("vault") => Self::NoVault,
                    _ => Self::Unusable,
                }
            }
            Code::DiskFull => Self::Disk,
            Code::Stopped => Self::Stopped,
            Code::Unexpected => Self::Broke,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(ending as u8)
    }
}
