//! The right hour: nothing leaves at night, and it is said before.

use chrono::TimeDelta;
use placard_tests::journey::Journey;
use placard_tests::noon;
use placard_tests::people::{amara, bronwen};
use placard_tests::scripted::ScriptedGateway;
use placard_tests::waiting::PATIENCE;

#[tokio::test]
async fn a_run_stops_at_the_edge_of_the_hours_and_goes_on_in_the_morning() {
    let day = Journey::with_campaign("the right hour").await;
    let gateway = ScriptedGateway::start().await;

    day.step("Nine in the evening in London, by the gateway's clock");
    gateway.set_clock_apart(noon::apart() + TimeDelta::hours(3));
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.strip_says("Online").await;
    window.capture(&amara()).await;
    window.capture(&bronwen()).await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Waiting").await;
    window.says("Waits for 8am in London").await;

    day.step("The clock of the laptop is wrong, and that is said");
    window.says("This laptop's clock is").await;

    day.step("What will happen is said for each, before it does");
    window.button("What will happen").click().await;
    let forecast = window.part("What will happen");
    forecast.says("2 wait").await;
    forecast.says("Waits for 8am in London").await;
    forecast.says(&amara().name()).await;
    assert_eq!(gateway.journal().all().len(), 0);

    day.step("In the morning they go by themselves");
    gateway.set_clock_apart(noon::apart() + TimeDelta::hours(15));
    window.network_comes_back().await;
    for person in [amara(), bronwen()] {
        window
            .text_comes_to_be(PATIENCE * 6, &person, "Delivered")
            .await;
    }
    assert_eq!(gateway.journal().doubles(), []);
    assert_eq!(gateway.journal().all().len(), 2);
}
