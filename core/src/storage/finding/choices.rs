//! What there is to filter by.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::error::Result;
use crate::storage::Conn;
use crate::storage::values::At;

/// What there is to filter by.
#[derive(Clone, PartialEq, Eq)]
pub struct Choices {
    /// Who has captured somebody, by name.
    pub canvassers: Vec<String>,
    /// The shifts, newest first.
    pub shifts: Vec<ShiftOf>,
    /// The languages that people have: BCP 47 tags.
    pub languages: Vec<String>,
    /// The lists that were brought in and stand, newest first.
    pub imports: Vec<ImportOf>,
}

/// A shift.
#[derive(Clone, PartialEq, Eq)]
pub struct ShiftOf {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub canvasser: String,
    /// Where; empty where nobody said.
    pub place: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
}

/// A list that was brought in.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportOf {
    /// The act that did it.
    pub act: Uuid,
    /// What the list was called; empty where another laptop brought it in.
    pub name: String,
    /// Who did it; empty where nobody is named.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Every canvasser once: from one to the next, never past everybody whom they captured.
pub(in crate::storage) const CANVASSERS: &str = "WITH RECURSIVE each (canvasser) AS (
        SELECT min(canvasser) FROM standings
        UNION ALL
        SELECT (SELECT min(standings.canvasser) FROM standings WHERE standings.canvasser > each.canvasser)
        FROM each WHERE each.canvasser IS NOT NULL
    )
    SELECT canvasser FROM each WHERE canvasser <> '' ORDER BY sort_key(canvasser, '')";

/// Every language once, in the same way.
pub(in crate::storage) const LANGUAGES: &str = "WITH RECURSIVE each (language) AS (
        SELECT min(language) FROM supporters WHERE removed_at IS NULL
        UNION ALL
        SELECT (
            SELECT min(supporters.language) FROM supporters
            WHERE supporters.language > each.language AND supporters.removed_at IS NULL
        )
        FROM each WHERE each.language IS NOT NULL
    )
    SELECT language FROM each WHERE language <> ''";

/// The newest of these are offered: nobody scrolls through more.
const MOST: u32 = 200;

/// What there is to filter by.
///
/// # Errors
/// The vault cannot be read.
pub fn choices(conn: &Conn) -> Result<Choices> {
    let words = |sql: &str| -> Result<Vec<String>> {
        let mut statement = conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let mut shifts = conn.prepare_cached(
        "SELECT id, canvasser, place, started_at FROM shifts
         WHERE EXISTS (SELECT 1 FROM captures WHERE captures.shift_id = shifts.id)
         ORDER BY rowid DESC LIMIT ?1",
    )?;
    let shifts = shifts.query_map([MOST], |row| {
        Ok(ShiftOf {
            id: row.get(0)?,
            canvasser: row.get(1)?,
            place: row.get(2)?,
            started_at: row.get::<_, At>(3)?.0,
        })
    })?;
    let mut imports = conn.prepare_cached(
        "SELECT acts.id, coalesce(imports.name, ''), acts.who, acts.at
         FROM acts LEFT JOIN imports ON imports.id = acts.id
         WHERE acts.kind = 'import' AND acts.undone_at IS NULL AND imports.kind IS NOT 'do_not_call'
         ORDER BY acts.rowid DESC LIMIT ?1",
    )?;
    let imports = imports.query_map([MOST], |row| {
        Ok(ImportOf {
            act: row.get(0)?,
            name: row.get(1)?,
            who: row.get(2)?,
            at: row.get::<_, At>(3)?.0,
        })
    })?;
    Ok(Choices {
        canvassers: words(CANVASSERS)?,
        shifts: shifts.collect::<Result<_, _>>()?,
        languages: words(LANGUAGES)?,
        imports: imports.collect::<Result<_, _>>()?,
    })
}
