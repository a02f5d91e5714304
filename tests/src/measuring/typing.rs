//! From the press of a key in "Search people" to the list that answers it, in the real window, with a million people in
//! the vault.

use std::time::Duration;

use serde_json::json;
use thirtyfour::WebDriver;
use thirtyfour::error::WebDriverResult;
use thirtyfour::session::scriptret::ScriptRet;
use tokio::time::sleep;

use super::searching::{TYPED, aloud};
use super::{FRAME, MILLION as PEOPLE, Row, milliseconds, within};
use crate::journey::Journey;
use crate::window::Window;

const STOPWATCH: &str = include_str!("typing.js");
/// From the press of a key to the next question to the page: whoever asks a page what is on it meanwhile keeps it from
/// showing it.
const HAND: Duration = Duration::from_millis(150);
/// How often the page is asked before it is given up.
const LOOKS: u32 = 20;

/// Measures it on the laptop of a day, where a million people are in the vault. Each search is typed letter by letter
/// into a window that was just opened, and once more while it is at hand.
pub async fn row(day: &Journey) -> Row {
    let window = day.open().await;
    window.begin_the_day().await;
    window.go_to("People").await;
    window.says("newest first").await;
    let mut samples = Vec::new();
    for _ in 0..2 {
        for typed in TYPED {
            window.field("Search people").fill("").await;
            window.says("people, newest first").await;
            window.field("Search people").click().await;
            for letter in typed.chars() {
                let took = press(&window, letter).await;
                aloud(|| format!("{letter} of “{typed}”: {}", milliseconds(took)));
                samples.push(took);
            }
        }
    }
    told(&samples)
}

async fn press(window: &Window<'_>, letter: char) -> Duration {
    window
        .must("starting the stopwatch", ask(window.page(), "start"))
        .await;
    window.type_text(&letter.to_string()).await;
    for _ in 0..LOOKS {
        sleep(HAND).await;
        let read = async { ask(window.page(), "read").await?.convert::<Option<f64>>() };
        if let Some(milliseconds) = window.must("reading the stopwatch", read).await {
            return Duration::from_secs_f64(milliseconds.max(0.0) / 1e3);
        }
    }
    window.stop(&format!("No list answers “{letter}”.")).await
}

async fn ask(page: &WebDriver, verb: &str) -> WebDriverResult<ScriptRet> {
    page.execute(STOPWATCH, vec![json!(verb)]).await
}

fn told(samples: &[Duration]) -> Row {
    let at = |share| within(share, samples).unwrap_or(Duration::MAX);
    let slow = at(0.99);
    Row {
        what: format!("Key press to the list that answers it, {PEOPLE} people in the vault"),
        measured: format!(
            "{} at p99, {} at p50, of {} keys",
            milliseconds(slow),
            milliseconds(at(0.5)),
            samples.len()
        ),
        promised: format!("at p99 a 60 Hz frame: {}", milliseconds(FRAME)),
        kept: slow <= FRAME,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_comes_with_the_next_frame_is_late() {
        let times = |milliseconds, times| vec![Duration::from_millis(milliseconds); times];
        assert!(told(&times(16, 100)).kept);
        assert!(!told(&[times(16, 98), times(17, 2)].concat()).kept);
        assert!(!told(&[]).kept);
    }
}
