//! Yes, no and help.

use super::*;
use crate::sender::settle;

/// A text that left this long ago and is on the phone, and whose it is.
async fn asked(stall: &Stall) -> Uuid {
    let (supporter, id) = stall.captured(101, State::Waiting, Reason::Queued);
    stall.leaves(id, Move::to(State::Delivered, Reason::OnThePhone));
    stall.pass(Duration::from_secs(600)).await;
    supporter
}

impl Stall {
    /// A try, and what became of it.
    fn leaves(&self, id: Uuid, then: Move) {
        let now = self.clock.now();
        let route = Route {
            kind: gateways::Kind::Twilio,
            account: "AC1".to_owned(),
        };
        let left = self.storage.write(|conn| {
            texts::claim(conn, id, &route, now)?;
            texts::apply(conn, id, &then, now)
        });
        left.unwrap();
    }

    fn word(&self, supporter: Uuid) -> ledger::LastWord {
        let word = self
            .storage
            .read(|conn| ledger::last_word(conn, supporter, TEXTS));
        word.unwrap().unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn a_yes_proves_the_consent_of_whoever_was_asked_and_of_nobody_else() {
    let stall = Stall::new(Scripted::new());
    let amina = asked(&stall).await;
    let (bo, _) = stall.captured(101, State::NotSent, Reason::SharedPhone);
    let before = stall.word(amina);
    assert_eq!(
        stall.said(101, "Yes please", minutes(0)),
        Outcome::Confirmed
    );
    assert_eq!(stall.said(101, "YES", minutes(0)), Outcome::ConfirmedBefore);
    let after = stall.word(amina);
    assert!(after.agrees && after.confirmed && after.entry == before.entry);
    assert!(!stall.word(bo).confirmed, "Bo was not asked");
    assert_eq!(stall.since_the_yes(), [What::Confirmation], "twice is once");
    let proof = stall.ledger().pop().unwrap();
    assert_eq!(proof.facts.about, Some(before.entry));
    assert!(proof.facts.evidence.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_yes_that_answers_no_question_of_ours_proves_nothing() {
    let failed = Move::to(State::Failed, Reason::Trouble(Trouble::Number));
    let mut later = Move::to(State::Waiting, Reason::SaidLater);
    later.not_before = Some(noon() + TimeDelta::hours(1));
    let mut away = later.clone();
    away.reason = Reason::Away;
    let mut absent = later.clone();
    absent.reason = Reason::ProvedAbsent;
    for (scenario, tried) in [
        ("the question waits", None),
        ("the gateway refused it", Some(failed)),
        ("the gateway wanted it later", Some(later)),
        ("it could not leave", Some(away)),
        ("the gateway never got it", Some(absent)),
    ] {
        let stall = Stall::new(Scripted::new());
        let (amina, text) = stall.captured(101, State::Waiting, Reason::Queued);
        if let Some(then) = tried {
            stall.leaves(text, then);
        }
        stall.pass(Duration::from_secs(600)).await;
        let yes = stall.said(101, "YES", minutes(0));
        assert_eq!(yes, Outcome::ToRead, "{scenario}");
        assert!(!stall.word(amina).confirmed, "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_yes_to_a_question_that_may_have_arrived_counts() {
    let mut again = Move::to(State::Waiting, Reason::AskedAgain);
    again.not_before = Some(noon() + TimeDelta::hours(1));
    for (scenario, moves) in [
        (
            "its answer was lost",
            vec![Move::to(State::Uncertain, Reason::AnswerLost)],
        ),
        (
            "its answer was lost, and a person lets it go again",
            vec![Move::to(State::Uncertain, Reason::AnswerLost), again],
        ),
        (
            "the carrier gave no reason",
            vec![
                Move::to(State::Accepted, Reason::Taken),
                Move::to(State::Undelivered, Reason::Trouble(Trouble::Unknown)),
            ],
        ),
    ] {
        let stall = Stall::new(Scripted::new());
        let (amina, text) = stall.captured(101, State::Waiting, Reason::Queued);
        let mut moves = moves.into_iter();
        stall.leaves(text, moves.next().unwrap());
        let now = stall.clock.now();
        for next in moves {
            stall
                .storage
                .write(|conn| texts::apply(conn, text, &next, now))
                .unwrap();
        }
        stall.pass(Duration::from_secs(600)).await;
        let yes = stall.said(101, "YES", minutes(0));
        assert_eq!(yes, Outcome::Confirmed, "{scenario}");
        assert!(stall.word(amina).confirmed, "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_yes_from_before_the_question_or_after_an_opt_out_proves_nothing() {
    let stall = Stall::new(Scripted::new());
    let amina = asked(&stall).await;
    assert_eq!(stall.said(101, "YES", minutes(-30)), Outcome::ToRead);
    assert!(!stall.word(amina).confirmed, "before the question");
    stall.said(101, "STOP", minutes(-2));
    assert_eq!(stall.said(101, "YES", minutes(-1)), Outcome::ToRead);
    assert!(!stall.word(amina).confirmed, "after an opt-out");
    assert!(stall.is_out(101), "YES opens nothing");
    stall.said(101, "START", minutes(0));
    assert_eq!(stall.said(101, "YES", minutes(0)), Outcome::Confirmed);
}

#[tokio::test(start_paused = true)]
async fn a_yes_from_a_number_that_is_somebody_elses_by_now_proves_nothing() {
    let stall = Stall::new(Scripted::new());
    let amina = asked(&stall).await;
    let now = stall.clock.now();
    let moved = stall.storage.write(|conn| {
        let mut details = supporters::details(conn, amina)?;
        details.mobile = Some(number(102));
        supporters::update(conn, amina, &details, now)
    });
    moved.unwrap();
    assert_eq!(stall.said(101, "YES", minutes(0)), Outcome::ToRead);
    assert!(!stall.word(amina).confirmed);
}

#[tokio::test(start_paused = true)]
async fn a_no_declines_and_is_no_opt_out() {
    for (scenario, confirmed, what) in [
        ("before a yes", false, What::Refusal),
        ("after a yes", true, What::Withdrawal),
    ] {
        let stall = Stall::new(Scripted::new());
        let amina = asked(&stall).await;
        if confirmed {
            stall.said(101, "YES", minutes(-2));
        }
        for _ in 0..2 {
            assert_eq!(stall.said(101, "No", minutes(-1)), Outcome::Declined);
        }
        assert!(!stall.word(amina).agrees, "{scenario}");
        assert!(!stall.is_out(101), "{scenario}");
        let noes = stall.since_the_yes();
        assert_eq!(
            noes.iter().filter(|entry| **entry == what).count(),
            1,
            "{scenario}: {noes:?}"
        );
        assert_eq!(stall.said(101, "YES", minutes(0)), Outcome::ToRead);
        assert!(!stall.word(amina).agrees, "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_no_of_somebody_who_was_asked_nothing_is_read_by_a_person() {
    let stall = Stall::new(Scripted::new());
    let (amina, _) = stall.captured(101, State::Waiting, Reason::Queued);
    assert_eq!(stall.said(101, "No", minutes(0)), Outcome::ToRead);
    assert!(stall.word(amina).agrees);
}

#[tokio::test(start_paused = true)]
async fn a_call_for_help_is_answered_where_the_gateway_does_not() {
    let twilio = gateways::Kind::Twilio.abilities();
    for (scenario, abilities, sent, answers) in [
        ("at once", SILENT, minutes(0), 1),
        ("after half an hour", SILENT, minutes(-30), 1),
        ("after two hours", SILENT, minutes(-120), 0),
        ("Twilio answers by itself", twilio, minutes(0), 0),
    ] {
        let stall = Stall::new(Scripted::new());
        stall.captured(101, State::Delivered, Reason::OnThePhone);
        let sent_at = stall.clock.now() + sent;
        let help = text(&number(101), "Help", sent_at);
        for news in [Some(Outcome::Helped), None] {
            let heard = stall.hears(&help, abilities, TimeDelta::zero());
            assert_eq!(heard, news, "{scenario}");
        }
        let sent = stall.texts_of(Kind::Help, 101);
        assert_eq!(sent.len(), answers, "{scenario}");
        assert_eq!(stall.since_the_yes(), [], "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn help_goes_to_a_number_that_is_out_and_says_who_writes_and_how_to_stop() {
    let stall = Stall::new(Scripted::new().with(SILENT)).open();
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    stall.said(101, "STOP", minutes(-10));
    stall.said(101, "HELP", minutes(0));
    stall.sender.as_ref().unwrap().look();
    stall.pass(Duration::from_secs(120)).await;
    let left = stall.gateway.left();
    assert_eq!(left.len(), 1);
    assert!(left[0].body.contains("Clean Air Now") && left[0].body.contains("STOP"));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_kept_of_one_text_does_not_lose_the_others() {
    let stall = Stall::new(Scripted::new());
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    let route = Route {
        kind: gateways::Kind::Twilio,
        account: "AC1".to_owned(),
    };
    let now = stall.clock.now();
    let heard: Vec<settle::Heard> = [("", "STOP"), ("+447700900101", "STOP")]
        .map(|(from, body)| settle::Heard::Inbound {
            route: route.clone(),
            abilities: SILENT,
            clock: TimeDelta::zero(),
            text: text(from, body, now),
        })
        .into_iter()
        .chain([settle::Heard::Report {
            text: Uuid::now_v7(),
            report: Report::Delivered,
        }])
        .collect();
    stall
        .storage
        .write(|conn| settle::settle(conn, &heard, now))
        .unwrap();
    assert!(stall.is_out(101));
}
