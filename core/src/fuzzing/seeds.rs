//! What fuzzing begins with, in `tests/fuzz/corpus`: if a good file is not read any more, nothing that is made from it
//! says anything.
//!
//! `cargo xtask bless` writes those that are missing.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::*;
use crate::consent::ledger::Hash;
use crate::hand_over::{Lock, Sealed, VERSION, campaign_code};
use crate::people::Country;
use crate::storage::handing::records::{Header, Record};

/// A target's name, and its files with what becomes of them.
type Seeds = Vec<(&'static str, Vec<u8>, Came)>;

const LIST: &str = "First name,Last name,Mobile,Email,Postcode,Language,Agreed,Agreed on,Opted out,ID\n\
Siân,Pugh,07700 900101,sian@example.org,SW9 8JX,cy,yes,2026-04-30,,\n\
\"Khan, Amina\",,+447700900102,,,en-GB,no,,,\n\
Tom,Hill,7700900103.0,tom@example.org,,Polish,yes,01/05/2026,yes,placard:01890a5d-ac96-774b-bcce-b302099a8057\n\
,,07700 90,nobody,,,perhaps,31/02/2026,,\n";

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn csv() -> Seeds {
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(LIST);
    vec![
        ("utf-8", LIST.into(), Came::Read),
        ("utf-16", utf16(LIST), Came::Read),
        ("windows-1252", windows.to_vec(), Came::Read),
        ("semicolons", LIST.replace(',', ";").into(), Came::Read),
        ("tabs", LIST.replace(',', "\t").into(), Came::Read),
        (
            "named",
            format!("sep=|\r\n{}", LIST.replace(',', "|")).into(),
            Came::Read,
        ),
        (
            "quoted",
            "Name,Mobile\r\n\"Amina\r\nKhan\",07700 900104\r\n\r\n\"=1+1\",'+447700900105".into(),
            Came::Read,
        ),
        (
            "numbers-alone",
            "07700 900106\n07700 900107\n".into(),
            Came::Read,
        ),
        (
            "unclosed",
            "Name,Mobile\n\"Amina,07700 900108\n".into(),
            Came::Read,
        ),
        ("no-list", "%PDF-1.7\n%\u{1}\u{2}\n".into(), Came::Refused),
    ]
}

fn workbook() -> Workbook {
    let mut book = Workbook::new();
    let made = ExcelDateTime::parse_from_str("2026-05-02").unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    for (column, header) in ["First name", "Mobile", "Agreed on", "Agreed"]
        .iter()
        .enumerate()
    {
        sheet
            .write_string(0, u16::try_from(column).unwrap(), *header)
            .unwrap();
    }
    sheet.write_string(1, 0, "Siân").unwrap();
    sheet.write_number(1, 1, 7_700_900_123.0).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet
        .write_datetime_with_format(1, 2, &made, &format)
        .unwrap();
    sheet.write_boolean(1, 3, true).unwrap();
    book
}

const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D3"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Agreed on</t></is></c><c r="D1" t="str"><v>Agreed</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>7700900123</v></c><c r="C2" s="1"><v>46144.5</v></c><c r="D2" t="b"><v>1</v></c></row><row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3" t="d"><v>2026-05-02T10:00:00</v></c><c r="D3"><f>1+1</f><v>2.5</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells></worksheet>"#;
const WORDS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>First name</t></si><si><t>Mobile</t></si><si><r><t>Si</t></r><r><t xml:space="preserve">ân </t></r></si></sst>"#;
const LOOKS: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

fn excel() -> Seeds {
    // Nothing but spaces packs a thousandfold.
    let mut bomb = Workbook::new();
    bomb.add_worksheet()
        .write_string(0, 0, " ".repeat(32_000))
        .unwrap();
    let parts = [SHEET, WORDS, LOOKS].join("\n====\n");
    vec![
        (
            "members.xlsx",
            workbook().save_to_buffer().unwrap(),
            Came::Read,
        ),
        (
            "packed-tight.xlsx",
            bomb.save_to_buffer().unwrap(),
            Came::Refused,
        ),
        ("parts", parts.into(), Came::Read),
        ("sheet", SHEET.replace(" t=\"s\"", "").into(), Came::Refused),
    ]
}

/// What an empty laptop and a full one hand over.
fn handed() -> Seeds {
    let folder = tempfile::tempdir().unwrap();
    let day = Laptop::new(folder.path()).unwrap().day();
    let day: Vec<&str> = day.iter().map(String::as_str).collect();
    let inside = |version, records: &[&str]| {
        let header = Header {
            placard_hand_over: version,
            campaign: campaign_code("Clean Air Now", Country::GB),
            from: "Zoë".to_owned(),
            laptop: uuid::Uuid::from_u128(7),
            at: noon().into(),
            after: None,
            up_to: None,
        };
        let end = Record::End(records.len() as u64);
        let header = serde_json::to_string(&header).unwrap();
        let end = serde_json::to_string(&end).unwrap();
        let lines = [&[&*header], records, &[&*end]].concat();
        (lines.join("\n") + "\n").into_bytes()
    };
    let sealed = |lock: &Lock, inside: &[u8]| {
        let mut to = Sealed::begin(lock, Vec::new()).unwrap();
        to.write_all(inside).unwrap();
        to.end().unwrap()
    };
    let key = Hash::of_text("a key").to_string();
    let laptop = format!(
        r#"{{"laptop":{{"id":"{}","name":"Zoë","recipient":"","suppression_key":"{key}","heard_at":"2026-05-02T11:00:00.000Z"}}}}"#,
        uuid::Uuid::from_u128(7)
    );
    let out = r#"{"opt_out":{"mobile":"+447700900109","source":"organiser","at":"2026-05-02T11:00:00.000Z","entry":null}}"#;
    let full = [&*laptop, out];
    let list = format!(
        r#"{{"do_not_call_list":{{"id":"{}","name":"tps.csv","who":"Zoë","at":"2026-05-02T11:00:00.000Z","added":1,"undone_at":null,"turns":0,"laptop":"{}"}}}}"#,
        uuid::Uuid::from_u128(8),
        uuid::Uuid::from_u128(7)
    );
    let numbers = format!(
        r#"{{"do_not_call":{{"list":"{}","keys":["{key}"]}}}}"#,
        uuid::Uuid::from_u128(8)
    );
    let lists = [&*laptop, &*list, &*numbers];
    let mark = r#"{"people":1,"touched":2,"ledger":3,"inbound":0}"#;
    let goes_on = String::from_utf8(inside(VERSION, &full))
        .unwrap()
        .replace("\"after\":null", &format!("\"after\":{mark}"))
        .replace("\"up_to\":null", &format!("\"up_to\":{mark}"));
    let words = Lock::Passphrase(SecretString::from(PASSPHRASE));
    let other = crate::hand_over::recipient_of(&crate::hand_over::new_identity()).unwrap();
    vec![
        ("empty", inside(VERSION, &[]), Came::Read),
        ("day", inside(VERSION, &day), Came::Read),
        ("full", inside(VERSION, &full), Came::Read),
        ("lists", inside(VERSION, &lists), Came::Read),
        (
            "numbers-of-no-list",
            inside(VERSION, &lists[2..]),
            Came::Refused,
        ),
        ("goes-on", goes_on.into(), Came::Refused),
        ("newer", inside(VERSION + 1, &[]), Came::Refused),
        (
            "sealed.age",
            sealed(&words, &inside(VERSION, &full)),
            Came::Read,
        ),
        (
            "for-another.age",
            sealed(&Lock::for_recipient(&other).unwrap(), b"x"),
            Came::Refused,
        ),
    ]
}

fn backup() -> Seeds {
    let label = r#"{"kind":"placard-backup","format":1,"at":"2026-05-02T12:00:00Z","database":0,"key":"true","contents":"true"}"#;
    // A key that costs nothing to try, and that nothing opens.
    let wrapped = r#"{"cost":{"memory_kib":8,"passes":1,"lanes":1},"salt":"AAAAAAAAAAAAAAAAAAAAAA==","nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","sealed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#;
    let header = format!(
        r#"{{"kind":"placard-vault-key","format":1,"passphrase":{wrapped},"recovery":{wrapped}}}"#
    );
    let own = label
        .replace(":0,", ":64,")
        .replacen("\"true\"", &header, 1)
        .replace("\"true\"", "\"AAAA\"");
    let mut file = [&[b'x'; 64], own.as_bytes()].concat();
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&file);
    file.extend_from_slice(&digest);
    file.extend_from_slice(&u32::try_from(own.len()).unwrap().to_le_bytes());
    file.extend_from_slice(b"placard backup 1");
    vec![
        ("label", label.into(), Came::Read),
        (
            "newer",
            label.replace("\"format\":1", "\"format\":2").into(),
            Came::Refused,
        ),
        ("header", header.into(), Came::Read),
        ("another's", file, Came::Refused),
    ]
}

const DOOR: &str = r#"200
{"motd": "Welcome", "product_name": "Curly", "_links": {"osdi:people": {"href": "/api/v2/people"}, "osdi:person_signup_helper": {"href": "/api/v2/people/person_signup_helper"}}}"#;

fn answers() -> Seeds {
    vec![
        ("door", DOOR.into(), Came::Read),
        (
            "door-cut",
            DOOR.replacen("200", "200 cut", 1).into(),
            Came::Read,
        ),
        (
            "listed",
            r#"200
{"_links": {"o:person_signup_helper": [{"href": "https://osdi.example/x"}]}}"#
                .into(),
            Came::Read,
        ),
        (
            "elsewhere",
            r#"300
{"_links": {"osdi:person_signup_helper": {"href": "//elsewhere.example/x"}}}"#
                .into(),
            Came::Refused,
        ),
        ("page", "200\n<html>Sign in</html>".into(), Came::Refused),
        ("later", "429 30\n".into(), Came::Refused),
        (
            "reason",
            "422\n[{\"error_code\": \"X\", \"description\": \"Not +447700900101.\"}]".into(),
            Came::Refused,
        ),
        (
            "deep-reason",
            r#"400
{"osdi:error": {"resource_status": [{"error_descriptions": [{"description": "No.\ud800"}]}]}}"#
                .into(),
            Came::Refused,
        ),
        (
            "taken-all-the-same",
            r#"400
{"osdi:error": {}, "osdi:person": {"given_name": "Amina"}}"#
                .into(),
            Came::Read,
        ),
        ("fault", "502\n".into(), Came::Refused),
    ]
}

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fuzz/corpus")
        .join(target)
}

#[test]
fn the_committed_seeds_are_read_as_they_should_be() {
    let (laptop, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laptop = Laptop::new(laptop.path()).unwrap();
    let stick = Stick::new(stick.path()).unwrap();
    type Target<'a> = &'a dyn Fn(&[u8]) -> Came;
    let targets: [(&str, Seeds, Target<'_>); 5] = [
        ("csv", csv(), &|bytes| laptop.csv(bytes).unwrap()),
        ("excel", excel(), &|bytes| laptop.excel(bytes).unwrap()),
        ("handed", handed(), &|bytes| laptop.handed(bytes).unwrap()),
        ("backup", backup(), &|bytes| stick.backup(bytes).unwrap()),
        ("osdi", answers(), &osdi),
    ];
    for (target, seeds, shown) in targets {
        for (name, bytes, expected) in seeds {
            let path = folder(target).join(name);
            if std::env::var_os("PLACARD_BLESS").is_some() && !path.exists() {
                fs::create_dir_all(folder(target)).unwrap();
                fs::write(&path, &bytes).unwrap();
            }
            let kept = fs::read(&path).unwrap();
            assert_eq!(shown(&kept), expected, "{target}/{name}");
        }
    }
}
