//! A number as it is read out over a stall, so that the supporter can check it.

/// Reads a written number out: groups as it is written, long ones cut to what one breath holds, doubles
/// and triples as people say them. Groups stand apart by "·".
pub(super) fn spoken(written: &str) -> String {
    let groups: Vec<String> = written
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .map(group_in_words)
        .collect();
    let plus = if written.starts_with('+') {
        "plus "
    } else {
        ""
    };
    format!("{plus}{}", groups.join(" · "))
}

/// Five digits are one group with a comma ("zero double seven, double zero"); longer ones become threes,
/// with a four at the end where they do not divide.
fn group_in_words(group: &str) -> String {
    let (sizes, between): (&[usize], _) = match group.len() {
        0..=4 => (&[4], ""),
        5 => (&[3, 2], ", "),
        6 => (&[3, 3], " · "),
        7 => (&[3, 4], " · "),
        8 => (&[4, 4], " · "),
        9 => (&[3, 3, 3], " · "),
        10 => (&[3, 3, 4], " · "),
        _ => (&[3, 4, 4, 4], " · "),
    };
    let mut rest = group;
    let mut parts = Vec::new();
    for size in sizes {
        let (part, after) = rest.split_at((*size).min(rest.len()));
        if !part.is_empty() {
            parts.push(digits_in_words(part));
        }
        rest = after;
    }
    parts.join(between)
}

fn digits_in_words(digits: &str) -> String {
    let mut words = Vec::new();
    let mut rest = digits.as_bytes();
    while let [digit, after @ ..] = rest {
        let again = after
            .iter()
            .take(2)
            .take_while(|next| *next == digit)
            .count();
        // Four alike are two doubles: "triple five five" is misheard.
        let again = if after.iter().take(3).filter(|next| *next == digit).count() == 3 {
            1
        } else {
            again
        };
        let times = ["", "double ", "triple "]
            .get(again)
            .copied()
            .unwrap_or_default();
        words.push(format!("{times}{}", word(*digit)));
        rest = after.get(again..).unwrap_or_default();
    }
    words.join(" ")
}

fn word(digit: u8) -> &'static str {
    match digit {
        b'1' => "one",
        b'2' => "two",
        b'3' => "three",
        b'4' => "four",
        b'5' => "five",
        b'6' => "six",
        b'7' => "seven",
        b'8' => "eight",
        b'9' => "nine",
        _ => "zero",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_out_as_people_say_them() {
        for (scenario, written, said) in [
            (
                "a UK mobile",
                "07700 900123",
                "zero double seven, double zero · nine double zero · one two three",
            ),
            (
                "a UK mobile without doubles",
                "07912 345678",
                "zero seven nine, one two · three four five · six seven eight",
            ),
            (
                "a US mobile",
                "(202) 555-0123",
                "two zero two · triple five · zero one two three",
            ),
            (
                "French pairs",
                "+33 6 12 34 56 78",
                "plus double three · six · one two · three four · five six · seven eight",
            ),
            ("four alike", "2222", "double two double two"),
            (
                "an unbroken ten",
                "7700900123",
                "double seven zero · zero nine zero · zero one two three",
            ),
            ("nothing", "", ""),
        ] {
            assert_eq!(spoken(written), said, "{scenario}");
        }
    }
}
