//! The only place that lets time pass.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

/// How long a person would wait for something the laptop does by itself.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// How often it is looked at meanwhile.
const LOOK: Duration = Duration::from_millis(30);

/// Asks `probe` until it gives something, at least once. Gives `None` where the time is up first.
pub async fn until<T>(limit: Duration, mut probe: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(found) = probe().await {
            return Some(found);
        }
        if Instant::now() >= end {
            return None;
        }
        sleep(LOOK).await;
    }
}

/// Does some work until it is done or the time is up: it then ends wherever it is, and gives `None`.
pub async fn at_most<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    timeout(limit, work).await.ok()
}

/// Lets the second pass after which a half-filled form is promised to be safe.
pub async fn a_second_after_the_last_key() {
    sleep(Duration::from_secs(1)).await;
}

/// A result that a journey cannot go on without.
pub trait OrStop<T> {
    /// The value, or the end of the test with a sentence about what was being done.
    fn or_stop(self, doing: &str) -> T;
}

impl<T, E: Display> OrStop<T> for Result<T, E> {
    #[track_caller]
    fn or_stop(self, doing: &str) -> T {
        match self {
            Ok(value) => value,
            Err(error) => panic!("{doing}: {error}"),
        }
    }
}

impl<T> OrStop<T> for Option<T> {
    #[track_caller]
    fn or_stop(self, doing: &str) -> T {
        match self {
            Some(value) => value,
            None => panic!("{doing}: nothing there"),
        }
    }
}
