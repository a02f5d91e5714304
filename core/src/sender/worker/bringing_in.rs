//! What comes back from the work that goes on beside the worker.

use tokio::task::JoinError;
use tokio::time::Instant;

use super::{Done, Worker};
use crate::gateways::{Check, Kind, News, Pushed};
use crate::sender::settle::Heard;

impl Worker {
    pub(super) fn bring_in(&mut self, done: std::result::Result<Done, JoinError>) {
        let now = Instant::now();
        match done {
            Ok(Done::Sent(by, heard)) => {
                self.on_the_wire = self.on_the_wire.saturating_sub(1);
                if let (Heard::Answer { answer, .. }, true) = (&heard, by.number == self.number) {
                    self.reach.answered(answer, now);
                }
                self.hear(by.kind, heard);
            }
            Ok(Done::Asked(id, kind, heard)) => {
                self.asking.remove(&id);
                self.hear(kind, heard);
            }
            Ok(Done::Checked(number, check)) if number == self.number => self.checked(check, now),
            Ok(Done::Fetched(number, asked_at, fetched)) if number == self.number => {
                self.fetched(asked_at, fetched, now);
            }
            Ok(Done::FormerFetched(id, asked_at, fetched)) => {
                self.former_fetched(id, asked_at, fetched);
            }
            Ok(Done::Checked(..) | Done::Fetched(..)) => {}
            Err(error) => {
                // A job that broke says nothing about its text: it stays as it was committed, and the next
                // start settles it.
                tracing::error!(panicked = error.is_panic(), "a job of the sender broke");
                self.on_the_wire = self.on_the_wire.saturating_sub(1);
                self.checking = false;
                self.fetching = false;
                self.asking.clear();
                self.formers_may_be_asked();
            }
        }
    }

    /// What the drawn phone says counts for nothing once a real gateway is there.
    pub(super) fn hear(&mut self, kind: Kind, heard: Heard) {
        if kind != Kind::Practice || self.active.kind == Kind::Practice {
            self.heard.push(heard);
        }
    }

    pub(super) fn checked(&mut self, check: Check, now: Instant) {
        self.checking = false;
        self.mended |= self.reach.checked(check, now);
    }

    pub(super) fn note_report(&mut self, pushed: Pushed) {
        match pushed.news {
            News::Report { text, report } => {
                self.heard.push(Heard::Report { text, report });
                self.to_acknowledge.push(pushed.written);
            }
            News::Inbound(text) => {
                let heard = self.inbound(text);
                self.heard.push(heard);
                self.to_acknowledge.push(pushed.written);
            }
        }
    }

    /// Takes in what else is there already, so that it is written down together.
    pub(super) fn bring_in_the_rest(&mut self) {
        while let Some(done) = self.jobs.try_join_next() {
            self.bring_in(done);
        }
        while let Ok(report) = self.reports.try_recv() {
            self.note_report(report);
        }
        while let Ok(order) = self.orders.try_recv() {
            self.obey(order);
        }
    }
}
