//! A damaged vault: what the newest good backup and what is left of it make together.

use super::*;

fn rescue(laptop: &Laptop, named: Option<&Path>) -> Result<Restored> {
    quietly(|watch| salvage(laptop.data(), named, &passphrase(), now(), watch))
}

fn many(laptop: &Laptop, from: u32, to: u32) {
    laptop.opened(|campaign| {
        for index in from..to {
            capture(
                campaign,
                &format!("Person {index:03}"),
                &format!("+447700900{index:03}"),
            );
        }
    });
}

#[test]
fn a_damaged_vault_offers_the_newest_good_backup_and_gives_up_what_can_be_read() {
    let laptop = Laptop::new();
    many(&laptop, 0, 60);
    laptop.back_up(now() - TimeDelta::hours(2));
    many(&laptop, 60, 120);
    laptop.opened(|campaign| {
        campaign.opt_out("+447700900007").unwrap();
    });
    // A newer backup that is damaged is passed over.
    let newer = laptop.back_up(now() - TimeDelta::hours(1));
    harm(&newer.path, 30_000, 64);

    let database = Folder::campaign(laptop.data()).database();
    let whole = fs::read(&database).unwrap();
    let pages = whole.len() / 4_096;
    let mut most = 0;
    let mut found_damaged = 0;
    for page in (2..pages).step_by(17) {
        fs::write(&database, &whole).unwrap();
        harm(&database, page * 4_096, 4_096);
        let harmed = fs::read(&database).unwrap();
        if !matches!(
            Storage::open(&database, &laptop.key),
            Err(Error::DamagedVault)
        ) {
            continue;
        }
        found_damaged += 1;
        let offered = quietly(|watch| offered(laptop.data(), now(), watch))
            .unwrap()
            .unwrap();
        assert_eq!(offered.backup.at, now() - TimeDelta::hours(2));
        let done = rescue(&laptop, None).unwrap();
        let kept = done.kept.clone().unwrap();
        assert_eq!(
            fs::read(kept.join("vault.placard")).unwrap(),
            harmed,
            "kept as it was"
        );
        let people = laptop.people().len() as u64;
        assert_eq!(
            people,
            60 + done.brought.people,
            "page {page}: {}",
            done.sentence
        );
        most = most.max(people);
        // Nothing waits that may have gone and is not told of.
        let storage = laptop.storage();
        assert!(storage.read(crate::storage::holds::everything).unwrap());
        drop(storage);
        fs::remove_dir_all(kept).unwrap();
    }
    assert!(found_damaged > 3, "{found_damaged} of {pages} pages");
    assert_eq!(most, 120, "most pages hold nobody");
}

#[test]
fn a_vault_that_is_cut_in_the_middle_gives_up_what_is_left_of_it() {
    let laptop = Laptop::new();
    many(&laptop, 0, 20);
    laptop.back_up(now());
    many(&laptop, 20, 100);
    let database = Folder::campaign(laptop.data()).database();
    let whole = fs::read(&database).unwrap();
    for part in [whole.len() * 9 / 10, whole.len() / 2, 4_096, 100] {
        fs::write(&database, &whole[..part]).unwrap();
        let done = rescue(&laptop, None).unwrap();
        let people = laptop.people().len() as u64;
        assert_eq!(
            people,
            20 + done.brought.people,
            "{part}: {}",
            done.sentence
        );
        fs::remove_dir_all(done.kept.unwrap()).unwrap();
    }
}

#[test]
fn without_a_good_backup_nothing_is_offered_and_nothing_changes() {
    let laptop = Laptop::new();
    let database = Folder::campaign(laptop.data()).database();
    harm(&database, 0, 64);
    let before = files(laptop.data());
    assert!(
        quietly(|watch| offered(laptop.data(), now(), watch))
            .unwrap()
            .is_none()
    );
    let refused = rescue(&laptop, None);
    assert!(matches!(refused, Err(Error::Invalid { .. })));
    assert_eq!(files(laptop.data()), before);
}

/// A stick that each of the laptops uses as its second place.
fn on_one_stick(laptops: &[&Laptop]) -> TempDir {
    let stick = tempfile::tempdir().unwrap();
    for laptop in laptops {
        Places::of(laptop.data())
            .choose_second(Some(stick.path()))
            .unwrap();
    }
    stick
}

#[test]
fn a_laptop_never_becomes_another_that_uses_its_passphrase_and_its_stick() {
    let (own, other) = (Laptop::new(), Laptop::new());
    let _stick = on_one_stick(&[&own, &other]);
    own.capture(&[("Amina", "07700 900101")]);
    other.capture(&[("Rhys", "07700 900102")]);
    let mine = own.back_up(now() - TimeDelta::minutes(5));
    other.back_up(now());
    let database = Folder::campaign(own.data()).database();
    harm(&database, 0, 8_192);
    let offer = |laptop: &Laptop| {
        let offered = quietly(|watch| offered(laptop.data(), now(), watch));
        offered.unwrap().unwrap()
    };
    assert_eq!(offer(&own).backup.at, mine.at);
    assert!(!offer(&own).sentence.contains("another laptop"));
    rescue(&own, None).unwrap();
    assert_eq!(own.people(), ["Amina"]);

    // With a newer passphrase its backups are still known by the recovery code that they share.
    let newer = SecretString::from("lantern pigeon velvet monday");
    own.opened(|campaign| {
        let changed = campaign.change_passphrase(own.data(), &passphrase(), &newer);
        changed.unwrap();
    });
    assert_eq!(offer(&own).backup.at, mine.at);
    let done = quietly(|watch| salvage(own.data(), None, &newer, now(), watch));
    done.unwrap();
    assert_eq!(own.people(), ["Amina"]);
    assert!(unlock(own.data(), &newer).is_ok());

    // With none of its own left, the other's is not taken either.
    let its_own = list(&Places::of(own.data()), Some(&own.key()));
    assert_eq!(its_own.len(), 2);
    for backup in its_own {
        fs::remove_file(backup.path).unwrap();
    }
    assert!(offer(&own).sentence.contains("another laptop"));
    let before = files(own.data());
    let refused = quietly(|watch| salvage(own.data(), None, &newer, now(), watch));
    assert!(matches!(refused, Err(Error::Invalid { .. })));
    assert_eq!(files(own.data()), before);
}

#[test]
fn without_a_header_the_backups_on_the_laptop_itself_come_first() {
    let (own, other) = (Laptop::new(), Laptop::new());
    let _stick = on_one_stick(&[&own, &other]);
    own.capture(&[("Amina", "07700 900101")]);
    let mine = own.back_up(now() - TimeDelta::minutes(5));
    other.back_up(now());
    fs::write(Folder::campaign(own.data()).header(), "{").unwrap();
    let offered = quietly(|watch| offered(own.data(), now(), watch))
        .unwrap()
        .unwrap();
    assert_eq!(
        (offered.backup.at, offered.backup.place),
        (mine.at, Place::Here)
    );
    assert!(offered.sentence.contains("another laptop"));
    rescue(&own, None).unwrap();
    assert_eq!(own.people(), ["Amina"]);
}

#[test]
fn one_that_a_wrong_clock_dated_ahead_is_taken_last() {
    let laptop = Laptop::new();
    let ahead = laptop.back_up(now() + TimeDelta::days(400));
    laptop.capture(&[("Amina", "07700 900101")]);
    let newest = laptop.back_up(now());
    let offered = quietly(|watch| offered(laptop.data(), now(), watch))
        .unwrap()
        .unwrap();
    assert_eq!(offered.backup.path, newest.path);
    harm(&Folder::campaign(laptop.data()).database(), 0, 8_192);
    rescue(&laptop, None).unwrap();
    assert_eq!(laptop.people(), ["Amina"]);
    // And is better than none.
    harm(&newest.path, 30_000, 64);
    rescue(&laptop, None).unwrap();
    assert_eq!(
        laptop.people(),
        ["Amina"],
        "she is in the vault as it stands"
    );
    assert!(ahead.path.exists());
}

#[test]
fn the_backup_that_is_named_is_restored_and_what_can_be_read_beyond_it_is_added() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let first = laptop.back_up(now() - TimeDelta::hours(2));
    laptop.capture(&[("Rhys", "07700 900102")]);
    laptop.back_up(now() - TimeDelta::hours(1));
    laptop.capture(&[("Priya", "07700 900103")]);
    let done = rescue(&laptop, Some(first.path.as_path())).unwrap();
    assert_eq!(done.brought.people, 2);
    assert!(done.kept.is_some());
    assert_eq!(laptop.people(), ["Amina", "Priya", "Rhys"]);
    // It is of the day of an older passphrase, and the newest is typed.
    let newer = SecretString::from("lantern pigeon velvet monday");
    laptop.opened(|campaign| {
        let changed = campaign.change_passphrase(laptop.data(), &passphrase(), &newer);
        changed.unwrap();
    });
    let named = Some(first.path.as_path());
    let done = quietly(|watch| salvage(laptop.data(), named, &newer, now(), watch));
    done.unwrap();
    assert!(unlock(laptop.data(), &newer).is_ok());
    // A wrong one changes nothing.
    let wrong = SecretString::from("window copper saddle tuesday");
    let before = files(laptop.data());
    let refused = quietly(|watch| salvage(laptop.data(), named, &wrong, now(), watch));
    assert!(matches!(refused, Err(Error::WrongPassphrase)));
    assert_eq!(files(laptop.data()), before);
}

#[test]
fn whether_there_was_nothing_newer_or_nothing_could_be_read_is_told_apart() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    laptop.back_up(now());
    let done = rescue(&laptop, None).unwrap();
    assert!(
        done.sentence
            .contains("Nothing newer was found in the damaged vault.")
    );
    let database = Folder::campaign(laptop.data()).database();
    let length = usize::try_from(fs::metadata(&database).unwrap().len()).unwrap();
    for harmed in [vec![7; length], Vec::new()] {
        fs::write(&database, harmed).unwrap();
        let done = rescue(&laptop, None).unwrap();
        let said = &done.sentence;
        assert!(
            said.contains("could not be read, so nothing was added"),
            "{said}"
        );
        assert!(said.contains("The damaged files are kept."), "{said}");
        assert!(!said.contains("Nothing newer"), "{said}");
    }
}

#[test]
fn whoever_was_captured_and_erased_since_leaves_the_ledger_whole() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    laptop.back_up(now());
    laptop.capture(&[("Rhys", "07700 900102"), ("Priya", "07700 900103")]);
    laptop.opened(|campaign| {
        campaign.erase(id_of(campaign, "Rhys")).unwrap();
    });
    let done = rescue(&laptop, None).unwrap();
    assert_eq!((done.brought.people, done.brought.left_out), (1, 0));
    assert_eq!(laptop.people(), ["Amina", "Priya"]);
    laptop.opened(|campaign| {
        let whole = campaign.check_ledger().unwrap();
        assert!(matches!(whole, crate::campaign::LedgerState::Whole { .. }));
    });
}
