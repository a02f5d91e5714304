//! Questions about texts that are out: how an accepted one is doing, and what became of a lost try.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Done, Worker};
use crate::error::Result;
use crate::gateways::{LostTry, Outgoing, Witness};
use crate::sender::settle::Heard;
use crate::storage::Conn;
use crate::storage::texts::{self, Route, Text};
use crate::texts::life::State;

/// How many questions about texts are asked at a time.
const QUESTIONS: usize = 8;
impl Worker {
    /// Asks the provider about texts that are out.
    pub(super) async fn ask(&mut self) -> Result<()> {
        let free = QUESTIONS.saturating_sub(self.asking.len());
        if free == 0 || !self.reach.may_ask(tokio::time::Instant::now()) {
            return Ok(());
        }
        let (route, now) = (self.route(), self.now());
        let asking = self.asking.clone();
        let due = self
            .read(move |conn| {
                let mut due = texts::due_looks(conn, &route, now, free + asking.len())?;
                due.retain(|text| !asking.contains(&text.id));
                due.truncate(free);
                due.into_iter()
                    .map(|text| {
                        let witness = witness_for(conn, &route, &text)?;
                        Ok((text, witness))
                    })
                    .collect::<Result<Vec<_>>>()
            })
            .await?;
        for (text, witness) in due {
            self.ask_one(text, witness, now);
        }
        Ok(())
    }

    fn ask_one(&mut self, text: Text, witness: Option<Witness>, now: DateTime<Utc>) {
        let gateway = Arc::clone(&self.active.gateway);
        let (id, kind) = (text.id, self.active.kind);
        self.asking.insert(id);
        self.jobs.spawn(async move {
            if let (State::Accepted, Some(provider_id)) = (text.state, &text.provider_id) {
                let report = gateway.status(provider_id).await;
                return Done::Asked(id, kind, Heard::Poll { text: id, report });
            }
            let lost = LostTry {
                at: text.attempted_at.unwrap_or(now),
                now,
                witness,
                text: Outgoing {
                    id,
                    to: text.mobile,
                    body: text.body,
                    valid_for: Duration::ZERO,
                },
            };
            let answer = gateway.look_up(&lost).await;
            Done::Asked(id, kind, Heard::Look { text: id, answer })
        });
    }
}

/// A text whose presence in the provider's list shows that the list is newer than a lost try.
fn witness_for(conn: &Conn, route: &Route, text: &Text) -> Result<Option<Witness>> {
    match (text.state, text.attempted_at) {
        (State::Uncertain, Some(at)) => texts::witness(conn, route, text.id, at),
        _ => Ok(None),
    }
}
