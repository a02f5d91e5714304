//! Laptops of one campaign that hand people to each other, in the window and without it.

use std::fs;
use std::path::{Path, PathBuf};

use placard_tests::in_and_out::{FILE_PASSPHRASE, NOTHING_NEW};
use placard_tests::journey::Journey;
use placard_tests::laptop::Laptop;
use placard_tests::people::{Person, amara, bronwen};
use placard_tests::window::Window;

/// Opens the campaign on a laptop, and sets it up there the first time.
async fn begin_on<'a>(day: &Journey, laptop: &'a Laptop) -> Window<'a> {
    let window = day.open_on(laptop).await;
    if laptop.vault().exists() {
        window.unlock().await;
    } else {
        window.set_up_campaign().await;
    }
    window.start_shift().await;
    window
}

/// One laptop's turn: takes in what the one before it handed over, twice, and hands on what is news.
async fn turn(day: &Journey, laptop: &Laptop, handed: Option<(&Path, &str)>) -> PathBuf {
    let window = begin_on(day, laptop).await;
    if let Some((file, says)) = handed {
        window.take_in(file, says).await;
        window.take_in(file, NOTHING_NEW).await;
    }
    let file = window.hand_over().await;
    window.quit().await;
    file
}

async fn capture_on(day: &Journey, laptop: &Laptop, person: &Person) {
    let window = begin_on(day, laptop).await;
    window.capture(person).await;
    window.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_laptops_hand_round_in_the_window_what_each_has() {
    let day = Journey::with_campaign("a ring in the window").await;
    let first = &day.laptop;
    let (second, third) = (Laptop::new(), Laptop::new());

    day.step("Amara is captured on the first laptop, Bronwen on the second");
    capture_on(&day, first, &amara()).await;
    capture_on(&day, &second, &bronwen()).await;

    day.step("The first hands over to the second, the second to the third: each adds what it has");
    let file = turn(&day, first, None).await;
    let file = turn(&day, &second, Some((&file, "1 new and 0 changed."))).await;
    let file = turn(&day, &third, Some((&file, "2 new and 0 changed."))).await;

    day.step("The ring closes: the first gets Bronwen, and its own Amara does not come back twice");
    let file = turn(&day, first, Some((&file, "1 new and 0 changed."))).await;
    turn(&day, &second, Some((&file, NOTHING_NEW))).await;

    day.step("A file opens with its passphrase and no other");
    let window = begin_on(&day, &third).await;
    window.go_in_and_out("Take in").await;
    window.field("File").fill(&file.display().to_string()).await;
    window.button("Look inside").click().await;
    window
        .field("Passphrase of the file")
        .fill("not this one at all")
        .await;
    window.button("Look inside").click().await;
    window.says("does not open this file").await;

    day.step("Amara opts out on the third: it reaches the first, and the second");
    window.opt_out(&amara()).await;
    let file = window.hand_over().await;
    window.quit().await;
    let file = turn(&day, first, Some((&file, "one number opted out"))).await;
    turn(&day, &second, Some((&file, "one number opted out"))).await;

    day.step("All three have both of them once, Amara as opted out, and a ledger that is whole");
    for laptop in [first, &second, &third] {
        let window = begin_on(&day, laptop).await;
        window.open_person(&amara()).await;
        window.says("Opted out: nothing goes to this number.").await;
        window.go_to("People").await;
        let people = window.people_listed().await;
        assert_eq!(people.len(), 2, "{people:#?}");
        window.quit().await;
        assert_eq!(laptop.call(&["ledger", "check"]).done()["ledger"], "whole");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_laptops_hand_round_what_each_has() {
    let day = Journey::with_campaign("three laptops").await;
    let phrase = day.laptop.folder().join("phrase");
    fs::write(&phrase, FILE_PASSPHRASE).expect("writing the passphrase");
    let phrase = phrase.display().to_string();

    day.step("Amara is captured on the first laptop, Bronwen on the second");
    let (second, third) = (Laptop::new(), Laptop::new());
    for (laptop, person) in [
        (&day.laptop, Some(amara())),
        (&second, Some(bronwen())),
        (&third, None),
    ] {
        let window = day.open_on(laptop).await;
        if laptop.vault().exists() {
            window.unlock().await;
        } else {
            window.set_up_campaign().await;
        }
        window.start_shift().await;
        if let Some(person) = person {
            window.capture(&person).await;
        }
        window.quit().await;
    }

    day.step("Each hands over to the next, twice round");
    let ring = [
        &day.laptop,
        &second,
        &third,
        &day.laptop,
        &second,
        &third,
        &day.laptop,
    ];
    for pair in ring.windows(2) {
        let handed = pair[0]
            .call(&[
                "hand-over",
                "--to",
                "out",
                "--file-passphrase-file",
                &phrase,
            ])
            .done();
        let file = pair[0]
            .folder()
            .join(handed["path"].as_str().expect("a path"));
        let file = file.display().to_string();
        let taken = ["take-in", &file, "--file-passphrase-file", &phrase];
        pair[1].call(&taken).done();
        let again = pair[1].call(&taken).done();
        assert_eq!(
            (&again["new"], &again["changed"]),
            (&0.into(), &0.into()),
            "{again}"
        );
    }

    day.step("All three have both");
    for laptop in [&day.laptop, &second, &third] {
        let people = laptop.call(&["people", "--sort", "name"]).done();
        assert_eq!(people["total"], 2, "{people}");
        assert_eq!(laptop.call(&["ledger", "check"]).done()["ledger"], "whole");
    }
}
