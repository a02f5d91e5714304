use proptest::prelude::*;

use super::*;

/// Names of the zones as the tables give them, stand-ins by their cities.
fn cities(found: &Whereabouts) -> Vec<String> {
    let mut cities: Vec<String> = found.zones.iter().map(|zone| city(*zone)).collect();
    cities.sort();
    cities
}

/// Scenario, number and postcode, the campaign's country, the cities of the zones, and the states.
const PLACES: &str = "\
    a drama mobile | +447700900123 | GB | London |
    and its postcode | +447700900123 E8 1AA | GB | London |
    in Jersey | +447700900123 JE2 3AB | GB | Jersey |
    in Guernsey | +447700900123 gy1 1aa | GB | Guernsey |
    on Man | +447700900123 IM1 1AA | GB | Isle of Man |
    a mobile of Jersey | +441534555010 | GB | Jersey |
    forces' post | +447700900123 BFPO 1 | GB | London |
    no postcode at all | +447700900123 flat 2 | GB | London |
    New York | +12125550123 | US | New York | NY
    with its ZIP | +12125550123 10001 | US | New York | NY
    next door | +12125550123 07302 | US | New York | NY, NJ
    moved to Phoenix | +12125550123 85004 | US | New York, Phoenix | NY, AZ
    Phoenix | +16025550123 85004-1234 | US | Phoenix | AZ
    Navajo Nation or not | +19285550123 | US | Denver, Phoenix | AZ
    Honolulu | +18085550123 96801 | US | Honolulu | HI
    Pago Pago from Hawaii | +18085550123 96799 | US | Honolulu, Pago Pago | HI, AS
    a split state without a ZIP | +18505550123 | US | Chicago, New York | FL
    its east | +18505550123 32301 | US | New York | FL
    its west | +18505550123 32501 | US | Chicago | FL
    a code laid over it | +14485550123 | US | Chicago, New York | FL
    Indiana's corner | +12195550123 46320 | US | Chicago | IN
    both Dakotas' line | +16055550123 57501 | US | Chicago, Denver | SD
    one exchange of Idaho | +12082265010 | US | Denver | ID
    El Paso | +19155550123 79901 | US | Denver | TX
    Dallas with El Paso's number | +19155550123 75201 | US | Chicago, Denver | TX
    forces' ZIP | +12125550123 09001 | US | New York | NY
    half a ZIP | +12125550123 8500 | US | New York | NY
    a ZIP that is another country's | +12125550123 E8 1AA | US | New York | NY
    Puerto Rico | +17875550123 00901 | US | Puerto Rico | PR
    Guam | +16715550123 | US | Guam | GU
    Washington | +12025550123 | US | New York | DC
    freephone, by its ZIP | +18005550123 85004 | US | Phoenix | AZ
    a US mobile for a British campaign | +12125550123 85004 | GB | New York | NY
    Toronto for a US campaign | +14165550123 10001 | US | Toronto |
    Jamaica | +18765550123 | US | Jamaica |
    St John's | +17095550123 A1A 1A1 | CA | St John's |
    Newfoundland or Labrador | +17095550123 | CA | Halifax, St John's |
    Vancouver | +16045550123 V5K 0A1 | CA | Vancouver |
    Calgary | +14035550123 T2P1J9 | CA | Edmonton |
    Kenora | +18075550123 P9N 1A1 | CA | Toronto, Winnipeg |
    Kolkata | +919876543210 | GB | Kolkata |
    Kathmandu | +9779841234567 | GB | Kathmandu |
    Dublin | +353851234567 | GB | Dublin |
    an Australian mobile in Perth | +61491570156 6000 | AU | Perth |
    in Hobart | +61491570156 7000 | AU | Hobart |
    in Broken Hill | +61491570156 2880 | AU | Broken Hill |
    in Darwin | +61491570156 0800 | AU | Darwin |
    a Sydney line, moved to Perth | +61270101234 6000 | AU | Perth, Sydney |
    no such dial code | +9995550100 | GB | London |
    satellite | +870773111632 10001 | US | New York | NY
    nothing | | NP | Kathmandu |
";

#[test]
fn number_and_postcode_say_where_someone_may_be() {
    for line in PLACES.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [scenario, who, campaign, zones, states] = cells[..] else {
            panic!("{line}");
        };
        let (number, postcode) = who.split_once(' ').unwrap_or((who, ""));
        let found = whereabouts(number, postcode, campaign);
        assert_eq!(cities(&found).join(", "), zones, "{scenario}");
        assert_eq!(found.states.join(", "), states, "{scenario}");
    }
}

#[test]
fn a_number_of_no_region_may_be_anywhere_in_its_country() {
    for (scenario, number, campaign) in [
        ("freephone", "+18885550123", "US"),
        ("freephone, to a British campaign", "+18885550123", "GB"),
        ("an area code that is not given out", "+12115550123", "US"),
        ("cut short", "+12", "US"),
    ] {
        let found = whereabouts(number, "", campaign);
        assert_eq!(
            cities(&found),
            [
                "Adak",
                "Anchorage",
                "Chicago",
                "Denver",
                "Honolulu",
                "Los Angeles",
                "New York",
                "Phoenix"
            ],
            "{scenario}"
        );
        assert_eq!(found.states.len(), 51, "{scenario}");
    }
    let canadian = whereabouts("+18885550123", "", "CA");
    assert!(canadian.zones.contains(&Tz::America__St_Johns));
    assert!(canadian.states.is_empty());
    let mobile = whereabouts("+61491570156", "", "AU");
    for zone in [
        Tz::Australia__Perth,
        Tz::Australia__Adelaide,
        Tz::Australia__Sydney,
    ] {
        assert!(mobile.zones.contains(&zone), "{zone}");
    }
}

#[test]
fn a_country_that_does_not_exist_has_no_guess() {
    assert!(whereabouts("", "", "ZZ").zones.len() > 3);
}

#[test]
fn zones_are_called_by_their_city() {
    for (zone, name) in [
        (Tz::America__Phoenix, "Phoenix"),
        (Tz::Europe__London, "London"),
        (Tz::America__New_York, "New York"),
        (Tz::America__St_Johns, "St John's"),
        (Tz::America__Argentina__Buenos_Aires, "Buenos Aires"),
        (moved::VANCOUVER, "Vancouver"),
        (moved::EDMONTON, "Edmonton"),
        (moved::WINNIPEG, "Winnipeg"),
    ] {
        assert_eq!(city(zone), name);
    }
}

/// Fails once the database has caught up with the laws of 2026: then the stand-ins can go.
#[test]
fn stand_ins_are_needed_still() {
    assert_eq!(chrono_tz::IANA_TZDB_VERSION, "2025b");
}

proptest! {
    #[test]
    fn whatever_is_typed_there_is_a_zone(
        number in "\\+?[0-9]{0,16}|\\PC{0,12}",
        postcode in "[0-9]{5}(-[0-9]{4})?|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|\\PC{0,10}",
        campaign in "US|GB|CA|AU|NP|RU|PR|JE|\\PC{0,3}",
    ) {
        let found = whereabouts(&number, &postcode, &campaign);
        prop_assert!(!found.zones.is_empty());
        for (at, zone) in found.zones.iter().enumerate() {
            prop_assert!(!found.zones[..at].contains(zone));
        }
        for state in &found.states {
            prop_assert!(!zones_of_state(state).is_empty());
        }
    }
}
