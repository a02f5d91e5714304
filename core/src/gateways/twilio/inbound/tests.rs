//! Texts from phones in Twilio's list, on the wire.

use std::sync::Arc;

use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::clock::ManualClock;
use crate::gateways::http::Patience;
use crate::gateways::http::scripted::{Asked, Say, Scripted, breaks_off, says};
use crate::gateways::{Away, Gateway, NoAnswer, TwilioSettings, Unreachable};
use crate::texts::life::Trouble;

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const SERVICE: &str = "MG00000000000000000000000000000001";
const OURS: &str = "+12025550106";

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

fn since() -> DateTime<Utc> {
    at("2026-06-01T12:00:00Z")
}

fn from(address: &Url, sender: &str, say: &Say) -> Twilio {
    let settings = TwilioSettings {
        account_sid: ACCOUNT.to_owned(),
        api_key: None,
        auth_token: SecretString::from("the-token"),
        sender: sender.to_owned(),
        api_address: address.clone(),
    };
    let patience = match say {
        // Lists are waited for longer.
        Say::Hang => Patience {
            answer: std::time::Duration::from_millis(100),
            ..Patience::USUAL
        },
        _ => Patience::USUAL,
    };
    let clock = ManualClock::at(at("2026-06-01T13:00:00Z"));
    Twilio::with_patience(settings, patience, Arc::new(clock)).unwrap()
}

async fn fetch(server: &Scripted) -> Fetched {
    from(&server.url, OURS, &Say::Drop).inbound(since()).await
}

async fn texts(server: &Scripted) -> Vec<Inbound> {
    match fetch(server).await {
        Fetched::All(texts) => texts,
        other => panic!("{other:?}"),
    }
}

fn ids(texts: &[Inbound]) -> Vec<&str> {
    texts.iter().map(|text| text.provider_id.as_str()).collect()
}

/// A text of 12:00 and so many seconds.
fn listed(sid: &str, second: u32) -> Value {
    json!({
        "sid": sid, "from": "+447700900123", "to": OURS, "direction": "inbound", "status": "received",
        "messaging_service_sid": null, "body": "STOP",
        "date_sent": format!("Mon, 01 Jun 2026 12:00:{second:02} +0000"),
        "date_created": format!("Mon, 01 Jun 2026 12:00:{second:02} +0000"),
    })
}

fn with(mut message: Value, field: &str, value: Value) -> Value {
    message[field] = value;
    message
}

fn page(messages: &[Value], next: Option<&str>) -> Say {
    let body = json!({ "messages": messages, "next_page_uri": next }).to_string();
    raw(&body)
}

fn raw(body: &str) -> Say {
    let headers = "content-type: application/json\r\ndate: Mon, 01 Jun 2026 12:30:00 GMT\r\n";
    says("200 OK", headers, body)
}

fn line(asked: &Asked) -> &str {
    asked.head.lines().next().unwrap()
}

fn next() -> String {
    format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1&PageToken=PASM1")
}

#[tokio::test]
async fn all_pages_make_one_list_oldest_first() {
    let server = Scripted::start([
        page(&[listed("SM4", 9), listed("SM3", 5)], Some(&next())),
        page(&[listed("SM2", 5), listed("SM1", 7)], None),
    ])
    .await;
    let texts = texts(&server).await;
    assert_eq!(ids(&texts), ["SM2", "SM3", "SM1", "SM4"]);
    assert_eq!(
        texts[0],
        Inbound {
            provider_id: "SM2".to_owned(),
            from: "+447700900123".to_owned(),
            to: OURS.to_owned(),
            body: "STOP".to_owned(),
            at: at("2026-06-01T12:00:05Z"),
        }
    );
    let journal = server.journal();
    assert_eq!(
        line(&journal[0]),
        format!(
            "GET /2010-04-01/Accounts/{ACCOUNT}/Messages.json?To=%2B12025550106&DateSent%3E=2026-05-31&PageSize=1000 HTTP/1.1"
        )
    );
    assert_eq!(line(&journal[1]), format!("GET {} HTTP/1.1", next()));
    assert!(journal[1].head.contains("authorization: Basic "));
}

#[tokio::test]
async fn a_text_that_is_listed_twice_is_given_once() {
    let server = Scripted::start([
        page(&[listed("SM2", 2), listed("SM1", 1)], Some(&next())),
        page(&[listed("SM1", 1), listed("SM1", 1)], None),
    ])
    .await;
    assert_eq!(ids(&texts(&server).await), ["SM1", "SM2"]);
}

#[tokio::test]
async fn nothing_is_given_unless_every_page_came() {
    let no_answer = |why| Fetched::Away(Away::NoAnswer(why));
    let refused = |trouble, code: &str, said: &str| {
        Fetched::Refused(crate::gateways::Refusal {
            trouble,
            code: Some(code.to_owned()),
            said: said.to_owned(),
        })
    };
    let html = "content-type: text/html\r\n";
    let cases = [
        ("dropped", Say::Drop, no_answer(NoAnswer::Dropped)),
        ("late", Say::Hang, no_answer(NoAnswer::TimedOut)),
        (
            "broken",
            says("500 Oops", "", "{}"),
            no_answer(NoAnswer::Broken(500)),
        ),
        (
            "cut",
            breaks_off("200 OK", r#"{"messages":[],"#),
            no_answer(NoAnswer::Dropped),
        ),
        (
            "cut where it is JSON all the same",
            breaks_off("200 OK", r#"{"messages":[],"next_page_uri":null}"#),
            no_answer(NoAnswer::Dropped),
        ),
        (
            "a sign-in page",
            says("200 OK", html, "<html>"),
            no_answer(NoAnswer::Portal),
        ),
        (
            "a redirect",
            says("302 Found", "", ""),
            no_answer(NoAnswer::Portal),
        ),
        ("not a list", raw("{}"), no_answer(NoAnswer::Unreadable)),
        (
            "a next page that cannot be read",
            raw(r#"{"messages":[],"next_page_uri":7}"#),
            no_answer(NoAnswer::Unreadable),
        ),
        (
            "a giant page",
            raw(&"x".repeat(INBOUND_LIMIT + 1)),
            no_answer(NoAnswer::Unreadable),
        ),
        (
            "busy",
            says("429 Slow", "", r#"{"code":20429,"message":"x"}"#),
            no_answer(NoAnswer::Broken(429)),
        ),
        (
            "no longer let in",
            says("401 No", "", r#"{"code":20003,"message":"Authenticate"}"#),
            refused(Trouble::Credentials, "20003", "Authenticate"),
        ),
    ];
    for (scenario, say, fetched) in cases {
        for whole_pages in [0, 1, 2] {
            let second = format!("{}2", next());
            let pages = [
                page(&[listed("SM2", 2)], Some(&next())),
                page(&[listed("SM1", 1)], Some(&second)),
            ];
            let script = pages.into_iter().take(whole_pages).chain([say.clone()]);
            let server = Scripted::start(script).await;
            let twilio = from(&server.url, OURS, &say);
            let given = twilio.inbound(since()).await;
            assert_eq!(given, fetched, "{scenario} after {whole_pages} pages");
            assert_eq!(
                server.journal().len(),
                whole_pages + 1,
                "{scenario}: asked again"
            );
        }
    }
}

#[tokio::test]
async fn a_gateway_that_is_gone_gives_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    assert_eq!(
        from(&gone, OURS, &Say::Drop).inbound(since()).await,
        Fetched::Away(Away::Unreachable(Unreachable::NoConnection))
    );
}

#[tokio::test]
async fn a_list_that_leads_elsewhere_or_round_in_circles_is_left() {
    let elsewhere = Scripted::start([page(&[listed("SM9", 9)], None)]).await;
    let host = elsewhere.url.as_str();
    let beside = format!("//{}/x", elsewhere.url.authority());
    for (scenario, leads_to, most) in [
        ("another host", host, 1),
        ("another host without a scheme", &beside, 1),
        ("another scheme", "https://127.0.0.1/", 1),
        ("credentials in it", "http://sam:secret@127.0.0.1/", 1),
        ("the same page for ever", &next(), 2),
    ] {
        let script = (0..200).map(|_| page(&[listed("SM1", 1)], Some(leads_to)));
        let server = Scripted::start(script).await;
        let unreadable = Fetched::Away(Away::NoAnswer(NoAnswer::Unreadable));
        assert_eq!(fetch(&server).await, unreadable, "{scenario}");
        assert_eq!(server.journal().len(), most, "{scenario}");
    }
    let endless = (0..200).map(|number| page(&[], Some(&format!("{}{number}", next()))));
    let server = Scripted::start(endless).await;
    assert!(matches!(fetch(&server).await, Fetched::Away(_)));
    assert_eq!(server.journal().len(), MOST_PAGES, "a list without an end");
    assert!(
        elsewhere.journal().is_empty(),
        "our credentials went to another server"
    );
}

#[tokio::test]
async fn what_is_odd_about_one_text_does_not_lose_the_others() {
    let odd = |field: &str, value: Value| with(listed("SM2", 2), field, value);
    let noon = at("2026-06-01T12:00:02Z");
    let asked = at("2026-06-01T12:30:00Z");
    let long = "😀".repeat(10_000);
    let cases = [
        ("no sender", odd("from", Value::Null), ("", "STOP", noon)),
        (
            "a sender that is a number",
            odd("from", json!(7)),
            ("", "STOP", noon),
        ),
        (
            "no words",
            odd("body", Value::Null),
            ("+447700900123", "", noon),
        ),
        (
            "only half a date",
            odd("date_sent", json!("Mon, 01")),
            ("+447700900123", "STOP", noon),
        ),
        (
            "no date at all",
            with(odd("date_sent", Value::Null), "date_created", json!(12)),
            ("+447700900123", "STOP", asked),
        ),
        (
            "no direction",
            odd("direction", Value::Null),
            ("+447700900123", "STOP", noon),
        ),
        (
            "a name",
            odd("from", json!("Vodafone")),
            ("Vodafone", "STOP", noon),
        ),
        (
            "very long",
            odd("body", json!(long)),
            ("+447700900123", long.as_str(), noon),
        ),
        (
            "control characters",
            odd("body", json!("a\u{0}\r\n\u{1b}[31m\u{202e}b")),
            ("+447700900123", "a\u{0}\r\n\u{1b}[31m\u{202e}b", noon),
        ),
    ];
    for (scenario, message, (from, body, at)) in cases {
        let server =
            Scripted::start([page(&[listed("SM3", 3), message, listed("SM1", 1)], None)]).await;
        let texts = texts(&server).await;
        assert_eq!(texts.len(), 3, "{scenario}");
        let odd = texts.iter().find(|text| text.provider_id == "SM2").unwrap();
        assert_eq!(
            (odd.from.as_str(), odd.body.as_str(), odd.at),
            (from, body, at),
            "{scenario}"
        );
    }
}

#[tokio::test]
async fn half_a_character_does_not_lose_the_page() {
    let body = json!({ "messages": [listed("SM2", 2), listed("SM1", 1)], "next_page_uri": null });
    let body = body
        .to_string()
        .replacen("STOP", r"no \ud800 \ud83d\ude00", 1);
    let server = Scripted::start([raw(&body)]).await;
    let texts = texts(&server).await;
    assert_eq!(ids(&texts), ["SM1", "SM2"]);
    assert_eq!(texts[1].body, "no \u{fffd} 😀");
}

#[tokio::test]
async fn what_has_no_id_or_is_our_own_is_left_out() {
    let server = Scripted::start([page(
        &[
            with(listed("", 9), "sid", Value::Null),
            listed("", 8),
            json!("nonsense"),
            with(listed("SM7", 7), "direction", json!("outbound-api")),
            with(listed("SM6", 6), "direction", json!("outbound-reply")),
            listed("SM1", 1),
        ],
        None,
    )])
    .await;
    assert_eq!(ids(&texts(&server).await), ["SM1"]);
}

#[tokio::test]
async fn a_messaging_service_has_the_texts_to_its_own_numbers() {
    let service = |message, sid: &str| with(message, "messaging_service_sid", json!(sid));
    let outbound = with(listed("SM9", 9), "direction", json!("outbound-api"));
    let other = "+12025550107";
    let no = says("404 Not Found", "", r#"{"code": 20404, "status": 404}"#);
    let server = Scripted::start([
        no,
        page(
            &[
                service(with(outbound, "from", json!("+12025550108")), SERVICE),
                with(listed("SM6", 6), "to", json!("+12025550108")),
                service(listed("SM5", 5), "MG0000000000000000000000000000000f"),
                with(listed("SM4", 4), "to", json!(other)),
                listed("SM3", 3),
                service(listed("SM2", 2), SERVICE),
            ],
            None,
        ),
    ])
    .await;
    let Fetched::All(texts) = from(&server.url, SERVICE, &Say::Drop)
        .inbound(since())
        .await
    else {
        panic!("no list");
    };
    assert_eq!(ids(&texts), ["SM2", "SM3", "SM6"]);
    assert!(!line(&server.journal()[1]).contains("To="));
}

#[tokio::test]
async fn nobody_is_asked_for_replies_to_a_name() {
    let server = Scripted::start([]).await;
    let fetched = from(&server.url, "CleanAir", &Say::Drop)
        .inbound(since())
        .await;
    assert_eq!(fetched, Fetched::All(Vec::new()));
    assert!(server.journal().is_empty());
}
