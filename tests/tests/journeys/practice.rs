//! The first minutes of a volunteer: practice, by keyboard alone.

use placard_tests::journey::Journey;
use placard_tests::people::{amara, bronwen};
use thirtyfour::Key;

#[tokio::test]
async fn practice_by_keyboard_alone() {
    let day = Journey::begin("practice by keyboard").await;
    let window = day.open().await;

    day.step("The first screen leads into practice");
    window.tab_to("Try it with practice texts").await;
    window.press(Key::Enter).await;
    window.part("Practice").says("This is practice").await;

    day.step("Amara is captured from field to field");
    let amara = amara();
    window.focus_is_on("First name").await;
    window.type_text(&amara.first).await;
    window.press(Key::Tab).await;
    window.type_text(&amara.last).await;
    window.press(Key::Tab).await;
    assert_eq!(window.focused().await, "Mobile");
    window.type_text("07700900101").await;
    window.field("Mobile").holds(&amara.mobile).await;
    window.says("zero double seven").await;
    window.tab_to("Agrees to texts").await;
    window.press(Key::Space).await;
    assert!(window.checkbox("Agrees to texts").is_checked().await);
    window.press(Key::Enter).await;
    window.called_saved(&amara).await;
    assert_eq!(
        window.field("First name").value().await,
        "",
        "the form is ready for the next person"
    );

    day.step("The drawn phone receives her text, and no more than one");
    window.tab_to("Texts").await;
    window.press(Key::Enter).await;
    window.text_is(&amara, "Delivered").await;
    window.part("Practice phone").says(&amara.first).await;
    assert_eq!(window.row_with(&["To 07700 900101"]).count().await, 1);
    window.strip_says("no texts wait").await;

    day.step("Alt and 1 lead back to the form");
    window.press_with(Key::Alt, '1').await;
    window.focus_is_on("First name").await;
    window.type_text(&bronwen().first).await;
    window.field("First name").holds("Bronwen").await;
}
