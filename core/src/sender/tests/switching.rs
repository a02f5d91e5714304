//! Another gateway is chosen while texts are on their way.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_lost_text_is_asked_of_the_account_it_went_to_and_of_no_other() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::TakesAndDrops]);
    stall.gateway.list_lags(true);
    let text = stall.agrees(101);
    stall.until(text, State::Uncertain).await;
    let other = Arc::new(Scripted::new());
    stall
        .sender
        .as_ref()
        .unwrap()
        .use_gateway(through(&other, gateways::Kind::Twilio, "AC2"));
    let later = stall.agrees(102);
    stall.until(later, State::Delivered).await;
    stall.pass(Duration::from_secs(1_800)).await;
    assert_eq!(stall.row(text).state, State::Uncertain);
    assert_eq!(other.taken(), ["+447700900102"]);
}

#[tokio::test(start_paused = true)]
async fn a_text_left_on_the_wire_is_judged_by_the_gateway_it_went_to() {
    let mut stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::TakesAndHangs]);
    let text = stall.agrees(101);
    stall.until(text, State::Sending).await;
    stall.power_cut().await;
    stall.gateway = Arc::new(Scripted::new().with(Abilities {
        takes_our_id: true,
        looks_up: false,
        polls_status: true,
        polls_inbound: false,
        answers_stop: false,
        answers_help: false,
    }));
    stall.start(None);
    stall.until(text, State::Uncertain).await;
    assert_eq!(
        stall.gateway.asked_to_send(),
        0,
        "it may have gone through the other one"
    );
}

#[tokio::test(start_paused = true)]
async fn what_the_drawn_phone_takes_while_a_real_gateway_is_chosen_goes_through_that() {
    let mut stall = Stall::new(Scripted::new());
    stall
        .gateway
        .usually(Does::TakesSlowly(Duration::from_secs(2)));
    let (taken, on_the_wire) = (stall.agrees(101), stall.agrees(102));
    let practice = through(&stall.gateway, gateways::Kind::Practice, "");
    stall.start_through(practice);
    stall.until(taken, State::Accepted).await;
    stall.until(on_the_wire, State::Sending).await;
    let real = Arc::new(Scripted::new());
    real.usually(Does::TakesSlowly(Duration::from_secs(60)));
    let sender = stall.sender.as_ref().unwrap();
    sender.use_gateway(through(&real, gateways::Kind::Twilio, "AC1"));
    stall.pass(Duration::from_secs(30)).await;
    for text in [taken, on_the_wire] {
        let state = stall.row(text).state;
        assert!(
            matches!(state, State::Waiting | State::Sending),
            "what the drawn phone said is no answer: {state:?}"
        );
    }
    for text in [taken, on_the_wire] {
        stall.until(text, State::Accepted).await;
    }
    let mut taken = real.taken();
    taken.sort();
    assert_eq!(taken, ["+447700900101", "+447700900102"]);
}
