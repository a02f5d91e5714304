//! Which of the texts that Twilio lists may be the lost one.

use std::time::Duration;

use uuid::Uuid;

use url::Url;

use super::pages::follow;
use super::*;
use crate::gateways::Outgoing;

const OURS: &str = "+12025550106";

fn at(time: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(time).unwrap().to_utc()
}

fn lost() -> LostTry {
    LostTry {
        text: Outgoing {
            id: Uuid::nil(),
            to: Mobile::from_e164("+447700900123").unwrap(),
            body: "Hello Ada, it’s Clean Air Now… reply YES".to_owned(),
            valid_for: Duration::from_secs(60),
        },
        at: at("2026-06-01T12:00:00Z"),
        now: at("2026-06-01T12:10:00Z"),
        witness: None,
    }
}

fn listed(sid: &str, created: &str) -> Listed {
    Listed {
        sid: sid.to_owned(),
        to: Some("+447700900123".to_owned()),
        from: Some(OURS.to_owned()),
        messaging_service_sid: None,
        direction: Some("outbound-api".to_owned()),
        body: Some(lost().text.body),
        date_created: Some(created.to_owned()),
    }
}

fn found(sender: &Sender, messages: Vec<Listed>, date: Option<&str>) -> Vec<String> {
    let date = date.map(at);
    candidates(sender, &lost(), List { messages, date }).ids
}

#[test]
fn only_a_text_that_may_be_the_lost_one_is_a_candidate() {
    type Change = fn(&mut Listed);
    let cases: [(&str, Change, bool); 16] = [
        ("just like ours", |_| {}, true),
        (
            "from another number",
            |m| m.from = Some("+12025550101".to_owned()),
            false,
        ),
        ("sender not told", |m| m.from = None, true),
        (
            "to someone else",
            |m| m.to = Some("+447700900124".to_owned()),
            false,
        ),
        (
            "their reply",
            |m| m.direction = Some("inbound".to_owned()),
            false,
        ),
        (
            "the provider's goodbye",
            |m| m.direction = Some("outbound-reply".to_owned()),
            false,
        ),
        (
            "other words",
            |m| m.body = Some("Hello Ada, thank you".to_owned()),
            false,
        ),
        (
            "our words and more",
            |m| m.body = m.body.take().map(|b| b + " twice"),
            false,
        ),
        (
            "a trial account's line before it",
            |m| m.body = m.body.take().map(|b| TRIAL.to_owned() + &b),
            true,
        ),
        (
            "curly quotes made plain",
            |m| m.body = Some("Hello Ada, it's Clean Air Now... reply YES ".to_owned()),
            true,
        ),
        ("no bodies kept", |m| m.body = Some(String::new()), true),
        (
            "taken in the same second",
            |m| m.date_created = Some("Mon, 01 Jun 2026 12:00:00 +0000".to_owned()),
            true,
        ),
        (
            "within the slack",
            |m| m.date_created = Some("Mon, 01 Jun 2026 11:58:01 +0000".to_owned()),
            true,
        ),
        (
            "before the try",
            |m| m.date_created = Some("Mon, 01 Jun 2026 11:57:59 +0000".to_owned()),
            false,
        ),
        (
            "another zone",
            |m| m.date_created = Some("Mon, 01 Jun 2026 14:00:00 +0200".to_owned()),
            true,
        ),
        (
            "no readable date",
            |m| m.date_created = Some("yesterday".to_owned()),
            true,
        ),
    ];
    for (name, change, is_candidate) in cases {
        let mut message = listed("SM1", "Mon, 01 Jun 2026 12:00:05 +0000");
        change(&mut message);
        let found = found(
            &Sender::From(OURS.to_owned()),
            vec![message],
            Some("2026-06-01T12:10:00Z"),
        );
        assert_eq!(!found.is_empty(), is_candidate, "{name}");
    }
}

#[test]
fn a_service_is_known_by_its_id_while_the_number_is_not_chosen() {
    let service = Sender::Service("MG00000000000000000000000000000001".to_owned());
    let mut message = listed("SM1", "Mon, 01 Jun 2026 12:00:05 +0000");
    message.from = None;
    message.messaging_service_sid = Some("MG00000000000000000000000000000001".to_owned());
    assert_eq!(found(&service, vec![message], None), ["SM1"]);

    let mut other = listed("SM2", "Mon, 01 Jun 2026 12:00:05 +0000");
    other.messaging_service_sid = Some("MG00000000000000000000000000000002".to_owned());
    assert!(found(&service, vec![other], None).is_empty());
}

#[test]
fn times_are_compared_by_the_providers_clock() {
    let cases = [
        (
            "laptop three hours behind: an old text",
            "2026-06-01T15:10:00Z",
            "Mon, 01 Jun 2026 12:00:05 +0000",
            false,
        ),
        (
            "laptop three hours behind: ours",
            "2026-06-01T15:10:00Z",
            "Mon, 01 Jun 2026 15:00:02 +0000",
            true,
        ),
        (
            "laptop three hours ahead: ours",
            "2026-06-01T09:10:00Z",
            "Mon, 01 Jun 2026 09:00:02 +0000",
            true,
        ),
    ];
    for (name, date, created, is_candidate) in cases {
        let found = found(
            &Sender::From(OURS.to_owned()),
            vec![listed("SM1", created)],
            Some(date),
        );
        assert_eq!(!found.is_empty(), is_candidate, "{name}");
    }
}

#[test]
fn without_a_clock_to_compare_with_no_text_is_left_out() {
    let old = || vec![listed("SM1", "Fri, 01 May 2026 12:00:05 +0000")];
    let ours = Sender::From(OURS.to_owned());
    assert_eq!(found(&ours, old(), None), ["SM1"]);

    let mut set_back = lost();
    set_back.now = at("2026-06-01T11:00:00Z");
    let date = Some(at("2026-06-01T11:00:00Z"));
    let list = List {
        messages: old(),
        date,
    };
    assert_eq!(candidates(&ours, &set_back, list).ids, ["SM1"]);
}

#[test]
fn candidates_come_oldest_first() {
    let messages = vec![
        listed("SM4", "Mon, 01 Jun 2026 12:03:00 +0000"),
        listed("SM3", "Mon, 01 Jun 2026 12:00:05 +0000"),
        listed("SM2", "Mon, 01 Jun 2026 12:00:05 +0000"),
        listed("SM1", "Mon, 01 Jun 2026 12:00:01 +0000"),
    ];
    let ours = Sender::From(OURS.to_owned());
    assert_eq!(
        found(&ours, messages, Some("2026-06-01T12:10:00Z")),
        ["SM1", "SM2", "SM3", "SM4"]
    );
}

#[test]
fn the_next_page_is_on_the_same_server() {
    let from = Url::parse("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json").unwrap();
    let next = "/2010-04-01/Accounts/AC1/Messages.json?To=%2B447700900123&PageSize=100&Page=1&PageToken=PASM1";
    assert_eq!(
        follow(&from, next).unwrap().as_str(),
        format!("https://api.twilio.com{next}")
    );
    for hostile in [
        "https://evil.example/2010-04-01/Accounts/AC1/Messages.json?Page=1",
        "//evil.example/Messages.json",
        "http://api.twilio.com/Messages.json",
        "https://api.twilio.com:444/Messages.json",
        "https://sam:x@api.twilio.com/Messages.json",
        "\\\\evil.example\\Messages.json",
        "file:///etc/passwd",
    ] {
        assert_eq!(follow(&from, hostile), None, "{hostile}");
    }
}
