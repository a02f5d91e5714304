//! Whether the gateway can be reached: learnt by asking it, slower and slower while it stays away.

use std::time::Duration;

use tokio::time::Instant;

use super::Connection;
use crate::gateways::{
    Advice, Answer, Away, Check, NoAnswer, Refusal, Unreachable, advice_for_away,
    advice_for_refusal,
};
use crate::texts::life::Trouble;

/// The longest pause between two questions, while it is away and while nothing is to send.
const SLOWEST: Duration = Duration::from_secs(60);
/// The longest that a gateway may ask to be left alone for.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);
/// The pause where it has no room and does not say for how long.
const QUEUE_FULL: Duration = Duration::from_secs(5);
/// The first pause after it went away.
const FIRST: Duration = Duration::from_secs(1);

/// How the gateway stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// Not asked yet, or something happened that makes what was known doubtful.
    Unknown,
    /// It answers and takes texts.
    Ready,
    /// It answers, and wants something mended.
    Refuses(Refusal),
    /// It does not answer.
    Away(Away),
}

/// What is known of the way to the gateway.
#[derive(Debug)]
pub(super) struct Reach {
    standing: Standing,
    /// The last standing that was not doubtful: what is shown meanwhile.
    shown: Standing,
    next_check: Instant,
    pause: Duration,
    /// Answers lost one after another.
    lost: u32,
    /// How many texts may be on the wire: one after silence, twice as many with each answer, so that a
    /// network that swallows answers makes one text uncertain and not all of them.
    lanes: usize,
    most_lanes: usize,
    /// Nothing is sent before: the gateway asked for a pause, and nothing here shortens it.
    asked_pause: Option<Instant>,
    /// Nothing is sent before: answers were lost.
    doubt_pause: Option<Instant>,
    /// The gateway refused our credentials, since it last took them.
    refused_credentials: bool,
    /// How long after a text was refused for its credentials the gateway is asked again.
    mend_pause: Duration,
}

impl Reach {
    pub(super) fn new(most_lanes: usize, now: Instant) -> Self {
        Self {
            standing: Standing::Unknown,
            shown: Standing::Unknown,
            next_check: now,
            pause: FIRST,
            lost: 0,
            lanes: 1,
            most_lanes,
            asked_pause: None,
            doubt_pause: None,
            // A hold that an earlier run left is worth one question.
            refused_credentials: true,
            mend_pause: FIRST,
        }
    }

    /// Whether texts may leave now.
    pub(super) fn may_send(&self, now: Instant) -> bool {
        self.standing == Standing::Ready && self.not_before().is_none_or(|at| at <= now)
    }

    /// Whether the provider can be asked about a text now.
    pub(super) fn may_ask(&self, now: Instant) -> bool {
        self.standing == Standing::Ready && self.asked_pause.is_none_or(|until| until <= now)
    }

    /// How many texts may be on the wire.
    pub(super) fn lanes(&self) -> usize {
        self.lanes
    }

    /// When the gateway is to be asked how it stands.
    pub(super) fn next_check(&self) -> Instant {
        self.next_check
    }

    /// When sending may go on, after a pause.
    pub(super) fn not_before(&self) -> Option<Instant> {
        self.asked_pause.max(self.doubt_pause)
    }

    /// Until when the gateway asked to be left alone.
    pub(super) fn asked_pause(&self) -> Option<Instant> {
        self.asked_pause
    }

    /// Ask at once, and begin again with short pauses.
    pub(super) fn hurry(&mut self, now: Instant) {
        self.next_check = now;
        self.pause = FIRST;
        self.lost = 0;
        self.doubt_pause = None;
    }

    /// The gateway was asked how it stands. Gives whether it takes our credentials again.
    pub(super) fn checked(&mut self, check: Check, now: Instant) -> bool {
        self.standing = match check {
            Check::Ready => Standing::Ready,
            Check::Refuses(refusal) => Standing::Refuses(refusal),
            Check::Away(away) => Standing::Away(away),
        };
        self.shown = self.standing.clone();
        let mended = match &self.standing {
            Standing::Ready => std::mem::take(&mut self.refused_credentials),
            Standing::Refuses(refusal) => {
                self.refused_credentials |= refusal.trouble == Trouble::Credentials;
                false
            }
            _ => false,
        };
        if self.standing == Standing::Ready {
            self.pause = FIRST;
            self.next_check = now + SLOWEST;
        } else {
            self.lanes = 1;
            self.next_check = now + self.pause;
            self.pause = (self.pause * 2).min(SLOWEST);
        }
        mended
    }

    /// A text was answered.
    pub(super) fn answered(&mut self, answer: &Answer, now: Instant) {
        match answer {
            Answer::Refused(refusal) if refusal.trouble == Trouble::Credentials => {
                self.lost = 0;
                // Nothing goes until it is asked and takes them: soon, and less and less often.
                self.refused_credentials = true;
                self.next_check = now + self.mend_pause;
                self.mend_pause = (self.mend_pause * 2).min(SLOWEST);
            }
            Answer::Refused(refusal) if refusal.trouble == Trouble::QueueFull => {
                self.lost = 0;
                self.lanes = 1;
                self.asked_pause = self.asked_pause.max(Some(now + QUEUE_FULL));
            }
            Answer::Taken { .. } | Answer::Refused(_) => {
                self.lost = 0;
                self.mend_pause = FIRST;
                self.lanes = (self.lanes * 2).min(self.most_lanes);
                // Another lane may have lost an answer meanwhile: then the question is not put off.
                if self.standing == Standing::Ready {
                    self.next_check = self.next_check.max(now + SLOWEST / 2);
                }
            }
            Answer::Later { after, .. } => {
                self.lost = 0;
                let after = after.unwrap_or(QUEUE_FULL);
                let after = after.clamp(FIRST, LONGEST_PAUSE);
                self.asked_pause = self.asked_pause.max(Some(now + after));
            }
            Answer::NeverLeft(why) => {
                self.standing = Standing::Away(Away::Unreachable(*why));
                self.shown = self.standing.clone();
                self.lanes = 1;
                self.next_check = self.next_check.min(now + self.pause);
            }
            Answer::NoAnswer(why) => {
                self.doubt(why, now);
            }
        }
    }

    /// An answer was lost: what was known is doubtful, and the more so the more are lost in a row.
    fn doubt(&mut self, why: &NoAnswer, now: Instant) {
        self.standing = Standing::Unknown;
        if *why == NoAnswer::Portal {
            self.shown = Standing::Away(Away::NoAnswer(why.clone()));
        }
        self.lanes = 1;
        let pause = match self.lost {
            0 => Duration::ZERO,
            lost => FIRST * (1 << lost.min(6)),
        };
        self.lost += 1;
        self.next_check = now + pause.min(SLOWEST);
        self.doubt_pause = self.doubt_pause.max(Some(self.next_check));
    }

    /// What a person is told.
    pub(super) fn shown(&self) -> Connection {
        let (online, problem): (bool, Option<Advice>) = match &self.shown {
            Standing::Unknown => (false, None),
            Standing::Ready => (true, None),
            Standing::Refuses(refusal) => (true, Some(advice_for_refusal(refusal))),
            Standing::Away(away) => (false, Some(advice_for_away(away))),
        };
        let ordinary = matches!(
            self.shown,
            Standing::Away(Away::Unreachable(
                Unreachable::NoConnection | Unreachable::NameNotFound
            ))
        );
        Connection {
            online,
            known: self.shown != Standing::Unknown,
            problem,
            ordinary,
            paused_until: None,
            clock_minutes: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn away() -> Check {
        Check::Away(Away::Unreachable(Unreachable::NoConnection))
    }

    fn refused() -> Check {
        Check::Refuses(Refusal {
            trouble: Trouble::Credentials,
            code: None,
            said: String::new(),
        })
    }

    #[test]
    fn the_pause_grows_to_a_minute_and_a_network_cuts_it_short() {
        let mut now = Instant::now();
        let mut reach = Reach::new(8, now);
        let mut pauses = Vec::new();
        for _ in 0..9 {
            reach.checked(away(), now);
            pauses.push((reach.next_check() - now).as_secs());
            now = reach.next_check();
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        reach.hurry(now);
        assert_eq!(reach.next_check(), now);
        reach.checked(away(), now);
        assert_eq!((reach.next_check() - now).as_secs(), 1);
    }

    #[test]
    fn a_ready_gateway_is_asked_again_within_a_minute_and_a_half() {
        let now = Instant::now();
        let mut reach = Reach::new(8, now);
        reach.checked(Check::Ready, now);
        assert!(reach.may_send(now) && reach.shown().online);
        assert!(reach.next_check() <= now + Duration::from_secs(90));
    }

    #[test]
    fn one_text_at_a_time_after_silence_and_more_with_each_answer() {
        let now = Instant::now();
        let mut reach = Reach::new(8, now);
        reach.checked(Check::Ready, now);
        let taken = Answer::Taken { provider_id: None };
        let mut lanes = Vec::new();
        for _ in 0..5 {
            lanes.push(reach.lanes());
            reach.answered(&taken, now);
        }
        assert_eq!(lanes, [1, 2, 4, 8, 8]);
        reach.answered(&Answer::NoAnswer(NoAnswer::Dropped), now);
        assert_eq!(reach.lanes(), 1);
        assert!(!reach.may_send(now), "it is asked how it stands first");
        assert!(reach.shown().online, "one lost answer is not yet offline");
    }

    #[test]
    fn answers_lost_in_a_row_slow_it_down() {
        let mut now = Instant::now();
        let mut reach = Reach::new(8, now);
        let mut pauses = Vec::new();
        for _ in 0..4 {
            reach.checked(Check::Ready, now);
            reach.answered(&Answer::NoAnswer(NoAnswer::TimedOut), now);
            pauses.push((reach.next_check() - now).as_secs());
            now = reach.next_check();
        }
        assert_eq!(pauses, [0, 2, 4, 8]);
    }

    #[test]
    fn refused_credentials_are_asked_about_soon_and_then_less_often() {
        let mut now = Instant::now();
        let mut reach = Reach::new(8, now);
        reach.checked(Check::Ready, now);
        let refused = Answer::Refused(Refusal {
            trouble: Trouble::Credentials,
            code: None,
            said: String::new(),
        });
        let mut pauses = Vec::new();
        for _ in 0..8 {
            reach.answered(&refused, now);
            pauses.push((reach.next_check() - now).as_secs());
            now = reach.next_check();
            assert!(reach.checked(Check::Ready, now), "what waited goes on");
        }
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn another_answer_does_not_put_off_the_question_after_a_lost_one() {
        let now = Instant::now();
        let mut reach = Reach::new(8, now);
        reach.checked(Check::Ready, now);
        reach.answered(&Answer::NoAnswer(NoAnswer::Dropped), now);
        reach.answered(&Answer::Taken { provider_id: None }, now);
        assert_eq!(reach.next_check(), now);
    }

    #[test]
    fn the_gateways_pause_is_kept() {
        let now = Instant::now();
        let mut reach = Reach::new(8, now);
        reach.checked(Check::Ready, now);
        let later = Answer::Later {
            after: Some(Duration::from_secs(3)),
            said: String::new(),
        };
        reach.answered(&later, now);
        assert!(!reach.may_send(now + Duration::from_secs(2)));
        assert!(reach.may_send(now + Duration::from_secs(3)));
        assert!(reach.shown().online);
    }

    #[test]
    fn mended_credentials_are_noticed_once() {
        let now = Instant::now();
        let mut reach = Reach::new(8, now);
        assert!(
            reach.checked(Check::Ready, now),
            "an earlier run may have left a hold"
        );
        assert!(!reach.checked(Check::Ready, now));
        assert!(!reach.checked(refused(), now));
        assert!(reach.shown().online, "it answers");
        assert!(reach.shown().problem.is_some() && !reach.may_send(now));
        assert!(reach.checked(Check::Ready, now));
    }
}
