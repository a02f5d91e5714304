//! The states of the United States: their zones, and where their ZIP codes are.

use chrono_tz::Tz;

const EASTERN: Tz = Tz::America__New_York;
const CENTRAL: Tz = Tz::America__Chicago;
const MOUNTAIN: Tz = Tz::America__Denver;
const PACIFIC: Tz = Tz::America__Los_Angeles;

/// The zones of each state, the District of Columbia and the territories (49 CFR Part 71).
const STATES: &[(&[&str], &[Tz])] = &[
    (
        &[
            "CT", "DC", "DE", "GA", "MA", "MD", "ME", "NC", "NH", "NJ", "NY", "OH", "PA", "RI",
            "SC", "VA", "VT", "WV",
        ],
        &[EASTERN],
    ),
    (&["FL", "IN", "KY", "MI", "TN"], &[EASTERN, CENTRAL]),
    (
        &["AL", "AR", "IA", "IL", "LA", "MN", "MO", "MS", "OK", "WI"],
        &[CENTRAL],
    ),
    (&["KS", "ND", "NE", "SD", "TX"], &[CENTRAL, MOUNTAIN]),
    (&["CO", "MT", "NM", "UT", "WY"], &[MOUNTAIN]),
    (&["AZ"], &[Tz::America__Phoenix, MOUNTAIN]),
    (&["ID", "OR", "NV"], &[PACIFIC, MOUNTAIN]),
    (&["CA", "WA"], &[PACIFIC]),
    (&["AK"], &[Tz::America__Anchorage, Tz::America__Adak]),
    (&["HI"], &[Tz::Pacific__Honolulu]),
    (&["AS"], &[Tz::Pacific__Pago_Pago]),
    (&["GU"], &[Tz::Pacific__Guam]),
    (&["MP"], &[Tz::Pacific__Saipan]),
    (&["PR"], &[Tz::America__Puerto_Rico]),
    (&["VI"], &[Tz::America__St_Thomas]),
];

const TERRITORIES: [&str; 5] = ["AS", "GU", "MP", "PR", "VI"];

/// The first three digits of ZIP codes, from and to, and the state. The armed forces abroad have their own,
/// which say nothing of where someone is.
const ZIPS: &[(u16, u16, &str)] = &[
    (5, 5, "NY"),
    (6, 7, "PR"),
    (8, 8, "VI"),
    (9, 9, "PR"),
    (10, 27, "MA"),
    (28, 29, "RI"),
    (30, 38, "NH"),
    (39, 49, "ME"),
    (50, 54, "VT"),
    (55, 55, "MA"),
    (56, 59, "VT"),
    (60, 69, "CT"),
    (63, 63, "NY"),
    (70, 89, "NJ"),
    (100, 149, "NY"),
    (150, 196, "PA"),
    (197, 199, "DE"),
    (200, 200, "DC"),
    (201, 201, "VA"),
    (202, 205, "DC"),
    (205, 219, "MD"),
    (205, 205, "VA"),
    (220, 246, "VA"),
    (247, 268, "WV"),
    (270, 289, "NC"),
    (290, 299, "SC"),
    (300, 319, "GA"),
    (320, 339, "FL"),
    (341, 349, "FL"),
    (350, 369, "AL"),
    (370, 385, "TN"),
    (386, 397, "MS"),
    (398, 399, "GA"),
    (400, 427, "KY"),
    (430, 459, "OH"),
    (460, 479, "IN"),
    (480, 499, "MI"),
    (500, 528, "IA"),
    (530, 549, "WI"),
    (550, 567, "MN"),
    (569, 569, "DC"),
    (570, 577, "SD"),
    (580, 588, "ND"),
    (590, 599, "MT"),
    (600, 629, "IL"),
    (630, 658, "MO"),
    (660, 679, "KS"),
    (680, 693, "NE"),
    (700, 714, "LA"),
    (716, 729, "AR"),
    (726, 726, "MO"),
    (730, 732, "OK"),
    (733, 733, "TX"),
    (734, 749, "OK"),
    (739, 739, "TX"),
    (750, 799, "TX"),
    (800, 816, "CO"),
    (820, 831, "WY"),
    (832, 838, "ID"),
    (834, 834, "WY"),
    (840, 847, "UT"),
    (850, 865, "AZ"),
    (870, 884, "NM"),
    (885, 885, "TX"),
    (888, 888, "DC"),
    (889, 898, "NV"),
    (900, 961, "CA"),
    (967, 968, "HI"),
    (969, 969, "GU"),
    (969, 969, "MP"),
    (970, 979, "OR"),
    (980, 994, "WA"),
    (995, 999, "AK"),
];

/// Where a state has several zones: the ZIP codes, by their first three digits, that are in one of them for
/// certain. What is not listed may be in any zone of its state.
const CERTAIN: &[(u16, u16, Tz)] = &[
    (320, 323, EASTERN),
    (325, 325, CENTRAL),
    (326, 349, EASTERN),
    (370, 372, CENTRAL),
    (375, 375, CENTRAL),
    (376, 376, EASTERN),
    (378, 379, EASTERN),
    (380, 385, CENTRAL),
    (400, 400, EASTERN),
    (402, 418, EASTERN),
    (420, 424, CENTRAL),
    (425, 425, EASTERN),
    (460, 462, EASTERN),
    (463, 464, CENTRAL),
    (466, 468, EASTERN),
    (470, 474, EASTERN),
    (476, 477, CENTRAL),
    (478, 478, EASTERN),
    (480, 497, EASTERN),
    (570, 574, CENTRAL),
    (577, 577, MOUNTAIN),
    (580, 584, CENTRAL),
    (587, 587, CENTRAL),
    (660, 676, CENTRAL),
    (679, 679, CENTRAL),
    (680, 689, CENTRAL),
    (693, 693, MOUNTAIN),
    (733, 733, CENTRAL),
    (750, 797, CENTRAL),
    (799, 799, MOUNTAIN),
    (885, 885, MOUNTAIN),
    (832, 834, MOUNTAIN),
    (836, 837, MOUNTAIN),
    (838, 838, PACIFIC),
    (850, 859, Tz::America__Phoenix),
    (863, 864, Tz::America__Phoenix),
    (889, 897, PACIFIC),
    (970, 978, PACIFIC),
    (996, 999, Tz::America__Anchorage),
];

/// A ZIP code of its own: Pago Pago's, among Hawaii's.
const AMERICAN_SAMOA: &str = "96799";

/// The states and the District of Columbia, without the territories.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    STATES
        .iter()
        .flat_map(|(states, _)| states.iter().copied())
        .filter(|state| !TERRITORIES.contains(state))
}

/// The zones of a state. Empty for what is none.
pub(crate) fn zones_of_state(state: &str) -> &'static [Tz] {
    STATES
        .iter()
        .find(|(states, _)| states.contains(&state))
        .map_or(&[], |(_, zones)| zones)
}

/// The zones and states that a ZIP code may be in. `None` if it is no ZIP code, or one of the armed forces.
pub(super) fn of_zip(zip: &str) -> Option<(Vec<Tz>, Vec<&'static str>)> {
    let five = zip.get(..5)?;
    let more = zip.get(5..)?;
    let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if !plain(five) || !plain(more) || !matches!(more.len(), 0 | 4) {
        return None;
    }
    if five == AMERICAN_SAMOA {
        return Some((zones_of_state("AS").to_vec(), vec!["AS"]));
    }
    let three: u16 = five.get(..3)?.parse().ok()?;
    let states: Vec<&'static str> = ZIPS
        .iter()
        .filter(|(from, to, _)| (*from..=*to).contains(&three))
        .map(|(_, _, state)| *state)
        .collect();
    let certain = CERTAIN
        .iter()
        .find(|(from, to, _)| (*from..=*to).contains(&three));
    let mut zones: Vec<Tz> = Vec::new();
    match certain {
        Some((_, _, zone)) => zones.push(*zone),
        None => {
            for zone in states.iter().flat_map(|state| zones_of_state(state)) {
                if !zones.contains(zone) {
                    zones.push(*zone);
                }
            }
        }
    }
    (!states.is_empty()).then_some((zones, states))
}
