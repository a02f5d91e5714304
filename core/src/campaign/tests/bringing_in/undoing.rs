//! Undo and Redo of a whole list.

use super::*;

const THREE: &str =
    "name,mobile,postcode\nAmina,07700 900101,SW9 8JX\nRhys,07700 900102,\nWei,07700 900103,\n";

#[test]
fn a_whole_list_is_undone_and_brought_in_again_after_a_restart_too() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", false), None));
    brought(&stall, THREE);
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(
        undoable.undo.as_deref(),
        Some("the list members.csv (3 people)")
    );
    let stall = stall.reopened();
    let postcode = |stall: &Stall| {
        let people = stall
            .campaign
            .people(&Default::default(), 0, 10)
            .unwrap()
            .rows;
        let amina = people.iter().find(|one| one.name == "Amina").unwrap();
        amina.postcode.clone()
    };
    for _ in 0..2 {
        assert_eq!(postcode(&stall), "SW9 8JX");
        let undone = stall.campaign.undo().unwrap();
        assert_eq!(
            undone.sentence,
            "2 people have gone. 1 person is as before."
        );
        assert_eq!(stall.people(), ["Amina"]);
        assert_eq!(postcode(&stall), "");
        let again = stall.campaign.redo().unwrap();
        assert_eq!(again.sentence, "2 people are back. No text goes.");
        assert_eq!(
            stall
                .campaign
                .people(&Default::default(), 0, 10)
                .unwrap()
                .total,
            3
        );
    }
}

#[test]
fn who_was_captured_since_stays_when_the_list_goes() {
    let stall = Stall::new();
    brought(&stall, THREE);
    let people = stall
        .campaign
        .people(&Default::default(), 0, 10)
        .unwrap()
        .rows;
    let rhys = people.iter().find(|one| one.name == "Rhys").unwrap().id;
    // Their own hand says so, and Undo passes that by.
    let form = Typed {
        answers: answers(true),
        ..person("Rhys", "07700 900102", true)
    };
    let id = stall.campaign.start_capture().unwrap().capture_id;
    stall.campaign.save_own_hand(id, &form).unwrap();
    let undone = stall.campaign.undo().unwrap();
    assert_eq!(
        undone.sentence,
        "2 people have gone. 1 person stays as they are: they were captured, texted or changed since."
    );
    assert_eq!(stall.people(), ["Rhys"]);
    let view = stall.campaign.person(rhys).unwrap();
    assert_eq!(view.agrees_to.len(), 1);
}

#[test]
fn an_attested_yes_goes_with_the_list_and_comes_back_with_it() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", false), None));
    let text = "name,mobile,agreed\nAmina,07700 900101,yes\nRhys,07700 900102,yes\n";
    let path = list(&stall, "members.csv", text);
    let said = Attestation {
        wording: "Texts from Clean Air Now".to_owned(),
        purpose: TEXTS.to_owned(),
        date: "2024-05-02".to_owned(),
        method: "Website".to_owned(),
        by: "Sam".to_owned(),
        agreed: true,
    };
    let report = check(&stall, &path, Some(&said));
    assert_eq!(report.counts.with_consent, 2);
    bring(&stall, &report).unwrap();
    let agree = |stall: &Stall| {
        let people = stall
            .campaign
            .people(&Default::default(), 0, 10)
            .unwrap()
            .rows;
        let agrees = crate::storage::finding::Consent::Agrees;
        people.iter().filter(|one| one.consent == agrees).count()
    };
    for _ in 0..2 {
        assert_eq!(agree(&stall), 2);
        stall.campaign.undo().unwrap();
        assert_eq!(agree(&stall), 0);
        stall.campaign.redo().unwrap();
    }
    assert_eq!(agree(&stall), 2);
    assert!(matches!(
        stall.campaign.check_ledger().unwrap(),
        LedgerState::Whole { .. }
    ));
}
