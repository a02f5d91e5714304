//! A vault from before laptops handed people to each other, opened by today's code.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{as_of, up};

/// An entry of the ledger of which only what counts here is told.
fn said(conn: &Connection, number: u32, at: i64, what: &str, of: Uuid) {
    conn.execute(
        "INSERT INTO ledger (
             id, laptop, number, at, zone, what, purpose, method, supporter_id, personal, salt, personal_digest,
             previous, hash
         )
         VALUES (?1, X'01', ?2, ?3, 'UTC', ?4, 'texts', 'spoken', ?5, '{}', zeroblob(32), zeroblob(32), zeroblob(32),
             zeroblob(32))",
        params![Uuid::now_v7(), number, at, what, of],
    )
    .unwrap();
}

#[test]
fn what_was_said_last_stays_last_though_the_clock_was_set_back_and_who_was_erased_stays_so() {
    let mut conn = as_of(8);
    let [amina, nobody] = std::array::from_fn(|_| Uuid::now_v7());
    for (id, name, removed_at) in [(amina, "Amina", None), (nobody, "", Some(7))] {
        conn.execute(
            "INSERT INTO supporters (id, first_name, last_name, email, postcode, language, captured_at, updated_at,
                 removed_at)
             VALUES (?1, ?2, '', '', '', 'en', 1, 1, ?3)",
            params![id, name, removed_at],
        )
        .unwrap();
    }
    said(&conn, 1, 1_000, "grant", amina);
    said(&conn, 2, 9_000, "withdrawal", amina);
    said(&conn, 3, 4_000, "grant", amina);
    up(&mut conn).unwrap();
    let last: String = conn
        .query_row("SELECT what FROM last_words", [], |row| row.get(0))
        .unwrap();
    assert_eq!(last, "grant");
    let heard: Vec<i64> = conn
        .prepare("SELECT heard FROM ledger ORDER BY rowid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(heard, [1_000, 9_000, 9_001]);
    let erased: Uuid = conn
        .query_row("SELECT supporter_id FROM erased", [], |row| row.get(0))
        .unwrap();
    assert_eq!(erased, nobody);
    let changed = conn.execute("UPDATE ledger SET heard = 1", []);
    assert!(changed.is_err(), "the ledger is only added to");
}
