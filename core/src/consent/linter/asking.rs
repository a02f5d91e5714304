//! How consent is asked for: freely, for one thing, with a question (UK GDPR Art 7, Recitals 32 and 43).

use super::{Body, Channel, Finding, Kind, Rule, What};

/// Consent taken for granted. After a word of [`NEVER`] in the same sentence most say the opposite.
const PRE_SUPPOSED: [&str; 24] = [
    "by GIVING * you agree|consent|accept|opt",
    "by GIVING * you are agreeing|consenting|accepting|opting",
    "by GIVING * you have agreed|consented|accepted|opted",
    "by GIVING * you're|you've agreeing|consenting|accepting|agreed|consented|accepted",
    "by GIVING * you will get|receive|hear",
    "by GIVING * you'll get|receive|hear",
    "unless you tell|ask us",
    "unless you let us know",
    "unless you say no|not|otherwise|stop",
    "unless you reply|text|answer stop|no",
    "unless you object|refuse|decline",
    "unless you opt out",
    "unless we hear",
    "if|when we don't hear * we'll|will text|send|sign|add|take|keep|call",
    "if|when we do not hear * we'll|will text|send|sign|add|take|keep|call",
    "we|we'll|will|shall|can|may assume",
    "is|are|be assumed",
    "taken as|for consent|agreement|agreed|yes|granted",
    "taken to mean",
    "deemed to",
    "untick|uncheck|unticked|unchecked",
    "un tick|check",
    "pre ticked|checked",
    "opt out if",
];

/// What "GIVING" stands for above: what people do without agreeing to anything.
const GIVING: &str = "giving|providing|sharing|leaving|signing|handing|entering|supplying|joining|\
    continuing|talking|speaking|answering|taking";

/// Words after which what follows is denied.
const NEVER: [&str; 8] = [
    "never", "not", "won't", "don't", "nothing", "nobody", "cannot", "can't",
];

/// Sentences about stopping are not about asking.
const ABOUT_STOPPING: [&str; 8] = [
    "stop",
    "stopping",
    "withdraw",
    "unsubscribe",
    "never",
    "won't",
    "not",
    "mind",
];

/// Other things to ask for, by what they are.
const CHANNELS: [(Option<Channel>, &str); 4] = [
    (Some(Channel::Texts), "text|texts|texting"),
    (
        Some(Channel::Calls),
        "call|calls|calling|phone|ring|phonecalls",
    ),
    (Some(Channel::Email), "email|emails|emailing|mail"),
    (Some(Channel::Post), "post|letters|leaflets|leaflet"),
];

/// Words that say a text to confirm comes, by language.
const CONFIRMING: [(&str, &str); 6] = [
    ("en", "confirm-"),
    ("cy", "cadarnh-|gadarnh-|chadarnh-|nghadarnh-"),
    ("es", "confirm-"),
    ("pl", "potwierd-|potwierdz-"),
    ("ur", "تصدیق-"),
    ("bn", "নিশ্চিত-"),
];

pub(super) fn judge(body: &Body<'_>, found: &mut Vec<Finding>) {
    if body.is_english() && asks(body.what) {
        pre_supposed(body, found);
    }
    let What::Wording(purpose) = body.what else {
        return;
    };
    if body.is_english() {
        bundled(body, purpose, found);
    }
    if purpose == Channel::Texts {
        if body.is_english() {
            question(body, found);
        }
        confirmation(body, found);
    }
}

fn asks(what: What) -> bool {
    matches!(
        what,
        What::Wording(_) | What::Template(Kind::Confirmation | Kind::Reminder)
    )
}

fn pre_supposed(body: &Body<'_>, found: &mut Vec<Finding>) {
    let patterns = PRE_SUPPOSED.map(|pattern| pattern.replace("GIVING", GIVING));
    for place in body.said.places(&patterns.each_ref().map(String::as_str)) {
        let first = &body.said.words[place.start];
        let denied = body.said.words[..place.start]
            .iter()
            .rev()
            .take_while(|word| word.sentence == first.sentence)
            .any(|word| NEVER.contains(&word.said.as_str()));
        if denied && first.said != "by" {
            continue;
        }
        found.push(Finding::forbidden(
            Rule::PreSupposed,
            Some(body.said.at(place)),
            format!(
                "This takes a yes for granted. Silence, a box ticked beforehand or giving a number is no \
                 consent ({}).",
                body.source("UK GDPR Art 7 and Recital 32", "47 CFR 64.1200")
            ),
            "Ask a question, and go by a plain yes.",
        ));
    }
}

fn bundled(body: &Body<'_>, purpose: Channel, found: &mut Vec<Finding>) {
    let others: Vec<&str> = CHANNELS
        .iter()
        .filter(|(channel, _)| *channel != Some(purpose))
        // Opinions have a rule of their own about texts.
        .filter(|(channel, _)| purpose != Channel::Opinions || *channel != Some(Channel::Texts))
        .map(|(_, words)| *words)
        .collect();
    let others = others.join("|");
    let this = CHANNELS
        .iter()
        .find(|(channel, _)| *channel == Some(purpose))
        .map_or("", |(_, words)| *words);
    let mut patterns = vec![
        format!("and|or also? to? {others} you"),
        format!("and|or also? to? e mail you"),
        "and|or also? to? write to you".to_owned(),
        "and|or also? to? share|pass|sell it|them|this|your|with|on".to_owned(),
        "selected|our|trusted partners".to_owned(),
        "third parties|party".to_owned(),
    ];
    if !this.is_empty() {
        patterns.push(format!("{this} you? and|or phone? {others}"));
        patterns.push(format!("{others} you? and|or phone? {this}"));
        patterns.push(format!("{this} {others} and|or e? {others}"));
        patterns.push(format!("{others} {this} and|or e? {others}"));
        patterns.push(format!("{this} you? and|or e mail|mails"));
    }
    let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
    for place in body.said.places(&patterns) {
        if body.said.sentence_has(place.start, &ABOUT_STOPPING) {
            continue;
        }
        found.push(Finding::advice(
            Rule::Bundled,
            Some(body.said.at(place)),
            "This asks for something else in the same breath, so that one yes covers both (UK GDPR \
             Recital 43).",
            "Ask for each apart, with a wording and an answer of its own.",
        ));
    }
}

fn question(body: &Body<'_>, found: &mut Vec<Finding>) {
    let reason = if !body.body.contains(['?', '？']) {
        "The wording asks no question, and consent is an answer to one (UK GDPR Art 7)."
    } else if !body.said.has(&["yes"]) || !body.said.has(&["no"]) {
        "The wording does not ask for a yes or a no, and anything less is hard to prove (UK GDPR Art 7(1))."
    } else {
        return;
    };
    found.push(Finding::advice(
        Rule::NoQuestion,
        None,
        reason,
        "End with \"Do you agree, yes or no?\"",
    ));
}

fn confirmation(body: &Body<'_>, found: &mut Vec<Finding>) {
    let Some((_, words)) = CONFIRMING
        .iter()
        .find(|(language, _)| body.speaks(language))
    else {
        return;
    };
    if !body.said.has(&[*words]) {
        found.push(Finding::advice(
            Rule::NoConfirmation,
            None,
            format!(
                "The wording does not say that a text to confirm comes first ({}).",
                body.source("UK GDPR Art 7(1)", "CTIA Messaging Principles 5.1.2.1")
            ),
            "Add \"First you get one text to confirm.\"",
        ));
    }
}
