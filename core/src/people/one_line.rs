//! Text that stays on one line and reads in one direction.

/// One line of at most `longest` characters: white space and line breaks folded to single spaces, none at
/// the ends; control characters gone, and so are marks that steer the direction of writing, with which
/// a pasted name could turn the words around it. Joiners stay: Persian, Urdu and Hindi names are spelt
/// with them.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = length > 0;
        } else if !is_unwanted(c) {
            let needed = 1 + usize::from(gap);
            if length + needed > longest {
                break;
            }
            if gap {
                line.push(' ');
                gap = false;
            }
            line.push(c);
            length += needed;
        }
    }
    line
}

fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_keeps_its_words_and_nothing_that_hides_between_them() {
        for (scenario, typed, line) in [
            ("nothing", "", ""),
            ("as it is", "Siân Ó B.", "Siân Ó B."),
            (
                "space around and inside",
                "  Mary \t Jane\u{A0} ",
                "Mary Jane",
            ),
            ("a line break", "Mary\r\nJane", "Mary Jane"),
            ("a control character", "Ma\u{7}ry", "Mary"),
            ("a direction override", "\u{202E}yraM", "yraM"),
            ("a mark between spaces", "Mary \u{200F} Jane", "Mary Jane"),
            ("a joiner", "می\u{200C}نا", "می\u{200C}نا"),
            ("cut at the limit", "123456789 0123", "123456789"),
            ("cut in a word", "1234567 90123", "1234567 90"),
        ] {
            assert_eq!(one_line(typed, 10), line, "{scenario}");
        }
    }

    proptest! {
        #[test]
        fn a_line_is_short_single_and_already_tidy(text in any::<String>(), longest in 0..50usize) {
            let line = one_line(&text, longest);
            prop_assert!(line.chars().count() <= longest);
            prop_assert!(!line.chars().any(char::is_control));
            prop_assert_eq!(line.trim(), &line);
            prop_assert_eq!(one_line(&line, longest), line.clone());
        }
    }
}
