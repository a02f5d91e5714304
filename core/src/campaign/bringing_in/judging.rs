//! What one line of a list says, with the checks of a capture.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::refusing::Refusal;
use super::words::{Said, date, said};
use crate::campaign::languages::AllSpoken;
use crate::consent::tidy_tag;
use crate::exchange::reading::cells::{unguarded, whole};
use crate::exchange::reading::{Column, Line};
use crate::people::{Country, Email, Mobile, Reading, tidy_name, tidy_postcode};
use crate::storage::supporters::Details;

/// The longest cell of a column that is kept, in bytes.
const LONGEST_CELL: usize = 1_000;

/// Whom a line is about, and what it says of them.
pub(super) struct Person {
    /// With their mobile in E.164 form.
    pub(super) details: Details,
    /// When they agreed, where they did and the organiser attests it.
    pub(super) agreed_at: Option<DateTime<Utc>>,
    pub(super) opted_out: bool,
    /// Their id here, where the list is one of Placard's own.
    pub(super) id: Option<Uuid>,
}

/// A number that was read, in eight bytes: a million of them are kept between the report and the bringing in.
#[derive(Clone, Copy)]
pub(super) struct Number(u64);

impl Number {
    /// No number.
    pub(super) const NONE: Self = Self(0);

    /// Of a number in E.164 form.
    pub(super) fn of(e164: Option<&str>) -> Self {
        let digits = e164.and_then(|e164| e164.strip_prefix('+')?.parse().ok());
        digits.map_or(Self::NONE, Self)
    }

    fn e164(self) -> Option<String> {
        (self.0 > 0).then(|| format!("+{}", self.0))
    }
}

/// Reads lines.
pub(super) struct Judge {
    /// In which place each column stands, by the column's own number.
    places: [Option<usize>; 11],
    columns: Vec<Option<Column>>,
    country: Country,
    /// Each language's tag, with what it is called, in small letters.
    languages: Vec<(String, String)>,
    /// When people agreed for whom the list gives no date of their own; nothing where nobody attests anything.
    attested: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
}

/// What languages are called in English, beside their own names.
const IN_ENGLISH: [(&str, &str); 6] = [
    ("english", "en"),
    ("welsh", "cy"),
    ("spanish", "es"),
    ("polish", "pl"),
    ("bengali", "bn"),
    ("urdu", "ur"),
];

impl Judge {
    pub(super) fn new(
        columns: Vec<Option<Column>>,
        country: Country,
        spoken: &AllSpoken,
        attested: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Self {
        let mut places = [None; 11];
        for (place, column) in columns.iter().enumerate() {
            let to = column.and_then(|column| places.get_mut(column as usize));
            if let Some(to @ None) = to {
                *to = Some(place);
            }
        }
        Self {
            places,
            columns,
            country,
            languages: spoken
                .tags()
                .map(|tag| (tag.to_owned(), spoken.name(tag).to_lowercase()))
                .collect(),
            attested,
            now,
        }
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places.get(column as usize).copied().flatten()
    }

    /// The cells that are kept.
    fn cells<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = &'a str> + 'a {
        let places = self.places.iter().flatten();
        places.filter_map(|place| line.cells.get(*place))
    }

    fn cell<'a>(&self, line: &'a Line, column: Column) -> &'a str {
        let cell = self.place(column).and_then(|place| line.cells.get(place));
        unguarded(cell.unwrap_or_default()).trim()
    }

    /// Whether each cell stands under a header. Cells without one are what a comma too many makes.
    fn fits(&self, line: &Line) -> bool {
        let mut beyond = line.cells.iter().skip(self.columns.len());
        beyond.all(|cell| cell.trim().is_empty())
    }

    /// Whether a line says that somebody has opted out, whatever else is wrong with it.
    pub(super) fn opts_out(&self, line: &Line) -> bool {
        let said = |column| said(self.cell(line, column));
        self.fits(line)
            && (said(Column::Consent) == Some(Said::Out)
                || matches!(said(Column::OptedOut), Some(Said::Yes | Said::Out)))
    }

    /// The number that a line holds.
    pub(super) fn number(&self, line: &Line) -> Result<Option<Mobile>, Refusal> {
        let typed = whole(self.cell(line, Column::Mobile));
        match Reading::of(typed, self.country) {
            Reading::Empty => Ok(None),
            Reading::Mobile(mobile) => Ok(Some(mobile)),
            Reading::Incomplete(_) => Err(Refusal::because("This number is not whole.")),
            other => Err(Refusal::Because(Cow::Owned(other.sentence()))),
        }
    }

    /// What a line says.
    pub(super) fn person(&self, line: &Line) -> Result<Person, Refusal> {
        self.with_number(line, |judge| {
            let mobile = judge.number(line)?;
            Ok(mobile.map(|mobile| mobile.e164().to_owned()))
        })
    }

    /// What a line says whose number was read before.
    pub(super) fn person_on(&self, line: &Line, number: Number) -> Result<Person, Refusal> {
        self.with_number(line, |_| Ok(number.e164()))
    }

    fn with_number(
        &self,
        line: &Line,
        number: impl FnOnce(&Self) -> Result<Option<String>, Refusal>,
    ) -> Result<Person, Refusal> {
        if !self.fits(line) {
            return Err(Refusal::because(
                "This line has more cells than the list has columns. Perhaps a comma stands in one of them.",
            ));
        }
        if self.cells(line).any(|cell| cell.len() > LONGEST_CELL) {
            return Err(Refusal::because("A cell is too long for what it holds."));
        }
        if self.cells(line).any(|cell| cell.contains('\u{FFFD}')) {
            return Err(Refusal::because(
                "A letter of this line cannot be read. Choose another encoding, or type the line anew.",
            ));
        }
        let (first_name, last_name) = self.names(line);
        if first_name.is_empty() && last_name.is_empty() {
            return Err(Refusal::because("There is no name in this line."));
        }
        let mobile = number(self)?;
        let email = match self.cell(line, Column::Email) {
            "" => String::new(),
            typed => match Email::parse(typed) {
                Ok(email) => email.as_str().to_owned(),
                Err(why) => return Err(Refusal::Because(Cow::Owned(why.to_string()))),
            },
        };
        let (agreed_at, opted_out) = self.word(line)?;
        Ok(Person {
            details: Details {
                first_name,
                last_name,
                mobile,
                email,
                postcode: tidy_postcode(self.cell(line, Column::Postcode), self.country),
                language: self.language(line)?,
            },
            agreed_at,
            opted_out,
            id: self.id(line),
        })
    }

    fn names(&self, line: &Line) -> (String, String) {
        let whole = self.cell(line, Column::Name);
        if whole.is_empty() {
            return (
                tidy_name(self.cell(line, Column::FirstName)),
                tidy_name(self.cell(line, Column::LastName)),
            );
        }
        let (first, last) = match (whole.split_once(','), whole.rsplit_once(' ')) {
            (Some((last, first)), _) => (first, last),
            (None, Some((first, last))) => (first, last),
            (None, None) => (whole, ""),
        };
        (tidy_name(first), tidy_name(last))
    }

    fn language(&self, line: &Line) -> Result<String, Refusal> {
        let typed = self.cell(line, Column::Language);
        if typed.is_empty() {
            return Ok(String::new());
        }
        let lower = typed.to_lowercase();
        if let Some((tag, _)) = self
            .languages
            .iter()
            .find(|(tag, name)| *name == lower || tag.to_lowercase() == lower)
        {
            return Ok(tag.clone());
        }
        if let Some((_, tag)) = IN_ENGLISH.iter().find(|(name, _)| *name == lower) {
            return Ok((*tag).to_owned());
        }
        let tag = tidy_tag(&typed.replace('_', "-")).ok_or_else(|| {
            Refusal::because("This language is none that Placard knows. Write a tag such as cy, or leave it out.")
        })?;
        // Whoever speaks en-GB is asked in en, where there are no words of its own.
        let main = tag.split('-').next().unwrap_or_default();
        let spoken = self.languages.iter().any(|(known, _)| known == main);
        Ok(if spoken { main.to_owned() } else { tag })
    }

    /// Whether they agreed, and whether they opted out.
    fn word(&self, line: &Line) -> Result<(Option<DateTime<Utc>>, bool), Refusal> {
        let agreed = said(self.cell(line, Column::Consent)).ok_or_else(|| {
            Refusal::because("Whether they agreed is neither yes nor no here. Write yes or no, or leave it empty.")
        })?;
        said(self.cell(line, Column::OptedOut)).ok_or_else(|| {
            Refusal::because("Whether they opted out is neither yes nor no here. Write yes or no, or leave it empty.")
        })?;
        let opted_out = self.opts_out(line);
        let on = match self.cell(line, Column::ConsentDate) {
            "" => self.attested,
            typed => {
                let day_first = self.country.dial_code() != 1;
                let on = date(typed, day_first, self.now).ok_or_else(|| {
                    Refusal::because("The day on which they agreed is no day that has been. Write it as 2026-05-02.")
                })?;
                self.attested.map(|_| on)
            }
        };
        let agreed_at = on.filter(|_| agreed == Said::Yes && !opted_out);
        Ok((agreed_at, opted_out))
    }

    fn id(&self, line: &Line) -> Option<Uuid> {
        let cell = self.cell(line, Column::ExternalId);
        Uuid::parse_str(cell.strip_prefix("placard:").unwrap_or(cell)).ok()
    }

    /// A line as it will be, cell by cell, and why it is refused, where it is.
    pub(super) fn preview(&self, line: &Line, numbers_only: bool) -> (Vec<String>, Option<String>) {
        let read = if numbers_only {
            self.number(line).map(|_| None)
        } else {
            self.person(line).map(Some)
        };
        let number = self.number(line).ok().flatten();
        let cells = self.columns.iter().enumerate().map(|(place, column)| {
            let raw = line.cells.get(place).unwrap_or_default().trim();
            let person = read.as_ref().ok().and_then(Option::as_ref);
            match (column, person) {
                (Some(Column::Mobile), _) => number
                    .as_ref()
                    .map_or_else(|| raw.to_owned(), |number| number.national(self.country)),
                (Some(Column::FirstName), Some(person)) => person.details.first_name.clone(),
                (Some(Column::LastName), Some(person)) => person.details.last_name.clone(),
                (Some(Column::Name), Some(person)) => person.details.name(),
                (Some(Column::Email), Some(person)) => person.details.email.clone(),
                (Some(Column::Postcode), Some(person)) => person.details.postcode.clone(),
                (Some(Column::Language), Some(person)) => person.details.language.clone(),
                _ => raw.chars().take(200).collect(),
            }
        });
        (
            cells.collect(),
            read.err().map(|refusal| refusal.sentence()),
        )
    }
}
