//! Lists of nothing but numbers: who wants no texts, and whom nobody calls.

use std::fs;

use placard_tests::journey::Journey;
use placard_tests::people::{amara, bronwen, gwenllian};
use placard_tests::scripted::ScriptedGateway;

#[tokio::test]
async fn numbers_on_a_list_of_opt_outs_get_no_text_from_the_moment_that_it_is_in() {
    let day = Journey::with_campaign("lists of numbers").await;
    let mut gateway = ScriptedGateway::down();
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;

    day.step("Three texts wait for the network");
    for person in [amara(), bronwen(), gwenllian()] {
        window.capture(&person).await;
    }
    window.go_to("Texts").await;
    for person in [amara(), bronwen(), gwenllian()] {
        window.text_is(&person, "Waiting").await;
    }

    day.step("A list of opt-outs comes in: Amara's number, and one that nobody has given yet");
    let list = day.laptop.folder().join("stop.csv");
    fs::write(&list, "07700 900101\n+44 7700 900155\nnot a number\n").expect("writing the list");
    window.report_on("Opt-outs", &list).await;
    window.says("2 new numbers").await;
    window.button("Bring in").click().await;
    window
        .says("2 numbers are opted out from now on: no text goes to them.")
        .await;

    day.step("Her text does not go any more, and the screen says so at once");
    window.go_to("Texts").await;
    window.text_is(&amara(), "Not sent").await;
    window
        .says("This number is opted out. It gets no texts.")
        .await;
    window.open_person(&amara()).await;
    window.says("Opted out: nothing goes to this number.").await;

    day.step("The network is back: the others are texted, and she is not");
    gateway.come_up().await;
    window.go_to("Texts").await;
    for person in [bronwen(), gwenllian()] {
        window
            .row_with(&[&person.name(), &person.mobile])
            .button("Send now")
            .click_if_there()
            .await;
        window.text_is(&person, "Delivered").await;
    }
    assert!(gateway.journal().to(&amara().e164()).is_empty());
    assert_eq!(gateway.journal().all().len(), 2);

    day.step("Whoever gives the other number later gets none either");
    window.go_to("Capture").await;
    let mut late = placard_tests::people::sian();
    late.mobile = "07700 900155".to_owned();
    window.type_person(&late).await;
    window.press(thirtyfour::Key::Enter).await;
    window.called_saved(&late).await;
    window.open_person(&late).await;
    window.says("Opted out: nothing goes to this number.").await;
    assert_eq!(gateway.journal().all().len(), 2);

    day.step("A do-not-call list stands on the person's page, and stops no text");
    let list = day.laptop.folder().join("tps.csv");
    fs::write(&list, "Phone\n07700 900102\n").expect("writing the list");
    window.report_on("Do not call", &list).await;
    window.says("1 new number").await;
    window.button("Bring in").click().await;
    window
        .says("1 number is on the do-not-call list from now on")
        .await;
    window.open_person(&bronwen()).await;
    window
        .says("Nobody calls them: the number is on a do-not-call list that was brought in.")
        .await;
    window.open_person(&gwenllian()).await;
    assert!(!window.shows("Nobody calls them").await);
}
