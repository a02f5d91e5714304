//! The rehearsal says what the claim does: asked of random campaigns at random moments, and then done.

mod campaigns;

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

use super::*;
use crate::sender::{rehearsal::rehearse, settle};
use crate::storage::Conn;
use crate::storage::texts::{Route, Text};
use crate::texts::allowed::{Verdict, valid_for};
use campaigns::{Made, make};

/// How many campaigns are tried.
const CAMPAIGNS: u32 = 1_000;

/// A text that waits for a person is asked about again after this.
const A_DAY: TimeDelta = TimeDelta::days(1);

/// What became of a text.
#[derive(Debug, PartialEq, Eq)]
enum Became {
    /// It left, and may be held for so long.
    Left(Duration),
    /// It stands so, not before then.
    Stands(State, Reason, DateTime<Utc>),
}

/// Claims until nothing is due any more, a few at a time, as in a run.
fn run(conn: &Conn, made: &Made, ground: &Ground) -> crate::Result<HashMap<Uuid, Duration>> {
    let route = Route {
        kind: made.through,
        account: "AC1".to_owned(),
    };
    let mut left = HashMap::new();
    loop {
        let claimed = settle::claim(conn, &route, ground, false, made.at_a_time, made.now)?;
        if claimed.texts.is_empty() && !claimed.decided {
            return Ok(left);
        }
        for text in claimed.texts {
            let again = left.insert(text.id, text.valid_for);
            assert!(again.is_none(), "a text left twice");
        }
    }
}

fn became(conn: &Conn, id: Uuid, left: &HashMap<Uuid, Duration>) -> crate::Result<Became> {
    let row = texts::row(conn, id)?;
    if let Some(valid_for) = left.get(&id) {
        assert_eq!(row.state, State::Sending, "committed before it leaves");
        return Ok(Became::Left(*valid_for));
    }
    Ok(Became::Stands(row.state, row.reason, row.not_before))
}

/// What a verdict promises of a text that stood so before.
fn promised(
    verdict: Verdict,
    before: &Text,
    not_before: DateTime<Utc>,
    may_have_gone: bool,
    now: DateTime<Utc>,
) -> Became {
    match verdict {
        Verdict::Goes { until } => Became::Left(valid_for(until, now).to_std().unwrap()),
        // What is held up, or not due yet, is left as it is.
        Verdict::Waits {
            why: Reason::Trouble(_),
            ..
        } => Became::Stands(before.state, before.reason, not_before),
        Verdict::Waits { why, until } => {
            Became::Stands(State::Waiting, why, until.unwrap_or(now + A_DAY))
        }
        Verdict::Never(_) if may_have_gone => {
            Became::Stands(State::Uncertain, Reason::LookedLongEnough, not_before)
        }
        Verdict::Never(why) => Became::Stands(State::NotSent, why, not_before),
    }
}

/// Rehearses a campaign, runs it, and compares.
fn compare(conn: &Conn, made: &Made) -> crate::Result<Result<(), TestCaseError>> {
    let ground = Ground::read(conn, made.through, made.in_letters, made.gateway_clock)?;
    let foreseen = rehearse(conn, &ground, made.now)?;
    let mut promises = HashMap::new();
    for one in foreseen {
        let text = one.one.text;
        let may_have_gone = texts::may_have_gone(conn, text.id)?;
        // Who moves up waits from now on.
        let not_before = match text.state {
            State::Waiting => one.one.not_before,
            _ => made.now,
        };
        let promise = promised(one.verdict, &text, not_before, may_have_gone, made.now);
        if promises.insert(text.id, (text.kind, promise)).is_some() {
            return Ok(Err(TestCaseError::fail("a text is foreseen twice")));
        }
    }
    let mut before = HashMap::new();
    for id in &made.texts {
        before.insert(*id, became(conn, *id, &HashMap::new())?);
    }
    let left = run(conn, made, &ground)?;
    for id in &made.texts {
        let after = became(conn, *id, &left)?;
        let (kind, promise) = match promises.remove(id) {
            Some((kind, promise)) => (Some(kind), Some(promise)),
            None => (None, before.remove(id)),
        };
        if promise.as_ref() != Some(&after) {
            return Ok(Err(TestCaseError::fail(format!(
                "{kind:?} was to be {promise:?} and is {after:?}"
            ))));
        }
    }
    Ok(Ok(()))
}

#[test]
fn what_is_rehearsed_is_what_happens() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::random().unwrap();
    let storage = Storage::open(&folder.path().join("vault"), &key).unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases: CAMPAIGNS,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    // How often each thing happened: a property over campaigns in which nothing goes would prove little.
    let tally = std::cell::RefCell::new(HashMap::<String, u32>::new());
    let ran = runner.run(&campaigns::any_campaign(), |plan| {
        let mut compared = None;
        let undone = storage.write(|conn| {
            let made = make(conn, &plan)?;
            compared = Some(compare(conn, &made)?);
            for id in &made.texts {
                let row = texts::row(conn, *id)?;
                let what = match row.state {
                    State::Sending => "left".to_owned(),
                    state => format!("{state:?} {:?}", row.reason),
                };
                *tally.borrow_mut().entry(what).or_default() += 1;
            }
            Err::<(), _>(crate::Error::TooLate("rolled back".to_owned()))
        });
        prop_assert!(
            matches!(undone, Err(crate::Error::TooLate(_))),
            "{undone:?}"
        );
        compared.unwrap()
    });
    ran.unwrap();
    let tally = tally.into_inner();
    for what in [
        "left",
        "Waiting QuietHours",
        "Waiting HeldForYou",
        "Waiting NobodyCanReply",
        "Waiting SaidLater",
        "Waiting Queued",
        "NotSent OptedOut",
        "NotSent NoConsent",
        "NotSent TakenBack",
        "NotSent NumberChanged",
        "NotSent NotNeeded",
        "NotSent TooLate",
        "NotSent SharedPhone",
        "Uncertain LookedLongEnough",
    ] {
        let often = tally.get(what).copied().unwrap_or_default();
        assert!(often >= 20, "{what}: {often} times only in {tally:?}");
    }
}
