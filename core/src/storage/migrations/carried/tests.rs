//! A vault that was made by the first migration alone, opened by today's code.

use std::path::Path;

use chrono::Utc;
use rusqlite_migration::{M, Migrations};

use super::*;
use crate::consent::ledger::{Checker, Entry};
use crate::people::Mobile;
use crate::storage::vault::DatabaseKey;
use crate::storage::{Conn, Storage, campaign, ledger, opt_outs, pool, supporters, texts};
use crate::texts::allowed::{Verdict, verdict};
use crate::texts::life::{Kind, Reason, State};

/// 2 May 2026, noon.
const SATURDAY: i64 = 1_777_723_200_000;

/// Who stands in the old vault.
struct Old {
    agreed: Uuid,
    taken_back: Uuid,
    said_yes_twice: Uuid,
    opted_out: Uuid,
    wording: Uuid,
}

fn old_vault(database: &Path, key: &DatabaseKey) -> Old {
    let mut conn = pool::connect(database, key, pool::Role::Writer).unwrap();
    Migrations::new(vec![M::up(include_str!("../0001_first.sql"))])
        .to_latest(&mut conn)
        .unwrap();
    let [wording, template, shift] = [(); 3].map(|()| Uuid::now_v7());
    conn.execute(
        "INSERT INTO campaign VALUES (?1, 1, 'Clean Air Now', 'Sam', 'GB', 0, ?2)",
        params![Uuid::now_v7(), SATURDAY],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO wordings VALUES (?1, 'texts', 'en', 1, 'May “Clean Air Now” text you?', ?2)",
        params![wording, SATURDAY],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO templates VALUES (?1, 'confirmation', 1, '{campaign}: YES or STOP', ?2)",
        params![template, SATURDAY],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO shifts VALUES (?1, 'Olu', 'Brixton tube', ?2)",
        params![shift, SATURDAY],
    )
    .unwrap();
    let old = Old {
        agreed: person(&conn, shift, wording, "101", &[true]),
        taken_back: person(&conn, shift, wording, "102", &[false]),
        said_yes_twice: person(&conn, shift, wording, "103", &[true, false]),
        opted_out: person(&conn, shift, wording, "104", &[true]),
        wording,
    };
    conn.execute(
        "INSERT INTO opt_outs VALUES ('+447700900104', 'carrier', ?1)",
        [SATURDAY],
    )
    .unwrap();
    for (supporter, digits) in [
        (old.agreed, "101"),
        (old.taken_back, "102"),
        (old.said_yes_twice, "103"),
        (old.opted_out, "104"),
    ] {
        conn.execute(
            "INSERT INTO texts (id, kind, supporter_id, template_id, mobile, country, body, segments, state, reason,
                 not_before, attempts, looks, created_at, changed_at)
             VALUES (?1, 'confirmation', ?2, ?3, ?4, 'GB', 'Clean Air Now: YES or STOP', 1, 'waiting', 'queued',
                 ?5, 0, 0, ?5, ?5)",
            params![
                Uuid::now_v7(),
                supporter,
                template,
                format!("+447700900{digits}"),
                SATURDAY
            ],
        )
        .unwrap();
    }
    old
}

/// Somebody who said yes in some captures, each of which stands or was taken back.
fn person(conn: &Conn, shift: Uuid, wording: Uuid, digits: &str, yeses: &[bool]) -> Uuid {
    let id = Uuid::now_v7();
    conn.execute(
        "INSERT INTO supporters (id, first_name, last_name, mobile, email, postcode, language, captured_at, updated_at)
         VALUES (?1, 'Siân', 'O’Neill', ?2, '', '', 'en', ?3, ?3)",
        params![id, format!("+447700900{digits}"), SATURDAY],
    )
    .unwrap();
    for stands in yeses {
        let capture = Uuid::now_v7();
        conn.execute(
            "INSERT INTO captures VALUES (?1, ?2, ?3, 'new', NULL, ?4, 'Europe/London', NULL, 1)",
            params![capture, id, shift, SATURDAY],
        )
        .unwrap();
        let answers: &[&str] = if *stands {
            &["granted"]
        } else {
            &["granted", "taken_back"]
        };
        for answer in answers {
            conn.execute(
                "INSERT INTO consents VALUES (?1, ?2, ?3, 'texts', ?4, ?5, 'spoken', ?6, 'Europe/London')",
                params![Uuid::now_v7(), id, capture, answer, wording, SATURDAY],
            )
            .unwrap();
        }
    }
    id
}

fn entries(conn: &Conn) -> crate::Result<Vec<Entry>> {
    let mut checker = Checker::with_wordings(&ledger::wordings(conn)?);
    let mut entries = Vec::new();
    ledger::each(conn, |entry| {
        checker.check(&entry).unwrap();
        entries.push(entry);
        Ok(())
    })?;
    assert_eq!(checker.finish().unwrap().chains.len(), 1);
    Ok(entries)
}

#[test]
fn a_vault_of_the_first_migration_keeps_its_consents_and_its_opt_outs() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("vault");
    let key = DatabaseKey::random().unwrap();
    let old = old_vault(&database, &key);
    // The second time there is nothing left to carry over.
    drop(Storage::open(&database, &key).unwrap());
    let storage = Storage::open(&database, &key).unwrap();
    let carried = storage.read(entries).unwrap();
    let whats: Vec<What> = carried.iter().map(|entry| entry.facts.what).collect();
    use What::{Grant, OptOut, TakenBack};
    assert_eq!(
        whats,
        [
            Grant, Grant, TakenBack, Grant, Grant, TakenBack, Grant, OptOut
        ]
    );
    assert_eq!(carried[2].facts.about, Some(carried[1].facts.id));
    assert_eq!(carried[5].facts.about, Some(carried[4].facts.id));
    let who = carried[0].personal.clone().unwrap();
    assert_eq!(who.supporter, Some(old.agreed));
    assert_eq!(who.name.as_deref(), Some("Siân O’Neill"));
    assert_eq!(who.mobile.as_deref(), Some("+447700900101"));
    assert_eq!(who.canvasser.as_deref(), Some("Olu"));
    assert_eq!(who.place.as_deref(), Some("Brixton tube"));
    let (_, heard) = storage
        .read(|conn| ledger::get(conn, carried[0].facts.id))
        .unwrap();
    assert_eq!(heard.unwrap().text, "May “Clean Air Now” text you?");
    let said = |conn: &Conn| campaign::wording(conn, "texts", "en");
    assert_eq!(storage.read(said).unwrap().unwrap().id, old.wording);
    for (scenario, supporter, agrees) in [
        ("agreed", old.agreed, true),
        ("taken back", old.taken_back, false),
        ("the second yes taken back", old.said_yes_twice, true),
        ("opted out at the carrier", old.opted_out, true),
    ] {
        let agreed = storage.read(|conn| ledger::agrees(conn, supporter, "texts"));
        assert_eq!(agreed.unwrap(), agrees, "{scenario}");
    }
    let mobile = Mobile::from_e164("+447700900104").unwrap();
    let out = storage.read(|conn| opt_outs::of(conn, &mobile)).unwrap();
    assert_eq!(out.unwrap().source, opt_outs::Source::Carrier);
    let now = DateTime::<Utc>::from_timestamp_millis(SATURDAY).unwrap();
    let verdicts = storage.read(|conn| {
        let waiting = texts::all_waiting(conn)?;
        Ok(waiting
            .iter()
            .map(|one| match verdict(one.facts, None, now) {
                Verdict::Never(why) => Some(why),
                _ => None,
            })
            .collect::<Vec<_>>())
    });
    assert_eq!(
        verdicts.unwrap(),
        [None, Some(Reason::NoConsent), None, Some(Reason::OptedOut)]
    );
}

#[test]
fn what_was_carried_over_goes_on_as_if_it_had_been_written_today() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("vault");
    let key = DatabaseKey::random().unwrap();
    let old = old_vault(&database, &key);
    let storage = Storage::open(&database, &key).unwrap();
    let mobile = Mobile::from_e164("+447700900104").unwrap();
    let now =
        DateTime::<Utc>::from_timestamp_millis(SATURDAY).unwrap() + chrono::TimeDelta::hours(1);
    let gone_on = storage.write(|conn| {
        // The hash is of today's key: erased, and known again.
        opt_outs::forget_number(conn, &mobile)?;
        assert!(opt_outs::of(conn, &mobile)?.is_none());
        opt_outs::recall(conn, &mobile)?;
        assert!(opt_outs::of(conn, &mobile)?.is_some());
        // The chain goes on from the last entry that was carried over.
        let before = entries(conn)?.len();
        let word = ledger::last_word(conn, old.agreed, "texts")?.unwrap();
        let proof = ledger::New {
            what: What::Confirmation,
            purpose: Some("texts"),
            method: Method::Reply,
            supporter: Some(old.agreed),
            capture: None,
            shift: None,
            wording: None,
            evidence: None,
            about: Some(word.entry),
            at: now,
            zone: "Europe/London",
            personal: Personal {
                mobile: supporters::details(conn, old.agreed)?.mobile,
                ..Personal::default()
            },
        };
        ledger::add(conn, &proof)?;
        assert!(
            ledger::last_word(conn, old.agreed, "texts")?
                .unwrap()
                .confirmed
        );
        assert_eq!(entries(conn)?.len(), before + 1);
        // Erasing leaves a chain that verifies.
        ledger::erase(conn, old.agreed, &[])?;
        let erased = entries(conn)?.into_iter().filter(Entry::is_erased);
        assert_eq!(erased.count(), 2);
        // And texts of every kind find room.
        let reply = texts::New {
            id: Uuid::now_v7(),
            kind: Kind::Reply,
            supporter: Some(old.agreed),
            template: None,
            answers: None,
            not_after: None,
            mobile: &mobile,
            body: "Hello",
            segments: 1,
            state: State::Waiting,
            reason: Reason::Queued,
        };
        texts::insert(conn, &reply, now)
    });
    gone_on.unwrap();
}
