use super::folding::{Said, Word};
use super::languages::VOCABULARY;
use super::{after_politeness, only, read};

/// What comes before "stop" where it asks for the opposite: "don't stop", "don't you stop", "non-stop".
const NOT_TO_STOP: [&[&str]; 8] = [
    &["dont"],
    &["never"],
    &["non"],
    &["un"],
    &["do", "not"],
    &["dont", "you"],
    &["dont", "ever"],
    &["dont", "even"],
];

/// Words before a last "stop" that make it a place or a promise: "the bus stop", "we won't stop".
const NO_REQUEST: [&str; 16] = [
    "the", "bus", "tram", "train", "tube", "coach", "pit", "full", "next", "last", "first", "wont",
    "cant", "cannot", "couldnt", "not",
];

/// Words after "stop" that make it a visit: "can you stop by?"
const VISIT: [&str; 4] = ["by", "over", "off", "outside"];

/// What "stop" becomes in other words. Anything else glued to it is a slip: "stoptexting", "stopp".
const OTHER_WORDS: [&str; 8] = ["s", "ped", "per", "pers", "ping", "over", "gap", "watch"];

/// Whether a text begins a sentence with a stop keyword, ends with one, or asks to stop in other words.
/// It errs on the side of yes: all it does is to hold further texts until a person decides.
pub(super) fn is_likely(said: &Said) -> bool {
    let known = &*VOCABULARY;
    let words = &said.words;
    if after_politeness(words).is_empty() {
        return said.halt;
    }
    opens_with_stop(words)
        || only(words, &known.asks_alone, &known.polite)
        || is_answered_with_stop(words)
        || asks(words)
        || ends_with_stop(words)
}

fn opens_with_stop(words: &[Word]) -> bool {
    let known = &*VOCABULARY;
    (0..words.len()).filter(|at| words[*at].opens).any(|at| {
        let sentence = rest_of_sentence(&words[at..]);
        let rest = after_politeness(sentence);
        let slip = rest
            .first()
            .and_then(|word| word.text.strip_prefix("stop"))
            .is_some_and(|more| !OTHER_WORDS.contains(&more));
        slip || known.stop_first.length_at(rest) > 0
    })
}

/// Up to where the next sentence begins: looked at once, however many sentences there are.
fn rest_of_sentence(words: &[Word]) -> &[Word] {
    let next = words.iter().skip(1).position(|word| word.opens);
    &words[..next.map_or(words.len(), |next| next + 1)]
}

/// "No, cancel", "ok end": an answer and a keyword.
fn is_answered_with_stop(words: &[Word]) -> bool {
    let known = &*VOCABULARY;
    let answers = [&known.polite, &known.yes, &known.no];
    let (has_stop, rest) = read(words, &known.stop_first, &answers);
    has_stop && rest.is_empty()
}

fn asks(words: &[Word]) -> bool {
    let known = &*VOCABULARY;
    (0..words.len()).any(|at| {
        let length = known.asks.length_at(&words[at..]);
        let stop = (at..at + length).find(|at| words[*at].text == "stop");
        words[at].text.starts_with("unsub")
            || length > 0 && stop.is_none_or(|stop| is_request(words, stop))
    })
}

fn ends_with_stop(words: &[Word]) -> bool {
    let known = &*VOCABULARY;
    let last = (0..words.len())
        .rev()
        .find(|at| known.stop_anywhere.length_at(&words[*at..]) > 0);
    last.is_some_and(|at| {
        let length = known.stop_anywhere.length_at(&words[at..]);
        let rest = after_politeness(&words[at + length..]);
        let before = before(words, at).last();
        rest.is_empty()
            && is_request(words, at)
            && before.is_none_or(|word| !NO_REQUEST.contains(&word.text.as_str()))
    })
}

/// Whether a "stop" within a text asks for something.
fn is_request(words: &[Word], stop: usize) -> bool {
    let is_visit = words
        .get(stop + 1)
        .is_some_and(|word| VISIT.contains(&word.text.as_str()));
    let before = before(words, stop);
    let is_opposite = NOT_TO_STOP.iter().any(|phrase| {
        let from = before.len().saturating_sub(phrase.len());
        before[from..].iter().map(|word| &word.text).eq(*phrase)
    });
    !is_visit && !is_opposite
}

/// The two words before one, as far as they are of the same sentence.
fn before(words: &[Word], at: usize) -> &[Word] {
    let earliest = at.saturating_sub(2);
    let from = (earliest..=at)
        .rev()
        .find(|at| words[*at].opens)
        .unwrap_or(earliest);
    &words[from..at]
}
