//! What nobody can undo, or is somebody's own word, stands in the way of nothing that was done before it.

use std::cell::Cell;

use chrono::TimeDelta;

use super::*;
use crate::storage::history;

/// Saves what somebody typed and answered on the turned screen.
fn by_own_hand(stall: &Stall, name: &str, mobile: &str, agrees: bool) {
    let form = Typed {
        answers: BTreeMap::from([(TEXTS.to_owned(), agrees)]),
        ..person(name, mobile, agrees)
    };
    let id = stall.campaign.start_capture().unwrap().capture_id;
    stall.campaign.save_own_hand(id, &form).unwrap();
}

fn offered(stall: &Stall) -> Option<String> {
    stall.campaign.undoable().unwrap().undo
}

#[test]
fn what_somebody_saved_with_their_own_hand_is_passed_over() {
    let stall = Stall::new();
    let bob = captured(&stall, "Bob", "07700 900101", true);
    corrected(&stall, bob, |typed| typed.postcode = "SW9 8JX".to_owned());
    by_own_hand(&stall, "Zofia", "07700 900102", true);
    let stall = stall.reopened();
    assert_eq!(offered(&stall).as_deref(), Some("the correction of Bob"));
    assert_eq!(stall.campaign.undo().unwrap().name, "Bob");
    assert_eq!(details(&stall, bob).postcode, "");
    assert_eq!(stall.campaign.redo().unwrap().name, "Bob");
    assert_eq!(details(&stall, bob).postcode, "SW9 8JX");
    for _ in 0..2 {
        assert_eq!(stall.campaign.undo().unwrap().name, "Bob");
    }
    assert_eq!(offered(&stall), None);
    assert_eq!(stall.campaign.undo().unwrap_err().code(), Code::TooLate);
    assert_eq!(stall.people(), ["Zofia"]);
}

#[test]
fn a_day_of_people_who_saved_themselves_is_not_gone_through_each_time_the_window_asks() {
    let stall = Stall::new();
    captured(&stall, "Bob", "07700 900101", true);
    for number in 200..230 {
        by_own_hand(&stall, "Zofia", &format!("07700 900{number}"), true);
    }
    let looked_at = |can_be: bool| {
        let looked_at = Cell::new(0);
        let found = stall.campaign.storage.read(|conn| {
            let since = Utc::now() - TimeDelta::days(7);
            history::last_done(conn, since, |_| {
                looked_at.set(looked_at.get() + 1);
                Ok(can_be)
            })
        });
        (found.unwrap().map(|act| act.kind), looked_at.get())
    };
    assert_eq!(looked_at(true), (Some(history::Kind::Capture), 1));
    assert_eq!(offered(&stall).as_deref(), Some("the capture of Bob"));
    // What cannot be undone for another reason is looked at, and not without an end.
    let many = stall.campaign.storage.write(|conn| {
        for _ in 0..600 {
            let id = Uuid::now_v7();
            history::begin(conn, id, history::Kind::Correction, "Sam", None, Utc::now())?;
        }
        Ok(())
    });
    many.unwrap();
    assert_eq!(looked_at(false), (None, 500));
    assert_eq!(offered(&stall), None);
}

#[test]
fn nothing_is_undone_that_was_done_to_somebody_before_they_spoke_themselves() {
    let stall = Stall::new();
    captured(&stall, "Rhys", "", false);
    let bob = captured(&stall, "Bob", "07700 900101", false);
    corrected(&stall, bob, |typed| {
        typed.mobile = "07700 900102".to_owned()
    });
    by_own_hand(&stall, "Bob", "07700 900102", true);
    assert_eq!(offered(&stall).as_deref(), Some("the capture of Rhys"));
    stall.campaign.undo().unwrap();
    assert_eq!(stall.campaign.undo().unwrap_err().code(), Code::TooLate);
    assert_eq!(stall.people(), ["Bob"]);
    assert_eq!(
        details(&stall, bob).mobile.as_deref(),
        Some("+447700900102")
    );
    assert_eq!(stall.campaign.person(bob).unwrap().agrees_to.len(), 1);
    // What is put right afterwards can be undone.
    corrected(&stall, bob, |typed| typed.last_name = "Pugh".to_owned());
    assert_eq!(
        offered(&stall).as_deref(),
        Some("the correction of Bob Pugh")
    );
    stall.campaign.undo().unwrap();
    assert_eq!(stall.people(), ["Bob"]);
}

#[test]
fn what_their_own_hand_changed_is_told_as_such() {
    let stall = Stall::new();
    let bob = captured(&stall, "Bob", "07700 900101", false);
    let form = Typed {
        postcode: "SW9 8JX".to_owned(),
        ..person("Bob", "07700 900101", true)
    };
    let id = stall.campaign.start_capture().unwrap().capture_id;
    stall.campaign.save_own_hand(id, &form).unwrap();
    let story = stall.campaign.person(bob).unwrap().timeline;
    let told = "Postcode changed from nothing to “SW9 8JX”, by their own hand.";
    assert!(story.iter().any(|happened| happened.sentence == told));
}

#[test]
fn a_withdrawal_after_which_they_said_something_else_is_passed_over() {
    let stall = Stall::new();
    let bob = captured(&stall, "Bob", "07700 900101", false);
    let amina = captured(&stall, "Amina", "07700 900102", true);
    corrected(&stall, bob, |typed| typed.postcode = "SW9 8JX".to_owned());
    stall.campaign.withdraw(amina, TEXTS).unwrap();
    assert_eq!(
        offered(&stall).as_deref(),
        Some("what was withdrawn for Amina")
    );
    by_own_hand(&stall, "Amina", "07700 900102", true);
    assert_eq!(offered(&stall).as_deref(), Some("the correction of Bob"));
    stall.campaign.undo().unwrap();
    assert_eq!(stall.campaign.person(amina).unwrap().agrees_to.len(), 1);
    // Redo is no more in its way than Undo was.
    stall.campaign.redo().unwrap();
    assert_eq!(details(&stall, bob).postcode, "SW9 8JX");
}

#[test]
fn what_was_done_to_somebody_whom_another_laptop_removed_is_passed_over() {
    let stall = Stall::new();
    captured(&stall, "Rhys", "", false);
    let bob = captured(&stall, "Bob", "07700 900101", true);
    corrected(&stall, bob, |typed| typed.last_name = "Pugh".to_owned());
    stall.campaign.undo().unwrap();
    let done = stall
        .campaign
        .storage
        .write(|conn| supporters::remove(conn, bob, Utc::now()));
    done.unwrap();
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.redo, None);
    assert_eq!(stall.campaign.redo().unwrap_err().code(), Code::TooLate);
    assert_eq!(undoable.undo.as_deref(), Some("the capture of Rhys"));
    stall.campaign.undo().unwrap();
    assert_eq!(stall.people(), Vec::<String>::new());
}

#[test]
fn whom_somebody_shared_a_phone_with_is_undone_though_that_one_is_erased() {
    let stall = Stall::new();
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let frank = person("Frank", "07700 900101", true);
    row(stall.save(&frank, Some(Choice::SharesPhone(edith))));
    let frank = newest(&stall);
    stall.campaign.erase(frank).unwrap();
    assert_eq!(offered(&stall).as_deref(), Some("the capture of Edith"));
    // And so is whom a correction put into one home with another.
    let hana = captured(&stall, "Hana", "07700 900102", true);
    let george = captured(&stall, "George", "07700 900103", false);
    let before = shown(&stall, george);
    let typed = person("George", "07700 900102", false);
    let shared = Some(NumberOf::SharedWith(hana));
    let saved = stall
        .campaign
        .correct(george, &before, &typed, shared, None);
    assert!(matches!(saved, Ok(Corrected::Saved(_))));
    stall.campaign.erase(george).unwrap();
    for name in ["Hana", "Edith"] {
        let capture = format!("the capture of {name}");
        assert_eq!(offered(&stall), Some(capture));
        assert_eq!(stall.campaign.undo().unwrap().name, name);
    }
    assert_eq!(offered(&stall), None);
    for name in ["Edith", "Hana"] {
        assert_eq!(stall.campaign.redo().unwrap().name, name);
    }
    assert_eq!(stall.campaign.redo().unwrap_err().code(), Code::TooLate);
}

#[test]
fn who_shares_a_phone_with_somebody_who_has_gone_is_undone_and_done_again() {
    let stall = Stall::new();
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let frank = person("Frank", "07700 900101", true);
    row(stall.save(&frank, Some(Choice::SharesPhone(edith))));
    let done = stall
        .campaign
        .storage
        .write(|conn| supporters::remove(conn, edith, Utc::now()));
    done.unwrap();
    stall.campaign.undo().unwrap();
    assert_eq!(stall.people(), Vec::<String>::new());
    stall.campaign.redo().unwrap();
    assert_eq!(stall.people(), ["Frank"]);
}
