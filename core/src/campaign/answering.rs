//! An answer by hand as it is sent. It goes by the same rules as every text: what names nobody, or says no way to stop,
//! gets that added (PECR r23).

use super::Campaign;
use crate::consent::defaults::{self, Language};
use crate::consent::linter::{self, Context, Finding, Kind, Rule, What, lint};
use crate::error::{Error, Result};
use crate::people::Mobile;
use crate::storage::{Conn, campaign, supporters};
use crate::texts::segments::{Measure, is_gsm7, plain};

/// What an answer would be.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answering {
    /// All that is sent.
    pub whole: String,
    /// What of it Placard adds; empty where nothing is missing.
    pub added: String,
    /// Why it cannot be sent, and the mend, where it cannot.
    pub refused: Option<String>,
}

impl Answering {
    /// What it costs.
    #[must_use]
    pub fn measure(&self) -> Measure {
        Measure::of(&self.whole)
    }
}

impl Campaign {
    /// What an answer by hand would be: exactly what [`Campaign::reply`] sends. Nothing where nothing is typed.
    ///
    /// # Errors
    /// It is no number, or the vault cannot be read.
    pub fn preview_reply(&self, e164: &str, body: &str) -> Result<Answering> {
        let mobile = Mobile::from_e164(e164).map_err(|_| Error::NotFound)?;
        self.storage
            .read(|conn| self.answering(conn, &mobile, body))
    }

    pub(super) fn answering(&self, conn: &Conn, mobile: &Mobile, body: &str) -> Result<Answering> {
        let body = body.trim();
        if body.is_empty() {
            return Ok(Answering::default());
        }
        let language = supporters::language_on(conn, mobile)?;
        let domains = campaign::rules(conn)?.domains;
        let context = Context {
            campaign: &self.info.name,
            country: self.info.country,
            sender: self.sends_as(),
            domains: &domains,
            language: &language,
        };
        let added = missing(body, &context);
        let whole = match added.as_str() {
            "" => body.to_owned(),
            added => format!("{body}\n{added}"),
        };
        let refused = linter::forbids(&judged(&whole, &context));
        Ok(Answering {
            whole,
            added,
            refused,
        })
    }
}

/// What the law says of an answer. It is sent as it is typed: a brace in it is no field.
fn judged(body: &str, context: &Context<'_>) -> Vec<Finding> {
    let words = body.replace('{', "(").replace('}', ")");
    lint(What::Template(Kind::Reply), &words, context)
}

/// The part that an answer lacks, in the language of whom it is for. It makes no text dearer by its letters: where the
/// answer fits the small alphabet it does too, as far as the campaign's name can be spelt in it.
fn missing(body: &str, context: &Context<'_>) -> String {
    let findings = judged(body, context);
    let lacks = |rule| findings.iter().any(|finding| finding.rule == rule);
    let fits = |words: &str| match is_gsm7(body) {
        true => plain(words),
        false => words.to_owned(),
    };
    let mut parts = Vec::new();
    if lacks(Rule::NoCampaign) {
        let name = fits(context.campaign);
        let ends = name.ends_with(['.', '!', '?']);
        parts.push(if ends { name } else { format!("{name}.") });
    }
    // Nobody can reply to a name in letters: only whoever writes knows another way.
    if lacks(Rule::NoWayToStop) && context.sender != linter::Sender::Letters {
        let said = fits(defaults::way_to_stop(Language::or_english(
            context.language,
        )));
        parts.push(match is_gsm7(body) && !is_gsm7(&said) {
            true => defaults::way_to_stop(Language::En).to_owned(),
            false => said,
        });
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Country;

    fn context<'a>(campaign: &'a str, language: &'a str) -> Context<'a> {
        Context {
            campaign,
            country: Country::GB,
            sender: linter::Sender::Number,
            domains: &[],
            language,
        }
    }

    #[test]
    fn only_what_is_missing_is_added_in_the_language_of_the_person() {
        let cases = [
            (
                "everything",
                "en",
                "See you there",
                "Clean Air Now. Reply STOP to stop.",
            ),
            (
                "the way to stop",
                "en",
                "Clean Air Now: see you there",
                "Reply STOP to stop.",
            ),
            (
                "the name",
                "en",
                "See you there, or text STOP",
                "Clean Air Now.",
            ),
            ("nothing", "en", "Clean Air Now: see you. STOP to stop", ""),
            (
                "a stop that is none",
                "en",
                "Stop by our stall",
                "Clean Air Now. Reply STOP to stop.",
            ),
            (
                "a field that is none",
                "en",
                "{campaign}: STOP",
                "Clean Air Now.",
            ),
            (
                "Welsh",
                "cy",
                "Diolch",
                "Clean Air Now. Atebwch STOP i stopio.",
            ),
            (
                "Spanish",
                "es",
                "Gracias",
                "Clean Air Now. Responda STOP para cancelar.",
            ),
            (
                "Polish",
                "pl",
                "Dobrze",
                "Clean Air Now. Rezygnacja: wystarczy STOP.",
            ),
            (
                "Urdu",
                "ur",
                "جی ہاں",
                "Clean Air Now. بند کروانے کے لیے جواب میں STOP لکھیں۔",
            ),
            (
                "Urdu in Latin letters",
                "ur",
                "Shukriya",
                "Clean Air Now. Reply STOP to stop.",
            ),
            (
                "Bengali in Latin letters",
                "bn",
                "Dhonnobad",
                "Clean Air Now. Reply STOP to stop.",
            ),
            (
                "another language",
                "fr",
                "Merci",
                "Clean Air Now. Reply STOP to stop.",
            ),
        ];
        for (scenario, language, body, added) in cases {
            assert_eq!(
                missing(body, &context("Clean Air Now", language)),
                added,
                "{scenario}"
            );
        }
    }

    #[test]
    fn what_is_added_mends_the_answer_and_makes_no_text_dearer_by_its_letters() {
        for name in ["Clean Air Now", "Clean Air – Now!", "Niños’ Air"] {
            for language in Language::ALL {
                let context = context(name, language.tag());
                for body in ["Yes", "“Yes”", "جی ہاں"] {
                    let added = missing(body, &context);
                    let whole = format!("{body}\n{added}");
                    let scenario = format!("{name} {language:?} {body}");
                    assert_eq!(
                        linter::forbids(&judged(&whole, &context)),
                        None,
                        "{scenario}"
                    );
                    assert_eq!(is_gsm7(&whole), is_gsm7(body), "{scenario}");
                }
            }
        }
    }
}
