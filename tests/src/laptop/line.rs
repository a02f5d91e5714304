//! Placard without its window on this laptop, as an organiser's script calls it.

use std::process::{Command, Output};

use serde_json::Value;

use super::{Laptop, app};
use crate::campaign::PASSPHRASE;
use crate::waiting::OrStop;

/// What a command answered.
#[derive(Debug)]
pub struct Answered {
    /// Its exit code.
    pub code: i32,
    /// What it wrote to standard output.
    pub said: String,
    /// What it wrote to standard error.
    pub told: String,
}

impl Answered {
    /// Its answer, where it was asked for in JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.said).or_stop("reading a command's answer")
    }

    /// Its answer in JSON, where it must have ended well.
    pub fn done(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        self.json()
    }
}

impl Laptop {
    /// Calls Placard without its window, with the passphrase and for an answer in JSON: `["texts", "--limit", "5"]`.
    #[must_use]
    pub fn call(&self, arguments: &[&str]) -> Answered {
        self.call_with(PASSPHRASE, arguments)
    }

    /// Calls it with another passphrase.
    #[must_use]
    pub fn call_with(&self, passphrase: &str, arguments: &[&str]) -> Answered {
        let called = Command::new(app())
            .args(arguments)
            .arg("--json")
            .env("PLACARD_DATA_DIR", self.data())
            .env("PLACARD_PASSPHRASE", passphrase)
            // There is no display: a window would end it.
            .env_remove("DISPLAY")
            .current_dir(self.folder())
            .output()
            .or_stop("calling Placard on the command line");
        Answered::from(called)
    }
}

impl From<Output> for Answered {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            code: output.status.code().unwrap_or(-1),
            said: text(output.stdout),
            told: text(output.stderr),
        }
    }
}
