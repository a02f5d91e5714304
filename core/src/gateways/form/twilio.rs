//! Twilio's fields.

use secrecy::SecretString;

use super::FormProblem;
use super::reading::{address, in_order, needed, rate, rate_as_typed, secret, without_slash};
use crate::gateways::setup::{Rate, Setup};
use crate::gateways::twilio::TwilioSettings;

/// Twilio's fields, as typed.
#[derive(Clone, Default)]
pub struct TwilioForm {
    /// "AC…".
    pub account_sid: String,
    /// "SK…", or empty where the token is the account's own.
    pub api_key: String,
    /// The key's secret or the account's token; empty keeps the one that is kept.
    pub auth_token: SecretString,
    /// Whether one is kept.
    pub has_auth_token: bool,
    /// A number, a name or "MG…".
    pub sender: String,
    /// Where the API is.
    pub api_address: String,
    /// A number; empty for no limit.
    pub texts_per_second: String,
}

impl TwilioForm {
    /// What is proposed to whoever has kept none.
    pub(super) fn proposed() -> Self {
        Self {
            api_address: TwilioSettings::ADDRESS.to_owned(),
            texts_per_second: "1".to_owned(),
            ..Self::default()
        }
    }

    /// What is kept, less the secret.
    pub(super) fn of(settings: &TwilioSettings, rate: Rate) -> Self {
        Self {
            account_sid: settings.account_sid.clone(),
            api_key: settings.api_key.clone().unwrap_or_default(),
            auth_token: SecretString::default(),
            has_auth_token: true,
            sender: settings.sender.clone(),
            api_address: without_slash(&settings.api_address),
            texts_per_second: rate_as_typed(rate),
        }
    }

    pub(super) fn read(
        &self,
        kept: Option<&Setup>,
    ) -> Result<(Setup, Vec<String>), Vec<FormProblem>> {
        let mut problems = Vec::new();
        let account_sid = needed(
            &self.account_sid,
            "account_sid",
            "Type the Account SID. It stands on the first page of Twilio's console.",
            &mut problems,
        );
        let kept = match kept {
            Some(Setup::Twilio(settings, _)) => {
                Some((settings.api_address.clone(), settings.auth_token.clone()))
            }
            _ => None,
        };
        let address = address(&self.api_address, "api_address", &mut problems);
        let auth_token = secret(
            &self.auth_token,
            kept,
            address.as_ref(),
            (
                "auth_token",
                "Type the API key's secret or, without an API key, the account's Auth token.",
            ),
            &mut problems,
        );
        let sender = needed(
            &self.sender,
            "sender",
            "Type the number that the texts come from, with its +, or a messaging service.",
            &mut problems,
        );
        let rate = rate(&self.texts_per_second, &mut problems);
        let api_key = Some(self.api_key.trim().to_owned()).filter(|key| !key.is_empty());
        let (Some(api_address), Some(auth_token), true) =
            (address, auth_token, problems.is_empty())
        else {
            return Err(in_order(
                problems,
                &[
                    "account_sid",
                    "auth_token",
                    "sender",
                    "api_address",
                    "texts_per_second",
                ],
            ));
        };
        let mut warnings = Vec::new();
        if !account_sid.starts_with("AC") {
            warnings.push(
                "Twilio's own Account SIDs begin with AC. Check it if the account is with Twilio.",
            );
        }
        match &api_key {
            None => warnings.push(
                "The account's own token is kept on this laptop. A restricted API key is safer: if the laptop is lost, you revoke the key alone.",
            ),
            Some(key) if !key.starts_with("SK") => {
                warnings.push("Twilio's API keys begin with SK. Check it if the account is with Twilio.");
            }
            Some(_) => {}
        }
        if sender.chars().any(char::is_alphabetic) && !sender.starts_with("MG") {
            warnings.push(
                "Nobody can reply to a name. A text that asks for YES or STOP needs a number as its sender.",
            );
        }
        let settings = TwilioSettings {
            account_sid,
            api_key,
            auth_token,
            sender,
            api_address,
        };
        let warnings = warnings.into_iter().map(str::to_owned).collect();
        Ok((Setup::Twilio(settings, rate), warnings))
    }
}
