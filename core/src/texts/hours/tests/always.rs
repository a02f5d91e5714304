//! What holds at any moment, for anyone.

use chrono::{TimeDelta, TimeZone, Timelike, Utc};
use proptest::prelude::*;

use super::*;

fn anyone() -> impl Strategy<Value = (Whereabouts, &'static str)> {
    let by_number = prop::sample::select(vec![
        ("+447700900123", "", "GB"),
        ("+12125550123", "85004", "US"),
        ("+12125550123", "", "US"),
        ("+14015550123", "", "US"),
        ("+15025550123", "96801", "US"),
        ("+18505550123", "", "US"),
        ("+18885550123", "", "US"),
        ("+12145550123", "84101", "US"),
        ("+19075550123", "", "US"),
        ("+61491570156", "", "AU"),
        ("+17095550123", "", "CA"),
        ("+18675550123", "", "CA"),
        ("+79123456789", "", "RU"),
        ("+5511961234567", "", "BR"),
    ])
    .prop_map(|(number, postcode, country)| (whereabouts(number, postcode, country), country));
    let by_zones =
        prop::collection::vec(prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()), 1..4)
            .prop_map(|zones| {
                let at = Whereabouts {
                    zones,
                    states: Vec::new(),
                };
                (at, "FR")
            });
    prop_oneof![by_number, by_zones]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn nothing_ever_goes_outside_the_law_and_waits_are_no_longer_than_they_must(
        second in 1_735_689_600_i64..2_051_222_400,
        (at, country) in anyone(),
        from in 480_u16..1080,
        length in 60_u16..780,
        sundays: bool,
        holidays: bool,
    ) {
        let now = Utc.timestamp_opt(second, 0).unwrap();
        let hours = Hours { from, to: (from + length).min(1260), sundays, holidays };
        let ask = |now| window(now, &at, &hours, country, country);
        let open = |now| matches!(ask(now), Window::Open { .. });
        match ask(now) {
            Window::Open { until } => {
                prop_assert!(until > now);
                for moment in [now, until - TimeDelta::seconds(1)] {
                    prop_assert!(open(moment));
                    for zone in &at.zones {
                        let local = moment.with_timezone(zone);
                        let minute = local.hour() * 60 + local.minute();
                        prop_assert!((480..1260).contains(&minute), "{local}");
                        prop_assert!(minute >= u32::from(hours.from) && minute < u32::from(hours.to));
                    }
                }
                prop_assert!(!open(until));
            }
            Window::Closed { why: ClosedWhy::NoSharedHour, until, .. } => {
                prop_assert_eq!(until, now + TimeDelta::days(1));
                for hour in 0..48 {
                    prop_assert!(!open(now + TimeDelta::hours(hour)));
                }
            }
            Window::Closed { until, zone, .. } => {
                prop_assert!(until > now);
                prop_assert!(open(until));
                prop_assert!(!open(until - TimeDelta::seconds(1)));
                prop_assert!(at.zones.contains(&zone));
            }
        }
    }
}
