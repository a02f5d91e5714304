//! Gateways and texts, as an organiser sets them up and looks after them.

use std::time::Duration;

use crate::kannel::{self, Kannel};
use crate::people::Person;
use crate::scripted::{self, ScriptedGateway};
use crate::window::Window;

/// The strip follows the gateway within this time, also when nothing waits.
pub const STRIP: Duration = Duration::from_secs(90);
/// What every row of Texts can be asked.
const EVIDENCE: &str = "What the gateway said";

impl Window<'_> {
    /// Chooses Twilio and types what it needs to reach the scripted gateway.
    pub async fn use_twilio(&self, gateway: &ScriptedGateway) {
        self.go_to("Settings").await;
        self.select("Gateway").choose("Twilio").await;
        self.field("Account SID").fill(scripted::ACCOUNT).await;
        self.field("API key").fill(scripted::KEY).await;
        self.field("Auth token").fill(&gateway.secret()).await;
        self.field("Sender").fill(scripted::SENDER).await;
        self.field("API address").fill(&gateway.address()).await;
        self.field("Texts per second").fill("20").await;
        self.save_gateway().await;
        self.go_to("Capture").await;
    }

    /// Chooses Kannel and types what it needs to reach the one on this machine.
    pub async fn use_kannel(&self, gateway: &Kannel) {
        self.go_to("Settings").await;
        self.select("Gateway").choose("Kannel").await;
        self.field("Gateway address").fill(&gateway.address()).await;
        self.field("User name").fill(kannel::USER).await;
        self.field("Password").fill(kannel::PASSWORD).await;
        self.field("Sender").fill(kannel::SENDER).await;
        self.field("Texts per second").fill("20").await;
        self.save_gateway().await;
        self.go_to("Capture").await;
    }

    /// Saves the gateway's form and waits until it says so.
    pub async fn save_gateway(&self) {
        self.button("Save gateway").click().await;
        self.announces(&["The gateway is saved"]).await;
    }

    /// Waits until the strip says this.
    pub async fn strip_says(&self, words: &str) {
        self.status("Connection").says(words).await;
    }

    /// Waits until the strip has noticed by itself whether the gateway is there.
    pub async fn strip_comes_to_say(&self, words: &str) {
        self.status("Connection").says_within(STRIP, words).await;
    }

    /// Waits until the row of a person on Texts is in this state.
    pub async fn text_is(&self, person: &Person, state: &str) {
        self.text_comes_to_be(crate::waiting::PATIENCE, person, state)
            .await;
    }

    /// The same for what takes longer than a person would wait.
    pub async fn text_comes_to_be(&self, limit: Duration, person: &Person, state: &str) {
        let what = format!("the text for {} to be {state}", person.name());
        let is = |row: &String| row.starts_with(state);
        let probe = async |_: &_| Ok(self.text_of(person).await.iter().any(is));
        self.until_within(limit, &what, probe).await;
    }

    /// The row of a person on Texts, its state first; none while there is no such row.
    pub async fn text_of(&self, person: &Person) -> Option<String> {
        self.told(&[&person.name(), &person.mobile, EVIDENCE])
            .await
            .into_iter()
            .next()
    }

    /// Every row of Texts, however many there are.
    pub async fn all_texts(&self) -> Vec<String> {
        loop {
            let told = self.told(&[EVIDENCE]).await;
            if !self.button("Show more").click_if_there().await {
                return told;
            }
            let grown = async |_: &_| {
                let all = !self.button("Show more").is_there().await;
                Ok(all || self.told(&[EVIDENCE]).await.len() > told.len())
            };
            self.until("more texts to be shown", grown).await;
        }
    }

    /// Says that an uncertain text is to be tried again, and means it after the warning.
    pub async fn insist_on(&self, person: &Person) {
        let row = self.row_with(&[&person.name(), &person.mobile]);
        row.button("Try again").click().await;
        row.button("Leave it").appears().await;
        assert!(
            row.text().await.contains("may get it twice"),
            "the warning is said first"
        );
        row.button("Try again").click().await;
        row.button("Leave it").goes().await;
    }
}
