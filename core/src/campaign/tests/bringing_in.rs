//! Lists brought in: looked at, checked, mended, brought in, undone; and what must never come of them.

mod consent;
mod files;
mod numbers;
mod opting_out;
mod undoing;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::exchange::reading::Column;
use crate::progress::Watch;
use crate::storage::finding::Filter;
use crate::storage::imports::{Counts, ListKind};

/// A list in the stall's folder.
fn list(stall: &Stall, name: &str, text: &str) -> PathBuf {
    let path = stall.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn watched<T>(work: impl FnOnce(&Watch<'_>) -> T) -> T {
    let tell = |_, _| {};
    work(&Watch::new(&tell, &AtomicBool::new(false)))
}

fn check(stall: &Stall, path: &Path, attestation: Option<&Attestation>) -> Report {
    let kind = ListKind::People;
    watched(|watch| {
        stall
            .campaign
            .check_list(path, kind, None, attestation, watch)
    })
    .unwrap()
}

fn bring(stall: &Stall, report: &Report) -> Result<BroughtIn> {
    watched(|watch| stall.campaign.bring_in(report.id, watch))
}

/// Checks a list and brings it in.
pub(super) fn brought(stall: &Stall, text: &str) -> (Report, BroughtIn) {
    let path = list(stall, "members.csv", text);
    let report = check(stall, &path, None);
    let brought = bring(stall, &report).unwrap();
    (report, brought)
}

fn counts(new: u32, same: u32, changed: u32, refused: u32) -> Counts {
    Counts {
        new,
        same,
        changed,
        refused,
        ..Counts::default()
    }
}

fn id_of(stall: &Stall, name: &str) -> Uuid {
    let people = stall
        .campaign
        .people(&Default::default(), 0, 100)
        .unwrap()
        .rows;
    people.iter().find(|one| one.name == name).unwrap().id
}

fn number(index: u32) -> String {
    format!("07700 900{index:03}")
}

/// Everything that there is, but for the clock's own.
fn everything(stall: &Stall) -> Vec<i64> {
    let count = |conn: &crate::storage::Conn, table: &str| -> i64 {
        conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get(0)
        })
        .unwrap()
    };
    let tables = [
        "supporters",
        "changes",
        "acts",
        "ledger",
        "opt_outs",
        "texts",
        "imports",
        "do_not_call",
        "wordings",
    ];
    stall
        .campaign
        .storage
        .read(|conn| Ok(tables.iter().map(|table| count(conn, table)).collect()))
        .unwrap()
}

#[test]
fn a_long_list_is_found_as_if_each_had_been_captured_alone() {
    let stall = Stall::new();
    stall.save(&person("Rhys", "07700 900900", false), None);
    let mut text = "first_name,last_name,mobile_number,email,postcode\n".to_owned();
    for index in 0..40 {
        writeln!(
            text,
            "Amina{index},Khan,{},a{index}@example.org,SW9 8JX",
            number(index)
        )
        .unwrap();
    }
    brought(&stall, &text);
    let faults = || {
        stall
            .campaign
            .storage
            .write(crate::storage::finding::faults)
    };
    assert_eq!(faults().unwrap(), Vec::<String>::new());
    // What triggers keep true goes on being kept true.
    stall.save(&person("Bronwen", "07700 900901", false), None);
    stall.campaign.undo().unwrap();
    stall.campaign.undo().unwrap();
    assert_eq!(faults().unwrap(), Vec::<String>::new());
    assert_eq!(stall.people(), ["Rhys"]);
    stall.campaign.redo().unwrap();
    assert_eq!(faults().unwrap(), Vec::<String>::new());
    assert_eq!(stall.people().len(), 41);
}

#[test]
fn a_list_that_is_stopped_leaves_what_keeps_people_found() {
    let stall = Stall::new();
    let path = list(
        &stall,
        "members.csv",
        "first_name,last_name\nAmina,Khan\nPriya,Sharma\n",
    );
    let report = check(&stall, &path, None);
    let mut stops = 0;
    loop {
        let told = std::sync::atomic::AtomicU32::new(0);
        let stop = AtomicBool::new(false);
        let tell = |_, _| {
            let is_enough = told.fetch_add(1, Ordering::Relaxed) >= stops;
            stop.store(is_enough, Ordering::Relaxed);
        };
        let watch = Watch::new(&tell, &stop);
        let Err(error) = stall.campaign.bring_in(report.id, &watch) else {
            break;
        };
        assert_eq!(error.code(), Code::Stopped);
        assert!(stall.people().is_empty(), "stopped after {stops}");
        stops += 1;
    }
    assert!(
        stops >= 2,
        "while it is read, and while it is indexed: {stops}"
    );
    assert_eq!(stall.people().len(), 2);
    stall.save(&person("Rhys", "07700 900900", false), None);
    let faults = stall
        .campaign
        .storage
        .write(crate::storage::finding::faults);
    assert_eq!(faults.unwrap(), Vec::<String>::new());
}

#[test]
fn a_list_that_came_in_can_be_filtered_by_under_its_own_name() {
    let stall = Stall::new();
    let (report, _) = brought(&stall, "first_name,last_name\nAmina,Khan\n");
    let imports = stall.campaign.filter_choices().unwrap().imports;
    let named: Vec<_> = imports.iter().map(|import| import.name.as_str()).collect();
    assert_eq!(named, ["members.csv"]);
    let of_the_list = Question {
        filter: Filter {
            act: Some(imports[0].id),
            ..Filter::default()
        },
        ..Question::default()
    };
    assert_eq!(
        stall.campaign.count_people(&of_the_list).unwrap(),
        report.counts.new
    );
}

#[test]
fn a_list_is_shown_as_it_will_be_before_anything_is_written() {
    let stall = Stall::new();
    let path = list(
        &stall,
        "members.csv",
        "Forename;Surname;Tel no.;Postcode;Shoe size\n amina ;Khan;7700900101;sw98jx;38\nRhys;Pugh;020 7946 0018;;\n",
    );
    let before = everything(&stall);
    let preview = stall
        .campaign
        .read_list(&path, ListKind::People, None)
        .unwrap();
    assert_eq!(preview.name, "members.csv");
    assert_eq!(preview.format, "CSV, UTF-8, semicolons");
    assert_eq!(preview.rows_estimate, 2);
    assert_eq!(
        preview.columns,
        [
            Some(Column::FirstName),
            Some(Column::LastName),
            Some(Column::Mobile),
            Some(Column::Postcode),
            None
        ]
    );
    let [amina, rhys] = &preview.rows[..] else {
        panic!("two lines");
    };
    assert_eq!(amina.line, 2);
    assert_eq!(
        amina.cells,
        ["amina", "Khan", "07700 900101", "SW9 8JX", "38"],
        "the zero that a spreadsheet lost is back"
    );
    assert_eq!(amina.refused, None);
    assert!(rhys.refused.as_ref().unwrap().contains("landline"));
    assert_eq!(everything(&stall), before);
}

#[test]
fn columns_are_mapped_by_hand_where_nothing_is_recognised() {
    let stall = Stall::new();
    let path = list(&stall, "odd.csv", "wer,wie\nAmina Khan,07700 900101\n");
    let refused = watched(|watch| {
        stall
            .campaign
            .check_list(&path, ListKind::People, None, None, watch)
    });
    let refused = refused.err().unwrap();
    assert_eq!(refused.code(), Code::Invalid);
    let options = ReadOptions {
        has_header: Some(true),
        columns: Some(vec![Some(Column::Name), Some(Column::Mobile)]),
        ..ReadOptions::default()
    };
    let report = watched(|watch| {
        let options = Some(&options);
        stall
            .campaign
            .check_list(&path, ListKind::People, options, None, watch)
    })
    .unwrap();
    bring(&stall, &report).unwrap();
    assert_eq!(stall.people(), ["Amina Khan"]);
}

#[test]
fn ten_thousand_lines_with_two_hundred_faulty_are_reported_mended_and_brought_in() {
    let stall = Stall::new();
    let mut text = "first_name,last_name,email,mobile_number,note\n".to_owned();
    for index in 0..10_000_u32 {
        let (faulty, numbered) = (index % 50 == 7, index % 50 == 8 && index < 40_000);
        let mobile = match (faulty, index) {
            (true, _) => "7.70090E+09".to_owned(),
            (false, 0..1_000) if numbered => number(index),
            _ => String::new(),
        };
        writeln!(
            text,
            "Person,Number {index},p{index}@example.org,{mobile},\"=1+1, or\nso\""
        )
        .unwrap();
    }
    let path = list(&stall, "members.csv", &text);
    let report = check(&stall, &path, None);
    assert_eq!(report.counts, counts(9_800, 0, 0, 200));
    assert_eq!(report.refusals.len(), 200);
    assert_eq!(report.refusals[0].line, 2 + 7 * 2, "a note takes two lines");
    assert!(report.refusals[0].reason.contains("spreadsheet"));
    assert!(
        report
            .sentence
            .starts_with("9,800 new people, 200 lines refused."),
        "{}",
        report.sentence
    );
    assert_eq!(stall.people(), Vec::<String>::new());
    let to_mend = stall
        .campaign
        .save_refused(report.id, &Place::Folder(stall.folder.path()))
        .unwrap();
    assert_eq!(to_mend.file_name().unwrap(), "members to mend.csv");
    let brought = bring(&stall, &report).unwrap();
    assert!(brought.sentence.starts_with("9,800 people brought in."));
    assert_eq!(
        stall
            .campaign
            .people(&Default::default(), 0, 1)
            .unwrap()
            .total,
        9_800
    );

    let faulty = std::fs::read_to_string(&to_mend).unwrap();
    assert!(faulty.contains(r#""first_name","last_name","email","mobile_number","note","Reason""#));
    assert!(faulty.contains("'=1+1"), "no cell runs in a spreadsheet");
    std::fs::write(&to_mend, faulty.replace("7.70090E+09", "")).unwrap();
    let report = check(&stall, &to_mend, None);
    assert_eq!(report.counts, counts(200, 0, 0, 0));
    bring(&stall, &report).unwrap();
    assert_eq!(
        stall
            .campaign
            .people(&Default::default(), 0, 1)
            .unwrap()
            .total,
        10_000
    );
    let again = check(&stall, &path, None);
    assert_eq!(
        again.counts,
        counts(0, 9_800, 0, 200),
        "the same list again says nothing new"
    );
}

#[test]
fn the_same_person_is_brought_up_to_date_and_another_on_their_number_is_refused() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", false), None));
    row(stall.save(&person("Rhys", "", false), None));
    let typed = Typed {
        email: "Zofia@example.org".to_owned(),
        ..person("Zofia", "", false)
    };
    row(stall.save(&typed, None));
    let path = list(
        &stall,
        "members.csv",
        "first name,last name,mobile,email,postcode\n\
         AMINA,,07700 900101,amina@example.org,sw98jx\n\
         Edith,Jones,07700 900101,,\n\
         Zofia,,07700 900103,zofia@example.org,\n\
         Rhys,,,,\n\
         Wei,,07700 900104,,\n\
         Li,,07700 900104,,\n\
         Wei,,07700 900104,,\n",
    );
    let report = check(&stall, &path, None);
    assert_eq!(report.counts, counts(1, 2, 2, 2));
    let reasons: Vec<_> = report
        .refusals
        .iter()
        .map(|refused| (refused.line, refused.reason.as_str()))
        .collect();
    assert_eq!(reasons[0].0, 3);
    assert!(reasons[0].1.contains("another name"));
    assert_eq!(reasons[1].0, 7);
    assert!(reasons[1].1.starts_with("Line 6 is about this number"));
    bring(&stall, &report).unwrap();
    let found = |name: &str| {
        let people = stall
            .campaign
            .people(&Default::default(), 0, 10)
            .unwrap()
            .rows;
        let id = people.iter().find(|person| person.name == name).unwrap().id;
        stall.campaign.person(id).unwrap()
    };
    let amina = found("Amina");
    assert_eq!(amina.details.email, "amina@example.org");
    assert_eq!(amina.details.postcode, "SW9 8JX");
    let told: Vec<_> = amina
        .timeline
        .iter()
        .map(|told| told.sentence.as_str())
        .collect();
    assert!(
        told.contains(&"Postcode changed from nothing to “SW9 8JX”, as a list says."),
        "{told:?}"
    );
    assert_eq!(found("Zofia").mobile, "07700 900103");
    assert_eq!(
        found("Wei").timeline[0].sentence,
        "Brought in from the list members.csv."
    );
}

#[test]
fn a_stop_half_way_changes_nothing() {
    let stall = Stall::new();
    let mut text = "name,email\n".to_owned();
    for index in 0..2_000 {
        writeln!(text, "Person {index},p{index}@example.org").unwrap();
    }
    let path = list(&stall, "members.csv", &text);
    let report = check(&stall, &path, None);
    let before = everything(&stall);
    let stop = AtomicBool::new(false);
    let calls = std::sync::atomic::AtomicU32::new(0);
    let tell = |_, _| {
        if calls.fetch_add(1, Ordering::Relaxed) == 3 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let stopped = stall
        .campaign
        .bring_in(report.id, &Watch::new(&tell, &stop));
    assert_eq!(stopped.unwrap_err().code(), Code::Stopped);
    assert_eq!(everything(&stall), before);
    assert_eq!(stall.campaign.undo().unwrap_err().code(), Code::TooLate);
    bring(&stall, &report).unwrap();
    assert_eq!(
        stall
            .campaign
            .people(&Default::default(), 0, 1)
            .unwrap()
            .total,
        2_000
    );
}

#[test]
fn an_erased_person_of_a_list_is_gone_and_the_rest_can_still_be_undone() {
    let stall = Stall::new();
    brought(
        &stall,
        "name,mobile\nAmina,07700 900101\nRhys,07700 900102\n",
    );
    let people = stall
        .campaign
        .people(&Default::default(), 0, 10)
        .unwrap()
        .rows;
    let amina = people.iter().find(|one| one.name == "Amina").unwrap().id;
    stall.campaign.erase(amina).unwrap();
    let undone = stall.campaign.undo().unwrap();
    assert_eq!(undone.sentence, "1 person has gone.");
    assert_eq!(stall.people(), Vec::<String>::new());
    stall.campaign.redo().unwrap();
    assert_eq!(stall.people(), ["Rhys"]);
}
