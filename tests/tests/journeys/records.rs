//! Records by the thousand: brought in, mended, found, merged, in the window and without it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use placard_tests::journey::Journey;
use placard_tests::laptop::Laptop;
use placard_tests::waiting::OrStop;
use thirtyfour::Key;

/// Ten thousand members, of whom every fiftieth has a number that a spreadsheet has eaten.
fn members() -> String {
    let mut text = "first_name,last_name,email,mobile_number\n".to_owned();
    for index in 0..10_000_u32 {
        let mobile = match index {
            7 => "07700 900777".to_owned(),
            _ if index % 50 == 11 => "7.70090E+09".to_owned(),
            _ => String::new(),
        };
        writeln!(
            text,
            "Member,Number N{index:05},m{index}@example.org,{mobile}"
        )
        .or_stop("writing to a text");
    }
    text
}

/// The refused lines with their numbers taken out, as somebody mends them.
fn mended(file: &Path) -> String {
    let refused = fs::read_to_string(file).or_stop("the refused lines");
    assert_eq!(refused.matches("7.70090E+09").count(), 200);
    refused.replace("7.70090E+09", "")
}

#[tokio::test]
async fn ten_thousand_come_in_with_two_hundred_mended_and_one_is_found_by_four_digits() {
    let day = Journey::with_campaign("ten thousand").await;
    let window = day.open().await;
    window.begin_the_day().await;
    let list = day.laptop.folder().join("members.csv");
    fs::write(&list, members()).expect("writing the list");

    day.step("The list is read, and what would come of it reported");
    window.go_to("In and out").await;
    window.field("File").fill(&list.display().to_string()).await;
    window.press(Key::Enter).await;
    window.button("Report").click().await;
    window.says("9,800 new people, 200 lines refused.").await;
    window.button("Save the refused lines").click().await;
    window.says("The refused lines are saved.").await;

    day.step("The others come in; nobody is texted");
    window.button("Bring in").click().await;
    window.says("9,800 people brought in.").await;

    day.step("The two hundred are mended in their file, and come in too");
    let downloads = day.laptop.folder().join("Downloads");
    let to_mend = downloads.join("members to mend.csv");
    fs::write(&to_mend, mended(&to_mend)).expect("mending the list");
    window.button("Another list").click().await;
    window
        .field("File")
        .fill(&to_mend.display().to_string())
        .await;
    window.press(Key::Enter).await;
    window.button("Report").click().await;
    window.says("200 new people").await;
    window.button("Bring in").click().await;
    window.says("200 people brought in.").await;

    day.step("One of them is found by the last four digits of a number");
    window.go_to("People").await;
    window.says("10,000 people").await;
    window.field("Search people").fill("0777").await;
    window.says("1 of 10,000").await;
    window.people_at_rest().await;
    window.link("Member Number N00007").click().await;
    window.heading("Member Number N00007").appears().await;

    day.step("The second list is undone as a whole");
    window.press_with(Key::Control, 'z').await;
    window.announces(&["Undone", "members to mend.csv"]).await;
    window.go_to("People").await;
    window.field("Search people").fill("").await;
    window.says("9,800 people").await;
    window.go_to("Texts").await;
    window.says("No texts yet").await;
}

#[tokio::test]
async fn two_records_become_one_and_two_again() {
    let day = Journey::with_campaign("two records").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.quit().await;

    day.step("A list brings the same person in twice");
    let list = day.laptop.folder().join("twice.csv");
    let text = "first_name,last_name,email,zip_code\nAmina,Khan,,SW9 8JX\nAmina,Kahn,amina@example.org,SW9 8JX\n";
    fs::write(&list, text).expect("writing the list");
    day.laptop.call(&["import", "twice.csv"]).done();

    day.step("They are found, shown side by side, and merged");
    let window = day.open().await;
    window.begin_the_day().await;
    window.go_to("People").await;
    window.link("Duplicates").click().await;
    window.heading("Duplicates").appears().await;
    window.button("Look again").click().await;
    window.button("Merge").click().await;
    window.go_to("People").await;
    window.says("1 person").await;
    assert_eq!(window.people_listed().await.len(), 1);
    window.people_at_rest().await;
    window.link("Amina Khan").click().await;
    window.says("amina@example.org").await;
    window.go_to("People").await;

    day.step("That was wrong after all, and is undone: each is as she was");
    window.press_with(Key::Control, 'z').await;
    window.announces(&["Undone"]).await;
    window.says("2 people").await;
    for name in ["Amina Kahn", "Amina Khan"] {
        window.link(name).appears().await;
    }
    let search = window.field("Search people");
    search.fill("amina@example.org").await;
    window.says("1 of 2 people").await;
    window.link("Amina Kahn").appears().await;
    assert_eq!(window.people_listed().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_do_the_same_without_the_window() {
    let day = Journey::with_campaign("scripts").await;
    let laptop = &day.laptop;
    fs::write(laptop.folder().join("members.csv"), members()).expect("writing the list");

    day.step("A list is reported on, brought in, mended and brought in again");
    let report = laptop.call(&["import", "members.csv", "--report-only"]);
    assert_eq!(report.code, 9, "{report:?}");
    assert_eq!(laptop.call(&["picture"]).done()["people"], 0);
    let brought = laptop.call(&["import", "members.csv", "--refused-to", "."]);
    assert_eq!(brought.code, 9, "{brought:?}");
    assert_eq!(brought.json()["report"]["refused"], 200);
    let to_mend = laptop.folder().join("members to mend.csv");
    fs::write(&to_mend, mended(&to_mend)).expect("mending the list");
    laptop.call(&["import", "members to mend.csv"]).done();
    assert_eq!(laptop.call(&["picture"]).done()["people"], 10_000);

    day.step("Somebody is found by the last four digits; a list is undone and redone");
    let found = laptop.call(&["people", "--search", "0777"]).done();
    assert_eq!(found["total"], 1);
    assert_eq!(found["rows"][0]["name"], "Member Number N00007");
    laptop.call(&["undo"]).done();
    assert_eq!(laptop.call(&["picture"]).done()["people"], 9_800);
    laptop.call(&["redo"]).done();

    day.step("Two records become one, and two again, each as it was");
    let amina = |laptop: &Laptop| {
        let found = laptop.call(&["people", "--search", "amina", "--sort", "name"]);
        let rows = found.done()["rows"].clone();
        let rows = rows.as_array().expect("rows").iter();
        rows.map(|row| (row["name"].clone(), row["email"].clone()))
            .collect::<Vec<_>>()
    };
    fs::write(
        laptop.folder().join("twice.csv"),
        "first_name,last_name,email,zip_code\nAmina,Khan,,SW9 8JX\nAmina,Kahn,amina@example.org,SW9 8JX\n",
    )
    .expect("writing the list");
    laptop.call(&["import", "twice.csv"]).done();
    let pairs = laptop.call(&["duplicates", "--quiet"]).done();
    assert_eq!(pairs["total"], 1, "{pairs}");
    let id = |side: &str| {
        pairs["pairs"][0][side]["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    };
    let before = amina(laptop);
    assert_eq!(before.len(), 2);
    laptop.call(&["merge", &id("one"), &id("other")]).done();
    assert_eq!(laptop.call(&["picture"]).done()["people"], 10_001);
    let merged = amina(laptop);
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].1, "amina@example.org");
    laptop.call(&["undo"]).done();
    assert_eq!(laptop.call(&["picture"]).done()["people"], 10_002);
    assert_eq!(amina(laptop), before);

    day.step("They are exported, and nobody who was not asked is subscribed");
    let exported = laptop
        .call(&["export", "--format", "nationbuilder", "--to", "out"])
        .done();
    assert_eq!(exported["count"], 10_002);
    let file = exported["path"].as_str().expect("a path");
    let text = fs::read_to_string(laptop.folder().join(file)).expect("the export");
    assert!(text.starts_with("first_name,last_name,email,email_opt_in,mobile_number"));
    assert!(!text.contains("true"), "nobody is subscribed");

    day.step("A backup is taken, the vault is scrawled over: who came after it is salvaged");
    let backup = laptop.call(&["backup", "now"]).done();
    let file = backup["path"].as_str().expect("a path").to_owned();
    fs::write(
        laptop.folder().join("late.csv"),
        "first_name,last_name,email\nLate,Comer,late@example.org\n",
    )
    .expect("writing the list");
    laptop.call(&["import", "late.csv"]).done();
    let harmed = laptop.harm_vault();
    assert_eq!(laptop.call(&["picture"]).code, 5);
    let salvaged = laptop.call(&["restore", "--salvage"]).done();
    let kept = salvaged["kept"].as_str().expect("where it is kept");
    assert!(fs::read(Path::new(kept).join("vault.placard")).expect("what is kept") == harmed);
    let found = laptop.call(&["people", "--search", "late comer"]).done();
    assert_eq!(found["total"], 1, "{salvaged}");

    day.step("It is broken beyond reading: the backup comes back, and says where the rest is");
    fs::write(laptop.vault(), b"Minutes of the meeting. ".repeat(4096)).expect("breaking it");
    assert_eq!(laptop.call(&["picture"]).code, 5);
    let inside = laptop.call(&["restore", &file, "--look"]).done();
    assert_eq!(inside["people"], 10_002);
    let restored = laptop.call(&["restore", &file]).done();
    assert!(restored["kept"].is_string(), "{restored}");
    assert_eq!(laptop.call(&["picture"]).done()["people"], 10_002);
}
