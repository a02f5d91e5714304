//! A person as a row of People.

use chrono::{DateTime, Utc};
use rusqlite::Row;
use uuid::Uuid;

use super::Consent;
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::Conn;
use crate::storage::supporters::full_name;
use crate::storage::values::{As, At};
use crate::texts::life::State;

/// A row of People.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their mobile.
    pub mobile: Option<Mobile>,
    /// Their email address.
    pub email: String,
    /// Their postcode.
    pub postcode: String,
    /// Their language, a BCP 47 tag.
    pub language: String,
    /// Their word on texts; [`Consent::Confirmed`] where they have proved a yes.
    pub consent: Consent,
    /// Whether their number is opted out.
    pub opted_out: bool,
    /// Where their newest confirmation or reminder stands, if they have one.
    pub text: Option<State>,
    /// When they were captured first.
    pub captured_at: DateTime<Utc>,
    /// When their record was changed last.
    pub updated_at: DateTime<Utc>,
    /// By whom they were captured first.
    pub canvasser: String,
    /// What of them is to be corrected.
    pub needs_correcting: Option<NeedsCorrecting>,
}

/// What is to be corrected about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NeedsCorrecting {
    /// The gateway does not text the number, and says why.
    Refused(String),
    /// The number of that text does not exist or gets no texts.
    Mistyped,
    /// Nobody knows whether a text to them was taken.
    Uncertain,
}

pub(in crate::storage) const ROW: &str = include_str!("row.sql");

/// Each of these people.
pub(super) fn rows(conn: &Conn, people: &[i64]) -> Result<Vec<Person>> {
    let mut statement = conn.prepare_cached(ROW)?;
    let mut rows = Vec::with_capacity(people.len());
    for person in people {
        rows.push(statement.query_row([person], read)?);
    }
    Ok(rows)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    let consent = match row.get::<_, u8>(7)? {
        0 => Consent::NotAsked,
        1 => Consent::Refused,
        2 => Consent::Agrees,
        _ => Consent::Confirmed,
    };
    let trouble: u8 = row.get(13)?;
    Ok(Person {
        id: row.get(0)?,
        name: full_name(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?),
        mobile: row.get::<_, Option<As<Mobile>>>(3)?.map(|mobile| mobile.0),
        email: row.get(4)?,
        postcode: row.get(5)?,
        language: row.get(6)?,
        consent,
        text: row.get::<_, Option<As<State>>>(8)?.map(|state| state.0),
        opted_out: row.get(9)?,
        captured_at: row.get::<_, At>(10)?.0,
        updated_at: row.get::<_, At>(11)?.0,
        canvasser: row.get(12)?,
        needs_correcting: match trouble {
            1 => Some(NeedsCorrecting::Refused(
                row.get::<_, Option<String>>(14)?.unwrap_or_default(),
            )),
            2 => Some(NeedsCorrecting::Mistyped),
            3 => Some(NeedsCorrecting::Uncertain),
            _ => None,
        },
    })
}
