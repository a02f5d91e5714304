//! What is put in order before anything is sent: what an earlier run or an earlier gateway left, and what a
//! person has mended.

use std::time::Duration;

use tokio::time::Instant;

use super::Worker;
use crate::error::Result;
use crate::events::Topic;
use crate::gateways::Kind;
use crate::sender::{reminders, settle};
use crate::storage::{holds, restored, texts};

/// Reminders are due by the day.
const REMINDERS_EVERY: Duration = Duration::from_secs(600);

impl Worker {
    pub(super) async fn recover(&mut self) -> Result<()> {
        if self.recovered {
            return Ok(());
        }
        let now = self.now();
        let open = self.write(move |conn| settle::left_open(conn, now)).await?;
        if self.active.gateway.abilities().looks_up {
            let route = self.route();
            self.write(move |conn| restored::ask_about(conn, &route, now))
                .await?;
        }
        self.recovered = true;
        if open > 0 {
            tracing::info!(open, "texts were on the wire when Placard stopped");
            self.shared.events.changed(Topic::Texts);
        }
        Ok(())
    }

    /// Writes the reminders that have come due, now and then.
    pub(super) async fn remind(&mut self) -> Result<()> {
        let now = Instant::now();
        if self.next_reminders > now {
            return Ok(());
        }
        let at = self.now();
        let is_any_due = self
            .read(move |conn| reminders::is_any_due(conn, at))
            .await?;
        let written = match is_any_due {
            true => {
                self.write(move |conn| reminders::write_due(conn, at))
                    .await?
            }
            false => 0,
        };
        // Where there were as many as are written at once there are more.
        self.next_reminders = match written {
            0 => now + REMINDERS_EVERY,
            _ => now + Duration::from_secs(1),
        };
        if written > 0 {
            self.shared.events.changed(Topic::Texts);
        }
        Ok(())
    }

    /// A real gateway was chosen while texts went to the drawn phone: none of those has left the laptop, and
    /// they go as they should.
    pub(super) async fn take_back_from_practice(&mut self) -> Result<()> {
        if self.practice_taken_back || self.active.kind == Kind::Practice {
            return Ok(());
        }
        let now = self.now();
        let texts = self
            .write(move |conn| texts::take_back_from_practice(conn, now))
            .await?;
        self.practice_taken_back = true;
        if texts > 0 {
            self.shared.events.changed(Topic::Texts);
        }
        Ok(())
    }

    /// The gateway takes our credentials again: what waited for that goes on.
    pub(super) async fn release(&mut self) -> Result<()> {
        if self.mended {
            let released = self.write(holds::release_credentials).await?;
            self.mended = false;
            if released {
                self.shared.events.changed(Topic::Texts);
            }
        }
        Ok(())
    }
}
