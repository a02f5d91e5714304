//! What can go wrong with the list of what phones have texted.

use chrono::{DateTime, TimeDelta, Utc};
use placard_tests::journey::Journey;
use placard_tests::noon;
use placard_tests::people::{amara, bronwen, edith, gwenllian, sian};
use placard_tests::scripted::ScriptedGateway;
use placard_tests::waiting::PATIENCE;
use placard_tests::window::Window;

/// By the gateway's clock.
fn ago(minutes: i64) -> DateTime<Utc> {
    Utc::now() + noon::apart() - TimeDelta::minutes(minutes)
}

/// Waits until the gateway has been asked again so many times, pages counted one by one.
async fn asked_again(window: &Window<'_>, gateway: &ScriptedGateway, times: usize) {
    let so_far = gateway.times_listed();
    let asked = async |_: &_| Ok(gateway.times_listed() >= so_far + times);
    window
        .until_within(PATIENCE * 3, "the gateway to be asked again", asked)
        .await;
}

/// How often a thread has these words: the row that opens it is no line of it.
async fn lines_with(window: &Window<'_>, words: &str, whose: &str) -> usize {
    let told = window.told(&[words]).await;
    told.iter().filter(|line| !line.contains(whose)).count()
}

#[tokio::test]
async fn half_a_list_is_no_list() {
    let day = Journey::with_campaign("half a list").await;
    let mut gateway = ScriptedGateway::start().await;

    day.step("While the laptop is away, two are captured, and one of them writes STOP before others write");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.strip_says("Online").await;
    gateway.go_down();
    window.strip_comes_to_say("Offline").await;
    for person in [amara(), bronwen()] {
        window.capture(&person).await;
    }
    gateway.receive(&amara().e164(), "STOP");
    for number in ["+447700900500", "+447700900501"] {
        gateway.receive(number, "When do you meet?");
    }
    gateway.put_on_a_page(2);
    gateway.break_lists_off(true);

    day.step(
        "The STOP is on the second page, which is lost half-way: nothing leaves, nothing counts",
    );
    gateway.come_up().await;
    window.network_comes_back().await;
    asked_again(&window, &gateway, 4).await;
    window.go_to("Inbox").await;
    window.says("No texts from phones yet").await;
    window.go_to("Texts").await;
    for person in [amara(), bronwen()] {
        window.text_is(&person, "Waiting").await;
    }
    assert_eq!(gateway.times_asked(), 0);

    day.step("The list is whole: the STOP is known before anything leaves");
    gateway.break_lists_off(false);
    window.network_comes_back().await;
    window
        .text_comes_to_be(PATIENCE * 2, &bronwen(), "Delivered")
        .await;
    window.text_is(&amara(), "Not sent").await;
    window.agreement_is(&amara(), "Opted out").await;
    window.go_to("Inbox").await;
    assert_eq!(window.row_with(&["When do you meet?"]).count().await, 2);
    assert_eq!(gateway.journal().to(&amara().e164()).len(), 0);
    assert_eq!(gateway.journal().all().len(), 1);
}

#[tokio::test]
async fn a_reply_that_is_listed_again_and_again_came_once() {
    let day = Journey::with_campaign("listed again").await;
    let gateway = ScriptedGateway::start().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.capture(&amara()).await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Delivered").await;

    day.step("Everything is listed twice, on pages that tear the pairs apart");
    gateway.list_twice(true);
    gateway.put_on_a_page(3);
    gateway.receive(&amara().e164(), "YES");
    gateway.receive(&amara().e164(), "When do you meet?");
    window.agreement_is(&amara(), "Confirmed").await;

    day.step("And again before the next text, and after it");
    window.go_to("Capture").await;
    window.capture(&bronwen()).await;
    window.go_to("Texts").await;
    window.text_is(&bronwen(), "Delivered").await;
    asked_again(&window, &gateway, 2).await;

    day.step("Each stands once in the thread, and the yes once in the ledger");
    window.open_thread(&amara()).await;
    let name = amara().name();
    window.says("When do you meet?").await;
    for words in ["When do you meet?", "Confirmed: their consent is proved."] {
        assert_eq!(lines_with(&window, words, &name).await, 1, "{words}");
    }
    window.open_person(&amara()).await;
    let yes = window.row_with(&["Confirmed the yes to texts"]);
    yes.appears().await;
    assert_eq!(yes.count().await, 1);
}

#[tokio::test]
async fn what_comes_out_of_order_counts_by_when_it_was_written() {
    let day = Journey::with_campaign("out of order").await;
    let gateway = ScriptedGateway::start().await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    for person in [amara(), bronwen(), edith(), sian(), gwenllian()] {
        window.capture(&person).await;
    }
    window.go_to("Texts").await;
    for person in [amara(), bronwen(), edith(), sian(), gwenllian()] {
        window.text_is(&person, "Delivered").await;
    }

    day.step("A START is listed before the older STOP, in one list: the number is open");
    gateway.receive_at(&amara().e164(), "START", ago(1));
    gateway.receive_at(&amara().e164(), "STOP", ago(2));

    day.step("A YES after a STOP undoes nothing; a YES from before the question confirms nothing");
    gateway.receive_at(&bronwen().e164(), "STOP", ago(2));
    gateway.receive_at(&bronwen().e164(), "YES", ago(1));
    gateway.receive_at(&gwenllian().e164(), "YES", ago(60));
    window.agreement_is(&bronwen(), "Opted out").await;
    window.agreement_is(&amara(), "Yes").await;
    window.agreement_is(&gwenllian(), "Yes").await;

    day.step("The START did its part, and either YES waits for a person to read");
    window.open_thread(&amara()).await;
    window
        .row_with(&["START", "Opted in again"])
        .appears()
        .await;
    for person in [bronwen(), gwenllian()] {
        window.open_thread(&person).await;
        window
            .row_with(&["YES", "For a person to read."])
            .appears()
            .await;
    }

    day.step(
        "A STOP that is listed a poll later than the START that came after it changes nothing",
    );
    gateway.receive_at(&edith().e164(), "START", ago(1));
    window.go_to("Inbox").await;
    window
        .row_with(&[&edith().name()])
        .appears_within(PATIENCE * 2)
        .await;
    gateway.receive_at(&edith().e164(), "STOP", ago(2));
    window.open_thread(&edith()).await;
    window
        .row_with(&["STOP", "A later text from the same phone says otherwise."])
        .appears_within(PATIENCE * 2)
        .await;
    window.agreement_is(&edith(), "Yes").await;

    day.step("Nor does a START that is listed a poll later than the STOP that came after it");
    gateway.receive_at(&sian().e164(), "STOP", ago(1));
    window.agreement_is(&sian(), "Opted out").await;
    gateway.receive_at(&sian().e164(), "START", ago(2));
    window.open_thread(&sian()).await;
    window
        .row_with(&["START", "A later text from the same phone says otherwise."])
        .appears_within(PATIENCE * 2)
        .await;
    window.agreement_is(&sian(), "Opted out").await;
    assert_eq!(gateway.journal().doubles(), []);
}
