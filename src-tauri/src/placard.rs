//! What the running program holds: at most one open campaign.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use placard_core::campaign::{Campaign, Created, Opened, Wait};
use placard_core::clock::{Clock, SystemClock};
use placard_core::events::Events;
use tauri::async_runtime;

use crate::failure::{Answer, Failure};
use crate::progress::LongWork;

/// The program's state, behind every command.
pub struct Placard {
    /// Where the vaults are.
    pub data: PathBuf,
    /// The laptop's clock.
    pub clock: Arc<dyn Clock>,
    /// What changed, for the window.
    pub events: Events,
    /// The long work that goes on.
    pub long_work: LongWork,
    phase: Mutex<Phase>,
    wait: Mutex<Wait>,
    /// The screen is turned to a supporter, and this many PINs were tried since.
    turned: Mutex<Option<u32>>,
}

/// How far the program is.
enum Phase {
    /// No vault is open.
    Closed,
    /// A campaign waits for its recovery code to be written down.
    Created(Box<Created>),
    /// A campaign is open.
    Open(Arc<Campaign>),
}

/// How long a lock waits for commands that are under way.
const LAST_COMMANDS: Duration = Duration::from_secs(3);

impl Placard {
    /// Nothing is open yet.
    pub fn new(data: PathBuf) -> Self {
        Self {
            data,
            clock: Arc::new(SystemClock),
            events: Events::default(),
            long_work: LongWork::default(),
            phase: Mutex::new(Phase::Closed),
            wait: Mutex::default(),
            turned: Mutex::default(),
        }
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turned(&self) -> MutexGuard<'_, Option<u32>> {
        self.turned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns the screen to a supporter.
    pub fn flip(&self) -> Answer<()> {
        if !self.campaign()?.has_pin()? {
            return Err(placard_core::Error::invalid("pin", "Choose a PIN first.").into());
        }
        *self.turned() = Some(0);
        Ok(())
    }

    /// Whether the screen is turned to a supporter.
    pub fn is_flipped(&self) -> bool {
        self.turned().is_some()
    }

    /// The open campaign, for the screen that is turned to a supporter.
    pub fn flipped(&self) -> Answer<Arc<Campaign>> {
        if !self.is_flipped() {
            return Err(Failure::flipped());
        }
        self.open_campaign()
    }

    /// The PIN was right.
    pub fn turn_back(&self) {
        *self.turned() = None;
    }

    /// A PIN is tried. Gives how many tries that makes since the screen was turned.
    pub fn try_pin(&self) -> u32 {
        let mut turned = self.turned();
        let tried = turned.unwrap_or_default().saturating_add(1);
        // Whoever locked the vault meanwhile turned the screen back.
        if turned.is_some() {
            *turned = Some(tried);
        }
        tried
    }

    /// The open campaign; nothing of it while the screen is turned to a supporter.
    pub fn campaign(&self) -> Answer<Arc<Campaign>> {
        if self.is_flipped() {
            return Err(Failure::flipped());
        }
        self.open_campaign()
    }

    /// The open campaign, whoever looks at the screen: for what shows nothing of it.
    pub fn open_campaign(&self) -> Answer<Arc<Campaign>> {
        match &*self.phase() {
            Phase::Open(campaign) => Ok(Arc::clone(campaign)),
            Phase::Closed | Phase::Created(_) => Err(Failure::locked()),
        }
    }

    /// A campaign was set up: it waits for its recovery code to be written down.
    pub fn created(&self, created: Created) {
        *self.phase() = Phase::Created(Box::new(created));
    }

    /// The recovery code is written down.
    pub fn finish(&self) -> Answer<Arc<Campaign>> {
        let opened = match &*self.phase() {
            Phase::Created(created) => created.finish()?,
            Phase::Closed | Phase::Open(_) => return Err(Failure::locked()),
        };
        self.open(opened)
    }

    /// Works on an opened vault from now on.
    pub fn open(&self, opened: Opened) -> Answer<Arc<Campaign>> {
        let campaign = Arc::new(Campaign::start(
            opened,
            async_runtime::handle().inner(),
            Arc::clone(&self.clock),
            self.events.clone(),
        )?);
        // A laptop that gives no thread for it still captures.
        if let Err(error) = campaign.keep_backups(&self.data) {
            tracing::error!(%error, "backups are not taken by themselves");
        }
        self.turn_back();
        *self.phase() = Phase::Open(Arc::clone(&campaign));
        Ok(campaign)
    }

    /// Closes the campaign: its key is gone from memory when this returns, unless a command hangs.
    pub async fn close(&self) {
        self.closed(|campaign| async move { campaign.lock().await })
            .await;
    }

    /// The same at the end of the program, with a last backup: nobody waits for the window any more.
    pub async fn end(&self) {
        self.closed(|campaign| async move { campaign.close().await })
            .await;
    }

    async fn closed<Closing: Future<Output = ()>>(
        &self,
        close: impl FnOnce(Arc<Campaign>) -> Closing,
    ) {
        let before = std::mem::replace(&mut *self.phase(), Phase::Closed);
        self.turn_back();
        let Phase::Open(campaign) = before else {
            return;
        };
        // What goes on for long holds the campaign open; it changes nothing when it is stopped.
        self.long_work.stop();
        close(Arc::clone(&campaign)).await;
        let until = Instant::now() + LAST_COMMANDS;
        while Arc::strong_count(&campaign) > 1 && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The pause after wrong passphrases.
    pub fn wait(&self) -> MutexGuard<'_, Wait> {
        self.wait.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
