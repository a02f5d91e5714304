//! A gateway that speaks Twilio's interface on this machine, does what a test tells it to do with
//! each text, and keeps a journal of what it took.

mod answers;
mod breaking;
mod journal;
mod script;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

pub use journal::{Journal, Taken};
pub use script::{Outcome, Wall};

use crate::ports;
use crate::waiting::{OrStop, until};

/// The account that the gateway knows.
pub const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
/// The restricted key that it takes.
pub const KEY: &str = "SK0123456789abcdef0123456789abcdef";
/// The number that texts come from.
pub const SENDER: &str = "+447700900999";

/// The gateway. It stops when dropped.
pub struct ScriptedGateway {
    port: u16,
    desk: Arc<Desk>,
    runtime: Option<Runtime>,
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
        let [port] = ports::free();
        let state = State {
            script: script::Script::default(),
            journal: Journal::default(),
            secret: "the key's own secret".to_owned(),
            wall: None,
            clock: TimeDelta::zero(),
            delivers: true,
        };
        Self {
            port,
            desk: Arc::new(Desk {
                state: Mutex::new(state),
            }),
            runtime: None,
        }
    }

    /// Where it is, running or not.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it where it was.
    pub async fn come_up(&mut self) {
        // A runtime of its own: when it goes, so does every connection, as when a network is lost.
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        let runtime = runtime.or_stop("making a runtime for the gateway");
        let address = ("127.0.0.1", self.port);
        // The old listener may take a moment to let go of the port.
        let listener = until(Duration::from_secs(5), async || {
            runtime.spawn(TcpListener::bind(address)).await.ok()?.ok()
        });
        let listener = listener.await.or_stop("binding the gateway's port");
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
        runtime.spawn(async move { axum::serve(listener, router).await });
        self.runtime = Some(runtime);
    }

    /// Takes it away: no connection can be made any more, and those that there are break.
    pub fn go_down(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
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

impl Drop for ScriptedGateway {
    fn drop(&mut self) {
        self.go_down();
    }
}
