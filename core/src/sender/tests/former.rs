//! Gateways that were used before are listened to, and hold nothing up for long.

use super::replies::text_from;
use super::*;
use crate::storage::opt_outs;

/// Asked for what phones text, and answering none of it.
fn polling() -> Arc<Scripted> {
    Arc::new(Scripted::new().with(Abilities {
        takes_our_id: false,
        looks_up: true,
        polls_status: true,
        polls_inbound: true,
        answers_stop: true,
        answers_help: true,
    }))
}

fn former(gateway: &Arc<Scripted>, until: DateTime<Utc>) -> Former {
    Former {
        id: Uuid::now_v7(),
        active: through(gateway, gateways::Kind::Pocket, "the phone we had"),
        until,
    }
}

impl Stall {
    fn listens_to(&self, formers: Vec<Former>) {
        self.sender.as_ref().unwrap().listen_to(formers);
    }

    fn sends_through(mut self, gateway: &Arc<Scripted>) -> Self {
        self.gateway = Arc::clone(gateway);
        self.start(None);
        self
    }
}

#[tokio::test(start_paused = true)]
async fn an_opt_out_to_the_number_before_acts_at_once() {
    let before = polling();
    // At night nothing leaves, so that there is something to stop.
    let night = Utc.with_ymd_and_hms(2026, 5, 2, 1, 0, 0).unwrap();
    let stall = Stall::at(Scripted::new(), night).sends_through(&polling());
    let (stopped, waits) = (stall.agrees(101), stall.agrees(102));
    let now = stall.clock.now();
    stall.listens_to(vec![former(&before, now + TimeDelta::days(30))]);
    stall.pass(Duration::from_secs(5)).await;
    before.phone_texts(text_from(101, "STOP", now));
    stall.pass(Duration::from_secs(65)).await;
    assert_eq!(stall.row(stopped).reason, Reason::OptedOut);
    assert_eq!(stall.row(waits).state, State::Waiting);
    let mobile = Mobile::from_e164("+447700900101").unwrap();
    let out = stall.storage.read(|conn| opt_outs::of(conn, &mobile));
    assert!(out.unwrap().is_some());
    assert_eq!(before.asked_to_send(), 0, "nothing is sent through it");
}

#[tokio::test(start_paused = true)]
async fn a_run_begins_once_the_number_before_was_asked_for_opt_outs() {
    for (scenario, takes, stopped) in [
        ("it takes its time", 15, true),
        ("it does not answer for too long", 60, false),
    ] {
        let before = polling();
        before.lists_after(Duration::from_secs(takes));
        let stall = Stall::new(Scripted::new()).sends_through(&polling());
        let now = stall.clock.now();
        before.phone_texts(text_from(101, "STOP", now));
        stall.listens_to(vec![former(&before, now + TimeDelta::days(30))]);
        let begins = Instant::now();
        let text = stall.agrees(101);
        if stopped {
            stall.until(text, State::NotSent).await;
            assert_eq!(stall.row(text).reason, Reason::OptedOut, "{scenario}");
            assert_eq!(stall.gateway.asked_to_send(), 0, "{scenario}");
        } else {
            stall.until(text, State::Delivered).await;
            assert!(begins.elapsed() >= Duration::from_secs(20), "{scenario}");
            assert!(begins.elapsed() < Duration::from_secs(60), "{scenario}");
        }
        // And nobody is asked in a frenzy meanwhile.
        stall.pass(Duration::from_secs(300)).await;
        assert!(before.fetches().len() <= 7, "{scenario}");
        // The next run asks as the first did, once what was heard is more than five seconds old.
        stall.pass(Duration::from_secs(10)).await;
        before.phone_texts(text_from(102, "STOP", stall.clock.now()));
        let text = stall.agrees(102);
        if stopped {
            stall.until(text, State::NotSent).await;
            assert_eq!(stall.gateway.asked_to_send(), 0, "{scenario}");
        } else {
            stall.until(text, State::Delivered).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_was_used_before_is_asked_once_a_minute_and_holds_nothing_up() {
    for (scenario, away) in [("it answers", false), ("it is away", true)] {
        let before = polling();
        before.away(away);
        let stall = Stall::new(Scripted::new()).sends_through(&polling());
        let until = stall.clock.now() + TimeDelta::minutes(10);
        stall.listens_to(vec![former(&before, until)]);
        let begins = Instant::now();
        let text = stall.agrees(101);
        stall.until(text, State::Delivered).await;
        assert!(begins.elapsed() < Duration::from_secs(30), "{scenario}");
        stall.pass(Duration::from_secs(1_800)).await;
        let asked = before.fetches();
        assert!(
            (9..=11).contains(&asked.len()),
            "{scenario}: {}",
            asked.len()
        );
        let last = *asked.last().unwrap() - begins;
        assert!(last <= Duration::from_secs(600), "{scenario}: until then");
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_one_before_tells_is_not_what_the_one_in_use_would() {
    let (before, in_use) = (polling(), polling());
    in_use.list_breaks_off(true);
    let stall = Stall::new(Scripted::new()).sends_through(&in_use);
    let until = stall.clock.now() + TimeDelta::days(30);
    stall.listens_to(vec![former(&before, until)]);
    let text = stall.agrees(101);
    stall.pass(Duration::from_secs(600)).await;
    assert!(before.fetches().len() > 1);
    assert_eq!(stall.row(text).state, State::Waiting);
    assert_eq!(in_use.asked_to_send(), 0);
    // And it is asked no more once nobody listens.
    stall.listens_to(Vec::new());
    stall.pass(Duration::from_secs(5)).await;
    let asked = before.fetches().len();
    stall.pass(Duration::from_secs(600)).await;
    assert_eq!(before.fetches().len(), asked);
}
