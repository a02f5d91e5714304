//! Backups by themselves: when the campaign is opened, each hour in which something changed, and when it is closed.
//! Nothing that goes wrong here is in the way of anybody who captures.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use super::places::{Backup, Places, in_folder, list, newest_first, newness};
use super::taking::{copy_to_second, take};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::events::{Events, Topic};
use crate::progress::Watch;
use crate::storage::{Storage, look};

/// Where something changed, the next is taken this long after the last.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// One that failed is tried again after this.
const AGAIN: TimeDelta = TimeDelta::minutes(10);
/// The first look after the opening.
const FIRST: Duration = Duration::from_secs(30);
/// The pause after each megabyte of one that nobody waits for.
const GENTLY: Duration = Duration::from_millis(2);
/// How often it is looked whether one is due, and whether the second place is there again.
const LOOKS: Duration = Duration::from_secs(60);
/// A campaign that is closed waits this long for its last backup: what a larger one leaves out, the next opening takes.
const LAST: Duration = Duration::from_secs(10);

/// How the backups stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// When the last was taken, as far as is known.
    pub last: Option<DateTime<Utc>>,
    /// Why the last one failed, where it did.
    pub trouble: Option<String>,
    /// What is the matter with the second place, where something is.
    pub second_place_trouble: Option<String>,
}

struct Shared {
    storage: Arc<Storage>,
    clock: Arc<dyn Clock>,
    data: PathBuf,
    events: Events,
    standing: Mutex<Standing>,
    /// The vault's count of changes at the last backup; nothing before it is known.
    changes_at_last: Mutex<Option<u64>>,
    /// When the last one failed, where it did.
    failed_at: Mutex<Option<DateTime<Utc>>>,
    /// One at a time.
    taking: Mutex<()>,
    /// The campaign is being closed: no pauses any more.
    closing: AtomicBool,
    stop: AtomicBool,
}

/// The backups of an open campaign.
pub struct Rolling {
    shared: Arc<Shared>,
    wake: Mutex<Option<SyncSender<()>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Rolling {
    /// Takes backups from now on.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        storage: Arc<Storage>,
        clock: Arc<dyn Clock>,
        data: PathBuf,
        events: Events,
    ) -> Result<Self> {
        let rolling = Self::still(storage, clock, data, events);
        let (wake, woken) = sync_channel(1);
        let shared = Arc::clone(&rolling.shared);
        let thread = std::thread::Builder::new()
            .name("backups".to_owned())
            .spawn(move || shared.run(&woken))?;
        *rolling.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
        *rolling
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(thread);
        Ok(rolling)
    }

    /// Backups that are only taken when somebody asks.
    fn still(storage: Arc<Storage>, clock: Arc<dyn Clock>, data: PathBuf, events: Events) -> Self {
        Self {
            shared: Arc::new(Shared {
                storage,
                clock,
                data,
                events,
                standing: Mutex::default(),
                changes_at_last: Mutex::default(),
                failed_at: Mutex::default(),
                taking: Mutex::default(),
                closing: AtomicBool::new(false),
                stop: AtomicBool::new(false),
            }),
            wake: Mutex::default(),
            thread: Mutex::default(),
        }
    }

    /// How they stand.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.shared.standing().clone()
    }

    /// The backups that are there, newest first.
    #[must_use]
    pub fn list(&self) -> Vec<Backup> {
        let list = list(&self.shared.places(), Some(&self.shared.storage.key()));
        newest_first(list, self.shared.clock.now())
    }

    /// Where they are.
    #[must_use]
    pub fn places(&self) -> Places {
        self.shared.places()
    }

    /// Takes one now.
    ///
    /// # Errors
    /// As [`take`].
    pub fn now(&self, watch: &Watch<'_>) -> Result<Backup> {
        let taken = self.shared.take(watch)?;
        self.shared.second_place(watch)?;
        Ok(taken)
    }

    /// The second place was chosen, or plugged in.
    pub fn look(&self) {
        if let Some(wake) = &*self.wake.lock().unwrap_or_else(PoisonError::into_inner) {
            // One call that waits is enough.
            let _ = wake.try_send(());
        }
    }

    /// Takes the last one, where something changed, and ends. A vault that is large is not waited for.
    pub fn close(&self) {
        self.shared.closing.store(true, Ordering::Relaxed);
        *self.wake.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread {
            let over = Instant::now() + LAST;
            while !thread.is_finished() {
                if Instant::now() >= over {
                    self.shared.stop.store(true, Ordering::Relaxed);
                }
                std::thread::park_timeout(Duration::from_millis(5));
            }
            // It has nothing to say.
            let _ = thread.join();
        }
    }
}

impl Drop for Rolling {
    fn drop(&mut self) {
        // Whoever did not close it does not wait for it either.
        self.shared.stop.store(true, Ordering::Relaxed);
        self.close();
    }
}

impl Shared {
    /// The first look comes a while after the opening: whoever opens it wants to work.
    fn run(&self, woken: &Receiver<()>) {
        let mut pause = FIRST;
        while let Ok(()) | Err(RecvTimeoutError::Timeout) = woken.recv_timeout(pause) {
            self.round();
            pause = LOOKS;
        }
        // Let go of first: whoever asks below writes it.
        let at_last = *self.changes_at_last();
        let is_new = match at_last {
            Some(last) => last != self.storage.changes(),
            None => !self.knows_this_state(),
        };
        if is_new {
            self.try_to_take(Duration::ZERO);
        }
    }

    /// Takes one that is due, and gives the second place what it lacks.
    fn round(&self) {
        if self.is_due() {
            self.try_to_take(GENTLY);
        }
        let quiet = |_, _| {};
        // Stopped: the campaign is closed.
        let _ = self.second_place(&Watch::new(&quiet, &self.stop));
    }

    /// `pause` after each megabyte leaves the disk to whoever works.
    fn try_to_take(&self, pause: Duration) {
        let quiet = |_, _| {
            if !self.closing.load(Ordering::Relaxed) {
                std::thread::park_timeout(pause);
            }
        };
        match self.take(&Watch::new(&quiet, &self.stop)) {
            Ok(_) | Err(Error::Stopped) => {}
            Err(error) => tracing::warn!(%error, "a backup could not be taken"),
        }
    }

    fn take(&self, watch: &Watch<'_>) -> Result<Backup> {
        let _alone = self.taking.lock().unwrap_or_else(PoisonError::into_inner);
        // What is saved from here on may or may not be in it.
        let changes = self.storage.changes();
        let now = self.clock.now();
        let taken = take(&self.storage, &self.places(), now, watch);
        *self
            .failed_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = taken.is_err().then_some(now);
        let mut standing = self.standing();
        match &taken {
            Ok(_) => {
                *self.changes_at_last() = Some(changes);
                standing.last = Some(now);
                standing.trouble = None;
            }
            Err(Error::Stopped) => {}
            Err(error) => standing.trouble = Some(sentence(error)),
        }
        drop(standing);
        self.events.changed(Topic::Backups);
        taken
    }

    fn second_place(&self, watch: &Watch<'_>) -> Result<()> {
        let _alone = self.taking.lock().unwrap_or_else(PoisonError::into_inner);
        let key = self.storage.key();
        let places = self.places();
        let trouble = copy_to_second(&places, &key, self.clock.now(), watch)?;
        self.standing().second_place_trouble = trouble;
        if places.second.is_some() {
            self.events.changed(Topic::Backups);
        }
        Ok(())
    }

    fn changed(&self) -> bool {
        *self.changes_at_last() != Some(self.storage.changes())
    }

    fn is_due(&self) -> bool {
        let failed_at = *self
            .failed_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if failed_at.is_some_and(|at| (self.clock.now() - at).abs() < AGAIN) {
            return false;
        }
        let first_look = self.changes_at_last().is_none() && self.standing().last.is_none();
        if first_look {
            return !self.knows_this_state();
        }
        let last = self.standing().last;
        let now = self.clock.now();
        // A clock that was set back makes none wait.
        let hour_over = last.is_none_or(|last| now - last >= EVERY || last > now);
        self.changed() && hour_over
    }

    /// Whether the newest backup is of the state in which the vault was opened.
    fn knows_this_state(&self) -> bool {
        let key = self.storage.key();
        let places = self.places();
        let now = self.clock.now();
        let newest = in_folder(&places.here, super::Place::Here)
            .into_iter()
            .filter_map(|(backup, label)| Some((backup.at, label.contents(&key)?)))
            .max_by_key(|(at, _)| newness(*at, now));
        let (Some((at, kept)), Ok(stands)) = (newest, look(&self.storage)) else {
            return false;
        };
        let known = kept.mark == stands.mark;
        if known {
            self.standing().last = Some(at);
            *self.changes_at_last() = Some(self.storage.changes());
        }
        known
    }

    fn places(&self) -> Places {
        Places::of(&self.data)
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changes_at_last(&self) -> MutexGuard<'_, Option<u64>> {
        self.changes_at_last
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why there is none, to whoever sees the list of backups.
fn sentence(error: &Error) -> String {
    match error {
        Error::DiskFull | Error::DiskSaysNo => {
            "The last backup could not be written: the disk is full. Free some space; the backups before it are untouched.".to_owned()
        }
        Error::DamagedVault | Error::HarmedVault => {
            "The last backup could not be made: a part of the vault cannot be read. Close Placard and open it again; the backups before it are untouched.".to_owned()
        }
        _ => "The last backup could not be made. Placard tries again; the backups before it are untouched.".to_owned(),
    }
}
