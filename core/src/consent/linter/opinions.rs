//! Consent to keep answers that show opinions or union membership (UK GDPR Art 9).

use super::{Body, Channel, Finding, Rule, What};

/// Words that say what the answers show. The campaign's own name does not say it.
const NAMED: [&str; 6] = [
    "opinion|opinions",
    "political|politics|politically",
    "how|who|whom you vote|voted",
    "your vote|votes|voting",
    "union|unions|unionised",
    "trade unionist|unionists",
];

/// A sentence with one of these keeps texts apart.
const APART: [&str; 12] = [
    "still",
    "without",
    "not",
    "whether",
    "apart",
    "separate",
    "separately",
    "either",
    "stop",
    "withdraw",
    "matter",
    "mind",
];

pub(super) fn judge(body: &Body<'_>, found: &mut Vec<Finding>) {
    if body.what != What::Wording(Channel::Opinions) || !body.is_english() {
        return;
    }
    for place in body.said.places(&["text|texts|texting"]) {
        if body.said.sentence_has(place.start, &APART) {
            continue;
        }
        found.push(Finding::advice(
            Rule::OpinionsTied,
            Some(body.said.at(place)),
            "This ties keeping their answers to getting texts, and each needs a yes of its own (UK GDPR \
             Arts 7(4) and 9(2)(a)).",
            "Ask about texts in their own wording.",
        ));
    }
    if !body.said.has(&NAMED) {
        found.push(Finding::forbidden(
            Rule::OpinionsNotNamed,
            None,
            "The wording does not say that the answers show opinions or union membership (UK GDPR Art 9).",
            "Add what they show: \"your answers may show your political opinions or union membership\".",
        ));
    }
}
