//! A failure as the window gets it: a code to act on and a sentence to show.

use serde::Serialize;
use specta::Type;

/// What a command answers.
pub type Answer<T> = Result<T, Failure>;

/// Why a command could not do what was asked.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Failure {
    /// What a screen acts on.
    code: Code,
    /// What a person reads. It never holds personal data.
    sentence: String,
    /// The field it is about, by its name in the form.
    field: Option<String>,
}

/// What a screen does differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No vault is open.
    Locked,
    /// The screen is turned to a supporter.
    Flipped,
    /// The passphrase or recovery code does not open the vault.
    WrongPassphrase,
    /// A new passphrase is too easy to guess.
    WeakPassphrase,
    /// Something typed cannot be used.
    Invalid,
    /// It is not there any more.
    NotFound,
    /// It is too late for this.
    TooLate,
    /// Not Placard's file.
    NotAVault,
    /// A vault without the file that opens it.
    KeyFileMissing,
    /// Placard's, but broken.
    DamagedVault,
    /// Damaged while it was open: it takes nothing more.
    HarmedVault,
    /// Written by a newer Placard.
    NewerVault,
    /// Another Placard has it open.
    VaultInUse,
    /// No room on the disk.
    DiskFull,
    /// Not in practice.
    PracticeOnly,
    /// A person stopped it.
    Stopped,
    /// Anything else.
    Unexpected,
}

impl Failure {
    /// No vault is open.
    pub fn locked() -> Self {
        Self {
            code: Code::Locked,
            sentence: "Placard is locked. Unlock it to go on: what you typed is kept.".to_owned(),
            field: None,
        }
    }

    /// The screen is turned to a supporter.
    pub fn flipped() -> Self {
        Self {
            code: Code::Flipped,
            sentence: "The screen is turned to a supporter. The PIN leads back.".to_owned(),
            field: None,
        }
    }

    /// A long piece of work goes on already.
    pub fn busy() -> Self {
        placard_core::Error::TooLate(
            "Placard is still busy with a list or a backup. Wait until it has ended, or stop it."
                .to_owned(),
        )
        .into()
    }

    /// Whether this is its code.
    pub fn is(&self, code: Code) -> bool {
        self.code == code
    }

    /// An id that no screen was given.
    pub fn unknown() -> Self {
        placard_core::Error::NotFound.into()
    }
}

impl From<placard_core::Error> for Failure {
    fn from(error: placard_core::Error) -> Self {
        Self::from_core(&error)
    }
}

impl Failure {
    /// A failure of core, as it is told.
    pub fn from_core(error: &placard_core::Error) -> Self {
        use placard_core::Code as Core;
        let code = match error.code() {
            Core::WrongPassphrase => Code::WrongPassphrase,
            Core::WeakPassphrase => Code::WeakPassphrase,
            Core::Invalid => Code::Invalid,
            Core::NotFound => Code::NotFound,
            Core::TooLate => Code::TooLate,
            Core::NotAVault => Code::NotAVault,
            Core::KeyFileMissing => Code::KeyFileMissing,
            Core::DamagedVault => Code::DamagedVault,
            Core::HarmedVault => Code::HarmedVault,
            Core::NewerVault => Code::NewerVault,
            Core::VaultInUse => Code::VaultInUse,
            Core::DiskFull => Code::DiskFull,
            Core::PracticeOnly => Code::PracticeOnly,
            Core::Stopped => Code::Stopped,
            Core::Unexpected => Code::Unexpected,
        };
        if code == Code::Unexpected {
            // Neither the error nor what caused it names anything that was typed or stored.
            let cause = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(%error, cause, "a command failed");
        }
        Self {
            code,
            sentence: error.to_string(),
            field: error.field().map(str::to_owned),
        }
    }
}
