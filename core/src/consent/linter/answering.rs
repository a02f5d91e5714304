//! How to stop, and whether anybody can reply.

use std::ops::Range;

use super::links::has_telephone;
use super::said::{KEYWORDS, Word};
use super::{Body, Channel, Finding, Kind, Rule, Sender, What};

/// How far a keyword stands from the "reply" it belongs to, in words.
const NEAR: usize = 4;

/// "Reply", where the keyword comes after: English, Welsh, Spanish, Polish.
const REPLY: [&str; 22] = [
    "reply",
    "replying",
    "replies",
    "respond",
    "responding",
    "answer",
    "answering",
    "ateb",
    "atebwch",
    "responde",
    "responda",
    "respondiendo",
    "responder",
    "conteste",
    "contesta",
    "contestando",
    "odpisz",
    "odpisując",
    "odpowiedz",
    "odpowiadając",
    "odpowiedzieć",
    "odpisać",
];

/// "Reply", where the keyword comes before: Urdu, Bengali.
const REPLY_AFTER: [&str; 4] = ["جواب", "উত্তর", "রিপ্লাই", "ریپلائی"];

/// Ways to say in English how to stop. "Stop by our stall" and "stop the cuts" are none.
const STOPPING: [&str; 15] = [
    "stop at? any time",
    "stop at once",
    "stop anytime|whenever|here|receiving|getting|hearing",
    "stop by calling|phoning|ringing|texting|emailing|writing|tapping|visiting|using|following",
    "stop all|our|the|these|more? texts|messages",
    "stop texts|messages",
    "stop call|ring|phone|email|visit|go|see|tap|click|follow|text|use|write|contact",
    "unsubscribe",
    "opt out",
    "optout",
    "no more texts|messages",
    "get none",
    "end all|our|the|these? texts|messages",
    "off our|the|this list",
    "leave our|the|this list",
];

/// Ways to say in English that a yes can be taken back.
const TAKING_BACK: [&str; 9] = [
    "stop",
    "withdraw-",
    "change your mind",
    "take it|this|that|your back",
    "take back",
    "unsubscribe",
    "opt out",
    "delete|erase|remove it|this|them|that|your|what",
    "ask us not to",
];

pub(super) fn judge(body: &Body<'_>, found: &mut Vec<Finding>) {
    if body.ctx.sender == Sender::Letters
        && let Some(at) = asks_for_reply(body)
    {
        found.push(Finding::forbidden(
            Rule::NobodyCanReply,
            Some(at),
            format!(
                "Your texts come from a name in letters, and nobody can reply to one ({}).",
                body.source("PECR r23", "CTIA Messaging Principles 5.1.3")
            ),
            "Give a link, an email address or a telephone number instead, or send from a number.",
        ));
    }
    match body.what {
        What::Wording(purpose) if !wording_says_stop(body, purpose) => {
            found.push(no_way_in_wording(body, purpose));
        }
        What::Template(Kind::Goodbye) => judge_goodbye(body, found),
        What::Template(Kind::Confirmation | Kind::Reminder | Kind::Help | Kind::Reply)
            if !template_says_stop(body) =>
        {
            found.push(no_way_in_template(body))
        }
        _ => {}
    }
}

/// The longest goodbye, in characters: room for the default ones in every language.
const LONGEST_GOODBYE: usize = 200;

/// Ways to say in English that no more texts come.
const OVER: [&str; 6] = [
    "no more",
    "opted out",
    "unsubscribed",
    "no longer",
    "not text|send",
    "stopped",
];

/// Who opted out is told so, and how to undo it, and nothing else (47 CFR 64.1200(a)(12)): it is the one text that
/// goes after an opt-out.
fn judge_goodbye(body: &Body<'_>, found: &mut Vec<Finding>) {
    let mut forbid = |reason: &str, mend: &'static str| {
        found.push(Finding::forbidden(
            Rule::MoreThanGoodbye,
            None,
            format!("{reason} (47 CFR 64.1200(a)(12))."),
            mend,
        ));
    };
    if !body.links.is_empty() {
        forbid("A goodbye has no link", "Take the link out.");
    }
    if body.body.contains(['?', '!', '؟', '¿', '¡']) {
        forbid(
            "A goodbye asks for nothing and calls to nothing",
            "Take the question or the exclamation out.",
        );
    }
    if body.body.chars().count() > LONGEST_GOODBYE {
        forbid(
            "A goodbye says that no more texts come, and nothing else",
            "Shorten it to 200 characters.",
        );
    }
    if body.is_english() && !body.said.has(&OVER) {
        forbid(
            "The goodbye does not say that it is over",
            "Say that they get no more texts.",
        );
    }
}

fn no_way_in_wording(body: &Body<'_>, purpose: Channel) -> Finding {
    let mend = match purpose {
        Channel::Texts if body.ctx.sender == Sender::Letters => {
            "Add that they can stop at any time by the link, email address or number in every text."
        }
        Channel::Texts => "Add that they can reply STOP at any time.",
        _ => "Add that they can change their mind at any time, and how to say so.",
    };
    Finding::forbidden(
        Rule::NoWayToStop,
        None,
        format!(
            "The wording does not say how to stop ({}).",
            body.source("UK GDPR Art 7(3)", "CTIA Messaging Principles 5.1.3")
        ),
        mend,
    )
}

fn no_way_in_template(body: &Body<'_>) -> Finding {
    let mend = if body.ctx.sender == Sender::Letters {
        "Add \"To stop:\" with a link, an email address or a telephone number."
    } else {
        "Add \"Reply STOP\", with STOP in capitals."
    };
    Finding::forbidden(
        Rule::NoWayToStop,
        None,
        format!(
            "The text does not say how to stop ({}).",
            body.source("PECR r23", "CTIA Messaging Principles 5.1.3")
        ),
        mend,
    )
}

/// A wording is heard: capitals do not matter. Only in English are there other words than "stop" to know.
fn wording_says_stop(body: &Body<'_>, purpose: Channel) -> bool {
    match purpose {
        Channel::Texts => {
            body.said.has(&["stop"])
                || body.ctx.sender == Sender::Letters && has_address_to_stop(body)
        }
        _ => !body.is_english() || body.said.has(&TAKING_BACK),
    }
}

/// The word in capitals, so that "stop by our stall" does not count.
fn template_says_stop(body: &Body<'_>) -> bool {
    if body.ctx.sender == Sender::Letters {
        return has_address_to_stop(body);
    }
    body.said
        .words
        .iter()
        .any(|word| word.written == "STOP" && !word.own)
}

fn has_address_to_stop(body: &Body<'_>) -> bool {
    let text = |at: &Range<usize>| body.body[at.clone()].to_lowercase();
    let says_so = |at: &Range<usize>| {
        let link = text(at);
        ["stop", "optout", "opt-out", "unsub", "leave"]
            .iter()
            .any(|word| link.contains(word))
    };
    let has_address = !body.links.is_empty()
        || body
            .stretches
            .iter()
            .any(|stretch| has_telephone(&body.body[stretch.clone()]));
    has_address
        && (!body.is_english()
            || body.links.iter().any(|link| says_so(&link.at))
            || body.said.has(&STOPPING)
            || body
                .said
                .words
                .iter()
                .enumerate()
                .any(|(place, word)| stands_alone(body, place, word)))
}

/// "STOP", or a "stop" after which something else begins: "To stop, call …", "To stop: https://…".
fn stands_alone(body: &Body<'_>, place: usize, word: &Word) -> bool {
    if word.said != "stop" || word.own {
        return false;
    }
    let goes_on = body.body[word.at.end..].starts_with(|c: char| c == ' ' || c.is_alphanumeric());
    let before_address = body
        .said
        .words
        .get(place + 1)
        .is_none_or(|next| next.said.is_empty() || next.sentence != word.sentence);
    word.written == "STOP" || !goes_on || before_address
}

/// "Reply" with a keyword near it in the same sentence.
fn asks_for_reply(body: &Body<'_>) -> Option<Range<usize>> {
    let words = &body.said.words;
    words.iter().enumerate().find_map(|(place, verb)| {
        let near = if REPLY.contains(&verb.said.as_str()) {
            place + 1..(place + 1 + NEAR).min(words.len())
        } else if REPLY_AFTER.contains(&verb.said.as_str()) {
            place.saturating_sub(NEAR)..place
        } else {
            return None;
        };
        let keyword = near.clone().find(|near| {
            words[*near].sentence == verb.sentence && is_keyword(body, &words[*near])
        })?;
        Some(body.said.at(place.min(keyword)..place.max(keyword) + 1))
    })
}

fn is_keyword(body: &Body<'_>, word: &Word) -> bool {
    let spoken = body.is_wording() && matches!(word.said.as_str(), "stop" | "yes" | "help");
    !word.own && (spoken || KEYWORDS.contains(&word.written.as_str()))
}
