//! The disk under the data folder: the machine's own, or a small one that can be filled.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

use super::Laptop;
use crate::waiting::OrStop;

/// What the data folder lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disk {
    /// The machine's own.
    Roomy,
    /// A file system of this many bytes, seen by the app alone.
    Small(u64),
}

impl Laptop {
    /// The same laptop with a disk of `bytes` under its data folder. What was there is copied to it
    /// each time the app starts, so a start is always from the same state.
    #[must_use]
    pub fn with_small_disk(mut self, bytes: u64) -> Self {
        self.disk = Disk::Small(bytes);
        self
    }

    /// The data folder as the running app sees it.
    #[must_use]
    pub fn data_seen_by_app(&self) -> PathBuf {
        match self.disk {
            Disk::Roomy => self.data(),
            // The app's own view of the file system, which holds the small disk.
            Disk::Small(_) => PathBuf::from(format!(
                "/proc/{}/root{}",
                self.pid(),
                self.data().display()
            )),
        }
    }

    /// Leaves no room on the small disk of the running app.
    pub fn fill_disk(&self) {
        assert_ne!(
            self.disk,
            Disk::Roomy,
            "the machine's own disk is not ours to fill"
        );
        let ballast = File::create(self.ballast()).or_stop("making the file that fills the disk");
        let page = [0x5A; 4096];
        while (&ballast).write_all(&page).is_ok() {}
    }

    /// Makes room again.
    pub fn free_disk(&self) {
        fs::remove_file(self.ballast()).or_stop("removing what fills the disk");
    }

    fn ballast(&self) -> PathBuf {
        self.data_seen_by_app().join("holiday-films")
    }
}

/// Puts the data folder on a file system of its own, in a mount namespace that ends with the app.
/// Whoever is not root becomes root for the mount alone, and is themselves again for the app.
pub(super) fn on_small_disk(bytes: u64) -> String {
    let fill = format!(
        r#"cp -a "$LAPTOP/data" "$LAPTOP/held" && mount -t tmpfs -o size={bytes},mode=700 tmpfs "$LAPTOP/data" && cp -a "$LAPTOP/held/." "$LAPTOP/data" && rm -r "$LAPTOP/held""#
    );
    let run = r#"echo $$ > "$LAPTOP/pid"; exec "$APP" "$@""#;
    format!(
        r#"if [ "$(id -u)" = 0 ]; then
  exec unshare --mount sh -c '{fill} && {{ {run}; }}' sh "$@"
fi
exec unshare --map-root-user --mount sh -c '{fill} && exec unshare --user --map-user='"$(id -u)"' sh -c '\''{run}'\'' sh "$@"' sh "$@""#
    )
}
