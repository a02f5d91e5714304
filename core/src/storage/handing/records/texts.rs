//! A text, with all that happened to it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::consent::ledger::Moment;
use crate::texts::life::{Kind as TextKind, State};

/// A text to a phone.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its id.
    pub id: Uuid,
    /// Which laptop sends it.
    pub laptop: Uuid,
    /// What it is for.
    pub kind: TextKind,
    /// Whom it is for.
    pub supporter: Uuid,
    /// Where it goes, E.164.
    pub mobile: String,
    /// What it says.
    pub body: String,
    /// What it costs.
    pub segments: u32,
    /// Where it stands on its own laptop.
    pub state: State,
    /// Why.
    pub reason: String,
    /// The provider's own code.
    pub code: Option<String>,
    /// Tries so far.
    pub attempts: u32,
    /// When it was tried last.
    pub attempted_at: Option<Moment>,
    /// When the provider took it.
    pub accepted_at: Option<Moment>,
    /// When it was written.
    pub created_at: Moment,
    /// When it moved last.
    pub changed_at: Moment,
    /// Everything that happened with it, oldest first. A text only ever has more of it.
    pub events: Vec<Event>,
}

/// A line of a text's evidence.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Moment,
    /// Where the text stood then.
    pub state: State,
    /// Why.
    pub reason: String,
    /// The provider's own code.
    pub code: Option<String>,
    /// The provider's own words.
    pub said: Option<String>,
    /// The provider's id of it.
    pub provider_id: Option<String>,
}
