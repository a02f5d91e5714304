//! Is the file whole? Asked when it is opened, before anything is written to it.

use std::path::{Path, PathBuf};

use super::Conn;
use crate::error::{Error, Result};

/// Up to this size every page is looked at: it takes a few hundredths of a second. A larger file's pages each
/// carry their own check, which SQLCipher makes when it reads them.
const LOOKED_THROUGH: u64 = 16 * 1024 * 1024;

/// What SQLCipher 4 writes at a time. It answers `PRAGMA page_size` with words of its own.
pub(super) const PAGE: u64 = 4_096;

/// Checks that the file is as long as it says, and, where that is quick, that its pages hang together.
///
/// # Errors
/// [`Error::DamagedVault`].
pub(super) fn check(conn: &Conn, database: &Path) -> Result<()> {
    let pages: u64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let length = std::fs::metadata(database)?.len();
    // Pages that are still in the log beside it do not have to be in the file.
    if !has_log(database) && length < pages * PAGE {
        return Err(Error::DamagedVault);
    }
    if length <= LOOKED_THROUGH {
        look_through(conn)?;
    }
    Ok(())
}

/// Looks at every page, however long that takes.
///
/// # Errors
/// [`Error::DamagedVault`].
pub(super) fn look_through(conn: &Conn) -> Result<()> {
    let found = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?;
    match found.as_str() {
        "ok" => Ok(()),
        _ => Err(Error::DamagedVault),
    }
}

fn has_log(database: &Path) -> bool {
    std::fs::metadata(log_of(database)).is_ok_and(|log| log.len() > 0)
}

/// The log beside a database.
pub(super) fn log_of(database: &Path) -> PathBuf {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::vault::DatabaseKey;
    use super::super::{Storage, campaign};
    use super::*;
    use chrono::{DateTime, Utc};

    use crate::people::Country;
    use crate::texts::life::Kind;

    fn add(conn: &Conn, words: &str, now: DateTime<Utc>) -> Result<campaign::Version> {
        campaign::add_template(conn, Kind::Confirmation, "en", words, now)
    }

    /// A closed vault with some pages in it.
    fn vault(key: &DatabaseKey) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault");
        let storage = Storage::open(&file, key).unwrap();
        let info = campaign::Campaign {
            name: "Clean Air Now".to_owned(),
            organiser: "Sam".to_owned(),
            country: Country::GB,
            practice: false,
        };
        let now = chrono::Utc::now();
        storage
            .write(|conn| {
                campaign::insert(conn, &info, now)?;
                (0..50).try_for_each(|_| add(conn, &"word ".repeat(300), now).map(drop))
            })
            .unwrap();
        drop(storage);
        (folder, file)
    }

    #[test]
    fn what_is_damaged_is_named_and_left_as_it_is() {
        let key = DatabaseKey::random().unwrap();
        for (scenario, harm) in [
            (
                "cut in the middle",
                (|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2)) as fn(&mut Vec<u8>),
            ),
            ("cut by a page", |bytes| bytes.truncate(bytes.len() - 4096)),
            ("cut in the first page", |bytes| bytes.truncate(100)),
            ("a page overwritten", |bytes| bytes[40_000..44_000].fill(7)),
            ("its beginning overwritten", |bytes| bytes[..64].fill(7)),
            ("something else", |bytes| {
                *bytes = b"shopping list\n".repeat(1_000)
            }),
        ] {
            let (_folder, file) = vault(&key);
            let mut bytes = fs::read(&file).unwrap();
            harm(&mut bytes);
            fs::write(&file, &bytes).unwrap();
            let opened = Storage::open(&file, &key);
            assert!(
                matches!(opened, Err(Error::DamagedVault)),
                "{scenario}: {opened:?}"
            );
            assert_eq!(fs::read(&file).unwrap(), bytes, "{scenario}");
        }
    }

    #[test]
    fn a_damaged_vault_with_its_log_beside_it_is_left_as_it_is() {
        let key = DatabaseKey::random().unwrap();
        let (folder, file) = vault(&key);
        let storage = Storage::open(&file, &key).unwrap();
        let now = chrono::Utc::now();
        let written = storage.write(|conn| add(conn, "later words", now));
        written.unwrap();
        // As the power leaves it: copied while it is open, with the log that holds the last words.
        let (torn, torn_log) = (folder.path().join("torn"), folder.path().join("torn-wal"));
        let mut bytes = fs::read(&file).unwrap();
        bytes[40_000..44_000].fill(7);
        let log = fs::read(folder.path().join("vault-wal")).unwrap();
        assert!(!log.is_empty());
        fs::write(&torn, &bytes).unwrap();
        fs::write(&torn_log, &log).unwrap();
        assert!(matches!(
            Storage::open(&torn, &key),
            Err(Error::DamagedVault)
        ));
        assert_eq!(fs::read(&torn).unwrap(), bytes);
        assert_eq!(fs::read(&torn_log).unwrap(), log);
    }

    #[test]
    fn a_newer_schema_is_named_and_left_as_it_is() {
        let key = DatabaseKey::random().unwrap();
        let (_folder, file) = vault(&key);
        let storage = Storage::open(&file, &key).unwrap();
        let newer = storage.write(|conn| Ok(conn.execute_batch("PRAGMA user_version = 99")?));
        newer.unwrap();
        drop(storage);
        let before = fs::read(&file).unwrap();
        assert!(matches!(Storage::open(&file, &key), Err(Error::NewerVault)));
        assert_eq!(fs::read(&file).unwrap(), before);
    }

    #[test]
    fn another_key_does_not_open_it() {
        let (_folder, file) = vault(&DatabaseKey::random().unwrap());
        let other = DatabaseKey::random().unwrap();
        assert!(Storage::open(&file, &other).is_err());
    }
}
