//! States whose hours are tighter than 47 CFR 64.1200(c)(1).
//!
//! Most of these rules are for sales and leave out campaigns, or people who agreed. Placard keeps them all the
//! same: a text that waits for the morning does no harm.
//!
//! | state | hours | rule |
//! |---|---|---|
//! | AL | 8am to 8pm, no Sunday or holiday | Ala. Admin. Code r. 770-X-5-.17(1)(b) |
//! | CT | 9am to 8pm | Conn. Gen. Stat. § 42-288a(c), as amended in 2023 |
//! | FL | 8am to 8pm | Fla. Stat. § 501.616(6)(a) |
//! | KY | 10am to 9pm | Ky. Rev. Stat. § 367.46955(16) |
//! | LA | 8am to 8pm, no Sunday or holiday | La. Rev. Stat. § 45:811(2) and (3) |
//! | MA | 8am to 8pm | Mass. Gen. Laws ch. 159C, § 3 |
//! | MD | 8am to 8pm | Md. Code, Com. Law § 14-4502(c) |
//! | MI | 9am to 9pm | Mich. Comp. Laws § 750.540e(1)(f) |
//! | MN | 9am to 9pm | Minn. Stat. § 325E.30 |
//! | MS | 9am to 8pm, no Sunday | Miss. Code § 77-3-723(1): 8am to 8pm Central Standard Time, in summer as well |
//! | NM | 9am to 9pm | N.M. Stat. § 57-12-22(B)(5) |
//! | NV | 9am to 8pm | Nev. Rev. Stat. § 598.0918(3) |
//! | OK | 8am to 8pm | Okla. Stat. tit. 15, § 775C.4(A) |
//! | OR | 8am to 8pm | Or. Laws 2025, HB 3865, from 2026 |
//! | PA | 9am to 7pm, no Sunday or holiday | 73 Pa. Stat. § 2245(a), as amended by Act 47 of 2026 |
//! | RI | 9am to 6pm, Saturday 10am to 5pm, no Sunday or holiday | R.I. Gen. Laws §§ 5-61-2(2), 5-61-3.6 |
//! | SD | 9am to 9pm, no Sunday | S.D. Codified Laws § 37-30A-3(2) |
//! | TX | 9am to 9pm, Sunday noon to 9pm | Tex. Bus. & Com. Code § 301.051; texts since SB 140 (2025) |
//! | UT | no Sunday or holiday | Utah Code § 13-25a-103(3) |
//! | WA | 8am to 8pm | Wash. Rev. Code §§ 19.158.040(2), 80.36.390 |
//! | WY | 8am to 8pm | Wyo. Stat. § 40-12-302(d) |
//!
//! A state's own holidays are in `holidays.rs`, where they follow a rule.

use super::{HOUR, Minute};

/// From, and to.
type Span = (Minute, Minute);

/// A state's rule. No span: no text on that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StateRule {
    pub state: &'static str,
    pub weekdays: Span,
    pub saturday: Span,
    pub sunday: Option<Span>,
    pub holidays: bool,
}

const fn hours(from: Minute, to: Minute) -> Span {
    (from * HOUR, to * HOUR)
}

const fn daily(state: &'static str, span: Span) -> StateRule {
    StateRule {
        state,
        weekdays: span,
        saturday: span,
        sunday: Some(span),
        holidays: true,
    }
}

const fn no_sunday(rule: StateRule) -> StateRule {
    StateRule {
        sunday: None,
        ..rule
    }
}

const fn no_holiday(rule: StateRule) -> StateRule {
    StateRule {
        holidays: false,
        ..rule
    }
}

pub(super) const RULES: [StateRule; 21] = [
    no_holiday(no_sunday(daily("AL", hours(8, 20)))),
    daily("CT", hours(9, 20)),
    daily("FL", hours(8, 20)),
    daily("KY", hours(10, 21)),
    no_holiday(no_sunday(daily("LA", hours(8, 20)))),
    daily("MA", hours(8, 20)),
    daily("MD", hours(8, 20)),
    daily("MI", hours(9, 21)),
    daily("MN", hours(9, 21)),
    no_sunday(daily("MS", hours(9, 20))),
    daily("NM", hours(9, 21)),
    daily("NV", hours(9, 20)),
    daily("OK", hours(8, 20)),
    daily("OR", hours(8, 20)),
    no_holiday(no_sunday(daily("PA", hours(9, 19)))),
    StateRule {
        state: "RI",
        weekdays: hours(9, 18),
        saturday: hours(10, 17),
        sunday: None,
        holidays: false,
    },
    no_sunday(daily("SD", hours(9, 21))),
    StateRule {
        sunday: Some(hours(12, 21)),
        ..daily("TX", hours(9, 21))
    },
    no_holiday(no_sunday(daily("UT", hours(8, 21)))),
    daily("WA", hours(8, 20)),
    daily("WY", hours(8, 20)),
];

/// The rule of a state that has one.
pub(super) fn rule_of(state: &str) -> Option<&'static StateRule> {
    RULES.iter().find(|rule| rule.state == state)
}
