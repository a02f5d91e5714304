//! What carriers ask for, what they filter, and what a text costs.

use Severity::{Advice, Forbidden};

use super::*;

fn american() -> Context<'static> {
    Context {
        country: Country::US,
        ..context()
    }
}

#[test]
fn a_first_text_in_north_america_says_it_all() {
    judged(
        CONFIRMATION,
        &american(),
        Rule::NoFrequency,
        Forbidden,
        &[
            ("nothing", "{campaign}: hi. Thanks for your text", &[""]),
            ("a field between", "Msg {canvasser} frequency", &[""]),
            ("varies", "MSG FREQUENCY varies", &[]),
            ("by the month", "4 msgs/mo", &[]),
            ("in words", "How often this comes varies", &[]),
            ("at most", "Up to 4 msgs", &[]),
            ("per month", "2 messages per month", &[]),
            ("in Spanish", "La frecuencia varía", &[]),
        ],
    );
    judged(
        CONFIRMATION,
        &american(),
        Rule::NoRates,
        Forbidden,
        &[
            ("nothing", "{campaign}: hi", &[""]),
            ("half of it", "Message rates may apply", &[""]),
            ("two sentences", "Msg & data. Rates may apply", &[""]),
            ("short", "Msg & data rates may apply", &[]),
            ("tight", "msg&data rates may apply", &[]),
            ("long", "MESSAGE AND DATA RATES MAY APPLY", &[]),
            (
                "in Spanish",
                "Pueden aplicarse tarifas de mensajes y datos",
                &[],
            ),
        ],
    );
    judged(
        CONFIRMATION,
        &american(),
        Rule::NoHelp,
        Forbidden,
        &[
            ("nothing", "{campaign}: hi", &[""]),
            ("in small letters", "{campaign}: help us", &[""]),
            ("in capitals", "Reply HELP for help", &[]),
        ],
    );
    for (what, ctx) in [(CONFIRMATION, context()), (REMINDER, american())] {
        for rule in [Rule::NoFrequency, Rule::NoRates, Rule::NoHelp] {
            judged(
                what,
                &ctx,
                rule,
                Forbidden,
                &[("not asked for", "{campaign}: hi", &[])],
            );
        }
    }
    for country in [Country::CA, Country::US] {
        let ctx = Context {
            country,
            ..context()
        };
        let rules: Vec<Rule> = lint(CONFIRMATION, "Hi", &ctx)
            .iter()
            .map(|finding| finding.rule)
            .collect();
        assert_eq!(
            rules,
            [
                Rule::NoCampaign,
                Rule::NoWayToStop,
                Rule::NoFrequency,
                Rule::NoRates,
                Rule::NoHelp
            ]
        );
    }
}

#[test]
fn characters_that_alone_make_a_text_dear_are_found() {
    judged(
        REMINDER,
        &context(),
        Rule::ForcesUcs2,
        Advice,
        &[
            ("curly quotes", "{campaign}: it’s “on”", &["’", "“", "”"]),
            ("dashes and dots", "a – b — c…", &["–", "—", "…"]),
            ("a space", "a\u{A0}b", &["\u{A0}"]),
            ("a hidden mark", "a\u{200B}b", &["\u{200B}"]),
            ("not alone", "Tŷ’r", &[]),
            ("an emoji", "✊ it’s on", &[]),
            ("plain", "{campaign}: it's \"on\" - £5", &[]),
        ],
    );
    let dearer = "½".repeat(70);
    judged(
        REMINDER,
        &context(),
        Rule::ForcesUcs2,
        Advice,
        &[("more letters cost more", &dearer, &[])],
    );
    judged(
        TEXTS,
        &context(),
        Rule::ForcesUcs2,
        Advice,
        &[("read out", "it’s on", &[])],
    );
    let welsh = Context {
        campaign: "Tŷ Ni",
        ..context()
    };
    judged(
        REMINDER,
        &welsh,
        Rule::ForcesUcs2,
        Advice,
        &[("the campaign's name does", "{campaign}: it’s", &[])],
    );
    let body = format!("it’s {}", "a".repeat(80));
    let found = lint(REMINDER, &body, &context());
    assert_eq!(found[0].replacement.as_deref(), Some("'"));
    assert_eq!(
        found[0].reason,
        "The curly apostrophe makes the text dearer. With plain characters throughout the text takes 1 \
         segment instead of 2: to 1,000 people 1,000 fewer (3GPP TS 23.038)."
    );
}

#[test]
fn more_than_one_segment_is_told() {
    let one = "a".repeat(160);
    let two = "a".repeat(161);
    judged(
        REMINDER,
        &context(),
        Rule::Segments,
        Advice,
        &[("two", &two, &[""]), ("one", &one, &[])],
    );
    let found = lint(REMINDER, &two, &context());
    let told = found
        .iter()
        .find(|finding| finding.rule == Rule::Segments)
        .unwrap();
    assert!(
        told.reason.contains("1,000 people that is 2,000 segments"),
        "{}",
        told.reason
    );
    judged(
        TEXTS,
        &context(),
        Rule::Segments,
        Advice,
        &[("read out", &two, &[])],
    );
}

#[test]
fn shouting_is_told() {
    judged(
        REMINDER,
        &context(),
        Rule::Shouting,
        Advice,
        &[
            ("shouted", "COME TO THE MEETING AT SEVEN TOMORROW", &[""]),
            ("short", "COME TO THE MEETING", &[]),
            ("half", "COMETOTHEMEETIN gathatseventomo", &[]),
            (
                "keywords",
                "STOP STOP STOP STOP STOP STOP STOP STOP is all",
                &[],
            ),
            (
                "no capitals to have",
                "یہ ایک طویل پیغام ہے جس میں کوئی بڑے حروف نہیں ہیں",
                &[],
            ),
        ],
    );
    let ctx = Context {
        campaign: "SAVE OUR LOVELY LIBRARIES NOW",
        ..context()
    };
    judged(
        REMINDER,
        &ctx,
        Rule::Shouting,
        Advice,
        &[(
            "the campaign's name",
            "SAVE OUR LOVELY LIBRARIES NOW: hi, meeting at seven",
            &[],
        )],
    );
    judged(
        TEXTS,
        &context(),
        Rule::Shouting,
        Advice,
        &[("read out", "COME TO THE MEETING AT SEVEN TOMORROW", &[])],
    );
}

#[test]
fn what_looks_like_spam_is_told() {
    judged(
        REMINDER,
        &context(),
        Rule::Spam,
        Advice,
        &[
            ("marks", "Come!!!! Now", &["!!!!"]),
            ("money", "$$$ and £££", &["$$$", "£££"]),
            ("free", "A FREE badge", &["FREE"]),
            ("act now", "ACT NOW", &["ACT NOW"]),
            ("two marks", "Come!!", &[]),
            ("small letters", "Act now for free school meals, $5", &[]),
            ("part of a word", "FREEDOM", &[]),
        ],
    );
    let found = lint(REMINDER, "ACT\u{A0}NOW!!!", &context());
    let replaced: Vec<_> = found
        .iter()
        .filter_map(|finding| finding.replacement.as_deref())
        .collect();
    assert_eq!(replaced, ["act now", "!"]);
}
