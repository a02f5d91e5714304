//! A messaging service's numbers, and what is asked for by them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::*;
use crate::clock::ManualClock;
use crate::gateways::http::scripted::{Say, Scripted, says};
use crate::gateways::{Fetched, Gateway, TwilioSettings};

const SERVICE: &str = "MG00000000000000000000000000000001";

fn noon() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn through(server: &Scripted) -> Twilio {
    let settings = TwilioSettings {
        account_sid: "AC1".to_owned(),
        api_key: None,
        auth_token: SecretString::from("the-token"),
        sender: SERVICE.to_owned(),
        api_address: server.url.clone(),
    };
    Twilio::new(settings, Arc::new(ManualClock::at(noon()))).unwrap()
}

fn page(body: &Value) -> Say {
    says(
        "200 OK",
        "content-type: application/json\r\n",
        &body.to_string(),
    )
}

fn phone_numbers(numbers: &[&str]) -> Say {
    let numbers: Vec<Value> = numbers
        .iter()
        .map(|number| json!({ "sid": "PN1", "phone_number": number }))
        .collect();
    page(
        &json!({ "phone_numbers": numbers, "meta": { "next_page_url": null, "key": "phone_numbers" } }),
    )
}

fn short_codes(codes: &[&str]) -> Say {
    let codes: Vec<Value> = codes
        .iter()
        .map(|code| json!({ "short_code": code }))
        .collect();
    page(&json!({ "short_codes": codes, "meta": { "next_page_url": null, "key": "short_codes" } }))
}

/// Texts from phones, which name no service.
fn inbox(sids: &[&str]) -> Say {
    let messages: Vec<Value> = sids
        .iter()
        .map(|sid| {
            json!({
                "sid": sid, "from": "+447700900123", "to": "+447700900999", "direction": "inbound",
                "body": "STOP", "date_sent": "Mon, 01 Jun 2026 11:59:00 +0000",
            })
        })
        .collect();
    page(&json!({ "messages": messages, "next_page_uri": null }))
}

async fn ids(twilio: &Twilio) -> Vec<String> {
    match twilio.inbound(noon()).await {
        Fetched::All(texts) => texts.into_iter().map(|text| text.provider_id).collect(),
        other => panic!("{other:?}"),
    }
}

/// What was asked, in few words.
fn asked(server: &Scripted) -> Vec<String> {
    let lines = server.journal().into_iter().map(|asked| {
        let path = asked.head.split(' ').nth(1).unwrap().to_owned();
        let Some((_, to)) = path.split_once("To=") else {
            let path = path.split('?').next().unwrap();
            return path.rsplit('/').next().unwrap().to_owned();
        };
        to.split('&').next().unwrap().to_owned()
    });
    lines.collect()
}

#[tokio::test]
async fn a_services_numbers_are_read_once_an_hour_and_each_is_asked_for_alone() {
    let server = Scripted::start([
        phone_numbers(&["+447700900999", "+447700900998"]),
        short_codes(&["60777"]),
        inbox(&["SM1"]),
        inbox(&["SM2"]),
        inbox(&["SM3"]),
        inbox(&["SM1", "SM4"]),
        inbox(&["SM2"]),
        inbox(&["SM3"]),
        phone_numbers(&["+447700900997"]),
        short_codes(&[]),
        inbox(&["SM5"]),
    ])
    .await;
    let twilio = through(&server);
    let mut first = ids(&twilio).await;
    first.sort();
    assert_eq!(first, ["SM1", "SM2", "SM3"]);
    assert_eq!(ids(&twilio).await.len(), 4);
    tokio::time::pause();
    tokio::time::advance(READ_EVERY).await;
    tokio::time::resume();
    assert_eq!(ids(&twilio).await, ["SM5"], "a number was added meanwhile");
    let each = ["%2B447700900999", "%2B447700900998", "60777"];
    let mut expected = vec!["PhoneNumbers", "ShortCodes"];
    expected.extend(each);
    expected.extend(each);
    expected.extend(["PhoneNumbers", "ShortCodes", "%2B447700900997"]);
    assert_eq!(asked(&server), expected);
    let head = server.journal()[0].head.clone();
    assert!(head.starts_with(&format!(
        "GET /v1/Services/{SERVICE}/PhoneNumbers?PageSize=1000 "
    )));
    assert!(head.contains("authorization: Basic "));
}

#[tokio::test]
async fn what_cannot_be_read_is_left_alone_for_an_hour_and_everything_is_read_instead() {
    let goes_on =
        json!({ "phone_numbers": [], "meta": { "next_page_url": "https://elsewhere.example/" } });
    let many: Vec<String> = (0..=MOST_NUMBERS)
        .map(|n| format!("+4477009001{n:02}"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (scenario, says) in [
        (
            "a key that may not",
            vec![says("401 No", "", r#"{"code": 20003}"#)],
        ),
        (
            "a provider without services",
            vec![says("404 No", "", "{}")],
        ),
        ("a page of the network", vec![says("200 OK", "", "<html>")]),
        ("a list of messages", vec![inbox(&["SM1"])]),
        ("a second page", vec![page(&goes_on)]),
        (
            "a number without a number",
            vec![page(
                &json!({ "phone_numbers": [{ "sid": "PN1" }], "meta": { "next_page_url": null } }),
            )],
        ),
        (
            "no number at all",
            vec![phone_numbers(&[]), short_codes(&[])],
        ),
        ("too many", vec![phone_numbers(&many), short_codes(&[])]),
        (
            "short codes that may not be read",
            vec![phone_numbers(&["+447700900999"]), says("403 No", "", "{}")],
        ),
    ] {
        let questions = says.len();
        let script = says.into_iter().chain([inbox(&[]), inbox(&[])]);
        let server = Scripted::start(script).await;
        let twilio = through(&server);
        for _ in 0..2 {
            assert_eq!(ids(&twilio).await, [""; 0], "{scenario}");
        }
        let asked = asked(&server);
        assert_eq!(asked.len(), questions + 2, "{scenario}");
        assert_eq!(asked[questions..], ["Messages.json"; 2], "{scenario}");
    }
}

#[tokio::test]
async fn a_network_that_was_away_says_nothing_about_the_service() {
    let server = Scripted::start([
        Say::Drop,
        Say::Drop,
        phone_numbers(&["+447700900999"]),
        short_codes(&[]),
        inbox(&["SM1"]),
    ])
    .await;
    let twilio = through(&server);
    assert!(matches!(twilio.inbound(noon()).await, Fetched::Away(_)));
    assert_eq!(ids(&twilio).await, ["SM1"]);
}

#[test]
fn services_are_asked_for_beside_the_api_of_the_same_region() {
    for (api, expected) in [
        (
            "https://api.twilio.com",
            "https://messaging.twilio.com/v1/Services",
        ),
        (
            "https://api.dublin.ie1.twilio.com/",
            "https://messaging.dublin.ie1.twilio.com/v1/Services",
        ),
        (
            "https://api.texts.example/twilio",
            "https://api.texts.example/twilio/v1/Services",
        ),
        (
            "https://api.nottwilio.com",
            "https://api.nottwilio.com/v1/Services",
        ),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/Services"),
    ] {
        let found = services(&Url::parse(api).unwrap()).unwrap();
        assert_eq!(found.as_str(), expected, "{api}");
    }
}
