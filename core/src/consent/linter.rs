//! What is wrong with the campaign's own words, before anybody hears or gets them.
//!
//! What is forbidden would break the law or be refused by the carriers; advice is what a careful organiser
//! does. Rules about turns of phrase know English; the others hold in every language.

mod answering;
mod asking;
mod body;
mod carriers;
mod every;
mod fields;
mod links;
mod opinions;
mod said;

use std::ops::Range;

pub use super::Channel;
use crate::people::Country;
pub use crate::texts::life::Kind;
use body::Body;

/// What the words are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Read out, or read on the supporter's side of the screen, before they agree.
    Wording(Channel),
    /// The privacy notice.
    Notice,
    /// A text.
    Template(Kind),
}

/// Who a text comes from, as the phone shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// A number: people can reply.
    Number,
    /// A name in letters: nobody can reply.
    Letters,
    /// Not known yet. Taken for a number.
    Unknown,
}

/// What the words are judged by.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The campaign's name.
    pub campaign: &'a str,
    /// Where the campaign is.
    pub country: Country,
    /// Who texts come from.
    pub sender: Sender,
    /// The campaign's own domains. Where there are none, links are not judged by them.
    pub domains: &'a [String],
    /// The language of the words, as in "en" or "cy-GB".
    pub language: &'a str,
}

/// Which rule was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Nothing in it.
    Empty,
    /// A field that Placard does not know, or one where none is filled in.
    UnknownField,
    /// `{` without `}`.
    UnclosedBrace,
    /// `}` without `{`.
    StrayBrace,
    /// Too long to read out, or for a gateway.
    TooLong,
    /// It does not say who asks or writes.
    NoCampaign,
    /// It does not say how to stop.
    NoWayToStop,
    /// It asks for a reply that cannot be sent.
    NobodyCanReply,
    /// To somebody who opted out it says more than that.
    MoreThanGoodbye,
    /// It does not ask, or not for a yes or a no.
    NoQuestion,
    /// It does not say that a text to confirm comes.
    NoConfirmation,
    /// It takes consent for granted.
    PreSupposed,
    /// It asks for something else in the same breath.
    Bundled,
    /// It does not say that answers show opinions or union membership.
    OpinionsNotNamed,
    /// It ties consent about opinions to texts.
    OpinionsTied,
    /// It does not say how often texts come.
    NoFrequency,
    /// It does not say that texts may cost.
    NoRates,
    /// It does not say how to get help.
    NoHelp,
    /// A link of a public shortener.
    Shortener,
    /// A link outside the campaign's domains.
    OtherDomain,
    /// A character that alone makes the text dearer.
    ForcesUcs2,
    /// More than one segment.
    Segments,
    /// Mostly capitals.
    Shouting,
    /// Looks like spam.
    Spam,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Better otherwise.
    Advice,
    /// Must not be used.
    Forbidden,
}

/// Something that is wrong with the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule was broken.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// Where, in bytes of the body, on character boundaries. `None`: something is missing, or the whole.
    pub at: Option<Range<usize>>,
    /// What is wrong, ending in the source of the rule.
    pub reason: String,
    /// What to do.
    pub mend: String,
    /// What can stand at `at` instead, where that mends it.
    pub replacement: Option<String>,
}

/// Everything that is wrong with the words: first what stands in them, in its order, then what they lack.
/// Empty when nothing is. Never fails, whatever the body.
#[must_use]
pub fn lint(what: What, body: &str, ctx: &Context<'_>) -> Vec<Finding> {
    let body = Body::of(what, body, ctx);
    let mut found = Vec::new();
    if body.body.trim().is_empty() {
        fields::empty(&body, &mut found);
        return found;
    }
    fields::judge(&body, &mut found);
    every::judge(&body, &mut found);
    answering::judge(&body, &mut found);
    asking::judge(&body, &mut found);
    opinions::judge(&body, &mut found);
    carriers::judge(&body, &mut found);
    // A stable sort: where two stand at one place, the rule that was asked first is told first.
    found.sort_by_key(|finding| finding.at.as_ref().map_or(usize::MAX, |at| at.start));
    keep_apart(&mut found);
    found
}

/// Takes back a replacement that would write over another: all of them can be made, from the last to the
/// first.
fn keep_apart(found: &mut [Finding]) {
    let mut done = 0;
    for finding in found {
        let Some(at) = finding
            .at
            .as_ref()
            .filter(|_| finding.replacement.is_some())
        else {
            continue;
        };
        if at.start < done {
            finding.replacement = None;
        } else {
            done = at.end;
        }
    }
}

/// Whether nothing forbids the words.
#[must_use]
pub fn is_allowed(findings: &[Finding]) -> bool {
    findings
        .iter()
        .all(|finding| finding.severity != Severity::Forbidden)
}

/// Why the words must not be used, and the mends, where something forbids them.
#[must_use]
pub fn forbids(findings: &[Finding]) -> Option<String> {
    let sentences: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Forbidden)
        .map(|finding| format!("{} {}", finding.reason, finding.mend))
        .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Whether a text needs a sender that people can reply to: it asks for a reply, or offers no other way to stop (PECR
/// r23). What goes to somebody who has stopped, and the organiser's own test, need none.
#[must_use]
pub fn needs_replies(kind: Kind, body: &str, ctx: &Context<'_>) -> bool {
    if matches!(kind, Kind::Goodbye | Kind::Test) {
        return false;
    }
    let letters = Context {
        sender: Sender::Letters,
        ..*ctx
    };
    lint(What::Template(kind), body, &letters)
        .iter()
        .any(|finding| matches!(finding.rule, Rule::NobodyCanReply | Rule::NoWayToStop))
}

impl Finding {
    fn forbidden(
        rule: Rule,
        at: Option<Range<usize>>,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: Severity::Forbidden,
            at,
            reason: reason.into(),
            mend: mend.into(),
            replacement: None,
        }
    }

    fn advice(
        rule: Rule,
        at: Option<Range<usize>>,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Advice,
            ..Self::forbidden(rule, at, reason, mend)
        }
    }

    fn instead(self, replacement: impl Into<String>) -> Self {
        Self {
            replacement: Some(replacement.into()),
            ..self
        }
    }
}

#[cfg(test)]
mod tests;
