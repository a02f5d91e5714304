//! What people set: each an act of its own, turned round by Undo and Redo with the checks of saving it. A secret is not
//! kept twice, so that no gateway, PIN or passphrase is among it.

mod telling;

use chrono::{DateTime, TimeZone, Utc};
use uuid::Uuid;

use super::Campaign;
use super::purposes::find;
use super::undoing::Undone;
use super::words::allowed;
use crate::consent::Rules;
use crate::consent::linter::{Sender, What};
use crate::error::{Error, Result};
use crate::storage::history::{self, Act, Kind as ActKind};
use crate::storage::holds::{self, Released};
use crate::storage::languages::{self, Added};
use crate::storage::purposes::{self, Purpose};
use crate::storage::settings::{self, Set, Setting};
use crate::storage::{Conn, apart, campaign, gateways, supporters, texts};
use crate::texts::allowed::{Verdict, verdict};
use crate::texts::life::{Kind, Reason, State};

pub(super) use telling::called;
pub use telling::{SetBy, SettingChanged};

/// A purpose that is asked, as it is kept in the history.
const ASKED: &str = "asked";

/// A purpose that is asked no more, before the time since when, in milliseconds.
const RETIRED: &str = "retired ";

/// A text that waits.
const WAITS: &str = "waits";

/// A text that somebody cancelled.
const CANCELLED: &str = "cancelled";

/// Who turns what round.
pub(super) struct Turning<'a> {
    /// The canvasser of the shift, or nobody by name.
    pub(super) who: &'a str,
    /// As whom texts are sent.
    pub(super) sender: Sender,
    /// When.
    pub(super) now: DateTime<Utc>,
}

/// Writes down that somebody sets something, as an act of its own.
pub(super) fn set(conn: &Conn, set: &Set, who: &str, now: DateTime<Utc>) -> Result<()> {
    let act = Uuid::now_v7();
    history::begin(conn, act, ActKind::Setting, who, None, now)?;
    settings::record(conn, act, 0, set, who, now)
}

pub(super) fn purpose_as_kept(purpose: &Purpose) -> String {
    match purpose.retired_at {
        None => ASKED.to_owned(),
        Some(at) => format!("{RETIRED}{}", at.timestamp_millis()),
    }
}

/// Since when a purpose is asked no more, where it is not.
fn retired_at(kept: &str) -> Option<DateTime<Utc>> {
    let millis = kept.strip_prefix(RETIRED)?.parse().ok()?;
    Utc.timestamp_millis_opt(millis).single()
}

pub(super) fn language_as_kept(language: &Added) -> String {
    let direction = if language.rtl { "rtl" } else { "ltr" };
    format!("{direction} {}", language.name)
}

fn language_of(tag: &str, kept: &str) -> Added {
    let (direction, name) = kept.split_once(' ').unwrap_or(("ltr", kept));
    Added {
        tag: tag.to_owned(),
        name: name.to_owned(),
        rtl: direction == "rtl",
    }
}

pub(super) fn rules_as_kept(rules: &Rules) -> Result<String> {
    serde_json::to_string(rules).map_err(|_| Error::Broke)
}

fn rules_of(kept: Option<&String>) -> Result<Rules> {
    let kept = kept.ok_or(Error::NotFound)?;
    serde_json::from_str(kept).map_err(|_| Error::Broke)
}

pub(super) fn hold_as_kept(hold: &Released) -> Result<String> {
    serde_json::to_string(hold).map_err(|_| Error::Broke)
}

/// The hold that was released or stands again.
fn hold_of(set: &Set) -> Result<Released> {
    let kept = set.before.as_ref().or(set.after.as_ref());
    let kept = kept.ok_or(Error::NotFound)?;
    serde_json::from_str(kept).map_err(|_| Error::Broke)
}

/// A text that waited and was cancelled.
pub(super) fn cancelled(text: Uuid) -> Set {
    Set {
        setting: Setting::Text(text),
        before: Some(WAITS.to_owned()),
        after: Some(CANCELLED.to_owned()),
    }
}

/// What stands now where something was set; nothing where there is nothing.
fn stands(conn: &Conn, set: &Set) -> Result<Option<String>> {
    Ok(match &set.setting {
        Setting::Wording { purpose, language } => {
            campaign::own_wording(conn, purpose, language)?.map(|version| version.body)
        }
        Setting::Template { kind, language } => {
            campaign::own_template(conn, *kind, language)?.map(|version| version.body)
        }
        Setting::Purpose(key) => {
            let all = purposes::all(conn)?;
            let found = all.iter().find(|purpose| purpose.key == *key);
            found.map(purpose_as_kept)
        }
        Setting::Language(tag) => {
            let all = languages::added(conn)?;
            let found = all.iter().find(|language| language.tag == *tag);
            found.map(language_as_kept)
        }
        Setting::Rules => Some(rules_as_kept(&campaign::rules(conn)?)?),
        Setting::Text(id) => match text_of(conn, *id)? {
            Some(text) if text.state == State::Waiting => Some(WAITS.to_owned()),
            Some(text) if text.state == State::NotSent && text.reason == Reason::Cancelled => {
                Some(CANCELLED.to_owned())
            }
            _ => None,
        },
        Setting::Hold => {
            let hold = hold_of(set)?;
            match holds::stands_again(conn, &hold)? {
                true => Some(hold_as_kept(&hold)?),
                false => None,
            }
        }
    })
}

fn text_of(conn: &Conn, id: Uuid) -> Result<Option<texts::Text>> {
    match texts::get(conn, id) {
        Ok(text) => Ok(Some(text)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Campaign {
    /// Whether what an act set can be turned round: what it left there stands, and nothing has come to lean on it.
    pub(super) fn can_be_turned(&self, conn: &Conn, act: Uuid, now: DateTime<Utc>) -> Result<bool> {
        let Some((_, last)) = settings::last_turn(conn, act)? else {
            return Ok(false);
        };
        if last.setting == Setting::Rules {
            let stands = self.in_force(&campaign::rules(conn)?);
            return Ok(self.turned_rules(&stands, &last)? != stands);
        }
        if stands(conn, &last)? != last.after {
            return Ok(false);
        }
        match (&last.setting, &last.before) {
            (Setting::Language(tag), None) => Ok(!languages::is_somebodys(conn, tag)?),
            (Setting::Text(id), Some(before)) if before == WAITS => may_wait(conn, *id, now),
            // A gateway that was saved since is asked anew: what one held on to before is over.
            (Setting::Hold, Some(_)) => {
                Ok(gateways::saved_last(conn)? <= settings::turned_last(conn, act)?)
            }
            _ => Ok(true),
        }
    }

    fn turned_rules(&self, stands: &Rules, last: &Set) -> Result<Rules> {
        let (from, to) = (
            rules_of(last.after.as_ref())?,
            rules_of(last.before.as_ref())?,
        );
        Ok(stands.turned(&from, &to))
    }

    /// Turns round what an act set. What would be refused if it were saved now stays as it is: then the act is neither
    /// undone nor done again any more, and why is what this gives.
    pub(super) fn turn_setting(
        &self,
        conn: &Conn,
        act: &Act,
        turning: &Turning<'_>,
    ) -> Result<Result<Undone>> {
        let (turn, last) = settings::last_turn(conn, act.id)?.ok_or(Error::NotFound)?;
        let name = called(conn, act.id)?;
        let sentence = match apart(conn, |conn| self.put(conn, &last, turning)) {
            Ok(sentence) => sentence,
            Err(Error::Invalid { sentence, .. } | Error::TooLate(sentence)) => {
                history::settle(conn, act.id)?;
                return Ok(Err(Error::TooLate(format!(
                    "{sentence} So nothing is changed, and Undo and Redo pass over {name}."
                ))));
            }
            Err(error) => return Err(error),
        };
        let back = Set {
            after: stands(conn, &last)?,
            setting: last.setting,
            before: last.after,
        };
        settings::record(conn, act.id, turn + 1, &back, turning.who, turning.now)?;
        Ok(Ok(Undone { name, sentence }))
    }

    /// Makes what stood before stand again, and says what that means.
    fn put(&self, conn: &Conn, last: &Set, turning: &Turning<'_>) -> Result<String> {
        let now = turning.now;
        let before = last.before.as_deref();
        match &last.setting {
            Setting::Wording { purpose, language } => {
                let Some(body) = before else {
                    campaign::add_wording(conn, purpose, language, "", now)?;
                    return Ok("English is read out in their place.".to_owned());
                };
                let all = purposes::all(conn)?;
                let asked = find(&all, purpose)?;
                let findings = self.judge_asking(conn, turning.sender, asked, (language, body))?;
                allowed("wording", &findings)?;
                let version = campaign::add_wording(conn, purpose, language, body, now)?;
                Ok(format!(
                    "What is read out now is version {}. Whoever agreed keeps the words that they heard.",
                    version.number
                ))
            }
            Setting::Template { kind, language } => {
                let Some(body) = before else {
                    self.word_anew(conn, *kind, (language, ""), now)?;
                    return Ok("The English text stands in for it.".to_owned());
                };
                let words = (language.as_str(), body);
                let what = What::Template(*kind);
                allowed(
                    "template",
                    &self.judge_as(conn, turning.sender, what, words)?,
                )?;
                let version = self.word_anew(conn, *kind, words, now)?;
                Ok(format!(
                    "What is sent now is version {}. Texts that have not been tried yet use it too.",
                    version.number
                ))
            }
            Setting::Purpose(key) => self.put_purpose(conn, key, before, now),
            Setting::Language(tag) => match before {
                Some(kept) => {
                    languages::insert(conn, &language_of(tag, kept), now)?;
                    Ok("People can be asked in it again.".to_owned())
                }
                None => {
                    languages::remove(conn, tag)?;
                    Ok("People are not asked in it.".to_owned())
                }
            },
            Setting::Rules => {
                let stands = self.in_force(&campaign::rules(conn)?);
                self.put_rules(conn, &self.turned_rules(&stands, last)?, now)?;
                Ok("What waits is decided anew.".to_owned())
            }
            Setting::Text(id) => {
                let text = texts::get(conn, *id)?;
                if before == Some(WAITS) {
                    self.goes_again(conn, &text, turning.who, now)?;
                    return Ok("It waits again.".to_owned());
                }
                match texts::does_not_go(conn, &text, Reason::Cancelled, now)? {
                    State::NotSent => Ok("It does not go.".to_owned()),
                    _ => Err(Error::TooLate("The text may have gone already.".to_owned())),
                }
            }
            Setting::Hold => {
                let hold = hold_of(last)?;
                match before {
                    Some(_) => {
                        holds::put_back(conn, &hold)?;
                        Ok("Sending is stopped as before.".to_owned())
                    }
                    None => {
                        holds::release_again(conn, &hold)?;
                        Ok("Sending carries on.".to_owned())
                    }
                }
            }
        }
    }

    /// A purpose that was added is not taken away again but asked no more: the ledger names it for good once somebody has
    /// said something to it, and a form that is open may name it already.
    fn put_purpose(
        &self,
        conn: &Conn,
        key: &str,
        before: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<String> {
        let all = purposes::all(conn)?;
        let purpose = find(&all, key)?;
        if before == Some(ASKED) {
            self.ask_again(conn, &all, purpose, now)?;
            return Ok("It is asked again, in the words that it had.".to_owned());
        }
        let since = before.and_then(retired_at).unwrap_or(now);
        purposes::set_retired(conn, key, Some(since))?;
        Ok("It is asked no more. What people said to it stays on their pages.".to_owned())
    }
}

/// Whether a text that was cancelled may wait again: nothing forbids it for good, and nothing has taken its place.
fn may_wait(conn: &Conn, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    if texts::is_anothers(conn, id)? {
        return Ok(false);
    }
    let claimable = texts::claimable(conn, id)?;
    let text = &claimable.text;
    if let Some(supporter) = text.supporter
        && !supporters::is_there(conn, supporter)?
    {
        return Ok(false);
    }
    // A test and what answers by itself go soon or not at all.
    if text.kind == Kind::Test || text.kind.is_answer() {
        return Ok(false);
    }
    if text.kind == Kind::Confirmation && texts::number_has_one(conn, &text.mobile)? {
        return Ok(false);
    }
    Ok(!matches!(
        verdict(claimable.facts, None, now),
        Verdict::Never(_)
    ))
}
