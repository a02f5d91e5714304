//! What typed numbers are. Where a kind has numbers that no subscriber can have, those are used; pagers, personal
//! numbers and the Isle of Man have none.

use super::*;

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

#[test]
fn mobiles_are_understood_however_they_are_typed() {
    for (scenario, home, typed, e164) in [
        ("as at home", "GB", "07700 900123", "+447700900123"),
        (
            "the first drama number",
            "GB",
            "07700900000",
            "+447700900000",
        ),
        (
            "the last drama number",
            "GB",
            "07700900999",
            "+447700900999",
        ),
        (
            "a spreadsheet ate the zero",
            "GB",
            "7700900123",
            "+447700900123",
        ),
        (
            "a spreadsheet kept it",
            "GB",
            "'07700900123",
            "+447700900123",
        ),
        ("a formula", "GB", "=\"07700900123\"", "+447700900123"),
        (
            "with the dial code",
            "GB",
            "+44 7700 900123",
            "+447700900123",
        ),
        (
            "with both prefixes",
            "GB",
            "+44 (0)7700 900123",
            "+447700900123",
        ),
        ("with 00", "GB", "0044 7700 900123", "+447700900123"),
        (
            "with 00 and both prefixes",
            "GB",
            "0044 (0) 7700 900123",
            "+447700900123",
        ),
        (
            "the dial code without a plus",
            "GB",
            "447700900123",
            "+447700900123",
        ),
        ("a link", "GB", "tel:+44-7700-900123;ext=7", "+447700900123"),
        ("Arabic-Indic digits", "GB", "٠٧٧٠٠٩٠٠١٢٣", "+447700900123"),
        (
            "Extended Arabic-Indic digits",
            "GB",
            "۰۷۷۰۰۹۰۰۱۲۳",
            "+447700900123",
        ),
        ("Bengali digits", "GB", "০৭৭০০৯০০১২৩", "+447700900123"),
        (
            "fullwidth digits",
            "GB",
            "０７７００９００１２３",
            "+447700900123",
        ),
        (
            "copied with marks",
            "GB",
            "\u{202A}+44\u{A0}7700\u{200B} 900123\u{202C}",
            "+447700900123",
        ),
        (
            "a US number in the UK",
            "GB",
            "+1 (202) 555-0123",
            "+12025550123",
        ),
        (
            "as at home in the US",
            "US",
            "(202) 555-0123",
            "+12025550123",
        ),
        (
            "with the long-distance 1",
            "US",
            "1-202-555-0123",
            "+12025550123",
        ),
        (
            "an area code nobody has",
            "US",
            "555-555-0123",
            "+15555550123",
        ),
        (
            "the last fictional number",
            "US",
            "999 555 0199",
            "+19995550199",
        ),
        ("Canadian", "CA", "416-555-0123", "+14165550123"),
        (
            "a UK number in the US, as dialled there",
            "US",
            "011 44 7700 900123",
            "+447700900123",
        ),
        (
            "a UK number in the US, with 00",
            "US",
            "0044 7700 900123",
            "+447700900123",
        ),
    ] {
        let read = Reading::of(typed, country(home));
        assert_eq!(
            read.usable().map(Mobile::e164),
            Some(e164),
            "{scenario}: {}",
            read.sentence()
        );
    }
}

#[test]
fn what_is_no_mobile_is_told_apart_in_words() {
    for (scenario, home, typed, sentence) in [
        ("nothing", "GB", " ", "Without a mobile, no text is sent."),
        ("a plus", "GB", "+", "Keep typing."),
        ("half a dial code", "GB", "+3", "Keep typing."),
        (
            "the first digit",
            "GB",
            "0",
            "Keep typing: a UK mobile has 11 digits.",
        ),
        (
            "one digit short",
            "GB",
            "07700 90012",
            "Keep typing: a UK mobile has 11 digits.",
        ),
        (
            "one digit short, zero eaten",
            "GB",
            "7700 90012",
            "Keep typing: a UK mobile has 11 digits.",
        ),
        (
            "with the dial code",
            "GB",
            "+44 7700",
            "Keep typing: a UK mobile has 10 digits after +44.",
        ),
        (
            "with 00",
            "GB",
            "0044 7700",
            "Keep typing: a UK mobile has 10 digits after +44.",
        ),
        (
            "the dial code, no plus",
            "GB",
            "44770090012",
            "Keep typing: a UK mobile has 10 digits after +44.",
        ),
        (
            "seven digits in the US",
            "US",
            "555-0123",
            "Keep typing: a US mobile has 10 digits.",
        ),
        (
            "the beginning in the US",
            "US",
            "202",
            "Keep typing: a US mobile has 10 digits.",
        ),
        (
            "abroad",
            "GB",
            "+33 6",
            "Keep typing: a mobile in France has 9 digits after +33.",
        ),
        (
            "one digit more",
            "GB",
            "077009001234",
            "That is too long: a UK mobile has 11 digits. A number from another country starts with + and its code.",
        ),
        (
            "two numbers pasted",
            "GB",
            "07700 900123 / 07700 900124",
            "That is too long for one number.",
        ),
        (
            "nobody's",
            "GB",
            "06000 000000",
            "No phone in the UK has that number. Check each digit.",
        ),
        (
            "nobody's in the US",
            "US",
            "555 555 0255",
            "No phone in the US has that number. Check each digit.",
        ),
        (
            "no such country",
            "GB",
            "+999 1234567",
            "No country has that code after the +. Check the first digits.",
        ),
        (
            "a landline",
            "GB",
            "020 7946 0123",
            "That is a landline: it cannot get texts.",
        ),
        (
            "a landline abroad",
            "US",
            "+44 20 7946 0123",
            "That is a landline: it cannot get texts.",
        ),
        (
            "premium",
            "GB",
            "0909 879 0123",
            "That is a premium-rate number: it cannot get texts.",
        ),
        (
            "premium in the US",
            "US",
            "900 555 0123",
            "That is a premium-rate number: it cannot get texts.",
        ),
        (
            "freephone",
            "GB",
            "0808 157 0123",
            "That is a freephone number: it cannot get texts.",
        ),
        (
            "freephone in the US",
            "US",
            "800-555-0199",
            "That is a freephone number: it cannot get texts.",
        ),
        (
            "organisation",
            "GB",
            "0306 999 0123",
            "That is an organisation's number: it cannot get texts.",
        ),
        (
            "personal",
            "GB",
            "070 1234 5678",
            "That is a personal number, not a mobile: it costs more and may not get texts.",
        ),
        (
            "pager",
            "GB",
            "076 4012 3456",
            "That is a pager, not a mobile.",
        ),
        (
            "emergency",
            "GB",
            "999",
            "That is a short code, not a person's mobile.",
        ),
        (
            "emergency in Europe",
            "FR",
            "112",
            "That is a short code, not a person's mobile.",
        ),
        (
            "emergency in the US",
            "US",
            "911",
            "That is a short code, not a person's mobile.",
        ),
        (
            "a charity's short code",
            "GB",
            "60777",
            "That is a short code, not a person's mobile.",
        ),
        (
            "directory enquiries",
            "GB",
            "118 118",
            "That is a short code, not a person's mobile.",
        ),
        (
            "a balance code",
            "GB",
            "*#100#",
            "That is a code with * or #, not a mobile.",
        ),
        (
            "worldwide freephone",
            "GB",
            "+800 1234 5678",
            "That number belongs to no country: Placard cannot text it.",
        ),
        (
            "a spreadsheet's shortening",
            "GB",
            "7.70090E+09",
            "A spreadsheet has shortened this number and lost its last digits. Ask for it again.",
        ),
        (
            "letters",
            "GB",
            "07700 900I23",
            "A mobile number has no letters. Type just the digits.",
        ),
        (
            "signs",
            "GB",
            "07700&900123",
            "That cannot be read as one phone number. Type just the digits.",
        ),
    ] {
        let read = Reading::of(typed, country(home));
        assert_eq!(read.usable(), None, "{scenario}");
        assert_eq!(read.sentence(), sentence, "{scenario}");
    }
}

#[test]
fn the_isle_of_man_shares_the_pagers_prefix_and_is_a_mobile() {
    let read = Reading::of("07624 300000", Country::GB);
    assert_eq!(read.sentence(), "Mobile in the Isle of Man");
    let written = read.usable().map(|mobile| mobile.national(Country::GB));
    assert_eq!(written.as_deref(), Some("07624 300000"));
}

#[test]
fn a_mobile_says_which_country_it_is_from() {
    for (home, typed, country, sentence) in [
        ("GB", "07700 900123", "GB", "UK mobile"),
        ("GB", "+1 202 555 0123", "US", "US mobile"),
        ("US", "416 555 0123", "CA", "Mobile in Canada"),
        ("CA", "555 555 0123", "US", "US mobile"),
    ] {
        let read = Reading::of(typed, self::country(home));
        assert_eq!(read.sentence(), sentence, "{typed}");
        assert_eq!(
            read.usable().map(|mobile| mobile.country().code()),
            Some(country),
            "{typed}"
        );
    }
}
