//! The same day with a real Kannel from Debian on this machine.

use placard_tests::journey::Journey;
use placard_tests::kannel::{self, Kannel};
use placard_tests::people::{Person, sian};

use crate::stall;

#[tokio::test]
async fn a_real_kannel_takes_each_text_once_and_reports_come_back() {
    let day = Journey::with_campaign("a real Kannel").await;
    let mut gateway = Kannel::down();

    day.step("Five people are captured while Kannel does not run");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_kannel(&gateway).await;
    window.strip_says("Offline").await;
    stall::capture_five(&window).await;
    stall::five_are_kept(&window).await;
    window.quit().await;

    day.step("Placard is started again, and Kannel after it: the texts go and are delivered");
    let window = day.open().await;
    window.begin_the_day().await;
    stall::five_are_kept(&window).await;
    gateway.come_up().await;
    window.strip_comes_to_say("Online").await;
    for person in stall::texted() {
        window.text_is(&person, "Delivered").await;
    }
    stall::nobody_else_is_texted(&window).await;
    window.strip_says("no texts wait").await;

    day.step("A name that the shortest encoding does not know goes at once");
    window.go_to("Capture").await;
    window.capture(&sian()).await;
    window.go_to("Texts").await;
    window.text_is(&sian(), "Delivered").await;

    day.step("What reached the SMSC is one text for each number");
    let [amara, edith] = stall::texted();
    let mut reached = gateway.journal();
    reached.sort();
    assert_eq!(reached, [amara, edith, sian()].map(|person| bare(&person)));

    day.step(
        "With what Settings shows in its configuration, a STOP comes back, and one goodbye goes",
    );
    window.go_to("Settings").await;
    let service = window.field("For Kannel’s configuration").value().await;
    gateway.hand_over(&service).await;
    gateway.receive(&bare(&sian()), "Stop");
    window.agreement_is(&sian(), "Opted out").await;
    let goodbye = async |_: &_| {
        let reached = gateway.journal();
        Ok(reached.iter().filter(|to| **to == bare(&sian())).count() == 2)
    };
    window.until("one goodbye", goodbye).await;

    day.step("A wrong password is told in words, and holds nothing that is lost");
    window.go_to("Settings").await;
    window.field("Password").fill("not the password").await;
    window.save_gateway().await;
    window.button("Send a test text").click().await;
    window
        .says("does not take the user name, key or password")
        .await;
    window.field("Password").fill(kannel::PASSWORD).await;
    window.save_gateway().await;
    window.button("Send a test text").click().await;
    window.announces(&["answers and knows us"]).await;
}

/// The number as Kannel takes it: bare digits.
fn bare(person: &Person) -> String {
    person.e164().trim_start_matches('+').to_owned()
}
