//! Twilio's error codes, sorted into the kinds of trouble that decide what happens next
//! (<https://www.twilio.com/docs/api/errors>).

use crate::texts::life::Trouble;

/// What kind of trouble a code of Twilio's is. Twilio adds codes often: one that is not known here is
/// [`Trouble::Other`].
pub(super) fn trouble(code: u32) -> Trouble {
    match code {
        // 20003 not signed in, 20005 account not active, 20006 access denied, 20008 test credentials,
        // 20403 forbidden, 20404 no such account, 30002 account suspended, 70051 the key may not.
        20_003 | 20_005 | 20_006 | 20_008 | 20_403 | 20_404 | 30_002 | 70_051 => {
            Trouble::Credentials
        }
        // 21211 invalid, 21214 cannot be reached, 21217 not valid, 21265 and 21266 a short code or our
        // own number, 21407 and 21614 not a mobile, 21604 missing, 21635 a landline, 30005 unknown to
        // the carrier, 30006 a landline, 30011 cannot take it.
        21_211 | 21_214 | 21_217 | 21_265 | 21_266 | 21_407 | 21_604 | 21_614 | 21_635 | 30_005
        | 30_006 | 30_011 => Trouble::Number,
        21_610 => Trouble::OptedOut,
        // 21210, 21212, 21603, 21606, 21607, 21616 the sender is missing, not ours or cannot text;
        // 21601 and 21659 to 21661 not a Twilio number, not this account's, cannot text; 21701 to 21705
        // the messaging service is gone or empty; 30018, 30024, 30040 the sender is not registered with
        // the carrier; 30028, 30032 to 30035 not verified, suspended or unregistered for the US.
        21_210
        | 21_212
        | 21_601
        | 21_603
        | 21_606
        | 21_607
        | 21_616
        | 21_659..=21_661
        | 21_701..=21_705
        | 30_018
        | 30_024
        | 30_028
        | 30_032..=30_035
        | 30_040 => Trouble::Sender,
        21_408 => Trouble::Country,
        // 21219 and 21608 not a verified number, 21267 no names as sender on trial.
        21_219 | 21_267 | 21_608 => Trouble::TrialAccount,
        // 21605 and 21617 over 1,600 characters, 30019 over the carrier's limit, 30044 over a trial's.
        21_605 | 21_617 | 30_019 | 30_044 => Trouble::TooLong,
        21_612 => Trouble::NoRoute,
        // 30004 blocked, 30007 filtered, 30038 filtered as a passcode, 30039 taken for a loop, 30450
        // taken for fraud.
        30_004 | 30_007 | 30_038 | 30_039 | 30_450 => Trouble::Filtered,
        30_003 => Trouble::PhoneUnreachable,
        // 21611 and 30001 the queue is full, 30017 the carrier is, 30022, 30023 and 30027 over the
        // carrier's rate or daily limit.
        21_611 | 30_001 | 30_017 | 30_022 | 30_023 | 30_027 => Trouble::QueueFull,
        30_036 => Trouble::Expired,
        // 30008 unknown to the carrier, 30410 the carrier did not answer.
        30_008 | 30_410 => Trouble::Unknown,
        _ => Trouble::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_code_has_its_kind() {
        let cases = [
            ("wrong credentials", 20_003, Trouble::Credentials),
            ("account not active", 20_005, Trouble::Credentials),
            ("account suspended", 30_002, Trouble::Credentials),
            ("no such account", 20_404, Trouble::Credentials),
            ("invalid number", 21_211, Trouble::Number),
            ("not a mobile", 21_614, Trouble::Number),
            ("unknown number", 30_005, Trouble::Number),
            ("landline", 30_006, Trouble::Number),
            ("landline, told at once", 21_635, Trouble::Number),
            ("opted out with the carrier", 21_610, Trouble::OptedOut),
            ("sender not ours", 21_606, Trouble::Sender),
            ("sender of another country", 21_659, Trouble::Sender),
            ("sender missing", 21_603, Trouble::Sender),
            ("sender invalid", 21_212, Trouble::Sender),
            ("sender cannot text", 21_601, Trouble::Sender),
            ("messaging service empty", 21_704, Trouble::Sender),
            ("toll-free not verified", 30_032, Trouble::Sender),
            ("campaign suspended", 30_033, Trouble::Sender),
            ("unregistered sender", 30_034, Trouble::Sender),
            ("registration pending", 30_035, Trouble::Sender),
            ("country not enabled", 21_408, Trouble::Country),
            ("trial account", 21_608, Trouble::TrialAccount),
            ("too long", 21_617, Trouble::TooLong),
            ("no way from here to there", 21_612, Trouble::NoRoute),
            ("blocked", 30_004, Trouble::Filtered),
            ("filtered", 30_007, Trouble::Filtered),
            ("phone off", 30_003, Trouble::PhoneUnreachable),
            ("our queue is full", 21_611, Trouble::QueueFull),
            ("queue overflow", 30_001, Trouble::QueueFull),
            ("daily limit", 30_023, Trouble::QueueFull),
            ("validity over", 30_036, Trouble::Expired),
            ("carrier does not say", 30_008, Trouble::Unknown),
            ("price over the limit", 30_010, Trouble::Other),
            ("missing part of a reply", 30_009, Trouble::Other),
            (
                "too many requests is no trouble of a text",
                20_429,
                Trouble::Other,
            ),
            ("a code of tomorrow", 39_999, Trouble::Other),
        ];
        for (name, code, kind) in cases {
            assert_eq!(trouble(code), kind, "{name} ({code})");
        }
    }
}
