//! The passphrase of a command: from a file, from the variable, or from whoever sits there. Never from the line
//! itself, where other programs could read it.

use std::fs;
use std::path::Path;

use placard_core::{Error, Result};
use secrecy::SecretString;

use super::line::Whole;

const VARIABLE: &str = "PLACARD_PASSPHRASE";

/// The passphrase of the vault.
pub fn given(whole: &Whole) -> Result<SecretString> {
    if let Some(file) = &whole.passphrase_file {
        return first_line(file);
    }
    if let Ok(passphrase) = std::env::var(VARIABLE) {
        return Ok(passphrase.into());
    }
    asked("Passphrase: ")
}

/// The passphrase in the first line of a file.
pub fn first_line(file: &Path) -> Result<SecretString> {
    let text = fs::read_to_string(file).map_err(|_| {
        Error::invalid(
            "passphrase",
            "The file with the passphrase cannot be read. Check that it exists and is yours.",
        )
    })?;
    Ok(text.lines().next().unwrap_or_default().into())
}

/// Asks whoever sits there for a passphrase, which is not shown.
pub fn asked(prompt: &str) -> Result<SecretString> {
    rpassword::prompt_password(prompt)
        .map(SecretString::from)
        .map_err(|_| {
            Error::invalid(
                "passphrase",
                "Nobody can be asked for the passphrase here. Give it in a file with --passphrase-file, or in PLACARD_PASSPHRASE.",
            )
        })
}
