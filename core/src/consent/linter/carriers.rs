//! What carriers ask of a text, what they filter, and what it costs.

use super::said::{KEYWORDS, Word};
use super::{Body, Finding, Kind, Rule, What};
use crate::consent::defaults::{self, Language};
use crate::texts::segments::{Encoding, Measure, is_gsm7, plain};
use crate::texts::template::{Merge, Template};

/// A name of common length, for what a text costs most people.
const COMMON_NAME: &str = "Margaret";

/// Letters from which on a text can shout.
const SHOUTABLE: usize = 30;

/// How often texts come, in English and Spanish.
const FREQUENCY: [&str; 9] = [
    "msg|msgs|message|messages|messaging|text|texts frequency|freq",
    "frequency|freq varies|vary",
    "how often * varies|vary",
    "up to #|one|two|three|four|five|six|eight|ten msg|msgs|message|messages|text|texts",
    "msg|msgs|message|messages|text|texts per|a|each|every? mo|month|wk|week|day|year",
    "msg|msgs|message|messages|text|texts monthly|weekly|daily",
    "monthly|weekly|daily msg|msgs|message|messages|text|texts",
    "frecuencia",
    "mensajes al|por mes|semana|día",
];

/// What texts may cost, in English and Spanish.
const RATES: [&str; 3] = [
    "msg|msgs|message|messages|messaging|text|sms and? data rates|charges may|might|could|can? apply",
    "tarifas|cargos * datos",
    "datos * tarifas|cargos",
];

pub(super) fn judge(body: &Body<'_>, found: &mut Vec<Finding>) {
    let (What::Template(kind), Some(template)) = (body.what, &body.template) else {
        return;
    };
    spam(body, found);
    cost(body, template, found);
    if kind == Kind::Confirmation && body.ctx.country.keeps_ctia_principles() {
        first_text(body, found);
    }
    if shouts(body) {
        found.push(Finding::advice(
            Rule::Shouting,
            None,
            "Most of the text is in capitals, and carriers filter what looks like spam (CTIA Messaging \
             Principles 5.3).",
            "Write it in small letters. Keep capitals for STOP, YES and HELP.",
        ));
    }
}

/// What a first text says besides who writes and how to stop, which every text says.
fn first_text(body: &Body<'_>, found: &mut Vec<Finding>) {
    let says_help = body
        .said
        .words
        .iter()
        .any(|word| word.written == "HELP" && !word.own);
    for (says, rule, lacks, mend) in [
        (
            body.said.has(&FREQUENCY),
            Rule::NoFrequency,
            "how often texts come",
            "Add \"Msg frequency varies.\", or how many a month.",
        ),
        (
            body.said.has(&RATES),
            Rule::NoRates,
            "that texts may cost something",
            "Add \"Msg & data rates may apply.\"",
        ),
        (
            says_help,
            Rule::NoHelp,
            "how to get help",
            "Add \"Reply HELP for help\", with HELP in capitals.",
        ),
    ] {
        if says {
            continue;
        }
        // Turns of phrase are known in two languages only: in the others a person has to look.
        let is_read = rule == Rule::NoHelp || body.is_english() || body.speaks("es");
        found.push(if is_read {
            Finding::forbidden(
                rule,
                None,
                format!(
                    "A first text has to say {lacks}, and this one does not (CTIA Messaging Principles \
                     5.1.2.1)."
                ),
                mend,
            )
        } else {
            Finding::advice(
                rule,
                None,
                format!("A first text has to say {lacks} (CTIA Messaging Principles 5.1.2.1)."),
                "Placard cannot tell in this language: have somebody who speaks it look.",
            )
        });
    }
}

fn cost(body: &Body<'_>, template: &Template, found: &mut Vec<Finding>) {
    let text = template.render(&Merge {
        first_name: COMMON_NAME,
        campaign: body.ctx.campaign,
        canvasser: COMMON_NAME,
        stand_ins: defaults::stand_ins(Language::En),
    });
    let measure = Measure::of(&text);
    let plain_text = plain(&text);
    let plainly = Measure::of(&plain_text);
    // Only where they alone are to blame, and where more letters in place of one do not cost more.
    if measure.encoding == Encoding::Ucs2
        && plainly.encoding == Encoding::Gsm7
        && plainly.segments <= measure.segments
    {
        characters(body, &measure, &plainly, found);
    }
    if measure.segments > 1 {
        let count = measure.segments;
        found.push(Finding::advice(
            Rule::Segments,
            None,
            format!(
                "With names of common length the text takes {count} segments: to 1,000 people that is \
                 {} segments to pay for instead of 1,000 (3GPP TS 23.040).",
                thousands(count)
            ),
            match measure.encoding {
                Encoding::Gsm7 => "Shorten it to 160 characters if you can, names included.",
                Encoding::Ucs2 => "Shorten it to 70 characters if you can, names included.",
            },
        ));
    }
}

fn characters(body: &Body<'_>, measure: &Measure, plainly: &Measure, found: &mut Vec<Finding>) {
    let saved = match measure.segments - plainly.segments {
        0 => "With plain characters throughout 160 fit into a segment instead of 70".to_owned(),
        saved => format!(
            "With plain characters throughout the text takes {} instead of {}: to 1,000 people {} fewer",
            segments(plainly.segments),
            measure.segments,
            thousands(saved)
        ),
    };
    for stretch in &body.stretches {
        for (place, c) in body.body[stretch.clone()].char_indices() {
            let place = stretch.start + place;
            let at = place..place + c.len_utf8();
            let typed = &body.body[at.clone()];
            if is_gsm7(typed) {
                continue;
            }
            let name = Measure::of(typed)
                .forcing
                .into_iter()
                .next()
                .map_or_else(|| "character".to_owned(), |forcing| forcing.name);
            let instead = plain(typed);
            let mend = match instead.trim() {
                "" if instead.is_empty() => "Take it out.".to_owned(),
                "" => "Put a plain space or line break.".to_owned(),
                instead => format!("Write {instead} instead."),
            };
            found.push(
                Finding::advice(
                    Rule::ForcesUcs2,
                    Some(at),
                    format!("The {name} makes the text dearer. {saved} (3GPP TS 23.038)."),
                    mend,
                )
                .instead(instead),
            );
        }
    }
}

fn segments(count: usize) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} segment{s}")
}

/// So many thousand, as it is written.
fn thousands(count: usize) -> String {
    format!("{count},000")
}

/// Whether over half of the letters are capitals, where there are enough to tell. Keywords and the
/// campaign's name are as they have to be.
fn shouts(body: &Body<'_>) -> bool {
    let letters = |word: &Word| word.written.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = |word: &Word| word.written.chars().filter(|c| c.is_uppercase()).count();
    let (all, loud) = body
        .said
        .words
        .iter()
        .filter(|word| !word.own && !KEYWORDS.contains(&word.written.as_str()))
        .fold((0, 0), |(all, loud), word| {
            (all + letters(word), loud + capitals(word))
        });
    all >= SHOUTABLE && loud * 2 > all
}

fn spam(body: &Body<'_>, found: &mut Vec<Finding>) {
    let mut triggers = Vec::new();
    for pattern in ["free", "act now", "click here", "winner"] {
        for place in body.said.places(&[pattern]) {
            let words = &body.said.words[place.clone()];
            if words
                .iter()
                .all(|word| word.written == word.written.to_uppercase())
            {
                let at = body.said.at(place);
                triggers.push((at.clone(), plain(&body.body[at]).to_lowercase()));
            }
        }
    }
    for stretch in &body.stretches {
        let words = &body.body[stretch.clone()];
        let mut done = 0;
        while let Some(start) = words[done..]
            .find(['!', '$', '£', '€'])
            .map(|start| done + start)
        {
            let sign = words[start..].chars().next().unwrap_or('!');
            let rest = words[start..].trim_start_matches(sign);
            done = words.len() - rest.len();
            if (done - start) / sign.len_utf8() >= 3 {
                let at = stretch.start + start..stretch.start + done;
                triggers.push((at, sign.to_string()));
            }
        }
    }
    for (at, instead) in triggers {
        let typed = &body.body[at.clone()];
        found.push(
            Finding::advice(
                Rule::Spam,
                Some(at),
                format!(
                    "Carriers filter what looks like spam, and \"{typed}\" does (CTIA Messaging Principles \
                     5.3)."
                ),
                format!("Write \"{instead}\"."),
            )
            .instead(instead),
        );
    }
}
