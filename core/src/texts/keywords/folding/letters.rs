/// What a character does in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of a word.
    Letter,
    /// As good as not there: "don't" is "dont", and a zero-width mark parts nothing.
    Nothing,
    /// Ends a word.
    Gap,
    /// Ends a sentence.
    Full,
    /// Ends a line.
    Line,
    /// A question mark.
    Question,
    /// Another mark that leaves things open.
    Doubt,
    ThumbUp,
    ThumbDown,
    Halt,
}

pub(super) fn kind(character: char) -> Kind {
    match character {
        '\n' | '\u{0B}' | '\u{0C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Line,
        '.' | '!' | '…' | '¡' | '‼' | '。' | '．' | '！' | '۔' | '।' | '॥' => {
            Kind::Full
        }
        '?' | '¿' | '؟' | '？' | '⁇' | '⁈' | '⁉' | '❓' | '❔' => Kind::Question,
        '/' | '／' | '&' | '＆' => Kind::Doubt,
        '👍' | '✅' | '✔' | '☑' => Kind::ThumbUp,
        '👎' | '❌' | '❎' => Kind::ThumbDown,
        '🛑' | '⛔' | '🚫' => Kind::Halt,
        _ if is_invisible(character) || is_apostrophe(character) || is_mark(character) => {
            Kind::Nothing
        }
        // The virama is part of a Bengali word, though no letter.
        '\u{0980}'..='\u{09FF}' => Kind::Letter,
        _ if character.is_alphanumeric() => Kind::Letter,
        _ => Kind::Gap,
    }
}

/// A letter as it is compared: small, plain, and without its accents. One letter can become two.
pub(super) fn fold(letter: char) -> impl Iterator<Item = char> {
    plain(letter)
        .to_lowercase()
        .filter(|c| !is_mark(*c))
        .flat_map(|c| {
            let (first, second) = bare(c);
            std::iter::once(first).chain(second)
        })
}

/// The common letter or digit for one from a wide or a decorative alphabet.
fn plain(letter: char) -> char {
    let code = u32::from(letter);
    let in_alphabet = |from: u8, offset: u32| {
        let offset = u8::try_from(offset).unwrap_or_default();
        char::from(from.saturating_add(offset))
    };
    match code {
        0xFF10..=0xFF19 => in_alphabet(b'0', code - 0xFF10),
        0xFF21..=0xFF3A => in_alphabet(b'a', code - 0xFF21),
        0xFF41..=0xFF5A => in_alphabet(b'a', code - 0xFF41),
        // Bold, italic and their like: alphabet after alphabet of capital and small letters.
        0x1_D400..=0x1_D6A3 => in_alphabet(b'a', (code - 0x1_D400) % 26),
        0x1_D7CE..=0x1_D7FF => in_alphabet(b'0', (code - 0x1_D7CE) % 10),
        // Circled and squared.
        0x24B6..=0x24E9 => in_alphabet(b'a', (code - 0x24B6) % 26),
        0x1_F130..=0x1_F149 => in_alphabet(b'a', code - 0x1_F130),
        0x1_F150..=0x1_F169 => in_alphabet(b'a', code - 0x1_F150),
        0x1_F170..=0x1_F189 => in_alphabet(b'a', code - 0x1_F170),
        // Digits of Arabic, Urdu and Bengali keyboards.
        0x0660..=0x0669 => in_alphabet(b'0', code - 0x0660),
        0x06F0..=0x06F9 => in_alphabet(b'0', code - 0x06F0),
        0x09E6..=0x09EF => in_alphabet(b'0', code - 0x09E6),
        _ => letter,
    }
}

/// A small letter without its accent, and with one spelling where keyboards differ.
fn bare(letter: char) -> (char, Option<char>) {
    let one = match letter {
        'á' | 'à' | 'â' | 'ä' | 'ą' | 'ã' => 'a',
        'ć' | 'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ń' | 'ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ś' => 's',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ẃ' | 'ẁ' | 'ŵ' | 'ẅ' => 'w',
        'ý' | 'ỳ' | 'ŷ' | 'ÿ' => 'y',
        'ź' | 'ż' => 'z',
        // Urdu: an Arabic keyboard has other codes for these.
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ي' | 'ى' | 'ئ' | 'ے' | 'ۓ' => 'ی',
        'ك' => 'ک',
        'ه' | 'ھ' | 'ة' | 'ۃ' | 'ۂ' | 'ە' => 'ہ',
        'ں' => 'ن',
        'ؤ' => 'و',
        // Bengali: long and short vowels are mixed up in quick typing.
        'ঈ' => 'ই',
        'ঊ' => 'উ',
        '\u{09C0}' => '\u{09BF}',
        '\u{09C2}' => '\u{09C1}',
        '\u{09DC}' => '\u{09A1}',
        '\u{09DD}' => '\u{09A2}',
        '\u{09DF}' => '\u{09AF}',
        // Two codes or one for the same vowel.
        '\u{09CB}' => return ('\u{09C7}', Some('\u{09BE}')),
        '\u{09CC}' => return ('\u{09C7}', Some('\u{09D7}')),
        _ => letter,
    };
    (one, None)
}

/// Accents and vowel points that stand above or below a letter, and the stretching of Arabic letters.
fn is_mark(character: char) -> bool {
    matches!(u32::from(character),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF
        | 0x20D0..=0x20FF | 0xFE20..=0xFE2F
        | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC
        | 0x06DF..=0x06E8 | 0x06EA..=0x06ED
        | 0x0981 | 0x09BC)
}

fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '`' | '´' | '＇'
    )
}

/// Marks of direction and joining, fillers, skin tones, and control characters that part nothing.
fn is_invisible(character: char) -> bool {
    (character.is_control() && character != '\t')
        || matches!(u32::from(character),
            0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
            | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1_D173..=0x1_D17A | 0x1_F3FB..=0x1_F3FF
            | 0xE_0000..=0xE_0FFF)
}
