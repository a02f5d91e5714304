//! The schema's history. A migration that has landed is never edited and never names a living type.

mod carried;
#[cfg(test)]
mod find_again;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod hand_over;
#[cfg(test)]
mod hand_over_again;
#[cfg(test)]
mod hand_over_lists;
#[cfg(test)]
mod history;
#[cfg(test)]
mod undo;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::functions;
use crate::error::Result;

fn all() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(include_str!("0001_first.sql")),
        M::up_with_hook(include_str!("0002_lawful.sql"), carried::over).foreign_key_check(),
        M::up(include_str!("0003_history.sql")).foreign_key_check(),
        M::up(include_str!("0004_find.sql")).foreign_key_check(),
        M::up(include_str!("0005_bring_in.sql")),
        M::up(include_str!("0006_push.sql")),
        M::up(include_str!("0007_backups.sql")),
        M::up(include_str!("0008_merge.sql")),
        M::up(include_str!("0009_hand_over.sql")).foreign_key_check(),
        M::up(include_str!("0010_undo.sql")),
        M::up(include_str!("0011_find_again.sql")),
        M::up(include_str!("0012_hand_over_again.sql")),
        M::up(include_str!("0013_hand_over_lists.sql")),
    ])
}

pub(super) fn up(conn: &mut Connection) -> Result<()> {
    functions::register(conn)?;
    // A table that is made anew is dropped while others point at it; what they point at is checked afterwards.
    conn.pragma_update(None, "foreign_keys", false)?;
    let done = all().to_latest(conn);
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(done?)
}

/// A vault as it was when so many migrations had landed.
#[cfg(test)]
fn as_of(landed: usize) -> Connection {
    let mut conn = Connection::open_in_memory().unwrap();
    functions::register(&conn).unwrap();
    all().to_version(&mut conn, landed).unwrap();
    conn
}

/// Whether a database was written by a Placard with migrations that this one does not have.
pub(super) fn is_newer(conn: &Connection) -> Result<bool> {
    Ok(all().pending_migrations(conn)? < 0)
}

/// The schema after all migrations, one statement after another, as SQLite keeps it.
pub(super) fn schema() -> Result<String> {
    let mut conn = Connection::open_in_memory()?;
    up(&mut conn)?;
    // What a full-text index keeps for itself is SQLite's own affair.
    let mut statement = conn.prepare(
        "SELECT sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
         ORDER BY rowid",
    )?;
    let statements = statement
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(statements.iter().map(|sql| format!("{sql};\n\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_run_from_nothing() -> Result<()> {
        up(&mut Connection::open_in_memory()?)
    }

    #[test]
    fn the_committed_schema_is_what_the_migrations_make() -> Result<()> {
        let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/src/storage/schema.sql");
        let head = "-- The vault's schema as it stands. Written by `cargo xtask bless`; change it with a migration.\n\n";
        let now = format!("{head}{}", schema()?.trim_end().to_owned() + "\n");
        if std::env::var_os("PLACARD_BLESS").is_some() {
            std::fs::write(committed, &now)?;
        }
        assert_eq!(
            std::fs::read_to_string(committed)?,
            now,
            "run `cargo xtask bless`"
        );
        Ok(())
    }

    #[test]
    fn every_table_is_strict() -> Result<()> {
        for statement in schema()?
            .split(";\n")
            .filter(|sql| sql.contains("CREATE TABLE"))
        {
            assert!(statement.trim_end().ends_with("STRICT"), "{statement}");
        }
        Ok(())
    }
}
