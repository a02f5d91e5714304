//! A vault from before acts were settled, opened by today's code.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{as_of, up};

fn somebody(conn: &Connection, id: Uuid, at: i64) {
    conn.execute(
        "INSERT INTO supporters (id, first_name, last_name, email, postcode, language, captured_at, updated_at)
         VALUES (?1, 'Amina', '', '', '', 'en', ?2, ?2)",
        params![id, at],
    )
    .unwrap();
}

#[test]
fn what_something_else_was_done_after_is_done_again_no_more_and_what_their_own_hand_saved_is_theirs()
 {
    let mut conn = as_of(9);
    let shift = Uuid::now_v7();
    conn.execute(
        "INSERT INTO shifts (id, canvasser, place, started_at) VALUES (?1, 'Olu', '', 1)",
        [shift],
    )
    .unwrap();
    // Of a correction, only whom an erased person moved in with is left.
    let [left, with] = std::array::from_fn(|_| Uuid::now_v7());
    somebody(&conn, with, 1);
    conn.execute(
        "INSERT INTO acts (id, kind, who, at) VALUES (?1, 'correction', 'Olu', 5)",
        [left],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO changes (act_id, turn, supporter_id, field, after, who, at)
         VALUES (?1, 0, ?2, 'household', 'a home', 'Olu', 5)",
        [left, with],
    )
    .unwrap();
    // When each was saved, by what, and when that was undone.
    let saved = [
        (10, "spoken", Some(50)),
        (20, "own_hand", None),
        (60, "spoken", Some(90)),
    ];
    for (number, (at, method, undone_at)) in (1..).zip(saved) {
        let [person, capture] = std::array::from_fn(|_| Uuid::now_v7());
        somebody(&conn, person, at);
        conn.execute(
            "INSERT INTO captures (id, supporter_id, shift_id, kind, captured_at, zone, undone_at, queued)
             VALUES (?1, ?2, ?3, 'new', ?4, 'UTC', ?5, 0)",
            params![capture, person, shift, at, undone_at],
        )
        .unwrap();
        conn.execute(
            "INSERT INTO acts (id, kind, who, at, undone_at) VALUES (?1, 'capture', 'Olu', ?2, ?3)",
            params![capture, at, undone_at],
        )
        .unwrap();
        conn.execute(
            "INSERT INTO ledger (
                 id, laptop, number, at, zone, what, purpose, method, capture_id, supporter_id, personal, salt,
                 personal_digest, previous, hash, heard
             )
             VALUES (?1, X'01', ?2, ?3, 'UTC', 'grant', 'texts', ?4, ?5, ?6, '{}', zeroblob(32), zeroblob(32),
                 zeroblob(32), zeroblob(32), ?3)",
            params![Uuid::now_v7(), number, at, method, capture, person],
        )
        .unwrap();
    }
    up(&mut conn).unwrap();
    let acts: Vec<(String, bool, i64)> = conn
        .prepare("SELECT kind, settled, ledger_before FROM acts ORDER BY rowid")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let act = |kind: &str, settled, before| (kind.to_owned(), settled, before);
    assert_eq!(
        acts,
        [
            act("correction", true, 0),
            act("capture", true, 0),
            act("own_handset", false, 1),
            act("capture", false, 2),
        ]
    );
}
