//! The records of a file that is handed over. Times are UTC to the millisecond, as in the ledger.

mod texts;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::history::{Field, Kind as ActKind};
use super::super::inbound::{Meaning, Outcome};
use crate::consent::Channel;
use crate::consent::ledger::{Entry, Hash, Moment};
use crate::gateways;
pub use texts::{Event, Text};

/// The first line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The form, 1, 2, 3, …
    pub placard_hand_over: u32,
    /// Which campaign, as [`crate::hand_over::campaign_code`] has it.
    pub campaign: Hash,
    /// Who handed it over.
    pub from: String,
    /// On which laptop.
    pub laptop: Uuid,
    /// When.
    pub at: Moment,
    /// From where it goes on: who has not everything up to there would miss something. None where it goes on from
    /// nothing.
    #[serde(default)]
    pub after: Option<Mark>,
    /// Up to where whoever has taken it in has everything of this laptop. None where people were chosen, or a Placard
    /// wrote it that did not say.
    #[serde(default)]
    pub up_to: Option<Mark>,
}

/// A place in all that a laptop has: the last row of each table that only grows. No clock says what comes after it, as one
/// that is set back would leave people out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Of people.
    pub people: i64,
    /// Of what changed after it was there.
    pub touched: i64,
    /// Of the ledger.
    pub ledger: i64,
    /// Of texts from phones.
    pub inbound: i64,
}

impl Mark {
    /// Whether whoever has everything up to another place has everything up to this one.
    #[must_use]
    pub fn is_in(&self, other: &Self) -> bool {
        self.people <= other.people
            && self.touched <= other.touched
            && self.ledger <= other.ledger
            && self.inbound <= other.inbound
    }
}

/// A record.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Record {
    /// A laptop of the campaign.
    Laptop(Laptop),
    /// A number that is not to be texted.
    OptOut(OptOut),
    /// The same, of a number that was erased.
    ForgottenOptOut(ForgottenOptOut),
    /// A list of numbers that nobody calls. They come after it.
    DoNotCallList(DoNotCallList),
    /// Some of its numbers.
    DoNotCall(DoNotCall),
    /// A purpose.
    Purpose(Purpose),
    /// A language.
    Language(Language),
    /// A wording that entries point at.
    Wording(Wording),
    /// A shift.
    Shift(Shift),
    /// Who was erased.
    Erased(Erased),
    /// A person.
    Person(Box<Person>),
    /// A capture.
    Capture(Capture),
    /// A text from a phone.
    Inbound(Inbound),
    /// An entry of the ledger.
    Said(Box<Said>),
    /// An act that changed something.
    Act(Act),
    /// What it changed.
    Change(Change),
    /// Two records that are one person's.
    Merge(Merge),
    /// Two records that are two people's.
    Parted(Parted),
    /// A text to a phone.
    Text(Box<Text>),
    /// The last line: how many records there are.
    End(u64),
}

/// A laptop of the campaign.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laptop {
    /// Its id.
    pub id: Uuid,
    /// Who handed over there last.
    pub name: String,
    /// The public key to lock files for it with; empty where it is not known.
    pub recipient: String,
    /// What its hashes of erased numbers are keyed with, 64 hexadecimal digits.
    pub suppression_key: Hash,
    /// When it was heard of last.
    pub heard_at: Moment,
}

/// A number that is not to be texted.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptOut {
    /// The number, E.164.
    pub mobile: String,
    /// Who said so.
    pub source: String,
    /// Since when.
    pub at: Moment,
    /// The ledger's entry of it.
    pub entry: Option<Uuid>,
}

/// A number that is not to be texted and that nobody knows any more.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForgottenOptOut {
    /// Under whose key it is hashed.
    pub laptop: Uuid,
    /// The keyed hash.
    pub key: Hash,
    /// Who said so.
    pub source: String,
    /// Since when.
    pub at: Moment,
}

/// A list of numbers that nobody calls.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoNotCallList {
    /// Its id.
    pub id: Uuid,
    /// The file's own name.
    pub name: String,
    /// Who brought it in.
    pub who: String,
    /// When.
    pub at: Moment,
    /// How many numbers were new by it.
    pub added: u32,
    /// When it was undone, if it is: its numbers are not handed over then.
    pub undone_at: Option<Moment>,
    /// How often it was undone and done again.
    pub turns: u32,
    /// On which laptop, under whose key the numbers are hashed.
    pub laptop: Uuid,
}

/// Some numbers of a list that nobody calls.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoNotCall {
    /// The list.
    pub list: Uuid,
    /// The keyed hashes.
    pub keys: Vec<Hash>,
}

/// A purpose.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Its key.
    pub key: String,
    /// How the campaign would reach them.
    pub channel: Channel,
    /// What about.
    pub label: String,
    /// When it was made.
    pub created_at: Moment,
}

/// A language that an organiser added.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: String,
    /// Its name as its own speakers write it.
    pub name: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// When it was added.
    pub created_at: Moment,
}

/// A wording.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Its id, at least where the file comes from.
    pub id: Uuid,
    /// What it asks for.
    pub purpose: String,
    /// In which language.
    pub language: String,
    /// Which version.
    pub version: u32,
    /// The words.
    pub body: String,
    /// Since when.
    pub created_at: Moment,
    /// Whose it is.
    pub laptop: Uuid,
}

/// A shift.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Its id.
    pub id: Uuid,
    /// Who canvassed.
    pub canvasser: String,
    /// Where.
    pub place: String,
    /// Since when.
    pub started_at: Moment,
    /// On which laptop.
    pub laptop: Uuid,
}

/// Somebody who was erased.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// Who.
    pub id: Uuid,
    /// When.
    pub at: Moment,
}

/// A person as they stand where the file comes from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their id.
    pub id: Uuid,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mobile, E.164.
    pub mobile: Option<String>,
    /// Email address.
    pub email: String,
    /// Postcode.
    pub postcode: String,
    /// Language, a BCP 47 tag.
    pub language: String,
    /// With whom they live.
    pub household: Option<Uuid>,
    /// The gateway's word that the number cannot be texted.
    pub number_trouble: Option<String>,
    /// When they were captured first.
    pub captured_at: Moment,
    /// When they were changed last.
    pub updated_at: Moment,
    /// When they were taken back, if they are.
    pub removed_at: Option<Moment>,
    /// How often they went and came back.
    pub turns: u32,
    /// Whether no more than this is handed over of them.
    pub withheld: bool,
}

/// A capture.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// Its form's id.
    pub id: Uuid,
    /// Of whom.
    pub supporter: Uuid,
    /// In which shift.
    pub shift: Uuid,
    /// Whether it changed somebody who was there already.
    pub update: bool,
    /// When.
    pub captured_at: Moment,
    /// In which zone.
    pub zone: String,
    /// When it was undone, if it is.
    pub undone_at: Option<Moment>,
    /// How often it was undone and done again.
    pub turns: u32,
    /// On which laptop.
    pub laptop: Uuid,
}

/// A text from a phone.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbound {
    /// Our id of it.
    pub id: Uuid,
    /// The gateway.
    pub gateway: gateways::Kind,
    /// Through which account.
    pub account: String,
    /// The provider's id of it.
    pub provider_id: String,
    /// Who sent it.
    pub from: String,
    /// What it says.
    pub body: String,
    /// When it was sent.
    pub sent_at: Moment,
    /// When it came.
    pub received_at: Moment,
    /// What it means.
    pub meaning: Meaning,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether a person has yet to look.
    pub to_read: bool,
    /// When a person decided.
    pub decided_at: Option<Moment>,
    /// Whether who sent it and what it says are not handed over.
    pub withheld: bool,
}

/// An entry of the ledger, as its laptop wrote it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The entry.
    pub entry: Entry,
    /// The wording, by its id where the file comes from.
    pub wording: Option<Uuid>,
    /// Whose word it is.
    pub supporter: Option<Uuid>,
    /// Its place among all entries, in milliseconds.
    pub heard: i64,
    /// Whether who it was is not handed over.
    pub withheld: bool,
}

/// An act that changed something.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Its id.
    pub id: Uuid,
    /// What it was.
    pub kind: ActKind,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: Moment,
    /// When it was undone, if it is.
    pub undone_at: Option<Moment>,
    /// On which laptop.
    pub laptop: Uuid,
}

/// A field before and after.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Part of which act.
    pub act: Uuid,
    /// In which of its turns.
    pub turn: u32,
    /// Whose.
    pub supporter: Uuid,
    /// Which field.
    pub field: Field,
    /// What stood there.
    pub before: Option<String>,
    /// What stands there since.
    pub after: Option<String>,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: Moment,
}

/// Two records that are one person's.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The act that made them one.
    pub act: Uuid,
    /// Who was kept.
    pub kept: Uuid,
    /// Who went.
    pub gone: Uuid,
    /// Whether they still are.
    pub stands: bool,
    /// When it was done, undone and done again.
    pub turns: Vec<Turn>,
}

/// Two records that are two people's.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parted {
    /// The act that said so.
    pub act: Uuid,
    /// The one whose id is less.
    pub one: Uuid,
    /// The other.
    pub other: Uuid,
    /// Whether it still holds.
    pub stands: bool,
    /// How often it was undone and done again.
    pub turns: u32,
}

/// One time that a merge was done or undone.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Which: undone where it is odd.
    pub turn: u32,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: Moment,
}
