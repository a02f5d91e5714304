//! What can befall a vault, and how Placard says so.

use std::fs;

use placard_tests::campaign::{PASSPHRASE, ready};
use placard_tests::journey::Journey;
use placard_tests::laptop::Laptop;
use placard_tests::people::{amara, bronwen, gwenllian};
use placard_tests::waiting;
use placard_tests::window::Window;
use thirtyfour::Key;

const NEW_PASSPHRASE: &str = "walnut ferry october 12 saddle";

#[tokio::test]
async fn a_wrong_passphrase_costs_a_growing_pause_and_the_recovery_code_opens() {
    let day = Journey::with_campaign("passphrases").await;
    let window = day.open().await;

    day.step("Each wrong passphrase is told, and makes the pause longer");
    for pause in ["1 second.", "2 seconds.", "4 seconds."] {
        window.unlock_with("not the passphrase at all").await;
        window.says(&format!("The next try waits {pause}")).await;
        window
            .says("That passphrase does not open this vault.")
            .await;
    }

    day.step("The right one opens, as soon as the pause is over");
    window.unlock().await;
    window.start_shift().await;
    window.capture(&amara()).await;
    window.lock().await;

    day.step("A wrong recovery code is told");
    window.button("Use the recovery code").click().await;
    window
        .field("Recovery code")
        .fill("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH")
        .await;
    window.field("New passphrase").fill(NEW_PASSPHRASE).await;
    window.field("Repeat passphrase").fill(NEW_PASSPHRASE).await;
    window.button("Set passphrase").click().await;
    window
        .says("That recovery code does not open this vault.")
        .await;

    day.step("The right one opens, however it is typed, and sets the new passphrase");
    let code = ready(&day)
        .await
        .recovery_code
        .to_lowercase()
        .replace('-', " ");
    window.field("Recovery code").fill(&code).await;
    window.button("Set passphrase").click().await;
    window.start_shift().await;
    window.go_to("People").await;
    window.row_with(&[&amara().name()]).appears().await;

    day.step("From then on the new passphrase opens, and the old one does not");
    window.lock().await;
    window.unlock_with(PASSPHRASE).await;
    window
        .says("That passphrase does not open this vault.")
        .await;
    window.unlock_with(NEW_PASSPHRASE).await;
    window.button("Skip").appears().await;
}

#[tokio::test]
async fn what_is_not_a_vault_of_ours_is_named_and_left_alone() {
    let day = Journey::with_campaign("strange vaults").await;
    let laptop = &day.laptop;
    let (vault, header) = (laptop.vault(), laptop.header());
    let good_vault = fs::read(&vault).expect("a vault");
    let good_header = fs::read(&header).expect("a header");

    day.step("A shopping list where the header should be");
    fs::write(&header, "eggs, bread, marmalade").expect("writing");
    let window = day.open().await;
    window
        .heading("This is not a Placard vault")
        .appears()
        .await;
    window.says("Placard has left it untouched.").await;
    assert!(
        window
            .shows(&laptop.data().join("campaign").display().to_string())
            .await
    );

    day.step("No header at all");
    fs::remove_file(&header).expect("removing");
    look_again(&window).await;
    window
        .says("not the key file that opens it (vault.key)")
        .await;

    day.step("A header that a newer Placard wrote");
    fs::write(&header, &good_header).expect("writing");
    laptop.make_header_newer();
    look_again(&window).await;
    window
        .heading("A newer Placard wrote this vault")
        .appears()
        .await;
    window.says("Update Placard on this laptop").await;

    day.step("An empty vault beside its header");
    fs::write(&header, &good_header).expect("writing");
    fs::write(&vault, "").expect("writing");
    look_again(&window).await;
    window.heading("The vault is damaged").appears().await;
    assert_eq!(
        fs::read(&vault).expect("a vault"),
        b"",
        "it is left as it was"
    );

    day.step("A vault that was cut in the middle, which shows when it is opened");
    let half = &good_vault[..good_vault.len() / 2];
    fs::write(&vault, half).expect("writing");
    // Copied from a stick that was pulled out, it comes without what the database keeps beside it.
    for beside in ["placard-wal", "placard-shm"] {
        let _ = fs::remove_file(vault.with_extension(beside));
    }
    look_again(&window).await;
    window.unlock_with(PASSPHRASE).await;
    window
        .says("The vault is damaged and cannot be opened.")
        .await;
    assert!(
        fs::read(&vault).expect("a vault") == half,
        "it is left as it was"
    );

    day.step("Something else where the vault should be");
    let other = b"Minutes of the meeting. ".repeat(4096);
    fs::write(&vault, &other).expect("writing");
    window.button("Try the passphrase again").click().await;
    window.unlock_with("not the passphrase at all").await;
    window
        .says("That passphrase does not open this vault.")
        .await;
    window.unlock_with(PASSPHRASE).await;
    window
        .says("The vault is damaged and cannot be opened.")
        .await;
    assert!(
        fs::read(&vault).expect("a vault") == other,
        "it is left as it was"
    );

    day.step("Placard kept a backup by itself: it comes back, and what it replaced is kept");
    window.says("There is a good backup").await;
    window.button("Restore and salvage").click().await;
    window.unlock_with(PASSPHRASE).await;
    window.says("Unlock it as ever").await;
    window.unlock().await;
    window.button("Skip").appears().await;
    let kept = fs::read_dir(laptop.data())
        .expect("the data folder")
        .map(|entry| entry.expect("an entry").path().join("vault.placard"))
        .filter(|file| *file != vault)
        .find_map(|file| fs::read(file).ok());
    assert!(kept.is_some_and(|kept| kept == other), "it is kept");
}

async fn look_again(window: &Window<'_>) {
    window.button("Look again").click().await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_loses_nothing() {
    let day = Journey::with_small_disk("a full disk").await;

    day.step("Amara is saved while there is room");
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&amara()).await;

    day.step("The disk is full: Bronwen is not saved, the screen says so, and her form stays");
    day.laptop.fill_disk();
    let bronwen = bronwen();
    window.type_person(&bronwen).await;
    window.press(Key::Enter).await;
    window.says("The disk is full").await;
    window.field("First name").holds(&bronwen.first).await;
    window.field("Mobile").holds(&bronwen.mobile).await;
    assert!(!window.shows(&format!("Saved {}", bronwen.name())).await);

    day.step("There is room again: the same press saves her, once");
    day.laptop.free_disk();
    window.button("Save").click().await;
    window.called_saved(&bronwen).await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Delivered").await;
    window.text_is(&bronwen, "Delivered").await;

    day.step("Both are in what is on that disk");
    window.lock().await;
    let kept = day.laptop.snapshot_of_running();
    drop(window);
    let other = Laptop::new();
    other.restore(&kept);
    let window = day.open_on(&other).await;
    window.begin_the_day().await;
    window.go_to("People").await;
    let people = window.people_listed().await;
    assert_eq!(people.len(), 2, "{people:#?}");
    for person in [amara(), bronwen] {
        assert!(
            people.iter().any(|row| row.contains(&person.name())),
            "{people:#?}"
        );
    }
}

#[tokio::test]
async fn a_half_filled_form_survives_a_power_cut_and_a_lock() {
    let day = Journey::with_campaign("half-filled forms").await;
    let gwenllian = gwenllian();

    day.step("Gwenllian is half typed when the power goes");
    let window = day.open().await;
    window.begin_the_day().await;
    window.type_person(&gwenllian).await;
    window.field("Email").type_text("gwen@").await;
    waiting::a_second_after_the_last_key().await;
    window.kill().await;

    day.step("What was typed is back, and in no file that anybody can read");
    let telling = day
        .laptop
        .files_that_tell(&["Gwenllian", "900107", "gwen@"]);
    assert!(telling.is_empty(), "{telling:?}");
    let window = day.open().await;
    window.begin_the_day().await;
    window.says("What was typed earlier is back.").await;
    window.field("First name").holds(&gwenllian.first).await;
    window.field("Last name").holds(&gwenllian.last).await;
    window.field("Mobile").holds(&gwenllian.mobile).await;
    window.field("Email").holds("gwen@").await;
    assert!(window.checkbox("Agrees to texts").is_checked().await);

    day.step("A lock in the middle of a word keeps the word");
    window.field("Postcode").type_text("SW9 8").await;
    window.lock().await;
    assert!(
        !window.shows(&gwenllian.first).await,
        "nothing of her is on the locked screen"
    );
    window.unlock().await;
    window.skip_shift().await;
    window.field("First name").holds(&gwenllian.first).await;
    window.field("Postcode").holds("SW9 8").await;

    day.step("A second copy ends by itself; the first and what is typed in it stay");
    let second = day.laptop.start_second_copy().await;
    assert!(second.success(), "{second}");
    assert!(day.laptop.is_running());
    window.field("Email").type_text("example.org").await;
    window.press(Key::Enter).await;
    window.called_saved(&gwenllian).await;
    window.go_to("People").await;
    let people = window.people_listed().await;
    assert_eq!(people.len(), 1, "{people:#?}");
}
