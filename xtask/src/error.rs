//! Why a command stopped, in words for the person at the keyboard.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use crate::progress::spoken;

/// What a command gives, or why it stopped.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A program that was started ended badly; its output has been shown.
    #[error("{what}: failed ({status})")]
    Failed {
        /// The step, as it was announced.
        what: String,
        /// How the program ended.
        status: ExitStatus,
    },
    /// A program did not end in the time it was given.
    #[error("{what}: stopped after {}", spoken(*.limit))]
    TooSlow {
        /// The step, as it was announced.
        what: String,
        /// The time it was given.
        limit: Duration,
    },
    /// A program could not be started at all.
    #[error("could not start {program}: {source}")]
    NotStarted {
        /// The program's name.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", .path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Some program's answer was not of the form it promises.
    #[error("{program} answered something unexpected: {source}")]
    Unreadable {
        /// The program's name.
        program: &'static str,
        /// What is wrong with the answer.
        source: serde_json::Error,
    },
    /// The person has to do something first, and is told what.
    #[error("{0}")]
    Needed(String),
    /// What was built or measured is not as it must be.
    #[error("{0}")]
    Unsound(String),
}

impl Error {
    /// Names the file in an input or output error: `.map_err(Error::file(&path))`.
    pub fn file(path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    }
}
