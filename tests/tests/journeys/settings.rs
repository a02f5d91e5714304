//! The gateway's form and its test: what is wrong is said in words, and secrets are never shown again.

use placard_tests::journey::Journey;
use placard_tests::people::amara;
use placard_tests::scripted::{Outcome, ScriptedGateway, Wall};
use placard_tests::window::Window;

/// Where the organiser's own phone is.
const OWN: &str = "07700 900555";

async fn test(window: &Window<'_>) {
    window.button("Send a test text").click().await;
}

#[tokio::test]
async fn a_test_text_says_in_words_what_is_wrong() {
    let day = Journey::with_campaign("test texts").await;
    let mut gateway = ScriptedGateway::start().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.go_to("Settings").await;

    day.step("Without a number the gateway is only asked");
    test(&window).await;
    window
        .announces(&["The gateway answers and knows us. No text was sent."])
        .await;
    assert_eq!(gateway.times_asked(), 0);

    day.step("The button can be clicked wherever its page was scrolled to");
    for below in (-60..=60).step_by(12) {
        window.button("Send a test text").lower(below).await;
        test(&window).await;
    }
    window
        .announces(&["The gateway answers and knows us. No text was sent."])
        .await;

    day.step("With a number the text arrives");
    window.field("Send the test to").fill(OWN).await;
    test(&window).await;
    window.announces(&["The gateway took the test text."]).await;
    assert_eq!(gateway.journal().all().len(), 1);

    day.step("A sender that is not ours, and one that is none");
    for code in [21606, 21212] {
        gateway.next([Outcome::Refuse(code)]);
        test(&window).await;
        window.says("does not take this sender").await;
        window.says(&code.to_string()).await;
        window.says("Check Sender in Settings").await;
    }

    day.step("A landline as the receiver is told before anything is sent");
    let asked = gateway.times_asked();
    window.field("Send the test to").fill("020 7946 0123").await;
    test(&window).await;
    window
        .says("That is a landline: it cannot get texts.")
        .await;
    assert_eq!(gateway.times_asked(), asked);
    window.field("Send the test to").fill(OWN).await;

    day.step("What is typed and not saved is not tried");
    window.field("Sender").fill("+447700900998").await;
    test(&window).await;
    window.says("Save the gateway first").await;
    window
        .field("Sender")
        .fill(placard_tests::scripted::SENDER)
        .await;

    day.step("A sign-in page in between");
    gateway.stand_behind(Some(Wall::Portal));
    test(&window).await;
    window.says("this network wants you to sign in first").await;
    gateway.stand_behind(None);
    window.network_comes_back().await;
    window.strip_says("Online").await;

    day.step("Nobody there");
    gateway.go_down();
    test(&window).await;
    window.says("The gateway could not be reached.").await;
    gateway.come_up().await;
    window.network_comes_back().await;
    window.strip_says("Online").await;

    day.step("Credentials that are not taken");
    gateway.change_secret("a new secret");
    test(&window).await;
    window
        .says("does not take the user name, key or password")
        .await;
    window.says("Put them right in Settings").await;

    day.step("A test holds nobody else's text, and none of them went twice");
    gateway.change_secret("the old one");
    window.field("Auth token").fill("the old one").await;
    window.save_gateway().await;
    window.go_to("Capture").await;
    window.capture(&amara()).await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Delivered").await;
    assert_eq!(gateway.journal().to(&amara().e164()).len(), 1);
    assert_eq!(gateway.journal().doubles(), []);
}

#[tokio::test]
async fn secrets_are_never_shown_again_and_stand_in_no_file() {
    let day = Journey::with_campaign("secrets").await;
    let gateway = ScriptedGateway::start().await;
    let secret = gateway.secret();
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.capture(&amara()).await;

    day.step("The form says that a secret is kept, and does not show it");
    window.go_to("Settings").await;
    let token = window.field("Auth token");
    assert_eq!(token.value().await, "");
    window.button("Show what is typed").click().await;
    assert_eq!(token.value().await, "", "there is nothing to show");
    assert!(!window.shows(&secret).await);

    day.step("An empty field keeps it: the gateway still works");
    window.save_gateway().await;
    test(&window).await;
    window
        .announces(&["The gateway answers and knows us."])
        .await;

    day.step("The kept secret is sent to no other address");
    window.field("API address").fill("http://127.0.0.1:9").await;
    window.button("Save gateway").click().await;
    window.says("type this again").await;
    window.quit().await;

    day.step("Nothing of Amara, the gateway or the passphrase can be read in any file");
    let telling = day.laptop.files_that_tell(&[
        &secret,
        placard_tests::scripted::KEY,
        placard_tests::campaign::PASSPHRASE,
        "Okafor",
        "7700900101",
        "07700 900101",
    ]);
    assert!(telling.is_empty(), "{telling:?}");
}
