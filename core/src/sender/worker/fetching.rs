//! Texts from phones, fetched from a gateway that is asked for them: before a run of sends begins, and every
//! little while.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

use super::{Done, Worker};
use crate::error::Result;
use crate::gateways::{Check, Fetched, Inbound};
use crate::sender::settle::Heard;
use crate::storage::{inbound, texts};

/// How long what was fetched counts as what phones have said: a run of sends begins with a question no older than
/// this, and asks again as often while it lasts.
pub(super) const KNOWN_FOR: Duration = Duration::from_secs(5);
/// The pause between two questions while nothing is to be sent.
const EVERY: Duration = Duration::from_secs(15);
/// How far before the last complete answer the next begins: providers list some texts late.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// How far back the first question goes.
const FIRST: TimeDelta = TimeDelta::days(2);

/// From when on a gateway is asked whose texts are all here up to `mark`.
pub(super) fn since(mark: Option<DateTime<Utc>>, asked_at: DateTime<Utc>) -> DateTime<Utc> {
    mark.map_or(asked_at - FIRST, |mark| mark.min(asked_at) - OVERLAP)
}

impl Worker {
    /// Whether an opt-out that came before now would be known.
    pub(super) fn knows_replies(&self, now: Instant) -> bool {
        if !self.active.gateway.abilities().polls_inbound {
            return self.listening.is_some();
        }
        self.known_until.is_some_and(|until| until > now)
    }

    pub(super) fn may_fetch(&self, now: Instant) -> bool {
        self.active.gateway.abilities().polls_inbound && !self.fetching && self.reach.may_ask(now)
    }

    /// Asks for what phones have texted.
    pub(super) async fn fetch(&mut self) -> Result<()> {
        let now = Instant::now();
        if !self.reach.may_send(now) {
            // Whatever was known before the way was lost may be out of date.
            self.known_until = None;
        }
        if !self.reach.may_ask(now) {
            self.formers_are_unknown();
        }
        if !self.may_fetch(now) {
            return Ok(());
        }
        if self.next_fetch > now && (self.knows_replies(now) || !self.is_anything_due().await?) {
            return Ok(());
        }
        let route = self.route();
        let mark = self
            .read(move |conn| inbound::complete_to(conn, &route))
            .await?;
        let asked_at = self.now() + self.clock();
        let since = since(mark, asked_at);
        let gateway = Arc::clone(&self.active.gateway);
        let number = self.number;
        self.fetching = true;
        self.next_fetch = now + EVERY;
        self.jobs
            .spawn(async move { Done::Fetched(number, asked_at, gateway.inbound(since).await) });
        Ok(())
    }

    pub(super) async fn is_anything_due(&self) -> Result<bool> {
        let at = self.now();
        self.read(move |conn| Ok(!texts::due(conn, at, false, 1)?.is_empty()))
            .await
    }

    pub(super) fn fetched(&mut self, asked_at: DateTime<Utc>, fetched: Fetched, now: Instant) {
        self.fetching = false;
        match fetched {
            Fetched::All(texts) => {
                let heard: Vec<Heard> = texts.into_iter().map(|text| self.inbound(text)).collect();
                self.heard.extend(heard);
                self.heard.push(Heard::Complete {
                    route: self.route(),
                    to: asked_at,
                });
            }
            // Nothing leaves meanwhile: somebody may have opted out.
            Fetched::Away(away) => {
                self.known_until = None;
                self.next_fetch = now;
                self.mended |= self.reach.checked(Check::Away(away), now);
            }
            Fetched::Refused(refusal) => {
                self.known_until = None;
                self.mended |= self.reach.checked(Check::Refuses(refusal), now);
            }
        }
    }

    pub(super) fn inbound(&self, text: Inbound) -> Heard {
        Heard::Inbound {
            route: self.route(),
            abilities: self.active.gateway.abilities(),
            clock: self.clock(),
            text,
        }
    }

    /// The gateway's clock minus this laptop's.
    fn clock(&self) -> TimeDelta {
        self.active.gateway.clock_offset().unwrap_or_default()
    }
}
