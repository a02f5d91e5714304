//! The phone's answers, worded as the app words them.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query, Request, State as Shared};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Json, Response};
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Desk, NUMBER, USER};
use crate::scripted::journal::{Progress, Taken};
use crate::scripted::received::FromPhone;
use crate::scripted::script::Outcome;
use crate::scripted::{answers, breaking};

/// The zone that the phone is in, in seconds east of UTC: not the laptop's.
const ZONE: i32 = 5 * 3_600 + 30 * 60;

/// A text as it is handed in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Handed {
    id: String,
    text_message: Words,
    phone_numbers: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    text: String,
}

/// Lets in whoever has the password, unless something stands before the phone; sets the phone's clock.
pub(super) async fn admit(
    Shared(desk): Shared<Arc<Desk>>,
    request: Request,
    next: Next,
) -> Response {
    let (wall, password) = {
        let state = desk.state();
        (state.wall, state.password.clone())
    };
    if let Some(wall) = wall {
        return answers::in_its_place(wall);
    }
    let mut response = if answers::is_signed(&request, USER, &password) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    };
    answers::set_date(&mut response, desk.state().now());
    response
}

pub(super) async fn create(
    Shared(desk): Shared<Arc<Desk>>,
    Json(handed): Json<Handed>,
) -> Response {
    let [to] = handed.phone_numbers.as_slice() else {
        return no(StatusCode::BAD_REQUEST, "Empty phone numbers list");
    };
    let (outcome, text) = {
        let mut state = desk.state();
        if state.journal.all().iter().any(|text| text.sid == handed.id) {
            return no(StatusCode::CONFLICT, "Message with this ID already exists");
        }
        let outcome = state.script.decide(to);
        let refused_with = match outcome {
            Outcome::TakeThenUndeliver(code) => Some(code),
            _ => None,
        };
        let text = Taken {
            sid: handed.id,
            to: to.clone(),
            from: NUMBER.to_owned(),
            body: handed.text_message.text,
            at: state.now(),
            progress: Progress::Queued { refused_with },
        };
        let message = wire(&text);
        if outcome.takes() {
            state.journal.take(text);
        }
        (outcome, message)
    };
    answer(outcome, StatusCode::ACCEPTED, &text, None).await
}

/// Nothing but what a check needs: no text is shown.
pub(super) async fn texts() -> Response {
    Json(json!([])).into_response()
}

/// One text. Each look finds it a step further.
pub(super) async fn fetch(Shared(desk): Shared<Arc<Desk>>, Path(id): Path<String>) -> Response {
    let mut state = desk.state();
    let delivers = state.delivers;
    match state.journal.look(&id, delivers) {
        Some(text) => Json(wire(&text)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The inbox, newest first.
pub(super) async fn inbox(
    Shared(desk): Shared<Arc<Desk>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let number = |name: &str, usual: usize| {
        let given = query.get(name).and_then(|text| text.parse().ok());
        given.unwrap_or(usual)
    };
    let (limit, offset) = (number("limit", 50), number("offset", 0));
    let (Some(from), Some(to)) = (time(&query, "from"), time(&query, "to")) else {
        return no(StatusCode::BAD_REQUEST, "Invalid from datetime");
    };
    if from > to {
        return no(
            StatusCode::BAD_REQUEST,
            "Start date cannot be after end date",
        );
    }
    if !(1..=500).contains(&limit) {
        return no(StatusCode::BAD_REQUEST, "limit must be between 1 and 500");
    }
    let (outcome, total, part) = {
        let mut state = desk.state();
        let outcome = state.inboxes.pop_front().unwrap_or(Outcome::Take);
        let mut found = state.received.list(from);
        found.retain(|text| text.at <= to);
        let part = found.iter().skip(offset);
        let part: Vec<Value> = part
            .take(limit.min(state.most_in_a_part))
            .map(wire_from_phone)
            .collect();
        (outcome, found.len(), Value::from(part))
    };
    answer(outcome, StatusCode::OK, &part, Some(total)).await
}

/// Whole seconds or three digits more, and a zone; nothing else is read.
fn time(query: &HashMap<String, String>, name: &str) -> Option<DateTime<Utc>> {
    let text = query.get(name)?;
    let whole = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%:z");
    // "Z" is no offset to chrono's patterns.
    let zulu = text.strip_suffix('Z').map(|text| format!("{text}+00:00"));
    let zulu = zulu.and_then(|text| DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%:z").ok());
    whole.ok().or(zulu).map(|time| time.to_utc())
}

/// The answer of an outcome, where `body` is what it should say.
async fn answer(
    outcome: Outcome,
    status: StatusCode,
    body: &Value,
    total: Option<usize>,
) -> Response {
    match outcome {
        Outcome::Take | Outcome::TakeThenUndeliver(_) => {
            let mut response = (status, Json(body)).into_response();
            if let Some(total) = total {
                let count = HeaderValue::from(total);
                response.headers_mut().insert("x-total-count", count);
            }
            response
        }
        Outcome::TakeAndCutShort => answers::cut_short(status, body),
        Outcome::TakeAndBreakOff => answers::broken_off(status, body),
        Outcome::Refuse(401) => StatusCode::UNAUTHORIZED.into_response(),
        Outcome::Refuse(code) => no(StatusCode::BAD_REQUEST, &format!("No, because of {code}")),
        Outcome::TakeAndDrop | Outcome::Drop => Response::new(breaking::nothing_said()),
        Outcome::TakeAndHang | Outcome::Hang => std::future::pending().await,
        Outcome::Later(seconds) => {
            let mut response = no(StatusCode::SERVICE_UNAVAILABLE, "Queue is full");
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
            response
        }
        Outcome::TakeAndBreak | Outcome::Break => {
            no(StatusCode::INTERNAL_SERVER_ERROR, "Something broke")
        }
        Outcome::Portal => answers::portal(),
        Outcome::Redirect => answers::redirect(),
    }
}

fn no(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

fn wire(text: &Taken) -> Value {
    let (state, error) = match text.progress {
        Progress::Queued { .. } => ("Pending", None),
        Progress::Sent { .. } => ("Sent", None),
        Progress::Delivered => ("Delivered", None),
        Progress::Undelivered(code) => (
            "Failed",
            Some(format!(
                "Send result: RESULT_ERROR_GENERIC_FAILURE ({code})"
            )),
        ),
    };
    json!({
        "id": text.sid,
        "deviceId": "phone",
        "state": state,
        "isHashed": false,
        "isEncrypted": false,
        "recipients": [{ "phoneNumber": text.to, "state": state, "error": error }],
        "states": {},
    })
}

fn wire_from_phone(text: &FromPhone) -> Value {
    let zone = FixedOffset::east_opt(ZONE);
    let at = match zone {
        Some(zone) => text.at.with_timezone(&zone).fixed_offset(),
        None => text.at.fixed_offset(),
    };
    json!({
        "id": text.id,
        "type": "SMS",
        "sender": text.from,
        "recipient": NUMBER,
        "simNumber": 1,
        "contentPreview": text.body,
        "createdAt": at.to_rfc3339_opts(SecondsFormat::Millis, false),
        "attachments": [],
    })
}
