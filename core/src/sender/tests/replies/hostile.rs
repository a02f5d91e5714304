//! Anybody can text the campaign, anything.

use proptest::prelude::*;

use super::*;

#[tokio::test(start_paused = true)]
async fn whoever_is_not_known_is_kept_and_closes_nobody_elses_number() {
    let stall = Stall::new(Scripted::new());
    let waits = stall.agrees(101);
    for (scenario, from, body, outcome, kept_as) in [
        (
            "an unknown number",
            "+447700900777",
            "STOP",
            Outcome::OptedOut,
            "+447700900777",
        ),
        (
            "and its question",
            "07700 900778",
            "Who is this",
            Outcome::ToRead,
            "+447700900778",
        ),
        (
            "an unknown yes",
            "+447700900779",
            "YES",
            Outcome::ToRead,
            "+447700900779",
        ),
        ("a name", "CleanAir", "STOP", Outcome::ToRead, "CleanAir"),
        ("a short code", "60777", "STOP", Outcome::ToRead, "60777"),
        (
            "a short code asks for help",
            "60777",
            "HELP",
            Outcome::ToRead,
            "60777",
        ),
        ("nobody", "", "STOP", Outcome::ToRead, ""),
        (
            "a name of many lines",
            "Bank\nof\u{202e} Us",
            "STOP",
            Outcome::ToRead,
            "Bank of Us",
        ),
    ] {
        let text = text(from, body, stall.clock.now());
        let heard = stall.hears(&text, SILENT, TimeDelta::zero());
        assert_eq!(heard, Some(outcome), "{scenario}");
        let kept = stall
            .storage
            .read(|conn| inbound::newest(conn, kept_as))
            .unwrap();
        assert_eq!(kept.unwrap().body, body, "{scenario}");
    }
    assert!(!stall.is_out(101));
    assert!(
        stall.is_out(777),
        "the number itself is out for whoever gets it"
    );
    assert_eq!(stall.row(waits).state, State::Waiting);
    assert_eq!(stall.since_the_yes(), [What::OptOut]);
}

#[tokio::test(start_paused = true)]
async fn a_hostile_text_is_kept_and_harmless() {
    let long = "a".repeat(10_000);
    let too_long = "b".repeat(25_000);
    let markup = r#"<img src=x onerror="alert(1)">'); DROP TABLE texts; --{first_name}"#;
    for (scenario, body, kept) in [
        ("as long as any", long.clone(), long.clone()),
        ("longer", too_long, format!("{}…", "b".repeat(10_000))),
        ("nothing", String::new(), String::new()),
        ("NUL", "a\0b\0".to_owned(), "ab".to_owned()),
        (
            "control characters",
            "\u{1b}[2J\u{7}\r\n\t".to_owned(),
            "\u{1b}[2J\u{7}\r\n\t".to_owned(),
        ),
        (
            "right to left",
            "\u{202e}POTS\u{2066}".to_owned(),
            "\u{202e}POTS\u{2066}".to_owned(),
        ),
        ("markup and SQL", markup.to_owned(), markup.to_owned()),
        (
            "half an emoji",
            "\u{200d}\u{fe0f}\u{fffd}".to_owned(),
            "\u{200d}\u{fe0f}\u{fffd}".to_owned(),
        ),
    ] {
        let stall = Stall::new(Scripted::new());
        let waits = stall.agrees(101);
        let text = text(&number(101), &body, stall.clock.now());
        let heard = stall.hears(&text, SILENT, TimeDelta::zero());
        assert!(
            matches!(heard, Some(Outcome::ToRead | Outcome::Held)),
            "{scenario}: {heard:?}"
        );
        let newest = stall
            .storage
            .read(|conn| inbound::newest(conn, &number(101)));
        assert_eq!(newest.unwrap().unwrap().body, kept, "{scenario}");
        assert_eq!(stall.row(waits).state, State::Waiting, "{scenario}");
        assert!(!stall.is_out(101), "{scenario}");
        assert_eq!(stall.since_the_yes(), [], "{scenario}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stop_counts_whatever_is_hidden_in_it() {
    for body in [
        "S\0T\0O\0P\0",
        "STOP\0\0\0",
        "\u{202e}STOP\u{202c}",
        " \u{200b}stop\r\n",
    ] {
        let stall = Stall::new(Scripted::new());
        stall.captured(101, State::Delivered, Reason::OnThePhone);
        let outcome = stall.said(101, body, minutes(0));
        assert!(
            matches!(outcome, Outcome::OptedOut | Outcome::Held),
            "{body:?}: {outcome:?}"
        );
    }
}

#[test]
fn no_text_breaks_the_vault_or_the_ledger() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    let stall = Stall::new(Scripted::new());
    stall.captured(101, State::Delivered, Reason::OnThePhone);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let texts = (
        "(\\PC|\\p{Cc}){0,60}",
        "(\\PC|\\p{Cc}){0,20}",
        any::<bool>(),
    );
    let ran = runner.run(&texts, |(body, from, ours)| {
        let from = if ours { number(101) } else { from };
        let text = text(&from, &body, stall.clock.now());
        prop_assert!(stall.hears(&text, SILENT, TimeDelta::zero()).is_some());
        Ok(())
    });
    ran.unwrap();
    stall.ledger();
}
