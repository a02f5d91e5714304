//! How to stop, and whether anybody can reply.

use Severity::Forbidden;

use super::*;

fn letters() -> Context<'static> {
    Context {
        sender: Sender::Letters,
        ..context()
    }
}

#[test]
fn a_text_says_how_to_stop() {
    let rows: &[Row<'_>] = &[
        (
            "the word",
            "{campaign}: meeting at 7. Reply STOP to stop",
            &[],
        ),
        ("in small letters", "{campaign}: reply stop", &[""]),
        ("another stop", "{campaign}: stop by our stall", &[""]),
        ("part of a word", "{campaign} NONSTOP", &[""]),
        ("in a field", "{campaign} {STOP}", &[""]),
        ("with a hidden mark", "{campaign} ST\u{200B}OP", &[]),
    ];
    for kind in [Kind::Confirmation, Kind::Reminder, Kind::Help, Kind::Reply] {
        judged(
            What::Template(kind),
            &context(),
            Rule::NoWayToStop,
            Forbidden,
            rows,
        );
    }
    judged(
        What::Template(Kind::Goodbye),
        &context(),
        Rule::NoWayToStop,
        Forbidden,
        &[(
            "they have stopped",
            "{campaign}: you get no more texts.",
            &[],
        )],
    );
    let ctx = Context {
        campaign: "STOP the Cuts",
        ..context()
    };
    judged(
        REMINDER,
        &ctx,
        Rule::NoWayToStop,
        Forbidden,
        &[(
            "only the campaign's name",
            "STOP the Cuts: meeting at 7",
            &[""],
        )],
    );
}

#[test]
fn a_text_from_letters_gives_an_address_to_stop() {
    judged(
        REMINDER,
        &letters(),
        Rule::NoWayToStop,
        Forbidden,
        &[
            ("only the word", "{campaign}: text STOP", &[""]),
            ("a link", "{campaign}: to stop: https://example.org/s", &[]),
            (
                "a link that says it",
                "{campaign}: https://example.org/unsubscribe",
                &[],
            ),
            (
                "a link to something else",
                "{campaign}: stop the cuts! See https://example.org/a",
                &[""],
            ),
            (
                "an email address",
                "{campaign}: to stop, email jo@example.org",
                &[],
            ),
            (
                "a telephone number",
                "{campaign}: you can stop at any time on 07700 900123",
                &[],
            ),
            ("a mobile", "{campaign}: STOP texts +44 7700 900123", &[]),
            ("a short code", "{campaign}: text STOP to 60777", &[]),
            (
                "a number of people",
                "{campaign}: 60777 of us say stop texts",
                &[""],
            ),
            ("a date", "{campaign}: unsubscribe by 12.05.2026", &[""]),
            ("a sum", "{campaign}: STOP £5000000000", &[""]),
            (
                "another stop and a number",
                "{campaign}: stop by our stall or call 07700 900123",
                &[""],
            ),
        ],
    );
    judged(
        REMINDER,
        &Context {
            language: "cy",
            ..letters()
        },
        Rule::NoWayToStop,
        Forbidden,
        &[
            (
                "a link in Welsh",
                "{campaign}: i roi'r gorau: https://example.org/s",
                &[],
            ),
            ("nothing in Welsh", "{campaign}: helo", &[""]),
        ],
    );
}

#[test]
fn a_wording_says_how_to_stop() {
    judged(
        TEXTS,
        &context(),
        Rule::NoWayToStop,
        Forbidden,
        &[
            ("in small letters", "You can stop any time.", &[]),
            ("nothing", "May we text you?", &[""]),
            ("part of a word", "May we text you, nonstop?", &[""]),
        ],
    );
    judged(
        TEXTS,
        &letters(),
        Rule::NoWayToStop,
        Forbidden,
        &[
            (
                "said",
                "You can stop at any time by the link in every text.",
                &[],
            ),
            (
                "by a number",
                "To get none any more, unsubscribe on 07700 900123.",
                &[],
            ),
            ("nothing", "May we text you? Call 07700 900123.", &[""]),
        ],
    );
    for purpose in [
        Channel::Opinions,
        Channel::Calls,
        Channel::Email,
        Channel::Post,
    ] {
        judged(
            What::Wording(purpose),
            &context(),
            Rule::NoWayToStop,
            Forbidden,
            &[
                ("taken back", "You can change your mind at any time.", &[]),
                ("withdrawn", "You can withdraw this.", &[]),
                ("nothing", "Do you mind?", &[""]),
            ],
        );
    }
    let ctx = Context {
        campaign: "Stop the Cuts",
        ..context()
    };
    judged(
        TEXTS,
        &ctx,
        Rule::NoWayToStop,
        Forbidden,
        &[(
            "only the campaign's name",
            "May Stop the Cuts text you?",
            &[""],
        )],
    );
}

#[test]
fn nobody_is_asked_to_reply_to_letters() {
    let template: &[Row<'_>] = &[
        ("to stop", "{campaign}. Reply STOP", &["Reply STOP"]),
        (
            "to agree",
            "{campaign}. Please reply with a YES",
            &["reply with a YES"],
        ),
        (
            "for help",
            "{campaign}. Replying HELP helps",
            &["Replying HELP"],
        ),
        ("in Welsh", "{campaign}. Atebwch STOP", &["Atebwch STOP"]),
        (
            "in Urdu",
            "{campaign}۔ STOP لکھ کر جواب دیں",
            &["STOP لکھ کر جواب"],
        ),
        ("to another number", "{campaign}. Text STOP to 60777", &[]),
        (
            "not at all",
            "{campaign}. You cannot reply. STOP: example.org/s",
            &[],
        ),
        ("another stop", "{campaign}. We reply to stop rumours", &[]),
    ];
    judged(
        REMINDER,
        &letters(),
        Rule::NobodyCanReply,
        Forbidden,
        template,
    );
    judged(
        TEXTS,
        &letters(),
        Rule::NobodyCanReply,
        Forbidden,
        &[
            (
                "heard",
                "You can stop by replying stop.",
                &["replying stop"],
            ),
            ("otherwise", "You can stop by the link in every text.", &[]),
        ],
    );
    for sender in [Sender::Number, Sender::Unknown] {
        let ctx = Context {
            sender,
            ..context()
        };
        judged(
            REMINDER,
            &ctx,
            Rule::NobodyCanReply,
            Forbidden,
            &[("people can reply", "{campaign}. Reply STOP", &[])],
        );
    }
}
