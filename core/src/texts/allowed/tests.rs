use chrono::TimeZone;

use super::*;

const MAY: Facts = Facts {
    kind: Kind::Confirmation,
    opted_out: false,
    taken_back: false,
    number_changed: false,
    agreed: true,
    confirmed: false,
    asked_for: false,
    undecided: false,
    nobody_can_reply: false,
    elsewhere: Elsewhere::Nothing,
    not_after: None,
};

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 2, 12, 0, 0).unwrap()
}

const GOES: Verdict = Verdict::Goes { until: None };

fn held() -> Verdict {
    Verdict::Waits {
        why: Reason::HeldForYou,
        until: None,
    }
}

fn soon() -> Option<DateTime<Utc>> {
    Some(noon() + TimeDelta::minutes(5))
}

#[test]
fn only_who_agreed_and_nobody_who_opted_out_is_texted() {
    let of = |kind| Facts { kind, ..MAY };
    let test = Facts {
        agreed: false,
        ..of(Kind::Test)
    };
    let out = |facts: Facts| Facts {
        opted_out: true,
        ..facts
    };
    let reply = Facts {
        agreed: false,
        ..of(Kind::Reply)
    };
    let goodbye = Facts {
        not_after: soon(),
        ..out(of(Kind::Goodbye))
    };
    for (scenario, facts, expected) in [
        ("agreed", MAY, GOES),
        (
            "never agreed",
            Facts {
                agreed: false,
                ..MAY
            },
            Verdict::Never(Reason::NoConsent),
        ),
        (
            "taken back, and so is the consent",
            Facts {
                taken_back: true,
                agreed: false,
                ..MAY
            },
            Verdict::Never(Reason::TakenBack),
        ),
        (
            "another number since",
            Facts {
                number_changed: true,
                ..MAY
            },
            Verdict::Never(Reason::NumberChanged),
        ),
        (
            "opted out, though agreed",
            out(MAY),
            Verdict::Never(Reason::OptedOut),
        ),
        (
            "confirmed from their own handset before it left",
            Facts {
                confirmed: true,
                ..MAY
            },
            Verdict::Never(Reason::NotNeeded),
        ),
        ("a reminder", of(Kind::Reminder), GOES),
        (
            "a reminder after a yes",
            Facts {
                confirmed: true,
                ..of(Kind::Reminder)
            },
            Verdict::Never(Reason::NotNeeded),
        ),
        (
            "a reminder after a no",
            Facts {
                agreed: false,
                ..of(Kind::Reminder)
            },
            Verdict::Never(Reason::NotNeeded),
        ),
        ("the organiser's own test", test, GOES),
        (
            "a test to a number that is opted out",
            out(test),
            Verdict::Never(Reason::OptedOut),
        ),
        ("an answer by hand to who agreed", of(Kind::Reply), GOES),
        (
            "an answer by hand to who wrote to us",
            Facts {
                asked_for: true,
                ..reply
            },
            GOES,
        ),
        ("out of the blue", reply, Verdict::Never(Reason::NoConsent)),
        (
            "an answer by hand to who opted out",
            out(Facts {
                asked_for: true,
                ..reply
            }),
            Verdict::Never(Reason::OptedOut),
        ),
        ("the one goodbye", goodbye, Verdict::Goes { until: soon() }),
        (
            "a goodbye after five minutes",
            Facts {
                not_after: Some(noon()),
                ..goodbye
            },
            Verdict::Never(Reason::TooLate),
        ),
        (
            "a sentence that sounds like an opt-out",
            Facts {
                undecided: true,
                ..MAY
            },
            held(),
        ),
        (
            "a reply asked for in vain",
            Facts {
                nobody_can_reply: true,
                undecided: true,
                ..MAY
            },
            Verdict::Waits {
                why: Reason::NobodyCanReply,
                until: None,
            },
        ),
        (
            "and to who has opted out",
            Facts {
                nobody_can_reply: true,
                opted_out: true,
                ..MAY
            },
            Verdict::Never(Reason::OptedOut),
        ),
        (
            "and the goodbye to an earlier one",
            Facts {
                undecided: true,
                ..goodbye
            },
            Verdict::Goes { until: soon() },
        ),
    ] {
        assert_eq!(verdict(facts, None, noon()), expected, "{scenario}");
    }
}

#[test]
fn quiet_hours_hold_everything_but_answers_and_tests() {
    let morning = noon() + TimeDelta::hours(20);
    let closed = Window::Closed {
        until: morning,
        zone: chrono_tz::Europe::London,
        why: crate::texts::hours::ClosedWhy::TooLate,
    };
    for (kind, waits) in [
        (Kind::Confirmation, true),
        (Kind::Reminder, true),
        (Kind::Reply, true),
        (Kind::Goodbye, false),
        (Kind::Help, false),
        (Kind::Test, false),
    ] {
        let said = verdict(Facts { kind, ..MAY }, Some(&closed), noon());
        let expected = match waits {
            true => Verdict::Waits {
                why: Reason::QuietHours,
                until: Some(morning),
            },
            false => GOES,
        };
        assert_eq!(said, expected, "{kind:?}");
    }
    let open = Window::Open { until: morning };
    let goes = Verdict::Goes {
        until: Some(morning),
    };
    assert_eq!(verdict(MAY, Some(&open), noon()), goes);
}

#[test]
fn a_provider_never_holds_a_text_past_the_hours() {
    let left = |minutes| valid_for(Some(noon() + TimeDelta::minutes(minutes)), noon());
    assert_eq!(left(600), VALID_FOR);
    assert_eq!(left(90), TimeDelta::minutes(90));
    assert_eq!(left(0), TimeDelta::minutes(1), "no provider takes less");
    assert_eq!(valid_for(None, noon()), VALID_FOR);
}
