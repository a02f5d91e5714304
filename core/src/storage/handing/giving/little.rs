//! What there is little of: opt-outs, laptops, purposes, languages, wordings, shifts, and who was erased.

use chrono::DateTime;
use uuid::Uuid;

use super::{Giving, moment, suppression_key};
use crate::consent::ledger::Hash;
use crate::error::Result;
use crate::storage::handing::records::{
    Erased, ForgottenOptOut, Language, Laptop, OptOut, Purpose, Record, Shift, Wording,
};
use crate::storage::values::As;

impl Giving<'_> {
    /// What there is little of goes whole: opt-outs first.
    pub(super) fn little(&mut self) -> Result<()> {
        self.each(
            "SELECT mobile, source, at, entry_id FROM opt_outs WHERE mobile IS NOT NULL",
            |_, row| {
                Ok(Some(Record::OptOut(OptOut {
                    mobile: row.get(0)?,
                    source: row.get(1)?,
                    at: moment(row, 2)?,
                    entry: row.get(3)?,
                })))
            },
        )?;
        self.each(
            "SELECT NULL, key, source, at FROM opt_outs WHERE mobile IS NULL
             UNION ALL SELECT laptop, key, source, at FROM forgotten_opt_outs",
            |giving, row| {
                Ok(Some(Record::ForgottenOptOut(ForgottenOptOut {
                    laptop: giving.whose(row, 0)?,
                    key: row.get::<_, As<Hash>>(1)?.0,
                    source: row.get(2)?,
                    at: moment(row, 3)?,
                })))
            },
        )?;
        self.each(
            "SELECT id, name, recipient, suppression_key, heard_at FROM laptops",
            |giving, row| {
                let id: Uuid = row.get(0)?;
                if id == giving.own {
                    return Ok(None);
                }
                Ok(Some(Record::Laptop(Laptop {
                    id,
                    name: row.get(1)?,
                    recipient: row.get(2)?,
                    suppression_key: row.get::<_, As<Hash>>(3)?.0,
                    heard_at: moment(row, 4)?,
                })))
            },
        )?;
        // By what names this laptop went until it was put back to a backup: whoever never heard of one has to know whose words
        // bear it. Known since for ever, so that what is known of it elsewhere stays.
        let key = suppression_key(self.conn)?;
        self.each(
            "SELECT DISTINCT laptop FROM restores WHERE laptop IS NOT NULL",
            |giving, row| {
                let id: Uuid = row.get(0)?;
                if id == giving.own {
                    return Ok(None);
                }
                Ok(Some(Record::Laptop(Laptop {
                    id,
                    name: String::new(),
                    recipient: String::new(),
                    suppression_key: key,
                    heard_at: DateTime::UNIX_EPOCH.into(),
                })))
            },
        )?;
        self.each(
            "SELECT key, channel, label, created_at FROM purposes ORDER BY rowid",
            |_, row| {
                Ok(Some(Record::Purpose(Purpose {
                    key: row.get(0)?,
                    channel: row.get::<_, As<_>>(1)?.0,
                    label: row.get(2)?,
                    created_at: moment(row, 3)?,
                })))
            },
        )?;
        self.each(
            "SELECT tag, name, rtl, created_at FROM languages ORDER BY rowid",
            |_, row| {
                Ok(Some(Record::Language(Language {
                    tag: row.get(0)?,
                    name: row.get(1)?,
                    rtl: row.get(2)?,
                    created_at: moment(row, 3)?,
                })))
            },
        )?;
        self.each(
            "SELECT id, purpose, language, version, body, created_at, laptop FROM wordings
             WHERE EXISTS (SELECT 1 FROM ledger WHERE ledger.wording_id = wordings.id)
             ORDER BY rowid",
            |giving, row| {
                Ok(Some(Record::Wording(Wording {
                    id: row.get(0)?,
                    purpose: row.get(1)?,
                    language: row.get(2)?,
                    version: row.get(3)?,
                    body: row.get(4)?,
                    created_at: moment(row, 5)?,
                    laptop: giving.whose(row, 6)?,
                })))
            },
        )?;
        self.each(
            "SELECT id, canvasser, place, started_at, laptop FROM shifts ORDER BY rowid",
            |giving, row| {
                Ok(Some(Record::Shift(Shift {
                    id: row.get(0)?,
                    canvasser: row.get(1)?,
                    place: row.get(2)?,
                    started_at: moment(row, 3)?,
                    laptop: giving.whose(row, 4)?,
                })))
            },
        )?;
        self.each("SELECT supporter_id, at FROM erased", |_, row| {
            Ok(Some(Record::Erased(Erased {
                id: row.get(0)?,
                at: moment(row, 1)?,
            })))
        })
    }
}
