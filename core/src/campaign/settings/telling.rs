//! What was set, in words: as a button names it, and as Settings tells it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{ASKED, hold_of, language_of, rules_of, text_of};
use crate::campaign::Campaign;
use crate::campaign::languages::AllSpoken;
use crate::campaign::purposes::{name, spoken_of};
use crate::consent::{ReliesOn, Rules};
use crate::error::Result;
use crate::storage::purposes::{self, Purpose};
use crate::storage::settings::{self, Set, Setting, Told};
use crate::storage::{Conn, supporters};
use crate::texts::hours::{Hours, time_in_words};
use crate::texts::life::Kind;

/// Something that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingChanged {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it; empty where nobody is named.
    pub who: String,
    /// What was set: "The wording for texts, in English".
    pub what: String,
    /// Whether Undo or Redo did it, and which.
    pub by: SetBy,
    /// What stood there.
    pub before: String,
    /// What stands there since.
    pub after: String,
}

/// How something came to be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetBy {
    /// By hand.
    Hand,
    /// By Undo.
    Undo,
    /// By Redo.
    Redo,
}

/// The most that Settings tells.
const MOST_TOLD: u32 = 200;

impl Campaign {
    /// What was set, newest first. Of what was decided at once each choice stands for itself.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn settings_changed(&self) -> Result<Vec<SettingChanged>> {
        self.storage.read(|conn| {
            let names = Names::of(conn)?;
            let mut all = Vec::new();
            for told in settings::told(conn, MOST_TOLD)? {
                names.tell(&told, &mut all)?;
            }
            Ok(all)
        })
    }
}

/// An act that set something, as a button names it: "the wording for texts, in English".
pub(in crate::campaign) fn called(conn: &Conn, act: Uuid) -> Result<String> {
    let set = settings::first(conn, act)?;
    Ok(match &set.setting {
        Setting::Text(id) => {
            let whose = text_of(conn, *id)?.and_then(|text| text.supporter);
            match whose {
                Some(whose) => {
                    let name = supporters::name_of(conn, whose)?;
                    format!("the cancelling of the text to {name}")
                }
                None => "the cancelling of a text".to_owned(),
            }
        }
        _ => Names::of(conn)?.called(&set)?,
    })
}

/// What languages and purposes are called.
struct Names {
    languages: AllSpoken,
    purposes: Vec<Purpose>,
}

impl Names {
    fn of(conn: &Conn) -> Result<Self> {
        Ok(Self {
            languages: AllSpoken::of(conn)?,
            purposes: purposes::all(conn)?,
        })
    }

    fn purpose(&self, key: &str, called: impl Fn(&Purpose) -> String) -> String {
        let found = self.purposes.iter().find(|purpose| purpose.key == key);
        found.map_or_else(|| key.to_owned(), called)
    }

    /// What was set, and which way where that is what was done.
    fn called(&self, set: &Set) -> Result<String> {
        Ok(match &set.setting {
            Setting::Wording { purpose, language } => {
                let purpose = self.purpose(purpose, spoken_of);
                format!(
                    "the wording for {purpose}, in {}",
                    self.languages.name(language)
                )
            }
            Setting::Template { kind, language } => {
                let text = text(*kind);
                format!("{text}, in {}", self.languages.name(language))
            }
            Setting::Purpose(key) => {
                let name = self.purpose(key, name);
                let done = match (&set.before, &set.after) {
                    (None, _) => "adding",
                    (_, Some(after)) if after == ASKED => "taking up",
                    _ => "retiring",
                };
                format!("the {done} of “{name}”")
            }
            Setting::Language(tag) => {
                let kept = set.after.as_ref().or(set.before.as_ref());
                let name = kept.map_or_else(|| tag.clone(), |kept| language_of(tag, kept).name);
                format!("the language {name}")
            }
            Setting::Rules => {
                let (before, after) = (
                    rules_of(set.before.as_ref())?,
                    rules_of(set.after.as_ref())?,
                );
                let chosen = choices(&before, &after);
                let chosen: Vec<&str> = chosen.iter().map(|choice| choice.what).collect();
                match chosen.split_last() {
                    Some((last, [])) => (*last).to_owned(),
                    Some((last, others)) => format!("{} and {last}", others.join(", ")),
                    None => "what the campaign decided".to_owned(),
                }
            }
            Setting::Text(_) => "the cancelling of a text".to_owned(),
            Setting::Hold => "the go-ahead to send".to_owned(),
        })
    }

    fn tell(&self, told: &Told, all: &mut Vec<SettingChanged>) -> Result<()> {
        let by = match told.turn {
            0 => SetBy::Hand,
            turn if turn % 2 == 1 => SetBy::Undo,
            _ => SetBy::Redo,
        };
        let mut tell = |what: String, before: String, after: String| {
            all.push(SettingChanged {
                at: told.at,
                who: told.who.clone(),
                what: capital(&what),
                by,
                before,
                after,
            });
        };
        let set = &told.set;
        let both = |shown: &dyn Fn(Option<&str>) -> String| {
            (shown(set.before.as_deref()), shown(set.after.as_deref()))
        };
        match &set.setting {
            Setting::Rules => {
                let (before, after) = (
                    rules_of(set.before.as_ref())?,
                    rules_of(set.after.as_ref())?,
                );
                for choice in choices(&before, &after) {
                    tell(choice.what.to_owned(), choice.before, choice.after);
                }
            }
            Setting::Wording { .. } | Setting::Template { .. } => {
                let words =
                    |words: Option<&str>| words.unwrap_or("The English words stand in.").to_owned();
                let (before, after) = both(&words);
                tell(self.called(set)?, before, after);
            }
            Setting::Purpose(key) => {
                let asked = |kept: Option<&str>| match kept {
                    None => "Not there".to_owned(),
                    Some(ASKED) => "Asked".to_owned(),
                    Some(_) => "Asked no more".to_owned(),
                };
                let (before, after) = both(&asked);
                tell(self.purpose(key, name), before, after);
            }
            Setting::Language(_) => {
                let there = |kept: Option<&str>| match kept {
                    None => "Not there".to_owned(),
                    Some(_) => "There".to_owned(),
                };
                let (before, after) = both(&there);
                tell(self.called(set)?, before, after);
            }
            Setting::Hold => {
                let hold = hold_of(set)?.called();
                let stopped = |kept: Option<&str>| match kept {
                    None => "Carries on".to_owned(),
                    Some(_) => "Stopped".to_owned(),
                };
                let (before, after) = both(&stopped);
                tell(hold, before, after);
            }
            // Told beside the text.
            Setting::Text(_) => {}
        }
        Ok(())
    }
}

/// A choice of the rules that was made otherwise.
struct Choice {
    what: &'static str,
    before: String,
    after: String,
}

/// What differs between two.
fn choices(before: &Rules, after: &Rules) -> Vec<Choice> {
    type Shown = fn(&Rules) -> String;
    let each: [(&'static str, Shown); 6] = [
        ("the hours of texts", |rules| hours(rules.hours)),
        ("what counts as consent", |rules| {
            match rules.relies_on {
                ReliesOn::Confirmed => "The answer to the confirmation text",
                ReliesOn::Spoken => "The yes that a canvasser heard",
            }
            .to_owned()
        }),
        ("the reminder", |rules| match rules.reminder_after {
            None => "None".to_owned(),
            Some(1) => "After 1 day".to_owned(),
            Some(days) => format!("After {days} days"),
        }),
        ("how long people are kept", |rules| match rules.kept_for {
            None => "Until they ask us to stop".to_owned(),
            Some(1) => "1 month".to_owned(),
            Some(months) => format!("{months} months"),
        }),
        ("the contact for people’s data", |rules| {
            or_none(&rules.contact)
        }),
        ("the domains of links", |rules| {
            or_none(&rules.domains.join(", "))
        }),
    ];
    each.into_iter()
        .map(|(what, shown)| Choice {
            what,
            before: shown(before),
            after: shown(after),
        })
        .filter(|choice| choice.before != choice.after)
        .collect()
}

fn or_none(words: &str) -> String {
    match words.trim() {
        "" => "None".to_owned(),
        words => words.to_owned(),
    }
}

fn hours(hours: Option<Hours>) -> String {
    let Some(hours) = hours else {
        return "The country’s own".to_owned();
    };
    let on = |day: &str, go: bool| format!("{}on {day}", if go { "" } else { "not " });
    format!(
        "{} to {}, {}, {}",
        time_in_words(hours.from),
        time_in_words(hours.to),
        on("Sundays", hours.sundays),
        on("bank holidays", hours.holidays)
    )
}

/// A text that Placard writes by itself, after "undo".
fn text(kind: Kind) -> &'static str {
    match kind {
        Kind::Confirmation => "the confirmation text",
        Kind::Reminder => "the reminder text",
        Kind::Goodbye => "the goodbye",
        Kind::Help => "the answer to HELP",
        Kind::Reply => "an answer",
        Kind::Test => "the test text",
    }
}

/// A sentence's beginning.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
