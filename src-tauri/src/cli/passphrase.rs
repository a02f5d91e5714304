//! The passphrase of a command: from a file, from the variable, or from whoever sits there. Never from the line
//! itself, where other programs could read it.

use std::fs;
use std::path::Path;

use placard_core::{Error, Result};
use secrecy::{ExposeSecret, SecretString};

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
    asked("Passphrase: ").ok_or_else(|| {
        Error::invalid(
            "passphrase",
            "Nobody can be asked for the passphrase here. Give it in a file with --passphrase-file, or in PLACARD_PASSPHRASE.",
        )
    })
}

/// The passphrase of a file that was handed over, from whoever sits there.
pub fn of_file() -> Result<SecretString> {
    asked("Passphrase for the file: ").ok_or_else(nobody_for_file)
}

/// A passphrase for a file to hand over, typed twice: nobody sees what they type.
pub fn for_file() -> Result<SecretString> {
    let chosen = of_file()?;
    let again = asked("The same again: ").ok_or_else(nobody_for_file)?;
    if chosen.expose_secret() == again.expose_secret() {
        return Ok(chosen);
    }
    Err(Error::invalid(
        "file_passphrase",
        "These are two different passphrases. Nothing was written.",
    ))
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

/// What somebody types, unseen; nothing where nobody sits there.
fn asked(prompt: &str) -> Option<SecretString> {
    rpassword::prompt_password(prompt)
        .ok()
        .map(SecretString::from)
}

fn nobody_for_file() -> Error {
    Error::invalid(
        "file_passphrase",
        "Nobody can be asked for the file's passphrase here. Give it in a file with --file-passphrase-file.",
    )
}
