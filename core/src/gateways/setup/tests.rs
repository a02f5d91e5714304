//! What is kept, and what starts with it.

use secrecy::SecretString;

use super::*;
use crate::clock::SystemClock;

fn twilio(sender: &str) -> Setup {
    let settings = TwilioSettings {
        account_sid: "AC1".to_owned(),
        api_key: None,
        auth_token: SecretString::from("secret"),
        sender: sender.to_owned(),
        api_address: Url::parse(TwilioSettings::ADDRESS).unwrap(),
    };
    Setup::Twilio(settings, None)
}

fn kannel(sender: &str) -> Setup {
    let settings = KannelSettings {
        gateway_address: Url::parse("http://127.0.0.1:13013").unwrap(),
        user_name: "stall".to_owned(),
        password: SecretString::from("secret"),
        sender: sender.to_owned(),
        report_address: "127.0.0.1:13099".to_owned(),
        report_secret: "s3cret".to_owned(),
    };
    Setup::Kannel(settings, None)
}

fn pocket(number: Option<&str>) -> Setup {
    let settings = PocketSettings {
        phone_address: Url::parse("http://192.168.1.20:8080").unwrap(),
        user_name: "sms".to_owned(),
        password: SecretString::from("secret"),
        number: number.map(str::to_owned),
    };
    Setup::Pocket(settings, Some(0.2))
}

#[test]
fn phones_can_text_a_number_and_nothing_else() {
    let cases = [
        (Setup::Practice, Some("+447700900000")),
        (twilio("+44 7700 900999"), Some("+447700900999")),
        (twilio("12345"), Some("12345")),
        (twilio("CleanAir"), None),
        (twilio("MG00000000000000000000000000000001"), None),
        (kannel("+44 7700 900999"), Some("+447700900999")),
        (kannel("447700900999"), Some("447700900999")),
        (kannel("07700-900-999"), Some("07700900999")),
        (kannel("12345"), None),
        (kannel("Clean Air 2030"), None),
        (pocket(Some("+447700900999")), Some("+447700900999")),
        (pocket(None), None),
    ];
    for (setup, number) in cases {
        assert_eq!(setup.number().as_deref(), number, "{setup:?}");
        let active = setup.start(Arc::new(SystemClock)).unwrap();
        assert_eq!(active.number.as_deref(), number, "{setup:?}");
    }
}

#[test]
fn what_is_kept_of_a_phone_comes_back() {
    for setup in [pocket(None), pocket(Some("+447700900999"))] {
        let json = setup.to_json();
        assert!(json.starts_with(r#"{"kind":"pocket","#));
        let back = Setup::from_json(&json).unwrap();
        assert_eq!(back.kind(), Kind::Pocket);
        assert_eq!(*back.to_json(), *json);
    }
}

#[test]
fn a_phone_that_moved_to_another_address_is_the_same_account() {
    let account = |address: &str, number| {
        let Setup::Pocket(mut settings, rate) = pocket(number) else {
            panic!("a phone is a phone");
        };
        settings.phone_address = Url::parse(address).unwrap();
        let active = Setup::Pocket(settings, rate).start(Arc::new(SystemClock));
        active.unwrap().account
    };
    let (here, there) = ("http://10.0.0.2:8080", "http://10.0.0.3:8080");
    let number = Some("+447700900999");
    assert_eq!(account(here, number), account(there, number));
    assert_ne!(account(here, None), account(there, None));
    assert!(!account(here, None).contains("secret"));
}
