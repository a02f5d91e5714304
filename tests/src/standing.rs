//! What becomes of presses on the turned screen, and whether the page still stands as it stood.

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;

use crate::presses::Press;
use crate::window::Window;

/// Hears every press before anything else of the page does, and keeps it: whether its default was prevented is read
/// when all have heard it. A modifier is no press. The mark goes with the page where that is left or loaded anew.
const MARK: &str = "
    const pressed = [];
    const modifiers = new Set(['Control', 'Alt', 'Shift', 'Meta', 'OS']);
    const hear = (event) => {
      if (event.isTrusted && !modifiers.has(event.key)) pressed.push(event);
    };
    for (const kind of ['keydown', 'contextmenu']) window.addEventListener(kind, hear, { capture: true });
    window.__marker = pressed;";

/// Whether each press since the last time was held back; nothing where the mark is gone.
const TAKE: &str =
    "return window.__marker?.splice(0).map((event) => event.defaultPrevented) ?? null;";

/// Where the page is, and how it is shown. An inspector beside it and a larger page both leave it less room.
const STANDING: &str = "
    if (!window.__marker) return null;
    return {
      address: location.href,
      history: history.length,
      ratio: devicePixelRatio,
      scale: visualViewport.scale,
      room: [innerWidth, innerHeight],
      full: document.fullscreenElement !== null,
    };";

/// Gives keys to what has the focus by their names, and tells those that nothing held back.
const BY_NAME: &str = "
    const at = document.activeElement ?? document.body;
    const held = (key) => !at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    return arguments[0].filter((key) => !held(key));";

/// The fields of which the page engine would keep what is typed, to offer it again.
const OFFERED: &str = "
    return [...document.querySelectorAll('input, textarea, select')]
      .filter((field) => field.autocomplete !== 'off')
      .map((field) => field.labels?.[0]?.innerText ?? field.id);";

/// So many presses are given to the driver together.
const AT_ONCE: usize = 30;

/// Where a page is and how it is shown.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Standing {
    address: String,
    history: usize,
    ratio: f64,
    scale: f64,
    room: [f64; 2],
    full: bool,
    #[serde(default)]
    windows: usize,
}

impl Window<'_> {
    /// Marks the page, and hears every press from now on. What holds presses back has to begin later.
    pub async fn mark(&self) {
        let marked = self.page().execute(MARK, vec![]);
        self.must("marking the page", marked).await;
    }

    /// How the marked page stands. Stops the journey where it is another page than was marked.
    pub async fn standing(&self) -> Standing {
        let standing = async {
            let found: Option<Standing> = self.page().execute(STANDING, vec![]).await?.convert()?;
            let windows = self.page().windows().await?.len();
            WebDriverResult::Ok(found.map(|found| Standing { windows, ..found }))
        };
        match self.must("looking how the page stands", standing).await {
            Some(standing) => standing,
            None => self.stop("the page is not the one that was marked").await,
        }
    }

    /// Gives all these presses to the page, one after another.
    pub async fn give(&self, presses: &[Press]) {
        for some in presses.chunks(AT_ONCE) {
            let mut chain = self.page().action_chain();
            for press in some {
                for held in &press.held {
                    chain = chain.key_down(held.clone());
                }
                chain = chain.key_down(press.key).key_up(press.key);
                for held in press.held.iter().rev() {
                    chain = chain.key_up(held.clone());
                }
            }
            self.must("pressing keys", chain.perform()).await;
        }
    }

    /// Gives all these presses to the marked page, and those that nothing held back. Each has to have come there: one
    /// that did not shows nothing.
    pub async fn not_held_back(&self, presses: &[Press]) -> Vec<String> {
        self.taken().await;
        self.give(presses).await;
        let held = self.taken().await;
        if held.len() != presses.len() {
            let why = format!("of {} presses {} came", presses.len(), held.len());
            self.stop(&why).await;
        }
        let each = presses.iter().zip(held);
        each.filter(|(_, held)| !held)
            .map(|(press, _)| press.to_string())
            .collect()
    }

    /// The same for keys that only a page has names for.
    pub async fn not_held_back_by_name(&self, keys: &[&str]) -> Vec<String> {
        self.script("giving keys by their names", BY_NAME, vec![json!(keys)])
            .await
    }

    /// Whether a press of the other mouse button in a corner of the marked page opens its menu. For the end of a
    /// journey: the driver lets go of the first button instead, and has no capital letters afterwards.
    pub async fn has_a_menu(&self) -> bool {
        self.taken().await;
        let chain = self.page().action_chain().move_to(4, 4).context_click();
        self.must("pressing the other button", chain.perform())
            .await;
        self.taken().await != [true]
    }

    /// The fields of which what is typed would be offered again.
    pub async fn offered_again(&self) -> Vec<String> {
        self.script("looking at the fields", OFFERED, vec![]).await
    }

    async fn taken(&self) -> Vec<bool> {
        let taken: Option<Vec<bool>> = self.script("reading the presses", TAKE, vec![]).await;
        match taken {
            Some(taken) => taken,
            None => self.stop("the page is not the one that was marked").await,
        }
    }

    async fn script<T: serde::de::DeserializeOwned>(
        &self,
        doing: &str,
        script: &str,
        given: Vec<Value>,
    ) -> T {
        let run = async { self.page().execute(script, given).await?.convert() };
        self.must(doing, run).await
    }
}
