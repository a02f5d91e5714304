//! Braces, and how long the words are.

use super::{Body, Finding, Rule, What};
use crate::consent::LONGEST_WORDING;
use crate::people::one_line;
use crate::texts::template::{Fault, LONGEST_CAMPAIGN, LONGEST_TEXT, Template};

const FIELDS: &str = "{first_name}, {campaign} or {canvasser}";

pub(super) fn empty(body: &Body<'_>, found: &mut Vec<Finding>) {
    let (reason, mend) = match body.what {
        What::Wording(_) => (
            "The wording is empty: there is nothing to agree to (UK GDPR Art 7).",
            "Write what you ask for, or take the wording that a new campaign starts with.",
        ),
        What::Notice => (
            "The privacy notice is empty (UK GDPR Art 13).",
            "Write who holds the data, why, for how long, and people's rights.",
        ),
        What::Template(_) => (
            "The text is empty: no gateway takes it (3GPP TS 23.040).",
            "Write the text.",
        ),
    };
    found.push(Finding::forbidden(Rule::Empty, None, reason, mend));
}

pub(super) fn judge(body: &Body<'_>, found: &mut Vec<Finding>) {
    found.extend(body.faults.iter().map(fault));
    match (body.what, &body.template) {
        (What::Template(_), Some(template)) => text_length(template, found),
        (What::Wording(_), _) => {
            read_out_fields(body, found);
            wording_length(body, found);
        }
        _ => read_out_fields(body, found),
    }
}

fn fault(fault: &Fault) -> Finding {
    match fault {
        Fault::UnknownField(name, at) => Finding::forbidden(
            Rule::UnknownField,
            Some(at.clone()),
            format!("Placard cannot fill in {{{name}}} (Placard's own fields)."),
            format!("Use {FIELDS}."),
        ),
        Fault::UnclosedBrace(at) => Finding::forbidden(
            Rule::UnclosedBrace,
            Some(at.clone()),
            "A { has no } after it, and would show on the phone (Placard's own fields).",
            "Close it, or take it out.",
        ),
        Fault::StrayBrace(at) => Finding::forbidden(
            Rule::StrayBrace,
            Some(at.clone()),
            "A } has no { before it, and would show on the phone (Placard's own fields).",
            "Take it out.",
        )
        .instead(""),
    }
}

/// A wording and a notice are shown as they are: a field in one would be read out.
fn read_out_fields(body: &Body<'_>, found: &mut Vec<Finding>) {
    for (field, replacement) in [
        (
            "{campaign}",
            Some(one_line(body.ctx.campaign, LONGEST_CAMPAIGN)),
        ),
        ("{first_name}", None),
        ("{canvasser}", None),
    ] {
        for (start, _) in body.body.match_indices(field) {
            let mut finding = Finding::forbidden(
                Rule::UnknownField,
                Some(start..start + field.len()),
                format!(
                    "Only texts have fields: here people would read {field} (Placard's own fields)."
                ),
                "Write the words themselves.",
            );
            finding.replacement.clone_from(&replacement);
            found.push(finding);
        }
    }
}

fn text_length(template: &Template, found: &mut Vec<Finding>) {
    let over = template.longest().saturating_sub(LONGEST_TEXT);
    if over > 0 {
        found.push(Finding::forbidden(
            Rule::TooLong,
            None,
            format!(
                "With the longest names the text is {} over 1,600, and a gateway would refuse it \
                 (Twilio error 21617).",
                characters(over)
            ),
            "Shorten it.",
        ));
    }
}

fn wording_length(body: &Body<'_>, found: &mut Vec<Finding>) {
    let said = body.body.trim_end();
    let start = said.len() - said.trim_start().len();
    let Some((end, _)) = said[start..].char_indices().nth(LONGEST_WORDING) else {
        return;
    };
    let over = said[start + end..].chars().count();
    found.push(Finding::forbidden(
        Rule::TooLong,
        Some(start + end..said.len()),
        format!(
            "The wording is {} too long to read out: nobody agrees to what they cannot follow (UK GDPR \
             Art 7(2)).",
            characters(over)
        ),
        "Keep it to 600 characters.",
    ));
}

fn characters(count: usize) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} character{s}")
}
