//! Twilio on the wire, against a scripted server.

mod looking;

use uuid::Uuid;

use super::*;
use crate::clock::ManualClock;
use crate::gateways::http::scripted::{Asked, Say, Scripted, breaks_off, says};
use crate::gateways::{Away, NoAnswer, Refusal, Unreachable};
use crate::people::Mobile;
use crate::texts::life::Trouble;

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const SENDER: &str = "+12025550106";
const TOKEN: &str = "the-token";

/// A laptop whose clock is a minute and a half fast.
fn clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::at("2026-06-01T12:02:30Z".parse().unwrap()))
}

fn settings(api_address: &Url) -> TwilioSettings {
    TwilioSettings {
        account_sid: ACCOUNT.to_owned(),
        api_key: None,
        auth_token: SecretString::from(TOKEN),
        sender: SENDER.to_owned(),
        api_address: api_address.clone(),
    }
}

/// Waits for an answer only as long as the script is worth it.
fn patient_for(say: &Say, server: &Scripted) -> Twilio {
    let patience = match say {
        Say::Hang => Patience {
            answer: Duration::from_millis(300),
            ..Patience::USUAL
        },
        _ => Patience::USUAL,
    };
    Twilio::with_patience(settings(&server.url), patience, clock()).unwrap()
}

fn twilio(server: &Scripted) -> Twilio {
    Twilio::new(settings(&server.url), clock()).unwrap()
}

fn mobile(number: &str) -> Mobile {
    Mobile::from_e164(number).unwrap()
}

fn text() -> Outgoing {
    Outgoing {
        id: Uuid::nil(),
        to: mobile("+447700900123"),
        body: "Hello Ada & co: reply YES".to_owned(),
        valid_for: Duration::from_secs(3_600),
    }
}

fn lost() -> LostTry {
    let at = "2026-06-01T12:00:00Z".parse().unwrap();
    LostTry {
        text: text(),
        at,
        now: at + Duration::from_secs(60),
        witness: None,
    }
}

fn json(status: &str, body: &str) -> Say {
    says(
        status,
        "content-type: application/json\r\ndate: Mon, 01 Jun 2026 12:01:00 GMT\r\n",
        body,
    )
}

fn page(messages: &[String], next: Option<&str>) -> Say {
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    let messages = messages.join(",");
    json(
        "200 OK",
        &format!(r#"{{"messages":[{messages}],"next_page_uri":{next}}}"#),
    )
}

fn form(asked: &Asked) -> Vec<(String, String)> {
    url::form_urlencoded::parse(asked.body.as_bytes())
        .into_owned()
        .collect()
}

fn line(asked: &Asked) -> &str {
    asked.head.lines().next().unwrap()
}

#[tokio::test]
async fn a_text_is_one_signed_form() {
    let server = Scripted::start([json("201 Created", r#"{"sid":"SM1","status":"queued"}"#)]).await;
    let answer = twilio(&server).send(&text()).await;

    assert_eq!(
        answer,
        Answer::Taken {
            provider_id: Some("SM1".to_owned())
        }
    );
    let journal = server.journal();
    assert_eq!(
        line(&journal[0]),
        format!("POST /2010-04-01/Accounts/{ACCOUNT}/Messages.json HTTP/1.1")
    );
    let ours = data_encoding::BASE64.encode(format!("{ACCOUNT}:{TOKEN}").as_bytes());
    assert!(
        journal[0]
            .head
            .contains(&format!("authorization: Basic {ours}"))
    );
    let fields = [
        ("To", "+447700900123"),
        ("From", SENDER),
        ("Body", "Hello Ada & co: reply YES"),
        ("ValidityPeriod", "3600"),
    ];
    assert_eq!(
        form(&journal[0]),
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[tokio::test]
async fn a_restricted_key_signs_for_the_account() {
    let server = Scripted::start([json("201 Created", "{}")]).await;
    let mut settings = settings(&server.url);
    settings.api_key = Some(" SK1 ".to_owned());
    Twilio::new(settings, clock()).unwrap().send(&text()).await;

    let asked = &server.journal()[0];
    let key = data_encoding::BASE64.encode(format!("SK1:{TOKEN}").as_bytes());
    assert!(asked.head.contains(&format!("authorization: Basic {key}")));
    assert!(line(asked).contains(ACCOUNT));
}

#[tokio::test]
async fn a_messaging_service_chooses_the_number() {
    let service = "MG00000000000000000000000000000001";
    let server = Scripted::start([json("201 Created", "{}")]).await;
    let mut settings = settings(&server.url);
    settings.sender = service.to_owned();
    Twilio::new(settings, clock()).unwrap().send(&text()).await;

    let form = form(&server.journal()[0]);
    assert!(form.contains(&("MessagingServiceSid".to_owned(), service.to_owned())));
    assert!(!form.iter().any(|(name, _)| name == "From"));
}

#[test]
fn a_sender_is_a_number_a_name_or_a_service() {
    let from = |name: &str| Sender::From(name.to_owned());
    let cases = [
        ("+12025550106", from("+12025550106")),
        (" +1 (202) 555-0106 ", from("+12025550106")),
        ("Clean Air", from("Clean Air")),
        ("MGreen", from("MGreen")),
        ("12345", from("12345")),
        (
            "MG00000000000000000000000000000001",
            Sender::Service("MG00000000000000000000000000000001".to_owned()),
        ),
    ];
    for (typed, sender) in cases {
        assert!(Sender::read(typed) == sender, "{typed}");
    }
}

#[test]
fn validity_stays_within_what_twilio_takes() {
    let cases = [
        (0, 1),
        (1, 1),
        (3_600, 3_600),
        (36_000, 36_000),
        (86_400, 36_000),
    ];
    for (seconds, sent) in cases {
        assert_eq!(validity(Duration::from_secs(seconds)), sent);
    }
    assert_eq!(validity(Duration::from_millis(300)), 1);
}

#[tokio::test]
async fn every_way_a_send_can_end() {
    use NoAnswer::{Broken, Dropped, Portal, TimedOut, Unreadable};
    let no_answer = Answer::NoAnswer;
    let cases = [
        (
            "accept, cut JSON",
            breaks_off("201 Created", r#"{"sid":"SM1""#),
            Answer::Taken { provider_id: None },
        ),
        (
            "accept, giant body",
            json("201 Created", &"x".repeat(200_000)),
            Answer::Taken { provider_id: None },
        ),
        ("accept and drop", Say::Drop, no_answer(Dropped)),
        ("hang", Say::Hang, no_answer(TimedOut)),
        (
            "refuse",
            json(
                "400 Bad Request",
                r#"{"code":21610,"message":"Opted out","more_info":"x","status":400}"#,
            ),
            Answer::Refused(Refusal {
                trouble: Trouble::OptedOut,
                code: Some("21610".to_owned()),
                said: "Opted out".to_owned(),
            }),
        ),
        (
            "refuse, cut JSON",
            breaks_off("400 Bad Request", r#"{"code":21610,"#),
            no_answer(Dropped),
        ),
        (
            "429",
            says(
                "429 Too Many Requests",
                "retry-after: 2\r\n",
                r#"{"code":20429,"message":"Slow down"}"#,
            ),
            Answer::Later {
                after: Some(Duration::from_secs(2)),
                said: "Slow down".to_owned(),
            },
        ),
        (
            "503",
            json("503 Service Unavailable", "{}"),
            no_answer(Broken(503)),
        ),
        (
            "a portal's page",
            says("200 OK", "content-type: text/html\r\n", "Sign in"),
            no_answer(Portal),
        ),
        (
            "a portal's redirect",
            says("302 Found", "location: /\r\n", ""),
            no_answer(Portal),
        ),
        (
            "no HTTP at all",
            Say::BytesThenClose("nonsense\r\n\r\n".to_owned()),
            no_answer(Dropped),
        ),
        (
            "not Twilio's 200",
            json("200 OK", "{}"),
            no_answer(Unreadable),
        ),
    ];
    for (name, say, answer) in cases {
        let server = Scripted::start([say.clone()]).await;
        let twilio = patient_for(&say, &server);
        assert_eq!(twilio.send(&text()).await, answer, "{name}");
        assert_eq!(server.journal().len(), 1, "{name}: asked more than once");
    }
}

#[tokio::test]
async fn a_gateway_that_is_gone_has_never_had_the_text() {
    let server = Scripted::start([]).await;
    let twilio = twilio(&server);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);

    let away = Twilio::new(settings(&gone), clock()).unwrap();
    assert_eq!(
        away.send(&text()).await,
        Answer::NeverLeft(Unreachable::NoConnection)
    );
    assert_eq!(
        away.check().await,
        Check::Away(Away::Unreachable(Unreachable::NoConnection))
    );
    assert_eq!(
        away.look_up(&lost()).await,
        LookUp::CouldNotAsk(Away::Unreachable(Unreachable::NoConnection))
    );
    assert_eq!(away.status("SM1").await, None);
    drop(twilio);
}

#[tokio::test]
async fn a_check_lists_and_sends_nothing() {
    let server = Scripted::start([page(&[], None)]).await;
    assert_eq!(twilio(&server).check().await, Check::Ready);
    assert_eq!(
        line(&server.journal()[0]),
        format!("GET /2010-04-01/Accounts/{ACCOUNT}/Messages.json?PageSize=1 HTTP/1.1")
    );
}

#[tokio::test]
async fn a_status_is_asked_by_sid() {
    let server = Scripted::start([json(
        "200 OK",
        r#"{"sid":"SM1","status":"delivered","error_code":null}"#,
    )])
    .await;
    assert_eq!(
        twilio(&server).status("SM1/../x").await,
        Some(Report::Delivered)
    );
    assert_eq!(
        line(&server.journal()[0]),
        format!("GET /2010-04-01/Accounts/{ACCOUNT}/Messages/SM1%2F..%2Fx.json HTTP/1.1")
    );
}

#[test]
fn addresses_of_compatible_providers_keep_their_path() {
    let api = Url::parse("https://example.org/api/laml/").unwrap();
    let twilio = Twilio::new(settings(&api), clock()).unwrap();
    assert_eq!(
        twilio.messages.as_str(),
        format!("https://example.org/api/laml/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    );
    assert_eq!(
        twilio.message("SM1").unwrap().as_str(),
        format!("https://example.org/api/laml/2010-04-01/Accounts/{ACCOUNT}/Messages/SM1.json")
    );
    let plain = Twilio::new(
        settings(&Url::parse("http://example.org").unwrap()),
        clock(),
    );
    assert_eq!(
        plain.err(),
        Some(CannotStart::Address(AddressProblem::NotSafe))
    );
}

#[test]
fn nothing_secret_is_ever_printed() {
    let mut settings = settings(&Url::parse(TwilioSettings::ADDRESS).unwrap());
    settings.api_key = Some("SK1".to_owned());
    let printed = format!(
        "{settings:?} {:?}",
        Twilio::new(settings.clone(), clock()).unwrap()
    );
    for secret in [TOKEN, ACCOUNT, "SK1", SENDER] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

#[tokio::test]
async fn the_clocks_are_compared_with_each_answer() {
    let server = Scripted::start([page(&[], None)]).await;
    let twilio = twilio(&server);
    assert_eq!(twilio.clock_offset(), None);
    assert_eq!(twilio.check().await, Check::Ready);
    assert_eq!(twilio.clock_offset(), Some(TimeDelta::seconds(-90)));
}
