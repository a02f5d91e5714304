//! Two records that become one person, and two again: what they agree to, which texts go, what is shown, exported and
//! erased, and that Undo gives back what was there.

mod exact;

use super::undoing::{captured, details, ledger, shown};
use super::*;
use crate::storage::history::Field;
use exact::everything;

fn agrees(stall: &Stall, id: Uuid) -> bool {
    let view = stall.campaign.person(id).unwrap();
    view.agrees_to.iter().any(|yes| yes.purpose == TEXTS)
}

fn confirmed(stall: &Stall, id: Uuid) -> bool {
    let view = stall.campaign.person(id).unwrap();
    view.agrees_to.iter().any(|yes| yes.confirmed)
}

fn story(stall: &Stall, id: Uuid) -> Vec<String> {
    let view = stall.campaign.person(id).unwrap();
    view.timeline
        .into_iter()
        .map(|told| told.sentence)
        .collect()
}

/// What a phone answers, as the gateway brings it.
fn answers_from(stall: &Stall, mobile: &str, body: &str) {
    stall.campaign.arrives(mobile, body).unwrap();
}

/// The drawn phone takes the text that waits.
fn delivered(stall: &Stall, text: Uuid) {
    let done = stall.campaign.storage.write(|conn| {
        let now = Utc::now();
        let route = stored::Route {
            kind: GatewayKind::Practice,
            account: String::new(),
        };
        stored::claim(conn, text, &route, now)?;
        stored::apply(
            conn,
            text,
            &Move::to(State::Delivered, Reason::OnThePhone),
            now,
        )
    });
    done.unwrap();
}

#[test]
fn both_histories_are_on_one_page_and_the_act_is_named() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    let other = captured(&stall, "A.", "07700 900102", true);
    let merged = stall.campaign.merge(amina, other, &[]).unwrap();
    assert_eq!(merged.name, "Amina");
    assert_eq!(stall.people(), ["Amina"]);
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.undo.as_deref(), Some("the merge of Amina and A."));
    let told = story(&stall, amina);
    let times = |sentence: &str| told.iter().filter(|told| *told == sentence).count();
    assert_eq!(times("Captured."), 2);
    assert_eq!(times("Merged with A.: one person."), 1);
    assert_eq!(
        times("Agreed to texts. Spoken to the canvasser."),
        2,
        "each said it once: {told:?}"
    );
    // Whoever has the other's page open is led to the one that is kept.
    assert_eq!(stall.campaign.person(other).unwrap().id, amina);
    let held = stall.campaign.everything_held(amina).unwrap();
    assert!(held.text.contains("Also recorded as: A., +447700900102"));
    assert_eq!(held.text.matches("Captured").count(), 2);
    stall.campaign.undo().unwrap();
    assert_eq!(stall.people(), ["A.", "Amina"]);
    assert!(story(&stall, amina).contains(&"Parted from A. by Undo.".to_owned()));
    let stall = stall.reopened();
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.redo.as_deref(), Some("the merge of Amina and A."));
    stall.campaign.redo().unwrap();
    assert_eq!(stall.people(), ["Amina"]);
    ledger(&stall);
}

#[test]
fn details_are_taken_from_whom_one_says_and_gaps_are_filled() {
    let stall = Stall::new();
    let kept = captured(&stall, "Amina", "07700 900101", false);
    let fuller = Typed {
        last_name: "Khan".to_owned(),
        email: "amina@example.org".to_owned(),
        ..person("Aminah", "07700 900102", false)
    };
    row(stall.save(&fuller, None));
    let other = stall
        .campaign
        .people(&Default::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id;
    let take = [(Field::FirstName, Side::Other), (Field::Email, Side::Kept)];
    stall.campaign.merge(kept, other, &take).unwrap();
    let now = details(&stall, kept);
    assert_eq!(now.name(), "Aminah Khan");
    assert_eq!(now.email, "", "it was said to keep none");
    assert_eq!(now.mobile.as_deref(), Some("+447700900101"));
    stall.campaign.undo().unwrap();
    assert_eq!(details(&stall, kept).name(), "Amina");
    assert_eq!(details(&stall, other).name(), "Aminah Khan");
}

#[test]
fn a_yes_counts_for_its_number_and_a_no_of_either_counts() {
    for (scenario, kept, other, takes_number, agrees_after) in [
        ("both agreed, kept's number", true, true, false, true),
        (
            "the other agreed to another number",
            false,
            true,
            false,
            false,
        ),
        (
            "the other agreed, and to this number",
            false,
            true,
            true,
            true,
        ),
        (
            "only kept agreed, to a number that goes",
            true,
            false,
            true,
            false,
        ),
    ] {
        let stall = Stall::new();
        let amina = captured(&stall, "Amina", "07700 900101", kept);
        let again = captured(&stall, "Aminah", "07700 900102", other);
        let take = [(Field::Mobile, Side::Other)];
        let take = if takes_number { &take[..] } else { &[] };
        stall.campaign.merge(amina, again, take).unwrap();
        assert_eq!(agrees(&stall, amina), agrees_after, "{scenario}");
        stall.campaign.undo().unwrap();
        assert_eq!(agrees(&stall, amina), kept, "{scenario}, undone");
        assert_eq!(agrees(&stall, again), other, "{scenario}, undone");
    }
}

#[test]
fn who_said_no_on_one_record_gets_no_texts_as_one_person() {
    let stall = Stall::new();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    let no = Typed {
        answers: BTreeMap::from([(TEXTS.to_owned(), false)]),
        ..person("Aminah", "07700 900102", false)
    };
    row(stall.save(&no, None));
    let other = stall
        .campaign
        .people(&Default::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id;
    let merged = stall.campaign.merge(amina, other, &[]).unwrap();
    assert!(merged.sentence.contains("one of the two said no"));
    assert!(!agrees(&stall, amina));
    stall.campaign.undo().unwrap();
    assert!(agrees(&stall, amina));
    assert_eq!(
        ledger(&stall),
        ["grant", "refusal", "withdrawal", "taken_back"]
    );
}

#[test]
fn one_phone_gets_one_text_and_its_yes_counts_for_the_one_person() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    row(stall.save(
        &person("Aminah", "07700 900101", true),
        Some(Choice::Anyway),
    ));
    let again = stall
        .campaign
        .people(&Default::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id;
    let before = everything(&stall);
    // The first has the text that waits; the second is kept, and gets it.
    stall.campaign.merge(again, first, &[]).unwrap();
    let waiting = stall.campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].body.contains("Aminah"));
    stall.campaign.undo().unwrap();
    assert_eq!(everything(&stall), before);
    stall.campaign.redo().unwrap();
    delivered(&stall, waiting[0].id);
    answers_from(&stall, "+447700900101", "YES");
    assert!(confirmed(&stall, again));
    assert_eq!(stall.texts().len(), 2, "no other text was written");
    // It was the first who was asked: parted again, the proof is theirs as well.
    let undone = stall.campaign.undo().unwrap();
    assert!(undone.sentence.contains("cannot be called back"));
    assert!(confirmed(&stall, first));
}

#[test]
fn a_proof_on_the_same_phone_goes_with_the_merge_and_back_with_its_undoing() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    delivered(&stall, stall.waiting());
    answers_from(&stall, "+447700900101", "YES");
    row(stall.save(
        &person("Aminah", "07700 900101", true),
        Some(Choice::Anyway),
    ));
    let again = stall
        .campaign
        .people(&Default::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id;
    assert!(!confirmed(&stall, again));
    stall.campaign.merge(again, first, &[]).unwrap();
    assert!(confirmed(&stall, again));
    stall.campaign.undo().unwrap();
    assert!(confirmed(&stall, first));
    assert!(!confirmed(&stall, again));
    assert!(agrees(&stall, again));
}

#[test]
fn a_no_while_they_were_one_counts_for_both_afterwards() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    let again = captured(&stall, "Aminah", "07700 900102", true);
    delivered(&stall, stall.waiting());
    let waits = stall.campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
    delivered(&stall, waits[0].id);
    stall.campaign.merge(first, again, &[]).unwrap();
    answers_from(&stall, "+447700900101", "NO");
    assert!(!agrees(&stall, first));
    stall.campaign.undo().unwrap();
    assert!(!agrees(&stall, first));
    assert!(!agrees(&stall, again));
}

#[test]
fn a_no_from_the_phone_that_went_counts_for_both_and_a_yes_from_it_for_neither() {
    for (scenario, kept_agrees) in [("both agreed", true), ("only the other was asked", false)] {
        let stall = Stall::new();
        let first = captured(&stall, "Amina", "07700 900101", kept_agrees);
        let again = captured(&stall, "Aminah", "07700 900102", true);
        let waits = stall.campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
        let hers = waits.iter().find(|text| text.mobile == "07700 900102");
        delivered(&stall, hers.unwrap().id);
        stall.campaign.merge(first, again, &[]).unwrap();
        answers_from(&stall, "+447700900102", "YES");
        assert_eq!(agrees(&stall, first), kept_agrees, "{scenario}");
        assert!(!confirmed(&stall, first), "{scenario}");
        answers_from(&stall, "+447700900102", "NO");
        assert!(!agrees(&stall, first), "{scenario}");
        for text in stall.campaign.texts(Group::Waiting, 0, 10).unwrap().rows {
            let claimable = stall
                .campaign
                .storage
                .read(|conn| stored::claimable(conn, text.id));
            assert!(!claimable.unwrap().facts.agreed, "{scenario}: none goes");
        }
        stall.campaign.undo().unwrap();
        assert!(!agrees(&stall, first), "{scenario}, undone");
        assert!(!agrees(&stall, again), "{scenario}, undone");
        ledger(&stall);
    }
}

#[test]
fn a_no_from_the_number_that_was_given_up_counts_too() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    delivered(&stall, stall.waiting());
    let again = captured(&stall, "Aminah", "07700 900102", false);
    let take = [(Field::Mobile, Side::Other)];
    stall.campaign.merge(first, again, &take).unwrap();
    // The yes was for the other number: a no says more.
    assert!(!agrees(&stall, first));
    answers_from(&stall, "+447700900101", "NO");
    stall.campaign.undo().unwrap();
    assert!(!agrees(&stall, first));
    ledger(&stall);
}

#[test]
fn a_yes_is_withdrawn_on_the_page_of_whoever_was_merged() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    let again = captured(&stall, "Aminah", "07700 900102", true);
    stall.campaign.merge(first, again, &[]).unwrap();
    assert!(agrees(&stall, again));
    stall.campaign.withdraw(again, TEXTS).unwrap();
    assert!(!agrees(&stall, first));
    stall.campaign.undo().unwrap();
    assert!(agrees(&stall, first));
}

#[test]
fn what_was_done_to_the_one_person_since_is_undone_first() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    let again = captured(&stall, "Aminah", "07700 900102", true);
    let before = everything(&stall);
    stall.campaign.merge(first, again, &[]).unwrap();
    stall.campaign.withdraw(first, TEXTS).unwrap();
    let form = Typed {
        postcode: "SW9 8JX".to_owned(),
        ..person("Amina", "07700 900101", true)
    };
    row(stall.save(&form, Some(Choice::SamePerson(first))));
    for _ in 0..3 {
        stall.campaign.undo().unwrap();
    }
    // The capture that was undone is kept as such.
    let but_captures = |all: Vec<String>| {
        let kept = all.into_iter().filter(|row| !row.starts_with("captures"));
        kept.collect::<Vec<_>>()
    };
    assert_eq!(but_captures(everything(&stall)), but_captures(before));
    for _ in 0..3 {
        stall.campaign.redo().unwrap();
    }
    assert_eq!(details(&stall, first).postcode, "SW9 8JX");
    assert_eq!(stall.people(), ["Amina"]);
}

#[test]
fn an_opt_out_of_either_number_stays() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    let again = captured(&stall, "Aminah", "07700 900102", true);
    stall.campaign.opt_out("+447700900102").unwrap();
    let take = [(Field::Mobile, Side::Other)];
    stall.campaign.merge(first, again, &take).unwrap();
    assert!(stall.campaign.person(first).unwrap().opted_out);
    assert!(
        stall
            .campaign
            .texts(Group::Waiting, 0, 10)
            .unwrap()
            .rows
            .is_empty()
    );
}

#[test]
fn erasing_the_one_person_erases_both() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    let again = captured(&stall, "Quillfeather", "07700 900102", true);
    let third = captured(&stall, "Third", "07700 900103", true);
    stall.campaign.merge(again, third, &[]).unwrap();
    stall.campaign.merge(first, again, &[]).unwrap();
    answers_from(&stall, "+447700900102", "call me");
    let blocked = stall.campaign.erase_number("+447700900102").unwrap_err();
    assert_eq!(blocked.code(), Code::TooLate);
    stall.campaign.erase(again).unwrap();
    let left: Vec<String> = everything(&stall);
    for row in &left {
        assert!(
            !row.contains("Quillfeather") && !row.contains("9001"),
            "{row}"
        );
    }
    assert_eq!(stall.people(), Vec::<String>::new());
    assert_eq!(stall.campaign.undoable().unwrap().undo, None);
    ledger(&stall);
}

#[test]
fn a_merged_record_is_not_swept_away_like_a_capture_taken_back() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    let again = captured(&stall, "Aminah", "07700 900102", true);
    stall.campaign.merge(first, again, &[]).unwrap();
    let swept = stall.campaign.storage.read(|conn| {
        let later = Utc::now() + chrono::TimeDelta::days(30);
        crate::storage::erasure::taken_back(conn, later, Some(later), 10, &mut {
            crate::campaign::erasing::BEGINNING
        })
    });
    assert!(swept.unwrap().is_empty());
}

#[test]
fn faults_change_nothing() {
    let stall = Stall::new();
    let first = captured(&stall, "Amina", "07700 900101", true);
    let again = captured(&stall, "Aminah", "07700 900102", true);
    let before = everything(&stall);
    let nobody = Uuid::now_v7();
    for (keep, other, code) in [
        (first, first, Code::Invalid),
        (first, nobody, Code::NotFound),
        (nobody, first, Code::NotFound),
    ] {
        let merged = stall.campaign.merge(keep, other, &[]);
        assert_eq!(merged.unwrap_err().code(), code);
        let parted = stall.campaign.not_the_same(keep, other);
        assert_eq!(parted.unwrap_err().code(), code);
    }
    assert_eq!(everything(&stall), before);
    stall.campaign.merge(first, again, &[]).unwrap();
    let twice = stall.campaign.merge(first, again, &[]);
    assert_eq!(twice.unwrap_err().code(), Code::NotFound);
}

#[test]
fn a_household_that_a_correction_made_is_given_back() {
    let stall = Stall::new();
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let frank = captured(&stall, "Frank", "07700 900102", true);
    let before = everything(&stall);
    let typed = person("Frank", "07700 900101", false);
    let shared = Some(NumberOf::SharedWith(edith));
    let shown = shown(&stall, frank);
    stall
        .campaign
        .correct(frank, &shown, &typed, shared, None)
        .unwrap();
    let undoable = stall.campaign.undoable().unwrap();
    assert_eq!(undoable.undo.as_deref(), Some("the correction of Frank"));
    stall.campaign.undo().unwrap();
    let told = story(&stall, edith);
    for sentence in [
        "Put into a household.",
        "Taken out of their household by Undo.",
    ] {
        assert!(told.contains(&sentence.to_owned()), "{told:?}");
    }
    let of_people = |all: &[String]| {
        let people = all.iter().filter(|row| row.starts_with("supporters"));
        people.cloned().collect::<Vec<_>>()
    };
    assert_eq!(of_people(&everything(&stall)), of_people(&before));
    // And one that a capture made.
    row(stall.save(&typed, Some(Choice::SharesPhone(edith))));
    stall.campaign.undo().unwrap();
    let home: Option<Uuid> = stall
        .campaign
        .storage
        .read(|conn| Ok(supporters::standing(conn, edith)?.0))
        .unwrap();
    assert_eq!(home, None);
}
