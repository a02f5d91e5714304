//! A day without a network, and the evening with one.

use placard_tests::campaign::{CAMPAIGN, CANVASSER, PLACE};
use placard_tests::journey::Journey;
use placard_tests::scripted::{SENDER, ScriptedGateway};

use crate::stall;

#[tokio::test]
async fn what_is_captured_offline_goes_once_when_the_gateway_is_back() {
    let day = Journey::with_campaign("offline and back").await;
    let mut gateway = ScriptedGateway::down();

    day.step("Five people are captured while the gateway cannot be reached");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.strip_says("Offline").await;
    window.strip_says("no texts wait").await;
    stall::capture_five(&window).await;
    stall::five_are_kept(&window).await;
    assert!(
        window.shows("The gateway cannot be reached").await,
        "Texts says why they wait"
    );

    day.step("Placard is ended and started again: all are there");
    window.quit().await;
    let window = day.open().await;
    window.unlock().await;
    window.field("Canvasser").holds(CANVASSER).await;
    window.field("Where").holds(PLACE).await;
    window.button("Start shift").click().await;
    window.field("First name").appears().await;
    stall::five_are_kept(&window).await;
    window.strip_says("Offline").await;
    assert_eq!(gateway.times_asked(), 0);

    day.step("The gateway is back: each text goes once, and the strip says so");
    gateway.come_up().await;
    window.strip_comes_to_say("Online").await;
    window.strip_says("no texts wait").await;
    for person in stall::texted() {
        window.text_is(&person, "Delivered").await;
    }
    stall::nobody_else_is_texted(&window).await;

    day.step("The gateway's own journal has each of them once, and nobody else");
    let journal = gateway.journal();
    assert_eq!(journal.doubles(), []);
    assert_eq!(journal.all().len(), 2);
    for person in stall::texted() {
        let [text] = journal.to(&person.e164())[..] else {
            panic!("one text for {}", person.name());
        };
        assert_eq!(text.from, SENDER);
        for word in [person.first.as_str(), CAMPAIGN, CANVASSER, "STOP"] {
            assert!(text.body.contains(word), "“{word}” in {}", text.body);
        }
    }

    day.step("The gateway goes again, and the strip follows though nothing waits");
    gateway.go_down();
    window.strip_comes_to_say("Offline").await;
}
