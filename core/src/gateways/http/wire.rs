//! The way to one gateway.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client, RequestBuilder};
use url::Url;

use super::{CannotStart, Lost, Patience, Reply, Reuse, classify, client, read};
use crate::clock::Clock;

/// How much longer a list is waited for than an answer: it can be a thousand times as long.
const LISTS_TAKE: u32 = 4;

/// A client for one gateway, and how far the gateway's clock is from this laptop's.
pub(in crate::gateways) struct Wire {
    client: Client,
    patience: Patience,
    clock: Arc<dyn Clock>,
    apart: Mutex<Option<TimeDelta>>,
}

impl Wire {
    /// A way to the gateway at `to`. Connects to nothing yet.
    ///
    /// # Errors
    /// [`CannotStart`] for an address that cannot be used or a computer without certificates.
    pub(in crate::gateways) fn new(
        to: &Url,
        patience: Patience,
        reuse: Reuse,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CannotStart> {
        Ok(Self {
            client: client(to, patience, reuse)?,
            patience,
            clock,
            apart: Mutex::new(None),
        })
    }

    /// A request for something short.
    pub(in crate::gateways) fn get(&self, url: Url) -> RequestBuilder {
        self.client.get(url)
    }

    /// A request for a long list.
    pub(in crate::gateways) fn get_list(&self, url: Url) -> RequestBuilder {
        self.client
            .get(url)
            .timeout(self.patience.answer * LISTS_TAKE)
    }

    /// A request that changes something.
    pub(in crate::gateways) fn post(&self, url: Url) -> RequestBuilder {
        self.client.post(url)
    }

    /// Asks once and reads at most `limit` bytes of the answer.
    ///
    /// # Errors
    /// [`Lost`] when no status line came back. A body that breaks off is no error: see [`Reply::cut`].
    pub(in crate::gateways) async fn ask(
        &self,
        request: RequestBuilder,
        limit: usize,
    ) -> Result<Reply, Lost> {
        let response = request.send().await.map_err(|error| classify(&error))?;
        // Before the body is read: that can take a while.
        let now = self.clock.now();
        let reply = read(response, limit).await;
        // The clock of a sign-in page is not the gateway's.
        let from_the_gateway = !(300..400).contains(&reply.status) && !reply.is_page();
        if let Some(date) = reply.date.filter(|_| from_the_gateway) {
            *self.apart.lock().unwrap_or_else(PoisonError::into_inner) = Some(date - now);
        }
        Ok(reply)
    }

    /// The gateway's clock minus this laptop's, by the newest answer that told its time. A `Date` is in
    /// whole seconds, and the answer was on its way for a while.
    pub(in crate::gateways) fn apart(&self) -> Option<TimeDelta> {
        *self.apart.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time by this laptop's clock.
    pub(in crate::gateways) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}
