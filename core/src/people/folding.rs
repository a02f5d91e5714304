//! How names are compared: small letters without their accents, whatever else stands between them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// The words of a text as they are compared: "Łukasz O’Brien-Śmigły" has "lukasz", "obrien" and "smigly".
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.nfkd() {
        if letter.is_alphanumeric() {
            letter
                .to_lowercase()
                .for_each(|small| bare(small, &mut word));
        } else if canonical_combining_class(letter) == 0 && !joins(letter) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The words by which a person is found, a space before each. A postcode is found as one word too: "sw9", "8jx" and
/// "sw98jx".
#[must_use]
pub fn find_words(first: &str, last: &str, email: &str, postcode: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    let parts = words(postcode);
    let joined = (parts.len() > 1).then(|| parts.concat());
    let names = [first, last, email].into_iter().flat_map(words);
    for word in names.chain(parts).chain(joined) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.iter().map(|word| format!(" {word}")).collect()
}

/// The words of a name, each once.
#[must_use]
pub fn name_words(first: &str, last: &str) -> Vec<String> {
    let mut all = words(first);
    all.extend(words(last));
    all.sort_unstable();
    all.dedup();
    all
}

/// What orders people by one name, and then by the other.
#[must_use]
pub fn sort_key(name: &str, then: &str) -> String {
    let mut all = words(name);
    all.extend(words(then));
    all.join(" ")
}

/// A letter whose stroke or ligature no accent makes, in plain ones.
fn bare(letter: char, word: &mut String) {
    let plain = match letter {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ŋ' => "n",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => {
            // Small letters can bring an accent of their own: of "İ" comes "i" and a dot.
            if canonical_combining_class(letter) == 0 {
                word.push(letter);
            }
            return;
        }
    };
    word.push_str(plain);
}

/// Apostrophes, and what joins letters without being seen.
fn joins(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_apostrophes_make_no_difference() {
        for (written, compared) in [
            ("Siân Tŷ-Mawr", vec!["sian", "ty", "mawr"]),
            ("ŁUKASZ Wójcik", vec!["lukasz", "wojcik"]),
            ("O’Brien O'Brien", vec!["obrien", "obrien"]),
            ("Søren Strauß", vec!["soren", "strauss"]),
            ("İpek Ærø", vec!["ipek", "aero"]),
            ("Nguyễn", vec!["nguyen"]),
            ("রহিমা", vec!["রহিমা"]),
            ("  ", vec![]),
        ] {
            assert_eq!(words(written), compared, "{written}");
        }
    }

    #[test]
    fn a_person_is_found_by_each_word_once() {
        assert_eq!(
            find_words("Amina", "Khan", "amina.khan@example.org", "SW9 8JX"),
            " amina khan example org sw9 8jx sw98jx"
        );
        assert_eq!(find_words("", "", "", ""), "");
        assert_eq!(sort_key("Khan", "Amina"), "khan amina");
    }
}
