//! The one task that sends: it starts what can be started, waits for whatever happens first, and writes down
//! what was heard.

mod asking;
mod before;
mod bringing_in;
mod fetching;
mod former;
mod telling;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

use super::ground::{Ground, SMALL_DIFFERENCE};
use super::pace::Pace;
use super::reach::Reach;
use super::settle::{self, Heard};
use super::{LAST_ANSWERS, Order, Shared};
use crate::error::Result;
use crate::events::Topic;
use crate::gateways::{Active, Advice, Check, Fetched, Kind, Listening, Outgoing, Pushed};
use crate::storage::Conn;
use crate::storage::texts::{self, Route};
use fetching::KNOWN_FOR;

/// How long the vault is left alone after it said no: a full disk, most likely.
const VAULT_PAUSE: Duration = Duration::from_secs(2);
/// Reports that may wait to be written down.
const REPORTS: usize = 1_024;
/// Nothing waits longer than this without a look: the laptop may have slept meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What a job brings back.
enum Done {
    /// A text was answered, by this gateway.
    Sent(By, Heard),
    /// A gateway of this kind was asked about a text.
    Asked(Uuid, Kind, Heard),
    /// The gateway with this number was asked how it stands.
    Checked(u64, Check),
    /// The gateway with this number was asked, then, for what phones had texted.
    Fetched(u64, DateTime<Utc>, Fetched),
    /// One that was used before was asked for the same.
    FormerFetched(Uuid, DateTime<Utc>, Fetched),
}

/// Who answered.
#[derive(Clone, Copy)]
struct By {
    /// The gateway's number since the start.
    number: u64,
    kind: Kind,
}

pub(super) struct Worker {
    shared: Arc<Shared>,
    active: Active,
    /// Counts the gateways since the start: what an earlier one says is not about this one.
    number: u64,
    orders: mpsc::UnboundedReceiver<Order>,
    reach: Reach,
    pace: Pace,
    jobs: JoinSet<Done>,
    /// Texts on the wire.
    on_the_wire: usize,
    /// Texts that the provider is being asked about.
    asking: HashSet<Uuid>,
    checking: bool,
    /// Texts from phones are being fetched.
    fetching: bool,
    /// When they are fetched again.
    next_fetch: Instant,
    /// Until then what phones have texted counts as known, and texts may leave.
    known_until: Option<Instant>,
    /// The gateway's clock minus this laptop's, by which it was last decided until when texts wait.
    decided_by: Option<TimeDelta>,
    /// Another sender was chosen since it was last decided what waits.
    sender_changed: bool,
    /// The gateway was found to take our credentials again, and the vault does not say so yet.
    mended: bool,
    /// Those that were used before, while they are listened to.
    formers: Vec<former::Listened>,
    listening: Option<Listening>,
    /// Why nothing is listened to, where that is so.
    deaf: Option<Advice>,
    reports: mpsc::Receiver<Pushed>,
    to_reports: mpsc::Sender<Pushed>,
    /// Heard, and not yet in the vault.
    heard: Vec<Heard>,
    /// Who waits for what was pushed to be in the vault.
    to_acknowledge: Vec<oneshot::Sender<()>>,
    /// The pause that the gateway asked for, and its end by the clock on the wall.
    pause: Option<(Instant, DateTime<Utc>)>,
    /// When it is looked again whom to remind.
    next_reminders: Instant,
    /// Whether what an earlier run left on the wire is settled.
    recovered: bool,
    /// Whether what only the drawn phone had is taken back, now that a real gateway is there.
    practice_taken_back: bool,
    /// The vault said no: not before this.
    vault_at: Option<Instant>,
    stopping: Option<(oneshot::Sender<()>, Instant)>,
}

impl Worker {
    pub(super) fn new(
        shared: Arc<Shared>,
        active: Active,
        orders: mpsc::UnboundedReceiver<Order>,
    ) -> Self {
        let now = Instant::now();
        let (to_reports, reports) = mpsc::channel(REPORTS);
        Self {
            shared,
            orders,
            reach: Reach::new(active.lanes, now),
            pace: Pace::new(active.rate, now),
            active,
            number: 0,
            jobs: JoinSet::new(),
            on_the_wire: 0,
            asking: HashSet::new(),
            checking: false,
            fetching: false,
            next_fetch: now,
            known_until: None,
            decided_by: None,
            sender_changed: true,
            mended: false,
            formers: Vec::new(),
            listening: None,
            deaf: None,
            reports,
            to_reports,
            heard: Vec::new(),
            to_acknowledge: Vec::new(),
            pause: None,
            next_reminders: now,
            recovered: false,
            practice_taken_back: false,
            vault_at: None,
            stopping: None,
        }
    }

    pub(super) async fn run(mut self) {
        loop {
            if let Err(error) = self.work().await {
                // What was heard is kept, and nothing leaves until the vault takes it.
                tracing::warn!(%error, "the vault does not take what the sender has to write");
                self.vault_at = Some(Instant::now() + VAULT_PAUSE);
            }
            if self.is_over() {
                break;
            }
            let wake = self.next_wake().await;
            tokio::select! {
                order = self.orders.recv() => match order {
                    Some(order) => self.obey(order),
                    None => break,
                },
                Some(done) = self.jobs.join_next() => self.bring_in(done),
                Some(report) = self.reports.recv() => self.note_report(report),
                () = sleep_until(wake) => {}
            }
            self.bring_in_the_rest();
        }
        let stopping = self.stopping.take();
        // The vault is let go of before anybody is told that this is over.
        drop(self);
        if let Some((done, _)) = stopping {
            // Nobody may be waiting any more.
            let _ = done.send(());
        }
    }

    fn is_over(&self) -> bool {
        self.stopping.as_ref().is_some_and(|(_, until)| {
            (self.on_the_wire == 0 && self.heard.is_empty()) || *until <= Instant::now()
        })
    }

    fn obey(&mut self, order: Order) {
        let now = Instant::now();
        match order {
            Order::Look => {}
            Order::Hurry => self.reach.hurry(now),
            Order::Use(active) => {
                self.reach = Reach::new(active.lanes, now);
                self.pace = Pace::new(active.rate, now);
                self.active = active;
                self.number += 1;
                self.listening = None;
                self.checking = false;
                self.fetching = false;
                self.next_fetch = now;
                self.known_until = None;
                self.practice_taken_back = false;
                self.sender_changed = true;
            }
            Order::ListenTo(formers) => self.listen_to(formers),
            Order::Stop(done) => {
                self.listening = None;
                self.stopping = Some((done, now + LAST_ANSWERS));
            }
        }
    }

    /// Starts what can be started now.
    async fn work(&mut self) -> Result<()> {
        if self.vault_at.is_some_and(|at| at > Instant::now()) {
            return Ok(());
        }
        self.vault_at = None;
        // Before the texts: who waits for a text's fate reads how the gateway stands with it.
        self.say_how_it_stands();
        self.write_down().await?;
        if self.stopping.is_some() {
            return Ok(());
        }
        self.take_back_from_practice().await?;
        self.recover().await?;
        self.remind().await?;
        self.release().await?;
        self.listen().await;
        self.check();
        self.fetch().await?;
        self.ask_formers().await?;
        self.send().await?;
        self.ask().await?;
        self.say_how_it_stands();
        Ok(())
    }

    /// Commits what was heard since the last time, in one transaction.
    async fn write_down(&mut self) -> Result<()> {
        if self.heard.is_empty() {
            return Ok(());
        }
        let heard = std::mem::take(&mut self.heard);
        let now = self.now();
        let (heard, written): (Vec<Heard>, Result<bool>) = self
            .blocking(move |shared| {
                let written = shared
                    .storage
                    .write(|conn| settle::settle(conn, &heard, now));
                (heard, written)
            })
            .await;
        let news = match written {
            Ok(news) => news,
            Err(error) => {
                self.heard = heard;
                return Err(error);
            }
        };
        for kept in self.to_acknowledge.drain(..) {
            // Nobody may be waiting any more: it is kept all the same.
            let _ = kept.send(());
        }
        if news {
            self.shared.events.changed(Topic::Inbox);
            self.shared.events.changed(Topic::People);
        }
        // A list that was fetched again moves nothing by itself.
        let moved =
            |heard: &Heard| !matches!(heard, Heard::Inbound { .. } | Heard::Complete { .. });
        if news || heard.iter().any(moved) {
            self.shared.events.changed(Topic::Texts);
        }
        // What one that was used before told says nothing about the one in use.
        let in_use = self.route();
        if heard
            .iter()
            .any(|heard| matches!(heard, Heard::Complete { route, .. } if *route == in_use))
        {
            self.known_until = Some(Instant::now() + KNOWN_FOR);
        }
        Ok(())
    }

    /// Listens for reports, and tries again with each question to the gateway where it could not.
    async fn listen(&mut self) {
        if self.listening.is_some() || (self.deaf.is_some() && !self.is_check_due()) {
            return;
        }
        match self.active.gateway.listen(self.to_reports.clone()).await {
            Ok(listening) => {
                self.listening = Some(listening);
                self.deaf = None;
            }
            Err(error) => {
                self.deaf = Some(Advice {
                    sentence: format!(
                        "Replies such as STOP cannot come in: something else on this laptop uses {}. No text goes meanwhile.",
                        error.address
                    ),
                    what_to_do: "Choose another Report address in Settings, under Gateway."
                        .to_owned(),
                });
            }
        }
    }

    fn is_check_due(&self) -> bool {
        !self.checking && self.reach.next_check() <= Instant::now()
    }

    fn check(&mut self) {
        if !self.is_check_due() {
            return;
        }
        self.checking = true;
        let gateway = Arc::clone(&self.active.gateway);
        let number = self.number;
        self.jobs
            .spawn(async move { Done::Checked(number, gateway.check().await) });
    }

    /// Claims what may go, as much as the gateway's rate and the state of the way allow, and sends it.
    async fn send(&mut self) -> Result<()> {
        let now = Instant::now();
        let may_send =
            self.reach.may_send(now) && self.knows_replies(now) && self.knows_former_replies(now);
        // A test goes whatever is known of the way: its answer is what the organiser wants to know.
        let free = match may_send {
            true => self.reach.lanes().saturating_sub(self.on_the_wire),
            false => usize::from(self.on_the_wire == 0),
        };
        let most = self.pace.ready(now, free);
        if most == 0 {
            return Ok(());
        }
        let (route, at) = (self.route(), self.now());
        let clock = self.active.gateway.clock_offset();
        let moved = clock.unwrap_or_default() - self.decided_by.unwrap_or_default();
        let clock_moved = moved.abs() > SMALL_DIFFERENCE;
        if clock_moved || self.decided_by.is_none() {
            self.decided_by = clock;
        }
        if clock_moved || self.sender_changed {
            // Until when a text waits was reckoned by a clock that has been put right since, or by another sender.
            self.write(move |conn| texts::decide_anew(conn, None, at))
                .await?;
            self.sender_changed = false;
        }
        let in_letters = self.active.in_letters;
        loop {
            let route = route.clone();
            let claimed = self
                .write(move |conn| {
                    let ground = Ground::read(conn, route.kind, in_letters, clock)?;
                    settle::claim(conn, &route, &ground, !may_send, most, at)
                })
                .await?;
            if claimed.decided || !claimed.texts.is_empty() {
                self.shared.events.changed(Topic::Texts);
            }
            let none = claimed.texts.is_empty();
            for text in claimed.texts {
                self.send_one(text);
            }
            // In between, whoever saves has their turn.
            if !none || !claimed.more {
                return Ok(());
            }
        }
    }

    fn send_one(&mut self, text: Outgoing) {
        let turn = self.pace.turn(Instant::now());
        let gateway = Arc::clone(&self.active.gateway);
        let by = By {
            number: self.number,
            kind: self.active.kind,
        };
        self.on_the_wire += 1;
        self.jobs.spawn(async move {
            sleep_until(turn).await;
            let answer = gateway.send(&text).await;
            let heard = Heard::Answer {
                text: text.id,
                answer,
                abilities: gateway.abilities(),
            };
            Done::Sent(by, heard)
        });
    }

    /// When there is something to do again, if nothing happens before.
    async fn next_wake(&self) -> Instant {
        let now = Instant::now();
        let mut wake = now + LONGEST_WAIT;
        if let Some(at) = self.vault_at {
            return at;
        }
        if let Some((_, until)) = &self.stopping {
            return *until;
        }
        if !self.checking {
            wake = wake.min(self.reach.next_check());
        }
        if self.may_fetch(now) {
            wake = wake.min(self.next_fetch);
        }
        if let Some(at) = self.next_former(now).filter(|_| self.reach.may_ask(now)) {
            wake = wake.min(at);
        }
        if let Some(at) = self.reach.not_before().filter(|at| *at > now) {
            wake = wake.min(at);
        }
        let busy = self.on_the_wire >= self.reach.lanes();
        if !busy && let Some(at) = self.pace.wait(now) {
            wake = wake.min(at);
        }
        if busy || wake <= now {
            return wake;
        }
        let (route, at) = (self.route(), self.now());
        match self
            .read(move |conn| texts::next_due(conn, &route, at))
            .await
        {
            Ok(Some(due)) => wake.min(now + until(due, at)),
            Ok(None) => wake,
            Err(_) => wake.min(now + VAULT_PAUSE),
        }
    }

    fn route(&self) -> Route {
        Route {
            kind: self.active.kind,
            account: self.active.account.clone(),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.blocking(move |shared| shared.storage.write(work))
            .await
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.blocking(move |shared| shared.storage.read(work)).await
    }

    /// Does work that blocks where it may.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shared) -> T + Send + 'static,
    ) -> T {
        let shared = Arc::clone(&self.shared);
        match tokio::task::spawn_blocking(move || work(&shared)).await {
            Ok(done) => done,
            // It panicked, and so does this task: nothing is sent any more, and the next start settles it.
            Err(broke) => match broke.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The runtime ends, and this task with it.
                Err(_) => std::future::pending().await,
            },
        }
    }
}

/// How far off a time is; never nothing, so that a clock that was set back makes no busy loop.
fn until(due: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (due - now)
        .max(TimeDelta::milliseconds(1))
        .to_std()
        .unwrap_or(LONGEST_WAIT)
}
