//! What Undo and Redo come to next. What nothing can turn round any more, or is somebody's own word, is passed over: it
//! stands in the way of nothing that was done before it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::REACH;
use crate::campaign::{Campaign, merging};
use crate::error::Result;
use crate::storage::history::{self, Act, Kind};
use crate::storage::{Conn, ledger, supporters};

impl Campaign {
    /// What Undo undoes: what was done last and can be undone.
    pub(super) fn to_undo(&self, conn: &Conn, now: DateTime<Utc>) -> Result<Option<Act>> {
        history::last_done(conn, now - REACH, |act| match act.kind {
            // Who has spoken since knows better what is true of them.
            Kind::Capture | Kind::Correction => match history::subject(conn, act.id)? {
                Some(whom) => Ok(supporters::is_there(conn, whom)?
                    && !ledger::has_spoken_since(conn, whom, act.ledger_before)?),
                None => Ok(false),
            },
            Kind::Withdrawal => Ok(withdrawn(conn, act)?.is_some()),
            Kind::Merge => merging::can_be_parted(conn, act.id),
            Kind::Import => Ok(true),
            Kind::Setting => self.can_be_turned(conn, act.id, now),
            Kind::Themselves | Kind::TakeIn => Ok(false),
        })
    }

    /// What Redo redoes: what was undone last and can be done again.
    pub(super) fn to_do_again(&self, conn: &Conn, now: DateTime<Utc>) -> Result<Option<Act>> {
        history::next_undone(conn, now - REACH, |act| match act.kind {
            Kind::Capture | Kind::Correction => match history::subject(conn, act.id)? {
                Some(whom) => Ok(supporters::is_there(conn, whom)? || comes_back(conn, whom, act)?),
                None => Ok(false),
            },
            Kind::Withdrawal => Ok(withdrawn_before(conn, act)?.is_some()),
            Kind::Merge => merging::can_be_one_again(conn, act.id),
            Kind::Import => Ok(true),
            Kind::Setting => self.can_be_turned(conn, act.id, now),
            Kind::Themselves | Kind::TakeIn => Ok(false),
        })
    }
}

fn comes_back(conn: &Conn, whom: Uuid, act: &Act) -> Result<bool> {
    match act.undone_at {
        Some(undone_at) => supporters::went_with(conn, whom, act.id, undone_at),
        None => Ok(false),
    }
}

/// A withdrawal that was written down and is their last word.
pub(super) struct Withdrawn {
    /// Whose.
    pub(super) supporter: Uuid,
    /// The entry that says so, or said so before it was taken back.
    pub(super) entry: Uuid,
    /// Of which purpose.
    pub(super) purpose: String,
}

/// What an act withdrew; nothing where they are gone, or have said something else since.
pub(super) fn withdrawn(conn: &Conn, act: &Act) -> Result<Option<Withdrawn>> {
    let Some(withdrawn) = of_somebody_there(conn, act)? else {
        return Ok(None);
    };
    let stands = ledger::last_word(conn, withdrawn.supporter, &withdrawn.purpose)?;
    Ok(stands
        .is_some_and(|word| word.entry == withdrawn.entry)
        .then_some(withdrawn))
}

/// What an act had withdrawn before it was undone; nothing where they are gone, or have said something else since.
pub(super) fn withdrawn_before(conn: &Conn, act: &Act) -> Result<Option<Withdrawn>> {
    let Some(withdrawn) = of_somebody_there(conn, act)? else {
        return Ok(None);
    };
    let unsaid = ledger::taken_back(conn, None, Some(withdrawn.entry))?;
    Ok((unsaid == [withdrawn.entry]).then_some(withdrawn))
}

fn of_somebody_there(conn: &Conn, act: &Act) -> Result<Option<Withdrawn>> {
    let (Some(entry), Some(supporter)) = (act.entry, history::subject(conn, act.id)?) else {
        return Ok(None);
    };
    if !supporters::is_there(conn, supporter)? {
        return Ok(None);
    }
    let (said, _) = ledger::get(conn, entry)?;
    Ok(said.facts.purpose.map(|purpose| Withdrawn {
        supporter,
        entry,
        purpose,
    }))
}
