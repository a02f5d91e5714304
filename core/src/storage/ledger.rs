//! The consent ledger in the vault: entries are added, and never changed but to take an erased person out.

mod copying;
mod erasing;

pub use copying::{Said, Since, copy, proof, said, said_since};
#[cfg(test)]
pub(super) use erasing::OF_NUMBER;
pub use erasing::erase;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::Conn;
use super::values::{As, At};
use crate::consent::ledger::{
    Entry, Facts, Hash, Head, Method, Moment, Personal, Salt, Unsealed, What, Wording, WordingRef,
    seal,
};
use crate::error::{Error, Result};
use crate::people::Mobile;

/// An entry to add.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// What happened.
    pub what: What,
    /// On which purpose; none where it is about a number as a whole.
    pub purpose: Option<&'a str>,
    /// How it was said.
    pub method: Method,
    /// Whose word it is; none where it is about a number as a whole.
    pub supporter: Option<Uuid>,
    /// In which capture.
    pub capture: Option<Uuid>,
    /// In which shift.
    pub shift: Option<Uuid>,
    /// The wording that was read out or shown.
    pub wording: Option<Uuid>,
    /// The text from the phone that says so.
    pub evidence: Option<Uuid>,
    /// The entry that this one confirms, takes back or undoes.
    pub about: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
    /// The laptop's zone then, an IANA name.
    pub zone: &'a str,
    /// Who, in words that an erasure takes out.
    pub personal: Personal,
}

/// A supporter's last word on a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastWord {
    /// The entry that holds it.
    pub entry: Uuid,
    /// Whether it is yes.
    pub agrees: bool,
    /// Whether a yes was proved.
    pub confirmed: bool,
}

/// Seals an entry and adds it to this laptop's chain. Gives its id.
///
/// # Errors
/// The disk says no, or the system gives no randomness.
pub fn add(conn: &Conn, new: &New<'_>) -> Result<Uuid> {
    let laptop: Uuid = conn
        .prepare_cached("SELECT laptop FROM campaign")?
        .query_row([], |row| row.get(0))?;
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).map_err(|_| Error::Crypto)?;
    let wording = new
        .wording
        .map(|id| wording(conn, id).map(|wording| wording.reference()))
        .transpose()?;
    let unsealed = Unsealed {
        id: Uuid::now_v7(),
        laptop,
        at: Moment::from(new.at),
        zone: new.zone.to_owned(),
        what: new.what,
        purpose: new.purpose.map(str::to_owned),
        method: new.method,
        capture: new.capture,
        shift: new.shift,
        wording,
        evidence: new.evidence,
        about: new.about,
    };
    let entry = seal(
        unsealed,
        &new.personal,
        Salt::new(salt),
        head(conn, laptop)?,
    );
    insert(conn, &entry, new.wording, new.supporter)?;
    Ok(entry.facts.id)
}

/// This laptop, and the number of the last entry of its chain; 0 before the first.
///
/// # Errors
/// The vault cannot be read.
pub fn end(conn: &Conn) -> Result<(Uuid, u32)> {
    let laptop: Uuid = conn
        .prepare_cached("SELECT laptop FROM campaign")?
        .query_row([], |row| row.get(0))?;
    Ok((laptop, head(conn, laptop)?.map_or(0, |head| head.number)))
}

/// The end of a laptop's chain.
pub(super) fn head(conn: &Conn, laptop: Uuid) -> Result<Option<Head>> {
    let head = conn
        .prepare_cached(
            "SELECT number, hash FROM ledger WHERE laptop = ?1 ORDER BY number DESC LIMIT 1",
        )?
        .query_row([laptop], |row| {
            Ok(Head {
                number: row.get(0)?,
                hash: row.get::<_, As<Hash>>(1)?.0,
            })
        })
        .optional()?;
    Ok(head)
}

fn insert(
    conn: &Conn,
    entry: &Entry,
    wording: Option<Uuid>,
    supporter: Option<Uuid>,
) -> Result<()> {
    // After everything that was heard by now, though the clock was set back.
    let heard: i64 = conn
        .prepare_cached("SELECT coalesce(max(heard), 0) FROM ledger")?
        .query_row([], |row| row.get(0))?;
    let at = entry.facts.at.time().timestamp_millis();
    insert_heard(
        conn,
        entry,
        wording,
        supporter,
        at.max(heard.saturating_add(1)),
        false,
    )
}

/// Adds a sealed entry. `heard` is its place among all entries.
pub(super) fn insert_heard(
    conn: &Conn,
    entry: &Entry,
    wording: Option<Uuid>,
    supporter: Option<Uuid>,
    heard: i64,
    withheld: bool,
) -> Result<()> {
    let facts = &entry.facts;
    conn.prepare_cached(
        "INSERT INTO ledger (
             id, laptop, number, at, zone, what, purpose, method, capture_id, shift_id, wording_id, evidence_id,
             about_id, supporter_id, personal, salt, personal_digest, previous, hash, heard, withheld
         )
         VALUES (
             ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21
         )",
    )?
    .execute(params![
        facts.id,
        facts.laptop,
        facts.number,
        At(facts.at.time()),
        facts.zone,
        As(facts.what),
        facts.purpose,
        As(facts.method),
        facts.capture,
        facts.shift,
        wording,
        facts.evidence,
        facts.about,
        supporter,
        entry.personal.as_ref().map(Personal::canonical),
        entry.salt.clone().map(As),
        As(facts.personal),
        As(entry.previous),
        As(entry.hash),
        heard,
        withheld
    ])?;
    Ok(())
}

/// A wording as it was shown.
///
/// # Errors
/// [`Error::NotFound`].
pub fn wording(conn: &Conn, id: Uuid) -> Result<Wording> {
    let wording = conn
        .prepare_cached("SELECT purpose, language, version, body FROM wordings WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Wording {
                purpose: row.get(0)?,
                language: row.get(1)?,
                version: row.get(2)?,
                text: row.get(3)?,
            })
        })?;
    Ok(wording)
}

/// A supporter's last word on a purpose. One that was taken back uncovers the one before it.
///
/// # Errors
/// The vault cannot be read.
pub fn last_word(conn: &Conn, supporter: Uuid, purpose: &str) -> Result<Option<LastWord>> {
    let word = conn
        .prepare_cached(
            "SELECT id, what, confirmed FROM last_words WHERE supporter_id = ?1 AND purpose = ?2",
        )?
        .query_row(params![supporter, purpose], |row| {
            Ok(LastWord {
                entry: row.get(0)?,
                agrees: row.get::<_, As<What>>(1)?.0 == What::Grant,
                confirmed: row.get(2)?,
            })
        })
        .optional()?;
    Ok(word)
}

/// Whether a supporter's last word on a purpose is yes.
///
/// # Errors
/// The vault cannot be read.
pub fn agrees(conn: &Conn, supporter: Uuid, purpose: &str) -> Result<bool> {
    Ok(last_word(conn, supporter, purpose)?.is_some_and(|word| word.agrees))
}

/// What was said in a capture and was not taken back: the entry, its purpose and its wording.
///
/// # Errors
/// The vault cannot be read.
pub fn said_in(conn: &Conn, capture: Uuid) -> Result<Vec<(Uuid, String, Option<Uuid>)>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, purpose, wording_id FROM ledger AS word
         WHERE capture_id = ?1 AND what IN ('grant', 'refusal', 'withdrawal') AND purpose IS NOT NULL
         AND NOT EXISTS (
             SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
         )
         ORDER BY heard, id",
    )?;
    let rows = statement.query_map([capture], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Words of a person that were taken back, in a capture or one by one, and have nothing said after them: what would
/// stand had they not been.
///
/// # Errors
/// The vault cannot be read.
pub fn taken_back(conn: &Conn, capture: Option<Uuid>, entry: Option<Uuid>) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(include_str!("ledger/taken_back.sql"))?;
    let rows = statement.query_map(params![capture, entry], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Says again what was taken back by mistake: the same words, of the time at which they were said. Gives the new
/// entry's id.
///
/// # Errors
/// [`Error::NotFound`], or the disk says no.
pub fn say_again(conn: &Conn, entry: Uuid) -> Result<Uuid> {
    let (said, _) = get(conn, entry)?;
    let (supporter, wording): (Option<Uuid>, Option<Uuid>) = conn
        .prepare_cached("SELECT supporter_id, wording_id FROM ledger WHERE id = ?1")?
        .query_row([entry], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let facts = said.facts;
    add(
        conn,
        &New {
            what: facts.what,
            purpose: facts.purpose.as_deref(),
            method: facts.method,
            supporter,
            capture: facts.capture,
            shift: facts.shift,
            wording,
            evidence: facts.evidence,
            about: facts.about,
            at: facts.at.time(),
            zone: &facts.zone,
            personal: said.personal.unwrap_or_default(),
        },
    )
}

/// Whether a supporter has said something since a row of the ledger, with their own hand or with the code that their
/// own phone sent, and it was not taken back.
///
/// # Errors
/// The vault cannot be read.
pub fn has_spoken_since(conn: &Conn, supporter: Uuid, row: i64) -> Result<bool> {
    let has = conn
        .prepare_cached(include_str!("ledger/has_spoken_since.sql"))?
        .query_row(params![supporter, row], |row| row.get(0))?;
    Ok(has)
}

/// The entries about a supporter, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn of_supporter(conn: &Conn, supporter: Uuid) -> Result<Vec<Entry>> {
    let sql = format!("{ENTRY} WHERE ledger.supporter_id = ?1 ORDER BY ledger.heard, ledger.id");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([supporter], entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entries about somebody and whoever was merged into them, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn of_everybody(conn: &Conn, everybody: &[Uuid]) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for one in everybody {
        entries.extend(of_supporter(conn, *one)?);
    }
    if everybody.len() > 1 {
        // Oldest first, whosever they were.
        entries.sort_by_key(|entry| entry.facts.at.time());
    }
    Ok(entries)
}

/// The entries about a number that nobody has who is still there: about the number as a whole, and about whoever was
/// taken back. Oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn of_number(conn: &Conn, mobile: &Mobile) -> Result<Vec<Entry>> {
    let sql = format!(
        "{ENTRY} WHERE ledger.personal IS NOT NULL AND json_extract(ledger.personal, '$.mobile') = ?1
         AND (
             ledger.supporter_id IS NULL
             OR ledger.supporter_id IN (SELECT id FROM supporters WHERE removed_at IS NOT NULL)
         )
         ORDER BY ledger.heard, ledger.id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([mobile.e164()], entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One entry, with the wording as it was shown.
///
/// # Errors
/// [`Error::NotFound`].
pub fn get(conn: &Conn, id: Uuid) -> Result<(Entry, Option<Wording>)> {
    let sql = format!("{ENTRY} WHERE ledger.id = ?1");
    let entry = conn.prepare_cached(&sql)?.query_row([id], entry)?;
    let shown: Option<Uuid> = conn
        .prepare_cached("SELECT wording_id FROM ledger WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let shown = shown.map(|id| wording(conn, id)).transpose()?;
    Ok((entry, shown))
}

/// Goes through every chain, entry by entry.
///
/// # Errors
/// The vault cannot be read, or what `look` returned.
pub fn each(conn: &Conn, mut look: impl FnMut(Entry) -> Result<()>) -> Result<()> {
    let sql = format!("{ENTRY} ORDER BY ledger.laptop, ledger.number");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        look(entry(row)?)?;
    }
    Ok(())
}

/// Every wording that an entry points at.
///
/// # Errors
/// The vault cannot be read.
pub fn wordings(conn: &Conn) -> Result<Vec<Wording>> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT purpose, language, version, body FROM wordings
         WHERE id IN (SELECT wording_id FROM ledger) ORDER BY purpose, language, version",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Wording {
            purpose: row.get(0)?,
            language: row.get(1)?,
            version: row.get(2)?,
            text: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What an entry is read from. What else is wanted stands behind it.
macro_rules! entry_and {
    ($more:literal) => {
        concat!(
            "SELECT
                ledger.id, ledger.laptop, ledger.number, ledger.at, ledger.zone, ledger.what, ledger.purpose,
                ledger.method, ledger.capture_id, ledger.shift_id, ledger.evidence_id, ledger.about_id,
                ledger.personal, ledger.salt, ledger.personal_digest, ledger.previous, ledger.hash,
                wordings.language, wordings.version, wordings.body",
            $more,
            " FROM ledger LEFT JOIN wordings ON wordings.id = ledger.wording_id"
        )
    };
}

const ENTRY: &str = entry_and!("");

const TO_HAND: &str = concat!(
    entry_and!(", ledger.wording_id, ledger.supporter_id, ledger.heard, ledger.withheld"),
    " WHERE ledger.rowid > ?1 OR ledger.id IN (SELECT touched.id FROM touched WHERE touched.serial > ?2)
      ORDER BY ledger.laptop, ledger.number"
);

/// Goes through every chain behind a row, and through what was touched since, with what stands beside each entry: its
/// wording, whose word it is, its place among all entries, and whether who it was is withheld.
pub(super) fn each_to_hand(
    conn: &Conn,
    after: (i64, i64),
    mut look: impl FnMut(Entry, Option<Uuid>, Option<Uuid>, i64, bool) -> Result<()>,
) -> Result<()> {
    let mut statement = conn.prepare_cached(TO_HAND)?;
    let mut rows = statement.query(after)?;
    while let Some(row) = rows.next()? {
        look(
            entry(row)?,
            row.get(20)?,
            row.get(21)?,
            row.get(22)?,
            row.get(23)?,
        )?;
    }
    Ok(())
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let language: Option<String> = row.get(17)?;
    let wording = match language {
        Some(language) => Some(WordingRef {
            language,
            version: row.get(18)?,
            sha256: Hash::of_text(&row.get::<_, String>(19)?),
        }),
        None => None,
    };
    let personal: Option<String> = row.get(12)?;
    Ok(Entry {
        facts: Facts {
            id: row.get(0)?,
            laptop: row.get(1)?,
            number: row.get(2)?,
            at: Moment::from(row.get::<_, At>(3)?.0),
            zone: row.get(4)?,
            what: row.get::<_, As<What>>(5)?.0,
            purpose: row.get(6)?,
            method: row.get::<_, As<Method>>(7)?.0,
            capture: row.get(8)?,
            shift: row.get(9)?,
            wording,
            evidence: row.get(10)?,
            about: row.get(11)?,
            personal: row.get::<_, As<Hash>>(14)?.0,
        },
        previous: row.get::<_, As<Hash>>(15)?.0,
        hash: row.get::<_, As<Hash>>(16)?.0,
        salt: row.get::<_, Option<As<Salt>>>(13)?.map(|salt| salt.0),
        // A personal part that cannot be read is one that was changed: the checker says so.
        personal: personal.map(|json| serde_json::from_str(&json).unwrap_or_default()),
    })
}
