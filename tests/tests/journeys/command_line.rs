//! Placard without its window, beside Placard with it.

use std::fs;

use placard_tests::campaign::PASSPHRASE;
use placard_tests::journey::Journey;
use placard_tests::people::amara;
use placard_tests::scripted::osdi::{OsdiServer, TOKEN};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

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
    assert!(told.told.contains("at work in this vault"), "{told:?}");
    assert!(told.told.contains("--wait"), "{told:?}");
    let told = day.laptop.call(&["backup", "now"]);
    assert_eq!(told.code, 4, "{told:?}");

    day.step("The window is closed while a command waits for the vault");
    let laptop = &day.laptop;
    let waits = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| laptop.call(&["texts", "--group", "done", "--wait", "60"]));
        let backing = scope.spawn(|| laptop.call(&["backup", "now", "--wait", "60"]));
        block_in_place(|| Handle::current().block_on(window.quit()));
        let backed = backing.join().expect("the command");
        assert!(backed.done()["second_place_trouble"].is_null());
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
    let nowhere = day.laptop.call(&["backup", "now", "--vault", "nowhere"]);
    assert_eq!(nowhere.code, 5, "{nowhere:?}");
    let unheard = day.laptop.call(&["sing"]);
    assert_eq!(unheard.code, 2, "{unheard:?}");
    assert_eq!(unheard.json()["error"]["code"], "line");
    let help = day.laptop.call(&["import", "--help"]);
    assert_eq!(help.code, 0, "{help:?}");
    assert!(help.said.contains("3=mobile"), "{help:?}");

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

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_meets_a_command_at_work_says_so_and_opens_once_it_has_ended() {
    let day = Journey::with_campaign("a command at work").await;
    let laptop = &day.laptop;
    let server = OsdiServer::start().await;
    let list = "first_name,last_name,email\nAnn,Castell,a@example.org\nRhys,Pugh,r@example.org\n";
    fs::write(laptop.folder().join("members.csv"), list).expect("writing the list");
    laptop.call(&["import", "members.csv"]).done();
    let window = day.open().await;
    window.begin_the_day().await;
    window.go_in_and_out("Export").await;
    window.field("Server address").fill(&server.address()).await;
    window.field("Token").fill(TOKEN).await;
    window.button("Save server").click().await;
    window.announces(&["The server is saved."]).await;
    window.quit().await;

    day.step("A script pushes people to a server that takes its time, and the window is opened");
    server.pause_after(1);
    let pushed = std::thread::scope(|scope| {
        let pushing = scope.spawn(|| laptop.call(&["push"]));
        block_in_place(|| {
            Handle::current().block_on(async {
                let window = day.open().await;
                window
                    .until("the server has taken one", async |_| {
                        Ok(server.names().len() == 1)
                    })
                    .await;
                window.unlock_with(PASSPHRASE).await;
                window.says("at work in this vault").await;

                day.step("It has ended: the window opens, and nothing is lost");
                server.go_on();
                window
                    .until("the script has ended", async |_| Ok(pushing.is_finished()))
                    .await;
                window.begin_the_day().await;
                window.go_to("People").await;
                window.says("2 people").await;
            });
        });
        pushing.join().expect("the command")
    });
    assert_eq!(pushed.done()["sent"], 2);
    assert_eq!(server.names().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organiser_says_what_a_lists_columns_hold_and_what_its_people_agreed_to() {
    let day = Journey::with_campaign("a list by hand").await;
    let laptop = &day.laptop;
    let list =
        "Mobile;Sheet;Handy;Said\n;Ann Castell;07700 900301;yes\n;Rhys Pugh;07700 900302;no\n";
    fs::write(laptop.folder().join("fair.csv"), list).expect("writing the list");

    day.step("A column that is named wrongly, one that is none, a yes that nobody vouches for");
    let unheard = laptop.call(&["import", "fair.csv", "--column", "2=phone"]);
    assert_eq!(unheard.code, 2, "{unheard:?}");
    assert!(unheard.told.contains("first-name"), "{unheard:?}");
    let beyond = laptop.call(&["import", "fair.csv", "--column", "9=mobile"]);
    assert_eq!(beyond.code, 6, "{beyond:?}");
    let alone = laptop.call(&["import", "fair.csv", "--wording", "May we text you?"]);
    assert_eq!(alone.code, 2, "{alone:?}");

    day.step("Said rightly, both come in, and one with her yes; nobody is texted");
    let brought = laptop
        .call(&[
            "import",
            "fair.csv",
            "--delimiter",
            "semicolon",
            "--column",
            "2=name",
            "--column",
            "3=mobile",
            "--column",
            "4=consent",
            "--purpose",
            "texts",
            "--wording",
            "May we text you about the campaign?",
            "--when",
            "2026-05-02",
            "--how",
            "paper form at the May fair",
            "--by",
            "Olu Ade",
        ])
        .done();
    assert_eq!(brought["report"]["new"], 2, "{brought}");
    assert_eq!(brought["report"]["with_consent"], 1, "{brought}");
    let found = laptop
        .call(&["people", "--consent", "agrees", "--list", "fair.csv"])
        .done();
    assert_eq!(found["rows"][0]["name"], "Ann Castell");
    assert_eq!(laptop.call(&["texts"]).done()["counts"]["waiting"], 0);
}

#[tokio::test]
async fn shells_complete_what_it_can_do() {
    let day = Journey::begin("completions").await;
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let written = day.laptop.call(&["completions", shell]);
        assert_eq!(written.code, 0, "{written:?}");
        assert!(written.said.contains("take-in"), "{shell}");
    }
}
