//! Times in the one form in which they are hashed.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::digest::as_text_in_json;

/// A time in UTC to the millisecond, written `2026-05-02T14:03:09.120Z` (RFC 3339). One time has one form,
/// or two programs would hash it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(DateTime<Utc>);

/// A time in another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is not a time like 2026-05-02T14:03:09.120Z.")]
pub struct NotAMoment;

const FORM: &str = "%Y-%m-%dT%H:%M:%S%.3fZ";

/// The ends of the years 0000 and 9999, between which RFC 3339 can write, in milliseconds since 1970.
const EARLIEST: i64 = -62_167_219_200_000;
const LATEST: i64 = 253_402_300_799_999;

impl Moment {
    /// The time as chrono has it.
    #[must_use]
    pub fn time(self) -> DateTime<Utc> {
        self.0
    }
}

/// What is finer than a millisecond is cut off, a leap second counts as the second after it, and a time
/// that RFC 3339 cannot write becomes the nearest that it can.
impl From<DateTime<Utc>> for Moment {
    fn from(time: DateTime<Utc>) -> Self {
        let millis = time.timestamp_millis().clamp(EARLIEST, LATEST);
        Self(DateTime::UNIX_EPOCH + TimeDelta::milliseconds(millis))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0.format(FORM))
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let read = NaiveDateTime::parse_from_str(text, FORM).map_err(|_| NotAMoment)?;
        let moment = Self::from(read.and_utc());
        // The reader is more lenient than the form: signs, missing zeros and leap seconds.
        (moment.to_string() == text)
            .then_some(moment)
            .ok_or(NotAMoment)
    }
}

as_text_in_json!(Moment);
