//! Texts of which nobody knows whether they were taken.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_text_that_was_taken_without_an_answer_is_found_and_never_sent_again() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::TakesAndDrops]);
    let text = stall.agrees(101);
    let row = stall.until(text, State::Uncertain).await;
    assert_eq!(row.reason, Reason::AnswerLost);
    stall.until(text, State::Delivered).await;
    assert_eq!(stall.gateway.taken(), ["+447700900101"]);
}

#[tokio::test(start_paused = true)]
async fn a_text_that_was_not_taken_goes_again_only_when_a_later_one_proves_it() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::Drops]);
    let lost = stall.agrees(101);
    stall.until(lost, State::Uncertain).await;
    stall.pass(Duration::from_secs(1_200)).await;
    assert_eq!(
        stall.row(lost).state,
        State::Uncertain,
        "silence alone proves nothing"
    );
    let later = stall.agrees(102);
    stall.until(later, State::Delivered).await;
    stall.until(lost, State::Delivered).await;
    let mut taken = stall.gateway.taken();
    taken.sort();
    assert_eq!(taken, ["+447700900101", "+447700900102"]);
}

#[tokio::test(start_paused = true)]
async fn after_half_an_hour_of_silence_a_person_decides() {
    let stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::Drops]);
    let lost = stall.agrees(101);
    stall.until(lost, State::Uncertain).await;
    stall.pass(Duration::from_secs(2_400)).await;
    let row = stall.row(lost);
    assert_eq!(
        (row.state, row.reason),
        (State::Uncertain, Reason::LookedLongEnough)
    );
}

#[tokio::test(start_paused = true)]
async fn a_power_cut_in_the_middle_of_a_try_makes_it_uncertain_and_then_settles_it() {
    let mut stall = Stall::new(Scripted::new()).open();
    stall.gateway.next([Does::TakesAndHangs]);
    let text = stall.agrees(101);
    stall.until(text, State::Sending).await;
    while stall.gateway.taken().is_empty() {
        stall.pass(Duration::from_millis(10)).await;
    }
    stall.power_cut().await;
    assert_eq!(
        stall.row(text).state,
        State::Sending,
        "the intent was committed before"
    );
    stall.start(None);
    let row = stall.until(text, State::Uncertain).await;
    assert_eq!(row.reason, Reason::AppStopped);
    stall.until(text, State::Delivered).await;
    assert_eq!(stall.gateway.taken(), ["+447700900101"]);
}
