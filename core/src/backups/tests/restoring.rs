//! A backup in the vault's place: what comes back, what is kept, and that nobody is texted twice.

use super::*;
use crate::backups::restoring::cut_short;
use crate::storage::vault::Standing;
use crate::storage::{campaign, holds, inbound, ledger, restored};
use crate::texts::life::Trouble;

#[test]
fn a_restored_vault_is_as_it_was_and_what_it_replaced_is_kept() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let backup = laptop.back_up(now());
    laptop.capture(&[("Rhys", "07700 900102")]);
    let replaced = fs::read(Folder::campaign(laptop.data()).database()).unwrap();
    let done = laptop.restore(&backup.path).unwrap();
    assert!(done.sentence.contains("1 person"), "{}", done.sentence);
    let kept = done.kept.unwrap();
    assert!(
        kept.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("vault before 2026-11-30 ")
    );
    assert_eq!(fs::read(kept.join("vault.placard")).unwrap(), replaced);
    assert!(kept.join("vault.key").exists());
    assert_eq!(laptop.people(), ["Amina"]);
    assert!(!laptop.data().join("campaign-restored").exists());
    assert!(!laptop.data().join("restoring.json").exists());
}

#[test]
fn a_laptop_that_has_nothing_yet_takes_a_backup_from_a_stick() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let backup = laptop.back_up(now());
    let folder = tempfile::tempdir().unwrap();
    // Not even the data folder is there.
    let new = folder.path().join("Placard");
    let wrong = SecretString::from("lantern pigeon velvet monday");
    let opener = Opener::Secret(&wrong);
    let refused = quietly(|watch| restore(&new, &backup.path, &opener, now(), watch));
    assert!(matches!(refused, Err(Error::WrongPassphrase)));
    let code = SecretString::from(laptop.code.groups().join(" "));
    let opener = Opener::Secret(&code);
    let done = quietly(|watch| restore(&new, &backup.path, &opener, now(), watch)).unwrap();
    assert_eq!(done.kept, None);
    assert!(
        !done.sentence.contains("could be read"),
        "{}",
        done.sentence
    );
    assert_eq!(
        done.uncertain, 1,
        "her text may have gone from the laptop that is lost"
    );
    let opened = unlock(&new, &passphrase()).unwrap();
    let runtime = Runtime::new().unwrap();
    let clock = Arc::new(SystemClock);
    let campaign = Campaign::start(opened, runtime.handle(), clock, Events::default()).unwrap();
    assert_eq!(campaign.info().name, "Clean Air Now");
    assert!(campaign.person(id_of(&campaign, "Amina")).is_ok());
    // And has one of its own from then on.
    campaign.keep_backups(&new).unwrap();
    let own = quietly(|watch| campaign.back_up_now(watch)).unwrap();
    assert_eq!(own.people, Some(1));
    runtime.block_on(campaign.close());
}

#[test]
fn the_newest_passphrase_stays_good() {
    let laptop = Laptop::new();
    let backup = laptop.back_up(now());
    let newer = SecretString::from("lantern pigeon velvet monday");
    laptop.opened(|campaign| {
        campaign
            .change_passphrase(laptop.data(), &passphrase(), &newer)
            .unwrap();
    });
    let key = {
        let header = Header::read(&Folder::campaign(laptop.data()).header()).unwrap();
        header.open(&newer).unwrap()
    };
    let opener = Opener::Key(&key);
    quietly(|watch| restore(laptop.data(), &backup.path, &opener, now(), watch)).unwrap();
    assert!(unlock(laptop.data(), &newer).is_ok());
}

#[test]
fn a_wrong_passphrase_or_a_damaged_backup_changes_nothing() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let backup = laptop.back_up(now());
    let before = files(laptop.data());
    let wrong = SecretString::from("lantern pigeon velvet monday");
    let opener = Opener::Secret(&wrong);
    let refused = quietly(|watch| restore(laptop.data(), &backup.path, &opener, now(), watch));
    assert!(matches!(refused, Err(Error::WrongPassphrase)));
    assert_eq!(files(laptop.data()), before);
    harm(&backup.path, 40_000, 100);
    let before = files(laptop.data());
    assert!(matches!(
        laptop.restore(&backup.path),
        Err(Error::Invalid { .. })
    ));
    assert_eq!(files(laptop.data()), before);
    // While it is open somewhere.
    let held = Folder::campaign(laptop.data()).hold().unwrap();
    assert!(matches!(
        laptop.restore(&backup.path),
        Err(Error::VaultInUse)
    ));
    drop(held);
}

#[test]
fn a_restore_that_is_cut_short_anywhere_is_finished_by_whoever_comes_next() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let backup = laptop.back_up(now());
    laptop.capture(&[("Rhys", "07700 900102")]);
    let before = files(&laptop.data().join("campaign"));
    let mut steps = 0;
    loop {
        // The laptop as it was, for each place at which the power can go.
        let copy = tempfile::tempdir().unwrap();
        fs::create_dir(copy.path().join("campaign")).unwrap();
        for (path, bytes) in &before {
            fs::write(
                copy.path().join("campaign").join(path.file_name().unwrap()),
                &bytes.0,
            )
            .unwrap();
        }
        let opener = Opener::Key(&laptop.key);
        let all = quietly(|watch| {
            cut_short::after(copy.path(), &backup.path, &opener, now(), watch, steps)
        });
        settle(copy.path()).unwrap();
        assert!(
            matches!(
                Folder::campaign(copy.path()).standing(),
                Ok(Standing::Vault)
            ),
            "after {steps} steps"
        );
        let kept: Vec<PathBuf> = fs::read_dir(copy.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.to_string_lossy().contains("vault before"))
            .collect();
        assert_eq!(kept.len(), 1, "after {steps} steps");
        let rescued = files(&kept[0]);
        for (path, bytes) in &before {
            let file = kept[0].join(path.file_name().unwrap());
            assert_eq!(
                rescued.get(&file),
                Some(bytes),
                "after {steps} steps: {file:?}"
            );
        }
        let laptop = Laptop {
            folder: copy,
            code: laptop.code.clone(),
            key: laptop.key(),
        };
        assert_eq!(laptop.people(), ["Amina"], "after {steps} steps");
        steps += 1;
        if steps > all {
            break;
        }
    }
}

#[test]
fn nobody_is_texted_twice_by_a_vault_that_was_put_back() {
    let laptop = Laptop::new();
    laptop.capture(&[
        ("Amina", "07700 900101"),
        ("Rhys", "07700 900102"),
        ("Priya", "07700 900103"),
    ]);
    let backup = laptop.back_up(now());
    // Amina's goes, and Priya's is cancelled; then somebody damages what tells of the third.
    let storage = laptop.storage();
    let taken = storage.write(|conn| {
        for id in texts::all_ids(conn)? {
            let text = texts::get(conn, id)?;
            match text.mobile.e164() {
                "+447700900101" => texts::apply(
                    conn,
                    id,
                    &Move::to(State::Delivered, Reason::OnThePhone),
                    now(),
                )?,
                "+447700900103" => texts::apply(
                    conn,
                    id,
                    &Move::to(State::NotSent, Reason::Cancelled),
                    now(),
                )?,
                _ => {}
            }
        }
        Ok(())
    });
    taken.unwrap();
    drop(storage);
    let done = laptop.restore(&backup.path).unwrap();
    assert_eq!(done.uncertain, 0, "the replaced vault tells of all of them");
    assert_eq!(
        laptop.texts(),
        [
            (
                "+447700900101".to_owned(),
                State::Delivered,
                Reason::OnThePhone
            ),
            ("+447700900102".to_owned(), State::Waiting, Reason::Queued),
            (
                "+447700900103".to_owned(),
                State::NotSent,
                Reason::Cancelled
            ),
        ]
    );
    let storage = laptop.storage();
    assert!(
        storage.read(holds::everything).unwrap(),
        "until a person says so"
    );
    let held = storage.read(holds::all).unwrap();
    assert_eq!(held[0].trouble, Trouble::Restored);
    storage.write(holds::release_all).unwrap();
    assert!(
        storage.read(holds::everything).unwrap(),
        "a gateway that is saved releases others"
    );
}

#[test]
fn without_the_vault_that_was_replaced_everything_that_waited_is_uncertain() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101"), ("Rhys", "07700 900102")]);
    let backup = laptop.back_up(now());
    fs::remove_dir_all(laptop.data().join("campaign")).unwrap();
    let done = laptop.restore(&backup.path).unwrap();
    assert_eq!(done.uncertain, 2);
    assert!(
        laptop
            .texts()
            .iter()
            .all(|(_, state, reason)| (*state, *reason) == (State::Uncertain, Reason::Restored))
    );
    // A reply counts for them: the question may be on their phone.
    let storage = laptop.storage();
    let asked = storage
        .read(|conn| inbound::asked(conn, &mobile("+447700900101")))
        .unwrap();
    assert_eq!(asked.map(|(_, at)| at), Some(now()));
    // Replies are fetched anew from before the backup, whichever gateway is chosen.
    let route = texts::Route {
        kind: crate::gateways::Kind::Twilio,
        account: "AC1".to_owned(),
    };
    let mark = storage
        .read(|conn| inbound::complete_to(conn, &route))
        .unwrap();
    assert!(mark.is_some_and(|mark| mark <= now()));
    // And the provider is asked about each of them.
    assert_eq!(
        storage
            .write(|conn| restored::ask_about(conn, &route, now()))
            .unwrap(),
        2
    );
    let due = storage
        .read(|conn| texts::due_looks(conn, &route, now(), 10))
        .unwrap();
    assert_eq!(due.len(), 2);
    drop(storage);
    laptop.opened(|campaign| {
        let page = campaign.texts(texts::Group::NeedsYou, 0, 10).unwrap();
        assert_eq!(page.rows.len(), 2);
        assert!(
            page.rows[0].sentence.contains("It may have gone since"),
            "{}",
            page.rows[0].sentence
        );
        assert!(page.rows[0].try_again_warning.is_some());
    });
}

#[test]
fn who_opted_out_or_was_erased_after_the_backup_stays_so() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101"), ("Rhys", "07700 900102")]);
    let backup = laptop.back_up(now());
    laptop.opened(|campaign| {
        campaign.opt_out("+447700900101").unwrap();
        let people = campaign.people(&Default::default(), 0, 10).unwrap().rows;
        let rhys = people.iter().find(|person| person.name == "Rhys").unwrap();
        campaign.erase(rhys.id).unwrap();
    });
    let done = laptop.restore(&backup.path).unwrap();
    assert_eq!(done.brought.opt_outs, 1);
    let storage = laptop.storage();
    let out = storage
        .read(|conn| opt_outs::of(conn, &mobile("+447700900101")))
        .unwrap();
    assert!(
        out.is_some_and(|out| out.entry.is_some()),
        "and the ledger says so"
    );
    drop(storage);
    assert_eq!(laptop.people(), ["Amina"]);
}

#[test]
fn the_ledger_goes_on_in_a_chain_of_its_own() {
    let laptop = Laptop::new();
    laptop.capture(&[("Amina", "07700 900101")]);
    let chain = |laptop: &Laptop| {
        let storage = laptop.storage();
        let mut all = Vec::new();
        storage
            .read(|conn| {
                ledger::each(conn, |entry| {
                    all.push((entry.facts.laptop, entry.facts.number));
                    Ok(())
                })
            })
            .unwrap();
        all
    };
    let backup = laptop.back_up(now());
    laptop.capture(&[("Rhys", "07700 900102")]);
    let lost = chain(&laptop);
    laptop.restore(&backup.path).unwrap();
    laptop.capture(&[("Priya", "07700 900103")]);
    let new = chain(&laptop);
    assert_eq!(new.len(), 2);
    assert!(
        new.iter().filter(|entry| lost.contains(entry)).count() == 1,
        "only what both have"
    );
    laptop.opened(|campaign| {
        assert!(matches!(
            campaign.check_ledger().unwrap(),
            crate::campaign::LedgerState::Whole { entries: 2, .. }
        ));
    });
    let storage = laptop.storage();
    assert_eq!(storage.read(campaign::get).unwrap().name, "Clean Air Now");
}
