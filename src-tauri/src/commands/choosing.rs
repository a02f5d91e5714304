//! A file or a folder, chosen in the system's own window.

use serde::Deserialize;
use specta::Type;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

use super::blocking;
use crate::failure::Answer;

/// What is chosen.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// A file that is there.
    File,
    /// A folder.
    Folder,
}

/// Lets a person choose. Nothing where they thought better of it.
#[tauri::command]
#[specta::specta]
pub async fn choose(app: AppHandle, what: Chosen, title: String) -> Answer<Option<String>> {
    let chosen = blocking(move || {
        let dialog = app.dialog().file().set_title(title);
        Ok(match what {
            Chosen::File => dialog.blocking_pick_file(),
            Chosen::Folder => dialog.blocking_pick_folder(),
        })
    })
    .await?;
    Ok(chosen.map(|path| path.to_string()))
}
