//! What the gateway does with each text.

use std::collections::{HashMap, VecDeque};

/// What happens to one text that is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is taken, and the answer says so.
    Take,
    /// It is taken; later the carrier says no with this code.
    TakeThenUndeliver(u32),
    /// It is refused with this code and has not been taken.
    Refuse(u32),
    /// It is taken, and the connection breaks before the answer.
    TakeAndDrop,
    /// The connection breaks, and it has not been taken.
    Drop,
    /// It is taken, and no answer ever comes.
    TakeAndHang,
    /// No answer ever comes, and it has not been taken.
    Hang,
    /// HTTP 429: not taken, and not before this many seconds.
    Later(u32),
    /// HTTP 500, though it has been taken.
    TakeAndBreak,
    /// HTTP 503, and it has not been taken.
    Break,
    /// A sign-in page answers in place of the gateway: HTTP 200 and HTML.
    Portal,
    /// A redirect answers in place of the gateway.
    Redirect,
    /// It is taken, and the answer's JSON ends in the middle.
    TakeAndCutShort,
    /// It is taken, and the connection breaks in the middle of the answer.
    TakeAndBreakOff,
}

impl Outcome {
    /// Whether the gateway has the text afterwards.
    pub(super) fn takes(self) -> bool {
        match self {
            Self::Take
            | Self::TakeThenUndeliver(_)
            | Self::TakeAndDrop
            | Self::TakeAndHang
            | Self::TakeAndBreak
            | Self::TakeAndCutShort
            | Self::TakeAndBreakOff => true,
            Self::Refuse(_)
            | Self::Drop
            | Self::Hang
            | Self::Later(_)
            | Self::Break
            | Self::Portal
            | Self::Redirect => false,
        }
    }
}

/// What stands between the laptop and the gateway, and answers every request in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    /// A network's sign-in page, with HTTP 200.
    Portal,
    /// A network that redirects to its sign-in page.
    Redirect,
}

/// The outcomes to come.
#[derive(Debug)]
pub(super) struct Script {
    next: VecDeque<Outcome>,
    /// What is kept for the texts to one number.
    kept: HashMap<String, VecDeque<Outcome>>,
    usual: Outcome,
    asked: usize,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            next: VecDeque::new(),
            kept: HashMap::new(),
            usual: Outcome::Take,
            asked: 0,
        }
    }
}

impl Script {
    pub(super) fn next(&mut self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.next.extend(outcomes);
    }

    pub(super) fn keep(&mut self, number: &str, outcome: Outcome) {
        self.kept
            .entry(number.to_owned())
            .or_default()
            .push_back(outcome);
    }

    pub(super) fn usually(&mut self, outcome: Outcome) {
        self.usual = outcome;
    }

    pub(super) fn asked(&self) -> usize {
        self.asked
    }

    /// What to do with the text that was just handed in for a number.
    pub(super) fn decide(&mut self, number: &str) -> Outcome {
        self.asked += 1;
        let kept = self.kept.get_mut(number).and_then(VecDeque::pop_front);
        kept.or_else(|| self.next.pop_front()).unwrap_or(self.usual)
    }
}
