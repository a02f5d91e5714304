//! People who go out to files: as many as the screen says, and nobody subscribed who is not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use placard_tests::journey::Journey;
use placard_tests::laptop::Laptop;
use placard_tests::people::{amara, bronwen, cora, dev};
use placard_tests::scripted::ScriptedGateway;
use placard_tests::waiting::OrStop;
use placard_tests::window::Window;

/// The lines of a file of ours by the first name in each, with the cells named by the columns.
fn lines(file: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = fs::read_to_string(file).or_stop("the export");
    let mut rows = text.lines().map(cells);
    let headers = rows.next().or_stop("a first line");
    rows.map(|row| {
        let named: BTreeMap<String, String> = headers.iter().cloned().zip(row).collect();
        (named["first_name"].clone(), named)
    })
    .collect()
}

/// The cells of a line, of which some stand between quotes.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.trim_start_matches('\u{feff}').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    cells
}

async fn export(window: &Window<'_>, laptop: &Laptop, format: &str, ending: &str) -> Vec<u8> {
    window.go_in_and_out("Export").await;
    window.radio("Whom People shows").click().await;
    window.radio(format).click().await;
    window.button("Export").click().await;
    window
        .announces(&["2 people are in the file, 1 subscribed to texts", ending])
        .await;
    fs::read(laptop.newest_download(ending)).or_stop("the export")
}

#[tokio::test]
async fn those_whom_a_filter_shows_go_to_files_and_who_opted_out_is_not_subscribed() {
    let day = Journey::with_campaign("export").await;
    let window = day.open().await;
    window.begin_the_day().await;
    let gateway = ScriptedGateway::start().await;
    window.use_twilio(&gateway).await;

    day.step("Amara and Bronwen confirm, and Bronwen opts out; Cora and Dev agree to nothing");
    for person in [amara(), bronwen(), cora(), dev()] {
        window.capture(&person).await;
    }
    window.go_to("Texts").await;
    for (person, words) in [(amara(), "YES"), (bronwen(), "YES")] {
        window.text_is(&person, "Delivered").await;
        gateway.receive(&person.e164(), words);
        window.agreement_is(&person, "Confirmed").await;
        window.go_to("Texts").await;
    }
    gateway.receive(&bronwen().e164(), "STOP");
    window.agreement_is(&bronwen(), "Opted out").await;

    day.step("A filter shows the two who got a text");
    window.go_to("People").await;
    window.button("Filters").click().await;
    window.select("Text").choose("Delivered").await;
    window.says("2 of 4").await;

    day.step("As CSV: both are in it, with what each said");
    export(&window, &day.laptop, "CSV", ".csv").await;
    let people = lines(&day.laptop.newest_download(".csv"));
    assert_eq!(people.keys().collect::<Vec<_>>(), ["Amara", "Bronwen"]);
    assert_eq!(people["Amara"]["texts_status"], "subscribed");
    assert_eq!(people["Amara"]["opted_out"], "");
    assert_eq!(people["Bronwen"]["texts_status"], "unsubscribed");
    assert_eq!(people["Bronwen"]["opted_out"], "yes");

    day.step("For NationBuilder: only Amara's mobile is opted in");
    export(&window, &day.laptop, "NationBuilder", ".csv").await;
    let people = lines(&day.laptop.newest_download(".csv"));
    assert_eq!(people.keys().collect::<Vec<_>>(), ["Amara", "Bronwen"]);
    assert_eq!(people["Amara"]["mobile_opt_in"], "true");
    assert_eq!(people["Bronwen"]["mobile_opt_in"], "false");
    assert_eq!(people["Bronwen"]["email_opt_in"], "false");

    day.step("As a workbook: it is one, and Placard finds in it who was put there");
    let book = export(&window, &day.laptop, "Excel", ".xlsx").await;
    assert!(book.starts_with(b"PK"), "a workbook is an archive");
    window
        .report_on("People", &day.laptop.newest_download(".xlsx"))
        .await;
    window.says("0 new people, 2 as they are already").await;
    assert_eq!(
        day.laptop.downloads(".csv").len(),
        2,
        "none is written over"
    );

    day.step("What is exported changes nobody");
    window.go_to("People").await;
    window.says("2 of 4").await;
}
