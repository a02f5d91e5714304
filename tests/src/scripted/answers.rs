//! The gateway's answers, worded as Twilio words them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Form, Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Json, Response};
use chrono::{DateTime, NaiveTime, Utc};
use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};

use super::journal::{Progress, Taken};
use super::received::FromPhone;
use super::script::{Outcome, Wall};
use super::{ACCOUNT, Desk, HALF_AN_EMOJI, KEY, SENDER, State as Of, breaking};

const SIGN_IN: &str =
    "<!DOCTYPE html><html><title>Free Wi-Fi</title><h1>Sign in to go online</h1></html>";

/// A text as it is handed in.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Handed {
    to: String,
    from: String,
    body: String,
}

/// Lets in whoever has the key, unless something stands before the gateway; sets the gateway's clock.
pub(super) async fn admit(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let (wall, secret) = {
        let state = desk.state();
        (state.wall, state.secret.clone())
    };
    if let Some(wall) = wall {
        return in_its_place(wall);
    }
    let mut response = if is_signed(&request, KEY, &secret) {
        next.run(request).await
    } else {
        no(StatusCode::UNAUTHORIZED, 20003, "Authenticate")
    };
    set_date(&mut response, desk.state().now());
    response
}

/// What stands before the gateway answers.
pub(super) fn in_its_place(wall: Wall) -> Response {
    match wall {
        Wall::Portal => portal(),
        Wall::Redirect => redirect(),
    }
}

/// Whether a request comes with this name and password.
pub(super) fn is_signed(request: &Request, name: &str, password: &str) -> bool {
    let word = BASE64.encode(format!("{name}:{password}").as_bytes());
    let signed = request.headers().get(header::AUTHORIZATION);
    signed.is_some_and(|given| given.as_bytes() == format!("Basic {word}").as_bytes())
}

/// Tells the gateway's time.
pub(super) fn set_date(response: &mut Response, now: DateTime<Utc>) {
    let now = now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&now) {
        response.headers_mut().insert(header::DATE, date);
    }
}

pub(super) async fn create(State(desk): State<Arc<Desk>>, Form(handed): Form<Handed>) -> Response {
    let (outcome, message) = {
        let mut state = desk.state();
        let outcome = state.script.decide(&handed.to);
        let refused_with = match outcome {
            Outcome::TakeThenUndeliver(code) => Some(code),
            _ => None,
        };
        let text = Taken {
            sid: format!("SM{:032x}", state.journal.all().len() + 1),
            to: handed.to,
            from: handed.from,
            body: handed.body,
            at: state.now(),
            progress: Progress::Queued { refused_with },
        };
        let message = wire(&text);
        if outcome.takes() {
            state.journal.take(text);
        }
        (outcome, message)
    };
    answer(outcome, StatusCode::CREATED, &message).await
}

/// The answer of an outcome, where `message` is what it should say.
async fn answer(outcome: Outcome, status: StatusCode, message: &Value) -> Response {
    match outcome {
        Outcome::Take | Outcome::TakeThenUndeliver(_) => json(status, written(message).into()),
        Outcome::TakeAndCutShort => cut_short(status, message),
        Outcome::TakeAndBreakOff => broken_off(status, message),
        Outcome::Refuse(20003) => no(StatusCode::UNAUTHORIZED, 20003, "Authenticate"),
        Outcome::Refuse(code) => no(
            StatusCode::BAD_REQUEST,
            code,
            "The request cannot be carried out",
        ),
        Outcome::TakeAndDrop | Outcome::Drop => Response::new(breaking::nothing_said()),
        Outcome::TakeAndHang | Outcome::Hang => std::future::pending().await,
        Outcome::Later(seconds) => {
            let mut response = no(StatusCode::TOO_MANY_REQUESTS, 20429, "Too Many Requests");
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
            response
        }
        Outcome::TakeAndBreak => no(
            StatusCode::INTERNAL_SERVER_ERROR,
            20500,
            "Internal Server Error",
        ),
        Outcome::Break => no(
            StatusCode::SERVICE_UNAVAILABLE,
            20503,
            "Service Unavailable",
        ),
        Outcome::Portal => portal(),
        Outcome::Redirect => redirect(),
    }
}

/// JSON that ends in the middle.
pub(super) fn cut_short(status: StatusCode, message: &Value) -> Response {
    json(status, half(message).into())
}

/// The same, and the connection breaks there.
pub(super) fn broken_off(status: StatusCode, message: &Value) -> Response {
    json(status, breaking::after(half(message)))
}

fn half(message: &Value) -> Vec<u8> {
    let mut half = written(message).into_bytes();
    half.truncate(half.len() / 2);
    half
}

/// As it goes over the wire, where half a character is what only an escape can say.
fn written(message: &Value) -> String {
    message.to_string().replace(HALF_AN_EMOJI, "\\ud83d")
}

fn json(status: StatusCode, body: Body) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json")];
    (status, json, body).into_response()
}

/// The list, newest first, one page at a time.
pub(super) async fn list(
    State(desk): State<Arc<Desk>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let (outcome, page) = {
        let mut state = desk.state();
        // Only who asks since a day asks for what was received.
        let outcome = match query.contains_key(SINCE) {
            true => state.lists.pop_front(),
            false => None,
        };
        let breaks_off = state.lists_break_off && query.contains_key(PAGE);
        let usual = match breaks_off {
            true => Outcome::TakeAndBreakOff,
            false => Outcome::Take,
        };
        (outcome.unwrap_or(usual), page(&mut state, &query))
    };
    answer(outcome, StatusCode::OK, &page).await
}

/// "At or after": the operator is part of the name.
const SINCE: &str = "DateSent>";
/// Stands in the address of every page but the first.
const PAGE: &str = "Page";
/// What narrows a list down, and stands in the address of its next page.
const FILTERS: [&str; 3] = ["To", "From", SINCE];

fn page(state: &mut Of, query: &HashMap<String, String>) -> Value {
    let number = |name: &str, usual: usize| {
        let given = query.get(name).and_then(|text| text.parse().ok());
        given.unwrap_or(usual)
    };
    let size = number("PageSize", 50).clamp(1, state.most_on_a_page);
    let page = number(PAGE, 0);
    let is = |name: &str, value: &str| query.get(name).is_none_or(|asked| asked == value);
    let since = query.get(SINCE).and_then(|day| day.parse().ok());
    let since = since.map(|day: chrono::NaiveDate| day.and_time(NaiveTime::MIN).and_utc());

    let mut found: Vec<(DateTime<Utc>, Value)> = Vec::new();
    if is("To", SENDER) {
        let texts = match since {
            Some(since) => state.received.list(since),
            None => state.received.all().iter().rev().cloned().collect(),
        };
        let times = if state.lists_twice { 2 } else { 1 };
        let texts = texts.iter().filter(|text| is("From", &text.from));
        let texts = texts.flat_map(|text| std::iter::repeat_n(text, times));
        found.extend(texts.map(|text| (text.at, wire_from_phone(text))));
    }
    let wanted = |text: &&Taken| {
        is("To", &text.to) && is("From", &text.from) && since.is_none_or(|since| text.at >= since)
    };
    let taken = state.journal.all().iter().rev().filter(wanted);
    found.extend(taken.map(|text| (text.at, wire(text))));
    found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));

    let next = (found.len() > (page + 1) * size).then(|| {
        let filters: String = FILTERS
            .iter()
            .filter_map(|name| {
                let value = query.get(*name)?.replace('+', "%2B");
                Some(format!("{}={value}&", name.replace('>', "%3E")))
            })
            .collect();
        format!(
            "/2010-04-01/Accounts/{ACCOUNT}/Messages.json?{filters}PageSize={size}&{PAGE}={}",
            page + 1
        )
    });
    let messages = found.into_iter().skip(page * size).take(size);
    let messages: Vec<Value> = messages.map(|(_, message)| message).collect();
    json!({ "messages": messages, "page": page, "page_size": size, "next_page_uri": next })
}

/// One text. Each look finds it a step further.
pub(super) async fn fetch(
    State(desk): State<Arc<Desk>>,
    Path((_, file)): Path<(String, String)>,
) -> Response {
    let mut state = desk.state();
    let delivers = state.delivers;
    let sid = file.trim_end_matches(".json");
    match state.journal.look(sid, delivers) {
        Some(text) => Json(wire(&text)).into_response(),
        None => no(
            StatusCode::NOT_FOUND,
            20404,
            "The requested resource was not found",
        ),
    }
}

fn wire(text: &Taken) -> Value {
    json!({
        "sid": text.sid,
        "account_sid": ACCOUNT,
        "status": text.progress.status(),
        "error_code": text.progress.error_code(),
        "to": text.to,
        "from": text.from,
        "messaging_service_sid": null,
        "body": text.body,
        "direction": "outbound-api",
        "num_segments": "1",
        "price": null,
        "date_created": text.at.to_rfc2822(),
        "date_sent": null,
    })
}

fn wire_from_phone(text: &FromPhone) -> Value {
    json!({
        "sid": text.id,
        "account_sid": ACCOUNT,
        "status": "received",
        "error_code": null,
        "to": SENDER,
        "from": text.from,
        "messaging_service_sid": null,
        "body": text.body,
        "direction": "inbound",
        "num_segments": "1",
        "price": null,
        "date_created": text.at.to_rfc2822(),
        "date_sent": text.at.to_rfc2822(),
    })
}

fn no(status: StatusCode, code: u32, message: &str) -> Response {
    let body =
        json!({ "code": code, "message": message, "more_info": "", "status": status.as_u16() });
    (status, Json(body)).into_response()
}

pub(super) fn portal() -> Response {
    Html(SIGN_IN).into_response()
}

pub(super) fn redirect() -> Response {
    let to = [(header::LOCATION, "http://127.0.0.1:9/sign-in")];
    (StatusCode::FOUND, to, Body::empty()).into_response()
}
