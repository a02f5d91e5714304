//! Rows that come in, one after another, in one transaction. Whatever the order in which laptops hand round, all come to
//! have the same, and what is taken in twice changes nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::known::laptop;
use super::ledger::Chains;
use super::people::{self, Came};
use super::records::{Erased, Inbound, Laptop, Merge, OptOut, Parted, Person, Record};
use super::{contradicts, lists, merges, opt_outs as stopped, texts};
use crate::error::Result;
use crate::people::Mobile;
use crate::storage::history::{self, Kind};
use crate::storage::opt_outs::{self, Source};
use crate::storage::values::{As, At, Word};
use crate::storage::{Conn, supporters};
use crate::texts::life::Kind as TextKind;

/// What taking a file in did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many people the file is about.
    pub people: u32,
    /// How many of them are new here.
    pub new: u32,
    /// How many of them were here, and changed.
    pub changed: u32,
    /// How many numbers came to be opted out.
    pub opt_outs: u32,
    /// How many people were erased elsewhere, and are here now.
    pub erased: u32,
    /// How many lists of numbers that nobody calls came, were undone or were done again.
    pub lists: u32,
    /// The act that it was; none where nothing changed.
    pub act: Option<Uuid>,
}

/// A file that is being taken in.
pub struct Taking<'a> {
    conn: &'a Conn,
    own: Uuid,
    act: Uuid,
    now: DateTime<Utc>,
    chains: Chains,
    /// Everybody who was erased on any laptop.
    erased: HashSet<Uuid>,
    /// Those of them who are still here.
    to_erase: Vec<Uuid>,
    /// The numbers that those had.
    erased_numbers: HashSet<String>,
    /// Who is here and otherwise there.
    otherwise: Vec<Person>,
    /// Records that were made one.
    merges: Vec<Merge>,
    /// Records that are two people's.
    parted: Vec<Parted>,
    /// The lists of numbers that nobody calls, and whether each is news.
    lists: HashMap<Uuid, bool>,
    /// Of whom anything came.
    touched: HashSet<Uuid>,
    /// The numbers that other laptops text.
    texted: HashSet<Mobile>,
    /// The opt-outs, each as it stands there.
    stopped: Vec<OptOut>,
    /// Whether hashes of numbers came.
    hashes: bool,
    /// Whether numbers are out of which only a hash is left.
    forgotten: bool,
    news: bool,
    taken: Taken,
}

impl<'a> Taking<'a> {
    /// Begins. What a row points at may come after it.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn begin(conn: &'a Conn, now: DateTime<Utc>) -> Result<Self> {
        conn.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        let mut statement = conn.prepare_cached("SELECT supporter_id FROM erased")?;
        let erased = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(Self {
            conn,
            own: laptop(conn)?,
            act: Uuid::now_v7(),
            now,
            chains: Chains::default(),
            erased,
            to_erase: Vec::new(),
            erased_numbers: HashSet::new(),
            otherwise: Vec::new(),
            merges: Vec::new(),
            parted: Vec::new(),
            lists: HashMap::new(),
            touched: HashSet::new(),
            texted: HashSet::new(),
            stopped: Vec::new(),
            hashes: false,
            forgotten: conn.query_row(
                "SELECT EXISTS (SELECT 1 FROM opt_outs WHERE mobile IS NULL)
                 OR EXISTS (SELECT 1 FROM forgotten_opt_outs WHERE recalled = 0)",
                [],
                |row| row.get(0),
            )?,
            news: false,
            taken: Taken::default(),
        })
    }

    /// Takes a record in.
    ///
    /// # Errors
    /// It does not fit to what is here, or the disk says no.
    pub fn take(&mut self, record: Record) -> Result<()> {
        let (conn, own) = (self.conn, self.own);
        match record {
            Record::Laptop(theirs) => self.laptop(&theirs),
            // What came after them, the ledger knows.
            Record::OptOut(theirs) => {
                self.stopped.push(theirs);
                Ok(())
            }
            Record::ForgottenOptOut(theirs) => {
                Source::of_word(&theirs.source).ok_or_else(contradicts)?;
                if theirs.laptop == own {
                    return Ok(());
                }
                let added = conn
                    .prepare_cached(
                        "INSERT INTO forgotten_opt_outs (laptop, key, source, at) VALUES (?1, ?2, ?3, ?4)
                         ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![
                        theirs.laptop,
                        As(theirs.key),
                        theirs.source,
                        At(theirs.at.time())
                    ])?;
                self.forgotten |= added > 0;
                self.hashes |= added > 0;
                self.news |= added > 0;
                Ok(())
            }
            Record::DoNotCallList(theirs) => {
                let news = lists::list(conn, &theirs, own)?;
                self.lists.insert(theirs.id, news);
                self.taken.lists += u32::from(news);
                self.news |= news;
                Ok(())
            }
            Record::DoNotCall(theirs) => match self.lists.get(&theirs.list) {
                Some(true) => lists::numbers(conn, &theirs),
                Some(false) => Ok(()),
                None => Err(contradicts()),
            },
            Record::Purpose(theirs) => {
                conn.prepare_cached(
                    "INSERT INTO purposes (key, channel, label, created_at, retired_at) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO NOTHING",
                )?
                // Known for good, and asked here once it is taken up here.
                .execute(params![
                    theirs.key,
                    As(theirs.channel),
                    theirs.label,
                    At(theirs.created_at.time()),
                    At(self.now)
                ])?;
                Ok(())
            }
            Record::Language(theirs) => {
                conn.prepare_cached(
                    "INSERT INTO languages (tag, name, rtl, created_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    theirs.tag,
                    theirs.name,
                    theirs.rtl,
                    At(theirs.created_at.time())
                ])?;
                Ok(())
            }
            Record::Wording(theirs) => self.chains.wording(conn, &theirs),
            Record::Shift(theirs) => {
                conn.prepare_cached(
                    "INSERT INTO shifts (id, canvasser, place, started_at, laptop) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    theirs.id,
                    theirs.canvasser,
                    theirs.place,
                    At(theirs.started_at.time()),
                    (theirs.laptop != own).then_some(theirs.laptop)
                ])?;
                Ok(())
            }
            Record::Erased(theirs) => self.erased(&theirs),
            Record::Person(theirs) => self.person(*theirs),
            Record::Capture(theirs) => {
                let news = people::capture(conn, &theirs, own)?;
                self.note(news, Some(theirs.supporter));
                Ok(())
            }
            Record::Inbound(theirs) => self.inbound(theirs),
            Record::Said(theirs) => {
                let names = theirs.entry.personal.as_ref();
                let whom = theirs
                    .supporter
                    .or_else(|| names.and_then(|names| names.supporter));
                let is_erased = whom.is_some_and(|id| self.erased.contains(&id));
                let news = self.chains.entry(conn, &theirs, is_erased)?;
                self.note(news, theirs.supporter);
                Ok(())
            }
            Record::Act(theirs) => people::act(conn, &theirs, own),
            Record::Change(theirs) => {
                if !self.erased.contains(&theirs.supporter) {
                    let news = people::change(conn, &theirs)?;
                    self.note(news, Some(theirs.supporter));
                }
                Ok(())
            }
            Record::Merge(theirs) => {
                self.merges.push(theirs);
                Ok(())
            }
            Record::Parted(theirs) => {
                self.parted.push(theirs);
                Ok(())
            }
            Record::Text(theirs) => {
                if self.erased.contains(&theirs.supporter) {
                    return Ok(());
                }
                let news = texts::text(conn, &theirs, own)?;
                if theirs.kind == TextKind::Confirmation {
                    self.texted.extend(Mobile::from_e164(&theirs.mobile).ok());
                }
                self.note(news, Some(theirs.supporter));
                Ok(())
            }
            // Whoever reads the file knows its end.
            Record::End(_) => Err(contradicts()),
        }
    }

    fn note(&mut self, news: bool, of: Option<Uuid>) {
        self.news |= news;
        if let (true, Some(person)) = (news, of) {
            self.touched.insert(person);
        }
    }

    fn laptop(&mut self, theirs: &Laptop) -> Result<()> {
        if theirs.id == self.own {
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "INSERT INTO laptops (id, name, recipient, suppression_key, heard_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (id) DO UPDATE
                 SET name = excluded.name, recipient = excluded.recipient, heard_at = excluded.heard_at
                 WHERE excluded.heard_at > heard_at",
            )?
            .execute(params![
                theirs.id,
                theirs.name,
                theirs.recipient,
                As(theirs.suppression_key),
                At(theirs.heard_at.time())
            ])?;
        Ok(())
    }

    fn erased(&mut self, theirs: &Erased) -> Result<()> {
        if !self.erased.insert(theirs.id) {
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "INSERT INTO erased (supporter_id, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![theirs.id, At(theirs.at.time())])?;
        let here = self
            .conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM supporters WHERE id = ?1)")?
            .query_row([theirs.id], |row| row.get(0))?;
        if here {
            self.to_erase.push(theirs.id);
            self.taken.erased += 1;
        }
        self.note(true, Some(theirs.id));
        Ok(())
    }

    fn person(&mut self, theirs: Person) -> Result<()> {
        people::sound(&theirs)?;
        if self.erased.contains(&theirs.id) {
            self.erased_numbers.extend(theirs.mobile.clone());
            // What the ledger and the captures point at has to be there, empty.
            people::person(self.conn, &people::emptied(&theirs), self.act)?;
            return Ok(());
        }
        if !theirs.withheld && theirs.removed_at.is_none() {
            self.taken.people += 1;
        }
        if let (true, Some(mobile)) = (self.forgotten, &theirs.mobile) {
            let mobile = Mobile::from_e164(mobile).map_err(|_| contradicts())?;
            opt_outs::recall(self.conn, &mobile)?;
        }
        match people::person(self.conn, &theirs, self.act)? {
            Came::New => {
                self.taken.new += 1;
                self.note(true, Some(theirs.id));
            }
            Came::Gone => self.note(true, Some(theirs.id)),
            Came::Same => {}
            Came::Otherwise => self.otherwise.push(theirs),
        }
        Ok(())
    }

    fn inbound(&mut self, theirs: Inbound) -> Result<()> {
        let conn = self.conn;
        let here: Option<(bool, bool)> = conn
            .prepare_cached("SELECT withheld, decided_at IS NOT NULL FROM inbound WHERE id = ?1")?
            .query_row([theirs.id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let gone = self.is_erased_number(&theirs.from)?;
        let (from, body) = match gone {
            true => ("", ""),
            false => (theirs.from.as_str(), theirs.body.as_str()),
        };
        if let Some((withheld, decided)) = here {
            if withheld && !theirs.withheld {
                conn.prepare_cached(
                    "UPDATE inbound SET mobile = ?2, body = ?3, to_read = ?4, withheld = 0 WHERE id = ?1",
                )?
                .execute(params![theirs.id, from, body, theirs.to_read])?;
                self.news = true;
            }
            if let (false, Some(at)) = (decided, theirs.decided_at) {
                conn.prepare_cached(
                    "UPDATE inbound SET outcome = ?2, decided_at = ?3, to_read = 0 WHERE id = ?1",
                )?
                .execute(params![theirs.id, As(theirs.outcome), At(at.time())])?;
                self.news = true;
            }
            return Ok(());
        }
        // Both laptops fetched it. What the ledger of the other points at has to be there, and is not shown twice.
        let twice: bool = conn
            .prepare_cached(
                "SELECT EXISTS (
                     SELECT 1 FROM inbound WHERE gateway = ?1 AND provider_id = ?2 AND account = ?3
                 )",
            )?
            .query_row(
                params![As(theirs.gateway), theirs.provider_id, theirs.account],
                |row| row.get(0),
            )?;
        let account = match twice {
            true => format!("{} {}", theirs.account, theirs.id),
            false => theirs.account.clone(),
        };
        let (from, body) = if twice { ("", "") } else { (from, body) };
        let decided_at = match twice {
            true => Some(theirs.decided_at.map_or(self.now, |at| at.time())),
            false => theirs.decided_at.map(|at| at.time()),
        };
        conn.prepare_cached(
            "INSERT INTO inbound (
                 id, gateway, account, provider_id, mobile, body, sent_at, received_at, meaning, outcome, to_read,
                 decided_at, withheld
             )
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            theirs.id,
            As(theirs.gateway),
            account,
            theirs.provider_id,
            from,
            body,
            At(theirs.sent_at.time()),
            At(theirs.received_at.time()),
            As(theirs.meaning),
            As(theirs.outcome),
            theirs.to_read && !from.is_empty(),
            decided_at.map(At),
            theirs.withheld && !twice
        ])?;
        self.news = true;
        Ok(())
    }

    /// Whether a number was only theirs who were erased.
    fn is_erased_number(&self, from: &str) -> Result<bool> {
        if !self.erased_numbers.contains(from) {
            return Ok(false);
        }
        let mobile = Mobile::from_e164(from).map_err(|_| contradicts())?;
        Ok(supporters::people_on(self.conn, &mobile)?.is_empty())
    }

    /// Who was erased elsewhere and is still here: to be erased before this ends.
    #[must_use]
    pub fn to_erase(&mut self) -> Vec<Uuid> {
        std::mem::take(&mut self.to_erase)
    }

    /// Puts together what both laptops changed, and says what came of it. `who` took it in; `is_whole` where the file is not
    /// of chosen people.
    ///
    /// # Errors
    /// The disk says no.
    pub fn finish(mut self, who: &str, is_whole: bool) -> Result<Taken> {
        for theirs in std::mem::take(&mut self.otherwise) {
            if self.erased.contains(&theirs.id) {
                continue;
            }
            if people::put_together(self.conn, &theirs)? {
                self.taken.changed += 1;
                self.note(true, Some(theirs.id));
            }
        }
        for theirs in std::mem::take(&mut self.merges) {
            if self.erased.contains(&theirs.kept) || self.erased.contains(&theirs.gone) {
                continue;
            }
            let news = merges::merge(self.conn, &theirs)?;
            self.note(news, Some(theirs.kept));
            self.note(news, Some(theirs.gone));
        }
        for theirs in std::mem::take(&mut self.parted) {
            if self.erased.contains(&theirs.one) || self.erased.contains(&theirs.other) {
                continue;
            }
            let news = merges::parted(self.conn, &theirs)?;
            self.note(news, Some(theirs.one));
        }
        // Once all captures, merges and words are here, so that it does not matter what was heard of first.
        for person in people::settle(self.conn, is_whole, self.now)? {
            self.taken.changed += 1;
            self.note(true, Some(person));
        }
        if self.hashes {
            stopped::recall_everybody(self.conn)?;
        }
        let mut out = stopped::settle(self.conn, self.now)?;
        for theirs in std::mem::take(&mut self.stopped) {
            out += u32::from(stopped::beside_the_ledger(self.conn, &theirs, self.now)?);
        }
        self.taken.opt_outs += out;
        self.news |= out > 0;
        for mobile in std::mem::take(&mut self.texted) {
            texts::settle(self.conn, &mobile, self.now)?;
        }
        for person in &self.touched {
            // They go on to the next.
            self.conn
                .prepare_cached(
                    "INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, ?1)
                     ON CONFLICT (id) DO UPDATE SET serial = excluded.serial",
                )?
                .execute([person])?;
        }
        if self.news {
            history::begin(self.conn, self.act, Kind::TakeIn, who, None, self.now)?;
            self.taken.act = Some(self.act);
        }
        Ok(self.taken)
    }
}
