//! The organiser's side of the law: the campaign's rules, and the ledger checked and written out.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::Campaign;
use super::new_file::new_private_file;
use super::settings::{rules_as_kept, set};
use crate::consent::Rules;
use crate::consent::ledger::{
    Broken, Checker, Moment, export_entry, export_header, export_wording,
};
use crate::error::{Error, Result};
use crate::events::Topic;
use crate::storage::settings::{Set, Setting};
use crate::storage::{Conn, campaign, ledger, texts};
use crate::texts::hours::Hours;

/// How the ledger stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerState {
    /// Every entry is as it was written.
    Whole {
        /// How many entries there are.
        entries: u32,
        /// Its newest entry, to be written down: whoever has it can tell whether anything before was changed.
        /// Empty where there is none yet.
        seal: String,
    },
    /// The first entry that is not.
    Broken {
        /// Its number.
        number: u32,
        /// What is wrong with it.
        sentence: String,
    },
}

impl Campaign {
    /// What the campaign decided.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn rules(&self) -> Result<Rules> {
        self.storage.read(campaign::rules)
    }

    /// The hours in which texts go, as they are in force.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn hours(&self) -> Result<Hours> {
        Ok(self.hours_in_force(&self.rules()?))
    }

    fn hours_in_force(&self, rules: &Rules) -> Hours {
        let preset = || Hours::preset(self.info.country.code());
        rules.hours.unwrap_or_else(preset)
    }

    /// The rules with the hours that are in force: where none were chosen, they are the country's own.
    pub(super) fn in_force(&self, rules: &Rules) -> Rules {
        Rules {
            hours: Some(self.hours_in_force(rules)),
            ..rules.clone()
        }
    }

    /// Keeps what the campaign decides. What waits for the hour is decided anew.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the hours are wider than the law's.
    pub fn save_rules(&self, rules: &Rules) -> Result<()> {
        let (now, who) = (self.clock.now(), self.who());
        self.storage.write(|conn| {
            let before = self.in_force(&campaign::rules(conn)?);
            let after = self.in_force(rules);
            self.put_rules(conn, rules, now)?;
            if before == after {
                return Ok(());
            }
            let decided = Set {
                setting: Setting::Rules,
                before: Some(rules_as_kept(&before)?),
                after: Some(rules_as_kept(&after)?),
            };
            set(conn, &decided, &who, now)
        })?;
        self.events.changed(Topic::Campaign);
        self.events.changed(Topic::Texts);
        self.sender.look();
        Ok(())
    }

    /// Keeps rules that are within the law's hours.
    pub(super) fn put_rules(&self, conn: &Conn, rules: &Rules, now: DateTime<Utc>) -> Result<()> {
        if let Some(hours) = rules.hours {
            hours
                .checked(self.info.country.code())
                .map_err(|problem| Error::invalid("hours", problem.sentence()))?;
        }
        campaign::set_rules(conn, rules)?;
        texts::decide_anew(conn, None, now)
    }

    /// Goes through the whole ledger, entry by entry.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn check_ledger(&self) -> Result<LedgerState> {
        self.storage.read(|conn| {
            let wordings = ledger::wordings(conn)?;
            let mut checker = Checker::with_wordings(&wordings);
            let mut broken = None;
            let mut entries = 0;
            ledger::each(conn, |entry| {
                entries += 1;
                if broken.is_none() {
                    broken = checker.check(&entry).err();
                }
                Ok(())
            })?;
            if let Some(broken) = broken {
                return Ok(told(&broken));
            }
            Ok(match checker.finish() {
                Ok(checked) => LedgerState::Whole {
                    entries,
                    seal: checked
                        .chains
                        .last()
                        .map(|chain| chain.head.to_string())
                        .unwrap_or_default(),
                },
                Err(broken) => told(&broken),
            })
        })
    }

    /// Writes the ledger into a file of its own in `folder`, for anybody to check without Placard. Gives the file. It
    /// is not encrypted: only the owner of the laptop's account may read it.
    ///
    /// # Errors
    /// The vault cannot be read, or the file not be written: then there is none.
    pub fn save_ledger(&self, folder: &Path) -> Result<PathBuf> {
        let now = self.clock.now();
        fs::create_dir_all(folder)?;
        let file = folder.join(format!(
            "consent-ledger-{}.jsonl",
            now.format("%Y-%m-%d-%H%M%S")
        ));
        let written = new_private_file(&file).and_then(|opened| {
            let mut to = BufWriter::new(opened);
            self.export_ledger(&mut to)?;
            let opened = to.into_inner().map_err(|error| error.into_error())?;
            Ok(opened.sync_all()?)
        });
        match written {
            Ok(()) => Ok(file),
            // One that was there before is not ours to remove.
            Err(Error::Files(error)) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(
                Error::TooLate("The ledger was saved there a moment ago.".to_owned()),
            ),
            Err(error) => {
                // Half a ledger proves nothing.
                let _ = fs::remove_file(&file);
                Err(error)
            }
        }
    }

    /// Writes the ledger out, for anybody to check without Placard.
    ///
    /// # Errors
    /// The vault cannot be read, or `to` written.
    pub fn export_ledger(&self, mut to: impl Write) -> Result<()> {
        let now = Moment::from(self.clock.now());
        self.storage.read(|conn| {
            writeln!(to, "{}", export_header(&self.info.name, now))?;
            for wording in ledger::wordings(conn)? {
                writeln!(to, "{}", export_wording(&wording))?;
            }
            ledger::each(conn, |entry| Ok(writeln!(to, "{}", export_entry(&entry))?))
        })
    }
}

fn told(broken: &Broken) -> LedgerState {
    LedgerState::Broken {
        number: broken.number,
        sentence: broken.to_string(),
    }
}
