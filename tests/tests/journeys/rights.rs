//! What people may ask for: to withdraw one yes, to see what is held on them, to be erased; and the proof of all of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use placard_tests::journey::Journey;
use placard_tests::people::{amara, bronwen};
use placard_tests::scripted::ScriptedGateway;

const STRANGER: &str = "+447700900500";

#[tokio::test]
async fn one_yes_is_withdrawn_and_a_stranger_is_shown_and_erased_and_the_saved_ledger_proves_it() {
    let day = Journey::with_campaign("rights").await;
    let gateway = ScriptedGateway::start().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    for person in [amara(), bronwen()] {
        window.capture(&person).await;
    }
    window.go_to("Texts").await;
    window.text_is(&bronwen(), "Delivered").await;

    day.step("Amara withdraws her yes by word of mouth; asked once more, it is done, and it stands there");
    window.open_person(&amara()).await;
    window.button("Withdraw: Texts").click().await;
    window.button("Leave it").click().await;
    window.button("Withdraw: Texts").click().await;
    window.button("Withdraw it").click().await;
    window
        .row_with(&["Withdrew the yes to texts"])
        .appears()
        .await;
    window.button("Withdraw: Texts").goes().await;
    window.agreement_is(&bronwen(), "Yes").await;

    day.step("A number that nobody captured writes, asks what is held, and wants it gone");
    gateway.receive(STRANGER, "Who are you? I live at 3 Elm Row.");
    window.network_comes_back().await;
    window.go_to("Inbox").await;
    window.row_with(&["3 Elm Row"]).open().await;
    window.button("Export everything held").click().await;
    let held = window.field("Everything held on this person");
    held.appears().await;
    let text = held.value().await;
    assert!(
        text.contains(STRANGER) && text.contains("3 Elm Row"),
        "{text}"
    );
    window.button("Close").click().await;
    window.button("Erase").click().await;
    window.button("Erase for good").click().await;
    window.heading("Erased").appears().await;
    window.row_with(&["3 Elm Row"]).goes().await;

    day.step("The ledger is saved as a file, and checks without Placard");
    window.go_to("Settings").await;
    window.link("Consent ledger").click().await;
    window.button("Save the ledger").click().await;
    window.says("Saved as").await;
    let downloads = window.laptop().folder().join("Downloads");
    let files: Vec<_> = fs::read_dir(&downloads)
        .expect("the folder of downloads")
        .map(|file| file.expect("a file of it").path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let checked = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("check_ledger.py"))
        .arg(&files[0])
        .output()
        .expect("the checker");
    assert!(checked.status.success(), "{checked:?}");
    let ledger = fs::read_to_string(&files[0]).expect("the ledger");
    assert!(ledger.contains("withdrawal") && ledger.contains(&amara().e164()));
    assert!(!ledger.contains(STRANGER) && !ledger.contains("Elm Row"));
}
