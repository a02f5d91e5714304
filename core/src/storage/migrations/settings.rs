//! A vault from before what is set was an act, opened by today's code.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{as_of, up};

fn act(conn: &Connection, kind: &str) -> rusqlite::Result<Uuid> {
    let id = Uuid::now_v7();
    conn.execute(
        "INSERT INTO acts (id, kind, who, at) VALUES (?1, ?2, 'Olu', 5)",
        params![id, kind],
    )?;
    Ok(id)
}

#[test]
fn what_is_set_is_an_act_beside_those_that_were_there() {
    let mut conn = as_of(12);
    let was = ["capture", "correction", "take_in"].map(|kind| act(&conn, kind).unwrap());
    assert!(act(&conn, "setting").is_err());
    conn.execute(
        "INSERT INTO supporters (id, first_name, last_name, email, postcode, language, captured_at, updated_at,
             brought_by)
         VALUES (?1, 'Amina', '', '', '', 'en', 1, 1, ?2)",
        params![Uuid::now_v7(), was[0]],
    )
    .unwrap();

    up(&mut conn).unwrap();

    let set = act(&conn, "setting").unwrap();
    assert!(act(&conn, "whatever").is_err(), "no other kind has come in");
    conn.execute(
        "INSERT INTO setting_changes (act_id, turn, what, which, after, who, at)
         VALUES (?1, 0, 'language', 'fr', 'ltr Français', 'Olu', 5)",
        [set],
    )
    .unwrap();
    let acts: Vec<Uuid> = conn
        .prepare("SELECT id FROM acts ORDER BY rowid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(acts, [was[0], was[1], was[2], set]);
    let found: String = conn
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(found, "ok");
    let points_nowhere = conn
        .prepare("PRAGMA foreign_key_check")
        .unwrap()
        .exists([])
        .unwrap();
    assert!(!points_nowhere);
    // Whoever opens it next reads the schema anew.
    let writable: bool = conn
        .query_row("PRAGMA writable_schema", [], |row| row.get(0))
        .unwrap();
    assert!(!writable);
}
