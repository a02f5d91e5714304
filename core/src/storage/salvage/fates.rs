//! Which texts have gone since the backup, and to which numbers: one text a number, never two.

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};
use uuid::Uuid;

use super::Salvaged;
use super::adding::{settled, shared, upsert};
use super::reading::{Named, Wreck};
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::values::{At, Word};
use crate::storage::{Conn, fault, texts};
use crate::texts::life::{Reason, State};

/// Says how texts stand that both states have: what left after the backup has left. Of those that the backup does not know
/// it keeps each question that may have gone, with the number that it went to.
pub(super) fn bring(
    conn: &Conn,
    wreck: &mut Wreck,
    salvaged: &mut Salvaged,
    now: DateTime<Utc>,
) -> Result<()> {
    let columns = shared(conn, wreck, "texts")?;
    let (mut in_the_way, mut unknown) = (Vec::new(), Vec::new());
    wreck.each("texts", &columns, |row| {
        let text = Named {
            columns: &columns,
            row: &row,
        };
        let Some(id) = text.id("id") else {
            return Ok(());
        };
        if !is_here(conn, "texts", id)? {
            if may_have_gone(&text) {
                unknown.push(row);
            }
        } else if !write(conn, &columns, &row, salvaged)? {
            in_the_way.push(row);
        }
        Ok(())
    })?;
    // Of two for one number, the one that gave way may come after the one that went in its place. What leans on something
    // that is not there any more stays, and a person decides on it.
    for row in in_the_way {
        write(conn, &columns, &row, salvaged)?;
    }
    let mut kept = Vec::new();
    for row in unknown {
        let text = Named {
            columns: &columns,
            row: &row,
        };
        if stands_for_a_number(conn, &text, now)? && write(conn, &columns, &row, salvaged)? {
            kept.extend(text.id("id"));
        }
    }
    events(conn, wreck)?;
    for id in kept {
        let text = texts::get(conn, id)?;
        // It was tried and waits for another try: either it may have gone all the same, or it certainly has not.
        if text.state == State::Waiting {
            texts::does_not_go(conn, &text, Reason::TakenBack, now)?;
        }
    }
    Ok(())
}

/// Whether a question was tried, or another laptop is about to put it.
fn may_have_gone(text: &Named<'_>) -> bool {
    let is_elsewhere = text.text("stands").is_some();
    let was_tried = text.number("attempted_at").is_some();
    text.text("kind") == Some("confirmation")
        && match text.text("state") {
            // A gateway's no: it has certainly not gone.
            None | Some("failed") => false,
            Some("not_sent") => is_elsewhere,
            Some(_) => is_elsewhere || was_tried,
        }
}

/// Whom a question was put to is nobody of this state: the number alone is kept of them, as of somebody who was taken back
/// and who may come again from another laptop. Gives whether it can be kept.
fn stands_for_a_number(conn: &Conn, text: &Named<'_>, now: DateTime<Utc>) -> Result<bool> {
    let mobile = text
        .text("mobile")
        .and_then(|e164| Mobile::from_e164(e164).ok());
    let (Some(person), Some(mobile)) = (text.id("supporter_id"), mobile) else {
        return Ok(false);
    };
    let is_erased = conn
        .prepare_cached("SELECT 1 FROM erased WHERE supporter_id = ?1")?
        .exists([person])?;
    if is_erased {
        return Ok(false);
    }
    conn.prepare_cached(
        "INSERT INTO supporters (
             id, first_name, last_name, mobile, email, postcode, language, captured_at, updated_at, removed_at, withheld
         )
         VALUES (?1, '', '', ?2, '', '', '', ?3, ?3, ?3, 1) ON CONFLICT DO NOTHING",
    )?
    .execute(params![person, mobile.e164(), At(now)])?;
    Ok(true)
}

/// Writes a text as it stood last. Gives whether that is possible beside what is here.
fn write(conn: &Conn, columns: &[String], row: &[Value], salvaged: &mut Salvaged) -> Result<bool> {
    let text = Named { columns, row };
    // Where a newer Placard says why, nobody here can say it.
    if text.text("reason").and_then(Reason::of_word).is_none() {
        return Ok(false);
    }
    let mut values = row.to_vec();
    for (column, table) in [("template_id", "templates"), ("answers_id", "inbound")] {
        let Some(place) = columns.iter().position(|name| name == column) else {
            continue;
        };
        // It went with words, or as an answer to some, that this state does not have.
        if let Some(id) = text.id(column)
            && !is_here(conn, table, id)?
        {
            values[place] = Value::Null;
        }
    }
    let upsert = upsert("texts", "id", columns, super::How::Last);
    let written = conn
        .prepare_cached(&upsert)?
        .execute(params_from_iter(&values));
    match written {
        Ok(moved) => {
            salvaged.texts += u64::try_from(moved).unwrap_or_default();
            if let Some(id) = text.get("id") {
                settled(conn, id)?;
            }
            Ok(true)
        }
        Err(error) if fault::is_broken_constraint(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The evidence of those that are settled.
fn events(conn: &Conn, wreck: &mut Wreck) -> Result<()> {
    let columns = shared(conn, wreck, "text_events")?;
    let write = upsert("text_events", "id", &columns, super::How::Missing);
    wreck.each("text_events", &columns, |row| {
        let event = Named {
            columns: &columns,
            row: &row,
        };
        let is_settled = match event.id("text_id") {
            Some(text) => conn
                .prepare_cached("SELECT 1 FROM settled_texts WHERE id = ?1")?
                .exists([text])?,
            None => false,
        };
        if is_settled {
            conn.prepare_cached(&write)?
                .execute(params_from_iter(&row))?;
        }
        Ok(())
    })
}

/// Whether a table has a row with this id.
pub(super) fn is_here(conn: &Conn, table: &str, id: Uuid) -> Result<bool> {
    let is = conn
        .prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?
        .exists([id])?;
    Ok(is)
}
