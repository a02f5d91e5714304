//! "This changed": what the screens listen to. An event carries no data, so that nothing personal
//! travels on it and a lost one costs only a reread.

use tokio::sync::broadcast;

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// People or their captures.
    People,
    /// Any text, or what holds texts back.
    Texts,
    /// What phones have texted.
    Inbox,
    /// Whether the gateway can be reached, or what it wants mended.
    Connection,
    /// The campaign's own settings, or the shift.
    Campaign,
    /// Backups that are there, or what is the matter with them.
    Backups,
}

/// Where changes are announced.
#[derive(Debug, Clone)]
pub struct Events(broadcast::Sender<Topic>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(256).0)
    }
}

impl Events {
    /// Announces a change. Nobody listening is fine.
    pub fn changed(&self, topic: Topic) {
        // The only failure is that nobody listens.
        let _ = self.0.send(topic);
    }

    /// Listens from now on. A listener that lags should reread everything.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Topic> {
        self.0.subscribe()
    }
}
