//! What Kannel's answers mean. It calls every answer a web page, so only its words tell one from a
//! sign-in page. The words are those of Kannel 1.4.5.

use crate::gateways::http::{Reply, quote};
use crate::gateways::{Answer, Away, Check, NoAnswer, Refusal};
use crate::texts::life::Trouble;

/// Kannel's word for a full queue. It has not taken the text then.
const FULL: &str = "Temporal failure, try again later.";
/// Something answers as Kannel does, but this is not its `sendsms`.
const WRONG_PATH: &str = "Unknown request.";

/// Kannel's own no.
fn refusal(reply: &Reply) -> Option<Refusal> {
    let said = reply.text();
    if reply.cut.is_some() || reply.is_page() || said.is_empty() {
        return None;
    }
    let has = |word: &str| said.to_ascii_lowercase().contains(word);
    let trouble = match reply.status {
        400 if has("receiver") => Trouble::Number,
        400 if has("sender") => Trouble::Sender,
        // Its lists of numbers that it texts, and never texts.
        400 if has("denied") => Trouble::NoRoute,
        400 => Trouble::Other,
        403 if has("authorization") || has("authorisation") || has("authentication") => {
            Trouble::Credentials
        }
        403 if has("routable") => Trouble::NoRoute,
        _ => return None,
    };
    Some(Refusal {
        trouble,
        code: None,
        said: quote(&said),
    })
}

pub(super) fn to_send(reply: &Reply) -> Answer {
    if reply.status == 202 && !reply.is_page() {
        return Answer::Taken { provider_id: None };
    }
    if reply.status == 429 || (reply.status == 503 && reply.text() == FULL) {
        return Answer::Later {
            after: reply.retry_after,
            said: if reply.is_page() {
                String::new()
            } else {
                quote(&reply.text())
            },
        };
    }
    match refusal(reply) {
        Some(refusal) => Answer::Refused(refusal),
        None => Answer::NoAnswer(reply.no_answer()),
    }
}

pub(super) fn to_check(reply: &Reply) -> Check {
    match refusal(reply) {
        Some(no) if reply.status == 400 && no.trouble == Trouble::Number => Check::Ready,
        Some(no) => Check::Refuses(no),
        None if reply.status == 404 && reply.text() == WRONG_PATH => Check::Refuses(Refusal {
            trouble: Trouble::Other,
            code: None,
            said: WRONG_PATH.to_owned(),
        }),
        None if reply.status == 429 => Check::Away(Away::NoAnswer(NoAnswer::Broken(429))),
        None => Check::Away(Away::NoAnswer(reply.no_answer())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateways::http::scripted::reply;

    fn no(trouble: Trouble, said: &str) -> Refusal {
        Refusal {
            trouble,
            code: None,
            said: said.to_owned(),
        }
    }

    #[test]
    fn what_an_answer_to_a_text_means() {
        use NoAnswer::{Broken, Portal, Unreadable};
        let taken = || Answer::Taken { provider_id: None };
        let refused = |trouble, said| Answer::Refused(no(trouble, said));
        let cases = [
            (202, "0: Accepted for delivery", taken()),
            (202, "3: Queued for later delivery", taken()),
            (202, "0: Acc", taken()),
            (202, "<html>Welcome</html>", Answer::NoAnswer(Portal)),
            (
                400,
                "Empty receiver number not allowed, rejected",
                refused(
                    Trouble::Number,
                    "Empty receiver number not allowed, rejected",
                ),
            ),
            (
                400,
                "Number(s) has/have been denied by white- and/or black-lists.",
                refused(
                    Trouble::NoRoute,
                    "Number(s) has/have been denied by white- and/or black-lists.",
                ),
            ),
            (
                400,
                "Sender missing and no global set, rejected",
                refused(
                    Trouble::Sender,
                    "Sender missing and no global set, rejected",
                ),
            ),
            (
                400,
                "Charset or body misformed, rejected",
                refused(Trouble::Other, "Charset or body misformed, rejected"),
            ),
            (
                403,
                "Authorization failed for sendsms",
                refused(Trouble::Credentials, "Authorization failed for sendsms"),
            ),
            (
                403,
                "Not routable. Do not try again.",
                refused(Trouble::NoRoute, "Not routable. Do not try again."),
            ),
            (
                503,
                FULL,
                Answer::Later {
                    after: None,
                    said: FULL.to_owned(),
                },
            ),
            (503, "", Answer::NoAnswer(Broken(503))),
            (503, "<html>down</html>", Answer::NoAnswer(Broken(503))),
            (
                500,
                "0: Accepted for delivery",
                Answer::NoAnswer(Broken(500)),
            ),
            (200, "<html>Sign in</html>", Answer::NoAnswer(Portal)),
            (200, "OK", Answer::NoAnswer(Unreadable)),
            (302, "", Answer::NoAnswer(Portal)),
            (400, "", Answer::NoAnswer(Unreadable)),
            (400, "<h1>Bad request</h1>", Answer::NoAnswer(Portal)),
            (
                403,
                "Forbidden by the network",
                Answer::NoAnswer(Unreadable),
            ),
            (404, WRONG_PATH, Answer::NoAnswer(Unreadable)),
        ];
        for (status, body, answer) in cases {
            assert_eq!(to_send(&reply(status, body)), answer, "{status} {body}");
        }
    }

    #[test]
    fn a_no_that_breaks_off_is_not_believed() {
        let mut cut = reply(403, "Authorization fai");
        cut.cut = Some(NoAnswer::Dropped);
        assert_eq!(to_send(&cut), Answer::NoAnswer(NoAnswer::Dropped));
    }

    #[test]
    fn what_a_check_shows() {
        let away = |why| Check::Away(Away::NoAnswer(why));
        let cases = [
            (400, "Missing receiver number, rejected", Check::Ready),
            (
                403,
                "Authorization failed for sendsms",
                Check::Refuses(no(Trouble::Credentials, "Authorization failed for sendsms")),
            ),
            (
                404,
                WRONG_PATH,
                Check::Refuses(no(Trouble::Other, WRONG_PATH)),
            ),
            (200, "<html>Sign in</html>", away(NoAnswer::Portal)),
            (302, "", away(NoAnswer::Portal)),
            (202, "0: Accepted for delivery", away(NoAnswer::Unreadable)),
            (502, "", away(NoAnswer::Broken(502))),
        ];
        for (status, body, check) in cases {
            assert_eq!(to_check(&reply(status, body)), check, "{status} {body}");
        }
    }
}
