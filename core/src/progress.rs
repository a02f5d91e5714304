//! How far a long piece of work is, and whether a person has had enough of it.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// Watches over a long piece of work.
pub struct Watch<'a> {
    tell: &'a (dyn Fn(u64, u64) + Sync),
    stop: &'a AtomicBool,
    /// Which part of the work this is, and of how many that take about as long as each other.
    part: (u64, u64),
}

impl<'a> Watch<'a> {
    /// `tell` hears how much is done, and of how much, in the work's own unit; `stop` is set by whoever has had enough.
    pub fn new(tell: &'a (dyn Fn(u64, u64) + Sync), stop: &'a AtomicBool) -> Self {
        Self {
            tell,
            stop,
            part: (0, 1),
        }
    }

    /// Watches over a part of the work, of so many that take about as long as each other. The first is 0.
    #[must_use]
    pub fn part(&self, number: u64, of: u64) -> Self {
        Self {
            part: (self.part.0 * of + number, self.part.1 * of),
            ..*self
        }
    }

    /// Says how far it is.
    ///
    /// # Errors
    /// [`Error::Stopped`] where a person has stopped it.
    pub fn at(&self, done: u64, of: u64) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::Stopped);
        }
        let (number, parts) = self.part;
        (self.tell)(number * of + done, parts * of);
        Ok(())
    }
}
