//! Keys, and where the focus is.

use thirtyfour::{Key, WebDriver};

use crate::look;
use crate::window::Window;

impl Window<'_> {
    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: Key) {
        self.press_times(1, key).await;
    }

    /// Presses a key again and again, as fast as a hand that trembles or a key that bounces.
    pub async fn press_times(&self, times: usize, key: Key) {
        let mut chain = self.page().action_chain();
        for _ in 0..times {
            chain = chain.send_keys(key.clone());
        }
        self.must("pressing a key", chain.perform()).await;
    }

    /// Goes to an address by the page's own hand, as no person can.
    pub async fn go_straight_to(&self, hash: &str) {
        let gone = self
            .page()
            .execute("location.hash = arguments[0]", vec![hash.into()]);
        self.must("going to an address", gone).await;
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.must("loading the page anew", self.page().refresh())
            .await;
    }

    /// Holds a key and types a letter.
    pub async fn press_with(&self, held: Key, key: char) {
        let chain = self.page().action_chain();
        let chain = chain.key_down(held.clone()).send_keys(key).key_up(held);
        self.must("pressing two keys", chain.perform()).await;
    }

    /// Types wherever the focus is.
    pub async fn type_text(&self, text: &str) {
        let chain = self.page().action_chain().send_keys(text);
        self.must("typing", chain.perform()).await;
    }

    /// The name of what has the focus.
    pub async fn focused(&self) -> String {
        self.must("looking for the focus", look::focused(self.page()))
            .await
    }

    /// Goes from control to control with Tab until one with this name has the focus.
    pub async fn tab_to(&self, name: &str) {
        for _ in 0..80 {
            self.press(Key::Tab).await;
            if self.focused().await == name {
                return;
            }
        }
        self.stop(&format!("“{name}” cannot be reached with Tab"))
            .await
    }

    /// Waits until the focus is on the control with this name.
    pub async fn focus_is_on(&self, name: &str) {
        let probe = async |page: &WebDriver| Ok(look::focused(page).await? == name);
        self.until(&format!("the focus on “{name}”"), probe).await;
    }
}
