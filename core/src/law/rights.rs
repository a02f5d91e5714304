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
