//! A vault from when any text at all said how somebody's confirmation stood, opened by today's code.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{as_of, up};

/// What the list of people shows of them: the state of their text, and what is to be put right.
fn standings(conn: &Connection) -> Vec<(String, Option<String>, u8)> {
    let mut statement = conn
        .prepare("SELECT by_first_name, text, trouble FROM standings ORDER BY person")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn text(conn: &Connection, id: u128, kind: &str, of: Uuid, state: &str) {
    conn.execute(
        "INSERT INTO texts (id, kind, turn, supporter_id, mobile, country, body, segments, state, reason, not_before,
             attempts, looks, created_at, changed_at)
         VALUES (?1, ?2, 1, ?3, '+44770090010' || hex(?3), 'GB', '', 1, ?4, 'taken', 1, 1, 0, 1, 1)",
        params![Uuid::from_u128(id), kind, of, state],
    )
    .unwrap();
}

#[test]
fn who_has_an_uncertain_text_is_put_right_whatever_was_written_to_them_since() {
    let mut conn = as_of(9);
    let people = ["amina", "rhys", "wei", "zofia"];
    let [amina, rhys, wei, _] = people.map(|name| {
        let id = Uuid::now_v7();
        conn.execute(
            "INSERT INTO supporters (id, first_name, last_name, email, postcode, language, captured_at, updated_at)
             VALUES (?1, ?2, '', '', '', 'en', 1, 1)",
            params![id, name],
        )
        .unwrap();
        id
    });
    text(&conn, 1, "confirmation", amina, "uncertain");
    text(&conn, 2, "reply", amina, "delivered");
    text(&conn, 3, "confirmation", rhys, "delivered");
    text(&conn, 4, "reply", rhys, "uncertain");
    text(&conn, 5, "confirmation", wei, "delivered");
    text(&conn, 6, "reminder", wei, "accepted");
    text(&conn, 7, "reply", wei, "failed");
    let shown = |state: &str| Some(state.to_owned());
    let of = |name: &str, text: Option<String>, trouble: u8| (name.to_owned(), text, trouble);
    assert_eq!(
        standings(&conn),
        [
            of("amina", shown("delivered"), 0),
            of("rhys", shown("uncertain"), 3),
            of("wei", shown("failed"), 0),
            of("zofia", None, 0),
        ],
        "as it was"
    );

    up(&mut conn).unwrap();

    let after = [
        of("amina", shown("uncertain"), 3),
        of("rhys", shown("delivered"), 3),
        of("wei", shown("accepted"), 0),
        of("zofia", None, 0),
    ];
    assert_eq!(standings(&conn), after);
    // What was written before goes on being told as it is now.
    conn.execute(
        "UPDATE texts SET state = 'delivered' WHERE kind = 'reply'",
        [],
    )
    .unwrap();
    let [first, mut second, rest @ ..] = after;
    second.2 = 0;
    assert_eq!(standings(&conn)[..2], [first, second]);
    assert_eq!(standings(&conn)[2..], rest);
}
