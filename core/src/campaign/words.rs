//! The campaign's own words: what is read out, and the texts that are sent, in each language, and what the law
//! says of them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use super::languages::AllSpoken;
use super::purposes::find;
use super::settings::set;
use crate::consent::defaults::{self, Language};
use crate::consent::linter::{self, Context, Finding, Rule, What, lint};
use crate::consent::{OPINIONS, TEXTS};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::storage::purposes::{self, Purpose};
use crate::storage::settings::{Set, Setting};
use crate::storage::supporters::Details;
use crate::storage::{Conn, campaign, holds, texts};
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

/// A version of a text that Placard writes by itself, how it looks, and what the law says of it.
#[derive(Clone)]
pub struct Checked {
    /// The words, judged.
    pub judged: Judged,
    /// How one person would get it.
    pub preview: Preview,
}

/// Who stands in for a supporter in a preview.
const SOMEBODY: &str = "Amina";

/// The texts that Placard writes by itself, in the order in which a supporter may get them.
const WRITTEN_BY_ITSELF: [Kind; 4] = [
    Kind::Confirmation,
    Kind::Reminder,
    Kind::Goodbye,
    Kind::Help,
];

/// Gives a campaign the default words of every language that it has none in, for each purpose that is asked and for
/// each text that Placard writes by itself.
///
/// # Errors
/// The disk says no.
pub(super) fn complete(conn: &Conn, info: &campaign::Campaign, now: DateTime<Utc>) -> Result<()> {
    for purpose in purposes::asked(conn)? {
        complete_purpose(conn, info, &purpose, now)?;
    }
    for kind in WRITTEN_BY_ITSELF {
        for language in Language::ALL {
            let there = campaign::template(conn, kind, language.tag())?;
            if there.is_none_or(|version| version.language != language.tag()) {
                let body = defaults::template(kind, language, info.country);
                campaign::add_template(conn, kind, language.tag(), body, now)?;
            }
        }
    }
    Ok(())
}

/// Gives a purpose the default words of every language that it has none in.
///
/// # Errors
/// The disk says no.
pub(super) fn complete_purpose(
    conn: &Conn,
    info: &campaign::Campaign,
    purpose: &Purpose,
    now: DateTime<Utc>,
) -> Result<()> {
    let there = campaign::wordings(conn, &purpose.key)?;
    for language in Language::ALL {
        if there
            .iter()
            .all(|version| version.language != language.tag())
        {
            let body = default_wording(purpose, language, info);
            campaign::add_wording(conn, &purpose.key, language.tag(), &body, now)?;
        }
    }
    Ok(())
}

fn default_wording(purpose: &Purpose, language: Language, info: &campaign::Campaign) -> String {
    let asked = match purpose.key.as_str() {
        TEXTS => defaults::Purpose::Texts,
        OPINIONS => defaults::Purpose::Opinions,
        _ => defaults::Purpose::Own {
            channel: purpose.channel,
            label: &purpose.label,
        },
    };
    defaults::wording(asked, language, &info.name, info.country)
}

impl Campaign {
    /// What is read out for a purpose in a language, and what the law says of it. Where the campaign has none in that
    /// language yet, the English one, to be translated, as version 0.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such purpose.
    pub fn wording(&self, purpose: &str, language: &str) -> Result<Judged> {
        let version = self
            .storage
            .read(|conn| campaign::wording(conn, purpose, language))?
            .ok_or(Error::NotFound)?;
        Ok(Judged {
            findings: self.judge_wording(purpose, &version.language, &version.body)?,
            written: written(version, language),
        })
    }

    /// What the law says of a wording as it is typed.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such purpose.
    pub fn judge_wording(&self, purpose: &str, language: &str, body: &str) -> Result<Vec<Finding>> {
        let sender = self.sends_as();
        self.storage.read(|conn| {
            let asked = purposes::asked(conn)?;
            let purpose = find(&asked, purpose)?;
            self.judge_asking(conn, sender, purpose, (language, body))
        })
    }

    /// What the law says of a wording, from whoever texts come.
    pub(super) fn judge_asking(
        &self,
        conn: &Conn,
        sender: linter::Sender,
        purpose: &Purpose,
        words: (&str, &str),
    ) -> Result<Vec<Finding>> {
        let mut findings = self.judge_as(conn, sender, What::Wording(purpose.channel), words)?;
        if purpose.key != TEXTS {
            // A yes to the organiser's own purposes brings no text to confirm: none is to be promised.
            findings.retain(|finding| finding.rule != Rule::NoConfirmation);
        }
        Ok(findings)
    }

    /// Whether a purpose can be asked for in its default words: its label stands in all of them.
    pub(super) fn default_words_are_allowed(&self, purpose: &Purpose) -> Result<()> {
        let context = Context {
            campaign: &self.info.name,
            country: self.info.country,
            sender: linter::Sender::Unknown,
            domains: &[],
            language: Language::En.tag(),
        };
        let body = default_wording(purpose, Language::En, &self.info);
        allowed(
            "about",
            &lint(What::Wording(purpose.channel), &body, &context),
        )
    }

    /// Adds a version of what is read out, where it is another. Consents that were given keep the version they heard.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the law forbids it, or the disk says no.
    pub fn save_wording(&self, purpose: &str, language: &str, body: &str) -> Result<Judged> {
        let body = body.trim();
        let findings = self.judge_wording(purpose, language, body)?;
        allowed("wording", &findings)?;
        let (now, who) = (self.clock.now(), self.who());
        let version = self.storage.write(|conn| {
            is_spoken(conn, language)?;
            let before = campaign::own_wording(conn, purpose, language)?;
            if let Some(same) = before.as_ref().filter(|before| before.body == body) {
                return Ok(same.clone());
            }
            let worded = Set {
                setting: Setting::Wording {
                    purpose: purpose.to_owned(),
                    language: language.to_owned(),
                },
                before: before.map(|version| version.body),
                after: Some(body.to_owned()),
            };
            set(conn, &worded, &who, now)?;
            campaign::add_wording(conn, purpose, language, body, now)
        })?;
        self.events.changed(Topic::Campaign);
        Ok(Judged {
            written: Written {
                body: version.body,
                version: version.number,
            },
            findings,
        })
    }

    /// A text that Placard writes by itself in a language, how it looks, and what the law says of it. Where the campaign has none in
    /// that language yet, the English one, to be translated, as version 0.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn template(&self, kind: Kind, language: &str) -> Result<Checked> {
        let version = self
            .storage
            .read(|conn| campaign::template(conn, kind, language))?
            .ok_or(Error::NotFound)?;
        let spoken = version.language.clone();
        let Written { body, version } = written(version, language);
        self.checked_template(kind, &spoken, body, version)
    }

    /// How such a text would look, and what the law says of it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn preview(&self, kind: Kind, language: &str, body: &str) -> Result<Checked> {
        self.checked_template(kind, language, body.to_owned(), 0)
    }

    fn checked_template(
        &self,
        kind: Kind,
        language: &str,
        body: String,
        version: u32,
    ) -> Result<Checked> {
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
                findings: self.judge(What::Template(kind), language, &body)?,
                written: Written { body, version },
            },
        })
    }

    /// Adds a version of such a text, where it is another. What waits for its first try goes out in the new words: who
    /// mends a slip before going online means those texts too.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the law forbids it, or the disk says no.
    pub fn save_template(&self, kind: Kind, language: &str, body: &str) -> Result<Checked> {
        if !WRITTEN_BY_ITSELF.contains(&kind) {
            return Err(Error::NotFound);
        }
        let findings = self.judge(What::Template(kind), language, body)?;
        allowed("template", &findings)?;
        let (now, who) = (self.clock.now(), self.who());
        let version = self.storage.write(|conn| {
            is_spoken(conn, language)?;
            let before = campaign::own_template(conn, kind, language)?;
            if let Some(same) = before.as_ref().filter(|before| before.body == body) {
                return Ok(same.clone());
            }
            let worded = Set {
                setting: Setting::Template {
                    kind,
                    language: language.to_owned(),
                },
                before: before.map(|version| version.body),
                after: Some(body.to_owned()),
            };
            set(conn, &worded, &who, now)?;
            self.word_anew(conn, kind, (language, body), now)
        })?;
        self.events.changed(Topic::Campaign);
        self.events.changed(Topic::Texts);
        self.sender.look();
        self.checked_template(kind, language, version.body, version.number)
    }

    /// Adds a version of such a text, and puts what waits for its first try into the words that stand then. Gives those.
    pub(super) fn word_anew(
        &self,
        conn: &Conn,
        kind: Kind,
        (language, body): (&str, &str),
        now: DateTime<Utc>,
    ) -> Result<campaign::Version> {
        campaign::add_template(conn, kind, language, body, now)?;
        let stands = campaign::template(conn, kind, language)?.ok_or(Error::NotFound)?;
        let template = Template::parse(&stands.body)
            .map_err(|_| Error::invalid("template", "A brace in the text has no other."))?;
        let spoken = Language::or_english(language);
        texts::rewrite_waiting(conn, kind, language, stands.id, |first_name, canvasser| {
            self.words_of(&template, spoken, first_name, canvasser)
        })?;
        holds::release_template(conn, kind, language)?;
        texts::decide_anew(conn, None, now)?;
        Ok(stands)
    }

    /// What the law says of words.
    fn judge(&self, what: What, language: &str, body: &str) -> Result<Vec<Finding>> {
        let sender = self.sends_as();
        self.storage
            .read(|conn| self.judge_as(conn, sender, what, (language, body)))
    }

    /// What the law says of words, from whoever they come.
    pub(super) fn judge_as(
        &self,
        conn: &Conn,
        sender: linter::Sender,
        what: What,
        (language, body): (&str, &str),
    ) -> Result<Vec<Finding>> {
        let domains = campaign::rules(conn)?.domains;
        let context = Context {
            campaign: &self.info.name,
            country: self.info.country,
            sender,
            domains: &domains,
            language,
        };
        Ok(lint(what, body, &context))
    }

    /// Whether a text that asks needs a reply, as one from a name in letters must not.
    pub(super) fn needs_replies(&self, conn: &Conn) -> Result<bool> {
        let all = AllSpoken::of(conn)?;
        let reminds = campaign::rules(conn)?.reminder_after.is_some();
        let kinds = [Some(Kind::Confirmation), reminds.then_some(Kind::Reminder)];
        for kind in kinds.into_iter().flatten() {
            for tag in all.tags() {
                let Some(version) = campaign::template(conn, kind, tag)? else {
                    continue;
                };
                let context = Context {
                    campaign: &self.info.name,
                    country: self.info.country,
                    sender: linter::Sender::Letters,
                    domains: &[],
                    language: &version.language,
                };
                if linter::needs_replies(kind, &version.body, &context) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether a phone can answer what this campaign sends.
    pub(super) fn sends_as(&self) -> linter::Sender {
        let active = self.active();
        match (active.in_letters, &active.number) {
            (true, _) => linter::Sender::Letters,
            (false, Some(_)) => linter::Sender::Number,
            // A messaging service chooses a number; a phone has one, told or not.
            (false, None) => linter::Sender::Unknown,
        }
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

/// Words are written in a language that people can be asked in, and no other.
fn is_spoken(conn: &Conn, language: &str) -> Result<()> {
    let all = AllSpoken::of(conn)?;
    let known = all.tags().any(|tag| tag == language);
    known.then_some(()).ok_or(Error::NotFound)
}

/// Words as they stand in a language; version 0 where they are English ones that stand in.
fn written(version: campaign::Version, language: &str) -> Written {
    Written {
        version: match version.language == language {
            true => version.number,
            false => 0,
        },
        body: version.body,
    }
}

/// Nothing that the law forbids goes live.
pub(super) fn allowed(field: &'static str, findings: &[Finding]) -> Result<()> {
    match linter::forbids(findings) {
        None => Ok(()),
        Some(why) => Err(Error::invalid(field, why)),
    }
}
