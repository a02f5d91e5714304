//! Consent on a list, and texts that must never go.

use super::*;
use crate::campaign::tests::undoing::corrected;

pub(super) fn attested() -> Attestation {
    Attestation {
        wording: "I agree to texts from Clean Air Now.".to_owned(),
        purpose: TEXTS.to_owned(),
        date: "2024-05-02".to_owned(),
        method: "Paper form at the May fair".to_owned(),
        by: "Sam".to_owned(),
        agreed: true,
    }
}

const LIST: &str =
    "name,mobile,agreed\nAmina,07700 900101,yes\nRhys,07700 900102,no\nWei,07700 900103,\n";

#[test]
fn consent_comes_in_only_where_it_is_mapped_and_attested() {
    let stall = Stall::new();
    let path = list(&stall, "members.csv", LIST);
    let report = check(&stall, &path, None);
    assert_eq!(report.counts.with_consent, 0);
    let mut faulty = Vec::new();
    for spoil in [
        |said: &mut Attestation| said.wording = " ".to_owned(),
        |said: &mut Attestation| said.purpose = "nothing".to_owned(),
        |said: &mut Attestation| said.date = "2999-01-01".to_owned(),
        |said: &mut Attestation| said.method.clear(),
        |said: &mut Attestation| said.by.clear(),
        |said: &mut Attestation| said.agreed = false,
    ] {
        let mut said = attested();
        spoil(&mut said);
        let refused = watched(|watch| {
            let said = Some(&said);
            stall
                .campaign
                .check_list(&path, ListKind::People, None, said, watch)
        });
        faulty.extend(refused.err().unwrap().field());
    }
    assert_eq!(
        faulty,
        ["wording", "purpose", "date", "method", "by", "agreed"]
    );
    let unmapped = list(&stall, "unmapped.csv", "name,mobile\nAmina,07700 900101\n");
    let refused = watched(|watch| {
        let said = Some(&attested());
        stall
            .campaign
            .check_list(&unmapped, ListKind::People, None, said, watch)
    });
    assert_eq!(refused.err().unwrap().field(), Some("columns"));

    let report = check(&stall, &path, Some(&attested()));
    assert_eq!(report.counts.with_consent, 1);
    bring(&stall, &report).unwrap();
    let amina = stall.campaign.person(id_of(&stall, "Amina")).unwrap();
    assert_eq!(amina.agrees_to.len(), 1);
    assert!(!amina.agrees_to[0].confirmed);
    for name in ["Rhys", "Wei"] {
        let view = stall.campaign.person(id_of(&stall, name)).unwrap();
        assert!(view.agrees_to.is_empty(), "{name}");
    }
    let receipt = amina.timeline.iter().find_map(|told| told.receipt).unwrap();
    let receipt = stall.campaign.receipt(receipt).unwrap();
    assert_eq!(receipt.wording, "I agree to texts from Clean Air Now.");
    assert_eq!(receipt.canvasser, "Sam");
    assert_eq!(
        receipt.place,
        "Paper form at the May fair, from the list members.csv"
    );
    assert!(receipt.local.starts_with("2 May 2024"), "{}", receipt.local);
    assert!(matches!(
        stall.campaign.check_ledger().unwrap(),
        LedgerState::Whole { .. }
    ));
    // What somebody else asked with is not what is read out here.
    let asked = &stall.form().asks[0].wordings;
    assert!(asked.iter().all(|words| words.body != receipt.wording));
}

#[test]
fn an_import_texts_nobody_not_even_by_redo_or_once_it_is_open_again() {
    let stall = Stall::new();
    let path = list(&stall, "members.csv", LIST);
    let report = check(&stall, &path, Some(&attested()));
    bring(&stall, &report).unwrap();
    let texts = |stall: &Stall| stall.texts().len();
    assert_eq!(texts(&stall), 0);
    stall.campaign.undo().unwrap();
    stall.campaign.redo().unwrap();
    assert_eq!(texts(&stall), 0);
    let stall = stall.reopened();
    assert_eq!(texts(&stall), 0);
    let amina = id_of(&stall, "Amina");
    assert_eq!(
        stall.campaign.person(amina).unwrap().why_no_text.as_deref(),
        Some("No text goes: they were not asked on this number.")
    );
    // A capture asks them, as it asks everybody.
    let form = person("Amina", "07700 900101", true);
    row(stall.save(&form, Some(Choice::SamePerson(amina))));
    assert_eq!(stall.states(), [named("Amina", State::Waiting)]);
}

/// Somebody whom a list brought in with a yes.
fn brought_with_a_yes(stall: &Stall) -> Uuid {
    let path = list(stall, "members.csv", LIST);
    let report = check(stall, &path, Some(&attested()));
    bring(stall, &report).unwrap();
    id_of(stall, "Amina")
}

#[test]
fn a_correction_asks_who_came_in_with_a_yes_and_its_undoing_asks_nobody() {
    let stall = Stall::new();
    let amina = brought_with_a_yes(&stall);
    let moved = |typed: &mut Typed| typed.mobile = "07700 900111".to_owned();
    corrected(&stall, amina, moved);
    let waiting = |stall: &Stall| {
        let rows = stall.campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
        rows.into_iter().map(|row| row.mobile).collect::<Vec<_>>()
    };
    for _ in 0..2 {
        assert_eq!(waiting(&stall), ["07700 900111"]);
        let undone = stall.campaign.undo().unwrap();
        assert_eq!(undone.sentence, "They are as they were before.");
        assert_eq!(waiting(&stall), Vec::<String>::new());
        assert_eq!(stall.texts().len(), 1, "none was written");
        stall.campaign.redo().unwrap();
    }
}

#[test]
fn who_was_not_asked_in_a_capture_is_not_asked_by_its_redo_nor_by_another_undo() {
    let stall = Stall::new();
    let amina = brought_with_a_yes(&stall);
    let form = person("Amina", "07700 900101", false);
    row(stall.save(&form, Some(Choice::SamePerson(amina))));
    let none_goes = [named("Amina", State::NotSent)];
    assert_eq!(stall.states(), none_goes);
    stall.campaign.undo().unwrap();
    assert_eq!(stall.states(), none_goes);
    stall.campaign.redo().unwrap();
    assert_eq!(stall.states(), none_goes);
    // Of the two numbers, only the one that was put right is asked.
    corrected(&stall, amina, |typed| {
        typed.mobile = "07700 900111".to_owned()
    });
    stall.campaign.undo().unwrap();
    assert_eq!(stall.texts().len(), 2);
    assert!(
        stall
            .states()
            .iter()
            .all(|(_, state)| *state == State::NotSent)
    );
}

#[test]
fn a_no_stands_whatever_a_list_says() {
    let stall = Stall::new();
    let no = Typed {
        answers: BTreeMap::from([(TEXTS.to_owned(), false)]),
        ..person("Amina", "07700 900101", false)
    };
    row(stall.save(&no, None));
    let path = list(&stall, "members.csv", LIST);
    let report = check(&stall, &path, Some(&attested()));
    assert_eq!(report.counts, counts(2, 1, 0, 0));
    bring(&stall, &report).unwrap();
    let view = stall.campaign.person(id_of(&stall, "Amina")).unwrap();
    assert!(view.agrees_to.is_empty());
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
}

#[test]
fn who_is_opted_out_stays_so_and_their_yes_does_not_come_in() {
    let stall = Stall::new();
    row(stall.save(&person("Amina", "07700 900101", true), None));
    stall.campaign.opt_out("+447700900101").unwrap();
    row(stall.save(&person("Rhys", "07700 900102", false), None));
    stall.campaign.opt_out("+447700900102").unwrap();
    stall.campaign.erase(id_of(&stall, "Rhys")).unwrap();
    let text = "name,mobile,agreed,opted out\n\
        Amina,07700 900101,yes,\nRhys,07700 900102,yes,\nWei,07700 900103,yes,yes\nLi,07700 900104,O,\n";
    let path = list(&stall, "members.csv", text);
    let report = check(&stall, &path, Some(&attested()));
    assert_eq!(
        (report.counts.opted_out, report.counts.with_consent),
        (4, 0),
        "{}",
        report.sentence
    );
    bring(&stall, &report).unwrap();
    for name in ["Amina", "Rhys", "Wei", "Li"] {
        let view = stall.campaign.person(id_of(&stall, name)).unwrap();
        assert!(view.opted_out, "{name}");
    }
}
