//! Digits are of a number, of a postcode, or of an email address: whichever somebody has is found.

use super::*;

#[test]
fn digits_find_a_number_a_postcode_and_what_an_email_begins_with() {
    let stall = town();
    let at = |first: &str, mobile: &str, postcode: &str, email: &str| {
        stall.capture(first, "Digits", mobile, |form| {
            form.postcode = postcode.to_owned();
            form.email = email.to_owned();
        })
    };
    at("Beverly", "", "90210", "");
    at("Abe", "07700 900175", "20500-0003", "");
    at("Paulette", "", "75011", "");
    at("Year", "", "", "1968.year@example.org");
    at("Both", "07700 900210", "SW9 8JX", "90021@example.org");
    for (typed, found) in [
        ("90210", vec!["Beverly Digits"]),
        ("9021", vec!["Beverly Digits"]),
        ("900210", vec!["Both Digits"]),
        ("20500-0003", vec!["Abe Digits"]),
        ("20500", vec!["Abe Digits"]),
        ("205000003", vec!["Abe Digits"]),
        ("20500 0003", vec!["Abe Digits"]),
        ("750", vec!["Paulette Digits"]),
        ("75011", vec!["Paulette Digits"]),
        // In whichever way, everybody once, and as they came.
        ("9002", vec!["Both Digits"]),
        ("902", vec!["Beverly Digits"]),
        ("0021", vec!["Both Digits"]),
        ("1968", vec!["Year Digits"]),
        ("digits 75", vec!["Paulette Digits"]),
        ("digits 9002", vec!["Both Digits"]),
        ("digits 017", vec!["Abe Digits"]),
        ("07700 900 1", {
            vec!["Abe Digits", "Amina Khan", "Łukasz Wójcik", "Siân Pugh"]
        }),
        ("+44 7700 9002", vec!["Both Digits"]),
        ("+90210", vec![]),
        ("7", vec!["Paulette Digits"]),
    ] {
        assert_eq!(stall.finds(typed), found, "{typed}");
    }
    let agree = Question {
        search: "900".to_owned(),
        ..filtered(Filter {
            consent: Some(Consent::Agrees),
            ..Filter::default()
        })
    };
    let all = ["Both Digits", "Abe Digits", "Amina Khan", "Łukasz Wójcik"];
    assert_eq!(stall.found(&agree)[..4], all);
    for by in [Sort::Name, Sort::Postcode, Sort::Text] {
        for direction in [Direction::Ascending, Direction::Descending] {
            let sorted = Question {
                search: "900".to_owned(),
                sort: Order { by, direction },
                ..Question::default()
            };
            assert_eq!(stall.found(&sorted).len(), 5, "{by:?}");
        }
    }
}
