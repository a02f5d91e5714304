//! What every text says.

use super::*;
use crate::Code;
use crate::campaign::GatewaySaved;
use crate::consent::linter::{Rule, Severity};
use crate::texts::segments::Encoding;

/// The rules that a confirmation breaks for good.
fn forbidden(stall: &Stall, body: &str) -> Vec<Rule> {
    let checked = stall.campaign.preview("en", body).unwrap();
    let findings = checked.judged.findings.into_iter();
    findings
        .filter(|found| found.severity == Severity::Forbidden)
        .map(|found| found.rule)
        .collect()
}

fn refuses_to_save(stall: &Stall, body: &str) -> bool {
    match stall.campaign.save_confirmation("en", body) {
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
        let checked = stall.campaign.preview("en", &with(link)).unwrap();
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
    let letters = |count: usize| "a".repeat(count);
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
        let cost = stall.campaign.reply_cost(&body);
        assert_eq!(
            (cost.encoding, cost.segments),
            (encoding, segments),
            "{scenario}"
        );
    }
    for two in ["^", "{", "}", "[", "]", "\\", "~", "|", "€", "\u{c}"] {
        let cost = stall.campaign.reply_cost(two);
        assert_eq!((cost.encoding, cost.units_used), (gsm, 2), "{two:?}");
        let fits = stall.campaign.reply_cost(&format!("{}{two}", letters(158)));
        assert_eq!(fits.segments, 1, "{two:?}");
        // The pair would stand across the border, and moves over whole: what fits in 306 alone does not.
        let split = format!("{}{two}{}", letters(152), letters(152));
        assert_eq!(stall.campaign.reply_cost(&split).segments, 3, "{two:?}");
    }
    let curly = "{campaign}: we’re glad you agreed. Reply YES, or STOP to get none.";
    let checked = stall.campaign.preview("en", curly).unwrap();
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
    let checked = stall.campaign.preview("en", &long).unwrap();
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
