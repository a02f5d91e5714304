//! What changed, told to the window: a few words a second, however much happens.

use std::collections::HashSet;
use std::time::Duration;

use placard_core::events::{Events, Topic as Core};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

/// Changes within this time are told together, and after the answer to the command that made them: a save is
/// not kept from the screen by the news of it.
const TOGETHER: Duration = Duration::from_millis(60);

/// Something changed: whoever shows it reads it anew.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Changed {
    topic: Topic,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// People or their captures.
    People,
    /// Any text, or what holds texts back.
    Texts,
    /// What phones have texted.
    Inbox,
    /// How the gateway stands.
    Connection,
    /// The campaign's settings, or the shift.
    Campaign,
    /// Backups, or what is the matter with them.
    Backups,
    /// The vault was locked.
    Locked,
}

const ALL: [Core; 6] = [
    Core::People,
    Core::Texts,
    Core::Inbox,
    Core::Connection,
    Core::Campaign,
    Core::Backups,
];

fn wire(topic: Core) -> Topic {
    match topic {
        Core::People => Topic::People,
        Core::Texts => Topic::Texts,
        Core::Inbox => Topic::Inbox,
        Core::Connection => Topic::Connection,
        Core::Campaign => Topic::Campaign,
        Core::Backups => Topic::Backups,
    }
}

/// Tells the window of a lock.
pub fn tell_locked(app: &tauri::AppHandle) {
    tell(app, Topic::Locked);
}

fn tell(app: &tauri::AppHandle, topic: Topic) {
    if let Err(error) = (Changed { topic }).emit(app) {
        tracing::warn!(%error, "the window could not be told of a change");
    }
}

/// Passes changes on to the window until the program ends.
pub async fn pass_on(app: tauri::AppHandle, events: Events) {
    let mut changes = events.listen();
    loop {
        let mut topics = HashSet::new();
        match changes.recv().await {
            Ok(topic) => {
                topics.insert(topic);
            }
            // Some were missed: everything may have changed.
            Err(RecvError::Lagged(_)) => topics.extend(ALL),
            Err(RecvError::Closed) => return,
        }
        tokio::time::sleep(TOGETHER).await;
        while let Ok(topic) = changes.try_recv() {
            topics.insert(topic);
        }
        for topic in topics {
            tell(&app, wire(topic));
        }
    }
}
