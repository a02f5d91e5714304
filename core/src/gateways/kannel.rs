//! Kannel, the gateway that organisers run themselves, and the many that take the same requests.

mod answers;
mod inbound;
mod reports;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::mpsc;
use url::Url;

use super::http::{ANSWER_LIMIT, AddressProblem, CannotStart, Patience, Reuse, Wire};
use super::{
    Abilities, Answer, CannotListen, Check, Gateway, Kind, Listening, LookUp, LostTry, Outgoing,
    Pushed, Refusal,
};
use crate::clock::Clock;
use crate::texts::life::{Report, Trouble};
use crate::texts::segments::is_gsm7;
use reports::ReportAddress;

pub use reports::propose_report_address;

/// What an organiser types to send through Kannel.
#[derive(Clone)]
pub struct KannelSettings {
    /// Where its smsbox answers: `http://127.0.0.1:13013`, or the whole address of its `sendsms`.
    pub gateway_address: Url,
    /// The name of a `sendsms-user`.
    pub user_name: String,
    /// Its password.
    pub password: SecretString,
    /// The number or name the texts come from.
    pub sender: String,
    /// Host and port of this laptop, as Kannel sees it: delivery reports come back to it.
    pub report_address: String,
    /// A random part of the reports' address, so that nobody else can report.
    pub report_secret: String,
}

impl KannelSettings {
    /// What stands in Kannel's own configuration so that it hands over what phones text. The secret is part
    /// of it.
    ///
    /// # Errors
    /// [`CannotStart`] where the report address cannot be used.
    pub fn inbound_service(&self) -> Result<String, CannotStart> {
        Ok(ReportAddress::read(&self.report_address, &self.report_secret)?.inbound_service())
    }

    /// The number that phones can text: a sender of at least seven digits, less spaces and the like. It may
    /// be written as people at home write it.
    pub(super) fn number(&self) -> Option<String> {
        let mut number = self.sender.trim().to_owned();
        number.retain(|c| !" -.()".contains(c));
        let digits = number.strip_prefix('+').unwrap_or(&number);
        let is_number = digits.len() >= 7 && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some(number)
    }
}

impl fmt::Debug for KannelSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KannelSettings").finish_non_exhaustive()
    }
}

/// Texts through Kannel. It takes no id of ours, gives none back and cannot be asked afterwards: only
/// a delivery report, which carries our id in its address, proves that a text was taken. A text of
/// several parts gives one set of reports, and "delivered" may come before "on its way".
///
/// A text that Kannel refuses as not routable is reported as [`Report::Undelivered`] on top of the
/// refusal, so a report is no news about a text that has already failed.
pub struct Kannel {
    wire: Wire,
    sendsms: Url,
    user_name: String,
    password: SecretString,
    sender: String,
    reports: ReportAddress,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Kannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kannel").finish_non_exhaustive()
    }
}

impl Kannel {
    /// A gateway with these settings. Connects to nothing yet.
    ///
    /// # Errors
    /// [`CannotStart`] for an address that cannot be used.
    pub fn new(settings: KannelSettings, clock: Arc<dyn Clock>) -> Result<Self, CannotStart> {
        Self::with_patience(settings, Patience::USUAL, clock)
    }

    fn with_patience(
        settings: KannelSettings,
        patience: Patience,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CannotStart> {
        let address = settings.gateway_address;
        // Nothing settles a lost answer here, so no request may share the fate of an old connection. A
        // new one for each text costs little nearby: Kannel 1.4.5 took 2,400 texts a second one after
        // another. While reports come back it takes 20 to 40 ms for each, on any connection: only more
        // texts at a time make that faster (16 at a time: 800 a second, 32: 1,400).
        let wire = Wire::new(&address, patience, Reuse::Never, Arc::clone(&clock))?;
        Ok(Self {
            wire,
            sendsms: sendsms(address)?,
            user_name: settings.user_name.trim().to_owned(),
            password: settings.password,
            sender: settings.sender.trim().to_owned(),
            reports: ReportAddress::read(&settings.report_address, &settings.report_secret)?,
            clock,
        })
    }

    /// The password is part of the address, as Kannel wants it: this address is never shown or logged.
    fn signed(&self) -> RequestBuilder {
        self.wire.get(self.sendsms.clone()).query(&[
            ("username", self.user_name.as_str()),
            ("password", self.password.expose_secret()),
        ])
    }
}

/// The address of `sendsms` below a gateway's address.
fn sendsms(mut address: Url) -> Result<Url, CannotStart> {
    if !address.path().ends_with("/sendsms") {
        address
            .path_segments_mut()
            .map_err(|()| AddressProblem::NotAnAddress)?
            .pop_if_empty()
            .extend(["cgi-bin", "sendsms"]);
    }
    Ok(address)
}

#[async_trait]
impl Gateway for Kannel {
    fn abilities(&self) -> Abilities {
        Kind::Kannel.abilities()
    }

    /// A request without a receiver: Kannel looks at the credentials first, misses the receiver then,
    /// and has nothing that it could send.
    async fn check(&self) -> Check {
        match self.wire.ask(self.signed(), ANSWER_LIMIT).await {
            Ok(reply) => answers::to_check(&reply),
            Err(lost) => Check::Away(lost.into()),
        }
    }

    async fn send(&self, text: &Outgoing) -> Answer {
        // Bare digits: a "+" or a space would make Kannel read several receivers.
        let to = text.to.e164().trim_start_matches('+');
        let coding = if is_gsm7(&text.body) { "0" } else { "2" };
        let request = self.signed().query(&[
            ("from", self.sender.as_str()),
            ("to", to),
            ("text", &text.body),
            ("charset", "UTF-8"),
            ("coding", coding),
            ("validity", &minutes(text.valid_for).to_string()),
            ("dlr-mask", "31"),
            ("dlr-url", &self.reports.template(text.id)),
        ]);
        match self.wire.ask(request, ANSWER_LIMIT).await {
            Ok(reply) => answers::to_send(&reply),
            Err(lost) => lost.into(),
        }
    }

    async fn look_up(&self, _lost: &LostTry) -> LookUp {
        LookUp::Refused(Refusal {
            trouble: Trouble::Other,
            code: None,
            said: "Kannel cannot be asked about a text.".to_owned(),
        })
    }

    async fn status(&self, _provider_id: &str) -> Option<Report> {
        None
    }

    fn clock_offset(&self) -> Option<TimeDelta> {
        self.wire.apart()
    }

    async fn listen(&self, to: mpsc::Sender<Pushed>) -> Result<Listening, CannotListen> {
        reports::listen(&self.reports, to, Arc::clone(&self.clock)).await
    }
}

/// Kannel's validity is whole minutes; rounded down, so that no text comes out after its time.
fn minutes(valid_for: Duration) -> u64 {
    (valid_for.as_secs() / 60).max(1)
}
