//! The campaign's own words, with places for a name.

mod defaults;

use std::fmt;

use super::segments::Measure;
use crate::people::one_line;

pub use defaults::default_confirmation;

/// The longest text a gateway takes, in characters: Twilio's limit, the strictest.
pub const LONGEST_TEXT: usize = 1_600;

/// The longest first name or canvasser that goes into a text, in characters.
pub const LONGEST_PERSON: usize = 40;

/// The longest campaign name that goes into a text, in characters: cut short, it would no longer say who
/// writes (PECR r23).
pub const LONGEST_CAMPAIGN: usize = 80;

/// A text with merge fields, checked: it says who writes and how to stop (PECR r23).
#[derive(Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq)]
enum Part {
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

/// What goes into the fields.
#[derive(Clone, Copy)]
pub struct Merge<'a> {
    /// The supporter's first name. Without one the text says "there", as in "Hi there".
    pub first_name: &'a str,
    /// The campaign's name.
    pub campaign: &'a str,
    /// Who captured them. Without one the text says "a volunteer".
    pub canvasser: &'a str,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nothing in it.
    Empty,
    /// A field that Placard does not know, as it was typed.
    UnknownField(String),
    /// `{` without `}`.
    UnclosedBrace,
    /// `}` without `{`.
    StrayBrace,
    /// With the longest names it is over [`LONGEST_TEXT`]: by how many characters.
    TooLong(usize),
    /// It does not say how to stop (PECR r23).
    NoWayToStop,
    /// It does not say who writes (PECR r23).
    NoSender,
}

impl Problem {
    /// What is wrong and what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => "The text is empty.".to_owned(),
            Self::UnknownField(name) => format!(
                "Placard cannot fill in {{{name}}}. Use {{first_name}}, {{campaign}} or {{canvasser}}."
            ),
            Self::UnclosedBrace => "A { has no } after it. Close it, or take it out.".to_owned(),
            Self::StrayBrace => "A } has no { before it. Take it out.".to_owned(),
            Self::TooLong(over) => {
                let s = if *over == 1 { "" } else { "s" };
                format!("With long names the text is {over} character{s} over 1,600. Shorten it.")
            }
            Self::NoWayToStop => {
                "The text does not say how to stop. Add \"Reply STOP\", with STOP in capitals."
                    .to_owned()
            }
            Self::NoSender => "The text does not say who it is from. Put {campaign} in.".to_owned(),
        }
    }
}

impl Template {
    /// Reads a template. Fields are `{first_name}`, `{campaign}` and `{canvasser}`; capitals and spaces in
    /// them do not matter. Braces have no other use: nobody's phone shows one by mistake.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order in which a reader would mend it.
    pub fn parse(body: &str) -> Result<Self, Vec<Problem>> {
        if body.trim().is_empty() {
            return Err(vec![Problem::Empty]);
        }
        let (parts, mut problems) = split(body);
        let template = Self { parts };
        let longest = template.longest();
        if longest > LONGEST_TEXT {
            problems.push(Problem::TooLong(longest - LONGEST_TEXT));
        }
        if !template.has_field(Field::Campaign) {
            problems.push(Problem::NoSender);
        }
        if !template.says_stop() {
            problems.push(Problem::NoWayToStop);
        }
        if problems.is_empty() {
            Ok(template)
        } else {
            Err(problems)
        }
    }

    /// The text for one person, filled in once from left to right: what stands in a name is never read as
    /// a field. Names lose line breaks, control characters and marks that turn the direction of writing, and
    /// are cut to their longest.
    #[must_use]
    pub fn render(&self, merge: &Merge<'_>) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Words(words) => words.clone(),
                Part::Field(field) => field.filled(merge),
            })
            .collect()
    }

    fn longest(&self) -> usize {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Words(words) => words.chars().count(),
                Part::Field(field) => field.longest(),
            })
            .sum()
    }

    fn has_field(&self, wanted: Field) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Field(field) if *field == wanted))
    }

    /// The word in capitals, so that "stop by our stall" does not count.
    fn says_stop(&self) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Words(words) => words
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == "STOP"),
            Part::Field(_) => false,
        })
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
            Self::FirstName => (merge.first_name, "there"),
            Self::Campaign => (merge.campaign, "our campaign"),
            Self::Canvasser => (merge.canvasser, "a volunteer"),
        };
        let line = one_line(value, self.longest());
        if line.is_empty() {
            otherwise.to_owned()
        } else {
            line
        }
    }
}

fn split(body: &str) -> (Vec<Part>, Vec<Problem>) {
    let mut parts = Vec::new();
    let mut problems = Vec::new();
    let mut rest = body;
    while let Some((words, after)) = rest.split_once('{') {
        push_words(words, &mut parts, &mut problems);
        let Some((name, after)) = after.split_once('}') else {
            problems.push(Problem::UnclosedBrace);
            return (parts, problems);
        };
        match Field::named(name) {
            Some(field) => parts.push(Part::Field(field)),
            None => problems.push(Problem::UnknownField(one_line(name, LONGEST_PERSON))),
        }
        rest = after;
    }
    push_words(rest, &mut parts, &mut problems);
    (parts, problems)
}

fn push_words(words: &str, parts: &mut Vec<Part>, problems: &mut Vec<Problem>) {
    if words.contains('}') {
        problems.push(Problem::StrayBrace);
    }
    if !words.is_empty() {
        parts.push(Part::Words(words.to_owned()));
    }
}

/// What the editor shows beside a template.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    /// The text as one person would get it; what was typed, while it still has problems.
    pub text: String,
    /// What that text costs.
    pub measure: Measure,
    /// What is wrong with the template.
    pub problems: Vec<Problem>,
}

impl Preview {
    /// Shows a template as a person would get it.
    #[must_use]
    pub fn of(body: &str, merge: &Merge<'_>) -> Self {
        let (text, problems) = match Template::parse(body) {
            Ok(template) => (template.render(merge), Vec::new()),
            Err(problems) => (body.to_owned(), problems),
        };
        Self {
            measure: Measure::of(&text),
            text,
            problems,
        }
    }
}

#[cfg(test)]
mod tests;
