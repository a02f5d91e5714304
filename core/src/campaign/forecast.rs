//! What will happen, before it does: who gets a text now, who has to wait, and who gets none.

use chrono::{DateTime, Utc};

use super::Campaign;
use super::texts::opening;
use crate::error::Result;
use crate::sender::{Foreseen, Ground, rehearse};
use crate::texts::allowed::Verdict;
use crate::texts::hours::Window;
use crate::texts::life::{Kind, Reason};
use crate::texts::words::{NOBODY_CAN_REPLY, sentence_of, why_not};

/// What will happen to every text that waits.
#[derive(Clone, Default)]
pub struct Forecast {
    /// They go as soon as the gateway takes them.
    pub go: Foreseens,
    /// They wait: each says why, and until when where that is known.
    pub wait: Foreseens,
    /// They do not go: each says why.
    pub blocked: Foreseens,
    /// What those that go cost, in segments.
    pub segments: u32,
    /// Whether the gateway answers: if not, they go when it does.
    pub online: bool,
}

/// Some of the texts to which the same will happen.
#[derive(Clone, Default)]
pub struct Foreseens {
    /// How many there are.
    pub count: u32,
    /// Why they wait or are blocked, and how many for each reason; the most first.
    pub reasons: Vec<(String, u32)>,
    /// The first of them, as many as were asked for.
    pub rows: Vec<ForecastRow>,
}

/// What will happen to one text.
#[derive(Clone)]
pub struct ForecastRow {
    /// Whom it is for.
    pub name: String,
    /// The number as it is written here.
    pub mobile: String,
    /// What it costs, in segments.
    pub segments: u32,
    /// Why it waits or is blocked; empty where it goes.
    pub why: String,
    /// Until when it waits, where that is known.
    pub until: Option<DateTime<Utc>>,
}

impl Campaign {
    /// What will happen if sending starts now, with the first `most` of each group. It is the sender's own verdict on
    /// each text.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn forecast(&self, most: u32) -> Result<Forecast> {
        let now = self.clock.now();
        let (ground, foreseen) = self.storage.read(|conn| {
            let ground = self.ground(conn)?;
            let foreseen = rehearse(conn, &ground, now)?;
            Ok((ground, foreseen))
        })?;
        let mut forecast = Forecast {
            online: self.sender.connection().online,
            ..Forecast::default()
        };
        for one in foreseen {
            let segments = one.one.segments;
            let verdict = one.verdict;
            let group = match verdict {
                Verdict::Goes { .. } => {
                    forecast.segments += segments;
                    &mut forecast.go
                }
                Verdict::Waits { .. } => &mut forecast.wait,
                Verdict::Never(_) => &mut forecast.blocked,
            };
            group.count += 1;
            let row = self.forecast_row(&ground, one, now);
            if !row.why.is_empty() {
                match group.reasons.iter_mut().find(|(why, _)| *why == row.why) {
                    Some((_, count)) => *count += 1,
                    None => group.reasons.push((row.why.clone(), 1)),
                }
            }
            if group.rows.len() < most as usize {
                group.rows.push(row);
            }
        }
        for group in [&mut forecast.go, &mut forecast.wait, &mut forecast.blocked] {
            group
                .reasons
                .sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
        Ok(forecast)
    }

    fn forecast_row(&self, ground: &Ground, foreseen: Foreseen, now: DateTime<Utc>) -> ForecastRow {
        let Foreseen { one, verdict } = foreseen;
        let (why, until) = match verdict {
            Verdict::Goes { .. } => (String::new(), None),
            Verdict::Waits { why, until } => {
                let window = ground.window(&one.text.mobile, &one.postcode, now);
                let until = until.filter(|_| !why.is_a_persons());
                (waits(why, window.as_ref(), ground), until)
            }
            Verdict::Never(why) => (why_not(why), None),
        };
        ForecastRow {
            name: match one.text.kind {
                Kind::Test => "Test text".to_owned(),
                _ if one.name.is_empty() => "Somebody on this number".to_owned(),
                _ => one.name,
            },
            mobile: one.text.mobile.national(self.info.country),
            segments: one.segments,
            why,
            until,
        }
    }
}

fn waits(why: Reason, window: Option<&Window>, ground: &Ground) -> String {
    match (why, window) {
        (Reason::QuietHours, Some(Window::Closed { until, zone, .. })) => {
            let (time, place) = opening(ground.really(*until), *zone);
            format!("Waits for {time} in {place}.")
        }
        (Reason::QuietHours, _) => "Waits for the hours in which texts go.".to_owned(),
        (Reason::HeldForYou, _) => "Waits for you: what they wrote may be an opt-out.".to_owned(),
        (Reason::NobodyCanReply, _) => NOBODY_CAN_REPLY.to_owned(),
        (Reason::SaidLater, _) => "The gateway asked for it later.".to_owned(),
        (Reason::Trouble(trouble), _) => format!("Sending is stopped: {}", sentence_of(trouble)),
        _ => "Waits a moment before the next try.".to_owned(),
    }
}
