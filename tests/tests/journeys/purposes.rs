//! What the organiser asks for beside what comes ready, in a language that they added.

use placard_tests::journey::Journey;
use placard_tests::people::{amara, bronwen};
use placard_tests::window::Window;
use thirtyfour::Key;

const TEXTS_IN_FRENCH: &str = "Clean Air Now peut-il vous envoyer des SMS sur la campagne ? \
     Vous pouvez arrêter à tout moment en répondant STOP. Êtes-vous d’accord, oui ou non ?";

const CALLS: &str = "Agrees to calls about volunteering";

#[tokio::test]
async fn a_purpose_and_a_language_are_added_asked_for_and_kept_when_it_is_retired() {
    let day = Journey::with_campaign("purposes and languages").await;
    let window = day.open().await;
    window.begin_the_day().await;

    day.step("The organiser adds calls about volunteering, and French");
    window.go_to("Settings").await;
    window.go_to("Purposes and languages").await;
    window.select("Channel").choose("Calls").await;
    window.field("What about").fill("volunteering").await;
    window.button("Add purpose").click().await;
    window
        .announces(&["“Calls about volunteering” is asked from now on"])
        .await;
    window.focus_is_on("What about").await;
    window.field("Language name").fill("Français").await;
    window.field("Language code").fill("fr").await;
    window.button("Add language").click().await;
    window.announces(&["“Français” is there"]).await;

    day.step("The same again is refused where it was typed");
    window.field("What about").fill("Volunteering").await;
    window.button("Add purpose").click().await;
    window
        .says("“Calls about volunteering” is asked already.")
        .await;
    window.field("Language name").fill("Le français").await;
    window.field("Language code").fill("FR").await;
    window.button("Add language").click().await;
    window.says("“fr” is there already: Français.").await;

    day.step("The wording for texts is written in French, and stays within the law");
    write_in_french(&window).await;

    day.step("Amara is asked in French: yes to texts, no to calls");
    window.go_to("Capture").await;
    window.select("Language").choose("Français").await;
    window.says("peut-il vous envoyer des SMS").await;
    window.type_person(&amara()).await;
    window.button(&format!("Said no: {CALLS}")).click().await;
    window.says("May Clean Air Now call you about this").await;
    window.field("Postcode").type_text("SW2 1AA").await;
    window.press(Key::Enter).await;
    window.called_saved(&amara()).await;

    day.step("Her page and her receipts have both answers, and the words she heard");
    has_both_answers(&window).await;
    let yes = window.row_with(&["Agreed to texts."]);
    yes.button("Receipt").click().await;
    let receipt = window.dialog("Receipt: Clean Air Now");
    receipt.says("peut-il vous envoyer des SMS").await;
    receipt.says("Version 1 (Français)").await;
    window.button("Close").click().await;
    let no = window.row_with(&["Said no to calls about volunteering."]);
    no.button("Receipt").click().await;
    receipt
        .says("May Clean Air Now call you about this: volunteering?")
        .await;
    receipt.says("Version 1 (English)").await;
    window.button("Close").click().await;

    day.step("The purpose is retired: it is asked no more, and her answer stays");
    window.go_to("Settings").await;
    window.go_to("Purposes and languages").await;
    window
        .button("Retire: Calls about volunteering")
        .click()
        .await;
    window
        .announces(&["“Calls about volunteering” is asked no more"])
        .await;
    window.go_to("Capture").await;
    window.checkbox(CALLS).goes().await;
    window.capture(&bronwen()).await;
    has_both_answers(&window).await;

    day.step("It is taken up again, and asked again");
    window.go_to("Settings").await;
    window.go_to("Purposes and languages").await;
    window
        .button("Take up again: Calls about volunteering")
        .click()
        .await;
    window.announces(&["is asked again"]).await;
    window.go_to("Capture").await;
    window.checkbox(CALLS).appears().await;
}

/// Writes the French wording for texts, once in a way that the law forbids.
async fn write_in_french(window: &Window<'_>) {
    window.go_to("Consent wording").await;
    window.select("In which language").choose("Français").await;
    window.says("There are no words in Français yet").await;
    let wording = window.field("Consent wording");
    wording.fill("Voulez-vous nos SMS ?").await;
    window.says("The wording does not name the campaign").await;
    wording.fill(TEXTS_IN_FRENCH).await;
    window.button("Save wording").click().await;
    window.announces(&["Saved as version 1"]).await;
}

async fn has_both_answers(window: &Window<'_>) {
    window.open_person(&amara()).await;
    window
        .says("Agreed to texts. Spoken to the canvasser.")
        .await;
    window
        .says("Said no to calls about volunteering. Spoken to the canvasser.")
        .await;
}
