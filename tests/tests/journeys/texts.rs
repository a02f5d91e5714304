//! Texts that wait, and what a person can decide about them.

use std::time::Duration;

use chrono::TimeDelta;
use placard_tests::journey::Journey;
use placard_tests::people::{Person, amara, bronwen, gwenllian};
use placard_tests::scripted::ScriptedGateway;

#[tokio::test]
async fn a_person_can_cancel_hurry_and_try_again() {
    let day = Journey::with_campaign("decisions").await;
    let mut gateway = ScriptedGateway::down();
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    for person in [amara(), bronwen(), gwenllian()] {
        window.capture(&person).await;
    }

    day.step("A text that waits says why, and can be cancelled");
    window.go_to("Texts").await;
    for person in [amara(), bronwen(), gwenllian()] {
        window.text_is(&person, "Waiting").await;
    }
    window
        .says("Goes as soon as the gateway can be reached.")
        .await;
    let cancelled = window.row_with(&[&amara().name(), &amara().mobile]);
    cancelled.button("Cancel").click().await;
    window.text_is(&amara(), "Not sent").await;
    window.says("It was cancelled here.").await;
    window.strip_says("2 texts wait").await;

    day.step("Send now does not wait for the next look at the gateway");
    gateway.come_up().await;
    let hurried = window.row_with(&[&bronwen().name(), &bronwen().mobile]);
    hurried.button("Send now").click().await;
    for person in [bronwen(), gwenllian()] {
        window.text_is(&person, "Delivered").await;
    }
    window.strip_says("Online").await;
    assert!(
        gateway.journal().to(&amara().e164()).is_empty(),
        "what is cancelled does not go"
    );

    day.step("What was cancelled can be tried again, and goes once");
    cancelled.button("Try again").click().await;
    window.text_is(&amara(), "Delivered").await;
    assert_eq!(gateway.journal().doubles(), []);
    assert_eq!(gateway.journal().all().len(), 3);

    day.step("The gateway's own name of the text is in its evidence");
    let sid = gateway.journal().to(&amara().e164())[0].sid.clone();
    cancelled.button("What the gateway said").click().await;
    window.says(&sid).await;
}

#[tokio::test]
async fn bad_credentials_hold_what_waits_until_they_are_mended() {
    let day = Journey::with_campaign("bad credentials").await;
    let gateway = ScriptedGateway::start().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.strip_says("Online").await;

    day.step("The key is revoked: what waits is held, and says so");
    gateway.change_secret("a new secret");
    window.capture(&amara()).await;
    window.capture(&bronwen()).await;
    window.go_to("Texts").await;
    window.says("Sending is stopped").await;
    window
        .says("does not take the user name, key or password")
        .await;
    window.says("20003").await;
    for person in [amara(), bronwen()] {
        window.text_is(&person, "Waiting").await;
    }
    window.strip_says("2 texts wait").await;

    day.step("The new secret is typed in Settings: they go by themselves, once");
    window.go_to("Settings").await;
    window.field("Auth token").fill(&gateway.secret()).await;
    window.save_gateway().await;
    window.strip_says("no texts wait").await;
    window.go_to("Texts").await;
    for person in [amara(), bronwen()] {
        window.text_is(&person, "Delivered").await;
    }
    assert!(!window.shows("Sending is stopped").await);
    assert_eq!(gateway.journal().doubles(), []);
    assert_eq!(gateway.journal().all().len(), 2);
}

#[tokio::test]
async fn the_gateways_rate_is_kept() {
    const A_SECOND: i32 = 2;
    const TEXTS: u16 = 7;
    let day = Journey::with_campaign("the rate").await;
    let mut gateway = ScriptedGateway::down();
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;

    day.step("Seven texts wait for a gateway that takes two a second");
    window.go_to("Settings").await;
    window
        .field("Texts per second")
        .fill(&A_SECOND.to_string())
        .await;
    window.save_gateway().await;
    window.go_to("Capture").await;
    for number in 0..TEXTS {
        window.capture(&Person::numbered(number)).await;
    }

    day.step("They all go, and no faster than that");
    gateway.come_up().await;
    window.network_comes_back().await;
    window.strip_says("no texts wait").await;
    let journal = gateway.journal();
    let taken = journal.all();
    assert_eq!(taken.len(), usize::from(TEXTS));
    let took = taken[taken.len() - 1].at - taken[0].at;
    let least = TimeDelta::seconds(1) * i32::from(TEXTS - 1) / A_SECOND;
    assert!(
        took >= least,
        "{took} for {TEXTS} texts, at {A_SECOND} a second"
    );
    let patience = TimeDelta::from_std(Duration::from_secs(15)).expect("a time");
    assert!(took < patience, "{took} for {TEXTS} texts");
}
