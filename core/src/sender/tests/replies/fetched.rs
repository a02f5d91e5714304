//! Texts from phones through the worker: fetched before anything leaves, and acted on before it does.

use super::*;

fn polling() -> Scripted {
    Scripted::new().with(SILENT)
}

#[tokio::test(start_paused = true)]
async fn replies_are_fetched_before_the_first_text_and_again_while_a_run_lasts() {
    let mut stall = Stall::new(polling());
    let texts: Vec<Uuid> = (100..220).map(|digits| stall.agrees(digits)).collect();
    stall.start(Some(1.0));
    for text in &texts {
        stall.until(*text, State::Delivered).await;
    }
    let (fetches, times) = (stall.gateway.fetches(), stall.gateway.times());
    assert_eq!(times.len(), texts.len());
    for left in times {
        let known = fetches
            .iter()
            .any(|at| *at <= left && left - *at <= Duration::from_secs(31));
        assert!(known, "a text left on what was known long before");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_breaks_off_means_that_nothing_leaves() {
    let gateway = polling();
    gateway.list_breaks_off(true);
    let stall = Stall::new(gateway).open();
    let text = stall.agrees(101);
    stall.pass(Duration::from_secs(1_200)).await;
    assert_eq!(stall.gateway.asked_to_send(), 0);
    assert_eq!(stall.row(text).state, State::Waiting);
    stall.gateway.list_breaks_off(false);
    stall.until(text, State::Delivered).await;
}

#[tokio::test(start_paused = true)]
async fn a_list_that_breaks_off_in_the_middle_of_a_run_stops_it() {
    let mut stall = Stall::new(polling());
    let texts: Vec<Uuid> = (100..300).map(|digits| stall.agrees(digits)).collect();
    stall.start(Some(1.0));
    stall.pass(Duration::from_secs(60)).await;
    stall.gateway.list_breaks_off(true);
    stall.pass(Duration::from_secs(31)).await;
    let left = stall.gateway.asked_to_send();
    assert!(left > 0, "the run had begun");
    stall.pass(Duration::from_secs(300)).await;
    assert_eq!(stall.gateway.asked_to_send(), left);
    stall.gateway.list_breaks_off(false);
    stall.until(*texts.last().unwrap(), State::Delivered).await;
}

#[tokio::test(start_paused = true)]
async fn a_stop_that_is_fetched_just_before_a_claim_stops_it() {
    let mut stall = Stall::new(polling());
    let (stopped, goes) = (stall.agrees(101), stall.agrees(102));
    let stop = text(&number(101), "STOP", stall.clock.now() - minutes(20));
    stall.gateway.phone_texts(stop);
    stall.start(None);
    stall.until(goes, State::Delivered).await;
    let row = stall.row(stopped);
    assert_eq!((row.state, row.reason), (State::NotSent, Reason::OptedOut));
    assert_eq!(stall.gateway.taken(), [number(102)]);
}

#[tokio::test(start_paused = true)]
async fn a_stop_in_the_middle_of_a_run_stops_what_is_still_to_come() {
    let mut stall = Stall::new(polling());
    let texts: Vec<Uuid> = (100..220).map(|digits| stall.agrees(digits)).collect();
    stall.start(Some(1.0));
    stall.pass(Duration::from_secs(20)).await;
    let stop = text(&number(219), "STOP", stall.clock.now());
    stall.gateway.phone_texts(stop);
    stall.until(texts[118], State::Delivered).await;
    stall.until(texts[119], State::NotSent).await;
    let goodbyes = stall.gateway.taken().into_iter();
    assert_eq!(goodbyes.filter(|to| *to == number(219)).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_goodbye_leaves_at_night_to_a_number_that_is_out_and_nothing_else_does() {
    let night = Utc.with_ymd_and_hms(2026, 5, 2, 1, 0, 0).unwrap();
    let stall = Stall::at(polling(), night).open();
    let (stopped, sleeps) = (stall.agrees(101), stall.agrees(102));
    for _ in 0..3 {
        let stop = text(&number(101), "STOP", stall.clock.now());
        stall.gateway.phone_texts(stop);
    }
    let asked_at = Instant::now();
    stall.pass(Duration::from_secs(1_800)).await;
    assert_eq!(stall.row(stopped).reason, Reason::OptedOut);
    let row = stall.row(sleeps);
    assert_eq!(
        (row.state, row.reason),
        (State::Waiting, Reason::QuietHours)
    );
    let left = stall.gateway.left();
    assert_eq!(left.len(), 1, "one goodbye, and nothing else");
    assert_eq!(left[0].to, mobile(101));
    assert!(
        left[0].body.contains("Clean Air Now"),
        "it names the sender"
    );
    assert!(left[0].body.contains("opted out"));
    assert!(left[0].valid_for <= Duration::from_secs(300));
    assert!(stall.gateway.times()[0] - asked_at < Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn a_goodbye_that_cannot_leave_in_time_does_not_leave() {
    let stall = Stall::new(polling()).open();
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    stall.pass(Duration::from_secs(60)).await;
    stall.gateway.away(true);
    stall.said(101, "STOP", minutes(0));
    stall.sender.as_ref().unwrap().look();
    stall.pass(Duration::from_secs(420)).await;
    stall.gateway.away(false);
    stall.pass(Duration::from_secs(300)).await;
    assert_eq!(stall.gateway.taken(), Vec::<String>::new());
    let goodbye = stall.texts_of(Kind::Goodbye, 101);
    assert_eq!(goodbye, [(State::NotSent, Reason::TooLate)]);
}

#[tokio::test(start_paused = true)]
async fn a_likely_opt_out_holds_what_waits_until_a_person_decides_either_way() {
    for (scenario, is_opt_out, state) in [
        ("it was one", true, State::NotSent),
        ("it was none", false, State::Delivered),
    ] {
        let mut stall = Stall::new(polling());
        let text = stall.agrees(101);
        let likely = stall.said(101, "please stop texting me", minutes(-1));
        assert_eq!(likely, Outcome::Held);
        stall.start(None);
        let goes_on = stall.agrees(102);
        stall.until(goes_on, State::Delivered).await;
        stall.pass(Duration::from_secs(3_600)).await;
        let row = stall.row(text);
        assert_eq!(
            (row.state, row.reason),
            (State::Waiting, Reason::HeldForYou),
            "{scenario}"
        );
        stall.decides(101, is_opt_out);
        stall.sender.as_ref().unwrap().look();
        stall.until(text, state).await;
        assert_eq!(stall.is_out(101), is_opt_out, "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_opt_out_at_the_carrier_is_an_entry_of_the_ledger() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::Refuses(Trouble::OptedOut)]);
    let text = stall.agrees(101);
    stall.until(text, State::Failed).await;
    assert!(stall.is_out(101));
    assert_eq!(stall.since_the_yes(), [What::OptOut]);
    let out = stall.ledger().pop().unwrap();
    assert_eq!(out.facts.method, Method::Carrier);
    assert_eq!(out.personal.unwrap().mobile, Some(number(101)));
    stall.pass(Duration::from_secs(3_600)).await;
    assert_eq!(stall.gateway.asked_to_send(), 1, "never again");
}

#[tokio::test(start_paused = true)]
async fn the_hour_and_a_texts_age_are_told_by_the_gateways_clock() {
    let gateway = polling();
    // The laptop says one in the afternoon, and it is eleven at night.
    gateway.clock_is_apart(TimeDelta::hours(10));
    let stall = Stall::new(gateway).open();
    let sleeps = stall.agrees(102);
    let (_, asked) = stall.captured(101, State::Waiting, Reason::Queued);
    let stop = text(
        &number(101),
        "STOP",
        stall.clock.now() + TimeDelta::hours(10),
    );
    stall.gateway.phone_texts(stop);
    stall.pass(Duration::from_secs(600)).await;
    let row = stall.row(sleeps);
    assert_eq!(
        (row.state, row.reason),
        (State::Waiting, Reason::QuietHours)
    );
    assert_eq!(stall.row(asked).reason, Reason::OptedOut);
    assert_eq!(stall.gateway.taken(), [number(101)], "the goodbye");
}
