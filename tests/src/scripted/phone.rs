//! A phone that speaks as the app SMS Gateway for Android does, and does what a test tells it to.

mod answers;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::middleware;
use axum::routing::{get, post};
use chrono::{DateTime, TimeDelta, Utc};

use super::journal::Journal;
use super::received::Received;
use super::script::{Outcome, Script, Wall};
use super::server::Server;

/// The user name that the app shows.
pub const USER: &str = "sms";
/// The phone's own number.
pub const NUMBER: &str = "+447700900998";

/// The phone. It is gone when dropped.
pub struct ScriptedPhone {
    server: Server,
    desk: Arc<Desk>,
}

/// What the phone's requests share.
struct Desk {
    state: Mutex<State>,
}

struct State {
    script: Script,
    journal: Journal,
    received: Received,
    inboxes: VecDeque<Outcome>,
    most_in_a_part: usize,
    password: String,
    wall: Option<Wall>,
    clock: TimeDelta,
    delivers: bool,
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The phone's own time.
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.clock
    }
}

impl ScriptedPhone {
    /// A phone that is there, and takes every text.
    pub async fn start() -> Self {
        let mut phone = Self::down();
        phone.come_up().await;
        phone
    }

    /// A phone that nobody can reach yet.
    #[must_use]
    pub fn down() -> Self {
        let state = State {
            script: Script::default(),
            journal: Journal::default(),
            received: Received::default(),
            inboxes: VecDeque::new(),
            most_in_a_part: 500,
            password: "the phone's own".to_owned(),
            wall: None,
            clock: crate::noon::apart(),
            delivers: true,
        };
        Self {
            server: Server::down(),
            desk: Arc::new(Desk {
                state: Mutex::new(state),
            }),
        }
    }

    /// Where the app answers, running or not.
    #[must_use]
    pub fn address(&self) -> String {
        self.server.address()
    }

    /// The phone wakes up.
    pub async fn come_up(&mut self) {
        let router = Router::new()
            .route("/messages", post(answers::create).get(answers::texts))
            .route("/messages/{id}", get(answers::fetch))
            .route("/inbox", get(answers::inbox))
            .layer(middleware::from_fn_with_state(
                Arc::clone(&self.desk),
                answers::admit,
            ))
            .with_state(Arc::clone(&self.desk));
        self.server.come_up(router).await;
    }

    /// The phone falls asleep, or is carried away.
    pub fn go_down(&mut self) {
        self.server.go_down();
    }

    /// What it does with the next texts that it does not have yet, in this order.
    pub fn next(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.desk.state().script.next(outcomes);
    }

    /// What it usually does with a text.
    pub fn usually(&self, outcome: Outcome) {
        self.desk.state().script.usually(outcome);
    }

    /// Someone texts the phone now. Gives the app's name of it.
    pub fn receive(&self, from: &str, body: &str) -> String {
        let now = self.desk.state().now();
        self.receive_at(from, body, now)
    }

    /// A text arrives that was sent at `at`, which may be days ago.
    pub fn receive_at(&self, from: &str, body: &str, at: DateTime<Utc>) -> String {
        self.desk.state().received.take("text:", from, body, at)
    }

    /// What becomes of the next questions for the inbox, in this order; [`Outcome::Take`] answers one.
    pub fn next_inboxes(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.desk.state().inboxes.extend(outcomes);
    }

    /// The most that it lists at a time, whatever is asked for.
    pub fn list_at_a_time(&self, most: usize) {
        self.desk.state().most_in_a_part = most.max(1);
    }

    /// How often its inbox was asked for, parts counted one by one.
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

    /// Whether the texts it took get on from "Pending" as they are looked at.
    pub fn deliver(&self, delivers: bool) {
        self.desk.state().delivers = delivers;
    }

    /// The password that it takes with [`USER`].
    #[must_use]
    pub fn password(&self) -> String {
        self.desk.state().password.clone()
    }

    /// Takes another password from now on.
    pub fn change_password(&self, password: &str) {
        self.desk.state().password = password.to_owned();
    }

    /// The texts that it took. Their `sid` is the id that they were handed in with.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.desk.state().journal.clone()
    }

    /// How many texts it was asked to take that it did not have yet, whatever it did with them.
    #[must_use]
    pub fn times_asked(&self) -> usize {
        self.desk.state().script.asked()
    }
}
