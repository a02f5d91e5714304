//! Kannel's fields.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use secrecy::SecretString;

use super::FormProblem;
use super::reading::{
    address, in_order, needed, rate, rate_as_typed, read_along, secret, without_slash,
};
use crate::clock::SystemClock;
use crate::gateways::http::CannotStart;
use crate::gateways::kannel::{KannelSettings, propose_report_address};
use crate::gateways::setup::{Rate, Setup};

/// Kannel's fields, as typed.
#[derive(Clone, Default)]
pub struct KannelForm {
    /// Where its smsbox answers.
    pub gateway_address: String,
    /// A `sendsms-user`.
    pub user_name: String,
    /// Its password; empty keeps the one that is kept.
    pub password: SecretString,
    /// Whether one is kept.
    pub has_password: bool,
    /// A number or a name.
    pub sender: String,
    /// Where reports come back to.
    pub report_address: String,
    /// A number; empty for no limit.
    pub texts_per_second: String,
}

impl KannelForm {
    /// What is proposed to whoever has kept none.
    pub(super) fn proposed() -> Self {
        Self {
            gateway_address: "http://127.0.0.1:13013".to_owned(),
            report_address: propose_report_address(),
            texts_per_second: "20".to_owned(),
            ..Self::default()
        }
    }

    /// What is kept, less the secrets.
    pub(super) fn of(settings: &KannelSettings, rate: Rate) -> Self {
        Self {
            gateway_address: without_slash(&settings.gateway_address),
            user_name: settings.user_name.clone(),
            password: SecretString::default(),
            has_password: true,
            sender: settings.sender.clone(),
            report_address: settings.report_address.clone(),
            texts_per_second: rate_as_typed(rate),
        }
    }

    pub(super) fn read(
        &self,
        kept: Option<&Setup>,
    ) -> Result<(Setup, Vec<String>), Vec<FormProblem>> {
        let mut problems = Vec::new();
        let (kept, report_secret) = match kept {
            Some(Setup::Kannel(settings, _)) => (
                Some((settings.gateway_address.clone(), settings.password.clone())),
                settings.report_secret.clone(),
            ),
            _ => (None, random_secret()),
        };
        let address = address(&self.gateway_address, "gateway_address", &mut problems);
        let user_name = needed(
            &self.user_name,
            "user_name",
            "Type the user name that Kannel knows you by.",
            &mut problems,
        );
        let password = secret(
            &self.password,
            kept,
            address.as_ref(),
            (
                "password",
                "Type the password that goes with the user name.",
            ),
            &mut problems,
        );
        let sender = needed(
            &self.sender,
            "sender",
            "Type the number or name that the texts come from.",
            &mut problems,
        );
        let rate = rate(&self.texts_per_second, &mut problems);
        let (Some(gateway_address), Some(password)) = (address, password) else {
            return Err(in_order(problems, KANNEL_FIELDS));
        };
        let warnings = read_along(&gateway_address).into_iter().collect();
        let settings = KannelSettings {
            gateway_address,
            user_name,
            password,
            sender,
            report_address: self.report_address.trim().to_owned(),
            report_secret,
        };
        let setup = Setup::Kannel(settings, rate);
        match setup.start(Arc::new(SystemClock)) {
            Ok(_) => {}
            Err(error @ (CannotStart::ReportAddress | CannotStart::ReportSecret)) => {
                problems.push(FormProblem::new("report_address", error.to_string()));
            }
            Err(error) => problems.push(FormProblem::new("gateway_address", error.to_string())),
        }
        if problems.is_empty() {
            Ok((setup, warnings))
        } else {
            Err(in_order(problems, KANNEL_FIELDS))
        }
    }
}

const KANNEL_FIELDS: &[&str] = &[
    "gateway_address",
    "user_name",
    "password",
    "sender",
    "report_address",
    "texts_per_second",
];

/// 128 random bits; empty, which no gateway starts with, where the system has none to give.
fn random_secret() -> String {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_or_else(|_| String::new(), |()| HEXLOWER.encode(&bytes))
}
