//! A new file in a folder that a person chose: whole, or not there at all.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Only the owner of the account may read it, where the system knows such a thing. One that is there is left alone.
pub(super) fn new_private_file(file: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(file)?)
}

/// Writes a file that was not there before, and gives its path. It has its name once it is whole and on the disk: what
/// is cut off before is called something else, and goes.
///
/// # Errors
/// What `write` returned, [`Error::DiskFull`], or [`Error::Invalid`] for a folder that cannot be written to (any more).
pub(super) fn write_new(
    folder: &Path,
    name: &str,
    extension: &str,
    write: impl FnOnce(&File) -> Result<()>,
) -> Result<PathBuf> {
    unfinished(folder, name, extension, write).map_err(|error| match error {
        Error::Files(_) => Error::invalid(
            "folder",
            "The file could not be written there, and nothing was left there. Check that the folder exists, is yours, \
             and that its disk or stick is still plugged in.",
        ),
        other => other,
    })
}

fn unfinished(
    folder: &Path,
    name: &str,
    extension: &str,
    write: impl FnOnce(&File) -> Result<()>,
) -> Result<PathBuf> {
    if !folder.is_dir() {
        // Not what it is in: where a stick was is no place for a folder.
        fs::create_dir(folder)?;
    }
    let part = Part(folder.join(format!("{name}.{extension}.unfinished")));
    let file = new_private_file(&part.0)?;
    write(&file)?;
    file.sync_all()?;
    drop(file);
    let path = free(folder, name, extension)?;
    fs::rename(&part.0, &path)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(path)
}

/// A name that nothing has yet.
fn free(folder: &Path, name: &str, extension: &str) -> Result<PathBuf> {
    for number in 1_u32.. {
        let path = match number {
            1 => folder.join(format!("{name}.{extension}")),
            _ => folder.join(format!("{name}-{number}.{extension}")),
        };
        if !path.try_exists()? {
            return Ok(path);
        }
    }
    Err(Error::Broke)
}

/// A file that is not whole yet.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Once it has its name it is not there any more, and nor is it on a stick that was pulled out.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use super::*;
    use crate::Code;

    fn in_it(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_is_there_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        for words in ["one", "two", "three"] {
            let write = |mut file: &File| Ok(file.write_all(words.as_bytes())?);
            write_new(folder.path(), "people", "csv", write).unwrap();
        }
        assert_eq!(
            in_it(folder.path()),
            ["people-2.csv", "people-3.csv", "people.csv"]
        );
        let first = fs::read_to_string(folder.path().join("people.csv"));
        assert_eq!(first.unwrap(), "one");
    }

    #[test]
    fn what_breaks_off_leaves_nothing_and_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |kind: io::ErrorKind| Error::from(io::Error::from(kind));
        for (scenario, error, code) in [
            (
                "no room on the disk",
                kind(io::ErrorKind::StorageFull),
                Code::DiskFull,
            ),
            (
                "the stick was pulled out",
                kind(io::ErrorKind::NotFound),
                Code::Invalid,
            ),
            ("a person stopped it", Error::Stopped, Code::Stopped),
        ] {
            let broken = write_new(folder.path(), "people", "csv", |mut file| {
                file.write_all(b"half a line")?;
                Err(error)
            });
            assert_eq!(broken.unwrap_err().code(), code, "{scenario}");
            assert_eq!(in_it(folder.path()), Vec::<String>::new(), "{scenario}");
        }
    }

    #[test]
    fn where_a_stick_was_no_folder_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("STICK").join("lists");
        let refused = write_new(&gone, "people", "csv", |_| Ok(()));
        assert_eq!(refused.unwrap_err().field(), Some("folder"));
        assert_eq!(in_it(folder.path()), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_of_the_account_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = write_new(folder.path(), "people", "csv", |_| Ok(())).unwrap();
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
