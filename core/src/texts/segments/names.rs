//! What characters outside the GSM 7-bit alphabet are called, and plain spellings for them.

/// Character, name, plain spelling.
const SIGNS: [(char, &str, Option<&str>); 62] = [
    ('’', "curly apostrophe", Some("'")),
    ('‘', "curly opening quote", Some("'")),
    ('“', "curly opening quotes", Some("\"")),
    ('”', "curly closing quotes", Some("\"")),
    ('‚', "low quote", Some("'")),
    ('‛', "reversed quote", Some("'")),
    ('„', "low quotes", Some("\"")),
    ('‟', "reversed quotes", Some("\"")),
    ('«', "opening angle quotes", Some("\"")),
    ('»', "closing angle quotes", Some("\"")),
    ('‹', "opening angle quote", Some("'")),
    ('›', "closing angle quote", Some("'")),
    ('`', "backtick", Some("'")),
    ('´', "acute accent", Some("'")),
    ('ʼ', "letter apostrophe", Some("'")),
    ('′', "prime", Some("'")),
    ('″', "double prime", Some("\"")),
    ('–', "en dash", Some("-")),
    ('—', "em dash", Some("-")),
    ('‐', "typographic hyphen", Some("-")),
    ('‑', "non-breaking hyphen", Some("-")),
    ('‒', "figure dash", Some("-")),
    ('―', "long dash", Some("-")),
    ('−', "minus sign", Some("-")),
    ('…', "ellipsis", Some("...")),
    ('•', "bullet", Some("-")),
    ('‣', "triangle bullet", Some("-")),
    ('◦', "round bullet", Some("-")),
    ('▪', "square bullet", Some("-")),
    ('·', "middle dot", Some("-")),
    ('→', "arrow", Some("->")),
    ('×', "times sign", Some("x")),
    ('½', "half", Some("1/2")),
    ('¼', "quarter", Some("1/4")),
    ('¾', "three quarters", Some("3/4")),
    ('№', "number sign", Some("No.")),
    ('©', "copyright sign", Some("(C)")),
    ('®', "registered sign", Some("(R)")),
    ('™', "trademark sign", Some("TM")),
    ('°', "degree sign", None),
    ('✓', "tick", None),
    ('₹', "rupee sign", None),
    ('\t', "tab", Some(" ")),
    ('\u{A0}', "non-breaking space", Some(" ")),
    ('\u{2002}', "en space", Some(" ")),
    ('\u{2003}', "em space", Some(" ")),
    ('\u{2007}', "figure space", Some(" ")),
    ('\u{2009}', "thin space", Some(" ")),
    ('\u{200A}', "hair space", Some(" ")),
    ('\u{202F}', "narrow non-breaking space", Some(" ")),
    ('\u{3000}', "wide space", Some(" ")),
    ('\u{2028}', "line separator", Some("\n")),
    ('\u{2029}', "paragraph separator", Some("\n")),
    ('\u{AD}', "hidden hyphen", Some("")),
    ('\u{200B}', "hidden space", Some("")),
    ('\u{200E}', "left-to-right mark", Some("")),
    ('\u{200F}', "right-to-left mark", Some("")),
    ('\u{2060}', "hidden joiner", Some("")),
    ('\u{FEFF}', "hidden mark", Some("")),
    ('\u{200C}', "hidden non-joiner", None),
    ('\u{200D}', "hidden joiner", None),
    ('\u{FE0F}', "emoji style mark", None),
];

/// Letters with an accent: the accent, the letters, and what each is without it.
const ACCENTED: [(&str, &str, &str); 14] = [
    (
        "a circumflex",
        "âêîôûŵŷĉĝĥĵŝÂÊÎÔÛŴŶĈĜĤĴŜ",
        "aeiouwycghjsAEIOUWYCGHJS",
    ),
    (
        "an acute accent",
        "áíóúýćńśźĺŕÁÍÓÚÝĆŃŚŹĹŔ",
        "aiouycnszlrAIOUYCNSZLR",
    ),
    ("a grave accent", "ẁỳÀÈÌÒÙẀỲ", "wyAEIOUWY"),
    ("two dots", "ëïÿẅËÏŸẄ", "eiywEIYW"),
    ("a cedilla", "çşţģķļņŞŢĢĶĻŅ", "cstgklnSTGKLN"),
    ("a comma below", "șțȘȚ", "stST"),
    ("a tilde", "ãõĩũÃÕĨŨ", "aoiuAOIU"),
    ("a caron", "čďěňřšťžľČĎĚŇŘŠŤŽĽ", "cdenrstzlCDENRSTZL"),
    ("an ogonek", "ąęįųĄĘĮŲ", "aeiuAEIU"),
    ("a dot above", "żėċġİŻĖĊĠ", "zecgIZECG"),
    ("a bar above", "āēīōūĀĒĪŌŪ", "aeiouAEIOU"),
    ("a breve", "ăğŭĂĞŬ", "aguAGU"),
    ("a stroke", "łđħŁĐĦ", "ldhLDH"),
    ("a double acute accent", "őűŐŰ", "ouOU"),
];

/// What a character is called, in plain words where they are known.
pub(super) fn name(character: char) -> String {
    if let Some((_, name, _)) = SIGNS.iter().find(|(sign, ..)| *sign == character) {
        return (*name).to_owned();
    }
    let accented = ACCENTED.iter().find_map(|(accent, letters, without)| {
        let (_, letter) = letters
            .chars()
            .zip(without.chars())
            .find(|(letter, _)| *letter == character)?;
        Some(if letter.is_uppercase() {
            format!("capital {letter} with {accent}")
        } else {
            format!("{letter} with {accent}")
        })
    });
    accented.unwrap_or_else(|| kind(character))
}

/// A plain spelling with the same meaning.
pub(super) fn instead(character: char) -> Option<&'static str> {
    SIGNS
        .iter()
        .find(|(sign, ..)| *sign == character)
        .and_then(|(_, _, instead)| *instead)
}

/// What sort of character it is, where it has no name here.
fn kind(character: char) -> String {
    let kind = match u32::from(character) {
        0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B00..=0x2BFF => return "emoji".to_owned(),
        0x0370..=0x03FF | 0x1F00..=0x1FFF => "Greek letter",
        0x0400..=0x052F => "Cyrillic letter",
        0x0590..=0x05FF => "Hebrew letter",
        0x0600..=0x06FF | 0x0750..=0x077F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => "Arabic letter",
        0x0900..=0x0DFF => "Indian letter",
        0x3040..=0x30FF => "Japanese letter",
        0x4E00..=0x9FFF => "Chinese character",
        0xAC00..=0xD7AF => "Korean letter",
        _ if character.is_control() => "control character",
        _ if character.is_alphabetic() => "letter",
        _ => "character",
    };
    format!("{kind} U+{:04X}", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accented_letter_has_its_plain_one() {
        for (accent, letters, without) in ACCENTED {
            assert_eq!(letters.chars().count(), without.chars().count(), "{accent}");
            assert!(without.is_ascii(), "{accent}");
        }
    }

    #[test]
    fn no_character_is_named_twice() {
        let mut all: Vec<char> = SIGNS.iter().map(|(sign, ..)| *sign).collect();
        all.extend(ACCENTED.iter().flat_map(|(_, letters, _)| letters.chars()));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn names_are_plain_words() {
        for (character, words) in [
            ('’', "curly apostrophe"),
            ('ŵ', "w with a circumflex"),
            ('ż', "z with a dot above"),
            ('Ł', "capital L with a stroke"),
            ('✊', "emoji"),
            ('📱', "emoji"),
            ('ж', "Cyrillic letter U+0436"),
            ('ش', "Arabic letter U+0634"),
            ('ਸ', "Indian letter U+0A38"),
            ('\u{7}', "control character U+0007"),
            ('∑', "character U+2211"),
        ] {
            assert_eq!(name(character), words);
        }
    }
}
