//! Keeping the records right: what was typed wrongly is mended where it stands, undone, and redone.

use placard_tests::journey::Journey;
use placard_tests::people::{amara, bronwen};
use thirtyfour::Key;

#[tokio::test]
async fn a_number_is_put_right_undone_and_redone_after_a_restart() {
    let day = Journey::with_campaign("people").await;
    let window = day.open().await;
    window.begin_the_day().await;
    let amara = amara();
    window.capture(&amara).await;

    day.step("Her number was mistyped: it is put right on her page, by keyboard");
    window.open_person(&amara).await;
    window.button("Edit").click().await;
    window.focus_is_on("First name").await;
    window.field("Mobile").fill("07700 9").await;
    window.press(Key::Enter).await;
    window.says("Correct it, or clear it").await;
    window.field("Mobile").fill("07700 900777").await;
    window.press(Key::Enter).await;
    window
        .announces(&["Saved.", "goes to the new number"])
        .await;
    window.focus_is_on("Edit").await;
    window.says("07700 900777").await;
    window
        .row_with(&["Mobile changed from 07700 900101 to 07700 900777"])
        .appears()
        .await;

    day.step("That was wrong after all, and is undone");
    window.press_with(Key::Control, 'z').await;
    window.announces(&["Undone", &amara.name()]).await;
    window
        .row_with(&["to 07700 900101 by Undo"])
        .appears()
        .await;

    day.step("Placard is closed and opened again: it can still be redone");
    window.quit().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.open_person(&amara).await;
    window.button("Redo").click().await;
    window.announces(&["Redone", &amara.name()]).await;
    window
        .row_with(&["to 07700 900777 by Redo"])
        .appears()
        .await;
    window.button("Redo").goes().await;

    day.step("What is set in Settings goes back the same way");
    window.go_to("Settings").await;
    window.go_to("Consent wording").await;
    let wording = window.field("Consent wording");
    wording.appears().await;
    let former = wording.value().await;
    wording
        .fill("May Clean Air Now text you? Say STOP at any time.")
        .await;
    window.button("Save wording").click().await;
    window.announces(&["Saved as version 2"]).await;
    window.press_with(Key::Control, 'z').await;
    window
        .announces(&["Undone", "the wording for texts, in English"])
        .await;
    let stands = async |_: &_| Ok(wording.value().await == former);
    window.until("the former words", stands).await;
    window.go_to("What was changed").await;
    window
        .row_with(&["The wording for texts, in English", "By Undo."])
        .appears()
        .await;
}

#[tokio::test]
async fn whom_somebody_lives_with_is_chosen_and_undone_by_keyboard() {
    let day = Journey::with_campaign("households").await;
    let window = day.open().await;
    window.begin_the_day().await;
    let (amara, bronwen) = (amara(), bronwen());
    for person in [&amara, &bronwen] {
        window.capture(person).await;
    }

    day.step("Amara's page says whom she lives with");
    window.open_person(&amara).await;
    window.button("Edit").click().await;
    window.field("Household").fill("bronwen").await;
    window
        .row_with(&[&bronwen.name(), &bronwen.mobile])
        .appears()
        .await;
    window.press(Key::Down).await;
    window.press(Key::Enter).await;
    window.field("Household").holds(&bronwen.name()).await;
    window.press(Key::Enter).await;
    window.announces(&["Saved."]).await;
    window.link(&bronwen.name()).appears().await;
    window.row_with(&["Put into a household"]).appears().await;

    day.step("That was wrong after all, and is undone");
    window.press_with(Key::Control, 'z').await;
    window.announces(&["Undone", &amara.name()]).await;
    window
        .row_with(&["Taken out of their household by Undo"])
        .appears()
        .await;
    window.link(&bronwen.name()).goes().await;
}
