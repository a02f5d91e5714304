//! The files of a laptop: kept, put back, and looked into.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Laptop;
use crate::waiting::OrStop;

/// A data folder's files, by their names within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot(Vec<(PathBuf, Vec<u8>)>);

impl Laptop {
    /// What is in the data folder now, while no app runs.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let mut files = Vec::new();
        gather(&self.data(), Path::new(""), &mut files);
        Snapshot(files)
    }

    /// What the running app has in its data folder, on whatever disk. Quiet moments only: files that are
    /// being written are read as they are.
    #[must_use]
    pub fn snapshot_of_running(&self) -> Snapshot {
        let mut files = Vec::new();
        gather(&self.data_seen_by_app(), Path::new(""), &mut files);
        Snapshot(files)
    }

    /// Puts a snapshot into an empty data folder.
    pub fn restore(&self, snapshot: &Snapshot) {
        for (name, bytes) in &snapshot.0 {
            let file = self.data().join(name);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).or_stop("making a folder");
            }
            fs::write(file, bytes).or_stop("writing a file");
        }
    }

    /// The campaign's encrypted database.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.data().join("campaign/vault.placard")
    }

    /// The header beside it that holds its key, wrapped.
    #[must_use]
    pub fn header(&self) -> PathBuf {
        self.data().join("campaign/vault.key")
    }

    /// Makes the header look as if a newer Placard had written it.
    pub fn make_header_newer(&self) {
        let text = fs::read(self.header()).or_stop("reading the header");
        let mut header: Value = serde_json::from_slice(&text).or_stop("reading the header");
        let format = header["format"]
            .as_u64()
            .or_stop("the number of the header's format");
        header["format"] = json!(format + 1);
        fs::write(self.header(), header.to_string()).or_stop("writing the header");
    }

    /// Writes over the middle of the vault's file, as a failing disk or another program does. Gives the file as it is then.
    #[must_use]
    pub fn harm_vault(&self) -> Vec<u8> {
        let file = File::options().write(true).open(self.vault());
        let mut file = file.or_stop("opening the vault's file");
        let length = file.metadata().or_stop("measuring the vault").len();
        file.seek(SeekFrom::Start(length / 2))
            .or_stop("going to the middle of the vault");
        let scrawl = b"Minutes of the meeting. ".iter().copied().cycle();
        let much = usize::try_from(length / 4).or_stop("measuring the vault");
        file.write_all(&scrawl.take(much).collect::<Vec<u8>>())
            .or_stop("writing over the vault");
        fs::read(self.vault()).or_stop("reading the vault")
    }

    /// Cuts the log beside the vault to nothing, as some programs do that tidy up.
    pub fn cut_log(&self) {
        let log = self.vault().with_extension("placard-wal");
        let log = File::options().write(true).open(log);
        log.and_then(|log| log.set_len(0))
            .or_stop("cutting the log");
    }

    /// The backups that it keeps beside the campaign, oldest first.
    #[must_use]
    pub fn backups(&self) -> Vec<PathBuf> {
        backups_in(&self.data().join("backups"))
    }

    /// The vaults that were replaced by a backup and are kept beside it: each its folder.
    #[must_use]
    pub fn kept_vaults(&self) -> Vec<PathBuf> {
        let kept = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("vault before")
        };
        let mut folders: Vec<PathBuf> = fs::read_dir(self.data())
            .or_stop("listing the data folder")
            .map(|entry| entry.or_stop("listing the data folder").path())
            .filter(kept)
            .collect();
        folders.sort();
        folders
    }

    /// The files of this laptop in which any of some words can be read by anybody.
    #[must_use]
    pub fn files_that_tell(&self, words: &[&str]) -> Vec<PathBuf> {
        let mut files = Vec::new();
        gather(self.folder(), Path::new(""), &mut files);
        // Page engines write some of what they keep in letters of two bytes.
        let wide = |word: &str| word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let forms: Vec<Vec<u8>> = words
            .iter()
            .flat_map(|word| [word.as_bytes().to_vec(), wide(word)])
            .collect();
        let tells = |bytes: &[u8]| {
            forms
                .iter()
                .any(|form| bytes.windows(form.len()).any(|part| part == form))
        };
        let telling = files.into_iter().filter(|(_, bytes)| tells(bytes));
        telling.map(|(name, _)| name).collect()
    }
}

/// The backups in a folder, oldest first: each has its time in its name.
#[must_use]
pub fn backups_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .or_stop("listing backups")
        .map(|entry| entry.or_stop("listing backups").path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "placard"))
        .collect();
    // Two of one minute: "… 12-30.placard" was there before "… 12-30 (2).placard".
    files.sort_by_key(|file| file.with_extension(""));
    files
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(root.join(folder)).or_stop("listing a folder") {
        let entry = entry.or_stop("listing a folder");
        let name = folder.join(entry.file_name());
        if entry.path().is_dir() {
            gather(root, &name, files);
        } else if entry.path().is_file() {
            files.push((name, fs::read(entry.path()).or_stop("reading a file")));
        }
    }
}
