//! People captured, captured again and taken back, and what that means for their one text.

use super::*;

#[test]
fn a_form_that_is_saved_twice_is_saved_once() {
    let stall = Stall::new();
    let id = stall.form().capture_id;
    let form = person("Amina", "07700 900101", true);
    for _ in 0..3 {
        let outcome = stall.campaign.save_capture(id, &form, None).unwrap();
        assert_eq!(row(outcome).name, "Amina");
    }
    assert_eq!(stall.people(), ["Amina"]);
    assert_eq!(stall.states(), [named("Amina", State::Waiting)]);
}

#[test]
fn who_gets_a_text_and_who_does_not() {
    let stall = Stall::new();
    for (scenario, form, sentence) in [
        (
            "agreed",
            person("Amina", "07700 900101", true),
            "One text waits.",
        ),
        (
            "not agreed",
            person("Bo", "07700 900102", false),
            "Not agreed, so no text.",
        ),
        (
            "no mobile",
            person("Cy", "", true),
            "No mobile, so no text.",
        ),
    ] {
        assert_eq!(
            row(stall.save(&form, None)).sentence,
            sentence,
            "{scenario}"
        );
    }
    assert_eq!(
        stall.states(),
        [named("Amina", State::Waiting), named("Bo", State::NotSent)]
    );
    assert_eq!(stall.campaign.connection().unwrap().waiting, 1);
}

#[test]
fn what_cannot_be_used_is_named_and_nothing_is_saved() {
    let stall = Stall::new();
    for (scenario, form, field) in [
        ("nobody", person(" ", "07700 900101", true), "first_name"),
        (
            "a landline",
            person("Amina", "020 7946 0000", true),
            "mobile",
        ),
        ("half a number", person("Amina", "07700", true), "mobile"),
        (
            "no email address",
            Typed {
                email: "amina".to_owned(),
                ..person("Amina", "", false)
            },
            "email",
        ),
    ] {
        let Outcome::Invalid(problems) = stall.save(&form, None) else {
            panic!("{scenario} was saved");
        };
        assert_eq!(problems.len(), 1, "{scenario}");
        assert_eq!(problems[0].field, field, "{scenario}");
    }
    assert_eq!(stall.people(), Vec::<String>::new());
}

#[test]
fn a_shared_phone_gets_one_text_and_when_that_one_is_taken_back_the_other() {
    let stall = Stall::new();
    stall.save(&person("Edith", "07700 900105", true), None);
    let frank = person("Frank", "07700 900105", true);
    let edith = same(stall.save(&frank, None));
    assert_eq!(stall.people(), ["Edith"], "the canvasser chooses first");
    row(stall.save(&frank, Some(Choice::SharesPhone(edith))));
    assert_eq!(
        stall.states(),
        [
            named("Edith", State::Waiting),
            named("Frank", State::NotSent)
        ]
    );
    let hers = stall.waiting();
    stall.campaign.cancel_text(hers).unwrap();
    assert_eq!(
        stall.states(),
        [
            named("Edith", State::NotSent),
            named("Frank", State::Waiting)
        ]
    );
    let error = stall.campaign.try_again(hers).unwrap_err();
    assert_eq!(error.code(), Code::TooLate, "the phone has its text");
}

#[test]
fn the_same_person_is_brought_up_to_date_and_undo_brings_them_back() {
    let stall = Stall::new();
    stall.save(&person("Amina", "07700 900101", false), None);
    let again = Typed {
        last_name: "Khan".to_owned(),
        email: "amina@example.org".to_owned(),
        ..person("Amina", "07700900101", true)
    };
    let amina = same(stall.save(&again, None));
    row(stall.save(&again, Some(Choice::SamePerson(amina))));
    assert_eq!(stall.people(), ["Amina Khan"]);
    assert_eq!(stall.states(), [named("Amina Khan", State::Waiting)]);
    let undone = stall.campaign.undo().unwrap();
    assert_eq!(undone.sentence, "Their text does not go.");
    assert_eq!(stall.people(), ["Amina"]);
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
    stall.campaign.undo().unwrap();
    assert_eq!(stall.people(), Vec::<String>::new());
    assert_eq!(stall.campaign.undo().unwrap_err().code(), Code::TooLate);
}

#[test]
fn a_language_that_nobody_chose_changes_nothing() {
    let stall = Stall::new();
    let welsh = Typed {
        language: "cy".to_owned(),
        ..person("Siân", "07700 900101", false)
    };
    stall.save(&welsh, None);
    let again = Typed {
        language: String::new(),
        ..person("Siân", "07700 900101", false)
    };
    let sian = same(stall.save(&again, None));
    stall.save(&again, Some(Choice::SamePerson(sian)));
    let kept = stall
        .campaign
        .storage
        .read(|conn| supporters::details(conn, sian));
    assert_eq!(kept.unwrap().language, "cy");
    stall.save(
        &Typed {
            language: String::new(),
            ..person("Tom", "07700 900102", false)
        },
        None,
    );
    let people = stall
        .campaign
        .people(&Question::default(), 0, 1)
        .unwrap()
        .rows;
    let tom = stall
        .campaign
        .storage
        .read(|conn| supporters::details(conn, people[0].id));
    assert_eq!(tom.unwrap().language, "en");
}

#[test]
fn an_undone_update_leaves_the_yes_before_it_standing() {
    let stall = Stall::new();
    stall.save(&person("Amina", "07700 900101", true), None);
    let again = person("Aminah", "07700 900101", true);
    let amina = same(stall.save(&again, None));
    stall.save(&again, Some(Choice::SamePerson(amina)));
    let undone = stall.campaign.undo().unwrap();
    assert_eq!(undone.sentence, "They are as they were before.");
    assert_eq!(stall.states(), [named("Amina", State::Waiting)]);
}

#[test]
fn a_text_stands_with_whoever_acts_on_it() {
    let stall = Stall::new();
    let campaign = &stall.campaign;
    let now = Utc::now();
    let lost = |digits: &str, account: &str, reason, next_look| {
        stall.save(&person(digits, &format!("07700 900{digits}"), true), None);
        let text = stall.waiting();
        let route = stored::Route {
            kind: GatewayKind::Practice,
            account: account.to_owned(),
        };
        let mut uncertain = Move::to(State::Uncertain, reason);
        uncertain.next_look_at = next_look;
        let written = campaign.storage.write(|conn| {
            stored::claim(conn, text, &route, now)?;
            stored::apply(conn, text, &uncertain, now)
        });
        written.unwrap();
    };
    let ours = campaign.active().account.clone();
    let (answer_lost, long_enough) = (Reason::AnswerLost, Reason::LookedLongEnough);
    lost("101", &ours, answer_lost, Some(now));
    lost("102", &ours, answer_lost, None);
    lost("103", "another account", answer_lost, Some(now));
    lost("106", &ours, long_enough, Some(now));
    let accepted = |digits: &str, at| {
        stall.save(&person(digits, &format!("07700 900{digits}"), true), None);
        let text = stall.waiting();
        let taken = Move::to(State::Accepted, Reason::Taken);
        let written = campaign
            .storage
            .write(|conn| stored::apply(conn, text, &taken, at));
        written.unwrap();
    };
    accepted("104", now);
    accepted("105", now - chrono::TimeDelta::days(3));
    let names = |group| {
        let page = campaign.texts(group, 0, 100).unwrap();
        let mut names: Vec<String> = page.rows.into_iter().map(|row| row.name).collect();
        names.sort();
        names
    };
    assert_eq!(names(Group::NeedsYou), ["102", "103", "106"]);
    assert_eq!(names(Group::Going), ["101", "104"]);
    assert_eq!(names(Group::Done), ["105"]);
    let counts = campaign.texts(Group::Done, 0, 1).unwrap().counts;
    assert_eq!((counts.needs_you, counts.going, counts.done), (3, 2, 1));
}

#[test]
fn an_undone_update_takes_back_the_text_that_it_queued_itself() {
    let stall = Stall::new();
    stall.save(&person("Amina", "07700 900101", true), None);
    stall.campaign.cancel_text(stall.waiting()).unwrap();
    let again = person("Aminah", "07700 900101", true);
    let amina = same(stall.save(&again, None));
    stall.save(&again, Some(Choice::SamePerson(amina)));
    assert_eq!(stall.states(), [named("Aminah", State::Waiting)]);
    let undone = stall.campaign.undo().unwrap();
    assert_eq!(undone.sentence, "Their text does not go.");
    assert_eq!(stall.states(), [named("Amina", State::NotSent)]);
    let page = stall.campaign.texts(Group::Done, 0, 1).unwrap();
    assert!(page.rows[0].can_try_again, "as after it was cancelled");
}

#[test]
fn undo_takes_back_what_was_saved_last_though_the_clock_was_set_back() {
    let stall = Stall::new();
    stall.save(&person("Amina", "", true), None);
    let ahead = stall.campaign.storage.write(|conn| {
        let later = Utc::now() + chrono::TimeDelta::hours(1);
        conn.execute(
            "UPDATE captures SET captured_at = ?1",
            [later.timestamp_millis()],
        )?;
        Ok(())
    });
    ahead.unwrap();
    stall.save(&person("Rhys", "", true), None);
    assert_eq!(stall.campaign.last_saved().unwrap()[0].name, "Rhys");
    assert_eq!(stall.campaign.undo().unwrap().name, "Rhys");
    assert_eq!(stall.people(), ["Amina"]);
}

#[test]
fn who_was_taken_back_after_a_refusal_can_be_captured_again() {
    let stall = Stall::new();
    let form = person("Amina", "07700 900101", true);
    stall.save(&form, None);
    let refused = Move::to(State::Failed, Reason::Trouble(Trouble::Sender));
    let now = Utc::now();
    let text = stall.waiting();
    let written = stall
        .campaign
        .storage
        .write(|conn| stored::apply(conn, text, &refused, now));
    written.unwrap();
    assert_eq!(
        stall.campaign.undo().unwrap().sentence,
        "Their text does not go."
    );
    row(stall.save(&form, None));
    assert_eq!(
        stall.states(),
        [
            named("Amina", State::Waiting),
            named("Amina", State::NotSent)
        ]
    );
}
