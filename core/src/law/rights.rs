//! The person's rights, and the numbers that belong to nobody.

use super::*;
use crate::Code;

const AMINA: &str = "+447700900101";

#[test]
fn point_20_one_action_gives_everything_held_on_a_person_to_read_and_to_take_elsewhere() {
    let stall = Stall::shut("GB", tuesday());
    stall.campaign.start_shift("Olu", "Brixton tube").unwrap();
    let form = Typed {
        last_name: "Khan".to_owned(),
        email: "amina@example.org".to_owned(),
        postcode: "SW9 8HH".to_owned(),
        ..person("Amina", "07700 900101", Some(true))
    };
    stall.saves(&form, None);
    let amina = stall.newest();
    stall.captured("Bo", "07700 900102", true);
    stall.arrives(AMINA, "When is the meeting?");
    stall.arrives(AMINA, "STOP");
    let held = stall.campaign.everything_held(amina).unwrap();
    let heard = stall.campaign.wording(TEXTS, "en").unwrap().written.body;
    let text = stall.text_of("Amina Khan").body;
    for said in [
        "Amina Khan",
        AMINA,
        "amina@example.org",
        "SW9 8HH",
        "Olu",
        "Brixton tube",
        &heard,
        &text,
        "When is the meeting?",
        "Opted out since 5 May 2026",
    ] {
        assert!(held.text.contains(said), "{said}: {}", held.text);
    }
    let json: serde_json::Value = serde_json::from_str(&held.json).unwrap();
    assert_eq!(json["person"]["email"], "amina@example.org");
    assert_eq!(json["consents"][0]["wording"], heard);
    assert_eq!(json["captured_at"][0]["canvasser"], "Olu");
    let texts = json["texts"].as_array().unwrap();
    assert!(texts.iter().any(|line| line["body"] == text));
    assert!(
        texts
            .iter()
            .any(|line| line["body"] == "When is the meeting?")
    );
    assert!(!held.json.contains("900102") && !held.text.contains("Bo"));
}

#[test]
fn point_21_one_action_erases_a_person_everywhere_and_the_ledger_keeps_its_hashes() {
    let stall = Stall::shut("GB", tuesday());
    // A number that they had before, and wrote from.
    stall.captured("Amina", "07700 900109", true);
    let amina = stall.newest();
    stall.arrives("+447700900109", "I live at 14 Mare Street");
    let moved = person("Amina", "07700 900101", Some(true));
    stall.saves(&moved, Some(Choice::SamePerson(amina)));
    stall.arrives(AMINA, "My sister votes too");
    stall.captured("Bo", "07700 900102", true);
    let before = stall.happened().len();
    stall.campaign.erase(amina).unwrap();
    assert_eq!(
        stall.campaign.person(amina).err().map(|gone| gone.code()),
        Some(Code::NotFound)
    );
    assert!(stall.campaign.everything_held(amina).is_err());
    let names: Vec<String> = stall.texts().into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Bo"]);
    for number in [AMINA, "+447700900109"] {
        assert!(
            stall.campaign.thread(number).unwrap().lines.is_empty(),
            "what they wrote"
        );
    }
    let inbox = stall.campaign.inbox(0, 10).unwrap();
    for row in &inbox.rows {
        assert!(row.last.is_empty() && row.mobile.is_empty());
    }
    let last = stall.campaign.last_saved().unwrap();
    assert!(
        last.iter()
            .all(|row| row.name != "Amina" && !row.mobile.contains("900101"))
    );
    let mut export = Vec::new();
    stall.campaign.export_ledger(&mut export).unwrap();
    let export = String::from_utf8(export).unwrap();
    for gone in ["Amina", "7700900101", "7700900109", "Mare Street"] {
        assert!(!export.contains(gone), "{gone}");
    }
    assert!(export.contains("7700900102"), "nobody else is erased");
    let after = stall.happened();
    assert_eq!(
        after.len(),
        before + 1,
        "every entry is there, and one more"
    );
    assert_eq!(after.last().unwrap(), "erasure");
    assert_eq!(stall.outlook(), (1, 0, 0));
}

#[test]
fn points_20_to_22_hold_for_who_wrote_and_was_never_captured() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    let stranger = "+447700900150";
    stall.arrives(stranger, "You have the wrong number, I live at 3 Elm Row");
    stall.arrives(stranger, "STOP");
    let held = stall.campaign.held_on_number(stranger).unwrap();
    for said in [stranger, "3 Elm Row", "Opted out"] {
        assert!(held.text.contains(said), "{said}: {}", held.text);
    }
    let json: serde_json::Value = serde_json::from_str(&held.json).unwrap();
    assert_eq!(json["number"], stranger);
    let theirs = json["texts"].as_array().unwrap().iter();
    assert_eq!(theirs.filter(|text| text["from"] == "the phone").count(), 2);
    assert!(
        stall.campaign.held_on_number(AMINA).is_err(),
        "she has a page"
    );
    assert!(stall.campaign.erase_number(AMINA).is_err());

    let remains = stall.campaign.erase_number(stranger).unwrap();
    assert_eq!(remains.len(), 2, "{remains:?}");
    assert!(stall.campaign.thread(stranger).unwrap().lines.is_empty());
    let mut export = Vec::new();
    stall.campaign.export_ledger(&mut export).unwrap();
    let export = String::from_utf8(export).unwrap();
    assert!(!export.contains("7700900150") && !export.contains("Elm Row"));
    stall.ledger();
    assert!(
        stall.campaign.reply(stranger, "Sorry").is_err(),
        "still opted out"
    );

    // And whoever was heard of too long ago is erased with the others.
    stall.arrives("+447700900151", "When do you meet?");
    let rules = crate::consent::Rules {
        kept_for: Some(6),
        ..crate::consent::Rules::default()
    };
    stall.campaign.save_rules(&rules).unwrap();
    assert!(stall.campaign.past_keeping().unwrap().strangers.is_empty());
    stall.it_is(tuesday() + TimeDelta::days(200));
    let past = stall.campaign.past_keeping().unwrap();
    assert_eq!(past.strangers, ["+447700900151"]);
    assert_eq!(past.count, 2);
    assert_eq!(stall.campaign.erase_past_keeping().unwrap(), 2);
    let inbox = stall.campaign.inbox(0, 10).unwrap();
    assert!(inbox.rows.iter().all(|row| row.last.is_empty()));
    stall.ledger();
}

#[test]
fn point_21_an_objection_suppresses_and_deletes_nothing() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    let amina = stall.newest();
    stall.campaign.opt_out(AMINA).unwrap();
    let view = stall.campaign.person(amina).unwrap();
    assert_eq!(view.details.first_name, "Amina");
    assert!(view.opted_out);
    assert_eq!(stall.outlook(), (0, 0, 0));
}

#[test]
fn point_02_a_yes_is_withdrawn_as_easily_as_it_was_given_and_the_others_stand() {
    let stall = Stall::shut("GB", tuesday());
    let mut form = person("Amina", "07700 900101", Some(true));
    form.answers
        .insert(crate::consent::OPINIONS.to_owned(), true);
    stall.saves(&form, None);
    let amina = stall.newest();
    let agrees_to = |stall: &Stall| -> Vec<String> {
        let view = stall.campaign.person(amina).unwrap();
        view.agrees_to.into_iter().map(|yes| yes.purpose).collect()
    };
    assert_eq!(agrees_to(&stall), ["texts", "opinions"]);
    assert_eq!(stall.outlook(), (1, 0, 0));

    stall.campaign.withdraw(amina, "opinions").unwrap();
    assert_eq!(agrees_to(&stall), ["texts"]);
    assert_eq!(stall.outlook(), (1, 0, 0), "texts are apart from it");

    stall.campaign.withdraw(amina, "texts").unwrap();
    assert!(agrees_to(&stall).is_empty());
    assert_eq!(stall.outlook(), (0, 0, 1));
    assert_eq!(
        stall.happened(),
        ["grant", "grant", "withdrawal", "withdrawal"]
    );
    let again = stall.campaign.withdraw(amina, "texts").unwrap_err();
    assert_eq!(again.code(), Code::TooLate);
    assert_eq!(stall.happened().len(), 4);

    // Their number is open: who shares it may be texted, and they themselves once they agree anew.
    assert!(!stall.campaign.person(amina).unwrap().opted_out);
    stall.saves(&form, Some(Choice::SamePerson(amina)));
    assert_eq!(agrees_to(&stall), ["texts", "opinions"]);
}

#[test]
fn point_01_the_campaign_says_whether_a_yes_has_to_be_proved_before_anything_more_is_sent() {
    use crate::consent::{ReliesOn, Rules};
    let stall = Stall::new("GB", tuesday());
    let spoken = Rules {
        relies_on: ReliesOn::Spoken,
        ..Rules::default()
    };
    stall.captured("Amina", "07700 900101", true);
    let unproved = stall.campaign.reply(AMINA, "See you on Thursday");
    assert_eq!(unproved.unwrap_err().code(), Code::Invalid);

    stall.campaign.save_rules(&spoken).unwrap();
    stall.campaign.reply(AMINA, "See you on Thursday").unwrap();

    stall.campaign.save_rules(&Rules::default()).unwrap();
    assert!(stall.campaign.reply(AMINA, "Or on Friday").is_err());
    stall.until("they were asked", |campaign| {
        campaign.texts(Group::Waiting, 0, 1).unwrap().counts.waiting == 0
    });
    stall.says(AMINA, "YES");
    stall.campaign.reply(AMINA, "Or on Friday").unwrap();
}

#[test]
fn point_04_a_saved_ledger_is_the_whole_ledger_and_nobody_elses_to_read() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    let folder = tempfile::tempdir().unwrap();
    let downloads = folder.path().join("Downloads");
    let file = stall.campaign.save_ledger(&downloads).unwrap();
    let mut export = Vec::new();
    stall.campaign.export_ledger(&mut export).unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), export);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    // A second one within the second does not overwrite the first.
    let again = stall.campaign.save_ledger(&downloads).unwrap_err();
    assert_eq!(again.code(), Code::TooLate);
    assert_eq!(std::fs::read(&file).unwrap(), export);
    // Where nothing can be written, it says so and leaves nothing.
    let blocked = folder.path().join("blocked");
    std::fs::write(&blocked, "").unwrap();
    assert!(stall.campaign.save_ledger(&blocked).is_err());
}

#[test]
fn point_23_the_numbers_that_are_kept_for_tests_and_examples_can_be_used_like_any_other() {
    for (country, typed, e164) in [
        ("GB", "07700 900000", "+447700900000"),
        ("GB", "07700 900999", "+447700900999"),
        ("US", "(212) 555-0100", "+12125550100"),
        ("US", "310 555 0199", "+13105550199"),
    ] {
        let stall = Stall::shut(country, tuesday());
        let (reading, _) = stall.campaign.read_mobile(typed).unwrap();
        assert_eq!(reading.usable().unwrap().e164(), e164, "{typed}");
        stall.captured("Amina", typed, true);
        assert_eq!(stall.texts().len(), 1, "{typed}");
    }
    // What the drawn phone shows as its own is one of them.
    let stall = Stall::new("GB", tuesday());
    assert!(stall.tries_the_gateway());
    let shown = stall.campaign.phone_texts().unwrap();
    assert!(shown[0].mobile.e164().starts_with("+447700900"));
}
