//! A laptop whose vault was put back: what the others heard has left is never said not to have been sent.

use super::once::send;
use super::*;
use crate::storage::{Conn, restored};

fn confirmation(laptop: &Laptop, of: Uuid) -> Uuid {
    let found = laptop.storage().read(|conn| {
        Ok(conn.query_row(
            "SELECT id FROM texts WHERE supporter_id = ?1 AND kind = 'confirmation'",
            [of],
            |row| row.get(0),
        )?)
    });
    found.unwrap()
}

/// Where a text stands on its own laptop, as far as this one knows.
fn stands(laptop: &Laptop, text: Uuid) -> String {
    let found = laptop.storage().read(|conn| {
        Ok(conn.query_row(
            "SELECT coalesce(stands, state) FROM texts WHERE id = ?1",
            [text],
            |row| row.get(0),
        )?)
    });
    found.unwrap()
}

/// A backup knows of the text only that it waits.
fn as_before_it_was_tried(conn: &Conn, text: Uuid) -> Result<()> {
    conn.execute(
        "DELETE FROM text_events WHERE text_id = ?1 AND state <> 'waiting'",
        [text],
    )?;
    conn.execute(
        "UPDATE texts SET state = 'waiting', reason = 'queued', attempts = 0, attempted_at = NULL,
             accepted_at = NULL, gateway = NULL, account = NULL WHERE id = ?1",
        [text],
    )?;
    Ok(())
}

/// The vault is put back to when the text had been cancelled, before it was tried after all.
fn put_back(laptop: &Laptop, text: Uuid) {
    let now = laptop.clock.now();
    let put_back = laptop.storage().write(|conn| {
        as_before_it_was_tried(conn, text)?;
        // More has happened with it since than the others heard of it before.
        for _ in 0..3 {
            let cancelled = Move::to(State::NotSent, Reason::Cancelled);
            stored::apply(conn, text, &cancelled, now)?;
        }
        restored::begin(conn, now, now)
    });
    put_back.unwrap();
}

fn shares_the_phone(laptop: &Laptop, name: &str) {
    let form = person(name, "07700 900101", true);
    let id = laptop.campaign.start_capture().unwrap().capture_id;
    let saved = laptop
        .campaign
        .save_capture(id, &form, Some(Choice::Anyway));
    row(saved.unwrap());
}

#[test]
fn what_left_is_known_to_have_left_on_every_laptop_in_any_order() {
    let runtime = Runtime::new().unwrap();
    for (another_first, third_hears_of_it_first) in
        [(true, true), (true, false), (false, true), (false, false)]
    {
        let scenario = format!("{another_first} {third_hears_of_it_first}");
        let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
        let [one, other, third] = &laptops;
        let amina = one.capture("Amina", "07700 900101", true);
        let text = confirmation(one, amina);
        assert_eq!(send(one).len(), 1);
        other.takes_from(one);
        one.later(60);
        put_back(one, text);
        assert_eq!(stands(one, text), "not_sent");
        if another_first {
            shares_the_phone(one, "Bo");
        }
        // What it believes now reaches the others, before or after what they know.
        if !third_hears_of_it_first {
            third.takes_from(other);
        }
        third.takes_from(one);
        other.takes_from(one);
        assert_eq!(stands(other, text), "accepted", "{scenario}");
        one.takes_from(other);
        assert_eq!(stands(one, text), "accepted", "{scenario}");
        if !another_first {
            shares_the_phone(one, "Bo");
        }
        for _ in 0..2 {
            for from in &laptops {
                for to in &laptops {
                    to.takes_from(from);
                }
            }
        }
        for laptop in &laptops {
            assert!(
                send(laptop).is_empty(),
                "{scenario}: the number has had its text"
            );
            assert_eq!(stands(laptop, text), "accepted", "{scenario}");
        }
        assert_eq!(one.state(), other.state(), "{scenario}");
        assert_eq!(one.state(), third.state(), "{scenario}");
    }
}

#[test]
fn what_was_written_after_the_backup_is_known_to_have_left_whatever_was_heard_first() {
    let runtime = Runtime::new().unwrap();
    for (waits_first, another) in [(true, true), (true, false), (false, true), (false, false)] {
        let scenario = format!("{waits_first} {another}");
        let laptops: [Laptop; 3] = std::array::from_fn(|_| Laptop::new(&runtime, 0));
        let [lost, other, put_back] = &laptops;
        let amina = lost.capture("Amina", "07700 900101", true);
        let text = confirmation(lost, amina);
        let waits = lost.lines(&Whom::All);
        assert_eq!(send(lost).len(), 1);
        other.takes_from(lost);
        let left = other.lines(&Whom::All);
        // The same laptop as it was before that.
        let name = lost.storage().read(handing::laptop).unwrap();
        let now = put_back.clock.now();
        let begun = put_back.storage().write(|conn| {
            conn.execute("UPDATE campaign SET laptop = ?1", [name])?;
            restored::begin(conn, now, now)
        });
        begun.unwrap();
        if another {
            shares_the_phone(put_back, "Bo");
        }
        for file in if waits_first {
            [&waits, &left]
        } else {
            [&left, &waits]
        } {
            put_back.take(file).unwrap();
        }
        assert_eq!(stands(put_back, text), "accepted", "{scenario}");
        assert!(send(put_back).is_empty(), "{scenario}");
    }
}

#[test]
fn what_a_restored_laptop_is_not_sure_of_is_settled_by_whoever_knows() {
    let runtime = Runtime::new().unwrap();
    for other_hears_first in [true, false] {
        let (one, other) = (Laptop::new(&runtime, 0), Laptop::new(&runtime, 0));
        let amina = one.capture("Amina", "07700 900101", true);
        let text = confirmation(&one, amina);
        assert_eq!(send(&one).len(), 1);
        other.takes_from(&one);
        one.later(60);
        let now = one.clock.now();
        let restored = one.storage().write(|conn| {
            as_before_it_was_tried(conn, text)?;
            restored::begin(conn, now, now)?;
            restored::settle(conn, now, now)
        });
        restored.unwrap();
        assert_eq!(stands(&one, text), "uncertain");
        if other_hears_first {
            other.takes_from(&one);
            assert_eq!(stands(&other, text), "accepted", "that was known before");
        }
        one.takes_from(&other);
        other.takes_from(&one);
        for laptop in [&one, &other] {
            assert_eq!(stands(laptop, text), "accepted", "{other_hears_first}");
        }
        assert_eq!(one.campaign.foresee_release().unwrap().texts, 0);
        assert_eq!(one.state(), other.state());
    }
}
