//! What is in a file and what opens it: people who were chosen, wordings of each laptop, a key.

use super::*;

#[test]
fn of_people_who_were_not_chosen_nothing_goes_but_the_chain() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let amina = one.capture("Amina", "07700 900101", true);
    one.capture("Quillfeather", "07700 900102", true);
    let chosen = one.lines(&Whom::Chosen(HashSet::from([amina])));
    assert!(
        chosen
            .iter()
            .all(|line| !line.contains("Quillfeather") && !line.contains("900102"))
    );
    let taken = other.take(&chosen).unwrap();
    assert_eq!((taken.people, taken.new), (1, 1));
    assert_eq!(other.names(), BTreeSet::from(["Amina".to_owned()]));
    assert!(other.ledger_is_whole());
    // With everybody, the rest comes after all.
    assert_eq!(other.takes_from(&one).new, 1);
    assert_eq!(one.state(), other.state());
}

#[test]
fn two_laptops_that_worded_a_version_each_keep_both() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    for (laptop, words) in [
        (&one, "May Clean Air Now text you? Say STOP at any time."),
        (&other, "Can Clean Air Now text you? Say STOP at any time."),
    ] {
        laptop.campaign.save_wording(TEXTS, "en", words).unwrap();
    }
    one.capture("Amina", "07700 900101", true);
    other.capture("Rhys", "07700 900102", true);
    one.takes_from(&other);
    other.takes_from(&one);
    for (laptop, words) in [(&one, "May"), (&other, "Can")] {
        assert!(laptop.ledger_is_whole());
        let asked = laptop.campaign.wording(TEXTS, "en").unwrap();
        assert!(asked.written.body.starts_with(words), "each asks its own");
        let mut export = Vec::new();
        laptop.campaign.export_ledger(&mut export).unwrap();
        assert!(crate::consent::ledger::check_export(&export[..]).is_ok());
    }
}

#[test]
fn what_was_set_on_one_laptop_is_set_and_undone_there_alone() {
    let runtime = Runtime::new().unwrap();
    let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
    let words = "May Clean Air Now text you? Say STOP at any time.";
    one.capture("Amina", "07700 900101", true);
    one.campaign.save_wording(TEXTS, "en", words).unwrap();
    one.campaign.add_language("fr", "Français", false).unwrap();
    let lines = one.lines(&Whom::All);
    assert!(lines.iter().all(|line| !line.contains("setting")));
    other.take(&lines).unwrap();
    let here = |laptop: &Laptop| laptop.campaign.undoable().unwrap().undo;
    assert_eq!(here(&other), None);
    assert_eq!(other.campaign.settings_changed().unwrap(), []);
    one.takes_from(&other);
    assert_eq!(here(&one).as_deref(), Some("the language Français"));
    for _ in 0..2 {
        one.campaign.undo().unwrap();
    }
    assert_ne!(
        one.campaign.wording(TEXTS, "en").unwrap().written.body,
        words
    );
    other.takes_from(&one);
    one.takes_from(&other);
    assert_eq!(one.state(), other.state());
}

#[test]
fn a_file_can_be_locked_for_the_key_that_a_laptop_shows() {
    let runtime = Runtime::new().unwrap();
    let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
    let [one, organisers, third] = &laptops;
    one.capture("Amina", "07700 900101", true);
    let key = organisers.campaign.hand_over_state().unwrap().key;
    let lock = LockedWith::Recipient(format!(" {key} "));
    let folder = one.folder.path().join("stick");
    let file = watched(|watch| one.campaign.hand_over(&Handing::All, &lock, &folder, watch));
    let file = file.unwrap();
    assert_eq!(file.count, 1);
    let refused = watched(|watch| third.campaign.take_in(&file.path, None, watch)).unwrap_err();
    assert!(refused.to_string().contains("another laptop"), "{refused}");
    watched(|watch| organisers.campaign.take_in(&file.path, None, watch)).unwrap();
    assert_eq!(organisers.names(), one.names());
    let known = organisers.campaign.hand_over_state().unwrap();
    assert_eq!(known.known_recipients.len(), 1, "one can be answered");
    let bytes = std::fs::read(&file.path).unwrap();
    assert!(!bytes.windows(5).any(|piece| piece == b"Amina"));
}
