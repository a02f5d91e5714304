//! Power cuts at random moments of capturing and sending.

use std::env;
use std::time::Duration;

use fastrand::Rng;
use placard_tests::journey::Journey;
use placard_tests::people::Person;
use placard_tests::scripted::{Journal, Outcome, ScriptedGateway};
use placard_tests::waiting::{OrStop, at_most};
use placard_tests::window::Window;

/// How often the power is cut, unless `PLACARD_KILLS` says otherwise.
const USUAL: u32 = 50;
/// The longest that Placard lives after it was unlocked, in milliseconds: about three captures.
const LONGEST_LIFE: u64 = 4_000;
/// How long what a power cut left open may take to be settled.
const SETTLED: Duration = Duration::from_secs(120);

#[tokio::test]
async fn no_power_cut_loses_what_was_called_saved_or_doubles_a_text() {
    let day = Journey::with_campaign("power cuts").await;
    let gateway = ScriptedGateway::start().await;
    let mut chance = chance();
    let mut passers = Passers::default();

    day.step("The gateway is set up");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.quit().await;

    let kills = kills();
    for kill in 1..=kills {
        day.step(&format!("Power cut {kill} of {kills}"));
        // A text that is on the wire for long is there when the power goes.
        gateway.usually(if chance.bool() {
            Outcome::Take
        } else {
            Outcome::TakeAndHang
        });
        let window = day.open().await;
        window.unlock().await;
        window.skip_shift().await;
        let life = Duration::from_millis(chance.u64(..LONGEST_LIFE));
        at_most(life, passers.pass(&window)).await;
        window.kill().await;
    }

    let saved = passers.called_saved.len();
    assert!(
        saved >= kills as usize / 3,
        "{saved} people saved in {kills} lives prove too little"
    );

    day.step("Everybody whom the screen called saved is there, once");
    gateway.usually(Outcome::Take);
    let window = day.open().await;
    window.unlock().await;
    window.skip_shift().await;
    window.go_to("People").await;
    let people = window.people_listed().await;
    for person in &passers.called_saved {
        let rows = people
            .iter()
            .filter(|row| row.contains(&person.name()))
            .count();
        assert_eq!(rows, 1, "{} of {} on People", person.name(), people.len());
    }

    day.step("What was left open is settled, as far as anybody can know");
    window.go_to("Texts").await;
    let settled = async |_: &_| {
        let told = window.all_texts().await;
        let journal = gateway.journal();
        let listed = passers
            .texted()
            .all(|person| state_of(&told, person).is_some());
        let settled = passers
            .seen
            .iter()
            .all(|person| is_settled(&told, &journal, person));
        Ok(listed && settled)
    };
    window
        .until_within(SETTLED, "every text to be settled", settled)
        .await;

    day.step("A person decides about those that the gateway never had");
    let told = window.all_texts().await;
    for person in passers
        .seen
        .iter()
        .filter(|person| state_of(&told, person) == Some("Uncertain"))
    {
        window.insist_on(person).await;
    }
    window.strip_comes_to_say("no texts wait").await;

    day.step("The gateway's journal has everybody who agreed once, and nobody twice");
    let journal = gateway.journal();
    assert_eq!(journal.doubles(), []);
    for person in passers.texted() {
        assert_eq!(journal.to(&person.e164()).len(), 1, "{}", person.name());
    }

    day.step("The screen says of all that it took that they have gone");
    let gone = async |_: &_| {
        let told = window.all_texts().await;
        Ok(journal.all().iter().all(|text| {
            let whose = passers.seen.iter().find(|person| person.e164() == text.to);
            let state = whose.and_then(|person| state_of(&told, person));
            matches!(state, Some("Sent" | "Delivered"))
        }))
    };
    window
        .until("every text that was taken to be called so", gone)
        .await;
}

/// Those who pass the stall, one after another.
#[derive(Default)]
struct Passers {
    /// Everybody who was typed in, whether or not they were saved.
    seen: Vec<Person>,
    called_saved: Vec<Person>,
}

impl Passers {
    /// Those whom the screen called saved, and who get a text.
    fn texted(&self) -> impl Iterator<Item = &Person> {
        self.called_saved.iter().filter(|person| person.agrees)
    }

    /// Captures one after another, until the power goes.
    async fn pass(&mut self, window: &Window<'_>) {
        for number in self.seen.len().. {
            let person = Person::numbered(number.try_into().or_stop("fewer people"));
            self.seen.push(person.clone());
            // The form may hold what the last power cut left half typed.
            window.capture_over(&person).await;
            self.called_saved.push(person);
        }
    }
}

/// Whether nothing more becomes of a text by itself: it has gone, or nobody can know and the
/// gateway does not have it.
fn is_settled(told: &[String], journal: &Journal, person: &Person) -> bool {
    match state_of(told, person) {
        Some("Waiting" | "Sending") => false,
        Some("Uncertain") => journal.to(&person.e164()).is_empty(),
        _ => true,
    }
}

fn state_of<'t>(told: &'t [String], person: &Person) -> Option<&'t str> {
    let row = told.iter().find(|row| row.contains(&person.name()))?;
    row.split(' ').next()
}

fn kills() -> u32 {
    env::var("PLACARD_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(USUAL)
}

/// The same moments again where `PLACARD_SEED` is what an earlier run printed.
fn chance() -> Rng {
    let given = env::var("PLACARD_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| fastrand::u64(..));
    println!("  PLACARD_SEED={seed}");
    Rng::with_seed(seed)
}
