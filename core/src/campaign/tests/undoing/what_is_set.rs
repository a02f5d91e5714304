//! What is set in Settings goes back and comes again, in one order with everything that was done to people.

use super::*;
use crate::campaign::tests::languages::{CONFIRMATION_IN_FRENCH, TEXTS_IN_FRENCH};
use crate::consent::{Channel, Rules};
use crate::storage::{campaign as words, holds};
use crate::texts::hours::Hours;
use crate::texts::life::Hold;

const MAY: &str = "May Clean Air Now text you? Say STOP at any time.";
const CAN: &str = "Can Clean Air Now text you? Say STOP at any time.";

fn undo(stall: &Stall) -> String {
    stall.campaign.undo().unwrap().name
}

fn redo(stall: &Stall) -> String {
    stall.campaign.redo().unwrap().name
}

fn offered(stall: &Stall) -> Option<String> {
    stall.campaign.undoable().unwrap().undo
}

/// What is read out for texts in English, and which version it is.
fn read_out(stall: &Stall) -> (String, u32) {
    let written = stall.campaign.wording(TEXTS, "en").unwrap().written;
    (written.body, written.version)
}

fn receipt(stall: &Stall, id: Uuid) -> Receipt {
    let story = stall.campaign.person(id).unwrap().timeline;
    let entry = story.iter().find_map(|happened| happened.receipt).unwrap();
    stall.campaign.receipt(entry).unwrap()
}

fn asked(stall: &Stall) -> Vec<String> {
    let asks = stall.form().asks.into_iter();
    asks.map(|ask| ask.purpose).collect()
}

/// Somebody who is asked in a language, on the turned screen: nobody undoes that.
fn by_own_hand(stall: &Stall, form: Typed) -> Uuid {
    let id = stall.form().capture_id;
    stall.campaign.save_own_hand(id, &form).unwrap();
    newest(stall)
}

/// Texts come from a name from now on.
fn in_letters(stall: &Stall) {
    let mut form = stall.campaign.gateway_form().unwrap();
    form.kind = GatewayKind::Kannel;
    form.kannel.user_name = "stall".to_owned();
    form.kannel.password = "secret".to_owned().into();
    form.kannel.sender = "CleanAir".to_owned();
    let saved = stall.campaign.save_gateway(&form).unwrap();
    assert!(matches!(saved, GatewaySaved::Saved { .. }));
}

#[test]
fn a_wording_goes_back_as_a_version_of_its_own_and_a_receipt_keeps_what_was_heard() {
    let stall = Stall::new();
    let (default, _) = read_out(&stall);
    stall.campaign.save_wording(TEXTS, "en", MAY).unwrap();
    let amina = captured(&stall, "Amina", "07700 900101", true);
    stall.campaign.save_wording(TEXTS, "en", CAN).unwrap();
    let wording = "the wording for texts, in English";
    assert_eq!(offered(&stall).as_deref(), Some(wording));

    let stall = stall.reopened();
    let undone = stall.campaign.undo().unwrap();
    assert_eq!(undone.name, wording);
    assert_eq!(
        undone.sentence,
        "What is read out now is version 4. Whoever agreed keeps the words that they heard."
    );
    assert_eq!(read_out(&stall), (MAY.to_owned(), 4));
    assert_eq!(receipt(&stall, amina).version, "Version 2 (English)");
    assert_eq!(undo(&stall), "Amina");
    assert_eq!(undo(&stall), wording);
    assert_eq!(read_out(&stall), (default, 5));
    assert_eq!(stall.campaign.undo().unwrap_err().code(), Code::TooLate);

    let stall = stall.reopened();
    let again = [redo(&stall), redo(&stall), redo(&stall)];
    assert_eq!(again, [wording, "Amina", wording]);
    assert_eq!(read_out(&stall), (CAN.to_owned(), 7));
    let receipt = receipt(&stall, amina);
    assert_eq!(
        (receipt.wording.as_str(), receipt.version.as_str()),
        (MAY, "Version 2 (English)")
    );
    assert_eq!(stall.campaign.redo().unwrap_err().code(), Code::TooLate);
    ledger(&stall);
}

#[test]
fn what_is_saved_as_it_stands_is_no_act() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    for _ in 0..2 {
        let saved = campaign.save_wording(TEXTS, "en", MAY).unwrap();
        assert_eq!(saved.written.version, 2);
    }
    undo(&stall);
    let (default, version) = read_out(&stall);
    campaign.save_wording(TEXTS, "en", &default).unwrap();
    assert_eq!(read_out(&stall).1, version);
    let text = campaign.template(Kind::Help, "cy").unwrap().judged.written;
    campaign
        .save_template(Kind::Help, "cy", &text.body)
        .unwrap();
    // The country's own hours are what stands where none were chosen.
    let hours = campaign.hours().unwrap();
    let rules = Rules {
        hours: Some(hours),
        ..campaign.rules().unwrap()
    };
    campaign.save_rules(&rules).unwrap();
    let undoable = campaign.undoable().unwrap();
    assert_eq!(undoable.undo, None);
    // So that nothing stands in the way of Redo either.
    assert!(undoable.redo.is_some());
}

#[test]
fn a_text_that_waits_goes_in_the_words_that_stand() {
    let stall = Stall::new();
    captured(&stall, "Amina", "07700 900101", true);
    let waits = |stall: &Stall| stall.texts()[0].2.clone();
    let before = waits(&stall);
    let body = "{campaign}: {first_name}, reply YES or STOP";
    stall
        .campaign
        .save_template(Kind::Confirmation, "en", body)
        .unwrap();
    let after = "Clean Air Now: Amina, reply YES or STOP";
    assert_eq!(waits(&stall), after);
    let text = "the confirmation text, in English";
    assert_eq!(undo(&stall), text);
    assert_eq!(waits(&stall), before);
    assert_eq!(redo(&stall), text);
    assert_eq!(waits(&stall), after);
    let written = stall.campaign.template(Kind::Confirmation, "en").unwrap();
    assert_eq!(written.judged.written.version, 4);
}

#[test]
fn the_first_words_in_a_language_make_way_for_the_english_ones() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    campaign.add_language("fr", "Français", false).unwrap();
    let french = Typed {
        language: "fr".to_owned(),
        ..person("Amina", "07700 900101", true)
    };
    row(stall.save(&french, None));
    let in_english = stall.texts()[0].2.clone();
    campaign.save_wording(TEXTS, "fr", TEXTS_IN_FRENCH).unwrap();
    let body = CONFIRMATION_IN_FRENCH;
    campaign.save_template(Kind::Reminder, "fr", body).unwrap();
    campaign
        .save_template(Kind::Confirmation, "fr", body)
        .unwrap();
    assert_ne!(stall.texts()[0].2, in_english);

    assert_eq!(undo(&stall), "the confirmation text, in Français");
    assert_eq!(stall.texts()[0].2, in_english);
    let english = campaign.template(Kind::Confirmation, "en").unwrap();
    let stands = campaign.template(Kind::Confirmation, "fr").unwrap();
    assert_eq!(stands.judged.written.version, 0);
    assert_eq!(
        stands.judged.written.body, english.judged.written.body,
        "to be translated"
    );
    undo(&stall);
    assert_eq!(undo(&stall), "the wording for texts, in Français");
    let stands = campaign.wording(TEXTS, "fr").unwrap().written;
    assert_eq!((stands.body, stands.version), (read_out(&stall).0, 0));
    assert_eq!(campaign.flip_languages().unwrap().len(), 6);
    // Whoever speaks a language without words of its own gets English ones that are written anew.
    for _ in 0..3 {
        redo(&stall);
    }
    assert_eq!(
        campaign.wording(TEXTS, "fr").unwrap().written.body,
        TEXTS_IN_FRENCH
    );
    undo(&stall);
    let body = "{campaign}: hello {first_name}. Reply YES or STOP";
    campaign
        .save_template(Kind::Confirmation, "en", body)
        .unwrap();
    assert_eq!(
        stall.texts()[0].2,
        "Clean Air Now: hello Amina. Reply YES or STOP"
    );
}

#[test]
fn a_purpose_that_was_added_is_asked_no_more_and_what_was_said_to_it_stays() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    let calls = campaign
        .add_purpose(Channel::Calls, "volunteering")
        .unwrap();
    let agrees = Typed {
        answers: BTreeMap::from([(calls.key.clone(), true)]),
        ..person("Zofia", "07700 900102", false)
    };
    let zofia = by_own_hand(&stall, agrees);
    assert_eq!(undo(&stall), "the adding of “Calls about volunteering”");
    assert_eq!(asked(&stall), [TEXTS, "opinions"]);
    let names = |id| {
        let agrees_to = stall.campaign.person(id).unwrap().agrees_to.into_iter();
        agrees_to.map(|yes| yes.name).collect::<Vec<_>>()
    };
    assert_eq!(names(zofia).len(), 1, "it is called as before");
    redo(&stall);
    assert_eq!(asked(&stall), [TEXTS, "opinions", &calls.key]);

    campaign.retire_purpose(&calls.key).unwrap();
    let since = campaign.purposes().unwrap()[2].retired_at;
    campaign.take_up_purpose(&calls.key).unwrap();
    let stall = stall.reopened();
    assert_eq!(undo(&stall), "the taking up of “Calls about volunteering”");
    let retired_at = stall.campaign.purposes().unwrap()[2].retired_at;
    assert_eq!(
        retired_at.map(|at| at.timestamp_millis()),
        since.map(|at| at.timestamp_millis()),
        "since when it was"
    );
    assert_eq!(undo(&stall), "the retiring of “Calls about volunteering”");
    assert_eq!(asked(&stall), [TEXTS, "opinions", &calls.key]);
    redo(&stall);
    assert_eq!(asked(&stall), [TEXTS, "opinions"]);
}

#[test]
fn a_language_goes_as_long_as_nobody_speaks_it() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    let tags = |stall: &Stall| {
        let all = stall.campaign.languages().unwrap().into_iter().skip(6);
        all.map(|spoken| (spoken.tag, spoken.name, spoken.rtl))
            .collect::<Vec<_>>()
    };
    campaign.add_language("fa", "فارسی", true).unwrap();
    campaign.add_language("fr", "Français", false).unwrap();
    let both = tags(&stall);
    assert_eq!(undo(&stall), "the language Français");
    assert_eq!(undo(&stall), "the language فارسی");
    assert_eq!(tags(&stall), []);
    let stall = stall.reopened();
    redo(&stall);
    redo(&stall);
    assert_eq!(tags(&stall), both);
    let french = Typed {
        language: "fr".to_owned(),
        ..person("Zofia", "07700 900102", true)
    };
    by_own_hand(&stall, french);
    assert_eq!(
        offered(&stall).as_deref(),
        Some("the language فارسی"),
        "French is passed over"
    );
}

#[test]
fn rules_go_back_choice_by_choice_within_the_law() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    let decides = |change: &dyn Fn(&mut Rules)| {
        let mut rules = campaign.rules().unwrap();
        change(&mut rules);
        campaign.save_rules(&rules).unwrap();
    };
    let from_ten = Hours {
        from: 600,
        ..campaign.hours().unwrap()
    };
    decides(&|rules| {
        rules.hours = Some(from_ten);
        rules.reminder_after = Some(3);
    });
    decides(&|rules| rules.contact = "data@cleanair.example".to_owned());
    assert_eq!(
        offered(&stall).as_deref(),
        Some("the contact for people’s data")
    );
    let stall = stall.reopened();
    undo(&stall);
    let rules = stall.campaign.rules().unwrap();
    assert_eq!(
        (rules.contact.as_str(), rules.reminder_after),
        ("", Some(3))
    );
    assert_eq!(undo(&stall), "the hours of texts and the reminder");
    assert_eq!(stall.campaign.hours().unwrap(), Hours::preset("GB"));
    assert_eq!(stall.campaign.rules().unwrap().reminder_after, None);
    redo(&stall);
    redo(&stall);
    let rules = stall.campaign.rules().unwrap();
    assert_eq!(rules.hours, Some(from_ten));
    assert_eq!(rules.contact, "data@cleanair.example");
}

#[test]
fn a_text_that_was_cancelled_waits_again_unless_another_took_its_place() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    let edith = captured(&stall, "Edith", "07700 900101", true);
    let hers = stall.waiting();
    campaign.cancel_text(hers).unwrap();
    let cancelling = "the cancelling of the text to Edith";
    assert_eq!(offered(&stall).as_deref(), Some(cancelling));
    undo(&stall);
    assert_eq!(stall.states(), [named("Edith", State::Waiting)]);
    redo(&stall);
    assert_eq!(stall.states(), [named("Edith", State::NotSent)]);
    undo(&stall);

    let frank = person("Frank", "07700 900101", true);
    row(stall.save(&frank, Some(Choice::SharesPhone(edith))));
    campaign.cancel_text(hers).unwrap();
    let passed_over = [
        named("Edith", State::NotSent),
        named("Frank", State::Waiting),
    ];
    assert_eq!(stall.states(), passed_over);
    assert_eq!(
        offered(&stall).as_deref(),
        Some("the capture of Frank"),
        "the phone has its text"
    );
    // Nor does one wait again that may not go any more.
    captured(&stall, "Bob", "07700 900103", true);
    let his = campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
    let his = his.iter().find(|row| row.name == "Bob").unwrap().id;
    campaign.cancel_text(his).unwrap();
    campaign.opt_out("+447700900103").unwrap();
    assert_ne!(
        offered(&stall).as_deref(),
        Some("the cancelling of the text to Bob")
    );
}

#[test]
fn sending_that_carried_on_is_stopped_again() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    let held = || campaign.texts(Group::Waiting, 0, 1).unwrap().holds;
    let stopped = campaign.storage.write(|conn| {
        let of = (crate::people::Country::GB, None);
        let now = Utc::now();
        holds::add(
            conn,
            Hold::Country,
            of,
            Trouble::Country,
            Some("21408"),
            now,
        )
    });
    stopped.unwrap();
    let stood = held();
    campaign.release_hold(stood[0].id).unwrap();
    assert_eq!(held(), []);
    assert_eq!(undo(&stall), "the go-ahead to send");
    assert_eq!(held().len(), 1);
    assert_eq!(held()[0].sentence, stood[0].sentence);
    redo(&stall);
    assert_eq!(held(), []);
    in_letters(&stall);
    // Nobody saves a gateway in the same millisecond.
    let later = "UPDATE gateways SET saved_at = saved_at + 1000";
    campaign
        .storage
        .write(|conn| Ok(conn.execute_batch(later)?))
        .unwrap();
    assert_eq!(offered(&stall), None, "the gateway is asked anew");
}

#[test]
fn words_that_are_refused_today_stay_away_and_are_passed_over() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    captured(&stall, "Rhys", "", false);
    let asks = "{campaign}: {first_name}, reply YES or STOP";
    let kind = Kind::Confirmation;
    campaign.save_template(kind, "en", asks).unwrap();
    // Nobody can answer what comes from a name, as the words before ask.
    in_letters(&stall);
    let text = "the confirmation text, in English";
    assert_eq!(offered(&stall).as_deref(), Some(text));
    let refused = campaign.undo().unwrap_err();
    assert_eq!(refused.code(), Code::TooLate);
    let sentence = refused.to_string();
    assert!(sentence.contains("nobody can reply to one"), "{sentence}");
    assert!(sentence.contains(text), "{sentence}");
    let written = campaign.template(kind, "en").unwrap().judged.written;
    assert_eq!((written.body.as_str(), written.version), (asks, 2));
    assert_eq!(undo(&stall), "Rhys");
    assert_eq!(redo(&stall), "Rhys");
}

#[test]
fn what_something_else_has_set_since_is_passed_over() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    captured(&stall, "Rhys", "", false);
    campaign.save_wording(TEXTS, "en", MAY).unwrap();
    let now = Utc::now();
    let otherwise = campaign
        .storage
        .write(|conn| words::add_wording(conn, TEXTS, "en", CAN, now));
    otherwise.unwrap();
    assert_eq!(offered(&stall).as_deref(), Some("the capture of Rhys"));
    assert_eq!(undo(&stall), "Rhys");
    assert_eq!(read_out(&stall).0, CAN);
}

#[test]
fn what_was_set_is_told_with_before_after_who_and_when() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    let before = Utc::now();
    let (default, _) = read_out(&stall);
    campaign.start_shift("Olu", "The office").unwrap();
    campaign.save_wording(TEXTS, "en", MAY).unwrap();
    campaign.start_shift("Maya", "The office").unwrap();
    campaign.undo().unwrap();
    campaign
        .add_purpose(Channel::Calls, "volunteering")
        .unwrap();
    let rules = Rules {
        reminder_after: Some(3),
        kept_for: Some(12),
        ..campaign.rules().unwrap()
    };
    campaign.save_rules(&rules).unwrap();
    captured(&stall, "Amina", "07700 900101", true);
    campaign.cancel_text(stall.waiting()).unwrap();

    let told = campaign.settings_changed().unwrap();
    let one = |what: &str, who: &str, by, before: &str, after: &str| {
        let words = [what, who, before, after].map(str::to_owned);
        (words, by)
    };
    let all: Vec<_> = told
        .iter()
        .map(|told| one(&told.what, &told.who, told.by, &told.before, &told.after))
        .collect();
    let wording = "The wording for texts, in English";
    assert_eq!(
        all,
        [
            one("The reminder", "Maya", SetBy::Hand, "None", "After 3 days"),
            one(
                "How long people are kept",
                "Maya",
                SetBy::Hand,
                "Until they ask us to stop",
                "12 months"
            ),
            one(
                "Calls about volunteering",
                "Maya",
                SetBy::Hand,
                "Not there",
                "Asked"
            ),
            one(wording, "Maya", SetBy::Undo, MAY, &default),
            one(wording, "Olu", SetBy::Hand, &default, MAY),
        ]
    );
    let times: Vec<_> = told.iter().map(|told| told.at).collect();
    assert!(times.is_sorted_by(|one, other| one >= other));
    assert!(times[4].timestamp_millis() >= before.timestamp_millis());
}
