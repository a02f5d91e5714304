//! A workbook as others open it, and all lists as LibreOffice does.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};

use super::*;

/// The cells of the first sheet. Every one of them is text.
pub(super) fn rows_of_workbook(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = workbook.worksheet_range("People").unwrap();
    let rows = sheet.rows().map(|row| {
        let cells = row.iter().map(|cell| match cell {
            Data::String(text) => text.clone(),
            Data::Empty => String::new(),
            other => panic!("not text: {other:?}"),
        });
        cells.collect()
    });
    rows.collect()
}

fn people() -> Vec<Exported> {
    let named = |first: &str, last: &str| Exported {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        ..amina()
    };
    vec![
        named("Siân", "Ó Dónaill"),
        named("=1+1", "+2"),
        named("@SUM(1)", "a;=1+1"),
        named("প্রিয়া", "شرما"),
        named("\"Bo\", the\u{2019}", "0123"),
    ]
}

#[test]
fn a_workbook_holds_text_alone() {
    let rows = rows_of_workbook(&written(Format::Excel, &about(Country::GB), &people()));
    assert_eq!(rows.len(), 6);
    assert_eq!(
        rows[0][..4],
        ["external_id", "first_name", "last_name", "mobile"]
    );
    assert_eq!(rows[2][1..4], ["=1+1", "+2", "+447700900101"]);
}

/// What LibreOffice makes of a file, as it would save it again.
fn opened_by_libreoffice(folder: &Path, name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    std::fs::write(folder.join(name), bytes).unwrap();
    let saved = folder.join("saved");
    let mut office = Command::new("soffice");
    office
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--convert-to"])
        .arg("csv:Text - txt - csv (StarCalc):44,34,76,1");
    if name.ends_with(".csv") {
        office.arg("--infilter=CSV:44,34,76,1");
    }
    let opened = office
        .arg("--outdir")
        .arg(&saved)
        .arg(folder.join(name))
        .output()
        .expect("LibreOffice opens what is exported: install libreoffice-calc-nogui");
    let stem = Path::new(name).with_extension("csv");
    let again = std::fs::read(saved.join(stem));
    cells(&again.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&opened.stderr))))
}

#[cfg(target_os = "linux")]
#[test]
fn libreoffice_opens_every_list_and_shows_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let about = about(Country::GB);
    for (name, format) in [
        ("plain.csv", Format::Csv),
        ("nation_builder.csv", Format::NationBuilder),
        ("action_network.csv", Format::ActionNetwork),
        ("van.csv", Format::Van),
        ("workbook.xlsx", Format::Excel),
    ] {
        let bytes = written(format, &about, &people());
        let wrote = match format {
            Format::Excel => rows_of_workbook(&bytes),
            _ => cells(&bytes),
        };
        let shown = opened_by_libreoffice(folder.path(), name, &bytes);
        assert_eq!(shown.len(), wrote.len(), "{name}");
        for (shown, wrote) in shown.iter().zip(&wrote) {
            for (shown, wrote) in shown.iter().zip(wrote) {
                // To it a name of digits is a number, and "true" is a word that it writes in capitals.
                let same = shown.eq_ignore_ascii_case(wrote) || wrote.trim().parse::<f64>().is_ok();
                assert!(same, "{name}: {shown:?} for {wrote:?}");
            }
        }
    }
}
