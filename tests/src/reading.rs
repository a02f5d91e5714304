//! What stands on the screen.

use std::collections::BTreeMap;
use std::time::Duration;

use thirtyfour::WebDriver;

use crate::look;
use crate::window::Window;

/// A row of a long table whose person is still being fetched.
const ON_ITS_WAY: &str = "…";
/// How long a long table may be looked through.
const A_GOOD_LOOK: Duration = Duration::from_secs(60);

impl Window<'_> {
    /// Waits until these words are somewhere on the screen.
    pub async fn says(&self, words: &str) {
        let probe = async |page: &WebDriver| look::says(page, words).await;
        self.until(&format!("the words “{words}”"), probe).await;
    }

    /// Whether these words are on the screen just now.
    pub async fn shows(&self, words: &str) -> bool {
        self.must("reading the screen", look::says(self.page(), words))
            .await
    }

    /// Waits until these words are told together in one live region.
    pub async fn announces(&self, words: &[&str]) {
        let probe = async |page: &WebDriver| look::announced(page, words).await;
        self.until(&format!("an announcement with {words:?}"), probe)
            .await;
    }

    /// All the words on the screen.
    pub async fn text(&self) -> String {
        self.must("reading the screen", look::text(self.page()))
            .await
    }

    /// The words of each row that holds all these words.
    pub async fn told(&self, words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        self.must("reading rows", look::told(self.page(), &words))
            .await
    }

    /// What the first button that fits is called, where its words depend on what there is.
    pub async fn name_of_button(&self, fits: impl Fn(&str) -> bool) -> Option<String> {
        let names = look::names(self.page(), "button");
        let names = self.must("reading the buttons", names).await;
        names.into_iter().find(|name| fits(name))
    }

    /// Everybody in the list of people, a row of words each, looked through from top to bottom.
    pub async fn people_listed(&self) -> Vec<String> {
        let mut seen = BTreeMap::new();
        let probe = async |page: &WebDriver| {
            let drawn = look::drawn(page, "People").await?;
            seen.extend(
                drawn
                    .rows
                    .into_iter()
                    .filter(|(_, words)| words != ON_ITS_WAY),
            );
            look::further(page, "People").await?;
            Ok(drawn.of > 0 && seen.len() == drawn.of)
        };
        self.until_within(A_GOOD_LOOK, "the whole list of people", probe)
            .await;
        // The first row holds the names of the columns.
        seen.into_values().skip(1).collect()
    }

    /// How many pixels of the page are below the window's lower edge.
    pub async fn hidden_below(&self) -> f64 {
        self.must("measuring the page", look::hidden_below(self.page()))
            .await
    }

    /// The parts of the form that hide something until they are scrolled.
    pub async fn cut_in_form(&self) -> Vec<String> {
        self.must("measuring the form", look::cut_in_form(self.page()))
            .await
    }
}
