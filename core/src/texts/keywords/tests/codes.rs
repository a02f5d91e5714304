use super::*;

#[test]
fn a_code_joins() {
    let codes = |texts: &[(&str, &str, Option<&str>)]| {
        for (scenario, text, code) in texts {
            let expected = code.map_or(Other, |code| Meaning::Join(code.to_owned()));
            assert_eq!(meaning(text), expected, "{scenario}: {text:?}");
        }
    };
    codes(&[
        ("as the handset sends it", "JOIN 7K3M", Some("7K3M")),
        ("autocorrected", "Join 7k3m.", Some("7K3M")),
        ("quoted", "“JOIN 7K3M”", Some("7K3M")),
        ("each part quoted", "join \"7k3m\"", Some("7K3M")),
        ("a colon", "Join: 7K3M!", Some("7K3M")),
        ("no space", "JOIN7K3M", Some("7K3M")),
        ("a hyphen in the code", "JOIN 7K-3M", Some("7K3M")),
        ("a space in the code", "join 7k 3m", Some("7K3M")),
        ("spelled", "JOIN 7 K 3 M", Some("7K3M")),
        ("all of it spelled", "J O I N 7 K 3 M", Some("7K3M")),
        ("a line break", "JOIN\n7K3M", Some("7K3M")),
        ("a line break in the code", "JOIN 7K\r\n3M", Some("7K3M")),
        ("full-width", "ＪＯＩＮ　７Ｋ３Ｍ", Some("7K3M")),
        ("a keyboard with other digits", "JOIN ৭K৩M", Some("7K3M")),
        ("an emoji", "JOIN 7K3M 👍", Some("7K3M")),
        ("one digit over and over", "JOIN 777K", Some("777K")),
        ("a greeting before", "Hello! Join 7K3M", Some("7K3M")),
        ("thanks after", "Join 7K3M thanks x", Some("7K3M")),
        ("a yes after", "JOIN 7K3M yes please", Some("7K3M")),
        ("a name after", "JOIN 7K3M from Amina Khan", Some("7K3M")),
        ("asked", "join 7k3m?", Some("7K3M")),
        (
            "a signature",
            "JOIN 7K3M\n\nAmina Khan\nUnit 4",
            Some("7K3M"),
        ),
        (
            "what the handset adds",
            "JOIN 7K3M\nSent from my phone",
            Some("7K3M"),
        ),
        ("the code alone", "7k3m", Some("7K3M")),
        ("the code alone, parted", " 7K - 3M. ", Some("7K3M")),
        ("the code and thanks", "7K3M thank you", Some("7K3M")),
        ("no code", "JOIN", None),
        ("a letter that no code has", "JOIN 7K0M", None),
        ("too short", "JOIN 7K3", None),
        ("too long", "JOIN 7K3MM", None),
        ("two codes", "JOIN 7K3M 9C4F", None),
        ("letters only", "JOIN KMNP", None),
        ("digits only", "JOIN 3467", None),
        ("a word of four letters", "thnx", None),
        ("a year", "1997", None),
        ("a wish on the line", "JOIN 7K3M but not on Sundays", None),
        ("a wish below", "JOIN 7K3M\nbut only on weekdays", None),
        ("a no after", "JOIN 7K3M no", None),
        ("a no below", "JOIN 7K3M\nno", None),
        ("a name below a code without JOIN", "7K3M\nAmina", None),
        ("within a sentence", "How do I join 7K3M", None),
        ("joining", "Joining 7K3M", None),
    ]);
    all_mean(
        &LikelyStop,
        &[
            "JOIN 7K3M\nplease remove me",
            "JOIN 7K3M. Stop",
            "Stop 7K3M",
        ],
    );
}

#[test]
fn no_two_letters_of_a_code_can_be_mistaken() {
    assert!(CODE_LETTERS.len() >= 20);
    for group in [
        "0ODQ", "1ILJ", "2Z", "5S", "8B3", "6G", "UV", "4A", "CG", "E3",
    ] {
        let used = group.chars().filter(|c| CODE_LETTERS.contains(*c)).count();
        assert!(used <= 1, "{group}");
    }
    for (at, letter) in CODE_LETTERS.char_indices() {
        assert!(letter.is_ascii_uppercase() || letter.is_ascii_digit());
        assert!(!CODE_LETTERS[at + 1..].contains(letter), "{letter} twice");
    }
}

#[test]
fn a_code_has_a_letter_and_a_digit() {
    for (code, expected) in [
        ("7K3M", true),
        ("777K", true),
        ("KMN9", true),
        ("7k3m", false),
        ("KMNP", false),
        ("3467", false),
        ("7K3", false),
        ("7K3MM", false),
        ("7K3O", false),
        ("", false),
        ("é7K", false),
    ] {
        assert_eq!(is_code(code), expected, "{code}");
    }
}
