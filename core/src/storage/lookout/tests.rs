use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::super::Storage;
use super::super::vault::DatabaseKey;
use super::*;

/// What somebody does to it.
type Harm = fn(&Open);

/// An open vault that holds some rows, of which the log has been moved into the database.
struct Open {
    _folder: TempDir,
    file: PathBuf,
    key: DatabaseKey,
    storage: Storage,
}

impl Open {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (file, key) = (folder.path().join("vault"), DatabaseKey::random().unwrap());
        let storage = Storage::open(&file, &key).unwrap();
        (0..40).for_each(|_| add(&storage).unwrap());
        drop(storage);
        let storage = Storage::open(&file, &key).unwrap();
        let open = Self {
            _folder: folder,
            file,
            key,
            storage,
        };
        add(&open.storage).unwrap();
        open
    }

    fn log(&self) -> PathBuf {
        sound::log_of(&self.file)
    }

    /// Closes it. Gives both files as they lie there then.
    fn closed(self) -> (Vec<u8>, Option<Vec<u8>>, TempDir) {
        drop(self.storage);
        let log = fs::read(sound::log_of(&self.file)).ok();
        (fs::read(&self.file).unwrap_or_default(), log, self._folder)
    }
}

fn add(storage: &Storage) -> Result<()> {
    storage.write(|conn| {
        conn.execute("INSERT INTO households VALUES (randomblob(16), 0)", [])?;
        Ok(())
    })
}

fn overwrite(file: &Path, from: u64, bytes: &[u8]) {
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(bytes).unwrap();
}

fn cut(file: &Path, to: u64) {
    let file = OpenOptions::new().write(true).open(file).unwrap();
    file.set_len(to).unwrap();
}

#[test]
fn a_vault_that_is_harmed_while_it_is_open_takes_nothing_more_and_is_left_as_it_is() {
    let harms: [(&str, Harm); 6] = [
        ("pages overwritten", |open| {
            overwrite(&open.file, 16_384, &[7; 40_960])
        }),
        ("its end cut off", |open| cut(&open.file, 40_960)),
        ("the log emptied", |open| cut(&open.log(), 0)),
        ("the log cut by a page", |open| {
            cut(&open.log(), fs::metadata(open.log()).unwrap().len() - 4_096);
        }),
        ("the log taken away", |open| {
            fs::remove_file(open.log()).unwrap()
        }),
        ("another file in its place", |open| {
            let other = open.file.with_extension("other");
            fs::copy(&open.file, &other).unwrap();
            fs::rename(other, &open.file).unwrap();
        }),
    ];
    for (scenario, harm) in harms {
        let open = Open::new();
        harm(&open);
        let (before, log) = (fs::read(&open.file).unwrap(), fs::read(open.log()).ok());
        for _ in 0..2 {
            let saved = add(&open.storage);
            assert!(
                matches!(saved, Err(Error::HarmedVault)),
                "{scenario}: {saved:?}"
            );
        }
        let (after, log_after, _folder) = open.closed();
        assert!(after == before, "{scenario}: the vault is left as it is");
        assert!(log_after == log, "{scenario}: and its log");
    }
}

#[test]
fn harm_that_is_only_seen_when_it_is_read_is_called_so_from_then_on() {
    let open = Open::new();
    let length = fs::metadata(&open.file).unwrap().len();
    overwrite(
        &open.file,
        4_096,
        &vec![7; usize::try_from(length).unwrap() - 4_096],
    );
    // The readers have nothing of the tables at hand yet.
    let read = open.storage.read(|conn| {
        Ok(conn.query_row("SELECT count(*) FROM templates", [], |row| {
            row.get::<_, u32>(0)
        })?)
    });
    assert!(matches!(read, Err(Error::HarmedVault)), "{read:?}");
    assert!(open.storage.lookout.is_harmed());
    assert!(matches!(add(&open.storage), Err(Error::HarmedVault)));
}

#[test]
fn a_log_that_is_cut_under_a_reader_is_no_fault_of_ours() {
    let open = Open::new();
    cut(&open.log(), 0);
    // It has read nothing yet, and looks for the newest pages in the log.
    let fresh = pool::connect(&open.file, &open.key, Role::Reader).unwrap();
    let read = fresh.query_row("SELECT count(*) FROM households", [], |row| {
        row.get::<_, u32>(0)
    });
    let read = read.map_err(Error::from);
    assert!(matches!(read, Err(Error::DamagedVault)), "{read:?}");
}

#[test]
fn whoever_only_touches_it_does_no_harm_and_our_own_moves_are_ours() {
    let open = Open::new();
    let bytes = fs::read(&open.file).unwrap();
    overwrite(&open.file, 0, &bytes);
    add(&open.storage).unwrap();
    // Through several moves of the log into the database.
    (0..100).for_each(|_| add(&open.storage).unwrap());
    let much = open.storage.write_much(|conn| {
        (0..20_000).try_for_each(|_| {
            conn.execute("INSERT INTO households VALUES (randomblob(16), 0)", [])?;
            Ok(())
        })
    });
    much.unwrap();
    (0..100).for_each(|_| add(&open.storage).unwrap());
    let (file, key) = (open.file.clone(), open.key.duplicate());
    let (_, log, _folder) = open.closed();
    assert_eq!(log, None, "it was closed as ever");
    let storage = Storage::open(&file, &key).unwrap();
    let count = storage.read(|conn| {
        Ok(
            conn.query_row("SELECT count(*) FROM households", [], |row| {
                row.get::<_, u32>(0)
            })?,
        )
    });
    assert_eq!(count.unwrap(), 40 + 1 + 1 + 100 + 20_000 + 100);
}
