//! The hours in which a text may come out on a phone.
//!
//! United States: from 8am to 9pm local time at the called party's location (47 CFR 64.1200(c)(1)), less
//! where a state says so. United Kingdom: no statutory hours; PECR and the ICO's guidance leave them to the
//! sender, and Placard keeps the same outside limits everywhere.

mod holidays;
mod states;
mod window;

use serde::{Deserialize, Serialize};

pub use window::{ClosedWhy, Window, window};

/// A minute of the day: 0 is midnight.
type Minute = u16;

const HOUR: Minute = 60;

/// What the campaign set. In minutes after local midnight, local to whom the text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The first minute in which a text may go.
    pub from: u16,
    /// The first minute in which none may go any more.
    pub to: u16,
    /// Texts go on Sundays.
    pub sundays: bool,
    /// Texts go on bank holidays (United Kingdom) and federal holidays (United States).
    pub holidays: bool,
}

/// Why hours cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursProblem {
    /// The end is not after the beginning.
    Backwards,
    /// Less than an hour is open.
    TooShort,
    /// They begin before the law lets them. The earliest minute.
    BeginsTooEarly(u16),
    /// They end after the law lets them. The latest minute.
    EndsTooLate(u16),
}

impl HoursProblem {
    /// What is wrong and what to do.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::Backwards => {
                "The hours end before they begin. Set the end to a later time.".to_owned()
            }
            Self::TooShort => {
                "That leaves less than an hour for texts. Leave one hour or more.".to_owned()
            }
            Self::BeginsTooEarly(earliest) => {
                let earliest = time_in_words(earliest);
                format!("No text goes before {earliest}. Begin at {earliest} or later.")
            }
            Self::EndsTooLate(latest) => {
                let latest = time_in_words(latest);
                format!("No text goes after {latest}. End at {latest} or earlier.")
            }
        }
    }
}

impl Hours {
    /// What a new campaign starts with: 8am to 9pm in the United Kingdom, 9am to 8pm elsewhere. Texts go on
    /// Sundays, when many doors are knocked on and no law objects, and not on holidays.
    #[must_use]
    pub fn preset(country: &str) -> Self {
        let (from, to) = match crate::people::zones::family(country) {
            "GB" => (8 * HOUR, 21 * HOUR),
            _ => (9 * HOUR, 20 * HOUR),
        };
        Self {
            from,
            to,
            sundays: true,
            holidays: false,
        }
    }

    /// The widest hours that a campaign may set, in minutes: 8am to 9pm. Law in the United States (47 CFR
    /// 64.1200(c)(1)); a rule of Placard's own elsewhere.
    #[must_use]
    pub fn legal(_country: &str) -> (u16, u16) {
        (8 * HOUR, 21 * HOUR)
    }

    /// The hours, if a campaign in that country may keep them.
    ///
    /// # Errors
    /// What a reader would mend first.
    pub fn checked(self, country: &str) -> Result<Self, HoursProblem> {
        let (earliest, latest) = Self::legal(country);
        if self.from >= self.to {
            Err(HoursProblem::Backwards)
        } else if self.from < earliest {
            Err(HoursProblem::BeginsTooEarly(earliest))
        } else if self.to > latest {
            Err(HoursProblem::EndsTooLate(latest))
        } else if self.to - self.from < HOUR {
            Err(HoursProblem::TooShort)
        } else {
            Ok(self)
        }
    }
}

/// A minute of the day as a person says it: "8am", "12:30pm", "noon", "midnight".
#[must_use]
pub fn time_in_words(minute: u16) -> String {
    let (hour, rest) = (minute / HOUR % 24, minute % HOUR);
    let half = if hour < 12 { "am" } else { "pm" };
    let twelve = (hour + 11) % 12 + 1;
    match (hour, rest) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, 0) => format!("{twelve}{half}"),
        _ => format!("{twelve}:{rest:02}{half}"),
    }
}

#[cfg(test)]
mod tests;
