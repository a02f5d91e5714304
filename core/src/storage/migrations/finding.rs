//! A vault from before people could be searched, opened by today's code.

use rusqlite::params;
use uuid::Uuid;

use super::{as_of, up};

#[test]
fn everybody_who_is_there_is_found_after_it() {
    let mut conn = as_of(3);
    for (name, mobile, captured, removed) in [
        ("Siân", Some("+447700900101"), 5, None),
        ("Łucja", None, 3, None),
        ("Mistake", Some("+447700900102"), 7, Some(8)),
    ] {
        conn.execute(
            "INSERT INTO supporters (id, first_name, last_name, mobile, email, postcode, language, captured_at,
                 updated_at, removed_at)
             VALUES (?1, ?2, 'Pugh', ?3, '', 'SW9 8JX', 'en', ?4, ?4, ?5)",
            params![Uuid::now_v7(), name, mobile, captured, removed],
        )
        .unwrap();
    }

    up(&mut conn).unwrap();

    let ask = |sql: &str, what: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([what], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let by_word =
        "SELECT standings.by_first_name FROM finds JOIN standings ON standings.person = finds.rowid
        WHERE finds MATCH ?1 ORDER BY finds.rowid";
    assert_eq!(ask(by_word, "sian*"), ["sian pugh"]);
    assert_eq!(ask(by_word, "p* sw98*"), ["sian pugh", "lucja pugh"]);
    assert_eq!(ask(by_word, "mistake"), Vec::<String>::new());
    let by_number = "SELECT standings.by_first_name FROM numbers JOIN standings ON standings.person = numbers.rowid
        WHERE numbers MATCH ?1";
    assert_eq!(ask(by_number, "\"0101\""), ["sian pugh"]);
    assert_eq!(ask(by_number, "\"0102\""), Vec::<String>::new());
    let astray = "SELECT by_first_name FROM standings WHERE stray = ?1 + 0";
    assert_eq!(
        ask(astray, "1"),
        ["lucja pugh"],
        "captured before who came before her"
    );
    assert_eq!(
        ask("SELECT sum(people) || ?1 FROM standings_in_blocks", ""),
        ["2"]
    );
}
