//! How far a command is, told on standard error, and Ctrl+C, which stops it with nothing changed.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use placard_core::progress::Watch;
use placard_core::{Error, Result};

use super::line::Whole;
use crate::progress::seconds_left;

/// On a terminal one line is written over and over; elsewhere a line now and then.
const ON_A_TERMINAL: Duration = Duration::from_millis(100);
const ELSEWHERE: Duration = Duration::from_secs(10);

/// Does long work, told of on standard error.
pub fn watched<T>(whole: &Whole, work: impl FnOnce(&Watch<'_>) -> Result<T>) -> Result<T> {
    let stop = stopped_by_the_keyboard()?;
    let terminal = io::stderr().is_terminal();
    let begun = Instant::now();
    let told = Mutex::new(None::<Instant>);
    let apart = if terminal { ON_A_TERMINAL } else { ELSEWHERE };
    let tell = |done: u64, of: u64| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if whole.quiet || told.unwrap_or(begun).elapsed() < apart {
            return;
        }
        *told = Some(Instant::now());
        let left = seconds_left(begun.elapsed(), done, of)
            .map(|seconds| format!(", {seconds} s left"))
            .unwrap_or_default();
        let mut to = io::stderr().lock();
        // That nobody hears of it stops no work.
        let _ = if terminal {
            write!(to, "\r\x1b[K{done} of {of}{left}")
        } else {
            writeln!(to, "{done} of {of}{left}")
        };
    };
    let done = work(&Watch::new(&tell, &stop));
    let wrote = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    if terminal && wrote.is_some() {
        eprint!("\r\x1b[K");
    }
    done
}

fn stopped_by_the_keyboard() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Files)?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                flag.store(true, Ordering::Relaxed);
            }
        });
    });
    Ok(stop)
}
