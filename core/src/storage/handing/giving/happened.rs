//! What happened with people: changes, merges, pairs that are two people, and texts.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Giving, a_moment, moment};
use crate::error::Result;
use crate::storage::handing::records::{Act, Change, Event, Merge, Parted, Record, Text, Turn};
use crate::storage::values::As;
use crate::storage::{Conn, history};
use crate::texts::life::State;

impl Giving<'_> {
    pub(super) fn changes(&mut self) -> Result<()> {
        let mut acts: HashSet<Uuid> = HashSet::new();
        let conn = self.conn;
        let mut statement = conn.prepare_cached(
            "SELECT changes.act_id, changes.turn, changes.supporter_id, changes.field, changes.before, changes.after,
                 changes.who, changes.at, acts.kind, acts.who, acts.at, acts.undone_at, acts.laptop
             FROM changes JOIN acts ON acts.id = changes.act_id ORDER BY changes.rowid",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let supporter = row.get(2)?;
            if !self.goes(supporter) {
                continue;
            }
            let act: Uuid = row.get(0)?;
            if acts.insert(act) {
                let record = Record::Act(Act {
                    id: act,
                    kind: row.get::<_, As<history::Kind>>(8)?.0,
                    who: row.get(9)?,
                    at: moment(row, 10)?,
                    undone_at: a_moment(row, 11)?,
                    laptop: self.whose(row, 12)?,
                });
                self.tell(record)?;
            }
            let change = Record::Change(Change {
                act,
                turn: row.get(1)?,
                supporter,
                field: row.get::<_, As<history::Field>>(3)?.0,
                before: row.get(4)?,
                after: row.get(5)?,
                who: row.get(6)?,
                at: moment(row, 7)?,
            });
            self.tell(change)?;
        }
        Ok(())
    }

    pub(super) fn merges(&mut self) -> Result<()> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached(
            "SELECT merges.act_id, merges.kept_id, merges.gone_id, merges.stands, acts.kind, acts.who, acts.at,
                 acts.undone_at, acts.laptop
             FROM merges JOIN acts ON acts.id = merges.act_id ORDER BY merges.rowid",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (act, kept, gone) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if !self.goes(kept) && !self.goes(gone) {
                continue;
            }
            let record = Record::Act(Act {
                id: act,
                kind: row.get::<_, As<history::Kind>>(4)?.0,
                who: row.get(5)?,
                at: moment(row, 6)?,
                undone_at: a_moment(row, 7)?,
                laptop: self.whose(row, 8)?,
            });
            self.tell(record)?;
            self.tell(Record::Merge(Merge {
                act,
                kept,
                gone,
                stands: row.get(3)?,
                turns: turns(conn, act)?,
            }))?;
        }
        Ok(())
    }

    pub(super) fn parted(&mut self) -> Result<()> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached(
            "SELECT not_the_same.act_id, not_the_same.one_id, not_the_same.other_id, not_the_same.stands,
                 not_the_same.turns, acts.kind, acts.who, acts.at, acts.undone_at, acts.laptop
             FROM not_the_same JOIN acts ON acts.id = not_the_same.act_id ORDER BY not_the_same.rowid",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (act, one, other) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if !self.goes(one) && !self.goes(other) {
                continue;
            }
            let record = Record::Act(Act {
                id: act,
                kind: row.get::<_, As<history::Kind>>(5)?.0,
                who: row.get(6)?,
                at: moment(row, 7)?,
                undone_at: a_moment(row, 8)?,
                laptop: self.whose(row, 9)?,
            });
            self.tell(record)?;
            self.tell(Record::Parted(Parted {
                act,
                one,
                other,
                stands: row.get(3)?,
                turns: row.get(4)?,
            }))?;
        }
        Ok(())
    }

    pub(super) fn texts(&mut self) -> Result<()> {
        let conn = self.conn;
        let mut statement = conn.prepare_cached(include_str!("../texts.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let supporter = row.get(3)?;
            if !self.goes(supporter) {
                continue;
            }
            let id = row.get(0)?;
            let here = row.get::<_, As<State>>(7)?.0;
            let stands: Option<As<State>> = row.get(15)?;
            let practised: bool = row.get(16)?;
            let text = Text {
                id,
                laptop: self.whose(row, 1)?,
                kind: row.get::<_, As<_>>(2)?.0,
                supporter,
                mobile: row.get(4)?,
                body: row.get(5)?,
                segments: row.get(6)?,
                // What only the drawn phone had has yet to leave.
                state: match (stands, practised) {
                    (Some(stands), _) => stands.0,
                    (None, true) => State::Waiting,
                    (None, false) => here,
                },
                reason: row.get(8)?,
                code: row.get(9)?,
                attempts: row.get(10)?,
                attempted_at: a_moment(row, 11)?,
                accepted_at: a_moment(row, 12)?,
                created_at: moment(row, 13)?,
                changed_at: moment(row, 14)?,
                events: events(conn, id)?,
            };
            self.tell(Record::Text(Box::new(text)))?;
        }
        Ok(())
    }
}

fn turns(conn: &Conn, act: Uuid) -> Result<Vec<Turn>> {
    let mut statement = conn
        .prepare_cached("SELECT turn, who, at FROM merge_turns WHERE act_id = ?1 ORDER BY turn")?;
    let rows = statement.query_map([act], |row| {
        Ok(Turn {
            turn: row.get(0)?,
            who: row.get(1)?,
            at: moment(row, 2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn events(conn: &Conn, text: Uuid) -> Result<Vec<Event>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, at, state, reason, code, said, provider_id FROM text_events WHERE text_id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([text], |row| {
        Ok(Event {
            id: row.get(0)?,
            at: moment(row, 1)?,
            state: row.get::<_, As<State>>(2)?.0,
            reason: row.get(3)?,
            code: row.get(4)?,
            said: row.get(5)?,
            provider_id: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
