//! Gateways: what carries a text to a phone. One trait, one file per provider, and the only place
//! that speaks HTTP to the outside.
//!
//! A gateway never retries, never follows a redirect and never decides what an answer means for a
//! text: it reports what the wire said, and [`crate::sender`] decides.

mod form;
mod http;
mod inbound;
mod kannel;
mod kind;
pub mod osdi;
mod pocket;
mod practice;
mod setup;
mod twilio;
mod words;

pub use form::{Form, FormProblem, KannelForm, OsdiForm, PocketForm, TwilioForm};
pub use inbound::{Fetched, Inbound};
pub use kind::{Abilities, Kind};
pub use setup::{Active, Rate, Setup};
pub use words::{Advice, advice_for_away, advice_for_away_from, advice_for_refusal};

#[cfg(test)]
pub(crate) use http::scripted;
pub use http::{AddressProblem, CannotStart, parse_address};
pub use kannel::{Kannel, KannelSettings, propose_report_address};
pub use pocket::{Pocket, PocketSettings};
pub use practice::Practice;
pub use twilio::{Twilio, TwilioSettings};

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::people::Mobile;
use crate::texts::life::{Report, Trouble};

/// One text, about to leave. Its words are left out of `Debug`.
#[derive(Clone)]
pub struct Outgoing {
    /// Our id of the text.
    pub id: Uuid,
    /// Where it goes.
    pub to: Mobile,
    /// What it says, ready to send.
    pub body: String,
    /// How long the provider may hold it before it must be thrown away.
    pub valid_for: Duration,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("id", &self.id)
            .field("valid_for", &self.valid_for)
            .finish_non_exhaustive()
    }
}

/// What the gateway answered to one text. What it means for the text is decided by the sender's one
/// function for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The gateway took it. `provider_id` is the name it goes by there, where there is one.
    Taken {
        /// The provider's id of it.
        provider_id: Option<String>,
    },
    /// The gateway said no, and has not taken it.
    Refused(Refusal),
    /// The gateway has not processed it and wants it later (HTTP 429, a full queue).
    Later {
        /// How long it wants to be left alone, where it says.
        after: Option<Duration>,
        /// The provider's own words, shortened like [`Refusal::said`].
        said: String,
    },
    /// No connection was made: the text has certainly not left.
    NeverLeft(Unreachable),
    /// The request may have arrived and the answer is missing or unreadable.
    NoAnswer(NoAnswer),
}

/// A gateway's no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of trouble it is: the part that decides.
    pub trouble: Trouble,
    /// The provider's own code, to be looked up ("21211"), where it gave one.
    pub code: Option<String>,
    /// The provider's own words, shortened to 300 characters.
    pub said: String,
}

/// Why no connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// The name of the gateway could not be looked up.
    NameNotFound,
    /// Nothing listens there, or the network is down.
    NoConnection,
    /// Something listens that is not who it says it is (TLS).
    NotTrusted,
}

/// Why an answer cannot be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAnswer {
    /// The connection broke after the request may have left.
    Dropped,
    /// Nothing came back in time.
    TimedOut,
    /// A web page or a redirect came back: a sign-in page of the network, most likely.
    Portal,
    /// The gateway answered with an error of its own (HTTP 5xx).
    Broken(u16),
    /// Something came back that is not what this gateway says.
    Unreadable,
}

/// What a look at the gateway itself showed, without sending a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It answers and takes our credentials.
    Ready,
    /// It answers, and something has to be mended before it will take a text.
    Refuses(Refusal),
    /// It cannot be reached, or what answered is not the gateway.
    Away(Away),
}

/// Why the gateway counts as offline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// No connection was made.
    Unreachable(Unreachable),
    /// Something answered, but not the gateway.
    NoAnswer(NoAnswer),
}

/// One try to send that got no believable answer: what to look for at the provider.
#[derive(Debug, Clone)]
pub struct LostTry {
    /// The text that was tried.
    pub text: Outgoing,
    /// When the request left, by this laptop's clock.
    pub at: DateTime<Utc>,
    /// This laptop's clock at the time of asking, so that the provider's clock can be compared.
    pub now: DateTime<Utc>,
    /// A text of ours that the provider accepted after `at`, where there is one: if the provider
    /// lists this one, its list has caught up with the try.
    pub witness: Option<Witness>,
}

/// A text that the provider is known to have accepted.
#[derive(Debug, Clone)]
pub struct Witness {
    /// Where it went.
    pub to: Mobile,
    /// The provider's id of it.
    pub provider_id: String,
}

/// What a look for a lost try showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// The provider has texts that may be this one, oldest first: their provider ids. The caller leaves
    /// out those it owns already.
    Candidates(Vec<String>),
    /// The provider does not list it. `caught_up` says whether the list already shows the witness.
    Absent {
        /// The list is new enough for its silence to count.
        caught_up: bool,
    },
    /// The provider could not be asked just now.
    CouldNotAsk(Away),
    /// The provider answered that we may not ask, or cannot.
    Refused(Refusal),
}

/// A way to get texts to phones, and to hear what phones text back.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// What it can do.
    fn abilities(&self) -> Abilities;

    /// Is it there, and would it take a text? Sends nothing.
    async fn check(&self) -> Check;

    /// Sends one text, once. The caller has committed the intent before it calls.
    async fn send(&self, text: &Outgoing) -> Answer;

    /// Looks for a try whose answer was lost. Only called where [`Abilities::looks_up`].
    async fn look_up(&self, lost: &LostTry) -> LookUp;

    /// Asks how an accepted text is doing. Only called where [`Abilities::polls_status`].
    /// `None` when the gateway could not be asked or does not know it.
    async fn status(&self, provider_id: &str) -> Option<Report>;

    /// Asks for the texts that phones have sent to us. Only called where [`Abilities::polls_inbound`].
    /// The answer holds everything that the provider dates `since` or later, or nothing at all; it may
    /// hold earlier ones and ones that were given before.
    async fn inbound(&self, _since: DateTime<Utc>) -> Fetched {
        Fetched::All(Vec::new())
    }

    /// The gateway's clock minus this laptop's, to about a second, by the newest answer that told its
    /// time. `None` until one did.
    fn clock_offset(&self) -> Option<TimeDelta> {
        None
    }

    /// Listens for what the gateway pushes, until the returned guard is dropped. Gateways that push
    /// nothing return an empty guard.
    ///
    /// # Errors
    /// The address to listen on is taken or does not exist on this laptop.
    async fn listen(&self, to: mpsc::Sender<Pushed>) -> Result<Listening, CannotListen>;
}

/// Something a gateway told us without being asked, to be written down before the gateway hears that we have
/// it: it tells most things once.
#[derive(Debug)]
pub struct Pushed {
    /// What it told.
    pub news: News,
    /// Told once it is in the vault; dropped where it cannot be.
    pub written: oneshot::Sender<()>,
}

/// What a gateway tells without being asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A delivery report for one of our texts, by our own id.
    Report {
        /// Our id of the text.
        text: Uuid,
        /// How it is doing.
        report: Report,
    },
    /// A text from a phone. The same one may be told twice.
    Inbound(Inbound),
}

/// Keeps a listener alive; dropping it stops the listener at once and frees its port.
#[derive(Debug, Default)]
pub struct Listening(Option<tokio::task::JoinHandle<()>>);

impl Listening {
    /// Nothing to listen to.
    #[must_use]
    pub fn nothing() -> Self {
        Self(None)
    }

    /// A task that ends when this is dropped.
    #[must_use]
    pub fn task(task: tokio::task::JoinHandle<()>) -> Self {
        Self(Some(task))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(task) = self.0.take() {
            task.abort();
        }
    }
}

/// The address for reports cannot be listened on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot listen for reports on {address}")]
pub struct CannotListen {
    /// The address, host and port.
    pub address: String,
}
