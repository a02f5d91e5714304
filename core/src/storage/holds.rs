//! What stops sending until a person mends it.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use serde::{Deserialize, Serialize};

use super::Conn;
use super::values::{As, At, Word};
use crate::error::Result;
use crate::people::Country;
use crate::texts::life::{Hold, Kind, Trouble};

/// What a hold holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Every text.
    Everything,
    /// Texts to a country.
    Country(Country),
    /// Texts of a version of a template.
    Template(Uuid),
}

impl Standing {
    /// Whether it holds a text up. The organiser's own test is how they find out whether it is mended.
    #[must_use]
    pub fn holds_up(&self, kind: Kind, country: Country, template: Option<Uuid>) -> bool {
        kind != Kind::Test
            && match self.what {
                Held::Everything => true,
                Held::Country(held) => held == country,
                Held::Template(held) => Some(held) == template,
            }
    }
}

/// A hold that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: Uuid,
    /// What it holds.
    pub what: Held,
    /// Why.
    pub trouble: Trouble,
    /// The provider's own code, where it gave one.
    pub code: Option<String>,
}

/// Holds everything, the text's country or its template. A hold for the same reason stays as it is.
///
/// # Errors
/// The disk says no.
pub fn add(
    conn: &Conn,
    hold: Hold,
    of: (Country, Option<Uuid>),
    trouble: Trouble,
    code: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    let none: &[u8] = &[];
    let (scope, country, template) = match (hold, &of) {
        (Hold::Everything, _) => ("everything", "", none),
        (Hold::Country, (country, _)) => ("country", country.code(), none),
        (Hold::Template, (_, Some(template))) => ("template", "", template.as_bytes().as_slice()),
        // An answer by hand is of no template: it stands for itself.
        (Hold::Template, (_, None)) => return Ok(()),
    };
    conn.execute(
        "INSERT INTO holds (id, scope, country, template_id, trouble, code, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (scope, country, template_id, trouble) DO NOTHING",
        params![
            Uuid::now_v7(),
            scope,
            country,
            template,
            As(trouble),
            code,
            At(now)
        ],
    )?;
    Ok(())
}

/// All holds, oldest first.
///
/// # Errors
/// The vault cannot be read.
pub fn all(conn: &Conn) -> Result<Vec<Standing>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, scope, country, trouble, code, template_id FROM holds ORDER BY since, id",
    )?;
    let rows = statement.query_map([], |row| {
        let scope: String = row.get(1)?;
        let what = match scope.as_str() {
            "country" => Held::Country(row.get::<_, As<Country>>(2)?.0),
            "template" => Held::Template(row.get(5)?),
            _ => Held::Everything,
        };
        Ok(Standing {
            id: row.get(0)?,
            what,
            trouble: row.get::<_, As<Trouble>>(3)?.0,
            code: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether everything is held.
///
/// # Errors
/// The vault cannot be read.
pub fn everything(conn: &Conn) -> Result<bool> {
    let held = conn
        .prepare_cached("SELECT 1 FROM holds WHERE scope = 'everything' LIMIT 1")?
        .query_row([], |_| Ok(()))
        .optional()?;
    Ok(held.is_some())
}

/// A hold that a person released, as it is kept so that it can stand again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    scope: String,
    country: String,
    template: Option<Uuid>,
    trouble: String,
    code: Option<String>,
    /// Milliseconds since 1970, UTC.
    since: i64,
}

impl Released {
    /// What it stopped: "texts to Ireland".
    #[must_use]
    pub fn called(&self) -> String {
        match (self.scope.as_str(), Country::of_word(&self.country)) {
            ("country", Some(country)) => format!("texts to {}", country.in_words()),
            ("template", _) => "texts in the same words".to_owned(),
            _ => "sending".to_owned(),
        }
    }

    fn template(&self) -> &[u8] {
        self.template
            .as_ref()
            .map_or(&[][..], |id| id.as_bytes().as_slice())
    }
}

/// A person says that it is mended. Gives what was released; nothing where it was not there.
///
/// # Errors
/// The disk says no.
pub fn release(conn: &Conn, id: Uuid) -> Result<Option<Released>> {
    let released = conn
        .prepare_cached(
            "DELETE FROM holds WHERE id = ?1
             RETURNING scope, country, template_id, trouble, code, since",
        )?
        .query_row([id], |row| {
            Ok(Released {
                scope: row.get(0)?,
                country: row.get(1)?,
                template: Uuid::from_slice(&row.get::<_, Vec<u8>>(2)?).ok(),
                trouble: row.get(3)?,
                code: row.get(4)?,
                since: row.get(5)?,
            })
        })
        .optional()?;
    Ok(released)
}

/// Whether the same is held for the same reason.
///
/// # Errors
/// The vault cannot be read.
pub fn stands_again(conn: &Conn, of: &Released) -> Result<bool> {
    let stands = conn
        .prepare_cached(
            "SELECT EXISTS (
                 SELECT 1 FROM holds WHERE scope = ?1 AND country = ?2 AND template_id = ?3 AND trouble = ?4
             )",
        )?
        .query_row(
            params![of.scope, of.country, of.template(), of.trouble],
            |row| row.get(0),
        )?;
    Ok(stands)
}

/// It was not mended after all.
///
/// # Errors
/// The disk says no.
pub fn put_back(conn: &Conn, released: &Released) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO holds (id, scope, country, template_id, trouble, code, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        Uuid::now_v7(),
        released.scope,
        released.country,
        released.template(),
        released.trouble,
        released.code,
        released.since
    ])?;
    Ok(())
}

/// Releases what was put back.
///
/// # Errors
/// The disk says no.
pub fn release_again(conn: &Conn, released: &Released) -> Result<()> {
    conn.prepare_cached(
        "DELETE FROM holds WHERE scope = ?1 AND country = ?2 AND template_id = ?3 AND trouble = ?4",
    )?
    .execute(params![
        released.scope,
        released.country,
        released.template(),
        released.trouble
    ])?;
    Ok(())
}

/// A person says that everything is mended. Gives how many holds there were.
///
/// # Errors
/// The disk says no.
pub fn release_everything(conn: &Conn) -> Result<usize> {
    Ok(conn.execute("DELETE FROM holds", [])?)
}

/// How many texts wait that a hold stops.
///
/// # Errors
/// The vault cannot be read.
pub fn texts_held(conn: &Conn) -> Result<u32> {
    let count = conn
        .prepare_cached(TEXTS_HELD)?
        .query_row([], |row| row.get(0))?;
    Ok(count)
}

pub(super) const TEXTS_HELD: &str = "SELECT count(*) FROM texts
    WHERE state = 'waiting' AND kind <> 'test' AND (
        EXISTS (SELECT 1 FROM holds WHERE scope = 'everything')
        OR country IN (SELECT country FROM holds)
        -- No hold is of this: an answer by hand is of no template.
        OR coalesce(template_id, X'00') IN (SELECT template_id FROM holds)
    )";

/// A text was worded anew: whatever held its earlier versions is over.
///
/// # Errors
/// The disk says no.
pub fn release_template(conn: &Conn, kind: Kind, language: &str) -> Result<()> {
    conn.execute(
        "DELETE FROM holds WHERE scope = 'template'
         AND template_id IN (SELECT id FROM templates WHERE kind = ?1 AND language = ?2)",
        params![As(kind), language],
    )?;
    Ok(())
}

/// The gateway takes our credentials again. Gives whether that released anything.
///
/// # Errors
/// The disk says no.
pub fn release_credentials(conn: &Conn) -> Result<bool> {
    let sql = "DELETE FROM holds WHERE trouble = ?1";
    Ok(conn.execute(sql, [As(Trouble::Credentials)])? > 0)
}

/// The gateway's settings were written anew: whatever it held on to is asked again.
///
/// # Errors
/// The disk says no.
pub fn release_all(conn: &Conn) -> Result<()> {
    // That a vault was restored has nothing to do with the gateway.
    conn.execute("DELETE FROM holds WHERE trouble <> 'restored'", [])?;
    Ok(())
}
