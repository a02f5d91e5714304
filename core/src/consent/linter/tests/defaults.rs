use proptest::prelude::*;

use super::*;
use crate::consent::defaults::{self, Language};

fn default_wording(campaign: &str, country: Country) -> String {
    defaults::wording(defaults::Purpose::Texts, Language::En, campaign, country)
}

fn default_confirmation(country: Country) -> &'static str {
    defaults::template(Kind::Confirmation, Language::En, country)
}

#[test]
fn every_default_in_every_language_is_allowed() {
    for country in [Country::GB, Country::US, Country::CA] {
        for language in Language::ALL {
            let ctx = Context {
                country,
                language: language.tag(),
                ..context()
            };
            for kind in [
                Kind::Confirmation,
                Kind::Reminder,
                Kind::Goodbye,
                Kind::Help,
            ] {
                let body = defaults::template(kind, language, country);
                let found = lint(What::Template(kind), body, &ctx);
                assert!(is_allowed(&found), "{kind:?} {language:?} {found:?}");
            }
            for (channel, label) in every_label() {
                let asked = defaults::Purpose::Own { channel, label };
                let body = defaults::wording(asked, language, CAMPAIGN, country);
                assert!(
                    !body.contains(['{', '}']),
                    "{channel:?} {language:?} {body}"
                );
                let found = lint(What::Wording(channel), &body, &ctx);
                assert!(is_allowed(&found), "{channel:?} {language:?} {found:?}");
            }
        }
    }
}

/// What an organiser may ask about, through every channel.
fn every_label() -> impl Iterator<Item = (Channel, &'static str)> {
    [
        Channel::Texts,
        Channel::Opinions,
        Channel::Calls,
        Channel::Email,
        Channel::Post,
    ]
    .into_iter()
    .flat_map(|channel| {
        [
            "meetings",
            "volunteering",
            "the Annual General Meeting, and who speaks at it",
            "standing for the council",
            "rent, repairs & rights",
            "pétitions",
            "جلسے",
        ]
        .map(|label| (channel, label))
    })
}

#[test]
fn what_a_new_campaign_starts_with_is_allowed() {
    for country in Country::all() {
        for campaign in [
            CAMPAIGN,
            "Unite Community Bristol",
            "STOP",
            "Stop the Cuts",
            "Renters' Union “Hackney”",
            "Yes",
        ] {
            for sender in [Sender::Number, Sender::Unknown] {
                let ctx = Context {
                    campaign,
                    country,
                    sender,
                    ..context()
                };
                let found = lint(TEXTS, &default_wording(campaign, country), &ctx);
                assert_eq!(found, [], "{campaign}");
                let found = lint(CONFIRMATION, default_confirmation(country), &ctx);
                assert!(is_allowed(&found), "{found:?}");
            }
        }
    }
}

#[test]
fn a_sender_in_letters_needs_other_words_than_the_defaults() {
    let ctx = Context {
        sender: Sender::Letters,
        ..context()
    };
    let wording = default_wording(CAMPAIGN, Country::GB);
    assert_eq!(
        pointed(TEXTS, &wording, &ctx, Rule::NobodyCanReply),
        ["replying STOP"]
    );
    let template = default_confirmation(Country::GB);
    assert_eq!(
        pointed(CONFIRMATION, template, &ctx, Rule::NobodyCanReply),
        ["Reply YES"]
    );
}

#[test]
fn words_that_careful_people_write_are_left_alone() {
    for (what, body) in [
        (
            TEXTS,
            "Hi, I'm from Hackney Renters. Can we text you about rent campaigns and events near you? You'll get \
             a text first asking you to confirm, and you can text STOP whenever you like. Yes or no?",
        ),
        (
            TEXTS,
            "Would you like texts from Hackney Renters about strikes, meetings and calls to action, yes or no? \
             We confirm by text. Reply STOP to stop.",
        ),
        (
            OPINIONS,
            "May Hackney Renters keep a note of what you told us? It may show your political opinions or that \
             you are in a union. You can say no and still get our texts, and change your mind at any time.",
        ),
        (
            What::Wording(Channel::Calls),
            "May Hackney Renters phone you about the campaign? You can ask us to stop at any time.",
        ),
        (
            What::Wording(Channel::Email),
            "May Hackney Renters email you the newsletter? Every email has a link to unsubscribe.",
        ),
        (
            What::Wording(Channel::Post),
            "May Hackney Renters post you leaflets and letters? You can tell us to stop.",
        ),
        (
            What::Notice,
            "Hackney Renters holds your name and mobile to text you. We keep them until you ask us to stop. \
             Ask for a copy, or to delete them: privacy@example.org. See also https://ico.org.uk.",
        ),
        (
            What::Template(Kind::Goodbye),
            "{campaign}: you get no more texts from us. Reply START if that was a mistake.",
        ),
        (
            What::Template(Kind::Help),
            "{campaign}: texts about our campaign. Help: 07700 900123. Reply STOP to stop.",
        ),
        (
            What::Template(Kind::Reply),
            "Hi {first_name}, it's at 7pm on 12.05.26 in the hall. {canvasser}, {campaign}. STOP to stop",
        ),
    ] {
        assert_eq!(lint(what, body, &context()), [], "{body}");
    }
}

#[test]
fn a_pasted_page_does_not_hold_up_the_window() {
    let body = "texts and calls unless you tell us ".repeat(5_000);
    for what in [TEXTS, OPINIONS, CONFIRMATION] {
        assert!(lint(what, &body, &context()).len() < 200);
    }
}

proptest! {
    #[test]
    fn the_default_wording_is_allowed_for_any_name(campaign in "[\\PC&&[^{}./]]{1,80}", abroad in any::<bool>()) {
        let country = if abroad { Country::US } else { Country::GB };
        let ctx = Context { campaign: &campaign, country, ..context() };
        let wording = default_wording(&campaign, country);
        prop_assert!(is_allowed(&lint(TEXTS, &wording, &ctx)));
        let notice = format!("{wording} We keep it for a year.");
        prop_assert!(is_allowed(&lint(What::Notice, &notice, &ctx)));
    }
}
