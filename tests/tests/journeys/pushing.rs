//! People who are pushed to a server that speaks OSDI.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use placard_tests::journey::Journey;
use placard_tests::people::{amara, bronwen};
use placard_tests::scripted::ScriptedGateway;
use placard_tests::scripted::osdi::{OsdiServer, TOKEN};
use placard_tests::waiting::OrStop;

/// A list of people with nothing but an email address.
fn members(count: u32) -> String {
    let mut text = "first_name,last_name,email\n".to_owned();
    for index in 0..count {
        writeln!(text, "Member,Number {index:02},m{index}@example.org")
            .or_stop("writing to a text");
    }
    text
}

#[tokio::test]
async fn people_go_to_a_server_that_fails_half_way_and_each_is_there_once() {
    let day = Journey::with_campaign("a push").await;
    let server = OsdiServer::start().await;
    let window = day.open().await;
    window.begin_the_day().await;
    let gateway = ScriptedGateway::start().await;
    window.use_twilio(&gateway).await;

    day.step("Amara confirms, Bronwen opts out, and 38 members come in from a list");
    for person in [amara(), bronwen()] {
        window.capture(&person).await;
    }
    window.go_to("Texts").await;
    for (person, words) in [(amara(), "YES"), (bronwen(), "STOP")] {
        window.text_is(&person, "Delivered").await;
        gateway.receive(&person.e164(), words);
    }
    window.agreement_is(&amara(), "Confirmed").await;
    window.agreement_is(&bronwen(), "Opted out").await;
    let list = day.laptop.folder().join("members.csv");
    fs::write(&list, members(38)).expect("writing the list");
    window.report_on("People", &list).await;
    window.button("Bring in").click().await;
    window.says("38 people brought in.").await;

    day.step("A key that the server does not know is told, and the right one is kept out of sight");
    window.go_in_and_out("Export").await;
    window.field("Server address").fill(&server.address()).await;
    window.field("Token").fill("another-key").await;
    window.button("Save server").click().await;
    window.announces(&["The server is saved."]).await;
    window.button("Test").click().await;
    window.says("The server does not take the API key.").await;
    window.field("Token").fill(TOKEN).await;
    window.button("Save server").click().await;
    window.announces(&["The server is saved."]).await;
    window.button("Test").click().await;
    window
        .announces(&["A server of people", "Nobody was sent."])
        .await;
    assert!(!window.shows(TOKEN).await);
    assert_eq!(window.field("Token").value().await, "");

    day.step("It is pushed, and the screen says how far that is");
    server.refuse("Number 00");
    server.pause_after(20);
    server.fail_after(25);
    window.button("Push").click().await;
    window.says("Pushing people to the server").await;
    window.says("20 of 40").await;

    day.step("The server fails half-way: the screen says why, and how many are left");
    server.go_on();
    window.says("(HTTP 503)").await;
    let taken = server.names();
    window.says("Push again to go on with them.").await;
    window.says("Goes on where it stopped").await;
    window.quit().await;

    day.step("The next day the server is well again: the push goes on, and nobody is sent twice");
    server.recover();
    let window = day.open().await;
    window.begin_the_day().await;
    window.go_in_and_out("Export").await;
    window.says("Goes on where it stopped").await;
    window.button("Push").click().await;
    let sent = 39 - taken.len();
    window
        .says(&format!(
            "{sent} people were sent. The server had {} as they are. It did not take 1.",
            taken.len()
        ))
        .await;
    window
        .row_with(&["Member Number 00", "on our own list of opt-outs"])
        .appears()
        .await;
    let names = server.names();
    let each: BTreeSet<&String> = names.iter().collect();
    assert_eq!((names.len(), each.len()), (39, 39), "{names:?}");

    day.step(
        "The server was told that Amara confirmed and Bronwen is out, and to text nobody else",
    );
    assert_eq!(server.status_of("Okafor").as_deref(), Some("subscribed"));
    assert_eq!(server.status_of("Pugh").as_deref(), Some("unsubscribed"));
    assert_eq!(server.status_of("Number 01"), None);
}
