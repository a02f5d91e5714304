//! A person's page as a story: what happened with them, newest first, and why no text goes to them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use super::person::{Named, method};
use crate::consent::TEXTS;
use crate::consent::ledger::Entry;
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::history::{self, Change, Field, Kind, Told};
use crate::storage::inbound::{self, Line};
use crate::storage::supporters::Details;
use crate::storage::{Conn, do_not_call, erasure, imports, ledger, merges, supporters, texts};
use crate::texts::life::{Kind as TextKind, State};
use crate::texts::words::step;

/// Something that happened with a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it here; empty where nobody did, or nobody is named.
    pub who: String,
    /// What, in a sentence.
    pub sentence: String,
    /// The entry of the ledger that says so, where a receipt makes sense: a wording was shown.
    pub receipt: Option<Uuid>,
}

/// The most that a page tells of the texts of one person.
const TEXTS_TOLD: u32 = 200;

impl Campaign {
    /// What happened with a person and whoever was merged into them, newest first.
    pub(super) fn timeline(
        &self,
        conn: &Conn,
        everybody: &[Uuid],
        entries: &[Entry],
        named: &Named,
    ) -> Result<Vec<Happened>> {
        let mut all = Vec::new();
        for id in everybody {
            let captures = erasure::captures_of(conn, *id)?.into_iter();
            all.extend(captures.map(|capture| Happened {
                at: capture.at,
                sentence: match capture.place.as_str() {
                    "" => "Captured.".to_owned(),
                    place => format!("Captured at {place}."),
                },
                who: capture.canvasser,
                receipt: None,
            }));
            all.extend(
                imports::that_brought(conn, *id)?
                    .into_iter()
                    .map(|import| Happened {
                        at: import.at,
                        who: import.who,
                        sentence: format!("Brought in from the list {}.", import.name),
                        receipt: None,
                    }),
            );
        }
        all.extend(entries.iter().map(|entry| said(entry, named)));
        for id in everybody {
            let changes = history::of_supporter(conn, *id)?.into_iter();
            all.extend(changes.filter_map(|told| self.changed(told, named)));
            all.extend(merges::of_supporter(conn, *id)?.into_iter().map(merged));
        }
        for mobile in supporters::mobiles(conn, everybody)? {
            let lines = inbound::thread(conn, &mobile, TEXTS_TOLD)?.into_iter();
            let theirs = lines.filter(|line| everybody.iter().any(|id| line.is_for(*id)));
            all.extend(theirs.map(texted));
        }
        // Of the same moment, what is told last above is the newest.
        all.reverse();
        all.sort_by_key(|happened| std::cmp::Reverse(happened.at));
        Ok(all)
    }

    fn changed(&self, told: Told, named: &Named) -> Option<Happened> {
        let Change {
            field,
            before,
            after,
            ..
        } = told.change;
        let shown = |value: Option<String>| match (field, value) {
            (_, None) => "nothing".to_owned(),
            (Field::Mobile, Some(e164)) => {
                Mobile::from_e164(&e164).map_or(e164, |mobile| mobile.national(self.info.country))
            }
            (Field::Language, Some(tag)) => named.languages.name(&tag),
            (_, Some(value)) => format!("“{value}”"),
        };
        if field == Field::NumberTrouble {
            // It goes with the number, which is told.
            return None;
        }
        let change = match (field, &before, &after) {
            (Field::Household, None, _) => "Put into a household".to_owned(),
            (Field::Household, _, None) => "Taken out of their household".to_owned(),
            (Field::Household, _, _) => "Put into another household".to_owned(),
            _ => format!(
                "{} changed from {} to {}",
                field.name(),
                shown(before),
                shown(after)
            ),
        };
        let how = match (told.kind, told.turn % 2) {
            (_, 1) => " by Undo.",
            (_, _) if told.turn > 0 => " by Redo.",
            // Their own hand is known by the number, and leaves it as it is.
            (Kind::Themselves, _) if field == Field::Mobile => ": their own phone proved it.",
            (Kind::Themselves, _) => ", by their own hand.",
            (Kind::Import, _) => ", as a list says.",
            _ => ".",
        };
        Some(Happened {
            at: told.at,
            who: told.who,
            sentence: format!("{change}{how}"),
            receipt: None,
        })
    }

    /// Why nobody calls a person, in one sentence; nothing where they may be called.
    pub(super) fn why_no_call(&self, conn: &Conn, details: &Details) -> Result<Option<String>> {
        let Some(mobile) = super::person::mobile_of(details) else {
            return Ok(None);
        };
        Ok(do_not_call::holds(conn, mobile.e164())?.then(|| {
            "Nobody calls them: the number is on a do-not-call list that was brought in.".to_owned()
        }))
    }

    /// Why no text goes to a person, in one sentence; nothing where their text is on its way or on the phone, or they
    /// have answered it.
    pub(super) fn why_no_text(
        &self,
        conn: &Conn,
        id: Uuid,
        (details, opted_out): (&Details, bool),
    ) -> Result<Option<String>> {
        let Some(mobile) = super::person::mobile_of(details) else {
            return Ok(Some("No text goes: there is no mobile.".to_owned()));
        };
        if opted_out {
            return Ok(Some(
                "No text goes: the number is opted out. Only a START from it undoes that."
                    .to_owned(),
            ));
        }
        let word = ledger::last_word(conn, id, TEXTS)?;
        if word.is_none_or(|word| !word.agrees) {
            let why = match word {
                None => "No text goes: they were not asked whether they want texts.",
                Some(_) => "No text goes: they said no to texts.",
            };
            return Ok(Some(why.to_owned()));
        }
        if word.is_some_and(|word| word.confirmed) {
            return Ok(None);
        }
        let (_, trouble) = supporters::standing(conn, id)?;
        if let Some(trouble) = trouble {
            return Ok(Some(format!("No text arrives: {trouble}")));
        }
        let own = texts::confirmation_to(conn, id, &mobile)?;
        let text = match own {
            Some(own) => Some(own),
            None => texts::confirmation_from_elsewhere(conn, id, &mobile)?,
        };
        let Some(text) = text else {
            return Ok(Some(
                "No text goes: they were not asked on this number.".to_owned(),
            ));
        };
        match text.state {
            State::Sending | State::Accepted | State::Delivered => Ok(None),
            _ => Ok(Some(self.text_sentence(conn, text.id)?)),
        }
    }
}

fn merged(told: merges::Told) -> Happened {
    let name = told.name;
    Happened {
        at: told.at,
        who: told.who,
        sentence: match told.turn {
            0 => format!("Merged with {name}: one person."),
            turn if turn % 2 == 1 => format!("Parted from {name} by Undo."),
            _ => format!("Merged with {name} by Redo."),
        },
        receipt: None,
    }
}

fn said(entry: &Entry, named: &Named) -> Happened {
    let facts = &entry.facts;
    let personal = entry.personal.as_ref();
    Happened {
        at: facts.at.time(),
        who: personal
            .and_then(|personal| personal.canvasser.clone())
            .unwrap_or_default(),
        sentence: format!(
            "{} {}",
            named.sentence(facts.what, facts.purpose.as_deref()),
            method(facts.method)
        ),
        receipt: (facts.wording.is_some() || facts.evidence.is_some()).then_some(facts.id),
    }
}

fn texted(line: Line) -> Happened {
    match line {
        Line::In(text) => Happened {
            at: text.received_at,
            who: String::new(),
            sentence: format!("Texted us: “{}”", text.body),
            receipt: None,
        },
        Line::Out {
            at,
            kind,
            state,
            reason,
            ..
        } => Happened {
            at,
            who: String::new(),
            sentence: format!("{}: {}", called(kind), step(state, reason, None)),
            receipt: None,
        },
    }
}

fn called(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Confirmation => "Confirmation text",
        TextKind::Reminder => "Reminder",
        TextKind::Goodbye => "Goodbye",
        TextKind::Help => "Answer to HELP",
        TextKind::Reply => "Our answer",
        TextKind::Test => "Test text",
    }
}
