//! Who is to be put right, and why.

use super::*;

#[test]
fn who_needs_correcting_is_listed_with_the_reason() {
    let stall = town();
    let now = Utc::now();
    let needs = Filter {
        needs_correcting: Some(true),
        ..Filter::default()
    };
    let amina = stall.waiting();
    let refused = Move::to(State::Failed, Reason::Trouble(Trouble::Number));
    let write = |work: &dyn Fn(&crate::storage::Conn) -> Result<()>| {
        stall.campaign.storage.write(work).unwrap();
    };
    write(&|conn| stored::apply(conn, amina, &refused, now));
    let lost = stall.waiting();
    let unsure = Move::to(State::Uncertain, Reason::LookedLongEnough);
    write(&|conn| stored::apply(conn, lost, &unsure, now));
    let page = stall
        .campaign
        .people(&filtered(needs.clone()), 0, 10)
        .unwrap();
    assert_eq!(page.total, 2);
    for row in page.rows {
        let sentence = row.needs_correcting.unwrap().sentence();
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    let mobile = crate::people::Mobile::from_e164("+447700900123").unwrap();
    let why = "this number cannot get texts. Ask for it again and correct it.";
    write(&|conn| supporters::mark_number(conn, &mobile, why));
    let found = stall.campaign.people(&filtered(needs), 0, 10).unwrap();
    let sentences = found
        .rows
        .into_iter()
        .filter_map(|row| row.needs_correcting);
    assert!(
        sentences
            .map(|needs| needs.sentence())
            .any(|sentence| sentence == format!("The gateway says: {why}"))
    );
}

#[test]
fn who_needs_correcting_comes_by_the_reason_and_of_each_the_newest_first() {
    let stall = Stall::new();
    let now = Utc::now();
    let uncertain = Move::to(State::Uncertain, Reason::LookedLongEnough);
    let mistyped = Move::to(State::Failed, Reason::Trouble(Trouble::Number));
    for (at, (name, moves)) in [
        ("Amina", None),
        ("Bronwen", Some(&uncertain)),
        ("Cerys", Some(&mistyped)),
        ("Dafydd", Some(&uncertain)),
        ("Esther", None),
        ("Frank", Some(&mistyped)),
    ]
    .into_iter()
    .enumerate()
    {
        let mobile = format!("07700 90020{at}");
        stall.capture(name, "", &mobile, |_| {});
        let text = stall.waiting_for(name);
        let mobile = crate::people::Mobile::from_e164(&format!("+44770090020{at}")).unwrap();
        let done = stall.campaign.storage.write(|conn| match moves {
            Some(to) => stored::apply(conn, text, to, now),
            None => supporters::mark_number(conn, &mobile, "this number cannot get texts."),
        });
        done.unwrap();
    }
    stall.capture("George", "", "07700 900210", |_| {});
    let to_put_right = |filter: Filter, direction| Question {
        filter: Filter {
            needs_correcting: Some(true),
            ..filter
        },
        sort: Order {
            by: Sort::ToPutRight,
            direction,
        },
        ..Question::default()
    };
    let everybody = to_put_right(Filter::default(), Direction::Descending);
    let order = ["Dafydd", "Bronwen", "Frank", "Cerys", "Esther", "Amina"];
    assert_eq!(stall.found(&everybody), order);
    let page = stall.campaign.people(&everybody, 0, 10).unwrap();
    let reasons: Vec<_> = page
        .rows
        .iter()
        .map(|row| row.needs_correcting.as_ref().unwrap().name())
        .collect();
    let [text, mistyped, refused] = ["Text uncertain", "Number mistyped", "Number refused"];
    assert_eq!(reasons, [text, text, mistyped, mistyped, refused, refused]);
    // A page of it, as the screen asks for one, and the other way round.
    for (offset, name) in (0..).zip(order) {
        let page = stall.campaign.people(&everybody, offset, 1).unwrap();
        assert_eq!(page.rows[0].name, name);
    }
    let mut back = stall.found(&to_put_right(Filter::default(), Direction::Ascending));
    back.reverse();
    assert_eq!(back, order);
    // Among others whom a filter leaves out.
    let failed = Filter {
        text: Some(TextIs::Failed),
        ..Filter::default()
    };
    let found = stall.found(&to_put_right(failed, Direction::Descending));
    assert_eq!(found, ["Frank", "Cerys"]);
}

#[test]
fn a_text_that_may_have_gone_is_to_be_put_right_whatever_was_written_since() {
    let stall = town();
    let amina = stall.campaign.everybody(&asking("amina")).unwrap()[0];
    let mobile = crate::people::Mobile::from_e164("+447700900123").unwrap();
    let now = Utc::now();
    let lost = stall.waiting_for("Amina Khan");
    let answer = Uuid::now_v7();
    let moves = |text, to| {
        let moved = stall
            .campaign
            .storage
            .write(|conn| stored::apply(conn, text, &to, now));
        moved.unwrap();
    };
    let shown = || {
        let page = stall.campaign.people(&asking("amina"), 0, 1).unwrap();
        let row = page.rows.into_iter().next().unwrap();
        let uncertain = Some(crate::storage::finding::NeedsCorrecting::Uncertain);
        (row.text, row.needs_correcting == uncertain)
    };
    let unsure = || Move::to(State::Uncertain, Reason::LookedLongEnough);
    moves(lost, unsure());
    assert_eq!(shown(), (Some(State::Uncertain), true));
    let reply = stored::New {
        id: answer,
        kind: Kind::Reply,
        supporter: Some(amina),
        template: None,
        answers: None,
        not_after: None,
        mobile: &mobile,
        body: "Hello",
        segments: 1,
        state: State::Waiting,
        reason: Reason::Queued,
    };
    let written = stall
        .campaign
        .storage
        .write(|conn| stored::insert(conn, &reply, now));
    written.unwrap();
    moves(answer, Move::to(State::Delivered, Reason::OnThePhone));
    assert_eq!(shown(), (Some(State::Uncertain), true));
    moves(answer, unsure());
    moves(lost, Move::to(State::Delivered, Reason::OnThePhone));
    assert_eq!(
        shown(),
        (Some(State::Delivered), true),
        "it is the answer now"
    );
    moves(answer, Move::to(State::Delivered, Reason::OnThePhone));
    assert_eq!(shown(), (Some(State::Delivered), false));
    let faults = stall
        .campaign
        .storage
        .write(crate::storage::finding::faults);
    assert_eq!(faults.unwrap(), Vec::<String>::new());
}
