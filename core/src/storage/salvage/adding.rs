//! Rows of one database into another that is an earlier state of it.

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use uuid::Uuid;

use super::reading::{self, Named, Wreck, quoted};
use super::{Gone, How, Salvaged, gone, is_withheld};
use crate::consent::ledger::{Method, Personal, What};
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::ledger::{self, New};
use crate::storage::{Conn, erasure, fault, supporters};

/// Brings the rows of a table over.
pub(super) fn table(
    conn: &Conn,
    wreck: &mut Wreck,
    (table, id, how): (&str, &str, How),
    salvaged: &mut Salvaged,
    erased: &mut Vec<Gone>,
) -> Result<()> {
    let mut columns = shared(conn, wreck, table)?;
    // Whoever brought them in comes later.
    columns.retain(|column| (table, column.as_str()) != ("supporters", "brought_by"));
    if columns.is_empty() {
        return Ok(());
    }
    let keys: Vec<&str> = id.split(", ").collect();
    let known = format!(
        "SELECT 1 FROM {table} WHERE {}",
        keys.iter()
            .enumerate()
            .map(|(place, key)| format!("{key} = ?{}", place + 1))
            .collect::<Vec<_>>()
            .join(" AND ")
    );
    let (known, write) = (known, upsert(table, id, &columns, how));
    let places: Vec<usize> = keys
        .iter()
        .filter_map(|key| columns.iter().position(|column| column == key))
        .collect();
    wreck.each(table, &columns, |row| {
        let is_known = conn
            .prepare_cached(&known)?
            .query_row(
                params_from_iter(places.iter().map(|place| &row[*place])),
                |_| Ok(()),
            )
            .optional()?
            .is_some();
        let mut is_somebody = true;
        if table == "supporters" {
            let person = Named {
                columns: &columns,
                row: &row,
            };
            let gone = gone(&person);
            erased.extend(gone);
            is_somebody = gone.is_none() && !is_withheld(&person);
            // Who is here is taken out below, and is not less known for what one state does not say of them.
            if is_known && !is_somebody {
                return Ok(());
            }
        }
        let written = conn.prepare_cached(&write)?.execute(params_from_iter(&row));
        let rows = match written {
            Ok(rows) => rows,
            // It leans on a row that could not be read, or stands in the way of one that is there.
            Err(error) if fault::is_broken_constraint(&error) => {
                salvaged.left_out += u64::from(!is_known);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        if table == "texts" {
            settled(conn, &row[places[0]])?;
        }
        if is_somebody {
            count(salvaged, table, is_known, rows > 0);
        }
        Ok(())
    })
}

fn count(salvaged: &mut Salvaged, table: &str, is_known: bool, is_written: bool) {
    let (new, moved) = (u64::from(!is_known && is_written), u64::from(is_written));
    match table {
        "supporters" => salvaged.people += new,
        "captures" => salvaged.captures += new,
        "ledger" => salvaged.entries += new,
        "inbound" => salvaged.inbound += new,
        "texts" => salvaged.texts += moved,
        _ => {}
    }
}

pub(super) fn settled(conn: &Conn, id: &Value) -> Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO settled_texts (id) VALUES (?1)")?
        .execute([id])?;
    Ok(())
}

/// What both databases have: one can be older than the other.
pub(super) fn shared(conn: &Conn, wreck: &mut Wreck, table: &str) -> Result<Vec<String>> {
    let ours = reading::columns(conn, table)?;
    let mut columns = wreck.columns(table);
    columns.retain(|column| ours.contains(column));
    Ok(columns)
}

pub(super) fn upsert(table: &str, id: &str, columns: &[String], how: How) -> String {
    let given: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
    let insert = format!(
        "INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT ({id}) DO ",
        quoted(columns),
        given.join(", ")
    );
    let rest: Vec<&String> = columns
        .iter()
        .filter(|column| !id.split(", ").any(|key| key == column.as_str()))
        .collect();
    if how != How::Last || rest.is_empty() {
        return insert + "NOTHING";
    }
    let sets: Vec<String> = rest
        .iter()
        .map(|column| format!("\"{column}\" = excluded.\"{column}\""))
        .collect();
    let differs: Vec<String> = rest
        .iter()
        .map(|column| format!("{table}.\"{column}\" IS NOT excluded.\"{column}\""))
        .collect();
    format!(
        "{insert}UPDATE SET {} WHERE {}",
        sets.join(", "),
        differs.join(" OR ")
    )
}

/// By what act each person came in, now that the acts are there.
pub(super) fn brought_by(conn: &Conn, wreck: &mut Wreck) -> Result<()> {
    let columns = ["id".to_owned(), "brought_by".to_owned()];
    if !wreck.columns("supporters").contains(&columns[1]) {
        return Ok(());
    }
    wreck.each("supporters", &columns, |row| {
        let given = conn
            .prepare_cached(
                "UPDATE supporters SET brought_by = ?2
                 WHERE id = ?1 AND brought_by IS NULL AND EXISTS (SELECT 1 FROM acts WHERE acts.id = ?2)",
            )?
            .execute(params_from_iter(&row));
        match given {
            Err(error) if !fault::is_broken_constraint(&error) => Err(error.into()),
            _ => Ok(()),
        }
    })
}

/// Who was erased, or forgotten.
pub(super) fn erasures(wreck: &mut Wreck, erased: &mut Vec<Gone>) -> Result<()> {
    let columns = wreck.columns("supporters");
    wreck.each("supporters", &columns, |row| {
        let person = Named {
            columns: &columns,
            row: &row,
        };
        erased.extend(gone(&person));
        Ok(())
    })
}

/// The names that the replaced vault's laptop went by: texts that it wrote under them are this laptop's.
pub(super) fn names(conn: &Conn, wreck: &mut Wreck) -> Result<()> {
    for table in ["restores", "campaign"] {
        let columns = ["laptop".to_owned()];
        if !wreck.columns(table).contains(&columns[0]) {
            continue;
        }
        wreck.each(table, &columns, |row| {
            conn.prepare_cached(
                "INSERT INTO restores (id, backup_at, at, laptop)
                 SELECT ?1, backup_at, at, ?2 FROM restores
                 WHERE ?2 IS NOT NULL AND NOT EXISTS (
                     SELECT 1 FROM restores AS known WHERE known.laptop = ?2
                 )
                 ORDER BY at DESC LIMIT 1",
            )?
            .execute(params![Uuid::now_v7(), row[0]])?;
            Ok(())
        })?;
    }
    Ok(())
}

/// Opt-outs: those of both states count. Gives how many are new.
pub(super) fn opt_outs(conn: &Conn, wreck: &mut Wreck, now: DateTime<Utc>) -> Result<u64> {
    let columns = ["key", "mobile", "source", "at", "entry_id"].map(str::to_owned);
    if wreck.columns("opt_outs").is_empty() {
        return Ok(0);
    }
    let mut new = 0;
    wreck.each("opt_outs", &columns, |row| {
        let known = conn
            .prepare_cached("SELECT 1 FROM opt_outs WHERE key = ?1")?
            .exists([&row[0]])?;
        if known {
            return Ok(());
        }
        let told = conn
            .prepare_cached("SELECT 1 FROM ledger WHERE id = ?1")?
            .exists([&row[4]])?;
        let entry = match (told, &row[4], &row[1]) {
            (true, entry, _) => entry.clone(),
            (false, _, Value::Text(mobile)) => said_again(conn, mobile, &row[3], now)?
                .map_or(Value::Null, |entry| Value::Blob(entry.as_bytes().to_vec())),
            _ => Value::Null,
        };
        new += 1;
        conn.prepare_cached(
            "INSERT INTO opt_outs (key, mobile, source, at, entry_id) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![row[0], row[1], row[2], row[3], entry])?;
        Ok(())
    })?;
    Ok(new)
}

/// The ledger says that a number is out, where the entry that said so is gone with the later state.
fn said_again(conn: &Conn, mobile: &str, at: &Value, now: DateTime<Utc>) -> Result<Option<Uuid>> {
    let Ok(mobile) = Mobile::from_e164(mobile) else {
        return Ok(None);
    };
    let at = match at {
        Value::Integer(at) => DateTime::from_timestamp_millis(*at).unwrap_or(now),
        _ => now,
    };
    let entry = New {
        what: What::OptOut,
        purpose: None,
        method: Method::Organiser,
        supporter: None,
        capture: None,
        shift: None,
        wording: None,
        evidence: None,
        about: None,
        at,
        zone: &crate::clock::local_zone(),
        personal: Personal {
            mobile: Some(mobile.e164().to_owned()),
            ..Personal::default()
        },
    };
    ledger::add(conn, &entry).map(Some)
}

/// Somebody who was erased after the backup, or forgotten, is erased from it too (UK GDPR Art 17).
pub(super) fn erase_again(conn: &Conn, gone: Gone, now: DateTime<Utc>) -> Result<()> {
    let (Gone::Erased(person) | Gone::Forgotten(person)) = gone;
    let readable = conn
        .prepare_cached(
            "SELECT 1 FROM supporters WHERE id = ?1
             AND (first_name <> '' OR last_name <> '' OR mobile IS NOT NULL OR email <> '' OR postcode <> '')",
        )?
        .exists([person])?;
    if !readable {
        return Ok(());
    }
    let mut theirs = Vec::new();
    for number in erasure::numbers_of(conn, person)? {
        if supporters::people_on(conn, &number)?
            .iter()
            .all(|other| *other == person)
        {
            theirs.push(number);
        }
    }
    erasure::erase(conn, person, &theirs, now)?;
    if matches!(gone, Gone::Forgotten(_)) {
        erasure::may_come_back(conn, person)?;
    }
    ledger::erase(conn, person, &theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_stands_as_it_did_is_not_written_again() {
        let columns = ["id", "a"].map(str::to_owned);
        assert_eq!(
            upsert("t", "id", &columns, How::Last),
            "INSERT INTO t (\"id\", \"a\") VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET \"a\" = excluded.\"a\" \
             WHERE t.\"a\" IS NOT excluded.\"a\""
        );
    }
}
