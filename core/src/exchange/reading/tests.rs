//! Files as the field makes them, and files that mean harm.

mod packed;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::Code;

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Each line's number and cells.
type Lines = Vec<(u64, Vec<String>)>;

fn lines_of(list: &List) -> Result<Lines> {
    let mut lines = Vec::new();
    list.each(&mut |line| {
        lines.push((
            line.number,
            line.cells.iter().map(str::to_owned).collect::<Vec<_>>(),
        ));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(lines)
}

fn read(bytes: &[u8]) -> Result<(String, Lines)> {
    let folder = tempfile::tempdir().unwrap();
    let list = List::open(
        &written(folder.path(), "list.csv", bytes),
        &Chosen::default(),
    )?;
    Ok((list.format(), lines_of(&list)?))
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn every_common_encoding_is_found() {
    let text = "name,town\nSiân Ó Briain,Abertawe\nZoë,Łódź\n";
    let western = "name,town\nSiân Ó Briain,Abertawe\nZoë,Mâcon\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(western);
    let with_mark = |mark: &[u8], text: Vec<u8>| [mark, &text].concat();
    for (scenario, bytes, format) in [
        ("UTF-8", text.as_bytes().to_vec(), "CSV, UTF-8, commas"),
        (
            "UTF-8 with its mark",
            with_mark(b"\xEF\xBB\xBF", text.as_bytes().to_vec()),
            "CSV, UTF-8, commas",
        ),
        (
            "UTF-16, little end first",
            with_mark(b"\xFF\xFE", utf16(text, true)),
            "CSV, UTF-16LE, commas",
        ),
        (
            "UTF-16, big end first",
            with_mark(b"\xFE\xFF", utf16(text, false)),
            "CSV, UTF-16BE, commas",
        ),
        (
            "UTF-16 without its mark",
            utf16(text, true),
            "CSV, UTF-16LE, commas",
        ),
        (
            "Windows-1252",
            windows.into_owned(),
            "CSV, windows-1252, commas",
        ),
    ] {
        let (found, lines) = read(&bytes).unwrap();
        assert_eq!(found, format, "{scenario}");
        assert_eq!(lines[0].1, ["name", "town"], "{scenario}");
        assert_eq!(lines[1].1, ["Siân Ó Briain", "Abertawe"], "{scenario}");
        assert!(lines[2].1[0] == "Zoë", "{scenario}");
    }
}

#[test]
fn what_stands_between_cells_is_found() {
    for (format, text) in [
        ("CSV, UTF-8, commas", "a,b,c\n\"1;2\",2,3\n"),
        ("CSV, UTF-8, semicolons", "a;b;c\n1;\"2,5\";3\n"),
        ("CSV, UTF-8, tabs", "a\tb\tc\n1\t2,5\t3\n"),
        ("CSV, UTF-8, bars", "a|b\n1|2\n"),
        ("CSV, UTF-8, semicolons", "sep=;\na,x;b,y\n1;2\n"),
        ("CSV, UTF-8, commas", "07700 900101\n07700 900102\n"),
    ] {
        let (found, lines) = read(text.as_bytes()).unwrap();
        assert_eq!(found, format);
        assert_ne!(
            lines[0].1[0], "sep=",
            "what Excel says of a list is no line of it"
        );
    }
}

#[test]
fn a_line_keeps_its_number_over_quoted_line_breaks() {
    for ends in ["\r\n", "\n", "\r"] {
        for after in ["", ends] {
            let text = ["a,b", "\"one", "two\",x", "", "last,y"].join(ends) + after;
            let (_, lines) = read(text.as_bytes()).unwrap();
            let numbers: Vec<u64> = lines.iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, [1, 2, 5], "{ends:?} {after:?}");
            assert_eq!(lines[1].1, ["one\ntwo", "x"]);
            assert_eq!(lines[2].1, ["last", "y"]);
        }
    }
}

#[test]
fn a_line_without_end_is_refused_before_it_is_held() {
    let mut endless = b"name,mobile\nAmina,\"0770".to_vec();
    endless.resize(endless.len() + LONGEST_LINE * 3, b'x');
    let error = read(&endless).unwrap_err();
    assert_eq!(error.code(), Code::Invalid);
    assert!(error.to_string().contains("line 2"), "{error}");
}

#[test]
fn too_many_columns_are_refused() {
    let wide = format!("a,b\n{}\n", "x,".repeat(MOST_COLUMNS + 1));
    let error = read(wide.as_bytes()).unwrap_err();
    assert!(error.to_string().starts_with("Line 2 has more"), "{error}");
}

#[test]
fn what_is_no_list_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = |path: &Path| {
        let error = List::open(path, &Chosen::default()).err().unwrap();
        assert_eq!(error.code(), Code::Invalid);
        error.to_string()
    };
    let at = |name: &str, bytes: &[u8]| sentence(&written(folder.path(), name, bytes));
    assert!(at("empty.csv", b"").contains("empty"));
    assert!(at("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").contains(".xlsx"));
    assert!(at("half.xlsx", b"PK\x03\x04 and then nothing").contains("damaged"));
    assert!(sentence(folder.path()).contains("folder"));
    assert!(sentence(&folder.path().join("gone.csv")).contains("no such file"));
    let large = written(folder.path(), "large.csv", b"a,b\n");
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(&large)
        .unwrap();
    file.set_len(MOST_BYTES + 1).unwrap();
    assert!(sentence(&large).contains("4 GB"));
}

fn workbook() -> rust_xlsxwriter::Workbook {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Members").unwrap();
    for (column, header) in ["First name", "Mobile", "Agreed on", "Agreed"]
        .iter()
        .enumerate()
    {
        let column = u16::try_from(column).unwrap();
        sheet.write_string(0, column, *header).unwrap();
    }
    sheet.write_string(1, 0, "Siân").unwrap();
    sheet.write_number(1, 1, 7_700_900_123.0).unwrap();
    let date = rust_xlsxwriter::ExcelDateTime::parse_from_str("2026-05-02").unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet
        .write_datetime_with_format(1, 2, &date, &format)
        .unwrap();
    sheet.write_boolean(1, 3, true).unwrap();
    sheet.write_string(3, 1, "+447700900124").unwrap();
    book.add_worksheet().set_name("Notes").unwrap();
    book
}

#[test]
fn a_workbook_is_read_row_by_row_as_a_person_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = workbook().save_to_buffer().unwrap();
    let path = written(folder.path(), "members.xlsx", &bytes);
    let list = List::open(&path, &Chosen::default()).unwrap();
    assert_eq!(list.format(), "Excel, sheet “Members”");
    assert_eq!(list.sheets(), ["Members", "Notes"]);
    let lines = lines_of(&list).unwrap();
    assert_eq!(
        lines,
        [
            (
                1,
                ["First name", "Mobile", "Agreed on", "Agreed"]
                    .map(str::to_owned)
                    .to_vec()
            ),
            (
                2,
                ["Siân", "7700900123", "2026-05-02", "yes"]
                    .map(str::to_owned)
                    .to_vec()
            ),
            (4, ["", "+447700900124"].map(str::to_owned).to_vec()),
        ]
    );
}

/// The same archive, with another size in the directory for the part that is called so.
fn with_size(bytes: &[u8], name: &[u8], size: u32) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let place = bytes
        .windows(name.len())
        .rposition(|window| window == name)
        .unwrap();
    bytes[place - 46 + 24..place - 46 + 28].copy_from_slice(&size.to_le_bytes());
    bytes
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused_before_it_is_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = workbook().save_to_buffer().unwrap();
    for (name, size) in [
        (&b"xl/worksheets/sheet1.xml"[..], u32::MAX - 1),
        (b"xl/sharedStrings.xml", 200 << 20),
    ] {
        let path = written(folder.path(), "bomb.xlsx", &with_size(&bytes, name, size));
        let error = List::open(&path, &Chosen::default()).err().unwrap();
        assert!(error.to_string().contains("unpacks to more"), "{error}");
    }
    // A part that is larger than its directory says is not read past that.
    let lie = with_size(&bytes, b"xl/worksheets/sheet1.xml", 300);
    let path = written(folder.path(), "lie.xlsx", &lie);
    let read = List::open(&path, &Chosen::default()).and_then(|list| lines_of(&list));
    assert_eq!(read.err().unwrap().code(), Code::Invalid);
}

#[test]
fn a_count_of_words_that_cannot_be_is_refused_before_room_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = workbook().save_to_buffer().unwrap();
    // So small a part has no room for the words that it says it has.
    let small = with_size(&bytes, b"xl/sharedStrings.xml", 10);
    let path = written(folder.path(), "words.xlsx", &small);
    let error = List::open(&path, &Chosen::default()).err().unwrap();
    assert!(error.to_string().contains("damaged"), "{error}");
}

fn refused_workbook(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "workbook.xlsx", bytes);
    let error = List::open(&path, &Chosen::default()).err().unwrap();
    assert_eq!(error.code(), Code::Invalid);
    error.to_string()
}

#[test]
fn a_count_of_words_is_found_whatever_stands_around_it() {
    let long = format!("<!--{}-->", " ".repeat(5_000));
    for (scenario, words) in [
        (
            "plainly",
            r#"<sst uniqueCount="99999999999999"/>"#.to_owned(),
        ),
        (
            "after a comment",
            format!(r#"{long}<sst uniqueCount="99999999999999"/>"#),
        ),
        (
            "after another count",
            r#"<sst a="uniqueCount=1 >" uniqueCount='99999999999999'/>"#.to_owned(),
        ),
        (
            "in other letters",
            r#"<?xml version="1.0" encoding="ISO-2022-JP"?><sst uniqueCount="9"/>"#.to_owned(),
        ),
    ] {
        let book = crate::fuzzing::workbook_of(format!("<worksheet/>\n====\n{words}").as_bytes());
        let said = refused_workbook(&book);
        assert!(said.contains("damaged"), "{scenario}: {said}");
    }
    // What reads the parts does not care for capitals.
    let mut bytes = workbook().save_to_buffer().unwrap();
    let name = b"xl/sharedStrings.xml";
    for place in 0..bytes.len() - name.len() {
        if bytes[place..].starts_with(name) {
            bytes[place..place + name.len()].copy_from_slice(b"xl/SHAREDSTRINGS.XML");
        }
    }
    let small = with_size(&bytes, b"xl/SHAREDSTRINGS.XML", 10);
    assert!(refused_workbook(&small).contains("damaged"));
}

#[test]
fn rows_that_are_out_of_order_are_refused() {
    let row =
        |number: u32| format!(r#"<row r="{number}"><c r="A{number}" t="str"><v>x</v></c></row>"#);
    let sheet = |rows: String| {
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let folder = tempfile::tempdir().unwrap();
        let book = crate::fuzzing::workbook_of(sheet.as_bytes());
        let path = written(folder.path(), "rows.xlsx", &book);
        lines_of(&List::open(&path, &Chosen::default()).unwrap())
    };
    assert_eq!(sheet(row(2) + &row(5)).unwrap().len(), 2);
    let refused = sheet(row(5) + &row(2)).unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
    assert!(
        refused.to_string().starts_with("Row 2 of the sheet stands"),
        "{refused}"
    );
}

#[test]
fn what_is_said_of_a_workbooks_looks_is_short() {
    let bytes = workbook().save_to_buffer().unwrap();
    for name in [&b"xl/styles.xml"[..], b"xl/workbook.xml", b"_rels/.rels"] {
        let said = refused_workbook(&with_size(&bytes, name, 50 << 20));
        assert!(said.contains("unpacks to more"), "{said}");
    }
}

#[test]
fn an_archive_that_can_be_read_in_two_ways_is_refused() {
    let good = workbook().save_to_buffer().unwrap();
    let end = good.len() - 22;
    let with_comment = |comment: &[u8]| {
        let mut bytes = good.clone();
        let length = u16::try_from(comment.len()).unwrap();
        bytes[end + 20..].copy_from_slice(&length.to_le_bytes());
        [bytes, comment.to_vec()].concat()
    };
    let other_end = &good[end..];
    for (scenario, bytes) in [
        (
            "another end in the comment",
            with_comment(&[other_end, b"x"].concat()),
        ),
        ("something behind the end", [&good[..], b"x"].concat()),
        (
            "something before the beginning",
            [b"PK\x03\x04", &good[..]].concat(),
        ),
        (
            "an end of 64 bits",
            [&good[..end], b"PK\x06\x07", &[0; 16], other_end].concat(),
        ),
    ] {
        let said = refused_workbook(&bytes);
        assert!(said.contains("damaged"), "{scenario}: {said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "said.xlsx", &with_comment(b"by Sam"));
    assert!(List::open(&path, &Chosen::default()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..3_000)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c\"',;\t|\r\n=é0-9]{0,400}") {
        if let Ok((_, lines)) = read(text.as_bytes()) {
            let numbers: Vec<u64> = lines.iter().map(|(number, _)| *number).collect();
            prop_assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
        }
    }

    #[test]
    fn a_spoilt_workbook_is_read_or_refused(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = workbook().save_to_buffer().unwrap();
        for (place, byte) in places {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read(&bytes);
    }
}
