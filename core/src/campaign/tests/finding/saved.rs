//! Filters that are saved under a name.

use super::*;

fn sorted(by: Sort) -> Question {
    Question {
        sort: Order {
            by,
            direction: Direction::Ascending,
        },
        ..Question::default()
    }
}

#[test]
fn a_filter_keeps_its_name_until_somebody_says_that_it_is_replaced() {
    let stall = town();
    let save = |name: &str, by, replaces| stall.campaign.save_filter(name, &sorted(by), replaces);
    let kept = || {
        let kept = stall.campaign.saved_filters().unwrap();
        assert_eq!(kept.len(), 1);
        let filter = kept.into_iter().next().unwrap();
        (filter.id, filter.name, filter.question.unwrap().sort.by)
    };
    let saved = save(" By  email ", Sort::Email, false).unwrap().unwrap();
    assert_eq!(kept(), (saved, "By email".to_owned(), Sort::Email));
    assert_eq!(save("By email", Sort::Text, false).unwrap(), None);
    assert_eq!(kept(), (saved, "By email".to_owned(), Sort::Email));
    assert_eq!(save("By email", Sort::Text, true).unwrap(), Some(saved));
    assert_eq!(kept(), (saved, "By email".to_owned(), Sort::Text));
    let nameless = save(" ", Sort::Email, true).unwrap_err();
    assert_eq!(nameless.code(), Code::Invalid);
    stall.campaign.forget_filter(saved).unwrap();
    assert!(stall.campaign.saved_filters().unwrap().is_empty());
}

#[test]
fn a_filter_that_cannot_be_read_is_about_nobody_rather_than_everybody() {
    let stall = town();
    let filter = Filter {
        language: Some("pl".to_owned()),
        ..Filter::default()
    };
    let saved = stall
        .campaign
        .save_filter("Polish", &filtered(filter.clone()), false)
        .unwrap()
        .unwrap();
    let stands = |question: &str| {
        let written = stall.campaign.storage.write(|conn| {
            conn.execute("UPDATE saved_filters SET question = ?1", [question])?;
            Ok(())
        });
        written.unwrap();
        let kept = stall.campaign.saved_filters().unwrap();
        assert_eq!((kept.len(), kept[0].id), (1, saved));
        kept[0].question.clone()
    };
    for question in [
        r#"{"filter":{"language":"pl","tagged":"volunteer"}}"#,
        r#"{"filter":{"consent":"on_paper"}}"#,
        r#"{"radius":5}"#,
        r#"{"sort":{"by":"height","direction":"ascending"}}"#,
        "",
    ] {
        assert!(stands(question).is_none(), "{question}");
    }
    let read = stands(r#"{"filter":{"language":"pl"}}"#);
    assert!(read.is_some_and(|question| question.filter == filter));
}
