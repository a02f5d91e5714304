use std::collections::{HashMap, HashSet};

use super::folding::{Said, Word, shortened};

/// A set of phrases, found by their first word so that a text is read in one go.
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<Vec<String>>>,
    glued: HashSet<String>,
}

impl Phrases {
    pub(super) fn of(phrases: impl Iterator<Item = &'static str>) -> Self {
        let mut by_first: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        let mut glued = HashSet::new();
        for phrase in phrases {
            let said = Said::of(phrase);
            glued.insert(said.glued());
            let words: Vec<_> = said.words.into_iter().map(|word| word.text).collect();
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push(words);
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|words| std::cmp::Reverse(words.len()));
            phrases.dedup();
        }
        Self { by_first, glued }
    }

    /// How many words the longest phrase takes that stands at the beginning. Zero if none does.
    pub(super) fn length_at(&self, words: &[Word]) -> usize {
        let Some(first) = words.first() else {
            return 0;
        };
        let candidates = self.by_first.get(&first.text);
        candidates
            .into_iter()
            .flatten()
            .find(|phrase| {
                phrase.len() <= words.len()
                    && phrase
                        .iter()
                        .zip(words)
                        .all(|(wanted, word)| *wanted == word.text)
            })
            .map_or(0, Vec::len)
    }

    /// Whether one of the phrases stands anywhere in the words.
    pub(super) fn is_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.length_at(&words[at..]) > 0)
    }

    /// Whether letters without their spaces are one of the phrases, once or over and over.
    pub(super) fn has_glued(&self, letters: &str) -> bool {
        let letters = shortened(letters);
        if self.glued.contains(&letters) {
            return true;
        }
        // Nobody repeats a keyword without a space more often than this.
        (2..=4).any(|times| {
            letters.len().is_multiple_of(times)
                && letters
                    .get(..letters.len() / times)
                    .is_some_and(|once| self.glued.contains(once) && once.repeat(times) == letters)
        })
    }
}
