//! What people are told, for how long they are kept, and their own hand.

use secrecy::SecretString;

use super::*;
use crate::campaign::OwnHand;
use crate::consent::Rules;

const AMINA: &str = "+447700900101";

#[test]
fn point_06_the_privacy_notice_says_who_why_how_long_and_which_rights() {
    let stall = Stall::shut("GB", tuesday());
    let rules = Rules {
        contact: "data@cleanair.example".to_owned(),
        kept_for: Some(24),
        ..Rules::default()
    };
    stall.campaign.save_rules(&rules).unwrap();
    let notice = stall.campaign.privacy_notice("en").unwrap();
    for said in [
        "Clean Air Now",
        "data@cleanair.example",
        "24 months",
        "object",
        "withdraw",
        "ICO",
    ] {
        assert!(notice.contains(said), "{said}: {notice}");
    }
    let welsh = stall.campaign.privacy_notice("cy").unwrap();
    assert!(welsh.contains("data@cleanair.example") && welsh != notice);
}

#[test]
fn point_22_who_is_kept_longer_than_the_campaign_said_is_listed_and_then_erased() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    stall.captured("Bo", "07700 900102", true);
    stall.captured("Cy", "07700 900103", true);
    let rules = Rules {
        kept_for: Some(12),
        ..Rules::default()
    };
    assert_eq!(
        stall.campaign.past_keeping().unwrap().count,
        0,
        "kept for good"
    );
    stall.campaign.save_rules(&rules).unwrap();
    stall.it_is(tuesday() + TimeDelta::days(300));
    assert_eq!(stall.campaign.past_keeping().unwrap().count, 0);
    // Bo is heard of again.
    stall.arrives("+447700900102", "Still with you");
    stall.it_is(tuesday() + TimeDelta::days(370));
    stall.captured("Di", "07700 900104", true);
    let past = stall.campaign.past_keeping().unwrap();
    let names: Vec<String> = past.rows.into_iter().map(|row| row.name).collect();
    assert_eq!(
        (past.count, names),
        (2, vec!["Amina".to_owned(), "Cy".to_owned()])
    );
    assert_eq!(stall.campaign.erase_past_keeping().unwrap(), 2);
    assert_eq!(
        stall
            .campaign
            .people(&Question::default(), 0, 10)
            .unwrap()
            .total,
        2
    );
    assert_eq!(stall.campaign.past_keeping().unwrap().count, 0);
    assert!(matches!(
        stall.campaign.check_ledger().unwrap(),
        LedgerState::Whole { .. }
    ));
}

#[test]
fn point_22_what_was_taken_back_is_gone_after_a_week_unless_a_text_has_to_be_proved() {
    let provider = Provider::new();
    let stall = Stall::through(&provider, "GB");
    let is_readable = |campaign: &Campaign, secret: &str| {
        let mut export = Vec::new();
        campaign.export_ledger(&mut export).unwrap();
        String::from_utf8(export).unwrap().contains(secret)
    };
    stall.captured("Texted", "07700 900102", true);
    stall.until_texts_have_left();
    stall.campaign.undo().unwrap();
    stall.captured("Mistaken", "07700 900101", false);
    stall.campaign.undo().unwrap();
    stall.pass(TimeDelta::days(6));
    let stall = stall.reopened();
    stall.campaign.erase_taken_back().unwrap();
    assert!(
        is_readable(&stall.campaign, "Mistaken"),
        "Undo may itself be a mistake"
    );
    stall.pass(TimeDelta::days(2));
    let stall = stall.reopened();
    // Beside the work: whoever opens it does not wait.
    stall.until("the mistake is gone", |campaign| {
        !is_readable(campaign, "Mistaken") && !is_readable(campaign, "7700900101")
    });
    assert!(
        is_readable(&stall.campaign, "Texted"),
        "a text that left is proved"
    );
    assert!(matches!(
        stall.campaign.check_ledger().unwrap(),
        LedgerState::Whole { .. }
    ));
    let rules = Rules {
        kept_for: Some(1),
        ..Rules::default()
    };
    stall.campaign.save_rules(&rules).unwrap();
    stall.pass(TimeDelta::days(60));
    let stall = stall.reopened();
    stall.until("whom they kept for long enough is gone", |campaign| {
        !is_readable(campaign, "Texted")
    });
}

#[test]
fn point_02_a_no_by_their_own_hand_outranks_the_yes_that_was_heard_before() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Edith", "07700 900101", true);
    stall.captured("Frank", "07700 900102", true);
    assert_eq!(stall.outlook(), (2, 0, 0));
    let edith = person(" edith", "+44 7700 900101", Some(false));
    let id = stall.campaign.start_capture().unwrap().capture_id;
    let saved = stall.campaign.save_own_hand(id, &edith).unwrap();
    assert_eq!(saved, OwnHand::Saved { texted: false });
    assert_eq!(stall.happened(), ["grant", "grant", "withdrawal"]);
    assert_eq!(stall.outlook(), (1, 0, 1), "hers does not go");
    assert_eq!(
        stall
            .campaign
            .people(&Question::default(), 0, 10)
            .unwrap()
            .total,
        2,
        "she is the same"
    );
}

#[test]
fn point_02_a_no_by_their_own_hand_is_for_all_that_they_were_captured_as_and_undo_does_not_reach_it()
 {
    let stall = Stall::shut("GB", tuesday());
    let edith = person("Edith", "07700 900101", Some(true));
    stall.saves(&edith, None);
    stall.saves(&edith, Some(Choice::Anyway));
    for number in 0..6 {
        let other = person(&format!("Other {number}"), "07700 900101", None);
        stall.saves(&other, Some(Choice::Anyway));
    }
    assert_eq!(stall.outlook(), (1, 0, 0));
    let no = person("Edith", "07700 900101", Some(false));
    let id = stall.campaign.start_capture().unwrap().capture_id;
    stall.campaign.save_own_hand(id, &no).unwrap();
    assert_eq!(stall.outlook(), (0, 0, 1), "neither yes stands");
    let withdrawn = |stall: &Stall| {
        let happened = stall.happened().into_iter();
        happened.filter(|what| what == "withdrawal").count()
    };
    assert_eq!(withdrawn(&stall), 2);
    // It goes back to whoever else was captured, and no further.
    for _ in 0..6 {
        let undone = stall.campaign.undo().unwrap();
        assert!(undone.name.starts_with("Other"), "{}", undone.name);
    }
    let undone = stall.campaign.undo().unwrap_err();
    assert_eq!(undone.code(), crate::Code::TooLate);
    assert_eq!(withdrawn(&stall), 2);
    assert_eq!(stall.outlook(), (0, 0, 1));
    assert!(!stall.happened().contains(&"taken_back".to_owned()));
}

#[test]
fn point_22_what_goes_with_a_mistake_is_theirs_alone() {
    let provider = Provider::new();
    let stall = Stall::through(&provider, "GB");
    // A mistyped number is somebody's: they write, and what they wrote is not the mistake's to take along.
    stall.captured("Mistaken", "07700 900101", false);
    stall.campaign.undo().unwrap();
    stall.arrives(AMINA, "Who is this? Leave me alone please");
    stall.pass(TimeDelta::days(8));
    let stall = stall.reopened();
    stall.campaign.erase_taken_back().unwrap();
    let thread = stall.campaign.thread(AMINA).unwrap();
    assert!(!thread.lines.is_empty());
    assert!(thread.undecided.is_some(), "a person has yet to decide");

    // Asked for, everything on the number goes, whoever was taken back on it included.
    let stall = Stall::through(&provider, "GB");
    stall.captured("Texted", "07700 900102", true);
    stall.until_texts_have_left();
    stall.campaign.undo().unwrap();
    let held = stall.campaign.held_on_number("+447700900102").unwrap();
    assert!(held.text.contains("Texted"), "{}", held.text);
    stall.campaign.erase_number("+447700900102").unwrap();
    let mut export = Vec::new();
    stall.campaign.export_ledger(&mut export).unwrap();
    let export = String::from_utf8(export).unwrap();
    assert!(!export.contains("Texted") && !export.contains("7700900102"));
    stall.ledger();
}

#[test]
fn point_04_their_own_hand_is_told_apart_and_is_shown_nobody_elses_data() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Edith", "07700 900101", true);
    let id = stall.campaign.start_capture().unwrap().capture_id;
    // The same mobile is not a question to a supporter: it would tell them who has it.
    let form = person("Frank", "07700 900101", Some(false));
    let saved = stall.campaign.save_own_hand(id, &form).unwrap();
    assert_eq!(saved, OwnHand::Saved { texted: false });
    let view = stall.campaign.person(stall.newest()).unwrap();
    let said = view.timeline.iter().find(|told| told.receipt.is_some());
    assert_eq!(
        said.unwrap().sentence,
        "Said no to texts. By their own hand, on the laptop."
    );
    let wrong = person("Gill", "12", Some(true));
    let id = stall.campaign.start_capture().unwrap().capture_id;
    let refused = stall.campaign.save_own_hand(id, &wrong).unwrap();
    assert_eq!(refused, OwnHand::Invalid(vec!["mobile"]));
}

#[test]
fn only_the_pin_that_was_chosen_is_the_pin() {
    let stall = Stall::shut("GB", tuesday());
    let pin = |digits: &str| SecretString::from(digits);
    assert!(!stall.campaign.has_pin().unwrap());
    assert!(!stall.campaign.is_pin(&pin("2468")).unwrap());
    for weak in ["", "123", "123456789", "12a4", "１２３４"] {
        assert!(stall.campaign.set_pin(&pin(weak)).is_err(), "{weak}");
    }
    stall.campaign.set_pin(&pin("2468")).unwrap();
    assert!(stall.campaign.is_pin(&pin("2468")).unwrap());
    for wrong in ["", "2469", "24680", "8642"] {
        assert!(!stall.campaign.is_pin(&pin(wrong)).unwrap(), "{wrong}");
    }
}
