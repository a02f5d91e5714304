//! How plain values lie in the database: times as milliseconds, enums as words.

use chrono::{DateTime, Utc};
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::de::IntoDeserializer;
use serde::de::value::Error as DeError;
use serde::{Serialize, de::DeserializeOwned};

use super::history;
use super::inbound::{Meaning, Outcome};
use crate::consent::Channel;
use crate::consent::ledger::{Hash, Method, Salt, What};
use crate::gateways;
use crate::people::{Country, Mobile};
use crate::texts::life::{Kind, Reason, State, Trouble};

/// A time as it is stored: milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy)]
pub(super) struct At(pub DateTime<Utc>);

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.timestamp_millis().into())
    }
}

impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let millis = value.as_i64()?;
        DateTime::from_timestamp_millis(millis)
            .map(Self)
            .ok_or(FromSqlError::OutOfRange(millis))
    }
}

/// Something that is stored as one word.
pub(super) trait Word: Sized {
    /// The word.
    fn word(&self) -> String;
    /// What the word means, if this Placard knows it.
    fn of_word(word: &str) -> Option<Self>;
}

/// A value stored as its word.
#[derive(Debug, Clone, Copy)]
pub(super) struct As<T>(pub T);

impl<T: Word> ToSql for As<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.word().into())
    }
}

impl<T: Word> FromSql for As<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        T::of_word(value.as_str()?)
            .map(Self)
            .ok_or(FromSqlError::InvalidType)
    }
}

/// The name that serde gives a variant without fields.
fn variant<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn of_variant<T: DeserializeOwned>(word: &str) -> Option<T> {
    T::deserialize(IntoDeserializer::<DeError>::into_deserializer(word)).ok()
}

impl Word for State {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for history::Kind {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for history::Field {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for Kind {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for Trouble {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for gateways::Kind {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

/// What stands before a trouble's word, so that our opt-out and the carrier's stay apart.
const TROUBLE: &str = "trouble:";

impl Word for Reason {
    fn word(&self) -> String {
        match self {
            Self::Trouble(trouble) => format!("{TROUBLE}{}", trouble.word()),
            own => variant(own),
        }
    }
    fn of_word(word: &str) -> Option<Self> {
        match word.strip_prefix(TROUBLE) {
            Some(trouble) => Trouble::of_word(trouble).map(Self::Trouble),
            None => of_variant(word),
        }
    }
}

impl Word for Channel {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for Meaning {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for Outcome {
    fn word(&self) -> String {
        variant(self)
    }
    fn of_word(word: &str) -> Option<Self> {
        of_variant(word)
    }
}

impl Word for What {
    fn word(&self) -> String {
        self.to_string()
    }
    fn of_word(word: &str) -> Option<Self> {
        word.parse().ok()
    }
}

impl Word for Method {
    fn word(&self) -> String {
        self.to_string()
    }
    fn of_word(word: &str) -> Option<Self> {
        word.parse().ok()
    }
}

impl ToSql for As<Hash> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_bytes().to_vec().into())
    }
}

impl FromSql for As<Hash> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(Hash::from_bytes(<[u8; 32]>::column_result(value)?)))
    }
}

impl ToSql for As<Salt> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_bytes().to_vec().into())
    }
}

impl FromSql for As<Salt> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(Salt::new(<[u8; 32]>::column_result(value)?)))
    }
}

impl Word for Mobile {
    fn word(&self) -> String {
        self.e164().to_owned()
    }
    fn of_word(word: &str) -> Option<Self> {
        Self::from_e164(word).ok()
    }
}

impl Word for Country {
    fn word(&self) -> String {
        self.code().to_owned()
    }
    fn of_word(word: &str) -> Option<Self> {
        Self::parse(word).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_comes_back_from_its_word() {
        for reason in [
            Reason::Queued,
            Reason::OptedOut,
            Reason::Trouble(Trouble::OptedOut),
            Reason::Trouble(Trouble::PhoneUnreachable),
            Reason::SharedPhone,
        ] {
            assert_eq!(Reason::of_word(&reason.word()), Some(reason));
        }
        assert_eq!(Reason::OptedOut.word(), "opted_out");
        assert_eq!(
            Reason::Trouble(Trouble::OptedOut).word(),
            "trouble:opted_out"
        );
        assert_eq!(Reason::of_word("of a newer Placard"), None);
        assert_eq!(Word::word(&State::NotSent), "not_sent");
    }
}
