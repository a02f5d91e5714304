//! How consent is asked for.

use Severity::{Advice, Forbidden};

use super::*;

fn in_language(language: &'static str) -> Context<'static> {
    Context {
        language,
        ..context()
    }
}

#[test]
fn a_wording_asks_for_a_yes_or_a_no() {
    judged(
        TEXTS,
        &context(),
        Rule::NoQuestion,
        Advice,
        &[
            ("no question", "We will text you. Say yes or no.", &[""]),
            ("no yes or no", "May we text you?", &[""]),
            ("both", "May we text you, yes or no?", &[]),
        ],
    );
    judged(
        TEXTS,
        &in_language("cy"),
        Rule::NoQuestion,
        Advice,
        &[("in Welsh", "Iawn", &[])],
    );
    judged(
        OPINIONS,
        &context(),
        Rule::NoQuestion,
        Advice,
        &[("of another purpose", "We note it.", &[])],
    );
}

#[test]
fn a_wording_promises_the_text_to_confirm() {
    judged(
        TEXTS,
        &context(),
        Rule::NoConfirmation,
        Advice,
        &[
            ("missing", "May we text you?", &[""]),
            ("promised", "First you get a confirmation text.", &[]),
        ],
    );
    for (language, promise) in [
        ("cy", "Cewch neges i gadarnhau. Cadarnhau."),
        ("es", "Primero recibirás un mensaje para confirmar."),
        (
            "pl",
            "Najpierw dostaniesz SMS z potwierdzeniem i potwierdzisz.",
        ),
        ("so", "Waan ku soo qori doonnaa."),
    ] {
        judged(
            TEXTS,
            &in_language(language),
            Rule::NoConfirmation,
            Advice,
            &[(language, promise, &[])],
        );
    }
    judged(
        TEXTS,
        &in_language("es-US"),
        Rule::NoConfirmation,
        Advice,
        &[("Spanish", "¿Sí o no?", &[""])],
    );
}

#[test]
fn consent_is_not_taken_for_granted() {
    let rows: &[Row<'_>] = &[
        (
            "by a number",
            "By giving us your mobile number you agree to texts.",
            &["By giving us your mobile number you agree"],
        ),
        (
            "in short",
            "By signing, you'll get texts",
            &["By signing, you'll get"],
        ),
        (
            "despite a no before",
            "Don't miss it: by joining you agree",
            &["by joining you agree"],
        ),
        (
            "unless",
            "We will text you unless you tell us not to.",
            &["unless you tell us"],
        ),
        (
            "unless stopped",
            "You get texts unless you reply STOP",
            &["unless you reply STOP"],
        ),
        ("assumed", "We will assume that is fine.", &["will assume"]),
        ("a ticked box", "Please untick the box", &["untick"]),
        ("in two words", "It is pre-ticked", &["pre-ticked"]),
        ("opt out", "Opt out if you mind", &["Opt out if"]),
        (
            "silence",
            "If we don't hear from you we'll add you",
            &["If we don't hear from you we'll add"],
        ),
        ("over a line break", "Unless  you\ntell us", &[]),
        (
            "the other way round",
            "We never call unless you tell us to.",
            &[],
        ),
        ("no assumption", "We don't assume you agree.", &[]),
        (
            "stopping by replying",
            "You can stop by replying STOP. Do you agree, yes or no?",
            &[],
        ),
        ("a petition", "By signing the petition you will help.", &[]),
        ("a choice", "Opt out at any time", &[]),
        (
            "silence is a no",
            "If we don't hear from you, you get none.",
            &[],
        ),
        (
            "two sentences",
            "Thanks for your time and for giving your number. You agree?",
            &[],
        ),
    ];
    for what in [TEXTS, OPINIONS, CONFIRMATION, REMINDER] {
        judged(what, &context(), Rule::PreSupposed, Forbidden, rows);
    }
    judged(
        What::Notice,
        &context(),
        Rule::PreSupposed,
        Forbidden,
        &[(
            "a notice asks for nothing",
            "We keep it unless you tell us to delete it.",
            &[],
        )],
    );
    judged(
        TEXTS,
        &in_language("pl"),
        Rule::PreSupposed,
        Forbidden,
        &[("not English", "untick", &[])],
    );
}

#[test]
fn one_yes_is_for_one_thing() {
    judged(
        TEXTS,
        &context(),
        Rule::Bundled,
        Advice,
        &[
            (
                "calls",
                "May we send you texts and calls?",
                &["texts and calls"],
            ),
            ("email", "May we text and email you?", &["text and email"]),
            (
                "later on",
                "May we text you news and also email you?",
                &["and also email you"],
            ),
            (
                "in two words",
                "May we text you news and e-mail you?",
                &["and e-mail you"],
            ),
            (
                "three",
                "Calls, texts and emails",
                &["Calls, texts and emails"],
            ),
            (
                "others",
                "May we text you and share with unions?",
                &["and share with"],
            ),
            (
                "partners",
                "News from us and selected partners",
                &["selected partners"],
            ),
            (
                "texts only",
                "May we text you about the campaign: news, events and ways to help?",
                &[],
            ),
            (
                "a call of another kind",
                "May we text you news and call for votes?",
                &[],
            ),
            (
                "ways to stop",
                "You can stop by text or email, or call you know whom.",
                &[],
            ),
            ("a promise", "We never sell and share your number.", &[]),
        ],
    );
    judged(
        What::Wording(Channel::Calls),
        &context(),
        Rule::Bundled,
        Advice,
        &[
            (
                "texts with calls",
                "May we call and text you?",
                &["call and text"],
            ),
            ("calls only", "May we call you?", &[]),
        ],
    );
    judged(
        OPINIONS,
        &context(),
        Rule::Bundled,
        Advice,
        &[
            (
                "calls with opinions",
                "May we note your opinions and call you?",
                &["and call you"],
            ),
            ("opinions only", "May we note your opinions?", &[]),
        ],
    );
    judged(
        TEXTS,
        &in_language("cy"),
        Rule::Bundled,
        Advice,
        &[("not English", "texts and calls", &[])],
    );
}

#[test]
fn opinions_are_called_by_their_name() {
    judged(
        OPINIONS,
        &context(),
        Rule::OpinionsNotNamed,
        Forbidden,
        &[
            ("nothing", "May we note your answers?", &[""]),
            ("opinions", "They may show your opinions.", &[]),
            ("politics", "They may show your political views.", &[]),
            ("a union", "They may show that you are in a union.", &[]),
            ("another thing", "They may show that you reunite.", &[""]),
        ],
    );
    let ctx = Context {
        campaign: "Tenants Union",
        ..context()
    };
    judged(
        OPINIONS,
        &ctx,
        Rule::OpinionsNotNamed,
        Forbidden,
        &[(
            "only the campaign's name",
            "May Tenants Union note your answers?",
            &[""],
        )],
    );
    judged(
        OPINIONS,
        &context(),
        Rule::OpinionsTied,
        Advice,
        &[
            ("tied", "We note your opinions and text you.", &["text"]),
            ("apart", "You can get our texts without this.", &[]),
            ("context", "In that context, yes.", &[]),
        ],
    );
    judged(
        OPINIONS,
        &in_language("ur"),
        Rule::OpinionsNotNamed,
        Forbidden,
        &[("not English", "رائے", &[])],
    );
    judged(
        TEXTS,
        &context(),
        Rule::OpinionsNotNamed,
        Forbidden,
        &[("of another purpose", "Texts?", &[])],
    );
}
