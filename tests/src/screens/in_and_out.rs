//! People who come in and go out by files and backups, and a vault that is damaged while it is open.

use std::fs;

use super::Visitor;
use crate::campaign::PASSPHRASE;
use crate::journey::Journey;
use crate::laptop::Laptop;
use crate::people::{amara, bronwen, gwenllian, sian};
use crate::pictures::Size;
use crate::scripted::osdi::{OsdiServer, TOKEN};
use crate::waiting::OrStop;
use crate::window::Window;

const FIRST: [&str; 12] = [
    "Adaeze", "Beatriz", "Callum", "Dilys", "Emre", "Farida", "Gethin", "Hana", "Ifan", "Jolanta",
    "Kwame", "Leila",
];
const LAST: [&str; 11] = [
    "Abara",
    "Brennan",
    "Castell",
    "Dhillon",
    "Evans",
    "Fenwick",
    "Griffiths",
    "Haddad",
    "Ismail",
    "Jarvis",
    "Kowalska",
];

/// The members of a union branch, as its spreadsheet has them: some numbers did not survive it.
fn members() -> String {
    let mut text = "First name,Surname,Mobile,E-mail,Postcode,Branch\n".to_owned();
    for index in 0..132_usize {
        let (first, last) = (FIRST[index % FIRST.len()], LAST[index % LAST.len()]);
        let mobile = match index {
            17 | 58 | 90 => "4.47701E+11".to_owned(),
            41 => "07700 9002".to_owned(),
            index if index % 3 == 0 => String::new(),
            index => format!("07700 900{:03}", 200 + index),
        };
        let email = format!("{first}.{last}@example.org").to_lowercase();
        text.push_str(&format!(
            "{first},{last},{mobile},{email},SW9 8JX,Brixton\n"
        ));
    }
    text
}

/// On laptops of its own.
pub(super) async fn visit(visitor: &mut impl Visitor) {
    let day = Journey::with_campaign("the screens of in and out").await;
    let handed = handed_by_another(&day).await;
    let window = day.open().await;
    window.resize(Size::USUAL).await;
    window.begin_the_day().await;
    for person in [amara(), bronwen(), gwenllian()] {
        window.capture(&person).await;
    }
    visit_import(visitor, &window).await;
    visit_export(visitor, &window).await;
    visit_handing(visitor, &window, &handed).await;
    visit_backups(visitor, &window).await;
    visit_damage(visitor, &window).await;
}

/// Another laptop of the campaign has two people, and hands them over.
async fn handed_by_another(day: &Journey) -> (Laptop, std::path::PathBuf) {
    let other = Laptop::new();
    let window = day.open_on(&other).await;
    window.set_up_campaign().await;
    window.start_shift().await;
    window.capture(&sian()).await;
    window.capture(&amara()).await;
    let file = window.hand_over().await;
    window.quit().await;
    (other, file)
}

async fn visit_import(visitor: &mut impl Visitor, window: &Window<'_>) {
    let list = window.laptop().folder().join("branch members.csv");
    fs::write(&list, members()).or_stop("writing a list");
    window.go_in_and_out("Import").await;
    visitor.look("import-file", window).await;
    window.field("File").fill(&list.display().to_string()).await;
    window.button("Read the list").click().await;
    window.button("Report").appears().await;
    visitor.look("import-columns", window).await;
    window.button("Report").click().await;
    window.button("Bring in").appears().await;
    visitor.look("import-report", window).await;
    window.button("Bring in").click().await;
    window.says("people brought in").await;
    visitor.look("import-done", window).await;
}

async fn visit_export(visitor: &mut impl Visitor, window: &Window<'_>) {
    let server = OsdiServer::start().await;
    window.go_in_and_out("Export").await;
    visitor.look("export", window).await;
    window.field("Server address").fill(&server.address()).await;
    window.field("Token").fill(TOKEN).await;
    window.button("Save server").click().await;
    window.announces(&["The server is saved."]).await;
    window.button("Export").click().await;
    window.announces(&["in the file", ".csv"]).await;
    server.refuse("Castell");
    server.pause_after(40);
    window.button("Push").click().await;
    window.says("40 of").await;
    visitor.look("export-pushing", window).await;
    server.go_on();
    window.says("whom the server did not take").await;
    visitor.look("export-pushed", window).await;
}

async fn visit_handing(
    visitor: &mut impl Visitor,
    window: &Window<'_>,
    (_, file): &(Laptop, std::path::PathBuf),
) {
    window.go_in_and_out("Hand over").await;
    visitor.look("hand-over", window).await;
    window.hand_over().await;
    visitor.look("hand-over-done", window).await;
    window.go_in_and_out("Take in").await;
    visitor.look("take-in", window).await;
    window.look_into_handed(file).await;
    visitor.look("take-in-contents", window).await;
    window.button("Take in").click().await;
    window.link("Look at People").appears().await;
    visitor.look("take-in-done", window).await;
}

async fn visit_backups(visitor: &mut impl Visitor, window: &Window<'_>) {
    let stick = window.laptop().folder().join("stick");
    fs::create_dir(&stick).or_stop("making a folder for the stick");
    window.go_in_and_out("Backups").await;
    visitor.look("backups-none", window).await;
    window
        .field("Folder of the second place")
        .fill(&stick.display().to_string())
        .await;
    window.button("Use this folder").click().await;
    window.announces(&["Each backup goes there too"]).await;
    window.button("Back up now").click().await;
    window.announces(&["A backup is taken"]).await;
    window.row_with(&["in the second place"]).appears().await;
    visitor.look("backups", window).await;
    fs::remove_dir_all(&stick).or_stop("pulling the stick out");
    window.button("Back up now").click().await;
    window
        .says("The second place for backups is not there")
        .await;
    window.button("Back up now").appears().await;
    visitor.look("backups-stick-gone", window).await;
    let newest = window.laptop().backups().pop();
    let newest = newest.or_stop("looking for a backup");
    window
        .field("A backup from elsewhere")
        .fill(&newest.display().to_string())
        .await;
    window.button("Look inside").click().await;
    window.button("Restore").appears().await;
    visitor.look("restore-inside", window).await;
    window.button("Restore").click().await;
    window.button("Yes, restore").appears().await;
    visitor.look("restore-sure", window).await;
    window.button("Not now").click().await;
    window.button("Back").click().await;
}

async fn visit_damage(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.go_to("Capture").await;
    let _ = window.laptop().harm_vault();
    window.type_person(&sian()).await;
    window.button("Save").click().await;
    window.heading("The vault is damaged").appears().await;
    visitor.look("vault-harmed", window).await;
    window.button("Close it and go to the backup").click().await;
    window.says("There is a good backup").await;
    visitor.look("rescue", window).await;
    window.button("Look inside").click().await;
    window.field("Passphrase").fill(PASSPHRASE).await;
    window.button("Look inside").click().await;
    window.button("Restore").click().await;
    window.button("Yes, restore").appears().await;
    visitor.look("rescue-sure", window).await;
    window.button("Yes, restore").click().await;
    window.says("is restored.").await;
    visitor.look("restored", window).await;
}
