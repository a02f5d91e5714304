//! Lists of numbers that nobody calls.

use uuid::Uuid;

use super::{Giving, Whom, a_moment, moment};
use crate::consent::ledger::Hash;
use crate::error::Result;
use crate::storage::handing::records::{DoNotCall, DoNotCallList, Record};
use crate::storage::values::As;

/// So many numbers stand in one record: a line of a file has an end.
const TOGETHER: usize = 1_000;

impl Giving<'_> {
    /// A list goes whole where anything of it is new: it names nobody.
    pub(super) fn do_not_call(&mut self) -> Result<()> {
        let changed = match self.whom {
            Whom::Since(mark) => Some(self.changed_since(mark)?),
            Whom::All | Whom::Chosen(_) => None,
        };
        let conn = self.conn;
        let mut statement = conn.prepare_cached(
            "SELECT id, name, who, at, added, undone_at, turns, laptop FROM imports
             WHERE kind = 'do_not_call' ORDER BY rowid",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let list = DoNotCallList {
                id: row.get(0)?,
                name: row.get(1)?,
                who: row.get(2)?,
                at: moment(row, 3)?,
                added: row.get(4)?,
                undone_at: a_moment(row, 5)?,
                turns: row.get(6)?,
                laptop: self.whose(row, 7)?,
            };
            let (id, stands) = (list.id, list.undone_at.is_none());
            if changed
                .as_ref()
                .is_some_and(|changed| !changed.contains(&id))
            {
                continue;
            }
            self.tell(Record::DoNotCallList(list))?;
            if stands {
                self.numbers_of(id)?;
            }
        }
        Ok(())
    }

    fn numbers_of(&mut self, list: Uuid) -> Result<()> {
        let conn = self.conn;
        let mut statement =
            conn.prepare_cached("SELECT key FROM do_not_call WHERE import_id = ?1")?;
        let mut rows = statement.query([list])?;
        let mut keys: Vec<Hash> = Vec::new();
        while let Some(row) = rows.next()? {
            keys.push(row.get::<_, As<Hash>>(0)?.0);
            if keys.len() == TOGETHER {
                let keys = std::mem::take(&mut keys);
                self.tell(Record::DoNotCall(DoNotCall { list, keys }))?;
            }
        }
        match keys.is_empty() {
            true => Ok(()),
            false => self.tell(Record::DoNotCall(DoNotCall { list, keys })),
        }
    }
}
