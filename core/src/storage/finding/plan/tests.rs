//! Every statement that a question can become, for the test of plans.

use chrono::NaiveDate;
use chrono_tz::Europe::London;
use uuid::Uuid;

use super::place::steps_before;
use super::*;
use crate::people::Country;
use crate::storage::finding::asked::Digits;
use crate::storage::finding::telling;
use crate::storage::finding::{Consent, Direction, Filter, Order, Question, TextIs};
use crate::storage::plans::Sorts;

/// Each statement with what it is for, and whether it may put in order what it has found.
pub(in crate::storage) fn every_shape() -> Vec<(String, String, Sorts)> {
    let mut all = Vec::new();
    for by in Sort::ALL {
        for direction in [Direction::Ascending, Direction::Descending] {
            let order = Order { by, direction };
            for (what, tests) in asked() {
                // Only those who are to be put right are asked for in that order.
                let mut conditions = tests.iter().map(|test| test.condition.text.as_str());
                if by == Sort::ToPutRight && !conditions.any(|one| one == "standings.trouble > 0") {
                    continue;
                }
                shapes(&what, &tests, order, &mut all);
            }
        }
    }
    all
}

fn shapes(what: &str, tests: &[Test], order: Order, all: &mut Vec<(String, String, Sorts)>) {
    let conn = Conn::open_in_memory().unwrap();
    let name = format!("{what}, by {:?} {:?}", order.by, order.direction);
    let mut sources = vec![Source::Order];
    sources.extend(tests.iter().enumerate().flat_map(|(index, test)| {
        let few = test.source.as_ref().map(|from| Source::few(index, from));
        let streams = !test.streams.is_empty() && order.by == Sort::CapturedAt;
        few.into_iter()
            .chain(streams.then_some(Source::Stream(index)))
    }));
    for source in sources {
        let plan = Plan {
            conn: &conn,
            tests,
            source,
            ordered: order.into(),
        };
        // Who is in order already is not put in order again: a page of everybody would wait for everybody.
        // But for those with a text of a kind, by their text: two words of the index, and put in order once found.
        let by_text = order.by == Sort::Text
            && tests
                .iter()
                .any(|test| test.condition.text.contains("standings.text"));
        let sorts = match plan.source {
            _ if by_text => Sorts::MaySort,
            Source::Few { .. } => Sorts::MaySort,
            Source::Stream(_) | Source::Order => Sorts::Never,
        };
        all.push((
            format!("page: {name}"),
            format!("{} LIMIT ? OFFSET ?", plan.in_order().text),
            sorts,
        ));
        all.push((
            format!("count: {name}"),
            format!(
                "SELECT count(*) FROM ({})",
                counted(&plan.source, tests, &plan.ordered).text
            ),
            Sorts::MaySort,
        ));
        if !matches!(plan.source, Source::Few { .. }) {
            let steps = steps_before(&plan).into_iter();
            all.extend(steps.map(|sql| (format!("place: {name}"), sql.text, Sorts::MaySort)));
        }
    }
}

/// Nothing, each thing by itself, and everything together.
fn asked() -> Vec<(String, Vec<Test>)> {
    let day = NaiveDate::from_ymd_opt(2026, 5, 1);
    let filter = Filter {
        consent: Some(Consent::Agrees),
        text: Some(TextIs::Failed),
        canvasser: Some(String::new()),
        shift: Some(Uuid::nil()),
        from: day,
        to: day,
        language: Some(String::new()),
        household: Some(true),
        opted_out: Some(true),
        needs_correcting: Some(true),
        act: Some(Uuid::nil()),
    };
    let other = Filter {
        household: Some(false),
        opted_out: Some(false),
        needs_correcting: Some(false),
        text: Some(TextIs::None),
        ..filter.clone()
    };
    let mut tests = vec![
        telling::words(&["a".to_owned(), "b".to_owned()]),
        telling::misspelled("a".to_owned()),
        telling::digits(&Digits {
            parts: vec!["012".to_owned(), "+4412".to_owned()],
            words: vec!["012".to_owned()],
        }),
        telling::digits(&Digits {
            parts: vec!["+4412".to_owned()],
            words: Vec::new(),
        }),
    ];
    for filter in [filter, other] {
        let question = Question {
            filter,
            ..Question::default()
        };
        let home = Country::parse("GB").unwrap();
        tests.extend(telling::filters(&Asked::of(&question, home, &London)));
    }
    let mut all = vec![("nothing asked".to_owned(), Vec::new())];
    all.extend(
        tests
            .iter()
            .map(|test| (test.condition.text.clone(), vec![test.clone()])),
    );
    all.push(("everything asked".to_owned(), tests));
    all
}
