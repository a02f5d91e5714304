//! A control or a row, found anew each time it is used: pages redraw themselves.

use serde::de::DeserializeOwned;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::look;
use crate::waiting::{PATIENCE, until};
use crate::window::Window;

/// A control, by its role and its name.
pub struct Control<'w> {
    window: &'w Window<'w>,
    role: &'static str,
    name: String,
    within: Option<Vec<String>>,
}

impl<'w> Control<'w> {
    pub(crate) fn new(
        window: &'w Window<'w>,
        role: &'static str,
        name: &str,
        within: Option<Vec<String>>,
    ) -> Self {
        Self {
            window,
            role,
            name: name.to_owned(),
            within,
        }
    }

    /// Clicks at its middle, as soon as it is there.
    pub async fn click(&self) {
        self.act("clicking", async |element| element.click().await)
            .await;
    }

    /// Clicks, where it is there at this moment. Gives whether it was.
    pub async fn click_if_there(&self) -> bool {
        let page = self.window.page();
        let clicked = async {
            match self.find(page).await?.first() {
                Some(element) => element.click().await.map(|()| true),
                None => Ok(false),
            }
        };
        // What goes while it is being clicked was not there.
        clicked.await.unwrap_or(false)
    }

    /// Scrolls its page until its upper edge stands this many pixels below the window's lower one; above it where
    /// they are fewer than none.
    pub async fn lower(&self, pixels: i32) {
        let page = self.window.page();
        let lower = async |element: &WebElement| look::lower(page, element, pixels).await;
        self.act("scrolling away from", lower).await;
    }

    /// Clicks twice, as fast as a hurried hand.
    pub async fn double_click(&self) {
        let page = self.window.page();
        let twice = async |element: &WebElement| {
            page.action_chain()
                .double_click_element(element)
                .perform()
                .await
        };
        self.act("double-clicking", twice).await;
    }

    /// Replaces what is in it by typing.
    pub async fn fill(&self, text: &str) {
        self.act("filling", async |element| {
            element.send_keys(Key::Control + "a").await?;
            element.send_keys(Key::Delete + "").await?;
            if text.is_empty() {
                return Ok(());
            }
            element.send_keys(text).await
        })
        .await;
    }

    /// Types at the end of what is in it.
    pub async fn type_text(&self, text: &str) {
        self.act("typing into", async |element| element.send_keys(text).await)
            .await;
    }

    /// Chooses the option with these words.
    pub async fn choose(&self, option: &str) {
        let page = self.window.page();
        let choose =
            async |element: &WebElement| look::option(page, element, option).await?.click().await;
        self.act(&format!("choosing “{option}” in"), choose).await;
    }

    /// What is in it.
    pub async fn value(&self) -> String {
        self.read("value").await
    }

    /// Whether it is ticked.
    pub async fn is_checked(&self) -> bool {
        self.read("checked").await
    }

    /// The words in it.
    pub async fn text(&self) -> String {
        self.read("inner").await
    }

    /// The options it offers.
    pub async fn options(&self) -> Vec<String> {
        self.read("options").await
    }

    /// Waits until it is there.
    pub async fn appears(&self) {
        self.act("looking at", async |_| Ok(())).await;
    }

    /// Whether it is there just now.
    pub async fn is_there(&self) -> bool {
        let found = self.find(self.window.page());
        !self
            .window
            .must("looking for a control", found)
            .await
            .is_empty()
    }

    /// Waits until it is gone.
    pub async fn goes(&self) {
        let probe = async |page: &WebDriver| Ok(self.find(page).await?.is_empty());
        self.window
            .until(&format!("{} to go", self.described()), probe)
            .await;
    }

    /// Waits until these words are in it.
    pub async fn says(&self, words: &str) {
        self.says_within(PATIENCE, words).await;
    }

    /// The same for what takes longer than a person would wait.
    pub async fn says_within(&self, limit: std::time::Duration, words: &str) {
        let probe = async |page: &WebDriver| {
            let found = self.find(page).await?;
            let Some(element) = found.first() else {
                return Ok(false);
            };
            let text: String = look::of_element(page, "inner", element).await?;
            Ok(text.contains(words))
        };
        let what = format!("{} to say “{words}”", self.described());
        self.window.until_within(limit, &what, probe).await;
    }

    /// Waits until this is in it.
    pub async fn holds(&self, value: &str) {
        let probe = async |page: &WebDriver| {
            let found = self.find(page).await?;
            let Some(element) = found.first() else {
                return Ok(false);
            };
            let held: String = look::of_element(page, "value", element).await?;
            Ok(held == value)
        };
        self.window
            .until(&format!("{} to hold “{value}”", self.described()), probe)
            .await;
    }

    async fn find(&self, page: &WebDriver) -> WebDriverResult<Vec<WebElement>> {
        look::find(page, self.role, &self.name, self.within.as_deref()).await
    }

    async fn read<T: DeserializeOwned>(&self, verb: &str) -> T {
        let page = self.window.page();
        self.act("reading", async |element| {
            look::of_element(page, verb, element).await
        })
        .await
    }

    /// Does something to the control as soon as there is exactly one, and it can be done.
    async fn act<T>(&self, doing: &str, act: impl AsyncFn(&WebElement) -> WebDriverResult<T>) -> T {
        let page = self.window.page();
        let mut hindrance = String::new();
        let done = until(PATIENCE, async || {
            let tried = match self.find(page).await {
                Ok(found) => match found.as_slice() {
                    [only] => act(only).await.map_err(|error| error.to_string()),
                    [] => Err("it is not on the screen".to_owned()),
                    many => Err(format!("{} are called so", many.len())),
                },
                Err(error) => Err(error.to_string()),
            };
            tried.map_err(|why| hindrance = why).ok()
        });
        match done.await {
            Some(value) => value,
            None => {
                self.window
                    .stop(&format!("{doing} {}: {hindrance}", self.described()))
                    .await
            }
        }
    }

    fn described(&self) -> String {
        let within = self
            .within
            .as_ref()
            .map(|words| format!(" in the row with {words:?}"));
        format!(
            "the {} “{}”{}",
            self.role,
            self.name,
            within.unwrap_or_default()
        )
    }
}

/// A row of a list, by the words in it.
pub struct Row<'w> {
    window: &'w Window<'w>,
    words: Vec<String>,
}

impl<'w> Row<'w> {
    pub(crate) fn new(window: &'w Window<'w>, words: &[&str]) -> Self {
        Self {
            window,
            words: words.iter().map(|&word| word.to_owned()).collect(),
        }
    }

    /// A button of this row.
    #[must_use]
    pub fn button(&self, name: &str) -> Control<'w> {
        Control::new(self.window, "button", name, Some(self.words.clone()))
    }

    /// Follows the link that the first of them is.
    pub async fn open(&self) {
        let probe = async |page: &WebDriver| {
            let Some(row) = look::rows(page, &self.words).await?.into_iter().next() else {
                return Ok(false);
            };
            row.find(By::Tag("a")).await?.click().await?;
            Ok(true)
        };
        let what = format!("a row with {:?} to open", self.words);
        self.window.until(&what, probe).await;
    }

    /// How many rows hold the words just now.
    pub async fn count(&self) -> usize {
        let found = look::rows(self.window.page(), &self.words);
        self.window.must("looking for rows", found).await.len()
    }

    /// Waits until there is one.
    pub async fn appears(&self) {
        self.appears_within(PATIENCE).await;
    }

    /// The same for what takes longer than a person would wait.
    pub async fn appears_within(&self, limit: std::time::Duration) {
        let probe = async |page: &WebDriver| Ok(!look::rows(page, &self.words).await?.is_empty());
        let what = format!("a row with {:?}", self.words);
        self.window.until_within(limit, &what, probe).await;
    }

    /// Waits until there is none.
    pub async fn goes(&self) {
        let probe = async |page: &WebDriver| Ok(look::rows(page, &self.words).await?.is_empty());
        self.window
            .until(&format!("no row with {:?}", self.words), probe)
            .await;
    }

    /// The words of the first.
    pub async fn text(&self) -> String {
        self.appears().await;
        let page = self.window.page();
        let read = async {
            match look::rows(page, &self.words).await?.first() {
                Some(row) => look::of_element(page, "inner", row).await,
                None => Ok(String::new()),
            }
        };
        self.window.must("reading a row", read).await
    }
}
