//! Every statement that a question can become, for the test of plans.

use chrono::NaiveDate;
use chrono_tz::Europe::London;
use uuid::Uuid;

use super::place::steps_before;
use super::*;
use crate::people::Country;
use crate::storage::finding::telling;
use crate::storage::finding::{Consent, Direction, Filter, Order, Question, TextIs};

/// Each statement with what it is for.
pub(in crate::storage) fn every_shape() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for by in [
        Sort::Name,
        Sort::FirstName,
        Sort::Mobile,
        Sort::Email,
        Sort::Postcode,
        Sort::Language,
        Sort::CapturedAt,
        Sort::UpdatedAt,
        Sort::Canvasser,
    ] {
        for direction in [Direction::Ascending, Direction::Descending] {
            let order = Order { by, direction };
            for (what, tests) in asked() {
                shapes(&what, &tests, order, &mut all);
            }
        }
    }
    all
}

fn shapes(what: &str, tests: &[Test], order: Order, all: &mut Vec<(String, String)>) {
    let conn = Conn::open_in_memory().unwrap();
    let name = format!("{what}, by {:?} {:?}", order.by, order.direction);
    let mut sources = vec![Source::Order];
    sources.extend(tests.iter().enumerate().flat_map(|(index, test)| {
        let few = test.source.as_ref().map(|from| Source::few(index, from));
        let stream = test.stream.as_ref().map(|_| Source::Stream(index));
        few.into_iter()
            .chain(stream.filter(|_| order.by == Sort::CapturedAt))
    }));
    for source in sources {
        let plan = Plan {
            conn: &conn,
            tests,
            source,
            ordered: order.into(),
        };
        let page = select(plan.who(), &plan.source, tests, &plan.ordered, true);
        all.push((
            format!("page: {name}"),
            format!("{} LIMIT ? OFFSET ?", page.text),
        ));
        all.push((
            format!("count: {name}"),
            counted(&plan.source, tests, &plan.ordered).text,
        ));
        if !matches!(plan.source, Source::Few { .. }) {
            let steps = steps_before(&plan).into_iter();
            all.extend(steps.map(|sql| (format!("place: {name}"), sql.text)));
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
        telling::number(&["012".to_owned(), "+4412".to_owned()]),
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
