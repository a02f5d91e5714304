//! JSON with other people's words in it.

use serde_json::Value;

/// Reads JSON whose strings may hold half a character, which serde's reader refuses together with everything
/// around it. Such a half, and bytes that are no UTF-8, become U+FFFD.
pub(in crate::gateways) fn tolerant_json(body: &[u8]) -> Option<Value> {
    serde_json::from_slice(body)
        .or_else(|_| serde_json::from_str(&whole_characters(body)))
        .ok()
}

/// Replaces each `\uD800` to `\uDFFF` that is not one half of a pair.
fn whole_characters(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(start) = rest.find('\\') {
        let (before, escape) = rest.split_at(start);
        whole.push_str(before);
        let (length, broken) = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, false),
            (Some(0xD800..=0xDFFF), _) => (6, true),
            // The character after the stroke, which may be another stroke, belongs to it.
            _ => (
                1 + escape[1..].chars().next().map_or(0, char::len_utf8),
                false,
            ),
        };
        let (escape, after) = escape.split_at(length);
        whole.push_str(if broken { "\u{fffd}" } else { escape });
        rest = after;
    }
    whole.push_str(rest);
    whole
}

/// The UTF-16 unit of an escape such as `\u00e9` at the beginning of a text.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_a_character_does_not_lose_the_rest() {
        let cases: [(&str, &[u8], Option<&str>); 11] = [
            ("plain", br#""STOP""#, Some("STOP")),
            ("a pair", br#""\ud83d\ude00""#, Some("\u{1f600}")),
            ("a lone first half", br#""a\ud800b""#, Some("a\u{fffd}b")),
            ("a lone second half", br#""\uDC00""#, Some("\u{fffd}")),
            (
                "halves the wrong way round",
                br#""\udc00\ud800""#,
                Some("\u{fffd}\u{fffd}"),
            ),
            (
                "a half before a pair",
                br#""\ud800\ud83d\ude00""#,
                Some("\u{fffd}\u{1f600}"),
            ),
            (
                "a half before another escape",
                br#""\ud800\n""#,
                Some("\u{fffd}\n"),
            ),
            ("a stroke before a u", br#""\\ud800""#, Some("\\ud800")),
            ("bytes that are no UTF-8", b"\"a\xff\"", Some("a\u{fffd}")),
            ("a stroke at the end", b"\"\\", None),
            ("cut in an escape", br#""\ud8"#, None),
        ];
        for (scenario, body, read) in cases {
            let read = read.map(Value::from);
            assert_eq!(tolerant_json(body), read, "{scenario}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(body in any::<Vec<u8>>(), units in any::<Vec<u16>>()) {
            let _ = tolerant_json(&body);
            let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let read = tolerant_json(format!("\"{escaped}\"").as_bytes());
            prop_assert_eq!(read, Some(Value::from(String::from_utf16_lossy(&units))));
        }
    }
}
