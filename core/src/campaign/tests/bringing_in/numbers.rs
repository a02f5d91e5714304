//! Lists of numbers alone.

use super::*;

fn check_numbers(stall: &Stall, path: &Path, kind: ListKind) -> Report {
    watched(|watch| stall.campaign.check_list(path, kind, None, None, watch)).unwrap()
}

#[test]
fn a_list_of_opt_outs_acts_at_once() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", true), None));
    let path = list(
        &stall,
        "stop.csv",
        "7700900101\n+447700900150\n07700 900101\n020 7946 0018\n",
    );
    let preview = stall
        .campaign
        .read_list(&path, ListKind::OptOuts, None)
        .unwrap();
    assert_eq!(preview.columns, [Some(Column::Mobile)]);
    assert_eq!(preview.options.has_header, Some(false));
    let report = check_numbers(&stall, &path, ListKind::OptOuts);
    assert_eq!(
        (report.counts.new, report.counts.same, report.counts.refused),
        (2, 1, 1)
    );
    let brought = bring(&stall, &report).unwrap();
    assert_eq!(
        brought.sentence,
        "2 numbers are opted out from now on: no text goes to them."
    );
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
    // Nobody's opt-out is undone here.
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.undo.as_deref(), Some("the capture of Amina"));
    let report = check_numbers(&stall, &path, ListKind::OptOuts);
    assert_eq!((report.counts.new, report.counts.same), (0, 3));
}

#[test]
fn a_do_not_call_list_is_said_on_the_persons_page_and_names_no_stranger() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", true), None));
    let path = list(
        &stall,
        "tps.csv",
        "Telephone\n07700900101\n07700900150\n02079460018\n",
    );
    let report = check_numbers(&stall, &path, ListKind::DoNotCall);
    assert_eq!((report.counts.new, report.counts.refused), (2, 1));
    assert_eq!(
        bring(&stall, &report).unwrap().sentence,
        "2 numbers are on the do-not-call list from now on: nobody calls them."
    );
    let view = stall.campaign.person(id_of(&stall, "Amina")).unwrap();
    assert_eq!(
        view.why_no_call.as_deref(),
        Some("Nobody calls them: the number is on a do-not-call list that was brought in.")
    );
    assert_eq!(
        stall.states(),
        [named("Amina", State::Waiting)],
        "texts go on"
    );
}

#[test]
fn a_do_not_call_list_is_undone_but_for_what_another_holds() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", true), None));
    row(stall.save(&person("Rhys", "07700 900102", true), None));
    let nobody_calls = |name| {
        let view = stall.campaign.person(id_of(&stall, name)).unwrap();
        view.why_no_call.is_some()
    };
    for numbers in [
        "07700 900101\n07700 900102\n",
        "07700 900101\n07700 900150\n",
    ] {
        let path = list(&stall, "tps.csv", numbers);
        let report = check_numbers(&stall, &path, ListKind::DoNotCall);
        bring(&stall, &report).unwrap();
    }
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(
        undoable.undo.as_deref(),
        Some("the list tps.csv (1 number)")
    );
    stall.campaign.undo().unwrap();
    assert!(nobody_calls("Amina"), "the first list holds her number too");
    assert!(nobody_calls("Rhys"));
    let undone = stall.campaign.undo().unwrap();
    assert_eq!(
        undone.sentence,
        "Its numbers are off the do-not-call list, but for those that another list holds."
    );
    assert!(!nobody_calls("Amina") && !nobody_calls("Rhys"));
    stall.campaign.redo().unwrap();
    assert!(nobody_calls("Amina") && nobody_calls("Rhys"));
    // It brought nobody in who could be a pair with somebody, or be filtered by.
    assert!(stall.campaign.filter_choices().unwrap().imports.is_empty());
}
