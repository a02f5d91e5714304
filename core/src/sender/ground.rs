//! May this text leave now? Asked by the claim, and by the rehearsal of it, in the same words.

use chrono::{DateTime, TimeDelta, Utc};

use crate::consent::ReliesOn;
use crate::consent::linter::{self, Context, needs_replies};
use crate::error::Result;
use crate::gateways;
use crate::people::{Country, Mobile, whereabouts};
use crate::storage::texts::Claimable;
use crate::storage::{Conn, campaign};
use crate::texts::allowed::{Facts, LAST_MOMENTS, Verdict, verdict};
use crate::texts::hours::{Hours, Window, window};
use crate::texts::life::Kind;

/// What a text's own facts do not say: the campaign's hours, what time it is, and who it comes from.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The campaign's hours; `None` where texts never leave the laptop.
    hours: Option<Hours>,
    home: Country,
    /// What counts as consent to more than the one question.
    relies_on: ReliesOn,
    /// The campaign's name, where its texts come from a name in letters.
    in_letters: Option<String>,
    /// What to add to this laptop's clock.
    offset: TimeDelta,
}

/// Up to this difference a laptop's clock counts as right: the gateway tells whole seconds, a while ago.
pub const SMALL_DIFFERENCE: TimeDelta = TimeDelta::minutes(1);

impl Ground {
    /// Reads what the campaign decided. `in_letters` says whether texts come from a name in letters. `gateway_clock` is the gateway's clock minus this laptop's, where it
    /// told: a large difference means that the laptop is wrong, and quiet hours are the gateway's.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn read(
        conn: &Conn,
        through: gateways::Kind,
        in_letters: bool,
        gateway_clock: Option<TimeDelta>,
    ) -> Result<Self> {
        let info = campaign::get(conn)?;
        let home = info.country;
        let rules = campaign::rules(conn)?;
        let hours = match through {
            gateways::Kind::Practice => None,
            _ => Some(rules.hours.unwrap_or_else(|| Hours::preset(home.code()))),
        };
        Ok(Self {
            hours,
            home,
            relies_on: rules.relies_on,
            in_letters: in_letters.then_some(info.name),
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
        let facts = Facts {
            nobody_can_reply: self.nobody_can_reply(one),
            agreed: one.facts.agreed && (one.facts.confirmed || !self.needs_proof(one.text.kind)),
            ..one.facts
        };
        verdict(facts, window.as_ref(), now)
    }

    /// Whether a yes has to be proved before this may go: the question and its reminder are what proves it.
    fn needs_proof(&self, kind: Kind) -> bool {
        kind == Kind::Reply && self.relies_on == ReliesOn::Confirmed
    }

    /// Whether it asks for a reply, or can only be stopped by one, and would come from a name in letters (PECR r23).
    fn nobody_can_reply(&self, one: &Claimable) -> bool {
        self.in_letters.as_ref().is_some_and(|name| {
            let context = Context {
                campaign: name,
                country: self.home,
                sender: linter::Sender::Letters,
                domains: &[],
                language: &one.language,
            };
            needs_replies(one.text.kind, &one.text.body, &context)
        })
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
