//! Whom somebody lives with, as their page says it: chosen, undone, and guarded like any other field.

use super::undoing::{captured, details, shown};
use super::*;

/// Somebody's household as their page shows it now.
fn home(stall: &Stall, id: Uuid) -> Option<Uuid> {
    stall.campaign.person(id).unwrap().home
}

fn lives_with(stall: &Stall, id: Uuid) -> Vec<String> {
    let lives_with = stall.campaign.person(id).unwrap().lives_with;
    lives_with.into_iter().map(|(_, name)| name).collect()
}

/// Whether somebody's page tells this of them.
fn tells(stall: &Stall, id: Uuid, sentence: &str) -> bool {
    let timeline = stall.campaign.person(id).unwrap().timeline;
    timeline.iter().any(|told| told.sentence == sentence)
}

/// Says on somebody's page whom they live with, and types nothing else.
fn moves(stall: &Stall, id: Uuid, with: LivesWith) -> Result<Corrected> {
    let typed = shown(stall, id);
    let home = Home {
        shown: home(stall, id),
        with,
    };
    stall.campaign.correct(id, &typed, &typed, None, Some(home))
}

#[test]
fn whom_somebody_lives_with_is_chosen_undone_and_redone() {
    let stall = Stall::new();
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let frank = captured(&stall, "Frank", "07700 900102", true);
    let saved = moves(&stall, frank, LivesWith::Somebody(edith)).unwrap();
    assert_eq!(saved, Corrected::Saved(None));
    assert_eq!(lives_with(&stall, frank), ["Edith"]);
    assert_eq!(lives_with(&stall, edith), ["Frank"]);
    assert!(tells(&stall, frank, "Put into a household."));
    assert_eq!(
        stall.campaign.undoable().unwrap().undo.as_deref(),
        Some("the correction of Frank")
    );
    stall.campaign.undo().unwrap();
    for id in [edith, frank] {
        assert_eq!(home(&stall, id), None, "neither had one");
        assert!(tells(&stall, id, "Taken out of their household by Undo."));
    }
    stall.campaign.redo().unwrap();
    assert_eq!(lives_with(&stall, edith), ["Frank"]);
    // Nothing of it writes or stops a text.
    assert_eq!(
        stall.states(),
        [
            named("Edith", State::Waiting),
            named("Frank", State::Waiting)
        ]
    );
}

#[test]
fn whoever_moves_leaves_the_others_where_they_are() {
    let stall = Stall::new();
    let [amina, bo, cerys] = [("Amina", 1), ("Bo", 2), ("Cerys", 3)]
        .map(|(name, n)| captured(&stall, name, &format!("07700 90010{n}"), false));
    moves(&stall, bo, LivesWith::Somebody(amina)).unwrap();
    moves(&stall, cerys, LivesWith::Somebody(bo)).unwrap();
    assert_eq!(lives_with(&stall, amina), ["Bo", "Cerys"]);
    moves(&stall, bo, LivesWith::NobodyElse).unwrap();
    assert_eq!(lives_with(&stall, bo), Vec::<String>::new());
    assert_eq!(lives_with(&stall, amina), ["Cerys"]);
    moves(&stall, cerys, LivesWith::Somebody(bo)).unwrap();
    assert_eq!(lives_with(&stall, cerys), ["Bo"]);
    assert_eq!(lives_with(&stall, amina), Vec::<String>::new());
    assert!(tells(&stall, cerys, "Put into another household."));
    for _ in 0..4 {
        stall.campaign.undo().unwrap();
    }
    assert!(
        [amina, bo, cerys]
            .iter()
            .all(|id| home(&stall, *id).is_none())
    );
}

#[test]
fn a_household_that_changed_since_it_was_shown_is_not_typed_over() {
    let stall = Stall::new();
    let [amina, bo, cerys] = [("Amina", 1), ("Bo", 2), ("Cerys", 3)]
        .map(|(name, n)| captured(&stall, name, &format!("07700 90010{n}"), false));
    let before = shown(&stall, cerys);
    let with = |with| {
        Some(Home {
            shown: None,
            with: LivesWith::Somebody(with),
        })
    };
    // Somebody else puts her into another home while the page is open.
    moves(&stall, cerys, LivesWith::Somebody(bo)).unwrap();
    let typed = Typed {
        last_name: "Hill".to_owned(),
        ..before.clone()
    };
    let correct = |home| stall.campaign.correct(cerys, &before, &typed, None, home);
    let refused = correct(with(amina)).unwrap_err();
    assert_eq!(refused.code(), Code::TooLate);
    let sentence = refused.to_string();
    assert!(
        sentence.starts_with("Changed meanwhile: Household. "),
        "{sentence}"
    );
    assert_eq!(lives_with(&stall, cerys), ["Bo"]);
    assert_eq!(details(&stall, cerys).last_name, "", "nothing was saved");
    assert_eq!(home(&stall, amina), None, "and nobody got a home");
    // Whoever chooses what stands there by now loses nothing.
    assert_eq!(correct(with(bo)).unwrap(), Corrected::Saved(None));
    assert_eq!(details(&stall, cerys).last_name, "Hill");
    assert_eq!(lives_with(&stall, cerys), ["Bo"]);
}

#[test]
fn what_is_said_of_a_household_outranks_a_number_that_is_shared() {
    let stall = Stall::new();
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let frank = captured(&stall, "Frank", "07700 900102", true);
    moves(&stall, frank, LivesWith::Somebody(edith)).unwrap();
    let before = shown(&stall, frank);
    let typed = Typed {
        mobile: "07700 900101".to_owned(),
        ..before.clone()
    };
    let alone = Some(Home {
        shown: home(&stall, frank),
        with: LivesWith::NobodyElse,
    });
    let correct = |number_of| {
        let campaign = &stall.campaign;
        campaign
            .correct(frank, &before, &typed, number_of, alone)
            .unwrap()
    };
    let Corrected::SameMobile(same) = correct(None) else {
        panic!("somebody has it already");
    };
    assert_eq!(lives_with(&stall, frank), ["Edith"], "asked about first");
    correct(Some(NumberOf::SharedWith(same[0].id)));
    assert_eq!(lives_with(&stall, frank), Vec::<String>::new());
    assert_eq!(
        stall.campaign.person(frank).unwrap().household,
        [(edith, "Edith".to_owned())],
        "they share the phone all the same"
    );
    // One act, both ways.
    stall.campaign.undo().unwrap();
    assert_eq!(lives_with(&stall, frank), ["Edith"]);
    assert_eq!(
        details(&stall, frank).mobile.as_deref(),
        Some("+447700900102")
    );
}

#[test]
fn nobody_lives_with_themselves_or_with_somebody_who_has_gone() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", false);
    let bo = captured(&stall, "Bo", "07700 900102", false);
    stall.campaign.undo().unwrap();
    for with in [amina, bo] {
        let refused = moves(&stall, amina, LivesWith::Somebody(with)).unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
    assert_eq!(home(&stall, amina), None);
    assert_eq!(
        moves(&stall, amina, LivesWith::NobodyElse).unwrap(),
        Corrected::Saved(None)
    );
    assert!(!tells(&stall, amina, "Taken out of their household."));
}
