//! The supporter's own side of the screen: their own hand, and no way out of it.

use placard_tests::commands;
use placard_tests::journey::Journey;
use placard_tests::people::amara;
use placard_tests::presses::{At, OF_THE_BROWSER, that_lead_out, that_stay};
use placard_tests::standing::Standing;
use placard_tests::turned::{PIN, SECOND_QUESTION, THANKS, WRONG_PIN};
use placard_tests::window::Window;
use thirtyfour::Key;

/// The commands that answer while the screen is turned, and why.
const OWN_SIDE: [(&str, &str); 7] = [
    ("scene", "says that the screen is turned, and no more"),
    (
        "flip_view",
        "what the supporter reads: languages and questions",
    ),
    ("flip_check", "what of their details cannot be used"),
    ("flip_save", "saves what they typed"),
    ("flip_back", "takes the PIN"),
    ("countries", "the same list in every campaign"),
    ("network_changed", "texts go on, and nothing is told"),
];

/// Presses everything there is with the focus where it is: nothing of it leads anywhere, and none that could is left
/// to the page engine.
async fn press_everything(window: &Window<'_>, at: At, place: &str, was: &Standing) {
    let focus = window.focused().await;
    let given = window.not_held_back(&that_lead_out(at)).await;
    assert!(given.is_empty(), "{place}: {given:?}");
    let given = window.not_held_back_by_name(&OF_THE_BROWSER).await;
    assert!(given.is_empty(), "{place}: {given:?}");
    assert_eq!(window.focused().await, focus, "{place}");
    assert_eq!(window.standing().await, *was, "{place}");
}

/// Presses what may be pressed, which leads nowhere either.
async fn press_the_rest(window: &Window<'_>, at: At, place: &str, was: &Standing) {
    window.give(&that_stay(at)).await;
    assert_eq!(window.standing().await, *was, "{place}");
}

#[tokio::test]
async fn no_key_leads_out_of_the_turned_screen() {
    let day = Journey::with_campaign("keys on the turned screen").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&amara()).await;
    window.mark().await;
    window.turn().await;
    let was = window.standing().await;

    day.step("On the list of languages");
    let place = "the list of languages";
    window.tab_to("English").await;
    press_everything(&window, At::Button, place, &was).await;
    press_the_rest(&window, At::Button, place, &was).await;
    window.button("Cymraeg").appears().await;

    day.step("In a field of the details, where what is typed stays as it is");
    let place = "a field of the details";
    window.button("English").click().await;
    let field = window.field("First name");
    field.fill("Gwen").await;
    press_everything(&window, At::Field, place, &was).await;
    assert_eq!(field.value().await, "Gwen");

    day.step("What edits a field edits it, but nothing is pasted: it may be somebody else's");
    window.press_with(Key::Control, 'a').await;
    window.press_with(Key::Control, 'x').await;
    field.holds("").await;
    window.press_with(Key::Control, 'v').await;
    window.press_with(Key::Shift, Key::Insert.value()).await;
    window.type_text("Owen").await;
    field.holds("Owen").await;
    window.press(Key::Backspace).await;
    window.press(Key::Left).await;
    window.type_text("Y").await;
    field.holds("OwYe").await;
    window.press(Key::Tab).await;
    window.focus_is_on("Last name").await;
    press_the_rest(&window, At::Field, place, &was).await;
    let offered = window.offered_again().await;
    assert!(offered.is_empty(), "{offered:?}");

    day.step("In the field of the PIN");
    let place = "the field of the PIN";
    window.button("Canvasser").click().await;
    let field = window.field("PIN");
    field.fill("13").await;
    press_everything(&window, At::Field, place, &was).await;
    assert_eq!(field.value().await, "13");
    press_the_rest(&window, At::Field, place, &was).await;
    let offered = window.offered_again().await;
    assert!(offered.is_empty(), "{offered:?}");
    assert!(!window.shows(&amara().name()).await);
    assert!(!window.has_a_menu().await);

    day.step("The PIN leads back still, and there the keys are Placard's again");
    window.try_pin(PIN).await;
    window.button("Flip screen").appears().await;
    window.press_with(Key::Alt, '2').await;
    window.heading("People").appears().await;
}

#[tokio::test]
async fn the_turned_screen_cannot_be_left_without_the_pin() {
    let day = Journey::with_campaign("the turned screen").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&amara()).await;

    day.step("The first time, a PIN is chosen; then the supporter's own side is there");
    window.turn().await;
    assert!(!window.shows(&amara().name()).await, "nobody else's data");

    day.step("Another address leads nowhere, and loaded anew the screen is turned still");
    window.go_straight_to("#/people").await;
    window.button("English").appears().await;
    assert!(!window.shows(&amara().name()).await);
    window.reload().await;
    window.button("English").appears().await;
    assert!(!window.shows(&amara().name()).await);

    day.step("A page without manners gets nothing from the core either");
    let commands = commands::all();
    assert!(commands.len() > 70, "{commands:?}");
    for (command, why) in OWN_SIDE {
        assert!(commands.contains(command), "{command} ({why}) is no more");
    }
    let own = |command: &str| OWN_SIDE.iter().any(|&(own, _)| own == command);
    for command in commands.into_iter().filter(|command| !own(command)) {
        assert_eq!(window.core_says(command).await, "flipped", "{command}");
    }

    day.step("A supporter says yes with her own hand, and the thanks have nothing of hers");
    window.introduce("Gwen", "07700900142").await;
    window.answers("Yes", SECOND_QUESTION).await;
    window.answers("No", THANKS).await;
    assert!(!window.shows("Gwen").await);

    day.step("Only the PIN leads back");
    window.button("Canvasser").click().await;
    window.try_pin(WRONG_PIN).await;
    window.says("That is not the PIN").await;
    window.try_pin(PIN).await;
    window.button("Flip screen").appears().await;
    window.link("People").click().await;
    window.link("Gwen").click().await;
    window
        .says("Agreed to texts. By their own hand, on the laptop.")
        .await;
    window.says("Said no to a note of what they think.").await;
}

#[tokio::test]
async fn five_wrong_pins_lock_the_vault() {
    let day = Journey::with_campaign("five wrong PINs").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.turn().await;

    day.step("Each wrong PIN says how many more there are");
    window.button("Canvasser").click().await;
    for more in [4, 3] {
        window.try_pin(WRONG_PIN).await;
        window
            .says(&format!("{more} more and Placard locks."))
            .await;
    }

    day.step("Loading the page anew gives none of them back");
    window.reload().await;
    window.button("Canvasser").click().await;
    for more in [2, 1] {
        window.try_pin(WRONG_PIN).await;
        window
            .says(&format!("{more} more and Placard locks."))
            .await;
    }

    day.step("The fifth locks the vault: the PIN is worth nothing now, the passphrase opens");
    window.try_pin(WRONG_PIN).await;
    window.field("Passphrase").appears().await;
    assert!(!window.button("Canvasser").is_there().await);
    window.unlock_with(PIN).await;
    window
        .says("That passphrase does not open this vault.")
        .await;
    window.unlock().await;
    window.skip_shift().await;

    day.step("The screen is not turned: the canvasser's side is there, and answers");
    window.button("Flip screen").appears().await;
    window.capture(&amara()).await;
    window.open_person(&amara()).await;
}

#[tokio::test]
async fn closing_the_turned_window_locks_the_vault_and_keeps_nothing_half_typed() {
    let day = Journey::with_campaign("closing the turned window").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.capture(&amara()).await;
    window.turn().await;

    day.step("Rhiannon has half typed who she is when the window is closed");
    window.button("English").click().await;
    window.field("First name").fill("Rhiannon").await;
    window.field("Mobile number").fill("07700900143").await;
    window.field("Email").fill("rhian@example.org").await;
    window.quit().await;
    let telling = day
        .laptop
        .files_that_tell(&["Rhiannon", "900143", "rhian@"]);
    assert!(telling.is_empty(), "{telling:?}");

    day.step("Opened again, Placard is locked, and neither side is there");
    let window = day.open().await;
    window.field("Passphrase").appears().await;
    assert!(!window.button("Canvasser").is_there().await);
    assert!(!window.shows("Rhiannon").await);

    day.step("Unlocked, it is on the canvasser's side, where nothing of hers is");
    window.begin_the_day().await;
    for field in ["First name", "Last name", "Mobile", "Email"] {
        assert_eq!(window.field(field).value().await, "", "{field}");
    }
    assert!(!window.shows("What was typed earlier is back.").await);
    window.go_to("People").await;
    let people = window.people_listed().await;
    assert_eq!(people.len(), 1, "{people:#?}");
    assert!(people[0].contains(&amara().name()), "{people:#?}");

    day.step("Nor is it where she typed it");
    window.go_to("Capture").await;
    window.button("Flip screen").click().await;
    window.button("English").click().await;
    for field in ["First name", "Mobile number", "Email"] {
        assert_eq!(window.field(field).value().await, "", "{field}");
    }
}

#[tokio::test]
async fn a_press_that_bounces_answers_one_question() {
    let day = Journey::with_campaign("a press that bounces").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.turn().await;

    day.step("Enter bounces on “Yes”: the second question is asked, and waits");
    window.introduce("Gwen", "07700900142").await;
    window.tab_to("Yes").await;
    let bounce = async || window.press_times(2, Key::Enter).await;
    window.answers_until(SECOND_QUESTION, bounce).await;
    assert!(!window.shows(THANKS).await);
    window.answers("No", THANKS).await;

    day.step("So it is when a finger bounces, whose second press is where the next “Yes” is");
    window.button("Start again").click().await;
    window.introduce("Huw", "07700900144").await;
    let yes = window.button("Yes");
    let bounce = async || yes.double_click().await;
    window.answers_until(SECOND_QUESTION, bounce).await;
    assert!(!window.shows(THANKS).await);
    window.answers("No", THANKS).await;

    day.step("Each of them has said what they said, and no more");
    window.turn_back().await;
    for name in ["Gwen", "Huw"] {
        window.go_to("People").await;
        window.link(name).click().await;
        window
            .says("Agreed to texts. By their own hand, on the laptop.")
            .await;
        window.says("Said no to a note of what they think.").await;
    }
}

#[tokio::test]
async fn whoever_walks_away_leaves_nothing_to_the_next() {
    let day = Journey::with_campaign("somebody walks away").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.turn().await;

    day.step("Gwen has typed who she is, and is called away");
    window.button("English").click().await;
    let typed = [
        ("First name", "Gwen"),
        ("Last name", "Tudor"),
        ("Mobile number", "07700900142"),
    ];
    for (field, text) in typed {
        window.field(field).fill(text).await;
    }

    day.step("Whoever comes next starts again, with empty fields");
    window.button("Start again").click().await;
    window.button("Cymraeg").appears().await;
    window.button("English").click().await;
    for (field, text) in typed {
        assert_eq!(window.field(field).value().await, "", "{field}");
        assert!(!window.shows(text).await);
    }
}
