//! What is typed, and what comes of it.

use secrecy::ExposeSecret;
use std::sync::Arc;

use super::*;
use crate::clock::SystemClock;

fn twilio() -> Form {
    let mut form = Form::of(Kind::Twilio, &[]);
    form.twilio.account_sid = "AC0123".to_owned();
    form.twilio.api_key = "SK0123".to_owned();
    form.twilio.auth_token = "the secret".to_owned().into();
    form.twilio.sender = "+447700900999".to_owned();
    form
}

fn fields(problems: &[FormProblem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.field).collect()
}

#[test]
fn an_empty_form_names_every_field_in_order() {
    let mut form = Form::of(Kind::Twilio, &[]);
    assert_eq!(
        fields(&form.read(None).unwrap_err()),
        ["account_sid", "auth_token", "sender"]
    );
    form.kind = Kind::Kannel;
    form.kannel.gateway_address = "http://gateway.example".to_owned();
    form.kannel.texts_per_second = "many".to_owned();
    assert_eq!(
        fields(&form.read(None).unwrap_err()),
        [
            "gateway_address",
            "user_name",
            "password",
            "sender",
            "texts_per_second"
        ]
    );
}

#[test]
fn what_is_kept_comes_back_without_its_secret_and_an_empty_secret_keeps_it() {
    let (setup, warnings) = twilio().read(None).unwrap();
    assert_eq!(warnings, Vec::<String>::new());
    let kept = Setup::from_json(&setup.to_json()).unwrap();
    let shown = Form::of(Kind::Twilio, std::slice::from_ref(&kept));
    assert!(shown.twilio.has_auth_token);
    assert_eq!(shown.twilio.auth_token.expose_secret(), "");
    assert_eq!(shown.twilio.texts_per_second, "1");
    let (again, _) = shown.read(Some(&kept)).unwrap();
    assert!(again.to_json().contains("the secret"));
}

#[test]
fn a_kept_secret_is_not_sent_to_another_address() {
    let (kept, _) = twilio().read(None).unwrap();
    let mut moved = Form::of(Kind::Twilio, std::slice::from_ref(&kept));
    moved.twilio.api_address = "https://elsewhere.example".to_owned();
    assert_eq!(
        fields(&moved.read(Some(&kept)).unwrap_err()),
        ["auth_token"]
    );
}

#[test]
fn what_would_surprise_later_is_said_now() {
    let mut form = twilio();
    form.twilio.api_key = String::new();
    form.twilio.sender = "CleanAir".to_owned();
    let (_, warnings) = form.read(None).unwrap();
    assert_eq!(warnings.len(), 2);
    assert!(warnings[0].contains("restricted API key"));
    assert!(warnings[1].contains("Nobody can reply to a name"));
}

#[test]
fn rates_are_read_as_people_write_them() {
    for (typed, rate, problems) in [
        ("", None, 0),
        ("1", Some(1.0), 0),
        (" 0,5 ", Some(0.5), 0),
        ("0", None, 1),
        ("-1", None, 1),
        ("NaN", None, 1),
        ("1e9", None, 1),
    ] {
        let mut found = Vec::new();
        assert_eq!(reading::rate(typed, &mut found), rate, "{typed}");
        assert_eq!(found.len(), problems, "{typed}");
    }
}

#[test]
fn another_account_or_sender_is_another_route_and_no_route_holds_a_secret() {
    let account = |form: &Form| {
        form.read(None)
            .unwrap()
            .0
            .start(Arc::new(SystemClock))
            .unwrap()
            .account
    };
    let first = account(&twilio());
    let mut other = twilio();
    other.twilio.sender = "+447700900998".to_owned();
    assert_ne!(account(&other), first);
    assert!(!first.contains("secret"));
}

fn pocket() -> Form {
    let mut form = Form::of(Kind::Pocket, &[]);
    form.pocket.phone_address = "192.168.1.20:8080".to_owned();
    form.pocket.user_name = "sms".to_owned();
    form.pocket.password = "the secret".to_owned().into();
    form
}

#[test]
fn an_empty_phone_names_what_is_missing_in_order() {
    let mut form = Form::of(Kind::Pocket, &[]);
    assert_eq!(
        fields(&form.read(None).unwrap_err()),
        ["phone_address", "user_name", "password"]
    );
    form.pocket.phone_address = "http://phone.example".to_owned();
    form.pocket.number = "07700 900123".to_owned();
    form.pocket.texts_per_second = "many".to_owned();
    assert_eq!(
        fields(&form.read(None).unwrap_err()),
        [
            "phone_address",
            "user_name",
            "password",
            "number",
            "texts_per_second"
        ]
    );
}

#[test]
fn a_phones_address_is_read_as_the_app_shows_it_and_without_its_port() {
    let cases = [
        ("192.168.1.20:8080", "http://192.168.1.20:8080/"),
        (" 192.168.1.20 ", "http://192.168.1.20:8080/"),
        ("http://192.168.1.20/", "http://192.168.1.20:8080/"),
        ("pocket.local", "http://pocket.local:8080/"),
        ("10.0.0.2:9090", "http://10.0.0.2:9090/"),
        ("10.0.0.2:80", "http://10.0.0.2/"),
        (
            "https://server.example/3rdparty/v1",
            "https://server.example/3rdparty/v1",
        ),
    ];
    for (typed, address) in cases {
        let mut form = pocket();
        form.pocket.phone_address = typed.to_owned();
        let (setup, _) = form.read(None).unwrap();
        let Setup::Pocket(settings, _) = setup else {
            panic!("{typed}: not a phone");
        };
        assert_eq!(settings.phone_address.as_str(), address, "{typed}");
    }
    for (typed, problem) in [
        ("http://8.8.8.8:8080", "https://"),
        ("sms:secret@192.168.1.20:8080", "Leave the user name"),
    ] {
        let mut form = pocket();
        form.pocket.phone_address = typed.to_owned();
        let problems = form.read(None).unwrap_err();
        assert!(problems[0].sentence.contains(problem), "{typed}");
    }
}

#[test]
fn a_phones_own_number_is_kept_in_e164() {
    for (typed, number) in [
        ("", None),
        (" ", None),
        ("+44 7700 900123", Some("+447700900123")),
        ("+1 (202) 555-0106", Some("+12025550106")),
    ] {
        let mut form = pocket();
        form.pocket.number = typed.to_owned();
        let (setup, _) = form.read(None).unwrap();
        assert_eq!(setup.number().as_deref(), number, "{typed}");
        let shown = Form::of(Kind::Pocket, &[setup]);
        assert_eq!(shown.pocket.number, number.unwrap_or_default());
    }
}

#[test]
fn what_a_phone_cannot_do_safely_is_said() {
    for (scenario, address, rate, warnings) in [
        ("on this network", "192.168.1.20", "0.2", 1),
        ("on this laptop", "127.0.0.1:8080", "0.5", 0),
        ("over a safe connection", "https://server.example", "0.2", 0),
        ("faster than Android likes", "127.0.0.1:8080", "1", 1),
        ("without any limit", "127.0.0.1:8080", "", 1),
    ] {
        let mut form = pocket();
        form.pocket.phone_address = address.to_owned();
        form.pocket.texts_per_second = rate.to_owned();
        let (_, told) = form.read(None).unwrap();
        assert_eq!(told.len(), warnings, "{scenario}: {told:?}");
    }
}

#[test]
fn a_phones_password_stays_with_its_address() {
    let (kept, _) = pocket().read(None).unwrap();
    let mut shown = Form::of(Kind::Pocket, std::slice::from_ref(&kept));
    assert!(shown.pocket.has_password);
    assert_eq!(shown.pocket.password.expose_secret(), "");
    let (again, _) = shown.read(Some(&kept)).unwrap();
    assert!(again.to_json().contains("the secret"));
    shown.pocket.phone_address = "192.168.1.21:8080".to_owned();
    assert_eq!(fields(&shown.read(Some(&kept)).unwrap_err()), ["password"]);
}
