//! Undo and Redo, and putting people right: what comes back, what does not, and what stays written down.

mod meanwhile;
mod passed_over;
mod what_is_set;

use super::*;

pub(super) fn details(stall: &Stall, id: Uuid) -> supporters::Details {
    let read = stall
        .campaign
        .storage
        .read(|conn| supporters::details(conn, id));
    read.unwrap()
}

fn newest(stall: &Stall) -> Uuid {
    stall
        .campaign
        .people(&Question::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id
}

pub(super) fn captured(stall: &Stall, name: &str, mobile: &str, agrees: bool) -> Uuid {
    row(stall.save(&person(name, mobile, agrees), None));
    newest(stall)
}

/// Somebody's details as their page shows them.
pub(super) fn shown(stall: &Stall, id: Uuid) -> Typed {
    let known = details(stall, id);
    Typed {
        first_name: known.first_name,
        last_name: known.last_name,
        mobile: known.mobile.unwrap_or_default(),
        email: known.email,
        postcode: known.postcode,
        language: known.language,
        ..Typed::default()
    }
}

pub(super) fn corrected(stall: &Stall, id: Uuid, change: impl FnOnce(&mut Typed)) -> Corrected {
    let shown = shown(stall, id);
    let mut typed = shown.clone();
    change(&mut typed);
    stall
        .campaign
        .correct(id, &shown, &typed, None, None)
        .unwrap()
}

pub(super) fn ledger(stall: &Stall) -> Vec<String> {
    assert!(matches!(
        stall.campaign.check_ledger().unwrap(),
        LedgerState::Whole { .. }
    ));
    let mut export = Vec::new();
    stall.campaign.export_ledger(&mut export).unwrap();
    String::from_utf8(export)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|line| line["entry"]["what"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn a_capture_that_was_undone_comes_back_whole_and_its_text_waits_again() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    stall.campaign.undo().unwrap();
    assert_eq!(stall.people(), Vec::<String>::new());
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
    let again = stall.campaign.redo().unwrap();
    assert_eq!(
        (again.name.as_str(), again.sentence.as_str()),
        ("Amina", "One text waits.")
    );
    assert_eq!(stall.people(), ["Amina"]);
    assert_eq!(stall.states(), [named("Amina", State::Waiting)]);
    let view = stall.campaign.person(amina).unwrap();
    assert_eq!(view.agrees_to.len(), 1, "the yes stands again");
    assert_eq!(ledger(&stall), ["grant", "taken_back", "grant"]);
    // However often.
    stall.campaign.undo().unwrap();
    stall.campaign.redo().unwrap();
    assert_eq!(stall.states(), [named("Amina", State::Waiting)]);
    assert_eq!(
        ledger(&stall),
        ["grant", "taken_back", "grant", "taken_back", "grant"]
    );
}

#[test]
fn acts_are_undone_and_done_again_one_after_another_across_a_restart() {
    let stall = Stall::new();
    captured(&stall, "Amina", "07700 900101", true);
    let rhys = captured(&stall, "Rhys", "", false);
    assert!(matches!(
        corrected(&stall, rhys, |typed| typed.postcode = "sw9 8jx".to_owned()),
        Corrected::Saved(None)
    ));
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.undo.as_deref(), Some("the correction of Rhys"));
    assert_eq!(undoable.redo, None);
    for _ in 0..3 {
        stall.campaign.undo().unwrap();
    }
    let stall = stall.reopened();
    assert_eq!(stall.people(), Vec::<String>::new());
    assert_eq!(stall.campaign.undo().unwrap_err().code(), Code::TooLate);
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.redo.as_deref(), Some("the capture of Amina"));
    for _ in 0..3 {
        stall.campaign.redo().unwrap();
    }
    assert_eq!(stall.people(), ["Rhys", "Amina"]);
    assert_eq!(details(&stall, rhys).postcode, "SW9 8JX");
    assert_eq!(stall.campaign.redo().unwrap_err().code(), Code::TooLate);
}

#[test]
fn nothing_is_done_again_once_something_else_was_done() {
    let stall = Stall::new();
    captured(&stall, "Amina", "07700 900101", true);
    stall.campaign.undo().unwrap();
    captured(&stall, "Rhys", "", false);
    assert_eq!(stall.campaign.redo().unwrap_err().code(), Code::TooLate);
    assert_eq!(stall.people(), ["Rhys"]);
}

#[test]
fn what_is_done_again_is_what_was_undone_last_and_nothing_from_before() {
    let stall = Stall::new();
    captured(&stall, "Amina", "07700 900101", true);
    stall.campaign.undo().unwrap();
    captured(&stall, "Rhys", "", false);
    stall.campaign.undo().unwrap();
    let stall = stall.reopened();
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.redo.as_deref(), Some("the capture of Rhys"));
    assert_eq!(stall.campaign.redo().unwrap().name, "Rhys");
    assert_eq!(stall.campaign.redo().unwrap_err().code(), Code::TooLate);
    assert_eq!(stall.people(), ["Rhys"]);
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
}

#[test]
fn what_they_said_after_the_undo_outranks_the_redo() {
    let stall = Stall::new();
    let form = person("Amina", "07700 900101", false);
    row(stall.save(&form, None));
    let amina = newest(&stall);
    let yes = person("Amina", "07700 900101", true);
    row(stall.save(&yes, Some(Choice::SamePerson(amina))));
    stall.campaign.undo().unwrap();
    // Their own hand says no while the yes is undone; that is nothing to undo and stands in Redo's way no less.
    let no = Typed {
        answers: BTreeMap::from([(TEXTS.to_owned(), false)]),
        ..form
    };
    let id = stall.campaign.start_capture().unwrap().capture_id;
    stall.campaign.save_own_hand(id, &no).unwrap();
    assert_eq!(stall.campaign.redo().unwrap_err().code(), Code::TooLate);
    assert!(stall.campaign.person(amina).unwrap().agrees_to.is_empty());
}

#[test]
fn putting_a_number_right_sends_the_text_there_and_undo_sends_it_back() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    let saved = corrected(&stall, amina, |typed| {
        typed.mobile = "07700 900102".to_owned()
    });
    assert_eq!(
        saved,
        Corrected::Saved(Some("Their text goes to the new number."))
    );
    let waiting = |stall: &Stall| {
        let rows = stall.campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
        rows.into_iter().map(|row| row.mobile).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&stall), ["07700 900102"]);
    stall.campaign.undo().unwrap();
    assert_eq!(waiting(&stall), ["07700 900101"]);
    stall.campaign.redo().unwrap();
    assert_eq!(waiting(&stall), ["07700 900102"]);
    let story: Vec<String> = stall
        .campaign
        .person(amina)
        .unwrap()
        .timeline
        .into_iter()
        .map(|happened| happened.sentence)
        .filter(|sentence| sentence.starts_with("Mobile"))
        .collect();
    assert_eq!(
        story,
        [
            "Mobile changed from 07700 900101 to 07700 900102 by Redo.",
            "Mobile changed from 07700 900102 to 07700 900101 by Undo.",
            "Mobile changed from 07700 900101 to 07700 900102.",
        ]
    );
}

#[test]
fn a_number_that_somebody_has_is_asked_about_and_a_faulty_one_is_not_kept() {
    let stall = Stall::new();
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let frank = captured(&stall, "Frank", "07700 900102", true);
    let moves = |typed: &mut Typed| typed.mobile = "07700 900101".to_owned();
    let Corrected::SameMobile(same) = corrected(&stall, frank, moves) else {
        panic!("Edith has it");
    };
    assert_eq!(same[0].id, edith);
    let Corrected::Invalid(problems) = corrected(&stall, frank, |typed| {
        typed.mobile = "07700 9001".to_owned();
        typed.email = "frank at example".to_owned();
    }) else {
        panic!("neither can be used");
    };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["mobile", "email"]);
    assert_eq!(
        details(&stall, frank).mobile.as_deref(),
        Some("+447700900102")
    );
    let shared = Some(NumberOf::SharedWith(edith));
    let typed = Typed {
        answers: BTreeMap::new(),
        ..person("Frank", "07700 900101", false)
    };
    let before = shown(&stall, frank);
    let saved = stall
        .campaign
        .correct(frank, &before, &typed, shared, None)
        .unwrap();
    assert_eq!(
        saved,
        Corrected::Saved(Some(
            "This phone gets one text, for whoever was saved first."
        ))
    );
    let home = stall.campaign.person(frank).unwrap().household;
    assert_eq!(home, [(edith, "Edith".to_owned())]);
    stall.campaign.undo().unwrap();
    assert!(stall.campaign.person(frank).unwrap().household.is_empty());
    assert_eq!(
        stall.states(),
        [
            named("Edith", State::Waiting),
            named("Frank", State::Waiting),
            named("Frank", State::NotSent)
        ]
    );
}

#[test]
fn a_name_put_right_is_in_the_words_of_the_text_that_waits() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amima", "07700 900101", true);
    corrected(&stall, amina, |typed| typed.first_name = "Amina".to_owned());
    assert!(stall.texts()[0].2.contains("Amina"));
    stall.campaign.undo().unwrap();
    assert!(stall.texts()[0].2.contains("Amima"));
}

#[test]
fn a_withdrawal_written_down_by_mistake_is_undone_and_the_ledger_shows_both() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    stall.campaign.withdraw(amina, TEXTS).unwrap();
    let agrees = |stall: &Stall| !stall.campaign.person(amina).unwrap().agrees_to.is_empty();
    assert!(!agrees(&stall));
    stall.campaign.undo().unwrap();
    assert!(agrees(&stall));
    stall.campaign.redo().unwrap();
    assert!(!agrees(&stall));
    stall.campaign.undo().unwrap();
    assert!(agrees(&stall));
    assert_eq!(
        ledger(&stall),
        [
            "grant",
            "withdrawal",
            "taken_back",
            "withdrawal",
            "taken_back"
        ]
    );
}

#[test]
fn an_erased_person_is_neither_undone_nor_kept_in_the_history() {
    let stall = Stall::new();
    captured(&stall, "Amina", "07700 900101", true);
    let rhys = captured(&stall, "Rhys", "07700 900102", true);
    corrected(&stall, rhys, |typed| {
        typed.last_name = "Quillfeather".to_owned()
    });
    corrected(&stall, rhys, |typed| typed.last_name = "Pugh".to_owned());
    let held = stall.campaign.everything_held(rhys).unwrap();
    assert!(held.text.contains("Last name from Quillfeather to Pugh"));
    stall.campaign.erase(rhys).unwrap();
    let left: u32 = stall
        .campaign
        .storage
        .read(|conn| Ok(conn.query_row("SELECT count(*) FROM changes", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(left, 0);
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.undo.as_deref(), Some("the capture of Amina"));
    stall.campaign.undo().unwrap();
    assert_eq!(stall.people(), Vec::<String>::new());
}

#[test]
fn a_text_that_waited_waits_again_with_redo_and_one_that_was_cancelled_does_not() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    stall.campaign.cancel_text(stall.waiting()).unwrap();
    for _ in 0..2 {
        stall.campaign.undo().unwrap();
    }
    for _ in 0..2 {
        stall.campaign.redo().unwrap();
    }
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
    // Asked again, it waits, and so it does with Redo.
    let again = person("Amina", "07700 900101", true);
    row(stall.save(&again, Some(Choice::SamePerson(amina))));
    for _ in 0..2 {
        assert_eq!(stall.states(), [named("Amina", State::Waiting)]);
        stall.campaign.undo().unwrap();
        assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
        stall.campaign.redo().unwrap();
    }
    stall.campaign.cancel_text(stall.waiting()).unwrap();
    // Nobody presses twice in a millisecond.
    let earlier = "UPDATE texts SET changed_at = changed_at - 1000";
    let storage = &stall.campaign.storage;
    storage
        .write(|conn| Ok(conn.execute_batch(earlier)?))
        .unwrap();
    stall.campaign.undo().unwrap();
    stall.campaign.redo().unwrap();
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
}

#[test]
fn a_text_that_took_the_place_of_another_waits_again_with_redo() {
    let stall = Stall::new();
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let frank = person("Frank", "07700 900101", true);
    row(stall.save(&frank, Some(Choice::SharesPhone(edith))));
    stall.campaign.cancel_text(stall.waiting()).unwrap();
    let states = [
        named("Edith", State::NotSent),
        named("Frank", State::Waiting),
    ];
    assert_eq!(stall.states(), states);
    stall.campaign.undo().unwrap();
    stall.campaign.redo().unwrap();
    assert_eq!(stall.states(), states);
}

#[test]
fn why_no_text_goes_is_said_in_one_sentence() {
    let stall = Stall::new();
    let why = |id| stall.campaign.person(id).unwrap().why_no_text;
    let nobody = captured(&stall, "No mobile", "", true);
    assert_eq!(
        why(nobody).as_deref(),
        Some("No text goes: there is no mobile.")
    );
    let unasked = captured(&stall, "Not asked", "07700 900101", false);
    assert!(why(unasked).unwrap().contains("not asked"));
    let waits = captured(&stall, "Waits", "07700 900102", true);
    assert!(why(waits).is_some());
    stall.campaign.opt_out("+447700900102").unwrap();
    assert!(why(waits).unwrap().contains("opted out"));
}
