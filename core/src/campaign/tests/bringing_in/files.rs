//! Files that change, and people that do, between the report and the bringing in.

use std::ops::ControlFlow;

use super::*;
use crate::exchange::RUN;
use crate::exchange::reading::cells::unguarded;
use crate::exchange::reading::{Chosen, List};

#[test]
fn a_file_that_changed_since_the_report_is_not_brought_in() {
    let stall = Stall::new();
    let text = "name,mobile\nAmina,07700 900101\n";
    let path = list(&stall, "members.csv", text);
    let before = everything(&stall);
    for (scenario, changed) in [
        (
            "longer",
            "name,mobile\nAmina,07700 900101\nRhys,07700 900102\n",
        ),
        ("as long", "name,mobile\nAmina,07700 900109\n"),
    ] {
        std::fs::write(&path, text).unwrap();
        let report = check(&stall, &path, None);
        let was = std::fs::metadata(&path).unwrap().modified().unwrap();
        std::fs::write(&path, changed).unwrap();
        // Even where the clock does not tell.
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(was).unwrap();
        let refused = bring(&stall, &report).unwrap_err();
        assert_eq!(refused.code(), Code::TooLate, "{scenario}");
        assert!(refused.to_string().contains("changed since"), "{scenario}");
        let unsaved = stall
            .campaign
            .save_refused(report.id, &Place::Folder(stall.folder.path()));
        assert_eq!(unsaved.unwrap_err().code(), Code::TooLate, "{scenario}");
        assert_eq!(everything(&stall), before, "{scenario}");
    }
    assert!(!stall.folder.path().join("members to mend.csv").exists());
    let report = check(&stall, &path, None);
    std::fs::remove_file(&path).unwrap();
    let refused = bring(&stall, &report).unwrap_err();
    assert!(refused.to_string().contains("no such file"));
}

#[test]
fn somebody_captured_since_the_report_is_not_brought_in_twice() {
    let stall = Stall::new();
    let path = list(
        &stall,
        "members.csv",
        "name,mobile\nRhys,07700 900102\nAmina,07700 900101\n",
    );
    let report = check(&stall, &path, None);
    row(stall.save(&person("Amina", "07700 900101", true), None));
    let refused = bring(&stall, &report).unwrap_err();
    assert_eq!(refused.code(), Code::TooLate);
    assert_eq!(stall.people(), ["Amina"]);
    let report = check(&stall, &path, None);
    bring(&stall, &report).unwrap();
    assert_eq!(
        stall
            .campaign
            .people(&Default::default(), 0, 1)
            .unwrap()
            .total,
        2
    );
}

#[test]
fn a_report_is_used_once_and_an_older_one_not_at_all() {
    let stall = Stall::new();
    let path = list(&stall, "members.csv", "name\nAmina\n");
    let older = check(&stall, &path, None);
    let report = check(&stall, &path, None);
    assert_eq!(bring(&stall, &older).unwrap_err().code(), Code::TooLate);
    bring(&stall, &report).unwrap();
    assert_eq!(bring(&stall, &report).unwrap_err().code(), Code::TooLate);
    assert_eq!(stall.people(), ["Amina"]);
}

#[test]
fn a_file_to_mend_takes_nobodys_place() {
    let stall = Stall::new();
    let path = list(&stall, "members.csv", "name,mobile\nAmina,07700 9001\n");
    let report = check(&stall, &path, None);
    let folder = Place::Folder(stall.folder.path());
    let first = stall.campaign.save_refused(report.id, &folder).unwrap();
    let second = stall.campaign.save_refused(report.id, &folder).unwrap();
    assert_ne!(first, second);
    assert_eq!(
        std::fs::read(&first).unwrap(),
        std::fs::read(&second).unwrap()
    );
    let taken = stall.campaign.save_refused(report.id, &Place::File(&path));
    assert_eq!(taken.unwrap_err().code(), Code::TooLate);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("name"));
}

#[test]
fn a_file_to_mend_runs_in_no_spreadsheet_and_is_read_back_as_it_was() {
    let stall = Stall::new();
    let cells = [
        "Amina",
        "07700 9001",
        "x;=cmd|' /C calc'!A0",
        "=1+1",
        "\n=1+1",
        "＝1+1",
        "a \"b\", c",
        "two\nlines",
        "'quoted",
    ];
    let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    let text = format!("name,mobile,a,b,c,d,e,f,\"=g\"\n{}\n", quoted.join(","));
    let path = list(&stall, "members.csv", &text);
    let report = check(&stall, &path, None);
    let folder = Place::Folder(stall.folder.path());
    let to_mend = stall.campaign.save_refused(report.id, &folder).unwrap();
    let written = std::fs::read_to_string(&to_mend).unwrap();
    assert!(
        written.contains(r#""x;=cmd|' /C calc'!A0""#),
        "no semicolon begins a cell: {written}"
    );
    let to_mend = List::open(&to_mend, &Chosen::default()).unwrap();
    assert_eq!(to_mend.format(), "CSV, UTF-8, commas");
    let mut lines = Vec::new();
    to_mend
        .each(&mut |line| {
            assert!(!line.cells.iter().any(|cell| cell.starts_with(RUN)));
            let cells = line.cells.iter().map(|cell| unguarded(cell).to_owned());
            lines.push(cells.collect::<Vec<_>>());
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    let reason = &report.refusals[0].reason;
    assert_eq!(lines[0][8..], ["=g", "Reason"]);
    assert_eq!(lines[1][..9], cells);
    assert_eq!(&lines[1][9], reason);
}

#[test]
fn every_fault_of_a_line_has_a_reason() {
    let stall = Stall::new();
    let long = "x".repeat(2_000);
    let path = list(
        &stall,
        "members.csv",
        &format!(
            "first name,mobile,email,agreed,agreed on,language\n\
             ,07700 900101,,,,\n\
             Amina,7.70090E+09,,,,\n\
             Amina,07700 9001,,,,\n\
             Amina,call me,,,,\n\
             Amina,,amina at example,,,\n\
             Amina,,,perhaps,,\n\
             Amina,,,yes,2999-01-01,\n\
             Amina,,,,,!!\n\
             Amina,,,,,,and more\n\
             {long},,,,,\n"
        ),
    );
    let report = check(&stall, &path, None);
    assert_eq!(report.counts, counts(0, 0, 0, 10));
    let said = [
        "no name",
        "spreadsheet",
        "not whole",
        "no letters",
        "spaces",
        "neither yes nor no",
        "no day that has been",
        "language",
        "more cells",
        "too long",
    ];
    for (refused, said) in report.refusals.iter().zip(said) {
        assert!(refused.reason.contains(said), "{said}: {}", refused.reason);
    }
}
