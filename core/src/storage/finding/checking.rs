//! Whether the index says what the records say, for tests.

use crate::error::Result;
use crate::storage::Conn;

/// Where the standings, the words or the numbers are not what the records say; nothing where all is well.
///
/// # Errors
/// The vault cannot be read.
pub fn faults(conn: &Conn) -> Result<Vec<String>> {
    let columns =
        "person, consent, text, trouble, words, by_name, by_first_name, captured_at, canvasser";
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
            "SELECT term FROM found_words WHERE NOT EXISTS (
                 SELECT 1 FROM standings WHERE instr(standings.words || ' ', ' ' || term || ' ') > 0
             )"
            .to_owned(),
        ),
        (
            "a wrong total",
            "SELECT people FROM standings_total WHERE people <> (SELECT count(*) FROM standings)"
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
