//! How far a long piece of work is, and whether a person has had enough of it.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// Watches over a long piece of work.
pub struct Watch<'a> {
    tell: &'a (dyn Fn(u64, u64) + Sync),
    stop: &'a AtomicBool,
}

impl<'a> Watch<'a> {
    /// `tell` hears how much is done, and of how much, in the work's own unit; `stop` is set by whoever has had enough.
    pub fn new(tell: &'a (dyn Fn(u64, u64) + Sync), stop: &'a AtomicBool) -> Self {
        Self { tell, stop }
    }

    /// Says how far it is.
    ///
    /// # Errors
    /// [`Error::Stopped`] where a person has stopped it.
    pub fn at(&self, done: u64, of: u64) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::Stopped);
        }
        (self.tell)(done, of);
        Ok(())
    }
}
