//! The tags of languages, as BCP 47 writes them.

/// A tag as it is written: "ZH-hant-tw" is "zh-Hant-TW". `None` where it is not well formed (RFC 5646, 2.1): a
/// language of two or three letters, and after it, where wanted, a script, a region and variants. Extensions and
/// private tags name no language that anybody would choose.
#[must_use]
pub fn tidy_tag(typed: &str) -> Option<String> {
    let mut parts = typed.trim().split('-');
    let language = parts.next()?;
    if !(2..=3).contains(&language.len()) || !letters(language) {
        return None;
    }
    let mut tag = language.to_ascii_lowercase();
    let mut reached = Part::Language;
    for part in parts {
        let (kind, written) = subtag(part)?;
        // Each at most once and in this order, but for variants.
        if kind < reached || (kind == reached && kind != Part::Variant) {
            return None;
        }
        reached = kind;
        tag.push('-');
        tag.push_str(&written);
    }
    Some(tag)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Language,
    Script,
    Region,
    Variant,
}

fn subtag(part: &str) -> Option<(Part, String)> {
    let lower = part.to_ascii_lowercase();
    let alphanumeric = part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let starts_with_digit = part.starts_with(|first: char| first.is_ascii_digit());
    match part.len() {
        2 if letters(part) => Some((Part::Region, part.to_ascii_uppercase())),
        3 if part.bytes().all(|byte| byte.is_ascii_digit()) => Some((Part::Region, lower)),
        4 if letters(part) => {
            let (first, rest) = lower.split_at(1);
            Some((Part::Script, first.to_ascii_uppercase() + rest))
        }
        4 if starts_with_digit && alphanumeric => Some((Part::Variant, lower)),
        5..=8 if alphanumeric => Some((Part::Variant, lower)),
        _ => None,
    }
}

fn letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_tag_is_tidied_or_is_none() {
        for (scenario, typed, tag) in [
            ("two letters", "fr", Some("fr")),
            ("three letters", "haw", Some("haw")),
            ("capitals and spaces", " FR ", Some("fr")),
            ("a script", "ZH-hant", Some("zh-Hant")),
            ("a region", "pt-br", Some("pt-BR")),
            ("a region by its number", "es-419", Some("es-419")),
            ("a script and a region", "zh-HANT-tw", Some("zh-Hant-TW")),
            ("a variant", "ca-Valencia", Some("ca-valencia")),
            ("a variant of a year", "de-1996", Some("de-1996")),
            ("nothing", "", None),
            ("one letter", "f", None),
            ("a name", "French", None),
            ("digits", "f1", None),
            ("other letters", "фр", None),
            ("an underscore", "pt_BR", None),
            ("a gap", "fr--FR", None),
            ("an end that is none", "fr-", None),
            ("the wrong order", "zh-TW-Hant", None),
            ("two regions", "en-GB-US", None),
            ("an extension", "en-u-ca", None),
            ("private", "x-ours", None),
            ("a space inside", "fr FR", None),
        ] {
            assert_eq!(tidy_tag(typed).as_deref(), tag, "{scenario}");
        }
    }

    proptest! {
        #[test]
        fn a_tidy_tag_stays_as_it_is(typed in "[A-Za-z0-9-]{0,16}") {
            if let Some(tag) = tidy_tag(&typed) {
                prop_assert_eq!(tidy_tag(&tag), Some(tag.clone()));
                prop_assert!(tag.eq_ignore_ascii_case(&typed));
            }
        }

        #[test]
        fn anything_can_be_typed(typed in any::<String>()) {
            let _ = tidy_tag(&typed);
        }
    }
}
