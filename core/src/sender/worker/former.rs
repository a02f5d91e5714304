//! Gateways that were used before: people reply to the number that they know, and an opt-out counts wherever it
//! comes. They are asked beside everything else. A run of sends begins once each has answered, or had time to.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;
use uuid::Uuid;

use super::fetching::{KNOWN_FOR, since};
use super::{Done, Worker};
use crate::error::Result;
use crate::gateways::{Active, Fetched};
use crate::sender::Former;
use crate::sender::settle::Heard;
use crate::storage::texts::Route;
use crate::storage::{gateways, inbound};

/// How long a run of sends waits for one that does not answer: it may be switched off for good.
const PATIENCE: Duration = Duration::from_secs(20);
/// The pause between two questions to one.
const EVERY: Duration = Duration::from_secs(60);

/// One that is listened to.
pub(super) struct Listened {
    former: Former,
    /// When it is asked next.
    next: Instant,
    asking: bool,
    /// Until when a run of sends waits for it; nothing before it was asked, and once it has answered.
    awaited: Awaited,
}

/// Whether a run of sends waits for one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaited {
    /// It has not been asked since the way was there.
    Unasked,
    /// It was asked, and may take until then.
    Until(Instant),
    /// It has answered: what it says is known for as long as what the one in use says.
    Answered(Instant),
    /// It did not, and is not waited for until it is asked again in its turn.
    Failed,
}

fn route(active: &Active) -> Route {
    Route {
        kind: active.kind,
        account: active.account.clone(),
    }
}

impl Worker {
    /// These are listened to from now on, and no others. One that was before goes on.
    pub(super) fn listen_to(&mut self, formers: Vec<Former>) {
        let mut before = std::mem::take(&mut self.formers);
        self.formers = formers
            .into_iter()
            .map(|former| {
                let known = before.iter().position(|one| one.former.id == former.id);
                match known.map(|place| before.swap_remove(place)) {
                    Some(known) => Listened { former, ..known },
                    None => Listened {
                        former,
                        next: Instant::now(),
                        asking: false,
                        awaited: Awaited::Unasked,
                    },
                }
            })
            .collect();
    }

    /// Asks those whose turn it is, while this laptop is online.
    pub(super) async fn ask_formers(&mut self) -> Result<()> {
        let (now, at) = (Instant::now(), self.now());
        if self.formers.iter().any(|one| one.former.until <= at) {
            self.write(move |conn| gateways::forget_former(conn, at))
                .await?;
            self.formers.retain(|one| one.former.until > at);
        }
        if !self.reach.may_ask(now) {
            return Ok(());
        }
        let is_stale = |one: &Listened| match one.awaited {
            Awaited::Answered(at) => at + KNOWN_FOR <= now && !one.asking,
            _ => false,
        };
        if self.formers.iter().any(is_stale) && self.is_anything_due().await? {
            for one in self.formers.iter_mut().filter(|one| is_stale(one)) {
                one.awaited = Awaited::Unasked;
                one.next = now;
            }
        }
        let turns: Vec<(Uuid, Active)> = self
            .formers
            .iter_mut()
            .filter(|one| !one.asking && one.next <= now)
            .map(|one| {
                one.next = now + EVERY;
                if matches!(one.awaited, Awaited::Unasked | Awaited::Answered(_)) {
                    one.awaited = Awaited::Until(now + PATIENCE);
                }
                (one.former.id, one.former.active.clone())
            })
            .collect();
        for (id, active) in turns {
            let route = route(&active);
            let mark = self
                .read(move |conn| inbound::complete_to(conn, &route))
                .await?;
            let asked_at = at + active.gateway.clock_offset().unwrap_or_default();
            let gateway = Arc::clone(&active.gateway);
            if let Some(one) = self.formers.iter_mut().find(|one| one.former.id == id) {
                one.asking = true;
            }
            self.jobs.spawn(async move {
                let fetched = gateway.inbound(since(mark, asked_at)).await;
                Done::FormerFetched(id, asked_at, fetched)
            });
        }
        Ok(())
    }

    /// When one of them is asked again, or is waited for no longer.
    pub(super) fn next_former(&self, now: Instant) -> Option<Instant> {
        let looks = self.formers.iter().filter_map(|one| match one.awaited {
            Awaited::Until(until) if one.asking => Some(until).filter(|until| *until > now),
            _ if one.asking => None,
            _ => Some(one.next),
        });
        looks.min()
    }

    /// Whether what came to them is known as far as it can be: an opt-out there stops what waits here.
    pub(super) fn knows_former_replies(&self, now: Instant) -> bool {
        self.formers.iter().all(|one| match one.awaited {
            Awaited::Unasked => false,
            Awaited::Until(until) => until <= now,
            Awaited::Answered(_) | Awaited::Failed => true,
        })
    }

    /// The way was lost: what was known may be out of date once it is there again.
    pub(super) fn formers_are_unknown(&mut self) {
        for one in &mut self.formers {
            if !one.asking {
                one.awaited = Awaited::Unasked;
                one.next = Instant::now();
            }
        }
    }

    /// What one of them told. That it cannot be reached, or takes our credentials no longer, is nothing to anybody.
    pub(super) fn former_fetched(&mut self, id: Uuid, asked_at: DateTime<Utc>, fetched: Fetched) {
        let Some(one) = self.formers.iter_mut().find(|one| one.former.id == id) else {
            return;
        };
        one.asking = false;
        let Fetched::All(texts) = fetched else {
            one.awaited = Awaited::Failed;
            return;
        };
        one.awaited = Awaited::Answered(Instant::now());
        let active = &one.former.active;
        let route = route(active);
        let heard = texts.into_iter().map(|text| Heard::Inbound {
            route: route.clone(),
            abilities: active.gateway.abilities(),
            clock: active.gateway.clock_offset().unwrap_or_default(),
            text,
        });
        self.heard.extend(heard);
        self.heard.push(Heard::Complete {
            route,
            to: asked_at,
        });
    }

    /// A job broke: whichever it was, they are asked again.
    pub(super) fn formers_may_be_asked(&mut self) {
        for one in &mut self.formers {
            one.asking = false;
        }
    }
}
