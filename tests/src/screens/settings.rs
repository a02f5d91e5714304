//! The pages of Settings.

use super::Visitor;
use crate::campaign::PASSPHRASE;
use crate::window::Window;

pub(super) async fn visit(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Settings").await;
    let gateway = window.select("Gateway");
    gateway.appears().await;
    visitor.look("settings-gateway-practice", window).await;
    gateway.choose("Kannel").await;
    window.field("Report address").appears().await;
    visitor.look("settings-gateway-kannel", window).await;
    gateway.choose("Pocket phone").await;
    window.field("Phone address").appears().await;
    visitor.look("settings-gateway-pocket", window).await;
    gateway.choose("Twilio").await;
    window.field("Account SID").appears().await;
    visitor.look("settings-gateway-twilio", window).await;
    window.button("Save gateway").click().await;
    window.says("The gateway is not saved yet").await;
    visitor.look("settings-gateway-problems", window).await;
    visit_words(visitor, window).await;

    window.go_to("Passphrase and recovery code").await;
    visitor.look("settings-passphrase", window).await;
    window
        .field("Passphrase now, for a new code")
        .fill(PASSPHRASE)
        .await;
    window.button("Make a new recovery code").click().await;
    window.part("Recovery code").appears().await;
    visitor.look("settings-new-recovery-code", window).await;
    for page in ["Looks", "About"] {
        window.go_to(page).await;
        visitor
            .look(&format!("settings-{}", page.to_lowercase()), window)
            .await;
    }
}

/// What is read out, and what is sent.
async fn visit_words(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Texts we send").await;
    let text = window.field("Confirmation text");
    text.appears().await;
    visitor.look("settings-confirmation", window).await;
    text.fill("Hi {first_name}, you’re in! {campaign}").await;
    window.says("UCS-2").await;
    visitor.look("settings-confirmation-problems", window).await;

    window.go_to("Consent wording").await;
    let wording = window.field("Consent wording");
    wording.appears().await;
    visitor.look("settings-wording", window).await;
    wording.fill("May we text you?").await;
    window.says("Not allowed.").await;
    visitor.look("settings-wording-problems", window).await;
    window.select("In which language").choose("اردو").await;
    let changed = async |_: &_| Ok(!wording.value().await.starts_with("May we"));
    window.until("the wording in Urdu", changed).await;
    visitor.look("settings-wording-urdu", window).await;

    visit_purposes(visitor, window).await;

    window.go_to("When texts go").await;
    window.select("Not before").appears().await;
    visitor.look("settings-hours", window).await;
    window.go_to("Consent ledger").await;
    window.button("Check the ledger").click().await;
    window.says("nobody has been asked yet").await;
    visitor.look("settings-ledger", window).await;
    window.go_to("Privacy and keeping").await;
    window.heading("The privacy notice").appears().await;
    visitor.look("settings-keeping", window).await;
    window.go_to("What was changed").await;
    window
        .row_with(&["Letters about petitions", "Asked no more"])
        .appears()
        .await;
    visitor.look("settings-changed", window).await;
}

/// What is asked, and in which languages: what is added here is there on every screen that comes after.
async fn visit_purposes(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Purposes and languages").await;
    window.button("Add purpose").appears().await;
    visitor.look("settings-purposes", window).await;
    window.button("Add purpose").click().await;
    window.says("Type what it is about.").await;
    window.field("Language name").fill("Polski").await;
    window.field("Language code").fill("polish").await;
    window.button("Add language").click().await;
    window.says("two or three letters").await;
    visitor.look("settings-purposes-problems", window).await;

    let asked = [
        ("Calls", "volunteering"),
        ("Email", "the Annual General Meeting and who speaks at it"),
        ("Post", "petitions"),
    ];
    for (channel, about) in asked {
        window.select("Channel").choose(channel).await;
        window.field("What about").fill(about).await;
        window.button("Add purpose").click().await;
        window.row_with(&[about]).appears().await;
    }
    window.field("Language name").fill("فارسی").await;
    window.field("Language code").fill("fa").await;
    window.checkbox("Written from right to left").click().await;
    window.button("Add language").click().await;
    window.announces(&["is there"]).await;
    visitor.look("settings-purposes-added", window).await;
    window.go_to("Consent wording").await;
    window.select("In which language").choose("فارسی").await;
    window.says("There are no words in").await;
    visitor.look("settings-wording-untranslated", window).await;
    window.go_to("Capture").await;
    window
        .checkbox("Agrees to letters about petitions")
        .appears()
        .await;
    visitor.look("capture-five-purposes", window).await;

    // What comes after is looked at as most campaigns see it.
    window.go_to("Settings").await;
    window.go_to("Purposes and languages").await;
    for name in ["Calls about volunteering", "Letters about petitions"] {
        window.button(&format!("Retire: {name}")).click().await;
        window
            .button(&format!("Take up again: {name}"))
            .appears()
            .await;
    }
    window
        .row_with(&["Emails about"])
        .button("Retire: Emails about the Annual General Meeting and who speaks at it")
        .click()
        .await;
    window.announces(&["is asked no more"]).await;
    visitor.look("settings-purposes-retired", window).await;
}

/// The test of a gateway that nobody answers for.
pub(super) async fn visit_test_of_nobody(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Settings").await;
    window.button("Send a test text").click().await;
    window.says("The gateway could not be reached.").await;
    visitor.look("settings-gateway-test-failed", window).await;
}
