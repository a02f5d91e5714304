//! What every text says.

use super::*;
use crate::Code;
use crate::campaign::GatewaySaved;
use crate::consent::linter::{Rule, Severity};
use crate::texts::life::Kind as TextKind;
use crate::texts::segments::Encoding;

/// The rules that a confirmation breaks for good.
fn forbidden(stall: &Stall, body: &str) -> Vec<Rule> {
    let checked = stall
        .campaign
        .preview(TextKind::Confirmation, "en", body)
        .unwrap();
    let findings = checked.judged.findings.into_iter();
    findings
        .filter(|found| found.severity == Severity::Forbidden)
        .map(|found| found.rule)
        .collect()
}

fn refuses_to_save(stall: &Stall, body: &str) -> bool {
    match stall
        .campaign
        .save_template(TextKind::Confirmation, "en", body)
    {
        Ok(_) => false,
        Err(error) => error.code() == Code::Invalid,
    }
}

#[test]
fn point_08_every_text_names_the_sender_and_an_address_to_stop_at_that_works() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    let text = stall.text_of("Amina").body;
    assert!(
        text.contains("Clean Air Now") && text.contains("STOP"),
        "{text}"
    );
    let with_reply = "{campaign}: reply YES to get our texts, or STOP to get none.";
    let with_link = "{campaign}: thanks for agreeing to our texts. To stop: cleanair.example/stop";
    let with_neither = "{campaign}: thanks for agreeing to our texts.";
    let nameless = "Reply YES to get our texts, or STOP to get none.";
    assert_eq!(forbidden(&stall, with_reply), []);
    assert_eq!(forbidden(&stall, nameless), [Rule::NoCampaign]);
    assert_eq!(forbidden(&stall, with_neither), [Rule::NoWayToStop]);
    for body in [nameless, with_neither] {
        assert!(refuses_to_save(&stall, body));
    }
    // From a name in letters, through either kind of gateway.
    stall.sends_through("http://127.0.0.1:9", "CleanAir");
    for through in ["Twilio", "Kannel"] {
        if through == "Kannel" {
            sends_through_kannel(&stall, "CleanAir");
        }
        assert_eq!(
            forbidden(&stall, with_reply),
            [Rule::NobodyCanReply, Rule::NoWayToStop],
            "{through}"
        );
        assert_eq!(
            forbidden(&stall, with_neither),
            [Rule::NoWayToStop],
            "{through}"
        );
        assert_eq!(forbidden(&stall, with_link), [], "{through}");
        assert!(refuses_to_save(&stall, with_reply), "{through}");
        assert!(!refuses_to_save(&stall, with_link), "{through}");
    }
    for sender in ["60777", "MG0123456789abcdef0123456789abcdef"] {
        stall.sends_through("http://127.0.0.1:9", sender);
        assert_eq!(forbidden(&stall, with_reply), [], "{sender}");
    }
    sends_through_kannel(&stall, "60777");
    assert_eq!(
        forbidden(&stall, with_reply),
        [],
        "a short code can be answered"
    );
}

#[test]
fn point_08_an_answer_by_hand_gets_what_it_lacks_and_is_refused_where_nothing_mends_it() {
    const AMINA: &str = "+447700900101";
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    stall.arrives(AMINA, "Where are you today?");
    let typed = "At the market, until five";
    let sent = "At the market, until five\nClean Air Now. Reply STOP to stop.";
    let shown = stall.campaign.preview_reply(AMINA, typed).unwrap();
    assert_eq!(shown.whole, sent);
    assert_eq!(shown.added, "Clean Air Now. Reply STOP to stop.");
    assert_eq!(shown.measure().encoding, Encoding::Gsm7);
    stall.campaign.reply(AMINA, typed).unwrap();
    assert_eq!(stall.text_of("Amina").body, sent);
    let lines = stall.campaign.thread(AMINA).unwrap().lines;
    assert!(
        lines.iter().any(|line| line.body == sent),
        "and so says the thread"
    );
    let refused = |body: &str| {
        let shown = stall.campaign.preview_reply(AMINA, body).unwrap().refused;
        let error = stall.campaign.reply(AMINA, body).unwrap_err();
        assert_eq!(error.code(), Code::Invalid);
        let why = shown.unwrap();
        assert!(error.to_string().contains(&why), "{error}");
        why
    };
    assert!(refused("It is on bit.ly/3xYz").contains("Use a link to the campaign's own site."));
    stall.sends_through("http://127.0.0.1:9", "CleanAir");
    for body in [typed, "Clean Air Now: reply STOP to stop"] {
        assert!(refused(body).contains("PECR r23"), "{body}");
    }
    let with_link = "At the market. To stop: cleanair.example/stop";
    let shown = stall.campaign.preview_reply(AMINA, with_link).unwrap();
    assert_eq!(
        (shown.added.as_str(), shown.refused),
        ("Clean Air Now.", None)
    );
    stall.campaign.reply(AMINA, with_link).unwrap();
}

#[test]
fn point_08_a_text_that_needs_a_reply_waits_while_its_sender_is_a_name() {
    let why = "The sender is a name, so nobody can reply STOP. Change the sender or the text in Settings.";
    let with_link = "{campaign}: thanks for agreeing to our texts. To stop: cleanair.example/stop";
    type Mends = fn(&Stall, &Provider, &str);
    let mends: [(&str, Mends); 2] = [
        ("a number", |stall, provider, _| {
            stall.sends_through(&provider.address(), OURS)
        }),
        ("another way to stop", |stall, _, text| {
            stall
                .campaign
                .save_template(TextKind::Confirmation, "en", text)
                .unwrap();
        }),
    ];
    for (mended_by, mend) in mends {
        let provider = Provider::new();
        let stall = Stall::new("GB", tuesday());
        stall.sends_through(&provider.address(), "CleanAir");
        stall.captured("Amina", "07700 900101", true);
        stall.until("it is held", |_| stall.text_of("Amina").sentence == why);
        let held = stall.text_of("Amina");
        assert_eq!(
            (held.until, held.can_send_now),
            (None, false),
            "{mended_by}"
        );
        let foreseen = stall.forecast().wait.rows.remove(0);
        assert_eq!((foreseen.why.as_str(), foreseen.until), (why, None));
        assert!(stall.tries_the_gateway(), "the organiser's test goes");
        assert_eq!(provider.posts_to("+447700900101"), 0, "{mended_by}");
        mend(&stall, &provider, with_link);
        stall.until("it goes by itself", |_| {
            provider.posts_to("+447700900101") == 1
        });
    }
}

fn sends_through_kannel(stall: &Stall, sender: &str) {
    let mut form = stall.campaign.gateway_form().unwrap();
    form.kind = Kind::Kannel;
    form.kannel.user_name = "stall".to_owned();
    form.kannel.password = "secret".to_owned().into();
    form.kannel.sender = sender.to_owned();
    let saved = stall.campaign.save_gateway(&form).unwrap();
    assert!(matches!(saved, GatewaySaved::Saved { .. }), "{saved:?}");
}

#[test]
fn point_09_the_first_text_in_the_united_states_says_how_often_what_it_costs_help_and_stop() {
    let stall = Stall::shut("US", tuesday());
    let whole = "{campaign}: reply YES to get our texts. Msg frequency varies. Msg & data rates may apply. Reply HELP \
        for help, STOP to cancel.";
    for (index, language) in ["en", "es", "cy", "pl", "ur", "bn"].into_iter().enumerate() {
        let number = format!("(212) 555-011{index}");
        let form = Typed {
            language: language.to_owned(),
            ..person(language, &number, Some(true))
        };
        stall.saves(&form, None);
        let text = stall.text_of(language).body;
        for says in ["Clean Air Now", "HELP", "STOP"] {
            assert!(text.contains(says), "{language} {says}: {text}");
        }
    }
    let text = stall.text_of("en").body;
    for says in ["frequency", "Msg & data rates may apply"] {
        assert!(text.contains(says), "{says}: {text}");
    }
    assert_eq!(forbidden(&stall, whole), []);
    for (left_out, rule) in [
        ("Msg frequency varies. ", Rule::NoFrequency),
        ("Msg & data rates may apply. ", Rule::NoRates),
        ("Reply HELP for help, ", Rule::NoHelp),
        (", STOP to cancel", Rule::NoWayToStop),
        ("{campaign}: ", Rule::NoCampaign),
    ] {
        let body = whole.replace(left_out, "");
        assert_eq!(forbidden(&stall, &body), [rule], "{body}");
        assert!(refuses_to_save(&stall, &body), "{body}");
    }
}

#[test]
fn point_10_links_go_to_the_campaigns_own_domain_and_never_through_a_shortener() {
    let stall = Stall::shut("GB", tuesday());
    let mut rules = stall.campaign.rules().unwrap();
    rules.domains = vec!["cleanair.example".to_owned()];
    stall.campaign.save_rules(&rules).unwrap();
    let with = |link: &str| format!("{{campaign}}: see {link}. Reply YES, or STOP to get none.");
    for link in ["bit.ly/3xYz", "https://tinyurl.com/abc", "t.co/x"] {
        assert_eq!(forbidden(&stall, &with(link)), [Rule::Shortener], "{link}");
        assert!(refuses_to_save(&stall, &with(link)), "{link}");
    }
    for (link, found) in [
        ("https://cleanair.example/join", false),
        ("www.cleanair.example", false),
        ("https://cleanair.example.attacker.example", true),
        ("https://elsewhere.example/join", true),
    ] {
        let checked = stall
            .campaign
            .preview(TextKind::Confirmation, "en", &with(link))
            .unwrap();
        let rules: Vec<Rule> = checked
            .judged
            .findings
            .iter()
            .map(|finding| finding.rule)
            .collect();
        assert_eq!(rules.contains(&Rule::OtherDomain), found, "{link}");
    }
}

#[test]
fn point_11_a_texts_segments_are_counted_as_carriers_count_them() {
    let stall = Stall::shut("GB", tuesday());
    let (gsm, ucs) = (Encoding::Gsm7, Encoding::Ucs2);
    // Nothing is missing in it, so nothing is added.
    let says = "Clean Air Now. STOP ";
    let letters = |count: usize| format!("{says}{}", "a".repeat(count - says.len()));
    let cost_of = |body: &str| {
        let answering = stall.campaign.preview_reply("+447700900101", body).unwrap();
        assert_eq!(answering.whole, body);
        answering.measure()
    };
    let cases = [
        ("one segment", letters(160), gsm, 1),
        ("two joined", letters(161), gsm, 2),
        ("two full", letters(306), gsm, 2),
        ("three", letters(307), gsm, 3),
        ("a curly quote", format!("{}’", letters(69)), ucs, 1),
        ("one more", format!("{}’", letters(70)), ucs, 2),
        ("two full of it", format!("{}’", letters(133)), ucs, 2),
        ("three of it", format!("{}’", letters(134)), ucs, 3),
        ("an emoji is two", format!("{}🙂", letters(68)), ucs, 1),
        ("and one too many", format!("{}🙂", letters(69)), ucs, 2),
    ];
    for (scenario, body, encoding, segments) in cases {
        let cost = cost_of(&body);
        assert_eq!(
            (cost.encoding, cost.segments),
            (encoding, segments),
            "{scenario}"
        );
    }
    for two in ["^", "{", "}", "[", "]", "\\", "~", "|", "€", "\u{c}"] {
        let cost = cost_of(&format!("{}{two}b", letters(29)));
        assert_eq!((cost.encoding, cost.units_used), (gsm, 32), "{two:?}");
        let fits = cost_of(&format!("{}{two}b", letters(157)));
        assert_eq!(fits.segments, 1, "{two:?}");
        // The pair would stand across the border, and moves over whole: what fits in 306 alone does not.
        let split = format!("{}{two}{}", letters(152), letters(152));
        assert_eq!(cost_of(&split).segments, 3, "{two:?}");
    }
    let curly = "{campaign}: we’re glad you agreed. Reply YES, or STOP to get none.";
    let checked = stall
        .campaign
        .preview(TextKind::Confirmation, "en", curly)
        .unwrap();
    let found = checked.judged.findings.iter();
    let offered: Vec<Option<&str>> = found
        .filter(|finding| finding.rule == Rule::ForcesUcs2)
        .map(|finding| finding.replacement.as_deref())
        .collect();
    assert!(
        checked.preview.measure.encoding == ucs,
        "one curly quote turns the whole text"
    );
    // One that costs nothing more is left alone; where it does, the plain one is offered.
    let long = format!("{curly} {}", "It costs you nothing. ".repeat(3));
    let checked = stall
        .campaign
        .preview(TextKind::Confirmation, "en", &long)
        .unwrap();
    let plain = checked
        .judged
        .findings
        .iter()
        .find(|finding| finding.rule == Rule::ForcesUcs2);
    assert_eq!(
        plain.unwrap().replacement.as_deref(),
        Some("'"),
        "{offered:?}"
    );
}
