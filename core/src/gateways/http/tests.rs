//! What the client does on the wire.

use std::net::TcpListener;
use std::sync::Arc;

use chrono::TimeDelta;

use super::scripted::{Scripted, breaks_off, says};
use super::*;
use crate::clock::ManualClock;

/// For a connection that never comes about.
const SHORT_CONNECT: Patience = Patience {
    connect: Duration::from_millis(150),
    answer: Duration::from_secs(60),
};

/// For an answer that never comes.
const SHORT_ANSWER: Patience = Patience {
    connect: Duration::from_secs(60),
    answer: Duration::from_millis(300),
};

/// For a name server that takes its time to say no.
const LONG: Patience = Patience {
    connect: Duration::from_secs(60),
    answer: Duration::from_secs(90),
};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn wire(to: &Url, patience: Patience, reuse: Reuse) -> Wire {
    let clock = ManualClock::at("2026-06-01T12:00:00Z".parse().unwrap());
    Wire::new(to, patience, reuse, Arc::new(clock)).unwrap()
}

async fn get(to: &Url, patience: Patience) -> Result<Reply, Lost> {
    let wire = wire(to, patience, Reuse::Briefly);
    wire.ask(wire.get(to.clone()), 1_000).await
}

#[tokio::test]
async fn a_closed_port_proves_that_nothing_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let to = url(&format!("http://{}", listener.local_addr().unwrap()));
    drop(listener);

    let lost = get(&to, Patience::USUAL).await.err();
    assert_eq!(lost, Some(Lost::NeverLeft(Unreachable::NoConnection)));
}

#[tokio::test]
async fn a_name_that_does_not_exist_proves_that_nothing_left() {
    let lost = get(&url("https://no-such-gateway.invalid"), LONG)
        .await
        .err();
    assert_eq!(lost, Some(Lost::NeverLeft(Unreachable::NameNotFound)));
}

#[tokio::test]
async fn a_server_without_tls_is_not_trusted_and_never_gets_the_request() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = url(&format!("https://{}", listener.local_addr().unwrap()));
    let portal = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = [0; 512];
        let _ = stream.read(&mut hello).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 302 Found\r\nlocation: http://portal\r\n\r\n")
            .await
            .unwrap();
        stream
    });

    let lost = get(&to, Patience::USUAL).await.err();
    assert_eq!(lost, Some(Lost::NeverLeft(Unreachable::NotTrusted)));
    portal.await.unwrap();
}

#[tokio::test]
async fn a_handshake_that_never_ends_proves_that_nothing_left() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = url(&format!("https://{}", listener.local_addr().unwrap()));

    let lost = get(&to, SHORT_CONNECT).await.err();
    assert_eq!(lost, Some(Lost::NeverLeft(Unreachable::NoConnection)));
}

#[tokio::test]
async fn silence_after_the_request_is_no_answer() {
    let server = Scripted::start([scripted::Say::Hang]).await;
    let lost = get(&server.url, SHORT_ANSWER).await.err();
    assert_eq!(lost, Some(Lost::NoAnswer(NoAnswer::TimedOut)));
}

#[tokio::test]
async fn a_connection_closed_after_the_request_is_no_answer_and_asked_once() {
    let server = Scripted::start([scripted::Say::Drop]).await;
    let lost = get(&server.url, Patience::USUAL).await.err();
    assert_eq!(lost, Some(Lost::NoAnswer(NoAnswer::Dropped)));
    assert_eq!(server.journal().len(), 1);
}

#[tokio::test]
async fn a_kept_connection_that_dies_under_a_post_is_no_answer_and_asked_once() {
    // Whether the second text takes the kept connection or a new one is the client's choice: both must
    // end alike, and the kept one must have been seen.
    for _ in 0..50 {
        let server = Scripted::start([says("201 Created", "", "{}"), scripted::Say::Drop]).await;
        let wire = wire(&server.url, Patience::USUAL, Reuse::Briefly);
        let post = || wire.ask(wire.post(server.url.clone()).body("one text"), 1_000);

        assert_eq!(post().await.unwrap().status, 201);
        let lost = post().await.err();

        assert_eq!(lost, Some(Lost::NoAnswer(NoAnswer::Dropped)));
        let journal = server.journal();
        assert_eq!(journal.len(), 2, "the second text was resent");
        if journal[0].connection == journal[1].connection {
            return;
        }
    }
    panic!("no connection was ever kept");
}

#[tokio::test]
async fn a_kept_connection_that_the_server_closed_meanwhile_loses_nothing() {
    let script = (0..40).map(|_| {
        scripted::Say::BytesThenClose(
            "HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}".to_owned(),
        )
    });
    let server = Scripted::start(script).await;
    let wire = wire(&server.url, Patience::USUAL, Reuse::Briefly);

    let mut answered = 0;
    for _ in 0..40 {
        match wire
            .ask(wire.post(server.url.clone()).body("one text"), 1_000)
            .await
        {
            Ok(_) => answered += 1,
            Err(lost) => assert!(matches!(lost, Lost::NoAnswer(_)), "{lost:?}"),
        }
    }
    assert_eq!(
        server.journal().len(),
        answered,
        "a text went twice, or was called lost"
    );
}

#[tokio::test]
async fn without_reuse_each_request_has_its_own_connection() {
    let server =
        Scripted::start([says("202 Accepted", "", ""), says("202 Accepted", "", "")]).await;
    let wire = wire(&server.url, Patience::USUAL, Reuse::Never);
    for _ in 0..2 {
        wire.ask(wire.get(server.url.clone()), 1_000).await.unwrap();
    }
    let journal = server.journal();
    assert_ne!(journal[0].connection, journal[1].connection);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Scripted::start([says("302 Found", "location: /elsewhere\r\n", "")]).await;
    let reply = get(&server.url, Patience::USUAL).await.unwrap();
    assert_eq!(reply.no_answer(), NoAnswer::Portal);
    assert_eq!(server.journal().len(), 1);
}

#[tokio::test]
async fn a_body_that_breaks_off_keeps_its_status() {
    let server = Scripted::start([breaks_off("201 Created", "{\"sid\"")]).await;
    let reply = get(&server.url, Patience::USUAL).await.unwrap();
    assert_eq!((reply.status, reply.cut), (201, Some(NoAnswer::Dropped)));
}

#[tokio::test]
async fn a_giant_body_is_not_read_to_its_end() {
    let server = Scripted::start([says("200 OK", "", &"x".repeat(3_000_000))]).await;
    let reply = get(&server.url, Patience::USUAL).await.unwrap();
    assert_eq!(reply.cut, Some(NoAnswer::Unreadable));
    assert!(reply.body.len() <= 1_000);
}

#[tokio::test]
async fn retry_after_is_seconds_or_a_date_by_the_gateways_clock() {
    let date = "date: Mon, 01 Jun 2026 12:00:00 GMT\r\n";
    let cases = [
        ("retry-after: 30\r\n".to_owned(), Some(30)),
        (
            format!("{date}retry-after: Mon, 01 Jun 2026 12:01:30 GMT\r\n"),
            Some(90),
        ),
        (
            format!("{date}retry-after: Mon, 01 Jun 2026 11:00:00 GMT\r\n"),
            None,
        ),
        (
            "retry-after: Mon, 01 Jun 2026 12:01:30 GMT\r\n".to_owned(),
            None,
        ),
        ("retry-after: soon\r\n".to_owned(), None),
        (String::new(), None),
    ];
    for (headers, seconds) in cases {
        let server = Scripted::start([says("429 Too Many Requests", &headers, "")]).await;
        let reply = get(&server.url, Patience::USUAL).await.unwrap();
        assert_eq!(
            reply.retry_after,
            seconds.map(Duration::from_secs),
            "{headers}"
        );
    }
}

#[test]
fn plain_http_to_the_internet_is_refused_before_anything_is_sent() {
    let refused = client(&url("http://api.twilio.com"), Patience::USUAL, Reuse::Never).err();
    assert_eq!(refused, Some(CannotStart::Address(AddressProblem::NotSafe)));
}

#[test]
fn a_quotation_is_short_and_holds_no_number() {
    let cases = [
        (
            "The 'To' number +447700900123 is not valid",
            "The 'To' number … is not valid",
        ),
        ("07700900123", "…"),
        ("error 21211 of 30", "error 21211 of 30"),
        ("two\nlines", "two lines"),
        ("", ""),
    ];
    for (words, quoted) in cases {
        assert_eq!(quote(words), quoted);
    }
    assert_eq!(quote(&"é".repeat(1_000)).chars().count(), 300);
}

#[tokio::test]
async fn the_gateways_clock_is_known_by_its_newest_answer_that_told_its_time() {
    let date = |time: &str| format!("date: Mon, 01 Jun 2026 {time} GMT\r\n");
    let apart = |seconds| Some(TimeDelta::seconds(seconds));
    let answers = [
        ("no time told", says("200 OK", "", "{}"), None),
        ("ahead", says("200 OK", &date("12:01:30"), "{}"), apart(90)),
        (
            "a time that is none",
            says("200 OK", "date: soon\r\n", "{}"),
            apart(90),
        ),
        (
            "behind",
            says("401 No", &date("11:59:00"), "{}"),
            apart(-60),
        ),
        (
            "a sign-in page",
            says("200 OK", &date("03:00:00"), "<html>"),
            apart(-60),
        ),
        (
            "a redirect",
            says("302 Found", &date("03:00:00"), ""),
            apart(-60),
        ),
        ("cut", breaks_off("200 OK", "{"), apart(-60)),
        ("alike", says("500 Oops", &date("12:00:00"), ""), apart(0)),
    ];
    let server = Scripted::start(answers.iter().map(|(_, say, _)| say.clone())).await;
    let wire = wire(&server.url, Patience::USUAL, Reuse::Never);
    for (scenario, _, apart) in answers {
        wire.ask(wire.get(server.url.clone()), 1_000).await.unwrap();
        assert_eq!(wire.apart(), apart, "{scenario}");
    }
}

#[tokio::test]
async fn a_count_is_read_from_its_header() {
    for (headers, total) in [
        ("x-total-count: 12\r\n", Some(12)),
        ("x-total-count: many\r\n", None),
        ("", None),
    ] {
        let server = Scripted::start([says("200 OK", headers, "[]")]).await;
        let reply = get(&server.url, Patience::USUAL).await.unwrap();
        assert_eq!(reply.total, total, "{headers}");
    }
}
