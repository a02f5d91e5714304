//! Opt-outs in a list of people: each acts, whatever else its line says or leaves out.

use super::*;
use crate::storage::opt_outs;

fn with_email(name: &str, mobile: &str, email: &str) -> Typed {
    Typed {
        email: email.to_owned(),
        ..person(name, mobile, true)
    }
}

fn is_out(stall: &Stall, e164: &str) -> bool {
    let storage = &stall.campaign.storage;
    storage.read(|conn| opt_outs::holds(conn, e164)).unwrap()
}

#[test]
fn who_is_known_by_their_email_alone_is_opted_out_on_the_number_that_is_here() {
    let stall = Stall::new();
    row(stall.save(&with_email("Ann", "07700 900101", "ann@example.org"), None));
    let text = "name,email,unsubscribed\nAnn,ann@example.org,yes\n";
    let (report, _) = brought(&stall, text);
    let changed = Counts {
        opted_out: 1,
        ..counts(0, 0, 1, 0)
    };
    assert_eq!(report.counts, changed, "{}", report.sentence);
    let ann = id_of(&stall, "Ann");
    assert!(stall.campaign.person(ann).unwrap().opted_out);
    assert_eq!(stall.states(), [named("Ann", State::NotSent)]);
    let again = check(&stall, &stall.folder.path().join("members.csv"), None);
    assert_eq!((again.counts.same, again.counts.changed), (1, 0));
    let undone = stall.campaign.undo().unwrap();
    assert!(
        undone.sentence.contains("Opt-outs stay"),
        "{}",
        undone.sentence
    );
    assert!(stall.campaign.person(ann).unwrap().opted_out);
}

#[test]
fn the_yes_of_somebody_whose_number_here_is_out_does_not_come_in_by_their_email() {
    let stall = Stall::new();
    let ann = with_email("Ann", "07700 900101", "ann@example.org");
    row(stall.save(
        &Typed {
            answers: BTreeMap::new(),
            ..ann
        },
        None,
    ));
    stall.campaign.opt_out("+447700900101").unwrap();
    let path = list(
        &stall,
        "members.csv",
        "name,email,agreed\nAnn,ann@example.org,yes\n",
    );
    let report = check(&stall, &path, Some(&super::consent::attested()));
    assert_eq!((report.counts.with_consent, report.counts.same), (0, 1));
}

#[test]
fn an_opt_out_acts_though_its_line_is_refused() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", true), None));
    row(stall.save(
        &with_email("Rhys", "07700 900102", "rhys@example.org"),
        None,
    ));
    let path = list(
        &stall,
        "members.csv",
        "name,mobile,email,language,opted out\n\
         Edith Jones,07700 900101,,,yes\n\
         Rhys,,rhys@example.org,,\n\
         Rhys,,rhys@example.org,,yes\n\
         ,07700 900103,,,yes\n\
         Wei,07700 900104,,!!,yes\n\
         Max,07700 900105,,,yes,and more\n\
         Li,,,,yes\n",
    );
    let report = check(&stall, &path, None);
    let found = Counts {
        opted_out: 4,
        ..counts(1, 1, 0, 5)
    };
    assert_eq!(report.counts, found, "{}", report.sentence);
    assert!(
        report
            .sentence
            .contains("1 line says that somebody opted out of whom no number is known"),
        "{}",
        report.sentence
    );
    let acts = |reason: &str| reason.ends_with("The opt-out acts all the same.");
    let said: Vec<(u64, bool)> = report
        .refusals
        .iter()
        .map(|refused| (refused.line, acts(&refused.reason)))
        .collect();
    assert_eq!(
        said,
        [(2, true), (4, true), (5, true), (6, true), (7, false)],
        "a comma too many leaves open what the line says"
    );
    let to_mend = stall
        .campaign
        .save_refused(report.id, &Place::Folder(stall.folder.path()))
        .unwrap();
    let to_mend = std::fs::read_to_string(to_mend).unwrap();
    assert_eq!(to_mend.matches("The opt-out acts").count(), 4);
    assert_eq!(report.refused_but_out, 4);
    let brought = bring(&stall, &report).unwrap();
    assert!(
        brought.sentence.contains("4 numbers on it are opted out"),
        "{}",
        brought.sentence
    );
    for (digits, out) in [
        ("101", true),
        ("102", true),
        ("103", true),
        ("104", true),
        ("105", false),
    ] {
        let e164 = format!("+447700900{digits}");
        assert_eq!(is_out(&stall, &e164), out, "{e164}");
    }
    for name in ["Amina", "Rhys"] {
        assert!(stall.states().contains(&named(name, State::NotSent)));
    }
    assert_eq!(stall.people().len(), 3, "the details do not come in");
}

#[test]
fn a_yes_of_a_number_that_the_same_list_opts_out_does_not_come_in() {
    let stall = Stall::new();
    let path = list(
        &stall,
        "members.csv",
        "name,mobile,agreed,opted out\n,07700 900101,,yes\nWei,07700 900101,yes,\n",
    );
    let report = check(&stall, &path, Some(&super::consent::attested()));
    bring(&stall, &report).unwrap();
    let wei = stall.campaign.person(id_of(&stall, "Wei")).unwrap();
    assert!(wei.opted_out && wei.agrees_to.is_empty());
}
