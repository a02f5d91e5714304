//! Days and months later: the one reminder, what counts as consent, and how long people are kept.

use chrono::TimeDelta;
use placard_tests::journey::Journey;
use placard_tests::noon;
use placard_tests::people::{Person, amara, bronwen, gwenllian, sian};
use placard_tests::scripted::ScriptedGateway;
use placard_tests::waiting::PATIENCE;
use placard_tests::window::Window;

/// Neither the laptop nor the gateway stands still while it is closed.
fn later(day: &mut Journey, gateway: &ScriptedGateway, by: TimeDelta) {
    day.laptop.set_clock_ahead(by);
    gateway.set_clock_apart(noon::apart() + by);
}

/// Captures somebody whose text is delivered: whatever was due before has been seen to by then.
async fn capture_and_text(window: &Window<'_>, person: &Person) {
    window.go_to("Capture").await;
    window.capture(person).await;
    window.go_to("Texts").await;
    window
        .text_comes_to_be(PATIENCE * 2, person, "Delivered")
        .await;
}

fn texts_to(gateway: &ScriptedGateway, person: &Person) -> usize {
    gateway.journal().to(&person.e164()).len()
}

async fn until_texted_twice(window: &Window<'_>, gateway: &ScriptedGateway, person: &Person) {
    let what = format!("a second text for {}", person.name());
    let twice = async |_: &_| Ok(texts_to(gateway, person) == 2);
    window.until_within(PATIENCE * 2, &what, twice).await;
}

#[tokio::test]
async fn who_does_not_answer_is_reminded_once_and_then_left_alone() {
    let mut day = Journey::with_campaign("the one reminder").await;
    let gateway = ScriptedGateway::start().await;

    day.step("One reminder after two days, says the organiser");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.go_to("Settings").await;
    window.go_to("When texts go").await;
    window.select("One reminder").choose("After 2 days").await;
    window.button("Save hours").click().await;
    window.announces(&["Saved."]).await;

    day.step("Three are texted: one says yes, one asks something, and Amara does not answer");
    for person in [amara(), bronwen(), sian()] {
        capture_and_text(&window, &person).await;
    }
    gateway.receive(&bronwen().e164(), "YES");
    gateway.receive(&sian().e164(), "Who is this?");
    window.agreement_is(&bronwen(), "Confirmed").await;
    window.go_to("Inbox").await;
    window.row_with(&["Who is this?"]).appears().await;
    window.quit().await;

    day.step("A day later nobody is reminded");
    later(&mut day, &gateway, TimeDelta::days(1));
    let window = day.open().await;
    window.begin_the_day().await;
    capture_and_text(&window, &Person::numbered(1)).await;
    assert_eq!(gateway.journal().doubles(), []);
    window.quit().await;

    day.step("After two days Amara is, and nobody who answered");
    later(&mut day, &gateway, TimeDelta::days(2));
    let window = day.open().await;
    window.begin_the_day().await;
    until_texted_twice(&window, &gateway, &amara()).await;
    window.open_person(&amara()).await;
    window.link("Texts both ways").click().await;
    window
        .row_with(&["Asks once more", "Delivered"])
        .appears()
        .await;
    capture_and_text(&window, &Person::numbered(2)).await;
    assert_eq!(gateway.journal().doubles(), [(amara().e164(), 2)]);
    window.quit().await;

    day.step("A month later those who came after are, and Amara never again");
    later(&mut day, &gateway, TimeDelta::days(30));
    let window = day.open().await;
    window.begin_the_day().await;
    for number in [1, 2] {
        until_texted_twice(&window, &gateway, &Person::numbered(number)).await;
    }
    capture_and_text(&window, &Person::numbered(3)).await;
    assert_eq!(texts_to(&gateway, &amara()), 2);
    assert_eq!(texts_to(&gateway, &bronwen()), 1);
    assert_eq!(texts_to(&gateway, &sian()), 1);
}

#[tokio::test]
async fn who_is_kept_for_too_long_is_listed_and_erased() {
    let mut day = Journey::with_campaign("keeping").await;
    let gateway = ScriptedGateway::start().await;

    day.step("People are kept for six months, says the organiser, and the notice says so too");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.go_to("Settings").await;
    window.go_to("Privacy and keeping").await;
    let kept_for = window.select("People are kept for");
    kept_for.choose("6 months").await;
    window.button("Save").click().await;
    window.announces(&["Saved."]).await;
    window.part("The privacy notice").says("6 months").await;
    for person in [amara(), bronwen()] {
        capture_and_text(&window, &person).await;
    }
    window.quit().await;

    day.step("Bronwen is heard of in September");
    later(&mut day, &gateway, TimeDelta::days(92));
    let window = day.open().await;
    window.begin_the_day().await;
    gateway.receive(&bronwen().e164(), "When do you meet?");
    window.go_to("Inbox").await;
    window
        .row_with(&["When do you meet?"])
        .appears_within(PATIENCE * 2)
        .await;
    window.go_to("Settings").await;
    window.go_to("Privacy and keeping").await;
    window.heading("The privacy notice").appears().await;
    assert!(!window.shows("longer than that").await);
    window.quit().await;

    day.step("In January only Amara has been kept for longer");
    later(&mut day, &gateway, TimeDelta::days(214));
    let window = day.open().await;
    window.begin_the_day().await;
    window.go_to("Settings").await;
    window.go_to("Privacy and keeping").await;
    let past = window.part("1 person is kept longer than you said");
    past.says(&amara().name()).await;
    assert!(!past.text().await.contains(&bronwen().name()));

    day.step("She is erased, for good");
    window.button("Erase them").click().await;
    window.says("This cannot be undone").await;
    window.button("Erase for good").click().await;
    window.announces(&["1 person is erased."]).await;
    past.goes().await;
    window.go_to("People").await;
    let people = window.people_listed().await;
    assert_eq!(people.len(), 1, "{people:#?}");
    assert!(people[0].contains(&bronwen().name()), "{people:#?}");

    day.step("The ledger is whole");
    window.go_to("Settings").await;
    window.link("Consent ledger").click().await;
    window.button("Check the ledger").click().await;
    window
        .announces(&["entries are as they were written"])
        .await;
}

#[tokio::test]
async fn the_ledger_tells_a_yes_that_was_heard_from_one_that_is_proved() {
    let day = Journey::with_campaign("spoken and confirmed").await;
    let gateway = ScriptedGateway::start().await;

    day.step("The yes that a canvasser heard is to count, says the organiser");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.go_to("Settings").await;
    window.go_to("When texts go").await;
    let counts = window.select("Counts as consent");
    counts.choose("The yes that a canvasser heard").await;
    window.button("Save hours").click().await;
    window.announces(&["Saved."]).await;

    day.step("Both were heard, and one of them is proved by her own phone");
    for person in [amara(), gwenllian()] {
        capture_and_text(&window, &person).await;
    }
    gateway.receive(&amara().e164(), "YES");
    window.agreement_is(&amara(), "Confirmed").await;
    window.open_person(&gwenllian()).await;
    window
        .says("Agreed to texts. Spoken to the canvasser.")
        .await;
    assert!(!window.shows("Confirmed the yes").await);
    window.open_person(&amara()).await;
    window
        .says("Agreed to texts. Spoken to the canvasser.")
        .await;
    window.says("Confirmed the yes to texts. In a text.").await;

    day.step("The choice is kept, and the ledger is whole");
    window.go_to("Settings").await;
    window.go_to("When texts go").await;
    counts.holds("spoken").await;
    window.link("Consent ledger").click().await;
    window.button("Check the ledger").click().await;
    window
        .announces(&["entries are as they were written"])
        .await;
}
