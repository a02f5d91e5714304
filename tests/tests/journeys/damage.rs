//! A vault that is damaged while its window is open: nothing is lost that was not lost already, and nothing is called
//! saved that is not.

use std::fmt::Write;
use std::fs;

use placard_tests::campaign::PASSPHRASE;
use placard_tests::journey::Journey;
use placard_tests::people::{Person, amara, bronwen, gwenllian, sian};
use placard_tests::waiting::OrStop;
use placard_tests::window::Window;
use thirtyfour::Key;

/// So many members are in every vault: most of it is people then.
const MEMBERS: usize = 1_500;

fn members() -> String {
    let mut text = "first_name,last_name,email,zip_code\n".to_owned();
    for index in 0..MEMBERS {
        writeln!(
            text,
            "Member,Number {index:04},m{index}@example.org,SW9 8JX"
        )
        .or_stop("writing to a text");
    }
    text
}

/// Amara and Bronwen are saved beside the members, and are in a backup; Gwenllian is saved after it, and is in the log
/// beside the vault.
async fn three_saved(day: &Journey) -> Window<'_> {
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&amara()).await;
    window.capture(&bronwen()).await;
    let list = day.laptop.folder().join("members.csv");
    fs::write(&list, members()).or_stop("writing the list");
    window.report_on("People", &list).await;
    window.button("Bring in").click().await;
    window.says("1,500 people brought in.").await;
    window.go_in_and_out("Backups").await;
    window.button("Back up now").click().await;
    window
        .announces(&["A backup is taken, and was read back whole."])
        .await;
    window.quit().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&gwenllian()).await;
    window
}

/// Types one more, and tries to save her: she is not, the screen says so, and she stays typed.
async fn cannot_save(window: &Window<'_>, person: &Person) {
    window.type_person(person).await;
    window.press(Key::Enter).await;
    window
        .says("Not saved: the vault was damaged while it was open")
        .await;
    window.says("Nothing is saved any more").await;
    window.field("First name").holds(&person.first).await;
    window.field("Mobile").holds(&person.mobile).await;
    window.button("Save").click().await;
    window
        .says("Not saved: the vault was damaged while it was open")
        .await;
    assert!(!window.shows(&format!("Saved {}", person.name())).await);
}

/// These are there, each once, beside so many others.
async fn people_are(window: &Window<'_>, people: &[Person], others: usize) {
    window.go_to("People").await;
    let search = window.field("Search people");
    search.fill("").await;
    let count = (people.len() + others).to_string();
    window
        .says(&format!("{},{} people", &count[..1], &count[1..]))
        .await;
    for person in people {
        search.fill(&person.name()).await;
        window.says("1 of").await;
        window.link(&person.name()).appears().await;
    }
    search.fill("").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_overwritten_while_it_is_open_are_told_and_everybody_comes_back() {
    let day = Journey::with_campaign("a vault scrawled over").await;
    let laptop = &day.laptop;
    let window = three_saved(&day).await;

    day.step("Another program writes over the middle of the vault: the next person is not saved");
    let harmed = laptop.harm_vault();
    cannot_save(&window, &sian()).await;
    window.heading("The vault is damaged").appears().await;

    day.step("A script is told that the window has the vault, and changes nothing");
    let told = laptop.call(&["people"]);
    assert_eq!(told.code, 4, "{told:?}");

    day.step("Closed, it is as it was found; the backup is offered, and a script is told too");
    window.button("Close it and go to the backup").click().await;
    window.says("There is a good backup").await;
    window
        .says("Placard has closed it and left it untouched")
        .await;
    assert!(
        !window.shows(&sian().first).await,
        "nobody is on the closed screen"
    );
    assert!(fs::read(laptop.vault()).expect("the vault") == harmed);
    let told = laptop.call(&["people"]);
    assert_eq!(told.code, 5, "{told:?}");

    day.step("Restored and salvaged: all three are there, and so is what was typed");
    window.button("Restore and salvage").click().await;
    window.field("Passphrase").fill(PASSPHRASE).await;
    window.button("Restore and salvage").click().await;
    window.says("Saved from the damaged vault beside it").await;
    window.begin_the_day().await;
    window.says("What was typed earlier is back.").await;
    window.field("Last name").holds(&sian().last).await;
    window.press(Key::Enter).await;
    window.called_saved(&sian()).await;
    people_are(&window, &[amara(), bronwen(), gwenllian(), sian()], MEMBERS).await;

    day.step("What it replaced is kept as it was");
    let kept = laptop.kept_vaults();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(fs::read(kept[0].join("vault.placard")).expect("what is kept") == harmed);
    window.quit().await;
    assert_eq!(laptop.call(&["ledger", "check"]).done()["ledger"], "whole");
    assert_eq!(laptop.call(&["picture"]).done()["people"], MEMBERS + 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_cut_and_a_vault_that_is_damaged_while_locked_are_told() {
    let day = Journey::with_campaign("a log cut short").await;
    let laptop = &day.laptop;
    let window = three_saved(&day).await;

    day.step("The log beside the vault is cut: nothing goes behind the hole");
    laptop.cut_log();
    cannot_save(&window, &sian()).await;

    day.step("The backup shows what it holds, and replaces nothing before that is said twice");
    window.button("Close it and go to the backup").click().await;
    window.says("There is a good backup").await;
    window.button("Look inside").click().await;
    window.field("Passphrase").fill(PASSPHRASE).await;
    window.button("Look inside").click().await;
    window.says("Clean Air Now, as it was").await;
    window.says("People 1,502").await;
    window.says("It is whole").await;
    assert_eq!(laptop.kept_vaults().len(), 0);
    window.button("Restore").click().await;
    window.says("The damaged vault is kept").await;
    window.button("Yes, restore").click().await;
    window.says("is restored.").await;
    window.says("What it replaced is kept in").await;
    assert_eq!(laptop.kept_vaults().len(), 1);

    day.step("It opens as ever, with who was in the backup and who was typed");
    window.begin_the_day().await;
    window.says("What was typed earlier is back.").await;
    window.press(Key::Enter).await;
    window.called_saved(&sian()).await;
    people_are(&window, &[amara(), bronwen(), sian()], MEMBERS).await;

    day.step("Locked, it is written over: unlocking says so, and a script is told the same");
    window.lock().await;
    let harmed = laptop.harm_vault();
    window.unlock_with(PASSPHRASE).await;
    window.heading("The vault is damaged").appears().await;
    window
        .says("The vault is damaged and cannot be opened.")
        .await;
    let told = laptop.call(&["people"]);
    assert_eq!(told.code, 5, "{told:?}");
    assert!(told.told.contains("damaged"), "{told:?}");
    assert!(fs::read(laptop.vault()).expect("the vault") == harmed);

    day.step("The backup is restored again: what was replaced lies beside what was before");
    window.button("Restore and salvage").click().await;
    window.field("Passphrase").fill(PASSPHRASE).await;
    window.button("Restore and salvage").click().await;
    window.says("Unlock it as ever.").await;
    assert_eq!(laptop.kept_vaults().len(), 2);
    window.begin_the_day().await;
    window.go_to("People").await;
    for person in [amara(), bronwen()] {
        window.field("Search people").fill(&person.name()).await;
        window.link(&person.name()).appears().await;
    }
}
