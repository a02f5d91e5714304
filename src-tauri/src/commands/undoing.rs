//! Undo and Redo, anywhere in the app.

use placard_core::campaign as core;
use serde::Serialize;
use specta::Type;
use tauri::State;

use super::with;
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

/// Undoes what was done last.
#[tauri::command]
#[specta::specta]
pub async fn undo(placard: State<'_, Placard>) -> Answer<Undone> {
    let undone = with(&placard, core::Campaign::undo).await?;
    Ok(undone.into())
}

/// Does again what was undone last.
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
