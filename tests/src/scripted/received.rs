//! What phones texted to the gateway.

use chrono::{DateTime, Utc};

/// A text from a phone.
#[derive(Debug, Clone)]
pub(super) struct FromPhone {
    /// The gateway's name of it.
    pub(super) id: String,
    pub(super) from: String,
    pub(super) body: String,
    /// When it was sent, by the gateway's clock.
    pub(super) at: DateTime<Utc>,
}

/// All of it, in the order in which it arrived.
#[derive(Debug, Default)]
pub(super) struct Received {
    texts: Vec<FromPhone>,
    asked: usize,
}

impl Received {
    /// Keeps a text under a name that begins with `prefix`, and gives the name.
    pub(super) fn take(
        &mut self,
        prefix: &str,
        from: &str,
        body: &str,
        at: DateTime<Utc>,
    ) -> String {
        // Apart from the names of what the gateway took.
        let id = format!("{prefix}f{:031x}", self.texts.len() + 1);
        self.texts.push(FromPhone {
            id: id.clone(),
            from: from.to_owned(),
            body: body.to_owned(),
            at,
        });
        id
    }

    pub(super) fn all(&self) -> &[FromPhone] {
        &self.texts
    }

    /// Those from `since` on, newest first. Counts the question.
    pub(super) fn list(&mut self, since: DateTime<Utc>) -> Vec<FromPhone> {
        self.asked += 1;
        let mut texts: Vec<FromPhone> = self.texts.clone();
        texts.retain(|text| text.at >= since);
        texts.reverse();
        texts.sort_by_key(|text| std::cmp::Reverse(text.at));
        texts
    }

    pub(super) fn asked(&self) -> usize {
        self.asked
    }
}
