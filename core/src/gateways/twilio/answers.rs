//! What Twilio's answers mean. Only Twilio's own JSON counts as Twilio's word.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::codes;
use crate::gateways::http::{Reply, quote};
use crate::gateways::{Answer, Away, Check, NoAnswer, Refusal};
use crate::texts::life::{Report, Trouble};

const TOO_MANY_REQUESTS: u32 = 20_429;

/// How Twilio says no.
#[derive(Deserialize)]
struct No {
    code: u32,
    message: String,
}

/// One message, as far as sending and asking need it.
#[derive(Deserialize)]
struct Message {
    sid: Option<String>,
    status: Option<String>,
    error_code: Option<u32>,
}

/// One page of the list, when only its being one counts.
#[derive(Deserialize)]
struct AnyPage {
    #[serde(rename = "messages")]
    _messages: Vec<serde::de::IgnoredAny>,
}

/// A whole body of JSON.
pub(super) fn json<T: DeserializeOwned>(reply: &Reply) -> Option<T> {
    if reply.cut.is_some() {
        return None;
    }
    serde_json::from_slice(&reply.body).ok()
}

/// Twilio's own no: 4xx with its JSON.
pub(super) fn refusal(reply: &Reply) -> Option<Refusal> {
    if !(400..500).contains(&reply.status) {
        return None;
    }
    let no: No = json(reply)?;
    let trouble = match (codes::trouble(no.code), reply.status) {
        // A key that lacks a permission has codes of its own, which come and go.
        (Trouble::Other, 401 | 403) => Trouble::Credentials,
        (trouble, _) => trouble,
    };
    Some(Refusal {
        trouble,
        code: Some(no.code.to_string()),
        said: quote(&no.message),
    })
}

/// Whether Twilio asks for a pause. It has not processed such a request, whatever its body says.
fn is_later(reply: &Reply) -> bool {
    reply.status == 429
        || refusal(reply).is_some_and(|no| no.code == Some(TOO_MANY_REQUESTS.to_string()))
}

/// Anything that is not Twilio's word.
pub(super) fn no_answer(reply: &Reply) -> NoAnswer {
    match reply.status {
        429 => NoAnswer::Broken(429),
        100..=299 | 400..=499 if reply.called_html => NoAnswer::Portal,
        _ => reply.no_answer(),
    }
}

pub(super) fn to_send(reply: &Reply) -> Answer {
    // "Created" is the word that counts: a body that breaks off costs only the id. A web page is not
    // Twilio's, whatever its status.
    if reply.status == 201 && !reply.is_page() {
        let message: Option<Message> = json(reply);
        return Answer::Taken {
            provider_id: message
                .and_then(|message| message.sid)
                .filter(|sid| !sid.is_empty()),
        };
    }
    if is_later(reply) {
        return Answer::Later {
            after: reply.retry_after,
            said: refusal(reply).map(|no| no.said).unwrap_or_default(),
        };
    }
    match refusal(reply) {
        Some(refusal) => Answer::Refused(refusal),
        None => Answer::NoAnswer(no_answer(reply)),
    }
}

pub(super) fn to_check(reply: &Reply) -> Check {
    if reply.status == 200 && json::<AnyPage>(reply).is_some() {
        return Check::Ready;
    }
    match refusal(reply) {
        // It knows us and is merely busy: the answers to texts set the pace.
        Some(_) if is_later(reply) => Check::Ready,
        Some(refusal) => Check::Refuses(refusal),
        None => Check::Away(Away::NoAnswer(no_answer(reply))),
    }
}

pub(super) fn to_status(reply: &Reply) -> Option<Report> {
    if reply.status != 200 {
        return None;
    }
    let message: Message = json(reply)?;
    match message.status?.as_str() {
        "accepted" | "scheduled" | "queued" | "sending" | "sent" => Some(Report::OnItsWay),
        "delivered" | "read" => Some(Report::Delivered),
        "undelivered" | "failed" | "canceled" => Some(Report::Undelivered {
            trouble: message.error_code.map_or(Trouble::Unknown, codes::trouble),
            code: message.error_code.map(|code| code.to_string()),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::gateways::http::scripted::reply;

    fn refused(trouble: Trouble, code: &str, said: &str) -> Answer {
        Answer::Refused(Refusal {
            trouble,
            code: Some(code.to_owned()),
            said: said.to_owned(),
        })
    }

    fn taken(id: Option<&str>) -> Answer {
        Answer::Taken {
            provider_id: id.map(str::to_owned),
        }
    }

    #[test]
    fn what_an_answer_to_a_text_means() {
        use NoAnswer::{Broken, Portal, Unreadable};
        let cases = [
            (
                "created",
                201,
                r#"{"sid":"SM1","status":"queued"}"#,
                taken(Some("SM1")),
            ),
            (
                "created by a service",
                201,
                r#"{"sid":"SM2","status":"accepted","from":null}"#,
                taken(Some("SM2")),
            ),
            (
                "created, then cut",
                201,
                r#"{"sid":"SM3","sta"#,
                taken(None),
            ),
            ("created, no body", 201, "", taken(None)),
            ("created, no id", 201, r#"{"sid":""}"#, taken(None)),
            (
                "a page that says created",
                201,
                "<html>hello</html>",
                Answer::NoAnswer(Portal),
            ),
            (
                "wrong number",
                400,
                r#"{"code":21211,"message":"Invalid 'To' Phone Number: +447700900123","status":400}"#,
                refused(Trouble::Number, "21211", "Invalid 'To' Phone Number: …"),
            ),
            (
                "wrong password",
                401,
                r#"{"code":20003,"message":"Authenticate","status":401}"#,
                refused(Trouble::Credentials, "20003", "Authenticate"),
            ),
            (
                "a key without the permission",
                403,
                r#"{"code":70051,"message":"No permission","status":403}"#,
                refused(Trouble::Credentials, "70051", "No permission"),
            ),
            (
                "a trial account, though 403",
                403,
                r#"{"code":21608,"message":"Unverified"}"#,
                refused(Trouble::TrialAccount, "21608", "Unverified"),
            ),
            (
                "a no that is cut",
                400,
                r#"{"code":21211,"mess"#,
                Answer::NoAnswer(Unreadable),
            ),
            (
                "a no that is a page",
                403,
                "<h1>Blocked</h1>",
                Answer::NoAnswer(Portal),
            ),
            ("a no without words", 404, "", Answer::NoAnswer(Unreadable)),
            (
                "someone else's JSON",
                400,
                r#"{"error":"no"}"#,
                Answer::NoAnswer(Unreadable),
            ),
            (
                "a sign-in page",
                200,
                "\n <!DOCTYPE html><title>Wi-Fi</title>",
                Answer::NoAnswer(Portal),
            ),
            (
                "a 200 that is Twilio's list",
                200,
                r#"{"sid":"SM1"}"#,
                Answer::NoAnswer(Unreadable),
            ),
            ("a redirect", 302, "", Answer::NoAnswer(Portal)),
            ("a permanent redirect", 308, "", Answer::NoAnswer(Portal)),
            (
                "broken",
                500,
                r#"{"code":20500,"message":"Oops"}"#,
                Answer::NoAnswer(Broken(500)),
            ),
            (
                "down",
                503,
                "<html>down</html>",
                Answer::NoAnswer(Broken(503)),
            ),
        ];
        for (name, status, body, answer) in cases {
            assert_eq!(to_send(&reply(status, body)), answer, "{name}");
        }
    }

    #[test]
    fn too_many_requests_is_later_and_never_no() {
        let cases = [
            (
                "429 with JSON",
                429,
                r#"{"code":20429,"message":"Too Many Requests"}"#,
                "Too Many Requests",
            ),
            ("429 with nothing", 429, "", ""),
            ("429 with a page", 429, "<html>", ""),
            (
                "20429 under another status",
                400,
                r#"{"code":20429,"message":"Slow"}"#,
                "Slow",
            ),
        ];
        for (name, status, body, said) in cases {
            let mut reply = reply(status, body);
            reply.retry_after = Some(Duration::from_secs(7));
            let later = Answer::Later {
                after: Some(Duration::from_secs(7)),
                said: said.to_owned(),
            };
            assert_eq!(to_send(&reply), later, "{name}");
        }
    }

    #[test]
    fn how_a_text_is_doing() {
        let undelivered = |trouble, code: Option<&str>| {
            Some(Report::Undelivered {
                trouble,
                code: code.map(str::to_owned),
            })
        };
        let cases = [
            (
                200,
                r#"{"status":"queued","error_code":null}"#,
                Some(Report::OnItsWay),
            ),
            (200, r#"{"status":"accepted"}"#, Some(Report::OnItsWay)),
            (200, r#"{"status":"scheduled"}"#, Some(Report::OnItsWay)),
            (200, r#"{"status":"sending"}"#, Some(Report::OnItsWay)),
            (200, r#"{"status":"sent"}"#, Some(Report::OnItsWay)),
            (200, r#"{"status":"delivered"}"#, Some(Report::Delivered)),
            (200, r#"{"status":"read"}"#, Some(Report::Delivered)),
            (
                200,
                r#"{"status":"undelivered","error_code":30034}"#,
                undelivered(Trouble::Sender, Some("30034")),
            ),
            (
                200,
                r#"{"status":"failed","error_code":30007}"#,
                undelivered(Trouble::Filtered, Some("30007")),
            ),
            (
                200,
                r#"{"status":"canceled","error_code":null}"#,
                undelivered(Trouble::Unknown, None),
            ),
            (200, r#"{"status":"received"}"#, None),
            (200, r#"{"status":null}"#, None),
            (200, "<html>", None),
            (404, r#"{"code":20404,"message":"Not found"}"#, None),
            (500, r#"{"status":"delivered"}"#, None),
        ];
        for (status, body, report) in cases {
            assert_eq!(to_status(&reply(status, body)), report, "{status} {body}");
        }
    }

    #[test]
    fn what_a_check_shows() {
        let refuses = |trouble, code: &str| {
            Check::Refuses(Refusal {
                trouble,
                code: Some(code.to_owned()),
                said: "x".to_owned(),
            })
        };
        let away = |why| Check::Away(Away::NoAnswer(why));
        let cases = [
            (
                "an empty list",
                200,
                r#"{"messages":[],"next_page_uri":null}"#,
                Check::Ready,
            ),
            (
                "a list",
                200,
                r#"{"messages":[{"sid":"SM1"}]}"#,
                Check::Ready,
            ),
            ("busy", 429, r#"{"code":20429,"message":"x"}"#, Check::Ready),
            ("busy, but who?", 429, "", away(NoAnswer::Broken(429))),
            (
                "credentials",
                401,
                r#"{"code":20003,"message":"x"}"#,
                refuses(Trouble::Credentials, "20003"),
            ),
            (
                "no such account",
                404,
                r#"{"code":20404,"message":"x"}"#,
                refuses(Trouble::Credentials, "20404"),
            ),
            (
                "permission",
                403,
                r#"{"code":20403,"message":"x"}"#,
                refuses(Trouble::Credentials, "20403"),
            ),
            ("a sign-in page", 200, "<html>", away(NoAnswer::Portal)),
            ("a redirect", 302, "", away(NoAnswer::Portal)),
            (
                "other JSON",
                200,
                r#"{"ok":true}"#,
                away(NoAnswer::Unreadable),
            ),
            ("broken", 502, "", away(NoAnswer::Broken(502))),
        ];
        for (name, status, body, check) in cases {
            assert_eq!(to_check(&reply(status, body)), check, "{name}");
        }
    }
}
