//! Undo and Redo, anywhere in the app.

use placard_core::campaign as core;
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::{time, with};
use crate::failure::Answer;
use crate::placard::Placard;

/// What was undone, or redone.
#[derive(Clone, Serialize, Type)]
pub struct Undone {
    pub name: String,
    pub sentence: String,
}

impl From<core::Undone> for Undone {
    fn from(undone: core::Undone) -> Self {
        Self {
            name: undone.name,
            sentence: undone.sentence,
        }
    }
}

/// What Undo and Redo would do now, as their buttons name it.
#[derive(Clone, Serialize, Type)]
pub struct Undoable {
    undo: Option<String>,
    redo: Option<String>,
}

/// Something that was set in Settings.
#[derive(Clone, Serialize, Type)]
pub struct SettingChanged {
    at: String,
    /// Empty where nobody is named.
    who: String,
    what: String,
    by: SetBy,
    before: String,
    after: String,
}

/// How it came to be set.
#[derive(Clone, Copy, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SetBy {
    /// By hand.
    Hand,
    /// By Undo.
    Undo,
    /// By Redo.
    Redo,
}

impl From<core::SettingChanged> for SettingChanged {
    fn from(changed: core::SettingChanged) -> Self {
        Self {
            at: time(changed.at),
            who: changed.who,
            what: changed.what,
            by: match changed.by {
                core::SetBy::Hand => SetBy::Hand,
                core::SetBy::Undo => SetBy::Undo,
                core::SetBy::Redo => SetBy::Redo,
            },
            before: changed.before,
            after: changed.after,
        }
    }
}

/// Undoes what was done last.
#[tauri::command]
#[specta::specta]
pub async fn undo(placard: State<'_, Placard>) -> Answer<Undone> {
    let undone = with(&placard, core::Campaign::undo).await?;
    Ok(undone.into())
}

/// Redoes what was undone last.
#[tauri::command]
#[specta::specta]
pub async fn redo(placard: State<'_, Placard>) -> Answer<Undone> {
    let done = with(&placard, core::Campaign::redo).await?;
    Ok(done.into())
}

/// What Undo and Redo would do now.
#[tauri::command]
#[specta::specta]
pub async fn undoable(placard: State<'_, Placard>) -> Answer<Undoable> {
    let undoable = with(&placard, core::Campaign::undoable).await?;
    Ok(Undoable {
        undo: undoable.undo,
        redo: undoable.redo,
    })
}

/// What was set in Settings, newest first.
#[tauri::command]
#[specta::specta]
pub async fn settings_changed(placard: State<'_, Placard>) -> Answer<Vec<SettingChanged>> {
    let changed = with(&placard, core::Campaign::settings_changed).await?;
    Ok(changed.into_iter().map(SettingChanged::from).collect())
}
