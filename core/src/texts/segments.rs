//! What a text costs: its encoding and how many segments it takes (3GPP TS 23.038 and 23.040).
//!
//! A text goes out in the GSM 7-bit alphabet if every character is in it, and in UCS-2 otherwise: a
//! single curly quote more than halves what fits. One segment holds 160 septets or 70 code units. A longer
//! text is joined from segments that lose room to a header: 153 septets or 67 units each.

mod names;

/// How a text is encoded on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// The GSM 7-bit default alphabet with its extension table. Units are septets.
    Gsm7,
    /// Sixteen bits a unit, as in UTF-16. Units are code units; an emoji takes two or more.
    Ucs2,
}

impl Encoding {
    /// Units in a text of one segment.
    #[must_use]
    pub fn alone(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units in each segment of a joined text.
    #[must_use]
    pub fn joined(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    fn units(self, character: char) -> usize {
        match self {
            Self::Gsm7 => septets(character).unwrap_or_default(),
            Self::Ucs2 => character.len_utf16(),
        }
    }
}

/// What a text takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// How it has to be encoded.
    pub encoding: Encoding,
    /// Septets or code units of the whole text.
    pub units_used: usize,
    /// What is paid for. Zero for an empty text.
    pub segments: usize,
    /// Units left before the text takes another segment.
    pub room_in_last: usize,
    /// The characters that force UCS-2, each once, in the order in which they come. Empty for GSM 7-bit.
    pub forcing: Vec<Forcing>,
}

/// A character that is not in the GSM 7-bit alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forcing {
    /// The character.
    pub character: char,
    /// What it is called: "curly apostrophe", "w with a circumflex", "emoji".
    pub name: String,
    /// A plain spelling with the same meaning, where there is one. Letters of a name have none.
    pub instead: Option<&'static str>,
}

impl Measure {
    /// Measures a text as it will be sent, merge fields filled in.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let forcing = forcing(text);
        let encoding = if forcing.is_empty() {
            Encoding::Gsm7
        } else {
            Encoding::Ucs2
        };
        let units_used = text.chars().map(|c| encoding.units(c)).sum();
        let (segments, room_in_last) = match units_used {
            0 => (0, encoding.alone()),
            _ if units_used <= encoding.alone() => (1, encoding.alone() - units_used),
            _ => join(text, encoding),
        };
        Self {
            encoding,
            units_used,
            segments,
            room_in_last,
            forcing,
        }
    }
}

/// Whether every character is in the GSM 7-bit alphabet or its extension table.
#[must_use]
pub fn is_gsm7(text: &str) -> bool {
    text.chars().all(|c| septets(c).is_some())
}

/// The same text with a plain spelling for every character that forces UCS-2 and has one.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match names::instead(c).filter(|_| septets(c).is_none()) {
            Some(instead) => plain.push_str(instead),
            None => plain.push(c),
        }
    }
    plain
}

/// Fills segments one character at a time: an escape pair or a surrogate pair that does not fit whole
/// begins the next segment.
fn join(text: &str, encoding: Encoding) -> (usize, usize) {
    let mut segments = 1;
    let mut used = 0;
    for units in text.chars().map(|c| encoding.units(c)) {
        if used + units > encoding.joined() {
            segments += 1;
            used = 0;
        }
        used += units;
    }
    (segments, encoding.joined() - used)
}

fn forcing(text: &str) -> Vec<Forcing> {
    let mut found: Vec<Forcing> = Vec::new();
    for character in text.chars().filter(|c| septets(*c).is_none()) {
        if found.iter().all(|known| known.character != character) {
            found.push(Forcing {
                character,
                name: names::name(character),
                instead: names::instead(character),
            });
        }
    }
    found
}

/// How many septets a character takes; `None` if the alphabet lacks it.
fn septets(character: char) -> Option<usize> {
    if BASIC.contains(character) {
        Some(1)
    } else if EXTENSION.contains(character) {
        Some(2)
    } else {
        None
    }
}

/// The default alphabet (3GPP TS 23.038, 6.2.1), most used first. The code of capital C with a cedilla has
/// no small one.
const BASIC: &str = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\
    .,'!?:;-()/&\"\n\r@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ#¤%*+<=>¡ÄÖÑÜ§¿äöñüà";

/// The extension table (3GPP TS 23.038, 6.2.1.1): each behind an escape.
const EXTENSION: &str = "\u{0C}^{}\\[~]|€";

#[cfg(test)]
mod tests;
