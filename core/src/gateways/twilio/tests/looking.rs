//! Looking for a lost text on the wire.

use super::*;
use crate::gateways::Witness;

fn listed(sid: &str) -> String {
    let to = text().to.e164().to_owned();
    let body = text().body;
    format!(
        r#"{{"sid":"{sid}","to":"{to}","from":"{SENDER}","messaging_service_sid":null,"direction":"outbound-api",
            "body":"{body}","date_created":"Mon, 01 Jun 2026 12:00:01 +0000","date_sent":null,"status":"queued"}}"#
    )
}

#[tokio::test]
async fn a_lost_text_is_found_over_all_pages() {
    let next = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1&PageToken=PASM1");
    let server = Scripted::start([
        page(&[listed("SM2")], Some(&next)),
        page(&[listed("SM1")], None),
    ])
    .await;

    let found = twilio(&server).look_up(&lost()).await;
    assert_eq!(
        found,
        LookUp::Candidates(vec!["SM1".to_owned(), "SM2".to_owned()])
    );
    let journal = server.journal();
    assert_eq!(
        line(&journal[0]),
        format!(
            "GET /2010-04-01/Accounts/{ACCOUNT}/Messages.json?To=%2B447700900123&PageSize=100 HTTP/1.1"
        )
    );
    assert_eq!(line(&journal[1]), format!("GET {next} HTTP/1.1"));
}

#[tokio::test]
async fn a_list_that_is_not_whole_proves_nothing() {
    let next = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1");
    let first = || page(&[], Some(&next));
    let cases = [
        ("a page lost", Say::Drop, NoAnswer::Dropped),
        ("a page late", Say::Hang, NoAnswer::TimedOut),
        ("a page broken", json("500 Oops", ""), NoAnswer::Broken(500)),
        (
            "a page cut",
            breaks_off("200 OK", r#"{"messages":[],"#),
            NoAnswer::Dropped,
        ),
        (
            "a sign-in page",
            says("200 OK", "", "<html>"),
            NoAnswer::Portal,
        ),
        ("not a list", json("200 OK", "{}"), NoAnswer::Unreadable),
        (
            "a giant page",
            json("200 OK", &"x".repeat(3_000_000)),
            NoAnswer::Unreadable,
        ),
        (
            "busy",
            json("429 Slow", r#"{"code":20429,"message":"x"}"#),
            NoAnswer::Broken(429),
        ),
    ];
    for (name, say, why) in cases {
        let server = Scripted::start([first(), say.clone()]).await;
        let found = patient_for(&say, &server).look_up(&lost()).await;
        assert_eq!(found, LookUp::CouldNotAsk(Away::NoAnswer(why)), "{name}");
    }
}

#[tokio::test]
async fn a_list_that_leads_elsewhere_is_not_followed() {
    let elsewhere = Scripted::start([page(&[listed("SM9")], None)]).await;
    let server = Scripted::start([page(&[], Some(elsewhere.url.as_str()))]).await;

    let found = twilio(&server).look_up(&lost()).await;
    assert_eq!(
        found,
        LookUp::CouldNotAsk(Away::NoAnswer(NoAnswer::Unreadable))
    );
    assert!(
        elsewhere.journal().is_empty(),
        "our credentials went to another server"
    );
}

#[tokio::test]
async fn a_list_that_never_ends_proves_nothing() {
    let next = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1");
    let server = Scripted::start((0..100).map(|_| page(&[], Some(&next)))).await;
    let found = twilio(&server).look_up(&lost()).await;
    assert_eq!(
        found,
        LookUp::CouldNotAsk(Away::NoAnswer(NoAnswer::Unreadable))
    );
    assert!(server.journal().len() < 100);
}

#[tokio::test]
async fn absence_counts_once_the_witness_is_listed() {
    let witnessed = || {
        let mut lost = lost();
        lost.witness = Some(Witness {
            to: mobile("+447700900456"),
            provider_id: "SM7".to_owned(),
        });
        lost
    };
    let absent = |caught_up| LookUp::Absent { caught_up };
    let none = || page(&[], None);
    let cases = [
        ("no witness", lost(), vec![none()], absent(false)),
        (
            "the witness is not listed yet",
            witnessed(),
            vec![none(), none()],
            absent(false),
        ),
        (
            "the witness is listed",
            witnessed(),
            vec![page(&[listed("SM7")], None), none()],
            absent(true),
        ),
        (
            "the witness could not be asked for",
            witnessed(),
            vec![json("500 Oops", ""), none()],
            LookUp::CouldNotAsk(Away::NoAnswer(NoAnswer::Broken(500))),
        ),
        (
            "found, whatever the witness",
            witnessed(),
            vec![json("500 Oops", ""), page(&[listed("SM1")], None)],
            LookUp::Candidates(vec!["SM1".to_owned()]),
        ),
    ];
    for (name, lost, script, found) in cases {
        let server = Scripted::start(script).await;
        assert_eq!(twilio(&server).look_up(&lost).await, found, "{name}");
        if lost.witness.is_some() {
            // A list is as new as the witness only if it was asked for after it.
            assert!(
                line(&server.journal()[0]).contains("To=%2B447700900456"),
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn a_look_that_is_refused_says_so() {
    let server = Scripted::start([json(
        "401 Unauthorized",
        r#"{"code":20003,"message":"Authenticate"}"#,
    )])
    .await;
    let found = twilio(&server).look_up(&lost()).await;
    assert!(matches!(found, LookUp::Refused(no) if no.trouble == Trouble::Credentials));
}
