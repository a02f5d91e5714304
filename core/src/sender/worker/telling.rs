//! How the gateway stands, told to whoever shows it.

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

use super::Worker;

/// A difference that a person has to know of: texts would go at the wrong hour.
const FAR: TimeDelta = TimeDelta::minutes(3);

impl Worker {
    pub(super) fn say_how_it_stands(&mut self) {
        let mut connection = self.reach.shown();
        connection.paused_until = self.paused_until();
        if connection.problem.is_none() {
            connection.problem.clone_from(&self.deaf);
        }
        let offset = self.active.gateway.clock_offset();
        connection.clock_minutes = offset
            .filter(|offset| offset.abs() >= FAR)
            .map(|offset| offset.num_minutes());
        self.shared.stands(connection);
    }

    /// The end of the pause that the gateway asked for, while it lasts.
    fn paused_until(&mut self) -> Option<DateTime<Utc>> {
        let now = Instant::now();
        let until = self.reach.asked_pause().filter(|until| *until > now)?;
        match self.pause {
            // Said once, so that it does not change with each look at the clock.
            Some((known, shown)) if known == until => Some(shown),
            _ => {
                let shown = self.now() + (until - now);
                self.pause = Some((until, shown));
                Some(shown)
            }
        }
    }
}
