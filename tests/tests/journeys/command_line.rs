//! Placard without its window, beside Placard with it.

use placard_tests::journey::Journey;
use placard_tests::people::amara;

#[tokio::test(flavor = "multi_thread")]
async fn commands_work_on_the_vault_and_are_told_where_the_window_has_it() {
    let day = Journey::with_campaign("command line").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&amara()).await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Delivered").await;

    day.step("The window has the vault: a command is told, and changes nothing");
    let told = day.laptop.call(&["texts"]);
    assert_eq!(told.code, 4, "{told:?}");
    assert_eq!(told.json()["error"]["code"], "vault_in_use");
    assert!(told.told.contains("has this vault open"), "{told:?}");

    day.step("The window is closed while a command waits for the vault");
    let laptop = &day.laptop;
    let waits = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| laptop.call(&["texts", "--group", "done", "--wait", "60"]));
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(window.quit());
        });
        waiting.join().expect("the command")
    });
    let texts = waits.done();
    assert_eq!(texts["counts"]["done"], 1);
    assert_eq!(texts["rows"][0]["name"], amara().name());

    day.step("A wrong passphrase, a vault that is not there, a line that says nothing");
    let wrong = day.laptop.call_with("not this one", &["texts"]);
    assert_eq!(wrong.code, 3, "{wrong:?}");
    let nowhere = day.laptop.call(&["texts", "--vault", "nowhere"]);
    assert_eq!(nowhere.code, 5, "{nowhere:?}");
    let unheard = day.laptop.call(&["sing"]);
    assert_eq!(unheard.code, 2, "{unheard:?}");

    day.step("The ledger is checked, and saved");
    let checked = day.laptop.call(&["ledger", "check"]).done();
    assert_eq!(checked["ledger"], "whole");
    let saved = day.laptop.call(&["ledger", "save", "--to", "proof"]).done();
    let path = saved["path"].as_str().expect("a path");
    let ledger = std::fs::read_to_string(day.laptop.folder().join(path)).expect("the file");
    assert!(ledger.contains(&amara().e164()));

    day.step("The window opens it again");
    let window = day.open().await;
    window.begin_the_day().await;
    window.open_person(&amara()).await;
}
