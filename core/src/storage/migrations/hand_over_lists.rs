//! A vault from before lists of numbers that nobody calls were handed over, opened by today's code.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{as_of, up};

fn touched(conn: &Connection, id: Uuid) -> bool {
    conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM touched WHERE id = ?1)",
        [id],
        |row| row.get(0),
    )
    .unwrap()
}

#[test]
fn lists_and_pairs_that_were_there_are_kept_and_go_to_whoever_had_a_file_before() {
    let mut conn = as_of(12);
    let [list, people, act, undone] = std::array::from_fn(|_| Uuid::now_v7());
    for (id, kind) in [(list, "do_not_call"), (people, "people")] {
        conn.execute(
            "INSERT INTO imports (id, kind, name, who, at, added, same, changed, refused, opted_out, with_consent)
             VALUES (?1, ?2, 'tps.csv', '', 1, 1, 0, 0, 0, 0, 0)",
            params![id, kind],
        )
        .unwrap();
    }
    conn.execute(
        "INSERT INTO do_not_call (key, import_id, at) VALUES (X'01', ?1, 1)",
        [list],
    )
    .unwrap();
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    for id in [one, other] {
        conn.execute(
            "INSERT INTO supporters (id, first_name, last_name, email, postcode, language, captured_at, updated_at)
             VALUES (?1, 'Amina', '', '', '', 'en', 1, 1)",
            [id],
        )
        .unwrap();
    }
    for (id, stands) in [(act, 1), (undone, 0)] {
        conn.execute(
            "INSERT INTO acts (id, kind, who, at) VALUES (?1, 'merge', '', 1)",
            [id],
        )
        .unwrap();
        conn.execute(
            "INSERT INTO not_the_same (act_id, one_id, other_id, stands) VALUES (?1, ?2, ?3, ?4)",
            params![id, one, other, stands],
        )
        .unwrap();
    }
    up(&mut conn).unwrap();
    let kept: (Vec<u8>, Uuid) = conn
        .query_row("SELECT key, import_id FROM do_not_call", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(kept, (vec![1], list));
    assert!(touched(&conn, list) && touched(&conn, one));
    assert!(!touched(&conn, people) && !touched(&conn, other));
    for (id, turns) in [(act, 0), (undone, 1)] {
        let counted: u32 = conn
            .query_row(
                "SELECT turns FROM not_the_same WHERE act_id = ?1",
                [id],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(counted, turns);
    }
}
