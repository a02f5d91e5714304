//! From the press of Enter to "Saved", in the real window, with a whole town in the vault.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Key, WebDriver};
use tokio::time::sleep;

use super::{FRAME, Row, milliseconds, within};
use crate::journey::Journey;
use crate::people::Person;
use crate::waiting::OrStop;
use crate::window::Window;

const STOPWATCH: &str = include_str!("stopwatch.js");
/// People in the vault before anything is measured.
pub const PEOPLE: u32 = 100_000;
/// The first of them warm the caches and are not counted.
const WARMING: usize = 20;
/// Enough for one in a hundred to be more than chance.
const SAMPLES: usize = 200;
/// From the last field to the press of Enter, and from that to the next question to the page: nobody's hand is
/// faster, and whoever asks a page what is on it meanwhile keeps it from showing it.
const HAND: Duration = Duration::from_millis(150);

/// Measures it in a campaign that `fill` has filled: it gets the data folder of a closed campaign, and
/// leaves the numbers of drama, 07700 900000 to 900999, free. `commit` is what the durable commit of a
/// capture alone takes, 99 times in a hundred.
///
/// What counts is the moment at which the words stand in the page: the next frame draws them.
pub async fn row(fill: impl FnOnce(&Path), commit: Duration) -> Row {
    let day = Journey::with_campaign("Key press to Saved").await;
    day.step("Filling the vault");
    fill(&day.laptop.data());
    let window = day.open().await;
    window.begin_the_day().await;
    window.go_to("People").await;
    let people = people(&window).await;
    window.go_to("Capture").await;

    day.step("Measuring");
    let mut samples = Vec::with_capacity(SAMPLES);
    for (number, person) in (0..)
        .map(Person::numbered)
        .take(WARMING + SAMPLES)
        .enumerate()
    {
        let time = save(&window, &person).await;
        if number >= WARMING {
            samples.push(time);
        }
    }
    told(&samples, people, commit)
}

/// How many people the window says there are.
async fn people(window: &Window<'_>) -> u32 {
    window.says("newest first").await;
    let text = window.text().await;
    let (before, _) = text
        .split_once(" people, newest first")
        .or_stop("the number of people");
    let digits: String = before
        .chars()
        .rev()
        .take_while(|c| !c.is_whitespace())
        .collect();
    let digits: String = digits.chars().rev().filter(char::is_ascii_digit).collect();
    digits.parse().or_stop("reading the number of people")
}

async fn save(window: &Window<'_>, person: &Person) -> Duration {
    window.type_person(person).await;
    window
        .must(
            "starting the stopwatch",
            ask(window.page(), "start", person),
        )
        .await;
    sleep(HAND).await;
    window.press(Key::Enter).await;
    sleep(HAND).await;
    window.called_saved(person).await;
    let read = async { ask(window.page(), "read", person).await?.convert::<f64>() };
    let milliseconds = window.must("reading the stopwatch", read).await;
    Duration::from_secs_f64(milliseconds.max(0.0) / 1e3)
}

async fn ask(
    page: &WebDriver,
    verb: &str,
    person: &Person,
) -> WebDriverResult<thirtyfour::session::scriptret::ScriptRet> {
    page.execute(STOPWATCH, vec![json!(verb), json!(person.name())])
        .await
}

fn told(samples: &[Duration], people: u32, commit: Duration) -> Row {
    let most = FRAME + commit;
    let (usual, slow) = (within(0.5, samples), within(0.99, samples));
    let shown = |time: Option<Duration>| time.map_or("none".to_owned(), milliseconds);
    Row {
        what: format!("Key press to “Saved”, {people} people in the vault"),
        measured: format!("{} at p99, {} at p50", shown(slow), shown(usual)),
        promised: format!(
            "at p99 a 60 Hz frame and the commit: {} + {}",
            milliseconds(FRAME),
            milliseconds(commit)
        ),
        kept: people >= PEOPLE && slow.is_some_and(|slow| slow <= most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_vault_or_a_slow_save_keeps_no_promise() {
        let times = |milliseconds| vec![Duration::from_millis(milliseconds); SAMPLES];
        let commit = Duration::from_millis(2);
        for (scenario, samples, people, kept) in [
            ("as promised", times(18), PEOPLE, true),
            ("a small vault", times(18), 12, false),
            ("slow", times(19), PEOPLE, false),
            ("nothing measured", Vec::new(), PEOPLE, false),
        ] {
            assert_eq!(told(&samples, people, commit).kept, kept, "{scenario}");
        }
    }
}
