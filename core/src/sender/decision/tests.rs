use std::time::Duration;

use chrono::TimeZone;

use super::*;
use crate::gateways::{Away, NoAnswer, Refusal, Unreachable};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 2, 14, 0, 0).unwrap()
}

const CAN_ASK: Abilities = Abilities {
    takes_our_id: false,
    looks_up: true,
    polls_status: true,
    polls_inbound: false,
    answers_stop: true,
    answers_help: true,
};

const CANNOT_ASK: Abilities = Abilities {
    looks_up: false,
    polls_status: false,
    ..CAN_ASK
};

fn sending(kind: Kind, attempts: u32) -> Known {
    Known {
        kind,
        state: State::Sending,
        attempts,
    }
}

fn refusal(trouble: Trouble) -> Answer {
    Answer::Refused(Refusal {
        trouble,
        code: Some("1".to_owned()),
        said: "no".to_owned(),
    })
}

#[test]
fn where_a_text_goes_after_a_try() {
    use Trouble::*;
    let failed = |trouble| (State::Failed, Reason::Trouble(trouble), None);
    let waits = |reason, seconds| (State::Waiting, reason, Some(seconds));
    let uncertain = (State::Uncertain, Reason::AnswerLost, None);
    let later = |after: Option<u64>| Answer::Later {
        after: after.map(Duration::from_secs),
        said: String::new(),
    };
    let taken = |id: Option<&str>| Answer::Taken {
        provider_id: id.map(str::to_owned),
    };
    for (scenario, attempts, answer, (state, reason, not_before)) in [
        (
            "taken",
            1,
            taken(Some("SM1")),
            (State::Accepted, Reason::Taken, None),
        ),
        (
            "taken, the id cut off",
            1,
            taken(None),
            (State::Accepted, Reason::Taken, None),
        ),
        (
            "wrong credentials: mended by a person, then goes",
            1,
            refusal(Credentials),
            waits(Reason::Trouble(Credentials), 0),
        ),
        ("a number that is none", 1, refusal(Number), failed(Number)),
        (
            "opted out at the carrier",
            1,
            refusal(Trouble::OptedOut),
            failed(Trouble::OptedOut),
        ),
        ("an unregistered sender", 1, refusal(Sender), failed(Sender)),
        (
            "a country that is not allowed",
            1,
            refusal(Country),
            failed(Country),
        ),
        (
            "a trial account",
            1,
            refusal(TrialAccount),
            failed(TrialAccount),
        ),
        ("too long", 1, refusal(TooLong), failed(TooLong)),
        ("no route", 1, refusal(NoRoute), failed(NoRoute)),
        ("filtered", 1, refusal(Filtered), failed(Filtered)),
        (
            "the provider's queue is full",
            1,
            refusal(QueueFull),
            waits(Reason::Trouble(QueueFull), 10),
        ),
        (
            "the phone is off",
            1,
            refusal(PhoneUnreachable),
            waits(Reason::Trouble(PhoneUnreachable), 900),
        ),
        (
            "the phone is off again",
            2,
            refusal(PhoneUnreachable),
            failed(PhoneUnreachable),
        ),
        (
            "the carrier does not say",
            1,
            refusal(Unknown),
            failed(Unknown),
        ),
        (
            "busy, for so long",
            1,
            later(Some(7)),
            waits(Reason::SaidLater, 7),
        ),
        ("busy", 1, later(None), waits(Reason::SaidLater, 10)),
        (
            "busy for the fourth time",
            4,
            later(None),
            waits(Reason::SaidLater, 80),
        ),
        (
            "busy for a day",
            1,
            later(Some(86_400)),
            waits(Reason::SaidLater, 3_600),
        ),
        (
            "never left",
            1,
            Answer::NeverLeft(Unreachable::NoConnection),
            waits(Reason::Away, 0),
        ),
        ("dropped", 1, Answer::NoAnswer(NoAnswer::Dropped), uncertain),
        (
            "timed out",
            1,
            Answer::NoAnswer(NoAnswer::TimedOut),
            uncertain,
        ),
        (
            "a sign-in page",
            1,
            Answer::NoAnswer(NoAnswer::Portal),
            uncertain,
        ),
        (
            "the gateway's own fault",
            1,
            Answer::NoAnswer(NoAnswer::Broken(503)),
            uncertain,
        ),
        (
            "something foreign",
            1,
            Answer::NoAnswer(NoAnswer::Unreadable),
            uncertain,
        ),
    ] {
        let next = after_try(
            sending(Kind::Confirmation, attempts),
            &answer,
            CAN_ASK,
            now(),
        )
        .unwrap();
        assert_eq!((next.to, next.reason), (state, reason), "{scenario}");
        let not_before = not_before.map(|seconds| now() + TimeDelta::seconds(seconds));
        assert_eq!(next.not_before, not_before, "{scenario}");
        assert_eq!(
            next.next_look_at.is_some(),
            matches!(state, State::Accepted | State::Uncertain),
            "{scenario}"
        );
    }
}

#[test]
fn a_test_text_never_waits() {
    for answer in [
        Answer::NeverLeft(Unreachable::NoConnection),
        refusal(Trouble::Credentials),
        Answer::Later {
            after: None,
            said: String::new(),
        },
    ] {
        let next = after_try(sending(Kind::Test, 1), &answer, CAN_ASK, now()).unwrap();
        assert_eq!(
            (next.to, next.not_before),
            (State::NotSent, None),
            "{answer:?}"
        );
    }
}

#[test]
fn an_answer_after_a_report_changes_nothing() {
    for state in [
        State::Accepted,
        State::Delivered,
        State::Undelivered,
        State::NotSent,
    ] {
        let known = Known {
            state,
            ..sending(Kind::Confirmation, 1)
        };
        let lost = Answer::NoAnswer(NoAnswer::TimedOut);
        assert_eq!(
            after_try(known, &lost, CANNOT_ASK, now()),
            None,
            "{state:?}"
        );
    }
}

#[test]
fn what_was_on_the_wire_when_placard_stopped() {
    let next = after_stop(CAN_ASK, now());
    assert_eq!(
        (next.to, next.reason),
        (State::Uncertain, Reason::AppStopped)
    );
    assert!(next.next_look_at.is_some());
    assert_eq!(after_stop(CANNOT_ASK, now()).next_look_at, None);
    let takes_our_id = Abilities {
        takes_our_id: true,
        ..CAN_ASK
    };
    assert_eq!(after_stop(takes_our_id, now()).to, State::Waiting);
}

fn looks(silent: u32, minutes: i64) -> Looks {
    Looks {
        state: State::Uncertain,
        reason: Reason::AnswerLost,
        silent,
        first: (silent > 0).then(|| now() - TimeDelta::minutes(minutes)),
    }
}

#[test]
fn absence_counts_only_after_three_looks_over_five_minutes_of_which_the_last_has_caught_up() {
    let absent = |caught_up| LookUp::Absent { caught_up };
    for (scenario, looks, answer, proved) in [
        ("the first look", looks(0, 0), absent(true), false),
        ("the third, too soon", looks(2, 4), absent(true), false),
        ("the second, late", looks(1, 6), absent(true), false),
        (
            "the third, late, not caught up",
            looks(2, 6),
            absent(false),
            false,
        ),
        (
            "the third, late, caught up",
            looks(2, 5),
            absent(true),
            true,
        ),
        (
            "only known texts listed",
            looks(2, 6),
            LookUp::Candidates(vec!["SM1".to_owned()]),
            false,
        ),
        (
            "could not ask",
            looks(9, 20),
            LookUp::CouldNotAsk(Away::NoAnswer(NoAnswer::Dropped)),
            false,
        ),
    ] {
        let moved = match after_look(looks, &answer, None, now()) {
            Looked::Moves(next) => Some((next.to, next.reason)),
            Looked::Nothing { next, .. } => {
                assert!(next.is_some_and(|at| at > now()), "{scenario}");
                None
            }
        };
        let absent = proved.then_some((State::Waiting, Reason::ProvedAbsent));
        assert_eq!(moved, absent, "{scenario}");
    }
}

#[test]
fn a_text_that_is_listed_is_adopted() {
    let found = LookUp::Candidates(vec!["SM1".to_owned()]);
    let Looked::Moves(next) = after_look(looks(0, 0), &found, Some("SM1".to_owned()), now()) else {
        panic!("it is listed");
    };
    assert_eq!((next.to, next.reason), (State::Accepted, Reason::Found));
    assert_eq!(next.provider_id.as_deref(), Some("SM1"));
    assert!(next.next_look_at.is_some());
}

#[test]
fn after_half_an_hour_a_person_decides_and_the_provider_is_still_asked() {
    let Looked::Moves(next) = after_look(
        looks(9, 31),
        &LookUp::Absent { caught_up: false },
        None,
        now(),
    ) else {
        panic!("it was long enough");
    };
    assert_eq!(
        (next.to, next.reason),
        (State::Uncertain, Reason::LookedLongEnough)
    );
    assert!(next.next_look_at.is_some());
}

#[test]
fn a_text_of_a_restored_vault_is_adopted_where_it_is_listed_and_never_sent_again_where_it_is_not() {
    let restored = |silent, minutes| Looks {
        reason: Reason::Restored,
        ..looks(silent, minutes)
    };
    let absent = LookUp::Absent { caught_up: true };
    for (silent, minutes) in [(2, 6), (9, 31), (50, 60 * 24)] {
        let after = after_look(restored(silent, minutes), &absent, None, now());
        assert!(
            matches!(after, Looked::Nothing { next: Some(_), .. }),
            "{after:?}"
        );
    }
    let listed = LookUp::Candidates(vec!["SM1".to_owned()]);
    let after = after_look(restored(2, 6), &listed, Some("SM1".to_owned()), now());
    assert!(matches!(after, Looked::Moves(next) if next.to == State::Accepted));
}

#[test]
fn a_taken_text_without_an_id_is_never_sent_again() {
    let taken = Looks {
        state: State::Accepted,
        reason: Reason::Taken,
        ..looks(20, 60)
    };
    let after = after_look(taken, &LookUp::Absent { caught_up: true }, None, now());
    assert!(matches!(after, Looked::Nothing { .. }), "{after:?}");
}

#[test]
fn where_a_text_goes_with_a_report() {
    let undelivered = Report::Undelivered {
        trouble: Trouble::Sender,
        code: Some("30034".to_owned()),
    };
    let no = Some((State::Undelivered, Reason::Trouble(Trouble::Sender)));
    let on_phone = Some((State::Delivered, Reason::OnThePhone));
    let found = Some((State::Accepted, Reason::Found));
    for (scenario, state, attempts, report, expected) in [
        (
            "delivered",
            State::Accepted,
            1,
            &Report::Delivered,
            on_phone,
        ),
        (
            "on its way, as known",
            State::Accepted,
            1,
            &Report::OnItsWay,
            None,
        ),
        ("the carrier's no", State::Accepted, 1, &undelivered, no),
        (
            "faster than the answer",
            State::Sending,
            1,
            &Report::Delivered,
            on_phone,
        ),
        (
            "proves a lost one",
            State::Uncertain,
            1,
            &Report::OnItsWay,
            found,
        ),
        (
            "a lost one delivered",
            State::Uncertain,
            1,
            &Report::Delivered,
            on_phone,
        ),
        (
            "about to go a second time",
            State::Waiting,
            1,
            &Report::OnItsWay,
            found,
        ),
        ("never tried", State::Waiting, 0, &Report::OnItsWay, None),
        ("twice", State::Delivered, 1, &Report::Delivered, None),
        (
            "on its way, late",
            State::Delivered,
            1,
            &Report::OnItsWay,
            None,
        ),
        (
            "a no after delivery",
            State::Delivered,
            1,
            &undelivered,
            None,
        ),
        (
            "delivered after a no",
            State::Undelivered,
            1,
            &Report::Delivered,
            on_phone,
        ),
        (
            "the same no as the answer's",
            State::Failed,
            1,
            &undelivered,
            None,
        ),
        (
            "cancelled meanwhile",
            State::NotSent,
            1,
            &Report::Delivered,
            None,
        ),
    ] {
        let known = Known {
            kind: Kind::Confirmation,
            state,
            attempts,
        };
        let next = after_report(known, report, now()).map(|next| (next.to, next.reason));
        assert_eq!(next, expected, "{scenario}");
    }
}
