//! Capturing consent.

use super::*;
use crate::Code;
use crate::campaign::AskWording;
use crate::consent::OPINIONS;
use crate::consent::linter::{Rule, Severity};
use crate::texts::life::State;

#[test]
fn point_01_nobody_is_texted_without_a_yes_to_this_campaign_beforehand() {
    let stall = Stall::shut("GB", tuesday());
    for (name, mobile, said) in [
        ("Never asked", "07700 900101", None),
        ("Said no", "07700 900102", Some(false)),
        ("Said yes", "07700 900103", Some(true)),
    ] {
        stall.saves(&person(name, mobile, said), None);
    }
    assert_eq!(stall.outlook(), (1, 0, 0));
    for name in ["Never asked", "Said no"] {
        let text = stall.text_of(name);
        assert_eq!(text.state, State::NotSent, "{name}");
        assert_eq!(text.sentence, "They have not agreed to texts.");
        let again = stall.campaign.try_again(text.id).unwrap_err();
        assert_eq!(again.code(), Code::TooLate, "nobody can let it go");
    }
    let by_hand = stall.campaign.reply("+447700900102", "Vote on Thursday");
    assert_eq!(by_hand.unwrap_err().code(), Code::Invalid);
    assert_eq!(stall.outlook(), (1, 0, 0));
    assert_eq!(stall.campaign.undo().unwrap().name, "Said yes");
    assert_eq!(stall.outlook(), (0, 0, 0), "a yes that was taken back");
}

#[test]
fn point_02_each_purpose_is_asked_apart_nothing_is_ticked_and_no_is_as_easy_as_yes() {
    let stall = Stall::shut("GB", tuesday());
    let start = stall.campaign.start_capture().unwrap();
    let asked: Vec<&str> = start.asks.iter().map(|ask| ask.purpose.as_str()).collect();
    assert_eq!(asked, [TEXTS, OPINIONS]);
    assert!(start.form.answers.is_empty(), "nothing is ticked");
    let answers = |texts: Option<bool>, opinions: Option<bool>| Typed {
        answers: [(TEXTS, texts), (OPINIONS, opinions)]
            .into_iter()
            .filter_map(|(purpose, said)| Some((purpose.to_owned(), said?)))
            .collect(),
        ..person("Amina", "", None)
    };
    for (scenario, form, words) in [
        ("asked nothing", answers(None, None), vec![]),
        (
            "yes to one is nothing to the other",
            answers(Some(true), None),
            vec!["Agreed to texts. Spoken to the canvasser."],
        ),
        (
            "no to one and yes to the other",
            answers(Some(false), Some(true)),
            vec![
                "Said no to texts. Spoken to the canvasser.",
                "Agreed to a note of what they think. Spoken to the canvasser.",
            ],
        ),
        (
            "no to both",
            answers(Some(false), Some(false)),
            vec![
                "Said no to texts. Spoken to the canvasser.",
                "Said no to a note of what they think. Spoken to the canvasser.",
            ],
        ),
    ] {
        stall.saves(&form, None);
        let view = stall.campaign.person(stall.newest()).unwrap();
        let told = view.timeline.into_iter();
        let mut said: Vec<String> = told
            .filter(|told| told.receipt.is_some())
            .map(|told| told.sentence)
            .collect();
        said.reverse();
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        said.sort();
        words.sort();
        assert_eq!(said, words, "{scenario}");
    }
    let opinions_only = Typed {
        mobile: "07700 900109".to_owned(),
        ..answers(None, Some(true))
    };
    stall.saves(&opinions_only, None);
    assert_eq!(stall.outlook(), (0, 0, 0), "a yes to something else");
}

#[test]
fn point_03_the_request_names_who_asks_for_what_and_how_to_withdraw() {
    let stall = Stall::shut("GB", tuesday());
    let asks = stall.campaign.start_capture().unwrap().asks;
    for ask in &asks {
        assert!(ask.wordings.len() >= 6, "in every language");
        for AskWording { language, body, .. } in &ask.wordings {
            assert!(body.contains("Clean Air Now"), "{language}: {body}");
            assert!(
                !body.contains('{'),
                "{language}: nothing is left to fill in: {body}"
            );
            let judged = stall.campaign.wording(&ask.purpose, language).unwrap();
            assert_eq!(judged.findings, [], "{language}: {body}");
        }
    }
    for (scenario, body, rule) in [
        (
            "nobody is named",
            "May we send you texts about the campaign? First you get one text to confirm. You can stop at any \
             time by replying STOP. Do you agree, yes or no?",
            Rule::NoCampaign,
        ),
        (
            "no way out",
            "May Clean Air Now send you texts about the campaign? First you get one text to confirm. Do you \
             agree, yes or no?",
            Rule::NoWayToStop,
        ),
        (
            "it takes the yes for granted",
            "Clean Air Now will text you unless you say no. First you get one text to confirm. You can stop at \
             any time by replying STOP.",
            Rule::PreSupposed,
        ),
    ] {
        let judged = stall.campaign.judge_wording(TEXTS, "en", body).unwrap();
        assert!(
            judged
                .iter()
                .any(|found| found.rule == rule && found.severity == Severity::Forbidden),
            "{scenario}: {judged:?}"
        );
        let refused = stall.campaign.save_wording(TEXTS, "en", body);
        assert_eq!(refused.unwrap_err().code(), Code::Invalid, "{scenario}");
    }
    let with_another = "May Clean Air Now, with Lambeth Renters, send you texts about the campaign: news, events and \
        ways to help? First you get one text to confirm. You can stop at any time by replying STOP. Do you agree, \
        yes or no?";
    stall
        .campaign
        .save_wording(TEXTS, "en", with_another)
        .unwrap();
    let asks = stall.campaign.start_capture().unwrap().asks;
    let english = asks[0]
        .wordings
        .iter()
        .find(|wording| wording.language == "en");
    assert_eq!(
        english.unwrap().body,
        with_another,
        "and is read out as saved"
    );
}

#[test]
fn point_04_every_consent_keeps_who_when_how_by_whom_and_the_exact_words() {
    let stall = Stall::shut("GB", tuesday());
    let shift = stall.campaign.start_shift("Olu", "Brixton tube").unwrap();
    let form = Typed {
        last_name: "Khan".to_owned(),
        language: "cy".to_owned(),
        ..person("Amina", "07700 900101", Some(true))
    };
    let heard = stall.campaign.wording(TEXTS, "cy").unwrap().written;
    stall.saves(&form, None);
    let entry = stall.newest_receipt();
    let another = "A gaiff Clean Air Now anfon negeseuon testun atoch am yr ymgyrch? Gallwch stopio unrhyw bryd: \
        atebwch STOP. Ydych chi'n cytuno, ydw neu nac ydw?";
    stall.campaign.save_wording(TEXTS, "cy", another).unwrap();
    stall.pass(TimeDelta::days(400));
    let receipt = stall.campaign.receipt(entry).unwrap();
    assert_eq!(receipt.campaign, "Clean Air Now");
    assert_eq!(receipt.name, "Amina Khan");
    assert_eq!(receipt.mobile, "07700 900101");
    assert_eq!(receipt.sentence, "Agreed to texts.");
    assert_eq!(receipt.method, "Spoken to the canvasser.");
    assert_eq!(receipt.at, tuesday());
    assert!(
        receipt.local.contains("5 May 2026") && receipt.local.contains("UTC"),
        "the clock on the wall, with its zone: {}",
        receipt.local
    );
    assert_eq!(receipt.canvasser, "Olu");
    assert_eq!(receipt.place, "Brixton tube");
    assert_eq!(receipt.shift, shift.id.to_string());
    assert_eq!(
        receipt.wording, heard.body,
        "what was heard, and not today's"
    );
    assert_eq!(receipt.language, "cy");
    assert_eq!(
        receipt.version,
        format!("Version {} (Cymraeg)", heard.version)
    );
    assert_ne!(
        stall.campaign.wording(TEXTS, "cy").unwrap().written.body,
        receipt.wording
    );
    let line = &stall.ledger()[0];
    assert_eq!(line["entry"]["wording"]["version"], heard.version);
    assert_eq!(line["entry"]["zone"], crate::clock::local_zone());
}

#[test]
fn point_04_the_words_are_those_that_were_there_when_they_answered() {
    let stall = Stall::shut("GB", tuesday());
    let start = stall.campaign.start_capture().unwrap();
    let ask = &start.asks[0];
    let heard = ask.wordings.iter().find(|words| words.language == "en");
    let heard = heard.unwrap().clone();
    let form = Typed {
        // The language is put right after the answer, and the words are changed before it is saved.
        language: "cy".to_owned(),
        wordings: [(TEXTS.to_owned(), heard.id)].into(),
        ..person("Amina", "07700 900101", Some(true))
    };
    stall.campaign.save_draft(start.capture_id, &form).unwrap();
    let another = heard.body.replace("Do you agree", "So, do you agree");
    stall.campaign.save_wording(TEXTS, "en", &another).unwrap();
    let kept = stall.campaign.start_capture().unwrap().form;
    stall.saves(&kept, None);
    let entry = stall.newest_receipt();
    let receipt = stall.campaign.receipt(entry).unwrap();
    assert_eq!(receipt.wording, heard.body);
    assert_eq!(receipt.language, "en");

    // Words of another purpose prove nothing.
    let other = Typed {
        wordings: [(OPINIONS.to_owned(), heard.id)].into(),
        answers: [(OPINIONS.to_owned(), true)].into(),
        ..person("Bo", "07700 900102", None)
    };
    let id = stall.campaign.start_capture().unwrap().capture_id;
    assert!(stall.campaign.save_capture(id, &other, None).is_err());
    assert_eq!(
        stall
            .campaign
            .people(&Question::default(), 0, 10)
            .unwrap()
            .total,
        1
    );
}

#[test]
fn point_05_consent_to_keep_opinions_is_asked_apart_and_names_them() {
    let stall = Stall::shut("GB", tuesday());
    let asks = stall.campaign.start_capture().unwrap().asks;
    let opinions = asks.iter().find(|ask| ask.purpose == OPINIONS).unwrap();
    let english = &opinions
        .wordings
        .iter()
        .find(|wording| wording.language == "en");
    let body = &english.unwrap().body;
    assert!(body.contains("political opinions or union membership"));
    let unnamed = "May Clean Air Now keep a note of what matters to you? You can change your mind and have it deleted \
        at any time. Do you agree, yes or no?";
    let refused = stall.campaign.save_wording(OPINIONS, "en", unnamed);
    assert_eq!(refused.unwrap_err().code(), Code::Invalid);
    let form = Typed {
        answers: [(TEXTS.to_owned(), true), (OPINIONS.to_owned(), false)].into(),
        ..person("Amina", "07700 900101", None)
    };
    stall.saves(&form, None);
    let said: Vec<(String, String)> = stall
        .ledger()
        .iter()
        .map(|line| {
            let word = |key: &str| line["entry"][key].as_str().unwrap().to_owned();
            (word("purpose"), word("what"))
        })
        .collect();
    assert!(said.contains(&(TEXTS.to_owned(), "grant".to_owned())));
    assert!(said.contains(&(OPINIONS.to_owned(), "refusal".to_owned())));
}

#[test]
fn point_07_the_canvasser_reads_the_very_words_hears_a_yes_and_promises_the_text() {
    let stall = Stall::shut("GB", tuesday());
    let start = stall.campaign.start_capture().unwrap();
    let texts = &start.asks[0];
    assert!(start.what_happens.contains("One text"));
    for AskWording {
        language,
        body: shown,
        ..
    } in &texts.wordings
    {
        let form = Typed {
            language: language.clone(),
            ..person(language, "", Some(true))
        };
        stall.saves(&form, None);
        let entry = stall.newest_receipt();
        let receipt = stall.campaign.receipt(entry).unwrap();
        assert_eq!(receipt.wording, *shown, "{language}: to the letter");
        let unpromised = stall.campaign.wording(TEXTS, language).unwrap().findings;
        let rules: Vec<Rule> = unpromised.iter().map(|found| found.rule).collect();
        assert!(!rules.contains(&Rule::NoConfirmation), "{language}");
    }
    let silent = "May Clean Air Now text you? You can stop at any time by replying STOP. Do you agree, yes or no?";
    let found = stall.campaign.judge_wording(TEXTS, "en", silent).unwrap();
    assert!(found.iter().any(|found| found.rule == Rule::NoConfirmation));
    stall.saves(&person("Amina", "07700 900101", Some(true)), None);
    stall.saves(&person("Bo", "07700 900102", None), None);
    assert_eq!(stall.outlook(), (1, 0, 0), "no word is no yes");
}
