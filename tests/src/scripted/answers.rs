//! The gateway's answers, worded as Twilio words them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Form, Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Json, Response};
use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};

use super::journal::{Progress, Taken};
use super::script::{Outcome, Wall};
use super::{ACCOUNT, Desk, KEY, breaking};

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
    let (wall, expected) = {
        let state = desk.state();
        let word = BASE64.encode(format!("{KEY}:{}", state.secret).as_bytes());
        (state.wall, format!("Basic {word}"))
    };
    match wall {
        Some(Wall::Portal) => return portal(),
        Some(Wall::Redirect) => return redirect(),
        None => {}
    }
    let signed = request.headers().get(header::AUTHORIZATION);
    let known = signed.is_some_and(|word| word.as_bytes() == expected.as_bytes());
    let mut response = if known {
        next.run(request).await
    } else {
        no(StatusCode::UNAUTHORIZED, 20003, "Authenticate")
    };
    let now = desk
        .state()
        .now()
        .format("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    if let Ok(date) = HeaderValue::from_str(&now) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
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
    match outcome {
        Outcome::Take | Outcome::TakeThenUndeliver(_) => {
            (StatusCode::CREATED, Json(message)).into_response()
        }
        Outcome::TakeAndCutShort => {
            let whole = message.to_string();
            let half = whole[..whole.len() / 2].to_owned();
            let json = [(header::CONTENT_TYPE, "application/json")];
            (StatusCode::CREATED, json, half).into_response()
        }
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

/// The list, newest first, one page at a time.
pub(super) async fn list(
    State(desk): State<Arc<Desk>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let number = |name: &str, usual: usize| {
        query
            .get(name)
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    let (size, page) = (number("PageSize", 50).clamp(1, 1000), number("Page", 0));
    let wanted = |text: &&Taken| {
        let is = |name: &str, value: &str| query.get(name).is_none_or(|asked| asked == value);
        is("To", &text.to) && is("From", &text.from)
    };
    let state = desk.state();
    let found: Vec<&Taken> = state.journal.all().iter().rev().filter(wanted).collect();
    let messages: Vec<Value> = found
        .iter()
        .skip(page * size)
        .take(size)
        .map(|text| wire(text))
        .collect();
    let next = (found.len() > (page + 1) * size).then(|| {
        let filters: String = ["To", "From"]
            .iter()
            .filter_map(|name| Some(format!("{name}={}&", query.get(*name)?.replace('+', "%2B"))))
            .collect();
        format!(
            "/2010-04-01/Accounts/{ACCOUNT}/Messages.json?{filters}PageSize={size}&Page={}",
            page + 1
        )
    });
    Json(json!({ "messages": messages, "page": page, "page_size": size, "next_page_uri": next }))
        .into_response()
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

fn no(status: StatusCode, code: u32, message: &str) -> Response {
    let body =
        json!({ "code": code, "message": message, "more_info": "", "status": status.as_u16() });
    (status, Json(body)).into_response()
}

fn portal() -> Response {
    Html(SIGN_IN).into_response()
}

fn redirect() -> Response {
    let to = [(header::LOCATION, "http://127.0.0.1:9/sign-in")];
    (StatusCode::FOUND, to, Body::empty()).into_response()
}
