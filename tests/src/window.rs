//! Placard's window, seen and used as a person does.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, WebDriver};

use crate::control::{Control, Row};
use crate::driver::Driver;
use crate::journey::Story;
use crate::laptop::Laptop;
use crate::look;
use crate::waiting::{OrStop, PATIENCE, until};

/// The window of a running Placard. Dropping it ends the app without a word.
pub struct Window<'a> {
    page: Option<WebDriver>,
    _driver: Driver,
    laptop: &'a Laptop,
    story: Arc<Story>,
}

impl<'a> Window<'a> {
    pub(crate) async fn open(laptop: &'a Laptop, story: Arc<Story>) -> Self {
        let driver = Driver::start().await;
        let mut capabilities = Capabilities::new();
        let options = json!({ "application": laptop.launcher() });
        capabilities
            .set("tauri:options", options)
            .or_stop("naming the app");
        let session =
            WebDriver::builder(driver.url(), capabilities).request_timeout(Duration::from_secs(40));
        let page = match session.await {
            Ok(page) => page,
            Err(error) => panic!(
                "{}: Placard's window does not open: {error}\nLog:\n{}",
                story.place(),
                laptop.log()
            ),
        };
        let window = Self {
            page: Some(page),
            _driver: driver,
            laptop,
            story,
        };
        window
            .until("something to see", async |page| {
                Ok(!look::text(page).await?.is_empty())
            })
            .await;
        window
    }

    pub(crate) fn page(&self) -> &WebDriver {
        self.page.as_ref().or_stop("a window that is open")
    }

    /// The laptop it is open on.
    #[must_use]
    pub fn laptop(&self) -> &Laptop {
        self.laptop
    }

    /// A field to type into, by its label.
    #[must_use]
    pub fn field(&self, label: &str) -> Control<'_> {
        Control::new(self, "field", label, None)
    }

    /// A button, by what it says.
    #[must_use]
    pub fn button(&self, name: &str) -> Control<'_> {
        Control::new(self, "button", name, None)
    }

    /// A link, by what it says.
    #[must_use]
    pub fn link(&self, name: &str) -> Control<'_> {
        Control::new(self, "link", name, None)
    }

    /// A box to tick, by its label.
    #[must_use]
    pub fn checkbox(&self, label: &str) -> Control<'_> {
        Control::new(self, "checkbox", label, None)
    }

    /// A choice among options, by its label.
    #[must_use]
    pub fn select(&self, label: &str) -> Control<'_> {
        Control::new(self, "select", label, None)
    }

    /// A place that tells how things stand, by its name.
    #[must_use]
    pub fn status(&self, name: &str) -> Control<'_> {
        Control::new(self, "status", name, None)
    }

    /// A named part of the page.
    #[must_use]
    pub fn part(&self, name: &str) -> Control<'_> {
        Control::new(self, "group", name, None)
    }

    /// A sheet in front of the page, by its title.
    #[must_use]
    pub fn dialog(&self, title: &str) -> Control<'_> {
        Control::new(self, "dialog", title, None)
    }

    /// What the page calls itself.
    pub async fn title(&self) -> String {
        self.must("reading the title", self.page().title()).await
    }

    /// A heading, by its words.
    #[must_use]
    pub fn heading(&self, words: &str) -> Control<'_> {
        Control::new(self, "heading", words, None)
    }

    /// The row of a list that holds all these words.
    #[must_use]
    pub fn row_with(&self, words: &[&str]) -> Row<'_> {
        Row::new(self, words)
    }

    /// A choice of one among several, by its label.
    #[must_use]
    pub fn radio(&self, label: &str) -> Control<'_> {
        Control::new(self, "radio", label, None)
    }

    /// Lets the page hear from the system that a network is there.
    pub async fn network_comes_back(&self) {
        let told = self
            .page()
            .execute("window.dispatchEvent(new Event('online'))", vec![]);
        self.must("telling of a network", told).await;
    }

    /// Ends the app as a power cut would.
    pub async fn kill(self) {
        self.laptop.kill();
        self.laptop.until_ended().await;
    }

    /// Ends the app as the system does when the laptop is shut down.
    pub async fn quit(self) {
        self.laptop.shut_down();
        self.laptop.until_ended().await;
    }

    /// Waits until `probe` says yes, or stops the journey with what was on the screen instead.
    pub async fn until(
        &self,
        what: &str,
        probe: impl AsyncFnMut(&WebDriver) -> WebDriverResult<bool>,
    ) {
        self.until_within(PATIENCE, what, probe).await;
    }

    /// The same for what takes longer than a person would wait.
    pub async fn until_within(
        &self,
        limit: Duration,
        what: &str,
        mut probe: impl AsyncFnMut(&WebDriver) -> WebDriverResult<bool>,
    ) {
        let page = self.page();
        // A page that is just changing gives errors: the next look will do.
        let seen = until(limit, async || {
            probe(page).await.unwrap_or(false).then_some(())
        })
        .await;
        if seen.is_none() {
            self.stop(&format!("waited {} s in vain for {what}", limit.as_secs()))
                .await;
        }
    }

    pub(crate) async fn must<T>(
        &self,
        doing: &str,
        done: impl Future<Output = WebDriverResult<T>>,
    ) -> T {
        match done.await {
            Ok(value) => value,
            Err(error) => self.stop(&format!("{doing}: {error}")).await,
        }
    }

    /// Ends the journey with what is on the screen, and a picture of it.
    pub async fn stop(&self, why: &str) -> ! {
        let picture = self.story.picture();
        let pictured = match self.page().screenshot(&picture).await {
            Ok(()) => picture.display().to_string(),
            Err(error) => format!("none could be taken: {error}"),
        };
        let screen = look::screen(self.page())
            .await
            .unwrap_or_else(|error| format!("not readable: {error}"));
        let log = self.laptop.log();
        let tail: Vec<&str> = log.lines().rev().take(12).collect();
        let log: Vec<&str> = tail.into_iter().rev().collect();
        panic!(
            "{}: {why}\nPicture: {pictured}\nScreen: {screen}\nLog:\n{}",
            self.story.place(),
            log.join("\n")
        )
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        self.laptop.kill();
        if let Some(page) = self.page.take() {
            // The session ends with its driver: nobody is left to be asked to close it.
            let _ = page.leak();
        }
    }
}
