//! The phone's inbox, on the wire.

use serde_json::json;

use super::*;
use crate::gateways::Gateway;
use crate::gateways::http::scripted::{Say, Scripted, breaks_off, says};
use crate::gateways::pocket::tests::patient_for;

fn since() -> DateTime<Utc> {
    "2026-06-01T10:00:00.75Z".parse().unwrap()
}

/// A text of 12:00 and so many seconds, in a phone that is at home in India.
fn listed(id: &str, second: u32) -> Value {
    json!({
        "id": id, "type": "SMS", "sender": "+447700900123", "recipient": "+447700900999",
        "simNumber": 1, "contentPreview": "STOP", "attachments": [],
        "createdAt": format!("2026-06-01T17:30:{second:02}.000+05:30"),
    })
}

fn with(mut text: Value, field: &str, value: Value) -> Value {
    text[field] = value;
    text
}

fn part(texts: &[Value], total: Option<usize>) -> Say {
    let total = total.map_or(String::new(), |total| format!("x-total-count: {total}\r\n"));
    says("200 OK", &total, &json!(texts).to_string())
}

async fn fetch(server: &Scripted) -> Fetched {
    patient_for(&Say::Drop, server).inbound(since()).await
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

fn lines(server: &Scripted) -> Vec<String> {
    let journal = server.journal();
    let line = |head: &str| head.lines().next().unwrap().to_owned();
    journal.iter().map(|asked| line(&asked.head)).collect()
}

#[tokio::test]
async fn all_parts_make_one_list_oldest_first() {
    let server = Scripted::start([
        part(&[listed("text:9", 9), listed("text:-5", 5)], Some(3)),
        part(&[listed("text:1", 1)], Some(3)),
    ])
    .await;
    let texts = texts(&server).await;
    assert_eq!(ids(&texts), ["text:1", "text:-5", "text:9"]);
    assert_eq!(
        texts[0],
        Inbound {
            provider_id: "text:1".to_owned(),
            from: "+447700900123".to_owned(),
            to: "+447700900999".to_owned(),
            body: "STOP".to_owned(),
            at: "2026-06-01T12:00:01Z".parse().unwrap(),
        }
    );
    let range = "type=SMS&from=2026-05-29T10%3A00%3A00Z&to=2026-06-03T12%3A00%3A00Z";
    assert_eq!(
        lines(&server),
        [
            format!("GET /inbox?{range}&limit=500&offset=0 HTTP/1.1"),
            format!("GET /inbox?{range}&limit=500&offset=2 HTTP/1.1"),
        ]
    );
    assert!(server.journal()[1].head.contains("authorization: Basic "));
}

#[tokio::test]
async fn what_comes_in_while_it_is_listed_is_neither_lost_nor_given_twice() {
    let server = Scripted::start([
        part(&[listed("c", 3), listed("b", 2)], Some(3)),
        part(&[listed("b", 2), listed("a", 1)], Some(4)),
    ])
    .await;
    assert_eq!(ids(&texts(&server).await), ["a", "b", "c"]);
}

#[tokio::test]
async fn without_a_count_a_short_part_is_the_last() {
    let server = Scripted::start([part(&[listed("a", 1)], None)]).await;
    assert_eq!(ids(&texts(&server).await), ["a"]);
    let full: Vec<Value> = (0..PART)
        .map(|number| listed(&number.to_string(), 1))
        .collect();
    let server = Scripted::start([part(&full, None), part(&[], None)]).await;
    assert_eq!(texts(&server).await.len(), PART);
}

#[tokio::test]
async fn nothing_is_given_unless_all_of_it_came() {
    let no_answer = |why| Fetched::Away(Away::NoAnswer(why));
    let refused = |trouble, code: &str, said: &str| {
        Fetched::Refused(Refusal {
            trouble,
            code: Some(code.to_owned()),
            said: said.to_owned(),
        })
    };
    let html = "content-type: text/html\r\n";
    let too_old = "This app is too old to tell what the phone received: update it.";
    let cases = [
        ("dropped", Say::Drop, no_answer(NoAnswer::Dropped)),
        ("asleep", Say::Hang, no_answer(NoAnswer::TimedOut)),
        (
            "broken",
            says("500 Oops", "", "{}"),
            no_answer(NoAnswer::Broken(500)),
        ),
        (
            "cut",
            breaks_off("200 OK", "[]"),
            no_answer(NoAnswer::Dropped),
        ),
        (
            "a sign-in page",
            says("200 OK", html, "<html>"),
            no_answer(NoAnswer::Portal),
        ),
        (
            "not a list",
            says("200 OK", "", "{}"),
            no_answer(NoAnswer::Unreadable),
        ),
        (
            "an end before the end",
            part(&[], Some(9)),
            no_answer(NoAnswer::Unreadable),
        ),
        (
            "another password",
            says("401 No", "", ""),
            refused(Trouble::Credentials, "401", ""),
        ),
        (
            "an older app",
            says("404 No", "", ""),
            refused(Trouble::Other, "404", too_old),
        ),
        (
            "a question that it does not like",
            says("400 No", "", r#"{"message":"Invalid from datetime"}"#),
            refused(Trouble::Other, "400", "Invalid from datetime"),
        ),
    ];
    for (scenario, say, fetched) in cases {
        for whole_parts in [0, 1] {
            let first = part(&[listed("b", 2), listed("a", 1)], Some(3));
            let script = std::iter::repeat_n(first, whole_parts).chain([say.clone()]);
            let server = Scripted::start(script).await;
            let given = patient_for(&say, &server).inbound(since()).await;
            assert_eq!(given, fetched, "{scenario} after {whole_parts} parts");
        }
    }
}

#[tokio::test]
async fn a_list_without_an_end_is_left() {
    let script = (0..200).map(|_| part(&[listed("a", 1)], Some(1_000_000)));
    let server = Scripted::start(script).await;
    assert!(matches!(fetch(&server).await, Fetched::Away(_)));
    assert_eq!(server.journal().len(), MOST_PARTS);
}

#[tokio::test]
async fn what_is_odd_about_one_text_does_not_lose_the_others() {
    let odd = |field: &str, value: Value| with(listed("b", 2), field, value);
    let noon: DateTime<Utc> = "2026-06-01T12:00:02Z".parse().unwrap();
    let now: DateTime<Utc> = "2026-06-01T12:00:00Z".parse().unwrap();
    let long = "x".repeat(10_000);
    let cases = [
        ("no sender", odd("sender", Value::Null), ("", "STOP", noon)),
        (
            "a name",
            odd("sender", json!(" Vodafone ")),
            ("Vodafone", "STOP", noon),
        ),
        (
            "no receiver",
            odd("recipient", Value::Null),
            ("+447700900123", "STOP", noon),
        ),
        (
            "no words",
            odd("contentPreview", Value::Null),
            ("+447700900123", "", noon),
        ),
        (
            "an old phone's time",
            odd("createdAt", json!("2026-06-01T17:30:02.000+5:30")),
            ("+447700900123", "STOP", now),
        ),
        (
            "no kind",
            odd("type", Value::Null),
            ("+447700900123", "STOP", noon),
        ),
        (
            "very long",
            odd("contentPreview", json!(long)),
            ("+447700900123", long.as_str(), noon),
        ),
        (
            "control characters",
            odd("contentPreview", json!("a\u{0}\u{1b}[31m")),
            ("+447700900123", "a\u{0}\u{1b}[31m", noon),
        ),
    ];
    for (scenario, text, (from, body, at)) in cases {
        let server =
            Scripted::start([part(&[listed("c", 3), text, listed("a", 1)], Some(3))]).await;
        let texts = texts(&server).await;
        assert_eq!(texts.len(), 3, "{scenario}");
        let odd = texts.iter().find(|text| text.provider_id == "b").unwrap();
        assert_eq!(
            (odd.from.as_str(), odd.body.as_str(), odd.at),
            (from, body, at),
            "{scenario}"
        );
    }
}

#[tokio::test]
async fn pictures_and_what_has_no_id_are_left_out() {
    let server = Scripted::start([part(
        &[
            with(listed("mms:1", 9), "type", json!("MMS_DOWNLOADED")),
            with(listed("data:1", 8), "type", json!("DATA_SMS")),
            listed("", 7),
            json!(7),
            listed("a", 1),
        ],
        Some(5),
    )])
    .await;
    assert_eq!(ids(&texts(&server).await), ["a"]);
}
