//! What phones answer, and what that does: YES, STOP, and what only a person can decide.

use placard_tests::capturing::Same;
use placard_tests::journey::Journey;
use placard_tests::people::{Person, amara, bronwen, edith, frank, sian};
use placard_tests::scripted::ScriptedGateway;
use placard_tests::waiting::PATIENCE;

#[tokio::test]
async fn a_yes_on_the_drawn_phone_confirms() {
    let day = Journey::begin("yes on the drawn phone").await;
    let window = day.open().await;
    window.button("Try it with practice texts").click().await;
    window.focus_is_on("First name").await;

    day.step("Amara is captured, and her text arrives");
    window.capture(&amara()).await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Delivered").await;
    window.agreement_is(&amara(), "Yes").await;

    day.step("Her phone answers yes, in her own words: she is confirmed");
    window.go_to("Texts").await;
    window.phone_says(&amara(), "Yep!").await;
    window.announces(&["Confirmed"]).await;
    window.agreement_is(&amara(), "Confirmed").await;

    day.step("The thread has both, and a question is answered by hand");
    window.go_to("Texts").await;
    window.phone_says(&amara(), "When do you meet?").await;
    window.open_thread(&amara()).await;
    window.says("Yep!").await;
    window.says("When do you meet?").await;
    window.field("Your answer").fill("Thursday at seven.").await;
    window.says("1 segment").await;
    window.button("Reply").click().await;
    window
        .row_with(&["Thursday at seven.", "Delivered"])
        .appears()
        .await;

    day.step("The receipt of her yes has the wording and the hash");
    window.open_person(&amara()).await;
    window.says("Confirmed the yes to texts").await;
    let yes = window.row_with(&["Confirmed the yes to texts"]);
    yes.button("Receipt").click().await;
    let receipt = window.dialog("Receipt: Practice Campaign");
    receipt.says("Hash").await;
    receipt.says(&amara().name()).await;
    window.button("Close").click().await;

    day.step("The ledger is whole");
    window.go_to("Settings").await;
    window.link("Consent ledger").click().await;
    window.button("Check the ledger").click().await;
    window
        .announces(&["entries are as they were written"])
        .await;
}

#[tokio::test]
async fn a_stop_in_a_household_of_three_stops_the_number() {
    let day = Journey::with_campaign("stop in a household").await;
    let gateway = ScriptedGateway::start().await;
    let third = Person {
        mobile: edith().mobile,
        ..sian()
    };

    day.step("Three people share a phone: it gets one text");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.capture(&edith()).await;
    window.capture_same(&frank(), Same::Household).await;
    window.capture_same(&third, Same::Household).await;
    window.go_to("Texts").await;
    window.text_is(&edith(), "Delivered").await;

    day.step("The phone says stop: all three are out, and Twilio's own goodbye is the only one");
    gateway.receive(&edith().e164(), "Stop");
    for person in [edith(), frank(), third.clone()] {
        window.agreement_is(&person, "Opted out").await;
    }
    assert_eq!(gateway.journal().to(&edith().e164()).len(), 1);

    day.step("Nobody on it can be texted, whatever is pressed");
    window.go_to("Inbox").await;
    window.row_with(&["Edith Holloway and 2 more"]).open().await;
    window.says("Opted out by text").await;
    assert!(!window.field("Your answer").is_there().await);

    day.step("Their own START opens it again");
    gateway.receive(&edith().e164(), "START");
    window.agreement_is(&edith(), "Yes").await;

    day.step(
        "Everything held on one of them is shown, and she is erased: the ledger still verifies",
    );
    window.open_person(&third).await;
    window.button("Export everything held").click().await;
    let held = window.dialog("Everything held");
    held.says("Everything held").await;
    window.button("Close").click().await;
    window.button("Erase").click().await;
    window.button("Erase for good").click().await;
    window.says("of the ledger stay").await;
    window.go_to("People").await;
    let people = window.people_listed().await;
    assert_eq!(people.len(), 2, "{people:#?}");
    window.go_to("Settings").await;
    window.link("Consent ledger").click().await;
    window.button("Check the ledger").click().await;
    window
        .announces(&["entries are as they were written"])
        .await;
}

#[tokio::test]
async fn a_code_from_their_own_phone_proves_a_mistyped_number() {
    let day = Journey::with_campaign("own phone").await;
    let mut gateway = ScriptedGateway::start().await;
    let mistyped = Person {
        mobile: "07700 900177".to_owned(),
        agrees: false,
        ..amara()
    };

    day.step("With no network, Amara is saved with a wrong number and shown a code");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    gateway.go_down();
    window.strip_comes_to_say("Offline").await;
    window.capture(&mistyped).await;
    window.button("Own phone: Amara Okafor").click().await;
    let sheet = window.dialog("Opt in from Amara Okafor’s own phone");
    sheet.says("07700 900999").await;
    let shown = sheet.text().await;
    let code = shown
        .split(' ')
        .skip_while(|word| *word != "JOIN")
        .nth(1)
        .expect("a code")
        .to_owned();
    window.button("Close").click().await;

    day.step("Her own phone sends it: the number is put right, and she is confirmed");
    gateway.receive(
        &amara().e164(),
        &format!("Join {}\n\nSent from my phone", code.to_lowercase()),
    );
    gateway.come_up().await;
    window.strip_comes_to_say("Online").await;
    window.agreement_is(&amara(), "Confirmed").await;
    let people = window.people_listed().await;
    assert!(people[0].contains(&amara().mobile), "{people:#?}");

    day.step("What the canvasser typed is kept, and no text was needed");
    window.open_person(&amara()).await;
    window
        .says("The number was put right. From their own phone.")
        .await;
    window
        .says("Confirmed the yes to texts. From their own phone.")
        .await;
    assert_eq!(gateway.journal().all().len(), 0);
}

#[tokio::test]
async fn what_sounds_like_an_opt_out_waits_for_a_person() {
    let day = Journey::with_campaign("likely opt-out").await;
    let mut gateway = ScriptedGateway::start().await;

    day.step("Two people are texted; one writes something that may be an opt-out");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    window.capture(&amara()).await;
    window.go_to("Texts").await;
    window.text_is(&amara(), "Delivered").await;
    gateway.receive(&amara().e164(), "please stop texting me, who are you?");
    window.open_thread(&amara()).await;
    window.says("Is this an opt-out?").await;
    assert!(!window.field("Your answer").is_there().await);

    day.step("It is decided: the number is out");
    window.button("It is an opt-out").click().await;
    window.says("Opted out by text").await;
    window.agreement_is(&amara(), "Opted out").await;

    day.step("Hostile words are words: no markup runs, and the screen holds");
    let hostile = format!(
        "<img src=x onerror=\"document.title='hacked'\">\u{202e}gnp.exe\u{0007}{}",
        "A".repeat(10_000)
    );
    gateway.receive("+447700900500", &hostile);
    gateway.receive("+447700900501", "<script>document.title='hacked'</script>");
    window.go_to("Inbox").await;
    window
        .row_with(&["Unknown number", "<script>"])
        .open()
        .await;
    window.heading("07700 900501").appears().await;
    window.says("<script>").await;
    window
        .row_with(&["Unknown number", "<img src=x"])
        .open()
        .await;
    window.heading("07700 900500").appears().await;
    assert_ne!(window.title().await, "hacked");

    day.step("An opt-out that came while the laptop was away is known before anything leaves");
    gateway.go_down();
    window.strip_comes_to_say("Offline").await;
    window.go_to("Capture").await;
    window.capture(&bronwen()).await;
    gateway.receive(&bronwen().e164(), "STOP");
    gateway.come_up().await;
    window.strip_comes_to_say("Online").await;
    window.go_to("Texts").await;
    window
        .text_comes_to_be(PATIENCE * 2, &bronwen(), "Not sent")
        .await;
    assert_eq!(gateway.journal().to(&bronwen().e164()).len(), 0);
}
