//! Random campaigns: who agreed and who did not, who shares a phone, who opted out, what waits, and when it is.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::consent::{ReliesOn, Rules};
use crate::storage::inbound::{self, Meaning, Outcome};
use crate::storage::opt_outs;
use crate::texts::hours::Hours;
use crate::texts::life::Hold;

/// Numbers kept free of subscribers, in several zones and countries: few, so that many share one.
const NUMBERS: [&str; 12] = [
    "+447700900101",
    "+447700900102",
    "+447700900103",
    "+12125550101",
    "+13105550102",
    "+18085550103",
    "+18505550104",
    "+16025550105",
    "+17875550106",
    "+14165550107",
    "+17095550108",
    "+18765550109",
];

const POSTCODES: [&str; 6] = ["", "E8 1AA", "10001", "85004", "32501", "96801"];

/// When clocks are changed in London, New York and St John's, and a bank holiday, in seconds since 1970.
const EDGES: [i64; 7] = [
    1_774_746_000, // 29 March 2026, London
    1_792_890_000, // 25 October 2026, London
    1_772_953_200, // 8 March 2026, New York
    1_793_512_800, // 1 November 2026, New York
    1_793_503_800, // and St John's
    1_798_156_800, // 25 December 2026
    1_783_123_200, // 4 July 2026
];

/// What somebody said on texts, last.
#[derive(Debug, Clone, Copy)]
enum Word {
    Nothing,
    Yes,
    Confirmed,
    No,
    YesThenNo,
    YesTakenBack,
    YesUnderOneTakenBack,
}

#[derive(Debug, Clone)]
struct Somebody {
    number: usize,
    postcode: usize,
    word: Word,
    removed: bool,
    moves_to: Option<usize>,
    /// Minutes from now until the confirmation is due, where it was put off.
    put_off: Option<i64>,
    /// An earlier try was lost.
    may_have_gone: bool,
    reminder: bool,
    /// An answer by hand, and whether they had written.
    reply: Option<bool>,
}

/// A campaign to be made.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    home: Country,
    through: gateways::Kind,
    in_letters: bool,
    hours: Option<Hours>,
    relies_on: ReliesOn,
    now: DateTime<Utc>,
    gateway_clock: Option<TimeDelta>,
    people: Vec<Somebody>,
    opted_out: Vec<usize>,
    /// Numbers that sent a likely stop, and whether a person has decided.
    likely: Vec<(usize, bool)>,
    /// Answers to numbers, and minutes from now until they come too late.
    answers: Vec<(usize, bool, i64)>,
    holds: Vec<(Hold, usize)>,
    test: bool,
    at_a_time: usize,
}

/// A campaign in the vault.
pub(super) struct Made {
    pub through: gateways::Kind,
    pub in_letters: bool,
    pub now: DateTime<Utc>,
    pub gateway_clock: Option<TimeDelta>,
    pub texts: Vec<Uuid>,
    pub at_a_time: usize,
}

fn any_word() -> impl Strategy<Value = Word> {
    prop_oneof![
        6 => Just(Word::Yes),
        1 => Just(Word::Nothing),
        1 => Just(Word::Confirmed),
        1 => Just(Word::No),
        1 => Just(Word::YesThenNo),
        1 => Just(Word::YesTakenBack),
        1 => Just(Word::YesUnderOneTakenBack),
    ]
}

/// One in so many.
fn seldom(one_in: u32) -> impl Strategy<Value = bool> {
    (0..one_in).prop_map(|drawn| drawn == 0)
}

fn maybe<T: std::fmt::Debug + Clone>(
    one_in: u32,
    what: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    (seldom(one_in), what).prop_map(|(is, what)| is.then_some(what))
}

fn any_number() -> impl Strategy<Value = usize> {
    0..NUMBERS.len()
}

fn somebody() -> impl Strategy<Value = Somebody> {
    (
        any_number(),
        0..POSTCODES.len(),
        any_word(),
        seldom(8),
        maybe(8, any_number()),
        maybe(4, -90_i64..600),
        seldom(8),
        seldom(5),
        maybe(6, any::<bool>()),
    )
        .prop_map(
            |(
                number,
                postcode,
                word,
                removed,
                moves_to,
                put_off,
                may_have_gone,
                reminder,
                reply,
            )| {
                Somebody {
                    number,
                    postcode,
                    word,
                    removed,
                    moves_to,
                    put_off,
                    may_have_gone,
                    reminder,
                    reply,
                }
            },
        )
}

/// Any moment of two years, often beside the change of a clock or a full hour, or at midday.
fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    let from_edge = (select(EDGES.to_vec()), -130_000_i64..130_000).prop_map(|(at, by)| at + by);
    let any = 1_767_225_600_i64..1_830_297_600;
    let by_the_hour = (
        1_767_225_600_i64 / 3_600..1_830_297_600 / 3_600,
        -200_i64..200,
    )
        .prop_map(|(hour, by)| hour * 3_600 + by);
    let midday = (20_454_i64..21_184, 15_i64..19).prop_map(|(day, hour)| (day * 24 + hour) * 3_600);
    prop_oneof![1 => from_edge, 1 => any, 1 => by_the_hour, 2 => midday]
        .prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

fn any_hours() -> impl Strategy<Value = Option<Hours>> {
    let own = (8_u16..12, 13_u16..22, any::<bool>(), any::<bool>()).prop_map(
        |(from, to, sundays, holidays)| Hours {
            from: from * 60 + 7 * (from % 2),
            to: (to * 60).min(21 * 60),
            sundays,
            holidays,
        },
    );
    prop_oneof![Just(None), own.prop_map(Some)]
}

pub(super) fn any_campaign() -> impl Strategy<Value = Plan> {
    let hold = (
        prop_oneof![1 => Just(Hold::Everything), 3 => Just(Hold::Country), 3 => Just(Hold::Template)],
        any_number(),
    );
    (
        (
            select(vec![Country::GB, Country::US]),
            prop_oneof![
                6 => Just(gateways::Kind::Twilio),
                1 => Just(gateways::Kind::Practice),
            ],
            seldom(8),
            any_hours(),
            select(vec![ReliesOn::Confirmed, ReliesOn::Spoken]),
            any_moment(),
            maybe(4, (-900_i64..900).prop_map(TimeDelta::minutes)),
        ),
        proptest::collection::vec(somebody(), 0..8),
        proptest::collection::vec(any_number(), 0..3),
        proptest::collection::vec((any_number(), any::<bool>()), 0..3),
        proptest::collection::vec((any_number(), any::<bool>(), -5_i64..6), 0..3),
        maybe(6, hold).prop_map(Vec::from_iter),
        seldom(4),
        1_usize..5,
    )
        .prop_map(
            |(
                (home, through, in_letters, hours, relies_on, now, gateway_clock),
                people,
                opted_out,
                likely,
                answers,
                holds,
                test,
                at_a_time,
            )| Plan {
                home,
                through,
                in_letters,
                hours,
                relies_on,
                now,
                gateway_clock,
                people,
                opted_out,
                likely,
                answers,
                holds,
                test,
                at_a_time,
            },
        )
}

/// Writes a campaign.
pub(super) fn make(conn: &Conn, plan: &Plan) -> crate::Result<Made> {
    let now = plan.now;
    let info = campaign::Campaign {
        name: "Clean Air Now".to_owned(),
        organiser: "Sam".to_owned(),
        country: plan.home,
        practice: false,
    };
    campaign::insert(conn, &info, now)?;
    let rules = Rules {
        hours: plan.hours,
        relies_on: plan.relies_on,
        ..Rules::default()
    };
    campaign::set_rules(conn, &rules)?;
    let mut maker = Maker {
        conn,
        now,
        texts: Vec::new(),
        template: campaign::add_template(conn, Kind::Confirmation, "en", "", now)?.id,
    };
    for number in &plan.opted_out {
        let before = now - TimeDelta::hours(3);
        opt_outs::add(conn, &on(*number), Source::Reply, None, before)?;
    }
    for (number, decided) in &plan.likely {
        let id = maker.hears(*number, Meaning::LikelyStop)?;
        if *decided {
            inbound::decide(conn, id, Outcome::DecidedNone, now)?;
        }
    }
    for somebody in &plan.people {
        maker.captures(somebody)?;
    }
    for (number, is_goodbye, until) in &plan.answers {
        let kind = if *is_goodbye {
            Kind::Goodbye
        } else {
            Kind::Help
        };
        let answers = maker.hears(*number, Meaning::Help)?;
        let not_after = Some(now + TimeDelta::minutes(*until));
        maker.text(
            kind,
            None,
            *number,
            (State::Waiting, Reason::Queued),
            Some(answers),
            not_after,
        )?;
    }
    if plan.test {
        maker.text(
            Kind::Test,
            None,
            0,
            (State::Waiting, Reason::Queued),
            None,
            None,
        )?;
    }
    for (hold, number) in &plan.holds {
        let trouble = match hold {
            Hold::Everything => Trouble::Filtered,
            Hold::Country => Trouble::Country,
            Hold::Template => Trouble::TooLong,
        };
        let of = (on(*number).country(), Some(maker.template));
        holds::add(conn, *hold, of, trouble, None, now)?;
    }
    Ok(Made {
        through: plan.through,
        in_letters: plan.in_letters,
        now,
        gateway_clock: plan.gateway_clock,
        texts: maker.texts,
        at_a_time: plan.at_a_time,
    })
}

fn on(number: usize) -> Mobile {
    Mobile::from_e164(NUMBERS[number]).unwrap()
}

struct Maker<'a> {
    conn: &'a Conn,
    now: DateTime<Utc>,
    texts: Vec<Uuid>,
    /// What the confirmations are of.
    template: Uuid,
}

impl Maker<'_> {
    fn captures(&mut self, one: &Somebody) -> crate::Result<()> {
        let (conn, now) = (self.conn, self.now);
        let id = Uuid::now_v7();
        let mut details = Details {
            first_name: "Amina".to_owned(),
            last_name: String::new(),
            mobile: Some(NUMBERS[one.number].to_owned()),
            email: String::new(),
            postcode: POSTCODES[one.postcode].to_owned(),
            language: "en".to_owned(),
        };
        supporters::insert(conn, id, &details, None, None, now)?;
        self.says(id, one.word)?;
        // A number gets one confirmation, whoever shares it.
        let first = !texts::number_has_one(conn, &on(one.number))?;
        let stands = if first {
            (State::Waiting, Reason::Queued)
        } else {
            (State::NotSent, Reason::SharedPhone)
        };
        let text = self.text(Kind::Confirmation, Some(id), one.number, stands, None, None)?;
        if first {
            if one.may_have_gone {
                let lost = Move::to(State::Uncertain, Reason::AnswerLost);
                texts::apply(conn, text, &lost, now)?;
                let mut again = Move::to(State::Waiting, Reason::AskedAgain);
                again.not_before = Some(now);
                texts::apply(conn, text, &again, now)?;
            }
            if let Some(minutes) = one.put_off {
                let mut later = Move::to(State::Waiting, Reason::SaidLater);
                later.not_before = Some(now + TimeDelta::minutes(minutes));
                texts::apply(conn, text, &later, now)?;
            }
        }
        if one.reminder && !self.has_reminder(one.number)? {
            let stands = (State::Waiting, Reason::Queued);
            self.text(Kind::Reminder, Some(id), one.number, stands, None, None)?;
        }
        if let Some(had_written) = one.reply {
            let answers = had_written
                .then(|| self.hears(one.number, Meaning::Other))
                .transpose()?;
            let stands = (State::Waiting, Reason::Queued);
            self.text(Kind::Reply, Some(id), one.number, stands, answers, None)?;
        }
        if let Some(number) = one.moves_to {
            details.mobile = Some(NUMBERS[number].to_owned());
            supporters::update(conn, id, &details, now)?;
        }
        if one.removed {
            supporters::remove(conn, id, now)?;
        }
        Ok(())
    }

    fn has_reminder(&self, number: usize) -> crate::Result<bool> {
        let waiting = texts::all_waiting(self.conn)?;
        Ok(waiting.iter().any(|one| {
            one.text.kind == Kind::Reminder && one.text.mobile.e164() == NUMBERS[number]
        }))
    }

    fn says(&self, supporter: Uuid, word: Word) -> crate::Result<()> {
        let entry = |what, about| {
            let new = ledger::New {
                what,
                purpose: Some(TEXTS),
                method: Method::Spoken,
                supporter: Some(supporter),
                capture: None,
                shift: None,
                wording: None,
                evidence: None,
                about,
                at: self.now,
                zone: "UTC",
                personal: Personal::default(),
            };
            ledger::add(self.conn, &new)
        };
        match word {
            Word::Nothing => {}
            Word::Yes => drop(entry(What::Grant, None)?),
            Word::Confirmed => {
                let yes = entry(What::Grant, None)?;
                entry(What::Confirmation, Some(yes))?;
            }
            Word::No => drop(entry(What::Refusal, None)?),
            Word::YesThenNo => {
                let yes = entry(What::Grant, None)?;
                entry(What::Withdrawal, Some(yes))?;
            }
            Word::YesTakenBack => {
                let yes = entry(What::Grant, None)?;
                entry(What::TakenBack, Some(yes))?;
            }
            Word::YesUnderOneTakenBack => {
                entry(What::Grant, None)?;
                let no = entry(What::Refusal, None)?;
                entry(What::TakenBack, Some(no))?;
            }
        }
        Ok(())
    }

    fn hears(&self, number: usize, meaning: Meaning) -> crate::Result<Uuid> {
        let id = Uuid::now_v7();
        let route = Route {
            kind: gateways::Kind::Twilio,
            account: "AC1".to_owned(),
        };
        let new = inbound::New {
            id,
            route: &route,
            provider_id: &id.to_string(),
            from: NUMBERS[number],
            body: "Hello",
            sent_at: self.now,
            meaning,
        };
        inbound::insert(self.conn, &new, self.now)?;
        Ok(id)
    }

    fn text(
        &mut self,
        kind: Kind,
        supporter: Option<Uuid>,
        number: usize,
        (state, reason): (State, Reason),
        answers: Option<Uuid>,
        not_after: Option<DateTime<Utc>>,
    ) -> crate::Result<Uuid> {
        let id = Uuid::now_v7();
        let new = texts::New {
            id,
            kind,
            supporter,
            template: (kind == Kind::Confirmation).then_some(self.template),
            answers,
            not_after,
            mobile: &on(number),
            body: "Clean Air Now: reply YES or STOP",
            segments: 1,
            state,
            reason,
        };
        texts::insert(self.conn, &new, self.now)?;
        self.texts.push(id);
        Ok(id)
    }
}
