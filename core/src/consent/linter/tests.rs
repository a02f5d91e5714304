mod asking;
mod carriers;
mod defaults;
mod fields;
mod kept;
mod links;
mod stopping;

use super::*;

pub(super) const CAMPAIGN: &str = "Hackney Renters";

/// A campaign in the UK that texts from a number and has no domains.
pub(super) fn context() -> Context<'static> {
    Context {
        campaign: CAMPAIGN,
        country: Country::GB,
        sender: Sender::Number,
        domains: &[],
        language: "en",
    }
}

pub(super) const TEXTS: What = What::Wording(Channel::Texts);
pub(super) const OPINIONS: What = What::Wording(Channel::Opinions);
pub(super) const CONFIRMATION: What = What::Template(Kind::Confirmation);
pub(super) const REMINDER: What = What::Template(Kind::Reminder);

/// What of a rule is found: the words it points at, or "" for the whole.
pub(super) fn pointed<'a>(
    what: What,
    body: &'a str,
    ctx: &Context<'_>,
    rule: Rule,
) -> Vec<&'a str> {
    lint(what, body, ctx)
        .into_iter()
        .filter(|finding| finding.rule == rule)
        .map(|finding| finding.at.map_or("", |at| &body[at]))
        .collect()
}

/// A scenario, the body, and what the rule points at in it: "" for the whole.
pub(super) type Row<'a> = (&'a str, &'a str, &'a [&'a str]);

/// Checks what one rule finds in each body, and how bad it is said to be.
pub(super) fn judged(
    what: What,
    ctx: &Context<'_>,
    rule: Rule,
    severity: Severity,
    rows: &[Row<'_>],
) {
    for (scenario, body, pointed_at) in rows {
        assert_eq!(
            pointed(what, body, ctx, rule),
            *pointed_at,
            "{scenario}: {body}"
        );
        for finding in lint(what, body, ctx) {
            if finding.rule == rule {
                assert_eq!(finding.severity, severity, "{scenario}");
            }
        }
    }
}

#[test]
fn findings_come_in_the_order_of_reading_and_what_is_missing_last() {
    let found = lint(REMINDER, "FREE {x} at https://bit.ly/a !!! {", &context());
    let rules: Vec<Rule> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(
        rules,
        [
            Rule::Spam,
            Rule::UnknownField,
            Rule::Shortener,
            Rule::Spam,
            Rule::UnclosedBrace,
            Rule::NoCampaign,
            Rule::NoWayToStop,
        ]
    );
    assert!(!is_allowed(&found));
}

#[test]
fn a_campaign_in_north_america_is_told_its_own_rules() {
    for (country, source) in [
        (Country::GB, "(PECR r23)."),
        (Country::US, "(CTIA Messaging Principles 5.1.3)."),
    ] {
        let ctx = Context {
            country,
            ..context()
        };
        let found = lint(REMINDER, "{campaign}: meeting at 7", &ctx);
        assert!(found[0].reason.ends_with(source), "{}", found[0].reason);
    }
}
