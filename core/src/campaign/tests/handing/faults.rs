//! Files that break on the way, or are none.

use super::*;

fn refused(laptop: &Laptop, bytes: &[u8]) -> String {
    let path = laptop.folder.path().join("file.age");
    std::fs::write(&path, bytes).unwrap();
    let before = laptop.state();
    let refused = taken_in(laptop, &path).unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
    assert_eq!(laptop.state(), before, "nothing has changed");
    refused.to_string()
}

#[test]
fn a_file_that_broke_on_the_way_changes_nothing() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    for number in 101..140 {
        one.capture(&format!("P{number}"), &format!("07700 900{number}"), true);
    }
    let whole = std::fs::read(handed(&one, &Handing::All)).unwrap();
    for length in [0, 3, 22, 60, 190, 300, 20_000, whole.len() - 1] {
        let sentence = refused(&other, &whole[..length]);
        assert!(
            sentence.contains("damaged") || sentence.contains("not a file"),
            "{length}: {sentence}"
        );
    }
    for place in [30, 150, 200, 400, whole.len() / 2, whole.len() - 3] {
        let mut flipped = whole.clone();
        flipped[place] ^= 1;
        let sentence = refused(&other, &flipped);
        assert!(sentence.ends_with('.'), "{place}: {sentence}");
    }
    assert!(refused(&other, b"first_name,mobile\nAmina,07700900101\n").contains("not a file"));
    assert!(refused(&other, b"age-encryption.org/v9\n").contains("newer"));
    let long = [b"age-encryption.org/v1\n".to_vec(), vec![b'-'; 1_000_000]].concat();
    assert!(refused(&other, &long).contains("damaged"));
}

#[test]
fn a_file_that_is_not_there_is_asked_for_again() {
    let runtime = Runtime::new().unwrap();
    let laptop = Laptop::new(&runtime, 0);
    let folder = laptop.folder.path();
    for path in [folder.join("nowhere.age"), folder.to_path_buf()] {
        assert_eq!(taken_in(&laptop, &path).unwrap_err().field(), Some("path"));
    }
}

#[test]
fn a_wrong_passphrase_is_said_to_be_wrong() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", true);
    let file = handed(&one, &Handing::All);
    for (typed, says) in [
        (None, "locked with a passphrase"),
        (Some("kettle marble orbit friday"), "does not open"),
    ] {
        let typed = typed.map(SecretString::from);
        let refused = watched(|watch| other.campaign.take_in(&file, typed.as_ref(), watch));
        let refused = refused.unwrap_err();
        assert_eq!(refused.code(), Code::WrongPassphrase);
        assert!(refused.to_string().contains(says), "{refused}");
    }
    let weak = LockedWith::Passphrase(SecretString::from("password"));
    let stick = one.folder.path().join("weak");
    let refused = watched(|watch| one.campaign.hand_over(&Handing::All, &weak, &stick, watch));
    assert_eq!(refused.unwrap_err().code(), Code::WeakPassphrase);
    let no_key = LockedWith::Recipient("age1nothing".to_owned());
    let refused = watched(|watch| {
        one.campaign
            .hand_over(&Handing::All, &no_key, &stick, watch)
    });
    assert_eq!(refused.unwrap_err().field(), Some("recipient"));
}

#[test]
fn another_campaigns_file_is_refused() {
    let runtime = Runtime::new().unwrap();
    let ours = Laptop::new(&runtime, 0);
    let same = Laptop::of(&runtime, "CLEAN  Air now", 0);
    let others = Laptop::of(&runtime, "Clean Water Now", 0);
    ours.capture("Amina", "07700 900101", true);
    let file = handed(&ours, &Handing::All);
    let refused = taken_in(&others, &file).unwrap_err();
    assert!(
        refused.to_string().contains("another campaign"),
        "{refused}"
    );
    taken_in(&same, &file).unwrap();
}

#[test]
fn a_changed_ledger_is_not_taken_in() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", false);
    one.capture("Bo", "07700 900102", true);
    let honest = one.lines(&Whom::All);
    let forged: Lines = honest
        .iter()
        .map(|line| line.replace("\"what\":\"grant\"", "\"what\":\"refusal\""))
        .collect();
    assert_ne!(honest, forged);
    let before = other.state();
    let refused = other.take(&forged).unwrap_err();
    assert!(refused.to_string().contains("ledger"), "{refused}");
    assert_eq!(other.state(), before);
    let without = honest
        .iter()
        .filter(|line| !line.starts_with("{\"capture\"") && !line.starts_with("{\"person\""))
        .cloned()
        .collect();
    assert!(other.take(&without).is_err(), "rows point nowhere");
    assert_eq!(other.state(), before);
    other.take(&honest).unwrap();
}

#[test]
fn what_is_stopped_leaves_neither_half_a_file_nor_half_the_people() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    one.capture("Amina", "07700 900101", true);
    let stop = AtomicBool::new(true);
    let watch = Watch::new(&|_, _| {}, &stop);
    let folder = one.folder.path().join("stopped");
    let lock = LockedWith::Passphrase(passphrase());
    let stopped = one
        .campaign
        .hand_over(&Handing::All, &lock, &folder, &watch);
    assert_eq!(stopped.unwrap_err().code(), Code::Stopped);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    let file = handed(&one, &Handing::All);
    let stopped = other.campaign.take_in(&file, Some(&passphrase()), &watch);
    assert_eq!(stopped.unwrap_err().code(), Code::Stopped);
    assert!(other.people().is_empty());
}

#[test]
fn practice_hands_nothing_over() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let campaign = Campaign::start(
        practice(folder.path(), Utc::now()).unwrap(),
        runtime.handle(),
        Arc::new(SystemClock),
        Events::default(),
    )
    .unwrap();
    let refused = campaign.hand_over_state().unwrap_err();
    assert_eq!(refused.code(), Code::PracticeOnly);
}
