//! The form: what it understands, what it asks, and what it never does twice.

use std::time::Duration;

use placard_tests::campaign::CANVASSER;
use placard_tests::capturing::Same;
use placard_tests::journey::Journey;
use placard_tests::people::{Person, amara, bronwen, edith, frank, sian};
use placard_tests::scripted::ScriptedGateway;
use placard_tests::window::Window;
use thirtyfour::Key;

#[tokio::test]
async fn a_mobile_is_understood_as_it_is_typed_and_what_is_none_is_named() {
    let day = Journey::begin("mobiles").await;
    let window = day.open().await;
    window.button("Try it with practice texts").click().await;
    window.focus_is_on("First name").await;

    day.step("However it is typed, it is shown as it is written here and read back aloud");
    let spoken = "zero double seven, double zero · nine double zero · one zero one";
    for typed in [
        "07700900101",
        "+44 (0)7700 900101",
        "tel:+44-7700-900101",
        "'7700900101",
        "٠٧٧٠٠٩٠٠١٠١",
    ] {
        window.field("Mobile").fill(typed).await;
        window.press(Key::Tab).await;
        window.field("Mobile").holds("07700 900101").await;
        window.says("UK mobile").await;
        window.says(spoken).await;
    }

    day.step("A mobile from abroad is fine");
    window.field("Mobile").fill("+1 202 555 0123").await;
    window.says("US mobile").await;

    day.step("What cannot get texts is told apart in words, and not saved as a mobile");
    let sort_of_number = [
        ("020 7946 0123", "That is a landline: it cannot get texts."),
        (
            "0909 879 0123",
            "That is a premium-rate number: it cannot get texts.",
        ),
        ("60777", "That is a short code, not a person's mobile."),
        ("07700 9001", "Keep typing"),
        ("ring the bell", "A mobile number has no letters."),
    ];
    window.field("First name").type_text("Nobody").await;
    for (typed, sentence) in sort_of_number {
        window.field("Mobile").fill(typed).await;
        window.says(sentence).await;
        window.press(Key::Enter).await;
        window.says("or clear it to save without a mobile.").await;
        assert!(!window.shows("Saved Nobody").await, "{typed}");
    }

    day.step("Without it the person can be saved");
    window.field("Mobile").fill("").await;
    window.press(Key::Enter).await;
    window.announces(&["Saved", "Nobody"]).await;
}

/// Presses closer together than this are one press.
const BOUNCING: Duration = Duration::from_millis(800);

#[tokio::test]
async fn a_mobile_that_is_there_already_is_shown_and_the_canvasser_chooses() {
    let day = Journey::with_campaign("the same mobile").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&amara()).await;
    window.capture(&edith()).await;

    day.step("Who has it, since when and by whom is shown before anything is saved");
    let again = Person {
        last: "Okafor-Bell".to_owned(),
        ..amara()
    };
    window.type_same(&again).await;
    let panel = window.part("This mobile is already there");
    for words in [amara().name().as_str(), "just now", CANVASSER] {
        panel.says(words).await;
    }

    day.step("Enter does not save over the question: the first answer has the focus");
    window.press(Key::Enter).await;
    window.focus_is_on("Same person").await;

    day.step("A key that bounces is no answer");
    window.press(Key::Enter).await;
    assert!(panel.is_there().await);

    day.step("The same person is brought up to date");
    tokio::time::sleep(BOUNCING).await;
    window.press(Key::Enter).await;
    window.called_saved(&again).await;
    window.says("Brought up to date.").await;

    day.step("Somebody who shares the phone, with a key; and somebody else who has the number");
    window.type_same(&frank()).await;
    window.press_with(Key::Alt, 'h').await;
    window.called_saved(&frank()).await;
    let third = Person {
        mobile: amara().mobile,
        ..sian()
    };
    window.capture_same(&third, Same::Anyway).await;

    day.step("There are four people, and each phone gets one text");
    window.go_to("People").await;
    let people = window.people_listed().await;
    assert_eq!(people.len(), 4, "{people:#?}");
    assert!(
        people.iter().any(|row| row.contains("Okafor-Bell")),
        "{people:#?}"
    );
    window.go_to("Texts").await;
    window.text_is(&again, "Delivered").await;
    window.text_is(&edith(), "Delivered").await;
    window.text_is(&frank(), "Not sent").await;
    window.text_is(&third, "Not sent").await;
    for mobile in [amara().mobile, edith().mobile] {
        assert_eq!(window.row_with(&[&format!("To {mobile}")]).count().await, 1);
    }
}

#[tokio::test]
async fn hurried_hands_save_once_and_undo_keeps_a_text_from_going() {
    let day = Journey::with_campaign("hurried hands").await;
    let mut gateway = ScriptedGateway::down();
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;

    day.step("A bouncing Enter and a double click save one person each");
    window.type_person(&amara()).await;
    window.press_times(6, Key::Enter).await;
    window.called_saved(&amara()).await;
    window.type_person(&bronwen()).await;
    window.button("Save").double_click().await;
    window.called_saved(&bronwen()).await;
    window.strip_says("2 texts wait").await;

    day.step("Ctrl+Z undoes Bronwen, and her text does not go");
    window.undo(&bronwen()).await;
    window.says("Their text does not go.").await;
    window.strip_says("1 texts wait").await;
    assert_eq!(listed(&window).await, 1);

    day.step("Who was undone can be captured anew; the button undoes that as well");
    window.go_to("Capture").await;
    window.capture(&bronwen()).await;
    window.button("Undo").click().await;
    window.announces(&["Undone", &bronwen().name()]).await;

    day.step("The gateway is back: Amara's text goes, and nobody else's");
    gateway.come_up().await;
    window.network_comes_back().await;
    window.strip_says("no texts wait").await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Delivered").await;
    let journal = gateway.journal();
    assert_eq!(journal.doubles(), []);
    let taken: Vec<&str> = journal.all().iter().map(|text| text.to.as_str()).collect();
    assert_eq!(taken, [amara().e164()]);

    day.step("Where the text has left, Undo says so");
    window.go_to("Capture").await;
    window.undo(&amara()).await;
    window
        .says("Their text had left already, and cannot be called back.")
        .await;
    window.says("Nobody yet").await;
}

async fn listed(window: &Window<'_>) -> usize {
    window.go_to("People").await;
    window.people_listed().await.len()
}
