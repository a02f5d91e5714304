//! Entries of other laptops: each chain goes on where it ended here, to the letter, or nothing is taken in.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};
use uuid::{Uuid, Variant};

use super::records::{Said, Wording};
use super::{contradicts, forked, gap};
use crate::consent::ledger::{Entry, Hash, Head, Personal};
use crate::error::Result;
use crate::storage::values::{As, At};
use crate::storage::{Conn, ledger};

/// The end of the year 9999: what is said to have been heard later was not.
const LATEST: i64 = 253_402_300_799_999;

/// Chains as they grow.
#[derive(Default)]
pub(super) struct Chains {
    heads: HashMap<Uuid, Option<Head>>,
    /// Which wording here is the one that another laptop knows by this id.
    wordings: HashMap<Uuid, Uuid>,
}

impl Chains {
    /// Keeps a wording of another laptop, where it is not here to the letter.
    pub(super) fn wording(&mut self, conn: &Conn, theirs: &Wording) -> Result<()> {
        let same: Option<Uuid> = conn
            .prepare_cached(
                "SELECT id FROM wordings
                 WHERE purpose = ?1 AND language = ?2 AND version = ?3 AND body = ?4
                 ORDER BY laptop IS NOT NULL LIMIT 1",
            )?
            .query_row(
                params![theirs.purpose, theirs.language, theirs.version, theirs.body],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(same) = same {
            self.wordings.insert(theirs.id, same);
            return Ok(());
        }
        let taken: bool = conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM wordings WHERE id = ?1)")?
            .query_row([theirs.id], |row| row.get(0))?;
        if taken {
            return Err(contradicts());
        }
        conn.prepare_cached(
            "INSERT INTO wordings (id, purpose, language, version, body, created_at, laptop)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            theirs.id,
            theirs.purpose,
            theirs.language,
            theirs.version,
            theirs.body,
            At(theirs.created_at.time()),
            theirs.laptop
        ])?;
        self.wordings.insert(theirs.id, theirs.id);
        Ok(())
    }

    /// Adds an entry, or checks that it is here already. Gives whether it is news.
    pub(super) fn entry(&mut self, conn: &Conn, said: &Said, is_erased: bool) -> Result<bool> {
        let facts = &said.entry.facts;
        let head = match self.heads.get(&facts.laptop) {
            Some(head) => *head,
            None => ledger::head(conn, facts.laptop)?,
        };
        sound(&said.entry)?;
        let due = head.map_or(1, |head| head.number.saturating_add(1));
        if facts.number > due {
            return Err(gap());
        }
        if facts.number < due {
            self.heads.insert(facts.laptop, head);
            return self.known(conn, said, is_erased);
        }
        if said.entry.previous != head.map_or(Hash::NONE, |head| head.hash) {
            return Err(forked());
        }
        self.insert(conn, said, is_erased)?;
        self.heads.insert(facts.laptop, Some(said.entry.head()));
        Ok(true)
    }

    /// One that is here already has to be the same; its person may be known since, or erased there.
    fn known(&self, conn: &Conn, said: &Said, is_erased: bool) -> Result<bool> {
        let facts = &said.entry.facts;
        let (hash, known, withheld): (As<Hash>, bool, bool) = conn
            .prepare_cached(
                "SELECT hash, personal IS NOT NULL, withheld FROM ledger WHERE laptop = ?1 AND number = ?2",
            )?
            .query_row(params![facts.laptop, facts.number], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        if hash.0 != said.entry.hash {
            return Err(forked());
        }
        let erased_there = said.entry.is_erased() && !said.withheld;
        if erased_there && (known || withheld) {
            conn.prepare_cached(
                "UPDATE ledger SET personal = NULL, salt = NULL, supporter_id = NULL, withheld = 0
                 WHERE laptop = ?1 AND number = ?2",
            )?
            .execute(params![facts.laptop, facts.number])?;
            return Ok(true);
        }
        if withheld && !said.entry.is_erased() && !is_erased {
            conn.prepare_cached(
                "UPDATE ledger SET personal = ?3, salt = ?4, supporter_id = ?5, withheld = 0
                 WHERE laptop = ?1 AND number = ?2",
            )?
            .execute(params![
                facts.laptop,
                facts.number,
                said.entry.personal.as_ref().map(Personal::canonical),
                said.entry.salt.clone().map(As),
                said.supporter
            ])?;
            return Ok(true);
        }
        Ok(false)
    }

    fn insert(&self, conn: &Conn, said: &Said, is_erased: bool) -> Result<()> {
        if said.heard > LATEST {
            return Err(contradicts());
        }
        let wording = said
            .wording
            .map(|id| self.wordings.get(&id).copied().ok_or_else(contradicts))
            .transpose()?;
        let shown = wording
            .map(|id| ledger::wording(conn, id).map(|wording| wording.reference()))
            .transpose()?;
        if shown != said.entry.facts.wording {
            return Err(contradicts());
        }
        let mut entry = said.entry.clone();
        if is_erased {
            entry.erase();
        }
        let supporter = said.supporter.filter(|_| !entry.is_erased());
        let withheld = said.withheld && entry.is_erased() && !is_erased;
        ledger::insert_heard(conn, &entry, wording, supporter, said.heard, withheld)
    }
}

/// Whether an entry is what its hash says (`docs/LEDGER.md`).
fn sound(entry: &Entry) -> Result<()> {
    let facts = &entry.facts;
    let personal_fits = match (&entry.salt, &entry.personal) {
        (Some(salt), Some(personal)) => personal.digest(salt) == facts.personal,
        (None, None) => true,
        _ => false,
    };
    let is_version_7 =
        facts.id.get_version_num() == 7 && facts.id.get_variant() == Variant::RFC4122;
    match personal_fits && is_version_7 && entry.hash == facts.hash_after(entry.previous) {
        true => Ok(()),
        false => Err(forked()),
    }
}
