//! Where things are in the checkout.

use std::path::{Path, PathBuf};

/// The top of the checkout.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The screens.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// Where cargo builds: `CARGO_TARGET_DIR` where it is set, as cargo itself has it.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Where programs that only the checks need are installed, apart from the person's own.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// A built program, of the profile `debug` or `release`.
pub fn built(profile: &str, program: &str) -> PathBuf {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    target().join(profile).join(file)
}

/// The program's full path, where it is on the `PATH`.
pub fn found(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(&file))
        .find(|candidate| candidate.is_file())
}
