//! What the app's answers mean. Only its own JSON counts as its word: a router's page does not.

use serde_json::Value;
use uuid::Uuid;

use crate::gateways::http::{Reply, quote, tolerant_json};
use crate::gateways::{Answer, Away, Check, NoAnswer, Refusal};
use crate::texts::life::{Report, Trouble};

/// A whole body of JSON.
fn json(reply: &Reply) -> Option<Value> {
    if reply.cut.is_some() {
        return None;
    }
    tolerant_json(&reply.body)
}

/// The app's own words for a no.
fn said(reply: &Reply) -> String {
    let said = json(reply).and_then(|no| Some(no.get("message")?.as_str()?.to_owned()));
    quote(&said.unwrap_or_default())
}

/// The app's no. It has few words: nothing at all says that it does not know us.
pub(super) fn refusal(reply: &Reply) -> Option<Refusal> {
    if reply.is_page() {
        return None;
    }
    let said = said(reply);
    let trouble = match reply.status {
        401 | 403 => Trouble::Credentials,
        400 if said.contains("expired") => Trouble::Expired,
        400 if said.is_empty() => return None,
        400 | 404 | 405 => Trouble::Other,
        _ => return None,
    };
    Some(Refusal {
        trouble,
        code: Some(reply.status.to_string()),
        said,
    })
}

pub(super) fn no_answer(reply: &Reply) -> NoAnswer {
    match reply.status {
        429 => NoAnswer::Broken(429),
        100..=299 | 400..=499 if reply.called_html => NoAnswer::Portal,
        _ => reply.no_answer(),
    }
}

/// What became of the text with our `id`.
pub(super) fn to_send(reply: &Reply, id: Uuid) -> Answer {
    let taken = Answer::Taken {
        provider_id: Some(id.to_string()),
    };
    let is_foreign = reply.is_page() || reply.called_html;
    match reply.status {
        _ if is_foreign => Answer::NoAnswer(no_answer(reply)),
        // "Accepted" is the word that counts, whatever became of the body. With 409 it has it already.
        202 | 409 => taken,
        200 | 201 if json(reply).is_some_and(|text| text.get("state").is_some()) => taken,
        429 | 503 => Answer::Later {
            after: reply.retry_after,
            said: said(reply),
        },
        _ => match refusal(reply) {
            Some(refusal) => Answer::Refused(refusal),
            None => Answer::NoAnswer(no_answer(reply)),
        },
    }
}

pub(super) fn to_check(reply: &Reply) -> Check {
    let ready = match (reply.status, json(reply)) {
        (200, Some(Value::Array(_))) => true,
        // What an older app says at its door.
        (200, Some(Value::Object(door))) => door.get("status").is_some(),
        _ => false,
    };
    match refusal(reply) {
        _ if ready => Check::Ready,
        Some(refusal) => Check::Refuses(refusal),
        None => Check::Away(Away::NoAnswer(no_answer(reply))),
    }
}

pub(super) fn to_status(reply: &Reply) -> Option<Report> {
    if reply.status != 200 {
        return None;
    }
    let text = json(reply)?;
    match text.get("state")?.as_str()? {
        "Pending" | "Cancelling" | "Processed" | "Sent" => Some(Report::OnItsWay),
        "Delivered" => Some(Report::Delivered),
        "Failed" | "Cancelled" => Some(not_delivered(&text)),
        _ => None,
    }
}

/// One text has one receiver, and the phone says there what went wrong.
fn not_delivered(text: &Value) -> Report {
    let error = text["recipients"][0]["error"].as_str().unwrap_or_default();
    let code = error
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .find(|word| word.starts_with("RESULT_"));
    let lower = error.to_ascii_lowercase();
    let trouble = match code {
        Some("RESULT_ERROR_LIMIT_EXCEEDED" | "RESULT_RIL_REQUEST_RATE_LIMITED") => {
            Trouble::QueueFull
        }
        Some("RESULT_ERROR_SHORT_CODE_NOT_ALLOWED" | "RESULT_ERROR_SHORT_CODE_NEVER_ALLOWED") => {
            Trouble::NoRoute
        }
        Some("RESULT_NETWORK_REJECT" | "RESULT_RIL_NETWORK_REJECT") => Trouble::NoRoute,
        Some(_) => Trouble::Other,
        None if lower.contains("expired") || lower.contains("ttl") => Trouble::Expired,
        None if lower.contains("invalid phone number") => Trouble::Number,
        None => Trouble::Unknown,
    };
    Report::Undelivered {
        trouble,
        code: code.map(|code| code.chars().take(60).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateways::http::scripted::reply;

    fn refused(trouble: Trouble, code: &str, said: &str) -> Answer {
        Answer::Refused(Refusal {
            trouble,
            code: Some(code.to_owned()),
            said: said.to_owned(),
        })
    }

    #[test]
    fn what_an_answer_to_a_text_means() {
        use NoAnswer::{Broken, Portal, Unreadable};
        let id = Uuid::nil();
        let taken = || Answer::Taken {
            provider_id: Some(id.to_string()),
        };
        let later = |said: &str| Answer::Later {
            after: None,
            said: said.to_owned(),
        };
        let cases = [
            ("taken", 202, r#"{"id":"x","state":"Pending"}"#, taken()),
            ("taken, then cut", 202, r#"{"id":"#, taken()),
            ("taken before", 409, r#"{"message":"Conflict"}"#, taken()),
            (
                "taken by an older app",
                201,
                r#"{"id":"x","state":"Pending"}"#,
                taken(),
            ),
            (
                "a 200 of something else",
                200,
                r#"{"ok":true}"#,
                Answer::NoAnswer(Unreadable),
            ),
            (
                "a page that says taken",
                202,
                "<html>",
                Answer::NoAnswer(Portal),
            ),
            (
                "a page that says it has it",
                409,
                "<html>",
                Answer::NoAnswer(Portal),
            ),
            (
                "a sign-in page",
                200,
                "<!DOCTYPE html>",
                Answer::NoAnswer(Portal),
            ),
            ("a redirect", 302, "", Answer::NoAnswer(Portal)),
            (
                "not readable to it",
                400,
                r#"{"message":"Empty phone numbers list"}"#,
                refused(Trouble::Other, "400", "Empty phone numbers list"),
            ),
            (
                "too late",
                400,
                r#"{"message":"message already expired"}"#,
                refused(Trouble::Expired, "400", "message already expired"),
            ),
            ("someone else's no", 400, "", Answer::NoAnswer(Unreadable)),
            (
                "wrong password",
                401,
                "",
                refused(Trouble::Credentials, "401", ""),
            ),
            ("not this app", 404, "", refused(Trouble::Other, "404", "")),
            ("a router", 404, "<html>", Answer::NoAnswer(Portal)),
            (
                "a full queue",
                503,
                r#"{"message":"Queue is full"}"#,
                later("Queue is full"),
            ),
            ("too fast", 429, "", later("")),
            (
                "broken",
                500,
                r#"{"message":"Oops"}"#,
                Answer::NoAnswer(Broken(500)),
            ),
            ("down", 503, "<html>", Answer::NoAnswer(Broken(503))),
        ];
        for (scenario, status, body, answer) in cases {
            assert_eq!(to_send(&reply(status, body), id), answer, "{scenario}");
        }
    }

    #[test]
    fn what_a_check_shows() {
        let away = |why| Check::Away(Away::NoAnswer(why));
        let no = |trouble, code: &str| {
            Check::Refuses(Refusal {
                trouble,
                code: Some(code.to_owned()),
                said: String::new(),
            })
        };
        let cases = [
            ("its texts", 200, "[]", Check::Ready),
            (
                "an older app",
                200,
                r#"{"status":"ok","model":"Pixel"}"#,
                Check::Ready,
            ),
            ("wrong password", 401, "", no(Trouble::Credentials, "401")),
            ("another service", 404, "", no(Trouble::Other, "404")),
            ("a sign-in page", 200, "<html>", away(NoAnswer::Portal)),
            ("something else", 200, "OK", away(NoAnswer::Unreadable)),
            ("broken", 500, "", away(NoAnswer::Broken(500))),
        ];
        for (scenario, status, body, check) in cases {
            assert_eq!(to_check(&reply(status, body)), check, "{scenario}");
        }
    }

    #[test]
    fn what_a_state_means() {
        let undelivered = |trouble, code: Option<&str>| {
            Some(Report::Undelivered {
                trouble,
                code: code.map(str::to_owned),
            })
        };
        let failed = |error: &str| {
            format!(r#"{{"state":"Failed","recipients":[{{"state":"Failed","error":"{error}"}}]}}"#)
        };
        let state = |state: &str| format!(r#"{{"state":"{state}","recipients":[]}}"#);
        let cases = [
            ("in the queue", state("Pending"), Some(Report::OnItsWay)),
            (
                "handed to the radio",
                state("Processed"),
                Some(Report::OnItsWay),
            ),
            ("on its way", state("Sent"), Some(Report::OnItsWay)),
            ("there", state("Delivered"), Some(Report::Delivered)),
            (
                "stopped on the phone",
                state("Cancelled"),
                undelivered(Trouble::Unknown, None),
            ),
            (
                "too many in a minute",
                failed(
                    "Send result: RESULT_ERROR_LIMIT_EXCEEDED (Failed because we reached the limit)",
                ),
                undelivered(Trouble::QueueFull, Some("RESULT_ERROR_LIMIT_EXCEEDED")),
            ),
            (
                "no signal",
                failed("Send result: RESULT_ERROR_NO_SERVICE (No service)"),
                undelivered(Trouble::Other, Some("RESULT_ERROR_NO_SERVICE")),
            ),
            (
                "too late",
                failed("TTL expired"),
                undelivered(Trouble::Expired, None),
            ),
            (
                "no number",
                failed("sendSMS: Invalid phone number"),
                undelivered(Trouble::Number, None),
            ),
            (
                "no reason",
                r#"{"state":"Failed"}"#.to_owned(),
                undelivered(Trouble::Unknown, None),
            ),
            ("a state of tomorrow", state("Dreaming"), None),
            ("not JSON", "Sent".to_owned(), None),
        ];
        for (scenario, body, report) in cases {
            assert_eq!(to_status(&reply(200, &body)), report, "{scenario}");
        }
        assert_eq!(to_status(&reply(500, &state("Sent"))), None);
    }
}
