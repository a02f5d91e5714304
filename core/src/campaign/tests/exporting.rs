//! People in a file for others.

use std::sync::atomic::AtomicBool;

use super::*;
use crate::consent::ledger::{Method, Personal, What};
use crate::exchange::writing::Format;
use crate::people::Mobile;
use crate::progress::Watch;
use crate::storage::imports::{self, Counts, Import, ListKind};
use crate::storage::{do_not_call, ledger, opt_outs};

/// They answer the confirmation text with a yes.
pub(super) fn confirms(stall: &Stall, name: &str) {
    let people = stall
        .campaign
        .people(&Default::default(), 0, 100)
        .unwrap()
        .rows;
    let person = people.into_iter().find(|person| person.name == name);
    let person = person.unwrap();
    let written = stall.campaign.storage.write(|conn| {
        let word = ledger::last_word(conn, person.id, TEXTS)?.unwrap();
        let proof = ledger::New {
            what: What::Confirmation,
            purpose: Some(TEXTS),
            method: Method::Reply,
            supporter: Some(person.id),
            capture: None,
            shift: None,
            wording: None,
            evidence: None,
            about: Some(word.entry),
            at: Utc::now(),
            zone: "Europe/London",
            personal: Personal {
                mobile: person.mobile.map(|mobile| mobile.e164().to_owned()),
                ..Personal::default()
            },
        };
        ledger::add(conn, &proof)
    });
    written.unwrap();
}

pub(super) fn opts_out(stall: &Stall, e164: &str) {
    let mobile = Mobile::from_e164(e164).unwrap();
    let written = stall
        .campaign
        .storage
        .write(|conn| opt_outs::add(conn, &mobile, opt_outs::Source::Reply, None, Utc::now()));
    assert!(written.unwrap());
}

fn export(stall: &Stall, who: &Who, format: Format) -> ExportedFile {
    let never = AtomicBool::new(false);
    let folder = stall.folder.path().join("Downloads");
    let watch = Watch::new(&|_, _| {}, &never);
    let file = stall.campaign.export_people(who, format, &folder, &watch);
    file.unwrap()
}

#[test]
fn a_new_file_has_everybody_as_they_stand() {
    let stall = Stall::new();
    for (name, digits) in [("Amina", "101"), ("Bo", "102"), ("Cy", "103")] {
        stall.save(&person(name, &format!("07700 900{digits}"), true), None);
    }
    confirms(&stall, "Amina");
    confirms(&stall, "Bo");
    opts_out(&stall, "+447700900102");
    let file = export(&stall, &Who::Everyone, Format::NationBuilder);
    assert_eq!(file.count, 3);
    assert_eq!(
        file.sentence,
        "3 people are in the file, 1 subscribed to texts: who has not confirmed, or opted out, is not. The file is \
         not encrypted."
    );
    let list = std::fs::read_to_string(&file.path).unwrap();
    let opted_in = |name: &str| {
        let line = list.lines().find(|line| line.contains(name)).unwrap();
        line.split(',').nth(5) == Some("\"true\"")
    };
    assert!(opted_in("Amina"));
    assert!(!opted_in("Bo") && !opted_in("Cy"));
    let again = export(&stall, &Who::Everyone, Format::NationBuilder);
    assert_ne!(again.path, file.path, "never over one that is there");
}

#[test]
fn whom_nobody_may_call_is_marked_in_the_file() {
    let stall = Stall::new();
    for (name, digits) in [("Amina", "101"), ("Bo", "102")] {
        stall.save(&person(name, &format!("07700 900{digits}"), true), None);
    }
    let listed = stall.campaign.storage.write(|conn| {
        let mobile = Mobile::from_e164("+447700900101").unwrap();
        imports::insert(conn, &a_list())?;
        do_not_call::add(conn, &mobile, a_list().id)
    });
    assert!(listed.unwrap());
    let people = stall
        .campaign
        .people(&Default::default(), 0, 10)
        .unwrap()
        .rows;
    let both = Who::These(people.iter().map(|person| person.id).collect());
    for who in [Who::Everyone, both] {
        let file = export(&stall, &who, Format::Van);
        assert!(
            file.sentence.contains("1 is marked: nobody may call them."),
            "{}",
            file.sentence
        );
        let list = std::fs::read_to_string(&file.path).unwrap();
        let marked = |name: &str| {
            let line = list.lines().find(|line| line.contains(name)).unwrap();
            line.ends_with(",\"Y\"")
        };
        assert!(marked("Amina") && !marked("Bo"), "{list}");
    }
}

/// A list of numbers that nobody calls.
pub(super) fn a_list() -> Import {
    Import {
        id: Uuid::from_u128(7),
        kind: ListKind::DoNotCall,
        name: "tps.csv".to_owned(),
        who: "Sam".to_owned(),
        at: Utc::now(),
        counts: Counts::default(),
    }
}

#[test]
fn every_format_is_written_from_a_vault_and_only_whom_the_filter_shows() {
    let stall = Stall::new();
    for (name, digits) in [("Amina", "101"), ("Bo", "102")] {
        stall.save(&person(name, &format!("07700 900{digits}"), true), None);
    }
    let people = stall
        .campaign
        .people(&Default::default(), 0, 1)
        .unwrap()
        .rows;
    let who = Who::These(vec![people[0].id]);
    for format in Format::ALL {
        let file = export(&stall, &who, format);
        assert_eq!(file.count, 1, "{format:?}");
        let name = file.path.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("people-") && name.ends_with(format.extension()));
        if format != Format::Excel {
            let list = std::fs::read_to_string(&file.path).unwrap();
            assert!(list.contains("Bo") && !list.contains("Amina"), "{format:?}");
        }
    }
}

#[test]
fn what_is_stopped_leaves_no_file() {
    let stall = Stall::new();
    stall.save(&person("Amina", "07700 900101", true), None);
    let stopped = AtomicBool::new(true);
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::new(&|_, _| {}, &stopped);
    for format in Format::ALL {
        let file = stall
            .campaign
            .export_people(&Who::Everyone, format, folder.path(), &watch);
        assert_eq!(file.unwrap_err().code(), Code::Stopped, "{format:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
