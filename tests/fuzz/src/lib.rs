//! What the targets share: a limit to their memory, and a folder to work in.

use std::alloc::System;
use std::fs;
use std::path::PathBuf;
use std::process;

use cap::Cap;

/// The most that Placard may hold at any moment, in bytes. A file that was handed over may ask for 256 MiB, which is
/// what its passphrase costs to try.
const MOST_HELD: usize = 320 << 20;

/// What asks for more than that ends, as what panics does.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, MOST_HELD);

/// What a target needs and has not got is no finding.
pub trait OrStop<T> {
    /// The value, or the end of the run with the reason.
    fn or_stop(self) -> T;
}

impl<T, E: std::fmt::Display> OrStop<T> for Result<T, E> {
    fn or_stop(self) -> T {
        self.unwrap_or_else(|why| {
            eprintln!("the target cannot run here: {why}");
            process::exit(2)
        })
    }
}

/// An empty folder of this run's own.
#[must_use]
pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("placard-fuzz-{}", process::id()));
    // Another run's, which had the same number.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).or_stop();
    folder
}
