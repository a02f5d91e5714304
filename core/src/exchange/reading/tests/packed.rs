//! Workbooks whose parts are packed tight: what is held of them is not what lies on the disk.

use super::*;

const SHEET: &str = "xl/worksheets/sheet1.xml";
const WORDS: &str = "xl/sharedStrings.xml";

/// The lines of a workbook of these parts, really packed.
fn packed(parts: &[(&str, &[u8])]) -> Result<Lines> {
    let folder = tempfile::tempdir().unwrap();
    let book = crate::fuzzing::packed_workbook_of(parts);
    assert!(book.len() < 3 << 20, "it packs well");
    let path = written(folder.path(), "packed.xlsx", &book);
    lines_of(&List::open(&path, &Chosen::default())?)
}

fn sheet_of(cells: &str) -> String {
    format!(r#"<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>"#)
}

#[test]
fn a_cell_without_end_is_refused_before_it_is_held() {
    let long = "x".repeat(2 << 20);
    let cell = |inside: &str| format!(r#"<c r="A1" t="inlineStr">{inside}</c>"#);
    for (scenario, sheet) in [
        (
            "in one",
            sheet_of(&cell(&format!("<is><t>{long}</t></is>"))),
        ),
        (
            "in many pieces",
            sheet_of(&cell(&format!(
                "<is>{}</is>",
                "<r><t>xxxxxxxx</t></r>".repeat(400_000)
            ))),
        ),
        (
            "beside it",
            sheet_of(&format!(r#"<c r="A1" s="{long}"><v>1</v></c>"#)),
        ),
        ("before it", sheet_of(&format!("<!--{long}-->"))),
        ("one within the other", sheet_of(&"<c>".repeat(1 << 20))),
    ] {
        let refused = packed(&[(SHEET, sheet.as_bytes())]).unwrap_err();
        assert_eq!(refused.code(), Code::Invalid, "{scenario}");
        let said = refused.to_string();
        assert!(
            said.contains("holds more than Placard reads") || said.contains("damaged"),
            "{scenario}: {said}"
        );
    }
    let words = format!("<sst><si><t>{long}</t></si></sst>");
    let said = packed(&[(WORDS, words.as_bytes())]).unwrap_err();
    assert!(said.to_string().contains("Shorten it"), "{said}");
    // A sheet may be called as nobody calls one.
    let links = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="media/1.png"/></Relationships>"#;
    let links = ("xl/_rels/workbook.xml.rels", links.as_bytes());
    let sheet = |inside: &str| sheet_of(&cell(&format!("<is><t>{inside}</t></is>")));
    let short = packed(&[links, ("xl/media/1.png", sheet("Amina").as_bytes())]).unwrap();
    assert_eq!(short[0].1, ["Amina"]);
    let said = packed(&[links, ("xl/media/1.png", sheet(&long).as_bytes())]).unwrap_err();
    assert!(said.to_string().contains("damaged"), "{said}");
}

#[test]
fn a_long_sheet_of_short_cells_is_read_with_all_that_lies_beside_it() {
    let rows = |cells: &str| {
        let rows = (1..=40_000).map(|row| format!(r#"<row r="{row}">{cells}</row>"#));
        format!(
            "<worksheet><sheetData>{}</sheetData></worksheet>",
            rows.collect::<String>()
        )
    };
    let sheet = rows(r#"<c t="inlineStr"><is><t>Amina</t></is></c><c t="s"><v>0</v></c>"#);
    assert!(sheet.len() > 2 * LONGEST_LINE);
    let words = "<sst><si><t>Khan</t></si></sst>";
    let picture: Vec<u8> = (0..2 * LONGEST_LINE)
        .map(|byte| (byte % 251) as u8)
        .collect();
    let lines = packed(&[
        (SHEET, sheet.as_bytes()),
        (WORDS, words.as_bytes()),
        ("xl/media/image1.png", picture.as_slice()),
    ])
    .unwrap();
    assert_eq!(lines.len(), 40_000);
    assert_eq!(lines[39_999].1, ["Amina", "Khan"]);
}

#[test]
fn a_row_without_end_is_refused() {
    let word = "x".repeat(30_000);
    let words = format!("<sst><si><t>{word}</t></si></sst>");
    let sheet = sheet_of(&r#"<c t="s"><v>0</v></c>"#.repeat(40));
    let said = packed(&[(SHEET, sheet.as_bytes()), (WORDS, words.as_bytes())]).unwrap_err();
    assert!(said.to_string().starts_with("Row 1 of the sheet"), "{said}");
}

#[test]
fn a_part_that_has_another_name_beside_its_own_is_refused() {
    let with_beside = |kind: u16| {
        let mut bytes = workbook().save_to_buffer().unwrap();
        let two = |bytes: &[u8], at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        let entry = bytes.windows(4).rposition(|four| four == b"PK\x01\x02");
        let entry = entry.unwrap();
        let beside = [&kind.to_le_bytes()[..], &5_u16.to_le_bytes(), &[1; 5]].concat();
        let at = entry + 46 + usize::from(two(&bytes, entry + 28));
        bytes.splice(at..at, beside);
        bytes[entry + 30] += 9;
        let size = bytes.len() - 22 + 12;
        let all = two(&bytes, size) + 9;
        bytes[size..size + 2].copy_from_slice(&all.to_le_bytes());
        bytes
    };
    assert!(refused_workbook(&with_beside(0x7075)).contains("damaged"));
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "beside.xlsx", &with_beside(0x7074));
    assert!(List::open(&path, &Chosen::default()).is_ok());
}
