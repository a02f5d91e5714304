//! Words that are spelled nearly as somebody typed them: one letter wrong, missing, too many or swapped.

use rusqlite::params;

use crate::error::Result;
use crate::storage::Conn;

/// In shorter words another letter makes another name.
const SHORTEST: usize = 4;
/// The letters that are tried: those that names of all our languages are folded to, as far as they are Latin.
const LETTERS: std::ops::RangeInclusive<char> = 'a'..='z';
/// More spellings than this of one word help nobody.
const MOST: usize = 50;

pub(in crate::storage) const ALIKE: &str =
    "SELECT word FROM name_words WHERE word >= ?1 AND word < ?1 || char(1114111)";

/// The words of names that people here have and that are nearly this one.
///
/// # Errors
/// The vault cannot be read.
pub(super) fn spellings(conn: &Conn, word: &str) -> Result<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST {
        return Ok(Vec::new());
    }
    let half = letters.len() / 2;
    let mut found = Vec::new();
    // With the fault in the second half, the first stands as typed: those words lie together.
    let beginning: String = letters.iter().take(half).collect();
    let mut alike = conn.prepare_cached(ALIKE)?;
    let mut rows = alike.query([&beginning])?;
    while let Some(row) = rows.next()? {
        let term = row.get_ref(0)?.as_str().unwrap_or_default();
        if is_near(&letters, term) && found.len() < MOST {
            found.push(term.to_owned());
        }
    }
    // With the fault in the first half there are only so many words that it can be.
    let mut is_there = conn.prepare_cached("SELECT 1 FROM name_words WHERE word = ?1")?;
    for candidate in candidates(&letters, half) {
        if !found.contains(&candidate) && is_there.exists(params![candidate])? {
            found.push(candidate);
        }
    }
    found.truncate(MOST);
    Ok(found)
}

/// Whether a word is another one and at most one fault away.
pub(super) fn is_near(typed: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    if word.len().abs_diff(typed.len()) > 1 || word == typed {
        return false;
    }
    let same = typed.iter().zip(&word).take_while(|(a, b)| a == b).count();
    let rest = |of: &[char], from: usize| of.get(from..).unwrap_or_default().to_vec();
    let (mine, its) = (rest(typed, same), rest(&word, same));
    match mine.len().cmp(&its.len()) {
        std::cmp::Ordering::Less => rest(&its, 1) == mine,
        std::cmp::Ordering::Greater => rest(&mine, 1) == its,
        std::cmp::Ordering::Equal => {
            rest(&mine, 1) == rest(&its, 1)
                || (rest(&mine, 2) == rest(&its, 2)
                    && mine.first() == its.get(1)
                    && mine.get(1) == its.first())
        }
    }
}

/// Every word that is one fault away, with the fault within the first `half` letters or at their end.
fn candidates(letters: &[char], half: usize) -> Vec<String> {
    let mut all = Vec::new();
    for at in 0..=half {
        let (before, after) = letters.split_at(at.min(letters.len()));
        let with = |middle: &[char], skipped: usize| -> String {
            let after = after.get(skipped..).unwrap_or_default();
            before.iter().chain(middle).chain(after).collect()
        };
        all.push(with(&[], 1));
        if let [one, other, ..] = after {
            all.push(with(&[*other, *one], 2));
        }
        for letter in LETTERS {
            all.push(with(&[letter], 1));
            all.push(with(&[letter], 0));
        }
    }
    let typed: String = letters.iter().collect();
    all.retain(|word| *word != typed);
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_is_forgiven_and_two_are_not() {
        for (typed, meant, near) in [
            ("mohamed", "mohammed", true),
            ("mohammmed", "mohammed", true),
            ("kahn", "khan", true),
            ("amima", "amina", true),
            ("zmina", "amina", true),
            ("mina", "amina", true),
            ("amina", "amina", false),
            ("amnia", "amina", true),
            ("amimo", "amina", false),
            ("nahk", "khan", false),
        ] {
            let letters: Vec<char> = typed.chars().collect();
            assert_eq!(is_near(&letters, meant), near, "{typed}, {meant}");
        }
    }

    #[test]
    fn a_fault_in_the_first_half_is_among_the_candidates() {
        let letters: Vec<char> = "zmina".chars().collect();
        let all = candidates(&letters, 2);
        for word in ["amina", "mina", "mzina", "zamina"] {
            assert!(all.iter().any(|one| one == word), "{word}");
        }
        assert!(all.iter().all(|word| is_near(&letters, word)));
    }
}
