use super::folding::{Said, Word};
use super::languages::VOCABULARY;
use super::{after_politeness, is_from_someone, read};

/// What a one-time code is made of. No two are alike on a screen or on paper, and no vowel spells a word.
pub const CODE_LETTERS: &str = "CDFHJKMNPRTVWXY34679";

/// Letters and digits in a one-time code: with [`CODE_LETTERS`], about 109,000 codes.
pub const CODE_LENGTH: usize = 4;

/// Whether a string is a one-time code, in capitals. It has a letter and a digit, so that neither "thnx"
/// nor a house number is one. Of codes drawn at random about two in three are: draw again.
#[must_use]
pub fn is_code(code: &str) -> bool {
    code.chars().count() == CODE_LENGTH
        && code.chars().all(|c| CODE_LETTERS.contains(c))
        && code.contains(|c: char| c.is_ascii_digit())
        && code.contains(|c: char| c.is_ascii_uppercase())
}

/// The code of a text that is "JOIN" and a code, or a code alone.
///
/// Around them may stand politeness and a name, and on the lines below what a handset appends. Nothing
/// there may limit the consent.
pub(super) fn joined(said: &Said) -> Option<String> {
    code_of(&said.glued()).or_else(|| {
        let words = after_politeness(&said.words);
        let first = words.first()?;
        let after_join = first.spelled.strip_prefix("join");
        let mut letters = String::new();
        for (at, word) in words.iter().enumerate() {
            match after_join {
                Some(after) if at == 0 => letters.push_str(after),
                _ => letters.push_str(&word.spelled),
            }
            if letters.len() >= CODE_LENGTH {
                let code = code_of(&letters)?;
                let below_counts = after_join.is_some();
                return may_follow(&words[at + 1..], word.line, below_counts).then_some(code);
            }
        }
        None
    })
}

fn code_of(letters: &str) -> Option<String> {
    // Most texts are longer: no capitals of those.
    (letters.len() == CODE_LENGTH)
        .then(|| letters.to_uppercase())
        .filter(|code| is_code(code))
}

fn may_follow(words: &[Word], line: usize, below_counts: bool) -> bool {
    let known = &*VOCABULARY;
    let below = words
        .iter()
        .position(|word| below_counts && word.line > line);
    let (beside, below) = words.split_at(below.unwrap_or(words.len()));
    let (_, beside) = read(beside, &known.polite, &[&known.yes]);
    (beside.is_empty() || is_from_someone(beside))
        && !known.doubt.is_in(below)
        && !known.no.is_in(below)
}
