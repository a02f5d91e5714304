//! The gateway's rate: when the next text may leave.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// How far apart texts are set beyond what the rate asks for. A second that is cut anywhere then holds no
/// more than the rate, though a text may leave some milliseconds late.
const MARGIN: f64 = 1.02;
/// How much closer together they may come to catch up with a delay.
const HASTE: f64 = 0.9;
/// How much of a delay is caught up with: what a slow disk takes for a moment.
const CATCH_UP: Duration = Duration::from_millis(250);
/// How long before its turn a text may be claimed: about what the commit takes.
const AHEAD: Duration = Duration::from_millis(20);

/// Hands out turns, evenly spaced. Without a rate, every turn is now.
#[derive(Debug)]
pub(super) struct Pace {
    rate: Option<Rate>,
    /// When the next turn would be if nothing had ever been late.
    even: Instant,
    /// The last turns, as many as a second may hold.
    turns: VecDeque<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct Rate {
    apart: Duration,
    /// As many as a second may hold, one at least.
    most: usize,
    /// The time that one more than that many have to take.
    window: Duration,
}

impl Rate {
    fn of(rate: f64) -> Self {
        // Rates are at most a thousand.
        let most = (rate as usize).max(1);
        Self {
            apart: Duration::from_secs_f64(1.0 / rate),
            most,
            window: Duration::from_secs_f64(most as f64 / rate * MARGIN),
        }
    }
}

impl Pace {
    pub(super) fn new(rate: Option<f64>, now: Instant) -> Self {
        Self {
            rate: rate.map(Rate::of),
            even: now,
            turns: VecDeque::new(),
        }
    }

    /// The earliest moment of the next turn.
    fn earliest(&self, rate: Rate) -> Instant {
        let hasty = self
            .turns
            .back()
            .map(|last| *last + rate.apart.mul_f64(HASTE));
        let full = self.turns.front().filter(|_| self.turns.len() >= rate.most);
        let room = full.map(|first| *first + rate.window);
        [hasty, room]
            .into_iter()
            .flatten()
            .fold(self.even, Instant::max)
    }

    /// How many texts may be claimed now, at most `most`.
    pub(super) fn ready(&self, now: Instant, most: usize) -> usize {
        let Some(rate) = self.rate else {
            return most;
        };
        let earliest = self.earliest(rate).max(now);
        match (now + AHEAD).checked_duration_since(earliest) {
            None => 0,
            Some(left) => most.min(1 + (left.as_secs_f64() / rate.apart.as_secs_f64()) as usize),
        }
    }

    /// When a text can be claimed again, if not now.
    pub(super) fn wait(&self, now: Instant) -> Option<Instant> {
        let earliest = self.earliest(self.rate?);
        (earliest > now + AHEAD).then(|| earliest - AHEAD)
    }

    /// Takes a turn: the moment at which the text may leave.
    pub(super) fn turn(&mut self, now: Instant) -> Instant {
        let Some(rate) = self.rate else {
            return now;
        };
        let turn = self.earliest(rate).max(now);
        let late = now.checked_sub(CATCH_UP).unwrap_or(now);
        self.even = self.even.max(late) + rate.apart.mul_f64(MARGIN);
        self.turns.push_back(turn);
        if self.turns.len() > rate.most {
            self.turns.pop_front();
        }
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
        fn a_delay_now_and_then_is_caught_up_with(rate in 5_u32..200) {
            let start = Instant::now();
            let mut pace = Pace::new(Some(f64::from(rate)), start);
            let mut now = start;
            for turn in 0..rate * 10 {
                now = pace.turn(now).max(now);
                if turn % (rate * 2) == 0 {
                    now += Duration::from_millis(100);
                }
            }
            let took = (now - start).as_secs_f64();
            prop_assert!(took <= 10.0 / 0.95, "{took} s for ten seconds' worth");
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
