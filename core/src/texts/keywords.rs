//! What a supporter's text means (47 CFR 64.1200(a)(10); CTIA Messaging Principles; PECR r22 and r23).
//!
//! Stopping wins over everything. A keyword alone, or with nothing but politeness, is an opt-out. A text
//! that goes on, or that asks to stop in other words, is a likely opt-out: it is held for the organiser.
//! Consent has to be unambiguous (UK GDPR Art 4(11)), so a yes counts only where every word of the text
//! says yes. What is in doubt is [`Meaning::Other`], and a person reads it.

mod code;
mod folding;
mod languages;
mod phrases;
mod stopping;

use folding::{Said, Word};
use languages::VOCABULARY;
use phrases::Phrases;

pub use code::{CODE_LENGTH, CODE_LETTERS, is_code};

/// What a supporter's text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// An opt-out: a keyword and at most politeness.
    Stop,
    /// Begins with a stop keyword or asks to stop in other words. Held until a person decides.
    LikelyStop,
    /// Re-opens the number after an opt-out.
    Start,
    /// Asks who writes and how to stop.
    Help,
    /// A yes and nothing that limits it.
    Yes,
    /// A no. Not an opt-out.
    No,
    /// An opt-in from the supporter's own handset: the one-time code, in capitals.
    Join(String),
    /// Anything else. A person reads it.
    Other,
}

/// The most words of a name after "Yes from".
const LONGEST_NAME: usize = 3;

/// Reads what a supporter's text means, in English, Welsh, Spanish, Polish, Urdu or Bengali. Never fails,
/// and takes time in proportion to the text's length.
#[must_use]
pub fn meaning(body: &str) -> Meaning {
    if folding::is_reaction(body) {
        return Meaning::Other;
    }
    let said = Said::of(body);
    let known = &*VOCABULARY;
    if is_keyword(&said, &known.stop_alone) {
        Meaning::Stop
    } else if stopping::is_likely(&said) {
        Meaning::LikelyStop
    } else if is_keyword(&said, &known.start) {
        Meaning::Start
    } else if is_keyword(&said, &known.help) {
        Meaning::Help
    } else if let Some(code) = code::joined(&said) {
        Meaning::Join(code)
    } else {
        yes_or_no(&said)
    }
}

/// Whether a text is keywords and politeness. Split and glued spellings count: "S T O P", "st op",
/// "STOPSTOP".
fn is_keyword(said: &Said, keywords: &Phrases) -> bool {
    only(&said.words, keywords, &VOCABULARY.polite) || keywords.has_glued(&said.glued())
}

fn yes_or_no(said: &Said) -> Meaning {
    let known = &*VOCABULARY;
    let signs_disagree = said.thumb_up && said.thumb_down || said.halt;
    if said.in_doubt || signs_disagree {
        return Meaning::Other;
    }
    let polite = after_politeness(&said.words).is_empty();
    let says_no = only(&said.words, &known.no, &known.polite);
    if !said.thumb_down && (polite && said.thumb_up || says_yes(said)) {
        Meaning::Yes
    } else if !said.thumb_up && (polite && said.thumb_down || says_no) {
        Meaning::No
    } else {
        Meaning::Other
    }
}

/// Whether each word is a yes, its reinforcement, politeness, or the name of who says it.
fn says_yes(said: &Said) -> bool {
    let known = &*VOCABULARY;
    let (has_yes, rest) = read(&said.words, &known.yes, &[&known.agreeing, &known.polite]);
    (has_yes || said.thumb_up) && (rest.is_empty() || is_from_someone(rest))
}

/// "from Amina Khan": an introduction and a few words that limit nothing.
fn is_from_someone(words: &[Word]) -> bool {
    let known = &*VOCABULARY;
    let name = &words[known.from.length_at(words)..];
    name.len() < words.len()
        && (1..=LONGEST_NAME).contains(&name.len())
        && !known.doubt.is_in(name)
        && !known.no.is_in(name)
        && name
            .iter()
            .all(|word| !word.text.contains(|c: char| c.is_numeric()))
}

/// Whether words are some of `wanted`, at least one, and else only some of `allowed`.
fn only(words: &[Word], wanted: &Phrases, allowed: &Phrases) -> bool {
    let (found, rest) = read(words, wanted, &[allowed]);
    found && rest.is_empty()
}

/// What is left of words after as much politeness as stands at their beginning.
fn after_politeness(words: &[Word]) -> &[Word] {
    read(words, &VOCABULARY.polite, &[]).1
}

/// Reads words, the longest phrase first, as far as they are known. Says whether some of `wanted` were
/// there, and what is left.
fn read<'a>(words: &'a [Word], wanted: &Phrases, allowed: &[&Phrases]) -> (bool, &'a [Word]) {
    let mut found = false;
    let mut rest = words;
    loop {
        let wanted = wanted.length_at(rest);
        let allowed = allowed.iter().map(|phrases| phrases.length_at(rest)).max();
        let longest = wanted.max(allowed.unwrap_or_default());
        if longest == 0 {
            return (found, rest);
        }
        found |= wanted == longest;
        rest = &rest[longest..];
    }
}

#[cfg(test)]
mod tests;
