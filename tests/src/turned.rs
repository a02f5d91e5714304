//! What canvassers and supporters do with the screen that is turned, in English.

use thirtyfour::Key;

use crate::window::Window;

/// The PIN of every journey.
pub const PIN: &str = "2468";
/// None of theirs.
pub const WRONG_PIN: &str = "1111";
/// What is asked first.
pub const FIRST_QUESTION: &str = "send you texts about the campaign";
/// What is asked second.
pub const SECOND_QUESTION: &str = "keep a note of what you think";
/// What is said when all is answered.
pub const THANKS: &str = "Thank you";

impl Window<'_> {
    /// Turns the screen to a supporter for the first time, and chooses the PIN.
    pub async fn turn(&self) {
        self.button("Flip screen").click().await;
        self.field("PIN").fill(PIN).await;
        self.field("Repeat PIN").fill(PIN).await;
        self.button("Set PIN").click().await;
        self.button("Cymraeg").appears().await;
    }

    /// Tries a PIN where the canvasser's way back is open.
    pub async fn try_pin(&self, pin: &str) {
        self.field("PIN").fill(pin).await;
        self.press(Key::Enter).await;
    }

    /// Turns the screen back to the canvasser.
    pub async fn turn_back(&self) {
        self.button("Canvasser").click().await;
        self.try_pin(PIN).await;
        self.button("Flip screen").appears().await;
    }

    /// Goes from the list of languages to the first question, as a supporter.
    pub async fn introduce(&self, name: &str, mobile: &str) {
        self.button("English").click().await;
        self.field("First name").fill(name).await;
        self.field("Mobile number").fill(mobile).await;
        self.button("Next").click().await;
        self.says(FIRST_QUESTION).await;
    }

    /// Answers a question in some way until these words are there. One that has just come takes no answer for a
    /// moment, as the press may have been meant for the one before.
    pub async fn answers_until(&self, words: &str, mut answer: impl AsyncFnMut()) {
        let taken = async |_: &_| {
            let taken = self.shows(words).await;
            if !taken {
                answer().await;
            }
            Ok(taken)
        };
        self.until(&format!("an answer that leads to “{words}”"), taken)
            .await;
    }

    /// Answers a question by one press of a button.
    pub async fn answers(&self, answer: &str, then: &str) {
        let button = self.button(answer);
        let press = async || {
            button.click_if_there().await;
        };
        self.answers_until(then, press).await;
    }
}
