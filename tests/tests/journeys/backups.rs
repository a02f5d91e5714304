//! Backups that an organiser takes, keeps on a stick, and goes back to.

use std::fs;

use placard_tests::campaign::PASSPHRASE;
use placard_tests::journey::Journey;
use placard_tests::laptop::{Laptop, backups_in};
use placard_tests::people::{amara, bronwen, gwenllian};
use placard_tests::window::Window;

async fn back_up(window: &Window<'_>) {
    window.go_in_and_out("Backups").await;
    window.button("Back up now").click().await;
    window
        .announces(&["A backup is taken, and was read back whole."])
        .await;
}

async fn names(window: &Window<'_>) -> usize {
    window.go_to("People").await;
    window.people_listed().await.len()
}

#[tokio::test]
async fn backups_are_taken_kept_on_a_stick_and_gone_back_to() {
    let day = Journey::with_campaign("backups").await;
    let stick = day.laptop.folder().join("stick");
    fs::create_dir(&stick).expect("a stick");
    let window = day.open().await;
    window.begin_the_day().await;

    day.step("Amara is saved, and a backup taken");
    window.capture(&amara()).await;
    back_up(&window).await;
    window.says("1 person").await;
    let first = day.laptop.backups().pop().expect("a backup");

    day.step("A second place that is not there is told");
    let place = window.field("Folder of the second place");
    place
        .fill(&stick.join("nothing").display().to_string())
        .await;
    window.button("Use this folder").click().await;
    window.says("There is no such folder.").await;

    day.step("A stick is chosen: each backup goes there too");
    place.fill(&stick.display().to_string()).await;
    window.button("Use this folder").click().await;
    window
        .announces(&["Each backup goes there too from now on."])
        .await;
    window.row_with(&["in the second place"]).appears().await;
    window.go_to("Capture").await;
    window.capture(&bronwen()).await;
    back_up(&window).await;
    let on_stick = backups_in(&stick);
    assert!(on_stick.len() >= 2, "{on_stick:?}");
    let newest = fs::read(on_stick.last().expect("the newest")).expect("it");
    let mut here = day.laptop.backups().into_iter();
    assert!(here.any(|file| fs::read(file).expect("a backup") == newest));

    day.step("The stick is pulled out: the screen says so, and the laptop keeps its own");
    let pulled = day.laptop.folder().join("in a pocket");
    fs::rename(&stick, &pulled).expect("pulling it out");
    window.go_to("Capture").await;
    window.capture(&gwenllian()).await;
    back_up(&window).await;
    window
        .says("The second place for backups is not there")
        .await;
    window.says("Plug it in").await;
    window
        .row_with(&["3 people", "on this laptop"])
        .appears()
        .await;
    let kept_here = day.laptop.backups();

    day.step("It is plugged in again: the newest goes there by the next backup");
    fs::rename(&pulled, &stick).expect("plugging it in");
    back_up(&window).await;
    window
        .row_with(&["3 people", "in the second place"])
        .appears()
        .await;
    assert!(
        !window
            .shows("The second place for backups is not there")
            .await
    );
    assert!(day.laptop.backups().len() > kept_here.len());

    day.step(
        "The first backup shows what it holds, and replaces nothing before that is said twice",
    );
    window
        .field("A backup from elsewhere")
        .fill(&first.display().to_string())
        .await;
    window.button("Look inside").click().await;
    window.heading("What this backup holds").appears().await;
    window.says("Clean Air Now, as it was").await;
    window.says("People 1 ").await;
    window.says("It is whole").await;
    window.button("Restore").click().await;
    window.says("What is here now is kept").await;
    window.button("Not now").click().await;
    assert_eq!(names(&window).await, 3);

    day.step("Said twice, it takes the vault's place, and what it replaced is kept");
    window.go_to("In and out").await;
    window.button("Restore").click().await;
    window.button("Yes, restore").click().await;
    window.says("Restored as it was on").await;
    window.says("What it replaced is kept in").await;
    let kept = day.laptop.kept_vaults();
    assert_eq!(kept.len(), 1, "{kept:?}");
    window.says(&kept[0].display().to_string()).await;
    window.begin_the_day().await;
    assert_eq!(names(&window).await, 1);
    window.link(&amara().name()).appears().await;
    window.quit().await;

    day.step("The laptop is lost: on a new one the stick brings back all of it");
    let bought = Laptop::new();
    let window = day.open_on(&bought).await;
    window.button("Restore a backup").click().await;
    let newest = backups_in(&stick).pop().expect("the newest");
    window
        .field("Backup")
        .fill(&newest.display().to_string())
        .await;
    window.button("Look inside").click().await;
    window.field("Passphrase").fill(PASSPHRASE).await;
    window.button("Look inside").click().await;
    window.says("It is whole").await;
    window.button("Restore").click().await;
    window.button("Yes, restore").click().await;
    window.says("Restored as it was on").await;
    window.begin_the_day().await;
    assert_eq!(names(&window).await, 3);
    window.quit().await;

    day.step("What was replaced opens as a vault of its own, with all three");
    let other = Laptop::new();
    fs::create_dir(other.data().join("campaign")).expect("a folder");
    for entry in fs::read_dir(&kept[0]).expect("what is kept") {
        let file = entry.expect("a file").path();
        let to = other
            .data()
            .join("campaign")
            .join(file.file_name().expect("a name"));
        fs::copy(&file, to).expect("copying it");
    }
    let window = day.open_on(&other).await;
    window.begin_the_day().await;
    assert_eq!(names(&window).await, 3);
}
