//! Keeping the records right: what was typed wrongly is mended where it stands, undone, and done again.

use placard_tests::journey::Journey;
use placard_tests::people::amara;
use thirtyfour::Key;

#[tokio::test]
async fn a_number_is_put_right_undone_and_done_again_after_a_restart() {
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

    day.step("Placard is closed and opened again: it can still be done again");
    window.quit().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.open_person(&amara).await;
    window.button("Redo").click().await;
    window.announces(&["Done again", &amara.name()]).await;
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
