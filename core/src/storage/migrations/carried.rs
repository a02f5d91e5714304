//! What the second migration carries over: consents become sealed entries of the ledger, and numbers that are
//! opted out are kept by their keyed hash as well. Written for the schema as it was then.

use chrono::DateTime;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Row, Transaction, params};
use rusqlite_migration::{HookError, HookResult};
use sha2::Sha256;
use uuid::Uuid;

use crate::consent::ledger::{
    Entry, Head, Method, Moment, Personal, Salt, Unsealed, What, Wording, seal,
};

pub(super) fn over(tx: &Transaction<'_>) -> HookResult {
    let laptop = Uuid::now_v7();
    let key = random()?;
    tx.execute(
        "UPDATE campaign SET laptop = ?1, suppression_key = ?2",
        params![laptop, key],
    )?;
    let head = consents(tx, laptop)?;
    opt_outs(tx, laptop, &key, head)
}

fn random() -> Result<[u8; 32], HookError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| HookError::Hook("no randomness".to_owned()))?;
    Ok(bytes)
}

/// A row of the table `consents`, as it was.
struct Consent {
    id: Uuid,
    supporter: Uuid,
    capture: Uuid,
    shift: Uuid,
    granted: bool,
    wording: Uuid,
    at: i64,
    zone: String,
    language: String,
    version: u32,
    text: String,
    personal: Personal,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Consent> {
    let said = |words: String| Some(words).filter(|words| !words.trim().is_empty());
    Ok(Consent {
        id: row.get(0)?,
        supporter: row.get(1)?,
        capture: row.get(2)?,
        shift: row.get(3)?,
        granted: row.get(4)?,
        wording: row.get(5)?,
        at: row.get(6)?,
        zone: row.get(7)?,
        language: row.get(8)?,
        version: row.get(9)?,
        text: row.get(10)?,
        personal: Personal {
            supporter: row.get(1)?,
            name: said(row.get::<_, String>(11)?.trim().to_owned()),
            mobile: row.get(12)?,
            canvasser: said(row.get(13)?),
            place: said(row.get(14)?),
            said: None,
        },
    })
}

fn consents(tx: &Transaction<'_>, laptop: Uuid) -> Result<Option<Head>, HookError> {
    let mut statement = tx.prepare(
        "SELECT consents.id, consents.supporter_id, consents.capture_id, captures.shift_id,
             consents.answer = 'granted', consents.wording_id, consents.given_at, consents.zone,
             wordings.language, wordings.version, wordings.body,
             supporters.first_name || ' ' || supporters.last_name, supporters.mobile, shifts.canvasser,
             shifts.place
         FROM consents
         JOIN captures ON captures.id = consents.capture_id
         JOIN shifts ON shifts.id = captures.shift_id
         JOIN supporters ON supporters.id = consents.supporter_id
         JOIN wordings ON wordings.id = consents.wording_id
         ORDER BY consents.rowid",
    )?;
    let rows = statement.query_map([], read)?;
    let mut head: Option<Head> = None;
    let mut granted: Vec<(Uuid, Uuid)> = Vec::new();
    for consent in rows {
        let consent = consent?;
        // What was taken back is the yes of the same capture.
        let about = (!consent.granted)
            .then(|| {
                granted
                    .iter()
                    .rev()
                    .find(|(capture, _)| *capture == consent.capture)
            })
            .flatten()
            .map(|(_, entry)| *entry);
        let wording = Wording {
            purpose: "texts".to_owned(),
            language: consent.language,
            version: consent.version,
            text: consent.text,
        };
        let unsealed = Unsealed {
            id: consent.id,
            laptop,
            at: Moment::from(DateTime::from_timestamp_millis(consent.at).unwrap_or_default()),
            zone: consent.zone,
            what: if consent.granted {
                What::Grant
            } else {
                What::TakenBack
            },
            purpose: Some("texts".to_owned()),
            method: Method::Spoken,
            capture: Some(consent.capture),
            shift: Some(consent.shift),
            wording: Some(wording.reference()),
            evidence: None,
            about,
        };
        let entry = seal(unsealed, &consent.personal, Salt::new(random()?), head);
        insert(tx, &entry, Some(consent.wording), Some(consent.supporter))?;
        head = Some(entry.head());
        if consent.granted {
            granted.push((consent.capture, consent.id));
        }
    }
    drop(statement);
    tx.execute_batch("DROP TABLE consents;")?;
    Ok(head)
}

fn insert(
    tx: &Transaction<'_>,
    entry: &Entry,
    wording: Option<Uuid>,
    supporter: Option<Uuid>,
) -> HookResult {
    let facts = &entry.facts;
    tx.execute(
        "INSERT INTO ledger (
             id, laptop, number, at, zone, what, purpose, method, capture_id, shift_id, wording_id, about_id,
             supporter_id, personal, salt, personal_digest, previous, hash
         )
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        params![
            facts.id,
            facts.laptop,
            facts.number,
            facts.at.time().timestamp_millis(),
            facts.zone,
            facts.what.word(),
            facts.purpose,
            facts.method.word(),
            facts.capture,
            facts.shift,
            wording,
            facts.about,
            supporter,
            entry.personal.as_ref().map(Personal::canonical),
            entry.salt.as_ref().map(|salt| salt.as_bytes().to_vec()),
            facts.personal.as_bytes(),
            entry.previous.as_bytes(),
            entry.hash.as_bytes()
        ],
    )?;
    Ok(())
}

fn opt_outs(tx: &Transaction<'_>, laptop: Uuid, key: &[u8], mut head: Option<Head>) -> HookResult {
    let mut statement = tx.prepare("SELECT mobile, at FROM opt_outs ORDER BY rowid")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let numbers: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
    drop(statement);
    for (mobile, at) in numbers {
        let mut mac = Hmac::<Sha256>::new_from_slice(key)
            .map_err(|_| HookError::Hook("no key".to_owned()))?;
        mac.update(mobile.as_bytes());
        let unsealed = Unsealed {
            id: Uuid::now_v7(),
            laptop,
            at: Moment::from(DateTime::from_timestamp_millis(at).unwrap_or_default()),
            zone: "UTC".to_owned(),
            what: What::OptOut,
            purpose: None,
            method: Method::Carrier,
            capture: None,
            shift: None,
            wording: None,
            evidence: None,
            about: None,
        };
        let personal = Personal {
            mobile: Some(mobile.clone()),
            ..Personal::default()
        };
        let entry = seal(unsealed, &personal, Salt::new(random()?), head);
        insert(tx, &entry, None, None)?;
        head = Some(entry.head());
        tx.execute(
            "INSERT INTO new_opt_outs (key, mobile, source, at, entry_id) VALUES (?1, ?2, 'carrier', ?3, ?4)",
            params![mac.finalize().into_bytes().to_vec(), mobile, at, entry.facts.id],
        )?;
    }
    tx.execute_batch("DROP TABLE opt_outs; ALTER TABLE new_opt_outs RENAME TO opt_outs;")?;
    Ok(())
}

#[cfg(test)]
mod tests;
