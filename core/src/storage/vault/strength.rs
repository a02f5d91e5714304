//! How easily a passphrase is guessed, in words.

/// A judgement of a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (very hard).
    pub score: u8,
    /// Whether Placard takes it: 3 or more. The vault may be copied, so a guess costs a thief nothing.
    pub enough: bool,
    /// What to tell the person.
    pub sentence: String,
}

/// Judges a passphrase. `hints` are words an attacker would try first: the campaign's and the
/// organiser's names.
#[must_use]
pub fn judge(passphrase: &str, hints: &[&str]) -> Strength {
    if passphrase.is_empty() {
        return Strength {
            score: 0,
            enough: false,
            sentence: "Four or more unrelated words make a good passphrase.".to_owned(),
        };
    }
    // The estimate is quadratic in the length: beyond 100 characters nothing is learnt.
    let start: String = passphrase.chars().take(100).collect();
    let entropy = zxcvbn::zxcvbn(&start, hints);
    let score = u8::from(entropy.score());
    let enough = score >= 3;
    let verdict = match score {
        0 | 1 => "Too easy to guess.",
        2 => "Nearly: still too easy to guess.",
        3 => "Strong.",
        _ => "Very strong.",
    };
    let advice = entropy
        .feedback()
        .and_then(|feedback| feedback.warning())
        .map(|warning| warning.to_string())
        .unwrap_or_else(|| "Add another word or two.".to_owned());
    Strength {
        score,
        enough,
        sentence: if enough {
            verdict.to_owned()
        } else {
            format!("{verdict} {advice}")
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_thief_tries_first_is_refused_and_a_few_words_are_taken() {
        for (case, passphrase, enough) in [
            ("nothing", "", false),
            ("the best known", "password", false),
            ("the campaign's name", "CleanAirNow", false),
            ("a name and a year", "sam2026", false),
            ("four unrelated words", "kettle marble orbit thursday", true),
            ("long and random", "v8#Kq2!mZr0pLx", true),
        ] {
            assert_eq!(
                judge(passphrase, &["Clean Air Now", "cleanairnow", "sam"]).enough,
                enough,
                "{case}"
            );
        }
    }

    #[test]
    fn a_very_long_passphrase_is_judged_at_once() {
        assert!(judge(&"orbit kettle ".repeat(10_000), &[]).score <= 4);
    }
}
