//! May this text leave? Asked in the transaction that claims it, with the facts as they are then.

use super::life::{Kind, Reason};

/// What decides whether a text may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What the text is for.
    pub kind: Kind,
    /// The number is opted out.
    pub opted_out: bool,
    /// The capture was taken back.
    pub taken_back: bool,
    /// The number is not the person's any more.
    pub number_changed: bool,
    /// The person's last word on texts is yes.
    pub agreed: bool,
}

/// The reason why it may not leave, if there is one. An opt-out outranks everything (PECR r22; 47 CFR
/// 64.1200(a)(10)); a text without consent never goes (PECR r22). A test goes to whatever number the
/// organiser typed, unless that number is opted out.
#[must_use]
pub fn never(facts: Facts) -> Option<Reason> {
    if facts.opted_out {
        return Some(Reason::OptedOut);
    }
    if facts.kind == Kind::Test {
        return None;
    }
    [
        (facts.taken_back, Reason::TakenBack),
        (facts.number_changed, Reason::NumberChanged),
        (!facts.agreed, Reason::NoConsent),
    ]
    .into_iter()
    .find_map(|(applies, reason)| applies.then_some(reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAY: Facts = Facts {
        kind: Kind::Confirmation,
        opted_out: false,
        taken_back: false,
        number_changed: false,
        agreed: true,
    };

    #[test]
    fn only_who_agreed_and_nobody_who_opted_out_is_texted() {
        let test = Facts {
            kind: Kind::Test,
            agreed: false,
            ..MAY
        };
        for (scenario, facts, why) in [
            ("agreed", MAY, None),
            (
                "never agreed",
                Facts {
                    agreed: false,
                    ..MAY
                },
                Some(Reason::NoConsent),
            ),
            (
                "taken back, and so is the consent",
                Facts {
                    taken_back: true,
                    agreed: false,
                    ..MAY
                },
                Some(Reason::TakenBack),
            ),
            (
                "another number since",
                Facts {
                    number_changed: true,
                    ..MAY
                },
                Some(Reason::NumberChanged),
            ),
            (
                "opted out, though agreed",
                Facts {
                    opted_out: true,
                    ..MAY
                },
                Some(Reason::OptedOut),
            ),
            ("the organiser's own test", test, None),
            (
                "a test to a number that is opted out",
                Facts {
                    opted_out: true,
                    ..test
                },
                Some(Reason::OptedOut),
            ),
        ] {
            assert_eq!(never(facts), why, "{scenario}");
        }
    }
}
