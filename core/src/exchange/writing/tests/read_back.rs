//! What was written is read back as the same person, and runs in no spreadsheet on the way.

use proptest::prelude::*;

use super::*;
use crate::people::{Reading, one_line};

/// What nobody is called, and what somebody may write who wants a spreadsheet to do something.
const NASTY: [&str; 10] = [
    "=HYPERLINK(\"https://example.org\",\"x\")",
    "+SUM(1;2)",
    "-2+3",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    "a;=1+1",
    "\"quoted\"",
    "O'Neill-Smith, Jr.",
    "＝1",
    "'=1",
];

const NUMBERS: [(&str, Country); 6] = [
    ("+447700900101", Country::GB),
    ("+12025550143", Country::GB),
    ("+12025550143", Country::US),
    ("+447700900101", Country::US),
    ("+447700900999", Country::CA),
    ("+12025550199", Country::CA),
];

/// By which header a format writes what.
fn named(format: Format) -> [&'static str; 3] {
    match format {
        Format::Csv => ["first_name", "last_name", "mobile"],
        Format::NationBuilder => ["first_name", "last_name", "mobile_number"],
        Format::ActionNetwork => ["first_name", "last_name", "mobile_number"],
        Format::Van => ["FirstName", "LastName", "CellPhone"],
        Format::Excel | Format::Osdi => unreachable!("no list with commas"),
    }
}

const LISTS: [Format; 4] = [
    Format::Csv,
    Format::NationBuilder,
    Format::ActionNetwork,
    Format::Van,
];

fn check(first: &str, last: &str, (e164, home): (&str, Country)) {
    let person = Exported {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        mobile: Some(Number {
            e164: e164.to_owned(),
            takes: Takes::Texts,
            do_not_call: false,
        }),
        email: "+amina@example.org".to_owned(),
        ..amina()
    };
    for format in LISTS {
        let rows = cells(&written(
            format,
            &about(home),
            std::slice::from_ref(&person),
        ));
        let runs = |text: &String| text.starts_with(crate::exchange::RUN);
        assert!(!rows[1].iter().any(runs), "{format:?}: {:?}", rows[1]);
        let [first_name, last_name, mobile] = named(format);
        let name = |header| one_line(cell(&rows, 0, header), 1_000);
        assert_eq!(name(first_name), first, "{format:?}");
        assert_eq!(name(last_name), last, "{format:?}");
        let number = cell(&rows, 0, mobile);
        let read = Reading::of(number, home);
        assert_eq!(
            read.usable().map(crate::people::Mobile::e164),
            Some(e164),
            "{format:?}: {number} at home in {}",
            home.code()
        );
        // A spreadsheet takes what is all digits for an amount, and forgets the last of them.
        assert!(number.parse::<f64>().is_err(), "{format:?}: {number}");
    }
}

#[test]
fn nothing_runs_and_everybody_comes_back() {
    for number in NUMBERS {
        for name in NASTY {
            check(name, "Khan", number);
        }
    }
}

proptest! {
    #[test]
    fn any_name_comes_back(first in any::<String>(), last in any::<String>(), number in 0..NUMBERS.len()) {
        check(&one_line(&first, 60), &one_line(&last, 60), NUMBERS[number]);
    }
}

#[test]
fn van_writes_its_own_countrys_numbers_and_codes_as_they_are_written_there() {
    let mut person = amina();
    person.mobile = Some(Number {
        e164: "+12025550143".to_owned(),
        takes: Takes::Texts,
        do_not_call: false,
    });
    person.postcode = "20009-1234".to_owned();
    let rows = cells(&written(Format::Van, &about(Country::US), &[person]));
    assert_eq!(cell(&rows, 0, "CellPhone"), "202-555-0143");
    assert_eq!(cell(&rows, 0, "Zip5"), "20009");
    assert_eq!(cell(&rows, 0, "SMSOptInStatus"), "I");
}
