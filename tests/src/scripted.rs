//! A gateway that speaks Twilio's interface on this machine, does what a test tells it to do with
//! each text, and keeps a journal of what it took. Phones can text it back. Beside it, a phone that does the
//! same in its own way.

mod answers;
mod breaking;
mod journal;
pub mod osdi;
pub mod phone;
mod received;
mod script;
mod server;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::routing::{get, post};
use chrono::{DateTime, TimeDelta, Utc};

pub use journal::{Journal, Taken};
pub use osdi::OsdiServer;
pub use phone::ScriptedPhone;
pub use script::{Outcome, Wall};

use crate::noon;
use received::Received;
use server::Server;

/// The account that the gateway knows.
pub const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
/// The restricted key that it takes.
pub const KEY: &str = "SK0123456789abcdef0123456789abcdef";
/// The number that texts come from.
pub const SENDER: &str = "+447700900999";
/// What a phone's text has in place of the first half of an emoji, which no string can hold. The gateway writes
/// it as phones' texts have it: `\ud83d`, with no second half.
pub const HALF_AN_EMOJI: char = '\u{e000}';

/// The gateway. It stops when dropped.
pub struct ScriptedGateway {
    server: Server,
    desk: Arc<Desk>,
}

/// What the gateway's requests share.
struct Desk {
    state: Mutex<State>,
}

struct State {
    script: script::Script,
    journal: Journal,
    secret: String,
    wall: Option<Wall>,
    clock: TimeDelta,
    delivers: bool,
    received: Received,
    /// What becomes of the next questions for what was received.
    lists: VecDeque<Outcome>,
    lists_break_off: bool,
    lists_twice: bool,
    most_on_a_page: usize,
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The gateway's own time.
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.clock
    }
}

impl ScriptedGateway {
    /// A gateway that runs, and takes every text.
    pub async fn start() -> Self {
        let mut gateway = Self::down();
        gateway.come_up().await;
        gateway
    }

    /// A gateway that nobody can reach yet.
    #[must_use]
    pub fn down() -> Self {
        let state = State {
            script: script::Script::default(),
            journal: Journal::default(),
            secret: "the key's own secret".to_owned(),
            wall: None,
            clock: noon::apart(),
            delivers: true,
            received: Received::default(),
            lists: VecDeque::new(),
            lists_break_off: false,
            lists_twice: false,
            most_on_a_page: 1_000,
        };
        Self {
            server: Server::down(),
            desk: Arc::new(Desk {
                state: Mutex::new(state),
            }),
        }
    }

    /// Where it is, running or not.
    #[must_use]
    pub fn address(&self) -> String {
        self.server.address()
    }

    /// Starts it where it was.
    pub async fn come_up(&mut self) {
        let messages = "/2010-04-01/Accounts/{account}/Messages.json";
        let router = Router::new()
            .route(messages, post(answers::create).get(answers::list))
            .route(
                "/2010-04-01/Accounts/{account}/Messages/{file}",
                get(answers::fetch),
            )
            .layer(axum::middleware::from_fn_with_state(
                Arc::clone(&self.desk),
                answers::admit,
            ))
            .with_state(Arc::clone(&self.desk));
        self.server.come_up(router).await;
    }

    /// Takes it away: no connection can be made any more, and those that there are break.
    pub fn go_down(&mut self) {
        self.server.go_down();
    }

    /// What it does with the next texts, in this order; after them it does what it usually does.
    pub fn next(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.desk.state().script.next(outcomes);
    }

    /// What it does with the next text to a number, whatever it does with others meanwhile.
    pub fn keep_for(&self, number: &str, outcome: Outcome) {
        self.desk.state().script.keep(number, outcome);
    }

    /// What it usually does with a text.
    pub fn usually(&self, outcome: Outcome) {
        self.desk.state().script.usually(outcome);
    }

    /// A phone texts [`SENDER`] now. Gives the gateway's name of it.
    pub fn receive(&self, from: &str, body: &str) -> String {
        let now = self.desk.state().now();
        self.receive_at(from, body, now)
    }

    /// A phone's text arrives that the gateway dates `at`, which may be before others.
    pub fn receive_at(&self, from: &str, body: &str, at: DateTime<Utc>) -> String {
        self.desk.state().received.take("SM", from, body, at)
    }

    /// What becomes of the next questions for what was received, in this order; [`Outcome::Take`] answers
    /// one. A question that hangs is given up after a minute.
    pub fn next_lists(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.desk.state().lists.extend(outcomes);
    }

    /// Whether each list is lost half-way through its second page.
    pub fn break_lists_off(&self, breaks_off: bool) {
        self.desk.state().lists_break_off = breaks_off;
    }

    /// Whether it lists everything that was received twice.
    pub fn list_twice(&self, twice: bool) {
        self.desk.state().lists_twice = twice;
    }

    /// The most that stands on one page of a list, whatever is asked for.
    pub fn put_on_a_page(&self, most: usize) {
        self.desk.state().most_on_a_page = most.max(1);
    }

    /// How often it was asked for what was received, pages counted one by one.
    #[must_use]
    pub fn times_listed(&self) -> usize {
        self.desk.state().received.asked()
    }

    /// Puts something before it that answers in its place, or takes it away.
    pub fn stand_behind(&self, wall: Option<Wall>) {
        self.desk.state().wall = wall;
    }

    /// Sets its clock apart from this machine's.
    pub fn set_clock_apart(&self, by: TimeDelta) {
        self.desk.state().clock = by;
    }

    /// Whether the texts it took get on from "queued" as they are looked at.
    pub fn deliver(&self, delivers: bool) {
        self.desk.state().delivers = delivers;
    }

    /// The secret that it takes with [`KEY`].
    #[must_use]
    pub fn secret(&self) -> String {
        self.desk.state().secret.clone()
    }

    /// Takes another secret from now on.
    pub fn change_secret(&self, secret: &str) {
        self.desk.state().secret = secret.to_owned();
    }

    /// What it has taken so far.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.desk.state().journal.clone()
    }

    /// How many texts it was asked to take, whatever it did with them.
    #[must_use]
    pub fn times_asked(&self) -> usize {
        self.desk.state().script.asked()
    }
}
