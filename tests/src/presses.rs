//! Presses of keys on a screen that is turned to a supporter: those that lead out of it anywhere, and those that stay.

use std::fmt;

use thirtyfour::Key;

/// A key, and what is held while it is pressed.
#[derive(Debug, Clone)]
pub struct Press {
    pub(crate) held: Vec<Key>,
    pub(crate) key: char,
    name: String,
}

impl Press {
    fn letter(held: &[Key], letter: char) -> Self {
        Self {
            held: held.to_vec(),
            key: letter,
            name: letter.to_string(),
        }
    }

    fn key(held: &[Key], key: &Key) -> Self {
        Self {
            held: held.to_vec(),
            key: key.value(),
            name: format!("{key:?}"),
        }
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for held in &self.held {
            write!(f, "{held:?}+")?;
        }
        f.write_str(&self.name)
    }
}

const ALONE: &[Key] = &[];
const SHIFT: &[Key] = &[Key::Shift];
const CONTROL: &[Key] = &[Key::Control];
const ALT: &[Key] = &[Key::Alt];
const META: &[Key] = &[Key::Meta];
const CONTROL_SHIFT: &[Key] = &[Key::Control, Key::Shift];
const CONTROL_ALT: &[Key] = &[Key::Control, Key::Alt];
const ALT_SHIFT: &[Key] = &[Key::Alt, Key::Shift];
const META_SHIFT: &[Key] = &[Key::Meta, Key::Shift];

/// What is typed with one key: with Control, Alt or Meta it is a command somewhere.
const TYPED: &str = "abcdefghijklmnopqrstuvwxyz0123456789-=[];'`,./";
/// With Control or Meta these work within a field, and nowhere else. Pasting is not among them, nor bringing back: what
/// comes may be somebody else's.
const EDITING: &str = "acx";

/// What a hand goes and edits with: alone it stays within the page.
const GOING: [Key; 18] = [
    Key::Tab,
    Key::Enter,
    Key::Backspace,
    Key::Delete,
    Key::Insert,
    Key::Escape,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Left,
    Key::Right,
    Key::Up,
    Key::Down,
    Key::Pause,
    Key::Clear,
    Key::Help,
    Key::Cancel,
];

/// Those of them that type something too: a space, a digit or a sign.
const TYPING: [Key; 4] = [Key::Space, Key::NumPad0, Key::Add, Key::Subtract];

const FUNCTION: [Key; 12] = [
    Key::F1,
    Key::F2,
    Key::F3,
    Key::F4,
    Key::F5,
    Key::F6,
    Key::F7,
    Key::F8,
    Key::F9,
    Key::F10,
    Key::F11,
    Key::F12,
];

/// Keys of keyboards with more of them, by the names that a page knows: a driver has none for them.
pub const OF_THE_BROWSER: [&str; 9] = [
    "BrowserBack",
    "BrowserForward",
    "BrowserRefresh",
    "BrowserStop",
    "BrowserSearch",
    "BrowserFavorites",
    "BrowserHome",
    "F13",
    "F24",
];

/// Where the focus is while keys are pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// On a button.
    Button,
    /// In a field, where letters can be typed with Alt: so it is on a Mac.
    Field,
}

/// Every press that a web view, a browser or Placard itself takes for a command: to load anew, to go back, to print,
/// to save, to search, to paste, to look into the page, to make it larger, to open and close tabs and windows, to go
/// elsewhere.
///
/// A driver gives keys to the web view, as if the system had no use for them. What the system keeps for itself, as to
/// close the window or to go to another one, is outside of any page.
#[must_use]
pub fn that_lead_out(at: At) -> Vec<Press> {
    let mut presses = Vec::new();
    for held in [
        ALONE,
        SHIFT,
        CONTROL,
        ALT,
        META,
        CONTROL_SHIFT,
        CONTROL_ALT,
        ALT_SHIFT,
    ] {
        presses.extend(keys(held, &FUNCTION));
    }
    for held in [CONTROL, META] {
        let no_editing = typed(held).filter(|press| !EDITING.contains(press.key));
        presses.extend(no_editing);
    }
    for held in [CONTROL_ALT, META_SHIFT] {
        presses.extend(typed(held));
    }
    // In a field GTK takes the keys after this one for the number of a letter, and gives them to no page.
    let by_number = |press: &Press| at == At::Field && press.key == 'u';
    presses.extend(typed(CONTROL_SHIFT).filter(|press| !by_number(press)));
    for held in [CONTROL, META, CONTROL_SHIFT, CONTROL_ALT, META_SHIFT] {
        presses.extend(keys(held, &TYPING));
        presses.extend(keys(held, &GOING));
    }
    for held in [ALT, ALT_SHIFT] {
        presses.extend(keys(held, &GOING));
        if at == At::Button {
            presses.extend(typed(held));
            presses.extend(keys(held, &TYPING));
        }
    }
    presses
}

/// The presses that are left to the page, less those that press a button of it: they type and edit, scroll, and go
/// from control to control. In some browsers Backspace alone has led back, and Escape out of a window.
#[must_use]
pub fn that_stay(at: At) -> Vec<Press> {
    let mut presses = Vec::new();
    for held in [CONTROL, META] {
        let editing = typed(held).filter(|press| EDITING.contains(press.key));
        presses.extend(editing);
    }
    for held in [ALONE, SHIFT] {
        presses.extend(typed(held));
        let no_button = GOING.iter().filter(|key| !matches!(key, Key::Enter));
        presses.extend(no_button.map(|key| Press::key(held, key)));
    }
    if at == At::Field {
        for held in [ALT, ALT_SHIFT] {
            presses.extend(typed(held));
            presses.extend(keys(held, &TYPING));
        }
    }
    let alone = [Key::Shift, Key::Control, Key::Alt, Key::Meta];
    presses.extend(keys(ALONE, &alone));
    presses
}

fn typed(held: &'static [Key]) -> impl Iterator<Item = Press> {
    TYPED.chars().map(|letter| Press::letter(held, letter))
}

fn keys(held: &[Key], keys: &[Key]) -> impl Iterator<Item = Press> {
    keys.iter().map(|key| Press::key(held, key))
}
