//! The pocket phone: an Android phone of the campaign's own on the same network, with the app SMS Gateway
//! for Android on it. The texts go through its SIM card, and nothing else is needed: no account, no internet.
//!
//! A phone sleeps, and walks away with whoever carries it. That it cannot be reached is the normal case.

mod answers;
mod inbox;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tokio::sync::mpsc;
use url::Url;

use super::http::{ANSWER_LIMIT, AddressProblem, CannotStart, Patience, Reply, Reuse, Wire};
use super::{
    Abilities, Answer, CannotListen, Check, Fetched, Gateway, Kind, Listening, LookUp, LostTry,
    Outgoing, Pushed, Refusal,
};
use crate::clock::Clock;
use crate::texts::life::{Report, Trouble};

/// What an organiser types to send through a phone.
#[derive(Clone)]
pub struct PocketSettings {
    /// Where the app answers, as it shows it: `http://192.168.1.20:8080`. A server that the phone is
    /// connected to takes the same requests.
    pub phone_address: Url,
    /// The user name that the app shows.
    pub user_name: String,
    /// The password that it shows.
    pub password: SecretString,
    /// The phone's own number in E.164, where it was typed: phones cannot be asked for it.
    pub number: Option<String>,
}

impl fmt::Debug for PocketSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PocketSettings")
            .field("with_number", &self.number.is_some())
            .finish_non_exhaustive()
    }
}

/// Texts through a phone. It keeps our id of a text and takes it once, so a try without an answer is simply
/// tried again.
pub struct Pocket {
    wire: Wire,
    user_name: String,
    password: SecretString,
    base: Url,
    /// The app is one of before it knew the newer path.
    is_older: AtomicBool,
}

impl fmt::Debug for Pocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pocket").finish_non_exhaustive()
    }
}

/// The path that takes and tells texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Messages {
    Newer,
    Older,
}

impl Messages {
    fn word(self) -> &'static str {
        match self {
            Self::Newer => "messages",
            Self::Older => "message",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Newer => Self::Older,
            Self::Older => Self::Newer,
        }
    }
}

impl Pocket {
    /// A gateway with these settings. Connects to nothing yet.
    ///
    /// # Errors
    /// [`CannotStart`] for an address that cannot be used or a computer without certificates.
    pub fn new(settings: PocketSettings, clock: Arc<dyn Clock>) -> Result<Self, CannotStart> {
        Self::with_patience(settings, Patience::USUAL, clock)
    }

    fn with_patience(
        settings: PocketSettings,
        patience: Patience,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CannotStart> {
        let base = settings.phone_address;
        if base.cannot_be_a_base() {
            return Err(AddressProblem::NotAnAddress.into());
        }
        Ok(Self {
            // A kept connection to a phone that fell asleep costs a whole patience.
            wire: Wire::new(&base, patience, Reuse::Never, clock)?,
            user_name: settings.user_name.trim().to_owned(),
            password: settings.password,
            base,
            is_older: AtomicBool::new(false),
        })
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.user_name, Some(self.password.expose_secret()))
    }

    /// An address below the app's.
    fn at(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    fn messages(&self) -> Messages {
        match self.is_older.load(Ordering::Relaxed) {
            true => Messages::Older,
            false => Messages::Newer,
        }
    }

    /// Remembers which path the app knows.
    fn note(&self, path: Messages) {
        let is_older = path == Messages::Older;
        self.is_older.store(is_older, Ordering::Relaxed);
    }

    async fn hand_in(&self, text: &Outgoing, path: Messages) -> Result<Reply, Answer> {
        // Seconds to live and not a time: nobody sets the clocks of a phone and a laptop alike.
        let mut body = json!({
            "id": text.id,
            "phoneNumbers": [text.to.e164()],
            "withDeliveryReport": true,
            "ttl": text.valid_for.as_secs().max(SHORTEST_LIFE),
        });
        // An app that knows both takes only one of them.
        match path {
            Messages::Newer => body["textMessage"] = json!({ "text": text.body }),
            Messages::Older => body["message"] = json!(text.body),
        }
        let mut url = self.at(&[path.word()]);
        // The number was judged when it was captured, and the phone's own list of numbers may be older.
        url.query_pairs_mut()
            .append_pair("skipPhoneValidation", "true");
        let request = self.signed(self.wire.post(url)).json(&body);
        Ok(self.wire.ask(request, ANSWER_LIMIT).await?)
    }
}

/// The shortest time that a text may have to live, in seconds.
const SHORTEST_LIFE: u64 = 5;

/// Whether the app does not know the path: it is another one in older apps.
fn says_no_such_path(reply: &Reply) -> bool {
    matches!(reply.status, 404 | 405) && !reply.is_page()
}

#[async_trait]
impl Gateway for Pocket {
    fn abilities(&self) -> Abilities {
        Kind::Pocket.abilities()
    }

    /// Reads one text that it has: who may do that may send as well. Its `/health` says that it is unwell when it has no
    /// internet, which texts do not need.
    async fn check(&self) -> Check {
        let mut url = self.at(&["messages"]);
        url.query_pairs_mut().append_pair("limit", "1");
        let first = self.wire.ask(self.signed(self.wire.get(url)), ANSWER_LIMIT);
        let reply = match first.await {
            Ok(reply) if says_no_such_path(&reply) => {
                let older = self.signed(self.wire.get(self.at(&[""])));
                self.wire.ask(older, ANSWER_LIMIT).await
            }
            asked => asked,
        };
        match reply {
            Ok(reply) => answers::to_check(&reply),
            Err(lost) => Check::Away(lost.into()),
        }
    }

    async fn send(&self, text: &Outgoing) -> Answer {
        let path = self.messages();
        let mut reply = self.hand_in(text, path).await;
        // An address that does not exist has taken nothing.
        if reply.as_ref().is_ok_and(says_no_such_path) {
            reply = self.hand_in(text, path.other()).await;
            if reply.as_ref().is_ok_and(|reply| !says_no_such_path(reply)) {
                self.note(path.other());
            }
        }
        match reply {
            Ok(reply) => answers::to_send(&reply, text.id),
            Err(answer) => answer,
        }
    }

    async fn look_up(&self, _lost: &LostTry) -> LookUp {
        LookUp::Refused(Refusal {
            trouble: Trouble::Other,
            code: None,
            said: "A phone is not looked through: it takes each text once.".to_owned(),
        })
    }

    async fn status(&self, provider_id: &str) -> Option<Report> {
        let path = self.messages();
        for path in [path, path.other()] {
            let url = self.at(&[path.word(), provider_id]);
            let request = self.signed(self.wire.get(url));
            let reply = self.wire.ask(request, ANSWER_LIMIT).await.ok()?;
            if !says_no_such_path(&reply) {
                return answers::to_status(&reply);
            }
        }
        None
    }

    async fn inbound(&self, since: DateTime<Utc>) -> Fetched {
        inbox::inbound(self, since).await
    }

    fn clock_offset(&self) -> Option<TimeDelta> {
        self.wire.apart()
    }

    async fn listen(&self, _to: mpsc::Sender<Pushed>) -> Result<Listening, CannotListen> {
        Ok(Listening::nothing())
    }
}
