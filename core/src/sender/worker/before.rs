//! What is put in order before anything is sent: what an earlier run or an earlier gateway left, and what a
//! person has mended.

use super::Worker;
use crate::error::Result;
use crate::events::Topic;
use crate::gateways::Kind;
use crate::sender::settle;
use crate::storage::{holds, texts};

impl Worker {
    pub(super) async fn recover(&mut self) -> Result<()> {
        if self.recovered {
            return Ok(());
        }
        let now = self.now();
        let open = self.write(move |conn| settle::left_open(conn, now)).await?;
        self.recovered = true;
        if open > 0 {
            tracing::info!(open, "texts were on the wire when Placard stopped");
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
