//! Opting out and back in.

use super::*;

#[tokio::test(start_paused = true)]
async fn the_same_text_twice_is_one() {
    let stall = Stall::new(Scripted::new());
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    let stop = text(&number(101), "STOP", stall.clock.now());
    let heard: Vec<Option<Outcome>> = (0..3)
        .map(|_| stall.hears(&stop, SILENT, TimeDelta::zero()))
        .collect();
    assert_eq!(heard, [Some(Outcome::OptedOut), None, None]);
    assert_eq!(stall.since_the_yes(), [What::OptOut]);
    assert_eq!(stall.texts_of(Kind::Goodbye, 101).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_same_text_through_the_same_account_with_another_face_is_one() {
    use gateways::Kind::{Pocket, Twilio};
    let faces = [
        (Twilio, "AC1 +447700900999 https://api.twilio.com/"),
        (Twilio, "AC1 MG1 https://api.twilio.com/"),
        (Pocket, "sms http://192.168.43.7:8080/"),
        (Pocket, "sms http://192.168.43.9:8080/"),
    ]
    .map(|(kind, account)| route(kind, account));
    let [number_of_theirs, service, there, elsewhere] = &faces;
    let stall = Stall::new(Scripted::new());
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    let now = stall.clock.now();
    let stop = text(&number(101), "STOP", now - minutes(9));
    let start = text(&number(101), "START", now - minutes(8));
    let hears =
        |route: &Route, text: &Inbound| stall.hears_through(route, text, SILENT, TimeDelta::zero());
    assert_eq!(hears(number_of_theirs, &stop), Some(Outcome::OptedOut));
    assert_eq!(hears(number_of_theirs, &start), Some(Outcome::Reopened));
    for again in [&stop, &start] {
        assert_eq!(hears(service, again), None, "the sender was changed");
    }
    assert!(!stall.is_out(101));
    let question = text(&number(101), "Where are you today?", now - minutes(7));
    assert_eq!(hears(there, &question), Some(Outcome::ToRead));
    assert_eq!(
        hears(elsewhere, &question),
        None,
        "the hotspot gave another address"
    );

    // Two phones count their texts alike: what differs in anything is another text.
    let other = |change: fn(&mut Inbound)| {
        let mut other = question.clone();
        change(&mut other);
        other
    };
    stall.captured(102, State::Delivered, Reason::OnThePhone);
    for (scenario, differs) in [
        ("from another phone", other(|text| text.from = number(102))),
        ("in other words", other(|text| text.body.push('!'))),
        ("at another time", other(|text| text.at += minutes(1))),
    ] {
        let another = route(Pocket, scenario);
        let heard = hears(&another, &differs);
        assert_eq!(heard, Some(Outcome::ToRead), "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_older_stop_that_comes_late_does_not_close_the_number_again() {
    for (scenario, before) in [
        ("after a stop and a start", true),
        ("after a start that had nothing to open", false),
    ] {
        let stall = Stall::new(Scripted::new());
        stall.captured(101, State::Delivered, Reason::OnThePhone);
        if before {
            assert_eq!(stall.said(101, "STOP", minutes(-9)), Outcome::OptedOut);
        }
        stall.said(101, "START", minutes(-3));
        let late = stall.said(101, "STOP", minutes(-6));
        assert_eq!(late, Outcome::Overtaken, "{scenario}");
        assert!(!stall.is_out(101), "{scenario}");
        let newer = stall.said(101, "STOP", minutes(-1));
        assert_eq!(newer, Outcome::OptedOut, "{scenario}");
        assert!(stall.is_out(101), "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_older_start_that_comes_late_does_not_open_the_number_again() {
    type Closes = fn(&Stall);
    let closed_by: [(&str, Closes); 4] = [
        ("a stop", |stall| {
            stall.said(101, "STOP", minutes(-3));
        }),
        ("a likely stop that a person decided on", |stall| {
            let likely = stall.said(101, "please stop texting me", minutes(-3));
            assert_eq!(likely, Outcome::Held);
            stall.decides(101, true);
        }),
        ("the organiser", |stall| stall.closes(Source::Organiser)),
        ("the carrier", |stall| stall.closes(Source::Carrier)),
    ];
    for (scenario, close) in closed_by {
        let stall = Stall::new(Scripted::new());
        stall.captured(101, State::Delivered, Reason::OnThePhone);
        close(&stall);
        assert!(stall.is_out(101), "{scenario}");
        let older = stall.said(101, "START", minutes(-6));
        assert_eq!(older, Outcome::Overtaken, "{scenario}");
        assert!(stall.is_out(101), "{scenario}");
        stall.pass(Duration::from_secs(60)).await;
        let newer = stall.said(101, "START", TimeDelta::zero());
        assert_eq!(newer, Outcome::Reopened, "{scenario}");
        assert!(!stall.is_out(101), "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_start_in_the_same_answer_of_the_gateway_as_the_stop_before_it_opens_the_number() {
    let stall = Stall::new(Scripted::new());
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    assert_eq!(stall.said(101, "STOP", minutes(-30)), Outcome::OptedOut);
    assert_eq!(stall.said(101, "START", minutes(-20)), Outcome::Reopened);
}

#[tokio::test(start_paused = true)]
async fn a_stop_is_for_the_whole_household_and_for_everything_that_waits() {
    let stall = Stall::new(Scripted::new());
    let (edith, first) = stall.captured(105, State::Waiting, Reason::Queued);
    let (frank, second) = stall.captured(105, State::NotSent, Reason::SharedPhone);
    let (_, third) = stall.captured(105, State::NotSent, Reason::SharedPhone);
    let by_hand = stall.answered_by_hand(edith, 105);
    let elsewhere = stall.agrees(106);
    let stop = text(&number(105), "Stop!", stall.clock.now());
    let undone = stall.storage.write(|conn| {
        let route = Route {
            kind: gateways::Kind::Twilio,
            account: "AC1".to_owned(),
        };
        let arrival = Arrival {
            route: &route,
            abilities: SILENT,
            clock: TimeDelta::zero(),
            now: stall.clock.now(),
            zone: "Europe/London",
        };
        receive(conn, &stop, &arrival)?;
        assert!(opt_outs::of(conn, &mobile(105))?.is_some());
        assert_eq!(texts::waiting_for(conn, &mobile(105))?.len(), 0);
        Err::<(), _>(crate::Error::NotFound)
    });
    assert!(undone.is_err());
    assert!(!stall.is_out(105), "all of it or nothing");
    assert_eq!(stall.row(first).state, State::Waiting, "all or nothing");
    assert_eq!(stall.row(by_hand).state, State::Waiting, "all or nothing");
    let heard = stall.hears(&stop, SILENT, TimeDelta::zero());
    assert_eq!(heard, Some(Outcome::OptedOut));
    for text in [first, by_hand] {
        let row = stall.row(text);
        assert_eq!((row.state, row.reason), (State::NotSent, Reason::OptedOut));
    }
    for text in [second, third] {
        assert_eq!(stall.row(text).state, State::NotSent, "nobody moves up");
    }
    assert_eq!(stall.row(elsewhere).state, State::Waiting);
    assert_eq!(stall.since_the_yes(), [What::OptOut], "one entry for all");
    let out = stall.ledger().pop().unwrap();
    assert_eq!(out.facts.method, Method::Reply);
    assert!(out.facts.evidence.is_some(), "the text is the evidence");
    assert_eq!(out.personal.unwrap().mobile, Some(number(105)));
    for supporter in [edith, frank] {
        let agrees = stall
            .storage
            .read(|conn| ledger::agrees(conn, supporter, TEXTS));
        assert!(agrees.unwrap(), "the number is out, and nobody's word");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stop_is_answered_once_within_five_minutes_or_not_at_all() {
    let twilio = gateways::Kind::Twilio.abilities();
    let ahead = TimeDelta::hours(3);
    let now = TimeDelta::zero();
    for (scenario, abilities, clock, sent, goodbyes) in [
        ("at once", SILENT, now, now, 1),
        ("after four minutes", SILENT, now, minutes(-4), 1),
        ("after six minutes", SILENT, now, minutes(-6), 0),
        ("Twilio answers by itself", twilio, now, now, 0),
        ("by a clock that is ahead", SILENT, ahead, ahead, 1),
        (
            "late, by a clock that is ahead",
            SILENT,
            ahead,
            ahead - minutes(6),
            0,
        ),
        ("from the future", SILENT, now, minutes(30), 1),
    ] {
        let stall = Stall::new(Scripted::new());
        stall.captured(101, State::Delivered, Reason::OnThePhone);
        for body in ["STOP", "STOP", "stop stop stop"] {
            let sent_at = stall.clock.now() + sent;
            stall.hears(&text(&number(101), body, sent_at), abilities, clock);
        }
        assert!(stall.is_out(101), "{scenario}");
        assert_eq!(stall.since_the_yes(), [What::OptOut], "{scenario}");
        let sent = stall.texts_of(Kind::Goodbye, 101);
        assert_eq!(sent.len(), goodbyes, "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_likely_opt_out_is_decided_by_a_plain_one() {
    let stall = Stall::new(Scripted::new());
    let waits = stall.agrees(101);
    let likely = stall.said(101, "please stop texting me", minutes(-2));
    assert_eq!(likely, Outcome::Held);
    assert!(!stall.is_out(101), "a person decides");
    assert_eq!(stall.said(101, "STOP", minutes(-1)), Outcome::OptedOut);
    let undecided = stall
        .storage
        .read(|conn| inbound::undecided(conn, &number(101)));
    assert_eq!(undecided.unwrap(), Vec::<Uuid>::new());
    assert_eq!(stall.row(waits).reason, Reason::OptedOut);
}

#[tokio::test(start_paused = true)]
async fn a_start_opens_the_number_and_the_ledger_shows_both() {
    let stall = Stall::new(Scripted::new());
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    let nothing_to_open = stall.said(101, "START", minutes(-9));
    assert_eq!(nothing_to_open, Outcome::ToRead);
    for ago in [-8, -4] {
        stall.said(101, "STOP", minutes(ago));
        assert!(stall.is_out(101));
        assert_eq!(
            stall.said(101, "Unstop", minutes(ago + 1)),
            Outcome::Reopened
        );
        assert!(!stall.is_out(101));
    }
    let about: Vec<(What, Option<Uuid>)> = stall
        .ledger()
        .iter()
        .skip(1)
        .map(|entry| (entry.facts.what, entry.facts.about))
        .collect();
    let outs: Vec<Uuid> = stall
        .ledger()
        .iter()
        .filter(|entry| entry.facts.what == What::OptOut)
        .map(|entry| entry.facts.id)
        .collect();
    assert_eq!(
        about,
        [
            (What::OptOut, None),
            (What::OptOutUndone, Some(outs[0])),
            (What::OptOut, None),
            (What::OptOutUndone, Some(outs[1])),
        ]
    );
    assert!(
        stall.ledger()[2].facts.evidence.is_some(),
        "their own text is the evidence"
    );
}

impl Stall {
    /// A person decides on what sounded like an opt-out, as in Inbox.
    pub(super) fn decides(&self, last_digits: u32, is_opt_out: bool) {
        let now = self.clock.now();
        let mobile = mobile(last_digits);
        let decided = self.storage.write(|conn| {
            for id in inbound::undecided(conn, mobile.e164())? {
                if is_opt_out {
                    inbound::decide(conn, id, Outcome::DecidedStop, now)?;
                    let because = Some((id, "please stop texting me"));
                    opt_out(conn, &mobile, Source::Reply, because, now, "UTC")?;
                } else {
                    inbound::decide(conn, id, Outcome::DecidedNone, now)?;
                    texts::decide_anew(conn, Some(&mobile), now)?;
                }
            }
            Ok(())
        });
        decided.unwrap();
    }

    fn closes(&self, source: Source) {
        let now = self.clock.now();
        let closed = self
            .storage
            .write(|conn| opt_out(conn, &mobile(101), source, None, now, "UTC"));
        assert!(closed.unwrap());
    }

    /// An answer by hand that waits.
    fn answered_by_hand(&self, supporter: Uuid, last_digits: u32) -> Uuid {
        let id = Uuid::now_v7();
        let new = texts::New {
            id,
            kind: Kind::Reply,
            supporter: Some(supporter),
            template: None,
            answers: None,
            not_after: None,
            mobile: &mobile(last_digits),
            body: "See you on Saturday",
            segments: 1,
            state: State::Waiting,
            reason: Reason::Queued,
        };
        let now = self.clock.now();
        self.storage
            .write(|conn| texts::insert(conn, &new, now))
            .unwrap();
        id
    }
}
