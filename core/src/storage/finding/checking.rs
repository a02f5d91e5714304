//! Whether the index says what the records say, for tests.

use crate::error::Result;
use crate::storage::Conn;

/// Every word by which somebody is found; a condition may follow.
const WORDS: &str = "supporters, json_each(
        '[\"' || replace(ltrim(find_words(first_name, last_name, email, postcode)), ' ', '\",\"') || '\"]'
    ) WHERE removed_at IS NULL AND value <> ''";

const NAMES: &str =
    "SELECT value, count(*) FROM supporters, json_each(name_words(first_name, last_name))
    WHERE removed_at IS NULL GROUP BY value";

/// Where the standings, the words or the numbers are not what the records say; nothing where all is well.
///
/// # Errors
/// The vault cannot be read.
pub fn faults(conn: &Conn) -> Result<Vec<String>> {
    let columns = "person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser";
    conn.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.found_words USING fts5vocab ('main', 'finds', 'row')",
    )?;
    let mut faults = Vec::new();
    for (what, sql) in [
        (
            "a standing that is not so",
            format!("SELECT {columns} FROM standings EXCEPT SELECT {columns} FROM standing_now"),
        ),
        (
            "a standing that is missing",
            format!("SELECT {columns} FROM standing_now EXCEPT SELECT {columns} FROM standings"),
        ),
        (
            "a word of nobody",
            format!(
                "SELECT term FROM found_words WHERE NOT EXISTS (SELECT 1 FROM {WORDS} AND value = term)"
            ),
        ),
        (
            "a word that finds nobody",
            format!("SELECT value FROM {WORDS} AND value NOT IN (SELECT term FROM found_words)"),
        ),
        (
            "names that are miscounted",
            format!("SELECT word, people FROM name_words EXCEPT {NAMES}"),
        ),
        (
            "names that are missing",
            format!("{NAMES} EXCEPT SELECT word, people FROM name_words"),
        ),
        (
            "a wrong total",
            "SELECT block, people FROM standings_in_blocks
             EXCEPT SELECT person >> 10, count(*) FROM standings GROUP BY person >> 10"
                .to_owned(),
        ),
        (
            "a number of nobody",
            "SELECT rowid FROM numbers WHERE numbers MATCH '\"+44\"' EXCEPT
             SELECT rowid FROM supporters WHERE removed_at IS NULL AND mobile LIKE '+44%'"
                .to_owned(),
        ),
        (
            "a number that is not found",
            "SELECT rowid FROM supporters WHERE removed_at IS NULL AND mobile LIKE '+44%' EXCEPT
             SELECT rowid FROM numbers WHERE numbers MATCH '\"+44\"'"
                .to_owned(),
        ),
    ] {
        if conn.prepare(&sql)?.exists([])? {
            faults.push(what.to_owned());
        }
    }
    Ok(faults)
}

/// Everything that the full-text indexes keep, as it lies there.
///
/// # Errors
/// The vault cannot be read.
pub fn index_bytes(conn: &Conn) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    for table in ["finds_data", "numbers_data"] {
        let mut statement = conn.prepare(&format!("SELECT block FROM {table}"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            all.extend_from_slice(row.get_ref(0)?.as_blob().unwrap_or_default());
        }
    }
    Ok(all)
}
