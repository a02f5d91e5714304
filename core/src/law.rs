//! The law and the carriers, one test for each point, through what the shell calls: an open campaign, and a
//! provider at the other end of the wire.

mod capturing;
mod carriers;
mod hours;
mod keeping;
mod provider;
mod rights;
mod stopping;
mod words;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::campaign::{
    Campaign, Choice, Forecast, LedgerState, NewCampaign, Opened, Outcome, TextRow, Typed, create,
    unlock,
};
use crate::clock::{Clock, ManualClock};
use crate::consent::TEXTS;
use crate::events::Events;
use crate::gateways::{Kind, TwilioForm};
use crate::storage::finding::Question;
use crate::storage::texts::Group;
use crate::texts::life::State;
use provider::Provider;

/// The number that texts come from.
const OURS: &str = "+447700900999";

/// A Tuesday at one o'clock in London, eight in the morning in New York.
fn tuesday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 5, 12, 0, 0).unwrap()
}

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A stall with an open campaign.
struct Stall {
    // First: it is let go of before its folder goes.
    campaign: Campaign,
    runtime: Runtime,
    clock: Arc<ManualClock>,
    events: Events,
    folder: TempDir,
}

const PASSPHRASE: &str = "kettle marble orbit thursday";

impl Stall {
    /// A campaign that sends to the drawn phone.
    fn new(country: &str, at: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = SecretString::from(PASSPHRASE);
        let new = NewCampaign {
            name: "Clean Air Now",
            organiser: "Sam",
            country,
            passphrase: &passphrase,
        };
        let opened = create(folder.path(), &new, at).unwrap().finish().unwrap();
        Self::opened(folder, opened, Arc::new(ManualClock::at(at)))
    }

    fn opened(folder: TempDir, opened: Opened, clock: Arc<ManualClock>) -> Self {
        let runtime = Runtime::new().unwrap();
        let events = Events::default();
        let campaign = Campaign::start(
            opened,
            runtime.handle(),
            Arc::clone(&clock) as Arc<dyn Clock>,
            events.clone(),
        );
        Self {
            campaign: campaign.unwrap(),
            runtime,
            clock,
            events,
            folder,
        }
    }

    /// The same campaign, closed and opened again: what waits goes from now on.
    fn reopened(self) -> Self {
        let Self {
            campaign,
            runtime,
            clock,
            folder,
            ..
        } = self;
        runtime.block_on(campaign.close());
        drop(campaign);
        // Whatever still holds the vault ends with its runtime.
        drop(runtime);
        let opened = unlock(folder.path(), &SecretString::from(PASSPHRASE)).unwrap();
        Self::opened(folder, opened, clock)
    }

    /// A campaign whose texts wait: nothing is sent, and everything is decided as if it were to be sent through
    /// Twilio.
    fn shut(country: &str, at: DateTime<Utc>) -> Self {
        let stall = Self::new(country, at);
        stall.runtime.block_on(stall.campaign.close());
        stall.sends_through("http://127.0.0.1:9", OURS);
        stall
    }

    /// A campaign that sends through this provider.
    fn through(provider: &Provider, country: &str) -> Self {
        let stall = Self::new(country, tuesday());
        stall.sends_through(&provider.address(), OURS);
        stall
    }

    fn sends_through(&self, address: &str, sender: &str) {
        let mut form = self.campaign.gateway_form().unwrap();
        form.kind = Kind::Twilio;
        form.twilio = TwilioForm {
            account_sid: "AC1".to_owned(),
            auth_token: "secret".to_owned().into(),
            sender: sender.to_owned(),
            api_address: address.to_owned(),
            ..TwilioForm::default()
        };
        let saved = self.campaign.save_gateway(&form).unwrap();
        assert!(
            matches!(saved, crate::campaign::GatewaySaved::Saved { .. }),
            "{saved:?}"
        );
    }

    /// Sets the clock.
    fn it_is(&self, at: DateTime<Utc>) {
        self.clock.advance(at - self.clock.now());
    }

    fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.campaign.hurry();
    }

    /// Waits until something is so.
    fn until(&self, what: &str, is_so: impl Fn(&Campaign) -> bool) {
        let mut changes = self.events.listen();
        let waited = self.runtime.block_on(async {
            tokio::time::timeout(PATIENCE, async {
                while !is_so(&self.campaign) {
                    // A listener that lags costs only another look.
                    let _ = changes.recv().await;
                }
            })
            .await
        });
        assert!(waited.is_ok(), "waited in vain: {what}");
    }

    /// Waits until no text waits or is on the wire.
    fn until_texts_have_left(&self) {
        self.until("the texts left", |campaign| {
            [Group::Waiting, Group::Going].into_iter().all(|group| {
                let rows = campaign.texts(group, 0, 500).unwrap().rows;
                rows.iter()
                    .all(|row| !matches!(row.state, State::Waiting | State::Sending))
            })
        });
    }

    fn saves(&self, form: &Typed, choice: Option<Choice>) -> Outcome {
        let id = self.campaign.start_capture().unwrap().capture_id;
        self.campaign.save_capture(id, form, choice).unwrap()
    }

    /// Somebody who was asked about texts and said this. Gives their record.
    fn captured(&self, name: &str, mobile: &str, agrees: bool) -> Uuid {
        let outcome = self.saves(&person(name, mobile, Some(agrees)), None);
        assert!(matches!(outcome, Outcome::Saved { .. }), "{outcome:?}");
        self.newest()
    }

    /// Whoever was captured last.
    fn newest(&self) -> Uuid {
        self.campaign
            .people(&Question::default(), 0, 1)
            .unwrap()
            .rows[0]
            .id
    }

    /// The newest entry about whoever was captured last that a receipt can be shown of.
    fn newest_receipt(&self) -> Uuid {
        let told = self.campaign.person(self.newest()).unwrap().timeline;
        told.into_iter().find_map(|told| told.receipt).unwrap()
    }

    /// Every text.
    fn texts(&self) -> Vec<TextRow> {
        [Group::NeedsYou, Group::Going, Group::Waiting, Group::Done]
            .into_iter()
            .flat_map(|group| self.campaign.texts(group, 0, 500).unwrap().rows)
            .collect()
    }

    /// The newest text of somebody.
    fn text_of(&self, name: &str) -> TextRow {
        // One that moves from group to group while they are read is seen at the next look.
        let looks = std::iter::repeat_with(|| {
            let texts = self.texts().into_iter();
            texts
                .filter(|row| row.name == name)
                .max_by_key(|row| row.id)
        });
        looks.take(100).flatten().next().unwrap()
    }

    fn forecast(&self) -> Forecast {
        self.campaign.forecast(500).unwrap()
    }

    /// How many would go, wait and be blocked.
    fn outlook(&self) -> (u32, u32, u32) {
        let forecast = self.forecast();
        (
            forecast.go.count,
            forecast.wait.count,
            forecast.blocked.count,
        )
    }

    /// The lines of the exported ledger that are entries, once it is found whole.
    fn ledger(&self) -> Vec<serde_json::Value> {
        assert!(matches!(
            self.campaign.check_ledger().unwrap(),
            LedgerState::Whole { .. }
        ));
        let mut export = Vec::new();
        self.campaign.export_ledger(&mut export).unwrap();
        String::from_utf8(export)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .filter(|line| line.get("entry").is_some())
            .collect()
    }

    /// What the ledger says happened, oldest first.
    fn happened(&self) -> Vec<String> {
        let entries = self.ledger();
        entries
            .iter()
            .map(|line| line["entry"]["what"].as_str().unwrap().to_owned())
            .collect()
    }

    /// A text from a phone while nothing is sent: it is typed on the drawn phone.
    fn arrives(&self, from: &str, body: &str) {
        let mut form = self.campaign.gateway_form().unwrap();
        form.kind = Kind::Practice;
        self.campaign.save_gateway(&form).unwrap();
        self.says(from, body);
        self.sends_through("http://127.0.0.1:9", OURS);
    }

    /// Sends a test text, which goes whatever is held: what was due before it has been decided on then.
    fn tries_the_gateway(&self) -> bool {
        let tried = self.campaign.send_test_text("07700 900199");
        self.runtime.block_on(tried).unwrap().ok
    }

    /// Types on the drawn phone.
    fn says(&self, mobile: &str, body: &str) -> &'static str {
        self.campaign.arrives(mobile, body).unwrap().sentence
    }
}

fn person(name: &str, mobile: &str, agrees: Option<bool>) -> Typed {
    Typed {
        first_name: name.to_owned(),
        mobile: mobile.to_owned(),
        language: "en".to_owned(),
        answers: agrees
            .map(|agrees| (TEXTS.to_owned(), agrees))
            .into_iter()
            .collect(),
        ..Typed::default()
    }
}
