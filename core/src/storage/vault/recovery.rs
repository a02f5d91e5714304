//! The recovery code: printed once, kept on paper, opens the vault when the passphrase is lost.

use data_encoding::{Encoding, Specification};
use secrecy::{ExposeSecret, SecretString};

use crate::error::{Error, Result};

/// 160 random bits as eight groups of four letters and digits, in Crockford's alphabet: no letter
/// that a pen can confuse with a digit.
#[derive(Debug, Clone)]
pub struct RecoveryCode(SecretString);

impl RecoveryCode {
    /// A new random code.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn random() -> Result<Self> {
        let mut bytes = [0_u8; 20];
        getrandom::fill(&mut bytes).map_err(|_| Error::Crypto)?;
        Ok(Self(crockford()?.encode(&bytes).into()))
    }

    /// Reads a code as a person types it: any case, any spacing, O for 0, I or L for 1.
    #[must_use]
    pub fn typed(typed: &str) -> Self {
        let tidy: String = typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        Self(tidy.into())
    }

    /// The groups to write down, four characters each.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        let chars: Vec<char> = self.0.expose_secret().chars().collect();
        chars
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect()
    }

    pub(super) fn secret(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

fn crockford() -> Result<Encoding> {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    spec.encoding().map_err(|_| Error::Crypto)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_typed_from_paper_is_the_code_however_it_is_written() -> Result<()> {
        let code = RecoveryCode::random()?;
        assert_eq!(code.groups().len(), 8);
        assert!(code.groups().iter().all(|group| group.len() == 4));
        let on_paper = code
            .groups()
            .join("-")
            .to_lowercase()
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(
            RecoveryCode::typed(&format!(" {on_paper}\n")).secret(),
            code.secret()
        );
        Ok(())
    }

    #[test]
    fn two_codes_differ_and_neither_shows_in_a_log() -> Result<()> {
        let code = RecoveryCode::random()?;
        assert_ne!(code.secret(), RecoveryCode::random()?.secret());
        assert!(!format!("{code:?}").contains(&code.groups()[0]));
        Ok(())
    }
}
