//! How far a command is, told on standard error, and Ctrl+C, which stops it with nothing changed.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use placard_core::progress::Watch;
use placard_core::{Error, Result};

use super::line::Whole;
use crate::progress::seconds_left;

/// On a terminal one line is written over and over; elsewhere a line now and then.
const ON_A_TERMINAL: Duration = Duration::from_millis(100);
const ELSEWHERE: Duration = Duration::from_secs(10);

/// Whether Ctrl+C was pressed since the first long work of this command began.
static STOP: AtomicBool = AtomicBool::new(false);
static HEARD: Once = Once::new();

/// Does long work, told of on standard error.
pub fn watched<T>(whole: &Whole, work: impl FnOnce(&Watch<'_>) -> Result<T>) -> Result<T> {
    hear_the_keyboard()?;
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
        // Bytes of one piece of work are people of another: a hundredth means the same in all of them.
        let hundredths = done.saturating_mul(100).checked_div(of).unwrap_or(0);
        let mut to = io::stderr().lock();
        // That nobody hears of it stops no work.
        let _ = if terminal {
            write!(to, "\r\x1b[K{hundredths} %{left}")
        } else {
            writeln!(to, "{hundredths} %{left}")
        };
    };
    let done = work(&Watch::new(&tell, &STOP));
    let wrote = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    if terminal && wrote.is_some() {
        eprint!("\r\x1b[K");
    }
    done
}

/// Whether somebody has had enough.
pub fn is_stopped() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Hears Ctrl+C from now on, for as long as the command goes on.
fn hear_the_keyboard() -> Result<()> {
    let mut heard = Ok(());
    HEARD.call_once(|| heard = hear());
    heard
}

fn hear() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::Files)?;
    thread::spawn(move || {
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                STOP.store(true, Ordering::Relaxed);
            }
        });
    });
    Ok(())
}
