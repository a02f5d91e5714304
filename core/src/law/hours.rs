//! When texts may come out on a phone.

use super::*;
use crate::Code;
use crate::texts::hours::Hours;
use crate::texts::life::State;

/// A moment, in UTC: "2026-05-05 12:00".
fn utc(at: &str) -> DateTime<Utc> {
    chrono::NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M")
        .unwrap()
        .and_utc()
}

/// Checks, for one person, at each moment whether a text goes, or until when it waits.
fn goes_or_waits(stall: &Stall, scenario: &str, moments: &[(&str, &str)]) {
    for (now, until) in moments {
        stall.it_is(utc(now));
        let forecast = stall.forecast();
        let found = match (forecast.go.count, forecast.wait.rows.first()) {
            (1, None) => String::new(),
            (0, Some(row)) => row.until.unwrap().format("%Y-%m-%d %H:%M").to_string(),
            _ => panic!("{scenario}, {now}: neither"),
        };
        assert_eq!(found, *until, "{scenario}, {now}");
    }
}

#[test]
fn point_12_in_the_united_states_the_hours_are_the_recipients_own() {
    let goes = "";
    for (scenario, mobile, zip, moments) in [
        (
            "New York: nine to eight by default",
            "+1 212 555 0101",
            "",
            &[
                ("2026-05-05 12:59", "2026-05-05 13:00"),
                ("2026-05-05 13:00", goes),
                ("2026-05-05 23:57", goes),
                ("2026-05-05 23:59", "2026-05-06 13:00"),
                ("2026-05-06 00:00", "2026-05-06 13:00"),
            ][..],
        ),
        (
            "New York, the clocks go forward on Sunday",
            "+1 212 555 0101",
            "",
            &[
                ("2026-03-07 13:59", "2026-03-07 14:00"),
                ("2026-03-08 12:59", "2026-03-08 13:00"),
                ("2026-03-08 13:00", goes),
                ("2026-03-08 23:59", "2026-03-09 13:00"),
            ],
        ),
        (
            "and back",
            "+1 212 555 0101",
            "",
            &[
                ("2026-10-31 13:00", goes),
                ("2026-11-01 13:30", "2026-11-01 14:00"),
                ("2026-11-02 00:30", goes),
            ],
        ),
        (
            "Florida has two zones: right in both",
            "+1 850 555 0101",
            "",
            &[
                ("2026-05-05 13:30", "2026-05-05 14:00"),
                ("2026-05-05 14:00", goes),
                ("2026-05-06 00:01", "2026-05-06 14:00"),
            ],
        ),
        (
            "unless the ZIP code says which",
            "+1 850 555 0101",
            "32301",
            &[("2026-05-05 13:00", goes)],
        ),
        (
            "Rhode Island ends at six and keeps Sunday",
            "+1 401 555 0101",
            "",
            &[
                ("2026-05-05 21:30", goes),
                ("2026-05-05 22:00", "2026-05-06 13:00"),
                ("2026-05-10 16:00", "2026-05-11 13:00"),
            ],
        ),
        (
            "Texas begins at noon on Sunday",
            "+1 214 555 0101",
            "",
            &[("2026-05-10 15:00", "2026-05-10 17:00")],
        ),
        (
            "no text on a federal holiday",
            "+1 212 555 0101",
            "",
            &[("2026-07-03 16:00", "2026-07-05 13:00")],
        ),
        (
            "who moved to Arizona: right in both places",
            "+1 212 555 0101",
            "85004",
            &[
                ("2026-05-05 13:30", "2026-05-05 16:00"),
                ("2026-05-05 16:00", goes),
            ],
        ),
    ] {
        let stall = Stall::shut("US", utc("2026-01-05 17:00"));
        let form = Typed {
            postcode: zip.to_owned(),
            ..person("Amina", mobile, Some(true))
        };
        stall.saves(&form, None);
        goes_or_waits(&stall, scenario, moments);
    }
    let stall = Stall::shut("US", tuesday());
    stall.captured("Nowhere", "+1 999 555 0101", true);
    let mut hour = tuesday();
    let mut open = 0;
    for _ in 0..24 {
        stall.it_is(hour);
        let goes = stall.outlook().0 == 1;
        open += u32::from(goes);
        for zone in [
            "America/New_York",
            "America/Los_Angeles",
            "Pacific/Honolulu",
        ] {
            let zone: chrono_tz::Tz = zone.parse().unwrap();
            let there = chrono::Timelike::hour(&hour.with_timezone(&zone));
            assert!(
                !goes || (9..20).contains(&there),
                "{hour} is {there} in {zone}"
            );
        }
        hour += TimeDelta::hours(1);
    }
    assert!(
        open <= 5,
        "an unknown zone gets the hours that are safe in every one"
    );
}

#[test]
fn point_13_in_the_united_kingdom_eight_to_nine_and_never_wider() {
    let goes = "";
    let stall = Stall::shut("GB", utc("2026-01-05 12:00"));
    stall.captured("Amina", "07700 900101", true);
    let by_default = [
        ("2026-05-05 06:59", "2026-05-05 07:00"),
        ("2026-05-05 07:00", goes),
        ("2026-05-05 19:57", goes),
        ("2026-05-05 19:59", "2026-05-06 07:00"),
        ("2026-03-29 06:30", "2026-03-29 07:00"),
        ("2026-03-28 07:30", "2026-03-28 08:00"),
        ("2026-10-25 07:30", "2026-10-25 08:00"),
        ("2026-10-25 20:30", goes),
    ];
    goes_or_waits(&stall, "by default", &by_default);
    let eight_to_nine = stall.campaign.hours().unwrap();
    assert_eq!((eight_to_nine.from, eight_to_nine.to), (8 * 60, 21 * 60));
    let sets = |from: u16, to: u16, sundays: bool| {
        let mut rules = stall.campaign.rules().unwrap();
        rules.hours = Some(Hours {
            from,
            to,
            sundays,
            holidays: false,
        });
        stall.campaign.save_rules(&rules)
    };
    for (from, to) in [(7 * 60, 20 * 60), (8 * 60, 21 * 60 + 1), (0, 24 * 60)] {
        let refused = sets(from, to, true).unwrap_err();
        assert_eq!(refused.code(), Code::Invalid, "{from} to {to}");
        assert_eq!(stall.campaign.hours().unwrap(), eight_to_nine);
    }
    sets(10 * 60, 18 * 60, false).unwrap();
    let tightened = [
        ("2026-05-05 08:59", "2026-05-05 09:00"),
        ("2026-05-05 17:30", "2026-05-06 09:00"),
        ("2026-05-10 12:00", "2026-05-11 09:00"),
    ];
    goes_or_waits(&stall, "tightened", &tightened);
}

#[test]
fn point_14_a_text_that_the_provider_holds_cannot_come_out_at_night() {
    for (scenario, now, longest) in [
        ("at midday", "2026-05-05 12:00", 4 * 3_600),
        ("three hours before the end", "2026-05-05 17:00", 3 * 3_600),
        ("half an hour before", "2026-05-05 19:30", 30 * 60),
        ("three minutes before", "2026-05-05 19:57", 3 * 60),
    ] {
        let provider = Provider::new();
        let stall = Stall::new("GB", utc(now));
        stall.sends_through(&provider.address(), OURS);
        stall.captured(scenario, "07700 900101", true);
        let to = "+447700900101";
        stall.until(scenario, |_| {
            provider.posts_to(to) == 1 && stall.text_of(scenario).state == State::Accepted
        });
        let posts = provider.posts();
        let validity = posts.last().unwrap().validity;
        assert!(
            (longest - 5..=longest).contains(&validity),
            "{scenario}: {validity} seconds"
        );
    }
}
