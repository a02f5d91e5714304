//! A body as words, and patterns over them.

use std::ops::Range;

use super::links::Link;
use crate::people::one_line;

/// The most words that a `*` stands for.
const FAR: usize = 6;

/// What a person texts back, as it stands in a text.
pub(super) const KEYWORDS: [&str; 15] = [
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "YES",
    "NO",
    "HELP",
    "INFO",
    "START",
    "UNSTOP",
    "JOIN",
    "OPTOUT",
    "SI",
];

/// A word of a body.
pub(super) struct Word {
    /// As it was written, without hidden marks. Empty where something else stands: a field, a link.
    pub written: String,
    /// In small letters, with straight apostrophes; "and" for "&".
    pub said: String,
    /// Where it stands in the body, in bytes.
    pub at: Range<usize>,
    /// It is part of the campaign's name.
    pub own: bool,
    /// The sentence it belongs to, from 0.
    pub sentence: usize,
}

/// The most places that are told for one rule: a reader mends a few at a time.
const MOST: usize = 50;

/// A body as words.
pub(super) struct Said {
    pub words: Vec<Word>,
}

impl Said {
    /// Reads the stretches of a body that are words. `campaign` is its name.
    pub fn of(body: &str, stretches: &[Range<usize>], links: &[Link], campaign: &str) -> Self {
        let mut said = Self { words: Vec::new() };
        let mut links = links.iter().peekable();
        let mut sentence = 0;
        for (number, stretch) in stretches.iter().enumerate() {
            if number > 0 {
                said.push(body, stretch.start..stretch.start, sentence);
            }
            let mut start = None;
            let mut done = stretch.start;
            for (place, c) in body[stretch.clone()].char_indices() {
                let place = stretch.start + place;
                if place < done {
                    continue;
                }
                while links.next_if(|link| link.at.end <= place).is_some() {}
                let link = links.peek().filter(|link| link.at.contains(&place));
                if link.is_none() && is_inside(body, place, c, start.is_some()) {
                    start.get_or_insert(place);
                    continue;
                }
                if let Some(start) = start.take() {
                    said.push(body, start..place, sentence);
                }
                if let Some(link) = link {
                    done = link.at.end;
                    said.push(body, done..done, sentence);
                } else if matches!(c, '&' | '+') {
                    said.push(body, place..place + 1, sentence);
                } else if ends_sentence(c, &body[place + c.len_utf8()..]) {
                    sentence += 1;
                }
            }
            if let Some(start) = start {
                said.push(body, start..stretch.end, sentence);
            }
        }
        said.mark(campaign);
        said
    }

    fn push(&mut self, body: &str, at: Range<usize>, sentence: usize) {
        let written: String = body[at.clone()]
            .chars()
            .filter(|c| !is_hidden(*c))
            .map(|c| if c == '’' { '\'' } else { c })
            .collect();
        let said = match written.as_str() {
            "&" | "+" => "and".to_owned(),
            _ => written.to_lowercase(),
        };
        self.words.push(Word {
            written,
            said,
            at,
            own: false,
            sentence,
        });
    }

    /// Marks the campaign's name. A name of one word counts only as it is written: "Stop" is not "STOP".
    fn mark(&mut self, campaign: &str) {
        let name: Vec<String> = campaign
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        if let [word] = name.as_slice() {
            if !KEYWORDS.contains(&word.as_str()) {
                self.words
                    .iter_mut()
                    .for_each(|other| other.own = other.written == *word);
            }
            return;
        }
        let name: Vec<String> = name.iter().map(|word| word.to_lowercase()).collect();
        if name.is_empty() || self.words.len() < name.len() {
            return;
        }
        for first in 0..=self.words.len() - name.len() {
            let place = &mut self.words[first..first + name.len()];
            if place
                .iter()
                .zip(&name)
                .all(|(word, name)| word.said == *name)
            {
                place.iter_mut().for_each(|word| word.own = true);
            }
        }
    }

    /// Whether one of the patterns is found.
    pub fn has(&self, patterns: &[&str]) -> bool {
        !self.places(patterns).is_empty()
    }

    /// Every place in `words` where one of the patterns is found, in order and apart, up to
    /// [`MOST`]. Words of the campaign's name do not count.
    ///
    /// A pattern is words with a space between. `a|b` is either, `a?` may be missing, `a-` is a word that
    /// begins so, `#` a number, and `*` a few words of the same sentence.
    pub fn places(&self, patterns: &[&str]) -> Vec<Range<usize>> {
        let patterns: Vec<Vec<&str>> = patterns
            .iter()
            .map(|one| one.split(' ').collect())
            .collect();
        let mut found = Vec::new();
        let mut next = 0;
        while next < self.words.len() && found.len() < MOST {
            let end = patterns
                .iter()
                .filter_map(|one| self.matched(next, next, one))
                .max();
            if let Some(end) = end.filter(|end| *end > next) {
                found.push(next..end);
                next = end;
            } else {
                next += 1;
            }
        }
        found
    }

    /// Where a place in `words` stands in the body, in bytes.
    pub fn at(&self, place: Range<usize>) -> Range<usize> {
        let words = &self.words[place];
        let start = words.first().map_or(0, |word| word.at.start);
        start..words.last().map_or(start, |word| word.at.end)
    }

    /// The words of a sentence.
    pub fn sentence(&self, number: usize) -> impl Iterator<Item = &Word> {
        let first = self.words.partition_point(|word| word.sentence < number);
        self.words[first..]
            .iter()
            .take_while(move |word| word.sentence == number)
    }

    /// Whether the sentence around the word has one of these words.
    pub fn sentence_has(&self, word: usize, any: &[&str]) -> bool {
        self.words.get(word).is_some_and(|word| {
            self.sentence(word.sentence)
                .any(|other| any.contains(&other.said.as_str()))
        })
    }

    /// The end of the pattern in `words`, if it goes on at `next`. `first` is where it began.
    fn matched(&self, first: usize, next: usize, pattern: &[&str]) -> Option<usize> {
        let Some((wanted, rest)) = pattern.split_first() else {
            return Some(next);
        };
        if *wanted == "*" {
            return (next..=next + FAR)
                .take_while(|after| *after == next || self.follows(*after - 1))
                .find_map(|after| self.matched(first, after, rest));
        }
        let (wanted, may_lack) = match wanted.strip_suffix('?') {
            Some(wanted) => (wanted, true),
            None => (*wanted, false),
        };
        let fits = (next == first || self.follows(next))
            && self.words.get(next).is_some_and(|word| {
                !word.own && wanted.split('|').any(|one| is_said(&word.said, one))
            });
        fits.then(|| self.matched(first, next + 1, rest))
            .flatten()
            .or_else(|| may_lack.then(|| self.matched(first, next, rest)).flatten())
    }

    /// Whether a word stands in the sentence of the one before.
    fn follows(&self, word: usize) -> bool {
        word.checked_sub(1)
            .and_then(|before| self.words.get(before))
            .zip(self.words.get(word))
            .is_some_and(|(before, word)| before.sentence == word.sentence)
    }
}

/// Whether a word is what one alternative of a pattern asks for.
fn is_said(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('-') {
        Some(stem) => word.starts_with(stem),
        None if wanted == "#" => word.starts_with(|c: char| c.is_ascii_digit()),
        None => word == wanted,
    }
}

/// Whether a character belongs to a word: a mark or an apostrophe does inside one.
fn is_inside(body: &str, place: usize, c: char, in_word: bool) -> bool {
    // The last two are Bengali's: a dot below, and the sign that joins two consonants.
    let marks = is_hidden(c)
        || matches!(
            c,
            '\u{200C}' | '\u{200D}' | '\u{300}'..='\u{36F}' | '\u{9BC}' | '\u{9CD}'
        );
    let joins =
        matches!(c, '\'' | '’') && body[place + c.len_utf8()..].starts_with(char::is_alphanumeric);
    c.is_alphanumeric() || in_word && (marks || joins)
}

fn is_hidden(c: char) -> bool {
    !c.is_whitespace() && one_line(c.encode_utf8(&mut [0; 4]), 1).is_empty()
}

fn ends_sentence(c: char, rest: &str) -> bool {
    c == '\n'
        || matches!(c, '.' | '!' | '?' | '؟' | '۔' | '।')
            && rest
                .chars()
                .next()
                .is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '”' | ')'))
}
