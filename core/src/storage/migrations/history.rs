//! A vault from before acts were written down, opened by today's code.

use rusqlite::params;
use uuid::Uuid;

use super::{as_of, up};

#[test]
fn captures_become_acts_and_updates_become_changes() {
    let mut conn = as_of(2);
    let [shift, amina, rhys, mistake, first, second, third, undone] =
        std::array::from_fn(|_| Uuid::now_v7());
    conn.execute(
        "INSERT INTO shifts VALUES (?1, 'Olu', 'Brixton tube', 1)",
        [shift],
    )
    .unwrap();
    for (id, name, removed) in [
        (amina, "Aminah", None),
        (rhys, "Rhys", None),
        (mistake, "Mistake", Some(5)),
    ] {
        conn.execute(
            "INSERT INTO supporters (id, first_name, last_name, mobile, email, postcode, language, captured_at,
                 updated_at, removed_at)
             VALUES (?1, ?2, '', '+447700900101', 'a@example.org', '', 'en', 1, 1, ?3)",
            params![id, name, removed],
        )
        .unwrap();
    }
    let was = |name: &str, mobile: &str, email: &str| {
        Some(format!(
            r#"{{"first_name":"{name}","last_name":"","mobile":{mobile},"email":"{email}","postcode":"","language":"en"}}"#
        ))
    };
    for (id, supporter, kind, before, undone_at) in [
        (first, amina, "new", None, None),
        (second, amina, "update", was("Amina", "null", ""), None),
        (
            third,
            amina,
            "update",
            was("Amina", "\"+447700900101\"", ""),
            None,
        ),
        (undone, mistake, "new", None, Some(5)),
    ] {
        conn.execute(
            "INSERT INTO captures (id, supporter_id, shift_id, kind, before, captured_at, zone, queued, undone_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 1, 'UTC', 0, ?6)",
            params![id, supporter, shift, kind, before, undone_at],
        )
        .unwrap();
    }

    up(&mut conn).unwrap();

    let acts: Vec<(Uuid, String)> = conn
        .prepare("SELECT id, who FROM acts ORDER BY rowid")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        acts,
        [first, second, third].map(|id| (id, "Olu".to_owned()))
    );
    let brought: Option<Uuid> = conn
        .query_row(
            "SELECT brought_by FROM supporters WHERE id = ?1",
            [amina],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(brought, Some(first));
    let text = |row: &rusqlite::Row<'_>, at| row.get::<_, Option<String>>(at);
    let changes: Vec<_> = conn
        .prepare("SELECT act_id, field, before, after FROM changes ORDER BY act_id, field")
        .unwrap()
        .query_map([], |row| {
            Ok((row.get(0)?, text(row, 1)?, text(row, 2)?, text(row, 3)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let change = |act: Uuid, field: &str, before: Option<&str>, after: &str| {
        (
            act,
            Some(field.to_owned()),
            before.map(str::to_owned),
            Some(after.to_owned()),
        )
    };
    assert_eq!(
        changes,
        [
            change(second, "mobile", None, "+447700900101"),
            change(third, "email", None, "a@example.org"),
            change(third, "first_name", Some("Amina"), "Aminah"),
        ]
    );
}
