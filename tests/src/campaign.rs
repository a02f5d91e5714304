//! What organisers and canvassers do again and again, in their own words.

use thirtyfour::Key;
use tokio::sync::OnceCell;

use crate::journey::Journey;
use crate::laptop::{Laptop, Snapshot};
use crate::window::Window;

/// The campaign of every journey.
pub const CAMPAIGN: &str = "Clean Air Now";
/// Who set it up.
pub const ORGANISER: &str = "Morgan Reyes";
/// Its passphrase.
pub const PASSPHRASE: &str = "marmalade trombone 47 kestrel";
/// Who stands at the stall.
pub const CANVASSER: &str = "Sam Adeyemi";
/// Where the stall is.
pub const PLACE: &str = "Brixton tube";

/// A campaign that was set up the day before.
pub struct Ready {
    /// Its data folder.
    pub vault: Snapshot,
    /// Its recovery code, as it was written down.
    pub recovery_code: String,
}

static READY: OnceCell<Ready> = OnceCell::const_new();

/// The campaign that journeys begin with, set up in the window by the first journey that needs it.
pub async fn ready(journey: &Journey) -> &'static Ready {
    READY
        .get_or_init(async || {
            let laptop = Laptop::new();
            let window = journey.open_on(&laptop).await;
            let recovery_code = window.set_up_campaign().await;
            window.button("Skip").appears().await;
            window.quit().await;
            Ready {
                vault: laptop.snapshot(),
                recovery_code,
            }
        })
        .await
}

impl Window<'_> {
    /// Sets up the campaign, from the first screen to the question about the shift. Gives the
    /// recovery code as it is shown.
    pub async fn set_up_campaign(&self) -> String {
        self.button("Set up a campaign").click().await;
        self.field("Campaign name").fill(CAMPAIGN).await;
        self.field("Your name").fill(ORGANISER).await;
        self.field("Passphrase").fill(PASSPHRASE).await;
        self.field("Repeat passphrase").fill(PASSPHRASE).await;
        self.button("Create campaign").click().await;
        let code = self.part("Recovery code").text().await;
        self.checkbox("I have written it down").click().await;
        self.button("Continue").click().await;
        // The boxes are numbered for the eye; what is written down are the groups.
        code.split_whitespace()
            .filter(|group| group.len() > 1)
            .collect::<Vec<_>>()
            .join("-")
    }

    /// Opens the locked campaign.
    pub async fn unlock(&self) {
        self.unlock_with(PASSPHRASE).await;
        self.field("Passphrase").goes().await;
    }

    /// Tries to open the locked campaign.
    pub async fn unlock_with(&self, passphrase: &str) {
        self.field("Passphrase").fill(passphrase).await;
        self.press(Key::Enter).await;
    }

    /// Says who is canvassing and where.
    pub async fn start_shift(&self) {
        self.field("Canvasser").fill(CANVASSER).await;
        self.field("Where").fill(PLACE).await;
        self.button("Start shift").click().await;
        self.field("First name").appears().await;
    }

    /// Goes to the form without saying who is canvassing.
    pub async fn skip_shift(&self) {
        self.button("Skip").click().await;
        self.field("First name").appears().await;
    }

    /// Locks the campaign.
    pub async fn lock(&self) {
        self.button("Lock").click().await;
        self.field("Passphrase").appears().await;
    }

    /// Opens the locked campaign and starts the shift.
    pub async fn begin_the_day(&self) {
        self.unlock().await;
        self.start_shift().await;
    }

    /// Goes to a page by its link in the rail, or within Settings.
    pub async fn go_to(&self, page: &str) {
        self.link(page).click().await;
        self.heading(page).appears().await;
    }
}
