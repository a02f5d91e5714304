//! Kannel on the wire, against a scripted server; and its reports, pushed as Kannel pushes them.

use uuid::Uuid;

use super::*;
use crate::clock::ManualClock;
use crate::gateways::http::choose_ciphers;
use crate::gateways::http::scripted::{Say, Scripted, says};
use crate::gateways::{Away, News, NoAnswer, Unreachable};
use crate::people::Mobile;

const PASSWORD: &str = "the-password";
const SECRET: &str = "the-report-secret";

fn clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::at("2026-06-01T12:00:00Z".parse().unwrap()))
}

fn settings(gateway_address: &Url) -> KannelSettings {
    KannelSettings {
        gateway_address: gateway_address.clone(),
        user_name: "tester".to_owned(),
        password: SecretString::from(PASSWORD),
        sender: "12345".to_owned(),
        report_address: "127.0.0.1:13099".to_owned(),
        report_secret: SECRET.to_owned(),
    }
}

fn kannel(server: &Scripted) -> Kannel {
    Kannel::new(settings(&server.url), clock()).unwrap()
}

/// Waits for an answer only as long as the script is worth it.
fn patient_for(say: &Say, server: &Scripted) -> Kannel {
    let patience = match say {
        Say::Hang => Patience {
            answer: Duration::from_millis(300),
            ..Patience::USUAL
        },
        _ => Patience::USUAL,
    };
    Kannel::with_patience(settings(&server.url), patience, clock()).unwrap()
}

fn text(body: &str) -> Outgoing {
    Outgoing {
        id: Uuid::nil(),
        to: Mobile::from_e164("+447700900123").unwrap(),
        body: body.to_owned(),
        valid_for: Duration::from_secs(3_659),
    }
}

fn asked(server: &Scripted) -> Url {
    let journal = server.journal();
    let path = journal[0].head.split(' ').nth(1).unwrap().to_owned();
    server.url.join(&path).unwrap()
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_text_is_one_request_with_our_id_in_its_report_address() {
    let server = Scripted::start([says("202 Accepted", "", "0: Accepted for delivery")]).await;
    let answer = kannel(&server)
        .send(&text("Hello é € [1] + 50% & more"))
        .await;

    assert_eq!(answer, Answer::Taken { provider_id: None });
    let url = asked(&server);
    assert_eq!(url.path(), "/cgi-bin/sendsms");
    let report = format!(
        "http://127.0.0.1:13099/{SECRET}/report/{}?type=%d&answer=%A",
        Uuid::nil()
    );
    let parameters = [
        ("username", "tester"),
        ("password", PASSWORD),
        ("from", "12345"),
        ("to", "447700900123"),
        ("text", "Hello é € [1] + 50% & more"),
        ("charset", "UTF-8"),
        ("coding", "0"),
        ("validity", "60"),
        ("dlr-mask", "31"),
        ("dlr-url", &report),
    ];
    for (name, value) in parameters {
        assert_eq!(parameter(&url, name).as_deref(), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_text_beyond_gsm_7_is_marked_so() {
    let server = Scripted::start([says("202 Accepted", "", "0: Accepted for delivery")]).await;
    kannel(&server).send(&text("Diolch, ŵyl dda 😀")).await;
    assert_eq!(parameter(&asked(&server), "coding").as_deref(), Some("2"));
}

#[tokio::test]
async fn every_way_a_send_can_end() {
    use NoAnswer::{Broken, Dropped, Portal, TimedOut};
    let html = "content-type: text/html\r\n";
    let cases = [
        (
            "queued",
            says("202 Accepted", html, "3: Queued for later delivery"),
            Answer::Taken { provider_id: None },
        ),
        ("accept and drop", Say::Drop, Answer::NoAnswer(Dropped)),
        ("hang", Say::Hang, Answer::NoAnswer(TimedOut)),
        (
            "broken",
            says("500 Oops", html, ""),
            Answer::NoAnswer(Broken(500)),
        ),
        (
            "a portal's page",
            says("200 OK", html, "<html>Sign in"),
            Answer::NoAnswer(Portal),
        ),
        (
            "a portal's redirect",
            says("302 Found", "location: /\r\n", ""),
            Answer::NoAnswer(Portal),
        ),
        (
            "refuse",
            says("403 Forbidden", html, "Authorization failed for sendsms"),
            Answer::Refused(Refusal {
                trouble: Trouble::Credentials,
                code: None,
                said: "Authorization failed for sendsms".to_owned(),
            }),
        ),
    ];
    for (name, say, answer) in cases {
        let server = Scripted::start([say.clone()]).await;
        assert_eq!(
            patient_for(&say, &server).send(&text("Hello")).await,
            answer,
            "{name}"
        );
        assert_eq!(server.journal().len(), 1, "{name}: asked more than once");
    }
}

#[tokio::test]
async fn a_check_names_no_receiver() {
    let server = Scripted::start([says(
        "400 Bad Request",
        "",
        "Missing receiver number, rejected",
    )])
    .await;
    assert_eq!(kannel(&server).check().await, Check::Ready);
    let url = asked(&server);
    assert_eq!(parameter(&url, "to"), None);
    assert_eq!(parameter(&url, "text"), None);
    assert_eq!(parameter(&url, "username").as_deref(), Some("tester"));
}

#[tokio::test]
async fn a_gateway_that_is_gone_is_away() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let kannel = Kannel::new(settings(&gone), clock()).unwrap();
    assert_eq!(
        kannel.send(&text("Hello")).await,
        Answer::NeverLeft(Unreachable::NoConnection)
    );
    assert_eq!(
        kannel.check().await,
        Check::Away(Away::Unreachable(Unreachable::NoConnection))
    );
}

#[test]
fn the_address_may_name_sendsms_or_leave_it_out() {
    let cases = [
        (
            "http://127.0.0.1:13013",
            "http://127.0.0.1:13013/cgi-bin/sendsms",
        ),
        (
            "http://127.0.0.1:13013/",
            "http://127.0.0.1:13013/cgi-bin/sendsms",
        ),
        (
            "https://example.org/kannel",
            "https://example.org/kannel/cgi-bin/sendsms",
        ),
        (
            "https://example.org/cgi-bin/sendsms",
            "https://example.org/cgi-bin/sendsms",
        ),
    ];
    for (typed, address) in cases {
        assert_eq!(
            sendsms(Url::parse(typed).unwrap()).unwrap().as_str(),
            address
        );
    }
}

#[test]
fn validity_is_whole_minutes_and_never_longer_than_asked() {
    for (seconds, sent) in [(0, 1), (59, 1), (60, 1), (119, 1), (120, 2), (36_000, 600)] {
        assert_eq!(minutes(Duration::from_secs(seconds)), sent);
    }
}

#[test]
fn nothing_secret_is_ever_printed() {
    let settings = settings(&Url::parse("http://127.0.0.1:13013").unwrap());
    let printed = format!(
        "{settings:?} {:?}",
        Kannel::new(settings.clone(), clock()).unwrap()
    );
    for secret in [PASSWORD, SECRET, "tester", "12345"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

/// A Kannel that listens on a free port, and the reports' address as Kannel would ask for it.
async fn listening(to: mpsc::Sender<Pushed>) -> (Listening, String, Kannel) {
    loop {
        let mut settings = settings(&Url::parse("http://127.0.0.1:13013").unwrap());
        let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        settings.report_address = port.local_addr().unwrap().to_string();
        drop(port);
        let kannel = Kannel::new(settings.clone(), clock()).unwrap();
        if let Ok(listening) = kannel.listen(to.clone()).await {
            return (
                listening,
                format!("http://{}", settings.report_address),
                kannel,
            );
        }
    }
}

async fn push(to: &str) -> u16 {
    choose_ciphers();
    reqwest::get(to).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn reports_reach_us_by_our_own_id() {
    let (to, mut pushed) = mpsc::channel(8);
    let (_guard, base, kannel) = listening(to).await;
    let id = Uuid::now_v7();

    let template = kannel.reports.template(id);
    let filled = template.replace("%d", "8").replace("%A", "ACK%2F");
    assert!(filled.starts_with(&base));
    let taken = push(&filled);
    let write_down = async {
        let pushed = pushed.recv().await.unwrap();
        let report = Report::OnItsWay;
        assert_eq!(pushed.news, News::Report { text: id, report });
        pushed.written.send(()).unwrap();
    };
    assert_eq!(tokio::join!(taken, write_down).0, 202);

    let delivered = template.replace("%d", "1").replace("%A", "");
    let turned_away = push(&delivered);
    let fail_to_write = async {
        let pushed = pushed.recv().await.unwrap();
        let report = Report::Delivered;
        assert_eq!(pushed.news, News::Report { text: id, report });
    };
    assert_eq!(
        tokio::join!(turned_away, fail_to_write).0,
        503,
        "what is not in the vault is not acknowledged"
    );
}

#[tokio::test]
async fn a_report_without_the_secret_or_the_sense_is_turned_away() {
    let (to, mut pushed) = mpsc::channel(8);
    let (guard, base, _kannel) = listening(to).await;
    let id = Uuid::now_v7();
    let cases = [
        ("wrong secret", format!("/wrong/report/{id}?type=1"), 404),
        (
            "wrong secret and bad id",
            "/wrong/report/x?type=1".to_owned(),
            404,
        ),
        ("an address that is not ours", "/".to_owned(), 404),
        ("not readable", "/%ff/report/x".to_owned(), 404),
        ("bad id", format!("/{SECRET}/report/x?type=1"), 400),
        ("bad type", format!("/{SECRET}/report/{id}?type=5"), 400),
        ("no type", format!("/{SECRET}/report/{id}"), 400),
    ];
    for (name, path, status) in cases {
        assert_eq!(push(&format!("{base}{path}")).await, status, "{name}");
    }
    drop(guard);
    assert!(pushed.recv().await.is_none());
}

#[tokio::test]
async fn a_report_that_nobody_takes_is_not_acknowledged() {
    let (to, pushed) = mpsc::channel(8);
    let (_guard, base, _kannel) = listening(to).await;
    drop(pushed);
    let status = push(&format!("{base}/{SECRET}/report/{}?type=1", Uuid::nil())).await;
    assert_eq!(status, 503);
}

/// The address that Kannel asks for one text, as it stands in its configuration.
fn filled(kannel: &Kannel) -> String {
    let service = kannel.reports.inbound_service();
    let template = service
        .lines()
        .find(|line| line.starts_with("get-url"))
        .unwrap();
    let (_, template) = template.split_once('"').unwrap();
    template
        .trim_end_matches('"')
        .replace("%I", "6be40297-9cef-47df-b227-8d14d4d86cae")
        .replace("%p", "%2B447700900124")
        .replace("%P", "447700900999")
        .replace("%T", "1780315200")
        .replace("%c", "2")
        .replace("%C", "UTF-16BE")
        .replace("%b", "%00S%00T%00O%00P")
}

#[tokio::test]
async fn a_text_from_a_phone_reaches_us_and_is_answered_with_nothing_once_it_is_kept() {
    choose_ciphers();
    let (to, mut pushed) = mpsc::channel(8);
    let (_guard, _base, kannel) = listening(to).await;
    let address = filled(&kannel);
    // Kannel comes again with what it was not told that we have.
    for is_kept in [false, true, true] {
        let answer = reqwest::get(&address);
        let write_down = async {
            let pushed = pushed.recv().await.unwrap();
            let News::Inbound(text) = pushed.news else {
                panic!("a report");
            };
            if is_kept {
                pushed.written.send(()).unwrap();
            }
            text
        };
        let (answer, text) = tokio::join!(answer, write_down);
        let answer = answer.unwrap();
        assert_eq!(answer.status(), if is_kept { 200 } else { 503 });
        assert_eq!(answer.headers()["content-type"], "text/plain");
        assert_eq!(answer.text().await.unwrap(), "", "it would go to the phone");
        assert_eq!(text.provider_id, "6be40297-9cef-47df-b227-8d14d4d86cae");
        assert_eq!(text.from, "+447700900124");
        assert_eq!(text.body, "STOP");
        assert_eq!(
            text.at,
            "2026-06-01T12:00:00Z"
                .parse::<chrono::DateTime<chrono::Utc>>()
                .unwrap()
        );
    }
}

#[tokio::test]
async fn a_text_without_the_secret_or_the_sense_is_turned_away() {
    let (to, mut pushed) = mpsc::channel(8);
    let (guard, base, _kannel) = listening(to).await;
    let cases = [
        (
            "wrong secret",
            "/wrong/inbound?from=1&text=STOP".to_owned(),
            404,
        ),
        (
            "not readable",
            "/%ff/inbound?from=1&text=STOP".to_owned(),
            404,
        ),
        ("nothing told", format!("/{SECRET}/inbound"), 400),
    ];
    for (scenario, path, status) in cases {
        assert_eq!(push(&format!("{base}{path}")).await, status, "{scenario}");
    }
    drop(guard);
    assert!(pushed.recv().await.is_none());
}

#[tokio::test]
async fn a_text_that_nobody_takes_is_not_acknowledged() {
    let (to, pushed) = mpsc::channel(8);
    let (_guard, _base, kannel) = listening(to).await;
    drop(pushed);
    assert_eq!(push(&filled(&kannel)).await, 503);
}

#[tokio::test]
async fn a_very_long_text_is_taken_whole() {
    let (to, mut pushed) = mpsc::channel(8);
    let (_guard, base, _kannel) = listening(to).await;
    let long = "%00x".repeat(10_000);
    let address = format!("{base}/{SECRET}/inbound?from=1&charset=UTF-16BE&text={long}");
    let write_down = async {
        let pushed = pushed.recv().await.unwrap();
        let News::Inbound(text) = pushed.news else {
            panic!("a report");
        };
        pushed.written.send(()).unwrap();
        text.body.len()
    };
    assert_eq!(tokio::join!(push(&address), write_down), (200, 10_000));
}

#[tokio::test]
async fn dropping_the_guard_ends_the_listener_and_frees_its_port() {
    let (to, mut pushed) = mpsc::channel(8);
    let (guard, base, kannel) = listening(to.clone()).await;
    assert_eq!(push(&base).await, 404);

    assert!(
        kannel.listen(to.clone()).await.is_err(),
        "the port was not taken"
    );
    drop((guard, to));
    // The channel closes when the last connection of the listener has ended.
    assert!(pushed.recv().await.is_none());
    let (to, _pushed) = mpsc::channel(8);
    assert!(kannel.listen(to).await.is_ok());
}
