//! A laptop with its own data folder, on which Placard can be started, killed and started again.

mod disk;
mod files;
mod line;

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::TimeDelta;
use tempfile::TempDir;

pub use files::{Snapshot, backups_in};
pub use line::Answered;

use self::disk::Disk;
use crate::noon;
use crate::waiting::{OrStop, PATIENCE, at_most, until};

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

/// The app under test: `PLACARD_APP`, or the debug build.
fn app() -> PathBuf {
    env::var_os("PLACARD_APP").map_or_else(|| target().join("debug/placard"), PathBuf::from)
}

/// A laptop. Everything that Placard writes is in its folder, which goes when it is dropped.
#[derive(Debug)]
pub struct Laptop {
    folder: TempDir,
    disk: Disk,
    ahead: TimeDelta,
}

impl Laptop {
    /// A new one with nothing on it.
    #[must_use]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("placard-journey-")
            .tempdir();
        let laptop = Self {
            folder: folder.or_stop("making a folder for the laptop"),
            disk: Disk::Roomy,
            ahead: TimeDelta::zero(),
        };
        fs::create_dir(laptop.data()).or_stop("making the data folder");
        laptop
    }

    /// The folder that Placard keeps its data in.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Everything on this laptop.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sets its clock ahead of this machine's, for the starts to come.
    pub fn set_clock_ahead(&mut self, by: TimeDelta) {
        self.ahead = by;
    }

    /// What the app has written to its standard output and error.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Writes the script that starts the app here: the driver's own environment is fixed, the
    /// script's is not.
    pub(crate) fn launcher(&self) -> PathBuf {
        let folder = self.folder.path().display();
        let script = self.folder.path().join("start");
        let exec = match self.disk {
            Disk::Roomy => r#"echo $$ > "$LAPTOP/pid"; exec "$APP" "$@""#.to_owned(),
            Disk::Small(bytes) => disk::on_small_disk(bytes),
        };
        let text = format!(
            "#!/bin/sh\n\
             export LAPTOP='{folder}' APP='{app}'\n\
             export PLACARD_DATA_DIR=\"$LAPTOP/data\" XDG_DATA_HOME=\"$LAPTOP/share\"\n\
             export XDG_CONFIG_HOME=\"$LAPTOP/config\" XDG_CACHE_HOME=\"$LAPTOP/cache\"\n\
             export WEBKIT_DISABLE_DMABUF_RENDERER=0\n\
             mkdir -p \"$XDG_CONFIG_HOME\"\n\
             echo \"XDG_DOWNLOAD_DIR=\\\"$LAPTOP/Downloads\\\"\" > \"$XDG_CONFIG_HOME/user-dirs.dirs\"\n\
             {clock}\
             exec >>\"$LAPTOP/log\" 2>&1\n\
             {exec}\n",
            app = app().display(),
            clock = self.clock(),
        );
        fs::write(&script, text).or_stop("writing the start script");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700))
            .or_stop("making the start script runnable");
        let _ = fs::remove_file(self.folder.path().join("pid"));
        script
    }

    /// What sets the clock of the app, where it is not this machine's.
    fn clock(&self) -> String {
        if self.ahead.is_zero() {
            return String::new();
        }
        noon::ahead(self.ahead)
            .map(|(name, value)| format!("export {name}='{value}'\n"))
            .concat()
    }

    /// The process of the app that was started last.
    #[must_use]
    pub fn pid(&self) -> u32 {
        let pid = fs::read_to_string(self.folder.path().join("pid"))
            .or_stop("reading the app's process id");
        pid.trim().parse().or_stop("reading the app's process id")
    }

    /// Whether the app that was started last still runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        let status = fs::read_to_string(format!("/proc/{}/stat", self.pid()));
        // A dead child of the driver that nobody has asked after is not running.
        status.is_ok_and(|stat| !stat.contains(") Z "))
    }

    /// Ends the app as a power cut would: with no word of warning.
    pub(crate) fn kill(&self) {
        if fs::exists(self.folder.path().join("pid")).unwrap_or(false) {
            signal("KILL", self.pid());
        }
    }

    /// Asks the app to end, as the system does when the laptop is shut down.
    pub(crate) fn shut_down(&self) {
        signal("TERM", self.pid());
    }

    /// Waits until the app has ended.
    pub async fn until_ended(&self) {
        until(PATIENCE, async || (!self.is_running()).then_some(()))
            .await
            .or_stop("waiting for Placard to end");
    }

    /// Starts the app a second time, without a driver, and waits until it ends by itself.
    pub async fn start_second_copy(&self) -> std::process::ExitStatus {
        let pid = self.pid();
        let mut second = tokio::process::Command::new(self.launcher());
        let status = at_most(PATIENCE, second.kill_on_drop(true).status())
            .await
            .or_stop("waiting for the second copy to end")
            .or_stop("starting a second copy");
        fs::write(self.folder.path().join("pid"), pid.to_string())
            .or_stop("noting the first copy again");
        status
    }
}

impl Default for Laptop {
    fn default() -> Self {
        Self::new()
    }
}

fn signal(name: &str, pid: u32) {
    // The app may have ended by itself already, which is as good.
    let _ = Command::new("sh")
        .args(["-c", &format!("kill -{name} {pid} 2>/dev/null")])
        .status();
}
