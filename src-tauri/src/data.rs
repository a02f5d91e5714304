//! Where Placard's data lives.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use tauri::Manager;

/// Keeps the data elsewhere than the system would.
const OVERRIDE: &str = "PLACARD_DATA_DIR";

/// The folder: the system's place for programs' data, or the one that a person chose.
pub fn folder(app: &tauri::AppHandle) -> tauri::Result<PathBuf> {
    match chosen() {
        Some(folder) => Ok(folder),
        None => app.path().app_data_dir(),
    }
}

/// The same folder, where there is no window that knows it.
pub fn without_a_window() -> Option<PathBuf> {
    let elsewhere = || Some(dirs::data_dir()?.join(&crate::app::context().config().identifier));
    chosen().or_else(elsewhere)
}

fn chosen() -> Option<PathBuf> {
    std::env::var_os(OVERRIDE)
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
}

/// The name under which a running Placard is found by a second one: one for each data folder, so that two
/// vaults can be open side by side, and one vault never twice.
pub fn instance(identifier: &str) -> String {
    match chosen() {
        None => identifier.to_owned(),
        Some(folder) => format!("{identifier}.at{:016x}", number(&folder)),
    }
}

fn number(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    absolute.hash(&mut hasher);
    hasher.finish()
}
