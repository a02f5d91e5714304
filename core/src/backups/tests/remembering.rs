//! What a vault that is put back to an earlier state does not forget: whoever said no since, and whoever was texted since.

use super::*;
use crate::campaign::LedgerState;
use crate::storage::supporters::Details;
use crate::storage::{inbound, ledger, supporters};
use crate::texts::life::Trouble;

const ANN: &str = "+447700900101";
const BO: &str = "+447700900102";
const CY: &str = "+447700900103";
const DI: &str = "+447700900104";

fn says(laptop: &Laptop, number: &str, body: &str) {
    laptop.opened(|campaign| {
        campaign.arrives(number, body).unwrap();
    });
}

#[test]
fn nobody_agrees_to_more_than_both_vaults_together_say() {
    let laptop = Laptop::new();
    let people = [("Ann", ANN), ("Bo", BO), ("Cy", CY), ("Di", DI)];
    laptop.capture(&people);
    for (_, number) in people {
        laptop.delivered(number);
    }
    for number in [ANN, BO, CY] {
        says(&laptop, number, "YES");
    }
    assert_eq!(laptop.agrees("Ann"), Some(true));
    let backup = laptop.back_up(now());
    laptop.opened(|campaign| {
        // One that was entered by mistake and undone is none.
        campaign.withdraw(id_of(campaign, "Cy"), TEXTS).unwrap();
        campaign.undo().unwrap();
        campaign.withdraw(id_of(campaign, "Ann"), TEXTS).unwrap();
    });
    // Pushed by the gateway, which does not have them any more.
    says(&laptop, BO, "NO");
    says(&laptop, DI, "STOP texting me");
    let lost = entries(&laptop);

    let done = laptop.restore(&backup.path).unwrap();
    assert_eq!((done.brought.entries, done.brought.inbound), (2, 2));
    assert_eq!(laptop.agrees("Ann"), None);
    assert_eq!(laptop.agrees("Bo"), None);
    assert_eq!(laptop.agrees("Cy"), Some(true));
    assert_eq!(laptop.agrees("Di"), Some(false));
    let storage = laptop.storage();
    let undecided = storage.read(|conn| inbound::undecided(conn, DI)).unwrap();
    assert_eq!(undecided.len(), 1, "a person decides before anything goes");
    let bo = storage
        .read(|conn| {
            let bo = supporters::people_on(conn, &mobile(BO))?[0];
            ledger::of_supporter(conn, bo)
        })
        .unwrap();
    let no = bo.last().unwrap();
    let said = no.personal.as_ref().unwrap().said.clone();
    assert_eq!(said.as_deref(), Some("NO"), "the evidence comes along");
    assert!(no.facts.evidence.is_some() && no.facts.about.is_some());
    drop(storage);
    let (before, again): (Vec<_>, Vec<_>) = entries(&laptop)
        .into_iter()
        .partition(|(chain, _)| *chain == lost[0].0);
    assert_eq!(before, lost[..lost.len() - 4]);
    assert_eq!(again.len(), 2, "in a chain of its own");
    laptop.opened(|campaign| {
        let whole = campaign.check_ledger().unwrap();
        assert!(matches!(whole, LedgerState::Whole { .. }));
    });
    // And once more, from the same backup.
    laptop.restore(&backup.path).unwrap();
    assert_eq!(laptop.agrees("Ann"), None);
    assert_eq!(laptop.agrees("Bo"), None);
    assert_eq!(laptop.agrees("Cy"), Some(true));
}

/// Every entry of the ledger: whose chain it is in, and its number there.
fn entries(laptop: &Laptop) -> Vec<(uuid::Uuid, u32)> {
    let mut all = Vec::new();
    let read = laptop.storage().read(|conn| {
        ledger::each(conn, |entry| {
            all.push((entry.facts.laptop, entry.facts.number));
            Ok(())
        })
    });
    read.unwrap();
    all
}

#[test]
fn a_yes_that_was_undone_since_is_none_and_one_that_was_done_again_stands() {
    for done_again in [false, true] {
        let laptop = Laptop::new();
        laptop.capture(&[("Ann", ANN)]);
        let backup = laptop.back_up(now());
        laptop.opened(|campaign| {
            campaign.undo().unwrap();
            if done_again {
                campaign.redo().unwrap();
            }
        });
        laptop.restore(&backup.path).unwrap();
        let agrees = laptop.agrees("Ann").is_some();
        assert_eq!(agrees, done_again);
    }
}

#[test]
fn an_opt_out_is_told_in_the_new_chain_alone() {
    let laptop = Laptop::new();
    laptop.capture(&[("Ann", ANN)]);
    let backup = laptop.back_up(now());
    laptop.opened(|campaign| campaign.opt_out(ANN).unwrap());
    let lost = entries(&laptop);
    laptop.restore(&backup.path).unwrap();
    let new = entries(&laptop);
    let both: Vec<_> = new.iter().filter(|entry| lost.contains(entry)).collect();
    assert_eq!((new.len(), both.len()), (2, 1), "{new:?}");
}

#[test]
fn a_number_that_was_texted_since_the_backup_is_not_texted_again() {
    let laptop = Laptop::new();
    laptop.capture(&[("Ann", ANN)]);
    let backup = laptop.back_up(now());
    let since = [
        ("Bo", BO, State::Delivered, Reason::OnThePhone),
        ("Cy", CY, State::Uncertain, Reason::AnswerLost),
        ("Di", DI, State::Failed, Reason::Trouble(Trouble::Number)),
        ("Ed", "+447700900105", State::Waiting, Reason::SaidLater),
    ];
    for (name, number, state, why) in since {
        laptop.capture(&[(name, number)]);
        laptop.moves(number, state, why);
    }
    // Never tried.
    laptop.capture(&[("Fay", "+447700900106")]);
    laptop.restore(&backup.path).unwrap();
    assert_eq!(laptop.people(), ["Ann"]);
    let from_paper: Vec<_> = since
        .iter()
        .map(|(name, number, ..)| (*name, *number))
        .collect();
    laptop.capture(&from_paper);
    laptop.capture(&[("Fay", "+447700900106")]);
    let of = |number: &str| -> Vec<(State, Reason)> {
        let texts = laptop.texts().into_iter();
        let theirs = texts.filter(|(to, ..)| to == number);
        let mut all: Vec<_> = theirs.map(|(_, state, why)| (state, why)).collect();
        all.sort_by_key(|(state, _)| *state == State::NotSent);
        all
    };
    let gave_way = (State::NotSent, Reason::SharedPhone);
    assert_eq!(of(BO), [(State::Delivered, Reason::OnThePhone), gave_way]);
    assert_eq!(of(CY), [(State::Uncertain, Reason::AnswerLost), gave_way]);
    let waits = (State::Waiting, Reason::Queued);
    assert_eq!(of(DI), [waits], "the gateway said no");
    assert_eq!(
        of("+447700900105"),
        [waits, (State::NotSent, Reason::TakenBack)],
        "the gateway had said later"
    );
    assert_eq!(of("+447700900106"), [waits]);
    // The gateway says that Cy's never left: the one that gave way takes its place.
    let proved = laptop.storage().write(|conn| {
        let all = texts::all_ids(conn)?;
        for id in all {
            let text = texts::get(conn, id)?;
            if text.state == State::Uncertain && text.mobile.e164() == CY {
                texts::apply(
                    conn,
                    id,
                    &Move::to(State::Waiting, Reason::ProvedAbsent),
                    now(),
                )?;
                let text = texts::get(conn, id)?;
                texts::does_not_go(conn, &text, Reason::TakenBack, now())?;
            }
        }
        Ok(())
    });
    proved.unwrap();
    assert_eq!(of(CY), [waits, (State::NotSent, Reason::TakenBack)]);
}

#[test]
fn of_whom_a_restore_keeps_the_number_comes_back_with_a_later_backup() {
    let laptop = Laptop::new();
    laptop.capture(&[("Ann", ANN)]);
    let monday = laptop.back_up(now() - TimeDelta::hours(3));
    laptop.capture(&[("Bo", BO)]);
    laptop.delivered(BO);
    says(&laptop, BO, "YES");
    let wednesday = laptop.back_up(now());
    laptop.restore(&monday.path).unwrap();
    assert_eq!(laptop.people(), ["Ann"]);
    laptop.restore(&wednesday.path).unwrap();
    assert_eq!(laptop.people(), ["Ann", "Bo"]);
    assert_eq!(laptop.agrees("Bo"), Some(true));
}

#[test]
fn of_two_texts_for_one_number_the_one_that_went_has_gone() {
    let laptop = Laptop::new();
    laptop.capture(&[("Ann", ANN)]);
    let waits = Move::to(State::Waiting, Reason::Queued);
    let cancelled = Move::to(State::NotSent, Reason::Cancelled);
    // Ann's was cancelled, and her mother's waits in its place.
    let shares = laptop.storage().write(|conn| {
        let first = texts::all_ids(conn)?[0];
        texts::apply(conn, first, &cancelled, now())?;
        let mother = uuid::Uuid::now_v7();
        let details = Details {
            first_name: "Eve".to_owned(),
            mobile: Some(ANN.to_owned()),
            ..Details::default()
        };
        supporters::insert(conn, mother, &details, None, None, now())?;
        let id = uuid::Uuid::now_v7();
        let new = texts::New {
            id,
            kind: crate::texts::life::Kind::Confirmation,
            supporter: Some(mother),
            template: None,
            answers: None,
            not_after: None,
            mobile: &mobile(ANN),
            body: "Reply YES to confirm.",
            segments: 1,
            state: State::Waiting,
            reason: Reason::Queued,
        };
        texts::insert(conn, &new, now())?;
        Ok((first, id))
    });
    let (first, second) = shares.unwrap();
    let backup = laptop.back_up(now());
    let other_way_round = laptop.storage().write(|conn| {
        texts::apply(conn, second, &cancelled, now())?;
        texts::apply(conn, first, &waits, now())
    });
    other_way_round.unwrap();
    laptop.delivered(ANN);
    let done = laptop.restore(&backup.path).unwrap();
    assert_eq!(done.uncertain, 0);
    let storage = laptop.storage();
    let stands = |id| storage.read(|conn| texts::get(conn, id)).unwrap().state;
    assert_eq!(
        (stands(first), stands(second)),
        (State::Delivered, State::NotSent)
    );
}

#[test]
fn what_a_vault_cannot_tell_is_said() {
    let laptop = Laptop::new();
    laptop.capture(&[("Ann", ANN)]);
    let backup = laptop.back_up(now());
    let done = laptop.restore(&backup.path).unwrap();
    assert!(
        !done.sentence.contains("could be read"),
        "{}",
        done.sentence
    );
    let database = Folder::campaign(laptop.data()).database();
    harm(&database, 0, 8_192);
    let done = laptop.restore(&backup.path).unwrap();
    assert!(
        done.sentence.contains("Not all of the vault"),
        "{}",
        done.sentence
    );
}
