//! People who come in and go out by files, servers and backups, as an organiser sees to it.

use std::fs;
use std::path::{Path, PathBuf};

use thirtyfour::Key;

use crate::laptop::Laptop;
use crate::people::Person;
use crate::waiting::OrStop;
use crate::window::Window;

/// What opens the files that laptops hand to each other.
pub const FILE_PASSPHRASE: &str = "wicker lantern 83 otter";
/// What a file says that brings nothing.
pub const NOTHING_NEW: &str = "Everything in this file is here already: nothing changes.";

impl Laptop {
    /// The files in its folder of downloads whose names end so, oldest first.
    #[must_use]
    pub fn downloads(&self, ending: &str) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.folder().join("Downloads")) else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries
            .map(|entry| entry.or_stop("listing the downloads").path())
            .filter(|file| file.to_string_lossy().ends_with(ending))
            .collect();
        // Each has the time in its name.
        files.sort();
        files
    }

    /// The newest of them.
    #[must_use]
    pub fn newest_download(&self, ending: &str) -> PathBuf {
        self.downloads(ending)
            .pop()
            .or_stop("looking for what was written")
    }
}

impl Window<'_> {
    /// Goes to a page of In and out.
    pub async fn go_in_and_out(&self, page: &str) {
        self.go_to("In and out").await;
        self.go_to(page).await;
    }

    /// Writes everybody who is new or changed to a file for the next laptop. Gives the file.
    pub async fn hand_over(&self) -> PathBuf {
        let before = self.laptop().downloads(".age").len();
        self.go_in_and_out("Hand over").await;
        self.field("Passphrase of the file")
            .fill(FILE_PASSPHRASE)
            .await;
        self.field("Repeat passphrase").fill(FILE_PASSPHRASE).await;
        self.button("Hand over").click().await;
        self.announces(&["in the file", ".age"]).await;
        assert_eq!(self.laptop().downloads(".age").len(), before + 1);
        self.laptop().newest_download(".age")
    }

    /// Looks into a file of another laptop: types where it is, and what opens it.
    pub async fn look_into_handed(&self, file: &Path) {
        self.go_in_and_out("Take in").await;
        self.button("Another file").click_if_there().await;
        self.field("File").fill(&file.display().to_string()).await;
        self.press(Key::Enter).await;
        self.field("Passphrase of the file")
            .fill(FILE_PASSPHRASE)
            .await;
        self.press(Key::Enter).await;
        self.button("Take in").appears().await;
    }

    /// Takes in what another laptop handed over. The screen says this beforehand and afterwards.
    pub async fn take_in(&self, file: &Path, says: &str) {
        self.look_into_handed(file).await;
        self.says(says).await;
        self.button("Take in").click().await;
        self.link("Look at People").appears().await;
        self.announces(&[says]).await;
    }

    /// Reads a list of this kind, and reports what would come of it.
    pub async fn report_on(&self, kind: &str, file: &Path) {
        self.go_in_and_out("Import").await;
        self.button("Another list").click_if_there().await;
        self.radio(kind).click().await;
        self.field("File").fill(&file.display().to_string()).await;
        self.press(Key::Enter).await;
        self.button("Report").click().await;
    }

    /// Opts a person's number out on their page, as they asked for at the stall.
    pub async fn opt_out(&self, person: &Person) {
        self.open_person(person).await;
        self.button("Opt out").click().await;
        self.button("Opt the number out").click().await;
        self.says("Opted out: nothing goes to this number.").await;
    }
}
