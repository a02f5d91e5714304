//! How fast a gateway takes texts, and when it wants to be left alone.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_rate_is_kept_and_used() {
    let mut stall = Stall::new(Scripted::new());
    let texts: Vec<Uuid> = (100..200).map(|digits| stall.agrees(digits)).collect();
    stall.start(Some(10.0));
    for text in &texts {
        stall.until(*text, State::Delivered).await;
    }
    let times = stall.gateway.times();
    let took = *times.last().unwrap() - times[0];
    assert!(
        took <= Duration::from_secs(11),
        "{took:?} for 100 at 10 a second"
    );
    for (index, first) in times.iter().enumerate() {
        let within = times[index..]
            .iter()
            .take_while(|at| **at < *first + Duration::from_secs(1));
        assert!(within.count() <= 10);
    }
}

#[tokio::test(start_paused = true)]
async fn a_busy_gateway_is_left_alone_for_as_long_as_it_asks() {
    let stall = Stall::new(Scripted::new()).open();
    stall
        .gateway
        .next([Does::SaysLater(Duration::from_secs(30))]);
    let started = Instant::now();
    let text = stall.agrees(101);
    stall.pass(Duration::from_secs(1)).await;
    let paused = || stall.sender.as_ref().unwrap().connection().paused_until;
    let until = paused().unwrap();
    let left = until - stall.clock.now();
    assert!((28..=30).contains(&left.num_seconds()), "{left}");
    stall.pass(Duration::from_secs(20)).await;
    stall.sender.as_ref().unwrap().look();
    stall.pass(Duration::from_secs(1)).await;
    assert_eq!(paused(), Some(until), "its end is said once");
    let row = stall.until(text, State::Delivered).await;
    assert_eq!(paused(), None);
    assert_eq!(row.attempts, 2);
    assert!(started.elapsed() >= Duration::from_secs(30));
    assert_eq!(stall.gateway.taken(), ["+447700900101"]);
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_slows_everything_down_and_loses_nothing() {
    let mut stall = Stall::new(Scripted::new());
    stall.gateway.next([Does::Refuses(Trouble::QueueFull)]);
    let texts = [101, 102, 103].map(|digits| stall.agrees(digits));
    let started = Instant::now();
    stall.start(None);
    stall.pass(Duration::from_secs(4)).await;
    assert_eq!(
        stall.gateway.asked_to_send(),
        1,
        "nothing else goes meanwhile"
    );
    for text in texts {
        stall.until(text, State::Delivered).await;
    }
    assert!(started.elapsed() >= Duration::from_secs(10));
    assert_eq!(stall.gateway.doubles(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_phone_out_of_reach_is_tried_once_more_and_then_no_more() {
    let unreachable = Report::Undelivered {
        trouble: Trouble::PhoneUnreachable,
        code: Some("30003".to_owned()),
    };
    let stall = Stall::new(Scripted::new().with(Abilities {
        takes_our_id: false,
        looks_up: false,
        polls_status: false,
        polls_inbound: false,
        answers_stop: false,
        answers_help: false,
    }))
    .open();
    let text = stall.agrees(101);
    stall.until(text, State::Accepted).await;
    stall.gateway.report(text, unreachable.clone()).await;
    assert_eq!(stall.row(text).state, State::Waiting);
    stall.pass(Duration::from_secs(800)).await;
    assert_eq!(stall.gateway.asked_to_send(), 1, "not at once");
    stall.until(text, State::Accepted).await;
    stall.gateway.report(text, unreachable).await;
    stall.pass(Duration::from_secs(3_600)).await;
    assert_eq!(stall.row(text).state, State::Undelivered);
    assert_eq!(stall.gateway.asked_to_send(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_network_that_swallows_answers_makes_one_text_uncertain_and_not_all() {
    let stall = Stall::new(Scripted::new());
    let texts: Vec<Uuid> = (101..141).map(|digits| stall.agrees(digits)).collect();
    stall.gateway.usually(Does::Drops);
    let stall = stall.open();
    stall.pass(Duration::from_secs(20)).await;
    let uncertain = texts
        .iter()
        .filter(|text| stall.row(**text).state == State::Uncertain);
    let uncertain = uncertain.count();
    assert!((1..=5).contains(&uncertain), "{uncertain}");
}
