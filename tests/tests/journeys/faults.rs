//! Everything that can go wrong between the laptop and the phone.

use std::time::Duration;

use placard_tests::journey::Journey;
use placard_tests::people::Person;
use placard_tests::scripted::Outcome::{
    Break, Drop, Hang, Later, Portal, Redirect, Refuse, Take, TakeAndBreak, TakeAndCutShort,
    TakeAndDrop, TakeAndHang, TakeThenUndeliver,
};
use placard_tests::scripted::{Outcome, ScriptedGateway, Wall};
use placard_tests::window::Window;

/// Two answers that never come take a quarter of a minute each, and more silence slows Placard down.
const LONG: Duration = Duration::from_secs(60);

/// What befalls a text, and what is true of it afterwards.
struct Fate {
    outcome: Outcome,
    state: &'static str,
    says: &'static str,
    /// How often the gateway has it.
    taken: usize,
}

const fn fate(outcome: Outcome, state: &'static str, says: &'static str, taken: usize) -> Fate {
    Fate {
        outcome,
        state,
        says,
        taken,
    }
}

const ARRIVED: &str = "It is on the phone.";
const ASKING: &str = "will not send it twice";

/// In the order in which they are captured. A text that arrives between two that are lost keeps
/// Placard from slowing down, as it would where nothing gets through.
const FATES: [Fate; 23] = [
    fate(Take, "Delivered", ARRIVED, 1),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(TakeAndHang, "Delivered", ARRIVED, 1),
    fate(Hang, "Uncertain", ASKING, 0),
    fate(Refuse(21211), "Failed", "this number cannot get texts", 0),
    fate(Refuse(21610), "Failed", "opted out with the carrier", 0),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(TakeAndDrop, "Delivered", ARRIVED, 1),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(Drop, "Uncertain", ASKING, 0),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(TakeAndBreak, "Delivered", ARRIVED, 1),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(Break, "Uncertain", ASKING, 0),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(Portal, "Uncertain", ASKING, 0),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(Redirect, "Uncertain", ASKING, 0),
    fate(Take, "Delivered", ARRIVED, 1),
    fate(TakeAndCutShort, "Delivered", ARRIVED, 1),
    fate(Later(2), "Delivered", ARRIVED, 1),
    fate(
        TakeThenUndeliver(30005),
        "Undelivered",
        "this number cannot get texts",
        1,
    ),
    fate(
        TakeThenUndeliver(30034),
        "Undelivered",
        "not allowed or not registered",
        1,
    ),
];

fn those_of_fate() -> impl Iterator<Item = (Person, &'static Fate)> {
    (1..).map(Person::numbered).zip(&FATES)
}

#[tokio::test]
async fn no_fault_doubles_or_loses_a_text_and_the_screen_tells_the_truth() {
    let day = Journey::with_campaign("every fault").await;
    let gateway = ScriptedGateway::start().await;
    gateway.stand_behind(Some(Wall::Portal));

    day.step("Behind a sign-in page everybody waits, and the page is named");
    let window = day.open().await;
    window.begin_the_day().await;
    window.use_twilio(&gateway).await;
    for (person, fate) in those_of_fate() {
        gateway.keep_for(&person.e164(), fate.outcome);
        window.capture(&person).await;
    }
    window.go_to("Texts").await;
    window.strip_says("Offline").await;
    window
        .strip_says(&format!("{} texts wait", FATES.len()))
        .await;
    window.says("this network wants you to sign in first").await;

    day.step("A redirect is no gateway either");
    gateway.stand_behind(Some(Wall::Redirect));
    window.network_comes_back().await;
    window.strip_says("Offline").await;
    assert_eq!(gateway.times_asked(), 0);

    day.step("The way is free: each text meets its fate, and the screen says which");
    gateway.stand_behind(None);
    window.network_comes_back().await;
    for (person, fate) in those_of_fate() {
        window.text_comes_to_be(LONG, &person, fate.state).await;
        let row = window.text_of(&person).await.unwrap_or_default();
        assert!(row.contains(fate.says), "{:?}: {row}", fate.outcome);
    }
    let uncertain = FATES
        .iter()
        .filter(|fate| fate.state == "Uncertain")
        .count();
    window.strip_says(&format!("{uncertain} texts wait")).await;

    day.step("The gateway has what it should have, and nothing twice");
    let journal = gateway.journal();
    for (person, fate) in those_of_fate() {
        let taken = journal.to(&person.e164()).len();
        assert_eq!(taken, fate.taken, "{:?}", fate.outcome);
    }

    day.step("The lost answer of a text that was taken is told in its evidence");
    let dropped = |fate: &&Fate| fate.outcome == TakeAndDrop;
    let (lost, _) = those_of_fate()
        .find(|(_, fate)| dropped(fate))
        .expect("one was dropped");
    let row = window.row_with(&[&lost.name(), &lost.mobile]);
    row.button("What the gateway said").click().await;
    window
        .says("The provider has it: its answer had been lost on the way.")
        .await;

    day.step("An unregistered sender stops the others until a person says that it is mended");
    window.says("Texts to the UK are stopped").await;
    window.button("Carry on sending").click().await;
    window.button("Carry on sending").goes().await;

    day.step("A person decides about those that nobody can know of, and each goes once");
    for (person, _) in those_of_fate().filter(|(_, fate)| fate.state == "Uncertain") {
        window.insist_on(&person).await;
        window.text_is(&person, "Delivered").await;
    }
    window.strip_says("no texts wait").await;
    nothing_is_lost_or_doubled(&window, &gateway).await;
}

async fn nothing_is_lost_or_doubled(window: &Window<'_>, gateway: &ScriptedGateway) {
    let journal = gateway.journal();
    assert_eq!(journal.doubles(), []);
    for (person, fate) in those_of_fate() {
        let has = usize::from(fate.state != "Failed");
        assert_eq!(journal.to(&person.e164()).len(), has, "{:?}", fate.outcome);
    }
    let told = window.all_texts().await;
    assert_eq!(told.len(), FATES.len(), "every text has its row: {told:#?}");
}
