//! Scenarios of reading, showing and keeping numbers. Every number is one that no subscriber has, or only
//! the beginning of one.

use proptest::prelude::*;

use super::cleaning::digits_of;
use super::*;

fn country(code: &str) -> Country {
    Country::parse(code).unwrap()
}

fn mobile(typed: &str, home: Country) -> Mobile {
    Reading::of(typed, home).usable().cloned().unwrap()
}

#[test]
fn a_number_is_written_as_people_at_home_write_it() {
    for (scenario, e164, home, written) in [
        ("at home", "+447700900123", "GB", "07700 900123"),
        ("abroad", "+447700900123", "US", "+44 7700 900123"),
        ("at home in the US", "+12025550123", "US", "(202) 555-0123"),
        (
            "a neighbour with the same dial code",
            "+14165550123",
            "US",
            "(416) 555-0123",
        ),
        (
            "the US from the UK",
            "+12025550123",
            "GB",
            "+1 202-555-0123",
        ),
    ] {
        let mobile = Mobile::from_e164(e164).unwrap();
        assert_eq!(mobile.national(country(home)), written, "{scenario}");
    }
    assert_eq!(
        mobile("07700900123", Country::GB).spoken(Country::GB),
        "zero double seven, double zero · nine double zero · one two three"
    );
}

#[test]
fn only_e164_is_taken_back_from_the_vault() {
    for (scenario, stored) in [
        ("no plus", "447700900123"),
        ("national", "07700900123"),
        ("spaces", "+44 7700 900123"),
        ("the zero left in", "+4407700900123"),
        ("no such country", "+9991234567"),
        ("no country's", "+80012345678"),
        ("too short", "+44770"),
        ("too long", "+4477009001234567"),
        ("other digits", "+٤٤٧٧٠٠٩٠٠١٢٣"),
        ("nothing", ""),
    ] {
        assert_eq!(Mobile::from_e164(stored), Err(NotAMobile), "{scenario}");
    }
}

#[test]
fn neither_debug_nor_errors_show_a_number() {
    let mobile = mobile("07700 900123", Country::GB);
    assert_eq!(format!("{mobile:?}"), "Mobile(+44…23)");
    assert_eq!(
        format!("{:?}", Reading::Mobile(mobile)),
        "Mobile(Mobile(+44…23))"
    );
    assert_eq!(NotAMobile.to_string(), "not a phone number in E.164 form");
}

fn homes() -> impl Strategy<Value = Country> {
    prop::sample::select(Country::all().collect::<Vec<_>>())
}

/// What a hand or a clipboard may bring.
fn typing() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,30}",
        "[+]?[0-9 ().-]{0,24}",
        "(tel:)?[+(]{0,2}[0-9٠-٩۰-۹০-৯ \u{200F}\u{A0}]{0,18}(;ext=[0-9]{1,3})?",
        "[=']{0,2}\"?0?7700 ?900[0-9]{3}\"?",
        any::<String>(),
    ]
}

/// Numbers that no subscriber has, as the digits after the plus.
fn dramatic_numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..1000u32).prop_map(|last| format!("447700900{last:03}")),
        (200..1000u32, 100..200u32).prop_map(|(area, last)| format!("1{area}5550{last}")),
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_and_has_a_sentence(typed in typing(), home in homes()) {
        let read = Reading::of(&typed, home);
        prop_assert!(!read.sentence().is_empty());
        if let Some(mobile) = read.usable() {
            prop_assert_eq!(&Mobile::from_e164(mobile.e164()).unwrap(), mobile);
            prop_assert!(!mobile.spoken(home).is_empty());
        }
    }

    #[test]
    fn grouping_keeps_every_digit_in_its_place(typed in typing(), home in homes()) {
        let shown = typed_as(&typed, home);
        prop_assert_eq!(digits_of(&shown), digits_of(&typed));
        prop_assert_eq!(typed_as(&shown, home), shown.clone());
        prop_assert_eq!(Reading::of(&shown, home), Reading::of(&typed, home));
    }

    #[test]
    fn a_mobile_survives_the_vault_and_being_written_out(digits in dramatic_numbers(), home in homes()) {
        let e164 = format!("+{digits}");
        // Toll-free and premium area codes stay what they are.
        if let Some(mobile) = Reading::of(&e164, home).usable() {
            prop_assert_eq!(mobile.e164(), &e164);
            let written = mobile.national(home);
            prop_assert_eq!(Reading::of(&written, home), Reading::Mobile(mobile.clone()));
        }
    }
}
