//! Backups and restores on real files, as a window and a command line call them.

mod remembering;
mod restoring;
mod salvaging;
mod taking;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::*;
use crate::campaign::{Campaign, NewCampaign, Outcome, Typed, create, unlock};
use crate::clock::SystemClock;
use crate::consent::TEXTS;
use crate::events::Events;
use crate::people::{Country, Mobile};
use crate::progress::Watch;
use crate::storage::finding::{self, Asked, Question};
use crate::storage::vault::{Folder, Header};
use crate::storage::{Storage, opt_outs, texts};
use crate::texts::life::{Move, Reason, State};

const PASSPHRASE: &str = "kettle marble orbit thursday";

fn passphrase() -> SecretString {
    SecretString::from(PASSPHRASE)
}

fn now() -> DateTime<Utc> {
    "2026-11-30T14:05:00Z".parse().unwrap()
}

fn quietly<T>(work: impl FnOnce(&Watch<'_>) -> T) -> T {
    let (tell, stop) = (|_, _| {}, AtomicBool::new(false));
    work(&Watch::new(&tell, &stop))
}

/// A laptop with a campaign that is closed.
struct Laptop {
    folder: TempDir,
    code: RecoveryCode,
    key: DatabaseKey,
}

impl Laptop {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = passphrase();
        let new = NewCampaign {
            name: "Clean Air Now",
            organiser: "Sam",
            country: "GB",
            passphrase: &passphrase,
        };
        let created = create(folder.path(), &new, now()).unwrap();
        let code = created.recovery_code.clone();
        drop(created.finish().unwrap());
        let header = Header::read(&Folder::campaign(folder.path()).header()).unwrap();
        let key = header.open(&passphrase).unwrap();
        Self { folder, code, key }
    }

    fn data(&self) -> &Path {
        self.folder.path()
    }

    /// Works on the open campaign, whose texts go nowhere.
    fn opened<T>(&self, work: impl FnOnce(&Campaign) -> T) -> T {
        let opened = unlock(self.data(), &passphrase()).unwrap();
        let clock = Arc::new(SystemClock);
        work(&Campaign::at_the_desk(opened, clock, Events::default()).unwrap())
    }

    fn capture(&self, people: &[(&str, &str)]) {
        self.opened(|campaign| {
            for (name, mobile) in people {
                capture(campaign, name, mobile);
            }
        });
    }

    /// The people of the vault, by name.
    fn people(&self) -> Vec<String> {
        let everybody = Asked::of(&Question::default(), Country::GB, &Utc);
        let read = self
            .storage()
            .read(|conn| finding::page(conn, &everybody, 0, 500))
            .unwrap();
        let mut names: Vec<String> = read.rows.into_iter().map(|person| person.name).collect();
        names.sort();
        names
    }

    /// Whether somebody agrees to texts, and whether that is proved.
    fn agrees(&self, name: &str) -> Option<bool> {
        self.opened(|campaign| {
            let person = campaign.person(id_of(campaign, name)).unwrap();
            let yes = person
                .agrees_to
                .into_iter()
                .find(|yes| yes.purpose == TEXTS);
            yes.map(|yes| yes.confirmed)
        })
    }

    /// The question of a number left, and is on the phone.
    fn delivered(&self, number: &str) {
        self.moves(number, State::Delivered, Reason::OnThePhone);
    }

    /// The question of a number left, and came to that.
    fn moves(&self, number: &str, to: State, why: Reason) {
        let route = texts::Route {
            kind: crate::gateways::Kind::Kannel,
            account: "stall".to_owned(),
        };
        let moved = self.storage().write(|conn| {
            for id in texts::all_ids(conn)? {
                let text = texts::get(conn, id)?;
                if text.mobile.e164() == number && text.state == State::Waiting {
                    texts::claim(conn, id, &route, Utc::now())?;
                    texts::apply(conn, id, &Move::to(to, why), Utc::now())?;
                }
            }
            Ok(())
        });
        moved.unwrap();
    }

    /// The vault without a campaign around it.
    fn storage(&self) -> Storage {
        let folder = Folder::campaign(self.data());
        Storage::open(&folder.database(), &self.key()).unwrap()
    }

    fn key(&self) -> DatabaseKey {
        self.key.duplicate()
    }

    fn back_up(&self, at: DateTime<Utc>) -> Backup {
        let (backup, trouble) =
            quietly(|watch| back_up(self.data(), &passphrase(), at, watch)).unwrap();
        assert_eq!(trouble, None);
        backup
    }

    fn restore(&self, backup: &Path) -> Result<Restored> {
        quietly(|watch| {
            restore(
                self.data(),
                backup,
                &Opener::Secret(&passphrase()),
                now() + TimeDelta::hours(9),
                watch,
            )
        })
    }

    /// Every text: where it goes, where it stands and why.
    fn texts(&self) -> Vec<(String, State, Reason)> {
        let storage = self.storage();
        let mut all: Vec<_> = storage
            .read(|conn| {
                let ids = texts::all_ids(conn)?;
                ids.into_iter()
                    .map(|id| texts::get(conn, id))
                    .collect::<Result<Vec<_>>>()
            })
            .unwrap()
            .into_iter()
            .map(|text| (text.mobile.e164().to_owned(), text.state, text.reason))
            .collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }
}

fn capture(campaign: &Campaign, name: &str, mobile: &str) {
    let form = Typed {
        first_name: name.to_owned(),
        mobile: mobile.to_owned(),
        language: "en".to_owned(),
        answers: BTreeMap::from([(TEXTS.to_owned(), true)]),
        ..Typed::default()
    };
    let id = campaign.start_capture().unwrap().capture_id;
    let saved = campaign.save_capture(id, &form, None).unwrap();
    assert!(matches!(saved, Outcome::Saved { .. }), "{name}");
}

fn id_of(campaign: &Campaign, name: &str) -> uuid::Uuid {
    let people = campaign.people(&Question::default(), 0, 50).unwrap().rows;
    people
        .into_iter()
        .find(|person| person.name == name)
        .unwrap()
        .id
}

fn mobile(number: &str) -> Mobile {
    Mobile::from_e164(number).unwrap()
}

/// What is in a file. Where two differ, nobody wants to read them.
#[derive(PartialEq, Eq)]
struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// Every file under a folder with its bytes, but for the lock.
fn files(folder: &Path) -> BTreeMap<PathBuf, Bytes> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.file_name().unwrap() != "in-use" {
            found.insert(path.clone(), Bytes(fs::read(&path).unwrap()));
        }
    }
    found
}

/// Overwrites a page of a database that holds people, found by trial: reading everything fails then.
fn harm(file: &Path, from: usize, length: usize) {
    let mut bytes = fs::read(file).unwrap();
    let end = (from + length).min(bytes.len());
    bytes[from.min(end)..end].fill(7);
    fs::write(file, bytes).unwrap();
}
