//! What holds for everything that people hear or get: who speaks, and whose links stand in it.

use std::collections::BTreeSet;

use super::links::{belongs, domain, is_shortener};
use super::{Body, Finding, Kind, Rule, What};
use crate::people::one_line;
use crate::texts::segments::plain;
use crate::texts::template::LONGEST_CAMPAIGN;

pub(super) fn judge(body: &Body<'_>, found: &mut Vec<Finding>) {
    links(body, found);
    if !names_campaign(body) {
        found.push(no_campaign(body));
    }
}

fn no_campaign(body: &Body<'_>) -> Finding {
    let name = one_line(body.ctx.campaign, LONGEST_CAMPAIGN);
    let (reason, source, mend) = match body.what {
        What::Wording(_) => (
            "The wording does not name the campaign: people agree to hear from somebody they know",
            body.source("PECR r22", "47 CFR 64.1200"),
            format!("Write \"{name}\", as it stands in Settings."),
        ),
        What::Notice => (
            "The notice does not say who holds the data",
            "UK GDPR Art 13(1)(a)",
            format!("Write \"{name}\", as it stands in Settings."),
        ),
        What::Template(kind) => (
            "The text does not say who it is from",
            match kind {
                Kind::Confirmation => body.source("PECR r23", "CTIA Messaging Principles 5.1.2.1"),
                _ => body.source("PECR r23", "CTIA Messaging Principles 5.1"),
            },
            "Put {campaign} in.".to_owned(),
        ),
    };
    Finding::forbidden(
        Rule::NoCampaign,
        None,
        format!("{reason} ({source})."),
        mend,
    )
}

/// By the field, or as written: capitals, line breaks and curly quotes aside, and not inside a word.
fn names_campaign(body: &Body<'_>) -> bool {
    if body
        .template
        .as_ref()
        .is_some_and(|template| template.names_campaign())
    {
        return true;
    }
    let name = folded(&one_line(body.ctx.campaign, LONGEST_CAMPAIGN));
    // What stands between two fields is too little to look for a name across them.
    body.stretches.iter().any(|stretch| {
        let said = folded(&body.body[stretch.clone()]);
        said.match_indices(&name).any(|(start, _)| {
            let before = said[..start].chars().next_back();
            let after = said[start + name.len()..].chars().next();
            let goes_on = joins(before) && joins(name.chars().next())
                || joins(after) && joins(name.chars().next_back());
            !goes_on
        })
    })
}

fn joins(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Letter by letter, so that a name folds in the same way wherever it stands.
fn folded(text: &str) -> String {
    plain(&one_line(text, usize::MAX))
        .chars()
        .flat_map(char::to_lowercase)
        .collect()
}

fn links(body: &Body<'_>, found: &mut Vec<Finding>) {
    let own: BTreeSet<String> = body
        .ctx
        .domains
        .iter()
        .filter_map(|typed| domain(typed))
        .collect();
    for link in body.links.iter().filter(|link| !link.is_email) {
        let host = &link.host;
        if is_shortener(host) {
            found.push(Finding::forbidden(
                Rule::Shortener,
                Some(link.at.clone()),
                format!(
                    "Anybody can make a {host} link, so carriers filter texts with one and people cannot \
                     see where it leads (CTIA Messaging Principles 5.3.2)."
                ),
                "Use a link to the campaign's own site.",
            ));
        } else if !own.is_empty() && !own.iter().any(|own| belongs(host, own)) {
            found.push(Finding::advice(
                Rule::OtherDomain,
                Some(link.at.clone()),
                format!(
                    "{host} is not one of the campaign's own domains, and people cannot tell whose it is \
                     (CTIA Messaging Principles 5.3.2)."
                ),
                format!("Link to {}, or add the domain in Settings.", either(&own)),
            ));
        }
    }
}

fn either(own: &BTreeSet<String>) -> String {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    own.join(" or ")
}
