//! Two records that are one person's become one: the other goes, stays readable with the one that is kept, and comes
//! back whole with Undo.

mod consents;
mod texts;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Campaign;
use super::undoing::{Undone, reverse};
use crate::consent::TEXTS;
use crate::error::{Error, Result};
use crate::storage::history::{self, Act, Change, Field, Kind};
use crate::storage::merges::{self, Merge};
use crate::storage::supporters::{self, Details};
use crate::storage::{Conn, duplicates, ledger};
use consents::Consents;

/// Which of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one that is kept.
    Kept,
    /// The other.
    Other,
}

impl Campaign {
    /// Makes one person of two records. `take` says from which a detail is; where it does not, it is the kept record's,
    /// or the other's where that one has none. They agree to no more than either did (see
    /// [`crate::consent::merging`]), nobody is texted who was not to be, and both histories are shown from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] where one of them is gone; [`Error::Invalid`] where they are one, or nobody would have a
    /// name.
    pub fn merge(&self, keep: Uuid, other: Uuid, take: &[(Field, Side)]) -> Result<Undone> {
        let (now, who) = (self.clock.now(), self.who());
        if keep == other {
            return Err(Error::invalid("other", "These are one record already."));
        }
        self.turned(|conn| {
            let (kept, gone) = (
                supporters::details(conn, keep)?,
                supporters::details(conn, other)?,
            );
            let after = chosen(&kept, &gone, take)?;
            let act = Uuid::now_v7();
            history::begin(conn, act, Kind::Merge, &who, None, now)?;
            self.join(conn, act, (keep, other), (0, &who), now, || {
                let mut changes = history::differences(keep, &kept, &after);
                changes.extend(live_together(conn, (keep, other), (&kept, &after))?);
                supporters::update(conn, keep, &after, now)?;
                history::record(conn, act, 0, &changes, &who, now)
            })
        })
    }

    /// Says that two records are two people's: the pair is not shown again.
    ///
    /// # Errors
    /// [`Error::NotFound`] where one of them is gone; [`Error::Invalid`] where they are one.
    pub fn not_the_same(&self, one: Uuid, other: Uuid) -> Result<Undone> {
        let (now, who) = (self.clock.now(), self.who());
        if one == other {
            return Err(Error::invalid("other", "These are one record already."));
        }
        self.turned(|conn| {
            let name = supporters::details(conn, one)?.name();
            supporters::details(conn, other)?;
            let act = Uuid::now_v7();
            history::begin(conn, act, Kind::Merge, &who, None, now)?;
            duplicates::part(conn, act, one, other)?;
            Ok(two_people(name))
        })
    }

    pub(super) fn part_again(
        &self,
        conn: &Conn,
        act: &Act,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Undone> {
        let Some((merge, turn)) = merges::of_act(conn, act.id)? else {
            let (one, _) = duplicates::parted(conn, act.id)?.ok_or(Error::NotFound)?;
            duplicates::turn_part(conn, act.id, false)?;
            return Ok(Undone {
                name: supporters::name_of(conn, one)?,
                sentence: "They may be one person again: the pair is back in Duplicates."
                    .to_owned(),
            });
        };
        let since = ledger::said_since(conn, merge.kept, merge.ledger_before)?;
        merges::bring_back(conn, merge.gone, now)?;
        reverse(conn, act, who, now)?;
        let kept = supporters::details(conn, merge.kept)?;
        let gone = supporters::details(conn, merge.gone)?;
        consents::take_back(conn, &merge, &kept, now)?;
        for said in &since {
            consents::said_too(conn, said, (merge.gone, &gone))?;
        }
        let left = self.texts_go_back(conn, &merge, who, now)?;
        duplicates::give_back(conn, act.id)?;
        merges::undone(conn, act.id, (turn, who), now)?;
        Ok(Undone {
            name: kept.name(),
            sentence: match left {
                texts::Left::Nothing => "They are two records again, as they were before.",
                texts::Left::Text => {
                    "They are two records again. A text has left meanwhile, and cannot be called back."
                }
            }
            .to_owned(),
        })
    }

    pub(super) fn merge_again(
        &self,
        conn: &Conn,
        act: &Act,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Undone> {
        let Some((merge, turn)) = merges::of_act(conn, act.id)? else {
            let (one, _) = duplicates::parted(conn, act.id)?.ok_or(Error::NotFound)?;
            duplicates::turn_part(conn, act.id, true)?;
            return Ok(two_people(supporters::name_of(conn, one)?));
        };
        let pair = (merge.kept, merge.gone);
        self.join(conn, act.id, pair, (turn, who), now, || {
            reverse(conn, act, who, now).map(drop)
        })
    }

    /// What a merge does beside the details, which `change` sees to.
    fn join(
        &self,
        conn: &Conn,
        act: Uuid,
        (keep, other): (Uuid, Uuid),
        turn: (u32, &str),
        now: DateTime<Utc>,
        change: impl FnOnce() -> Result<()>,
    ) -> Result<Undone> {
        let said = Consents::of(conn, keep, other)?;
        merges::stands(conn, act, (keep, other), turn, now)?;
        duplicates::keep_for(conn, act, keep)?;
        let lives = || Ok::<_, Error>(supporters::standing(conn, keep)?.0);
        let before = (supporters::details(conn, keep)?, lives()?);
        change()?;
        supporters::remove(conn, other, now)?;
        let after = (supporters::details(conn, keep)?, lives()?);
        if after != before {
            // What is theirs now may be somebody else's as well.
            duplicates::judge(conn, keep, now)?;
        }
        let after = after.0;
        let merge = Merge {
            act,
            kept: keep,
            gone: other,
            stands: true,
            ledger_before: 0,
        };
        said.write(conn, &merge, &after, now)?;
        self.texts_follow(conn, &merge, &after, turn.1, now)?;
        let agrees = ledger::agrees(conn, keep, TEXTS)?;
        let sentence = match said.on_texts() {
            consents::Before::SomebodyRefused if !agrees => {
                "They are one person now, who gets no texts: one of the two said no."
            }
            consents::Before::SomebodyAgreed if !agrees => {
                "They are one person now, who gets no texts: the yes was for another number."
            }
            _ => "They are one person now. Both histories are on their page.",
        };
        Ok(Undone {
            name: after.name(),
            sentence: sentence.to_owned(),
        })
    }
}

/// Whether what an act made of two records can be undone.
pub(super) fn can_be_parted(conn: &Conn, act: Uuid) -> Result<bool> {
    match merges::of_act(conn, act)? {
        Some((merge, _)) => Ok(merge.stands && supporters::is_there(conn, merge.kept)?),
        None => Ok(duplicates::parted(conn, act)?.is_some()),
    }
}

/// Whether what an act had made of two records can be done again.
pub(super) fn can_be_one_again(conn: &Conn, act: Uuid) -> Result<bool> {
    match merges::of_act(conn, act)? {
        Some((merge, _)) => {
            Ok(supporters::is_there(conn, merge.kept)? && supporters::is_there(conn, merge.gone)?)
        }
        None => Ok(duplicates::parted(conn, act)?.is_some()),
    }
}

/// A merge as a button names it: "the merge of Amina Khan and A. Khan".
pub(super) fn called(conn: &Conn, act: Uuid) -> Result<String> {
    let name = |id| supporters::name_of(conn, id);
    if let Some((merge, _)) = merges::of_act(conn, act)? {
        let (kept, gone) = (name(merge.kept)?, name(merge.gone)?);
        return Ok(format!("the merge of {kept} and {gone}"));
    }
    let (one, other) = duplicates::parted(conn, act)?.ok_or(Error::NotFound)?;
    let (one, other) = (name(one)?, name(other)?);
    Ok(format!("that {one} and {other} are two people"))
}

fn two_people(name: String) -> Undone {
    Undone {
        name,
        sentence: "They are two people, and are not shown as a pair again.".to_owned(),
    }
}

/// The details of the one person.
fn chosen(kept: &Details, other: &Details, take: &[(Field, Side)]) -> Result<Details> {
    let side = |field| {
        let chosen = take.iter().rev().find(|(of, _)| *of == field);
        chosen.map(|(_, side)| *side)
    };
    let text = |field, ours: &String, theirs: &String| match side(field) {
        Some(Side::Other) => theirs.clone(),
        None if ours.is_empty() => theirs.clone(),
        Some(Side::Kept) | None => ours.clone(),
    };
    let after = Details {
        first_name: text(Field::FirstName, &kept.first_name, &other.first_name),
        last_name: text(Field::LastName, &kept.last_name, &other.last_name),
        mobile: match side(Field::Mobile) {
            Some(Side::Other) => other.mobile.clone(),
            Some(Side::Kept) => kept.mobile.clone(),
            None => kept.mobile.clone().or_else(|| other.mobile.clone()),
        },
        email: text(Field::Email, &kept.email, &other.email),
        postcode: text(Field::Postcode, &kept.postcode, &other.postcode),
        language: text(Field::Language, &kept.language, &other.language),
    };
    if after.name().is_empty() {
        return Err(Error::invalid(
            "first_name",
            "Take a first or a last name from one of the two.",
        ));
    }
    Ok(after)
}

/// With whom the one person lives, and what the gateway says of the number that they keep.
fn live_together(
    conn: &Conn,
    (keep, other): (Uuid, Uuid),
    (kept, after): (&Details, &Details),
) -> Result<Vec<Change>> {
    let (ours, trouble) = supporters::standing(conn, keep)?;
    let (theirs, their_trouble) = supporters::standing(conn, other)?;
    let lives = ours.or(theirs);
    let said = if kept.mobile == after.mobile {
        trouble.clone()
    } else {
        their_trouble
    };
    supporters::stand(conn, keep, lives, said.as_deref())?;
    let mut changes = Vec::new();
    changes.extend(history::moved(keep, ours, lives));
    if trouble != said {
        changes.push(Change {
            supporter: keep,
            field: Field::NumberTrouble,
            before: trouble,
            after: said,
        });
    }
    Ok(changes)
}
