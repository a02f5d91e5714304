//! The files of a laptop: kept, put back, and looked into.

use std::fs;
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
