//! Zones by name, and by the city a person knows them by.

use chrono_tz::Tz;

/// British Columbia keeps UTC-7 all year since March 2026.
pub(super) const VANCOUVER: Tz = Tz::America__Dawson_Creek;
/// Alberta keeps UTC-6 all year since 2026.
pub(super) const EDMONTON: Tz = Tz::America__Swift_Current;
/// Manitoba keeps UTC-5 all year since 2026.
pub(super) const WINNIPEG: Tz = Tz::America__Atikokan;
/// Morocco keeps UTC all year since 2026.
const CASABLANCA: Tz = Tz::Africa__Timbuktu;

/// Zones whose law changed after the release of the IANA database in `chrono-tz` (2025b), each with one that
/// keeps the new time already (2026f), and its city. To be emptied once `chrono-tz` has caught up.
const MOVED: [(&str, Tz, &str); 5] = [
    ("America/Vancouver", VANCOUVER, "Vancouver"),
    ("America/Edmonton", EDMONTON, "Edmonton"),
    ("America/Winnipeg", WINNIPEG, "Winnipeg"),
    ("Africa/Casablanca", CASABLANCA, "Casablanca"),
    ("Africa/El_Aaiun", CASABLANCA, "Casablanca"),
];

/// The zone that keeps the time of the one with this name.
pub(super) fn zone_named(name: &str) -> Option<Tz> {
    MOVED
        .iter()
        .find(|(moved, _, _)| *moved == name)
        .map(|(_, zone, _)| *zone)
        .or_else(|| name.parse().ok())
}

/// Zones so far apart that no hour is right in all of them: for a country that does not exist, nothing goes.
pub(super) fn all_round_the_world() -> Vec<Tz> {
    vec![
        Tz::Pacific__Pago_Pago,
        Tz::America__Chicago,
        Tz::Europe__London,
        Tz::Asia__Dhaka,
        Tz::Pacific__Kiritimati,
    ]
}

/// The city that a zone is called by, for a sentence: "Phoenix", "London", "St John's".
#[must_use]
pub fn city(zone: Tz) -> String {
    if let Some((_, _, city)) = MOVED.iter().find(|(_, stand_in, _)| *stand_in == zone) {
        return (*city).to_owned();
    }
    let name = zone.name();
    let last = name.rsplit('/').next().unwrap_or(name);
    match last {
        "St_Johns" => "St John's".to_owned(),
        "Sao_Paulo" => "São Paulo".to_owned(),
        _ => last.replace('_', " "),
    }
}
