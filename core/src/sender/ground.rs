//! May this text leave now? Asked by the claim, and by the rehearsal of it, in the same words.

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::Result;
use crate::gateways;
use crate::people::{Country, Mobile, whereabouts};
use crate::storage::texts::Claimable;
use crate::storage::{Conn, campaign};
use crate::texts::allowed::{LAST_MOMENTS, Verdict, verdict};
use crate::texts::hours::{Hours, Window, window};

/// What a text's own facts do not say: the campaign's hours, and what time it is.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The campaign's hours; `None` where texts never leave the laptop.
    hours: Option<Hours>,
    home: Country,
    /// What to add to this laptop's clock.
    offset: TimeDelta,
}

/// Up to this difference a laptop's clock counts as right: the gateway tells whole seconds, a while ago.
pub const SMALL_DIFFERENCE: TimeDelta = TimeDelta::minutes(1);

impl Ground {
    /// Reads what the campaign decided. `gateway_clock` is the gateway's clock minus this laptop's, where it
    /// told: a large difference means that the laptop is wrong, and quiet hours are the gateway's.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn read(
        conn: &Conn,
        through: gateways::Kind,
        gateway_clock: Option<TimeDelta>,
    ) -> Result<Self> {
        let home = campaign::get(conn)?.country;
        let hours = match through {
            gateways::Kind::Practice => None,
            _ => Some(
                campaign::rules(conn)?
                    .hours
                    .unwrap_or_else(|| Hours::preset(home.code())),
            ),
        };
        Ok(Self {
            hours,
            home,
            offset: gateway_clock
                .filter(|offset| offset.abs() > SMALL_DIFFERENCE)
                .unwrap_or_default(),
        })
    }

    /// A moment by this laptop's clock as it really is.
    #[must_use]
    pub fn really(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at + self.offset
    }

    /// Whether a text may leave at `now`, by this laptop's clock, as are the times in the answer.
    #[must_use]
    pub fn verdict(&self, one: &Claimable, now: DateTime<Utc>) -> Verdict {
        let window = self.window(&one.text.mobile, &one.postcode, now);
        verdict(one.facts, window.as_ref(), now)
    }

    /// The hours for a number at `now`; `None` where any hour will do. What opens for a last moment only stays
    /// closed.
    #[must_use]
    pub fn window(&self, mobile: &Mobile, postcode: &str, now: DateTime<Utc>) -> Option<Window> {
        let hours = self.hours.as_ref()?;
        let there = whereabouts(mobile.e164(), postcode, self.home.code());
        let at = |moment| {
            window(
                moment,
                &there,
                hours,
                self.home.code(),
                mobile.country().code(),
            )
        };
        let true_now = now + self.offset;
        let found = match at(true_now) {
            Window::Open { until } if until - true_now < LAST_MOMENTS => at(until),
            found => found,
        };
        Some(match found {
            Window::Open { until } => Window::Open {
                until: until - self.offset,
            },
            Window::Closed { until, zone, why } => Window::Closed {
                until: until - self.offset,
                zone,
                why,
            },
        })
    }
}
