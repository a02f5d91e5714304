//! Texts from phones: what each one leads to, by itself and through the worker.

mod answers;
mod fetched;
mod hostile;
mod stopping;

use super::*;
use crate::consent::ledger::{Checker, Entry};
use crate::gateways::Inbound;
use crate::storage::inbound::{self, Outcome};
use crate::storage::opt_outs;
use crate::storage::texts::Route;

/// A gateway that is asked for texts from phones and answers none of them by itself.
const SILENT: Abilities = Abilities {
    takes_our_id: false,
    looks_up: true,
    polls_status: true,
    polls_inbound: true,
    answers_stop: false,
    answers_help: false,
};

fn number(last_digits: u32) -> String {
    format!("+447700900{last_digits:03}")
}

fn mobile(last_digits: u32) -> Mobile {
    Mobile::from_e164(&number(last_digits)).unwrap()
}

fn minutes(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}

/// A text from a phone that no provider has told before.
fn text(from: &str, body: &str, at: DateTime<Utc>) -> Inbound {
    Inbound {
        provider_id: Uuid::now_v7().to_string(),
        from: from.to_owned(),
        to: "+447700900999".to_owned(),
        body: body.to_owned(),
        at,
    }
}

/// The same, from one of our numbers.
pub(super) fn text_from(last_digits: u32, body: &str, at: DateTime<Utc>) -> Inbound {
    text(&number(last_digits), body, at)
}

fn route(kind: gateways::Kind, account: &str) -> Route {
    Route {
        kind,
        account: account.to_owned(),
    }
}

impl Stall {
    /// Hands a text over as a gateway with these abilities would, `clock` apart from this laptop. What came of
    /// it; nothing where it was no news.
    fn hears(&self, text: &Inbound, abilities: Abilities, clock: TimeDelta) -> Option<Outcome> {
        let route = route(gateways::Kind::Twilio, "AC1");
        self.hears_through(&route, text, abilities, clock)
    }

    /// The same, through this account.
    fn hears_through(
        &self,
        route: &Route,
        text: &Inbound,
        abilities: Abilities,
        clock: TimeDelta,
    ) -> Option<Outcome> {
        let now = self.clock.now();
        let heard = self.storage.write(|conn| {
            let arrival = Arrival {
                route,
                abilities,
                clock,
                now,
                zone: "Europe/London",
            };
            if !receive(conn, text, &arrival)? {
                return Ok(None);
            }
            let home = campaign::get(conn)?.country;
            let from = match text.sender(home) {
                Some(mobile) => mobile.e164().to_owned(),
                None => crate::people::one_line(&text.from, 40),
            };
            Ok(inbound::newest(conn, &from)?.map(|kept| kept.outcome))
        });
        heard.unwrap()
    }

    /// A text from one of our numbers, sent this long from now (before, where negative).
    pub(super) fn said(&self, last_digits: u32, body: &str, from_now: TimeDelta) -> Outcome {
        let sent_at = self.clock.now() + from_now;
        let text = text(&number(last_digits), body, sent_at);
        self.hears(&text, SILENT, TimeDelta::zero()).unwrap()
    }

    fn is_out(&self, last_digits: u32) -> bool {
        let out = self
            .storage
            .read(|conn| opt_outs::of(conn, &mobile(last_digits)));
        out.unwrap().is_some()
    }

    /// The whole ledger, checked.
    fn ledger(&self) -> Vec<Entry> {
        let entries = self.storage.read(|conn| {
            let mut checker = Checker::with_wordings(&ledger::wordings(conn)?);
            let mut entries = Vec::new();
            ledger::each(conn, |entry| {
                checker.check(&entry).unwrap();
                entries.push(entry);
                Ok(())
            })?;
            checker.finish().unwrap();
            Ok(entries)
        });
        entries.unwrap()
    }

    /// What the ledger holds, less the yes that everybody begins with.
    fn since_the_yes(&self) -> Vec<What> {
        let entries = self.ledger().into_iter().map(|entry| entry.facts.what);
        entries.filter(|what| *what != What::Grant).collect()
    }

    /// The texts of one kind to a number.
    pub(super) fn texts_of(&self, kind: Kind, last_digits: u32) -> Vec<(State, Reason)> {
        let lines = self
            .storage
            .read(|conn| inbound::thread(conn, &number(last_digits), 100))
            .unwrap();
        lines
            .into_iter()
            .filter_map(|line| match line {
                inbound::Line::Out {
                    kind: other,
                    state,
                    reason,
                    ..
                } if other == kind => Some((state, reason)),
                _ => None,
            })
            .collect()
    }
}
