//! The gateway's rate: when the next text may leave.

use std::time::Duration;

use tokio::time::Instant;

/// How far apart texts are set beyond what the rate asks for. A second that is cut anywhere then holds no
/// more than the rate, though a text may leave some milliseconds late.
const MARGIN: f64 = 1.02;
/// How much lateness is caught up with: less than the margin leaves in a second.
const CATCH_UP: Duration = Duration::from_millis(8);
/// How long before its turn a text may be claimed: about what the commit takes.
const AHEAD: Duration = Duration::from_millis(20);

/// Hands out turns, evenly spaced. Without a rate, every turn is now.
#[derive(Debug)]
pub(super) struct Pace {
    apart: Option<Duration>,
    next: Instant,
}

impl Pace {
    pub(super) fn new(rate: Option<f64>, now: Instant) -> Self {
        Self {
            apart: rate.map(|rate| Duration::from_secs_f64(MARGIN / rate)),
            next: now,
        }
    }

    /// How many texts may be claimed now, at most `most`.
    pub(super) fn ready(&self, now: Instant, most: usize) -> usize {
        match self.apart {
            None => most,
            Some(_) if self.next > now + AHEAD => 0,
            Some(apart) => {
                let slots = (now + AHEAD - self.next.max(now)).as_secs_f64() / apart.as_secs_f64();
                most.min(1 + slots as usize)
            }
        }
    }

    /// When a text can be claimed again, if not now.
    pub(super) fn wait(&self, now: Instant) -> Option<Instant> {
        (self.apart.is_some() && self.next > now + AHEAD).then(|| self.next - AHEAD)
    }

    /// Takes a turn: the moment at which the text may leave.
    pub(super) fn turn(&mut self, now: Instant) -> Instant {
        let Some(apart) = self.apart else {
            return now;
        };
        let turn = self.next.max(now.checked_sub(CATCH_UP).unwrap_or(now));
        self.next = turn + apart;
        turn
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn without_a_rate_every_turn_is_now() {
        let now = Instant::now();
        let mut pace = Pace::new(None, now);
        assert_eq!(pace.ready(now, 7), 7);
        assert_eq!(pace.turn(now), now);
        assert_eq!(pace.turn(now), now);
        assert_eq!(pace.wait(now), None);
    }

    proptest! {
        #[test]
        fn no_second_holds_more_than_the_rate_however_late_the_turns_are_taken(
            rate in 1_u32..200,
            late in proptest::collection::vec(0_u64..30, 50..400),
        ) {
            let start = Instant::now();
            let mut pace = Pace::new(Some(f64::from(rate)), start);
            let mut now = start;
            let mut left = Vec::new();
            for late in late {
                let turn = pace.turn(now);
                // It leaves at its turn, or when the one before it and the commit let it.
                now = turn.max(now) + Duration::from_millis(late / 10);
                left.push(turn.max(now));
                now += Duration::from_millis(late % 3);
            }
            for (index, first) in left.iter().enumerate() {
                let within = left[index..].iter().take_while(|at| **at < *first + Duration::from_secs(1)).count();
                prop_assert!(within <= rate as usize, "{within} in a second of {rate}");
            }
        }

        #[test]
        fn nearly_all_turns_are_used(rate in 1_u32..200) {
            let start = Instant::now();
            let mut pace = Pace::new(Some(f64::from(rate)), start);
            let mut now = start;
            for _ in 0..rate * 10 {
                now = pace.turn(now).max(now);
            }
            let took = (now - start).as_secs_f64();
            prop_assert!(took <= 10.0 / 0.95, "{took} s for ten seconds' worth");
        }
    }
}
