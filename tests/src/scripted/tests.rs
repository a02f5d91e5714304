//! What is scripted, asked by Placard's own gateways.

use std::sync::Arc;

use placard_core::clock::SystemClock;
use placard_core::gateways::{
    Answer, Away, Fetched, Gateway, Inbound, NoAnswer, Outgoing, Pocket, PocketSettings, Twilio,
    TwilioSettings, parse_address,
};
use placard_core::people::Mobile;
use placard_core::texts::life::Report;

use super::*;
use crate::ciphers::choose_ciphers;
use crate::waiting::{OrStop, PATIENCE, until};

const AMARA: &str = "+447700900101";

fn twilio(gateway: &ScriptedGateway) -> Twilio {
    let settings = TwilioSettings {
        account_sid: ACCOUNT.to_owned(),
        api_key: Some(KEY.to_owned()),
        auth_token: gateway.secret().into(),
        sender: SENDER.to_owned(),
        api_address: parse_address(&gateway.address()).or_stop("reading an address"),
    };
    Twilio::new(settings, Arc::new(SystemClock)).or_stop("setting up Twilio")
}

fn pocket(phone: &ScriptedPhone) -> Pocket {
    let settings = PocketSettings {
        phone_address: parse_address(&phone.address()).or_stop("reading an address"),
        user_name: phone::USER.to_owned(),
        password: phone.password().into(),
        number: Some(phone::NUMBER.to_owned()),
    };
    Pocket::new(settings, Arc::new(SystemClock)).or_stop("setting up the phone")
}

/// By the gateway's clock.
fn an_hour_ago() -> DateTime<Utc> {
    Utc::now() + noon::apart() - TimeDelta::hours(1)
}

fn bodies(fetched: Fetched) -> Vec<String> {
    match fetched {
        Fetched::All(texts) => texts.into_iter().map(|text: Inbound| text.body).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_phones_text_is_listed_over_pages_or_not_at_all() {
    let gateway = ScriptedGateway::start().await;
    let twilio = twilio(&gateway);
    let ours = hello(7);
    assert!(matches!(twilio.send(&ours).await, Answer::Taken { .. }));
    gateway.receive(AMARA, "second");
    gateway.receive_at(AMARA, "first", an_hour_ago());
    gateway.receive_at(AMARA, "long ago", an_hour_ago() - TimeDelta::days(3));
    gateway.receive(AMARA, "third");
    gateway.put_on_a_page(2);
    gateway.next_lists([Outcome::Take, Outcome::Drop]);

    let dropped = Fetched::Away(Away::NoAnswer(NoAnswer::Dropped));
    assert_eq!(twilio.inbound(an_hour_ago()).await, dropped);
    gateway.next_lists([Outcome::Take, Outcome::TakeAndCutShort]);
    assert!(matches!(
        twilio.inbound(an_hour_ago()).await,
        Fetched::Away(_)
    ));
    gateway.break_lists_off(true);
    assert!(matches!(
        twilio.inbound(an_hour_ago()).await,
        Fetched::Away(_)
    ));
    gateway.break_lists_off(false);
    gateway.next_lists([Outcome::Refuse(20003)]);
    assert!(matches!(
        twilio.inbound(an_hour_ago()).await,
        Fetched::Refused(_)
    ));
    let whole = twilio.inbound(an_hour_ago()).await;
    assert_eq!(bodies(whole), ["first", "second", "third"]);
    assert_eq!(gateway.times_listed(), 2 + 2 + 2 + 1 + 2);
}

/// The list as it comes, read by nobody.
async fn list(gateway: &ScriptedGateway) -> reqwest::Response {
    choose_ciphers();
    let address = gateway.address();
    let url =
        format!("{address}/2010-04-01/Accounts/{ACCOUNT}/Messages.json?DateSent%3E=2026-06-01");
    let asked = reqwest::Client::new()
        .get(url)
        .basic_auth(KEY, Some(gateway.secret()));
    asked.send().await.or_stop("asking for the list")
}

#[tokio::test]
async fn an_answer_that_breaks_off_has_begun() {
    let gateway = ScriptedGateway::start().await;
    gateway.next_lists([Outcome::TakeAndBreakOff]);
    let mut begun = list(&gateway).await;
    assert_eq!(begun.status(), 200);
    let beginning = begun.chunk().await.or_stop("reading the beginning");
    assert!(beginning.is_some_and(|bytes| bytes.starts_with(b"{")));
    assert!(begun.chunk().await.is_err(), "the rest does not come");
}

#[tokio::test]
async fn what_is_listed_twice_or_has_half_a_character_in_it_is_read_once_and_whole() {
    let gateway = ScriptedGateway::start().await;
    let twilio = twilio(&gateway);
    gateway.receive(AMARA, &format!("a{HALF_AN_EMOJI}b"));
    gateway.list_twice(true);
    let listed = list(&gateway).await;
    let listed = listed.text().await.or_stop("reading the list");
    assert_eq!(listed.matches("a\\ud83db").count(), 2, "{listed}");
    let read = twilio.inbound(an_hour_ago()).await;
    assert_eq!(bodies(read), ["a\u{fffd}b"]);
}

fn hello(id: u128) -> Outgoing {
    Outgoing {
        id: format!("{id:032x}").parse().or_stop("reading an id"),
        to: Mobile::from_e164(AMARA).or_stop("reading a number"),
        body: "hello".to_owned(),
        valid_for: std::time::Duration::from_secs(3_600),
    }
}

#[tokio::test]
async fn a_phone_takes_each_id_once_and_tells_how_it_is_doing() {
    let mut phone = ScriptedPhone::start().await;
    let pocket = pocket(&phone);
    phone.next([Outcome::TakeAndDrop]);
    let (first, second) = (hello(1), hello(2));
    assert_eq!(
        pocket.send(&first).await,
        Answer::NoAnswer(NoAnswer::Dropped)
    );
    assert!(matches!(pocket.send(&first).await, Answer::Taken { .. }));
    phone.next([Outcome::TakeThenUndeliver(1)]);
    assert!(matches!(pocket.send(&second).await, Answer::Taken { .. }));
    assert_eq!(phone.journal().all().len(), 2);
    assert_eq!(phone.times_asked(), 2);

    for report in [Report::OnItsWay, Report::Delivered] {
        let told = pocket.status(&first.id.to_string()).await;
        assert_eq!(told, Some(report));
    }
    pocket.status(&second.id.to_string()).await;
    let told = pocket.status(&second.id.to_string()).await;
    assert!(matches!(told, Some(Report::Undelivered { .. })));
    phone.go_down();
    // The connections may take a moment to break.
    let gone = until(PATIENCE, async || {
        let answer = pocket.send(&hello(3)).await;
        matches!(answer, Answer::NeverLeft(_)).then_some(())
    });
    gone.await.or_stop("waiting for the phone to be gone");
}

#[tokio::test]
async fn a_phones_inbox_is_listed_over_parts_or_not_at_all() {
    let phone = ScriptedPhone::start().await;
    let pocket = pocket(&phone);
    phone.set_clock_apart(TimeDelta::minutes(-10));
    phone.receive(AMARA, "second");
    phone.receive_at(AMARA, "first", Utc::now() - TimeDelta::hours(1));
    phone.receive(AMARA, "third");
    phone.list_at_a_time(2);
    phone.next_inboxes([Outcome::Take, Outcome::Break]);
    let broken = Fetched::Away(Away::NoAnswer(NoAnswer::Broken(500)));
    assert_eq!(pocket.inbound(Utc::now()).await, broken);
    let whole = pocket.inbound(Utc::now()).await;
    assert_eq!(bodies(whole), ["first", "second", "third"]);

    let apart = pocket.clock_offset().or_stop("comparing the clocks");
    assert!((-605..=-595).contains(&apart.num_seconds()), "{apart}");
    phone.change_password("another");
    assert!(matches!(
        pocket.inbound(Utc::now()).await,
        Fetched::Refused(_)
    ));
}
