//! What people set: the campaign's words and rules, what it asks, and what they say of a text or of sending; each with
//! what stood there before and after.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::values::{At, Word};
use super::{Conn, Fault};
use crate::error::{Error, Result};
use crate::texts::life::Kind;

/// Something that a person sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// What is read out.
    Wording {
        /// For which purpose, by its key.
        purpose: String,
        /// In which language, a BCP 47 tag.
        language: String,
    },
    /// A text that Placard writes by itself.
    Template {
        /// Which.
        kind: Kind,
        /// In which language, a BCP 47 tag.
        language: String,
    },
    /// Whether a purpose is asked, by its key.
    Purpose(String),
    /// A language that was added, by its BCP 47 tag.
    Language(String),
    /// What the campaign decides.
    Rules,
    /// Whether a text waits.
    Text(Uuid),
    /// What stops sending.
    Hold,
}

impl Setting {
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::Wording { purpose, language } => ("wording", format!("{purpose} {language}")),
            Self::Template { kind, language } => {
                ("template", format!("{} {language}", kind.word()))
            }
            Self::Purpose(key) => ("purpose", key.clone()),
            Self::Language(tag) => ("language", tag.clone()),
            Self::Rules => ("rules", String::new()),
            Self::Text(id) => ("text", id.to_string()),
            Self::Hold => ("hold", String::new()),
        }
    }

    fn of_words(what: &str, which: &str) -> Option<Self> {
        // No tag has a space.
        let of = which.rsplit_once(' ');
        Some(match what {
            "wording" => of.map(|(purpose, language)| Self::Wording {
                purpose: purpose.to_owned(),
                language: language.to_owned(),
            })?,
            "template" => {
                let (kind, language) = of?;
                Self::Template {
                    kind: Kind::of_word(kind)?,
                    language: language.to_owned(),
                }
            }
            "purpose" => Self::Purpose(which.to_owned()),
            "language" => Self::Language(which.to_owned()),
            "rules" => Self::Rules,
            "text" => Self::Text(Uuid::parse_str(which).ok()?),
            "hold" => Self::Hold,
            _ => return None,
        })
    }
}

/// A setting before and after.
#[derive(Clone, PartialEq, Eq)]
pub struct Set {
    /// What was set.
    pub setting: Setting,
    /// What stood there; none where there was nothing.
    pub before: Option<String>,
    /// What stands there since.
    pub after: Option<String>,
}

/// A setting before and after, as it is told.
#[derive(Clone, PartialEq, Eq)]
pub struct Told {
    /// What was set.
    pub set: Set,
    /// How often it had been undone or done again by then: undone where this is odd.
    pub turn: u32,
    /// Who did it; empty where nobody is named.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes down what an act set, in its first turn or a later one.
///
/// # Errors
/// The disk says no.
pub fn record(
    conn: &Conn,
    act: Uuid,
    turn: u32,
    set: &Set,
    who: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let (what, which) = set.setting.words();
    conn.prepare_cached(
        "INSERT INTO setting_changes (act_id, turn, what, which, before, after, who, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        act,
        turn,
        what,
        which,
        set.before,
        set.after,
        who,
        At(now)
    ])?;
    Ok(())
}

/// What an act set as it was done.
///
/// # Errors
/// [`Error::NotFound`] where it set nothing.
pub fn first(conn: &Conn, act: Uuid) -> Result<Set> {
    let sql = "SELECT what, which, before, after, turn FROM setting_changes
               WHERE act_id = ?1 ORDER BY turn LIMIT 1";
    let first = one(conn, sql, act)?;
    first.map(|(_, set)| set).ok_or(Error::NotFound)
}

/// What an act set in its last turn, and which turn that was; nothing where it set nothing.
///
/// # Errors
/// The vault cannot be read.
pub fn last_turn(conn: &Conn, act: Uuid) -> Result<Option<(u32, Set)>> {
    let sql = "SELECT what, which, before, after, turn FROM setting_changes
               WHERE act_id = ?1 ORDER BY turn DESC LIMIT 1";
    one(conn, sql, act)
}

/// Sending was let go on otherwise: what was said of a hold before is neither undone nor done again.
///
/// # Errors
/// The disk says no.
pub fn settle_holds(conn: &Conn) -> Result<()> {
    conn.prepare_cached(
        "UPDATE acts SET settled = 1 WHERE id IN (SELECT act_id FROM setting_changes WHERE what = 'hold')",
    )?
    .execute([])?;
    Ok(())
}

/// When what an act set was set or turned round last; nothing where it set nothing.
///
/// # Errors
/// The vault cannot be read.
pub fn turned_last(conn: &Conn, act: Uuid) -> Result<Option<DateTime<Utc>>> {
    let at: Option<At> = conn
        .prepare_cached("SELECT max(at) FROM setting_changes WHERE act_id = ?1")?
        .query_row([act], |row| row.get(0))?;
    Ok(at.map(|at| at.0))
}

fn one(conn: &Conn, sql: &str, act: Uuid) -> Result<Option<(u32, Set)>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([act])?;
    match rows.next()? {
        Some(row) => Ok(Some((row.get(4)?, set(row)?))),
        None => Ok(None),
    }
}

/// What was set, newest first, at most so many. What was said of one text is told beside that text.
///
/// # Errors
/// The vault cannot be read.
pub fn told(conn: &Conn, most: u32) -> Result<Vec<Told>> {
    let mut statement = conn.prepare_cached(
        "SELECT what, which, before, after, turn, who, at FROM setting_changes
         WHERE what <> 'text' ORDER BY rowid DESC LIMIT ?1",
    )?;
    let mut rows = statement.query([most])?;
    let mut told = Vec::new();
    while let Some(row) = rows.next()? {
        told.push(Told {
            set: set(row)?,
            turn: row.get(4)?,
            who: row.get(5)?,
            at: row.get::<_, At>(6)?.0,
        });
    }
    Ok(told)
}

fn set(row: &Row<'_>) -> Result<Set> {
    let (what, which): (String, String) = (row.get(0)?, row.get(1)?);
    let unreadable = || Error::Storage(Fault::unreadable("setting"));
    Ok(Set {
        setting: Setting::of_words(&what, &which).ok_or_else(unreadable)?,
        before: row.get(2)?,
        after: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_is_known_by_its_words() {
        for setting in [
            Setting::Wording {
                purpose: "calls-volunteering".to_owned(),
                language: "zh-Hant".to_owned(),
            },
            Setting::Template {
                kind: Kind::Goodbye,
                language: "en".to_owned(),
            },
            Setting::Purpose("texts-2".to_owned()),
            Setting::Language("fr".to_owned()),
            Setting::Rules,
            Setting::Text(Uuid::now_v7()),
            Setting::Hold,
        ] {
            let (what, which) = setting.words();
            assert_eq!(Setting::of_words(what, &which), Some(setting));
        }
        for (what, which) in [("template", "letter en"), ("wording", "texts"), ("pin", "")] {
            assert_eq!(Setting::of_words(what, which), None, "{what}");
        }
    }
}
