mod letters;

use letters::{Kind, fold, kind};

/// A text as its words, folded so that case, accents, spaces and marks make no difference.
#[derive(Default)]
pub(super) struct Said {
    /// The words in order.
    pub(super) words: Vec<Word>,
    /// A thumb up or a tick.
    pub(super) thumb_up: bool,
    /// A thumb down or a cross.
    pub(super) thumb_down: bool,
    /// A stop sign.
    pub(super) halt: bool,
    /// A mark that leaves a yes or a no open: "Yes?", "Y/N", "Amina & Sam".
    pub(super) in_doubt: bool,
}

/// One word of a text.
pub(super) struct Word {
    /// Folded, with every run of three or more of one letter as one.
    pub(super) text: String,
    /// Folded only.
    pub(super) spelled: String,
    /// Which line it stands on.
    pub(super) line: usize,
    /// Whether a sentence begins with it.
    pub(super) opens: bool,
}

impl Said {
    pub(super) fn of(body: &str) -> Self {
        let mut said = Self::default();
        let mut word = String::new();
        let mut line = 0;
        let mut opens = true;
        for character in without_signature(body).chars() {
            let kind = kind(character);
            match kind {
                Kind::Nothing => continue,
                Kind::Letter => {
                    word.extend(fold(character));
                    continue;
                }
                Kind::ThumbUp => said.thumb_up = true,
                Kind::ThumbDown => said.thumb_down = true,
                Kind::Halt => said.halt = true,
                Kind::Doubt | Kind::Question => said.in_doubt = true,
                Kind::Line | Kind::Full | Kind::Gap => {}
            }
            if !word.is_empty() {
                said.push(std::mem::take(&mut word), line, opens);
                opens = false;
            }
            line += usize::from(kind == Kind::Line);
            opens |= matches!(kind, Kind::Line | Kind::Full | Kind::Question);
        }
        if !word.is_empty() {
            said.push(word, line, opens);
        }
        said.words = joined_up(said.words);
        said
    }

    fn push(&mut self, spelled: String, line: usize, opens: bool) {
        self.words.push(Word {
            text: shortened(&spelled),
            spelled,
            line,
            opens,
        });
    }

    /// Its letters without any space.
    pub(super) fn glued(&self) -> String {
        self.words
            .iter()
            .map(|word| word.spelled.as_str())
            .collect()
    }
}

/// Whether a handset wrote this because its owner touched a text: `Liked “Reply STOP to stop”`. It quotes
/// the text that was sent, so its words are not the supporter's.
pub(super) fn is_reaction(body: &str) -> bool {
    const QUOTES: [char; 3] = ['“', '"', '„'];
    const CLOSING: [char; 3] = ['”', '"', '“'];
    let body = body.trim();
    let Some((touched, quoted)) = body.split_once(QUOTES) else {
        return false;
    };
    if !quoted.ends_with(CLOSING) {
        return false;
    }
    let touched: Vec<_> = touched.split_whitespace().map(str::to_lowercase).collect();
    let touched: Vec<_> = touched.iter().map(String::as_str).collect();
    match touched.as_slice() {
        ["liked" | "loved" | "disliked" | "questioned" | "emphasized" | "emphasised"]
        | ["laughed", "at"] => true,
        ["removed", "a" | "an", .., "from"] | ["reacted", .., "to"] => touched.len() <= 6,
        [sign, "to"] => !sign.contains(char::is_alphanumeric),
        _ => false,
    }
}

/// A text without the line that a handset adds below it.
fn without_signature(body: &str) -> &str {
    const SIGNATURES: [&str; 8] = [
        "sent from my ",
        "sent from outlook",
        "sent from yahoo",
        "sent via ",
        "get outlook for ",
        "enviado desde ",
        "wysłane z ",
        "anfonwyd o ",
    ];
    const LONGEST_SIGNATURE: usize = 60;
    let body = body.trim_end();
    let Some((above, last)) = body.rsplit_once('\n') else {
        return body;
    };
    if last.len() > LONGEST_SIGNATURE || above.trim().is_empty() {
        return body;
    }
    let last = last.trim_start().to_lowercase();
    if SIGNATURES
        .iter()
        .any(|signature| last.starts_with(signature))
    {
        above
    } else {
        body
    }
}

/// Letters with every run of three or more as one: "stoppppp", "yesss". No word needs three.
pub(super) fn shortened(letters: &str) -> String {
    let mut short = String::with_capacity(letters.len());
    let mut rest = letters.chars().peekable();
    while let Some(letter) = rest.next() {
        let mut run = 1;
        while rest.next_if_eq(&letter).is_some() {
            run += 1;
        }
        short.push(letter);
        if run == 2 || letter.is_numeric() {
            short.extend(std::iter::repeat_n(letter, run - 1));
        }
    }
    short
}

/// Puts together what was spelled letter by letter: "S T O P". Two letters alone are two words.
fn joined_up(words: Vec<Word>) -> Vec<Word> {
    let mut joined = Vec::with_capacity(words.len());
    let mut run: Vec<Word> = Vec::new();
    for word in words {
        if word.spelled.chars().nth(1).is_none() {
            run.push(word);
        } else {
            settle(&mut run, &mut joined);
            joined.push(word);
        }
    }
    settle(&mut run, &mut joined);
    joined
}

fn settle(run: &mut Vec<Word>, joined: &mut Vec<Word>) {
    if let (Some(first), 3..) = (run.first(), run.len()) {
        let spelled: String = run.iter().map(|word| word.spelled.as_str()).collect();
        joined.push(Word {
            text: shortened(&spelled),
            spelled,
            line: first.line,
            opens: first.opens,
        });
        run.clear();
    } else {
        joined.append(run);
    }
}
