//! What Undo took back more than a week ago, erased beside the work, a few people at a time: neither whoever opens the
//! campaign waits for it nor whoever saves. Where it was broken off, the next opening goes on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::{TAKEN_BACK_STAYS, Whose, erase_one, note_erasure};
use crate::campaign::keeping::kept_since;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::events::{Events, Topic};
use crate::storage::erasure::Through;
use crate::storage::{Conn, Storage, campaign, do_not_call, erasure, history};

/// The first portion is of so many people, or changes.
const FIRST: u32 = 8;
/// None is of more.
const MOST: u32 = 256;
/// Whoever saves meanwhile waits no longer than about this: after a longer portion the next is of fewer.
const LONGEST: Duration = Duration::from_millis(15);
/// Where a round begins.
pub(in crate::campaign) const BEGINNING: Through = (i64::MIN, i64::MIN);
/// What there is at least between two portions, for whoever saves.
const SHORTEST_PAUSE: Duration = Duration::from_millis(5);
/// And at most.
const LONGEST_PAUSE: Duration = Duration::from_millis(200);

/// What a campaign's threads are given: its vault, its clock, and where changes are announced.
type Parts = (Arc<Storage>, Arc<dyn Clock>, Events);

struct Shared {
    storage: Arc<Storage>,
    clock: Arc<dyn Clock>,
    events: Events,
    stop: AtomicBool,
}

/// Erases what was taken back, for as long as the campaign is open.
pub(in crate::campaign) struct TakenBack {
    shared: Arc<Shared>,
    wake: Mutex<Option<SyncSender<()>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl TakenBack {
    /// Begins at once. That it cannot be done now keeps nobody from working.
    pub(in crate::campaign) fn start((storage, clock, events): Parts) -> Self {
        let shared = Arc::new(Shared {
            storage,
            clock,
            events,
            stop: AtomicBool::new(false),
        });
        let (wake, woken) = sync_channel(1);
        let runs = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("erasing".to_owned())
            .spawn(move || runs.run(&woken));
        if let Err(error) = &thread {
            tracing::error!(%error, "what was taken back is not erased");
        }
        Self {
            shared,
            wake: Mutex::new(Some(wake)),
            thread: Mutex::new(thread.ok()),
        }
    }

    /// Looks again: a campaign stays open for longer than a day.
    pub(in crate::campaign) fn look(&self) {
        if let Some(wake) = &*self.wake.lock().unwrap_or_else(PoisonError::into_inner) {
            // One call that waits is enough.
            let _ = wake.try_send(());
        }
    }

    /// Begins no other portion than the one that it is at.
    pub(in crate::campaign) fn no_more(&self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        *self.wake.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Ends it after the portion that it is at.
    pub(in crate::campaign) fn stop(&self) {
        self.no_more();
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            thread.thread().unpark();
            // It has nothing to say.
            let _ = thread.join();
        }
    }
}

impl Drop for TakenBack {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn run(&self, woken: &Receiver<()>) {
        loop {
            let done = round(&self.storage, self.clock.now(), &mut |took| {
                self.pause(took)
            });
            match done {
                Ok(true) => {
                    // Texts that were never sent went with them.
                    for topic in [Topic::People, Topic::Texts, Topic::Inbox] {
                        self.events.changed(topic);
                    }
                }
                Ok(false) | Err(Error::Stopped) => {}
                Err(error) => tracing::error!(%error, "what was taken back could not be erased"),
            }
            if woken.recv().is_err() {
                break;
            }
        }
    }

    /// Leaves the vault to others for as long as a portion took.
    fn pause(&self, took: Duration) -> Result<()> {
        if !self.stop.load(Ordering::Relaxed) {
            std::thread::park_timeout(took.clamp(SHORTEST_PAUSE, LONGEST_PAUSE));
        }
        match self.stop.load(Ordering::Relaxed) {
            true => Err(Error::Stopped),
            false => Ok(()),
        }
    }
}

/// Erases what was taken back more than a week ago: somebody whose capture was a mistake was never agreed with. Whoever
/// got a text is kept for as long as the campaign keeps people, since the text has to be proved. `between` is told after
/// each portion, which is a transaction of its own, how long it took. Gives whether anybody was erased.
///
/// # Errors
/// What `between` returned, or the disk says no. What was erased by then is.
pub(in crate::campaign) fn round(
    storage: &Storage,
    now: DateTime<Utc>,
    between: &mut dyn FnMut(Duration) -> Result<()>,
) -> Result<bool> {
    let before = now - TAKEN_BACK_STAYS;
    let mut portions = Portions {
        storage,
        many: FIRST,
        between,
    };
    // Whoever looks for nothing writes nothing.
    if storage.read(|conn| history::remembers_undone(conn, before))? {
        portions.all(|conn, most| history::forget_undone(conn, before, most))?;
    }
    if storage.read(|conn| do_not_call::remembers_undone(conn, before))? {
        portions.all(|conn, most| do_not_call::forget_undone(conn, before, most))?;
    }
    let (kept_since, anybody) = storage.read(|conn| {
        let kept_since = kept_since(&campaign::rules(conn)?, now);
        let first = erasure::taken_back(conn, before, kept_since, 1, &mut { BEGINNING })?;
        Ok((kept_since, !first.is_empty()))
    })?;
    if anybody {
        let mut noted = false;
        let mut through = BEGINNING;
        // People are more work than changes.
        portions.many = FIRST;
        portions.all(|conn, most| {
            // A portion that the disk refused is done again.
            let mut next = through;
            let erased = portion(conn, (before, kept_since), most, now, &mut next)?;
            through = next;
            // Once for all of them: they were one mistake, or as good as one.
            if erased > 0 && !std::mem::replace(&mut noted, true) {
                note_erasure(conn, now)?;
            }
            Ok(erased)
        })?;
    }
    Ok(anybody)
}

/// Erases at most so many who were taken back before then, or before the campaign keeps people where they got a text. Who
/// they are is asked in the same transaction: what brings somebody back may have come just before it. Begins after those
/// whom `through` says. Gives how many.
pub(in crate::campaign) fn portion(
    conn: &Conn,
    (before, kept_since): (DateTime<Utc>, Option<DateTime<Utc>>),
    most: u32,
    now: DateTime<Utc>,
    through: &mut Through,
) -> Result<usize> {
    let people = erasure::taken_back(conn, before, kept_since, most, through)?;
    for (id, details) in &people {
        erase_one(conn, *id, details, now, Whose::TakenBack)?;
        erasure::may_come_back(conn, *id)?;
    }
    Ok(people.len())
}

/// Work that is done a portion at a time.
struct Portions<'a> {
    storage: &'a Storage,
    /// How many the next is of.
    many: u32,
    between: &'a mut dyn FnMut(Duration) -> Result<()>,
}

impl Portions<'_> {
    /// Does portion after portion, until one is of fewer than it could have been.
    fn all(&mut self, mut work: impl FnMut(&Conn, u32) -> Result<usize>) -> Result<()> {
        loop {
            let many = self.many;
            // Whoever saves just now is waited for; that is no part of it.
            let mut began = Instant::now();
            let done = self.storage.write(|conn| {
                began = Instant::now();
                work(conn, many)
            })?;
            let took = began.elapsed();
            if took > LONGEST {
                self.many = (many / 2).max(1);
            } else if took * 2 < LONGEST {
                self.many = (many * 2).min(MOST);
            }
            (self.between)(took)?;
            if done < many as usize {
                return Ok(());
            }
        }
    }
}
