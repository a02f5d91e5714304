//! The campaign's own words, with places for a name. What the law asks of them is the linter's.

use std::fmt;
use std::ops::Range;

use super::segments::Measure;
use crate::people::one_line;

/// The longest text a gateway takes, in characters: Twilio's limit, the strictest.
pub const LONGEST_TEXT: usize = 1_600;

/// The longest first name or canvasser that goes into a text, in characters.
pub const LONGEST_PERSON: usize = 40;

/// The longest campaign name that goes into a text, in characters: cut short, it would no longer say who
/// writes (PECR r23).
pub const LONGEST_CAMPAIGN: usize = 80;

/// A text with merge fields, each of which Placard can fill in.
#[derive(Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

/// A stretch of a template.
#[derive(Clone, PartialEq, Eq)]
struct Part {
    /// Where it stands in the body, in bytes.
    at: Range<usize>,
    is: Is,
}

#[derive(Clone, PartialEq, Eq)]
enum Is {
    Words(String),
    Field(Field),
}

/// A place in a template that is filled in for each person.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    FirstName,
    Campaign,
    Canvasser,
}

/// What a template says in place of a name that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIns {
    /// Follows the greeting, in place of a first name: "there" as in "Hi there".
    pub first_name: &'static str,
    /// In place of the campaign's name.
    pub campaign: &'static str,
    /// In place of the canvasser's name.
    pub canvasser: &'static str,
}

/// What goes into the fields.
#[derive(Clone, Copy)]
pub struct Merge<'a> {
    /// The supporter's first name.
    pub first_name: &'a str,
    /// The campaign's name.
    pub campaign: &'a str,
    /// Who captured them.
    pub canvasser: &'a str,
    /// What is said in place of one that is empty, in the text's language: "there", as in "Hi there".
    pub stand_ins: StandIns,
}

/// What is wrong with the braces of a template, and where, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A field that Placard does not know: its name as it was typed, and where it stands with its braces.
    UnknownField(String, Range<usize>),
    /// `{` without `}`: where the brace is.
    UnclosedBrace(Range<usize>),
    /// `}` without `{`: where the brace is.
    StrayBrace(Range<usize>),
}

impl Template {
    /// Reads a template. Fields are `{first_name}`, `{campaign}` and `{canvasser}`; capitals and spaces in
    /// them do not matter. Braces have no other use: nobody's phone shows one by mistake.
    ///
    /// Whether the text may be sent is for the linter to say.
    ///
    /// # Errors
    /// Every fault of its braces, in the order in which they stand.
    pub fn parse(body: &str) -> Result<Self, Vec<Fault>> {
        let (template, faults) = Self::read(body);
        if faults.is_empty() {
            Ok(template)
        } else {
            Err(faults)
        }
    }

    /// Reads what can be read. Fields that are not known are left out; words around a brace that has no
    /// other stay words.
    pub(crate) fn read(body: &str) -> (Self, Vec<Fault>) {
        let mut reader = Reader::default();
        reader.read(body);
        let parts = reader.parts;
        (Self { parts }, reader.faults)
    }

    /// The text for one person, filled in once from left to right: what stands in a name is never read as
    /// a field. Names lose line breaks, control characters and marks that turn the direction of writing, and
    /// are cut to their longest.
    #[must_use]
    pub fn render(&self, merge: &Merge<'_>) -> String {
        self.parts
            .iter()
            .map(|part| match &part.is {
                Is::Words(words) => words.clone(),
                Is::Field(field) => field.filled(merge),
            })
            .collect()
    }

    /// Characters of the text with the longest names.
    pub(crate) fn longest(&self) -> usize {
        self.parts
            .iter()
            .map(|part| match &part.is {
                Is::Words(words) => words.chars().count(),
                Is::Field(field) => field.longest(),
            })
            .sum()
    }

    /// Whether the campaign's name is filled in somewhere.
    pub(crate) fn names_campaign(&self) -> bool {
        self.parts
            .iter()
            .any(|part| part.is == Is::Field(Field::Campaign))
    }

    /// Where the template's own words stand in the body, in bytes: everything that is not a field.
    pub(crate) fn words(&self) -> impl Iterator<Item = Range<usize>> {
        self.parts
            .iter()
            .filter(|part| matches!(part.is, Is::Words(_)))
            .map(|part| part.at.clone())
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Template({} parts)", self.parts.len())
    }
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().replace([' ', '-'], "_").as_str() {
            "first_name" => Some(Self::FirstName),
            "campaign" => Some(Self::Campaign),
            "canvasser" => Some(Self::Canvasser),
            _ => None,
        }
    }

    fn longest(self) -> usize {
        match self {
            Self::FirstName | Self::Canvasser => LONGEST_PERSON,
            Self::Campaign => LONGEST_CAMPAIGN,
        }
    }

    fn filled(self, merge: &Merge<'_>) -> String {
        let (value, otherwise) = match self {
            Self::FirstName => (merge.first_name, merge.stand_ins.first_name),
            Self::Campaign => (merge.campaign, merge.stand_ins.campaign),
            Self::Canvasser => (merge.canvasser, merge.stand_ins.canvasser),
        };
        let line = one_line(value, self.longest());
        if line.is_empty() {
            otherwise.to_owned()
        } else {
            line
        }
    }
}

/// Goes through a body once, from left to right.
#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    faults: Vec<Fault>,
}

impl Reader {
    fn read(&mut self, body: &str) {
        let mut done = 0;
        while let Some(open) = body[done..].find('{').map(|open| done + open) {
            self.words(body, done..open);
            let inside = open + 1;
            let end = body[inside..].find(['{', '}']).map(|end| inside + end);
            match end.filter(|end| body[*end..].starts_with('}')) {
                Some(close) => {
                    self.field(&body[inside..close], open..close + 1);
                    done = close + 1;
                }
                None => {
                    self.faults.push(Fault::UnclosedBrace(open..inside));
                    done = inside;
                }
            }
        }
        self.words(body, done..body.len());
    }

    fn field(&mut self, name: &str, at: Range<usize>) {
        match Field::named(name) {
            Some(field) => self.parts.push(Part {
                at,
                is: Is::Field(field),
            }),
            None => {
                let name = one_line(name, LONGEST_PERSON);
                self.faults.push(Fault::UnknownField(name, at));
            }
        }
    }

    fn words(&mut self, body: &str, at: Range<usize>) {
        let words = &body[at.clone()];
        for (brace, _) in words.match_indices('}') {
            let brace = at.start + brace;
            self.faults.push(Fault::StrayBrace(brace..brace + 1));
        }
        if !words.is_empty() {
            self.parts.push(Part {
                at,
                is: Is::Words(words.to_owned()),
            });
        }
    }
}

/// How a template looks beside its editor.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    /// The text as one person would get it; what was typed, while its braces are at fault.
    pub text: String,
    /// What that text costs.
    pub measure: Measure,
}

impl Preview {
    /// Shows a template as a person would get it.
    #[must_use]
    pub fn of(body: &str, merge: &Merge<'_>) -> Self {
        let text = match Template::parse(body) {
            Ok(template) => template.render(merge),
            Err(_) => body.to_owned(),
        };
        Self {
            measure: Measure::of(&text),
            text,
        }
    }
}

#[cfg(test)]
mod tests;
