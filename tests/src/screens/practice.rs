//! Practice, with its banner and its drawn phone.

use super::Visitor;
use crate::journey::Journey;
use crate::people::{amara, bronwen, gwenllian, sian};
use crate::pictures::Size;
use crate::turned::SECOND_QUESTION;
use crate::window::Window;
use thirtyfour::Key;

pub(super) async fn visit(visitor: &mut impl Visitor) {
    let day = Journey::begin("the screens of practice").await;
    let window = day.open().await;
    window.resize(Size::USUAL).await;
    window.button("Try it with practice texts").click().await;
    window.focus_is_on("First name").await;
    visitor.look("practice-capture-empty", &window).await;

    for person in [amara(), bronwen(), sian()] {
        window.capture(&person).await;
    }
    window.type_person(&gwenllian()).await;
    window.says("UK mobile").await;
    visitor.look("practice-capture-typed", &window).await;
    window.button("Phone").click().await;
    window.part("Practice phone").says(&amara().first).await;
    visitor.look("practice-capture-phone", &window).await;

    window.go_to("Texts").await;
    for person in [amara(), bronwen(), sian()] {
        window.text_is(&person, "Delivered").await;
    }
    visitor.look("practice-texts", &window).await;
    visit_answers(visitor, &window).await;
    visit_flip(visitor, &window).await;
    window.go_to("Settings").await;
    window.select("Gateway").appears().await;
    visitor.look("practice-settings", &window).await;
}

/// The supporter's own side, from their language to the way back.
async fn visit_flip(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Capture").await;
    window.button("Privacy notice").click().await;
    window.says("You can complain").await;
    visitor.look("capture-privacy-notice", window).await;
    window.button("Close").click().await;
    window.button("Flip screen").click().await;
    window.field("Repeat PIN").appears().await;
    visitor.look("flip-set-pin", window).await;
    window.field("PIN").fill("2468").await;
    window.field("Repeat PIN").fill("2468").await;
    window.button("Set PIN").click().await;
    window.button("اردو").appears().await;
    visitor.look("flip-language", window).await;
    window.button("اردو").click().await;
    visitor.look("flip-details-urdu", window).await;
    window.press(Key::Escape).await;
    window.reload().await;
    window.button("English").click().await;
    window.button("Next").click().await;
    visitor.look("flip-details-problem", window).await;
    window.field("First name").fill("Rhian").await;
    window.field("Mobile number").fill("07700900145").await;
    window.button("Next").click().await;
    window.button("Yes").appears().await;
    visitor.look("flip-question", window).await;
    window.button("What happens to your details").click().await;
    visitor.look("flip-notice", window).await;
    window.answers("Yes", SECOND_QUESTION).await;
    window.answers("No", "Thank you").await;
    visitor.look("flip-thanks", window).await;
    window.button("Canvasser").click().await;
    window.field("PIN").fill("1111").await;
    window.press(Key::Enter).await;
    window.says("That is not the PIN").await;
    visitor.look("flip-back", window).await;
    window.field("PIN").fill("2468").await;
    window.press(Key::Enter).await;
    window.focus_is_on("First name").await;
}

/// What phones answer, and one person with all that is known of her.
async fn visit_answers(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Inbox").await;
    window.says("No texts from phones yet").await;
    visitor.look("inbox-empty", window).await;
    window.go_to("Texts").await;
    window.phone_says(&amara(), "Yes please").await;
    window.announces(&["Confirmed"]).await;
    window.phone_says(&bronwen(), "STOP").await;
    window.announces(&["Opted out"]).await;
    window.phone_says(&sian(), "please stop texting me").await;
    window.announces(&["May be an opt-out"]).await;
    visitor.look("practice-phone-answers", window).await;
    window.open_thread(&bronwen()).await;
    visitor.look("inbox-opted-out", window).await;
    window.open_thread(&sian()).await;
    window.says("Is this an opt-out?").await;
    visitor.look("inbox-undecided", window).await;
    window.open_thread(&amara()).await;
    window
        .field("Your answer")
        .fill("Thank you! We meet on Thursday at seven.")
        .await;
    window.says("1 segment").await;
    visitor.look("inbox-thread", window).await;

    window.open_person(&amara()).await;
    visitor.look("person", window).await;
    window.button("Edit").click().await;
    window.field("Household").fill("bronwen").await;
    window
        .row_with(&[&bronwen().name(), &bronwen().mobile])
        .appears()
        .await;
    visitor.look("person-household", window).await;
    window.press(Key::Escape).await;
    window.button("Leave it").click().await;
    let yes = window.row_with(&["Agreed to texts"]);
    yes.button("Receipt").click().await;
    window.says("The wording as it was shown").await;
    visitor.look("person-receipt", window).await;
    window.button("Close").click().await;
    window.button("Export everything held").click().await;
    window.heading("Everything held").appears().await;
    visitor.look("person-held", window).await;
    window.button("Close").click().await;
    window.button("Erase").click().await;
    window.button("Erase for good").appears().await;
    visitor.look("person-erase", window).await;
    window.button("Leave it").click().await;
    window.go_to("People").await;
    visitor.look("people-answers", window).await;
}
