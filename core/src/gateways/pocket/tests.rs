//! The phone on the wire, against a scripted one.

use std::time::Duration;

use uuid::Uuid;

use super::*;
use crate::clock::ManualClock;
use crate::gateways::http::scripted::{Asked, Say, Scripted, says};
use crate::gateways::{Away, NoAnswer, Unreachable};
use crate::people::Mobile;

const PASSWORD: &str = "the-password";

pub(super) fn clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::at("2026-06-01T12:00:00Z".parse().unwrap()))
}

pub(super) fn settings(phone_address: &Url) -> PocketSettings {
    PocketSettings {
        phone_address: phone_address.clone(),
        user_name: "sms".to_owned(),
        password: SecretString::from(PASSWORD),
        number: Some("+447700900999".to_owned()),
    }
}

/// Waits for an answer only as long as the script is worth it.
pub(super) fn patient_for(say: &Say, server: &Scripted) -> Pocket {
    let patience = match say {
        Say::Hang => Patience {
            answer: Duration::from_millis(100),
            ..Patience::USUAL
        },
        _ => Patience::USUAL,
    };
    Pocket::with_patience(settings(&server.url), patience, clock()).unwrap()
}

fn pocket(server: &Scripted) -> Pocket {
    Pocket::new(settings(&server.url), clock()).unwrap()
}

fn text() -> Outgoing {
    Outgoing {
        id: Uuid::from_u128(7),
        to: Mobile::from_e164("+447700900123").unwrap(),
        body: "Hello Ada & co: reply \"YES\" 😀".to_owned(),
        valid_for: Duration::from_secs(3_600),
    }
}

fn taken() -> Answer {
    Answer::Taken {
        provider_id: Some(text().id.to_string()),
    }
}

fn line(asked: &Asked) -> &str {
    asked.head.lines().next().unwrap()
}

fn handed_in(asked: &Asked) -> serde_json::Value {
    serde_json::from_str(&asked.body).unwrap()
}

fn accepted() -> Say {
    says("202 Accepted", "", r#"{"id":"x","state":"Pending"}"#)
}

fn no_such_path() -> Say {
    says("404 Not Found", "", "")
}

#[tokio::test]
async fn a_text_is_one_signed_request_with_our_id() {
    let server = Scripted::start([accepted()]).await;
    assert_eq!(pocket(&server).send(&text()).await, taken());
    let journal = server.journal();
    assert_eq!(journal.len(), 1);
    assert_eq!(
        line(&journal[0]),
        "POST /messages?skipPhoneValidation=true HTTP/1.1"
    );
    let ours = data_encoding::BASE64.encode(format!("sms:{PASSWORD}").as_bytes());
    assert!(
        journal[0]
            .head
            .contains(&format!("authorization: Basic {ours}"))
    );
    assert_eq!(
        handed_in(&journal[0]),
        json!({
            "id": "00000000-0000-0000-0000-000000000007",
            "textMessage": { "text": text().body },
            "phoneNumbers": ["+447700900123"],
            "withDeliveryReport": true,
            "ttl": 3_600,
        })
    );
}

#[tokio::test]
async fn an_older_app_gets_it_at_its_own_path_and_is_remembered() {
    let server = Scripted::start([
        no_such_path(),
        accepted(),
        accepted(),
        says("200 OK", "", r#"{"state":"Delivered"}"#),
    ])
    .await;
    let pocket = pocket(&server);
    assert_eq!(pocket.send(&text()).await, taken());
    assert_eq!(pocket.send(&text()).await, taken());
    assert_eq!(pocket.status("7").await, Some(Report::Delivered));
    let journal = server.journal();
    let lines: Vec<&str> = journal.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "POST /messages?skipPhoneValidation=true HTTP/1.1",
            "POST /message?skipPhoneValidation=true HTTP/1.1",
            "POST /message?skipPhoneValidation=true HTTP/1.1",
            "GET /message/7 HTTP/1.1",
        ]
    );
    let body = handed_in(&journal[1]);
    assert_eq!(body["message"], text().body);
    assert!(body.get("textMessage").is_none());
}

#[tokio::test]
async fn an_app_that_was_updated_is_found_at_the_newer_path() {
    let server = Scripted::start([no_such_path(), accepted(), no_such_path(), accepted()]).await;
    let pocket = pocket(&server);
    assert_eq!(pocket.send(&text()).await, taken());
    assert_eq!(pocket.send(&text()).await, taken());
    assert_eq!(pocket.messages(), Messages::Newer);
    assert!(line(&server.journal()[3]).starts_with("POST /messages?"));
}

#[tokio::test]
async fn every_way_a_send_can_end() {
    use NoAnswer::{Broken, Dropped, Portal, TimedOut};
    let cases = [
        ("taken before", says("409 Conflict", "", "{}"), taken(), 1),
        ("accept and drop", Say::Drop, Answer::NoAnswer(Dropped), 1),
        ("asleep", Say::Hang, Answer::NoAnswer(TimedOut), 1),
        (
            "broken",
            says("500 Oops", "", ""),
            Answer::NoAnswer(Broken(500)),
            1,
        ),
        (
            "a portal's page",
            says("200 OK", "content-type: text/html\r\n", "Sign in"),
            Answer::NoAnswer(Portal),
            1,
        ),
        (
            "a router's page",
            says("404 Not Found", "content-type: text/html\r\n", "<html>"),
            Answer::NoAnswer(Portal),
            1,
        ),
        (
            "another password",
            says("401 Unauthorized", "", ""),
            Answer::Refused(Refusal {
                trouble: Trouble::Credentials,
                code: Some("401".to_owned()),
                said: String::new(),
            }),
            1,
        ),
    ];
    for (scenario, say, answer, asked) in cases {
        let server = Scripted::start([say.clone()]).await;
        let pocket = patient_for(&say, &server);
        assert_eq!(pocket.send(&text()).await, answer, "{scenario}");
        assert_eq!(server.journal().len(), asked, "{scenario}: asked again");
    }
}

#[tokio::test]
async fn a_phone_that_is_gone_has_never_had_the_text() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let pocket = Pocket::new(settings(&gone), clock()).unwrap();
    let no_connection = Unreachable::NoConnection;
    assert_eq!(pocket.send(&text()).await, Answer::NeverLeft(no_connection));
    assert_eq!(
        pocket.check().await,
        Check::Away(Away::Unreachable(no_connection))
    );
    assert_eq!(pocket.status("7").await, None);
}

#[tokio::test]
async fn a_check_reads_one_text_and_sends_none() {
    let server = Scripted::start([says(
        "200 OK",
        "date: Mon, 01 Jun 2026 12:00:40 GMT\r\n",
        "[]",
    )])
    .await;
    let pocket = pocket(&server);
    assert_eq!(pocket.clock_offset(), None);
    assert_eq!(pocket.check().await, Check::Ready);
    assert_eq!(pocket.clock_offset(), Some(TimeDelta::seconds(40)));
    assert_eq!(line(&server.journal()[0]), "GET /messages?limit=1 HTTP/1.1");

    let door = says("200 OK", "", r#"{"status":"ok","model":"Pixel"}"#);
    let server = Scripted::start([no_such_path(), door]).await;
    assert_eq!(self::pocket(&server).check().await, Check::Ready);
    assert_eq!(line(&server.journal()[1]), "GET / HTTP/1.1");
}

#[tokio::test]
async fn a_text_that_the_phone_does_not_know_has_no_state() {
    let server = Scripted::start([no_such_path(), no_such_path()]).await;
    assert_eq!(pocket(&server).status("a/../b").await, None);
    let journal = server.journal();
    assert_eq!(line(&journal[0]), "GET /messages/a%2F..%2Fb HTTP/1.1");
    assert_eq!(line(&journal[1]), "GET /message/a%2F..%2Fb HTTP/1.1");
}

#[test]
fn a_server_between_us_and_the_phone_keeps_its_path() {
    let address = Url::parse("https://server.example/3rdparty/v1").unwrap();
    let pocket = Pocket::new(settings(&address), clock()).unwrap();
    assert_eq!(
        pocket.at(&["messages", "7"]).as_str(),
        "https://server.example/3rdparty/v1/messages/7"
    );
    let plain = Url::parse("http://server.example").unwrap();
    assert_eq!(
        Pocket::new(settings(&plain), clock()).err(),
        Some(CannotStart::Address(AddressProblem::NotSafe))
    );
}

#[test]
fn nothing_secret_is_ever_printed() {
    let settings = settings(&Url::parse("http://127.0.0.1:8080").unwrap());
    let pocket = Pocket::new(settings.clone(), clock()).unwrap();
    let printed = format!("{settings:?} {pocket:?}");
    for secret in [PASSWORD, "sms", "7700"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
