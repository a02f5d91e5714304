//! A server that does as it is told, and what is made of its answers.

use super::*;
use crate::clock::SystemClock;
use crate::gateways::http::scripted::{Say, Scripted, breaks_off, reply, says};

const DOOR: &str = r#"{"motd": "Welcome", "product_name": "Curly", "_links": {
    "curies": [{"name": "osdi", "href": "https://osdi.example/docs/{rel}", "templated": true}],
    "osdi:people": {"href": "/api/v2/people"},
    "osdi:person_signup_helper": {"href": "/api/v2/people/person_signup_helper"}}}"#;

fn osdi(server: &Scripted) -> Osdi {
    let mut address = server.url.clone();
    address.set_path("/api/v2");
    let settings = OsdiSettings {
        address,
        token: "the-token".to_owned().into(),
    };
    Osdi::new(settings, Arc::new(SystemClock)).unwrap()
}

fn ok(body: &str) -> Say {
    says("200 OK", "content-type: application/hal+json\r\n", body)
}

#[tokio::test]
async fn the_way_is_asked_for_and_the_token_goes_with_every_request() {
    let server = Scripted::start([ok(DOOR), ok("{}"), ok(r#"{"given_name": "Amina"}"#)]).await;
    let osdi = osdi(&server);
    let door = osdi.door().await.unwrap();
    assert_eq!(door.called, "Curly");
    osdi.knows_us(&door).await.unwrap();
    let body = br#"{"person": {}}"#.to_vec();
    assert_eq!(osdi.sign_up(&door, body).await, SignedUp::Taken);
    let asked = server.journal();
    let lines: Vec<&str> = asked
        .iter()
        .map(|asked| asked.head.lines().next().unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /api/v2 HTTP/1.1",
            "GET /api/v2/people HTTP/1.1",
            "POST /api/v2/people/person_signup_helper HTTP/1.1"
        ]
    );
    for asked in &asked {
        let head = asked.head.to_lowercase();
        assert!(head.contains("osdi-api-token: the-token"), "{head}");
    }
    assert_eq!(asked[2].body, r#"{"person": {}}"#);
}

#[tokio::test]
async fn a_link_to_another_server_is_not_followed() {
    for elsewhere in [
        "https://elsewhere.example/people/signup",
        "http://127.0.0.1:1/people/signup",
        "//elsewhere.example/signup",
        "file:///etc/passwd",
    ] {
        let door =
            format!(r#"{{"_links": {{"osdi:person_signup_helper": {{"href": "{elsewhere}"}}}}}}"#);
        let server = Scripted::start([ok(&door)]).await;
        let refused = osdi(&server).door().await.unwrap_err();
        assert!(refused.0.contains("another address"), "{refused}");
    }
}

#[tokio::test]
async fn what_is_no_osdi_server_is_told_apart() {
    for (scenario, say, says_so) in [
        ("nothing but an object", ok("{}"), "no OSDI server"),
        ("no object", ok("[1, 2]"), "no OSDI server"),
        ("no JSON", ok("hello"), "no OSDI server"),
        ("a page", ok("<html>sign in</html>"), "web page"),
        (
            "another place",
            says("302 Found", "location: /x\r\n", ""),
            "web page",
        ),
        (
            "not there",
            says("404 Not Found", "", "{}"),
            "no OSDI server",
        ),
        ("no key", says("401 Unauthorized", "", "{}"), "API key"),
        ("a fault", says("502 Bad Gateway", "", ""), "HTTP 502"),
        (
            "half an answer",
            breaks_off("200 OK", DOOR),
            "no OSDI server",
        ),
        ("no word", Say::Drop, "broke off"),
        ("too long", ok(&"[".repeat(100_000)), "no OSDI server"),
        ("deep", ok(&"[".repeat(60_000)), "no OSDI server"),
    ] {
        let server = Scripted::start([say]).await;
        let refused = osdi(&server).door().await.unwrap_err();
        assert!(refused.0.contains(says_so), "{scenario}: {refused}");
        assert!(!refused.0.contains("the-token"));
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_of() {
    let server = Scripted::start([]).await;
    let osdi = osdi(&server);
    drop(server);
    let refused = osdi.door().await.unwrap_err();
    assert!(
        refused.0.contains("could not be reached") || refused.0.contains("broke off"),
        "{refused}"
    );
}

#[test]
fn a_server_may_have_a_short_name_of_its_own_for_osdis_links() {
    let at = Url::parse("https://osdi.example/api/v1/").unwrap();
    for (body, leads_to) in [
        (
            r#"{"_links": {"person_signup_helper": {"href": "people/signup"}}}"#,
            "https://osdi.example/api/v1/people/signup",
        ),
        (
            r#"{"_links": {"o:person_signup_helper": [{"href": "https://osdi.example/x"}]}}"#,
            "https://osdi.example/x",
        ),
    ] {
        let door = answers::to_door(&reply(200, body), &at).unwrap();
        assert_eq!(door.signup.as_str(), leads_to);
    }
}

#[test]
fn each_answer_to_a_person_means_one_thing() {
    let refused = |reason: &str| SignedUp::Refused(reason.to_owned());
    let cases = [
        ("taken", 200, "{}", SignedUp::Taken),
        ("made", 201, r#"{"given_name": "Amina"}"#, SignedUp::Taken),
        ("nothing said", 204, "", SignedUp::Taken),
        ("leave me alone", 429, "", SignedUp::Later(None)),
        (
            "a sentence of Action Network's",
            400,
            r#"{"error": "You must specify a valid person email address"}"#,
            refused("The server says: You must specify a valid person email address"),
        ),
        (
            "a sentence in OSDI's place",
            400,
            r#"{"osdi:error": {"resource_status": [{"error_descriptions": [{"description": "No."}]}]}}"#,
            refused("The server says: No."),
        ),
        (
            "a list of sentences",
            422,
            r#"[{"error_code": "X", "description": "Not +447700900101."}]"#,
            refused("The server says: Not …."),
        ),
        (
            "a tag failed, the person did not",
            400,
            r#"{"osdi:error": {}, "osdi:person": {"given_name": "Amina"}}"#,
            SignedUp::Taken,
        ),
        (
            "no sentence",
            422,
            "",
            refused("The server does not take them (HTTP 422)."),
        ),
    ];
    for (scenario, status, body, means) in cases {
        assert_eq!(
            answers::to_signup(&reply(status, body)),
            means,
            "{scenario}"
        );
    }
    for (status, body) in [(200, "<html>"), (302, ""), (401, ""), (403, ""), (404, "")] {
        let answer = answers::to_signup(&reply(status, body));
        assert!(
            matches!(answer, SignedUp::Stopped(_)),
            "{status}: {answer:?}"
        );
    }
    for status in [500, 503] {
        let answer = answers::to_signup(&reply(status, ""));
        assert!(
            matches!(answer, SignedUp::Faulty(_, None)),
            "{status}: {answer:?}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_answered_is_understood_or_refused(
        status in 100..600_u16,
        body in proptest::prelude::any::<String>(),
    ) {
        let at = Url::parse("https://osdi.example/api/v1/").unwrap();
        let reply = reply(status, &body);
        let _ = answers::to_door(&reply, &at);
        let _ = answers::to_token(&reply);
        if let SignedUp::Refused(reason) = answers::to_signup(&reply) {
            proptest::prop_assert!(reason.chars().count() < 400);
        }
    }
}
