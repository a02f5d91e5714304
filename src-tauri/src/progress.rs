//! Long pieces of work: one at a time, how far it is told to the window, and stopped when a person has had enough.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use placard_core::campaign::Campaign;
use placard_core::progress::Watch;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager, async_runtime};
use tauri_specta::Event;

use crate::commands::blocking;
use crate::failure::{Answer, Failure};
use crate::placard::Placard;

/// The window hears of progress this often at most.
const APART: Duration = Duration::from_millis(100);

/// How far a long piece of work is.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Progress {
    work: Work,
    done: u32,
    of: u32,
    /// At the pace so far; nothing before that can be told.
    seconds_left: Option<u32>,
}

/// Which long piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Reads a list and judges each line.
    Check,
    /// Brings a list in.
    BringIn,
    /// Writes people to a file.
    Export,
    /// Sends people to a server.
    Push,
    /// Takes in another laptop's people, or writes a file for one.
    TakeIn,
    /// Writes or reads a backup.
    Backup,
    /// Looks for duplicates.
    Duplicates,
}

/// The long work that goes on, if any does.
#[derive(Default)]
pub struct LongWork {
    stop: Mutex<Option<Arc<AtomicBool>>>,
}

impl LongWork {
    /// Asks what goes on to stop, changing nothing.
    pub fn stop(&self) {
        let stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = &*stop {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Whether anything goes on.
    pub fn goes_on(&self) -> bool {
        let stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        stop.is_some()
    }

    fn begin(&self) -> Answer<Arc<AtomicBool>> {
        let mut stop = self.stop.lock().unwrap_or_else(PoisonError::into_inner);
        if stop.is_some() {
            return Err(Failure::busy());
        }
        let flag = Arc::new(AtomicBool::new(false));
        *stop = Some(Arc::clone(&flag));
        Ok(flag)
    }

    fn end(&self) {
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Does long work on the open campaign where it may block, and tells the window how far it is.
pub async fn watched<T: Send + 'static>(
    app: &AppHandle,
    work: Work,
    call: impl FnOnce(&Campaign, &Watch<'_>) -> placard_core::Result<T> + Send + 'static,
) -> Answer<T> {
    let placard = app.state::<Placard>();
    let campaign = placard.campaign()?;
    let stop = placard.long_work.begin()?;
    let teller = Teller::new(app.clone(), work);
    let done = blocking(move || {
        let tell = |done, of| teller.tell(done, of);
        call(&campaign, &Watch::new(&tell, &stop))
    })
    .await;
    placard.long_work.end();
    done
}

/// Does long work beside any campaign where it may block, and tells the window how far it is.
pub async fn watched_apart<T: Send + 'static>(
    app: &AppHandle,
    work: Work,
    call: impl FnOnce(&Watch<'_>) -> placard_core::Result<T> + Send + 'static,
) -> Answer<T> {
    let placard = app.state::<Placard>();
    let stop = placard.long_work.begin()?;
    let teller = Teller::new(app.clone(), work);
    let done = blocking(move || {
        let tell = |done, of| teller.tell(done, of);
        call(&Watch::new(&tell, &stop))
    })
    .await;
    placard.long_work.end();
    done
}

struct Teller {
    app: AppHandle,
    work: Work,
    begun: Instant,
    told: Arc<Mutex<Told>>,
}

/// What the window has heard.
#[derive(Default)]
struct Told {
    at: Option<Instant>,
    /// What was kept back, so that it does not hear too much: told a little later, unless more is done by then.
    kept_back: Option<Progress>,
}

impl Teller {
    fn new(app: AppHandle, work: Work) -> Self {
        Self {
            app,
            work,
            begun: Instant::now(),
            told: Arc::default(),
        }
    }

    fn tell(&self, done: u64, of: u64) {
        let progress = Progress {
            work: self.work,
            done: u32::try_from(done).unwrap_or(u32::MAX),
            of: u32::try_from(of).unwrap_or(u32::MAX),
            seconds_left: seconds_left(self.begun.elapsed(), done, of),
        };
        let mut told = lock(&self.told);
        let Some(early) = told.at.and_then(|at| APART.checked_sub(at.elapsed())) else {
            told.kept_back = None;
            told.tell(&self.app, &progress);
            return;
        };
        if told.kept_back.replace(progress).is_some() {
            return;
        }
        // Work that waits for something in the middle is shown as far as it is.
        let (app, told) = (self.app.clone(), Arc::clone(&self.told));
        async_runtime::spawn(async move {
            tokio::time::sleep(early).await;
            let mut told = lock(&told);
            if let Some(progress) = told.kept_back.take() {
                told.tell(&app, &progress);
            }
        });
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        // It has ended: how far it was is no news any more.
        lock(&self.told).kept_back = None;
    }
}

impl Told {
    fn tell(&mut self, app: &AppHandle, progress: &Progress) {
        self.at = Some(Instant::now());
        if let Err(error) = progress.emit(app) {
            tracing::warn!(%error, "the window could not be told how far it is");
        }
    }
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

/// At the pace so far, rounded up; nothing in the first second, when the pace says little.
pub fn seconds_left(so_far: Duration, done: u64, of: u64) -> Option<u32> {
    if done == 0 || so_far < Duration::from_secs(1) {
        return None;
    }
    let left = so_far.as_millis() * u128::from(of.saturating_sub(done)) / u128::from(done);
    u32::try_from(left.div_ceil(1000)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_the_pace_so_far() {
        assert_eq!(seconds_left(Duration::from_secs(2), 50, 200), Some(6));
        assert_eq!(seconds_left(Duration::from_secs(2), 200, 200), Some(0));
        assert_eq!(seconds_left(Duration::from_millis(900), 50, 200), None);
        assert_eq!(seconds_left(Duration::from_secs(5), 0, 200), None);
    }

    #[test]
    fn one_long_piece_of_work_goes_on_at_a_time_and_can_be_stopped() {
        let work = LongWork::default();
        let Ok(stop) = work.begin() else {
            panic!("nothing went on before");
        };
        assert!(work.begin().is_err());
        work.stop();
        assert!(stop.load(Ordering::Relaxed));
        work.end();
        assert!(work.begin().is_ok());
    }
}
