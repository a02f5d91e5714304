//! A server that speaks OSDI, such as Action Network: it is asked where people go, and takes them one by one.
//!
//! It keeps one person however often they are sent, by email address and number. So what got no answer is simply sent
//! again.

mod answers;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::RequestBuilder;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::http::{ANSWER_LIMIT, CannotStart, LIST_LIMIT, Patience, Reuse, Wire};
use crate::clock::Clock;

/// What an organiser types to push people to a server.
#[derive(Clone)]
pub struct OsdiSettings {
    /// Where its API begins.
    pub address: Url,
    /// The API key.
    pub token: SecretString,
}

impl fmt::Debug for OsdiSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OsdiSettings").finish_non_exhaustive()
    }
}

/// What came of sending a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedUp {
    /// The server took them.
    Taken,
    /// It does not take this person, and says why.
    Refused(String),
    /// It wants to be left alone for a while, and has not taken them.
    Later(Option<Duration>),
    /// It has a fault of its own, just now or whenever it is sent this person; and for how long it wants to be left alone.
    Faulty(Stopped, Option<Duration>),
    /// Nobody can be sent just now, or before something is mended.
    Stopped(Stopped),
}

/// Why nobody can be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Stopped(pub String);

/// Where a server wants people sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    signup: Url,
    people: Option<Url>,
    /// What the server calls itself; empty where it does not say.
    pub called: String,
}

/// A server that speaks OSDI.
pub struct Osdi {
    wire: Wire,
    settings: OsdiSettings,
}

impl fmt::Debug for Osdi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Osdi").finish_non_exhaustive()
    }
}

impl Osdi {
    /// A way to the server. Connects to nothing yet.
    ///
    /// # Errors
    /// [`CannotStart`] for an address that cannot be used or a computer without certificates.
    pub fn new(settings: OsdiSettings, clock: Arc<dyn Clock>) -> Result<Self, CannotStart> {
        Ok(Self {
            wire: Wire::new(&settings.address, Patience::USUAL, Reuse::Briefly, clock)?,
            settings,
        })
    }

    /// Asks where people go: the address is the beginning of the API, and its links lead on.
    ///
    /// # Errors
    /// [`Stopped`]: it cannot be reached, does not take the token, or is no OSDI server.
    pub async fn door(&self) -> Result<Door, Stopped> {
        let request = self.signed(self.wire.get(self.settings.address.clone()));
        match self.wire.ask(request, ANSWER_LIMIT).await {
            Ok(reply) => answers::to_door(&reply, &self.settings.address),
            Err(lost) => Err(answers::lost(&lost)),
        }
    }

    /// Whether the server knows the token: asked of its list of people, since the door is open to everybody.
    ///
    /// # Errors
    /// [`Stopped`], as [`Osdi::door`].
    pub async fn knows_us(&self, door: &Door) -> Result<(), Stopped> {
        let Some(people) = door.people.clone() else {
            return Ok(());
        };
        let request = self.signed(self.wire.get_list(people));
        match self.wire.ask(request, LIST_LIMIT).await {
            Ok(reply) => answers::to_token(&reply),
            Err(lost) => Err(answers::lost(&lost)),
        }
    }

    /// Sends a person, once.
    pub async fn sign_up(&self, door: &Door, body: Vec<u8>) -> SignedUp {
        let request = self
            .signed(self.wire.post(door.signup.clone()))
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        match self.wire.ask(request, ANSWER_LIMIT).await {
            Ok(reply) => answers::to_signup(&reply),
            Err(lost) => SignedUp::Stopped(answers::lost(&lost)),
        }
    }

    fn signed(&self, request: RequestBuilder) -> RequestBuilder {
        let request = request.header(ACCEPT, "application/hal+json, application/json");
        match HeaderValue::from_str(self.settings.token.expose_secret()) {
            Ok(mut token) => {
                token.set_sensitive(true);
                request.header("OSDI-API-Token", token)
            }
            // The form takes no such token; without one the server says so.
            Err(_) => request,
        }
    }
}
