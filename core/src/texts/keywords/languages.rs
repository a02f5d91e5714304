mod bengali;
mod english;
mod polish;
mod spanish;
mod urdu;
mod welsh;

use std::sync::LazyLock;

use super::phrases::Phrases;

/// What one language says: lines of phrases with commas between them. They are compared folded, so accents
/// are here for the reader.
pub(super) struct Language {
    /// Stop as a whole text, at the beginning of a sentence, and at the end of a text.
    pub(super) stop: &'static [&'static str],
    /// Stop as a whole text and at the beginning of a sentence.
    pub(super) stop_first: &'static [&'static str],
    /// Stop as a whole text only: in a sentence they mean too many other things.
    pub(super) stop_alone: &'static [&'static str],
    /// Asks to stop, anywhere in a text.
    pub(super) asks: &'static [&'static str],
    /// Asks to stop, most likely, as a whole text.
    pub(super) asks_alone: &'static [&'static str],
    /// Re-opens the number.
    pub(super) start: &'static [&'static str],
    /// Asks for help.
    pub(super) help: &'static [&'static str],
    /// A yes.
    pub(super) yes: &'static [&'static str],
    /// May stand beside a yes; none by itself.
    pub(super) agreeing: &'static [&'static str],
    /// A no.
    pub(super) no: &'static [&'static str],
    /// Greetings and thanks: change no meaning.
    pub(super) polite: &'static [&'static str],
    /// Comes before the name of who writes.
    pub(super) from: &'static [&'static str],
    /// Limits or questions a consent.
    pub(super) doubt: &'static [&'static str],
}

/// The phrases of a list.
pub(super) fn phrases(list: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    list.iter().flat_map(|line| line.split(", "))
}

pub(super) const LANGUAGES: [Language; 6] = [
    english::ENGLISH,
    welsh::WELSH,
    spanish::SPANISH,
    polish::POLISH,
    urdu::URDU,
    bengali::BENGALI,
];

/// All languages as one: a supporter's is not known, and many mix two.
pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::of_all);

pub(super) struct Vocabulary {
    pub(super) stop_anywhere: Phrases,
    pub(super) stop_first: Phrases,
    pub(super) stop_alone: Phrases,
    pub(super) asks: Phrases,
    pub(super) asks_alone: Phrases,
    pub(super) start: Phrases,
    pub(super) help: Phrases,
    pub(super) yes: Phrases,
    pub(super) agreeing: Phrases,
    pub(super) no: Phrases,
    pub(super) polite: Phrases,
    pub(super) from: Phrases,
    pub(super) doubt: Phrases,
}

impl Vocabulary {
    fn of_all() -> Self {
        let all = |lists: &[fn(&Language) -> &'static [&'static str]]| {
            let lists = lists.iter().flat_map(|list| LANGUAGES.iter().map(list));
            Phrases::of(lists.flat_map(phrases))
        };
        Self {
            stop_anywhere: all(&[|l| l.stop]),
            stop_first: all(&[|l| l.stop, |l| l.stop_first]),
            stop_alone: all(&[|l| l.stop, |l| l.stop_first, |l| l.stop_alone]),
            asks: all(&[|l| l.asks]),
            asks_alone: all(&[|l| l.asks_alone]),
            start: all(&[|l| l.start]),
            help: all(&[|l| l.help]),
            yes: all(&[|l| l.yes]),
            agreeing: all(&[|l| l.agreeing]),
            no: all(&[|l| l.no]),
            polite: all(&[|l| l.polite]),
            from: all(&[|l| l.from]),
            doubt: all(&[|l| l.doubt]),
        }
    }
}
