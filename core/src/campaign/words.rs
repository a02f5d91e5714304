//! The campaign's own words: what is read out, and the texts that are sent, in each language, and what the law
//! says of them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use crate::consent::Channel;
use crate::consent::defaults::{self, Language, Purpose};
use crate::consent::linter::{self, Context, Finding, What, is_allowed, lint};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::storage::supporters::Details;
use crate::storage::{Conn, campaign, gateways, texts};
use crate::texts::life::Kind;
use crate::texts::segments::Measure;
use crate::texts::template::{Merge, Preview, Template};

/// A version of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The words.
    pub body: String,
    /// 1, 2, 3, …; 0 where the campaign has none of its own yet.
    pub version: u32,
}

/// Words, and what the law says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The words.
    pub written: Written,
    /// What is wrong with them. What is forbidden cannot be saved.
    pub findings: Vec<Finding>,
}

/// A version of the confirmation text, how it looks, and what the law says of it.
#[derive(Clone)]
pub struct Checked {
    /// The words, judged.
    pub judged: Judged,
    /// How one person would get it.
    pub preview: Preview,
}

/// Who stands in for a supporter in a preview.
const SOMEBODY: &str = "Amina";

/// Gives a campaign the default words of every language that it has none in, for each purpose and for the
/// confirmation.
///
/// # Errors
/// The disk says no.
pub(super) fn complete(conn: &Conn, info: &campaign::Campaign, now: DateTime<Utc>) -> Result<()> {
    for purpose in campaign::purposes(conn)? {
        let there = campaign::wordings(conn, &purpose.key)?;
        for language in Language::ALL {
            if there
                .iter()
                .all(|version| version.language != language.tag())
            {
                let asked = Purpose::Own {
                    channel: purpose.channel,
                    label: &purpose.label,
                };
                let body = defaults::wording(asked, language, &info.name, info.country);
                campaign::add_wording(conn, &purpose.key, language.tag(), &body, now)?;
            }
        }
    }
    for language in Language::ALL {
        let there = campaign::template(conn, Kind::Confirmation, language.tag())?;
        if there.is_none_or(|version| version.language != language.tag()) {
            let body = defaults::template(Kind::Confirmation, language, info.country);
            campaign::add_template(conn, Kind::Confirmation, language.tag(), body, now)?;
        }
    }
    Ok(())
}

impl Campaign {
    /// What is read out for a purpose in a language, and what the law says of it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such purpose.
    pub fn wording(&self, purpose: &str, language: &str) -> Result<Judged> {
        let (version, channel) = self.storage.read(|conn| {
            let version = campaign::wording(conn, purpose, language)?.ok_or(Error::NotFound)?;
            Ok((version, channel_of(conn, purpose)?))
        })?;
        let findings = self.judge(What::Wording(channel), language, &version.body)?;
        Ok(Judged {
            written: Written {
                body: version.body,
                version: version.number,
            },
            findings,
        })
    }

    /// What the law says of a wording as it is typed.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such purpose.
    pub fn judge_wording(&self, purpose: &str, language: &str, body: &str) -> Result<Vec<Finding>> {
        let channel = self.storage.read(|conn| channel_of(conn, purpose))?;
        self.judge(What::Wording(channel), language, body)
    }

    /// Adds a version of what is read out. Consents that were given keep the version they heard.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the law forbids it, or the disk says no.
    pub fn save_wording(&self, purpose: &str, language: &str, body: &str) -> Result<Judged> {
        let body = body.trim();
        let findings = self.judge_wording(purpose, language, body)?;
        allowed("wording", &findings)?;
        let now = self.clock.now();
        let version = self
            .storage
            .write(|conn| campaign::add_wording(conn, purpose, language, body, now))?;
        self.events.changed(Topic::Campaign);
        Ok(Judged {
            written: Written {
                body: version.body,
                version: version.number,
            },
            findings,
        })
    }

    /// The confirmation text in a language, how it looks, and what the law says of it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn confirmation(&self, language: &str) -> Result<Checked> {
        let version = self
            .storage
            .read(|conn| campaign::template(conn, Kind::Confirmation, language))?
            .ok_or(Error::NotFound)?;
        self.checked_confirmation(language, version.body, version.number)
    }

    /// How a confirmation text would look, and what the law says of it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn preview(&self, language: &str, body: &str) -> Result<Checked> {
        self.checked_confirmation(language, body.to_owned(), 0)
    }

    fn checked_confirmation(&self, language: &str, body: String, version: u32) -> Result<Checked> {
        let shift = self.shift();
        let canvasser = shift.as_ref().map(|shift| shift.canvasser.as_str());
        let merge = Merge {
            first_name: SOMEBODY,
            campaign: &self.info.name,
            canvasser: canvasser.unwrap_or_default(),
            stand_ins: defaults::stand_ins(Language::or_english(language)),
        };
        Ok(Checked {
            preview: Preview::of(&body, &merge),
            judged: Judged {
                findings: self.judge(What::Template(Kind::Confirmation), language, &body)?,
                written: Written { body, version },
            },
        })
    }

    /// Adds a version of the confirmation text. What waits for its first try goes out in the new words: who
    /// mends a slip before going online means those texts too.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the law forbids it, or the disk says no.
    pub fn save_confirmation(&self, language: &str, body: &str) -> Result<Checked> {
        let findings = self.judge(What::Template(Kind::Confirmation), language, body)?;
        allowed("confirmation", &findings)?;
        let template = Template::parse(body)
            .map_err(|_| Error::invalid("confirmation", "A brace in the text has no other."))?;
        let now = self.clock.now();
        let spoken = Language::or_english(language);
        let version = self.storage.write(|conn| {
            let version = campaign::add_template(conn, Kind::Confirmation, language, body, now)?;
            texts::rewrite_waiting(conn, language, version.id, |first_name, canvasser| {
                self.words_of(&template, spoken, first_name, canvasser)
            })?;
            Ok(version)
        })?;
        self.events.changed(Topic::Texts);
        self.checked_confirmation(language, version.body, version.number)
    }

    /// What the law says of words.
    fn judge(&self, what: What, language: &str, body: &str) -> Result<Vec<Finding>> {
        let domains = self.rules()?.domains;
        let sender = self.sends_as()?;
        let context = Context {
            campaign: &self.info.name,
            country: self.info.country,
            sender,
            domains: &domains,
            language,
        };
        Ok(lint(what, body, &context))
    }

    /// Whether a confirmation text that may go out asks for a reply, as one from a name in letters must not.
    pub(super) fn asks_for_replies(&self) -> Result<bool> {
        for language in Language::ALL {
            let version = self
                .storage
                .read(|conn| campaign::template(conn, Kind::Confirmation, language.tag()))?
                .ok_or(Error::NotFound)?;
            let domains = self.rules()?.domains;
            let context = Context {
                campaign: &self.info.name,
                country: self.info.country,
                sender: linter::Sender::Letters,
                domains: &domains,
                language: language.tag(),
            };
            let findings = lint(What::Template(Kind::Confirmation), &version.body, &context);
            if findings
                .iter()
                .any(|finding| finding.rule == linter::Rule::NobodyCanReply)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a phone can answer what this campaign sends.
    fn sends_as(&self) -> Result<linter::Sender> {
        if self.storage.read(gateways::chosen)?.is_in_letters() {
            return Ok(linter::Sender::Letters);
        }
        Ok(match self.active().number {
            Some(_) => linter::Sender::Number,
            // A messaging service chooses a number; a phone has one, told or not.
            None => linter::Sender::Unknown,
        })
    }

    /// The newest confirmation text for one person: its template, its words and its segments.
    pub(super) fn confirmation_for(
        &self,
        conn: &Conn,
        details: &Details,
        canvasser: &str,
    ) -> Result<(Uuid, String, usize)> {
        let language = details.language.as_str();
        let spoken = Language::or_english(language);
        let version =
            campaign::template(conn, Kind::Confirmation, language)?.ok_or(Error::NotFound)?;
        // What was saved was judged then; should it not be readable any more, the words that every campaign starts
        // with are lawful.
        let template = Template::parse(&version.body)
            .or_else(|_| {
                let words = defaults::template(Kind::Confirmation, spoken, self.info.country);
                Template::parse(words)
            })
            .map_err(|_| Error::NotFound)?;
        let (body, segments) = self.words_of(&template, spoken, &details.first_name, canvasser);
        Ok((version.id, body, segments))
    }

    fn words_of(
        &self,
        template: &Template,
        language: Language,
        first_name: &str,
        canvasser: &str,
    ) -> (String, usize) {
        let body = template.render(&Merge {
            first_name,
            campaign: &self.info.name,
            canvasser,
            stand_ins: defaults::stand_ins(language),
        });
        let segments = Measure::of(&body).segments;
        (body, segments)
    }
}

fn channel_of(conn: &Conn, purpose: &str) -> Result<Channel> {
    campaign::purposes(conn)?
        .into_iter()
        .find(|known| known.key == purpose)
        .map(|known| known.channel)
        .ok_or(Error::NotFound)
}

/// Nothing that the law forbids goes live.
fn allowed(field: &'static str, findings: &[Finding]) -> Result<()> {
    if is_allowed(findings) {
        return Ok(());
    }
    let sentences: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity == linter::Severity::Forbidden)
        .map(|finding| format!("{} {}", finding.reason, finding.mend))
        .collect();
    Err(Error::invalid(field, sentences.join(" ")))
}
