//! The open campaign: what the shell holds and calls. Everything here but sending blocks for a moment: call
//! it from a thread that may.

mod answering;
mod backing_up;
mod bringing_in;
mod capture;
mod correcting;
mod duplicates;
mod erasing;
mod exporting;
mod finding;
mod flip;
mod forecast;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod gateway;
mod handing;
mod handset;
mod held;
mod inbox;
mod keeping;
mod languages;
mod last;
mod lawful;
#[cfg(feature = "measuring")]
pub mod measuring;
mod merging;
mod new_file;
mod open;
mod person;
mod purposes;
mod pushing;
mod releasing;
mod settings;
#[cfg(test)]
mod tests;
mod texts;
mod timeline;
mod undoing;
mod words;

pub use crate::storage::exporting::Who;
pub use answering::Answering;
pub use backing_up::BackupsView;
pub use bringing_in::{
    Attestation, BroughtIn, ListPreview, Place, PreviewRow, ReadOptions, RefusedLine, Report,
};
pub use capture::{Ask, AskWording, Choice, FieldProblem, Outcome, Start, Typed};
pub use correcting::{Corrected, Home, LivesWith, NumberOf};
pub use duplicates::{Duplicates, Pair, PersonCard};
pub use exporting::ExportedFile;
pub use finding::{FilterChoices, ImportChoice};
pub use flip::OwnHand;
pub use forecast::{Forecast, ForecastRow, Foreseens};
pub use gateway::{FormerGateway, GatewaySaved, TestOutcome};
pub use handing::{HandOverState, HandedOver, Handing, LockedWith, TakenIn};
pub use handset::{Handset, Picture};
pub use held::EverythingHeld;
pub use inbox::{InboxPage, PhoneSaid, ThreadLine, ThreadRow, ThreadView};
pub use keeping::Past;
pub use languages::Spoken;
pub use last::SavedRow;
pub use lawful::LedgerState;
pub use merging::Side;
pub use open::{
    Created, NewCampaign, Opened, Wait, create, discard_practice, judge, practice, recover, unlock,
};
pub use person::{PersonView, Receipt, StandingYes};
pub use purposes::PurposeRow;
pub use pushing::{PushRefused, PushReport};
pub use releasing::Release;
pub use settings::{SetBy, SettingChanged};
pub use texts::{ConnectionView, EvidenceRow, HoldView, TextRow, TextsPage};
pub use timeline::Happened;
pub use undoing::{Undoable, Undone};
pub use words::{Checked, Judged, Written};

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;
use uuid::Uuid;

use crate::backups::Rolling;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::events::{Events, Topic};
use crate::gateways::Active;
use crate::people::{LONGEST_NAME, one_line};
use crate::sender::Sender;
use crate::storage::shifts::Shift;
use crate::storage::vault::Held;
use crate::storage::{Storage, campaign, gateways, shifts};
use erasing::TakenBack;

/// An open campaign. Its texts go by themselves until it is closed.
pub struct Campaign {
    info: campaign::Campaign,
    storage: Arc<Storage>,
    clock: Arc<dyn Clock>,
    events: Events,
    sender: Sender,
    taken_back: Arc<TakenBack>,
    /// None in practice.
    rolling: Mutex<Option<Arc<Rolling>>>,
    active: Mutex<Active>,
    shift: Mutex<Option<Shift>>,
    /// Whether somebody looks for duplicates just now.
    looking: AtomicBool,
    /// The list that was looked at last, to be brought in.
    checked_list: Mutex<Option<Arc<bringing_in::Checked>>>,
    /// Says to whoever waits for a gateway that the campaign is being closed.
    closing: watch::Sender<bool>,
    /// Last: the vault is let go of when nothing uses it any more.
    _held: Held,
}

impl Campaign {
    /// Begins to work on an opened vault, and to send what waits in it.
    ///
    /// # Errors
    /// The vault cannot be read, or its gateway cannot be started on this computer.
    pub fn start(
        opened: Opened,
        runtime: &Handle,
        clock: Arc<dyn Clock>,
        events: Events,
    ) -> Result<Self> {
        // Waking inside the runtime matters: the worker's timers belong to it.
        let _inside = runtime.enter();
        let campaign = Self::put_together(opened, clock, events, |parts, active| {
            let (storage, clock, events) = parts;
            Sender::start(runtime, storage, clock, events, active)
        })?;
        let now = campaign.clock.now();
        campaign
            .storage
            .write(|conn| gateways::forget_former(conn, now))?;
        campaign.listen_to_former()?;
        Ok(campaign)
    }

    /// Begins to work on the records of an opened vault. Nothing is sent, and nobody is asked for replies: what waits
    /// goes on waiting.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn at_the_desk(opened: Opened, clock: Arc<dyn Clock>, events: Events) -> Result<Self> {
        Self::put_together(opened, clock, events, |(storage, clock, events), _| {
            Sender::idle(storage, clock, events)
        })
    }

    fn put_together(
        opened: Opened,
        clock: Arc<dyn Clock>,
        events: Events,
        sender: impl FnOnce((Arc<Storage>, Arc<dyn Clock>, Events), Active) -> Sender,
    ) -> Result<Self> {
        let Opened { held, storage } = opened;
        let storage = Arc::new(storage);
        let (info, setup) =
            storage.read(|conn| Ok((campaign::get(conn)?, gateways::chosen(conn)?)))?;
        // A vault from before a language was there gets its words.
        storage.write(|conn| words::complete(conn, &info, clock.now()))?;
        let active = setup
            .start(Arc::clone(&clock))
            .map_err(|problem| Error::invalid("gateway", problem.to_string()))?;
        let parts = || (Arc::clone(&storage), Arc::clone(&clock), events.clone());
        let sender = sender(parts(), active.clone());
        Ok(Self {
            taken_back: Arc::new(TakenBack::start(parts())),
            info,
            storage,
            clock,
            events,
            sender,
            rolling: Mutex::default(),
            active: Mutex::new(active),
            shift: Mutex::new(None),
            looking: AtomicBool::new(false),
            checked_list: Mutex::new(None),
            closing: watch::Sender::new(false),
            _held: held,
        })
    }

    /// Stops sending. What is on the wire has a few seconds to be settled, and what changed is backed up.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        self.taken_back.no_more();
        self.sender.stop().await;
        self.erasing_ends().await;
        self.last_backup().await;
    }

    /// Stops sending, for a lock: whoever locks the screen is not kept waiting. What changed is backed up once the
    /// campaign has been opened again.
    pub async fn lock(&self) {
        self.closing.send_replace(true);
        self.taken_back.no_more();
        self.sender.stop().await;
        self.erasing_ends().await;
        self.forgo_last_backup().await;
    }

    /// What is left of whom Undo took back goes once the campaign has been opened again. The portion that is at work may wait
    /// for something long: then it ends by itself after it.
    async fn erasing_ends(&self) {
        let taken_back = Arc::clone(&self.taken_back);
        let ends = tokio::task::spawn_blocking(move || taken_back.stop());
        // A thread that broke leaves a campaign that closes all the same.
        let _ = tokio::time::timeout(ERASING_ENDS, ends).await;
    }

    /// The campaign's name, country and kind.
    #[must_use]
    pub fn info(&self) -> &campaign::Campaign {
        &self.info
    }

    /// Who is canvassing, and where, if that was said since the campaign was opened.
    #[must_use]
    pub fn shift(&self) -> Option<Shift> {
        self.current_shift()
            .clone()
            .filter(|shift| !shift.canvasser.is_empty())
    }

    fn current_shift(&self) -> MutexGuard<'_, Option<Shift>> {
        self.shift.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last shift that was named: what the next is prefilled with.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn suggested_shift(&self) -> Result<Option<Shift>> {
        self.storage.read(shifts::last_named)
    }

    /// Says who is canvassing, and where, from now on.
    ///
    /// # Errors
    /// Nobody is named, or the disk says no.
    pub fn start_shift(&self, canvasser: &str, place: &str) -> Result<Shift> {
        let canvasser = one_line(canvasser, LONGEST_NAME);
        if canvasser.is_empty() {
            return Err(Error::invalid("canvasser", "Type who is canvassing."));
        }
        let shift = Shift {
            id: Uuid::now_v7(),
            canvasser,
            place: one_line(place, LONGEST_NAME),
        };
        let now = self.clock.now();
        self.storage
            .write(|conn| shifts::insert(conn, &shift, now))?;
        self.taken_back.look();
        *self.current_shift() = Some(shift.clone());
        self.events.changed(Topic::Campaign);
        Ok(shift)
    }

    /// The system says that there is a network, or a person will not wait.
    pub fn hurry(&self) {
        self.sender.hurry();
    }
}

/// The most rows that a screen is given at once.
const LONGEST_PAGE: u32 = 500;

/// How long whoever closes or locks waits for the portion that is being erased.
const ERASING_ENDS: std::time::Duration = std::time::Duration::from_secs(5);
