//! A damaged vault: what the newest good backup and what is left of it make together.

use super::*;

fn many(laptop: &Laptop, from: u32, to: u32) {
    laptop.opened(|campaign, _| {
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
    laptop.opened(|campaign, _| {
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
        let offered = quietly(|watch| offered(laptop.data(), watch))
            .unwrap()
            .unwrap();
        assert_eq!(offered.backup.at, now() - TimeDelta::hours(2));
        let done = quietly(|watch| salvage(laptop.data(), &passphrase(), now(), watch)).unwrap();
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
        let done = quietly(|watch| salvage(laptop.data(), &passphrase(), now(), watch)).unwrap();
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
        quietly(|watch| offered(laptop.data(), watch))
            .unwrap()
            .is_none()
    );
    let refused = quietly(|watch| salvage(laptop.data(), &passphrase(), now(), watch));
    assert!(matches!(refused, Err(Error::NotFound)));
    assert_eq!(files(laptop.data()), before);
}
