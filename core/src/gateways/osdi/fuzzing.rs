//! For fuzzing alone: what a server that people are pushed to might answer.

use std::time::Duration;

use url::Url;

use super::{SignedUp, Stopped, answers};
use crate::fuzzing::{Came, after, is_said, names_no_number};
use crate::gateways::NoAnswer;
use crate::gateways::http::Reply;

/// What a reason begins with that is the server's own words, which end as the server ends them.
const QUOTES: &str = "The server says: ";

/// An answer: its status on the first line, which says "cut" too where the rest did not come whole.
pub fn osdi(bytes: &[u8]) -> Came {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (first, body) = bytes.split_at(end.unwrap_or(bytes.len()));
    let first = String::from_utf8_lossy(first);
    let mut words = first.split_whitespace();
    let status = words.next().and_then(|status| status.parse().ok());
    let reply = Reply {
        status: status
            .filter(|status| (100..1_000).contains(status))
            .unwrap_or(200),
        date: None,
        retry_after: words
            .next_back()
            .and_then(|word| word.parse().ok())
            .map(Duration::from_secs),
        total: None,
        called_html: false,
        body: body.get(1..).unwrap_or_default().to_vec(),
        cut: first.contains("cut").then_some(NoAnswer::Dropped),
    };
    let Ok(at) = Url::parse("https://osdi.example/api/v2") else {
        return Came::Refused;
    };
    let door = answers::to_door(&reply, &at);
    if let Ok(door) = &door {
        // The token goes to no other server.
        let leads_to = [Some(&door.signup), door.people.as_ref()];
        for link in leads_to.into_iter().flatten() {
            assert_eq!(link.origin(), at.origin(), "{link}");
        }
        is_quoted(&door.called);
    }
    let token = answers::to_token(&reply);
    let signup = answers::to_signup(&reply);
    match &signup {
        SignedUp::Refused(why) => match after(why, QUOTES) {
            Some(words) => {
                assert!(!words.trim().is_empty());
                is_quoted(words);
            }
            None => is_said(why, &reply.body),
        },
        SignedUp::Stopped(why) | SignedUp::Faulty(why, _) => stopped(why, &reply.body),
        SignedUp::Taken | SignedUp::Later(_) => {}
    }
    for why in [door.as_ref().err(), token.as_ref().err()]
        .into_iter()
        .flatten()
    {
        stopped(why, &reply.body);
    }
    match (door, signup) {
        (Ok(_), _) | (_, SignedUp::Taken) => Came::Read,
        _ => Came::Refused,
    }
}

fn stopped(why: &Stopped, body: &[u8]) {
    is_said(&why.0, body);
}

/// A server's own words are short, stand on one line and name no number.
fn is_quoted(words: &str) {
    assert!(words.chars().count() <= 300, "{words:?}");
    assert!(!words.contains(char::is_control), "{words:?}");
    names_no_number(words);
}
