//! The OSDI server's fields.

use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::FormProblem;
use super::reading::{address, in_order, secret, without_slash};
use crate::gateways::osdi::OsdiSettings;

const FIELDS: &[&str] = &["address", "token"];

/// The OSDI server's fields, as typed.
#[derive(Clone, Default)]
pub struct OsdiForm {
    /// Where its API begins.
    pub address: String,
    /// The API key; empty keeps the one that is kept.
    pub token: SecretString,
    /// Whether one is kept.
    pub has_token: bool,
}

impl OsdiForm {
    /// What is kept, less the token; Action Network's address where nothing is.
    #[must_use]
    pub fn of(kept: Option<&OsdiSettings>) -> Self {
        match kept {
            Some(settings) => Self {
                address: without_slash(&settings.address),
                token: SecretString::default(),
                has_token: true,
            },
            None => Self {
                address: "https://actionnetwork.org/api/v2".to_owned(),
                ..Self::default()
            },
        }
    }

    /// Reads what was typed; `kept` is what the vault holds.
    ///
    /// # Errors
    /// Everything that cannot be used, in the order of the form.
    pub fn read(&self, kept: Option<&OsdiSettings>) -> Result<OsdiSettings, Vec<FormProblem>> {
        let mut problems = Vec::new();
        let address = address(&self.address, "address", &mut problems);
        // Everybody's details go there, over networks that others share.
        if address.as_ref().is_some_and(|to| !keeps_to_itself(to)) {
            problems.push(FormProblem::new(
                "address",
                "People's details go to this address: it must begin with https://.",
            ));
        }
        let kept = kept.map(|settings| (settings.address.clone(), settings.token.clone()));
        let token = secret(
            &self.token,
            kept,
            address.as_ref(),
            (
                "token",
                "Type the API key. In Action Network it is under Details, API & Sync.",
            ),
            &mut problems,
        );
        if token.as_ref().is_some_and(|token| !is_token(token)) {
            problems.push(FormProblem::new(
                "token",
                "An API key is one line of letters, digits and signs. Copy it again.",
            ));
        }
        match (address, token) {
            (Some(address), Some(token)) if problems.is_empty() => {
                Ok(OsdiSettings { address, token })
            }
            _ => Err(in_order(problems, FIELDS)),
        }
    }
}

/// Whether nobody on the way can read along: it is encrypted, or does not leave this computer.
fn keeps_to_itself(address: &Url) -> bool {
    address.scheme() == "https"
        || match address.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
}

fn is_token(token: &SecretString) -> bool {
    token
        .expose_secret()
        .bytes()
        .all(|byte| byte.is_ascii_graphic())
}
