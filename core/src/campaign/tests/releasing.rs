//! Everything that is held, released at once: who is texted then, who is not, and nobody twice.

use super::undoing::captured;
use super::*;
use crate::people::Country;
use crate::storage::{holds, restored};
use crate::texts::allowed::Verdict;
use crate::texts::life::Hold;

/// The vault is put back to a backup that was taken just now, and nothing is known of what happened since.
fn put_back(stall: &Stall) {
    let now = Utc::now();
    let settled = stall.campaign.storage.write(|conn| {
        restored::begin(conn, now, now)?;
        restored::settle(conn, now, now)
    });
    settled.unwrap();
}

fn route(stall: &Stall) -> stored::Route {
    let active = stall.campaign.active();
    stored::Route {
        kind: active.kind,
        account: active.account.clone(),
    }
}

/// Sends whatever may be sent now, as the worker would. Gives to whom.
fn send(stall: &Stall) -> Vec<String> {
    let (route, now) = (route(stall), Utc::now());
    let sent = stall.campaign.storage.write(|conn| {
        let ground = stall.campaign.ground(conn)?;
        let only_tests = holds::everything(conn)?;
        let mut sent = Vec::new();
        for due in stored::due(conn, now, only_tests, 100)? {
            match ground.verdict(&due, now) {
                Verdict::Goes { .. } => {
                    stored::claim(conn, due.text.id, &route, now)?;
                    let taken = Move::to(State::Accepted, Reason::Taken);
                    stored::apply(conn, due.text.id, &taken, now)?;
                    sent.push(due.text.mobile.e164().to_owned());
                }
                Verdict::Waits { .. } => {}
                Verdict::Never(why) => {
                    stored::does_not_go(conn, &due.text, why, now)?;
                }
            }
        }
        Ok(sent)
    });
    sent.unwrap()
}

/// Looks at what would happen, and lets it happen.
fn release_all(stall: &Stall) -> Result<Release> {
    let shown = stall.campaign.foresee_release()?;
    stall.campaign.release_all(&shown)
}

fn hold(stall: &Stall, hold: Hold, trouble: Trouble) {
    let of = (Country::GB, None);
    let added = stall
        .campaign
        .storage
        .write(|conn| holds::add(conn, hold, of, trouble, None, Utc::now()));
    added.unwrap();
}

#[test]
fn what_waited_at_a_backup_is_released_at_once_for_those_who_may_be_texted() {
    let stall = Stall::new();
    let [_, _, _, dafydd] = [("Amina", 1), ("Bo", 2), ("Cerys", 3), ("Dafydd", 4)]
        .map(|(name, n)| captured(&stall, name, &format!("07700 90010{n}"), true));
    put_back(&stall);
    stall.campaign.opt_out("+447700900103").unwrap();
    stall.campaign.withdraw(dafydd, TEXTS).unwrap();
    let page = stall.campaign.texts(Group::NeedsYou, 0, 10).unwrap();
    assert_eq!((page.rows.len(), page.held), (4, 4));
    assert!(send(&stall).is_empty(), "until a person says so");

    let foreseen = stall.campaign.foresee_release().unwrap();
    assert_eq!(foreseen.texts, 4);
    assert!(
        foreseen.sentences[0].starts_with("2 people get a text "),
        "{:?}",
        foreseen.sentences
    );
    assert_eq!(
        foreseen.sentences.len(),
        3,
        "and why each of the others not"
    );
    assert!(
        foreseen
            .warning
            .as_ref()
            .unwrap()
            .starts_with("2 of them may have gone")
    );
    let page = stall.campaign.texts(Group::NeedsYou, 0, 10).unwrap();
    assert_eq!((page.rows.len(), page.holds.len()), (4, 1), "nothing yet");

    let released = stall.campaign.release_all(&foreseen).unwrap();
    assert_eq!(released, foreseen);
    assert_eq!(
        stall.states(),
        [
            named("Amina", State::Waiting),
            named("Bo", State::Waiting),
            named("Cerys", State::Uncertain),
            named("Dafydd", State::Uncertain)
        ]
    );
    assert_eq!(send(&stall), ["+447700900101", "+447700900102"]);
    // Whom nobody may text is no reason to offer it again.
    let page = stall.campaign.texts(Group::NeedsYou, 0, 10).unwrap();
    assert_eq!((page.rows.len(), page.held), (2, 0));
    let again = release_all(&stall).unwrap_err();
    assert_eq!(again.code(), Code::NotFound);
    assert!(send(&stall).is_empty());
}

#[test]
fn who_opts_out_after_the_release_is_not_texted() {
    let stall = Stall::new();
    for (name, n) in [("Amina", 1), ("Bo", 2)] {
        captured(&stall, name, &format!("07700 90010{n}"), true);
    }
    put_back(&stall);
    release_all(&stall).unwrap();
    stall.campaign.opt_out("+447700900101").unwrap();
    assert_eq!(send(&stall), ["+447700900102"]);
}

#[test]
fn what_the_provider_has_yet_to_speak_of_is_not_released() {
    let stall = Stall::new();
    for (name, n) in [("Amina", 1), ("Bo", 2)] {
        captured(&stall, name, &format!("07700 90010{n}"), true);
    }
    put_back(&stall);
    let (route, now) = (route(&stall), Utc::now());
    let storage = &stall.campaign.storage;
    storage
        .write(|conn| restored::ask_about(conn, &route, now))
        .unwrap();
    let released = release_all(&stall).unwrap();
    assert_eq!((released.texts, released.warning), (2, None));
    assert_eq!(released.sentences.len(), 1);
    assert!(send(&stall).is_empty(), "it may list them a moment later");
    // It does not list one of them: a person may decide about that one.
    let open = storage
        .read(|conn| restored::uncertain(conn, &route))
        .unwrap();
    storage
        .write(|conn| stored::look_later(conn, open[0].0, true, Some(now), now))
        .unwrap();
    release_all(&stall).unwrap();
    assert_eq!(send(&stall), ["+447700900101"]);
}

#[test]
fn several_holds_are_released_at_once_and_one_by_itself() {
    let stall = Stall::new();
    for (name, n) in [("Amina", 1), ("Bo", 2)] {
        captured(&stall, name, &format!("07700 90010{n}"), true);
    }
    let held = || stall.campaign.texts(Group::Waiting, 0, 10).unwrap().held;
    assert_eq!(held(), 0, "nothing is held");
    hold(&stall, Hold::Country, Trouble::Country);
    assert_eq!(held(), 0, "one is released by itself");
    hold(&stall, Hold::Everything, Trouble::Filtered);
    assert_eq!(held(), 2);
    let released = release_all(&stall).unwrap();
    assert_eq!((released.texts, released.warning), (2, None));
    assert!(
        stall
            .campaign
            .texts(Group::Waiting, 0, 10)
            .unwrap()
            .holds
            .is_empty()
    );
    assert_eq!(send(&stall).len(), 2);
    let nothing = release_all(&stall).unwrap_err();
    assert_eq!(nothing.code(), Code::NotFound);
}

#[test]
fn nothing_is_released_but_what_was_shown() {
    let stall = Stall::new();
    for (name, n) in [("Amina", 1), ("Bo", 2)] {
        captured(&stall, name, &format!("07700 90010{n}"), true);
    }
    put_back(&stall);
    let shown = stall.campaign.foresee_release().unwrap();
    stall.campaign.opt_out("+447700900101").unwrap();
    let late = stall.campaign.release_all(&shown).unwrap_err();
    assert_eq!(late.code(), Code::TooLate);
    let page = stall.campaign.texts(Group::NeedsYou, 0, 10).unwrap();
    assert_eq!((page.rows.len(), page.holds.len()), (2, 1), "as before");
    assert!(send(&stall).is_empty());
    release_all(&stall).unwrap();
    assert_eq!(send(&stall), ["+447700900102"]);
}

#[test]
fn what_waits_for_different_reasons_is_told_once_in_the_same_words() {
    let stall = Stall::new();
    let ids = [("Amina", 1), ("Bo", 2)]
        .map(|(name, n)| captured(&stall, name, &format!("07700 90010{n}"), true));
    hold(&stall, Hold::Country, Trouble::Country);
    hold(&stall, Hold::Everything, Trouble::Filtered);
    let later = Utc::now() + chrono::TimeDelta::minutes(15);
    let busy = [
        Reason::SaidLater,
        Reason::Trouble(Trouble::PhoneUnreachable),
    ];
    let moved = stall.campaign.storage.write(|conn| {
        for (person, why) in ids.into_iter().zip(busy) {
            let text = stored::newest_for(conn, person)?.unwrap();
            let mut waits = Move::to(State::Waiting, why);
            waits.not_before = Some(later);
            stored::apply(conn, text.id, &waits, Utc::now())?;
        }
        Ok(())
    });
    moved.unwrap();
    let foreseen = stall.campaign.foresee_release().unwrap();
    assert_eq!(
        foreseen.sentences,
        ["2 texts wait a moment before the next try."]
    );
}
