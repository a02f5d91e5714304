//! A server that speaks OSDI: it says where people go, takes them one by one, and can be made to fail.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::State as Of;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::server::Server;

/// The API key that it takes.
pub const TOKEN: &str = "0123456789abcdef-osdi";

/// A server that people are pushed to. It stops when dropped.
pub struct OsdiServer {
    server: Server,
    desk: Arc<Desk>,
}

/// What its answers share.
struct Desk {
    state: Mutex<State>,
    /// So many more come through before the others are kept waiting.
    gate: Semaphore,
}

#[derive(Default)]
struct State {
    taken: Vec<Value>,
    asked: usize,
    /// So many more are taken before it fails; without end where nothing is said.
    fails_after: Option<usize>,
    /// Whom it does not take, by their last names.
    refuses: Vec<String>,
}

impl OsdiServer {
    /// One that runs, and takes everybody.
    pub async fn start() -> Self {
        let mut osdi = Self {
            server: Server::down(),
            desk: Arc::new(Desk {
                state: Mutex::default(),
                gate: Semaphore::new(Semaphore::MAX_PERMITS / 2),
            }),
        };
        let router = Router::new()
            .route("/api/v2", get(door))
            .route("/api/v2/people", get(people))
            .route("/api/v2/people/signup", post(sign_up))
            .with_state(Arc::clone(&osdi.desk));
        osdi.server.come_up(router).await;
        osdi
    }

    /// Where its API begins.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/api/v2", self.server.address())
    }

    /// Keeps whoever comes after so many more waiting, until it is told to go on.
    pub fn pause_after(&self, people: usize) {
        let open = self.desk.gate.available_permits();
        self.desk.gate.forget_permits(open.saturating_sub(people));
    }

    /// Goes on.
    pub fn go_on(&self) {
        self.desk.gate.add_permits(Semaphore::MAX_PERMITS / 2);
    }

    /// Fails once it has taken so many more, as a server does that is overloaded.
    pub fn fail_after(&self, people: usize) {
        self.state().fails_after = Some(people);
    }

    /// Is well again.
    pub fn recover(&self) {
        self.state().fails_after = None;
    }

    /// Does not take whoever has this last name.
    pub fn refuse(&self, last_name: &str) {
        self.state().refuses.push(last_name.to_owned());
    }

    /// Whom it has taken, in order, by first and last name. Who was sent twice is there twice.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let name = |body: &Value| {
            let part = |field: &str| {
                body["person"][field]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            format!("{} {}", part("given_name"), part("family_name"))
        };
        self.state().taken.iter().map(name).collect()
    }

    /// What it was told of the number of whom it took last with this last name: whether texts may go there.
    #[must_use]
    pub fn status_of(&self, last_name: &str) -> Option<String> {
        let state = self.state();
        let found = state
            .taken
            .iter()
            .rfind(|body| body["person"]["family_name"] == last_name)?;
        let status = found.pointer("/person/phone_numbers/0/status")?.as_str()?;
        Some(status.to_owned())
    }

    /// How often it was asked to take somebody, whatever it did.
    #[must_use]
    pub fn times_asked(&self) -> usize {
        self.state().asked
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.desk.state()
    }
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn knows(headers: &HeaderMap) -> bool {
    headers
        .get("OSDI-API-Token")
        .is_some_and(|token| token == TOKEN)
}

fn json_of(status: StatusCode, body: &Value) -> Response {
    let kind = [("content-type", "application/hal+json")];
    (status, kind, body.to_string()).into_response()
}

async fn door() -> Response {
    let door = json!({
        "product_name": "A server of people",
        "_links": {
            "osdi:people": {"href": "/api/v2/people"},
            "osdi:person_signup_helper": {"href": "/api/v2/people/signup"},
        },
    });
    json_of(StatusCode::OK, &door)
}

async fn people(headers: HeaderMap) -> Response {
    match knows(&headers) {
        true => json_of(StatusCode::OK, &json!({"total_records": 0})),
        false => json_of(StatusCode::UNAUTHORIZED, &json!({"error": "No such key."})),
    }
}

async fn sign_up(Of(desk): Of<Arc<Desk>>, headers: HeaderMap, body: String) -> Response {
    let no = |status, why: &str| json_of(status, &json!({"error": why}));
    if !knows(&headers) {
        return no(StatusCode::UNAUTHORIZED, "No such key.");
    }
    let Ok(body) = serde_json::from_str::<Value>(&body) else {
        return no(StatusCode::BAD_REQUEST, "That is no JSON.");
    };
    match desk.gate.acquire().await {
        Ok(through) => through.forget(),
        Err(_) => return no(StatusCode::SERVICE_UNAVAILABLE, "It is closed."),
    }
    let mut state = desk.state();
    state.asked += 1;
    match &mut state.fails_after {
        Some(0) => {
            let told = no(StatusCode::SERVICE_UNAVAILABLE, "Too much to do.");
            return ([("retry-after", "0")], told).into_response();
        }
        Some(left) => *left -= 1,
        None => {}
    }
    let last_name = body["person"]["family_name"].as_str().unwrap_or_default();
    if state.refuses.iter().any(|refused| refused == last_name) {
        return no(
            StatusCode::BAD_REQUEST,
            "This person is on our own list of opt-outs.",
        );
    }
    state.taken.push(body);
    json_of(StatusCode::OK, &json!({}))
}
