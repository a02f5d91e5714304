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
    window.go_to("Confirmation text").await;
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

    window.go_to("When texts go").await;
    window.select("Not before").appears().await;
    visitor.look("settings-hours", window).await;
    window.go_to("Consent ledger").await;
    window.button("Check the ledger").click().await;
    window.says("nobody has been asked yet").await;
    visitor.look("settings-ledger", window).await;
}

/// The test of a gateway that nobody answers for.
pub(super) async fn visit_test_of_nobody(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Settings").await;
    window.button("Send a test text").click().await;
    window.says("The gateway could not be reached.").await;
    visitor.look("settings-gateway-test-failed", window).await;
}
