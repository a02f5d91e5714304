//! What the organiser asks beside what comes ready.

use super::*;
use crate::consent::defaults::Language;
use crate::consent::{Channel, OPINIONS};

impl Stall {
    /// What the form asks, as a yes is called.
    fn asked(&self) -> Vec<String> {
        let asks = self.form().asks.into_iter();
        asks.map(|ask| ask.label).collect()
    }

    fn add(&self, channel: Channel, about: &str) -> PurposeRow {
        self.campaign.add_purpose(channel, about).unwrap()
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T>) -> (&'static str, String) {
    let error = outcome.unwrap_err();
    (error.field().unwrap(), error.to_string())
}

#[test]
fn two_purposes_come_ready_and_cannot_be_retired() {
    let stall = Stall::new();
    assert_eq!(stall.asked(), ["Agrees to texts", "Keeps what I think"]);
    let rows = stall.campaign.purposes().unwrap();
    assert!(rows.iter().all(|row| row.added_at.is_none()), "{rows:?}");
    for key in [TEXTS, OPINIONS] {
        let (field, _) = refused(stall.campaign.retire_purpose(key));
        assert_eq!(field, "purpose", "{key}");
    }
    assert_eq!(stall.asked().len(), 2);
}

#[test]
fn an_own_purpose_is_asked_at_once_in_every_language() {
    let stall = Stall::new();
    for (channel, about, key, name, label) in [
        (
            Channel::Calls,
            "volunteering",
            "calls-volunteering",
            "Calls about volunteering",
            "Agrees to calls about volunteering",
        ),
        (
            Channel::Email,
            " the  AGM ",
            "emails-the-agm",
            "Emails about the AGM",
            "Agrees to emails about the AGM",
        ),
        (
            Channel::Post,
            "volunteering",
            "letters-volunteering",
            "Letters about volunteering",
            "Agrees to letters about volunteering",
        ),
        (
            Channel::Texts,
            "জনসভা",
            "texts-2",
            "Texts about জনসভা",
            "Agrees to texts about জনসভা",
        ),
        (
            Channel::Texts,
            "সভা",
            "texts-3",
            "Texts about সভা",
            "Agrees to texts about সভা",
        ),
    ] {
        let row = stall.add(channel, about);
        assert_eq!((row.key.as_str(), row.name.as_str()), (key, name));
        let asks = stall.form().asks;
        let ask = asks.last().unwrap();
        assert_eq!((ask.label.as_str(), ask.name.as_str()), (label, name));
        let said = about.split_whitespace().collect::<Vec<_>>().join(" ");
        for language in Language::ALL {
            let judged = stall.campaign.wording(key, language.tag()).unwrap();
            assert_eq!(judged.written.version, 1, "{name}, {language:?}");
            assert!(judged.written.body.contains(&said), "{name}, {language:?}");
            assert_eq!(judged.findings, [], "{name}, {language:?}");
        }
    }
}

#[test]
fn what_cannot_be_asked_says_why() {
    let stall = Stall::new();
    stall.add(Channel::Calls, "volunteering");
    let long = "a".repeat(81);
    for (scenario, channel, about, field, sentence) in [
        (
            "nothing",
            Channel::Calls,
            "  ",
            "about",
            "Type what it is about.",
        ),
        ("too long", Channel::Calls, &long, "about", "80 characters"),
        (
            "there already",
            Channel::Calls,
            "VOLUNTEERING",
            "about",
            "“Calls about volunteering” is asked already.",
        ),
        (
            "what they think",
            Channel::Opinions,
            "x",
            "channel",
            "Choose texts",
        ),
        (
            "what the law forbids",
            Channel::Email,
            "news, see bit.ly/news",
            "about",
            "bit.ly",
        ),
        (
            "consent for granted",
            Channel::Calls,
            "news, unless you tell us not to",
            "about",
            "takes a yes for granted",
        ),
    ] {
        let (at, said) = refused(stall.campaign.add_purpose(channel, about));
        assert_eq!(at, field, "{scenario}");
        assert!(said.contains(sentence), "{scenario}: {said}");
    }
    assert_eq!(stall.asked().len(), 3, "nothing was added");
    stall.add(Channel::Calls, &long[1..]);
}

#[test]
fn eight_are_asked_at_a_time() {
    let stall = Stall::new();
    let keys: Vec<String> = (1..=6)
        .map(|number| stall.add(Channel::Calls, &format!("matter {number}")).key)
        .collect();
    let (field, sentence) = refused(stall.campaign.add_purpose(Channel::Calls, "one more"));
    assert_eq!(field, "purpose");
    assert!(sentence.contains("Retire one first"), "{sentence}");
    stall.campaign.retire_purpose(&keys[0]).unwrap();
    stall.add(Channel::Calls, "one more");
    let (field, _) = refused(stall.campaign.take_up_purpose(&keys[0]));
    assert_eq!(field, "purpose");
    assert_eq!(stall.asked().len(), 8);
}

#[test]
fn what_is_retired_is_asked_no_more_and_still_named() {
    let stall = Stall::new();
    let calls = stall.add(Channel::Calls, "volunteering").key;
    let amina = Typed {
        answers: BTreeMap::from([(TEXTS.to_owned(), true), (calls.clone(), false)]),
        ..person("Amina", "07700 900101", true)
    };
    row(stall.save(&amina, None));
    let id = stall
        .campaign
        .people(&Question::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id;
    stall.campaign.retire_purpose(&calls).unwrap();
    stall.campaign.retire_purpose(&calls).unwrap();
    assert_eq!(stall.asked(), ["Agrees to texts", "Keeps what I think"]);
    let retired = stall.campaign.purposes().unwrap();
    assert!(retired[2].retired_at.is_some());

    let said = "Said no to calls about volunteering.";
    let told = stall.campaign.person(id).unwrap().timeline;
    let word = told.iter().find(|told| told.sentence.starts_with(said));
    let receipt = stall.campaign.receipt(word.unwrap().receipt.unwrap());
    let receipt = receipt.unwrap();
    assert_eq!(receipt.sentence, said);
    assert!(receipt.wording.contains("volunteering"));
    assert_eq!(receipt.version, "Version 1 (English)");
    let held = stall.campaign.everything_held(id).unwrap();
    assert!(held.text.contains(said) && held.text.contains("Language: English"));

    // An answer from a form that was filled in before is none.
    let bo = Typed {
        answers: BTreeMap::from([(calls.clone(), true)]),
        ..person("Bo", "07700 900102", false)
    };
    row(stall.save(&bo, None));
    let id = stall
        .campaign
        .people(&Question::default(), 0, 1)
        .unwrap()
        .rows[0]
        .id;
    let told = stall.campaign.person(id).unwrap().timeline;
    assert!(told.iter().all(|told| told.receipt.is_none()));
}

#[test]
fn what_was_retired_is_taken_up_again_in_the_words_it_had() {
    let stall = Stall::new();
    let calls = stall.add(Channel::Calls, "volunteering").key;
    let ours =
        "May Clean Air Now call you about volunteering, yes or no? You can stop at any time.";
    stall.campaign.save_wording(&calls, "en", ours).unwrap();
    for (scenario, take_up) in [("by its button", true), ("by adding it again", false)] {
        stall.campaign.retire_purpose(&calls).unwrap();
        assert_eq!(stall.asked().len(), 2, "{scenario}");
        if take_up {
            stall.campaign.take_up_purpose(&calls).unwrap();
        } else {
            assert_eq!(stall.add(Channel::Calls, "Volunteering").key, calls);
        }
        assert_eq!(stall.asked()[2], "Agrees to calls about volunteering");
        let written = stall.campaign.wording(&calls, "en").unwrap().written;
        assert_eq!((written.body.as_str(), written.version), (ours, 2));
    }
    stall.campaign.take_up_purpose(&calls).unwrap();
    for gone in [
        stall.campaign.take_up_purpose("nothing"),
        stall.campaign.retire_purpose("nothing"),
    ] {
        assert_eq!(gone.unwrap_err().code(), Code::NotFound);
    }
}
