//! A vault from before files said what they go on from, opened by today's code.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{as_of, up};

fn there(conn: &Connection, id: Uuid) -> (bool, bool, u32) {
    conn.query_row(
        "SELECT removed_at IS NULL, withheld, turns FROM supporters WHERE id = ?1",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
    .unwrap()
}

#[test]
fn whoever_another_laptop_captured_too_is_back_and_what_was_handed_by_the_clock_is_handed_anew() {
    let mut conn = as_of(9);
    let [amina, mistake, merged, kept, erased, forgotten, shift, act] =
        std::array::from_fn(|_| Uuid::now_v7());
    for (id, name, removed_at) in [
        (amina, "Amina", Some(7)),
        (mistake, "Nobody", Some(7)),
        (merged, "Aminah", Some(7)),
        (kept, "Amina K", None),
        (erased, "", Some(7)),
        (forgotten, "", Some(7)),
    ] {
        conn.execute(
            "INSERT INTO supporters (id, first_name, last_name, email, postcode, language, captured_at, updated_at,
                 removed_at)
             VALUES (?1, ?2, '', '', '', 'en', 1, 1, ?3)",
            params![id, name, removed_at],
        )
        .unwrap();
    }
    conn.execute(
        "INSERT INTO shifts (id, canvasser, place, started_at) VALUES (?1, 'Sam', '', 1)",
        [shift],
    )
    .unwrap();
    for (of, undone_at) in [
        (amina, None),
        (mistake, Some(7)),
        (merged, None),
        (erased, None),
    ] {
        conn.execute(
            "INSERT INTO captures (id, supporter_id, shift_id, kind, captured_at, zone, undone_at, queued)
             VALUES (?1, ?2, ?3, 'update', 1, 'UTC', ?4, 0)",
            params![Uuid::now_v7(), of, shift, undone_at],
        )
        .unwrap();
    }
    conn.execute(
        "INSERT INTO acts (id, kind, who, at) VALUES (?1, 'merge', '', 1)",
        [act],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO merges (act_id, kept_id, gone_id, stands, ledger_before) VALUES (?1, ?2, ?3, 1, 0)",
        params![act, kept, merged],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO erased (supporter_id, at) VALUES (?1, 7)",
        [erased],
    )
    .unwrap();
    conn.execute("INSERT INTO handed VALUES ('age1maya', 5, 1, 1, 1, 1)", [])
        .unwrap();
    up(&mut conn).unwrap();
    assert_eq!(there(&conn, amina), (true, false, 1));
    assert_eq!(there(&conn, mistake), (false, false, 0));
    assert_eq!(there(&conn, merged), (false, false, 0));
    assert_eq!(there(&conn, kept), (true, false, 0));
    assert_eq!(there(&conn, erased), (false, false, 0));
    assert_eq!(there(&conn, forgotten), (false, true, 1));
    let handed: (String, i64, Option<Uuid>) = conn
        .query_row("SELECT recipient, at, laptop FROM handed", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!(handed, ("age1maya".to_owned(), 5, None));
}
