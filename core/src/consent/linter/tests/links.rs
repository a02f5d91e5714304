//! Whose links stand in the words.

use Severity::{Advice, Forbidden};

use super::*;

#[test]
fn public_shorteners_are_found_and_nothing_like_them() {
    let rows: &[Row<'_>] = &[
        (
            "with a scheme",
            "See https://bit.ly/abc.",
            &["https://bit.ly/abc"],
        ),
        ("without", "See bit.ly/abc, please", &["bit.ly/abc"]),
        (
            "capitals",
            "See HTTP://TinyURL.com/A",
            &["HTTP://TinyURL.com/A"],
        ),
        ("with www", "(www.rebrand.ly/x)", &["www.rebrand.ly/x"]),
        ("no path", "t.co", &["t.co"]),
        ("at the end", "Go to is.gd!", &["is.gd"]),
        ("glued", "site:goo.gl/a", &["goo.gl/a"]),
        ("a port", "https://ow.ly:443/a", &["https://ow.ly:443/a"]),
        (
            "somebody before",
            "https://example.org@cutt.ly/a",
            &["https://example.org@cutt.ly/a"],
        ),
        ("wide letters", "ｂｉｔ．ｌｙ/a", &["ｂｉｔ．ｌｙ/a"]),
        ("a hidden mark", "bit.\u{200B}ly/a", &["bit.\u{200B}ly/a"]),
        ("after a curly quote", "‘rb.gy/a’", &["rb.gy/a"]),
        ("end of another", "orbit.ly/a", &[]),
        ("start of another", "https://bit.ly.example.org/a", &[]),
        ("another ending", "t.co.uk", &[]),
        ("in a path", "https://example.org/bit.ly/a", &[]),
        ("with a hyphen", "my-bit.ly", &[]),
        ("an email address", "jo@t.co", &[]),
        ("no link", "a bit. Lyra", &[]),
    ];
    for what in [TEXTS, What::Notice, REMINDER] {
        judged(what, &context(), Rule::Shortener, Forbidden, rows);
    }
}

#[test]
fn links_go_to_the_campaign() {
    let domains = [
        "https://www.Example.org/".to_owned(),
        "müller.example".to_owned(),
    ];
    let ctx = Context {
        domains: &domains,
        ..context()
    };
    let rows: &[Row<'_>] = &[
        (
            "another site",
            "See https://example.com/a.",
            &["https://example.com/a"],
        ),
        (
            "without a scheme",
            "See www.example.com and example.net!",
            &["www.example.com", "example.net"],
        ),
        (
            "one that only ends so",
            "notexample.org",
            &["notexample.org"],
        ),
        (
            "one that only begins so",
            "https://example.org.uk",
            &["https://example.org.uk"],
        ),
        ("its own", "https://example.org/a", &[]),
        ("below it", "Vote.EXAMPLE.org/a", &[]),
        ("in other letters", "https://MÜLLER.example", &[]),
        ("an email address", "jo@example.com", &[]),
        ("a missing space", "Thanks.See you at 7.30", &[]),
        ("a shortener is told as one", "bit.ly/a", &[]),
    ];
    for what in [TEXTS, What::Notice, REMINDER] {
        judged(what, &ctx, Rule::OtherDomain, Advice, rows);
    }
    judged(
        REMINDER,
        &context(),
        Rule::OtherDomain,
        Advice,
        &[("no domains", "https://example.com", &[])],
    );
}
