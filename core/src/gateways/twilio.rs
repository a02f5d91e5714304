//! Twilio's Programmable Messaging, and the providers that speak its language.

mod answers;
mod codes;
mod inbound;
mod look_up;
mod numbers;
mod pages;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::mpsc;
use url::Url;

use super::http::{ANSWER_LIMIT, AddressProblem, CannotStart, Patience, Reuse, Wire};
use super::{
    Abilities, Answer, CannotListen, Check, Fetched, Gateway, Kind, Listening, LookUp, LostTry,
    Outgoing, Pushed,
};
use crate::clock::Clock;
use crate::texts::life::Report;

/// The longest that Twilio holds a text, in seconds.
const LONGEST_VALIDITY: u64 = 36_000;

/// What an organiser types to send through Twilio.
#[derive(Clone)]
pub struct TwilioSettings {
    /// "AC…": whose account it is.
    pub account_sid: String,
    /// "SK…": a restricted key, so that a lost laptop does not hold the account. It needs to be
    /// allowed to create and to read messages. Without one, `auth_token` is the account's own.
    pub api_key: Option<String>,
    /// The key's secret, or the account's token.
    pub auth_token: SecretString,
    /// A number, a name, or a messaging service ("MG…").
    pub sender: String,
    /// Where the API is: a regional edge or a compatible provider, or [`TwilioSettings::ADDRESS`].
    pub api_address: Url,
}

impl TwilioSettings {
    /// Twilio's own address.
    pub const ADDRESS: &str = "https://api.twilio.com";
}

impl fmt::Debug for TwilioSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioSettings")
            .field("with_api_key", &self.api_key.is_some())
            .finish_non_exhaustive()
    }
}

/// Who a text comes from.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Sender {
    /// A number or a name of our own.
    From(String),
    /// A messaging service that chooses the number.
    Service(String),
}

impl Sender {
    pub(super) fn read(typed: &str) -> Self {
        let typed = typed.trim();
        // A name has at most eleven characters, so a longer "MG…" can only be a service.
        if typed.starts_with("MG") && typed.len() > 11 {
            return Self::Service(typed.to_owned());
        }
        // Twilio lists a number without the spaces it may have been typed with, and a lost text is
        // looked for by exactly what is listed.
        let number = typed.starts_with('+')
            && typed
                .chars()
                .all(|c| c.is_ascii_digit() || "+ -.()".contains(c));
        Self::From(if number {
            typed.chars().filter(|c| !" -.()".contains(*c)).collect()
        } else {
            typed.to_owned()
        })
    }

    /// The number, where it is one that phones can text. A short code is none to anyone abroad, but it is to
    /// those at home.
    pub(super) fn number(&self) -> Option<&str> {
        match self {
            Self::From(from) => Some(from.as_str()).filter(|from| {
                let digits = from.strip_prefix('+').unwrap_or(from);
                digits.len() >= 5 && digits.bytes().all(|b| b.is_ascii_digit())
            }),
            Self::Service(_) => None,
        }
    }
}

/// Texts through Twilio. There is no way to give a text an id of our own there, so a try without an
/// answer is settled by [`Gateway::look_up`]. A text can also be [`Answer::Taken`] without a
/// `provider_id`, where the answer broke off after "created": it has left, must never be sent again, and
/// the same look-up finds the id that its later states are asked by.
pub struct Twilio {
    wire: Wire,
    user: String,
    secret: SecretString,
    sender: Sender,
    messages: Url,
    /// Where messaging services are asked for.
    services: Url,
    /// The numbers of the service, where the sender is one.
    numbers: Mutex<Option<numbers::Numbers>>,
}

impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Twilio").finish_non_exhaustive()
    }
}

impl Twilio {
    /// A gateway with these settings. Connects to nothing yet.
    ///
    /// # Errors
    /// [`CannotStart`] for an address that cannot be used or a computer without certificates.
    pub fn new(settings: TwilioSettings, clock: Arc<dyn Clock>) -> Result<Self, CannotStart> {
        Self::with_patience(settings, Patience::USUAL, clock)
    }

    fn with_patience(
        settings: TwilioSettings,
        patience: Patience,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CannotStart> {
        let account = settings.account_sid.trim();
        let key = settings.api_key.as_deref().map(str::trim);
        let user = key.filter(|key| !key.is_empty()).unwrap_or(account);
        let mut messages = settings.api_address.clone();
        messages
            .path_segments_mut()
            .map_err(|()| AddressProblem::NotAnAddress)?
            .pop_if_empty()
            .extend(["2010-04-01", "Accounts", account, "Messages.json"]);
        Ok(Self {
            wire: Wire::new(&settings.api_address, patience, Reuse::Briefly, clock)?,
            user: user.to_owned(),
            secret: settings.auth_token,
            sender: Sender::read(&settings.sender),
            messages,
            services: numbers::services(&settings.api_address)
                .ok_or(AddressProblem::NotAnAddress)?,
            numbers: Mutex::new(None),
        })
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.user, Some(self.secret.expose_secret()))
    }

    /// The address of one message.
    fn message(&self, provider_id: &str) -> Option<Url> {
        let mut url = self.messages.clone();
        url.path_segments_mut()
            .ok()?
            .pop()
            .extend(["Messages", &format!("{provider_id}.json")]);
        Some(url)
    }
}

#[async_trait]
impl Gateway for Twilio {
    fn abilities(&self) -> Abilities {
        Kind::Twilio.abilities()
    }

    /// Reads one message of the list: a restricted key that may send and list passes.
    async fn check(&self) -> Check {
        let request = self.wire.get(self.messages.clone());
        let request = self.signed(request).query(&[("PageSize", "1")]);
        match self.wire.ask(request, ANSWER_LIMIT).await {
            Ok(reply) => answers::to_check(&reply),
            Err(lost) => Check::Away(lost.into()),
        }
    }

    async fn send(&self, text: &Outgoing) -> Answer {
        let (sender, name) = match &self.sender {
            Sender::From(from) => ("From", from),
            Sender::Service(service) => ("MessagingServiceSid", service),
        };
        let validity = validity(text.valid_for).to_string();
        let form = [
            ("To", text.to.e164()),
            (sender, name),
            ("Body", &text.body),
            ("ValidityPeriod", &validity),
        ];
        let request = self.signed(self.wire.post(self.messages.clone()));
        match self.wire.ask(request.form(&form), ANSWER_LIMIT).await {
            Ok(reply) => answers::to_send(&reply),
            Err(lost) => lost.into(),
        }
    }

    async fn look_up(&self, lost: &LostTry) -> LookUp {
        look_up::look_up(self, lost).await
    }

    async fn status(&self, provider_id: &str) -> Option<Report> {
        let request = self.signed(self.wire.get(self.message(provider_id)?));
        answers::to_status(&self.wire.ask(request, ANSWER_LIMIT).await.ok()?)
    }

    async fn inbound(&self, since: DateTime<Utc>) -> Fetched {
        inbound::inbound(self, since).await
    }

    fn clock_offset(&self) -> Option<TimeDelta> {
        self.wire.apart()
    }

    async fn listen(&self, _to: mpsc::Sender<Pushed>) -> Result<Listening, CannotListen> {
        Ok(Listening::nothing())
    }
}

/// Twilio takes whole seconds from 1 to 36,000.
fn validity(valid_for: Duration) -> u64 {
    valid_for.as_secs().clamp(1, LONGEST_VALIDITY)
}
