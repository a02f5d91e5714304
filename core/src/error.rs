//! What can go wrong, and the few codes a screen acts on.

use crate::storage::Fault;

/// The result of anything in core that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a screen does differently. A variant exists only because a screen acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The passphrase or recovery code does not open the vault.
    WrongPassphrase,
    /// A new passphrase is too easy to guess.
    WeakPassphrase,
    /// Something typed cannot be used; the field is named.
    Invalid,
    /// The thing is no longer there.
    NotFound,
    /// It is too late for this: the text has left, for example.
    TooLate,
    /// The file beside the header, or the header itself, is not Placard's.
    NotAVault,
    /// A vault may stand there, without the file that opens it.
    KeyFileMissing,
    /// The vault is Placard's but broken.
    DamagedVault,
    /// The vault was damaged while it was open.
    HarmedVault,
    /// The vault was written by a newer Placard.
    NewerVault,
    /// Another Placard has the vault open.
    VaultInUse,
    /// No room left on the disk.
    DiskFull,
    /// A practice campaign cannot do this.
    PracticeOnly,
    /// A person stopped it.
    Stopped,
    /// Anything else: the detail is in the log.
    Unexpected,
}

/// Everything that can go wrong in core. The texts carry no personal data.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The passphrase does not open the vault.
    #[error("That passphrase does not open this vault. Check capitals and spaces, then try again.")]
    WrongPassphrase,
    /// The passphrase of a file is wrong, or was not typed yet.
    #[error("{0}")]
    FilePassphrase(&'static str),
    /// The recovery code does not open the vault.
    #[error(
        "That recovery code does not open this vault. Check each group against the paper; capitals and spaces do not matter."
    )]
    WrongRecoveryCode,
    /// The passphrase is too easy to guess.
    #[error("{0}")]
    WeakPassphrase(String),
    /// Something typed cannot be used.
    #[error("{sentence}")]
    Invalid {
        /// The field, by its name in the form.
        field: &'static str,
        /// What is wrong and what to do.
        sentence: String,
    },
    /// It is gone.
    #[error("That is no longer there. It may have been undone or changed a moment ago.")]
    NotFound,
    /// It is too late.
    #[error("{0}")]
    TooLate(String),
    /// Not a vault.
    #[error("This is not a Placard vault. Placard has left it untouched.")]
    NotAVault,
    /// A vault is there without the header that opens it.
    #[error(
        "A vault file is here, but not the key file that opens it (vault.key). Put the key file back beside it, or restore both from a backup. Placard has left everything untouched."
    )]
    KeyFileMissing,
    /// Damaged.
    #[error(
        "The vault is damaged and cannot be opened. Placard has left it untouched: restore it from a backup, or keep a copy for someone who can repair it."
    )]
    DamagedVault,
    /// Damaged while it was open.
    #[error(
        "Not saved: the vault was damaged while it was open, and nothing is saved to it any more. What you typed is still here. Close the vault, and go back to the newest backup."
    )]
    HarmedVault,
    /// Newer.
    #[error(
        "This vault was written by a newer Placard. Update Placard on this laptop, then open it again. Nothing has been changed."
    )]
    NewerVault,
    /// In use.
    #[error(
        "Another Placard on this laptop is at work in this vault: a window, or a command. Close it, or wait until it has ended."
    )]
    VaultInUse,
    /// Disk full.
    #[error(
        "The disk is full, so this could not be saved. Free some space and try again: what you typed is still here."
    )]
    DiskFull,
    /// The disk takes nothing more, and it is not known why.
    #[error(
        "The disk does not take what is to be saved: it is full, or it fails. Free some space and try again: what you typed is still here."
    )]
    DiskSaysNo,
    /// Practice.
    #[error(
        "This is a practice campaign: its texts never leave the laptop. Set up a campaign to use a real gateway."
    )]
    PracticeOnly,
    /// A person stopped a long piece of work.
    #[error("Stopped. Nothing has changed.")]
    Stopped,
    /// The file system said no.
    #[error(
        "The folder for Placard's data could not be read or written. Check that it exists and is yours."
    )]
    Files(#[source] std::io::Error),
    /// The database said no.
    #[error("Something went wrong inside the vault. Nothing was changed; please try again.")]
    Storage(#[source] Fault),
    /// A fault of Placard's own.
    #[error("Something went wrong inside Placard. Nothing was changed; please try again.")]
    Broke,
    /// The system gave no randomness, or a key could not be derived.
    #[error("The system could not make a key just now. Close some programs and try again.")]
    Crypto,
}

impl Error {
    /// The code a screen acts on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::WrongPassphrase | Self::WrongRecoveryCode | Self::FilePassphrase(_) => {
                Code::WrongPassphrase
            }
            Self::WeakPassphrase(_) => Code::WeakPassphrase,
            Self::Invalid { .. } => Code::Invalid,
            Self::NotFound => Code::NotFound,
            Self::TooLate(_) => Code::TooLate,
            Self::NotAVault => Code::NotAVault,
            Self::KeyFileMissing => Code::KeyFileMissing,
            Self::DamagedVault => Code::DamagedVault,
            Self::HarmedVault => Code::HarmedVault,
            Self::NewerVault => Code::NewerVault,
            Self::VaultInUse => Code::VaultInUse,
            Self::DiskFull | Self::DiskSaysNo => Code::DiskFull,
            Self::PracticeOnly => Code::PracticeOnly,
            Self::Stopped => Code::Stopped,
            Self::Files(_) | Self::Storage(_) | Self::Broke | Self::Crypto => Code::Unexpected,
        }
    }

    /// The field it is about, where it is about one.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Invalid { field, .. } => Some(field),
            _ => None,
        }
    }

    /// A field that cannot be used, with what to do.
    pub fn invalid(field: &'static str, sentence: impl Into<String>) -> Self {
        Self::Invalid {
            field,
            sentence: sentence.into(),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull
            | std::io::ErrorKind::QuotaExceeded
            | std::io::ErrorKind::FileTooLarge => Self::DiskFull,
            _ => Self::Files(error),
        }
    }
}
