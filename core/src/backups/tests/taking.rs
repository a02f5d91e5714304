//! What a backup is, and what becomes of those that there are.

use super::*;
use crate::Code;
use crate::backups::file::Label;
use crate::backups::restoring::cut_short;

#[test]
fn a_backup_says_what_it_holds_to_its_passphrase_and_its_recovery_code_alone() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101"), ("Rhys", "07700 900102")]);
    let backup = laptop.back_up(now());
    assert_eq!(backup.people, Some(2));
    assert!(
        backup.name.starts_with("Placard backup 2026-11-30 "),
        "{}",
        backup.name
    );
    let written = String::from_utf8_lossy(&fs::read(&backup.path).unwrap()).into_owned();
    for secret in ["Clean Air", "Amina", "900101"] {
        assert!(!written.contains(secret), "{secret} can be read");
    }
    let code = SecretString::from(laptop.code.groups().join("-"));
    for secret in [passphrase(), code] {
        let inside =
            quietly(|watch| look_into(&backup.path, &Opener::Secret(&secret), watch)).unwrap();
        assert_eq!(
            (
                inside.campaign.as_str(),
                inside.people,
                inside.texts,
                inside.entries
            ),
            ("Clean Air Now", 2, 2, 2)
        );
        assert!(inside.readable);
        assert!(
            inside.sentence().contains("2 people"),
            "{}",
            inside.sentence()
        );
    }
    let wrong = SecretString::from("lantern pigeon velvet monday");
    let refused = quietly(|watch| look_into(&backup.path, &Opener::Secret(&wrong), watch));
    assert_eq!(
        refused.err().map(|error| error.code()),
        Some(Code::WrongPassphrase)
    );
    assert_eq!(
        files(&laptop.data().join("backups")).len(),
        1,
        "nothing is left beside it"
    );
}

#[test]
fn a_backup_that_is_not_as_it_was_written_says_so() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let backup = laptop.back_up(now());
    let whole = fs::read(&backup.path).unwrap();
    let file = laptop.data().join("harmed.placard");
    let key = laptop.key();
    let look = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        quietly(|watch| look_into(&file, &Opener::Key(&key), watch))
    };
    assert!(look(&whole).is_ok_and(|inside| inside.readable));
    // A step that meets every part of the file, label, digest and length included.
    let places = (0..whole.len())
        .step_by(3_989)
        .chain(whole.len() - 1_500..whole.len());
    for place in places.step_by(7) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        let inside = look(&bytes);
        assert!(!inside.is_ok_and(|inside| inside.readable), "byte {place}");
    }
    for length in [0, 1, 51, 52, 53, 4_096, whole.len() / 2, whole.len() - 1] {
        let cut = look(&whole[..length]);
        assert!(matches!(cut, Err(Error::Invalid { .. })), "cut to {length}");
    }
    // Something else, and a whole vault that nobody made a backup of.
    assert!(look(&b"shopping list\n".repeat(1_000)).is_err());
    let vault = fs::read(Folder::campaign(laptop.data()).database()).unwrap();
    assert!(look(&vault).is_err());
    // A length that reaches beyond the file, and one that asks for gigabytes.
    for length in [u32::MAX, 60_000] {
        let mut bytes = whole.clone();
        let at = bytes.len() - 20;
        bytes[at..at + 4].copy_from_slice(&length.to_le_bytes());
        assert!(look(&bytes).is_err());
    }
}

#[test]
fn a_backup_is_taken_while_people_are_captured() {
    let laptop = Laptop::new();
    laptop.opened(|campaign| {
        for index in 0..40 {
            capture(campaign, "Amina", &format!("+447700900{index:03}"));
        }
        campaign.keep_backups(laptop.data()).unwrap();
        std::thread::scope(|threads| {
            let writer = threads.spawn(|| {
                for index in 100..160 {
                    capture(campaign, "Rhys", &format!("+447700900{index:03}"));
                }
            });
            let mut taken = 0;
            while !writer.is_finished() || taken < 2 {
                let backup = quietly(|watch| campaign.back_up_now(watch)).unwrap();
                let people = backup.people.unwrap();
                assert!((40..=100).contains(&people), "{people}");
                taken += 1;
            }
        });
        let last = quietly(|watch| campaign.back_up_now(watch)).unwrap();
        assert_eq!(last.people, Some(100));
    });
}

#[test]
fn backups_come_by_themselves_when_it_is_opened_and_when_it_is_closed() {
    let laptop = Laptop::new();
    let runtime = Runtime::new().unwrap();
    let session = |name: Option<&str>, number: &str| {
        let opened = unlock(laptop.data(), &passphrase()).unwrap();
        let clock = Arc::new(SystemClock);
        let campaign = Campaign::start(opened, runtime.handle(), clock, Events::default()).unwrap();
        campaign.keep_backups(laptop.data()).unwrap();
        if let Some(name) = name {
            capture(&campaign, name, number);
        }
        runtime.block_on(campaign.close());
        drop(campaign);
        let key = laptop.key();
        list(&Places::of(laptop.data()), Some(&key))
    };
    let first = session(Some("Amina"), "07700 900101");
    assert_eq!(first[0].people, Some(1), "as it was closed");
    // Practice takes texts at once, which is a change as well: so it is looked at who is in it.
    let second = session(Some("Rhys"), "07700 900102");
    assert_eq!(second[0].people, Some(2));
    assert!(second.len() <= first.len() + 2);
}

#[test]
fn the_second_place_gets_the_newest_and_its_absence_is_a_sentence() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let stick = tempfile::tempdir().unwrap();
    let place = stick.path().join("Placard");
    fs::create_dir(&place).unwrap();
    Places::of(laptop.data())
        .choose_second(Some(&place))
        .unwrap();
    // Another laptop's backup is on it already.
    let other = Laptop::new();
    let theirs = other.back_up(now() - TimeDelta::weeks(40));
    fs::copy(&theirs.path, place.join("theirs.placard")).unwrap();
    laptop.back_up(now());
    let key = laptop.key();
    let there = || {
        let all = list(&Places::of(laptop.data()), Some(&key));
        all.into_iter()
            .filter(|backup| backup.place == Place::Second)
            .count()
    };
    assert_eq!(there(), 1);
    // Pulled out.
    let pulled = stick.path().join("in a pocket");
    fs::rename(&place, &pulled).unwrap();
    let later = now() + TimeDelta::hours(2);
    let (_, trouble) =
        quietly(|watch| back_up(laptop.data(), &passphrase(), later, watch)).unwrap();
    assert!(trouble.unwrap().contains("is not there"));
    // And plugged in again.
    fs::rename(&pulled, &place).unwrap();
    laptop.back_up(later + TimeDelta::hours(1));
    assert_eq!(there(), 2);
    assert!(
        place.join("theirs.placard").exists(),
        "what is another's is left alone"
    );
    // No longer.
    Places::of(laptop.data()).choose_second(None).unwrap();
    assert_eq!(Places::of(laptop.data()).second, None);
    for nowhere in [
        laptop.data().join("backups"),
        stick.path().join("nothing"),
        PathBuf::from("stick"),
    ] {
        let refused = Places::of(laptop.data()).choose_second(Some(&nowhere));
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{nowhere:?}");
    }
}

#[test]
fn one_that_a_wrong_clock_dated_ahead_keeps_none_from_the_second_place() {
    let laptop = Laptop::new();
    let stick = tempfile::tempdir().unwrap();
    Places::of(laptop.data())
        .choose_second(Some(stick.path()))
        .unwrap();
    let ahead = laptop.back_up(now() + TimeDelta::days(400));
    let right = laptop.back_up(now());
    let there = || -> Vec<DateTime<Utc>> {
        let all = list(&Places::of(laptop.data()), Some(&laptop.key()));
        let second = all.into_iter().filter(|one| one.place == Place::Second);
        second.map(|backup| backup.at).collect()
    };
    assert_eq!(there(), [ahead.at, right.at]);
    // It takes nobody's place, and goes once ten newer ones hold more than it does.
    for hour in 1..=10 {
        assert!(ahead.path.exists() && there().contains(&ahead.at), "{hour}");
        let number = format!("07700 9001{hour:02}");
        laptop.capture(&[("Amina", number.as_str())]);
        laptop.back_up(now() + TimeDelta::hours(hour));
    }
    assert!(!ahead.path.exists() && !there().contains(&ahead.at));
}

#[test]
fn a_restore_that_was_cut_short_is_finished_before_a_backup_is_taken() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let backup = laptop.back_up(now());
    laptop.capture(&[("Rhys", "07700 900102")]);
    let opener = Opener::Key(&laptop.key);
    // The vault is out, and the backup is not in yet.
    quietly(|watch| cut_short::after(laptop.data(), &backup.path, &opener, now(), watch, 4));
    let taken = laptop.back_up(now() + TimeDelta::hours(1));
    assert_eq!(taken.people, Some(1));
    assert_eq!(laptop.people(), ["Amina"]);
    assert!(!laptop.data().join("restoring.json").exists());
}

#[test]
fn old_backups_go_by_the_rule_and_the_rest_stays() {
    let laptop = Laptop::new();
    for hour in 0..15 {
        laptop.back_up(now() - TimeDelta::hours(15 - hour));
    }
    let kept = list(&Places::of(laptop.data()), None);
    assert!((10..=11).contains(&kept.len()), "{}", kept.len());
    assert_eq!(kept[0].at, now() - TimeDelta::hours(1));
}

/// Names the data folder to the test below in a process of its own, which may write no large file.
const FULL_DISK: &str = "PLACARD_TEST_FULL_DISK";

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_backups_before_it_and_no_half_one() {
    if let Some(data) = std::env::var_os(FULL_DISK) {
        let data = PathBuf::from(data);
        let taken = quietly(|watch| back_up(&data, &passphrase(), now(), watch));
        assert!(
            matches!(taken, Err(Error::DiskFull | Error::DiskSaysNo)),
            "{:?}",
            taken.map(drop)
        );
        return;
    }
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let good = laptop.back_up(now());
    let before = files(laptop.data());
    let limited = std::process::Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 100; exec \"$0\" a_full_disk_leaves_the_backups_before_it",
        ])
        .arg(std::env::current_exe().unwrap())
        .env(FULL_DISK, laptop.data())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&limited.stdout);
    assert!(
        limited.status.success() && said.contains("1 passed"),
        "{said}"
    );
    assert_eq!(files(laptop.data()), before);
    let key = laptop.key();
    assert!(
        quietly(|watch| look_into(&good.path, &Opener::Key(&key), watch))
            .unwrap()
            .readable
    );
}

#[test]
fn one_that_is_stopped_is_none() {
    let laptop = Laptop::new();
    let (tell, stop) = (|_, _| {}, AtomicBool::new(true));
    let stopped = back_up(
        laptop.data(),
        &passphrase(),
        now(),
        &Watch::new(&tell, &stop),
    );
    assert!(matches!(stopped, Err(Error::Stopped)));
    assert_eq!(files(&laptop.data().join("backups")).len(), 0);
}

#[test]
fn a_newer_backup_is_named_and_left() {
    let laptop = Laptop::new();
    let storage = laptop.storage();
    let newer = storage.write(|conn| Ok(conn.execute_batch("PRAGMA user_version = 99")?));
    newer.unwrap();
    drop(storage);
    let folder = Folder::campaign(laptop.data());
    let file = laptop.data().join("newer.placard");
    fs::copy(folder.database(), &file).unwrap();
    let header = Header::read(&folder.header()).unwrap();
    let contents = crate::storage::Contents {
        id: uuid::Uuid::nil(),
        campaign: "Clean Air Now".to_owned(),
        people: 0,
        texts: 0,
        entries: 0,
        newest_capture: None,
        mark: String::new(),
    };
    let length = fs::metadata(&file).unwrap().len();
    let label = Label::new(&laptop.key(), &header, &contents, length, now()).unwrap();
    quietly(|watch| label.write(&file, watch)).unwrap();
    let before = files(laptop.data());
    assert!(matches!(laptop.restore(&file), Err(Error::NewerVault)));
    assert_eq!(files(laptop.data()), before);
}
