//! The words as the rules read them.

use std::ops::Range;

use super::links::{self, Link};
use super::said::Said;
use super::{Context, What};
use crate::people::one_line;
use crate::texts::template::{Fault, LONGEST_CAMPAIGN, Template};

/// The words, read once for every rule.
pub(super) struct Body<'a> {
    pub what: What,
    pub body: &'a str,
    pub ctx: &'a Context<'a>,
    /// Only of a [`What::Template`].
    pub template: Option<Template>,
    pub faults: Vec<Fault>,
    pub stretches: Vec<Range<usize>>,
    pub links: Vec<Link>,
    pub said: Said,
}

impl<'a> Body<'a> {
    pub fn of(what: What, body: &'a str, ctx: &'a Context<'a>) -> Self {
        let (template, faults) = match what {
            What::Template(_) => {
                let (template, faults) = Template::read(body);
                (Some(template), faults)
            }
            What::Wording(_) | What::Notice => (None, Vec::new()),
        };
        let whole = 0..body.len();
        let stretches = template
            .as_ref()
            .map_or_else(|| vec![whole], |template| template.words().collect());
        let links = links::links(body, &stretches);
        let campaign = one_line(ctx.campaign, LONGEST_CAMPAIGN);
        Self {
            said: Said::of(body, &stretches, &links, &campaign),
            what,
            body,
            ctx,
            template,
            faults,
            stretches,
            links,
        }
    }

    pub fn is_english(&self) -> bool {
        self.speaks("en")
    }

    pub fn speaks(&self, language: &str) -> bool {
        let first = self.ctx.language.split(['-', '_']).next();
        first.is_some_and(|first| first.trim().eq_ignore_ascii_case(language))
    }

    pub fn is_wording(&self) -> bool {
        matches!(self.what, What::Wording(_))
    }

    /// The source of a rule that both laws know.
    pub fn source(&self, elsewhere: &'static str, north_america: &'static str) -> &'static str {
        if self.ctx.country.keeps_ctia_principles() {
            north_america
        } else {
            elsewhere
        }
    }
}
